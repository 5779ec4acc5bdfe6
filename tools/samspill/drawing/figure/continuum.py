"""A continuum: points on a line from one end to the other."""

from __future__ import annotations

from samspill.drawing.figure.canvas import Canvas, canvas
from samspill.drawing.figure.shapes import circle, height_of, line, lines_in, stacked, text
from samspill.drawing.frame import Frame
from samspill.drawing.geometry import n
from samspill.markup import Markup, shape


def continuum_wide(frame: Frame, labels: list[str]) -> Canvas:
    """Points on a level line; six or more have their words below and above in turn."""
    count, radius = len(labels), 11.0
    staggered = count > 5
    margin = 75.0 if staggered else frame.width / count / 2
    step = (frame.width - 2 * margin) / max(count - 1, 1)
    room = min(2 * step - 14, 2 * margin) if staggered else min(frame.width / count - 16, 190)
    shapes = [line(f"M4 0H{n(frame.width - 4)}", "figure-line", 1.5)]
    top = bottom = 0.0
    for index, label in enumerate(labels):
        x, lines = margin + index * step, lines_in(frame, label, room)
        side = -1 if staggered and index % 2 else 1
        high = height_of(frame, lines)
        y = side * (radius + 13 + high / 2)
        shapes += [_point(x, 0, radius, index, count), text(frame, lines, x, y)]
        top, bottom = min(top, y - high / 2), max(bottom, y + high / 2)
    return canvas(frame, shapes, min(top, -radius) - 8, bottom + 4)


def continuum_tall(frame: Frame, labels: list[str]) -> Canvas:
    """Points on an upright line, their words beside it."""
    radius, x, words = 11.0, 20.0, 46.0
    blocks = [lines_in(frame, label, frame.width - words - 4) for label in labels]
    places, bottom = stacked(blocks, frame, least=2 * radius, between=24.0, start=18.0)
    shapes = [line(f"M{n(x)} 2V{n(bottom + 16)}", "figure-line", 1.5)]
    for index, (lines, y) in enumerate(zip(blocks, places, strict=True)):
        shapes += [_point(x, y, radius, index, len(labels)), text(frame, lines, words, y, anchor="start")]
    return canvas(frame, shapes, 0, bottom + 18)


def _point(x: float, y: float, radius: float, index: int, count: int) -> Markup:
    """Return a point; its core grows along the line."""
    core = 2.5 + 5.0 * (index / (count - 1) if count > 1 else 1)
    return circle(x, y, radius, "figure-disc", 2) + shape(
        "circle", cx=n(x), cy=n(y), r=n(core), class_="figure-core"
    )
