"""Contact time, own study and assessment add up to 25 to 30 hours per ECTS credit.

Contact time is the sum of the sessions. A pathway with credits says the rest under `hours:`.

Right, in course/pathways/short/pathway.yml:

    ects: 5
    hours: {self_study: 120, assessment: 10} # and an hour of sessions

Wrong, in course/pathways/short/pathway.yml:

    ects: 5
    hours: {self_study: 90, assessment: 10} # and an hour of sessions
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course

CODE = "P004"
#: Hours of work that one ECTS credit stands for (ECTS Users' Guide 2015, p. 10).
CREDIT = (25, 30)


def find(course: Course) -> Iterator[Finding]:
    """Yield each pathway whose hours are not those of its credits."""
    for pathway in course.pathways.values():
        if not pathway.ects:
            continue
        path = course.structure_path("pathway", pathway.id)
        contact = sum(session.minutes for session in pathway.sessions) / 60
        hours = pathway.hours
        total = contact + (hours.self_study + hours.assessment if hours else 0)
        low, high = (bound * pathway.ects for bound in CREDIT)
        if not low <= total <= high:
            message = f"{pathway.ects:g} ECTS stand for {low:g} to {high:g} hours, the pathway has {total:g}"
            yield (
                *place(course, path, "hours"),
                message,
                f"sessions take {contact:g} hours; mend hours: or the sessions",
            )
