"""The parser's tokens as a tree: what opens and what closes it are one node, with what stands between as children.

The library has such a tree, whose every question is a chain of functions; a whole course asks a million of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.token import Token


class Node:
    """A token, or one that opens something with all that is in it; `type` is that of both, as in `paragraph`."""

    __slots__ = ("children", "content", "token", "type")

    def __init__(self, token: Token) -> None:
        self.token = token
        self.type = token.type.removesuffix("_open") if token.nesting else token.type
        self.content = token.content
        self.children = nodes(token.children) if token.children else []

    @property
    def map(self) -> Sequence[int] | None:
        """The line that it begins in and the one behind it, from 0."""
        return self.token.map

    @property
    def tag(self) -> str:
        """Its element in HTML."""
        return self.token.tag

    @property
    def attrs(self) -> Mapping[str, str | int | float]:
        """The attributes of that element."""
        return self.token.attrs

    @property
    def markup(self) -> str:
        """The signs that it was made of."""
        return self.token.markup

    @property
    def info(self) -> str:
        """What stands behind the signs of a block of code, or the number of an item."""
        return self.token.info

    @property
    def meta(self) -> Mapping[Any, Any]:
        """What the parser noted."""
        return self.token.meta


def nodes(tokens: Sequence[Token]) -> list[Node]:
    """Return the tokens of a text or of a block as nodes."""
    done: list[Node] = []
    around: list[list[Node]] = []
    for token in tokens:
        if token.nesting < 0:
            done = around.pop()
            continue
        node = Node(token)
        done.append(node)
        if token.nesting:
            around.append(done)
            done = node.children
    return done
