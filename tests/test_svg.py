"""Drawings: whatever an SVG file holds, what is published shows the same and does nothing."""

from __future__ import annotations

import base64
import io

import pytest
from lxml import etree
from PIL import Image

from samspill.source import svg
from samspill.source.svg.allowed import SVG

START = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10">'
NEW = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10"'
FACE = ' font-family="Atkinson Hyperlegible, sans-serif">'


def drawn(text: str | bytes) -> str:
    """Return a drawing as it is published."""
    found, problems = svg.read("a.svg", text if isinstance(text, bytes) else text.encode())
    assert problems == []
    assert found
    return found.data.decode()


def refused(text: str | bytes) -> list[str]:
    """Return what is said of a drawing that is not published, without its path."""
    found, problems = svg.read("a.svg", text if isinstance(text, bytes) else text.encode())
    assert found is None
    return [str(problem).removeprefix("a.svg:") for problem in problems]


def inside(part: str) -> str:
    return f"{START}\n{part}\n</svg>"


def png(width: int = 2, height: int = 2) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 0, 0)).save(out, "PNG")
    return out.getvalue()


# --- what acts, loads or leads away -------------------------------------------------------------------------

WITHOUT = '(in your drawing program export it as "plain SVG", without it)'
EMBED = "(put it into the drawing itself)"
STILL = "(draw it still: it cannot be printed, and cannot be stopped on the web)"
ACTING = {
    "script": ("<script>alert(1)</script>", f"F013 the drawing holds a program (<script>) {WITHOUT}"),
    "prefixed script": (
        '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
        f"F013 the drawing holds a program (<script>) {WITHOUT}",
    ),
    "HTML script": (
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        f"F013 the drawing holds <script>, which is no drawing {WITHOUT}",
    ),
    "script of no name space": (
        '<script xmlns="">alert(1)</script>',
        f"F013 the drawing holds <script>, which is no drawing {WITHOUT}",
    ),
    "event": ('<path onclick="alert(1)"/>', f"F013 the drawing holds a program (onclick) {WITHOUT}"),
    "event in capitals": ('<path ONLOAD="alert(1)"/>', f"F013 the drawing holds a program (ONLOAD) {WITHOUT}"),
    "event in a name space": (
        '<path xmlns:s="http://www.w3.org/2000/svg" s:onload="alert(1)"/>',
        f"F013 the drawing holds a program (onload) {WITHOUT}",
    ),
    "XML event": (
        '<g xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click"/>',
        f"F013 the drawing holds a program (event) {WITHOUT}",
    ),
    "foreignObject": (
        '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">a</div></foreignObject>',
        "F013 the drawing holds text as HTML (<foreignObject>) (export it with its text as plain text "
        "(draw.io: turn off Formatted Text and Word Wrap, then export again))",
    ),
    "link": (
        '<a href="javascript:alert(1)"><text>a</text></a>',
        "F013 the drawing holds a link (<a>) (take the link out of the drawing and write it in the text)",
    ),
    "set": ('<rect><set attributeName="onclick" to="x"/></rect>', f"F013 the drawing holds movement (<set>) {STILL}"),
    "animate": (
        '<g id="x"/><animate href="#x" attributeName="href" values="javascript:x"/>',
        f"F013 the drawing holds movement (<animate>) {STILL}",
    ),
    "animation of a style": (
        '<path style="animation: turn 2s infinite"/>',
        "F013 the drawing holds movement (the style animation) (draw it still)",
    ),
    "use from elsewhere": (
        '<use xlink:href="https://example.org/a.svg#x"/>',
        f'F013 the drawing holds something from elsewhere ("https://example.org/a.svg#x") {EMBED}',
    ),
    "use of a data address": (
        '<use href="data:image/svg+xml;base64,PHN2Zz4=#x"/>',
        f'F013 the drawing holds something from elsewhere ("data:image/svg+xml;base64,PHN2Zz4=#x") {EMBED}',
    ),
    "picture from elsewhere": (
        '<image href="//example.org/a.png"/>',
        'F013 the drawing holds a picture from elsewhere ("//example.org/a.png") (embed the picture in the drawing)',
    ),
    "drawing in the drawing": (
        '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
        'F014 the drawing uses a picture of the kind "image/svg+xml" (put it in as PNG or JPEG, or draw it)',
    ),
    "url in a style": (
        '<path style="fill: url(https://example.org/a#b)"/>',
        f'F013 the drawing holds something from elsewhere ("https://example.org/a#b") {EMBED}',
    ),
    "escaped url in a style": (
        r'<path style="fill: u\72 l(https://example.org/a)"/>',
        f'F013 the drawing holds something from elsewhere ("https://example.org/a") {EMBED}',
    ),
    "url in an attribute": (
        '<path mask="url(&quot;https://example.org/a&quot;)"/>',
        f'F013 the drawing holds something from elsewhere ("https://example.org/a") {EMBED}',
    ),
    "import": (
        "<style>@import url(https://example.org/a.css);</style>",
        f"F013 the drawing holds @import in its style sheet {WITHOUT}",
    ),
    "escaped import": (
        r"<style>@\69mport 'https://example.org/a.css';</style>",
        f"F013 the drawing holds @import in its style sheet {WITHOUT}",
    ),
    "keyframes": (
        "<style>@keyframes a { from { opacity: 0 } }</style>",
        f"F013 the drawing holds @keyframes in its style sheet {WITHOUT}",
    ),
    "another base": (
        '<g xml:base="https://example.org/"><use href="#a"/></g>',
        f"F013 the drawing holds another address for what it loads (xml:base) {WITHOUT}",
    ),
    "style sheet from elsewhere": (
        '<?xml-stylesheet href="https://example.org/a.css"?>',
        f"F013 the drawing holds a style sheet from elsewhere {WITHOUT}",
    ),
}


@pytest.mark.parametrize(("part", "said"), ACTING.values(), ids=ACTING)
def test_what_acts_is_named_with_its_line(part: str, said: str) -> None:
    assert refused(inside(part)) == [f"2:1: {said}"]


