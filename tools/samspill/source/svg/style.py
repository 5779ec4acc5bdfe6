"""A style: the value of a property as it is written, and why it cannot be carried over."""

from __future__ import annotations

import re
from dataclasses import dataclass


class UnknownStyleError(Exception):
    """A style that cannot be carried over: what it is, what to do, and whether it acts or loads something."""

    def __init__(self, what: str, remedy: str = "", acts: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.acts = acts


@dataclass(frozen=True)
class Value:
    """A property's value as written; whether it stands in a style, not in an attribute, and is marked as important."""

    text: str
    styled: bool = True
    important: bool = False


def bounded(text: str) -> None:
    """Refuse what nests deeper than any style does."""
    depth = 0
    for bracket in re.findall(r"[()\[\]{}]", text):
        depth += 1 if bracket in "([{" else -1
        if depth > 16:
            raise UnknownStyleError("a style that nests too deeply")
