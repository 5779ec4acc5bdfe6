"""YAML 1.2 scalars, with positions, and nothing that can surprise.

PyYAML's loaders read `no` as false and `9:30` as 570, keep the last of two
equal keys and follow aliases without bounds; its C composer recurses. So only
its event parser is used, and the values are composed here, without recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from samspill.problem import Problem
from samspill.source import fault

MAX_DEPTH = 24
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
_CONSTANTS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
Path = tuple[str | int, ...]


class YamlError(Exception):
    """One fault that ends the reading of a YAML text."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


@dataclass
class _Open:
    """A collection being composed."""

    path: Path
    value: Any
    key: str | None = None
    keys: set[str] = field(default_factory=set)


def scalar(text: str) -> Any:
    """Return the value of a plain scalar by the YAML 1.2 core schema.

    Numbers of more than 18 characters, or with a leading zero, stay text.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if len(text) <= 18:
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
    return text


def read(text: str, path: str, first_line: int = 1) -> tuple[Any, dict[Path, tuple[int, int]]]:
    """Return the value of one YAML document and the position of every value in it.

    `first_line` is the line of the file on which the text starts. Lists become tuples, so that values stay
    frozen. Raises `YamlError` with the first fault.
    """
    marks: dict[Path, tuple[int, int]] = {(): (first_line, 1)}
    stack: list[_Open] = []
    result: Any = None
    documents = 0
    last = first_line + text.rstrip("\n").count("\n")

    def place(mark: Any) -> tuple[int, int]:
        # An empty value at the end of the text begins behind its last line.
        return min(mark.line + first_line, last), mark.column + 1

    def child_path(line: int, column: int) -> Path:
        if not stack:
            return ()
        top = stack[-1]
        path_ = (*top.path, len(top.value) if isinstance(top.value, list) else str(top.key))
        if isinstance(top.value, list):
            marks[path_] = (line, column)
        return path_

    def attach(value: Any) -> None:
        nonlocal result
        if not stack:
            result = value
        elif isinstance(stack[-1].value, list):
            stack[-1].value.append(value)
        else:
            stack[-1].value[stack[-1].key] = value
            stack[-1].key = None

    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            line, column = place(event.start_mark)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise YamlError(fault.forbidden_yaml(path, line, column, "a second document"))
            elif isinstance(event, yaml.NodeEvent):
                if (what := _forbidden(event)) is not None:
                    raise YamlError(fault.forbidden_yaml(path, line, column, what))
                in_mapping = bool(stack) and isinstance(stack[-1].value, dict)
                if in_mapping and stack[-1].key is None:
                    marks[_open_key(stack[-1], event, path, line, column)] = (line, column)
                elif isinstance(event, yaml.ScalarEvent):
                    where = child_path(line, column)
                    marks[where] = (line, column)
                    attach(scalar(event.value) if event.implicit[0] and not event.style else event.value)
                else:
                    if len(stack) >= MAX_DEPTH:
                        raise YamlError(fault.too_deep(path, line, column, MAX_DEPTH))
                    value: Any = [] if isinstance(event, yaml.SequenceStartEvent) else {}
                    stack.append(_Open(child_path(line, column), value))
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                done = stack.pop()
                attach(tuple(done.value) if isinstance(done.value, list) else done.value)
    except yaml.YAMLError as error:
        raise YamlError(_syntax(error, text, path, first_line)) from None
    return result, marks


def _forbidden(event: yaml.NodeEvent) -> str | None:
    """Return what an event has that no content file may have, in words, or None."""
    if isinstance(event, yaml.AliasEvent):
        return f"the alias *{event.anchor}"
    if event.anchor is not None:
        return f"the anchor &{event.anchor}"
    tag = getattr(event, "tag", None)
    return None if tag is None else f"the tag {tag}"


def _open_key(top: _Open, event: yaml.NodeEvent, path: str, line: int, column: int) -> Path:
    """Take an event as the next key of a mapping and return the key's path."""
    if not isinstance(event, yaml.ScalarEvent):
        raise YamlError(fault.not_string_key(path, line, column))
    if event.value in top.keys:
        raise YamlError(fault.duplicate_key(path, line, column, event.value))
    if event.value == "<<":
        raise YamlError(fault.forbidden_yaml(path, line, column, "the merge key <<"))
    top.keys.add(event.value)
    top.key = event.value
    return (*top.path, event.value)


def _syntax(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    lines = text.split("\n")
    if len(lines) > 1 and not lines[-1]:
        lines.pop()  # a final newline opens no line
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    why = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "malformed")
    indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
    if "\t" in indent:
        why, column = "the line is indented with a tab", indent.index("\t")
    return fault.yaml_syntax(path, line + first_line, column + 1, why)
