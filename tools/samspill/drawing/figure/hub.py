"""A hub: one part in the middle, tied to all the others."""

from __future__ import annotations

import math

from samspill.drawing.figure.canvas import Canvas, canvas
from samspill.drawing.figure.shapes import circle, height_of, line, lines_in, rectangle, text
from samspill.drawing.frame import PERSON, Frame, Node
from samspill.drawing.geometry import Box, Curve, n
from samspill.drawing.lettering import text_width


def hub(frame: Frame, labels: list[str]) -> Canvas:
    """The first part in the middle, the others around it, clockwise from the top."""
    person = _middle(frame, labels[0])
    around = [_outer(frame, label) for label in labels[1:]]
    places = frame.places(around, person) if around else ()
    nodes = [
        Node(node.id, node.lines, Box(x, y, node.box.width, node.box.height, node.box.radius))
        for node, (x, y) in zip(around, places, strict=True)
    ]
    shapes = [line(_tie(frame, person.box, node.box), "map-tie map-tie--working", 2) for node in nodes]
    for node in nodes:
        shapes += [rectangle(node.box, "map-node"), text(frame, node.lines, node.box.x, node.box.y)]
    shapes += [
        circle(0, 0, person.box.width / 2, "map-person", 3),
        text(frame, person.lines, 0, 0, name="map-name", bold=True),
    ]
    boxes = [person.box, *(node.box for node in nodes)]
    top, bottom = min(b.y - b.height / 2 for b in boxes), max(b.y + b.height / 2 for b in boxes)
    return canvas(frame, shapes, top - 3, bottom + 3, left=-frame.width / 2)


def _middle(frame: Frame, label: str) -> Node:
    lines = lines_in(frame, label, frame.label * 0.8, bold=True)
    wide = max(text_width(line, frame.size, True) for line in lines)
    across = max(2 * math.hypot(wide / 2, height_of(frame, lines) / 2 - frame.size * 0.25) + 12, 76.0)
    return Node(PERSON, lines, Box(0, 0, across, across, across / 2))


def _outer(frame: Frame, label: str) -> Node:
    lines = lines_in(frame, label, frame.label)
    width = max(max(text_width(line, frame.size) for line in lines) + 2 * frame.side, 72.0)
    height = height_of(frame, lines) + (22 if len(lines) == 1 else 18)
    return Node("", lines, Box(0, 0, width, height, min(height / 2, 22.0)))


def _tie(frame: Frame, person: Box, other: Box) -> str:
    """Return a straight tie, or on a tall drawing one that leaves upright and bends into its box."""
    if frame.tall and other.x:
        start = math.copysign(person.height / 2, other.y)
        edge = other.x - math.copysign(other.width / 2, other.x)
        return f"M0 {n(start)}C0 {n(other.y)} 0 {n(other.y)} {n(edge)} {n(other.y)}"
    x, y = other.x, other.y
    whole = Curve((0.0, 0.0), (x / 3, y / 3), (2 * x / 3, 2 * y / 3), (x, y))
    part = whole.outside(person, other) or whole
    return f"M{n(part.start[0])} {n(part.start[1])}L{n(part.end[0])} {n(part.end[1])}"
