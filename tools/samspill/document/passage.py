"""Sections of text, and what the one who leads is told beside a task."""

from __future__ import annotations

from samspill.document.parts import Audience, Notes, Passage, Where
from samspill.document.prose import body, words
from samspill.prose import Prose
from samspill.reading.context import Context


def passage(
    context: Context,
    prose: Prose,
    place: Where,
    part: str = "",
    *,
    note: str = "",
    audience: Audience = "both",
    leave: tuple[str, ...] = (),
) -> Passage | None:
    """Return a section with what stands below it, or None when the text does not have it yet.

    Its id is that of its place where `part` names no other.
    """
    found = prose.get(part or place)
    if found is None:
        return None
    title, below = words(context, found.title), body(context, prose, found, leave=leave)
    return Passage(place, found.id, title, below, note, notes(context, prose, found.id), audience)


def notes(context: Context, prose: Prose, part: str) -> Notes | None:
    """Return what the one who leads is told beside a part."""
    found = prose.get(f"{part}.facilitator")
    label = context.words("common.for_facilitator")
    return Notes(found.id, label, body(context, prose, found)) if found else None


def capital(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
