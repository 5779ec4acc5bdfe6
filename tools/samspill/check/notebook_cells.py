"""A notebook holds code, and placeholders where the text goes.

Its first cell is code tagged `parameters`; every text cell is a placeholder `{#section-id}`, filled from the
language's Markdown file. So the code stands once and the prose once per language.

Given, in course/course.yml:

    pages: [home, numbers]

and in course/pages/numbers/page.yml:

    id: numbers
    kind: notebook
    notebook: numbers.ipynb

and in course/pages/numbers/en.md:

    ---
    title: Numbers
    summary: What is counted.
    ---

    ## How many wait {#waiting}

    Too many.

Right, in course/pages/numbers/numbers.ipynb:

    {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
      {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "words = {}"},
      {"cell_type": "markdown", "metadata": {}, "source": "{#waiting}"}
    ]}

Wrong, in course/pages/numbers/numbers.ipynb:

    {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
      {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "words = {}"},
      {"cell_type": "markdown", "metadata": {}, "source": "Too many wait."}
    ]}
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
