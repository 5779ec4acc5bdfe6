"""What the fonts of a handout can print."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from unicodedata import normalize

#: Packages that carry the fonts, each with the faces the templates use.
FACES = {
    "fontpkg_spectral": (
        "Spectral-Regular",
        "Spectral-Italic",
        "Spectral-SemiBold",
        "Spectral-SemiBoldItalic",
    ),
    "fontpkg_atkinson_hyperlegible": (
        "AtkinsonHyperlegible-Regular",
        "AtkinsonHyperlegible-Italic",
        "AtkinsonHyperlegible-Bold",
        "AtkinsonHyperlegible-BoldItalic",
    ),
}
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
    "ÆØÅæøåÄÖäöÉéÈèÊêÜüÓóÔôÁáÀàÇçÍí·×§°€£©"
)


def unprintable(text: str) -> str:
    """Return the characters of a text that neither of the fonts has, each once, in order."""
    if not (rare := set(normalize("NFC", text)) - COMMON):
        return ""
    known = _characters()
    return "".join(dict.fromkeys(char for char in normalize("NFC", text) if char in rare and ord(char) not in known))


def undrawable(text: str) -> str:
    """Return the characters of a text that a drawing cannot show: those that its one family lacks."""
    if not (rare := set(normalize("NFC", text)) - COMMON):
        return ""
    known = _drawn()
    return "".join(dict.fromkeys(char for char in normalize("NFC", text) if char in rare and ord(char) not in known))


def font_folder(package: str) -> Path:
    return Path(str(resources.files(package) / "files"))


@cache
def _characters() -> frozenset[int]:
    """Return the characters that at least one of the two families has in every face we use."""
    return SHAPED.union(*(_family(package) for package in FACES))


@cache
def _drawn() -> frozenset[int]:
    """Return the characters of the family that maps and figures are set in."""
    return SHAPED | _family("fontpkg_atkinson_hyperlegible")


@cache
def _family(package: str) -> frozenset[int]:
    """Return the characters that a family has in every face we use."""
    from fontTools import ttLib  # noqa: PLC0415 - a tenth of a second, only for a text with unusual signs

    folder = font_folder(package)
    tables = [ttLib.TTFont(folder / f"{face}.ttf", lazy=True).getBestCmap() for face in FACES[package]]
    return frozenset(tables[0]).intersection(*tables[1:])
