"""The geometry of a coordination map: where nodes stand and how ties run between them.

Nodes stand in fixed places round the person; a small search decides who stands
where. A tie is a cubic curve chosen from a list of candidates: it must keep
clear of every node it does not end at, and should be short, straight and cross
few others. Everything is deterministic and in user units of the drawing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from heapq import merge
from itertools import combinations, pairwise
from unicodedata import combining

from fontTools.ttLib import TTFont
from pydantic import TypeAdapter

from samspill.reading.memory import remembered
from samspill.typeface.glyphs import FAMILIES, NAMES, SANS, font_folder, other_family

Point = tuple[float, float]
#: Least distance between a tie and a node it does not end at.
CLEARANCE = 6.0
PERSON = "person"
#: Distance at which a tie has all the room it needs.
ROOM = 16.0
#: How far the control point of a tie may be pushed out.
BENDS = (0.0, 24.0, -24.0, 48.0, -48.0, 80.0, -80.0, 120.0, -120.0, 170.0, -170.0, 230.0, -230.0)
#: How many orders of the nodes are drawn before the best is taken, and how many when none is clean.
TRIED, MOST_TRIED = 2, 40


@cache
def _advances(package: str, bold: bool) -> dict[int, float]:
    """Return advance widths in em by code point; a mark stands on the letter before it and has none."""
    name = f"{FAMILIES[package].replace(' ', '')}-{'Bold' if bold else 'Regular'}.ttf"
    font = TTFont(font_folder(package) / name, lazy=True)
    em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
    widths = {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    return {code: 0.0 if combining(chr(code)) else width for code, width in widths.items()}


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in user units; a character that no font has counts as a full em.

    Paper sets a line with a letter that Atkinson Hyperlegible lacks in Fira Sans; a screen takes just that letter from
    it. What is wider counts, so that either has room.
    """
    own = _advances(SANS, bold)
    if other_family(text) is None:
        return size * sum(own.get(ord(character), 1.0) for character in text)
    wide = _advances(NAMES, bold)
    whole = [wide.get(ord(character), 1.0) for character in text]
    mixed = [own.get(ord(character), width) for character, width in zip(text, whole, strict=True)]
    return size * max(sum(whole), sum(mixed))


#: Trying all breaks of more words than this would take too long.
MANY = 9


def lines_of(label: str, size: float, width: float, bold: bool = False) -> tuple[str, ...]:
    """Break a label into as few lines as fit the width, of lengths as even as they can be; a very long one is filled.

    A word too long for a line is divided before the last consonant of a vowel group near its middle, as the
    Nordic languages divide words, with a hyphen. A label of very many words is filled line by line.
    """
    words = [part for word in label.split() for part in _divided(word, size, width, bold)] or [label]
    if len(words) > MANY:
        return _filled(words, size, width, bold)
    for count in range(1, len(words) + 1):
        longest, best = min(
            (max(text_width(line, size, bold) for line in lines), lines) for lines in _breaks(words, count)
        )
        if longest <= width:
            return best
    return tuple(words)


def _filled(words: Sequence[str], size: float, width: float, bold: bool) -> tuple[str, ...]:
    """Return words set line by line, each line as full as it can be."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _breaks(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        ends = (0, *cuts, len(words))
        yield tuple(" ".join(words[a:b]) for a, b in pairwise(ends))


def _divided(word: str, size: float, width: float, bold: bool) -> list[str]:
    # Piece by piece, not by recursion: a word may be as long as a line of YAML, and all hyphens. Three letters and a
    # hyphen are no shorter in two.
    pieces: list[str] = []
    waiting = [word]
    while waiting:
        piece = waiting.pop()
        if sum(not combining(letter) for letter in piece) < 4 or text_width(piece, size, bold) <= width:
            pieces.append(piece)
        else:
            head, tail = _halves(piece)
            waiting += [tail, head]
    return pieces


def _halves(word: str) -> tuple[str, str]:
    """Return a word in two: after its first inner hyphen, else near its middle with a hyphen put in."""
    if (at := word.find("-", 1, -1)) > 0:
        return word[: at + 1], word[at + 1 :]
    vowels = "aeiouyæøåäöéè"
    middle = len(word) / 2
    places = [
        place
        for place in range(2, len(word) - 1)
        if word[place].lower() not in vowels and word[place + 1].lower() in vowels
    ] or [place for place in range(1, len(word)) if not combining(word[place])]
    at = min(places, key=lambda place: (abs(place - middle), place))
    return word[:at] + "-", word[at:]


@dataclass(frozen=True)
class Box:
    """An axis-parallel rectangle with its centre, size and corner radius."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0

    def distance(self, point: Point) -> float:
        """Return the distance from the border, negative inside."""
        dx = abs(point[0] - self.x) - self.width / 2 + self.radius
        dy = abs(point[1] - self.y) - self.height / 2 + self.radius
        return math.hypot(max(dx, 0.0), max(dy, 0.0)) + min(max(dx, dy), 0.0) - self.radius

    def apart(self, other: Box) -> float:
        """Return how far apart two rectangles are along the axis that separates them best."""
        return max(
            abs(self.x - other.x) - (self.width + other.width) / 2,
            abs(self.y - other.y) - (self.height + other.height) / 2,
        )


