"""The figure of a module, drawn from its structure for wide screens and for narrow ones, and its words.

Labels are the titles of the prose sections below `figure`; nothing else is written in a drawing. The drawing is
hidden from assistive technology: the list or table beside it says the same in words. Colour repeats what place,
number or shape already says, and every part falls back to the colour of the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samspill.document.parts import Figure, FigurePart
from samspill.document.tree import plain, sentence
from samspill.drawing.map_layout import PERSON, Box, Curve, Frame, Node, Point, lines_of, text_width
from samspill.markup import Markup, shape, tag
from samspill.typeface.glyphs import FAMILIES, NAMES, other_family

#: The wide drawing is shown from 40rem on; the tall one keeps its words at 12 px and more down to 256 px.
WIDE = Frame(width=720, size=16, label=138)
TALL = Frame(width=320, size=15, label=112, tall=True, side=11)
#: Names of the three strands in the style sheet, and a plain one: as many as a matrix has rows at most.
_STRANDS = ("fjord", "lingon", "moss", "plain")
#: What the style sheet of the site does on screen, for paper.
_PRINT = (
    ".figure-disc,.map-node{fill:#ffffff}.map-person{fill:#e8e8e8}.figure-core,.figure-number{fill:#111111}"
    ".figure-core{stroke:none}"
)
#: The typesetter sets a line of a drawing in one family; a browser finds each letter itself.
_OTHER = f".map-other{{font-family:{FAMILIES[NAMES]}}}"
#: Characters XML does not allow.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class FigureDrawing:
    """A figure: SVG drawings for screen and print, and a label and its sentence for each part in order."""

    wide: Markup
    tall: Markup
    print: Markup
    words: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    """The language of each part's words when that is not the page's, or nothing."""


@dataclass(frozen=True)
class Canvas:
    """What has been drawn, and the rectangle it fills."""

    shapes: tuple[Markup, ...]
    left: float
    top: float
    width: float
    height: float


def figure(drawn: Figure) -> FigureDrawing:
    """Draw the figure of a module."""
    labels = {part.id.removeprefix("figure."): _label(part) for part in drawn.parts}
    words = tuple((_label(part), sentence(part.body)) for part in drawn.parts)
    wide, tall = _draw(drawn, labels, WIDE), _draw(drawn, labels, TALL)
    languages = tuple(part.language for part in drawn.parts)
    return FigureDrawing(_svg(WIDE, wide), _svg(TALL, tall), _printed(WIDE, wide), words, languages)


def _label(part: FigurePart) -> str:
    return " ".join(_FORBIDDEN.sub("", plain(part.title)).split()) or part.id.removeprefix("figure.")


def _draw(drawn: Figure, labels: dict[str, str], frame: Frame) -> Canvas:
    if drawn.shape == "matrix":
        rows, columns = ([labels[part] for part in parts] for parts in (drawn.rows, drawn.columns))
        cells = [[labels[f"{row}-{column}"] for column in drawn.columns] for row in drawn.rows]
        return (_matrix_tall if frame.tall else _matrix_wide)(frame, rows, columns, cells)
    kinds: dict[str, tuple[_Drawer, _Drawer]] = {
        "continuum": (_continuum_wide, _continuum_tall),
        "cycle": (_cycle_wide, _cycle_tall),
        "levels": (_levels, _levels),
        "hub": (_hub, _hub),
    }
    return kinds[drawn.shape][frame.tall](frame, [labels[part] for part in drawn.order])


_Drawer = Callable[[Frame, list[str]], Canvas]

# --- continuum ----------------------------------------------------------------------------------------------


def _continuum_wide(frame: Frame, labels: list[str]) -> Canvas:
    """Points on a level line; six or more have their words below and above in turn."""
    count, radius = len(labels), 11.0
    staggered = count > 5
    margin = 75.0 if staggered else frame.width / count / 2
    step = (frame.width - 2 * margin) / max(count - 1, 1)
    room = min(2 * step - 14, 2 * margin) if staggered else min(frame.width / count - 16, 190)
    shapes = [_line(f"M4 0H{_n(frame.width - 4)}", "figure-line", 1.5)]
    top = bottom = 0.0
    for index, label in enumerate(labels):
        x, lines = margin + index * step, _lines(frame, label, room)
        side = -1 if staggered and index % 2 else 1
        high = _height(frame, lines)
        y = side * (radius + 13 + high / 2)
        shapes += [_point(x, 0, radius, index, count), _text(frame, lines, x, y)]
        top, bottom = min(top, y - high / 2), max(bottom, y + high / 2)
    return _canvas(frame, shapes, min(top, -radius) - 8, bottom + 4)


def _continuum_tall(frame: Frame, labels: list[str]) -> Canvas:
    """Points on an upright line, their words beside it."""
    radius, x, words = 11.0, 20.0, 46.0
    blocks = [_lines(frame, label, frame.width - words - 4) for label in labels]
    places, bottom = _down(blocks, frame, least=2 * radius, between=24.0, start=18.0)
    shapes = [_line(f"M{_n(x)} 2V{_n(bottom + 16)}", "figure-line", 1.5)]
    for index, (lines, y) in enumerate(zip(blocks, places, strict=True)):
        shapes += [_point(x, y, radius, index, len(labels)), _text(frame, lines, words, y, anchor="start")]
    return _canvas(frame, shapes, 0, bottom + 18)


def _point(x: float, y: float, radius: float, index: int, count: int) -> Markup:
    """Return a point; its core grows along the line."""
    core = 2.5 + 5.0 * (index / (count - 1) if count > 1 else 1)
    return _circle(x, y, radius, "figure-disc", 2) + shape(
        "circle", cx=_n(x), cy=_n(y), r=_n(core), class_="figure-core"
    )


# --- cycle --------------------------------------------------------------------------------------------------


def _cycle_wide(frame: Frame, labels: list[str]) -> Canvas:
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
            lines = _lines(frame, label, 260)
            high = _height(frame, lines)
            off = math.copysign(disc + 10 + high / 2, math.sin(angle))
        else:
            side = math.copysign(1.0, math.cos(angle))
            anchor, at = ("start" if side > 0 else "end"), x + side * (disc + 11)
            lines = _lines(frame, label, min(middle - abs(at - middle) - 4, 190))
            high = _height(frame, lines)
            # Words well above or below the middle give way outwards, so that the ring passes clear of them.
            away = max(abs(math.sin(angle)) - 0.35, 0) / 0.65
            off = math.copysign(away * high / 2, math.sin(angle))
        shapes.append(_text(frame, lines, at, y + off, anchor=anchor))
        top, bottom = min(top, y + off - high / 2), max(bottom, y + off + high / 2)
    return _canvas(frame, shapes, top - 6, bottom + 6)


def _arc(middle: float, ring: float, start: float, end: float) -> Markup:
    (x0, y0), (x1, y1) = (
        (middle + ring * math.cos(a), ring * math.sin(a)) for a in (start, end)
    )
    large = int(end - start > math.pi)
    path = f"M{_n(x0)} {_n(y0)}A{_n(ring)} {_n(ring)} 0 {large} 1 {_n(x1)} {_n(y1)}"
    # The arrow follows the curve it ends, not its tangent.
    return _line(path + _arrow((x1, y1), end + math.pi / 2 - 4 / ring), "figure-way", 2)


def _cycle_tall(frame: Frame, labels: list[str]) -> Canvas:
    """Numbered steps downwards with their words beside them, and a way back up on the left."""
    disc, back, x, words = 15.0, 19.0, 71.0, 99.0
    turn = (x - back) / 2
    blocks = [_lines(frame, label, frame.width - words - 4) for label in labels]
    places, _ = _down(blocks, frame, least=2 * disc, between=30.0, start=turn + disc + 16)
    shapes: list[Markup] = []
    for index, (lines, y) in enumerate(zip(blocks, places, strict=True)):
        shapes += [_number(frame, index, x, y, disc), _text(frame, lines, words, y, anchor="start")]
        if index + 1 < len(places):
            end = places[index + 1] - disc - 6
            shapes.append(
                _line(f"M{_n(x)} {_n(y + disc + 6)}V{_n(end)}" + _arrow((x, end), math.pi / 2), "figure-way", 2)
            )
    first, last = places[0] - disc - 6, places[-1] + disc + 6
    around = f"A{_n(turn)} {_n(turn)} 0 0 1"
    up = f"M{_n(x)} {_n(last)}{around} {_n(back)} {_n(last)}V{_n(first - 4)}"
    down = f"{around} {_n(x)} {_n(first - 4)}V{_n(first)}"
    shapes.append(_line(up + down + _arrow((x, first), math.pi / 2), "figure-way", 2))
    below = places[-1] + _height(frame, blocks[-1]) / 2
    return _canvas(frame, shapes, min(0.0, places[0] - _height(frame, blocks[0]) / 2), max(last + turn + 4, below))


def _number(frame: Frame, index: int, x: float, y: float, radius: float) -> Markup:
    return _circle(x, y, radius, "figure-disc", 2) + _text(
        frame, (str(index + 1),), x, y, name="figure-number", bold=True
    )


def _arrow(tip: Point, angle: float) -> str:
    """Return an open arrow head as a piece of path."""
    ends = [(tip[0] - 8 * math.cos(angle + turn), tip[1] - 8 * math.sin(angle + turn)) for turn in (0.6, -0.6)]
    (a, b), (c, d) = ends
    return f"M{_n(a)} {_n(b)}L{_n(tip[0])} {_n(tip[1])}L{_n(c)} {_n(d)}"


# --- levels -------------------------------------------------------------------------------------------------


def _levels(frame: Frame, labels: list[str]) -> Canvas:
    """Layers from the top, each resting on a wider one by three strands."""
    count = len(labels)
    widest = frame.width - (8 if frame.tall else 60)
    step = min(20.0 if frame.tall else 60.0, (64.0 if frame.tall else 180.0) / max(count - 1, 1))
    gap = 16.0
    widths = [widest - 2 * step * (count - 1 - index) for index in range(count)]
    blocks = [_lines(frame, label, width - 32) for label, width in zip(labels, widths, strict=True)]
    high = max(_height(frame, lines) for lines in blocks) + (28 if frame.tall else 32)
    middle = frame.width / 2
    shapes: list[Markup] = []
    for index, (lines, width) in enumerate(zip(blocks, widths, strict=True)):
        y = 2 + index * (high + gap) + high / 2
        tint = f"{0.04 + 0.11 * (index / (count - 1) if count > 1 else 1):.2f}"
        if index:
            shapes += [
                _line(f"M{_n(middle + at)} {_n(y - high / 2 - gap + 4)}v{_n(gap - 8)}", f"figure-strand--{name}", 2.5)
                for name, at in zip(_STRANDS[:3], (-28, 0, 28), strict=True)
            ]
        shapes += [
            _rectangle(Box(middle, y, width, high, 12), "figure-layer", tint),
            _text(frame, lines, middle, y),
        ]
    return _canvas(frame, shapes, 0, count * (high + gap) - gap + 4)


# --- matrix -------------------------------------------------------------------------------------------------


def _matrix_wide(frame: Frame, rows: list[str], columns: list[str], cells: list[list[str]]) -> Canvas:
    """A field for each row and column; a thread runs through the fields of a row."""
    start, gap = 146.0, 18.0
    width = (frame.width - 1 - start + gap) / len(columns) - gap
    middles = [start + width / 2 + index * (width + gap) for index in range(len(columns))]
    heads = [_lines(frame, label, width - 4, bold=True) for label in columns]
    head = max(_height(frame, lines) for lines in heads)
    shapes = [
        _text(frame, lines, x, head / 2, name="figure-head", bold=True)
        for lines, x in zip(heads, middles, strict=True)
    ]
    top = head + 14
    for index, (row, labels) in enumerate(zip(rows, cells, strict=True)):
        name = _lines(frame, row, start - 34, bold=True)
        blocks = [_lines(frame, label, width - 20) for label in labels]
        high = max(max(_height(frame, lines) for lines in blocks) + 26, _height(frame, name) + 8)
        y = top + high / 2
        strand = f"figure-strand--{_STRANDS[index]}"
        ways = [f"M{_n(start - 18)} {_n(y)}H{_n(start - 4)}"]
        ways += [f"M{_n(x - width / 2 - gap + 4)} {_n(y)}h{_n(gap - 8)}" for x in middles[1:]]
        shapes += [_text(frame, name, 0, y, anchor="start", bold=True), _line("".join(ways), strand, 2.5)]
        for lines, x in zip(blocks, middles, strict=True):
            shapes += [_rectangle(Box(x, y, width, high, 12), "map-node"), _text(frame, lines, x, y)]
        top += high + 12
    return _canvas(frame, shapes, 0, top - 10)


def _matrix_tall(frame: Frame, rows: list[str], columns: list[str], cells: list[list[str]]) -> Canvas:
    """Row after row: its name, then each column's name and the words of the field, on a thread."""
    x, words, second = 7.0, 24.0, 152.0
    top, between = 0.0, 11.0
    shapes: list[Markup] = []
    for index, (row, labels) in enumerate(zip(rows, cells, strict=True)):
        strand = f"figure-strand--{_STRANDS[index]}"
        name = _lines(frame, row, frame.width - words - 2, bold=True)
        first = top + _height(frame, name) / 2
        shapes += [_circle(x, first, 5, strand, 2.5), _text(frame, name, words, first, anchor="start", bold=True)]
        bottom = top + _height(frame, name)
        for column, label in zip(columns, labels, strict=True):
            left, right = _lines(frame, column, second - words - 8), _lines(frame, label, frame.width - second - 2)
            high = max(_height(frame, left), _height(frame, right))
            y = bottom + between
            shapes += [
                _line(f"M{_n(words)} {_n(y - between / 2)}H{_n(frame.width - 1)}", "figure-rule", 1),
                # Both begin on the same line of writing.
                _text(frame, left, words, y + _height(frame, left) / 2, anchor="start", name="figure-head"),
                _text(frame, right, second, y + _height(frame, right) / 2, anchor="start"),
            ]
            bottom = y + high
        shapes.append(_line(f"M{_n(x)} {_n(first + 9)}V{_n(bottom - 2)}", strand, 2.5))
        top = bottom + 26
    return _canvas(frame, shapes, -1, top - 22)


