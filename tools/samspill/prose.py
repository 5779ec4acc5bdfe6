"""Prose as a tree: what Markdown becomes before anything renders it.

The website, the handouts and every check read this tree, so they cannot
disagree. Nodes are frozen and hold tuples. Lines count from 1 in the file
the node was read from; columns too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal


@dataclass(frozen=True)
class Place:
    """Where a node stands in its file."""

    line: int
    column: int = 1


@dataclass(frozen=True)
class Text:
    """A run of characters."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    """Stress (*…*)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Strong:
    """Weight (**…**)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Code:
    """Literal text (`…`)."""

    text: str


@dataclass(frozen=True)
class Break:
    """A line break inside a paragraph."""


@dataclass(frozen=True)
class Link:
    """A link; `target` is as written: `module:id#part`, `term:id`, `list:cases` or an https address."""

    target: str
    children: tuple[Inline, ...]
    place: Place


@dataclass(frozen=True)
class Cite:
    """One cited source; `locator` is the words after the comma, in the language of the text, or empty."""

    key: str
    locator: str
    place: Place


@dataclass(frozen=True)
class Citation:
    """A bracket of one or more cited sources."""

    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class Slot:
    """A name or service to fill in: `person`, `person.age`, `actor.clinic.The`."""

    path: str
    place: Place


@dataclass(frozen=True)
class Image:
    """A picture beside the file, with its alternative text."""

    source: str
    alternative: str
    place: Place


@dataclass(frozen=True)
class Borrowed:
    """Words that stand in another language than the text around them, because they are not translated yet."""

    language: str
    children: tuple[Inline, ...]


Inline = Text | Emphasis | Strong | Code | Break | Link | Citation | Slot | Image | Borrowed


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class ItemList:
    """A bulleted list, or a numbered one when `start` is set."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True)
class Quote:
    """A block quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Table:
    """A table: `header` has one tuple of inlines per column, `rows` the same shape below it."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    align: tuple[Literal["left", "center", "right", ""], ...]


@dataclass(frozen=True)
class CodeBlock:
    """Literal lines."""

    text: str
    language: str


@dataclass(frozen=True)
class BorrowedBlocks:
    """Blocks in another language, because their section is not translated yet; `said` where readers are told so."""

    language: str
    blocks: tuple[Block, ...]
    said: bool


@dataclass(frozen=True)
class Changed:
    """Says that the section was translated from an earlier text; `source` leads to today's, as a link's target does.

    `front` where it says so of the title and the summary.
    """

    language: str
    source: str
    front: bool = False


Block = Paragraph | ItemList | Quote | Table | CodeBlock | BorrowedBlocks | Changed


#: What stands where something is still to be written: in capitals and on its own, so neither a link's address nor
#: "TODO-list" has it.
MARK = re.compile(r"(?<![^\W_])(?<!/)TODO(?![^\W_]|-\w)")


@dataclass(frozen=True)
class Unwritten:
    """A place that says TODO: in the `title`, the `summary`, a `heading`, a `text`, a `picture` or a `citation`.

    `words` are the rest of its line, which say what is to be written.
    """

    what: str
    words: str
    place: Place


@dataclass(frozen=True)
class Mention:
    """What a section leads to or asks for: a link's target, a source's key, the path of a slot, a picture's file."""

    kind: Literal["link", "source", "slot", "picture"]
    name: str
    place: Place


@dataclass(frozen=True)
class Section:
    """A heading with its id and the blocks up to the next heading.

    `digest` is the first 12 hexadecimal digits of the SHA-256 of the section's source text, whatever white
    space stands between its words: a translation records it to know whether it is current.
    """

    id: str
    level: int
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    place: Place
    digest: str
    borrowed: str = ""
    """The language the section stands in when that is not the language of its text."""
    unwritten: tuple[Unwritten, ...] = ()
    """What its heading and blocks still have to say."""
    exact: str = ""
    """The SHA-256 of its source text as it stands, white space and all, in hexadecimal digits."""
    headed: str = ""
    """The same of its heading alone."""

    @cached_property
    def inlines(self) -> tuple[Inline, ...]:
        """Every inline of its title and blocks, outer before inner."""
        found: list[Inline] = []
        _add(self.title, found)
        for block in self.blocks:
            _add_block(block, found)
        return tuple(found)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What it mentions, in order."""
        return tuple(
            mention for node in self.inlines if isinstance(node, _MENTIONING) for mention in _mentioned(node)
        )

    @property
    def made(self) -> bool:
        """Whether its title and blocks are there, not still to be made."""
        return "_make" not in self.__dict__

    @cached_property
    def bare(self) -> bool:
        """Whether it is a heading alone."""
        return not self.blocks

    @classmethod
    def late(cls, known: Mapping[str, Any], make: Callable[[], Section]) -> Section:
        """Return a section of which this much is known; its title and blocks are made when somebody asks for them."""
        section = object.__new__(cls)
        section.__dict__.update(known, _make=make)
        return section

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Python asks here for what is not there: nothing but what is still to be made.
            if name not in ("title", "blocks") or "_make" not in self.__dict__:
                raise AttributeError(f"a section has no {name}")
            made = self.__dict__["_make"]()
            self.__dict__.update(title=made.title, blocks=made.blocks)
            self.__dict__.pop("_make", None)
            return self.__dict__[name]

    @property
    def for_facilitator(self) -> bool:
        """Whether this is a facilitator's part, or stands below one."""
        return "facilitator" in self.id.split(".")


