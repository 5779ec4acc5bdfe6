"""The parts of a session, breaks included, fill it: not longer, and at most 15 minutes shorter.

A plan that does not fit is found out in the room.

Right, in course/pathways/short/pathway.yml:

    sessions:
      - id: one
        minutes: 30
        items:
          - {use: waiting#reading} # 10 minutes
          - {use: waiting#check} # 5
          - {use: log} # 10

Wrong, in course/pathways/short/pathway.yml:

    sessions:
      - id: one
        minutes: 20
        items:
          - {use: waiting#reading} # 10 minutes
          - {use: waiting#check} # 5
          - {use: log} # 10
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course, session_minutes

CODE = "P001"
#: Minutes of a session that may stay unplanned.
SLACK = 15


def find(course: Course) -> Iterator[Finding]:
    """Yield each session that its parts do not fill, or fill too much."""
    for pathway in course.pathways.values():
        path = course.structure_path("pathway", pathway.id)
        for index, session in enumerate(pathway.sessions):
            if any(item.use and course.used(item.use) is None for item in session.items):
                continue  # R006 names the item; its minutes are not known
            total = session_minutes(course, session)
            if not session.minutes - SLACK <= total <= session.minutes:
                at = place(course, path, "sessions", index, "minutes")
                message = f'session "{session.id}" has {session.minutes} minutes, its parts {total}'
                fitting = f"{session.minutes - SLACK} to {session.minutes} minutes"
                yield *at, message, f"make the parts {fitting}, or mend minutes:"
