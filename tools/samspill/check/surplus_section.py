"""Every section of a unit's prose belongs to something in its YAML.

A section of its own would appear nowhere. Sub-sections may be added freely below a known one (`reading.pooled`,
`guide.safety`), but for a quiz, its questions and answers, the fields of a worksheet and the labels of a figure:
those are shown with their own words only. What the facilitator is told stands directly below a section of the unit.

Given, in course/worksheets/log/worksheet.yml:

    fields:
      - {id: event, kind: lines, lines: 3}

Right, in course/worksheets/log/en.md:

    ## What happened? {#event}

    A few words.

Wrong, in course/worksheets/log/en.md:

    ## What happened? {#event}

    A few words.

    ## What helped? {#help}

    A few words.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding
from samspill.check.units import STRUCTURED
from samspill.model import Case, Course, Module, Unit, Worksheet, first_sections

CODE = "R009"


def find(course: Course) -> Iterator[Finding]:
    """Yield each section that nothing shows."""
    for kind in STRUCTURED:
        for unit_id, unit in course.units(kind).items():
            prose = course.text(kind, unit_id, course.source_language)
            if prose is None:
                continue
            wanted = set(first_sections(unit))  # type: ignore[arg-type]
            wanted |= {prompt.id for prompt in getattr(unit, "prompts", ())}  # of an unknown stage, R005 says
            told = wanted - set(_alone(unit))
            closed = tuple(f"{name}." for name in _closed(unit))
            for section in prose.sections:
                at = (prose.path, section.place.line, section.place.column)
                if section.id in wanted:
                    continue
                if "." not in section.id or section.id.split(".")[0] not in wanted:
                    message = f'section "{section.id}" belongs to nothing in {kind}.yml'
                    yield *at, message, "mend its id, or add what it is about"
                elif section.for_facilitator and section.id.partition(".facilitator")[0] not in told:
                    message = f'section "{section.id}" would be shown nowhere'
                    yield *at, message, "put it directly below the section of the unit that it is about"
                elif section.id.startswith(closed) and not section.for_facilitator:
                    message = f'section "{section.id}" would be shown nowhere'
                    yield *at, message, "put its words into the section above it"


def _alone(unit: Unit) -> Iterator[str]:
    """Yield the sections beside which nobody is told anything: questions, answers, fields, labels and cards."""
    match unit:
        case Module():
            for activity in unit.activities:
                yield from (f"{activity.id}.{question.id}" for question in activity.questions)
                yield from (
                    f"{activity.id}.{question.id}.{option}"
                    for question in activity.questions
                    for option in question.options
                )
            if unit.figure:
                yield from ("figure", *(f"figure.{label}" for label in unit.figure.labels))
        case Worksheet():
            yield from (name for name in first_sections(unit) if name not in ("guidance", "origin"))
        case Case():
            yield from (f"role.{role}" for role in unit.roles)
        case _:
            return


def _closed(unit: Unit) -> Iterator[str]:
    """Yield the sections that are shown with their own words only: what stands below them would be lost."""
    match unit:
        case Module():
            yield from (activity.id for activity in unit.activities if activity.questions)
            yield from (f"figure.{label}" for label in (unit.figure.labels if unit.figure else ()))
        case Worksheet():
            yield from (field.id for field in unit.fields)
        case _:
            pass
