"""What a language still lacks beside the English one: keys, things to fill in, and texts that say TODO."""

from __future__ import annotations

import os
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from samspill.languages.grammar import ASKING, TODO

FOLDER = Path(__file__).parent
#: The language that all others are compared with.
MODEL = "en"
#: Keys that differ by language: what other languages are called, and what a language does in its own way.
_FREE = ("languages", "in_language")


@dataclass(frozen=True)
class Gap:
    """One thing that a language lacks: the file and line, the key, and what is the matter with it."""

    path: str
    line: int
    column: int
    key: str
    kind: Literal["missing", "unwritten", "filling", "unknown"]
    more: str = ""


@dataclass(frozen=True)
class _Text:
    words: str
    line: int
    column: int


@cache
def gaps(language: str, folder: Path = FOLDER) -> tuple[Gap, ...]:
    """Return what a language lacks, file by file, in the order of the English files."""
    return tuple(_gaps(language, folder))


def _gaps(language: str, folder: Path) -> Iterator[Gap]:
    for model in sorted((folder / MODEL).glob("*.yml")):
        file = folder / language / model.name
        path = _shown(file)
        here = _texts(file.read_text("utf-8")) if file.is_file() else {}
        wanted = _texts(model.read_text("utf-8"))
        for key, text in here.items():
            # The words for authors say TODO themselves: they are written when they are not the English ones.
            asks = model.stem == ASKING and language != MODEL
            if (key in wanted and text.words == wanted[key].words) if asks else _todo(text, model.stem):
                yield Gap(path, text.line, text.column, key, "unwritten")
        if model.stem != "grammar":  # each language has its own
            yield from _compared(path, wanted, here)


def _todo(text: _Text, part: str) -> bool:
    return part != ASKING and text.words.startswith(TODO)


def _compared(path: str, wanted: dict[str, _Text], here: dict[str, _Text]) -> Iterator[Gap]:
    for key, text in wanted.items():
        if key not in here:
            if not _free(key):
                yield Gap(path, 1, 1, key, "missing", text.words)
        elif (lost := _filled(text.words, key) ^ _filled(here[key].words, key)) and not _free(key):
            yield Gap(path, here[key].line, here[key].column, key, "filling", ", ".join(sorted(lost)))
    for key, text in here.items():
        if key not in wanted and not _free(key):
            yield Gap(path, text.line, text.column, key, "unknown")


def _free(key: str) -> bool:
    return key.split(".", maxsplit=1)[0] in _FREE


def _filled(words: str, key: str) -> set[str]:
    """Return the names in braces; "1 minute" may leave the count out: one is one."""
    try:
        found = {f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(words) if name is not None}
    except ValueError:
        return {"{"}
    return found - {"{count}"} if key.endswith(".one") else found


def _texts(text: str) -> dict[str, _Text]:
    """Return every text of a YAML file by its dotted key, with its place."""
    found: dict[str, _Text] = {}

    def walk(node: yaml.Node | None, key: str) -> None:
        match node:
            case yaml.MappingNode():
                for name, value in node.value:
                    walk(value, f"{key}.{name.value}" if key else str(name.value))
            case yaml.SequenceNode():
                for index, value in enumerate(node.value):
                    walk(value, f"{key}.{index}")
            case yaml.ScalarNode():
                found[key] = _Text(str(node.value), node.start_mark.line + 1, node.start_mark.column + 1)

    walk(yaml.compose(text, Loader=yaml.CSafeLoader), "")
    return found


def _shown(file: Path) -> str:
    """Return a file's path from where one stands, when it lies below."""
    here = Path.cwd()
    return file.relative_to(here).as_posix() if file.is_relative_to(here) else os.fspath(file)
