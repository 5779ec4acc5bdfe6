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
from samspill.source.characters import hidden

MAX_DEPTH = 24
_INT = re.compile(r"(0|-?[1-9][0-9]*)$")
_FLOAT = re.compile(r"-?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*|(?=[eE])))([eE][-+]?[0-9]+)?$")
_CONSTANTS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
Path = tuple[str | int, ...]


#: Behind a text a hash begins a comment, where a person may have meant "#1". Behind a word, a number or a text in
#: quotes, a hash and a space are meant as a comment.
_COMMENT = re.compile(r"[ \t]+#(.?)")
_WORD = re.compile(r"[a-z0-9][a-z0-9.#-]*")
_ITEM = re.compile(r"[ \t]*[-?][ \t]")
#: What the parser says when a text begins with a sign of YAML's own.
_BEGINS = re.compile(r"found character that cannot start|entries are not allowed|keys are not allowed")
_SCANNED = re.compile(r"while scanning an? (alias|anchor|block scalar)")
#: What it says when something stands behind a value.
_BEHIND = re.compile(r"did not find expected (key|',' or|'-' indicator)")


#: The events that end what others began, and those that begin a value or are one.
_ENDS = frozenset((yaml.SequenceEndEvent, yaml.MappingEndEvent))
_BEGIN = frozenset((yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent, yaml.AliasEvent))


class YamlError(Exception):
    """The faults of a YAML text, which is then not read: every text cut short, and what ended the reading."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems


@dataclass
class _Open:
    """A collection being composed."""

    path: Path
    value: Any
    flow: bool = False
    key: str | None = None
    key_end: tuple[int, int] = (0, 0)
    keys: set[str] = field(default_factory=set)


def scalar(text: str) -> Any:
    """Return the value of a plain scalar by the YAML 1.2 core schema.

    Numbers of more than 18 characters, with a leading zero or a plus, stay text: written again they would look
    different.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if len(text) <= 18 and text[0] in "-.0123456789":
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
    return text


def read(text: str, path: str, first_line: int = 1) -> tuple[Any, dict[Path, tuple[int, int]]]:
    """Return the value of one YAML document and the position of every value in it.

    `first_line` is the line of the file on which the text starts. Lists become tuples, so that values stay
    frozen. Raises `YamlError` with every text that YAML would cut short or alter, and with the fault that ended the
    reading, if one did.
    """
    composer = _Composer(text, path, first_line)
    try:
        _compose(composer, yaml.CSafeLoader(text))
    except YamlError as error:
        raise YamlError(*composer.altered, *error.problems) from None
    except yaml.YAMLError as error:
        if composer.altered and composer.altered[-1].code == "Y006" and "expected ',' or" in str(error):
            raise YamlError(*composer.altered) from None  # the comment has taken the brace along
        raise YamlError(*composer.altered, _syntax(error, text, path, first_line, composer.quoted)) from None
    if composer.altered:
        raise YamlError(*composer.altered)
    return composer.result, composer.marks


def _compose(composer: _Composer, loader: yaml.CSafeLoader) -> None:
    event: Any = None
    try:
        while type(event) is not yaml.StreamEndEvent:
            event = loader.get_event()
            composer.take(event)
    finally:
        loader.dispose()