# --- hub ----------------------------------------------------------------------------------------------------


def _hub(frame: Frame, labels: list[str]) -> Canvas:
    """The first part in the middle, the others around it, clockwise from the top."""
    person = _middle(frame, labels[0])
    around = [_outer(frame, label) for label in labels[1:]]
    places = frame.places(around, person) if around else ()
    nodes = [
        Node(node.id, node.lines, Box(x, y, node.box.width, node.box.height, node.box.radius))
        for node, (x, y) in zip(around, places, strict=True)
    ]
    shapes = [_line(_tie(frame, person.box, node.box), "map-tie map-tie--working", 2) for node in nodes]
    for node in nodes:
        shapes += [_rectangle(node.box, "map-node"), _text(frame, node.lines, node.box.x, node.box.y)]
    shapes += [
        _circle(0, 0, person.box.width / 2, "map-person", 3),
        _text(frame, person.lines, 0, 0, name="map-name", bold=True),
    ]
    boxes = [person.box, *(node.box for node in nodes)]
    top, bottom = min(b.y - b.height / 2 for b in boxes), max(b.y + b.height / 2 for b in boxes)
    return _canvas(frame, shapes, top - 3, bottom + 3, left=-frame.width / 2)


def _middle(frame: Frame, label: str) -> Node:
    lines = _lines(frame, label, frame.label * 0.8, bold=True)
    wide = max(text_width(line, frame.size, True) for line in lines)
    across = max(2 * math.hypot(wide / 2, _height(frame, lines) / 2 - frame.size * 0.25) + 12, 76.0)
    return Node(PERSON, lines, Box(0, 0, across, across, across / 2))


