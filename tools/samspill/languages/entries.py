"""The texts of a language's file, each with its place: every scalar is a text, whatever YAML would make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True)
class Entry:
    """A text and where it stands; line and column count from 1."""

    words: str
    line: int
    column: int


class BrokenError(Exception):
    """A file that is no YAML: what is wrong with it and where."""

    def __init__(self, why: str, line: int = 1, column: int = 1) -> None:
        self.why, self.line, self.column = why, line, column
        super().__init__(why)


def entries(data: bytes) -> list[tuple[str, Entry]]:
    """Return every text of a file by its dotted key, in order; a key that stands twice is there twice.

    Raises `BrokenError` for what is no YAML, or no table.
    """
    return list(_below(_parsed(data), ""))


def table(data: bytes) -> dict[str, Any]:
    """Return the texts of a file as they are nested. Raises `BrokenError` as `entries` does."""
    found: dict[str, Any] = _value(_parsed(data))
    return found


def _parsed(data: bytes) -> yaml.MappingNode:
    try:
        node = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        raise BrokenError("is not saved as UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = f"is not valid YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"
        raise BrokenError(why, *((mark.line + 1, mark.column + 1) if mark else ())) from None
    except RecursionError:
        raise BrokenError("is nested too deep") from None
    if not isinstance(node, yaml.MappingNode):
        raise BrokenError("holds no keys")
    return node


def _below(node: yaml.Node, key: str) -> Iterator[tuple[str, Entry]]:
    match node:
        case yaml.MappingNode():
            for name, value in node.value:
                yield from _below(value, f"{key}.{name.value}" if key else str(name.value))
        case yaml.SequenceNode():
            for index, value in enumerate(node.value):
                yield from _below(value, f"{key}.{index}")
        case yaml.ScalarNode():
            yield key, Entry(str(node.value), node.start_mark.line + 1, node.start_mark.column + 1)


def _value(node: yaml.Node) -> Any:
    match node:
        case yaml.MappingNode():
            return {str(name.value): _value(value) for name, value in node.value}
        case yaml.SequenceNode():
            return [_value(value) for value in node.value]
    return str(node.value)