@dataclass(frozen=True)
class Node:
    """An actor or the person, drawn: its label in lines and its box."""

    id: str
    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True)
class Curve:
    """A cubic Bézier curve."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, t: float) -> Point:
        """Return the point at a parameter from 0 to 1."""
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        return (
            a * self.start[0] + b * self.first[0] + c * self.second[0] + d * self.end[0],
            a * self.start[1] + b * self.first[1] + c * self.second[1] + d * self.end[1],
        )

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Points along the curve, close enough together for every test here."""
        return tuple(self.at(step / 28) for step in range(29))

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Least x and y, greatest x and y."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    def between(self, t0: float, t1: float) -> Curve:
        """Return the part of the curve between two parameters."""

        def derivative(t: float) -> Point:
            s = 1 - t
            p, q, r, w = self.start, self.first, self.second, self.end
            a, b, c = 3 * s * s, 6 * s * t, 3 * t * t
            return (
                a * (q[0] - p[0]) + b * (r[0] - q[0]) + c * (w[0] - r[0]),
                a * (q[1] - p[1]) + b * (r[1] - q[1]) + c * (w[1] - r[1]),
            )

        third = (t1 - t0) / 3
        a, b, da, db = self.at(t0), self.at(t1), derivative(t0), derivative(t1)
        return Curve(
            a, (a[0] + da[0] * third, a[1] + da[1] * third), (b[0] - db[0] * third, b[1] - db[1] * third), b
        )

    def outside(self, source: Box, target: Box) -> Curve | None:
        """Return the part between two boxes, or None when the curve leaves or enters one of them twice."""
        steps = 28
        out = [step for step, point in enumerate(self.points) if _out(point, source, target)]
        if not out or out[-1] - out[0] + 1 != len(out) or out[0] == 0 or out[-1] == steps:
            return None
        t0 = self._border(source, (out[0] - 1) / steps, out[0] / steps)
        t1 = self._border(target, (out[-1] + 1) / steps, out[-1] / steps)
        return self.between(t0, t1)

    def _border(self, box: Box, inside: float, outside: float) -> float:
        for _ in range(12):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if box.distance(self.at(middle)) > 0 else (middle, outside)
        return outside


def _out(point: Point, source: Box, target: Box) -> bool:
    return source.distance(point) > 0 and target.distance(point) > 0


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

    def node(self, node_id: str) -> Node:
        """Return the node with this id."""
        return next(node for node in self.nodes if node.id == node_id)


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


def lay_out(frame: Frame, labels: dict[str, str], ties: Sequence[tuple[str, str]]) -> Layout:
    """Return the best layout found for labels by id (`person` among them) and ties as pairs of ids."""
    wanted = json.dumps([repr(frame), labels, list(ties)], ensure_ascii=False, sort_keys=True)
    # The order of the labels counts, which sorted keys would hide.
    key = f"{wanted} {list(labels)}"
    found = remembered("map layout", key, lambda: _adapter().dump_json(_best(frame, labels, ties)).decode())
    return _adapter().validate_json(found)


@cache
def _adapter() -> TypeAdapter[Layout]:
    return TypeAdapter(Layout)


