"""An objective that a unit serves or promises stands in course/objectives.yml.

Right, in course/pathways/short/pathway.yml:

    objectives: [see-waiting]

Wrong, in course/pathways/short/pathway.yml:

    objectives: [see-the-waiting]
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.check.units import STRUCTURED
from samspill.model import Course

CODE = "R004"


def find(course: Course) -> Iterator[Finding]:
    """Yield each name of an objective that is not there."""
    for kind in (*STRUCTURED, "page"):
        for unit_id, unit in course.units(kind).items():
            path = course.structure_path(kind, unit_id)
            parts: list[tuple[tuple[str | int, ...], object]] = [((), unit)]
            parts += [(("activities", n), a) for n, a in enumerate(getattr(unit, "activities", ()))]
            parts += [(("prompts", n), p) for n, p in enumerate(getattr(unit, "prompts", ()))]
            for keys, part in parts:
                for name in ("objectives", "rubric", "teaches", "practises", "assesses"):
                    for index, objective in enumerate(getattr(part, name, ())):
                        if objective not in course.objectives:
                            yield (
                                *place(course, path, *keys, name, index),
                                f'objective "{objective}" is unknown',
                                "add it to course/objectives.yml, or mend the id",
                            )
