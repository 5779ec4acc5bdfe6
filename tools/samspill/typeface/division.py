"""Dividing: a word wider than its box may be divided by the patterns of its language, an address at its signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from samspill.typeface.words import (
    ADDRESS,
    SCHEME,
    SLACK,
    Inlines,
    Piece,
    Type,
    component,
    least,
    leaves,
    said_of,
    short,
    wide,
    width_of,
    words,
)

#: A word so long on an English sheet is a Nordic compound, which English patterns divide in too few places.
NORDIC = r"[^\W\d_]{24}"


@dataclass
class Found:
    """What was found on a sheet in a language: faces in which a word is divided, and words that nothing helps."""

    language: str
    faces: dict[tuple[bool, bool, bool], None] = field(default_factory=dict)
    unfit: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """A part of a leaf that may be divided: where it starts and ends, and the pieces of an address."""

    start: int
    end: int
    pieces: tuple[str, ...]
    language: str


def divided(nodes: Inlines, type_: Type, width: float, found: Found) -> Inlines:
    """Return inlines in which the words wider than a box may be divided."""
    if short(nodes, type_, width):
        return nodes
    marks: dict[int, list[Mark]] = {}
    for word in words(nodes, type_):
        said = said_of(word)
        if width_of(word) <= width - SLACK:
            continue
        if least(word) > width:
            found.unfit.setdefault(said)
        # The typesetter divides an address at its signs; more help is only needed within long words of it.
        if SCHEME in said and component(word) <= width:
            continue
        address = SCHEME in said or ADDRESS.search(said)
        for piece in word:
            own = piece.type.language or found.language
            language = "nb" if own == "en" and re.search(NORDIC, said) else own
            pieces = tuple(_pieces(piece, width)) if address else (piece.text,)
            mark = Mark(piece.start, piece.start + len(piece.text), pieces, language)
            marks.setdefault(piece.leaf, []).append(mark)
            found.faces.setdefault((piece.type.serif, piece.type.bold, piece.type.italic))
    return _marked(nodes, iter(range(len(list(leaves(nodes, type_))))), marks) if marks else nodes


def _pieces(piece: Piece, width: float) -> Iterator[str]:
    """Yield the pieces of an address: its words with the signs after them, long ones in as many as need be."""
    for part in re.findall(r"\w+\W*|\W+", piece.text):
        start = 0
        for end in range(1, len(part) + 1):
            if end - start > 12 or wide(part[start:end], piece.type) > width - SLACK:
                yield part[start : end - 1]
                start = end - 1
        yield part[start:]


def _marked(nodes: Inlines, counter: Iterator[int], marks: dict[int, list[Mark]]) -> Inlines:
    done: Inlines = []
    for node in nodes:
        if node["is"] in ("break", "picture"):
            next(counter)
            done.append(node)
        elif "children" in node:
            done.append(node | {"children": _marked(node["children"], counter, marks)})
        else:
            said, at = node["text"], 0
            for mark in marks.get(next(counter), ()):
                if said[at : mark.start]:
                    done.append(node | {"text": said[at : mark.start]})
                pieces: Inlines = []
                for piece in mark.pieces:
                    pieces += [{"is": "gap"}] * bool(pieces) + [node | {"text": piece}]
                done.append({"is": "divided", "lang": mark.language, "children": pieces})
                at = mark.end
            if said[at:] or not said:
                done.append(node | {"text": said[at:]})
    return done
