"""What parsing makes of a file, as JSON and back: prose, values with their places, and problems.

Nothing that is read back can run: JSON holds texts, numbers and lists, and only the classes named here are made of
them, each with fields of its own types. Every object is written as its class and its fields, `{"Text": ["a"]}`.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, get_args

from samspill import prose
from samspill.problem import Level, Problem
from samspill.source.picture import Picture

#: The classes that may come back, with the fields they are made from.
CLASSES: MappingProxyType[str, tuple[type[Any], tuple[str, ...]]] = MappingProxyType(
    {
        found.__name__: (found, tuple(f.name for f in dataclasses.fields(found) if f.name != "by_id"))
        for found in (
            prose.Place, prose.Text, prose.Emphasis, prose.Strong, prose.Code, prose.Break, prose.Link, prose.Cite,
            prose.Citation, prose.Slot, prose.Image, prose.Paragraph, prose.ItemList, prose.Quote, prose.Table,
            prose.CodeBlock, prose.Unwritten, prose.Section, prose.Prose, Problem, Picture,
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


def _one_of_ours(value: Any) -> bool:
    """Tell whether a value is one of our own, or a list of them."""
    return not isinstance(value, str | bytes | int | float | bool | None)


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
    """Return a value as JSON."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> Any:
    """Return the value of a JSON text that `dumped` made. Raises `DamagedError` when it did not."""
    try:
        return _frozen(json.loads(text, object_hook=_made))
    except (ValueError, TypeError, RecursionError) as error:
        raise DamagedError(str(error)) from error


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {"=": [[_plain(key), _plain(inner)] for key, inner in value.items()]}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if known := CLASSES.get(type(value).__name__):
        return {type(value).__name__: [_plain(getattr(value, name)) for name in known[1]]}
    return value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(inner) for inner in value) if type(value) is list else value


def _made(found: dict[str, Any]) -> Any:
    if len(found) != 1:
        raise DamagedError("an object has more than a class")
    name, fields = found.popitem()
    if name == "=":
        return {_frozen(key): _frozen(value) for key, value in fields}
    if name == "bytes":
        return base64.b64decode(fields, validate=True)
    known = CLASSES.get(name)
    if known is None or type(fields) is not list or len(fields) != len(known[1]):
        raise DamagedError(f"no such class: {name[:40]}")
    values = [_frozen(value) if type(value) is list else value for value in fields]
    if not all(fits(value) for fits, value in zip(_TYPES[name], values, strict=True)):
        raise DamagedError(f"a field of {name} has another type")
    return known[0](**dict(zip(known[1], values, strict=True)))
