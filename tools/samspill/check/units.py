"""Walking the units of a course."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.model import Course, Kind
from samspill.prose import Prose, Section

#: The kinds of unit whose parts stand in YAML, each with its section.
STRUCTURED: tuple[Kind, ...] = ("module", "case", "worksheet", "pathway")


def every_section(course: Course) -> Iterator[tuple[Kind, str, Prose, Section]]:
    """Yield every section of the prose, in every language, with its unit."""
    for (kind, unit, _), prose in course.prose.items():
        for section in prose.sections:
            yield kind, unit, prose, section
