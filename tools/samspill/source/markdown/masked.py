"""Which characters of a file are prose: its lines with everything else masked, and where each stretch stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from markdown_it.token import Token

from samspill.source.markdown import dialect

_MASKS = {
    "backticks": dialect.CODE,
    "slot": dialect.SLOT,
    "entity": dialect.ENTITY,
    "link": dialect.LINK,
}
_LINE = re.compile(r".+")
#: What is noted but is prose all the same.
_KEPT = ("mark", "midword", "spaces")


class Stretch(NamedTuple):
    """A stretch that the parser noted: the text of its block, where it stands in it and, from 0, in the file."""

    kind: str
    text: str
    start: int
    end: int
    line: int
    column: int
    inside: str

    @property
    def words(self) -> str:
        """The stretch itself."""
        return self.text[self.start : self.end]


class _Block(NamedTuple):
    """A block's text and where each of its lines begins: offsets in the text, lines and columns in the file."""

    text: str
    offsets: tuple[int, ...]
    starts: tuple[tuple[int, int], ...]
    cell: bool

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column, from 0, of a character of the text."""
        number = min(bisect_right(self.offsets, at) - 1, len(self.starts) - 1)
        line, column = self.starts[number]
        # In a cell, a | of the text is two characters of the file.
        piped = self.text.count("|", 0, at) if self.cell else 0
        return line, column + at - self.offsets[number] + piped


def mask(tokens: list[Token], lines: list[str]) -> tuple[list[str], list[Stretch]]:
    """Return the lines with everything masked that is no prose, and what the parser noted, in order.

    Tokens that the parser noted learn their place: line and column, from 0, under `place` in `meta`.
    """
    # Only what the parser read as text is prose: no code, and nothing below a nesting that it gives up.
    masked = [""] * len(lines)
    stretches: list[Stretch] = []
    #: For each row of a table, the column behind its last cell.
    behind: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.type == "inline" and token.content and token.map and token.map[0] < len(lines):
            first, end = token.map
            before = tokens[index - 1]
            cell, spans = before.type in ("th_open", "td_open"), token.meta.get("spans")
            for number in range(first, min(end, len(lines))):
                masked[number] = masked[number] or (_row(lines[number]) if cell else lines[number])
            if not (spans or cell):
                continue
            block = _block(token, first, before, lines, behind)
            inside = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}.get(before.type, "")
            for span in spans or ():
                if span.token is not None:
                    span.token.meta["place"] = block.place(span.at)
                if span.kind not in _KEPT:
                    _cover(block, span.start, span.end, _MASKS.get(span.kind, dialect.OTHER), masked)
                place = block.place(span.start)
                stretches.append(Stretch(span.kind, token.content, span.start, span.end, *place, inside))
    return masked, stretches


def _row(line: str) -> str:
    """Return the row of a table without the pipes that divide it, which were read."""
    return line.replace("\\|", dialect.OTHER * 2).replace("|", " ")


def _block(token: Token, first: int, before: Token, lines: list[str], behind: dict[int, int]) -> _Block:
    texts = token.content.split("\n")
    offsets = [0]
    for text in texts[:-1]:
        offsets.append(offsets[-1] + len(text) + 1)
    cell = before.type in ("th_open", "td_open")
    if cell:
        text = token.content.replace("|", "\\|")
        column = max(lines[first].find(text, behind.get(first, 0)), 0)
        behind[first] = column + len(text)
        starts = [(first, column)]
    elif before.markup.startswith("#"):
        starts = [(first, max(lines[first].find(token.content), 0))]
    else:
        # Marks of items and quotations before the text are of any width; the text reaches to the line's end.
        starts = [
            (first + number, max(len(lines[first + number].rstrip()) - len(text.rstrip()), 0))
            for number, text in enumerate(texts)
            if first + number < len(lines)
        ]
    return _Block(token.content, tuple(offsets), tuple(starts), cell)


def _cover(block: _Block, start: int, end: int, mark: str, masked: list[str]) -> None:
    for part in _LINE.finditer(block.text, start, end):
        line, column = block.place(part.start())
        # In a cell, a | of the text is two characters of the file.
        width = len(part[0]) + (part[0].count("|") if block.cell else 0)
        masked[line] = masked[line][:column] + mark * width + masked[line][column + width :]
