"""Content is data: whatever an author, an adapter or a translator writes comes out as the words it is."""

from __future__ import annotations

import ast
import json
import re
import shutil
import string
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html
import pytest
from bleach._vendor import html5lib  # reads as a browser does
from jinja2 import Environment, nodes
from pydantic import ValidationError

from conftest import COURSES, PROJECT, change, html_of
from samspill import theme
from samspill.disk.workspace import write
from samspill.document.prose import words
from samspill.languages import catalogue
from samspill.making.engines import Site, mkdocs, protocol
from samspill.markup import Markup, address, heading, tag
from samspill.model import SCHEMAS, Course, Name, Source
from samspill.prose import Break, Citation, Cite, Code, Emphasis, Image, Link, Place, Slot, Text
from samspill.reading.citations import reference
from samspill.reading.context import Context
from samspill.render import web
from samspill.render.web import page_file
from samspill.render.web.chooser import chooser
from samspill.render.web.html import Writer
from samspill.render.web.notebook import notebook_meta, notebook_page, notebook_path
from samspill.render.web.notebook_output import shown
from samspill.source import load, strict_yaml
from samspill.source.typography import typographic

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    "</title><meta http-equiv=refresh content=0>",
    "{{7*7}} {% raw %}",
    "${x} $$x$$",
    "![a](x){- onclick=x }",
    '{- .cls #id onclick="x" }',
    "*a* _b_ ~~c~~ ~~~ ``` ` &lt;b&gt; &amp; &#60;",
    "<!-- --> <!-- tools --> <!-- head --> ]]> <?php ?>",
    "\\ \\\\ \\* --8<-- !!! note | a | b | # not a heading --- ***",
    "[^1] [TOC] %s %(x)s {0} {x} {x.__class__}",
)
COLONS = (
    "[x](javascript:alert(1))",
    '{: .cls #id onclick="x" } {#id}',
    ":smile: ]: http://x https://x.example/ *[HTML]: abbr !ENV x: y",
    "javascript:alert(1)",
)


class Filling(NamedTuple):
    """What stands in every text of the course: long, on one side of a colon, in a label, in an address."""

    long: str
    name: str
    label: str
    url: str
    doi: str


PAYLOAD = Filling(
    f"{' '.join((*PAYLOADS, *COLONS))} ende",
    f"{' '.join(PAYLOADS)} ende",
    '"><b onclick=x>&_a_',
    "https://x.example/'onclick='x'*a*_b_`c`{d}[e](javascript:f)",
    '10.1000/(a)<b/onclick="x">&lt;*c*_d_#e?f',
)
WORDS = Filling("longende", "nameende", "label", "https://x.example/a", "10.1000/a")


SVG = "{http://www.w3.org/2000/svg}"
#: Ids, dates and words out of a list; everything else in the YAML files is text.
IDS = (
    "given "
    "actors after as_of assesses audience bloom case cases code columns content_notes country domain edition from "
    "grouping id ipec key kind language level modules name notebook objectives options page pages parts pathways "
    "practises released roles seen service setting sources stage state teaches term to type use worksheet worksheets"
)


#: The addresses as a link holds them: nothing in them ends one, and a DOI is all path.
LINKS = (
    "https://x.example/'onclick='x'*a*_b_%60c%60%7Bd%7D[e](javascript:f)",
    "10.1000/(a)%3Cb/onclick=%22x%22%3E&lt;*c*_d_%23e%3Ff",
)


# --- a course full of it -------------------------------------------------------------------------------------


