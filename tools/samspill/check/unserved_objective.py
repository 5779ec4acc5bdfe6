"""Every objective is taught, practised and assessed somewhere in the course.

An objective that nobody practises is a wish; one that nobody assesses cannot be shown to be reached.

Given, in course/objectives.yml:

    objectives:
      - id: draw-map
        bloom: apply
        eqf: 6
        domain: skills
        short: {en: draw a map, nb: tegne et kart}
        statement: {en: Draw who works with whom., nb: Tegn hvem som samarbeider med hvem.}

and in course/modules/waiting/module.yml:

    activities:
      - {id: reading, kind: reading, minutes: 10, teaches: [see-waiting, draw-map]}
      - {id: compare, kind: discussion, minutes: 10, practises: [see-waiting, draw-map]}

Right, in course/worksheets/log/worksheet.yml:

    assesses: [draw-map]

Wrong, in course/worksheets/log/worksheet.yml:

    practises: [draw-map]
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