class _Composer:
    """Makes one value of the events of a text, and notes where everything stood and what YAML takes from it."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.lines = text.split("\n")
        self.last = first_line + text.rstrip("\n").count("\n")
        self.marks: dict[Path, tuple[int, int]] = {(): (first_line, 1)}
        self.altered: list[Problem] = []
        self.result: Any = None
        #: Where the last text in quotation marks began and ended, from 0.
        self.quoted: tuple[tuple[int, int], tuple[int, int]] | None = None
        self._stack: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take the next event."""
        kind = type(event)
        if kind in _ENDS:
            done = self._stack.pop()
            self._attach(tuple(done.value) if type(done.value) is list else done.value)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise YamlError(fault.forbidden_yaml(self.path, *self._place(event.start_mark), "a second document"))
        elif kind in _BEGIN:
            self._node(kind, event, *self._place(event.start_mark))

    def _node(self, kind: type, event: Any, line: int, column: int) -> None:
        if (what := _forbidden(event)) is not None:
            raise YamlError(fault.forbidden_yaml(self.path, line, column, what))
        top = self._stack[-1] if self._stack else None
        if top and top.key is None and type(top.value) is dict:
            self.marks[_open_key(top, event, self.path, line, column)] = (line, column)
            top.key_end = self._place(event.end_mark)
        elif kind is yaml.ScalarEvent:
            self._scalar(event, top, line, column)
        else:
            if len(self._stack) >= MAX_DEPTH:
                raise YamlError(fault.too_deep(self.path, line, column, MAX_DEPTH))
            value: Any = [] if kind is yaml.SequenceStartEvent else {}
            flow = bool(getattr(event, "flow_style", False))
            self._stack.append(_Open(self._child(line, column), value, flow))

    def _scalar(self, event: yaml.ScalarEvent, top: _Open | None, line: int, column: int) -> None:
        where = self._child(line, column)
        if not event.value and top and top.flow and type(top.value) is dict and top.key_end == (line, column):
            self.altered.append(fault.without_value(self.path, *self.marks[where], str(top.key)))
        self._look(event, line, column)
        self.marks[where] = (line, column)
        self._attach(scalar(event.value) if event.implicit[0] and not event.style else event.value)

    def _look(self, event: Any, line: int, column: int) -> None:
        """Note what a scalar loses, or gains unseen, by the rules of YAML."""
        start, end = event.start_mark, event.end_mark
        if event.style in ("'", '"'):
            self.quoted = (start.line, start.column), (end.line, end.column)
        behind = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if "#" in behind and event.style not in ("|", ">") and (comment := _COMMENT.match(behind)):
            word = event.style or _WORD.fullmatch(event.value) or not isinstance(scalar(event.value), str)
            # With nothing behind it, a hash is no comment, but the end of a text such as C #.
            meant = comment[1].isspace() if comment[1] else event.style or not isinstance(scalar(event.value), str)
            if not word or not meant:
                at = (end.line + self.first_line, end.column + behind.index("#") + 1)
                self.altered.append(fault.cut_by_comment(self.path, *at, event.value))
        if not event.style and end.line > start.line:
            for number in range(start.line + 1, min(end.line + 1, len(self.lines))):
                if found := _ITEM.match(self.lines[number]):
                    self.altered.append(fault.swallowed_item(self.path, number + self.first_line, found.end() - 1))
        if event.style == '"' and (bad := hidden(event.value, "\n")):
            self.altered.append(fault.not_text(self.path, line, column, bad.character))

    def _place(self, mark: Any) -> tuple[int, int]:
        # An empty value at the end of the text begins behind its last line.
        line = mark.line + self.first_line
        return line if line < self.last else self.last, mark.column + 1

    def _child(self, line: int, column: int) -> Path:
        if not self._stack:
            return ()
        top = self._stack[-1]
        if type(top.value) is dict:
            return (*top.path, str(top.key))
        path = (*top.path, len(top.value))
        self.marks[path] = (line, column)
        return path

    def _attach(self, value: Any) -> None:
        if not self._stack:
            self.result = value
            return
        top = self._stack[-1]
        if type(top.value) is list:
            top.value.append(value)
        else:
            top.value[top.key] = value
            top.key = None


def _forbidden(event: yaml.NodeEvent) -> str | None:
    """Return what an event has that no content file may have, in words, or None."""
    if event.anchor is not None:
        return f"the {'alias *' if isinstance(event, yaml.AliasEvent) else 'anchor &'}{event.anchor}"
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


def _syntax(
    error: yaml.YAMLError,
    text: str,
    path: str,
    first_line: int,
    quoted: tuple[tuple[int, int], tuple[int, int]] | None,
) -> Problem:
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = problem or context
    lines = text.split("\n")
    if len(lines) > 1 and not lines[-1]:
        lines.pop()  # a final newline opens no line
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line >= len(lines):
        line, column = len(lines) - 1, len(lines[-1])
    why = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "malformed")
    indent = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
    remedy = ""
    said = str(getattr(error, "context", None) or "")
    if "\t" in indent:
        why, column = "the line is indented with a tab", indent.index("\t")
    elif said == "while scanning a quoted scalar" and context:
        line, column, why = context.line, context.column, "a quotation mark is never closed"
        remedy = "close it; a text that begins with ' stands in \"…\""
    elif quoted and _BEHIND.match(why) and _between(lines, quoted[1], (line, column)):
        (line, column), why = quoted[0], "something stands behind the closing quotation mark"
        remedy = "put the whole text in quotes; inside '…' write '' for ', inside \"…\" write \\\" for \""
    elif _BEGINS.search(why) or (context and _SCANNED.match(said)):
        line, column = (context.line, context.column) if context else (line, column)
        why, remedy = f"a text begins with {lines[line][column : column + 1]}", "put the text in quotes"
    return fault.yaml_syntax(path, line + first_line, column + 1, why, remedy)


def _between(lines: list[str], end: tuple[int, int], next_: tuple[int, int]) -> bool:
    """Tell whether two places stand on one line with nothing between them but space."""
    return end[0] == next_[0] and not lines[end[0]][end[1] : next_[1]].strip()