def enriched(root: Path) -> None:
    """Give the small course every field that the website shows, and a notebook."""
    sources = read(root / "course/sources.yml")
    person = {"family": "Family", "given": "Given", "non-dropping-particle": "von"}
    common = {"author": [person, {"literal": "A body"}], "issued": {"year": 2020}, "language": "nb", "seen": "page"}
    numbers = {"volume": "7", "issue": "2", "page": "1-9", "number": "3", "edition": "2", "ISBN": "1"}
    words = {"container-title": "Container", "publisher": "Publisher", "publisher-place": "Place", "genre": "Genre"}
    sources["references"] += [
        {"id": "article", "type": "article-journal", "title": "Article", "short": "Short", "DOI": "10.1000/1"}
        | (common | numbers | words),
        {"id": "speech", "type": "speech", "title": "Speech", "short": "Talk", "event-title": "Event"}
        | (common | words | {"editor": [person], "URL": "https://x.example/"}),
    ]
    dump(root / "course/sources.yml", sources)
    glossary = read(root / "course/glossary.yml")
    glossary["terms"][0] |= {"also": {"en": ["broker"], "nb": ["megler"]}, "note": {"en": "Note", "nb": "Merk"}}
    glossary["terms"][0]["country"] = "no"
    dump(root / "course/glossary.yml", glossary)
    module = read(root / "course/modules/waiting/module.yml")
    module["figure"] = {"kind": "hub", "parts": ["middle", "side"]}
    module["activities"].append({"id": "read-on", "kind": "notebook", "minutes": 5, "page": "reading-spor"})
    dump(root / "course/modules/waiting/module.yml", module)
    more = (
        "\n## Figure {#figure}\n\nShown.\n\n### Middle {#figure.middle}\n\nMid.\n\n### Side {#figure.side}\n\nOff.\n"
        "\n## On {#read-on}\n\nA [link *with* `code`](https://x.example/) and ![picture](drawing.svg)\n\n"
        "1. One\n2. Two **strong**\n\n> Quoted [@article, p. 4]\n\n```\ncode\n\n\n\tindented\n```\n"
    )
    for language in ("en", "nb"):
        with (root / f"course/modules/waiting/{language}.md").open("a", encoding="utf-8") as file:
            file.write(more)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9"/></svg>\n'
    (root / "course/modules/waiting/drawing.svg").write_text(drawing, "utf-8")
    page = root / "course/pages/reading-spor"
    page.mkdir()
    about = read(root / "course/course.yml")
    about["pages"] += ["about", "reading-spor"]
    dump(root / "course/course.yml", about)
    dump(page / "page.yml", {"id": "reading-spor", "kind": "notebook", "notebook": "spor.ipynb"})
    cell = {"metadata": {}, "outputs": [], "execution_count": None}
    cells = [
        cell | {"cell_type": "code", "id": "a", "source": "words = {}", "metadata": {"tags": ["parameters"]}},
        {"cell_type": "markdown", "id": "b", "metadata": {}, "source": "{#table}"},
        cell | {"cell_type": "code", "id": "c", "source": "print(1)"},
    ]
    (page / "spor.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    (root / "course/pages/about").mkdir()
    for language in ("en", "nb"):
        text = "---\ntitle: About\nsummary: This\n---\n\n## Who {#who}\n\nWe\n"
        (root / f"course/pages/about/{language}.md").write_text(text, "utf-8")
        text = "---\ntitle: Notebook\nsummary: Computed\n---\n\n## Table {#table}\n\nSeen **so**\n\n- a\n- b\n"
        (page / f"{language}.md").write_text(text, "utf-8")


def read(path: Path) -> Any:
    return json.loads(json.dumps(strict_yaml.read(path.read_text("utf-8"), path.name)[0]))


def dump(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")


def filled(root: Path, filling: Filling) -> Course:
    """Put a filling into every text of a course and load it."""
    enriched(root)
    skipped = set()
    for path in sorted(root.rglob("*.yml")):
        if path.parent.name == "translated":  # a record of what was translated: digests
            continue
        model = SCHEMAS["setting" if path.parent.name == "settings" else path.stem]
        value = read(path)
        model.model_validate(value)
        for place, old in texts(value):
            for new in fillings(place, old, filling):
                put(value, place, new)
                try:
                    model.model_validate(value)
                    break
                except ValidationError:
                    put(value, place, old)
            else:
                skipped.add(next(key for key in reversed(place) if isinstance(key, str)))
        dump(path, value)
    assert skipped - set(IDS.split()) == set()
    for path in sorted(root.rglob("*.md")):
        path.write_text("\n".join(prose(path.read_text("utf-8"), filling)), "utf-8")
    course, _ = load(root)
    assert course is not None
    return course


def texts(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every text in a YAML file, with the keys that lead to it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if isinstance(inner, str):
            yield (*place, key), inner
        else:
            yield from texts(inner, (*place, key))


def put(value: Any, place: tuple[Any, ...], new: str) -> None:
    for key in place[:-1]:
        value = value[key]
    value[place[-1]] = new


def fillings(place: tuple[Any, ...], old: str, filling: Filling) -> Iterator[str]:
    if place[-1] in ("type", "given"):  # the style must know the one, and shortens the other: see below
        return
    if place[0] == "title":
        yield f"{old} {filling.name}: of {filling.long}"
    if place[-1] != "bare":  # the label on a map
        yield f"{old} {filling.long}"
    yield f"{old[:3]} {filling.label}"
    yield filling.url
    yield filling.doi


def marked(text: str) -> str:
    """A text as Markdown that says just that."""
    return "".join(f"\\{letter}" if letter in string.punctuation else letter for letter in text)


def prose(text: str, filling: Filling) -> Iterator[str]:
    """The lines of a Markdown file with a filling in each."""
    front, fenced = 0, False
    for line in text.split("\n"):
        front += line == "---"
        fenced = fenced != line.startswith("```")
        words = marked(filling.long)
        if front < 2:
            found = re.fullmatch(r"(title|summary): (.*)", line)
            yield f"{found[1]}: {json.dumps(f'{found[2]} {filling.long}')}" if found else line
        elif fenced and not line.startswith("```"):
            yield f"{line} {filling.long}" if line else line
        elif not line or line.startswith(("---", "```", "| ---")):
            yield line
        elif line.startswith("#"):
            title, _, anchor = line.rpartition(" ")
            yield f"{title} {marked(filling.label) if '{#figure.' in anchor else words} {anchor}"
        elif line.startswith("|"):
            yield "|" + "|".join(f"{cell} {words} " for cell in line.strip("|").split("|")) + "|"
        else:
            url = re.sub(r"([()])", r"\\\1", filling.url)
            said = line.replace("](https://x.example/)", f"]({url})").replace("`code`", f"`` {filling.label} ``")
            said = said.replace("p. 4", f"p. 4 {filling.label}").replace("picture]", f"picture {filling.label}]")
            yield f"{said} {words}"


# --- its website ---------------------------------------------------------------------------------------------


def website(course: Course, folder: Path, filling: Filling) -> dict[str, str]:
    """Build the website of a course in every language; return its pages by address."""
    (folder / "pages").mkdir(parents=True)
    page = course.pages["reading-spor"]
    raw = course.assets[notebook_path(page)].data
    pages = {"index.html": chooser(course).data.decode()}
    for language in course.languages:
        context = Context(course, language)
        write(web.pages(course, language, {}), folder / "pages" / language)
        notebook = json.loads(notebook_page(context, page, raw))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                text = {"output_type": "stream", "name": "stdout", "text": f"{filling.long}\n\n# {filling.long}\n"}
                html = {"text/html": shown(str(tag("p", filling.long))), "text/plain": filling.label}
                data = {"output_type": "execute_result", "metadata": {}, "data": html, "execution_count": None}
                cell["outputs"] = [text, data]
        (folder / "pages" / language / "reading-spor.ipynb").write_text(json.dumps(notebook), "utf-8")
        title = course.about.title[language]
        meta = {"reading-spor.ipynb": notebook_meta(context, page)}
        chrome = Site(
            language=language,
            title=title.split(":")[0],
            description=title,
            navigation=web.navigation(course, language),
            extra=web.settings(course, language) | {"notebooks": meta},
        )
        laid = theme.folders(folder)[-1]
        source = protocol.Source(chrome, folder / "pages" / language, laid, theme.base_configuration())
        mkdocs.write_configuration(source)
        mkdocs.build(source, folder / "site" / language)
        for path in sorted((folder / "site" / language).rglob("*.html")):
            pages[path.relative_to(folder / "site").as_posix()] = path.read_text("utf-8")
    return pages


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """The same website twice: full of what could be read as something else, and full of harmless words."""
    made = []
    for name, filling in (("payload", PAYLOAD), ("words", WORDS)):
        folder = tmp_path_factory.mktemp(name)
        course = filled(Path(shutil.copytree(COURSES / "whole", folder / "course")), filling)
        made.append(website(course, folder / "made", filling))
    return made[0], made[1]


def tree(html: str) -> list[tuple[Any, ...]]:
    """A page as a browser sees it: every element with its attributes, and every text, in order."""
    found: list[tuple[Any, ...]] = []

    def walk(element: Any) -> None:
        if not isinstance(element.tag, str):
            found.append(("comment", element.text))
            return
        if element.tag == f"{SVG}svg":
            # Where a drawing breaks its lines depends on how long they are.
            parts = sorted({(each.tag, *map(str, each.attrib)) for each in element.iter()})
            found.append(("drawing", tuple(parts), squeezed("".join(element.itertext()))))
            return
        found.append((element.tag, dict(sorted((str(k), v) for k, v in element.attrib.items()))))
        found.append(("text", element.text or ""))
        for child in element:
            walk(child)
            found.append(("text", child.tail or ""))

    walk(html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False))
    return found


@cache
def typeset(text: str) -> list[str]:
    """A filling as it is written, and with the quotation marks and dashes of either language."""
    return list(dict.fromkeys((text, typographic(text, "en"), typographic(text, "nb"))))


def squeezed(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def harmless(value: Any) -> Any:
    """The same with harmless words in the place of the others."""
    if isinstance(value, str):
        # The letters that the root's type holds, and the hash by which its policy knows them.
        value = re.sub(r"(?:(?<=base64,)|(?<=sha256-))[A-Za-z0-9+/=]+", "", value)
        for old, new in (*zip(PAYLOAD, WORDS, strict=True), *zip(LINKS, WORDS[-2:], strict=True)):
            for said in typeset(old):
                value = value.replace(said, new).replace(squeezed(said), new)
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: harmless(inner) for key, inner in value.items()}
    if value[0] == "drawing":  # whose parts have an order of their own, and notes where there is room
        return (*value[:-1], *(harmless(value[-1]).count(each) for each in WORDS))
    return tuple(harmless(inner) for inner in value)


@pytest.mark.build
def test_every_word_comes_out_as_it_is_and_nothing_else_does(sites: tuple[dict[str, str], dict[str, str]]) -> None:
    hostile, peaceful = sites
    assert list(hostile) == list(peaceful)
    assert len(hostile) > 25
    said = 0
    for address_, html in hostile.items():
        found = [harmless(node) for node in tree(html)]
        wanted = [harmless(node) for node in tree(peaceful[address_])]
        for one, other in zip(found, wanted, strict=False):
            assert one == other, address_
        assert len(found) == len(wanted), address_
        said += sum(any(old in node[1] for old in typeset(PAYLOAD.long)) for node in tree(html) if node[0] == "text")
    assert said > 400


def test_a_shortened_name_is_text_too() -> None:
    source = Source(
        id="a",
        type="book",
        title="<i>T</i>",
        author=(Name(family="<b>F</b>", given="<img src=x onerror=y> &lt;"),),
        container_title="span",
        language="nb",
        short="S",
        seen="page",
    )
    said = reference(source, "en")
    assert {node[0] for node in tree(said)} == {"html", "head", "body", "i", "span", "text"}
    assert '<span lang="nb">&lt;i&gt;T&lt;/i&gt;</span>' in said


# --- the writers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://x.example/a?b=1&c=%20#d", "https://x.example/a?b=1&c=%20#d"),
        ("../a/#b", "../a/#b"),
        ("https://x.example/å b\"<>\\^`{|}", "https://x.example/å%20b%22%3C%3E%5C%5E%60%7B%7C%7D"),
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("javascript:alert(1)", None),
        ("JavaScript:alert(1)", None),
        ("vbscript:x", None),
        ("data:text/html,x", None),
        ("data:image/svg+xml;base64,AAAA", None),
        ("data:image/png;base64,AA AA", "data:image/png;base64,AAAA"),
        ("//x.example/", None),
        # Browsers pass over these on their way to a scheme; written out they are part of a name.
        ("java\nscript:alert(1)", "java%0Ascript:alert(1)"),
        ("\x01javascript:alert(1)", "%01javascript:alert(1)"),
        (" javascript:alert(1)", "%20javascript:alert(1)"),
    ],
)
def test_an_address_leads_somewhere_or_is_none(url: str, written: str | None) -> None:
    assert address(url) == written
    assert tag("a", "x", href=url) == ("<a>x</a>" if written is None else f'<a href="{Markup.escape(written)}">x</a>')


