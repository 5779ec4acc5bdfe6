"""Units that name other units (modules, cases, worksheets, pages, session items) or a country name what exists.

A country exists when `course/settings/` has a file of its name.

Right, in cases/two-doors/case.yml:

    modules: [waiting]

Wrong, in cases/two-doors/case.yml:

    modules: [wait]
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course, Kind

CODE = "R006"


def find(course: Course) -> Iterator[Finding]:
    """Yield each name of a unit, or of a part of one, that is not there."""
    remedy = "list it in course/course.yml, or mend the id"

    def unknown(path: str, keys: tuple[str | int, ...], kind: Kind, name: str | None) -> Iterator[Finding]:
        if name is not None and name not in getattr(course.about, f"{kind}s"):
            yield *place(course, path, *keys), f'{kind} "{name}" is unknown', remedy

    for module in course.modules.values():
        path = course.structure_path("module", module.id)
        for index, activity in enumerate(module.activities):
            yield from unknown(path, ("activities", index, "case"), "case", activity.case)
            yield from unknown(path, ("activities", index, "worksheet"), "worksheet", activity.worksheet)
            yield from unknown(path, ("activities", index, "page"), "page", activity.page)
    for case in course.cases.values():
        path = course.structure_path("case", case.id)
        for number, name in enumerate(case.modules):
            yield from unknown(path, ("modules", number), "module", name)
        yield from unknown(path, ("provenance", "adapted_from"), "case", case.provenance.adapted_from)
        yield from _nowhere(course, path, ("setting",), case.setting)
    for number, term in enumerate(course.terms.values()):
        yield from _nowhere(course, "course/glossary.yml", ("terms", number, "country"), term.country)
    for pathway in course.pathways.values():
        path = course.structure_path("pathway", pathway.id)
        for index, session in enumerate(pathway.sessions):
            for number, item in enumerate(session.items):
                if item.use is not None and course.used(item.use) is None:
                    at = place(course, path, "sessions", index, "items", number, "use")
                    use = "write module#activity, case#stage, case#prompt or a worksheet"
                    yield *at, f'"{item.use}" is unknown', use


def _nowhere(course: Course, path: str, keys: tuple[str | int, ...], country: str | None) -> Iterator[Finding]:
    if country is not None and country not in course.settings:
        known = ", ".join(course.settings) or "none yet"
        remedy = f"write course/settings/{country}.yml, or choose from {known}"
        yield *place(course, path, *keys), f'country "{country}" is unknown', remedy
