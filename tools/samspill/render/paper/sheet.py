"""What stands on each handout, as data.

A sheet is a title block and a list of parts in reading order; the modules beside this one make them of a document, one
for each kind of unit. How they look is the templates' business.
"""

from __future__ import annotations

from typing import assert_never

from samspill.document.country import Background
from samspill.document.parts import Activity, Cards, Coverage, Figure, FormField, Map, Part, Passage, Session, Stage
from samspill.document.prose import said
from samspill.document.unit import Tell, document
from samspill.document.whole import Document
from samspill.model import Course, Kind
from samspill.reading.context import Context
from samspill.reading.materials import scheduled
from samspill.reading.printed import sheet_name
from samspill.render.paper import cases, modules, pathways, worksheets
from samspill.render.paper.parts import reference_list, say, sections, spread, title_block
from samspill.render.paper.pictures import pictures
from samspill.render.paper.tree import Data, line

__all__ = ["sheet"]

#: The kinds of unit whose handouts are not those of a module or a case.
OF: dict[str, Kind] = {"worksheet": "worksheet", "page": "page", "plan": "pathway", "session": "pathway"}


def sheet(course: Course, language: str, kind: str, unit: str, part: str, tell: Tell = document) -> Data:
    """Return everything on a handout; `tell` gives its unit."""
    of = OF.get(kind) or ("module" if unit in course.modules else "case")
    found = tell(course, language, of, unit)
    for each in found.parts:
        _known(each)
    body = _body(course, found, kind, part)
    marked = {"mark": course.mark.data.decode()} if course.mark else {}
    return _about(found, kind) | marked | {"pictures": pictures(course, body)} | body


def _known(part: Part) -> None:
    """Raise `AssertionError` for a kind of part that no sheet knows: a sheet leaves out only what it knows."""
    match part:
        case Passage() | Stage() | Map() | Cards() | Figure() | Activity() | FormField() | Session() | Coverage():
            return
        case Background():
            return
    assert_never(part)


def _body(course: Course, found: Document, kind: str, part: str) -> Data:
    match found.of:
        case "worksheet":
            return worksheets.worksheet_sheet(found)
        case "pathway":
            return pathways.session_plan(found, part) if kind == "session" else pathways.whole_plan(found)
        case "page":
            return _page(found)
        case "module":
            return modules.KINDS[kind](found)
        case "case":
            if kind != "stages" or not part:
                return cases.KINDS[kind](found)
            # As the sheet's own unit is translated and the plan perhaps not, its title may be in another language.
            plan, _, name = part.partition("/")
            session = next(each for each in course.pathways[plan].sessions if each.id == name)
            title = Context(course, found.language).part("pathway", plan, name)
            return cases.session_stages(found, scheduled(course, session)[found.id], said(title) if title else ())


def _about(found: Document, kind: str) -> Data:
    words, edition = say(found), found.edition
    year, month, day = (int(number) for number in edition.released.split("-"))
    return {
        "kind": kind,
        "language": found.language,
        "type": words(sheet_name(kind)),
        "brand": line(edition.course),
        "author": edition.publisher,
        "date": {"year": year, "month": month, "day": day},
        "imprint": [edition.name, *([edition.licence] if edition.licence else [])],
        "page": words("handout.page"),
        "note": "",
        "fields": [],
    }


def _page(found: Document) -> Data:
    """Return a page of the site as a sheet to print."""
    parts = sections(found, led=True)
    titles = title_block(found, "page", kicker=[], facts=[])
    return titles | {"parts": parts + spread(reference_list(found, parts))}
