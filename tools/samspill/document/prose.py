"""Prose as words and blocks of a document, in the language of a reading."""

from __future__ import annotations

from itertools import dropwhile, islice, takewhile

from samspill import prose as p
from samspill.document import tree as d
from samspill.reading.context import Context, Label


def words(context: Context, nodes: tuple[p.Inline, ...]) -> d.Words:
    """Return inlines as words."""
    return tuple(word for node in nodes for word in _words(context, node))


def _words(context: Context, node: p.Inline) -> d.Words:
    match node:
        case p.Text(text):
            return (d.Text(text),)
        case p.Code(text):
            return (d.Code(text),)
        case p.Emphasis(children):
            return (d.Emphasis(words(context, children)),)
        case p.Strong(children):
            return (d.Strong(words(context, children)),)
        case p.Break():
            return (d.Break(),)
        case p.Slot(path, _):
            said = context.slot(path)
            return (d.Slot(path, "{" + path + "}" if said is None else said),)
        case p.Image(source, alternative, _):
            path = f"{context.folder}/{source}"
            asset = context.course.assets.get(path)
            return (d.Picture(path, source, alternative, asset.size if asset else None),)
        case p.Citation(cites):
            return (citation(context, cites),)
        case p.Borrowed(language, children):
            return (d.Borrowed(language, words(context.speaking(language), children)),)
        case p.Link(target, children, _):
            return linked(context, target, words(context, children))


def citation(context: Context, cites: tuple[p.Cite, ...]) -> d.Citation:
    """Return cited sources as words."""
    return d.Citation(tuple(_cite(context, cite) for cite in cites))


def _cite(context: Context, cite: p.Cite) -> d.Cite:
    known = context.link(f"source:{cite.key}")
    return d.Cite(cite.key, context.cite_label(cite), known.url if known else "")


def linked(context: Context, target: str, label: d.Words) -> d.Words:
    """Return a link to a target as it is written in prose, or the label alone when nothing has that name."""
    found = context.link(target)
    if found is None:
        return label
    return (d.Link(found.url, label, "" if found.external else target, found.language or ""),)


def said(*pieces: str | Label) -> d.Words:
    """Return pieces of a line as words, each in its language; what fills a slot stays one."""
    return tuple(_said(piece) if isinstance(piece, Label) else d.Text(piece) for piece in pieces)


def _said(label: Label) -> d.Word:
    word: d.Word = d.Slot(label.slot, label.text) if label.slot else d.Text(label.text)
    return d.Borrowed(label.language, (word,)) if label.language else word


def blocks(context: Context, nodes: tuple[p.Block, ...]) -> d.Blocks:
    """Return blocks of prose as blocks of a document."""
    return tuple(_block(context, node) for node in nodes)


def _block(context: Context, node: p.Block) -> d.Block:
    match node:
        case p.Paragraph(children):
            return d.Paragraph(words(context, children))
        case p.ItemList(items, start):
            return d.ItemList(tuple(blocks(context, item) for item in items), start)
        case p.Quote(inner):
            return d.Quote(blocks(context, inner))
        case p.Table(header, rows, align):
            cells = tuple(tuple(words(context, cell) for cell in row) for row in (header, *rows))
            return d.Table(cells[0], cells[1:], align)
        case p.CodeBlock(text, _):
            return d.Lines(text)
        case p.BorrowedBlocks(language, inner, told):
            note = context.words("common.borrowed", where=context.where_spoken(language)) if told else ""
            return d.BorrowedBlocks(language, blocks(context.speaking(language), inner), note)
        case p.Changed():
            return changed(context, node)


def changed(context: Context, found: p.Changed) -> d.Changed:
    """Return the note that something was translated from an earlier text."""
    what = "changed_front" if found.front else "changed"
    note = context.words(f"common.{what}", where=context.where_spoken(found.language))
    target = context.link(found.source)
    return d.Changed(found.language, note, context.words(f"common.{what}_link"), target.url if target else None)


def body(context: Context, prose: p.Prose, section: p.Section | None, *, leave: tuple[str, ...] = ()) -> d.Blocks:
    """Return what a section says with the sections below it, without what is for the facilitator alone.

    `leave` names sections that are parts of their own, with all below them. In a facilitator's section all stays; rule
    R009 finds what is for the facilitator where nothing shows it.
    """
    if section is None:
        return ()
    done = list(blocks(context, section.blocks))
    for inner in below(prose, section):
        apart = inner.for_facilitator and not section.for_facilitator
        if apart or any(f"{inner.id}.".startswith(f"{left}.") for left in leave):
            continue
        done.append(d.Heading(inner.level - section.level, inner.id, words(context, inner.title)))
        done += blocks(context, inner.blocks)
    return tuple(done)


def below(prose: p.Prose, section: p.Section) -> tuple[p.Section, ...]:
    """Return the sections between this one and the next of its level or above."""
    after = dropwhile(lambda other: other.id != section.id, prose.sections)
    return tuple(takewhile(lambda other: other.level > section.level, islice(after, 1, None)))
