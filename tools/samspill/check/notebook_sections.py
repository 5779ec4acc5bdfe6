"""Every section of a notebook page has its placeholder, in the same order, in every language it is written in.

A notebook page is translated as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.notebooks import disagreements
from samspill.check.rule import Finding
from samspill.model import Course

CODE = "N003"


def find(course: Course) -> Iterator[Finding]:
    """Yield each section without its placeholder, and each placeholder without its section."""
    yield from disagreements(course, "N003")