@dataclass(frozen=True)
class Prose:
    """One Markdown file: front matter and sections in order.

    `lead` holds blocks before the first heading. `translates` maps section ids (and `front` for title and
    summary) to the digest of the source section that was translated. `changed` says so when title and summary
    were translated from earlier ones.
    """

    path: str
    language: str
    title: str
    summary: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    front_digest: str
    translates: tuple[tuple[str, str], ...] = ()
    unwritten: tuple[Unwritten, ...] = ()
    """What stands above the first heading and is still to be written: title and summary, or a lead."""
    changed: Changed | None = None
    borrowed: str = ""
    """The language that title and summary stand in when that is not the language of the text."""
    by_id: dict[str, Section] = field(default_factory=dict, compare=False, repr=False)
    key: str = field(default="", init=False, compare=False, repr=False)
    """Names the text that it was read from, by its words, its path and its language; nothing for any other."""

    def __post_init__(self) -> None:
        if not self.by_id:
            object.__setattr__(self, "by_id", {section.id: section for section in self.sections})

    def get(self, section_id: str) -> Section | None:
        """Return the section with this id, or None."""
        return self.by_id.get(section_id)

    def read_from(self, key: str) -> Prose:
        """Return the prose itself, named by the text that it was read from."""
        object.__setattr__(self, "key", key)
        return self

    def children(self, section_id: str) -> tuple[Section, ...]:
        """Return the sections whose ids extend this one by exactly one part, in order."""
        depth = section_id.count(".") + 1
        return tuple(
            s for s in self.sections if s.id.startswith(section_id + ".") and s.id.count(".") == depth
        )


def inlines(block: Block) -> tuple[Inline, ...]:
    """Return every inline of a block, outer before inner."""
    found: list[Inline] = []
    _add_block(block, found)
    return tuple(found)


def _add_block(block: Block, found: list[Inline]) -> None:
    match block:
        case Paragraph(children):
            _add(children, found)
        case ItemList(items):
            for item in items:
                for inner in item:
                    _add_block(inner, found)
        case Quote(blocks) | BorrowedBlocks(_, blocks):
            for inner in blocks:
                _add_block(inner, found)
        case Table(header, rows):
            for row in (header, *rows):
                for cell in row:
                    _add(cell, found)
        case CodeBlock() | Changed():
            return


def _add(nodes: tuple[Inline, ...], found: list[Inline]) -> None:
    for node in nodes:
        found.append(node)
        if isinstance(node, _OUTER):
            _add(node.children, found)


#: Inlines that hold others.
_OUTER = (Emphasis, Strong, Link, Borrowed)


_MENTIONING = (Link, Citation, Slot, Image)


def _mentioned(node: Inline) -> Iterator[Mention]:
    match node:
        case Link(target, _, place):
            yield Mention("link", target, place)
        case Citation(cites):
            yield from (Mention("source", cite.key, cite.place) for cite in cites)
        case Slot(path, place):
            yield Mention("slot", path, place)
        case Image(source, _, place):
            yield Mention("picture", source, place)


def plain(nodes: tuple[Inline, ...]) -> str:
    """Return the words of inlines without any mark-up; slots and citations stand as written."""
    parts: list[str] = []
    for node in nodes:
        if type(node) is Text:  # which most are
            parts.append(node.text)
            continue
        match node:
            case Text(text) | Code(text):
                parts.append(text)
            case Emphasis(children) | Strong(children) | Link(_, children, _) | Borrowed(_, children):
                parts.append(plain(children))
            case Break():
                parts.append(" ")
            case Slot(path, _):
                parts.append("{" + path + "}")
            case Image(_, alternative, _):
                parts.append(alternative)
            case Citation():
                pass
    return "".join(parts)
