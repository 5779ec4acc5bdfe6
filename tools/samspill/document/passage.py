"""Sections of text, and what the one who leads is told beside a task."""

from __future__ import annotations

from samspill.document.parts import Audience, Notes, Passage
from samspill.document.prose import body, words
from samspill.prose import Prose
from samspill.reading.context import Context


def passage(
    context: Context,
    prose: Prose,
    part: str,
    *,
    place: str = "",
    note: str = "",
    audience: Audience = "both",
    leave: tuple[str, ...] = (),
) -> Passage | None:
    """Return a section with what stands below it, or None when the text does not have it yet."""
    found = prose.get(part)
    if found is None:
        return None
    below = body(context, prose, found, leave=leave)
    return Passage(place or part, part, words(context, found.title), below, note, audience)


def notes(context: Context, prose: Prose, part: str) -> Notes | None:
    """Return what the one who leads is told beside a part."""
    found = prose.get(f"{part}.facilitator")
    return Notes(found.id, body(context, prose, found)) if found else None


def capital(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
