"""Notebook pages: one notebook with its code, the words of each language put in, and the built page made clean.

A notebook in the course holds code cells and, as markdown cells, placeholders such as `{#table}`: the text stands
in `<language>.md` like every other prose. Its first cell is tagged `parameters` and is replaced by `words = {…}`.
A code cell tagged `folded` is shown closed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pprint import pformat
from typing import Any

from markdown.extensions.toc import slugify, unique
from markupsafe import Markup

from samspill.model import ROLES, Asset, Course, Page
from samspill.problem import ContentError, Problem
from samspill.prose import Prose, Section, Text
from samspill.render.context import Context, page_url
from samspill.render.html import Writer, escape, tag
from samspill.render.site.view import View
from samspill.render.words import Catalogue, catalogue

PARAMETERS = "parameters"
FOLDED = "folded"
DATA = "course/data/"
_PLACEHOLDER = re.compile(r"\{#([a-z0-9.-]+)\}")
_REMEDY = "keep code in the notebook, and text in the page's Markdown file under the same {#id}"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook_path(page: Page) -> str:
    """Return where a page's notebook stands in the course."""
    return f"course/pages/{page.id}/{page.notebook}"


def notebook_data(course: Course, notebook: bytes) -> dict[str, bytes]:
    """Return the data files a notebook names in its code, by file name."""
    code = notebook.decode("utf-8")
    found: dict[str, Asset] = {}
    for path, asset in sorted(course.assets.items()):
        name = path.removeprefix(DATA)
        if path.startswith(DATA) and "/" not in name and name in code:
            found[name] = asset
    return {name: asset.data for name, asset in found.items()}


# --- from the course to a notebook in one language ----------------------------------------------------------


