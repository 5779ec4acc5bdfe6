"""Each text says which language it stands in: a translation under way, on every page, and in what is printed.

Every text of the course ends in a sign that says in which language it is written, `Waits ⟨en⟩`. Then every text of a
page or of a sheet can be asked: is it in the language that a screen reader takes it to be in?
"""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markdown import markdown
from pydantic import BaseModel
from pypdf import PdfReader
from pypdf.generic import ContentStream

from conftest import PROJECT
from reading_order import marked, reading_order
from samspill.making.engines import Source, mkdocs, search
from samspill.making.written import frame
from samspill.model import Course, LanguageEntry
from samspill.prose import Cite, Code, CodeBlock, Image, Prose, Text
from samspill.reading.completed import completed
from samspill.reading.context import Context
from samspill.reading.printed import HandoutInfo
from samspill.render import paper
from samspill.render.web import pages
from samspill.render.web.notebook import notebook_page, notebook_path
from samspill.render.web.page_file import read
from samspill.source import load
from test_goldens import put_together
from website import chromium, expect

#: The sign at the end of a text, and what it looks like once a title has been cut at a colon or a word.
SIGN = re.compile(r"⟨([a-z]{2})⟩")
NOTEBOOK = {"da": [], "sv": ["#one", "#then"]}
#: Citations, which name sources alike in every language.
CITED = {"(Thompson, 1967)", "(Åsberg and others, 2019)"}
#: What is the same in every language: people and places.
NAMES = {"Marit", "Marit’s", "Ingrid", "Elvebakken", "Max’s", "Lars", "Åsæøl’s", "Iris’s"}
UNTRANSLATED = {
    "da": ("still-english", "turning", "short-note", "evening"),
    "sv": ("long-way", "waiting", "log", "short"),
}


# --- the course --------------------------------------------------------------------------------------------


def signed(value: Any, language: str) -> Any:
    """Return a tree of prose whose every text ends in the sign of a language."""
    sign = f" ⟨{language}⟩"
    match value:
        case Text(text) | Code(text):
            return replace(value, text=f"{text.rstrip()}{sign}{text[len(text.rstrip()):]}") if text.strip() else value
        case CodeBlock(text):
            lines = (f"{line}{sign}" if line.strip() else line for line in text.split("\n"))
            return replace(value, text="\n".join(lines))
        case Cite(_, locator):
            return replace(value, locator=f"{locator}{sign}" if locator else "")
        case Image(_, alternative):
            return replace(value, alternative=f"{alternative}{sign}")
        case Prose():
            sections = signed(value.sections, language)
            return replace(
                value,
                language=language,
                title=f"{value.title}{sign}",
                summary=f"{value.summary}{sign}",
                lead=signed(value.lead, language),
                sections=sections,
                by_id={},
            )
        case tuple():
            return tuple(signed(each, language) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = ((each.name, getattr(value, each.name)) for each in fields(value))
        return replace(value, **{name: signed(each, language) for name, each in inner if isinstance(each, tuple)})
    return value


def worded(value: Any, without: tuple[str, ...], path: str = "") -> Any:
    """Return a part of the structure with every text signed, and in no language but English and those given."""
    if isinstance(value, BaseModel):
        update = {name: worded(getattr(value, name), without, name) for name in type(value).model_fields}
        return value.model_copy(update=update)
    if isinstance(value, tuple):
        return tuple(worded(each, without) for each in value)
    if isinstance(value, dict) and set(value) & {"en", "nb"}:
        return {code: _ending(value["en"], code) for code in ("en", "da", "sv") if code not in without}
    if isinstance(value, dict):
        return {key: worded(each, without) for key, each in value.items()}
    return value


def _ending(value: Any, code: str) -> Any:
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _ending(getattr(value, name), code) for name in type(value).model_fields})
    if isinstance(value, tuple):
        return tuple(_ending(each, code) for each in value)
    # A course's title is shown without what follows the colon, and a statement has its first word in bold.
    return ": ".join(f"{part} ⟨{code}⟩" for part in value.split(": ")) if value else value


