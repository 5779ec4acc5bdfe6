"""Prose as data for the typesetter: nodes become plain dictionaries with slots and citations filled in.

Text stays text all the way: the typesetter is handed strings, never mark-up, so
nothing in a course can run or break a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

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
from samspill.reading.context import Context, Label

#: What the typesetter reads: the JSON values.
Data = dict[str, Any]

_SPACE = re.compile(r"[ \t\r\n]+")
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:)]")


def text(value: str) -> Data:
    """Return a run of text, its white space joined."""
    return {"is": "text", "text": _SPACE.sub(" ", value)}


def spoken(*pieces: str | Label) -> list[Data]:
    """Return words, each piece marked with its language when that is not the sheet's."""
    done: list[Data] = []
    for language, run in groupby(pieces, lambda each: each.language if isinstance(each, Label) else ""):
        words = text("".join(map(str, run)))
        done.append({"is": "borrowed", "language": language, "children": [words]} if language else words)
    return done


def line(*pieces: str | Label) -> str | list[Data]:
    """Return words as one text, or as inlines when a piece of them is in another language."""
    if any(isinstance(each, Label) and each.language for each in pieces):
        return spoken(*pieces)
    return "".join(map(str, pieces))


def inlines(context: Context, nodes: tuple[Inline, ...]) -> list[Data]:
    """Return inlines as data; only links that lead out of the course stay links on paper."""
    done: list[Data] = []
    for node in nodes:
        match node:
            case Text(value):
                done.append(text(value))
            case Code(value):
                done.append({"is": "code", "text": value})
            case Emphasis(children):
                done.append({"is": "emphasis", "children": inlines(context, children)})
            case Strong(children):
                done.append({"is": "strong", "children": inlines(context, children)})
            case Break():
                done.append({"is": "break"})
            case Slot(path, _):
                done.append(text(context.slot(path) or "{" + path + "}"))
            case Image():
                done.append(_picture(context, node))
            case Citation(cites):
                words = "; ".join(context.cite_label(cite) for cite in cites)
                done.append({"is": "cite", "keys": [cite.key for cite in cites], "text": f"({words})"})
            case Borrowed(language, children):
                inner = inlines(context.speaking(language), children)
                done.append({"is": "borrowed", "language": language, "children": inner})
            case Link(target, children, _):
                done += _link(context, target, inlines(context, children))
    return done


def _link(context: Context, target: str, children: list[Data]) -> list[Data]:
    found = context.link(target)
    if found is None or not found.external:
        return children
    shown = "".join(child.get("text", "") for child in children)
    site = urlsplit(found.url).netloc.removeprefix("www.")
    # On paper a reader needs to see at least whose page a link leads to.
    note = "" if not site or site in shown else f" ({site})"
    return [{"is": "link", "url": found.url, "children": children}, *([text(note)] if note else [])]


def _picture(context: Context, node: Image) -> Data:
    """Return a picture: a block where it is alone, else a word of its line. The sheet holds its bytes once."""
    return {"is": "picture", "of": f"{context.folder}/{node.source}", "alternative": node.alternative}


def blocks(context: Context, nodes: tuple[Block, ...]) -> list[Data]:
    """Return blocks as data."""
    return [_block(context, node) for node in nodes]


def _block(context: Context, node: Block) -> Data:
    match node:
        case Paragraph((Image() as alone,)):
            return _picture(context, alone)
        case Paragraph(children):
            return {"is": "paragraph", "children": inlines(context, children)}
        case ItemList(items, start):
            return {"is": "list", "start": start, "items": [blocks(context, item) for item in items]}
        case Quote(inner):
            return {"is": "quote", "blocks": blocks(context, inner)}
        case Table(header, rows, align):
            return {
                "is": "table",
                "header": [inlines(context, cell) for cell in header],
                "rows": [[inlines(context, cell) for cell in row] for row in rows],
                "align": list(align),
            }
        case CodeBlock(value, _):
            return {"is": "lines", "lines": value.rstrip("\n").split("\n")}
        case BorrowedBlocks(language, inner, said):
            note = context.words("common.borrowed", where=context.where_spoken(language)) if said else ""
            below = blocks(context.speaking(language), inner)
            return {"is": "borrowed", "language": language, "note": note, "blocks": below}
        case Changed():
            return {"is": "small", "children": [text(changed(context, node))]}


def changed(context: Context, found: Changed) -> str:
    """Return the note that something was translated from an earlier text."""
    what = "common.changed_front" if found.front else "common.changed"
    return context.words(what, where=context.where_spoken(found.language))


def heading(level: int, children: list[Data]) -> Data:
    """Return a heading."""
    return {"is": "heading", "level": level, "children": children}


def section(context: Context, prose: Prose, part: str, level: int, *, titled: bool = True) -> list[Data]:
    """Return a section and those below it as blocks, without facilitator parts, its heading at `level`."""
    root = prose.get(part)
    if root is None:
        return []
    done = [heading(level, inlines(context, root.title))] if titled else []
    done += blocks(context, root.blocks)
    for child in _below(prose, root):
        done.append(heading(level + child.level - root.level, inlines(context, child.title)))
        done += blocks(context, child.blocks)
    return done


def _below(prose: Prose, root: Section) -> Iterator[Section]:
    for child in prose.sections:
        if child.id.startswith(root.id + ".") and not child.for_facilitator:
            yield child


def linked(value: str) -> list[Data]:
    """Return a line of text with the addresses in it as links."""
    done: list[Data] = []
    end = 0
    for match in _ADDRESS.finditer(value):
        done.append(text(value[end : match.start()]))
        done.append({"is": "link", "url": match[0], "children": [text(match[0])]})
        end = match.end()
    return [*done, text(value[end:])] if end < len(value) else done


def cited(data: object) -> Iterator[str]:
    """Yield the keys of all the sources cited in data, in reading order, repeats included."""
    if isinstance(data, dict):
        if data.get("is") == "cite":
            yield from data["keys"]
        else:
            for value in data.values():
                yield from cited(value)
    elif isinstance(data, list):
        for value in data:
            yield from cited(value)