def notebook_page(
    context: Context, page: Page, notebook: bytes, roots: Mapping[str, str] | None = None
) -> bytes:
    """Return the notebook of a page in the language of the context, with its text and without results.

    `notebook` is the file as it stands in the course, `roots` is as for `Writer`. The result goes to
    `samspill.kernel`. Raises `ContentError`: N002 for a file that is not a notebook of ours, N003 for a
    placeholder without a section or a section without a placeholder.
    """
    path = notebook_path(page)
    prose = context.course.text("page", page.id, context.language)
    if prose is None:
        raise ValueError(f"{page.id} has no text in {context.language}")
    cells = _cells(path, notebook)
    placed = [_PLACEHOLDER.fullmatch(_source(cell)) for cell in cells if cell["cell_type"] == "markdown"]
    ids = [match[1] for match in placed if match]
    known = [section.id for section in prose.sections]
    if ids != known:
        lost = [one for one in known if one not in ids] + [one for one in ids if one not in known]
        what = f"{{#{lost[0]}}}" if lost else "the order of the sections"
        message = f"the notebook and {prose.path} do not agree on {what}"
        raise ContentError([Problem(path, 1, 1, "N003", message, _REMEDY)])

    words = context.words.table["notebook"]
    writer = Writer(context, page_url("page", page.id), roots or {}, context.course.assets, f"course/pages/{page.id}")
    made = [_markdown("top", _head(writer, page, prose))]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            section = prose.by_id[_source(cell)[2:-1]]
            made.append(_markdown(section.id.replace(".", "_"), _section(writer, prose, section)))
        else:
            made.append(_code(cell, words["labels"][page.id]))
    made.append(_markdown("files", _files(context.words, page, notebook_data(context.course, notebook))))
    result = {"cells": made, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _head(writer: Writer, page: Page, prose: Prose) -> str:
    words = writer.context.words
    kicker = tag("p", words("common.activity_kinds.notebook"), class_="kicker")
    view = View(writer.context.course, writer.context, writer, {})
    served = Markup(" · ").join(view.served(role, getattr(page, role)) for role in ROLES if getattr(page, role))
    lead = tag("p", prose.summary, class_="lead")
    if served:
        served = served[:1].upper() + served[1:]
        lead += Markup("\n") + tag("p", served, class_="serves")
    title = writer.heading((Text(prose.title),))
    return f"{kicker}\n{tag('p', tag('a', Markup(''), id='top'))}\n\n# {title}\n\n{lead}"


def _cells(path: str, notebook: bytes) -> list[dict[str, Any]]:
    def problem(message: str) -> ContentError:
        return ContentError([Problem(path, 1, 1, "N002", message, _REMEDY)])

    try:
        found = json.loads(notebook)["cells"]
        sources = [(cell["cell_type"], _source(cell)) for cell in found]
    except (ValueError, KeyError, TypeError):
        raise problem("this is not a notebook") from None
    if not found or sources[0][0] != "code" or PARAMETERS not in _tags(found[0]):
        raise problem(f"the first cell is not a code cell tagged {PARAMETERS}")
    for number, (kind, source) in enumerate(sources, 1):
        if kind == "markdown" and not _PLACEHOLDER.fullmatch(source):
            raise problem(f"cell {number} holds text where only a placeholder such as {{#table}} may stand")
        if kind not in ("markdown", "code"):
            raise problem(f"cell {number} is neither code nor a placeholder")
    cells: list[dict[str, Any]] = found
    return cells


def _source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return (source if isinstance(source, str) else "".join(source)).strip()


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def _markdown(cell_id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def _code(cell: Mapping[str, Any], labels: Mapping[str, Any]) -> dict[str, Any]:
    tags = _tags(cell)
    source = _source(cell)
    if PARAMETERS in tags:
        source = f"words = {pformat(dict(labels), width=100, sort_dicts=False)}"
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": cell["id"],
        "metadata": {"tags": tags} if tags else {},
        "outputs": [],
        "source": source,
    }


def _section(writer: Writer, prose: Prose, section: Section) -> str:
    """Return a section as the text of a markdown cell: its id, its heading, its blocks as HTML without blank lines."""
    body = writer.blocks(section.blocks)
    if section.id.endswith(".facilitator"):
        summary = tag("summary", writer.context.words("common.for_facilitator"))
        drawer = tag("div", Markup("\n") + body + Markup("\n"), class_="drawer")
        return _solid(tag("details", summary + Markup("\n") + drawer, class_="facilitator", id=section.id))
    return f"{_anchor(section.id)}\n\n{'#' * section.level} {writer.heading(section.title)}\n\n{_solid(body)}"


def _anchor(section_id: str) -> Markup:
    """Return an id for the heading that follows: Markdown gives a heading an id of its own making."""
    return tag("p", tag("a", Markup(""), id=section_id))


def _solid(html: str) -> str:
    """Return HTML that Markdown reads as one block."""
    return re.sub(r"\n\s*", "\n", html).strip()


def _files(words: Catalogue, page: Page, data: Mapping[str, bytes]) -> str:
    links = [tag("a", words("notebook.download"), href=f"{page.id}.ipynb", download=True)]
    links += [tag("a", words("notebook.data", name=name), href=name, download=True) for name in data]
    items = Markup("").join(tag("li", link) for link in links)
    note = tag("p", words("notebook.files_note"))
    below = _solid(tag("ul", items) + Markup("\n") + note)
    return f"{_anchor('files')}\n\n## {escape(words('notebook.files'))}\n\n{below}"


# --- from the built page to a clean one ---------------------------------------------------------------------


def clean(html: str, language: str) -> str:
    """Return a built notebook page without what the notebook renderer brought along.

    Inside the article: no scripts, no styles in elements or attributes, no handlers, no copy widgets; cells as plain
    named groups that scroll with the keyboard, headings with our own ids. Outside it only the links of the table
    of contents change, to those ids. A page without a notebook comes back unchanged.
    """
    opened = re.search(r"<article\b[^>]*>", html)
    end = html.rfind("</article>")
    if opened is None or end < 0 or 'class="jupyter-wrapper"' not in html:
        return html
    tree = _Tree()
    tree.feed(html[opened.end() : end])
    tree.close()
    work = _Cleaner(catalogue(language), language)
    article = "".join(work.write(node) for node in tree.root.children)
    article = re.sub(r"\n\s*\n+", "\n", article) if "<pre" not in article else _tidy(article)

    def linked(text: str) -> str:
        return re.sub(r'href="#([^"]+)"', lambda m: f'href="#{work.moved.get(m[1], m[1])}"', text)

    return linked(html[: opened.end()]) + "\n" + article + "\n" + linked(html[end:])


def _tidy(html: str) -> str:
    """Remove empty lines outside preformatted text."""
    parts = re.split(r"(<pre\b.*?</pre>)", html, flags=re.S)
    return "".join(part if part.startswith("<pre") else re.sub(r"\n\s*\n+", "\n", part) for part in parts)


_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_DROPPED = frozenset("script style link meta clipboard-copy iframe object embed base".split())
_DROPPED_CLASSES = frozenset(
    "jp-Collapser jp-InputPrompt jp-OutputPrompt celltoolbar zeroclipboard-container clipboard-copy-txt "
    "anchor-link".split()
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[_Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    def find(self, name: str) -> Iterator[_Element]:
        """Yield the elements inside with this class or tag, outer before inner."""
        for child in self.children:
            if isinstance(child, _Element):
                if name in child.classes or child.tag == name:
                    yield child
                yield from child.find(name)

    def words(self) -> str:
        """Return the text inside, with character references as written."""
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)


class _Tree(HTMLParser):
    """HTML → elements; character references stay as they are written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.root = _Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(_Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, 0, -1):
            if self.open[index].tag == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_entityref(self, name: str) -> None:
        self.open[-1].children.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.open[-1].children.append(f"&#{name};")


class _Cleaner:
    """Writes the elements of one page; `moved` maps the heading ids the theme linked to the ids they have."""

    def __init__(self, words: Catalogue, language: str) -> None:
        self.words = words
        self.language = language
        self.moved: dict[str, str] = {}
        self._slugs: set[str] = set()
        self._code = 0
        self._result = 0
        self._id: str | None = None

    def write(self, node: _Element | str) -> str:
        """Return a node as HTML, or nothing when it goes."""
        if isinstance(node, str):
            return node
        classes = node.classes
        if node.tag in _DROPPED or _DROPPED_CLASSES.intersection(classes):
            return ""
        if "jupyter-wrapper" in classes:
            return f'<div class="notebook">{self._all(node)}</div>'
        if "jp-CodeCell" in classes:
            return self._code_cell(node, folded=f"celltag_{FOLDED}" in classes)
        if "jp-MarkdownCell" in classes:
            return "".join(self._all(text) for text in node.find("jp-RenderedMarkdown"))
        if any(name.startswith("jp-") for name in classes):
            return self._all(node)
        if node.tag == "p" and self._anchor(node):
            return ""
        if node.tag in _HEADINGS:
            return self._heading(node)
        return self._element(node)

    def _all(self, node: _Element) -> str:
        return "".join(self.write(child) for child in node.children)

    def _anchor(self, node: _Element) -> bool:
        """Keep the id of a paragraph that holds nothing but an anchor, for the heading after it."""
        inner = [child for child in node.children if isinstance(child, _Element)]
        if len(inner) == 1 and inner[0].tag == "a" and set(inner[0].attributes) == {"id"} and not node.words().strip():
            self._id = inner[0].attributes["id"]
            return True
        return False

    def _heading(self, node: _Element) -> str:
        node.children = [
            child for child in node.children if isinstance(child, str) or "anchor-link" not in child.classes
        ]
        # What Python-Markdown, which made the table of contents, called this heading.
        slug = unique(slugify(str(Markup(node.words()).unescape()), "-"), self._slugs)
        own, self._id = self._id or slug, None
        self.moved[slug] = own
        node.attributes["id"] = own
        return self._element(node)

    def _code_cell(self, cell: _Element, *, folded: bool) -> str:
        written = [self._source(area, folded) for area in cell.find("highlight-ipynb")]
        for output in cell.find("jp-OutputArea-output"):
            self._result += 1
            label = escape(self.words("notebook.result", number=self._result))
            written.append(
                f'<div class="notebook-result" role="group" aria-label="{label}" tabindex="0">'
                f"{self._all(output).strip()}</div>"
            )
        return "\n".join(written)

    def _source(self, area: _Element, folded: bool) -> str:
        self._code += 1
        label = escape(self.words("notebook.code", number=self._code))
        inside = "".join(self._all(pre) for pre in area.find("pre")).rstrip()
        # Code is written in English on every page, and is not to be translated.
        foreign = "" if self.language == "en" else ' lang="en"'
        code = (
            f'<div class="notebook-code no-copy" role="group" aria-label="{label}">'
            f'<pre><code class="language-python" tabindex="0" translate="no"{foreign}>{inside}\n</code></pre></div>'
        )
        if not folded:
            return code
        summary = escape(self.words("notebook.folded"))
        return f'<details class="notebook-folded"><summary>{summary}</summary>\n{code}\n</details>'

    def _element(self, node: _Element) -> str:
        attributes = "".join(
            f" {name}" if value is None else f' {name}="{Markup.escape(value)}"'
            for name, value in node.attributes.items()
            if name != "style" and not name.startswith("on")
        )
        if node.tag == "table" and not node.classes:
            # The theme's script wraps a table without a class in a box that the keyboard cannot scroll.
            attributes += ' class="notebook-table"'
        if node.tag in _VOID:
            return f"<{node.tag}{attributes}>"
        inner = self._all(node)
        if node.tag == "span" and not attributes and not inner:
            return ""
        return f"<{node.tag}{attributes}>{inner}</{node.tag}>"
