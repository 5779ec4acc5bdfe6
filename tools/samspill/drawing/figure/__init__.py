"""The figure of a module, drawn from its structure for wide screens and for narrow ones, and its words.

Labels are the titles of the prose sections below `figure`; nothing else is written in a drawing. The drawing is
hidden from assistive technology: the list or table beside it says the same in words. Colour repeats what place,
number or shape already says, and every part falls back to the colour of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samspill.document.parts import Figure, FigurePart
from samspill.document.tree import plain, sentence
from samspill.drawing.figure.canvas import Canvas, on_paper, on_screen
from samspill.drawing.figure.continuum import continuum_tall, continuum_wide
from samspill.drawing.figure.cycle import cycle_tall, cycle_wide
from samspill.drawing.figure.hub import hub
from samspill.drawing.figure.levels import levels
from samspill.drawing.figure.matrix import matrix_tall, matrix_wide
from samspill.drawing.frame import Frame
from samspill.drawing.lettering import drawable
from samspill.markup import Markup

#: The wide drawing is shown above the breakpoint `drawing`; the tall one keeps its words at 12 px and more down to
#: 256 px.
WIDE = Frame(width=720, size=16, label=138)
TALL = Frame(width=320, size=15, label=112, tall=True, side=11)
_Drawer = Callable[[Frame, list[str]], Canvas]


@dataclass(frozen=True)
class FigureDrawing:
    """A figure: SVG drawings for screen and print, and a label and its sentence for each part in order."""

    wide: Markup
    tall: Markup
    print: Markup
    words: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    """The language of each part's words when that is not the page's, or nothing."""


def figure(drawn: Figure) -> FigureDrawing:
    """Draw the figure of a module."""
    labels = {part.id.removeprefix("figure."): _label(part) for part in drawn.parts}
    words = tuple((_label(part), sentence(part.body)) for part in drawn.parts)
    wide, tall = _draw(drawn, labels, WIDE), _draw(drawn, labels, TALL)
    languages = tuple(part.language for part in drawn.parts)
    return FigureDrawing(on_screen(WIDE, wide), on_screen(TALL, tall), on_paper(WIDE, wide), words, languages)


def _label(part: FigurePart) -> str:
    """Return the words of a part in the drawing: its title."""
    return " ".join(drawable(plain(part.title)).split()) or part.id.removeprefix("figure.")


def _draw(drawn: Figure, labels: dict[str, str], frame: Frame) -> Canvas:
    if drawn.shape == "matrix":
        rows, columns = ([labels[part] for part in parts] for parts in (drawn.rows, drawn.columns))
        cells = [[labels[f"{row}-{column}"] for column in drawn.columns] for row in drawn.rows]
        return (matrix_tall if frame.tall else matrix_wide)(frame, rows, columns, cells)
    kinds: dict[str, tuple[_Drawer, _Drawer]] = {
        "continuum": (continuum_wide, continuum_tall),
        "cycle": (cycle_wide, cycle_tall),
        "levels": (levels, levels),
        "hub": (hub, hub),
    }
    return kinds[drawn.shape][frame.tall](frame, [labels[part] for part in drawn.order])
