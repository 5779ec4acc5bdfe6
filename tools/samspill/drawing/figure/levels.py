"""Levels: layers that rest on each other."""

from __future__ import annotations

from samspill.drawing.figure.canvas import Canvas, canvas
from samspill.drawing.figure.shapes import STRANDS, height_of, line, lines_in, rectangle, text
from samspill.drawing.frame import Frame
from samspill.drawing.geometry import Box, n
from samspill.markup import Markup


def levels(frame: Frame, labels: list[str]) -> Canvas:
    """Layers from the top, each resting on a wider one by three strands."""
    count = len(labels)
    widest = frame.width - (8 if frame.tall else 60)
    step = min(20.0 if frame.tall else 60.0, (64.0 if frame.tall else 180.0) / max(count - 1, 1))
    gap = 16.0
    widths = [widest - 2 * step * (count - 1 - index) for index in range(count)]
    blocks = [lines_in(frame, label, width - 32) for label, width in zip(labels, widths, strict=True)]
    high = max(height_of(frame, lines) for lines in blocks) + (28 if frame.tall else 32)
    middle = frame.width / 2
    shapes: list[Markup] = []
    for index, (lines, width) in enumerate(zip(blocks, widths, strict=True)):
        y = 2 + index * (high + gap) + high / 2
        tint = f"{0.04 + 0.11 * (index / (count - 1) if count > 1 else 1):.2f}"
        if index:
            shapes += [
                line(f"M{n(middle + at)} {n(y - high / 2 - gap + 4)}v{n(gap - 8)}", f"figure-strand--{name}", 2.5)
                for name, at in zip(STRANDS[:3], (-28, 0, 28), strict=True)
            ]
        shapes += [
            rectangle(Box(middle, y, width, high, 12), "figure-layer", tint),
            text(frame, lines, middle, y),
        ]
    return canvas(frame, shapes, 0, count * (high + gap) - gap + 4)
