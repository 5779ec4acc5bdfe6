"""The cells of a notebook as it stands in the course: code, and placeholders for the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from samspill.model import Page
from samspill.problem import ContentError, Problem
from samspill.prose import Prose

#: Tag of the first cell, which is replaced by the words of the language.
PARAMETERS = "parameters"
_PLACEHOLDER = re.compile(r"\{#([a-z0-9.-]+)\}")
_REMEDY = "keep code in the notebook, and text in the page's Markdown file under the same {#id}"


def notebook_path(page: Page) -> str:
    """Return where a page's notebook stands in the course."""
    return f"course/pages/{page.id}/{page.notebook}"


def placed_cells(page: Page, prose: Prose, notebook: bytes) -> list[dict[str, Any]]:
    """Return the cells of a notebook, which has a placeholder for each section of the prose, in its order.

    Raises `ContentError`: N002 for a file that is not a notebook of ours, N003 for a placeholder without a section
    or a section without a placeholder.
    """
    path = notebook_path(page)
    cells = _cells(path, notebook)
    placed = [_PLACEHOLDER.fullmatch(source_of(cell)) for cell in cells if cell["cell_type"] == "markdown"]
    ids = [match[1] for match in placed if match]
    known = [section.id for section in prose.sections]
    if ids != known:
        lost = [one for one in known if one not in ids] + [one for one in ids if one not in known]
        what = f"{{#{lost[0]}}}" if lost else "the order of the sections"
        message = f"the notebook and {prose.path} do not agree on {what}"
        raise ContentError([Problem(path, 1, 1, "N003", message, _REMEDY)])
    return cells


def _cells(path: str, notebook: bytes) -> list[dict[str, Any]]:
    def problem(message: str) -> ContentError:
        return ContentError([Problem(path, 1, 1, "N002", message, _REMEDY)])

    try:
        found = json.loads(notebook)["cells"]
        sources = [(cell["cell_type"], source_of(cell)) for cell in found]
    except (ValueError, KeyError, TypeError):
        raise problem("this is not a notebook") from None
    if not found or sources[0][0] != "code" or PARAMETERS not in tags_of(found[0]):
        raise problem(f"the first cell is not a code cell tagged {PARAMETERS}")
    for number, (kind, source) in enumerate(sources, 1):
        if kind == "markdown" and not _PLACEHOLDER.fullmatch(source):
            raise problem(f"cell {number} holds text where only a placeholder such as {{#table}} may stand")
        if kind not in ("markdown", "code"):
            raise problem(f"cell {number} is neither code nor a placeholder")
    cells: list[dict[str, Any]] = found
    return cells


def source_of(cell: Mapping[str, Any]) -> str:
    """Return the source of a cell as one text."""
    source = cell["source"]
    return (source if isinstance(source, str) else "".join(source)).strip()


def tags_of(cell: Mapping[str, Any]) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.get("metadata", {}).get("tags", []))