def test_nothing_in_a_heading_is_read_as_markdown() -> None:
    place = Place(1)
    title = (
        Text("A *b* _c_ `d` $e$ "),
        Link("https://x.example/*a*_b_", (Emphasis((Text("link"),)), Citation((Cite("nobody", "", place),))), place),
        Image("x.png", "a *picture* {: onclick=x }", place),
        Slot("*a*`b`[c](d)_e_", place),
        Code("*a* {#b}"),
        Break(),
        Text("https://x.example/ {: .c onclick=y } &lt;"),
    )
    course, _ = load(COURSES / "whole")
    assert course is not None
    writer = Writer(catalogue("en"), "")
    said = words(Context(course, "en"), title)
    inside = [
        ("em", {}),
        ("span", {"class": "cite"}),
        ("span", {"data-slot": "*a*`b`[c](d)_e_"}),
        ("code", {}),
    ]
    expected = (
        "A *b* _c_ `d` $e$ link(nobody)a *picture* {: onclick=x }{*a*`b`[c](d)_e_}*a* {#b} "
        "https://x.example/ {: .c onclick=y } &lt;"
    )
    html = writer.heading(2, said, "an-id")
    found = [node for node in tree(html) if node[0] not in ("text", "html", "head", "body")]
    assert found == [("h2", {"id": "an-id"}), *inside]
    assert "".join(node[1] for node in tree(html) if node[0] == "text") == expected
    assert writer.entry(said, "an-id") == {"id": "an-id", "title": expected}
    # In a notebook it is a line of Markdown.
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": f"## {heading(writer.words_of(said))}"}
    from samspill.making.engines.notebook import content  # half a second to load

    html = content(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode())
    shown_as = tree(html[html.index("<h2") :])
    assert [node for node in shown_as if node[0] in ("em", "span", "code", "img", "strong")] == inside
    assert not any("onclick" in node[1] for node in shown_as if node[0] != "text")
    assert expected in "".join(node[1] for node in shown_as if node[0] == "text")


