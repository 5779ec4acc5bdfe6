"""Parts of documents for tests that look at one of them."""

from __future__ import annotations

from samspill.document.case import case_map
from samspill.document.module import module_figure
from samspill.drawing.figure import FigureDrawing, figure
from samspill.drawing.map import MapDrawing, coordination_map
from samspill.model import Course
from samspill.reading.context import Context


def drawn_map(context: Context) -> MapDrawing:
    """Draw the map of the case a context is in."""
    assert context.case is not None
    return coordination_map(case_map(context, context.case))


def drawn_figure(course: Course, language: str, module: str) -> FigureDrawing | None:
    """Draw the figure of a module, or return None when it has none."""
    prose = course.text("module", module, language)
    assert prose is not None
    part = module_figure(Context(course, language), course.modules[module], prose)
    return None if part is None else figure(part)
