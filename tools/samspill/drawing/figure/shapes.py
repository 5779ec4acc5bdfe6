"""The shapes of figures: lines, circles, boxes and lines of text, in the colour of the text."""

from __future__ import annotations

from collections.abc import Sequence

from samspill.drawing.frame import Frame
from samspill.drawing.geometry import Box, n
from samspill.drawing.lettering import lines_of
from samspill.markup import Markup, shape, tag
from samspill.typeface.glyphs import other_family

#: Names of the three strands in the style sheet, and a plain one: as many as a matrix has rows at most.
STRANDS = ("fjord", "lingon", "moss", "plain")


def lines_in(frame: Frame, label: str, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return a label in lines of at most a width."""
    return lines_of(label, frame.size, width, bold)


def height_of(frame: Frame, lines: Sequence[str]) -> float:
    """Return how high lines of text stand."""
    return len(lines) * frame.size * frame.leading


def stacked(
    blocks: Sequence[Sequence[str]], frame: Frame, *, least: float, between: float, start: float
) -> tuple[list[float], float]:
    """Return the middle of each block of lines set one below the other, and where the last one ends."""
    places: list[float] = []
    # The first mark stands at its place however many lines its words take.
    y = start - least / 2
    for lines in blocks:
        high = max(height_of(frame, lines), least)
        places.append(y + high / 2)
        y += high + between
    return places, y - between


def text(
    frame: Frame,
    lines: Sequence[str],
    x: float,
    y: float,
    *,
    anchor: str = "middle",
    name: str = "map-label",
    bold: bool = False,
) -> Markup:
    """Return lines of text, centred on a height by the height of the letters."""
    step = frame.size * frame.leading
    first = y - step * (len(lines) - 1) / 2 + frame.size * 0.34
    return Markup("").join(
        tag(
            "text",
            line,
            x=n(x),
            y=n(first + step * index),
            class_=f"{name} map-other" if other_family(line) else name,
            text_anchor=anchor,
            font_weight="700" if bold else None,
        )
        for index, line in enumerate(lines)
    )


def line(path: str, name: str, width: float) -> Markup:
    """Return a line along a path, with round ends."""
    return shape(
        "path",
        d=path,
        class_=name,
        fill="none",
        stroke="currentColor",
        stroke_width=n(width),
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def circle(x: float, y: float, radius: float, name: str, width: float) -> Markup:
    """Return a circle, empty."""
    return shape(
        "circle",
        cx=n(x),
        cy=n(y),
        r=n(radius),
        class_=name,
        fill="none",
        stroke="currentColor",
        stroke_width=n(width),
    )


def rectangle(box: Box, name: str, tint: str | None = None) -> Markup:
    """Return a box, empty or tinted with the colour of the text to a part of one."""
    return shape(
        "rect",
        x=n(box.x - box.width / 2),
        y=n(box.y - box.height / 2),
        width=n(box.width),
        height=n(box.height),
        rx=n(box.radius),
        class_=name,
        fill="currentColor" if tint else "none",
        fill_opacity=tint,
        stroke="currentColor",
        stroke_width="1.5",
    )
