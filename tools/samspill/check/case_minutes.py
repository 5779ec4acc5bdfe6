"""A case's minutes are the sum of its stages and prompts.

Given, in cases/two-doors/case.yml:

    stages:
      - {id: letter, minutes: 5, actors: [doctor, centre]}
      - {id: later, minutes: 5, after: P3W, actors: [doctor, centre, sister]}
    prompts:
      - {id: who-first, stage: letter, minutes: 15, grouping: groups,
         bloom: analyse, practises: [see-waiting]}

Right, in cases/two-doors/case.yml:

    minutes: 25

Wrong, in cases/two-doors/case.yml:

    minutes: 30
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course

CODE = "P002"


def find(course: Course) -> Iterator[Finding]:
    """Yield each case whose minutes are not the sum of its parts'."""
    for case in course.cases.values():
        if case.minutes != case.parts_minutes:
            at = place(course, course.structure_path("case", case.id), "minutes")
            message = f"the case says {case.minutes} minutes, its stages and prompts add up to {case.parts_minutes}"
            yield *at, message, f"write minutes: {case.parts_minutes}, or mend a part"
