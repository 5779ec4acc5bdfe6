"""Every item of a session is a part to use, or a welcome, a break or a closing, and its minutes are known.

Minutes beside an item are only for a part that has none of its own; otherwise one number would stand twice.

Given, in course/modules/waiting/module.yml:

    activities:
      - {id: reading, kind: reading, minutes: 10, teaches: [see-waiting]}

Right, in course/pathways/short/pathway.yml:

    sessions:
      - id: one
        minutes: 30
        items:
          - {use: waiting#reading}
          - {use: waiting#check}
          - {use: log}

Wrong, in course/pathways/short/pathway.yml:

    sessions:
      - id: one
        minutes: 30
        items:
          - {use: waiting#reading, minutes: 10}
          - {use: waiting#check}
          - {use: log}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course

CODE = "P003"


def find(course: Course) -> Iterator[Finding]:
    """Yield each item of a session that is no one thing, or whose minutes stand nowhere or twice."""
    for pathway in course.pathways.values():
        path = course.structure_path("pathway", pathway.id)
        for index, session in enumerate(pathway.sessions):
            for number, item in enumerate(session.items):
                at = place(course, path, "sessions", index, "items", number)
                if sum(it is not None for it in (item.use, item.pause, item.welcome, item.closing)) != 1:
                    message = "an item is one of use:, welcome:, break: and closing:"
                    yield *at, message, "give it exactly one of them"
                    continue
                used = course.used(item.use) if item.use else None
                if used and used.minutes is None and item.minutes is None:
                    yield *at, f'"{item.use}" has no minutes of its own', "add minutes: to the item"
                elif used and used.minutes is not None and item.minutes is not None:
                    yield *at, f'"{item.use}" already has {used.minutes} minutes', "remove minutes: from the item"
