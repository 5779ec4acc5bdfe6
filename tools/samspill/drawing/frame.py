"""The frame of a drawing: what it gives its nodes, and their places round the person."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from samspill.drawing.geometry import Box, Point
from samspill.drawing.lettering import lines_of, text_width

#: The id of the node in the middle.
PERSON = "person"


@dataclass(frozen=True)
class Node:
    """An actor or the person, drawn: its label in lines and its box."""

    id: str
    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True)
class Frame:
    """What a drawing gives its layout: width, font size, label width, shape, padding and line height."""

    width: float
    size: float
    label: float
    tall: bool = False
    side: float = 14.0
    leading: float = 1.2

    def node(self, node_id: str, label: str) -> Node:
        """Return a node at the origin, large enough for its label."""
        person = node_id == PERSON
        lines = lines_of(label, self.size, self.label * (0.72 if person else 1), person)
        wide = max(text_width(line, self.size, person) for line in lines)
        high = len(lines) * self.size * self.leading
        if person:
            across = max(2 * math.hypot(wide / 2, high / 2 - self.size * 0.25) + 12, 76.0)
            return Node(node_id, lines, Box(0, 0, across, across, across / 2))
        height = high + (22 if len(lines) == 1 else 18)
        width = max(wide + 2 * self.side, 72.0)
        return Node(node_id, lines, Box(0, 0, width, height, min(height / 2, 22.0)))

    def places(self, nodes: Sequence[Node], person: Node) -> tuple[Point, ...]:
        """Return a place for each node, clockwise from the top, in whole units about the person."""
        if self.tall:
            return self._columns(nodes, person)
        return self._ring(nodes, person)

    def _ring(self, nodes: Sequence[Node], person: Node) -> tuple[Point, ...]:
        """Return places on an ellipse as wide as the drawing."""
        count = len(nodes)
        widest = max(node.box.width for node in nodes)
        highest = max(node.box.height for node in nodes)
        rx = (self.width - widest) / 2 - 4
        ry = max(150.0, person.box.height / 2 + highest / 2 + 62, 17.5 * count)
        # An even ring has nobody at the very top: more room for labels and for the person's ties.
        start = -math.pi / 2 + (math.pi / count if count % 2 == 0 else 0)
        angles = [start + 2 * math.pi * step / count for step in range(count)]
        return tuple((round(rx * _spread(math.cos(a)), 1), round(ry * math.sin(a), 1)) for a in angles)

    def _columns(self, nodes: Sequence[Node], person: Node) -> tuple[Point, ...]:
        """Return places in two columns, the person's row between the upper and the lower half."""
        count = len(nodes)
        widest = max(node.box.width for node in nodes)
        highest = max(node.box.height for node in nodes)
        column = (self.width - widest) / 2 - 3
        rows = _rows(count)
        above = [row for row in rows if row[1] < 0]
        step = highest + 28
        first = person.box.height / 2 + highest / 2 + 30
        left, right, top, bottom = [], [], [], []
        for wide, level in rows:
            y = math.copysign(first + (abs(level) - 1) * step, level)
            if wide == 2:
                right.append((column, y))
                left.append((-column, y))
            elif above and level < 0:
                top.append((0.0, y))
            else:
                bottom.append((0.0, y))
        return (*top, *right, *bottom, *reversed(left))


def _spread(cosine: float) -> float:
    """Push places towards the sides, where labels have more room."""
    return math.copysign(abs(cosine) ** 0.85, cosine)


def _rows(count: int) -> tuple[tuple[int, int], ...]:
    """Return (nodes in the row, level) from the top; levels are negative above the person."""
    # Of an odd number, as many stand above as make whole rows there: the single one stands at the foot.
    above = count // 2 + (count % 4 == 3)
    below = count - above
    rows: list[tuple[int, int]] = []
    for many, sign in ((above, -1), (below, 1)):
        full, single = divmod(many, 2)
        side = [(2, sign * (level + 1)) for level in range(full)]
        if single:
            side.append((1, sign * (full + 1)))
        rows += side
    return tuple(sorted(rows, key=lambda row: row[1]))
