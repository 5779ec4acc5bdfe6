"""The cells of a notebook as it stands in the course: code, and placeholders for the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from samspill.model import Page
from samspill.problem import ContentError, Problem
from samspill.prose import Prose
from samspill.source.characters import described, hidden

#: Tag of the first cell, which is replaced by the words of the language.
PARAMETERS = "parameters"
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_PLACEHOLDER = re.compile(r"\{#([a-z0-9.-]+)\}")
_ANEW = "open it in Jupyter and save it anew"
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
        twice = [one for one in ids if ids.count(one) > 1]
        lost = twice or [one for one in known if one not in ids] + [one for one in ids if one not in known]
        what = f"{{#{lost[0]}}}" if lost else "the order of the sections"
        message = f"the notebook and {prose.path} do not agree on {what}" + (", which stands twice" if twice else "")
        raise ContentError([Problem(path, 1, 1, "N003", message, _REMEDY)])
    return cells


def _cells(path: str, notebook: bytes) -> list[dict[str, Any]]:
    """Return the cells of a notebook file, as far as they are of a form that we run."""

    def problem(message: str, remedy: str = _REMEDY) -> ContentError:
        return ContentError([Problem(path, 1, 1, "N002", message, remedy)])

    try:
        found = json.loads(notebook.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise problem("this is not a notebook") from None
    if not isinstance(found, dict):
        raise problem("this is not a notebook")
    if found.get("nbformat", 4) != 4:
        raise problem(f"the notebook is of format {found['nbformat']!s:.10}, not 4", _ANEW)
    cells = found.get("cells")
    if not isinstance(cells, list):
        raise problem("this is not a notebook")
    for number, cell in enumerate(cells, 1):
        if not _is_cell(cell):
            raise problem(f"cell {number} is not a cell as Jupyter writes it", _ANEW)
    if not cells or cells[0]["cell_type"] != "code" or PARAMETERS not in tags_of(cells[0]):
        raise problem(f"the first cell is not a code cell tagged {PARAMETERS}")
    for number, cell in enumerate(cells, 1):
        kind, source = cell["cell_type"], source_of(cell)
        if kind == "markdown" and not _PLACEHOLDER.fullmatch(source):
            raise problem(f"cell {number} holds text where only a placeholder such as {{#table}} may stand")
        if kind not in ("markdown", "code"):
            raise problem(f"cell {number} is neither code nor a placeholder")
        if number > 1 and PARAMETERS in tags_of(cell):
            raise problem(f"cell {number} is tagged {PARAMETERS} too: its code would be replaced", "remove the tag")
        if bad := hidden(source):
            raise problem(f"cell {number} holds {described(bad.character)}", "delete it, and type the code anew")
        if bad := hidden("".join(tags_of(cell))):
            raise problem(f"a tag of cell {number} holds {described(bad.character)}", "remove the tag")
    return cells


def _is_cell(cell: Any) -> bool:
    """Tell whether a value has what we read of a cell."""
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    source, metadata = cell.get("source"), cell.get("metadata", {})
    tags: Any = metadata.get("tags", []) if isinstance(metadata, dict) else None
    if not _texts(tags) or any(hidden(tag) for tag in tags):
        return False
    return isinstance(source, str) or _texts(source)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def source_of(cell: Mapping[str, Any]) -> str:
    """Return the source of a cell as one text."""
    source = cell["source"]
    return (source if isinstance(source, str) else "".join(source)).strip()


def tags_of(cell: Mapping[str, Any]) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.get("metadata", {}).get("tags", []))


def named_cells(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cells each with an id of its own, as Jupyter asks: older notebooks have none, and copies share one."""
    taken: set[str] = set()
    result = []
    for number, cell in enumerate(cells, 1):
        own = cell.get("id")
        name = own if isinstance(own, str) and _CELL_ID.fullmatch(own) and own not in taken else f"cell-{number}"
        while name in taken:
            name += "-"
        taken.add(name)
        result.append(cell | {"id": name})
    return result
