"""What parsing makes of a file, as JSON and back: prose, values with their places, and problems.

Nothing that is read back can run: JSON holds texts, numbers and lists, and only the classes named here are made of
them, each with fields of its own types. Every object is written as its class and its fields, `{"Text": ["a"]}`.

A text has several lines. The title and blocks of a section, most of what a file holds and rarely asked for, stand in a
line of their own and are made when somebody asks for them; so do the plain values of a YAML file.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType, NoneType
from typing import Any, get_args

from samspill import prose
from samspill.problem import Level, Problem
from samspill.source.picture import Picture

#: The classes that may come back, with the fields they are made from.
CLASSES: MappingProxyType[str, tuple[type[Any], tuple[str, ...]]] = MappingProxyType(
    {
        found.__name__: (found, tuple(f.name for f in dataclasses.fields(found) if f.init and f.name != "by_id"))
        for found in (
            prose.Place, prose.Text, prose.Emphasis, prose.Strong, prose.Code, prose.Break, prose.Link, prose.Cite,
            prose.Citation, prose.Slot, prose.Image, prose.Paragraph, prose.ItemList, prose.Quote, prose.Table,
            prose.CodeBlock, prose.Unwritten, prose.Mention, prose.Section, prose.Prose, Problem, Picture,
        )
    }
)  # fmt: skip
#: How each kind of field that is not another object is known again.
_PLAIN: dict[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "int": lambda value: type(value) is int,
    "int | None": lambda value: value is None or type(value) is int,
    "Level": lambda value: value in get_args(Level),
    "bytes": lambda value: isinstance(value, bytes),
}
Keys = tuple[str | int, ...]
#: What of a section is always there, and what is made late.
_SOON = ("id", "level", "place", "digest", "borrowed", "unwritten", "exact", "headed")
_KINDS = ("link", "source", "slot", "picture")


def _one_of_ours(value: Any) -> bool:
    """Tell whether a value is one of our own, or a list of them."""
    return not isinstance(value, (str, bytes, int, float, NoneType))


def _perhaps(value: Any) -> bool:
    return value is None or _one_of_ours(value)


_TYPES = {
    name: tuple(
        _PLAIN.get(str(field.type)) or (_perhaps if str(field.type).endswith(" | None") else _one_of_ours)
        for field in dataclasses.fields(found)
        if field.name in names
    )
    for name, (found, names) in CLASSES.items()
}


class DamagedError(ValueError):
    """A text that does not hold what was written."""


def dumped(value: Any) -> str:
    """Return a value as lines of JSON."""
    writing = _Writing()
    first = _line(writing.plain(value))
    return "\n".join([first, *writing.lines])


def loaded(text: str, again: Callable[[str], prose.Section] | None = None) -> Any:
    """Return the value of a text that `dumped` made. Raises `DamagedError` when it did not.

    When it shows late that it did not, a section is made `again` of its text, by its id.
    """
    first, *lines = text.split("\n")
    try:
        return _frozen(json.loads(first, object_hook=_Reading(lines, again).made))
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise DamagedError(str(error)) from error


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _Writing:
    """A value as it is written, and the lines below the first."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def plain(self, value: Any) -> Any:
        """Return what stands for a value in JSON."""
        match value:
            case tuple() | list():
                return [self.plain(inner) for inner in value]
            case prose.Section():
                line = self._below([self.plain(value.title), self.plain(value.blocks)])
                known = [self.plain(getattr(value, name)) for name in _SOON]
                mentions = [
                    x for m in value.mentions for x in (_KINDS.index(m.kind), m.name, m.place.line, m.place.column)
                ]
                return {"late": [line, *known, value.bare, mentions]}
            case Places():
                return {"places": list(_flat(value))}
            case dict() if value and all(isinstance(key, tuple) for key in value):
                return {"places": list(_flat(value))}
            case dict():
                return {"=": self._below(value)}
            case bytes():
                return {"bytes": base64.b64encode(value).decode()}
        if ours := CLASSES.get(type(value).__name__):
            return {type(value).__name__: [self.plain(getattr(value, name)) for name in ours[1]]}
        return value

    def _below(self, value: Any) -> int:
        self.lines.append(_line(value))
        return len(self.lines) - 1


