"""The built page of a notebook made clean: what `mkdocs-jupyter` writes, as plain HTML of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from samspill.languages import Catalogue, catalogue
from samspill.markup import Markup, tag, void
from samspill.render.web.notebook_output import ATTRIBUTES, DRAWN, HTML, names

#: The tag of a cell that only prepares what the others show.
FOLDED = "folded"


def clean(html: str, language: str) -> str:
    """Return a built notebook page without what the notebook renderer brought along.

    Inside the article stands only what our lists name, written anew: no scripts, styles, handlers or copy widgets;
    cells as plain named groups that scroll with the keyboard, headings with our own ids. A page without a notebook
    comes back unchanged.
    """
    found = re.search(r"<article\b[^>]*>(.*)</article>", html, re.S)
    if found is None or 'class="jupyter-wrapper"' not in html:
        return html
    tree = _Tree()
    tree.feed(found[1])
    tree.close()
    work = _Cleaner(catalogue(language), language)
    # How far in a renderer begins a line says nothing.
    nodes = ("\n" if isinstance(node, str) and node.isspace() else node for node in tree.root.children)
    article = _tidy(Markup("").join(work.write(node) for node in nodes))
    return f"{html[: found.start(1)]}\n{article}\n{html[found.end(1) :]}"


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
                cell.attributes |= {"role": "cell", "data-label": name}
            else:
                heads_row = cell.attributes.get("scope") == "row"
                cell.attributes["role"] = "rowheader" if heads_row else "columnheader"


_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_DROPPED = names(
    "script style link meta clipboard-copy iframe object embed base template noscript textarea select title"
)
#: All that a page of ours holds; what else there is leaves its text.
_KEPT = HTML | DRAWN | {"details", "summary"}
_ATTRIBUTES = ATTRIBUTES | names(
    "class id hreflang rel download loading role tabindex translate data-slot data-label data-pagefind-ignore "
    "aria-label aria-labelledby"
)
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
        """Return the text inside."""
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)


class _Tree(HTMLParser):
    """HTML → elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
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


class _Cleaner:
    """Writes the elements of one page."""

    def __init__(self, words: Catalogue, language: str) -> None:
        self.words = words
        self.language = language
        self._code = 0
        self._result = 0
        self._id: str | None = None

    def write(self, node: _Element | str) -> Markup:
        """Return a node as HTML, or nothing when it goes."""
        if isinstance(node, str):
            return Markup.escape(node)
        classes = node.classes
        if node.tag in _DROPPED or _DROPPED_CLASSES.intersection(classes):
            return Markup("")
        if "jupyter-wrapper" in classes:
            return tag("div", self._all(node), class_="notebook text")
        if "jp-CodeCell" in classes:
            return self._code_cell(node, folded=f"celltag_{FOLDED}" in classes)
        if "jp-MarkdownCell" in classes:
            return Markup("").join(self._all(text) for text in node.find("jp-RenderedMarkdown"))
        if any(name.startswith("jp-") for name in classes):
            return self._all(node)
        if node.tag == "p" and self._anchor(node):
            return Markup("")
        if node.tag in _HEADINGS:
            return self._heading(node)
        return self._element(node)

    def _all(self, node: _Element) -> Markup:
        return Markup("").join(self.write(child) for child in node.children)

    def _anchor(self, node: _Element) -> bool:
        """Keep the id of a paragraph that holds nothing but an anchor, for the heading after it."""
        inner = [child for child in node.children if isinstance(child, _Element)]
        if node.words().strip() or [(one.tag, *one.attributes) for one in inner] != [("a", "id")]:
            return False
        self._id = inner[0].attributes["id"]
        return True

    def _heading(self, node: _Element) -> Markup:
        if self._id:
            node.attributes["id"] = self._id
        self._id = None
        return self._element(node)

    def _code_cell(self, cell: _Element, *, folded: bool) -> Markup:
        written = [self._source(pre, folded) for area in cell.find("highlight-ipynb") for pre in area.find("pre")]
        for output in cell.find("jp-OutputArea-output"):
            self._result += 1
            for table in output.find("table"):
                _stack(table)
            written.append(
                tag(
                    "div",
                    self._all(output).strip(),
                    class_="notebook-result",
                    role="group",
                    aria_label=self.words("notebook.result", number=self._result),
                    tabindex="0",
                )
            )
        return Markup("\n").join(written)

    def _source(self, pre: _Element, folded: bool) -> Markup:
        self._code += 1
        inside = self._all(pre).rstrip() + Markup("\n")
        code = tag(
            "code",
            inside,
            class_="language-python",
            tabindex="0",
            translate="no",
            # Code is written in English on every page, and is not to be translated.
            lang=None if self.language == "en" else "en",
        )
        label = self.words("notebook.code", number=self._code)
        group = tag("div", tag("pre", code), class_="notebook-code no-copy", role="group", aria_label=label)
        # Few who read a page read code: it is there for those who ask, and the results stand in the open.
        summary = tag("summary", self.words("notebook.folded" if folded else "notebook.behind"))
        return tag("details", summary + Markup("\n") + group + Markup("\n"), class_="notebook-folded")

    def _element(self, node: _Element) -> Markup:
        attributes: dict[str, str | bool | None] = {
            name: True if value is None else value for name, value in node.attributes.items() if name in _ATTRIBUTES
        }
        if node.tag not in _KEPT:
            return self._all(node)
        if node.tag == "table" and not node.classes:
            # The theme's script wraps a table without a class in a box that the keyboard cannot scroll.
            attributes["class"] = "notebook-table"
        if node.tag in _VOID:
            return void(node.tag, **attributes)
        inner = self._all(node)
        if node.tag == "span" and not attributes and not inner:
            return Markup("")
        return tag(node.tag, inner, **attributes)
