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
from samspill.typeface.glyphs import NAMES, SANS, SERIF, letters

#: File of the site → package and file it is made from.
FACES: dict[str, tuple[str, str]] = {
    "spectral-500": ("fontpkg_spectral", "Spectral-Medium.ttf"),
    "spectral-500-italic": ("fontpkg_spectral", "Spectral-MediumItalic.ttf"),
    "spectral-600": ("fontpkg_spectral", "Spectral-SemiBold.ttf"),
    "atkinson-400": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Regular.ttf"),
    "atkinson-400-italic": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Italic.ttf"),
    "atkinson-700": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-Bold.ttf"),
    "atkinson-700-italic": ("fontpkg_atkinson_hyperlegible", "AtkinsonHyperlegible-BoldItalic.ttf"),
    "fira-400": ("fontpkg_fira_sans", "FiraSans-Regular.ttf"),
    "fira-400-italic": ("fontpkg_fira_sans", "FiraSans-Italic.ttf"),
    "fira-700": ("fontpkg_fira_sans", "FiraSans-Bold.ttf"),
    "fira-700-italic": ("fontpkg_fira_sans", "FiraSans-BoldItalic.ttf"),
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
            name = f"atkinson-{weight}" + ("-italic" if style == "italic" else "")
            coded = base64.b64encode(face(name, frozenset(map(ord, normalize("NFC", text) + text)))).decode()
            rules.append(
                f'@font-face{{font-family:"Atkinson Hyperlegible";font-weight:{weight};font-style:{style};'
                f"src:url(data:font/woff2;base64,{coded})}}"
            )
    root, _, rest = drawing.partition(b">")
    return root + b"><style>" + "".join(rules).encode() + b"</style>" + rest


def fonts() -> tuple[Artifact, ...]:
    """Return the site's fonts, `assets/fonts/*.woff2`."""
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