def test_a_link_holds_no_link() -> None:
    course, _ = load(COURSES / "whole")
    assert course is not None
    cited = Citation((Cite("thompson-1967", "p. 4", Place(1)),))
    context, writer = Context(course, "en"), Writer(catalogue("en"), "")
    written = writer.inline(words(context, (Link("https://x.example/", (cited,), Place(1)),)))
    label = '<span class="cite">(Thompson, 1967, p. 4)</span>'
    assert written == f'<a href="https://x.example/" rel="noopener external">{label}</a>'
    unsafe = writer.inline(words(context, (Link("mailto:x", (Text("x"),), Place(1)),)))
    assert unsafe == '<a href="mailto:x" rel="noopener external">x</a>'


def test_code_keeps_its_lines_and_tabs(whole: Path) -> None:
    (module,) = (whole / "course/modules/waiting").glob("en.md")
    change(module, "One question.", "```\na\n\n\n\tb  c\n```")
    course, _ = load(whole)
    assert course is not None
    (page,) = (html_of(a.data) for a in web.pages(course, "en", {}) if a.path == "modules/waiting.md")
    assert [code.text for code in lxml.html.fromstring(page).iter("code")] == ["a\n\n\n\tb  c\n"]


def test_what_no_writer_wrote_is_escaped_by_the_templates(whole: Path) -> None:
    """Titles, summaries and other words that a template takes as they are."""
    sign = "<i>&"
    change(whole / "course/course.yml", "publisher: Samspill contributors", f'publisher: "A {sign}"')
    change(whole / "course/glossary.yml", "word: {en:", f'also: {{en: ["B {sign}"]}}\n    word: {{en:')
    course, _ = load(whole)
    assert course is not None
    texts = {
        key: replace(prose, title=f"C {sign}", summary=f"D {sign}", by_id={}) for key, prose in course.prose.items()
    }
    made = [a for a in web.pages(replace(course, prose=texts), "en", {}) if a.path.endswith(".md")]
    bodies = "".join(html_of(page.data) for page in made)
    assert [letter for letter in "ABCD" if f"{letter} <i" in bodies] == []
    assert [letter for letter in "ABCD" if f"{letter} &lt;i&gt;&amp;" not in bodies] == []


