"""Words as they are set: what stands together on a line, how wide it is, and how little room it needs divided.

Inlines are data as the press is given them, each with what it `is`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, groupby, pairwise
from typing import Any
from unicodedata import combining

import uharfbuzz as harfbuzz

from samspill.tokens import TOKENS
from samspill.typeface.glyphs import COMMON, FACES, SANS, SERIF, font_folder, letters

#: Greatest width of a letter as a share of the size of its type; dashes and a few signs are as wide.
WIDEST = 1.1
#: Signs around a word that are no part of it.
SIGNS = ".,;:!?()[]«»“”\"'"
#: Sum of roundings that may not push a word over the edge.
SLACK = 0.15

SCHEME = "://"
ADDRESS = re.compile(r"@|\bwww\.|\w[._=&?#%~:]\w.*\w[._=&?#%~/:]\w")
#: What stands together on a line: no white space, but a space that does not break is part of the word.
#: No line begins with a closing sign, even after a space.
_WORD = re.compile(
    r"[^\s\u200b]*[\u00a0\u202f\u2007]?[^\s\u200b]+(?:(?:[\u00a0\u202f\u2007]+| +(?=[!?.,;:/)\]}]))[^\s\u200b]*)*"
)
#: Where a line may end inside a word without any help.
_BREAK = re.compile(r"(?<=\w-)(?=[^\W\d])|(?<=\w[‐–—/|])(?=\w)|(?<=\w\u00ad)(?=\w)")
#: A word that the patterns know: letters alone, without a digit, a dot or an apostrophe inside.
_SPACE = re.compile(r"[ \t\r\n]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[\w.'’:·\u00ad]*\w")
_VOWELS = "aeiouyæøåäöéèêëáàâãíìîïóòôõúùûüý"
_SYLLABLE = re.compile(
    rf"[^{_VOWELS}]*[{_VOWELS}]+(?:[^{_VOWELS}]+$|[^{_VOWELS}]*?(?=[^{_VOWELS}]?[{_VOWELS}]))", re.IGNORECASE
)

Data = dict[str, Any]
Inlines = list[Data]


@dataclass(frozen=True)
class Type:
    """How a run of text is set."""

    size: float
    serif: bool = False
    bold: bool = False
    italic: bool = False
    language: str = ""
    """The language of the run when that is not the sheet's."""

    @property
    def face(self) -> str:
        """Name of the font file."""
        style = ("Bold", "SemiBold")[self.serif] * self.bold + "Italic" * self.italic or "Regular"
        return f"{(TOKENS.serif if self.serif else TOKENS.sans).file}-{style}"

def unfit_words(value: str, width: float, size: float) -> tuple[str, ...]:
    """Return the words of a text that do not fit into a box however they are divided."""
    found = words([run(value)], Type(size, bold=True))
    return tuple(dict.fromkeys(said_of(word).strip(SIGNS) for word in found if least(word) > width))


def run(value: str) -> Data:
    """Return a text of one kind of type as an inline."""
    return {"is": "text", "text": _SPACE.sub(" ", value)}


@cache
def _font(face: str) -> harfbuzz.Font:
    package = next(package for package, faces in FACES.items() if face in faces)
    return harfbuzz.Font(harfbuzz.Face((font_folder(package) / f"{face}.ttf").read_bytes()))


