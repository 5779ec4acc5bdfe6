"""What a drawing may hold: elements and their attributes, bounds, and what is said of all else."""

from __future__ import annotations

import re

from samspill.tokens import TOKENS

#: Elements, levels and pictures of a drawing, and what it may grow to when everything it repeats is counted.
MAX_ELEMENTS = 20_000
MAX_DEPTH = 100
MAX_ATTRIBUTES = 250
MAX_PICTURES = 20
MAX_LETTERS = 10_000
MAX_WEIGHT = 100_000
MAX_SIDE = 4_000
#: Problems told of one drawing.
MAX_PROBLEMS = 5
#: The typeface of every letter, and what a browser without it takes.
TYPEFACE = f"{TOKENS.sans.name}, {TOKENS.sans.fallback[-1]}"

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"
#: Name spaces whose elements and attributes mean something to a browser.
ACTING = (XHTML, "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2001/xml-events")

_BOX = ("x", "y", "width", "height")
_VIEW = ("viewBox", "preserveAspectRatio")
_LETTERS = ("x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust")
_GRADIENT = ("gradientUnits", "gradientTransform", "spreadMethod")
#: Element → its own attributes, in the order they are written. A reference (`href`) is read apart.
ELEMENTS: dict[str, tuple[str, ...]] = {
    "svg": (*_BOX, *_VIEW),
    "g": (),
    "defs": (),
    "switch": (),
    "symbol": (*_BOX, *_VIEW, "refX", "refY"),
    "use": _BOX,
    "image": (*_BOX, "preserveAspectRatio"),
    "path": ("d", "pathLength"),
    "rect": (*_BOX, "rx", "ry", "pathLength"),
    "circle": ("cx", "cy", "r", "pathLength"),
    "ellipse": ("cx", "cy", "rx", "ry", "pathLength"),
    "line": ("x1", "y1", "x2", "y2", "pathLength"),
    "polyline": ("points", "pathLength"),
    "polygon": ("points", "pathLength"),
    "text": _LETTERS,
    "tspan": _LETTERS,
    "textPath": ("startOffset", "method", "spacing", "side", "textLength", "lengthAdjust"),
    "linearGradient": ("x1", "y1", "x2", "y2", *_GRADIENT),
    "radialGradient": ("cx", "cy", "r", "fx", "fy", "fr", *_GRADIENT),
    "stop": ("offset",),
    "pattern": (*_BOX, *_VIEW, "patternUnits", "patternContentUnits", "patternTransform"),
    "clipPath": ("clipPathUnits",),
    "mask": (*_BOX, "maskUnits", "maskContentUnits"),
    "marker": (*_VIEW, "markerWidth", "markerHeight", "refX", "refY", "orient", "markerUnits"),
}
REFERRING = frozenset({"use", "textPath", "linearGradient", "radialGradient", "pattern"})
OF_TEXT = frozenset({"text", "tspan", "textPath"})
#: Elements that no browser shows in a picture by themselves.
UNSEEN = frozenset(
    {
        "title", "desc", "metadata", "style", "filter", "font", "font-face", "glyph", "missing-glyph", "hkern", "vkern",
        "view",
        "cursor", "color-profile", "altGlyphDef", "solidColor", "solidcolor", "mesh", "meshgradient", "meshpatch",
        "meshrow", "hatch", "hatchpath", "hatchPath", "path-effect", "namedview",
    }
)
#: What to do about what is wrong.
ANEW = 'open it in a drawing program and export it as "plain SVG"'
STYLES = 'export it with its styles as "presentation attributes", or draw it without'
PATHS = "in your drawing program turn it into paths, or do without"
PLAIN = 'in your drawing program export it as "plain SVG", without it'
FLOWED = "in Inkscape choose Text > Convert to Text, then save again"
#: Elements that act, with what to say and what to do.
ACTIVE: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("script", "handler", "listener"), ("a program", PLAIN)),
    **dict.fromkeys(
        ("animate", "set", "animateTransform", "animateMotion", "animateColor", "mpath", "discard"),
        ("movement", "draw it still: it cannot be printed, and cannot be stopped on the web"),
    ),
    **dict.fromkeys(("audio", "video", "canvas", "iframe", "embed", "object", "unknown"), ("other media", PLAIN)),
    "foreignObject": (
        "text as HTML",
        "export it with its text as plain text (draw.io: turn off Formatted Text and Word Wrap, then export again)",
    ),
    "a": ("a link", "take the link out of the drawing and write it in the text"),
}
#: Attributes that are no properties and are read on their own.
READ_APART = frozenset({"style", "class", "id", "d", "points", "href", f"{{{XLINK}}}href"})

#: What an attribute may hold: of most elements, where something is moved, and on a path.
WORDS = re.compile(r"[A-Za-z0-9_.,%+\s-]*")
TRANSFORM = re.compile(r"[A-Za-z0-9.,+\s()-]*")
PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9.,+\s-]*")
