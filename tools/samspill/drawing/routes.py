"""The ways of ties between the nodes of a coordination map.

A tie is a cubic curve chosen from a list of candidates: it must keep clear of
every node it does not end at, and should be short, straight and cross few
others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import pairwise

from samspill.drawing.frame import PERSON, Frame, Node
from samspill.drawing.geometry import Box, Curve, Point, weights

#: Least distance between a tie and a node it does not end at.
CLEARANCE = 6.0
#: Distance at which a tie has all the room it needs.
ROOM = 16.0
#: How far the control point of a tie may be pushed out.
BENDS = (0.0, 24.0, -24.0, 48.0, -48.0, 80.0, -80.0, 120.0, -120.0, 170.0, -170.0, 230.0, -230.0)
#: Where a tie is looked at first: most candidates run into a node.
_COARSE = tuple(weights(t) for t in (0.5, 0.35, 0.65, 0.2, 0.8))


@dataclass(frozen=True)
class Link:
    """A tie drawn: its number in the case, the ids it joins and its curve."""

    tie: int
    source: str
    target: str
    curve: Curve


@dataclass(frozen=True)
class Layout:
    """A map laid out; `clean` when every tie keeps clear of the nodes it does not end at."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    cost: float
    clean: bool


def routed(frame: Frame, nodes: tuple[Node, ...], ties: Sequence[tuple[str, str]]) -> Layout:
    """Return the map with a curve for each tie between nodes that stand in their places."""
    boxes = {node.id: node.box for node in nodes}
    half = frame.width / 2
    links: dict[int, Link] = {}
    total, clean = 0.0, True
    # Straight and short ties first: the others have to bend round them.
    queue = sorted(
        range(len(ties)), key=lambda i: (PERSON not in ties[i], _reach(boxes, ties[i]), i)
    )
    for index in queue:
        source, target = ties[index]
        others = [box for key, box in boxes.items() if key not in (source, target)]
        drawn = [link.curve for link in links.values()]
        best: tuple[float, Curve] | None = None
        for bias, candidate in candidates(frame, boxes[source], boxes[target]):
            if best is not None and bias >= best[0]:
                break
            # A look at a few points first: most candidates run into a node.
            if any(box.nearer(p, CLEARANCE) for p in candidate.along(_COARSE) for box in others):
                continue
            curve = candidate.outside(boxes[source], boxes[target])
            if curve is None or any(abs(x) > half - 3 for x, _ in curve.points):
                continue
            gap = _gap(curve, others)
            if gap < CLEARANCE:
                continue
            cost = bias + (ROOM - gap) * 1.5
            for other in drawn:
                if best is not None and cost >= best[0]:
                    break
                cost += _conflict(curve, other)
            if best is None or cost < best[0]:
                best = (cost, curve)
        if best is None:
            clean = False
            straight = Curve(*_straight(_centre(boxes[source]), _centre(boxes[target])))
            best = (1000.0, straight.outside(boxes[source], boxes[target]) or straight)
        total += best[0]
        links[index] = Link(index, source, target, best[1])
    return Layout(nodes, tuple(links[index] for index in sorted(links)), total, clean)


def _gap(curve: Curve, boxes: Sequence[Box]) -> float:
    """Return the least distance between a curve and boxes, at most `ROOM`."""
    left, top, right, bottom = curve.bounds
    gap = ROOM
    for box in boxes:
        x, y = box.width / 2 + ROOM, box.height / 2 + ROOM
        if left < box.x + x and right > box.x - x and top < box.y + y and bottom > box.y - y:
            for point in curve.points:
                if box.nearer(point, gap):
                    gap = box.distance(point)
    return gap


def _reach(boxes: dict[str, Box], tie: tuple[str, str]) -> float:
    return math.dist(_centre(boxes[tie[0]]), _centre(boxes[tie[1]]))


def _centre(box: Box) -> Point:
    return box.x, box.y


def _straight(a: Point, b: Point) -> tuple[Point, Point, Point, Point]:
    """Return the points of a curve that runs straight."""

    def part(t: float) -> Point:
        return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t

    return a, part(1 / 3), part(2 / 3), b


