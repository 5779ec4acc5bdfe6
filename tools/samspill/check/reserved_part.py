"""No section, term, objective or source has an id that the page gives to a part of its own.

Two things with one id cannot both be linked to. `top`, `menu` and `search` are on every page; a case has `map` and
`roles`, a worksheet its `form`, a plan its `coverage`, the glossary its letters. `facilitator` marks what
participants do not see, and `person` is the person a case is about.

Right, in course/pages/home/en.md:

    ## First things {#first}

    Bring a pencil.

Wrong, in course/pages/home/en.md:

    ## First things {#top}

    Bring a pencil.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.reserved import FACILITATOR, kept
from samspill.check.rule import Finding, place
from samspill.model import FOLDERS, Case, Course, Kind, Module, Pathway, Unit, Worksheet

CODE = "S005"


def find(course: Course) -> Iterator[Finding]:
    """Yield each id that the page gives to a part of its own."""
    for kind, unit, page in _pages(course):
        prose = course.text(kind, unit, course.source_language)
        for section in prose.sections if prose else ():
            if kept(page, section.id):
                at = (prose.path, section.place.line, section.place.column) if prose else ("", 1, 1)
                yield *at, f'section "{section.id}" has an id that the page gives itself', "give it another id"
    for path, name, table in (
        ("course/objectives.yml", "objectives", course.objectives),
        ("course/glossary.yml", "terms", course.terms),
        ("course/sources.yml", "references", course.sources),
    ):
        page = {"terms": "glossary", "references": "sources"}.get(name, name)
        for index, entry in enumerate(table):
            if kept(page, entry) or (name == "objectives" and entry == FACILITATOR):
                at = place(course, path, name, index, "id")
                yield *at, f'id "{entry}" is one that the page gives itself', "give it another id"
    for kind in FOLDERS:
        for unit_id, found in course.units(kind).items():
            path = course.structure_path(kind, unit_id)
            for keys, part, taken in _parts(found):
                if part in taken:
                    at = place(course, path, *keys)
                    yield *at, f'id "{part}" has a meaning of its own in a {kind}', "give it another id"


def _pages(course: Course) -> Iterator[tuple[Kind, str, str]]:
    """Yield every unit with the kind of page it has."""
    for kind in FOLDERS:
        for unit in course.units(kind):
            if kind != "page":
                yield kind, unit, kind
            elif unit == "home":
                yield kind, unit, "home"
            else:
                yield kind, unit, "notebook" if course.pages[unit].kind == "notebook" else "page"


def _parts(unit: Unit) -> Iterator[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Yield the place and id of each part of a unit, with the words that mean something else there."""
    taken: tuple[str, ...]
    match unit:
        case Case() as case:
            taken = ("role", FACILITATOR)
            yield from ((("stages", n, "id"), stage.id, taken) for n, stage in enumerate(case.stages))
            yield from ((("prompts", n, "id"), prompt.id, taken) for n, prompt in enumerate(case.prompts))
            yield from ((("actors", n, "id"), a.id, ("person", FACILITATOR)) for n, a in enumerate(case.actors))
            yield from ((("names", name), name, ("actor",)) for name in case.names)
        case Module() as module:
            taken = (FACILITATOR,) if module.figure else ("figure", FACILITATOR)
            for n, activity in enumerate(module.activities):
                yield ("activities", n, "id"), activity.id, taken
                for q, question in enumerate(activity.questions):
                    keys = ("activities", n, "questions", q)
                    yield (*keys, "id"), question.id, (FACILITATOR,)
                    yield from (((*keys, "options", o), it, (FACILITATOR,)) for o, it in enumerate(question.options))
            for name in ("parts", "rows", "columns"):
                labels = getattr(module.figure, name) if module.figure else ()
                yield from ((("figure", name, n), label, (FACILITATOR,)) for n, label in enumerate(labels))
        case Worksheet() as worksheet:
            for n, field in enumerate(worksheet.fields):
                yield ("fields", n, "id"), field.id, (FACILITATOR,)
                for name in ("columns", "options"):
                    inner = getattr(field, name)
                    yield from ((("fields", n, name, i), it, (FACILITATOR,)) for i, it in enumerate(inner))
        case Pathway() as pathway:
            taken = ("rubric", FACILITATOR) if pathway.rubric else ("rubric", "assessment", FACILITATOR)
            yield from ((("sessions", n, "id"), session.id, taken) for n, session in enumerate(pathway.sessions))
        case _:
            return