@pytest.mark.parametrize("title", ["a\u2028b\u2029c\x85d", "\x7f\x80\ufeff", "a: 'b' \"c\" \\ # {d} \U0001f600"])
def test_front_matter_says_what_it_was_given(title: str, whole: Path) -> None:
    course, _ = load(whole)
    assert course is not None
    key = ("module", "waiting", "en")
    course = replace(course, prose={**course.prose, key: replace(course.prose[key], title=title, by_id={})})
    (page,) = (page_file.read(a.data) for a in web.pages(course, "en", {}) if a.path == "modules/waiting.md")
    assert page["title"] == title
    assert lxml.html.fragments_fromstring(page["head"])[1].text == title


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("<table><tr><th scope=col>R&amp;D</th></tr></table>", '<table><tr><th scope="col">R&amp;D</th></tr></table>'),
        ("<p onclick=x style=y class=z id=content data-quiz>a</p>", "<p>a</p>"),
        ("<script>x</script><style>y</style><iframe srcdoc=z>w</iframe>a", "a"),
        ("</div></div></body></html><p>a", "<p>a</p>"),
        ("<p>a</BODY></HTML ><p>b", "<p>a</p><p>b</p>"),
        ('<a href="javascript:x">a</a><a href="data:text/html,b">b</a>', "<a>a</a><a>b</a>"),
        ("<a href=https://x.example/>a</a>", '<a href="https://x.example/" rel="noopener external">a</a>'),
        ("<img src=https://x.example/a.png alt=Words><img src=x>", "Words"),
        ("<img src=data:image/png;base64,AAAA onerror=x>", '<img src="data:image/png;base64,AAAA">'),
        ("<math><mtext><style><img src=x onerror=y></style></mtext></math><b>a</b>", "<b>a</b>"),
        ("<form action=x><input name=a><button>b</button></form>", "b"),
        ("<pre>a\n\n# b</pre>\n\n# c", "<pre>a&#10;&#10;# b</pre> # c"),
        ('<svg onload=x><rect fill="url(#a)" stroke="url(//x)"/></svg>', '<svg><rect fill="url(#shown-a)"/></svg>'),
        ('<svg><rect fill="u\\72l(x)" x="1" style="y"/></svg>', '<svg><rect x="1"/></svg>'),
        ('<svg><use xlink:href="#a"/><use href="http://x#a"/></svg>', '<svg><use href="#shown-a"/><use/></svg>'),
        ('<svg><a href="x"><text>t</text></a><foreignObject>u</foreignObject></svg>', "<svg><text>t</text></svg>"),
        ('<svg><animate attributeName="href" values="javascript:x"/><set/></svg>', "<svg/>"),
        ("<pre>a\n <b>b\n</b></pre>c\n \n d<br>e<hr>", "<pre>a&#10; <b>b&#10;</b></pre>c d<br>e<hr>"),
        ("<table><col span=2 width=3></table>", '<table><col span="2"></table>'),
        ("<ol start=3 reversed><li value=4 span=5>a</ol>", '<ol start="3" reversed=""><li value="4">a</li></ol>'),
        ("<p lang=nb dir=ltr title=t href=x>a<time datetime=1>b</time></p>",
         '<p lang="nb" dir="ltr" title="t">a<time datetime="1">b</time></p>'),
        ("<a href=HTTP://x.example>a</a><a href=mailto:x>b</a><a>c</a>",
         '<a href="HTTP://x.example" rel="noopener external">a</a><a>b</a><a>c</a>'),
        ("<img src=data:image/svg+xml;base64,AAAA alt='a&lt;b'>c<img alt>", "a&lt;bc"),
        ('<svg><title>a\nb</title><desc>c</desc></svg><title>d</title>', "<svg><title>a b</title><desc>c</desc></svg>"),
        ('<svg><g transform="Translate(1) rotate (2)" clip-path=" url(#a) " id="1"/></svg>',
         '<svg><g transform="Translate(1) rotate (2)" clip-path="url(#shown-a)"/></svg>'),
        ('<svg viewBox="0 0 1 1" fill="url(x)"><marker id=b.c orient=auto /><filter><g/></filter></svg>',
         '<svg viewbox="0 0 1 1"><marker id="shown-b.c" orient="auto"/></svg>'),
        ("a<b>b</b>c<foo>d<i>e</i>f</foo>g", "a<b>b</b>cd<i>e</i>fg"),
        ("<?xml version='1.0'?><svg id='a'><!-- b --><g/></svg>", '<svg id="shown-a"><g/></svg>'),
        ("", ""),
    ],
)
def test_what_a_notebook_shows_neither_runs_nor_loads(printed: str, kept: str) -> None:
    assert shown(printed) == kept
    assert shown(kept).replace("shown-shown-", "shown-") == kept