def candidates(frame: Frame, source: Box, target: Box) -> Iterator[tuple[float, Curve]]:
    """Yield curves between two boxes, each with what it costs to draw it, the cheapest first."""
    choices: list[tuple[float, int, Point, Point, float]] = []
    for a_shift, a in _anchors(source, frame.tall):
        for b_shift, b in _anchors(target, frame.tall):
            reach = math.dist(a, b)
            for bend in BENDS:
                cost = reach * 0.1 + abs(bend) * 0.25 + (a_shift + b_shift) * 6
                choices.append((cost, len(choices), a, b, bend))
    choices.sort()
    curves: Iterator[tuple[float, Curve]] = ((cost, _bent(a, b, bend)) for cost, _, a, b, bend in choices)
    if frame.tall:
        gutter = sorted(_gutter(source, target), key=lambda choice: choice[0])
        return merge(curves, gutter, key=lambda choice: choice[0])
    return curves


def _bent(a: Point, b: Point, bend: float) -> Curve:
    """Return a quadratic curve whose control point is pushed out by `bend`, raised to a cubic."""
    reach = math.dist(a, b) or 1.0
    push = (-(b[1] - a[1]) / reach * bend * 2 / 3, (b[0] - a[0]) / reach * bend * 2 / 3)
    _, first, second, _ = _straight(a, b)
    return Curve(a, (first[0] + push[0], first[1] + push[1]), (second[0] + push[0], second[1] + push[1]), b)


def _gutter(source: Box, target: Box) -> Iterator[tuple[float, Curve]]:
    """Yield curves that run along the middle of two columns."""
    a, b = _centre(source), _centre(target)
    if abs(a[1] - b[1]) < 1:
        return
    for x in (0.0, 14.0, -14.0, 28.0, -28.0, 45.0, -45.0, 65.0, -65.0, 90.0, -90.0):
        for lift in (0.0, 0.35, 0.7):
            dy = b[1] - a[1]
            curve = Curve(a, (x, a[1] + dy * lift), (x, b[1] - dy * lift * 0.2), b)
            yield 22 + math.dist(a, b) * 0.1 + abs(x) * 0.1 + lift * 4, curve


def _anchors(box: Box, ends: bool) -> tuple[tuple[float, Point], ...]:
    """Return points inside a box a tie may aim at (its `ends` too), with how far each is from the middle."""
    if abs(box.width - box.height) < 1:
        return ((0.0, (box.x, box.y)),)
    reach = box.width / 2 - min(box.radius, 20.0)
    shifts = (0.0, -0.5, 0.5, -1.0, 1.0) if ends else (0.0, -0.6, 0.6)
    return tuple((abs(shift), (box.x + reach * shift, box.y)) for shift in shifts)


def _conflict(a: Curve, b: Curve) -> float:
    """Return what it costs that two curves cross or run close together away from a shared end."""
    if not _overlap(a, b, 9.0):
        return 0.0
    crossings = _crossings(a, b)
    close = sum(_close(p, b.points[::2]) for p in a.points[4:-4:3])
    return 26.0 * crossings + 9.0 * max(0, close - crossings)


def _close(point: Point, others: Iterable[Point]) -> bool:
    x, y = point
    return any(abs(x - a) < 9 and abs(y - b) < 9 and math.dist(point, (a, b)) < 9 for a, b in others)


def _crossings(a: Curve, b: Curve) -> int:
    second = [(r, s, *_around(r, s)) for r, s in pairwise(b.points[::4])]
    count = 0
    for p, q in pairwise(a.points[::4]):
        left, right, low, high = _around(p, q)
        for r, s, west, east, south, north in second:
            if left <= east and west <= right and low <= north and south <= high:
                count += cross(p, q, r, s)
    return count


def _around(a: Point, b: Point) -> tuple[float, float, float, float]:
    """Return the least and the greatest x and y of a line."""
    (ax, ay), (bx, by) = a, b
    return (*((ax, bx) if ax < bx else (bx, ax)), *((ay, by) if ay < by else (by, ay)))


def _overlap(a: Curve, b: Curve, margin: float) -> bool:
    (left, top, right, bottom), (west, north, east, south) = a.bounds, b.bounds
    return max(left, west) - min(right, east) <= margin and max(top, north) - min(bottom, south) <= margin


def cross(p: Point, q: Point, r: Point, s: Point) -> bool:
    """Tell whether the line from `p` to `q` crosses the one from `r` to `s`."""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0
