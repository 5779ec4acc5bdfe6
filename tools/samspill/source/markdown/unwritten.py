"""Places that say TODO."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samspill import prose as p
from samspill.source.markdown.masked import Stretch
from samspill.source.markdown.reader import Reader


def in_body(reader: Reader, stretches: list[Stretch]) -> Iterator[p.Unwritten]:
    """Yield the places in the body that say TODO: in prose, in a picture's description or behind a source's key."""
    for number, line in enumerate(reader.masked):
        for found in p.MARK.finditer(line) if "TODO" in line else ():
            what = "heading" if line.lstrip().startswith("#") else "text"
            yield _waiting(what, reader.lines[number][found.end() :], number + reader.offset, found.start())
    for stretch in stretches:
        if stretch.kind in ("image", "citation"):
            for found in p.MARK.finditer(stretch.words):
                number = stretch.line + stretch.words.count("\n", 0, found.start())
                column = stretch.column + found.start()
                if number > stretch.line and (inside := p.MARK.search(reader.lines[number])):
                    column = inside.start()
                what = "picture" if stretch.kind == "image" else "citation"
                words = re.split(r"[\]\n;]", stretch.words[found.end() :])[0]
                yield _waiting(what, words, number + reader.offset, column)


def in_front(key: str, value: str, lines: list[str], mark: tuple[int, int]) -> Iterator[p.Unwritten]:
    """Yield the places in a title or summary that say TODO; its value begins at a mark, counted from 1."""
    first, column = mark[0] - 1, mark[1] - 1
    places = (
        (number, found.start())
        for number in range(first, len(lines))
        for found in p.MARK.finditer(lines[number], column if number == first else 0)
    )
    for found, place in zip(p.MARK.finditer(value), places, strict=False):
        yield _waiting(key, value[found.end() :], *place)


def _waiting(what: str, words: str, line: int, column: int) -> p.Unwritten:
    """Return a place that says TODO, line and column counted from 0."""
    words = re.split(rf"{p.MARK.pattern}|\||\]\(|\{{#", words)[0]
    said = words.lstrip(":.,;").strip(" *_[\"'")
    return p.Unwritten(what, said, p.Place(line + 1, column + 1))
