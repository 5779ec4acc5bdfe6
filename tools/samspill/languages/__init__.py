"""The words of the interface, one folder per language with a YAML file per part of the package.

A word is looked up by `part.key`. A countable word has the forms of its language:
`one` and `other` in ours. Every language has the same keys; a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from string import Formatter
from typing import Any

from samspill.languages.counting import form
from samspill.languages.entries import BrokenError, table
from samspill.languages.grammar import ASKING, Grammar, grammar, written

__all__ = ["Catalogue", "Grammar", "available", "catalogue", "grammar"]

#: The language that all others are compared with.
MODEL = "en"
#: The files of words, one for each part of the package.
PARTS = ("citations", "common", "handout", "notebook", "site", ASKING)


@dataclass(frozen=True)
class Catalogue:
    """The interface words of one language."""

    language: str
    table: dict[str, Any]

    def __call__(self, key: str, count: int | None = None, **values: object) -> str:
        """Return the words for `part.key`, with `{name}` replaced by values and `{count}` by the count.

        Raises `KeyError` for a key the catalogue does not have: that is a bug, never a fallback.
        """
        found: Any = self.table
        for step in key.split("."):
            found = found[step]
        if isinstance(found, dict):
            found = found.get("other" if count is None else form(self.language, count), found["other"])
        return _filled(str(found), {"count": count, **values}) if values or count is not None else str(found)

    def pieces(self, key: str, **values: object) -> tuple[object, ...]:
        """Return the words for `part.key` in pieces: texts, and between them the values that are no texts."""
        return tuple(_pieces(str(self(key)), values))

    def tongue(self, language: str) -> str:
        """Return what a language is called in this one: `Norwegian`; CLDR knows those without words of ours."""
        if self.has(f"site.languages.{language}"):
            return self(f"site.languages.{language}")
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only for a language that came later

        try:
            return str(Locale(self.language).languages.get(language, language))
        except UnknownLocaleError:
            return language

    def where(self, language: str) -> str:
        """Return where something stands that is in another language: "in English"."""
        key = f"site.in_language.{language}"
        return self(key) if self.has(key) else self.tongue(language)

    def has(self, key: str) -> bool:
        """Tell whether the catalogue has a key."""
        found: Any = self.table
        for step in key.split("."):
            if not isinstance(found, dict) or step not in found:
                return False
            found = found[step]
        return True


def _filled(words: str, values: Mapping[str, object]) -> str:
    """Return words with `{name}` replaced."""
    return "".join(str(piece) for piece in _pieces(words, values))


def _pieces(words: str, values: Mapping[str, object]) -> Iterator[object]:
    """Yield words with `{name}` replaced; a value that ends its own sentence takes no second full stop."""
    done, before = "", ""
    for literal, name, *_ in Formatter().parse(words):
        ended = literal.startswith(".") and (done or before).endswith((".", "?", "!", "…"))
        done += literal[1:] if ended else literal
        if name is None:
            continue
        value = values[name]
        if isinstance(value, str | int | float):
            done += str(value)
            continue
        if done:
            yield done
        yield value
        done, before = "", str(value)
    if done:
        yield done


@cache
def available() -> Set[str]:
    """Return the languages that have a folder here."""
    here = resources.files(__name__)
    return frozenset(entry.name for entry in here.iterdir() if entry.is_dir() and len(entry.name) == 2)


@cache
def catalogue(language: str) -> Catalogue:
    """Return the interface words of a language. Raises `KeyError` when there are none.

    What a language lacks, or says in a way that cannot be used, stands in English: rule T008 names it.
    """
    folder = resources.files(__name__) / language
    if not folder.is_dir():
        raise KeyError(f"no interface words for language {language!r}")
    found = {part: _words(folder / f"{part}.yml", part) for part in PARTS}
    return Catalogue(language, found if language == MODEL else _over(catalogue(MODEL).table, found))


def _words(file: Traversable, part: str) -> dict[str, Any]:
    try:
        found = table(file.read_bytes())
    except (BrokenError, FileNotFoundError):
        return {}
    return found if part == ASKING else {key: written(inner) for key, inner in found.items()}


def _over(model: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return a table with the texts of another where it has them, and with what only the other has."""
    done = dict(found)
    for key, words in model.items():
        here = found.get(key)
        if isinstance(words, dict):
            done[key] = _over(words, here if isinstance(here, dict) else {})
        elif not isinstance(here, str) or not here.strip() or filled(here) - filled(words):
            done[key] = words
    return done


def filled(words: str) -> frozenset[str]:
    """Return the names in braces, each with its braces; a brace alone when they do not pair."""
    try:
        return frozenset(f"{{{name}}}" for _, name, _, _ in Formatter().parse(words) if name is not None)
    except ValueError:
        return frozenset("{")
