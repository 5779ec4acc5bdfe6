"""Words and blocks of a document: links resolved, slots filled in, citations said.

Nodes are frozen and hold tuples. `kind` tells them apart where they are written as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field


@dataclass(frozen=True)
class Text:
    """A run of characters."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Emphasis:
    """Stress."""

    children: Words
    kind: Literal["emphasis"] = "emphasis"


@dataclass(frozen=True)
class Strong:
    """Weight."""

    children: Words
    kind: Literal["strong"] = "strong"


@dataclass(frozen=True)
class Code:
    """Literal text."""

    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True)
class Break:
    """A line break inside a paragraph."""

    kind: Literal["break"] = "break"


@dataclass(frozen=True)
class Link:
    """A link to an address on the web, or to a path from the root of a language's site (`cases/each-waits/#turn`).

    `target` names what it leads to in the course as prose does (`case:each-waits#turn`, `term:coordinator`), so that an
    output can make addresses of its own; it is empty for the web. `language` is set when what it leads to is in that
    language and not in the document's.
    """

    url: str
    children: Words
    target: str = ""
    language: str = ""
    kind: Literal["link"] = "link"

    @property
    def external(self) -> bool:
        """Whether it leads out of the course."""
        return not self.target


@dataclass(frozen=True)
class Cite:
    """A source that is cited: its key, how it is said with its locator, and the path of its entry, if it has one."""

    key: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Citation:
    """A bracket of one or more cited sources."""

    cites: tuple[Cite, ...]
    kind: Literal["citation"] = "citation"


@dataclass(frozen=True)
class Slot:
    """A name or service that is filled in; the path says which, so that it can be filled in anew."""

    path: str
    text: str
    kind: Literal["slot"] = "slot"


@dataclass(frozen=True)
class Picture:
    """A picture of the course by its path, the name of its file, what it shows, and its pixels where they are known."""

    path: str
    name: str
    alternative: str
    size: tuple[int, int] | None = None
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class Borrowed:
    """Words that stand in another language than those around them; `noted` where readers are told so."""

    language: str
    children: Words
    noted: bool = False
    kind: Literal["borrowed"] = "borrowed"


Word = Annotated[
    Text | Emphasis | Strong | Code | Break | Link | Citation | Slot | Picture | Borrowed, Field(discriminator="kind")
]
Words = tuple[Word, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    children: Words
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class ItemList:
    """A bulleted list, or a numbered one when `start` is set."""

    items: tuple[Blocks, ...]
    start: int | None = None
    kind: Literal["list"] = "list"


@dataclass(frozen=True)
class Quote:
    """A block quotation."""

    blocks: Blocks
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True)
class Table:
    """A table: `header` has the words of each column, `rows` the same shape below it."""

    header: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    align: tuple[Literal["left", "center", "right", ""], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Lines:
    """Literal lines."""

    text: str
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True)
class Heading:
    """The heading of a section below a part, `depth` levels below the part's own."""

    depth: int
    id: str
    title: Words
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class BorrowedBlocks:
    """Blocks in another language, as their section is not translated yet; `note` says so to readers, or nothing."""

    language: str
    blocks: Blocks
    note: str
    kind: Literal["borrowed"] = "borrowed"


@dataclass(frozen=True)
class Changed:
    """Says that something was translated from an earlier text, with a link to today's in its own language."""

    language: str
    note: str
    link: str
    url: str | None
    kind: Literal["changed"] = "changed"


Block = Annotated[
    Paragraph | ItemList | Quote | Table | Lines | Heading | BorrowedBlocks | Changed, Field(discriminator="kind")
]
Blocks = tuple[Block, ...]

Node = TypeVar("Node")
#: How the type of a field is written that holds no nodes.
_PLAIN = ("str", "int", "bool", "Literal[")

def plain(words: Words) -> str:
    """Return the characters of words, citations left out."""
    return "".join(map(_plain, words))


def _plain(word: Word) -> str:
    match word:
        case Text(text) | Code(text) | Slot(_, text):
            return text
        case Emphasis(children) | Strong(children) | Borrowed(_, children) | Link(_, children):
            return plain(children)
        case Break():
            return " "
        case Picture(_, _, alternative):
            return alternative
        case Citation():
            return ""


def pictures(value: object) -> Iterator[Picture]:
    """Yield the pictures anywhere in a document or a part of it, in order."""
    return _found(Picture, value)


def _found(kind: type[Node], value: object) -> Iterator[Node]:
    """Yield the nodes of a kind anywhere in a document or a part of it, in order."""
    waiting: list[Any] = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, kind):
            yield node
        elif isinstance(node, tuple):
            waiting += reversed(node)
        elif names := _holding(node.__class__):
            waiting += [getattr(node, name) for name in names]


@cache
def _holding(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a node or a part that may hold nodes, the last first."""
    found = reversed(fields(kind)) if is_dataclass(kind) else ()
    return tuple(each.name for each in found if not str(each.type).startswith(_PLAIN))


def sentence(blocks: Blocks) -> str:
    """Return the characters of blocks on one line."""
    parts: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(children) | Heading(_, _, children):
                parts.append(plain(children))
            case ItemList(items):
                parts += [sentence(item) for item in items]
            case Quote(inner) | BorrowedBlocks(_, inner):
                parts.append(sentence(inner))
            case Table(header, rows):
                parts += [plain(cell) for row in (header, *rows) for cell in row]
            case Lines(text):
                parts.append(text)
            case Changed():
                pass
    return " ".join(" ".join(parts).split())


def cited(value: object) -> Iterator[str]:
    """Yield the keys of the sources cited anywhere in a document or a part of it, in order, repeats included."""
    return (cite.key for cite in _found(Cite, value))
