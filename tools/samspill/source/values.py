"""The values of a YAML file before they become a model: their ids, and the texts of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from samspill.languages import available
from samspill.model import Marks
from samspill.problem import Problem
from samspill.source import markdown
from samspill.source.strict_yaml import read
from samspill.source.typography import typographic

#: What typewriters have instead of quotation marks, apostrophes and dashes.
_TYPED = re.compile(r"['\"]|--|\.\.\.|\+-")
#: What every sign of Markdown or of another dialect holds one of.
_SIGN = re.compile(r"[^\w\s.,;()'\"/–—-]|https?:|www\.|--|\+-|8<")


def values(text: str, path: str) -> tuple[Any, Marks, list[Problem]]:
    """Return what a YAML file holds, where each value stands, and what in its texts would be printed as typed.

    Raises `YamlError` as `read` does.
    """
    value, marks = read(text, path)
    if path.endswith("/labels.yml"):  # a program prints them, and fills in what stands in braces
        return value, marks, []
    problems = [
        problem
        for keys, words, language in _texts(value)
        if _SIGN.search(words)
        for problem in markdown.plain_text(words, path, *marks[keys], _field(keys), language)
    ]
    return value, marks, problems


def _texts(
    value: Any, keys: tuple[str | int, ...] = (), language: str = ""
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield every text that is said in a language, with its place and the language."""
    if isinstance(value, dict):
        spoken = value.keys() <= available()
        for key, inner in value.items():
            yield from _texts(inner, (*keys, key), key if spoken else language)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*keys, index), language)
    elif isinstance(value, str) and language:
        yield keys, value, language


def _field(keys: tuple[str | int, ...]) -> str:
    """Return the name of the field that a text stands in: `note` for `terms, 0, note, nb`."""
    return str(next((key for key in reversed(keys) if isinstance(key, str) and key not in available()), "text"))


def typeset(value: Any, language: str = "") -> Any:
    """Return values with the texts of each language in its typography, as prose has it: `the GP’s`."""
    match value:
        case dict():
            spoken = value.keys() <= available()
            return {key: typeset(inner, key if spoken else language) for key, inner in value.items()}
        case tuple():
            return tuple(typeset(inner, language) for inner in value)
        case str() if language and _TYPED.search(value):
            return typographic(value, language)
    return value


def names_in(value: Any, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every id, and every text in a list, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "id" and isinstance(inner, str):
                yield (*keys, key), inner
            else:
                yield from names_in(inner, (*keys, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            if isinstance(inner, str):
                yield (*keys, index), inner
            else:
                yield from names_in(inner, (*keys, index))


def repeated_ids(value: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every id that an earlier entry of the same list has, with its place."""
    seen: set[tuple[tuple[str | int, ...], str]] = set()
    for keys, name in names_in(value):
        if len(keys) > 1 and keys[-1] == "id":
            if (keys[:-2], name) in seen:
                yield keys, name
            seen.add((keys[:-2], name))
