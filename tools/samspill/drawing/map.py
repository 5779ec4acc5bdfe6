"""The coordination map of a case, drawn for wide screens, narrow ones and print, and the same in words.

The person is the circle in the middle. A working tie is a solid line, an
irregular one dashed, a missing one dotted; a legend says so in words, so that
colour never carries meaning alone. The same stands in words in the document,
tie by tie, as the text alternative.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from samspill.document.parts import Map, State
from samspill.document.tree import plain
from samspill.drawing.frame import PERSON, Frame, Node
from samspill.drawing.geometry import Box, Curve, n
from samspill.drawing.lettering import drawable, text_width
from samspill.drawing.map_layout import lay_out
from samspill.drawing.routes import Layout, Link
from samspill.markup import Markup, shape, tag
from samspill.tokens import TOKENS
from samspill.typeface.glyphs import other_family

Ink = Literal["screen", "print"]
WIDE = Frame(width=720, size=16, label=138)
TALL = Frame(width=340, size=15, label=112, tall=True, side=11)
#: Dash pattern of a tie by state; round ends turn the shortest dash into a dot.
PATTERNS: dict[State, str] = {"working": "", "irregular": "11 7", "missing": "0.1 8"}
WIDTHS: dict[State, float] = {"working": 2.5, "irregular": 2.5, "missing": 3.5}
INKS = TOKENS.drawing
GREYS: dict[State, str] = {"working": INKS.line, "irregular": INKS.line, "missing": INKS.ink}


@dataclass(frozen=True)
class MapDrawing:
    """A coordination map as three SVG drawings, each drawn when it is asked for."""

    drawn: Map
    layouts: tuple[Layout, Layout]

    @cached_property
    def wide(self) -> Markup:
        """The drawing for wide screens."""
        return _svg(self.drawn, WIDE, self.layouts[0], self._beside, "screen")

    @cached_property
    def tall(self) -> Markup:
        """The drawing for narrow screens."""
        layout = self.layouts[1]
        return _svg(self.drawn, TALL, layout, _notes(self.drawn, TALL, layout), "screen")

    @cached_property
    def print(self) -> Markup:
        """The drawing for print."""
        return _svg(self.drawn, WIDE, self.layouts[0], self._beside, "print")

    @cached_property
    def _beside(self) -> tuple[Note, ...]:
        return _notes(self.drawn, WIDE, self.layouts[0])


@dataclass(frozen=True)
class Note:
    """The word beside a missing tie."""

    text: str
    box: Box


# A page and three sheets show the same map, one soon after the other.
@lru_cache(64)
def coordination_map(drawn: Map) -> MapDrawing:
    """Return the coordination map of a case, laid out."""
    return MapDrawing(drawn, (map_layout(drawn, WIDE), map_layout(drawn, TALL)))


def map_layout(drawn: Map, frame: Frame) -> Layout:
    """Lay out a map in a frame, the person at the origin."""
    labels = {name: _label(name, plain(label)) for name, label in drawn.labels}
    return lay_out(frame, labels, [(tie.source, tie.target) for tie in drawn.ties])


def _label(name: str, label: str) -> str:
    return _sentence_case(drawable(label).strip()) or name


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- drawing ------------------------------------------------------------------------------------------------


def _svg(drawn: Map, frame: Frame, layout: Layout, notes: tuple[Note, ...], ink: Ink) -> Markup:
    boxes = [node.box for node in layout.nodes] + [note.box for note in notes]
    points = [point for link in layout.links for point in link.curve.points]
    top = math.floor(min([box.y - box.height / 2 for box in boxes] + [y for _, y in points])) - 4
    bottom = math.ceil(max([box.y + box.height / 2 for box in boxes] + [y for _, y in points]))
    legend, height = _legend(drawn, frame, bottom + 30, ink)
    left = -frame.width / 2
    view = f"{n(left)} {top} {n(frame.width)} {math.ceil(height - top)}"
    states = {index: tie.state for index, tie in enumerate(drawn.ties)}
    parts = [
        *(_tie(link.curve, states[link.tie], ink) for link in layout.links),
        *(_node(frame, node, ink) for node in layout.nodes),
        *(_text(frame, note.box, (note.text,), "map-note", ink, fill=GREYS["missing"]) for note in notes),
        *legend,
    ]
    inside = Markup("").join(parts)
    if ink == "print":
        return tag(
            "svg",
            inside,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=view,
            width=n(frame.width),
            height=str(math.ceil(height - top)),
            font_family=TOKENS.sans.name,
            font_size=n(frame.size),
        )
    return tag(
        "svg",
        inside,
        class_=f"map map--{'tall' if frame.tall else 'wide'}",
        viewBox=view,
        aria_hidden="true",
        focusable="false",
        font_size=n(frame.size),
        fill="currentColor",
    )


def _tie(curve: Curve, state: State, ink: Ink) -> Markup:
    a, b, c, d = (f"{n(x)} {n(y)}" for x, y in (curve.start, curve.first, curve.second, curve.end))
    return _stroke(f"M{a}C{b} {c} {d}", state, ink)


def _stroke(path: str, state: State, ink: Ink) -> Markup:
    screen = ink == "screen"
    return shape(
        "path",
        d=path,
        class_=f"map-tie map-tie--{state}" if screen else None,
        stroke="currentColor" if screen else GREYS[state],
        fill="none",
        stroke_width=n(WIDTHS[state]),
        stroke_dasharray=PATTERNS[state] or None,
        stroke_linecap="round" if state == "missing" else None,
    )


def _node(frame: Frame, node: Node, ink: Ink) -> Markup:
    box = node.box
    person = node.id == PERSON
    if ink == "print":
        looks = {"fill": INKS.person if person else INKS.card, "stroke": INKS.ink}
    else:
        looks = {"class_": "map-person" if person else "map-node", "fill": "none", "stroke": "currentColor"}
    if person:
        drawn = shape("circle", cx=n(box.x), cy=n(box.y), r=n(box.width / 2), **looks, stroke_width="3")
    else:
        drawn = shape(
            "rect",
            x=n(box.x - box.width / 2),
            y=n(box.y - box.height / 2),
            width=n(box.width),
            height=n(box.height),
            rx=n(box.radius),
            **looks,
            stroke_width="2",
        )
    return drawn + _text(frame, box, node.lines, "map-name" if person else "map-label", ink, bold=person)


def _text(
    frame: Frame,
    box: Box,
    lines: tuple[str, ...],
    name: str,
    ink: Ink,
    *,
    bold: bool = False,
    anchor: str = "middle",
    fill: str = INKS.ink,
) -> Markup:
    """Return lines of text, centred on a box by the height of the letters."""
    step = frame.size * frame.leading
    first = box.y - step * (len(lines) - 1) / 2 + frame.size * 0.34
    # The typesetter sets a line of a drawing in one family; a browser finds each letter itself.
    return Markup("").join(
        tag(
            "text",
            line,
            x=n(box.x),
            y=n(first + step * index),
            fill=fill if ink == "print" else None,
            class_=None if ink == "print" else name,
            text_anchor=anchor,
            font_weight="700" if bold else None,
            font_family=other_family(line) if ink == "print" else None,
        )
        for index, line in enumerate(lines)
    )


def _legend(drawn: Map, frame: Frame, y: float, ink: Ink) -> tuple[list[Markup], float]:
    """Return the legend from a baseline on, and the height the drawing then reaches."""
    sample, gap, between = (29.0, 5.0, 15.0) if frame.tall else (47.0, 10.0, 34.0)
    widths = [sample + gap + text_width(words, frame.size) for _, words in drawn.states]
    parts: list[Markup] = []
    row = sum(widths) + between * (len(drawn.states) - 1)
    stacked = row > frame.width - 16
    x = -max(widths) / 2 if stacked else -row / 2
    for (state, words), width in zip(drawn.states, widths, strict=True):
        # Whole dashes and dots only, so that the sample shows its pattern well, and close to its word.
        step, mark = {"working": (1.0, 0.0), "irregular": (18.0, 11.0), "missing": (8.0, 0.1)}[state]
        start = x + sample - ((sample - mark) // step * step + mark)
        parts.append(_stroke(f"M{n(start)} {n(y)}H{n(x + sample)}", state, ink))
        box = Box(x + sample + gap, y, 0, 0)
        parts.append(_text(frame, box, (words,), "map-legend", ink, anchor="start"))
        if stacked:
            y += frame.size * 1.5
        else:
            x += width + between
    return parts, y + (0 if stacked else frame.size)


def _notes(drawn: Map, frame: Frame, layout: Layout) -> tuple[Note, ...]:
    """Return the kind of each missing tie where there is room beside its line; the words carry the rest."""
    found: list[Note] = []
    for link in layout.links:
        tie = drawn.ties[link.tie]
        if tie.state == "missing" and (note := _note(tie.label, frame, layout, link, found)):
            found.append(note)
    return tuple(found)


def _note(words: str, frame: Frame, layout: Layout, link: Link, taken: list[Note]) -> Note | None:
    width, height = text_width(words, frame.size), frame.size
    for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
        (x0, y0), (x1, y1) = link.curve.at(t - 0.02), link.curve.at(t + 0.02)
        reach = math.dist((x0, y0), (x1, y1)) or 1.0
        nx, ny = (y0 - y1) / reach, (x1 - x0) / reach
        off = abs(nx) * width / 2 + abs(ny) * height / 2 + 6
        for side in (1, -1) if ny < 0 else (-1, 1):
            box = Box((x0 + x1) / 2 + nx * off * side, (y0 + y1) / 2 + ny * off * side, width, height)
            if _free(box, frame, layout, taken):
                return Note(words, box)
    return None


def _free(box: Box, frame: Frame, layout: Layout, taken: list[Note]) -> bool:
    return (
        abs(box.x) + box.width / 2 <= frame.width / 2 - 4
        and all(box.apart(node.box) >= 6 for node in layout.nodes)
        and all(box.apart(note.box) >= 6 for note in taken)
        and not any(box.nearer(p, 3) for link in layout.links for p in link.curve.points)
    )