@cache
def advance(face: str, word: str) -> float:
    """Return the width of a word in em; letters that a face lacks come from Fira Sans, as in print."""
    if COMMON.issuperset(word):
        return _shaped(face, word)
    family, style = face.split("-")
    own = letters(SERIF if family == TOKENS.serif.file else SANS)
    width = 0.0
    for mine, run in groupby(re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*|.", word), lambda each: ord(each[0]) in own):
        width += _shaped(face if mine else f"{TOKENS.names.file}-{style}", "".join(run))
    return width


def _shaped(face: str, text: str) -> float:
    if not text:
        return 0.0
    font = _font(face)
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    harfbuzz.shape(font, buffer)
    width: float = sum(place.x_advance for place in buffer.glyph_positions) / font.face.upem
    # What no face has is allowed a full em.
    missing: int = sum(glyph.codepoint == 0 for glyph in buffer.glyph_infos)
    return width + missing


def widest(value: str) -> float:
    """Return how wide a text is at most, in em, whatever its face; what no face has is allowed a full em."""
    return sum(map(_most, value))


def narrowest(value: str) -> float:
    """Return how wide a text is at least, in em, whatever its face."""
    return sum(map(_least, value))


@cache
def _most(letter: str) -> float:
    return max(_advances(letter), default=1.0)


@cache
def _least(letter: str) -> float:
    return 0.0 if combining(letter) else min(_advances(letter), default=0.0)


def _advances(letter: str) -> list[float]:
    """Return how wide a letter is in each face that has it, in em."""
    found = []
    for face in chain(*FACES.values()):
        font = _font(face)
        if (glyph := font.get_nominal_glyph(ord(letter))) is not None:
            found.append(font.get_glyph_h_advance(glyph) / font.face.upem)
    return found


def wide(word: str, type_: Type) -> float:
    return advance(type_.face, word) * type_.size


@dataclass(frozen=True)
class Piece:
    """A piece of a word: the number of its leaf, where it starts in it, its text and how it is set."""

    leaf: int
    start: int
    text: str
    type: Type

    @property
    def width(self) -> float:
        """Width in points."""
        return wide(self.text, self.type)


Word = tuple[Piece, ...]


def leaves(nodes: Inlines, type_: Type) -> Iterator[tuple[Data, Type]]:
    for node in nodes:
        kind = node["is"]
        if kind in ("break", "picture"):  # beside a picture a line may end
            yield {"is": "text", "text": "\n"}, type_
        elif "children" in node:
            inner = replace(
                type_,
                bold=type_.bold or kind == "strong",
                italic=type_.italic or kind == "emphasis",
                language=node["language"] if kind == "borrowed" else type_.language,
            )
            yield from leaves(node["children"], inner)
        else:
            yield node, type_


def letters_of(value: str | Inlines) -> str:
    """Return the letters of a text."""
    return value if isinstance(value, str) else "".join(node["text"] for node, _ in leaves(value, Type(1)))


def words(nodes: Inlines, type_: Type) -> Iterator[Word]:
    """Yield what cannot be broken over two lines, in pieces as it is set."""
    found = list(leaves(nodes, type_))
    whole = "".join(node["text"] for node, _ in found)
    starts = [0]
    for node, _ in found:
        starts.append(starts[-1] + len(node["text"]))
    for start, end in _unbroken(whole):
        yield tuple(
            Piece(number, max(start, a) - a, whole[max(start, a) : min(end, b)], found[number][1])
            for number, (a, b) in enumerate(pairwise(starts))
            if max(start, a) < min(end, b)
        )


def _unbroken(whole: str) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(whole):
        inside = () if SCHEME in word[0] else _BREAK.finditer(word[0])
        places = [word.start(), *(word.start() + cut.start() for cut in inside), word.end()]
        yield from pairwise(places)


def said_of(word: Word) -> str:
    return "".join(piece.text for piece in word)


def width_of(word: Word) -> float:
    return sum(piece.width for piece in word)


def least(word: Word) -> float:
    """Return the width that a word needs when it is divided: of its longest part that may stay in one."""
    said = said_of(word)
    if SCHEME in said or ADDRESS.search(said):
        # An address is divided anywhere.
        return min(width_of(word), 4 * max(piece.type.size for piece in word))
    widest = max(word, key=lambda piece: piece.type.size * (1 + 0.1 * piece.type.bold)).type
    return min(width_of(word), max(wide(part, widest) for part in unbroken_parts(said)))


def component(word: Word) -> float:
    """Return the width of the longest word of an address."""
    type_ = max(word, key=lambda piece: piece.type.size).type
    return max(wide(part, type_) for part in re.split(r"(?<=\W)(?=\w)", said_of(word)))


def unbroken_parts(said: str) -> Iterator[str]:
    """Yield parts that division may leave in one: two syllables and a hyphen.

    The patterns of a language know more places than these and miss some of them; two syllables allow for that.
    """
    for joined in _JOINED.finditer(said) if _JOINED.search(said) else ():
        letters = joined[0]
        if _LETTERS.fullmatch(letters):
            parts = _SYLLABLE.findall(letters) or [letters]
            parts[-1] += letters[len("".join(parts)) :]
        else:
            parts = [letters]
        before, after = said[: joined.start()][-3:], said[joined.end() :][:3]
        if len(parts) < 3:
            yield before + letters + after
        else:
            yield before + parts[0] + parts[1] + "-"
            yield from (a + b + "-" for a, b in pairwise(parts))
            yield parts[-2] + parts[-1] + after
    if not _JOINED.search(said):
        yield said



def reach(word: Word) -> float:
    """Return the width that a word needs in one piece; an address needs none."""
    said = said_of(word)
    return least(word) if SCHEME in said else width_of(word)


def short(nodes: Inlines, type_: Type, width: float) -> bool:
    """Whether words have so few letters that they need not be measured."""
    whole = "".join(node["text"] for node, _ in leaves(nodes, type_))
    return max(map(len, whole.split(" "))) * type_.size * WIDEST < width