ANEW = '(open it in a drawing program and export it as "plain SVG")'
FILES: dict[str, tuple[str | bytes, str]] = {
    "UTF-16": (inside("<script/>").encode("utf-16"), "1:1: F015 the drawing is not UTF-8 text (save it as UTF-8)"),
    "UTF-7": (
        '<?xml version="1.0" encoding="UTF-7"?>' + inside("+ADw-script+AD4-"),
        '1:1: F015 the drawing says that it is not UTF-8 but "UTF-7" (save it as UTF-8)',
    ),
    "declared UTF-16": (
        "<?xml version='1.0' encoding='utf-16'?>" + inside(""),
        '1:1: F015 the drawing says that it is not UTF-8 but "utf-16" (save it as UTF-8)',
    ),
    "Latin-1": (
        '<?xml version="1.0" encoding="iso-8859-1"?>\n' + inside("<text>på</text>"),
        '1:1: F015 the drawing says that it is not UTF-8 but "iso-8859-1" (save it as UTF-8)',
    ),
    "entities": (
        '<?xml version="1.0"?>\n<!DOCTYPE svg [\n<!ENTITY a "b">]>' + inside("&a;"),
        "2:1: F015 the drawing declares entities in its document type "
        '(export it as "plain SVG" (Illustrator: without "Preserve Illustrator Editing Capabilities"))',
    ),
    "entity of a named type": (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">\n' + inside("<text>&nbsp;</text>"),
        f"3:1: F015 the drawing is not well-formed XML: Entity 'nbsp' not defined {ANEW}",
    ),
    "document type of two lines": (
        '<!DOCTYPE svg PUBLIC "a"\n"b">\n' + inside("<script/>"),
        f"4:1: F013 the drawing holds a program (<script>) {WITHOUT}",
    ),
    "style sheet before it": (
        '<?xml-stylesheet href="a.css"?>\n' + inside(""),
        f"1:1: F013 the drawing holds a style sheet from elsewhere {WITHOUT}",
    ),
    "no name space": (
        '<svg width="2" height="2"/>',
        f'1:1: F015 the drawing is no SVG: it does not begin with <svg xmlns="{SVG}"> {ANEW}',
    ),
    "HTML": (
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        f'1:1: F015 the drawing is no SVG: it does not begin with <svg xmlns="{SVG}"> {ANEW}',
    ),
    "no size": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100%"/>',
        "1:1: F015 the drawing has no size (give <svg> a width and a height, or a viewBox)",
    ),
    "no width": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="0" viewBox="0 0 4 2"/>',
        "1:1: F015 the drawing has no size (give <svg> a width and a height, or a viewBox)",
    ),
    "no height": (
        '<svg xmlns="http://www.w3.org/2000/svg" height="0" viewBox="0 0 4 2"/>',
        "1:1: F015 the drawing has no size (give <svg> a width and a height, or a viewBox)",
    ),
    "endless size": (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1e999" height="1e999"/>',
        "1:1: F015 the drawing has no size (give <svg> a width and a height, or a viewBox)",
    ),
    "empty": ("", f"1:1: F015 the drawing is not well-formed XML: Document is empty {ANEW}"),
}


