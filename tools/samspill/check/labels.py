"""What the code of a notebook prints has the same names in braces in every language.

The code fills them in: a name that only one language has would stop the notebook there, and where one is lost, so is
what it stands for.

Given, in course/course.yml:

    pages: [home, sums]

and in course/pages/sums/page.yml:

    id: sums
    kind: notebook
    notebook: sums.ipynb

and in course/pages/sums/sums.ipynb:

    {"cells": [
      {"cell_type": "code", "id": "words",
       "metadata": {"tags": ["parameters"]}, "source": "words = {}"},
      {"cell_type": "markdown", "id": "one", "metadata": {}, "source": "{#one}"}
    ], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

and in course/pages/sums/en.md:

    ---
    title: Sums
    summary: A sum.
    ---

    ## One {#one}

    A sum.

Right, in course/pages/sums/labels.yml:

    labels:
      asked: {en: "{people} people were asked", nb: "{people} ble spurt"}

Wrong, in course/pages/sums/labels.yml:

    labels:
      asked: {en: "{people} people were asked", nb: "{personer} ble spurt"}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.languages import filled
from samspill.model import Course

CODE = "N004"


def find(course: Course) -> Iterator[Finding]:
    """Yield each text of a label that has other names in braces than that of the source language."""
    paths = {course.labels_path(page) for page in course.labels}
    for each in course.wordings:
        source = course.source_language
        wanted = filled(each.words.get(source, ""))
        for language, text in each.words.items():
            if each.path in paths and language in course.languages and filled(text) != wanted:
                said = ", ".join(sorted(wanted)) or "none"
                message = f'label "{each.name}" has other names in braces in {language} than in {source}'
                yield *place(course, each.path, *each.keys, language), message, f"write the same: {said}"
