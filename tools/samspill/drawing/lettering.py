"""Words of a drawing: how wide they are, and the lines they are set in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from unicodedata import combining

from fontTools.ttLib import TTFont

from samspill.typeface.glyphs import FAMILIES, NAMES, SANS, font_folder, other_family

#: Trying all breaks of more words than this would take too long.
MANY = 9

#: Characters XML does not allow.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@cache
def _advances(package: str, bold: bool) -> dict[int, float]:
    """Return advance widths in em by code point; a mark stands on the letter before it and has none."""
    name = f"{FAMILIES[package].replace(' ', '')}-{'Bold' if bold else 'Regular'}.ttf"
    font = TTFont(font_folder(package) / name, lazy=True)
    em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
    widths = {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    return {code: 0.0 if combining(chr(code)) else width for code, width in widths.items()}


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in user units; a character that no font has counts as a full em.

    Paper sets a line with a letter that Atkinson Hyperlegible lacks in Fira Sans; a screen takes just that letter from
    it. What is wider counts, so that either has room.
    """
    own = _advances(SANS, bold)
    if other_family(text) is None:
        return size * sum(own.get(ord(character), 1.0) for character in text)
    wide = _advances(NAMES, bold)
    whole = [wide.get(ord(character), 1.0) for character in text]
    mixed = [own.get(ord(character), width) for character, width in zip(text, whole, strict=True)]
    return size * max(sum(whole), sum(mixed))


def lines_of(label: str, size: float, width: float, bold: bool = False) -> tuple[str, ...]:
    """Break a label into as few lines as fit the width, of lengths as even as they can be; a very long one is filled.

    A word too long for a line is divided before the last consonant of a vowel group near its middle, as the
    Nordic languages divide words, with a hyphen. A label of very many words is filled line by line.
    """
    words = [part for word in label.split() for part in _divided(word, size, width, bold)] or [label]
    if len(words) > MANY:
        return _filled(words, size, width, bold)
    for count in range(1, len(words) + 1):
        longest, best = min(
            (max(text_width(line, size, bold) for line in lines), lines) for lines in _breaks(words, count)
        )
        if longest <= width:
            return best
    return tuple(words)


def _filled(words: Sequence[str], size: float, width: float, bold: bool) -> tuple[str, ...]:
    """Return words set line by line, each line as full as it can be."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _breaks(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        ends = (0, *cuts, len(words))
        yield tuple(" ".join(words[a:b]) for a, b in pairwise(ends))


def _divided(word: str, size: float, width: float, bold: bool) -> list[str]:
    # Piece by piece, not by recursion: a word may be as long as a line of YAML, and all hyphens. Three letters and a
    # hyphen are no shorter in two.
    pieces: list[str] = []
    waiting = [word]
    while waiting:
        piece = waiting.pop()
        if sum(not combining(letter) for letter in piece) < 4 or text_width(piece, size, bold) <= width:
            pieces.append(piece)
        else:
            head, tail = _halves(piece)
            waiting += [tail, head]
    return pieces


def _halves(word: str) -> tuple[str, str]:
    """Return a word in two: after its first inner hyphen, else near its middle with a hyphen put in."""
    if (at := word.find("-", 1, -1)) > 0:
        return word[: at + 1], word[at + 1 :]
    vowels = "aeiouyæøåäöéè"
    middle = len(word) / 2
    places = [
        place
        for place in range(2, len(word) - 1)
        if word[place].lower() not in vowels and word[place + 1].lower() in vowels
    ] or [place for place in range(1, len(word)) if not combining(word[place])]
    at = min(places, key=lambda place: (abs(place - middle), place))
    return word[:at] + "-", word[at:]


def drawable(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return _FORBIDDEN.sub("", text)
