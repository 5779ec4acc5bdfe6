"""Drawings: an SVG file is read with an allow-list and written anew, so that it shows and does nothing else.

What is published is never the author's file. It is a tree of the elements and attributes named here, with every
style worked out and written on its element, every name replaced by a number and every letter in the course's own
typeface. What programs add and nobody sees (metadata, layers' names, comments) is left out without a word; what
would change the picture, or could act or load, is a problem that names it.
"""

from __future__ import annotations

from samspill.problem import Problem
from samspill.source.svg.allowed import MAX_PROBLEMS
from samspill.source.svg.rewriter import Drawing, Rewriter
from samspill.source.svg.tree import StopError, parsed

__all__ = ["Drawing", "read"]


def read(path: str, data: bytes) -> tuple[Drawing | None, list[Problem]]:
    """Return a drawing as it is published and what is wrong with it; None when anything is."""
    try:
        root = parsed(path, data)
        rewriter = Rewriter(path, root)
        drawing = rewriter.drawing()
    except StopError as stop:
        return None, [stop.problem]
    problems = list(dict.fromkeys(rewriter.problems))[:MAX_PROBLEMS]
    return (None if problems else drawing), problems
