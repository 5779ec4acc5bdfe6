"""Tables: their cells counted as the parser counts them, and lines of pipes that are no table."""

from __future__ import annotations

import re
from typing import Any, cast

from markdown_it.rules_block.table import escapedSplit

from samspill import prose as p
from samspill.source.markdown import fault
from samspill.source.markdown.inlines import children
from samspill.source.markdown.nodes import Node
from samspill.source.markdown.reader import Reader

_RULE = re.compile(r"[|: \t-]+")


def report_pipes(reader: Reader, node: Node) -> None:
    """Report a paragraph of pipes: a table that could not be read as one."""
    first, end = node.map or (0, 0)
    lines = reader.masked[first:end]
    if not any("|" in line for line in lines):
        return
    texts = [line.lstrip(" \t>") for line in lines]
    for number, text in enumerate(texts):
        if "|" in text and "-" in text and _RULE.fullmatch(text) and (number or len(texts) > 1):
            rule, header = _cells(text), _cells(reader.lines[first + number - 1].lstrip(" \t>")) if number else 0
            what = f"the rule of a table has {_counted(rule)}, header {header}"
            what = what if header else "a table has no header"
            remedy = "write one --- for each column of the header, in the line directly below it"
            reader.report(fault.uneven_table, reader.start(first + number), what, remedy)
            return
    many = [number for number, text in enumerate(texts) if text.startswith("|") or text.count("|") > 1]
    if many and (len(many) > 1 or (texts[many[0]].startswith("|") and texts[many[0]].count("|") > 1)):
        what = "a line of | that is no table"
        remedy = "put | --- | --- | below the header, and no empty line inside; for the sign itself write \\|"
        reader.report(fault.uneven_table, reader.start(first + many[0]), what, remedy)


def table(reader: Reader, node: Node) -> p.Table:
    """Turn a table node into a table and count the cells of each row, of which the parser drops the surplus."""
    head, *rest = node.children
    rows = rest[0].children if rest else []
    columns = len(head.children[0].children)
    for row in rows:
        line = row.map[0] if row.map else 0
        cells = _cells(reader.lines[line].lstrip(" \t>"))
        if cells != columns:
            what = f"row has {_counted(cells)}, header {columns}"
            remedy = "give each row as many cells as the header; write \\| for a | inside a cell"
            if "|" not in reader.lines[line]:
                what, remedy = "the line joins the table above", "leave an empty line below the table"
            reader.report(fault.uneven_table, reader.start(line), what, remedy)
    align = tuple(
        cast(Any, str(cell.attrs.get("style", "")).removeprefix("text-align:"))
        for cell in head.children[0].children
    )
    header = tuple(children(reader, cell) for cell in head.children[0].children)
    return p.Table(header, tuple(tuple(children(reader, c) for c in row.children) for row in rows), align)


def _cells(row: str) -> int:
    """Return the number of cells in a row of a table, counted as the parser does."""
    cells = escapedSplit(row.strip())
    if cells and cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    return len(cells)


def _counted(cells: int) -> str:
    return f"{cells} cell" if cells == 1 else f"{cells} cells"