# --- by construction -----------------------------------------------------------------------------------------

#: What looks like HTML and is for the citation style, and the text of a style sheet of ours.
ALLOWED = {("citations.py", '<span class="nocase">'), ("citations.py", "</span>"), ("chooser.py", "Markup(style)")}
#: Elements that are looked for, not written.
READ = ("re.search", "re.split", "html.rfind")


def constants(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Every text in a module with the call it is the argument of, but for what explains it."""
    module = ast.parse(path.read_text("utf-8"))
    explained = [node.value for node in ast.walk(module) if isinstance(node, ast.Expr)]
    skipped = {id(value) for value in explained if isinstance(value, ast.Constant)}
    for parent in ast.walk(module):
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
                yield parent, node.value


def named(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def test_html_is_written_in_one_place() -> None:
    found = []
    folders = ("reading", "drawing", "render", "making", "edition")
    for path in (path for name in folders for path in sorted((PROJECT / "tools/samspill" / name).rglob("*.py"))):
        for parent, text in constants(path):
            if re.search(r"(?<!\?P)</?[a-zA-Z!][^<]*>|<[a-z]+ [a-z-]+=", text) and named(parent) not in READ:
                # Words of ours that nothing is put into.
                found += [] if named(parent) == "Markup" else [(path.name, text)]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if named(node) == "Markup" and isinstance(node, ast.Call) and not isinstance(node.args[0], ast.Constant):
                found.append((path.name, ast.unparse(node)))
            if isinstance(node, ast.ImportFrom) and node.module in ("html", "markupsafe"):
                found.append((path.name, ast.unparse(node)))
    assert set(found) == ALLOWED


def test_every_template_escapes_what_is_put_in() -> None:
    # Our own environment escapes; what is put in as HTML comes from the writer, which marks it as such.
    for path in sorted((PROJECT / "tools/samspill/render/web/templates").glob("*.jinja")):
        assert not re.search(r"\bsafe\b|autoescape|Markup", path.read_text("utf-8")), path.name
    # The engine's does not: each template says so around all of it, and a block would stand outside.
    for path in sorted((PROJECT / "site_overrides").rglob("*.html")):
        written = Environment().parse(path.read_text("utf-8"))
        assert list(written.find_all(nodes.Block)) == [], path.name
        scopes = list(written.find_all(nodes.ScopedEvalContextModifier))
        inside = {id(node) for scope in scopes for node in scope.find_all(nodes.Output)}
        for output in written.find_all(nodes.Output):
            plain = all(isinstance(node, nodes.TemplateData) for node in output.nodes)
            assert plain or id(output) in inside, path.name
        for scope in scopes:
            assert [(option.key, option.value.value) for option in scope.options] == [("autoescape", True)]
        safe = [each for each in written.find_all(nodes.Filter) if each.name == "safe"]
        assert len(safe) == (4 if path.name == "content.html" else 0), path.name


def test_scripts_write_words_and_never_html() -> None:
    paths = [*(PROJECT / "site_overrides").rglob("*.js"), PROJECT / "tools/samspill/making/reload.js"]
    assert len(paths) == 4
    banned = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc|createContextualFragment|setHTML"
        r"|\beval\b|new Function|set(?:Timeout|Interval)\([\"'`]"
    )
    for path in paths:
        assert re.findall(banned, path.read_text("utf-8")) == [], path.name
        # A text put in by `replace` may hold `$&`, which is an order to it; what a function returns is not.
        assert re.findall(r"replace\([^()]*, `", path.read_text("utf-8")) == [], path.name
