"""A course has a page called `home`.

It is where every language begins, and its address is that of the site.

Right, in course/course.yml:

    pages: [home]

Wrong, in course/course.yml:

    pages: []

and without course/pages/home.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course

CODE = "F010"


def find(course: Course) -> Iterator[Finding]:
    """Yield the place where `home` is not listed."""
    if "home" not in course.about.pages:
        at = place(course, "course/course.yml", "pages")
        yield *at, 'there is no page "home"', "write course/pages/home and add home to pages:"
