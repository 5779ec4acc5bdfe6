"""Words of a drawing that the typesetter cannot set as words.

A letter with a mark that is no character of its own, as in Ẹ́bùn, is several in a font. In running text that is no
trouble; in a drawing the typesetter loses track of them and refuses the whole handout. Such a line is drawn as shapes:
what it says stands in the words beside the drawing too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import category

import uharfbuzz as harfbuzz

from samspill.typeface.glyphs import FAMILIES, NAMES, SANS, font_folder, other_family

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

#: What has no shape of its own and joins, divides or chooses others.
_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
_SVG = "{http://www.w3.org/2000/svg}"


def settable(svg: str) -> str:
    """Return a drawing for print with nothing in its words that the typesetter cannot set."""
    svg = _UNSEEN.sub("", svg.replace("\u2011", "-"))
    if not _marked(svg):
        return svg
    from lxml import etree  # noqa: PLC0415 - seldom needed

    root = etree.fromstring(svg)
    size = float(root.get("font-size"))
    for item in [item for item in root.iter(f"{_SVG}text") if _marked(item.text or "")]:
        path = etree.Element(f"{_SVG}path", {"d": _outline(item, size)})
        path.attrib.update({name: item.get(name) for name in ("fill", "class") if item.get(name)})
        item.getparent().replace(item, path)
    return str(etree.tostring(root, encoding="unicode"))


def _marked(text: str) -> bool:
    return not text.isascii() and any(category(char)[0] == "M" for char in text)


def _outline(item: Any, size: float) -> str:
    """Return the path of a line of text: its letters and marks where they stand."""
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415

    font, shaper = _face(NAMES if other_family(item.text) else SANS, item.get("font-weight") == "700")
    buffer = harfbuzz.Buffer()
    buffer.add_str(item.text)
    buffer.guess_segment_properties()
    harfbuzz.shape(shaper, buffer)
    scale = size / shaper.face.upem
    wide = scale * sum(each.x_advance for each in buffer.glyph_positions)
    x = float(item.get("x")) - {"start": 0.0, "middle": wide / 2, "end": wide}[item.get("text-anchor", "start")]
    y = float(item.get("y"))
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.2f}")
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        at = (scale, 0, 0, -scale, x + scale * place.x_offset, y - scale * place.y_offset)
        glyphs[font.getGlyphName(info.codepoint)].draw(TransformPen(pen, at))
        x += scale * place.x_advance
    return str(pen.getCommands())


@cache
def _face(package: str, bold: bool) -> tuple[TTFont, harfbuzz.Font]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    name = f"{FAMILIES[package].replace(' ', '')}-{'Bold' if bold else 'Regular'}.ttf"
    path = font_folder(package) / name
    return TTFont(path), harfbuzz.Font(harfbuzz.Face(path.read_bytes()))
