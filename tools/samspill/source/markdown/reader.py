"""The reader of one file: its lines, where they stand in it, and what is found wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from samspill import prose as p
from samspill.problem import Problem
from samspill.source.markdown.nodes import Node


@dataclass
class Reader:
    """One file as it is read: its lines, how far down in the file they begin, and what is wrong with them."""

    path: str
    lines: list[str]
    offset: int
    problems: list[Problem] = field(default_factory=list)
    masked: list[str] = field(default_factory=list)

    def place(self, node: Node) -> p.Place:
        """Return where the sign of an inline node stands, or the address of a link or picture."""
        line, column = node.meta["place"]
        return p.Place(line + self.offset + 1, column + 1)

    def at(self, node: Node) -> p.Place:
        """Return where a block starts."""
        line = node.map[0] if node.map else 0
        text = self.lines[line]
        return p.Place(line + self.offset + 1, len(text) - len(text.lstrip()) + 1)

    def start(self, line: int) -> p.Place:
        """Return where the text of a line begins, behind the marks of quotations."""
        text = self.lines[line]
        return p.Place(line + self.offset + 1, len(text) - len(text.lstrip(" \t>")) + 1)

    def report(self, make: Any, place: p.Place, *args: Any, **named: Any) -> None:
        """Note a problem."""
        self.problems.append(make(self.path, place.line, place.column, *args, **named))