class _Reading:
    """The lines of a text as they are read."""

    def __init__(self, lines: list[str], again: Callable[[str], prose.Section] | None = None) -> None:
        self._lines = lines
        self._again = again

    def made(self, found: dict[str, Any]) -> Any:
        """Make what an object of JSON stands for."""
        if len(found) != 1:
            raise DamagedError("an object has more than a class")
        name, fields = found.popitem()
        if name == "late":
            return self._section(*fields)
        if name == "=":
            return _data(json.loads(self._lines[fields]))
        if name == "places":
            return Places(fields)
        if name == "bytes":
            return base64.b64decode(fields, validate=True)
        known = CLASSES.get(name)
        if known is None or type(fields) is not list or len(fields) != len(known[1]):
            raise DamagedError(f"no such class: {name[:40]}")
        values = [_frozen(value) if type(value) is list else value for value in fields]
        if not all(fits(value) for fits, value in zip(_TYPES[name], values, strict=True)):
            raise DamagedError(f"a field of {name} has another type")
        return known[0](**dict(zip(known[1], values, strict=True)))

    def _section(self, line: int, *fields: Any) -> prose.Section:
        *known, bare, mentions = fields
        soon = dict(zip(_SOON, map(_frozen, known), strict=True))
        kinds = (str, int, prose.Place, str, str, tuple, str, str)
        if not all(map(isinstance, soon.values(), kinds)) or type(bare) is not bool:
            raise DamagedError("a field of a section has another type")
        soon |= {"bare": bare, "mentions": tuple(_mentions(mentions))}
        return prose.Section.late(soon, Late(soon["id"], self._lines[line], self._again))


@dataclass(frozen=True)
class Late:
    """Makes the title and blocks of a section, of JSON or, when that is damaged, of the text."""

    id: str
    line: str
    again: Callable[[str], prose.Section] | None

    def __call__(self) -> prose.Section:
        try:
            title, blocks = _frozen(json.loads(self.line, object_hook=_Reading([]).made))
            place = prose.Place(1)
            if _one_of_ours(title) and _one_of_ours(blocks):
                return prose.Section(self.id, 1, title, blocks, place, "")
            raise DamagedError("a field of a section has another type")
        except (ValueError, TypeError, LookupError, RecursionError):
            if self.again is None:
                raise
            return self.again(self.id)


def _mentions(flat: list[Any]) -> Iterator[prose.Mention]:
    for kind, name, line, column in zip(*[iter(flat)] * 4, strict=True):
        if type(name) is not str or type(line) is not int or type(column) is not int:
            raise DamagedError("a mention has another type")
        yield prose.Mention(_KINDS[kind], name, prose.Place(line, column))  # type: ignore[arg-type]


def _flat(places: Mapping[Keys, tuple[int, int]]) -> Iterator[str | int | None]:
    """Yield the places of values, each behind how many keys lead to it and the last of them."""
    for keys, (line, column) in places.items():
        yield from (len(keys), keys[-1] if keys else None, line, column)


class Places(Mapping[Keys, tuple[int, int]]):
    """The places of the values of a file, told apart when somebody asks for one: mostly nobody does."""

    def __init__(self, flat: list[Any]) -> None:
        if {*map(type, flat[0::4]), *map(type, flat[2::4]), *map(type, flat[3::4])} - {int} or len(flat) % 4:
            raise DamagedError("a place has another type")
        if {*map(type, flat[1::4])} - {int, str, type(None)}:
            raise DamagedError("a key has another type")
        self._flat = flat

    def __getitem__(self, keys: Keys) -> tuple[int, int]:
        return self._table[keys]

    def __iter__(self) -> Iterator[Keys]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._flat) // 4

    @cached_property
    def _table(self) -> dict[Keys, tuple[int, int]]:
        table: dict[Keys, tuple[int, int]] = {}
        keys: list[Any] = []
        for depth, key, line, column in zip(*[iter(self._flat)] * 4, strict=True):
            # What a value stands in was named before it.
            keys[max(depth - 1, 0) :] = [key] if depth else []
            table[tuple(keys)] = line, column
        return table


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if type(value) is list else value


def _data(value: Any) -> Any:
    """Return plain values of JSON, its lists as tuples."""
    if type(value) is dict:
        return {key: _data(inner) for key, inner in value.items()}
    return tuple(map(_data, value)) if type(value) is list else value
