"""The canvas of a figure, for screen and for paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from samspill.drawing.frame import Frame
from samspill.drawing.geometry import n
from samspill.markup import Markup, tag
from samspill.tokens import TOKENS

#: What the style sheet of the site does on screen, for paper.
_INKS = TOKENS.drawing
_PRINT = (
    f".figure-disc,.map-node{{fill:{_INKS.card}}}.map-person{{fill:{_INKS.person}}}"
    f".figure-core,.figure-number{{fill:{_INKS.ink}}}.figure-core{{stroke:none}}"
)
#: The typesetter sets a line of a drawing in one family; a browser finds each letter itself.
_OTHER = f".map-other{{font-family:{TOKENS.names.name}}}"


@dataclass(frozen=True)
class Canvas:
    """What has been drawn, and the rectangle it fills."""

    shapes: tuple[Markup, ...]
    left: float
    top: float
    width: float
    height: float


def canvas(frame: Frame, shapes: Sequence[Markup], top: float, bottom: float, left: float = 0.0) -> Canvas:
    """Return what has been drawn between two heights, in whole units."""
    return Canvas(tuple(shapes), left, math.floor(top), frame.width, math.ceil(bottom) - math.floor(top))


def _view(canvas: Canvas) -> str:
    return f"{n(canvas.left)} {n(canvas.top)} {n(canvas.width)} {n(canvas.height)}"


def on_screen(frame: Frame, canvas: Canvas) -> Markup:
    """Return the drawing as a part of a page, which gives it its colours."""
    return tag(
        "svg",
        Markup("").join(canvas.shapes),
        class_=f"map map--{'tall' if frame.tall else 'wide'}",
        viewBox=_view(canvas),
        aria_hidden="true",
        focusable="false",
        font_size=n(frame.size),
        fill="currentColor",
    )


def on_paper(frame: Frame, canvas: Canvas) -> Markup:
    """Return the drawing in black and greys on white, as a file of its own."""
    shapes = Markup("").join(canvas.shapes)
    return tag(
        "svg",
        tag("style", _PRINT + (_OTHER if "map-other" in shapes else "")) + shapes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=_view(canvas),
        width=n(canvas.width),
        height=n(canvas.height),
        font_family=TOKENS.sans.name,
        font_size=n(frame.size),
        color=_INKS.ink,
        fill=_INKS.ink,
    )
