"""Words and blocks of a document → HTML for the website: every character escaped, every link seen from its page.

What is written is final: no engine resolves a link in it or reads it as anything but HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from samspill.document.tree import (
    Block,
    Blocks,
    Borrowed,
    BorrowedBlocks,
    Break,
    Changed,
    Citation,
    Code,
    Emphasis,
    Heading,
    ItemList,
    Lines,
    Link,
    Paragraph,
    Picture,
    Quote,
    Slot,
    Strong,
    Table,
    Text,
    Word,
    Words,
    plain,
)
from samspill.languages import Catalogue
from samspill.markup import Markup, address, escape, joined, tag, void
from samspill.reading.context import relative

#: The level of what heads a part of a page.
PART = 2


@dataclass(frozen=True)
class Writer:
    """Writes a document as HTML for one page.

    `say` are the interface words of the page's language, `page` is its address from the root of its language; `roots`
    says where the other languages' roots are, seen from that root; `voice` is the language of the words where they
    are borrowed.
    """

    say: Catalogue
    page: str
    roots: Mapping[str, str] = field(default_factory=dict)
    voice: str = ""

    def speaking(self, language: str) -> Writer:
        """Return the same writer for words that stand in another language."""
        return replace(self, voice=language)

    # --- links ----------------------------------------------------------------------------------------------

    def href(self, url: str, language: str = "") -> str:
        """Return the link from this page to an address from a language's root."""
        if language in ("", self.say.language):
            return relative(self.page, url)
        return relative(self.page, "") + self.roots.get(language, f"../{language}/") + url

    def in_language(self, language: str) -> Markup:
        """Return the note that a page is in another language: "(in English)"."""
        # Inside words in another language the note is still in the page's.
        own = self.say.language if self.voice not in ("", self.say.language) else None
        return tag("small", f"({self.say.where(language)})", class_="in-language", lang=own)

    def _link(self, found: Link, label: Markup) -> Markup:
        if found.external:
            return label if address(found.url) is None else tag("a", label, href=found.url, rel="noopener external")
        class_ = "term" if found.target.startswith("term:") else None
        link = tag(
            "a", label, href=self.href(found.url, found.language), hreflang=found.language or None, class_=class_
        )
        return link + Markup(" ") + self.in_language(found.language) if found.language else link

    # --- words ----------------------------------------------------------------------------------------------

    def inline(self, words: Words) -> Markup:
        """Return a run of words."""
        return joined(self._word(word) for word in words)

    def words_of(self, words: Words) -> Markup:
        """Return the words of a title on one line: a link is its words and a picture what it says.

        A title stands in links, buttons and lists of contents, where neither can be.
        """
        return joined(self._word(word, title=True) for word in words)

    def _word(self, word: Word, *, link: bool = True, title: bool = False) -> Markup:
        """Return a word; without `link` nothing in it is one, and with `title` no picture or line end either."""

        def inner(children: Words, *, link: bool = link and not title) -> Markup:
            return joined(self._word(child, link=link, title=title) for child in children)

        match word:
            case Text(text):
                return escape(text)
            case Emphasis(children):
                return tag("em", inner(children))
            case Strong(children):
                return tag("strong", inner(children))
            case Code(text):
                return tag("code", text)
            case Break():
                return Markup(" ") if title else Markup("<br>")
            case Link(_, children):
                label = inner(children, link=False)
                return self._link(word, label) if link and not title else label
            case Citation(cites):
                found = [
                    self._link(Link(cite.url, (), f"source:{cite.key}"), escape(cite.text))
                    if cite.url and link and not title
                    else escape(cite.text)
                    for cite in cites
                ]
                return tag("span", Markup("(") + Markup("; ").join(found) + Markup(")"), class_="cite")
            case Slot(path, text):
                return tag("span", text, data_slot=path)
            case Picture(_, name, alternative, size):
                width, height = map(str, size) if size else (None, None)
                if title:
                    return escape(alternative)
                return void("img", src=name, alt=alternative, width=width, height=height, loading="lazy")
            case Borrowed(language, children, noted):
                inside = self.speaking(language)
                words = joined(inside._word(child, link=link, title=title) for child in children)
                note = Markup(" ") + self.in_language(language) if noted else Markup("")
                return tag("span", words, lang=language) + note
        assert_never(word)

    def heading(self, level: int, title: Words | str, anchor: str, look: str = "") -> Markup:
        """Return a heading with its id and what it looks like."""
        words = escape(title) if isinstance(title, str) else self.words_of(title)
        return tag(f"h{level}", words, class_=look or None, id=anchor)

    def entry(self, title: Words | str, anchor: str) -> dict[str, str]:
        """Return a heading for a list of contents: its id, and its words without their form."""
        words = title if isinstance(title, str) else self.words_of(title).striptags()
        return {"id": anchor, "title": words}

    # --- blocks ---------------------------------------------------------------------------------------------

    def blocks(self, blocks: Blocks, level: int = PART) -> Markup:
        """Return blocks, one after the other; headings among them stand below a heading of `level`."""
        return Markup("\n").join(self._block(block, level) for block in blocks)

    def _block(self, block: Block, level: int) -> Markup:
        match block:
            case Paragraph(children):
                return tag("p", self.inline(children))
            case ItemList(items, start):
                inner = Markup("").join(tag("li", self._item(item)) for item in items)
                if start is None:
                    return tag("ul", inner)
                return tag("ol", inner, start=None if start == 1 else str(start))
            case Quote(inner_blocks):
                return tag("blockquote", self.blocks(inner_blocks, level))
            case Table(header, rows, align):
                return self._table(header, rows, align)
            case Lines(text):
                return tag("pre", tag("code", text), tabindex="0")
            case Heading(depth, anchor, title):
                return tag(f"h{min(level + depth, 6)}", self.words_of(title), id=anchor)
            case BorrowedBlocks(language, inner_blocks):
                return self.borrowed(block, self.speaking(language).blocks(inner_blocks, level))
            case Changed():
                return self.changed(block)
        assert_never(block)

    def borrowed(self, found: BorrowedBlocks, inner: Markup) -> Markup:
        """Return blocks, already written, as standing in another language, and the note that says so."""
        whole = tag("div", inner, lang=found.language)
        return Markup("\n").join([self._note(escape(found.note))] * bool(found.note) + [whole] * bool(found.blocks))

    def changed(self, found: Changed | None) -> Markup:
        """Return the note that something was translated from an earlier text, with a link to today's."""
        if found is None:
            return Markup("")
        href = "" if found.url is None else self.href(found.url, found.language)
        link = tag("a", found.link, href=href, hreflang=found.language)
        return self._note(escape(found.note) + Markup(" ") + link)

    def _note(self, words: Markup) -> Markup:
        """Return a note on what stands here, which is no part of it and is not searched."""
        return tag("p", words, class_="note", data_pagefind_ignore=True)

    def _item(self, item: Blocks) -> Markup:
        if len(item) == 1 and isinstance(item[0], Paragraph):
            return self.inline(item[0].children)
        return self.blocks(item)

    def _table(self, header: tuple[Words, ...], rows: tuple[tuple[Words, ...], ...], align: tuple[str, ...]) -> Markup:
        # A table of words is read row by row on a phone; one of numbers is compared down its columns.
        stacks = len(header) > 2 and "right" not in align
        names = [plain(cell) for cell in header]

        def role(name: str) -> str | None:
            # Some browsers forget that a table is one when its rows are laid out as blocks.
            return name if stacks else None

        def class_(column: int) -> str | None:
            side = align[column] if column < len(align) else ""
            return f"to-{side}" if side in ("center", "right") else None

        def label(column: int) -> str | None:
            return names[column] if stacks and column < len(names) else None

        head = Markup("").join(
            # Above the names of the rows there may be nothing: that heads no column.
            tag("th", self.inline(cell), scope="col", role=role("columnheader"), class_=class_(column))
            if cell
            else tag("td", role=role("cell"))
            for column, cell in enumerate(header)
        )
        # A single row has nothing to be told apart by its first cell.
        body = Markup("").join(
            tag(
                "tr",
                Markup("").join(
                    tag("th", self.inline(cell), scope="row", role=role("rowheader"), class_=class_(column))
                    if column == 0 and cell and len(row) > 1 and len(rows) > 1
                    else tag(
                        "td", self.inline(cell), role=role("cell"), class_=class_(column), data_label=label(column)
                    )
                    for column, cell in enumerate(row)
                ),
                role=role("row"),
            )
            for row in rows
        )
        table = tag(
            "table",
            tag("thead", tag("tr", head, role=role("row")), role=role("rowgroup"))
            + tag("tbody", body, role=role("rowgroup")),
            class_="stacks" if stacks else None,
            role=role("table"),
        )
        # A wide table scrolls inside its box, so the box must be reachable from the keyboard.
        return tag("div", table, class_="table", tabindex="0")
