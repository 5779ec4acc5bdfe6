"""What stands on each handout, as data.

A sheet is a title block and a list of parts in reading order; the modules beside this one make them, one for each
kind of unit. Minutes, clocks and lists of what to print are computed; how they look is the templates' business.
"""

from __future__ import annotations

from samspill.model import FOLDERS, Course, Kind
from samspill.prose import Prose
from samspill.reading.context import Context
from samspill.render.paper import cases, modules, pathways, worksheets
from samspill.render.paper.parts import flow, reference_list, spread, title_block
from samspill.render.paper.pictures import pictures
from samspill.render.paper.tree import Data, blocks, line, section

__all__ = ["sheet"]

#: The kinds of unit whose handouts are not those of a module or a case.
OF: dict[str, Kind] = {"worksheet": "worksheet", "page": "page", "plan": "pathway", "session": "pathway"}


def sheet(course: Course, language: str, kind: str, unit: str, part: str) -> Data:
    """Return everything on a handout."""
    of = OF.get(kind) or ("module" if unit in course.modules else "case")
    context = Context(course, language, folder=f"{FOLDERS[of]}/{unit}")
    if kind == "worksheet":
        body = worksheets.worksheet_sheet(context, course.worksheets[unit], _prose(course, "worksheet", unit, language))
    elif kind == "plan":
        body = pathways.whole_plan(context, course.pathways[unit], _prose(course, "pathway", unit, language))
    elif kind == "session":
        pathway = course.pathways[unit]
        found = next(session for session in pathway.sessions if session.id == part)
        body = pathways.session_plan(context, pathway, found, _prose(course, "pathway", unit, language))
    elif kind == "page":
        body = _page(context, _prose(course, "page", unit, language))
    elif unit in course.modules:
        body = modules.KINDS[kind](context, course.modules[unit], _prose(course, "module", unit, language))
    else:
        case = course.cases[unit]
        prose = _prose(course, "case", unit, language)
        if kind == "stages" and part:
            body = cases.session_stages(context.within(case), case, prose, part)
        else:
            body = cases.KINDS[kind](context.within(case), case, prose)
    return _about(context, kind) | {"pictures": pictures(course, body)} | body


def _prose(course: Course, kind: Kind, unit: str, language: str) -> Prose:
    found = course.text(kind, unit, language)
    if found is None:
        raise KeyError(f"{kind} {unit} is not written in {language}")
    return found


def _about(context: Context, kind: str) -> Data:
    course, words = context.course.about, context.words
    year, month, day = (int(number) for number in course.released.split("-"))
    edition = words("common.edition_named", edition=course.edition)
    return {
        "kind": kind,
        "language": context.language,
        "type": words(f"handout.types.{kind}"),
        "brand": line(context.course_name),
        "author": course.publisher,
        "date": {"year": year, "month": month, "day": day},
        "imprint": [edition, words("common.licence")],
        "page": words("handout.page"),
        "note": "",
        "fields": [],
    }


def _page(context: Context, prose: Prose) -> Data:
    """Return a page of the site as a sheet to print."""
    parts = flow(blocks(context, prose.lead))
    for found in prose.sections:
        if found.level == 2:
            parts += flow(section(context, prose, found.id, 2))
    titles = title_block(context, "page", prose.title, prose.summary, kicker=[], facts=[], front=prose.changed)
    return titles | {"parts": parts + spread(reference_list(context, parts))}
