"""Words that lead somewhere: units, their parts, objectives and sources, each named in the language it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from samspill.document import tree as d
from samspill.document.parts import Aim, Serving
from samspill.document.prose import linked, said
from samspill.model import Kind, Role
from samspill.reading.context import Context, Label, page_url


def worded(context: Context, texts: Mapping[str, str]) -> d.Words:
    """Return a text of the structure, with a note on its language when that is another than the reader's."""
    found = context.worded(texts)
    text = (d.Text(found.text),)
    return (d.Borrowed(found.language, text, noted=True),) if found.language else text


def unit_link(context: Context, kind: Kind, unit: str, language: str | None = None) -> d.Words:
    """Return a link to a unit by its title; when it is not translated, to the source language."""
    away = language or ("" if context.translated(kind, unit) else context.course.source_language)
    if not away:
        return linked(context, f"{kind}:{unit}", (d.Text(context.title(kind, unit)),))
    prose = context.course.text(kind, unit, away)
    label = d.Borrowed(away, (d.Text(prose.title if prose else unit),))
    return (d.Link(page_url(kind, unit), (label,), f"{kind}:{unit}", away),)


def part_link(context: Context, kind: Kind, unit: str, part: str) -> d.Words:
    """Return a link to a part of a unit, or to the unit itself."""
    found = context.part(kind, unit, part) or Label(part) if part else context.label(kind, unit)
    return linked(context, f"{kind}:{unit}" + (f"#{part}" if part else ""), said(found))


def source_links(context: Context, keys: Iterable[str]) -> tuple[d.Words, ...]:
    """Return links to the entries of sources by their short names."""
    known = context.course.sources
    return tuple(linked(context, f"source:{key}", (d.Text(known[key].short),)) for key in keys if key in known)


def aim(context: Context, objective: str) -> Aim:
    """Return an objective; one that nobody knows is called by its id."""
    known = context.course.objectives.get(objective)
    short = context.worded(known.short) if known else Label(objective)
    statement = context.worded(known.statement) if known else Label("")
    # The comma after a verb belongs to what follows it.
    verb = statement.text.partition(" ")[0].rstrip(",")
    rest = statement.text.removeprefix(verb)
    label = worded(context, known.short) if known else (d.Text(objective),)
    link = linked(context, f"objective:{objective}", label)
    return Aim(objective, link, said(short), verb, rest, statement.language)


def aims(context: Context, wanted: Iterable[str]) -> tuple[Aim, ...]:
    """Return objectives in the order given."""
    return tuple(aim(context, objective) for objective in wanted)


def serving(context: Context, serves: Iterable[tuple[Role, str]]) -> tuple[Serving, ...]:
    """Return what a part serves: each objective once with its roles."""
    roles: dict[str, list[Role]] = {}
    for role, objective in serves:
        roles.setdefault(objective, []).append(role)
    said_of = context.words
    return tuple(
        Serving(aim(context, objective), tuple(found), context.listed([said_of(f"common.roles.{r}") for r in found]))
        for objective, found in roles.items()
    )
