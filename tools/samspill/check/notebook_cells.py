"""A notebook holds code, and placeholders where the text goes.

Its first cell is code tagged `parameters`; every text cell is a placeholder `{#section-id}`, filled from the
language's Markdown file. So the code stands once and the prose once per language.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.notebooks import disagreements
from samspill.check.rule import Finding
from samspill.model import Course

CODE = "N002"


def find(course: Course) -> Iterator[Finding]:
    """Yield each cell that is neither code nor a placeholder."""
    yield from disagreements(course, "N002")
