"""What a language still lacks beside the English one: keys, things to fill in, and texts that say TODO."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from samspill.languages import MODEL, PARTS, filled
from samspill.languages.counting import forms
from samspill.languages.entries import BrokenError, Entry, entries
from samspill.languages.grammar import ASKING, TODO, wrong

FOLDER = Path(__file__).parent
#: Keys that differ by language: what other languages are called.
_FREE = ("languages", "in_language")


@dataclass(frozen=True)
class Gap:
    """One thing that a language lacks: the file and line, the key, and what is the matter with it.

    `more` says what is meant: the English words, the names in braces, what to write, or why a file cannot be read.
    """

    path: str
    line: int
    column: int
    key: str
    kind: Literal["broken", "missing", "twice", "unwritten", "filling", "unknown", "wrong"]
    more: str = ""


def state(language: str, folder: Path = FOLDER) -> str:
    """Return a hash of all that the gaps of a language are found in, the folder that their paths begin in included."""
    digest = hashlib.sha256(_shown(folder).encode("utf-8", "surrogateescape"))
    for file in (folder / code / f"{part}.yml" for code in (language, MODEL) for part in ("grammar", *PARTS)):
        data = file.read_bytes() if file.is_file() else None
        digest.update(f"\0{None if data is None else len(data)}\0".encode() + (data or b""))
    return digest.hexdigest()


@cache
def gaps(language: str, folder: Path = FOLDER) -> tuple[Gap, ...]:
    """Return what a language lacks, file by file."""
    return tuple(gap for part in ("grammar", *PARTS) for gap in _gaps(language, folder, part))


def _gaps(language: str, folder: Path, part: str) -> Iterator[Gap]:
    file, model = (folder / code / f"{part}.yml" for code in (language, MODEL))
    path = _shown(file)
    if not model.is_file():
        return
    if not file.is_file():
        yield Gap(path, 1, 1, "", "broken", "is not there")
        return
    try:
        found = entries(file.read_bytes())
    except BrokenError as error:
        yield Gap(path, error.line, error.column, "", "broken", error.why)
        return
    here: dict[str, Entry] = {}
    for key, text in found:
        if key in here:
            yield Gap(path, text.line, text.column, key, "twice")
        here.setdefault(key, text)
    wanted = _counted(dict(entries(model.read_bytes())), language)
    for key, text in here.items():
        if language != MODEL and _unwritten(key, text, part, wanted):
            yield Gap(path, text.line, text.column, key, "unwritten")
    if part != "grammar":
        yield from _compared(path, wanted, here)
        return
    for key, text in here.items():
        if remedy := wrong(key, text.words):
            yield Gap(path, text.line, text.column, key, "wrong", remedy)


def _unwritten(key: str, text: Entry, part: str, wanted: dict[str, Entry]) -> bool:
    """Tell whether a text waits to be written: it says TODO; words for authors, which all do, are the English ones."""
    if part == ASKING:
        return key in wanted and text.words == wanted[key].words
    return text.words.startswith(TODO)


def _counted(model: dict[str, Entry], language: str) -> dict[str, Entry]:
    """Return the texts that a language has to have: words that are counted in each form that it has."""
    done: dict[str, Entry] = {}
    for key, text in model.items():
        head, _, name = key.rpartition(".")
        done[key] = text
        if name == "other" and f"{head}.one" in model:
            done |= {f"{head}.{form}": text for form in forms(language) if form != "one"}
    return done


def _compared(path: str, wanted: dict[str, Entry], here: dict[str, Entry]) -> Iterator[Gap]:
    for key, text in wanted.items():
        if _free(key):
            continue
        own = here.get(key)
        if own is None or not own.words.strip():
            at = (own.line, own.column) if own else (1, 1)
            yield Gap(path, *at, key, "missing", text.words)
        elif lost := _names(text.words, key) ^ _names(own.words, key):
            yield Gap(path, own.line, own.column, key, "filling", ", ".join(sorted(lost)))
    for key, text in here.items():
        if key not in wanted and not _free(key):
            yield Gap(path, text.line, text.column, key, "unknown")


def _free(key: str) -> bool:
    return key.split(".", maxsplit=1)[0] in _FREE


def _names(words: str, key: str) -> frozenset[str]:
    """Return the names in braces; "1 minute" may leave the count out: one is one."""
    return filled(words) - {"{count}"} if key.endswith(".one") else filled(words)


def _shown(file: Path) -> str:
    """Return a file's path from where one stands, when it lies below."""
    here = Path.cwd()
    return file.relative_to(here).as_posix() if file.is_relative_to(here) else os.fspath(file)