@pytest.mark.parametrize(("text", "said"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_drawing_is_told(text: str | bytes, said: str) -> None:
    assert refused(text) == [said]


@pytest.mark.parametrize("name", ["UTF-8", "utf8", "US-ASCII", "ascii"])
def test_a_drawing_may_say_that_it_is_utf_8(name: str) -> None:
    assert "<text>på</text>" in drawn(f'<?xml version="1.0" encoding="{name}"?>' + inside("<text>på</text>"))


@pytest.mark.parametrize("name", ["ISO-8859-15", "iso-8859-1", "latin1", "Latin-1", "windows-1252"])
def test_plain_letters_are_the_same_in_other_encodings(name: str) -> None:
    assert "<text>pa</text>" in drawn(f'<?xml version="1.0" encoding="{name}"?>' + inside("<text>pa</text>"))
    said = f'1:1: F015 the drawing says that it is not UTF-8 but "{name}" (save it as UTF-8)'
    assert refused(f'<?xml version="1.0" encoding="{name}"?>' + inside("<text>på</text>")) == [said]


def test_every_problem_is_told_once_and_five_at_most() -> None:
    assert [line.partition(" (")[0] for line in refused(inside("<script/>\n<script/>\n<a/>"))] == [
        "2:1: F013 the drawing holds a program",
        "3:1: F013 the drawing holds a program",
        "4:1: F013 the drawing holds a link",
    ]
    assert len(refused(inside("<script/>\n" * 9))) == 5


# --- what cannot be shown alike -----------------------------------------------------------------------------

STYLES = '(export it with its styles as "presentation attributes", or draw it without)'
PATHS = "(in your drawing program turn it into paths, or do without)"
LOST = {
    "flowed text": ("<flowRoot/>", "uses <flowRoot> (in Inkscape choose Text > Convert to Text, then save again)"),
    "unknown element": ("<tref/>", f"uses <tref> {PATHS}"),
    "unknown style": ('<path style="position: fixed"/>', f'uses the style "position: fixed" {STYLES}'),
    "expression": ('<path style="fill: expression(1)"/>', f'uses the style "fill: expression(…)" {STYLES}'),
    "clip of CSS": ('<path style="clip-path: circle(3px)"/>', f'uses the style "clip-path: circle(…)" {STYLES}'),
    "media": (
        "<style>@media (prefers-color-scheme: dark) { path { fill: white } }</style>",
        f"uses @media in its style sheet {STYLES}",
    ),
    "selector": ("<style>path:nth-child(2) { fill: red }</style>", f'uses the selector "path:nth-child(2)" in its '
                 f"style sheet {STYLES}"),
    "signs": (
        '<text font-family="Wingdings">ü</text>',
        'uses letters of the typeface "Wingdings", which are signs (turn them into paths)',
    ),
    "languages": (
        '<switch><g systemLanguage="nb"><path/></g></switch>',
        "uses a part for readers of one language (systemLanguage) (make one drawing per language)",
    ),
    "itself": (
        '<g id="a"><use href="#a"/></g>',
        "uses a part that refers to itself (draw it more simply, with fewer copies of copies)",
    ),
    "a GIF": (
        '<image href="data:image/gif;base64,R0lGODlh"/>',
        'uses a picture of the kind "image/gif" (put it in as PNG or JPEG, or draw it)',
    ),
    "a broken picture": (
        f'<image href="data:image/png;base64,{base64.b64encode(png()[:-20]).decode()}"/>',
        "uses a picture that is damaged or cut off (copy or save it anew from where it came)",
    ),
    "a picture cut off": (
        '<image href="data:image/png;base64,QUJD*"/>',
        "uses a picture that is cut off (embed the picture anew)",
    ),
    "blur": (
        '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><path style="filter:url(#f)"/>',
        "uses a filter, such as blur or shadow (take it away, or export the drawing as PNG)",
    ),
    "blur of CSS": ('<path style="filter: blur(2px)"/>', f'uses the style "filter: blur(…)" {STYLES}'),
    "a book": (
        f"<text>{'Hei ' * 2_501}</text>",
        "uses more than 10,000 letters (write them in the text)",
    ),
    "an odd path": ('<path d="M0 0 x"/>', 'uses d="M0 0 x" on <path> (write it anew in your drawing program)'),
    "an odd value": ('<rect x="url(#a)"/>', 'uses x="url(#a)" on <rect> (write it anew in your drawing program)'),
}


@pytest.mark.parametrize(("part", "said"), LOST.values(), ids=LOST)
def test_what_cannot_be_shown_alike_is_named(part: str, said: str) -> None:
    line = 1 if "letters (" in said else 2
    assert refused(inside(part)) == [f"{line}:1: F014 the drawing {said}"]


def test_letters_that_turn_the_direction_are_refused() -> None:
    assert refused(inside("<text>ab&#x202e;c</text>"))[0].startswith(
        "2:1: F001 the invisible control character U+202E"
    )


# --- honest drawings ----------------------------------------------------------------------------------------

INKSCAPE = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="40mm" height="20mm" viewBox="0 0 40 20" version="1.1" id="svg5"
   inkscape:version="1.2.2" sodipodi:docname="marits-hjem.svg" inkscape:export-filename="C:\\Users\\marit\\a.png"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg"
   xmlns:svg="http://www.w3.org/2000/svg" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <title>Marit</title>
  <sodipodi:namedview id="nv" pagecolor="#ffffff"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <metadata><rdf:RDF>Marit Hansen</rdf:RDF></metadata>
  <defs id="defs2">
    <linearGradient id="lg1"><stop style="stop-color:#2a6f97;stop-opacity:1" offset="0" id="s"/></linearGradient>
    <linearGradient inkscape:collect="always" xlink:href="#lg1" id="Øvre" x2="40" gradientUnits="userSpaceOnUse"/>
    <marker style="overflow:visible" id="Arrow" orient="auto"><path d="M 0,0 5,-5" style="fill:context-stroke"
      /></marker>
    <inkscape:path-effect effect="spiro" id="pe"/>
    <filter id="left-over"><feGaussianBlur stdDeviation="2"/></filter>
    <clipPath id="cp"><circle cx="14" cy="3" r="1"/></clipPath>
    <path id="unused" d="M 9,9"/>
  </defs>
  <g inkscape:label="Lag 1" inkscape:groupmode="layer" id="layer1" transform="translate(0,1)">
    <rect x="5" y="5" width="6" height="3" id="r" style="fill:url(#Øvre);stroke:#000000;-inkscape-stroke:none"/>
    <path d="M 6,2 H 10" style="stroke:#000;marker-end:url(#Arrow)" sodipodi:nodetypes="cc" clip-path="url(#cp)"/>
    <text xml:space="preserve" x="1" y="2" style="font-size:6px;line-height:1.25;font-family:Arial;white-space:pre"
      ><tspan sodipodi:role="line" style="font-weight:bold">Fastlegen  på vakt</tspan></text>
    <image width="4" height="2" xlink:href="data:image/png;base64,{base64.b64encode(png()).decode()}"/>
  </g>
  <g inkscape:label="Notater" inkscape:groupmode="layer" style="display:none"><text>Marit bor her</text></g>
</svg>
"""
ILLUSTRATOR = """<?xml version="1.0" encoding="iso-8859-1"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Lag_1" xmlns="http://www.w3.org/2000/svg" x="0px" y="0px" xmlns:i="http://ns.adobe.com/i/"
\t viewBox="0 0 100 50" style="enable-background:new 0 0 100 50;" xml:space="preserve">
<style type="text/css">
\t.st0{fill:#E30613;}
\t.st1{fill:none;stroke:#000000;stroke-miterlimit:10;}
\t.st2{font-family:'MyriadPro-Regular';} .st3{font-size:12px;}
\tg > .st0, #gone { opacity: 0.5 } path:hover { fill: blue }
\t@font-face { font-family: x; src: url(x.woff) }
</style>
<switch><foreignObject requiredExtensions="http://ns.adobe.com/i/" width="1" height="1"><i:pgfRef/></foreignObject>
<g i:extraneous="self"><rect class="st0" width="100" height="50"/><line class="st1 st0" x2="9"/></g></switch>
<i:pgf id="adobe_illustrator_pgf">eJzsvQ</i:pgf>
<text transform="matrix(1 0 0 1 8 9)" class="st2 st3" style="fill:#111!important">Hei</text>
</svg>
"""
LIBREOFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.2" width="21mm" height="29.7mm" viewBox="0 0 2100 2970" preserveAspectRatio="xMidYMid"
 fill-rule="evenodd" xmlns="http://www.w3.org/2000/svg" xmlns:ooo="http://xml.openoffice.org/svg/export"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:presentation="http://sun.com/xmlns/staroffice/presentation">
 <defs class="ClipPathGroup"><clipPath id="page" clipPathUnits="userSpaceOnUse"><rect width="2100" height="2970"/>
 </clipPath></defs>
 <defs><font id="EmbeddedFont_1" horiz-adv-x="2048"><font-face font-family="Liberation Sans embedded"/></font></defs>
 <defs class="TextShapeIndex"><g ooo:slide="id1" ooo:id-list="id3"/></defs>
 <defs class="EmbeddedBulletChars"><g id="bullet-char-template-57356"><path d="M 580,1141"/></g>
 <g id="bullet-char-template(8226)"><path d="M 8,1128"/></g></defs>
 <g class="SlideGroup"><g class="Slide" clip-path="url(#page)"><g class="Page"><g class="Graphic">
 <rect class="BoundingBox" stroke="none" fill="none" x="1" y="2" width="3" height="4"/>
 <use xlink:href="#bullet-char-template(8226)"/>
 <text class="SVGTextShape"><tspan class="TextParagraph" font-family="Liberation Sans, sans-serif" font-size="635px"
 ><tspan class="TextPosition" x="9" y="9"><tspan fill="rgb(0,0,0)" stroke="none">Venter</tspan></tspan></tspan></text>
 </g></g></g></g>
</svg>
"""
DRAW_IO = """<svg xmlns="http://www.w3.org/2000/svg" style="background: #ffffff; background-color: light-dark(#ffffff, \
var(--ge-dark-color, #121212)); color-scheme: light dark;" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" \
width="121px" height="61px" viewBox="-0.5 -0.5 121 61" content="&lt;mxfile host=&quot;marits-pc&quot;/&gt;"><defs/>\
<g><g data-cell-id="0"><rect x="0" y="0" width="120" height="60" fill="#ffffff" stroke="#000000" pointer-events="all" \
style="fill: light-dark(#ffffff, var(--ge-dark-color, #121212)); \
stroke: light-dark(rgb(0, 0, 0), rgb(255, 255, 255));"/>\
<g fill="light-dark(#000000, #ffffff)" font-family="&quot;Helvetica&quot;" text-anchor="middle" font-size="12px">\
<text x="59.5" y="34.5">Lege</text></g></g></g><switch>\
<g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/>\
<a transform="translate(0,-5)" xlink:href="https://www.drawio.com/doc/faq/svg-export-text-problems" target="_blank">\
<text text-anchor="middle" font-size="10px" x="50%" y="100%">Text is not SVG - cannot display</text></a></switch></svg>
"""
MATPLOTLIB = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="36pt" height="18pt" viewBox="0 0 36 18"
 xmlns="http://www.w3.org/2000/svg" version="1.1">
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
 <g id="figure_1"><path d="M 0 18 L 36 18 z" style="fill: none"/>
 <text style="font: italic 10px 'DejaVu Sans', sans-serif; text-anchor: middle" x="3" y="4"
 transform="rotate(-0 3 4)">2020</text></g>
</svg>
"""
ROUND = ' stroke-linecap="butt" stroke-linejoin="round"'
HONEST: dict[str, tuple[str, str]] = {
    "Inkscape": (
        INKSCAPE,
        '<svg xmlns="http://www.w3.org/2000/svg" width="151" height="76" viewBox="0 0 40 20"' + FACE + "<defs>"
        '<linearGradient id="p1"><stop offset="0" stop-color="#2a6f97" stop-opacity="1"/></linearGradient>'
        '<linearGradient x2="40" gradientUnits="userSpaceOnUse" href="#p1" id="p2"/>'
        '<marker orient="auto" overflow="visible" id="p4"><path d="M 0,0 5,-5" fill="context-stroke"/></marker>'
        '<clipPath id="p3"><circle cx="14" cy="3" r="1"/></clipPath></defs><g transform="translate(0,1)">'
        '<rect x="5" y="5" width="6" height="3" fill="url(#p2)" stroke="#000000"/>'
        '<path d="M 6,2 H 10" clip-path="url(#p3)" marker-end="url(#p4)" stroke="#000"/>'
        '<text x="1" y="2" font-size="6px" xml:space="preserve"><tspan font-weight="bold">Fastlegen  på vakt</tspan>'
        f'</text><image width="4" height="2" href="data:image/png;base64,{base64.b64encode(png()).decode()}"/></g>'
        "</svg>\n",
    ),
    "Illustrator": (
        ILLUSTRATOR,
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50"' + FACE + "<g><g>"
        '<rect width="100" height="50" fill="#E30613" opacity="0.5"/>'
        '<line x2="9" fill="none" opacity="0.5" stroke="#000000" stroke-miterlimit="10"/></g></g>'
        '<text fill="#111" font-size="12px" transform="matrix(1 0 0 1 8 9)" xml:space="preserve">Hei</text></svg>\n',
    ),
    "LibreOffice": (
        LIBREOFFICE,
        '<svg xmlns="http://www.w3.org/2000/svg" width="79" height="112" viewBox="0 0 2100 2970" '
        'preserveAspectRatio="xMidYMid" fill-rule="evenodd"' + FACE + '<defs><clipPath clipPathUnits="userSpaceOnUse" '
        'id="p1"><rect width="2100" height="2970"/></clipPath></defs><defs><g id="p2"><path d="M 8,1128"/></g></defs>'
        '<g><g clip-path="url(#p1)"><g><g><rect x="1" y="2" width="3" height="4" fill="none" stroke="none"/>'
        '<use href="#p2"/><text><tspan font-size="635px"><tspan x="9" y="9"><tspan fill="rgb(0,0,0)" stroke="none">'
        "Venter</tspan></tspan></tspan></text></g></g></g></g></svg>\n",
    ),
    "draw.io": (
        DRAW_IO,
        '<svg xmlns="http://www.w3.org/2000/svg" width="121" height="61" viewBox="-0.5 -0.5 121 61"' + FACE +
        '<rect x="-0.5" y="-0.5" width="121" height="61" fill="#ffffff"/><g><g>'
        '<rect x="0" y="0" width="120" height="60" fill="#ffffff" stroke="rgb(0, 0, 0)"/>'
        '<g fill="#000000" font-size="12px" text-anchor="middle"><text x="59.5" y="34.5">Lege</text></g></g></g>'
        "</svg>\n",
    ),
    "matplotlib": (
        MATPLOTLIB,
        f'<svg xmlns="http://www.w3.org/2000/svg" width="48" height="24" viewBox="0 0 36 18"{FACE[:-1]}{ROUND}>'
        f'<g{ROUND}><path d="M 0 18 L 36 18 z" fill="none"{ROUND}/><text x="3" y="4" font-size="10px" '
        f'font-style="italic"{ROUND} text-anchor="middle" transform="rotate(-0 3 4)">2020</text></g></svg>\n',
    ),
}


@pytest.mark.parametrize(("text", "said"), HONEST.values(), ids=HONEST)
def test_an_honest_drawing_is_written_anew(text: str, said: str) -> None:
    assert drawn(text) == said


@pytest.mark.parametrize("text", [text for text, _ in HONEST.values()], ids=HONEST)
def test_a_drawing_written_anew_is_written_the_same_again(text: str) -> None:
    once = drawn(text)
    assert drawn(once) == once


PARTS = {
    "dangling paint": ('<path fill="url(#no) #f00" stroke="url(#no)"/>', '<path fill="#f00" stroke="none"/>'),
    "dangling use": ('<use href="#no"/><path d="M0 0"/>', '<path d="M0 0"/>'),
    "old colour": ('<path fill="#f00 icc-color(x, 0.1)"/>', '<path fill="#f00"/>'),
    "two of one id": (
        '<g id="a"><path d="M1 1"/></g><g id="a"><path d="M2 2"/></g><use href="#a"/>',
        '<g id="p1"><path d="M1 1"/></g><g><path d="M2 2"/></g><use href="#p1"/>',
    ),
    "short forms": (
        '<path style="marker: url(#m); marker-end: none"/><marker id="m"><path/></marker>',
        '<path marker-end="none" marker-mid="url(#p1)" marker-start="url(#p1)"/><marker id="p1"><path/></marker>',
    ),
    "transform of CSS": (
        '<path style="transform: translate(2px, 3px) rotate(45deg)"/>',
        '<path transform="translate(2, 3) rotate(45)"/>',
    ),
    "weight of selectors": (
        "<style>path { fill: red } .a { fill: blue } #b { fill: green } * { fill: black }</style>"
        '<path fill="white" class="a" id="b"/><path class="a"/><path/><g/>',
        '<path fill="green"/><path fill="blue"/><path fill="red"/>',
    ),
    "hidden but in use": (
        '<g style="display:none"><path id="a" d="M0 0"/></g><use href="#a"/>',
        '<g display="none"><path d="M0 0" id="p1"/></g><use href="#p1"/>',
    ),
    "what is odd is told and the rest written": (
        '<path stroke="a" fill="red" style="stroke: b"/>',
        '<path fill="red" stroke="b"/>',
    ),
    "comments in an attribute": ('<path fill="rgb(1/**/,2,3)/**/"/>', '<path fill="rgb(1,2,3)"/>'),
    "lines in a sheet": (
        "<style>path { font: italic\n\t12px\n Arial }</style><path/>",
        '<path font-size="12px" font-style="italic"/>',
    ),
    "a picture without an address": ('<image href=" "/><image/><path/>', "<path/>"),
    "what refers to nothing": (
        "<use/><use href=' '/><text>a<textPath>b</textPath><textPath href=''>c</textPath></text>"
        "<pattern href='' id='a'/><path fill='url(#a)'/>",
        '<text>a</text><pattern id="p1"/><path fill="url(#p1)"/>',
    ),
    "spaces around a reference": (
        "<path fill=\"url(' #g ')\"/><linearGradient id='g'/>",
        '<path fill="url(#p1)"/><linearGradient id="p1"/>',
    ),
    "an address in a new and an old form": (
        '<path id="a" d="M0 0"/><path id="b" d="M1 1"/><use href=" #b " xlink:href="#a"/>',
        '<path d="M0 0"/><path d="M1 1" id="p1"/><use href="#p1"/>',
    ),
    "text on a path that is gone": ("<text>a<textPath href='#no'>b</textPath>c</text>", "<text>ac</text>"),
    "text with what is left out": (
        "<text>a<title>x</title>b<tspan>c</tspan>d<desc/>e<tspan>f</tspan> g</text>",
        "<text>ab<tspan>c</tspan>de<tspan>f</tspan> g</text>",
    ),
    "spaces that are kept": (
        '<g xml:space="preserve"><text> a<tspan xml:space="preserve"> b</tspan></text><text xml:space="default"/></g>',
        '<g><text xml:space="preserve"> a<tspan> b</tspan></text><text></text></g>',
    ),
    "for a program alone": (
        '<g requiredExtensions=" http://www.w3.org/1999/xhtml "><path/></g><g requiredExtensions="x"><path/></g>',
        "<g><path/></g>",
    ),
    "the first that is shown": (
        "<switch><title/><g requiredExtensions='x'/><path d='M1 1'/><path d='M2 2'/></switch>",
        '<g><path d="M1 1"/></g>',
    ),
    "others' elements and attributes": (
        '<x:a xmlns:x="urn:x" x:b="1"><path/></x:a><path xmlns:x="urn:x" x:onload="1" on="2" x:d="3"/>',
        "<path/>",
    ),
    "empty, unused and hidden": (
        "<defs><path/></defs><g><g/></g><symbol/><path display='none'/><text><tspan display='none'>a</tspan></text>"
        "<text display='none'>b</text><g display='inline'><path/></g>",
        '<text><tspan display="none">a</tspan></text><g><path/></g>',
    ),
    "spaces in numbers": ('<path d=" M1\n 2 "/>', '<path d="M1 2"/>'),
    "comment in a word": ("<text>Fast<!-- x -->legen <?x y?>her</text>", "<text>Fastlegen her</text>"),
    "accents and hyphens": ("<text>Go\u030a\u2011e\u0301\ufe0f</text>", "<text>Go\u030a-é</text>"),
    "signs that no font has": ("<text>a\u200db\ufe00c\ufe0fd\ufe10</text>", "<text>abcd\ufe10</text>"),
    "marked-up words": ("<text>&lt;b&gt; &amp; <![CDATA[<i>]]></text>", "<text>&lt;b&gt; &amp; &lt;i&gt;</text>"),
}


@pytest.mark.parametrize(("part", "said"), PARTS.values(), ids=PARTS)
def test_a_part_is_written_anew(part: str, said: str) -> None:
    face = FACE if "<text" in said else ">"
    extra = ' fill="black"' if "selectors" in part or "* {" in part else ""
    assert drawn(inside(part)) == f"{NEW}{extra}{face}{said}</svg>\n"


#: Every element with its own attributes, in the order they are written.
EVERY = (
    '<switch/>|<path d="M0 0z" pathLength="3"/>|<rect x="1" y="2" width="3" height="4" rx="5" ry="6" pathLength="7"/>'
    '|<circle cx="1" cy="2" r="3" pathLength="4"/>|<ellipse cx="1" cy="2" rx="3" ry="4" pathLength="5"/>'
    '|<line x1="1" y1="2" x2="3" y2="4" pathLength="5"/>|<polyline points="1,2 3,4" pathLength="5"/>'
    '|<polygon points="1,2 3,4" pathLength="5"/>'
    '|<symbol x="1" y="2" width="3" height="4" viewBox="0 0 1 1" preserveAspectRatio="none" refX="5" refY="6" id="p1">'
    '<svg x="1" y="2" width="3" height="4" viewBox="0 0 1 1" preserveAspectRatio="none"/></symbol>'
    '|<use x="1" y="2" width="3" height="4" href="#p1"/>'
    '|<path d="M0 0" id="p2"/>'
    '|<text x="1" y="2" dx="3" dy="4" rotate="5" textLength="6" lengthAdjust="spacing">a'
    '<tspan x="1" y="2" dx="3" dy="4" rotate="5" textLength="6" lengthAdjust="spacing">b</tspan>'
    '<textPath startOffset="1" method="align" spacing="auto" side="left" textLength="2" lengthAdjust="spacing" '
    'href="#p2">c</textPath></text>'
    '|<linearGradient x1="1" y1="2" x2="3" y2="4" gradientUnits="userSpaceOnUse" gradientTransform="scale(2)" '
    'spreadMethod="pad" id="p3"><stop offset="50%"/></linearGradient>'
    '|<radialGradient cx="1" cy="2" r="3" fx="4" fy="5" fr="6" gradientUnits="userSpaceOnUse" '
    'gradientTransform="scale(2)" spreadMethod="pad" href="#p3"/>'
    '|<pattern x="1" y="2" width="3" height="4" viewBox="0 0 1 1" preserveAspectRatio="none" '
    'patternUnits="userSpaceOnUse" patternContentUnits="userSpaceOnUse" patternTransform="scale(2)" id="p4"/>'
    '|<pattern href="#p4"/>'
    '|<clipPath clipPathUnits="userSpaceOnUse"/>'
    '|<mask x="1" y="2" width="3" height="4" maskUnits="userSpaceOnUse" maskContentUnits="userSpaceOnUse"/>'
    '|<marker viewBox="0 0 1 1" preserveAspectRatio="none" markerWidth="1" markerHeight="2" refX="3" refY="4" '
    'orient="auto" markerUnits="strokeWidth"/>'
)
#: Every property that shows.
PROPERTIES = """
alignment-baseline baseline-shift clip-path clip-rule color color-interpolation dominant-baseline fill fill-opacity
fill-rule font-size font-stretch font-style font-variant font-weight image-rendering isolation letter-spacing
marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order shape-rendering
stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit
stroke-opacity stroke-width text-anchor text-decoration text-rendering transform transform-origin vector-effect
visibility word-spacing writing-mode
"""
#: Elements that no browser shows in a picture by themselves.
SILENT = """
title desc metadata style filter font font-face glyph missing-glyph hkern vkern view cursor color-profile altGlyphDef
solidColor solidcolor mesh meshgradient meshpatch meshrow hatch hatchpath hatchPath path-effect namedview
"""


def test_every_element_and_attribute_is_written() -> None:
    there = EVERY.replace("|", "").replace("<switch/>", "")
    assert drawn(inside(EVERY.replace("|", ""))) == f"{NEW}{FACE}{there}</svg>\n"
    for each in EVERY.split("|")[1:]:
        assert drawn(inside(each.replace(">", ' new="1">', 1).replace('/ new="1">', ' new="1"/>'))).count("new") == 0


def test_every_property_is_written() -> None:
    path = "".join(f' {name}="a"' for name in PROPERTIES.split())
    assert drawn(inside(f"<path{path}/>")) == f"{NEW}><path{path}/></svg>\n"
    style = ";".join(f"{name}: a" for name in PROPERTIES.split())
    assert drawn(inside(f'<path style="{style}"/>')) == f"{NEW}><path{path}/></svg>\n"


def test_what_no_browser_shows_is_left_out() -> None:
    assert drawn(inside("".join(f"<{tag}/>" for tag in SILENT.split()))) == f"{NEW}/>\n"
    for nothing in ("none", "normal", "auto", "inherit", "initial", "unset", "revert", "0", "", " NONE ", "/**/ none"):
        assert drawn(inside(f'<path style="x: {nothing}"/>')) == f"{NEW}><path/></svg>\n"


@pytest.mark.parametrize(
    ("tags", "what"),
    [
        ("script handler listener", "a program"),
        ("animate set animateTransform animateMotion animateColor mpath discard", "movement"),
        ("audio video canvas iframe embed object unknown", "other media"),
    ],
)
def test_every_element_that_acts_is_named(tags: str, what: str) -> None:
    for tag in tags.split():
        assert refused(inside(f"<{tag}/>"))[0].startswith(f"2:1: F013 the drawing holds {what} (<{tag}>)")


#: A selector, and which of four it meets: `a` and `b` below a group, `c` in the group's own group, `d` outside.
SELECTORS = {
    "*": "abcd", "path": "abcd", "rect": "", ".x": "ac", ".x.y": "c", "#b": "b", "#b.x": "", "path#b": "b",
    "g path": "abc",
    "g > path": "abc", ".g > path": "ab", ".g path": "abc", "svg > path": "d", ":root > path": "d", "svg path": "abcd",
    ".g > g > path": "c", ".g > .x": "a", "svg > g path": "abc", "svg > .g > path": "ab", "g g > .x": "c",
    "#q path": "",
    ".x, #d": "acd", "path:hover": "", ".x:hover, #d": "d", ".x/**/": "ac", ":root path": "abcd", "g:root path": "",
}  # fmt: skip
FOUR = (
    '<g class="g"><path d="M1 1" class="x"/><path d="M2 2" id="b"/><g><path d="M3 3" class="y x"/></g></g>'
    '<path d="M4 4" id="d"/>'
)


@pytest.mark.parametrize(("selector", "painted"), SELECTORS.items())
def test_a_selector_meets_what_it_says(selector: str, painted: str) -> None:
    made = etree.fromstring(drawn(inside(f"<style>{selector} {{ stroke: red }}</style>{FOUR}")).encode())
    paths = made.iter(f"{{{SVG}}}path")
    assert "".join(name for name, path in zip("abcd", paths, strict=True) if path.get("stroke")) == painted


#: Two rules that meet one element: which of them wins.
WEIGHTS = {
    ".x { fill: a } path { fill: b }": "a",
    "#p { fill: a } .x.y { fill: b }": "a",
    ".x.y { fill: a } .x { fill: b }": "a",
    "g path { fill: a } path { fill: b }": "a",
    "* path { fill: a } path { fill: b }": "b",
    ":root path { fill: a } g path { fill: b }": "a",
    "path { fill: a } path { fill: b }": "b",
    "path { fill: a !important } #p { fill: b }": "a",
    ".x { fill: a } .y { fill: b }": "b",
    "g .x { fill: a } .x.y { fill: b }": "b",
    ":root .x { fill: a } .x.y { fill: b }": "b",
    "path { fill: a !important } path { fill: b !important }": "b",
    "path { fill: a; fill: b }": "b",
}


@pytest.mark.parametrize(("sheet", "won"), WEIGHTS.items())
def test_the_heavier_rule_wins(sheet: str, won: str) -> None:
    path = '<g><path id="p" class="x y" fill="c" d="M0 0"/></g>'
    assert f'fill="{won}"' in drawn(inside(f"<style>{sheet}</style>{path}"))
    two = [f"<style>{part}}}</style>" for part in sheet.split("}") if part]
    assert f'fill="{won}"' in drawn(inside("".join(two) + path))


def test_the_ground_of_a_drawing_is_painted() -> None:
    start = START.replace("viewBox", 'style="background: red; width: 9px; position: a; border-radius: 3px" viewBox')
    assert drawn(f"{start}<path/></svg>") == (
        f'{NEW}><rect x="0" y="0" width="20" height="10" fill="red"/><path/></svg>\n'
    )
    for nothing in ("transparent", "none", "Transparent"):
        start = START.replace("viewBox", f'style="background: {nothing}" viewBox')
        assert drawn(f"{start}<path/></svg>") == f"{NEW}><path/></svg>\n"


def test_limits_are_reached_and_not_passed() -> None:
    pairs = "(" * 16 + ")" * 16
    assert "nests too deeply" not in refused(inside(f'<path style="fill: {pairs}"/>'))[0]
    assert drawn(inside(f'<path style="fill: {"rgb(1, 2, 3) " * 20}"/>')).count("rgb(1, 2, 3)") == 20
    assert drawn(inside("<style>a b c d e path { fill: red }</style><path/>")) == f"{NEW}><path/></svg>\n"
    assert len(refused(inside(f'<image href="data:image/png;base64,{CODED}"/>' * 21))) == 1
    assert drawn(inside(f'<image href="data:image/png;base64,{CODED}"/>' * 20)).count("<image") == 20
    assert drawn(inside("<g>" * 98 + "<path/>" + "</g>" * 98)).count("<g>") == 98
    deep = refused(inside("<g>" * 99 + "<path/>" + "</g>" * 99))
    assert deep == [f"2:1: F015 the drawing nests deeper than 100 levels {ANEW}"]
    assert drawn(inside(f"<text>{'a' * 10_000}</text>"))
    assert "more than 10,000 letters" in refused(inside(f"<text>{'a' * 10_001}</text>"))[0]


@pytest.mark.parametrize("letters", ["a" * 998, f"{'a' * 498}<tspan/>{'a' * 499}"], ids=["in a row", "after a part"])
def test_copies_have_so_many_parts_and_no_more(letters: str) -> None:
    # The drawing itself, a text of 998 letters (or of 997 and a part), and 99 copies of it: 1 + 999 + 99 · 1,000.
    copies = f'<text id="t">{letters}</text>' + '<use href="#t"/>' * 99
    assert drawn(inside(copies)).count("<use") == 99
    assert refused(inside(copies + "<path/>")) == [
        "1:1: F014 the drawing uses copies of copies, more than 100,000 parts "
        "(draw it more simply, with fewer copies of copies)"
    ]


def test_copies_are_so_many_deep_and_no_deeper() -> None:
    # A group and what stands for the next: two levels each. What the last holds is on level 300.
    chain = "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(149))
    assert drawn(inside(chain + '<g id="c149"><path/></g>')).count("<use") == 149
    assert refused(inside(chain + '<g id="c149"><g><path/></g></g>')) == [
        "2:1: F014 the drawing uses copies of copies, too many deep "
        "(draw it more simply, with fewer copies of copies)"
    ]


def test_a_drawing_has_so_many_elements_and_no_more() -> None:
    assert drawn(inside("<desc/>" * 19_999)) == f"{NEW}/>\n"
    assert refused(inside("<desc/>" * 20_000)) == [
        "2:1: F015 the drawing has more than 20,000 elements (draw it more simply)"
    ]


def test_sheets_have_so_many_rules_and_no_more() -> None:
    sheet = "<style>a" + ",a" * 1_998 + "{ x: y }</style><style>%s { fill: red }</style><path/>"
    assert drawn(inside(sheet % "path")) == f'{NEW}><path fill="red"/></svg>\n'
    assert refused(inside(sheet % "path, a")) == [
        f"2:1: F014 the drawing uses more than 2,000 rules in its style sheets {STYLES}"
    ]


def test_sheets_are_held_to_so_many_elements_and_no_more() -> None:
    # 100 rules of one step cost 1 each; 99 of several cost as many as there are levels, 100: for 20 paths 200,000.
    sheet = "<style>.a" + ",.a" * 99 + ",x .a" * 99 + ",.b { fill: red }</style>\n"
    paths = sheet + "<g>" * 98 + '<path class="a"/>' * 19 + '<path class="%s"/>' + "</g>" * 98
    assert drawn(inside(paths % "a")).count('<path fill="red"/>') == 20
    assert refused(inside(paths % "a b")) == [
        f"3:1: F014 the drawing uses style sheets with too many rules for its many elements {STYLES}"
    ]


def test_its_own_style_wins_over_sheets() -> None:
    sheet = "<style>#p { fill: red; stroke: red !important }</style>"
    assert drawn(inside(f'{sheet}<path id="p" style="fill: blue; stroke: blue"/>')) == (
        f'{NEW}><path fill="blue" stroke="red"/></svg>\n'
    )


#: A style, and the attributes it is written as.
STYLED = {
    "font: 12px Arial": 'font-size="12px"',
    "font: italic small-caps bold 1.5em/2 a, b": 'font-size="1.5em" font-style="italic" font-variant="small-caps" '
    'font-weight="bold"',
    "font: oblique 300 9pt a": 'font-size="9pt" font-style="oblique" font-weight="300"',
    "font: 4000 9pt a": 'font-size="9pt"',
    "font: bolder 9pt a": 'font-size="9pt" font-weight="bolder"',
    "font: lighter 9pt a": 'font-size="9pt" font-weight="lighter"',
    "font: inherit": "",
    "display: inline": "",
    "FILL : red ; stroke:a  b": 'fill="red" stroke="a b"',
    "fill: RGBA(1, 2%, .3)": 'fill="rgba(1, 2%, .3)"',
    "fill: hsl( 1 2 / 3 )": 'fill="hsl(1 2 / 3)"',
    "fill: hsla(1,2,3,4)": 'fill="hsla(1,2,3,4)"',
    "fill: var(--x, #0aF)": 'fill="#0aF"',
    "fill: url( '#no' ) red": 'fill="red"',
    "transform: skewX(3deg) translateY(2px) scaleX(.5)": 'transform="skewX(3) translate(0, 2) scale(.5, 1)"',
    "transform: SKEWY(3DEG) TranslateX( 4PX ) scaleY(2)": 'transform="skewY(3) translate(4) scale(1, 2)"',
    "transform: MATRIX(1,0,0,1,2e1,3) SCALE(2) Rotate(3deg) TRANSLATE(1px, 2px)": 'transform="matrix(1,0,0,1,2e1,3) '
    'scale(2) rotate(3) translate(1, 2)"',
    "transform-origin: 50% 3px": 'transform-origin="50% 3"',
    "white-space: pre-wrap": 'xml:space="preserve"',
    "white-space: break-spaces": 'xml:space="preserve"',
    "white-space: nowrap": "",
    "background: red": "",
    "marker-end: a; marker: b; marker-mid: c; marker: d; marker-end: e": 'marker-end="e" marker-mid="d" '
    'marker-start="d"',
    "stroke: url(#no) red": 'stroke="red"',
    "fill: light-dark( red , blue )": 'fill="red"',
    "font: italic /* x */ 12px a": 'font-size="12px" font-style="italic"',
    "marker: none": 'marker-end="none" marker-mid="none" marker-start="none"',
    "filter: none": "",
    "stroke: a; /* x */ fill: b": 'fill="b" stroke="a"',
    "mso-x: 1; -x: 2; animation-delay: 1s; transition-delay: 1s; line-height: 2; outline: 1px": "",
    "fill: red; fill: blue !important; fill: green": 'fill="blue"',
}


@pytest.mark.parametrize(("style", "said"), STYLED.items())
def test_a_style_is_written_as_attributes(style: str, said: str) -> None:
    assert drawn(inside(f'<path style="{style}"/>')) == f"{NEW}><path{said and ' ' + said}/></svg>\n"


CODED = base64.b64encode(png()).decode()
ELSEWHERE = "put it into the drawing itself"
#: As many letters as are told of what somebody wrote.
LONG = "a" * 40
#: A style that cannot be written, and what is said of it.
UNSTYLED = {
    "transition: all 1s": "F013 the drawing holds movement (the style transition) (draw it still)",
    "behavior: a": "F013 the drawing holds movement (the style behavior) (draw it still)",
    "font: 12px": f'F014 the drawing uses the style "font: 12px" {STYLES}',
    "font: 12px Wingdings": 'F014 the drawing uses letters of the typeface "Wingdings", which are signs '
    "(turn them into paths)",
    "font-family: 'Emoji', Arial": 'F014 the drawing uses letters of the typeface "Emoji", which are signs '
    "(turn them into paths)",
    "width: 3px": f'F014 the drawing uses the style "width: 3px" {STYLES}',
    "fill: rotate(a)": f'F014 the drawing uses the style "fill: rotate(…)" {STYLES}',
    "fill: a 'b'": f"""F014 the drawing uses the style "fill: "b"" {STYLES}""",
    "sizes: 1": f'F014 the drawing uses the style "sizes: 1" {STYLES}',
    "transform: rotate(.5turn)": f'F014 the drawing uses the style "transform: rotate(.5turn)" {STYLES}',
    "transform: translate(1px, 2%)": f'F014 the drawing uses the style "transform: translate(1px, 2%)" {STYLES}',
    r"fill: a\3b b": rf'F014 the drawing uses the style "fill: a\;b" {STYLES}',
    r"fill: #a\3b f": rf'F014 the drawing uses the style "fill: #a\;f" {STYLES}',
    r"stroke-width: 1p\3bx": rf'F014 the drawing uses the style "stroke-width: 1p\;x" {STYLES}',
    f"fill: url({LONG}a)": f'F013 the drawing holds something from elsewhere ("{LONG}") ({ELSEWHERE})',
    f"x: {LONG}a": f'F014 the drawing uses the style "x: {LONG}" {STYLES}',
    f"fill: '{LONG}'": f"""F014 the drawing uses the style "fill: "{LONG[1:]}" {STYLES}""",
    f"font: {LONG}a": f'F014 the drawing uses the style "font: {LONG}" {STYLES}',
    f"transform: rotate(1em){LONG}": f'F014 the drawing uses the style "transform: rotate(1em){LONG[11:]}" {STYLES}',
    f"font-family: symbol{LONG}": f'F014 the drawing uses letters of the typeface "symbol{LONG[6:]}", which are signs '
    "(turn them into paths)",
    "@a b;": f"F014 the drawing uses @a in a style {STYLES}",
    "fill: var(--x)": f'F014 the drawing uses the style "fill: var(…)" {STYLES}',
    "fill: url('a' 'b')": f'F014 the drawing uses the style "fill: url(…)" {STYLES}',
    "fill: src('a')": f'F013 the drawing holds something from elsewhere ("a") ({ELSEWHERE})',
    "fill: " + "(" * 17: f"F014 the drawing uses a style that nests too deeply {STYLES}",
    "fill: '" + "a" * 2_000 + "'": f'F014 the drawing uses a very long style "fill" {STYLES}',
}


@pytest.mark.parametrize(("style", "said"), UNSTYLED.items())
def test_a_style_that_cannot_be_written_is_named(style: str, said: str) -> None:
    assert refused(inside(f'<path style="{style}"/>')) == [f"2:1: {said}"]


#: A sheet that cannot be carried over, and what is said of it.
SHEETS = {
    "\n\n@page x; @charset 'x'; @namespace x; path { fill: red }\n@supports x {}": (
        4,
        f"uses @supports in its style sheet {STYLES}",
    ),
    "a b c d e f g { x: y }": (1, f'uses the selector "a b c d e f g" in its style sheet {STYLES}'),
    "a + b { x: y }": (1, f'uses the selector "a + b" in its style sheet {STYLES}'),
    "{ x: y }": (1, f"uses a rule without a selector in its style sheet {STYLES}"),
    f"{LONG}:b {{ x: y }}": (1, f'uses the selector "{LONG}" in its style sheet {STYLES}'),
    "\n\n" + "(" * 17: (1, f"uses a style that nests too deeply {STYLES}"),
    "a { @b c; }": (1, f"uses @b in a style {STYLES}"),
}


@pytest.mark.parametrize(("sheet", "said"), SHEETS.items())
def test_a_sheet_that_cannot_be_carried_over_is_named(sheet: str, said: tuple[int, str]) -> None:
    assert refused(inside(f"<style>{sheet}</style>")) == [f"{said[0] + 1}:1: F014 the drawing {said[1]}"]


def test_sheets_of_another_kind_and_for_paper() -> None:
    assert drawn(inside('<style type="text/less">path { fill: red }</style><path/>')) == f"{NEW}><path/></svg>\n"
    said = '<path fill="red"/></svg>\n'
    for kind in ('type=" Text/CSS "', 'type=""', 'media=" Screen "', 'media="all"', 'media=""'):
        assert drawn(inside(f"<style {kind}>path {{ fill: red }}</style><path/>")) == f"{NEW}>{said}"
    assert refused(inside('<style media="print">path { fill: red }</style>')) == [
        f'2:1: F014 the drawing uses a style sheet for "print" {PATHS}'
    ]


def test_a_picture_inside_is_published_like_any_other() -> None:
    out = io.BytesIO()
    photo = Image.new("RGB", (4, 2), (9, 9, 9))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Marits telefon"
    photo.save(out, "JPEG", exif=exif)
    coded = base64.b64encode(out.getvalue()).decode()
    made = etree.fromstring(drawn(inside(f'<image href="data:image/jpg;base64,{coded}"/>')).encode())
    address = made[0].get("href")
    assert address.startswith("data:image/jpeg;base64,")
    shown = base64.b64decode(address.partition(",")[2])
    assert b"Marit" not in shown
    assert Image.open(io.BytesIO(shown)).size == (2, 4)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="10mm" height="5mm"', (38, 19)),
        ('viewBox="0 0 24 12"', (24, 12)),
        ('width="100%" height="100%" viewBox="0,0,24,12"', (24, 12)),
        ('width="48" viewBox="0 0 24 12"', (48, 24)),
        ('width="0.2" height="0.2"', (1, 1)),
        ('width="51500" height="5150"', (4000, 400)),
        ('width="5150" height="51500"', (400, 4000)),
        ('width="4000" height="0.3"', (4000, 1)),
        ('width="9000" height="1"', (4000, 1)),
        ('height="48" viewBox="0 0 24 12"', (96, 48)),
        ('width="30" height="40" viewBox="0 0 0 12"', (30, 40)),
        ('width="30" height="40" viewBox="0 0 1 1e999"', (30, 40)),
        ('width="1in" height="1pc"', (96, 16)),
        ('width="9pt" height="2cm"', (12, 76)),
        ('width="2em" height="3rem"', (32, 48)),
        ('width="4ex" height=" +5e1px "', (32, 50)),
    ],
)
def test_the_size_is_that_of_the_page(attributes: str, size: tuple[int, int]) -> None:
    found, _ = svg.read("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    assert found
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    ("attributes", "view"),
    [
        ('width="20" height="10"', "0 0 20 10"),
        ('width="10mm" height="1in"', "0 0 37.7953 96"),
        ('width="30" height="40" viewBox="0 0 0 12"', "0 0 30 40"),
        ('width="30" height="40" viewBox="0 0 .5 1"', "0 0 .5 1"),
        ('width="0.5" height="10"', "0 0 0.5 10"),
        ('width="51500" height="5150"', "0 0 51500 5150"),
        ('width="9" height="9" viewBox="1 2 3 4"', "1 2 3 4"),
    ],
)
def test_what_is_drawn_fills_its_frame(attributes: str, view: str) -> None:
    found, _ = svg.read("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())
    assert found
    assert f' viewBox="{view}"'.encode() in found.data


def test_letters_are_told_with_their_lines() -> None:
    found, _ = svg.read("a.svg", inside("<text>Hei\n<tspan>du</tspan> der</text>\n<title>x</title>").encode())
    assert found
    assert found.letters == ((2, "Hei\n der"), (3, "du"))
    found, _ = svg.read("a.svg", inside("<text> <tspan>du</tspan>\n<tspan/></text><text/>").encode())
    assert found
    assert found.letters == ((2, "du"),)


# --- time ---------------------------------------------------------------------------------------------------

GROUPS = "".join(f'<g id="g{n}">{f"<use href=#g{n + 1}#/>" * 10}</g>'.replace("#g", '"#g').replace("#/", '"/')
                 for n in range(20))
COSTLY = {
    "document types": "<!doctype " * 90_000,
    "document types in capitals": "<!DOCTYPE " * 90_000,
    "quotation marks in a document type": '<!DOCTYPE "' + "'\"" * 400_000,
    "comments": "<!--" * 200_000,
    "depth": START + "<g>" * 300_000,
    "depth that ends": inside("<g>" * 101 + "</g>" * 101),
    "many elements": inside("<g/>" * 200_000),
    "many attributes": inside("<g " + " ".join(f'a{n}="1"' for n in range(80_000)) + "/>"),
    "copies of words": inside(f'<text id="t">{"Hei " * 2_000}</text>' + '<use href="#t"/>' * 9_000),
    "copies of copies": inside(GROUPS + '<g id="g20"><path/></g>'),
    "chain of copies": inside("".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(4_000))),
    "brackets in a style": inside('<path style="' + "fill:(" * 100_000 + '"/>'),
    "brackets in a sheet": inside("<style>" + "{" * 800_000 + "</style>"),
    "sheets against elements": inside(
        "<style>" + "a b > g g .a { fill: red }" * 1_900 + "</style>" + "<g>" * 90 + '<path class="a"/>' * 9_000
        + "</g>" * 90
    ),
}


@pytest.mark.build
@pytest.mark.parametrize("text", COSTLY.values(), ids=COSTLY)
def test_a_drawing_that_would_take_long_is_one_problem(text: str) -> None:
    assert len(refused(text)) == 1