def half(root: Path) -> Course:
    """Return the rich course in English with Danish and Swedish under way.

    Of the Danish texts every other section is missing, of the Swedish ones the others; some units are not translated
    at all, and of the words in YAML every other has no Danish, the others no Swedish.
    """
    course, problems = load(put_together(root))
    assert course is not None, problems
    names = {"en": "English", "da": "Dansk", "sv": "Svenska"}
    languages = [LanguageEntry(code=code, name=name) for code, name in names.items()]
    prose: dict[Any, Prose] = {}
    for (kind, unit, language), text in course.prose.items():
        if language != "en":
            continue
        prose[kind, unit, "en"] = signed(text, "en")
        for number, code in enumerate(("da", "sv")):
            if unit not in UNTRANSLATED[code]:
                own = signed(text, code)
                kept = tuple(section for place, section in enumerate(own.sections) if place % 2 == number)
                front = ("front", "0" * 12) if number else ("front", text.front_digest)
                records = (front, *((section.id, "0" * 12) for section in kept[::3]))
                prose[kind, unit, code] = replace(own, sections=kept, by_id={}, translates=records)

    def turns(table: Mapping[str, Any]) -> dict[str, Any]:
        return {key: worded(each, ("da",) if place % 2 else ("sv",)) for place, (key, each) in enumerate(table.items())}

    about = worded(course.about, ("da",)).model_copy(update={"languages": tuple(languages)})
    tables = {name: turns(getattr(course, name)) for name in ("objectives", "terms", "sources", "settings")}
    return completed(replace(course, about=about, prose=prose, seed=worded(course.seed, ("sv",)), **tables))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course under way."""
    return half(tmp_path_factory.mktemp("half") / "course")


def infos(course: Course, language: str) -> dict[str, HandoutInfo]:
    """What can be printed, with sizes made up."""
    found = paper.handouts(course, language)
    return {each.path: HandoutInfo(each.path, each.kind, each.unit, each.part, 2, 9000) for each in found}


# --- pages -------------------------------------------------------------------------------------------------


def texts(tree: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield each text of a page with the language it is said to be in; what a drawing says is said in words beside."""
    for node in tree.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style"):
            continue
        said = [(node.get(name), node) for name in ("alt", "aria-label", "title", "data-label", "content")]
        for text, holder in (*said, (node.text, node), (node.tail, node.getparent())):
            if not text or not text.strip() or holder is None:
                continue
            if not holder.xpath("ancestor-or-self::*[@aria-hidden='true']"):
                yield " ".join(text.split()), str(holder.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")), holder


#: Names of people and places, citations, references, code, and the languages' own names.
ALIKE = "ancestor-or-self::*[@data-slot or self::code or contains('cite reference tongue-switch', @class) and @class]"


def faults(tree: Any, where: str) -> list[tuple[str, str, str]]:
    """Return the texts that are said to be in another language than they are in."""
    wrong = []
    for text, said, holder in texts(tree):
        signs = set(SIGN.findall(text))
        # In English stands nothing but what is written in it, and what is the same everywhere.
        alike = not re.search(r"[^\W\d_]{3}", text) or holder.xpath(ALIKE)
        if signs != {said} if signs else said == "en" and not alike:
            wrong.append((where, said, text))
    return wrong


def notebook(course: Course, language: str) -> bytes:
    """The notebook page, without results."""
    page = course.pages["numbers"]
    raw = course.assets[notebook_path(page)].data
    return notebook_page(Context(course, language), page, raw)


@pytest.mark.parametrize("language", ["da", "sv"])
def test_every_text_of_a_page_says_its_language(language: str, course: Course) -> None:
    found, count = [], 0
    for artifact in pages(course, language, infos(course, language)):
        if not artifact.path.endswith(".md"):
            continue
        page = read(artifact.data)
        made = "".join(page.get(part, "") for part in ("head", "body", "tools"))
        tree = html.document_fromstring(f'<html lang="{language}"><body>{made}</body></html>')
        found += faults(tree, artifact.path)
        count += sum(said == "en" for _, said, _ in texts(tree))
    for cell in json.loads(notebook(course, language))["cells"]:
        if cell["cell_type"] == "markdown":
            tree = html.document_fromstring(f'<html lang="{language}"><body>{markdown(cell["source"])}</body></html>')
            found += faults(tree, "numbers.ipynb")
    assert found == []
    assert count > 200


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def built(course: Course, language: str, folder: Path) -> None:
    """Build the pages of a language into `site` below a folder."""
    source = folder / language
    for artifact in pages(course, language, infos(course, language)):
        (source / artifact.path).parent.mkdir(parents=True, exist_ok=True)
        (source / artifact.path).write_bytes(artifact.data)
    for info in infos(course, language).values():
        (source / info.path).parent.mkdir(exist_ok=True)
        (source / info.path).write_bytes(b"")
    (source / "numbers.ipynb").write_bytes(notebook(course, language))
    (source / "three-numbers.csv").write_bytes(b"")
    site = frame(course, language, {})
    made_of = Source(site, source, PROJECT / "site_overrides", PROJECT / "mkdocs.yml")
    mkdocs.write_configuration(made_of)
    mkdocs.build(made_of, folder / "site")


@pytest.mark.build
@pytest.mark.parametrize("language", ["da", "sv"])
def test_every_text_of_a_built_page_says_its_language(language: str, course: Course, tmp_path: Path) -> None:
    """Also what the theme adds: titles, menus, contents and the way to the next page."""
    built(course, language, tmp_path)
    numbers = tmp_path / "site/numbers/index.html"
    found, contents = [], []
    for path in sorted((tmp_path / "site").rglob("*.html")):
        tree = html.document_fromstring(path.read_bytes())
        found += faults(tree, path.relative_to(tmp_path).as_posix())
        contents += tree.xpath("//*[contains(@class, 'contents')]//a[@lang='en']")
    assert found == []
    assert len(contents) > 20
    assert any("numbers" in path for path in map(str, (tmp_path / "site").rglob("*.html")))
    tree = html.document_fromstring(numbers.read_bytes())
    marked = [link.get("href") for link in tree.xpath("//nav[contains(@class, 'contents')]//a[@lang='en']")]
    assert marked == NOTEBOOK[language]


@pytest.mark.build
@pytest.mark.browser
def test_what_a_search_finds_says_its_language(course: Course, tmp_path: Path) -> None:
    built(course, "da", tmp_path)
    search.index(tmp_path / "site", "da")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with chromium() as browser:
        tab = browser.new_page()
        tab.goto(f"http://127.0.0.1:{server.server_port}/cases/two-doors/")
        tab.click("[data-open-search]")
        tab.fill("#search-words", "nobody has answered")
        first = tab.locator(".search-found li").first
        expect(first.locator("a")).to_have_text("Two doors ⟨da⟩ › Three weeks later ⟨en⟩")
        expect(first.locator("a span")).to_have_attribute("lang", "en")
        expect(first.locator("p")).to_have_attribute("lang", "en")
    server.shutdown()
    server.server_close()


# --- paper -------------------------------------------------------------------------------------------------

#: What a sheet holds besides words, what a PDF says in one language alone, its title and what a picture shows, and the
#: first word of an objective, whose sign stands in the rest.
SILENT = {
    "is", "align", "pictures", "language", "lang", "kind", "drawing", "keys", "url", "alternative", "short_alternative",
    "document_title", "verb",
}  # fmt: skip


def said_in(value: Any, language: str) -> Iterator[tuple[str, str]]:
    """Yield each text of a sheet with the language it is said to be in."""
    match value:
        case str():
            yield language, value
        case list():
            for each in value:
                yield from said_in(each, language)
        case dict():
            inside = value.get("lang") or (value.get("language") if value.get("is") == "borrowed" else None) or language
            for key, each in value.items():
                if key == "note":  # that what follows is in another language
                    yield from said_in(each, language)
                elif key not in SILENT:
                    yield from said_in(each, inside)


@pytest.mark.parametrize("language", ["da", "sv"])
def test_every_text_of_a_sheet_says_its_language(language: str, course: Course) -> None:
    found, count = [], 0
    for handout in paper.handouts(course, language):
        for said, text in said_in(json.loads(paper.inputs(course, handout)), language):
            signs = set(SIGN.findall(text))
            count += said == "en"
            alike = not re.search(r"[^\W\d_]{3}", text) or text in NAMES | CITED
            if signs != {said} if signs else said == "en" and not alike:
                found.append((handout.path, said, text))
    assert found == []
    assert count > 200


def spans(data: bytes) -> dict[str, str]:
    """Return the runs of words of a PDF that say their language, each with it."""
    reader, found = PdfReader(io.BytesIO(data)), {}
    for page in reader.pages:
        words = marked(page, reader)
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"BDC" and "/Lang" in operands[1]:
                found[words.get(int(operands[1]["/MCID"]), "")] = str(operands[1]["/Lang"])
    return found


def test_a_printed_plan_says_the_language_of_what_is_not_translated(tmp_path: Path) -> None:
    course, _ = load(put_together(tmp_path / "rich"))
    assert course is not None
    course = completed(course)
    plan = next(each for each in paper.handouts(course, "nb") if each.path.endswith("pathway-long-one.pdf"))
    data = paper.render(course, plan)
    lines = [line.strip() for line in reading_order(data).splitlines()]
    assert "TH [lang=en; scope=Row] What to read · Bridging" in lines
    assert "TH [scope=Row] Vår i Åsæøl · Den lange veien «hjem»" in lines
    assert PdfReader(io.BytesIO(data)).trailer["/Root"]["/Lang"] == "nb"
    said = spans(data)
    assert said["Bridging: Facilitator guide"] == "en"
    assert said["Bridging: Facilitator guide"] != said[" (på engelsk)"] == "nb"


def test_a_printed_title_that_is_not_translated_says_its_language(whole: Path) -> None:
    text = (whole / "course/pathways/short/nb.md").read_text("utf-8")
    (whole / "course/pathways/short/nb.md").write_text(text[: text.index("\n## ")], "utf-8")
    course, _ = load(whole)
    assert course is not None
    course = completed(course)
    plan = next(each for each in paper.handouts(course, "nb") if each.path.endswith("pathway-short-one.pdf"))
    assert "H1 [lang=en] One hour" in reading_order(paper.render(course, plan)).splitlines()
