"""Rules: a notebook page is whole in every language it has."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, rule
from samspill.model import Course
from samspill.problem import ContentError
from samspill.reading.cells import notebook_path, placed_cells

#: What can only be found by running a notebook, and is reported by the build.
WHEN_RUN = {
    "N001": """Every cell of a notebook runs, in every language, within half a minute and without the network.

The build runs a notebook once per content, with the Python of this package and the data files it names. A cell that
raises, takes too long or writes to the error stream stops the build.
"""
}


def _found(course: Course, code: str) -> Iterator[Finding]:
    for unit, page in course.pages.items():
        asset = course.assets.get(notebook_path(page))
        if page.kind != "notebook" or asset is None:
            continue
        for language in course.languages:
            prose = course.text("page", unit, language)
            if prose is None:
                continue
            try:
                placed_cells(page, prose, asset.data)
            except ContentError as error:
                for problem in error.problems:
                    if problem.code == code:
                        yield problem.path, problem.line, problem.column, problem.message, problem.remedy


@rule("N002")
def notebook_of_ours(course: Course) -> Iterator[Finding]:
    """A notebook holds code, and placeholders where the text goes.

    Its first cell is code tagged `parameters`; every text cell is a placeholder `{#section-id}`, filled from the
    language's Markdown file. So the code stands once and the prose once per language.
    """
    yield from _found(course, "N002")


@rule("N003")
def notebook_and_prose_agree(course: Course) -> Iterator[Finding]:
    """Every section of a notebook page has its placeholder, in the same order, in every language it is written in.

    A notebook page is translated as a whole or not at all.
    """
    yield from _found(course, "N003")
