"""The notebook page: run once, the same every time, and clean under the site's policy."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conftest import COURSES, Run, change, compare, course, overlay
from samspill.model import Asset
from samspill.problem import ContentError
from samspill.reading.completed import completed
from samspill.reading.context import Context
from samspill.render.web import pages
from samspill.render.web.notebook import notebook_data, notebook_page, notebook_path
from samspill.render.web.notebook_article import clean
from samspill.source import load

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
    from samspill.making import kernel

    made, data, path = sources()
    return kernel.execute_all(made, data, path)


def test_what_a_notebook_prints_stands_beside_it(whole: Path) -> None:
    """A text that is not written yet stands in the source language, as everywhere in YAML."""
    overlay(whole, COURSES / "rules" / "N004")
    labels = whole / "course/pages/sums/labels.yml"
    labels.write_text(
        "labels:\n"
        '  asked: {en: "{people}’s answers", nb: TODO}\n'
        "  groups:\n"
        "    both: {en: Everyone, nb: Alle}\n"
        "    none: {en: Nobody}\n"
    )
    shutil.copy(labels.with_name("en.md"), labels.with_name("nb.md"))
    loaded, problems = load(whole)
    assert (loaded is not None, problems) == (True, [])
    assert loaded is not None
    completed_course = completed(loaded)
    page = completed_course.pages["sums"]
    raw = completed_course.assets[notebook_path(page)].data

    def words(language: str) -> str:
        cells = json.loads(notebook_page(Context(completed_course, language), page, raw))["cells"]
        return str(next(cell["source"] for cell in cells if cell["metadata"].get("tags") == ["parameters"]))

    asked = "{'asked': '{people}’s answers', 'groups': {'both': "
    assert words("en") == f"words = {asked}'Everyone', 'none': 'Nobody'}}}}"
    assert words("nb") == f"words = {asked}'Alle', 'none': 'Nobody'}}}}"
    labels.unlink()
    loaded, problems = load(whole)
    assert (loaded.labels if loaded else None, problems) == ({}, [])


@runs
@pytest.mark.full
def test_one_language_alone_is_the_same_as_all_together() -> None:
    from samspill.making import kernel

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
    from samspill.making import kernel

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


@pytest.mark.build
def test_what_a_cell_shows_is_kept_as_words_and_shapes() -> None:
    """A table of data may hold anything: what is printed from it neither runs nor loads nor breaks out of its place."""
    from samspill.making import kernel

    svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>'
    html = "</div><p onclick=x>a<script>x</script></p>"
    cell = f"from IPython.display import HTML, SVG, display\ndisplay(HTML({html!r}), SVG({svg!r}))"
    code = {"cell_type": "code", "id": "a", "metadata": {}, "source": cell, "outputs": [], "execution_count": None}
    notebook = {"cells": [code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    done = json.loads(kernel.execute(json.dumps(notebook).encode(), {}, "a.ipynb"))
    data = [output["data"] for output in done["cells"][0]["outputs"]]
    assert "".join(data[0]["text/html"]) == "<p>a</p>"
    assert "".join(data[1]["text/html"]) == "<svg/>"
    assert "image/svg+xml" not in data[1]


def test_cleaning_leaves_nothing_active_and_cleans_once() -> None:
    html = (
        "<html><body><article><style>p{}</style><script>x()</script>"
        '<div class="jupyter-wrapper"><div class="jp-Cell">'
        '<p style="color:red" onclick="x()">Text &lt;b&gt;</p><a href="javascript:x">y</a><object data="x"></object>'
        '<button formaction="x">z</button></div></div></article></body></html>'
    )
    once = clean(html, "nb")
    assert '<div class="notebook text"><p>Text &lt;b&gt;</p><a>y</a>z</div>' in once
    assert not re.search(r"<script|<style|style=|onclick", once)
    assert clean(once, "nb") == once


#: A page as MkDocs makes it of the rich course's notebook, run with two cells more; its styles and scripts shortened.
BUILT = Path(__file__).parent / "built" / "numbers.html"


def test_a_built_page_is_made_clean(update: bool) -> None:
    html = BUILT.read_text("utf-8")
    compare({f"{language}.html": clean(html, language) for language in ("en", "nb")}, "notebook", update=update)


HEADS = "<thead><tr><th>a</th><th> b\n c </th><th>d</th></tr></thead>"
STACKED = (
    '<thead role="rowgroup"><tr role="row"><th role="columnheader">a</th><th role="columnheader"> b\n c </th>'
    '<th role="columnheader">d</th></tr></thead>'
)


VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
REST = "input link meta source track wbr "
WIDGETS = (
    "jp-Collapser", "jp-InputPrompt", "jp-OutputPrompt", "celltoolbar", "zeroclipboard-container",
    "clipboard-copy-txt", "anchor-link", "anchor-lin",
)  # fmt: skip
ACTIVE = (
    "script", "style", "clipboard-copy", "iframe", "object", "template", "noscript", "textarea", "select", "title",
    "clip",
)  # fmt: skip


@pytest.mark.parametrize(
    ("built", "cleaned"),
    [
        # What is never closed, closed twice, or holds nothing.
        ("<p>a<b>b<i>c</p>d</i>e", "<p>a<b>b<i>c</i></b></p>de"),
        ("<br/><hr>a<img src=b.png alt>c<wbr>", '<br><hr>a<img src="b.png" alt>c'),
        ("<p>a<b>b</p>c</b>d", "<p>a<b>b</b></p>cd"),
        ("<p/>a", "<p></p>a"),
        # What holds nothing has no end; of these only four are kept.
        ("".join(f"<{name}>{name} " for name in VOID), "area base <br>br <col>col embed <hr>hr <img>img " + REST),
        # Widgets of the notebook renderer, and what would be one.
        ("".join(f'<p class="a {name}">{name}</p>' for name in WIDGETS), '<p class="a anchor-lin">anchor-lin</p>'),
        ("".join(f"<{name}>{name}</{name}>" for name in ACTIVE), "clip"),
        ("<span></span><span> </span><span class=n></span>", '<span> </span><span class="n"></span>'),
        ("<button>a</button><title>b</title><textarea>c</textarea>", "a"),
        ("<table class=b></table><table></table>", '<table class="b"></table><table class="notebook-table"></table>'),
        ("a&amp;b &lt;c&gt;", "a&amp;b &lt;c&gt;"),
        ("a\n \n\nb<pre>c\n\n\nd</pre>\n\n\n<pre>e</pre>", "a\nb<pre>c\n\n\nd</pre>\n<pre>e</pre>"),
        # Headings: the id that stands before one, else its own if it has any.
        ('<h2 id="x">A b</h2><h6>A b</h6>', '<h2 id="x">A b</h2><h6>A b</h6>'),
        ('<p><a id="own"></a></p><h3 id="A">A</h3><h3>B</h3>', '<h3 id="own">A</h3><h3>B</h3>'),
        ('<p>x<a id="own"></a></p><h3>A</h3>', '<p>x<a id="own"></a></p><h3>A</h3>'),
        ('<p><a id="own" href="b"></a></p>', '<p><a id="own" href="b"></a></p>'),
        ('<p><a id="own"></a><b></b></p>', '<p><a id="own"></a><b></b></p>'),
        ('<div><a id="own"></a></div><h3>A</h3>', '<div><a id="own"></a></div><h3>A</h3>'),
        ('<h2>A<a class="anchor-link" href="#a">¶</a><a href="#b">c</a></h2>', '<h2>A<a href="#b">c</a></h2>'),
        # A cell that shows a table: one of three columns is read row by row on a phone.
        (
            f"<table>{HEADS}<tbody><tr><th scope=row>e</th><td>f</td></tr></tbody></table>",
            f'<table class="stacks" role="table">{STACKED}<tbody role="rowgroup"><tr role="row">'
            '<th scope="row" role="rowheader">e</th><td role="cell" data-label="b c">f</td></tr></tbody></table>',
        ),
        (
            f"<table>{HEADS}<tbody><tr><td>e</td><td>f</td><td>g</td><td>h</td></tr></tbody></table>",
            f'<table class="stacks" role="table">{STACKED}<tbody role="rowgroup"><tr role="row">'
            '<td role="cell" data-label="a">e</td><td role="cell" data-label="b c">f</td>'
            '<td role="cell" data-label="d">g</td><td>h</td></tr></tbody></table>',
        ),
        (
            "<table><thead><tr><th>a</th><th>b</th></tr></thead></table>",
            '<table class="notebook-table"><thead><tr><th>a</th><th>b</th></tr></thead></table>',
        ),
        (f"<table>{HEADS}{HEADS}</table>", f'<table class="notebook-table">{HEADS}{HEADS}</table>'),
    ],
)  # fmt: skip
def test_what_a_built_page_holds_is_written_anew(built: str, cleaned: str) -> None:
    shown = built.startswith("<table>")
    inner = f'<div class="jp-CodeCell"><div class="jp-OutputArea-output">{built}</div></div>' if shown else built
    html = f'<article id="x"><div class="jupyter-wrapper">{inner}</div></article>'
    made = clean(html, "da")
    box = '<div class="notebook-result" role="group" aria-label="Resultat 1" tabindex="0">'
    inside = f"{box}{cleaned}</div>" if shown else cleaned
    assert made == f'<article id="x">\n<div class="notebook text">{inside}</div>\n</article>'


def test_code_stands_as_it_is_without_empty_lines_after_it() -> None:
    code = '<div class="highlight-ipynb"><pre>  a\n\n\n b \n\n</pre></div>'
    made = clean(f'<article><div class="jupyter-wrapper"><div class="jp-CodeCell">{code}</div></div></article>', "en")
    assert '<pre><code class="language-python" tabindex="0" translate="no">  a\n\n\n b\n</code></pre>' in made


@pytest.mark.parametrize(
    "html",
    [
        '<div class="jupyter-wrapper"><b/></div>',
        '<article><div class="jupyter-wrapper"><b/></div>',
        '<div class="jupyter-wrapper"><b/></div></article>',
        "<article><script></script></article>",
    ],
)
def test_a_page_without_a_notebook_stays_as_it_is(html: str) -> None:
    assert clean(html, "en") == html


@runs
def test_published_figures_are_printed_as_published() -> None:
    """SPoR Vestfold, slides 10 and 11: what is legible there, and nothing in the cells that are not."""
    rows = course().assets["course/data/spor-interviews.csv"].data.decode("utf-8")
    assert "slide 11" in rows
    english = executed()["en"].decode("utf-8")
    for figure in ("5.6", "6.3", "5.7", "5.5", "5.3", "5.8"):
        assert figure in english


PARAMETERS = {"cell_type": "code", "id": "words", "metadata": {"tags": ["parameters"]}, "source": "words = {}"}
TEXT = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "{#one}"}
CODE = {"cell_type": "code", "id": "code", "metadata": {}, "source": ["print(len(words))\n", "print(3 * 14)"]}
NUMBERS = "course/pages/numbers/numbers.ipynb"


def with_notebook(root: Path, content: bytes | str | list[Any], **more: Any) -> None:
    """Give a course a page with a notebook: bytes or text as they stand, or its cells."""
    change(root / "course/course.yml", "pages: [home]", "pages: [home, numbers]")
    folder = root / "course/pages/numbers"
    folder.mkdir()
    (folder / "page.yml").write_text("id: numbers\nkind: notebook\nnotebook: numbers.ipynb\n")
    (folder / "en.md").write_text("---\ntitle: Numbers\nsummary: Three.\n---\n\n## One {#one}\n\nText.\n")
    if isinstance(content, list):
        content = json.dumps({"cells": content, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more)
    (root / NUMBERS).write_bytes(content if isinstance(content, bytes) else content.encode())


def page_of(root: Path) -> dict[str, Any]:
    """The notebook of the page in English, before it is run."""
    found, problems = load(root)
    assert found is not None, problems
    page = found.pages["numbers"]
    made: dict[str, Any] = json.loads(notebook_page(Context(found, "en"), page, found.assets[NUMBERS].data))
    return made


@pytest.mark.build
def test_a_notebook_needs_no_words_of_its_own(whole: Path, run: Run) -> None:
    from samspill.making import kernel

    with_notebook(whole, [PARAMETERS, TEXT, CODE])
    assert run("check", root=whole).status == 0
    made = page_of(whole)
    assert [cell["source"] for cell in made["cells"] if cell["cell_type"] == "code"] == [
        "words = {}",
        "print(len(words))\nprint(3 * 14)",
    ]
    result = json.loads(kernel.execute(json.dumps(made).encode(), {}, NUMBERS))
    said = [output["text"] for cell in result["cells"] for output in cell.get("outputs", ())]
    assert "".join("".join(text) for text in said) == "0\n42\n"


def test_cells_without_ids_of_their_own_get_some_and_saved_results_stay_behind(whole: Path, run: Run) -> None:
    saved = {"outputs": [{"output_type": "stream", "name": "stdout", "text": "secret"}], "execution_count": 7}
    bare = {key: value for key, value in CODE.items() if key != "id"}
    odd = [CODE | {"id": own} for own in ("top", "å!", 7)]
    cells = [PARAMETERS, TEXT, bare | saved, CODE | saved, CODE, *odd]
    with_notebook(whole, cells)
    assert run("check", root=whole).status == 0
    made = page_of(whole)
    ids = [cell["id"] for cell in made["cells"]]
    assert ids == ["top", "words", "one", "cell-4", "code", "cell-6", "cell-7", "cell-8", "cell-9", "files"]
    assert "secret" not in json.dumps(made)
    assert {str(cell.get("execution_count")) for cell in made["cells"]} == {"None"}


DEEP = '{"cells": ' + "[" * 100_000


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "N002 this is not a notebook (keep code"),
        ("{", "N002 this is not a notebook"),
        ("[]", "N002 this is not a notebook"),
        ("null", "N002 this is not a notebook"),
        ('{"cells": 7}', "N002 this is not a notebook"),
        (DEEP, "N002 this is not a notebook"),
        (json.dumps({"cells": [PARAMETERS, TEXT]}).encode("utf-16"), "N002 this is not a notebook"),
        ('{"worksheets": [], "nbformat": 3}', "N002 the notebook is of format 3, not 4 (open it in Jupyter and"),
        ([], "N002 the first cell is not a code cell tagged parameters"),
        ([TEXT, PARAMETERS], "N002 the first cell is not a code cell tagged parameters"),
        ([CODE, TEXT], "N002 the first cell is not a code cell tagged parameters"),
        ([PARAMETERS, None], "N002 cell 2 is not a cell as Jupyter writes it (open it in Jupyter"),
        ([PARAMETERS, {"cell_type": "code"}], "N002 cell 2 is not a cell as Jupyter writes it"),
        ([PARAMETERS, CODE | {"source": 7}], "N002 cell 2 is not a cell as Jupyter writes it"),
        ([PARAMETERS, CODE | {"source": {"a": 1}}], "N002 cell 2 is not a cell as Jupyter writes it"),
        ([PARAMETERS, CODE | {"metadata": None}], "N002 cell 2 is not a cell as Jupyter writes it"),
        ([PARAMETERS, CODE | {"metadata": {"tags": None}}], "N002 cell 2 is not a cell as Jupyter writes it"),
        ([PARAMETERS, CODE | {"metadata": {"tags": "folded"}}], "N002 cell 2 is not a cell as Jupyter writes it"),
        ([PARAMETERS, {"cell_type": "raw", "source": "x"}], "N002 cell 2 is neither code nor a placeholder"),
        ([PARAMETERS, TEXT | {"source": "Hello"}], "N002 cell 2 holds text where only a placeholder"),
        ([PARAMETERS, TEXT, PARAMETERS], "N002 cell 3 is tagged parameters too: its code would be replaced"),
        ([PARAMETERS, TEXT, CODE | {"source": "x = '\u202e'"}], "N002 cell 3 holds the invisible control character"),
        ([PARAMETERS, TEXT, CODE | {"source": "x = '\ud800'"}], "N002 cell 3 holds half a character, U+D800"),
        ([PARAMETERS, TEXT, CODE | {"metadata": {"tags": ["\ud800"]}}], "N002 cell 3 is not a cell as Jupyter writes"),
        ([PARAMETERS], "N003 the notebook and course/pages/numbers/en.md do not agree on {#one} ("),
        ([PARAMETERS, TEXT, TEXT], "N003 the notebook and course/pages/numbers/en.md do not agree on {#one}, which"),
        ("x" * 1_000_001, "F006 the file has 1,000,001 bytes"),
    ],
)  # fmt: skip
def test_an_odd_notebook_is_one_problem(content: Any, message: str, whole: Path, run: Run) -> None:
    with_notebook(whole, content)
    result = run("check", root=whole)
    (line,) = result.out.splitlines()
    assert line.startswith(f"{NUMBERS}:1:1: {message}")
    assert (result.status, "Traceback" in result.err) == (2, False)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "id: numbers\nkind: notebook\n",
            "2:7: S001 kind: a notebook page names its notebook (add notebook: and the name of its file)",
        ),
        (
            "id: numbers\nnotebook: numbers.ipynb\n",
            "2:11: S001 notebook: only a notebook page shows one (write kind: notebook, or remove notebook:)",
        ),
    ],
)
def test_a_notebook_page_says_what_it_is_and_where_its_notebook_is(
    written: str, said: str, whole: Path, run: Run
) -> None:
    with_notebook(whole, [PARAMETERS, TEXT])
    (whole / "course/pages/numbers/page.yml").write_text(written)
    assert run("check", root=whole)[:2] == (2, f"course/pages/numbers/page.yml:{said}\n")


def test_the_first_page_is_no_notebook(whole: Path, run: Run) -> None:
    with_notebook(whole, [PARAMETERS, TEXT])
    home = whole / "course/pages/home"
    (home / "page.yml").write_text("id: home\nkind: notebook\nnotebook: numbers.ipynb\n")
    shutil.copyfile(whole / NUMBERS, home / "numbers.ipynb")
    assert run("check", root=whole)[:2] == (
        2,
        "course/pages/home/page.yml:2:7: S001 kind: the first page is no notebook "
        "(give the notebook a page of its own, and link to it)\n",
    )


def test_data_that_the_code_names_goes_with_the_notebook() -> None:
    files = ("b.csv", "a.csv", "c.csv", "deep/d.csv")
    paths = [f"course/data/{name}" for name in files] + ["e.csv", "a.csv"]
    assets = {path: Asset(path, path.encode()) for path in paths}
    found = notebook_data(replace(course(), assets=assets), "\ufeff'b.csv' 'a.csv' deep/d.csv e.csv".encode())
    assert list(found.items()) == [("a.csv", b"course/data/a.csv"), ("b.csv", b"course/data/b.csv")]


def test_a_picture_of_a_notebook_page_comes_along(whole: Path) -> None:
    with_notebook(whole, [PARAMETERS, TEXT])
    folder = whole / "course/pages/numbers"
    (folder / "map.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    change(folder / "en.md", "Text.", "![A map](map.svg)")
    found, problems = load(whole)
    assert found is not None, problems
    assert [page.path for page in pages(found, "en", {}) if "numbers" in page.path] == ["numbers/map.svg"]
