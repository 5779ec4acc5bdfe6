"""A slot names something the case has, in a form the language has.

`{person}`, `{person.age}`, `{person.whose}` and any key of `names:`; `{actor.ID.the}`, `.a`, `.whose` and
`.bare`, with a capital at the start of a sentence. Outside a case there are no slots.

Right, in cases/two-doors/en.md:

    ## Three weeks later {#later}

    {person} is {person.age}. {actor.doctor.The} calls.

Wrong, in cases/two-doors/en.md:

    ## Three weeks later {#later}

    {person} is {person.years}. {actor.doctor.The} calls.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding
from samspill.check.units import every_section
from samspill.model import Case, Course
from samspill.reading.context import Context

CODE = "R003"


def find(course: Course) -> Iterator[Finding]:
    """Yield each slot that cannot be filled."""
    for kind, unit, prose, section in every_section(course):
        case = course.cases.get(unit) if kind == "case" else None
        context = Context(course, prose.language, case)
        for each in section.mentions:
            if each.kind != "slot" or context.slot(each.name) is not None:
                continue
            if not _without_forms(course, case, each.name):
                at = (prose.path, each.place.line, each.place.column)
                remedy = _slot_remedy(course, case, each.name, prose.language)
                yield *at, f'slot "{{{each.name}}}" cannot be filled', remedy


def _slot_remedy(course: Course, case: Case | None, path: str, language: str) -> str:
    if case is None:
        return "slots work in cases only; remove the braces"
    actor = case.actor(path.split(".")[1]) if path.startswith("actor.") else None
    setting = course.settings.get(case.setting)
    service = setting.service(actor.service) if setting and actor and actor.service else None
    if service is not None and language not in service.forms:
        return f'add forms: {language}: to the service "{service.id}" in course/settings/{case.setting}.yml'
    return "use a key of names:, or actor.ID.the with an actor whose service has forms in this language"


def _without_forms(course: Course, case: Case | None, path: str) -> bool:
    """Tell whether a slot names an actor whose service or name is unknown, which is R005's to report."""
    actor = case.actor(path.split(".")[1]) if case and path.startswith("actor.") else None
    if case is None or actor is None:
        return False
    setting = course.settings.get(case.setting)
    known = actor.name in case.names or (setting and actor.service and setting.service(actor.service))
    return not known
