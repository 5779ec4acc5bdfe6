"""Prose tree → HTML for the website: every character escaped, every link resolved.

The HTML goes into Markdown files as blocks; only headings are lines of Markdown, and hold nothing it would read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from samspill.markup import Markup, address, escape, heading, tag, void
from samspill.model import Asset, Case
from samspill.prose import (
    Block,
    Borrowed,
    BorrowedBlocks,
    Break,
    Changed,
    Citation,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Inline,
    ItemList,
    Link,
    Paragraph,
    Prose,
    Quote,
    Section,
    Slot,
    Strong,
    Table,
    Text,
)
from samspill.reading.context import Context, Label, Target, relative

_ANCHOR = re.compile(r"[a-z0-9.-]+")


@dataclass(frozen=True)
class Writer:
    """Writes prose as HTML for one page.

    `page` is the page's address from the root of its language; `roots` says where the other languages' roots
    are, seen from that root; `assets` holds pictures by path, and `folder` is where the page's own pictures stand.
    """

    context: Context
    page: str
    roots: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, Asset] = field(default_factory=dict)
    folder: str = ""

    def within(self, case: Case) -> Writer:
        """Return the same writer with the slots of a case."""
        return Writer(self.context.within(case), self.page, self.roots, self.assets, self.folder)

    def speaking(self, language: str) -> Writer:
        """Return the same writer for words that stand in another language."""
        return replace(self, context=self.context.speaking(language))

    # --- links ----------------------------------------------------------------------------------------------

    def href(self, url: str, language: str | None = None) -> str:
        """Return the link from this page to an address from a language's root."""
        if language is None or language == self.context.language:
            return relative(self.page, url)
        return relative(self.page, "") + self.roots.get(language, f"../{language}/") + url

    def target(self, target: Target, label: Markup, class_: str | None = None) -> Markup:
        """Return a link; a page in another language says so in words."""
        if target.external and address(target.url) is None:
            return label
        if target.external:
            return tag("a", label, href=target.url, rel="noopener external", class_=class_)
        href = self.href(target.url, target.language)
        link = tag("a", label, href=href, hreflang=target.language, class_=class_)
        return link + Markup(" ") + self.in_language(target.language) if target.language else link

    def in_language(self, language: str) -> Markup:
        """Return the note that a page is in another language: "(in English)"."""
        # Inside words in another language the note is still in the page's.
        own = self.context.language if self.context.spoken != self.context.language else None
        return tag("small", f"({self.context.where_spoken(language)})", class_="in-language", lang=own)

    def link(self, target: str, label: Markup | str) -> Markup:
        """Return a link to a target written as in prose, or the bare label when there is no such thing."""
        found = self.context.link(target)
        text = label if isinstance(label, Markup) else escape(label)
        if found is None:
            return text
        return self.target(found, text, "term" if target.startswith("term:") else None)

    def words(self, texts: Mapping[str, str]) -> Markup:
        """Return a text in this language, or the source language's marked as such."""
        found = self.context.worded(texts)
        note = Markup(" ") + self.in_language(found.language) if found.language else Markup("")
        return self.spoken(found) + note

    def spoken(self, *pieces: str | Label) -> Markup:
        """Return words, each piece marked with its language when that is not the page's."""
        return Markup("").join(
            tag("span", each.text, lang=each.language)
            if isinstance(each, Label) and each.language
            else escape(str(each))
            for each in pieces
        )

    # --- inlines --------------------------------------------------------------------------------------------

    def inline(self, nodes: tuple[Inline, ...]) -> Markup:
        """Return a run of inlines."""
        return Markup("").join(self._inline(node) for node in nodes)

    def words_of(self, nodes: tuple[Inline, ...]) -> Markup:
        """Return the inlines of a title on one line: a link is its words and a picture what it says.

        A title stands in links, buttons and lists of contents, where neither can be.
        """
        return Markup("").join(self._inline(node, title=True) for node in nodes)

    def _inline(self, node: Inline, *, link: bool = True, title: bool = False) -> Markup:
        """Return an inline; without `link` nothing in it is one, and with `title` no picture or line end either."""

        def inner(children: tuple[Inline, ...], *, link: bool = link and not title) -> Markup:
            return Markup("").join(self._inline(child, link=link, title=title) for child in children)

        match node:
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
            case Link(target, children, _):
                label = inner(children, link=False)
                return self.link(target, label) if link and not title else label
            case Citation(cites):
                said = [(f"source:{cite.key}", self.context.cite_label(cite)) for cite in cites]
                found = [self.link(*each) if link and not title else escape(each[1]) for each in said]
                return tag("span", Markup("(") + Markup("; ").join(found) + Markup(")"), class_="cite")
            case Slot(path, _):
                value = self.context.slot(path)
                return tag("span", "{" + path + "}" if value is None else value, data_slot=path)
            case Image(source, alternative, _):
                return escape(alternative) if title else self._image(source, alternative)
            case Borrowed(language, children):
                inside = self.speaking(language)
                words = Markup("").join(inside._inline(child, link=link, title=title) for child in children)
                return tag("span", words, lang=language)

    def _image(self, source: str, alternative: str) -> Markup:
        asset = self.assets.get(f"{self.folder}/{source}")
        width, height = map(str, asset.size) if asset and asset.size else (None, None)
        return void("img", src=source, alt=alternative, width=width, height=height, loading="lazy")

    def heading(self, nodes: tuple[Inline, ...]) -> Markup:
        """Return the inlines of a title for a Markdown heading: nothing in them is read as Markdown."""
        return heading(self.words_of(nodes))

    def title(self, section: Section, class_: str = "") -> Markup:
        """Return a section's heading as a line of Markdown at its own level."""
        return self.line("#" * section.level, self.words_of(section.title), section.id, class_)

    def line(self, marks: str, title: Markup | str, anchor: str, class_: str = "") -> Markup:
        """Return a heading as a line of Markdown, `## Title {#anchor .class}`."""
        if not _ANCHOR.fullmatch(anchor):
            raise ValueError(f"{anchor!r} is no id for a heading")
        classes = Markup("").join(Markup(" .") + name for name in class_.split())
        words = heading(title if isinstance(title, Markup) else escape(title))
        return Markup("{} {} {{#{}{}}}").format(marks, words, anchor, classes)

    # --- blocks ---------------------------------------------------------------------------------------------

    def blocks(self, blocks: tuple[Block, ...]) -> Markup:
        """Return blocks, one after the other."""
        return Markup("\n").join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        match block:
            case Paragraph(children):
                return tag("p", self.inline(children))
            case ItemList(items, start):
                inner = Markup("").join(tag("li", self._item(item)) for item in items)
                if start is None:
                    return tag("ul", inner)
                return tag("ol", inner, start=None if start == 1 else str(start))
            case Quote(inner_blocks):
                return tag("blockquote", self.blocks(inner_blocks))
            case Table(header, rows, align):
                return self._table(header, rows, align)
            case CodeBlock(text, _):
                return tag("pre", tag("code", text), tabindex="0")
            case BorrowedBlocks(language, inner_blocks):
                return self.borrowed(block, self.speaking(language).blocks(inner_blocks))
            case Changed():
                return self.changed(block)

    def borrowed(self, found: BorrowedBlocks, inner: Markup) -> Markup:
        """Return blocks, already written, as standing in another language, and the note that says so."""
        where = self.context.where_spoken(found.language)
        note = self._note(escape(self.context.words("common.borrowed", where=where)))
        whole = tag("div", inner, lang=found.language)
        return Markup("\n").join([note] * found.said + [whole] * bool(found.blocks))

    def changed(self, found: Changed | None) -> Markup:
        """Return the note that something was translated from an earlier text, with a link to today's."""
        if found is None:
            return Markup("")
        words, what = self.context.words, "changed_front" if found.front else "changed"
        target = self.context.link(found.source)
        href = self.href(target.url, found.language) if target else ""
        link = tag("a", words(f"common.{what}_link"), href=href, hreflang=found.language)
        said = words(f"common.{what}", where=self.context.where_spoken(found.language))
        return self._note(escape(said) + Markup(" ") + link)

    def _note(self, words: Markup) -> Markup:
        """Return a note on what stands here, which is no part of it and is not searched."""
        return tag("p", words, class_="note", data_pagefind_ignore=True)

    def _item(self, item: tuple[Block, ...]) -> Markup:
        if len(item) == 1 and isinstance(item[0], Paragraph):
            return self.inline(item[0].children)
        return self.blocks(item)

    def _table(
        self,
        header: tuple[tuple[Inline, ...], ...],
        rows: tuple[tuple[tuple[Inline, ...], ...], ...],
        align: tuple[str, ...],
    ) -> Markup:
        # A table of words is read row by row on a phone; one of numbers is compared down its columns.
        stacks = len(header) > 2 and "right" not in align
        names = [self.context.plain(cell) for cell in header]

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

    # --- sections -------------------------------------------------------------------------------------------

    def body(
        self, prose: Prose, section: Section | None, *, leave: tuple[str, ...] = (), base: int = 0
    ) -> Markup:
        """Return a section's blocks and the sections below it with their headings.

        `leave` names sections to leave out with all below them; `base` is the level the section's own heading
        has on the page when that is not its level in the prose.
        """
        if section is None:
            return Markup("")
        shift = base - section.level if base else 0
        parts = [self.blocks(section.blocks)]
        for inner in below(prose, section):
            if any(inner.id == left or inner.id.startswith(left + ".") for left in leave):
                continue
            parts.append(tag(f"h{min(inner.level + shift, 6)}", self.words_of(inner.title), id=inner.id))
            parts.append(self.blocks(inner.blocks))
        return Markup("\n").join(parts)


def borrowed(prose: Prose) -> dict[str, str]:
    """Return the language of each section that stands in another than its text, by id."""
    return {section.id: section.borrowed for section in prose.sections if section.borrowed}


def below(prose: Prose, section: Section) -> Iterator[Section]:
    """Yield the sections between this one and the next of its level or above."""
    started = False
    for other in prose.sections:
        if other.id == section.id:
            started = True
        elif started:
            if other.level <= section.level:
                return
            yield other
