"""A cited source stands in course/sources.yml.

The same goes for keys under `sources:` in a unit's YAML, in the glossary and in the settings.

Right, in course/worksheets/log/en.md:

    ## Where it comes from {#origin}

    From practice [@thompson-1967].

Wrong, in course/worksheets/log/en.md:

    ## Where it comes from {#origin}

    From practice [@tompson-1967].
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.check.units import STRUCTURED, every_section
from samspill.model import Course

CODE = "R002"


def find(course: Course) -> Iterator[Finding]:
    """Yield each citation of a source that is not there, and each term of a service that is not."""
    remedy = "add the source to course/sources.yml, or mend the key"
    for _, _, prose, section in every_section(course):
        for each in section.mentions:
            if each.kind == "source" and each.name not in course.sources:
                at = (prose.path, each.place.line, each.place.column)
                yield *at, f'source "{each.name}" is unknown', remedy
    for kind in (*STRUCTURED, "page"):
        for unit_id, unit in course.units(kind).items():
            for index, key in enumerate(getattr(unit, "sources", ())):
                if key not in course.sources:
                    at = place(course, course.structure_path(kind, unit_id), "sources", index)
                    yield *at, f'source "{key}" is unknown', remedy
    for number, term in enumerate(course.terms.values()):
        for index, key in enumerate(term.sources):
            if key not in course.sources:
                at = place(course, "course/glossary.yml", "terms", number, "sources", index)
                yield *at, f'source "{key}" is unknown', remedy
    for country, setting in course.settings.items():
        path = f"course/settings/{country}.yml"
        cited = {"instruments": [i.sources for i in setting.instruments], "facts": [f.sources for f in setting.facts]}
        for name, lists in cited.items():
            for number, keys in enumerate(lists):
                for index, key in enumerate(keys):
                    if key not in course.sources:
                        yield *place(course, path, name, number, "sources", index), f'source "{key}" is unknown', remedy
        for number, service in enumerate(setting.services):
            if service.term and service.term not in course.terms:
                at = place(course, path, "services", number, "term")
                yield *at, f'term "{service.term}" is unknown', "add it to course/glossary.yml, or mend the id"
