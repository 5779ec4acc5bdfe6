"""No unit has a name that the site needs itself, or that a computer refuses.

A page called `modules` would have the address of the list of modules, and one of the two would vanish. Windows
cannot check out a folder called `con`, `aux` or `com1`. Only the first page is called `home`.

Right, in course/course.yml:

    pages: [home, authors]

and in course/pages/authors/en.md:

    ---
    title: About
    summary: Who wrote this.
    ---

Wrong, in course/course.yml:

    pages: [home, search]

and in course/pages/search/en.md:

    ---
    title: About
    summary: Who wrote this.
    ---
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.reserved import refusal
from samspill.check.rule import Finding, place
from samspill.model import FOLDERS, Course

CODE = "S004"


def find(course: Course) -> Iterator[Finding]:
    """Yield each unit with a name that is taken."""
    for kind in FOLDERS:
        for index, unit in enumerate(getattr(course.about, f"{kind}s")):
            if reason := refusal(kind, unit):
                at = place(course, "course/course.yml", f"{kind}s", index)
                yield *at, f'a {kind} cannot be called "{unit}": {reason}', "give it another id, and its folder too"
