"""What the fonts of handouts and drawings have letters for.

Text is set in Atkinson Hyperlegible and headings in Spectral. Neither has the letters of every name: a letter that
one lacks, as Ŋ, ễ or a Greek or Cyrillic one, comes from Fira Sans, which has them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from unicodedata import category, combining, decomposition, normalize

from samspill.tokens import TOKENS, Family

SANS, SERIF, NAMES = TOKENS.sans.package, TOKENS.serif.package, TOKENS.names.package


def _faces(family: Family, *styles: str) -> tuple[str, ...]:
    return tuple(f"{family.file}-{style}" for style in styles)


#: Packages that carry the fonts, each with the faces the templates use.
FACES = {
    SERIF: _faces(TOKENS.serif, "Regular", "Italic", "SemiBold", "SemiBoldItalic"),
    SANS: _faces(TOKENS.sans, "Regular", "Italic", "Bold", "BoldItalic"),
    NAMES: _faces(TOKENS.names, "Regular", "Italic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic"),
}
#: The names of the families of a drawing as the typesetter knows them.
FAMILIES = {SANS: TOKENS.sans.name, NAMES: TOKENS.names.name}
#: Two families have a few of these, for formulas: a Greek word is set in one with them all.
GREEK = frozenset(range(0x370, 0x400))
#: Characters without a shape of their own, or that are set as a plain space or hyphen: no font needs them.
SHAPED = frozenset(
    [
        *(0x09, 0x0A, 0x0D, 0x2011),
        *range(0x2000, 0x2010),
        *range(0x2028, 0x2030),
        *range(0x205F, 0x2065),
        *range(0x2066, 0x2070),
        *range(0xFE00, 0xFE10),
    ]
)


#: Characters that every face has (a test holds the fonts to it): texts of these alone need no look at the fonts.
COMMON = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \n.,;:!?()[]{}-–—’‘“”«»'\"…/&%+*=<>@#$_|~"
    "ÆØÅæøåÄÖäöÉéÈèÊêÜüÓóÔôÁáÀàÇçÍí·×§°€£©\\^`"
    "ÂÃËÌÎÏÐÑÒÕÙÚÛÝÞßâãëìîïðñòõùúûýþÿĀāĂăĄąĆćĊċČčĎďĐđĒēĖėĘęĚěĞğĠġĢģĦħĪīĮįıĶķĻļĽľŁłŃńŅņŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽž"
    "ȘșȚț\u00a0¡¿½¼¾¹²³±÷†‡•‹›‚„™≈≠≤≥√"
)
#: Any other character: looked for in this way, a text costs a fifth of what it does letter by letter.
_RARE = re.compile(f"[^{re.escape(''.join(sorted(COMMON)))}]")


def unprintable(text: str) -> str:
    """Return the characters of a text that none of the fonts has, each once, in order."""
    if not _RARE.search(text) or not (rare := set(normalize("NFC", text)) - COMMON):
        return ""
    known = _characters()
    return "".join(dict.fromkeys(char for char in normalize("NFC", text) if char in rare and ord(char) not in known))


def undrawable(text: str) -> str:
    """Return the characters of a text that a drawing cannot show: it is set in Atkinson Hyperlegible or Fira Sans."""
    if not _RARE.search(text) or not (rare := set(normalize("NFC", text)) - COMMON):
        return ""
    known = SHAPED | letters(NAMES)
    return "".join(dict.fromkeys(char for char in normalize("NFC", text) if char in rare and ord(char) not in known))


def other_family(line: str) -> str | None:
    """Return the family that a line of a drawing is set in, all of it, when Atkinson Hyperlegible lacks a letter."""
    if COMMON.issuperset(line) or (SHAPED | letters(SANS)).issuperset(map(ord, line)):
        return None
    return FAMILIES[NAMES]


@cache
def strangers(package: str) -> str:
    """Return the letters that a family lacks and another has, as a character class of a regular expression.

    To print them well a family must be told to leave them alone. For many it has a letter and a mark to put together,
    and then the text behind the print would say both the letter and its parts.
    """
    others = frozenset().union(*map(_family, FACES)) - letters(package)
    return _class(code for code in others if category(chr(code))[0] in "LM" or decomposition(chr(code)))


def _class(codes: Iterable[int]) -> str:
    numbers = sorted(codes)
    starts = [numbers[0], *(after for before, after in pairwise(numbers) if after != before + 1)]
    ends = [*(before for before, after in pairwise(numbers) if after != before + 1), numbers[-1]]
    return "[" + "".join(f"\\u{{{start:x}}}-\\u{{{end:x}}}" for start, end in zip(starts, ends, strict=True)) + "]"


def font_folder(package: str) -> Path:
    return Path(str(resources.files(package) / "files"))


@cache
def _characters() -> frozenset[int]:
    """Return the characters that at least one of the families has in every face we use."""
    return SHAPED.union(*map(_family, FACES))


def letters(package: str) -> frozenset[int]:
    """Return the characters that text set in a family takes from it."""
    return _family(package) - (GREEK if package != NAMES else frozenset())


def unlettered(text: str) -> str:
    """Return the characters of a text that an author's own drawing cannot show: all of it is set in one family.

    There the press neither replaces signs without a shape nor joins an accent to a letter that has no sign of its own
    with it; in drawings of ours `outline` sees to that.
    """
    known = _lettered()
    return "".join(dict.fromkeys(char for char in normalize("NFC", text) if ord(char) not in known))


@cache
def _lettered() -> frozenset[int]:
    known = SHAPED | letters(SANS)
    return frozenset(char for char in known - {0x200D, 0x2011, *range(0xFE00, 0xFE10)} if not combining(chr(char)))


@cache
def _family(package: str) -> frozenset[int]:
    """Return the characters that a family has in every face we use."""
    import uharfbuzz as harfbuzz  # noqa: PLC0415 - only for a text with unusual signs

    files = (font_folder(package) / f"{face}.ttf" for face in FACES[package])
    return frozenset.intersection(*(frozenset(harfbuzz.Face(file.read_bytes()).unicodes) for file in files))
