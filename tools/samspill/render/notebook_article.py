"""The built page of a notebook made clean: what `mkdocs-jupyter` writes, as plain HTML of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown.extensions.toc import slugify, unique  # type: ignore[import-untyped]
from markupsafe import Markup

from samspill.render.html import escape
from samspill.render.words import Catalogue, catalogue

#: The tag of a cell that only prepares what the others show.
FOLDED = "folded"


def clean(html: str, language: str) -> str:
    """Return a built notebook page without what the notebook renderer brought along.

    Inside the article: no scripts, no styles in elements or attributes, no handlers, no copy widgets; cells
    as plain named groups that scroll with the keyboard, headings with our own ids. Outside it only the links
    of the table of contents change, to those ids. A page without a notebook comes back unchanged.
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
    article = _tidy(article)

    def linked(text: str) -> str:
        return re.sub(r'href="#([^"]+)"', lambda m: f'href="#{work.moved.get(m[1], m[1])}"', text)

    return linked(f"{html[: opened.end()]}\n{article}\n{html[end:]}")


def _tidy(html: str) -> str:
    """Remove empty lines outside preformatted text."""
    parts = re.split(r"(<pre\b.*?</pre>)", html, flags=re.S)
    return "".join(part if part.startswith("<pre") else re.sub(r"\n\s*\n+", "\n", part) for part in parts)


def _stack(table: _Element) -> None:
    """Let a table of three columns or more be read row by row on a phone, as the tables of other pages are."""
    heads = [row for thead in table.find("thead") for row in thead.find("tr")]
    if len(heads) != 1:
        return
    cells_of = [cell for cell in heads[0].children if isinstance(cell, _Element)]
    names = [" ".join(cell.words().split()) for cell in cells_of]
    if len(names) < 3:
        return
    table.attributes |= {"class": "stacks", "role": "table"}
    for group in (*table.find("thead"), *table.find("tbody")):
        group.attributes["role"] = "rowgroup"
    for row in table.find("tr"):
        row.attributes["role"] = "row"
        cells = [cell for cell in row.children if isinstance(cell, _Element)]
        for name, cell in zip(names, cells, strict=False):
            if cell.tag == "td":
                cell.attributes |= {"role": "cell", "data-label": str(Markup(name).unescape())}
            else:
                heads_row = cell.attributes.get("scope") == "row"
                cell.attributes["role"] = "rowheader" if heads_row else "columnheader"


_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_DROPPED = frozenset(("script", "style", "link", "meta", "clipboard-copy", "iframe", "object", "embed", "base"))
_DROPPED_CLASSES = frozenset(
    (
        "jp-Collapser", "jp-InputPrompt", "jp-OutputPrompt", "celltoolbar", "zeroclipboard-container",
        "clipboard-copy-txt", "anchor-link",
    )
)  # fmt: skip
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
            return f'<div class="notebook text">{self._all(node)}</div>'
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
        if node.words().strip() or [(one.tag, *one.attributes) for one in inner] != [("a", "id")]:
            return False
        self._id = inner[0].attributes["id"]
        return True

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
            for table in output.find("table"):
                _stack(table)
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
            f'<pre><code class="language-python" tabindex="0" translate="no"{foreign}>{inside}\n</code></pre>'
            "</div>"
        )
        # Few who read a page read code: it is there for those who ask, and the results stand in the open.
        summary = escape(self.words("notebook.folded" if folded else "notebook.behind"))
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
