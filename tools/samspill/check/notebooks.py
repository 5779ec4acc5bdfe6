"""What reading finds in the notebooks, and what only running them can show."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding
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


def disagreements(course: Course, code: str) -> Iterator[Finding]:
    """Yield where a notebook and its page disagree, by the code of a rule."""
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
