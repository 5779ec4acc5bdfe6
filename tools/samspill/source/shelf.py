"""Parsed files kept from one run to the next, so that a check reads only what has changed.

The key of an entry is the hash of what is parsed: the file's text or bytes, its path and its language; all of it
holds for one state of the code that parses; a damaged or foreign shelf is an empty one, and nothing on
it can run. Nothing is kept where nothing was built before: a check alone leaves no trace.

A program that stays (`serve`) keeps the shelf itself, and what was made of a text is then there as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar, cast

from samspill.disk.store import Store, Table, key
from samspill.prose import Prose, Section
from samspill.source import stored

T = TypeVar("T")
#: The name of the shelf in the store.
NAME = "parsed.json"


@cache
def _code() -> str:
    return code_of(Path(__file__).parent.parent)


@cache
def _installed() -> str:
    """Return what this Python is and which libraries it has, each with its version."""
    # The module of Python that knows takes as long to load as a text takes to parse.
    names: set[str] = set()
    for folder in sys.path:
        with contextlib.suppress(OSError), os.scandir(folder or os.curdir) as entries:
            names |= {entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))}
    return "\n".join([sys.version, *sorted(names)])


def code_of(package: Path) -> str:
    """Return the hash of the code that turns text into prose and values, in a copy of this package."""
    digest = hashlib.sha256(_installed().encode())
    files = map(package.glob, ("source/**/*.py", "languages/*/grammar.yml", "languages/*.py"))
    for path in (*sorted(chain(*files)), package / "prose.py", package / "problem.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Shelf:
    """What was made of the texts of one course folder, each as lines of JSON until somebody asks for it."""

    def __init__(self, root: Path, name: str = NAME, code: Callable[[], str] = _code) -> None:
        self._build = root / "build"
        self._store = Store(self._build / "cache")
        self._name, self._code = name, code
        self._table: Table | None = None
        self._before: dict[str, str] = {}
        self._objects: dict[Hashable, Any] = {}
        self._used: dict[Hashable, Any] = {}

    def once(self, name: tuple[Hashable, ...], make: Callable[[], T]) -> T:
        """Return what this made under a name before, in this run; the name holds all that it is made of."""
        if name not in self._used:
            self._used[name] = self._objects[name] if name in self._objects else make()
        return cast(T, self._used[name])

    def parsed(self, make: Callable[..., T], *arguments: str | bytes) -> T:
        """Return `make(*arguments)`, from the shelf when it stands there; what it raises is not kept.

        Lists come back as tuples.
        """
        name = key(f"{make.__module__}.{make.__name__}", *arguments)
        return self.kept(name, lambda: make(*arguments), Again(make, arguments))

    def kept(
        self,
        name: str,
        make: Callable[[], T],
        again: Callable[[str], Section] | None = None,
        fits: Callable[[object], bool] = lambda _: True,
    ) -> T:
        """Return what this made under a name before, in this run or an earlier one, as `once` and `parsed` do.

        What does not fit counts as damaged.
        """
        if name not in self._used:
            self._used[name] = self._found(name, make, again, fits)
        return cast(T, self._used[name])

    def _found(
        self,
        name: str,
        make: Callable[[], T],
        again: Callable[[str], Section] | None,
        fits: Callable[[object], bool],
    ) -> T:
        table = self._open()
        text = table.found(name)
        if name in self._objects:
            made = cast(T, self._objects[name])
            if text is None and self._build.is_dir():
                table.put(name, stored.dumped(made))  # the build folder has come meanwhile
            return made
        if text is not None:
            # What is damaged is put anew below, or nothing is.
            with contextlib.suppress(stored.DamagedError):
                found = stored.loaded(text, again)
                if fits(found):
                    return cast(T, _named(found, name))
        made = make()
        if self._build.is_dir():
            table.put(name, stored.dumped(made))
        return _named(made, name)

    def _open(self) -> Table:
        if self._table is None:
            if self._build.is_dir():
                self._before = self._store.table(self._name, self._code()) or {}
            self._table = Table(self._before)
        return self._table

    def put_back(self) -> None:
        """Keep what was used since this was last asked, in memory, and on disk where something of it is new.

        On disk only where there is a build folder.
        """
        self._objects, self._used = self._used, {}
        used = self._table.used if self._table else {}
        self._table = Table(used)
        if not self._build.is_dir() or used == self._before:
            return
        try:
            self._store.put_table(self._name, self._code(), used)
            self._before = used
        except OSError:
            return  # a folder that cannot be written costs time, nothing else


@dataclass(frozen=True)
class Again:
    """Parses a text again, for one of its sections."""

    make: Callable[..., Any]
    arguments: tuple[str | bytes, ...]

    def __call__(self, section: str) -> Section:
        """Return a section of the text."""
        prose, _ = self.make(*self.arguments)
        return cast(Section, prose.by_id[section])


def _named(value: T, name: str) -> T:
    """Return what was made of a text, named by its key where it is prose."""
    for each in value if isinstance(value, tuple) else ():
        if isinstance(each, Prose):
            each.read_from(name)
    return value
