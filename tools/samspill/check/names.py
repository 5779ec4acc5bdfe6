"""Rules: no name is taken from the site, from a kind of page, or from a computer that somebody works on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samspill.check.rule import Finding, place, rule
from samspill.model import FOLDERS, Case, Course, Kind, Module, Pathway, Unit, Worksheet
from samspill.source.tree import DEVICES

#: What stands at the root of a language, beside the pages: lists, what the site is made of, and what servers expect.
_ROOT = {
    **dict.fromkeys(("modules", "cases", "worksheets", "pathways"), "the list of {id} has this address"),
    "objectives": "the list of learning objectives has this address",
    "glossary": "the glossary has this address",
    "sources": "the list of sources has this address",
    "translations": "the page about translations has this address",
    **dict.fromkeys(("handouts", "assets", "pagefind", "search"), "the site keeps its {id} there"),
    **dict.fromkeys(("index", "404", "sitemap", "robots", "latest", "versions"), "servers of websites use this name"),
}
#: Ids that the theme and the scripts give on every page, and the panels beside the text.
FRAME = frozenset(
    [
        *("top", "content", "menu", "search", "search-title", "search-words", "samspill-problems"),
        *("panel-contents", "panel-print", "panel-objectives", "panel-used", "panel-sources", "panel-cite"),
    ]
)
#: Ids that a kind of page gives besides, as patterns.
OWN: dict[str, str] = {
    "module": "",
    "case": r"map|roles|guide\.open|.*\.reveal",
    "worksheet": "form",
    "pathway": "coverage|starts-[0-9]+",
    "page": "",
    "home": "",
    "notebook": "files",
    "objectives": "knowledge|skills|general-competence",
    "glossary": "letter-[0-9a-f]+",
    "sources": "seen-(seed|page|secondary)",
}
#: The part of an id by which a text is kept from participants.
_FACILITATOR = "facilitator"


def refusal(kind: Kind, unit: str) -> str | None:
    """Return why a unit of a kind cannot have this id, or None."""
    if unit in DEVICES:
        return f"Windows has no file or folder called {unit}"
    if kind != "page":
        if unit == "index":
            return "the list of all of its kind has this address"
        return "it is the name of the first page" if unit == "home" else None
    reason = _ROOT.get(unit)
    return reason.format(id=unit) if reason else None


def kept(kind: str, name: str) -> bool:
    """Tell whether a page of a kind gives an id itself."""
    return name in FRAME or re.fullmatch(OWN[kind], name) is not None


@rule("S004")
def reserved_unit(course: Course) -> Iterator[Finding]:
    """No unit has a name that the site needs itself, or that a computer refuses.

    A page called `modules` would have the address of the list of modules, and one of the two would vanish. Windows
    cannot check out a folder called `con`, `aux` or `com1`. Only the first page is called `home`.
    """
    for kind in FOLDERS:
        for index, unit in enumerate(getattr(course.about, f"{kind}s")):
            if reason := refusal(kind, unit):
                at = place(course, "course/course.yml", f"{kind}s", index)
                yield *at, f'a {kind} cannot be called "{unit}": {reason}', "give it another id, and its folder too"


@rule("F010")
def first_page(course: Course) -> Iterator[Finding]:
    """A course has a page called `home`.

    It is where every language begins, and its address is that of the site.
    """
    if "home" not in course.about.pages:
        at = place(course, "course/course.yml", "pages")
        yield *at, 'there is no page "home"', "write course/pages/home and add home to pages:"


@rule("S005")
def reserved_part(course: Course) -> Iterator[Finding]:
    """No section, term, objective or source has an id that the page gives to a part of its own.

    Two things with one id cannot both be linked to. `top`, `menu` and `search` are on every page; a case has `map` and
    `roles`, a worksheet its `form`, a plan its `coverage`, the glossary its letters. `facilitator` marks what
    participants do not see, and `person` is the person a case is about.
    """
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
            if kept(page, entry) or (name == "objectives" and entry == _FACILITATOR):
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
            taken = ("role", _FACILITATOR)
            yield from ((("stages", n, "id"), stage.id, taken) for n, stage in enumerate(case.stages))
            yield from ((("prompts", n, "id"), prompt.id, taken) for n, prompt in enumerate(case.prompts))
            yield from ((("actors", n, "id"), a.id, ("person", _FACILITATOR)) for n, a in enumerate(case.actors))
            yield from ((("names", name), name, ("actor",)) for name in case.names)
        case Module() as module:
            taken = (_FACILITATOR,) if module.figure else ("figure", _FACILITATOR)
            for n, activity in enumerate(module.activities):
                yield ("activities", n, "id"), activity.id, taken
                for q, question in enumerate(activity.questions):
                    keys = ("activities", n, "questions", q)
                    yield (*keys, "id"), question.id, (_FACILITATOR,)
                    yield from (((*keys, "options", o), it, (_FACILITATOR,)) for o, it in enumerate(question.options))
            for name in ("parts", "rows", "columns"):
                labels = getattr(module.figure, name) if module.figure else ()
                yield from ((("figure", name, n), label, (_FACILITATOR,)) for n, label in enumerate(labels))
        case Worksheet() as worksheet:
            for n, field in enumerate(worksheet.fields):
                yield ("fields", n, "id"), field.id, (_FACILITATOR,)
                for name in ("columns", "options"):
                    inner = getattr(field, name)
                    yield from ((("fields", n, name, i), it, (_FACILITATOR,)) for i, it in enumerate(inner))
        case Pathway() as pathway:
            taken = ("rubric", _FACILITATOR) if pathway.rubric else ("rubric", "assessment", _FACILITATOR)
            yield from ((("sessions", n, "id"), session.id, taken) for n, session in enumerate(pathway.sessions))
        case _:
            return
