"""A matrix: a field for each row and column."""

from __future__ import annotations

from samspill.drawing.figure.canvas import Canvas, canvas
from samspill.drawing.figure.shapes import STRANDS, circle, height_of, line, lines_in, rectangle, text
from samspill.drawing.frame import Frame
from samspill.drawing.geometry import Box, n
from samspill.markup import Markup


def matrix_wide(frame: Frame, rows: list[str], columns: list[str], cells: list[list[str]]) -> Canvas:
    """A field for each row and column; a thread runs through the fields of a row."""
    start, gap = 146.0, 18.0
    width = (frame.width - 1 - start + gap) / len(columns) - gap
    middles = [start + width / 2 + index * (width + gap) for index in range(len(columns))]
    heads = [lines_in(frame, label, width - 4, bold=True) for label in columns]
    head = max(height_of(frame, lines) for lines in heads)
    shapes = [
        text(frame, lines, x, head / 2, name="figure-head", bold=True)
        for lines, x in zip(heads, middles, strict=True)
    ]
    top = head + 14
    for index, (row, labels) in enumerate(zip(rows, cells, strict=True)):
        name = lines_in(frame, row, start - 34, bold=True)
        blocks = [lines_in(frame, label, width - 20) for label in labels]
        high = max(max(height_of(frame, lines) for lines in blocks) + 26, height_of(frame, name) + 8)
        y = top + high / 2
        strand = f"figure-strand--{STRANDS[index]}"
        ways = [f"M{n(start - 18)} {n(y)}H{n(start - 4)}"]
        ways += [f"M{n(x - width / 2 - gap + 4)} {n(y)}h{n(gap - 8)}" for x in middles[1:]]
        shapes += [text(frame, name, 0, y, anchor="start", bold=True), line("".join(ways), strand, 2.5)]
        for lines, x in zip(blocks, middles, strict=True):
            shapes += [rectangle(Box(x, y, width, high, 12), "map-node"), text(frame, lines, x, y)]
        top += high + 12
    return canvas(frame, shapes, 0, top - 10)


def matrix_tall(frame: Frame, rows: list[str], columns: list[str], cells: list[list[str]]) -> Canvas:
    """Row after row: its name, then each column's name and the words of the field, on a thread."""
    x, words, second = 7.0, 24.0, 152.0
    top, between = 0.0, 11.0
    shapes: list[Markup] = []
    for index, (row, labels) in enumerate(zip(rows, cells, strict=True)):
        strand = f"figure-strand--{STRANDS[index]}"
        name = lines_in(frame, row, frame.width - words - 2, bold=True)
        first = top + height_of(frame, name) / 2
        shapes += [circle(x, first, 5, strand, 2.5), text(frame, name, words, first, anchor="start", bold=True)]
        bottom = top + height_of(frame, name)
        for column, label in zip(columns, labels, strict=True):
            left, right = lines_in(frame, column, second - words - 8), lines_in(frame, label, frame.width - second - 2)
            high = max(height_of(frame, left), height_of(frame, right))
            y = bottom + between
            shapes += [
                line(f"M{n(words)} {n(y - between / 2)}H{n(frame.width - 1)}", "figure-rule", 1),
                # Both begin on the same line of writing.
                text(frame, left, words, y + height_of(frame, left) / 2, anchor="start", name="figure-head"),
                text(frame, right, second, y + height_of(frame, right) / 2, anchor="start"),
            ]
            bottom = y + high
        shapes.append(line(f"M{n(x)} {n(first + 9)}V{n(bottom - 2)}", strand, 2.5))
        top = bottom + 26
    return canvas(frame, shapes, -1, top - 22)
