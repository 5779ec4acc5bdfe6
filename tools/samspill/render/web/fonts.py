"""The typefaces of the site, cut down to the characters the course can need and packed as WOFF2.

What European languages need stands in one file for each face. The letters of other names (Sámi, Vietnamese, Greek,
Cyrillic and more) stand in files of their own, which the style sheet gives a range: a browser gets one only for a page
that has such a letter.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from unicodedata import normalize

import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont

from samspill.artifact import Artifact
from samspill.tokens import TOKENS, Family
from samspill.typeface.glyphs import NAMES, SANS, SERIF, letters

#: The cuts of each family on the site by weight and slant, with the style that the file of the package is named by.
CUTS = {
    TOKENS.serif: {"500": "Medium", "500-italic": "MediumItalic", "600": "SemiBold"},
    TOKENS.sans: {"400": "Regular", "400-italic": "Italic", "700": "Bold", "700-italic": "BoldItalic"},
    TOKENS.names: {"400": "Regular", "400-italic": "Italic", "700": "Bold", "700-italic": "BoldItalic"},
}
#: File of the site → package and file it is made from.
FACES: dict[str, tuple[str, str]] = {
    f"{family.slug}-{cut}": (family.package, f"{family.file}-{style}.ttf")
    for family, cuts in CUTS.items()
    for cut, style in cuts.items()
}
#: What text needs of a font beyond its shapes.
FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum")
#: Latin with Nordic and other European letters, punctuation, arrows and signs.
CHARACTERS = frozenset(
    (
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        *range(0x218, 0x21C),
        *range(0x2010, 0x2027),
        *map(ord, "\u202f‰′″‹›€№™←↑→↓−≈≤≥▸✓"),
    )
)
#: The letters of other names, by the end of the file's name.
PIECES = {
    "latin": frozenset(
        (
            *range(0x100, 0x250),
            *map(ord, "ɓɔɖɗəɛɣɨɩɲʉʊʋʒʔ"),
            *range(0x2B9, 0x2C0),
            *range(0x300, 0x370),
            *range(0x1E00, 0x1F00),
        )
    ),
    "greek": frozenset(range(0x370, 0x400)),
    "cyrillic": frozenset(range(0x400, 0x530)),
}
#: The range that the style sheet gives such a file: all of a kind, whether a font has it or not.
RANGES = PIECES | {"latin": frozenset((*range(0x100, 0x2C1), *range(0x300, 0x370), *range(0x1E00, 0x1F00)))}


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


@cache
def face(name: str, characters: frozenset[int] = CHARACTERS) -> bytes:
    """Return a face of `FACES` as WOFF2 with the given characters, where it has them."""
    package, file = FACES[name]
    source = (resources.files(package) / "files" / file).read_bytes()
    wanted = harfbuzz.SubsetInput()
    wanted.unicode_set.update(characters)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(map(_tag, FEATURES))
    wanted.name_id_set.clear()
    wanted.name_id_set.update([0, 1, 2, 13, 14])  # the licence stays with the font
    wanted.flags = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE
    cut = harfbuzz.subset(harfbuzz.Face(source), wanted)
    with TTFont(io.BytesIO(cut.blob.data), recalcTimestamp=False) as font:
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def lettered(drawing: bytes, text: str) -> bytes:
    """Return a drawing of ours with the letters it needs: a browser lends a picture no font of the page."""
    bold = re.search(rb'font-weight="(bold|bolder|[6-9]00)"', drawing)
    slanted = re.search(rb'font-style="(italic|oblique)"', drawing)
    rules = []
    for weight in (400, 700) if bold else (400,):
        for style in ("normal", "italic") if slanted else ("normal",):
            name = f"{TOKENS.sans.slug}-{weight}" + ("-italic" if style == "italic" else "")
            coded = base64.b64encode(face(name, frozenset(map(ord, normalize("NFC", text) + text)))).decode()
            rules.append(
                f'@font-face{{font-family:"{TOKENS.sans.name}";font-weight:{weight};font-style:{style};'
                f"src:url(data:font/woff2;base64,{coded})}}"
            )
    root, _, rest = drawing.partition(b">")
    return root + b"><style>" + "".join(rules).encode() + b"</style>" + rest


def fonts() -> tuple[Artifact, ...]:
    """Return the fonts of the theme: `assets/fonts/*.woff2`."""
    return tuple(Artifact(path, face(name, characters)) for path, name, characters in _files())


def _files() -> Iterator[tuple[str, str, frozenset[int]]]:
    """Yield the path of each file, its face and its characters."""
    path = "assets/fonts/{}.woff2"
    for name, (package, _) in FACES.items():
        own = letters(package)
        if package == NAMES:
            for piece, characters in PIECES.items():
                yield path.format(f"{name}-{piece}"), name, (characters & own) - (CHARACTERS & letters(SANS))
        else:
            yield path.format(name), name, CHARACTERS
            if package == SERIF:
                for piece in ("latin", "cyrillic"):
                    yield path.format(f"{name}-{piece}"), name, (PIECES[piece] & own) - CHARACTERS


def rules() -> Iterator[str]:
    """Yield the rule of the style sheet for each file, and for each it lends another family, by rising precedence."""
    serif, sans, names = CUTS
    for family in (serif, sans):
        for cut in CUTS[family]:
            yield _rule(family, cut, f"{family.slug}-{cut}")
    # Letters of names from elsewhere; a browser gets these files only where such a letter stands.
    ordinary = CHARACTERS & letters(SANS)
    for cut in CUTS[names]:
        for piece, characters in RANGES.items():
            yield _rule(sans, cut, f"{names.slug}-{cut}-{piece}", characters - ordinary, names.scale)
    for cut in CUTS[serif]:
        for piece in ("latin", "cyrillic"):
            yield _rule(serif, cut, f"{serif.slug}-{cut}-{piece}", RANGES[piece] - CHARACTERS)
    for cut in CUTS[serif]:
        lent = cut.replace("500", "400").replace("600", "700")
        yield _rule(serif, cut, f"{names.slug}-{lent}-greek", RANGES["greek"], names.scale)


def _rule(family: Family, cut: str, file: str, characters: frozenset[int] = frozenset(), scale: str = "") -> str:
    weight, _, slant = cut.partition("-")
    said = {
        "font-family": family.web,
        "font-weight": weight,
        "font-style": slant,
        "src": f'url(../fonts/{file}.woff2) format("woff2")',
        "font-display": "swap",
        "size-adjust": scale,
        "unicode-range": _range(characters),
    }
    return "@font-face { " + " ".join(f"{name}: {value};" for name, value in said.items() if value) + " }"


def _range(characters: frozenset[int]) -> str:
    """Return characters as a style sheet writes them: `U+130,U+132-135`."""
    starts = sorted(code for code in characters if code - 1 not in characters)
    ends = sorted(code for code in characters if code + 1 not in characters)
    return ",".join(f"U+{a:X}" + (f"-{b:X}" if b > a else "") for a, b in zip(starts, ends, strict=True))
