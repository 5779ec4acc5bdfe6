"""Every objective is taught, practised and assessed somewhere in the course.

An objective that nobody practises is a wish; one that nobody assesses cannot be shown to be reached.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.deeds import DEEDS
from samspill.check.rule import Finding, place
from samspill.model import ROLES, Course

CODE = "O001"


def find(course: Course) -> Iterator[Finding]:
    """Yield each objective that is not taught, not practised or not assessed."""
    for index, objective in enumerate(course.objectives):
        served = {role for role, *_ in course.serving(objective)}
        lacking = [DEEDS[role] for role in ROLES if role not in served]
        if lacking:
            at = place(course, "course/objectives.yml", "objectives", index, "id")
            message = f'objective "{objective}" is never {" or ".join(lacking)}'
            yield *at, message, "let an activity, prompt or worksheet serve it, or take it out"