def _best(frame: Frame, labels: dict[str, str], ties: Sequence[tuple[str, str]]) -> Layout:
    person = frame.node(PERSON, labels[PERSON])
    nodes = tuple(frame.node(key, label) for key, label in labels.items() if key != PERSON)
    if not nodes:
        return Layout((person,), (), 0.0, True)
    places = frame.places(nodes, person)
    best: Layout | None = None
    for tried, order in enumerate(_orders(nodes, places, ties)[:MOST_TRIED]):
        if best is not None and best.clean and tried >= TRIED:
            break
        placed = (person, *(_placed(node, place) for node, place in zip(order, places, strict=True)))
        layout = _routed(frame, placed, ties)
        if best is None or (not layout.clean, layout.cost) < (not best.clean, best.cost):
            best = layout
    assert best is not None
    return best


def _placed(node: Node, place: Point) -> Node:
    return replace(node, box=replace(node.box, x=place[0], y=place[1]))


def _orders(
    nodes: Sequence[Node], places: Sequence[Point], ties: Sequence[tuple[str, str]]
) -> list[tuple[Node, ...]]:
    """Return orders of the nodes round the ring, the most promising first: swaps until none helps."""
    count = len(nodes)
    inner = sorted({tuple(sorted(pair)) for pair in ties if PERSON not in pair})

    def cost(order: tuple[Node, ...]) -> float:
        seat = {node.id: index for index, node in enumerate(order)}
        chords = [tuple(sorted((seat[a], seat[b]))) for a, b in inner]
        crossings = sum(1 for (a, b), (c, d) in combinations(chords, 2) if a < c < b < d or c < a < d < b)
        steps = sum(min(b - a, count - b + a) - 1 for a, b in chords)
        reach = sum(math.dist(places[a], places[b]) for a, b in chords) / 200
        sides = sum(node.box.width * abs(places[seat[node.id]][1]) for node in order) / 40000
        return 5 * crossings + 3 * steps + reach + sides

    seen: dict[tuple[Node, ...], float] = {}
    for turn in range(min(count, 4)):
        order = tuple(nodes[turn:]) + tuple(nodes[:turn])
        here = seen.setdefault(order, cost(order))
        improved = True
        while improved:
            improved = False
            for a, b in combinations(range(count), 2):
                swapped = list(order)
                swapped[a], swapped[b] = swapped[b], swapped[a]
                other = tuple(swapped)
                if other not in seen:
                    seen[other] = cost(other)
                if seen[other] < here - 1e-9:
                    order, here, improved = other, seen[other], True
    return sorted(seen, key=lambda order: (seen[order], [node.id for node in order]))


def _routed(frame: Frame, nodes: tuple[Node, ...], ties: Sequence[tuple[str, str]]) -> Layout:
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
        for bias, candidate in _candidates(frame, boxes[source], boxes[target]):
            if best is not None and bias >= best[0]:
                break
            # A look at a few points first: most candidates run into a node.
            if any(box.distance(p) < CLEARANCE for p in _coarse(candidate) for box in others):
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
            straight = Curve(*_line(_centre(boxes[source]), _centre(boxes[target])))
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
            gap = min(gap, *(box.distance(point) for point in curve.points))
    return gap


def _coarse(curve: Curve) -> tuple[Point, ...]:
    return tuple(curve.at(t) for t in (0.5, 0.35, 0.65, 0.2, 0.8))


def _reach(boxes: dict[str, Box], tie: tuple[str, str]) -> float:
    return math.dist(_centre(boxes[tie[0]]), _centre(boxes[tie[1]]))


def _centre(box: Box) -> Point:
    return box.x, box.y


def _line(a: Point, b: Point) -> tuple[Point, Point, Point, Point]:
    def part(t: float) -> Point:
        return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t

    return a, part(1 / 3), part(2 / 3), b


def _candidates(frame: Frame, source: Box, target: Box) -> Iterator[tuple[float, Curve]]:
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
    _, first, second, _ = _line(a, b)
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
    close = sum(1 for p in a.points[4:-4:3] if any(math.dist(p, q) < 9 for q in b.points[::2]))
    return 26.0 * crossings + 9.0 * max(0, close - crossings)


def _crossings(a: Curve, b: Curve) -> int:
    first, second = a.points[::4], b.points[::4]
    return sum(
        _cross(p, q, r, s)
        for p, q in pairwise(first)
        for r, s in pairwise(second)
    )


def _overlap(a: Curve, b: Curve, margin: float) -> bool:
    (left, top, right, bottom), (west, north, east, south) = a.bounds, b.bounds
    return max(left, west) - min(right, east) <= margin and max(top, north) - min(bottom, south) <= margin


def _cross(p: Point, q: Point, r: Point, s: Point) -> bool:
    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0
