"""A picture in the prose lies in the same folder.

Given, in cases/two-doors/door.svg:

    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
      <path d="M9 2h9v16H9z"/>
    </svg>

Right, in cases/two-doors/en.md:

    ## Three weeks later {#later}

    ![A door stands ajar](door.svg)

Wrong, in cases/two-doors/en.md:

    ## Three weeks later {#later}

    ![A door stands ajar](doors.svg)
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from samspill.check.rule import Finding
from samspill.check.units import every_section
from samspill.model import Course

CODE = "R007"


def find(course: Course) -> Iterator[Finding]:
    """Yield each picture whose file is not there."""
    for _, _, prose, section in every_section(course):
        for each in section.mentions:
            if each.kind == "picture" and f"{dirname(prose.path)}/{each.name}" not in course.assets:
                at = (prose.path, each.place.line, each.place.column)
                yield *at, f'picture "{each.name}" is not there', "put it beside the text, or mend the name"
