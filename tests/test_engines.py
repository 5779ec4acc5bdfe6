"""Both engines make identical files of the same pages, and the direct one makes a single page as it makes all."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import COURSES, PROJECT, Run, course
from samspill.artifact import Artifact
from samspill.disk.workspace import write
from samspill.making.build import build
from samspill.making.engines import ENGINES, EngineError, Site, Source, engine, mkdocs
from samspill.making.engines.direct import Direct
from samspill.making.engines.menu import menu
from samspill.making.request import Request
from samspill.making.settings import Settings, settings
from samspill.making.sites import frame
from samspill.model import Course
from samspill.problem import UsageError
from samspill.reading.completed import completed
from samspill.reading.context import Context
from samspill.reading.printed import HandoutInfo
from samspill.render import paper
from samspill.render.web import page_file, pages
from samspill.render.web.notebook import notebook_data, notebook_page, notebook_path
from samspill.source import load
from test_goldens import put_together
from website import LANGUAGES
from website import Site as Built

#: What a notebook may print: lines, a table, a drawing, a picture, a value in words alone, and what went wrong.
OUTPUTS: tuple[dict[str, Any], ...] = (
    {"output_type": "stream", "name": "stdout", "text": "a\n\n\x1b[31m<b>\x1b[0m  c\n"},
    {"output_type": "stream", "name": "stderr", "text": "careful & slow\n"},
    {"output_type": "execute_result", "data": {"text/plain": "{'a': 1}"}, "execution_count": 1, "metadata": {}},
    {
        "output_type": "display_data", "metadata": {},
        "data": {"text/html": "<table><tr><th>x</th></tr></table><h3>Shown</h3>", "text/plain": "x"},
    },
    {
        "output_type": "display_data", "metadata": {},
        "data": {"text/html": '<svg viewBox="0 0 1 1"><path d="M0 0h1"/></svg>', "text/plain": "svg"},
    },
    {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg/>", "text/plain": "svg"}},
    {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBORw0KGgo=", "text/plain": "png"}},
    {"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["\x1b[0;31mE\x1b[0m: no"]},
)  # fmt: skip


def run_with(outputs: tuple[dict[str, Any], ...], notebook: bytes) -> bytes:
    """Return a notebook as if it had printed these."""
    found = json.loads(notebook)
    codes = [cell for cell in found["cells"] if cell["cell_type"] == "code"]
    for cell, at in zip(codes, (0, 3, 6), strict=False):
        cell["outputs"] = list(outputs[at : at + 3])
    codes[-1]["outputs"] = list(outputs)
    return json.dumps(found).encode()


def source(found: Course, language: str, folder: Path) -> Source:
    """Write the pages of a course below a folder, with notebooks as they are when they have run."""
    infos = {
        each.path: HandoutInfo(each.path, each.kind, each.unit, each.part, 2, 4000)
        for each in paper.handouts(found, language)
    }
    made = [*pages(found, language, infos), Artifact("assets/fonts/one.woff2", b"font")]
    for unit, page in found.pages.items():
        if page.kind == "notebook" and found.text("page", unit, language):
            raw = found.assets[notebook_path(page)].data
            notebook = notebook_page(Context(found, language), page, raw)
            made.append(Artifact(f"{unit}.ipynb", run_with(OUTPUTS, notebook)))
            made += [Artifact(f"{unit}/{name}", data) for name, data in notebook_data(found, raw).items()]
    below = folder / "pages" / language
    write(made, below)
    return Source(frame(found, language, {}), below, PROJECT / "site_overrides", PROJECT / "mkdocs.yml")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, but for the search index and the handouts, which no engine makes."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if not name.startswith(("pagefind/", "handouts/", "."))}


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of files that are not the same in both."""
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The rich course."""
    found, _ = load(put_together(tmp_path_factory.mktemp("rich") / "rich"))
    assert found is not None
    return completed(found)


@pytest.mark.build
@pytest.mark.parametrize(("language", "notebooks"), [("en", 1), ("nb", 0)])
def test_both_engines_make_identical_files(language: str, notebooks: int, rich: Course, tmp_path: Path) -> None:
    made_of = source(rich, language, tmp_path)
    mkdocs.write_configuration(made_of)
    for name in ENGINES:
        engine(name).build(made_of, tmp_path / name)
    one, other = (files(tmp_path / name) for name in ENGINES)
    assert different(one, other) == []
    assert {"index.html", "assets/stylesheets/samspill.css", "assets/fonts/one.woff2"} <= one.keys()
    below = {name for name in one if name.startswith("numbers/")}
    assert len(below) == 3 * notebooks
    if not notebooks:
        return
    # Whatever a notebook prints is on its page.
    page = one["numbers/index.html"].decode()
    for said in ("&lt;b&gt;", "careful &amp; slow", "{&#39;a&#39;: 1}", "<h3>Shown</h3>", '<path d="M0 0h1">', ": no"):
        assert said in page, said
    assert page.count('class="notebook-result"') >= len(OUTPUTS)


def test_a_single_page_is_that_of_the_whole_site(rich: Course, tmp_path: Path) -> None:
    made_of = source(rich, "nb", tmp_path)
    engine("direct").build(made_of, tmp_path / "site")
    direct = Direct(made_of.site, made_of.theme)
    whole = files(tmp_path / "site")
    written = [path for path in made_of.pages.rglob("*") if path.suffix in (".md", ".ipynb")]
    # In any order: no page knows which one was made before it.
    for path in sorted(written, reverse=True):
        address, html = direct.page(path.relative_to(made_of.pages).as_posix(), path.read_bytes())
        assert whole[address] == html, path
    assert len(written) == sum(name.endswith("index.html") for name in whole)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_engines_make_identical_files_of_the_shipped_course(language: str, site: Built, tmp_path: Path) -> None:
    """The site was built by MkDocs; its pages are still there."""
    found = completed(course())
    roots = {other: f"../{other}/" for other in LANGUAGES if other != language}
    below = PROJECT / "build/pages" / language
    made_of = Source(frame(found, language, roots), below, PROJECT / "site_overrides", PROJECT / "mkdocs.yml")
    engine("direct").build(made_of, tmp_path / "direct")
    one, other = files(site.folder / language), files(tmp_path / "direct")
    assert different(one, other) == []
    assert sum(name.endswith(".ipynb") for name in one) == (2 if language == "en" else 1)


@pytest.mark.build
def test_a_site_is_built_where_mkdocs_is_not_there(tmp_path: Path) -> None:
    """It is the same, and with MkDocs its pages can be built again by hand."""
    made = {}
    for name in ENGINES:
        root = tmp_path / name
        shutil.copytree(COURSES / "whole", root)
        shutil.copytree(PROJECT / "site_overrides", root / "site_overrides")
        (root / ".samspill.yml").write_text(f"engine: {name}\n", "utf-8")
    shutil.copy(PROJECT / "mkdocs.yml", tmp_path / "mkdocs")
    build(Request(tmp_path / "mkdocs", only="site"))
    gone = tmp_path / "gone"
    gone.mkdir()
    for name in ("mkdocs", "material", "mkdocs_jupyter", "markdown"):
        (gone / f"{name}.py").write_text(f'raise ImportError("{name} is not there")\n', "utf-8")
    command = f"import sys; sys.path.insert(0, {str(gone)!r})\nfrom samspill.cli import main\nsys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", command, "--root", str(tmp_path / "direct"), "build", "--only", "site"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in ENGINES:
        folder = tmp_path / name / "build/site"
        found = (path for path in folder.rglob("*") if path.is_file())
        made[name] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    assert different(made["mkdocs"], made["direct"]) == []
    assert any("pagefind" in name for name in made["direct"])
    by_hand = [sys.executable, "-m", "mkdocs", "-q", "build", "-f", str(tmp_path / "mkdocs/build/pages/nb.yml")]
    subprocess.run([*by_hand, "-d", str(tmp_path / "by-hand")], check=True, capture_output=True)
    assert different(files(tmp_path / "by-hand"), files(tmp_path / "mkdocs/build/site/nb")) == []


@pytest.mark.parametrize("name", ["rich", pytest.param("shipped", marks=pytest.mark.build)])
def test_the_contents_of_a_page_are_its_headings(name: str, rich: Course) -> None:
    found = rich if name == "rich" else completed(course())
    wrong, count = [], 0
    for artifact in pages(found, "en", {}):
        if not artifact.path.endswith(".md"):
            continue
        page = page_file.read(artifact.data)
        heads = re.findall(r'<h2(?: class="[^"]*")? id="([^"]*)">', page["body"])
        listed = [entry["id"] for entry in page.get("contents", [])]
        if "tools" in page:
            count += len(listed)
            wrong += [artifact.path] if heads != listed else []
        else:
            assert listed == []
    assert wrong == []
    assert count > 20


# --- what an engine refuses ----------------------------------------------------------------------------------


def test_an_engine_refuses_what_the_menu_does_not_have(rich: Course, tmp_path: Path) -> None:
    made_of = source(rich, "en", tmp_path)
    direct = Direct(made_of.site, made_of.theme)
    with pytest.raises(EngineError, match=r"^lost\.md is not in the menu$"):
        direct.page("lost.md", page_file.written({"title": "Lost"}, {}))
    with pytest.raises(EngineError, match=r"^about\.md is no page: "):
        direct.page("about.md", b"# Words\n")
    (made_of.pages / "glossary.md").unlink()
    with pytest.raises(EngineError, match=r"^the menu has glossary\.md, which is not there$"):
        engine("direct").build(made_of, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_theme_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    site = Site("en", "A", "B", [{"Home": "index.md"}], {})
    with pytest.raises(EngineError, match="has no page: "):
        Direct(site, tmp_path)
    (tmp_path / "main.html").write_text("{{ config.extra.words.skip }}{{ page.url | lost }}", "utf-8")
    with pytest.raises(EngineError, match="No filter named 'lost'"):
        Direct(site, tmp_path)


def test_pages_know_their_neighbours_and_their_section() -> None:
    found = menu([{"Home": "index.md"}, {"Cases": [{"All": "cases/index.md"}, {"One": "cases/one.md"}]}])
    assert [(page.title, page.url) for page in found.pages.values()] == [
        ("Home", ""), ("All", "cases/"), ("One", "cases/one/"),
    ]  # fmt: skip
    home, every, one = found.pages.values()
    assert (home.previous_page, home.next_page, every.next_page, one.next_page) == (None, every, one, None)
    assert found.homepage is home
    assert home.parent is None
    assert every.parent is one.parent
    assert [item.title for item in found] == ["Home", "Cases"]


# --- pages as files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p>", "<p>a</p>\n\n  <p>b: # c</p>\n\t<pre>\n x\n</pre>", "  a\n b", "\n\na", "a ", "---", "a\n---\nb",
        "a\n...\nb", "#", "a\u2028b", "\x85", "a\r\nb", "\ufeff", "%a", "a\n", "\n", "'\"\\{}[]!&*|>-?:@`",
    ],
)  # fmt: skip
def test_what_a_page_shows_is_read_as_it_was_written(html: str) -> None:
    data = page_file.written({"title": "A: 'b' # c", "languages": ["no", "en"], "printed": False}, {"body": html})
    assert page_file.read(data) == {"title": "A: 'b' # c", "languages": ["no", "en"], "body": html}


@pytest.mark.parametrize("data", [b"", b"a", b"---\na\n---\n", b"---\n'a\n---\n", b"---\na: b\n", b"---\n[a]\n---\n"])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"it does not begin|front matter"):
        page_file.read(data)


# --- the setting ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        (None, "mkdocs"), ("", "mkdocs"), ("# none\n", "mkdocs"), ("engine: mkdocs\n", "mkdocs"),
        ("engine: direct", "direct"),
    ],
)  # fmt: skip
def test_a_line_chooses_the_engine(text: str | None, chosen: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / ".samspill.yml").write_text(text, "utf-8")
    assert settings(tmp_path) == Settings(chosen)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# tool\nengine: hugo\n", '2:9: there is no engine "hugo"'),
        ("engine:\n", "1:8: an engine is one word"),
        ("engine: [direct]\n", "1:1: an engine is one word"),
        ("motor: direct\n", '1:8: there is no setting "motor"'),
        ("direct\n", "1:1: these are no settings"),
    ],
)
def test_a_setting_that_nobody_knows_is_named_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / ".samspill.yml").write_text(text, "utf-8")
    with pytest.raises(UsageError) as refused:
        settings(tmp_path)
    assert str(refused.value) == f".samspill.yml:{said} (write engine: mkdocs or engine: direct)"


def test_a_build_says_which_engine_there_is_none_of(whole: Path, run: Run) -> None:
    (whole / ".samspill.yml").write_text("engine: hugo\n", "utf-8")
    result = run("build", root=whole)
    assert result.status == 3
    assert '.samspill.yml:1:9: there is no engine "hugo" (write engine: mkdocs or engine: direct)' in result.err