def _outer(frame: Frame, label: str) -> Node:
    lines = _lines(frame, label, frame.label)
    width = max(max(text_width(line, frame.size) for line in lines) + 2 * frame.side, 72.0)
    height = _height(frame, lines) + (22 if len(lines) == 1 else 18)
    return Node("", lines, Box(0, 0, width, height, min(height / 2, 22.0)))


def _tie(frame: Frame, person: Box, other: Box) -> str:
    """Return a straight tie, or on a tall drawing one that leaves upright and bends into its box."""
    if frame.tall and other.x:
        start = math.copysign(person.height / 2, other.y)
        edge = other.x - math.copysign(other.width / 2, other.x)
        return f"M0 {_n(start)}C0 {_n(other.y)} 0 {_n(other.y)} {_n(edge)} {_n(other.y)}"
    x, y = other.x, other.y
    whole = Curve((0.0, 0.0), (x / 3, y / 3), (2 * x / 3, 2 * y / 3), (x, y))
    part = whole.outside(person, other) or whole
    return f"M{_n(part.start[0])} {_n(part.start[1])}L{_n(part.end[0])} {_n(part.end[1])}"


# --- shapes -------------------------------------------------------------------------------------------------


def _lines(frame: Frame, label: str, width: float, *, bold: bool = False) -> tuple[str, ...]:
    return lines_of(label, frame.size, width, bold)


