"""Every section of a notebook page has its placeholder, in the same order, in every language it is written in.

A notebook page is translated as a whole or not at all.

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
      {"cell_type": "markdown", "metadata": {}, "source": "{#wait}"}
    ]}
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
