"""The values of a YAML file before they become a model: their ids, and the texts of each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from samspill.languages import available
from samspill.model import Marks
from samspill.problem import Problem
from samspill.source.strict_yaml import read

#: What typewriters have instead of quotation marks, apostrophes and dashes.
_TYPED = re.compile(r"['\"]|--|\.\.\.|\+-")
#: What every sign of Markdown or of another dialect holds one of.
_SIGN = re.compile(r"[^\w\s.,;()'\"/–—-]|https?:|www\.|--|\+-|8<")


Keys = tuple[str | int, ...]
#: A language, a text as it is typed in it, and as it is set.
Typeset = tuple[str, str, str]


@lru_cache(maxsize=1024)  # as for Markdown: what is the same text is not read again
def values(text: str, path: str) -> tuple[Any, Marks, list[Problem], tuple[Typeset, ...]]:
    """Return what a YAML file holds, where each value stands, and what in its texts would be printed as typed.

    Last come the texts that are set otherwise than they are typed, for `typeset`. Raises `YamlError` as `read` does.
    """
    from samspill.source.markdown import plain_text  # noqa: PLC0415 - only what is not on the shelf is parsed
    from samspill.source.typography import typographic  # noqa: PLC0415

    value, marks = read(text, path)
    texts = _texts(value)
    # What a program prints and fills in where it stands in braces is shown as it is typed.
    if path.endswith("/labels.yml"):
        return value, marks, [], ()
    problems = [
        problem
        for keys, words, language in texts
        if _SIGN.search(words)
        for problem in plain_text(words, path, *marks[keys], _field(keys), language)
    ]
    typed = {(language, words): None for _, words, language in texts if _TYPED.search(words)}
    return value, marks, problems, tuple((language, words, typographic(words, language)) for language, words in typed)


def _texts(value: Any) -> list[tuple[Keys, str, str]]:
    """Return every text that is said in a language, with its place and the language."""
    found: list[tuple[Keys, str, str]] = []
    known = available()

    def look(value: Any, keys: Keys, language: str) -> None:
        if type(value) is dict:
            spoken = value.keys() <= known
            for key, inner in value.items():
                look(inner, (*keys, key), key if spoken else language)
        elif type(value) is tuple:
            for index, inner in enumerate(value):
                look(inner, (*keys, index), language)
        elif language and type(value) is str:
            found.append((keys, value, language))

    look(value, (), "")
    return found


def _field(keys: tuple[str | int, ...]) -> str:
    """Return the name of the field that a text stands in: `note` for `terms, 0, note, nb`."""
    return str(next((key for key in reversed(keys) if isinstance(key, str) and key not in available()), "text"))


def typeset(value: Any, texts: Iterable[Typeset]) -> Any:
    """Return values with the texts of each language in its typography, as prose has it: `the GP’s`."""
    said = {(language, words): done for language, words, done in texts if done != words}
    return _typeset(value, said) if said else value


def _typeset(value: Any, said: Mapping[tuple[str, str], str], language: str = "") -> Any:
    match value:
        case dict():
            spoken = value.keys() <= available()
            return {key: _typeset(inner, said, key if spoken else language) for key, inner in value.items()}
        case tuple():
            return tuple([_typeset(inner, said, language) for inner in value])
        case str() if language:
            return said.get((language, value), value)
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
