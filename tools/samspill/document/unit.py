"""A unit of the course as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Literal

from samspill.document import case, links, module, page, pathway, setting, worksheet
from samspill.document import tree as d
from samspill.document.parts import Part
from samspill.document.prose import changed, said
from samspill.document.whole import Document, Edition, Fact, Reference
from samspill.model import FOLDERS, Case, Course, Kind, Module, Pathway, Unit, Worksheet
from samspill.prose import Prose
from samspill.reading.citations import citation, reference_text
from samspill.reading.context import Context
from samspill.reading.order import order

#: How a unit is asked for: the course, the language, the kind and the id.
Tell = Callable[[Course, str, Kind, str], Document]

#: What each kind of unit is made of, and the facts about it.
_PARTS: dict[Kind, Callable[[Context, Any, Prose], tuple[Part, ...]]] = {
    "case": case.parts,
    "module": module.parts,
    "worksheet": worksheet.parts,
    "pathway": pathway.parts,
    "page": page.parts,
}


def document(course: Course, language: str, kind: Kind, unit: str) -> Document:
    """Return a unit as said in a language. Raises `KeyError` when it is not written in it."""
    opening = head(course, language, kind, unit)
    found = course.units(kind)[unit]
    context = Context(course, language, folder=f"{FOLDERS[kind]}/{unit}")
    inside = context.within(found) if isinstance(found, Case) else context
    made = _PARTS[kind](inside, found, course.prose[kind, unit, language])
    return replace(opening, parts=made, references=references(context, (*d.cited(made), *opening.keys)))


def head(course: Course, language: str, kind: Kind, unit: str) -> Document:
    """Return what lists say of a unit: the document without its parts and references; otherwise as `document`."""
    prose = course.text(kind, unit, language)
    if prose is None:
        raise KeyError(f"{kind} {unit} is not written in {language}")
    found = course.units(kind)[unit]
    context = Context(course, language, folder=f"{FOLDERS[kind]}/{unit}")
    keys = tuple(getattr(found, "sources", ()))
    notes = context.content_notes(found) if isinstance(found, Case) and found.content_notes else ""
    return Document(
        of=kind,
        id=unit,
        language=language,
        number=list(course.units(kind)).index(unit) + 1,
        name=context.words(f"common.kinds.{kind}"),
        title=prose.title,
        summary=prose.summary,
        borrowed=prose.borrowed,
        changed=changed(context, prose.changed) if prose.changed else None,
        country=_country(context, found),
        place=setting.place(context, found) if isinstance(found, Case) else None,
        notice=context.words("common.fictional") if isinstance(found, Case) else "",
        minutes=_minutes(found),
        facts=_facts(context, found, prose),
        fiction=said(context.stated(course.about.fiction, "common.fictional_note")) if isinstance(found, Case) else (),
        first=context.words("common.say_first"),
        warning=context.words("common.say_first_words", what=notes) if notes else "",
        parts=(),
        aims=links.aims(context, _objectives(found)),
        used=_used(context, kind, found),
        sources=links.source_links(context, keys),
        keys=keys,
        references=(),
        citation=said(*citation(context, kind, unit)),
        edition=_edition(context),
        signed=_signed(found),
    )


def references(context: Context, keys: Iterable[str]) -> tuple[Reference, ...]:
    """Return sources in full, each once, in the order of the language."""
    known, language = context.course.sources, context.language
    found = [Reference(key, reference_text(known[key], language)) for key in dict.fromkeys(keys) if key in known]
    return tuple(sorted(found, key=lambda each: order(each.text, language)))


def _edition(context: Context) -> Edition:
    about = context.course.about
    return Edition(
        course=said(context.course_name),
        publisher=about.publisher,
        number=about.edition,
        name=context.words("common.edition_named", edition=about.edition),
        licence=context.words("common.licence", licence=about.licence.name) if about.licence else "",
        released=about.released,
    )


def _signed(unit: Unit) -> Literal["", "name", "group"]:
    if not isinstance(unit, Worksheet) or not unit.signed:
        return ""
    return "name" if unit.grouping == "alone" else "group"


def _minutes(unit: Unit) -> int:
    """Return how long a unit takes; of a plan the time of all its sessions."""
    return sum(each.minutes for each in unit.sessions) if isinstance(unit, Pathway) else getattr(unit, "minutes", 0)


def _country(context: Context, unit: Unit) -> d.Words:
    known = context.course.settings.get(unit.setting) if isinstance(unit, Case) else None
    return said(context.worded(known.name)) if known else ()


def _objectives(unit: Unit) -> tuple[str, ...]:
    """Return the objectives of a unit, those that a worksheet serves each once."""
    if isinstance(unit, Worksheet):
        return tuple(dict.fromkeys(objective for _, objective in unit.serves()))
    return tuple(getattr(unit, "objectives", ()))


def _used(context: Context, kind: Kind, unit: Unit) -> tuple[d.Words, ...]:
    """Return links to the plans that use a unit, and to the modules of a case."""
    course = context.course
    found = [links.unit_link(context, "pathway", plan) for plan in course.plans(kind, unit.id)]
    modules = unit.modules if isinstance(unit, Case) else ()
    return (*found, *(links.unit_link(context, "module", name) for name in modules if name in course.modules))


def _facts(context: Context, unit: Unit, prose: Prose) -> tuple[Fact, ...]:
    """Return the facts under a unit's title."""
    words = context.words
    found: list[Fact] = []
    match unit:
        case Case():
            found = case.facts(context, unit.minutes, len(unit.stages), len(unit.prompts), unit)
        case Module():
            found = [
                Fact("minutes", words("common.minutes", unit.minutes)),
                Fact("activities", words("common.activities", len(unit.activities))),
                Fact("eqf", words(f"common.eqf.{unit.eqf}")),
            ]
        case Worksheet():
            found = [
                Fact("minutes", words("common.minutes", unit.minutes)),
                Fact("grouping", words(f"common.groupings.{unit.grouping}")),
                Fact("fields", words("site.fields", len(unit.fields))),
            ]
        case Pathway():
            found = pathway.facts(context, unit)
        case _:
            pass
    if any(section.borrowed for section in prose.sections):
        where = context.where_spoken(context.course.source_language)
        found.append(Fact("partly", words("site.partly", where=where)))
    return tuple(found)
