"""The notebook page: run once, the same every time, and clean under the site's policy."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from conftest import course
from samspill.problem import ContentError
from samspill.render.context import Context
from samspill.render.notebook import notebook_data, notebook_page, notebook_path
from samspill.render.notebook_article import clean

pytestmark = pytest.mark.xdist_group("kernel")
runs = pytest.mark.build


@cache
def sources() -> tuple[dict[str, bytes], dict[str, bytes], str]:
    """Return the notebook page in every language before it is run, its data and its path."""
    page = course().pages["reading-spor"]
    path = notebook_path(page)
    raw = course().assets[path].data
    made = {language: notebook_page(Context(course(), language), page, raw) for language in course().languages}
    return made, notebook_data(course(), raw), path


@cache
def executed() -> dict[str, bytes]:
    """Return the notebook in every language after one run."""
    from samspill import kernel

    made, data, path = sources()
    return kernel.execute_all(made, data, path)


@runs
def test_one_language_alone_is_the_same_as_all_together() -> None:
    from samspill import kernel

    made, data, path = sources()
    assert kernel.execute(made["nb"], data, path) == executed()["nb"]


@runs
def test_results_speak_the_language_of_the_page() -> None:
    outputs = {
        language: json.dumps([c.get("outputs") for c in json.loads(raw)["cells"]])
        for language, raw in executed().items()
    }
    assert len(set(outputs.values())) == len(outputs)
    for raw in executed().values():
        assert '"execution_count": null' in raw.decode() or '"execution_count":null' in raw.decode()


@runs
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("undefined_name", "NameError"),
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "does not use the network"),
        ("while True: pass", "N001"),
        ("import sys; print('trouble', file=sys.stderr)", "N001"),
    ],
)
def test_a_cell_that_fails_is_one_problem(code: str, words: str) -> None:
    from samspill import kernel

    made, data, path = sources()
    notebook = json.loads(made["en"])
    notebook["cells"].append(
        {"cell_type": "code", "id": "bad", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
    )
    with pytest.raises(ContentError) as caught:
        kernel.execute(json.dumps(notebook).encode(), data, path, timeout=3)
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == (path, "N001")
    assert words in str(problem)
    assert problem.remedy


def test_cleaning_leaves_nothing_active_and_cleans_once() -> None:
    html = (
        "<html><body><article><style>p{}</style><script>x()</script>"
        '<div class="jupyter-wrapper"><div class="jp-Cell">'
        '<p style="color:red" onclick="x()">Text</p></div></div></article></body></html>'
    )
    once = clean(html, "nb")
    assert not re.search(r"<script|<style|style=|onclick", once)
    assert "Text" in once
    assert clean(once, "nb") == once


@runs
def test_published_figures_are_printed_as_published() -> None:
    """SPoR Vestfold, slides 10 and 11: what is legible there, and nothing in the cells that are not."""
    rows = course().assets["course/data/spor-interviews.csv"].data.decode("utf-8")
    assert "slide 11" in rows
    english = executed()["en"].decode("utf-8")
    for figure in ("5.6", "6.3", "5.7", "5.5", "5.3", "5.8"):
        assert figure in english