def _height(frame: Frame, lines: Sequence[str]) -> float:
    return len(lines) * frame.size * frame.leading


def _down(
    blocks: Sequence[Sequence[str]], frame: Frame, *, least: float, between: float, start: float
) -> tuple[list[float], float]:
    """Return the middle of each block of lines set one below the other, and where the last one ends."""
    places: list[float] = []
    # The first mark stands at its place however many lines its words take.
    y = start - least / 2
    for lines in blocks:
        high = max(_height(frame, lines), least)
        places.append(y + high / 2)
        y += high + between
    return places, y - between


def _text(
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
            x=_n(x),
            y=_n(first + step * index),
            class_=f"{name} map-other" if other_family(line) else name,
            text_anchor=anchor,
            font_weight="700" if bold else None,
        )
        for index, line in enumerate(lines)
    )


def _line(path: str, name: str, width: float) -> Markup:
    return shape(
        "path",
        d=path,
        class_=name,
        fill="none",
        stroke="currentColor",
        stroke_width=_n(width),
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def _circle(x: float, y: float, radius: float, name: str, width: float) -> Markup:
    return shape(
        "circle",
        cx=_n(x),
        cy=_n(y),
        r=_n(radius),
        class_=name,
        fill="none",
        stroke="currentColor",
        stroke_width=_n(width),
    )


def _rectangle(box: Box, name: str, tint: str | None = None) -> Markup:
    """Return a box, empty or tinted with the colour of the text to a part of one."""
    return shape(
        "rect",
        x=_n(box.x - box.width / 2),
        y=_n(box.y - box.height / 2),
        width=_n(box.width),
        height=_n(box.height),
        rx=_n(box.radius),
        class_=name,
        fill="currentColor" if tint else "none",
        fill_opacity=tint,
        stroke="currentColor",
        stroke_width="1.5",
    )


def _canvas(frame: Frame, shapes: Sequence[Markup], top: float, bottom: float, left: float = 0.0) -> Canvas:
    return Canvas(tuple(shapes), left, math.floor(top), frame.width, math.ceil(bottom) - math.floor(top))


def _view(canvas: Canvas) -> str:
    return f"{_n(canvas.left)} {_n(canvas.top)} {_n(canvas.width)} {_n(canvas.height)}"


def _svg(frame: Frame, canvas: Canvas) -> Markup:
    return tag(
        "svg",
        Markup("").join(canvas.shapes),
        class_=f"map map--{'tall' if frame.tall else 'wide'}",
        viewBox=_view(canvas),
        aria_hidden="true",
        focusable="false",
        font_size=_n(frame.size),
        fill="currentColor",
    )


def _printed(frame: Frame, canvas: Canvas) -> Markup:
    """Return the drawing in black and greys on white, as a file of its own."""
    shapes = Markup("").join(canvas.shapes)
    return tag(
        "svg",
        tag("style", _PRINT + (_OTHER if "map-other" in shapes else "")) + shapes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=_view(canvas),
        width=_n(canvas.width),
        height=_n(canvas.height),
        font_family="Atkinson Hyperlegible",
        font_size=_n(frame.size),
        color="#111111",
        fill="#111111",
    )


def _n(value: float) -> str:
    """Return a number with at most one decimal."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
