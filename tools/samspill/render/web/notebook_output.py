"""What a notebook shows, made safe: words, tables and drawings pass; nothing that runs, loads or styles does.

A notebook's code is ours, but what it prints may come from a table of data that anybody edits. It is read as a
browser would and written anew from lists of what may stand there, before anything else sees it.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import lxml.html

from samspill.markup import Markup, address, escape, shape, tag, void

Mode = Literal["words", "lines", "drawn"]

def names(listed: str) -> frozenset[str]:
    """Return names that stand in a row."""
    return frozenset(listed.split())


_TABLES = "table caption colgroup col thead tbody tfoot tr th td"
_BLOCKS = "p div pre blockquote figure figcaption ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr"
_WORDS = "a abbr b br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u var"
_DRAWINGS = (
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan title desc clippath "
    "lineargradient radialgradient stop marker pattern"
)
DRAWN = names(_DRAWINGS)
HTML = names(f"{_TABLES} {_BLOCKS} {_WORDS}")
_VOID = names("br col hr img")
#: Gone with all that is in them, which is no text for a reader.
_GONE = names(
    "script style template iframe object embed applet noscript noembed noframes textarea select math audio video "
    "canvas head link meta base title foreignobject animate animatemotion animatetransform set image filter"
)
_ON_ANY = names("lang dir title")
_ON: dict[str, frozenset[str]] = {
    "a": names("href"),
    "img": names("src alt width height"),
    "th": names("scope colspan rowspan abbr"),
    "td": names("colspan rowspan"),
    "col": names("span"),
    "colgroup": names("span"),
    "ol": names("start reversed"),
    "li": names("value"),
    "time": names("datetime"),
}
_ON_DRAWN = names(
    "id href d x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy width height points viewbox preserveaspectratio transform "
    "gradienttransform gradientunits patternunits patterntransform clippathunits offset orient refx refy markerwidth "
    "markerheight markerunits fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-dasharray stroke-dashoffset stroke-miterlimit opacity color clip-path clip-rule "
    "marker-start marker-mid marker-end stop-color stop-opacity font-family font-size font-style font-weight "
    "text-anchor dominant-baseline rotate textlength lengthadjust aria-hidden role focusable"
)
#: Every attribute that some element may have.
ATTRIBUTES = _ON_ANY.union(_ON_DRAWN, *_ON.values())
_LOCAL = re.compile(r"#([A-Za-z_][\w.-]*)")
_LOCAL_URL = re.compile(r"url\(#([A-Za-z_][\w.-]*)\)")
#: What the value of a drawing's attribute may call.
_CALLS = names("translate scale rotate matrix skewx skewy rgb rgba hsl hsla")
#: Before ids, which would otherwise be taken for those of the page.
_OWN = "shown-"


def shown(html: str) -> str:
    """Return HTML or SVG that a notebook printed, with nothing in it that runs, loads or styles.

    Elements that are not on our lists leave their text; scripts, styles and what can hold a document leave nothing.
    It is whole in itself: nothing in it can close what will stand around it.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    # The parser passes over what stands behind the end of a document.
    open_ended = re.sub(r"</(html|body)\s*>", "", html, flags=re.IGNORECASE)
    root = lxml.html.document_fromstring(b"<body>" + open_ended.encode("utf-8", "replace"), parser=parser)
    return str(_element(root, "words")).strip()


def _element(element: Any, mode: Mode) -> Markup:
    name = element.tag.lower().rpartition(":")[2]
    if name == "svg":
        mode = "drawn"
    elif name == "pre" and mode == "words":
        mode = "lines"
    if name in _GONE and not (mode == "drawn" and name == "title"):
        return Markup("")
    inside = _text(element.text, mode)
    for child in element:
        inside += _element(child, mode) + _text(child.tail, mode)
    if name not in (DRAWN if mode == "drawn" else HTML):
        return inside
    attributes = _attributes(name, element.items(), mode)
    if mode == "drawn":
        return tag(name, inside, **attributes) if inside else shape(name, **attributes)
    if name == "img" and "src" not in attributes:
        return escape(element.get("alt", ""))
    return void(name, **attributes) if name in _VOID else tag(name, inside, **attributes)


def _text(text: str | None, mode: Mode) -> Markup:
    return escape((text or "") if mode == "lines" else re.sub(r"\s*\n\s*", " ", text or ""))


def _attributes(name: str, given: list[tuple[str, str]], mode: Mode) -> dict[str, str | bool | None]:
    allowed = _ON_DRAWN if mode == "drawn" else _ON_ANY | _ON.get(name, frozenset())
    kept: dict[str, str | bool | None] = {}
    for key, value in given:
        attribute = key.lower().rpartition(":")[2]
        if attribute in allowed and (said := (_drawn if mode == "drawn" else _said)(attribute, value)) is not None:
            kept[attribute] = said
    if name == "a" and "href" in kept:
        kept["rel"] = "noopener external"
    return kept


def _said(attribute: str, value: str) -> str | None:
    """Return the value of an attribute of HTML, or None: a link leads to the web, a picture is in the page itself."""
    if attribute == "href":
        return value if re.match(r"https?://", value, re.IGNORECASE) else None
    if attribute == "src":
        return value if (address(value) or "").startswith("data:") else None
    return value


def _drawn(attribute: str, value: str) -> str | None:
    """Return the value of an attribute of SVG, or None; names are its own and lead nowhere else."""
    if attribute == "id":
        return _OWN + value if _LOCAL.fullmatch(f"#{value}") else None
    if attribute == "href":
        return f"#{_OWN}{found[1]}" if (found := _LOCAL.fullmatch(value)) else None
    if found := _LOCAL_URL.fullmatch(value.strip()):
        return f"url(#{_OWN}{found[1]})"
    calls = {call.lower() for call in re.findall(r"([\w\\-]*)\s*\(", value)}
    return value if calls <= _CALLS and "\\" not in value else None
