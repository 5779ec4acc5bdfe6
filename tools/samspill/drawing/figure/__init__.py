"""The figure of a module, drawn from its structure for wide screens and for narrow ones, and its words.

Labels are the titles of the prose sections below `figure`; nothing else is written in a drawing. The drawing is
hidden from assistive technology: the list or table beside it says the same in words. Colour repeats what place,
number or shape already says, and every part falls back to the colour of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from samspill.drawing.figure.canvas import Canvas, on_paper, on_screen
from samspill.drawing.figure.continuum import continuum_tall, continuum_wide
from samspill.drawing.figure.cycle import cycle_tall, cycle_wide
from samspill.drawing.figure.hub import hub
from samspill.drawing.figure.levels import levels
from samspill.drawing.figure.matrix import matrix_tall, matrix_wide
from samspill.drawing.figure.words import label_of, sections_of, sentence_of
from samspill.drawing.frame import Frame
from samspill.markup import Markup
from samspill.model import Figure, Module
from samspill.reading.context import Context

#: The wide drawing is shown from 40rem on; the tall one keeps its words at 12 px and more down to 256 px.
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


def figure(context: Context, module: Module) -> FigureDrawing | None:
    """Draw the figure of a module; None when it has none, or when words for it are missing in this language."""
    drawn = module.figure
    sections = sections_of(context, module)
    if drawn is None or sections is None:
        return None
    if not (drawn.rows and drawn.columns if drawn.kind == "matrix" else drawn.parts):
        return None
    labels = {part: label_of(context, part, section) for part, section in sections.items()}
    words = tuple((labels[part], sentence_of(context, sections[part].blocks)) for part in drawn.labels)
    wide, tall = _draw(drawn, labels, WIDE), _draw(drawn, labels, TALL)
    languages = tuple(sections[part].borrowed for part in drawn.labels)
    return FigureDrawing(on_screen(WIDE, wide), on_screen(TALL, tall), on_paper(WIDE, wide), words, languages)


def _draw(drawn: Figure, labels: dict[str, str], frame: Frame) -> Canvas:
    if drawn.kind == "matrix":
        rows, columns = ([labels[part] for part in parts] for parts in (drawn.rows, drawn.columns))
        cells = [[labels[f"{row}-{column}"] for column in drawn.columns] for row in drawn.rows]
        return (matrix_tall if frame.tall else matrix_wide)(frame, rows, columns, cells)
    kinds: dict[str, tuple[_Drawer, _Drawer]] = {
        "continuum": (continuum_wide, continuum_tall),
        "cycle": (cycle_wide, cycle_tall),
        "levels": (levels, levels),
        "hub": (hub, hub),
    }
    return kinds[drawn.kind][frame.tall](frame, [labels[part] for part in drawn.parts])
