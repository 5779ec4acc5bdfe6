"""A case's minutes are the sum of its stages and prompts."""

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
