"""The order of words in a dictionary or a list of references, as each language has it.

The neighbours' letters stand where a reader looks for them: `ä` with `æ` in a Norwegian list, `ø` with `ö` in a Swedish
one, and in English with the letter they look like (the rules follow Unicode's CLDR). A word may be written with
composed letters or with loose accents. ICU would do this too; it is a large library in C for one short table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from unicodedata import category, normalize

from samspill.languages import grammar

#: How a letter that has no accent to leave out counts in every language that does not say otherwise.
_PLAIN = {
    "æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "þ": "th", "ß": "ss", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n",
    "ŧ": "t",
}  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
#: What ends a word or a name: "Brown, J." comes before "Browning". Spaces, hyphens and full stops do not count.
_ENDS = frozenset(",;:()[]/")
_DIGITS = "0–9"

Key = tuple[tuple[tuple[int, int], ...], tuple[int, ...], str]


#: A letter's place, and whether another letter was written for it.
_Letter = tuple[int, tuple[int, int]]


@dataclass(frozen=True)
class _Alphabet:
    letters: str
    same: dict[str, str]
    parts: re.Pattern[str]
    known: dict[str, tuple[_Letter, ...]] = field(default_factory=dict)

    def read(self, part: str) -> tuple[_Letter, ...]:
        """Return the letters that a part of a text counts as: none, one, or several."""
        if (found := self.known.get(part)) is None:
            found = self.known[part] = tuple(self._read(part))
        return found

    def _read(self, part: str) -> Iterator[_Letter]:
        if "0" <= part[0] <= "9":
            yield 0, (1, int(part))
        elif part in _ENDS:
            yield 0, (0, 0)
        elif part in self.letters:
            yield 0, self._rank(part)
        else:
            for letter in self.same.get(part) or _base(part, self):
                yield 1, self._rank(letter)

    def _rank(self, letter: str) -> tuple[int, int]:
        """Return the place of a letter: digits, then the letters of the language, then all others."""
        place = self.letters.find(letter)
        return (2, place) if place >= 0 else (3, ord(letter))


@cache
def _alphabet(language: str) -> _Alphabet:
    own = grammar(language)
    last, same = own.letters, own.alike
    table = {letter: plain for letter, plain in _PLAIN.items() if letter not in last} | dict(same)
    return _Alphabet(_LATIN + last, table, re.compile(rf"[0-9]+|{'aa|' if 'aa' in same else ''}.", re.S))


@lru_cache(2048)
def order(text: str, language: str) -> Key:
    """Return the key by which to sort a text in a language: its letters, then how they are written."""
    letters = list(_letters(text, language))
    return tuple(place for _, place in letters), tuple(other for other, _ in letters), normalize("NFC", text)


def initial(text: str, language: str) -> str:
    """Return the heading a text stands under: its first letter as the language has it, or `0–9`."""
    letters = _alphabet(language).letters
    for _, (group, place) in _letters(text, language):
        if group == 1:
            return _DIGITS
        if group == 2:
            return letters[place].upper()
        if group == 3:
            return chr(place).upper()[0]  # some letters have two capitals
    return "…"


def _letters(text: str, language: str) -> Iterator[_Letter]:
    """Yield the letters of a text."""
    alphabet = _alphabet(language)
    # NFKC: ligatures (ﬁ) and the like count as the letters they are made of.
    for part in alphabet.parts.findall(normalize("NFC", normalize("NFKC", text).lower())):
        yield from alphabet.read(part)


def _base(letter: str, alphabet: _Alphabet) -> str:
    """Return a letter without its accents, and nothing for what is no letter."""
    parts = normalize("NFD", letter)
    # Accent by accent: ǻ counts as å where that is a letter.
    for end in range(len(parts), 1, -1):
        if (head := normalize("NFC", parts[:end])) in alphabet.letters or head in alphabet.same:
            return alphabet.same.get(head, head)
    for char in parts:
        # An apostrophe that counts as a letter (ʼn) is none in a dictionary.
        if category(char)[0] in "LN" and category(char) != "Lm":
            return alphabet.same.get(char, char)
    return ""
