"""A cycle: numbered steps that lead back to the first."""

from __future__ import annotations

import math

from samspill.drawing.figure.canvas import Canvas, canvas
from samspill.drawing.figure.shapes import circle, height_of, line, lines_in, stacked, text
from samspill.drawing.frame import Frame
from samspill.drawing.geometry import Point, n
from samspill.markup import Markup


def cycle_wide(frame: Frame, labels: list[str]) -> Canvas:
    """Numbered steps in a ring, clockwise from the top, their words outside it."""
    count, disc = len(labels), 17.0
    ring = 96.0 + 6 * count
    middle = frame.width / 2
    gap = (disc + 8) / ring
    shapes: list[Markup] = []
    top, bottom = -ring - disc, ring + disc
    for index, label in enumerate(labels):
        angle = -math.pi / 2 + math.tau * index / count
        x, y = middle + ring * math.cos(angle), ring * math.sin(angle)
        shapes += [_arc(middle, ring, angle + gap, angle + math.tau / count - gap), _number(frame, index, x, y, disc)]
        if abs(math.cos(angle)) < 0.2:
            side, anchor, at = 0.0, "middle", middle
            lines = lines_in(frame, label, 260)
            high = height_of(frame, lines)
            off = math.copysign(disc + 10 + high / 2, math.sin(angle))
        else:
            side = math.copysign(1.0, math.cos(angle))
            anchor, at = ("start" if side > 0 else "end"), x + side * (disc + 11)
            lines = lines_in(frame, label, min(middle - abs(at - middle) - 4, 190))
            high = height_of(frame, lines)
            # Words well above or below the middle give way outwards, so that the ring passes clear of them.
            away = max(abs(math.sin(angle)) - 0.35, 0) / 0.65
            off = math.copysign(away * high / 2, math.sin(angle))
        shapes.append(text(frame, lines, at, y + off, anchor=anchor))
        top, bottom = min(top, y + off - high / 2), max(bottom, y + off + high / 2)
    return canvas(frame, shapes, top - 6, bottom + 6)


def _arc(middle: float, ring: float, start: float, end: float) -> Markup:
    (x0, y0), (x1, y1) = (
        (middle + ring * math.cos(a), ring * math.sin(a)) for a in (start, end)
    )
    large = int(end - start > math.pi)
    path = f"M{n(x0)} {n(y0)}A{n(ring)} {n(ring)} 0 {large} 1 {n(x1)} {n(y1)}"
    # The arrow follows the curve it ends, not its tangent.
    return line(path + _arrow((x1, y1), end + math.pi / 2 - 4 / ring), "figure-way", 2)


def cycle_tall(frame: Frame, labels: list[str]) -> Canvas:
    """Numbered steps downwards with their words beside them, and a way back up on the left."""
    disc, back, x, words = 15.0, 19.0, 71.0, 99.0
    turn = (x - back) / 2
    blocks = [lines_in(frame, label, frame.width - words - 4) for label in labels]
    places, _ = stacked(blocks, frame, least=2 * disc, between=30.0, start=turn + disc + 16)
    shapes: list[Markup] = []
    for index, (lines, y) in enumerate(zip(blocks, places, strict=True)):
        shapes += [_number(frame, index, x, y, disc), text(frame, lines, words, y, anchor="start")]
        if index + 1 < len(places):
            end = places[index + 1] - disc - 6
            shapes.append(
                line(f"M{n(x)} {n(y + disc + 6)}V{n(end)}" + _arrow((x, end), math.pi / 2), "figure-way", 2)
            )
    first, last = places[0] - disc - 6, places[-1] + disc + 6
    around = f"A{n(turn)} {n(turn)} 0 0 1"
    up = f"M{n(x)} {n(last)}{around} {n(back)} {n(last)}V{n(first - 4)}"
    down = f"{around} {n(x)} {n(first - 4)}V{n(first)}"
    shapes.append(line(up + down + _arrow((x, first), math.pi / 2), "figure-way", 2))
    below = places[-1] + height_of(frame, blocks[-1]) / 2
    return canvas(frame, shapes, min(0.0, places[0] - height_of(frame, blocks[0]) / 2), max(last + turn + 4, below))


def _number(frame: Frame, index: int, x: float, y: float, radius: float) -> Markup:
    return circle(x, y, radius, "figure-disc", 2) + text(
        frame, (str(index + 1),), x, y, name="figure-number", bold=True
    )


def _arrow(tip: Point, angle: float) -> str:
    """Return an open arrow head as a piece of path."""
    ends = [(tip[0] - 8 * math.cos(angle + turn), tip[1] - 8 * math.sin(angle + turn)) for turn in (0.6, -0.6)]
    (a, b), (c, d) = ends
    return f"M{n(a)} {n(b)}L{n(tip[0])} {n(tip[1])}L{n(c)} {n(d)}"
