"""Words and blocks of a document as data for the typesetter.

Text stays text all the way: the typesetter is handed strings, never mark-up, so nothing in a course can run or break
a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, assert_never
from urllib.parse import urlsplit

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

#: What the typesetter reads: the JSON values.
Data = dict[str, Any]

_SPACE = re.compile(r"[ \t\r\n]+")
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:)]")


def text(value: str) -> Data:
    """Return a run of text, its white space joined."""
    return {"is": "text", "text": _SPACE.sub(" ", value)}


def line(words: Words | str) -> str | list[Data]:
    """Return words as one text, or as inlines when a piece of them is in another language."""
    if isinstance(words, str):
        return words
    if any(isinstance(word, Borrowed) for word in words):
        return spoken(words)
    return plain(words)


def spoken(words: Words) -> list[Data]:
    """Return words without any mark-up, each run of them with its language when that is not the sheet's."""
    done: list[Data] = []
    for language, run in groupby(words, lambda word: word.language if isinstance(word, Borrowed) else ""):
        said = text("".join(plain((word,)) for word in run))
        done.append({"is": "borrowed", "language": language, "children": [said]} if language else said)
    return done


def named(words: Words) -> Words:
    """Return the words of a title without any mark-up."""
    match words:
        case (Link(_, children),):
            return named(children)
        case (Borrowed(language, children),):
            return (Borrowed(language, (Text(plain(children)),)),)
        case _:
            return (Text(plain(words)),)


def inlines(words: Words) -> list[Data]:
    """Return words as data; only links that lead out of the course stay links on paper."""
    return [node for word in words for node in _inlines(word)]


def _inlines(word: Word) -> list[Data]:
    match word:
        case Text(value) | Slot(_, value):
            return [text(value)]
        case Code(value):
            return [{"is": "code", "text": value}]
        case Emphasis(children):
            return [{"is": "emphasis", "children": inlines(children)}]
        case Strong(children):
            return [{"is": "strong", "children": inlines(children)}]
        case Break():
            return [{"is": "break"}]
        case Picture():
            return [_picture(word)]
        case Citation(cites):
            said = "; ".join(cite.text for cite in cites)
            return [{"is": "cite", "keys": [cite.key for cite in cites], "text": f"({said})"}]
        case Borrowed(language, children):
            return [{"is": "borrowed", "language": language, "children": inlines(children)}]
        case Link():
            return _link(word)
    assert_never(word)


def _link(found: Link) -> list[Data]:
    children = inlines(found.children)
    if not found.external:
        return children
    shown = "".join(child.get("text", "") for child in children)
    site = urlsplit(found.url).netloc.removeprefix("www.")
    # On paper a reader needs to see at least whose page a link leads to.
    note = "" if not site or site in shown else f" ({site})"
    return [{"is": "link", "url": found.url, "children": children}, *([text(note)] if note else [])]


def _picture(found: Picture) -> Data:
    """Return a picture: a block where it is alone, else a word of its line. The sheet holds its bytes once."""
    return {"is": "picture", "of": found.path, "alternative": found.alternative}


def blocks(found: Blocks, level: int = 2) -> list[Data]:
    """Return blocks as data; headings among them stand below a heading of `level`."""
    return [_block(block, level) for block in found]


def _block(block: Block, level: int) -> Data:
    match block:
        case Paragraph((Picture() as alone,)):
            return _picture(alone)
        case Paragraph(children):
            return {"is": "paragraph", "children": inlines(children)}
        case ItemList(items, start):
            return {"is": "list", "start": start, "items": [blocks(item, level) for item in items]}
        case Quote(inner):
            return {"is": "quote", "blocks": blocks(inner, level)}
        case Table(header, rows, align):
            return {
                "is": "table",
                "header": [inlines(cell) for cell in header],
                "rows": [[inlines(cell) for cell in row] for row in rows],
                "align": list(align),
            }
        case Lines(value):
            return {"is": "lines", "lines": value.rstrip("\n").split("\n")}
        case Heading(depth, _, title):
            return heading(level + depth, inlines(title))
        case BorrowedBlocks(language, inner, note):
            return {"is": "borrowed", "language": language, "note": note, "blocks": blocks(inner, level)}
        case Changed():
            return {"is": "small", "children": [text(block.note)]}
    assert_never(block)


def heading(level: int, children: list[Data]) -> Data:
    """Return a heading."""
    return {"is": "heading", "level": level, "children": children}


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
