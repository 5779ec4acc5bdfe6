"""Parsed files kept from one run to the next, so that a check reads only what has changed.

The key of an entry is the hash of what is parsed: the file's text or bytes, its path and its language; all of it
holds for one state of the code that parses; a damaged or foreign shelf is an empty one, and nothing on
it can run. Nothing is kept where nothing was built before: a check alone leaves no trace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TypeVar, cast

from samspill.disk.store import Store, Table, key
from samspill.source import stored

T = TypeVar("T")
#: The name of the shelf in the store.
NAME = "parsed.json"


@cache
def _code() -> str:
    return code_of(Path(__file__).parent.parent)


def code_of(package: Path) -> str:
    """Return the hash of the code that turns text into prose and values, in a copy of this package."""
    libraries = ("markdown-it-py", "pyyaml", "pillow", "lxml", "tinycss2")
    digest = hashlib.sha256(" ".join(map(version, libraries)).encode())
    files = map(package.glob, ("source/**/*.py", "languages/*/grammar.yml", "languages/*.py"))
    for path in (*sorted(chain(*files)), package / "prose.py", package / "problem.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Shelf:
    """The parsed files of one course folder, each as JSON until somebody asks for it."""

    def __init__(self, root: Path) -> None:
        self._build = root / "build"
        self._store = Store(self._build / "cache")
        self._before = self._store.table(NAME, _code()) or {}
        self._table = Table(self._before)

    def parsed(self, make: Callable[..., T], *arguments: str | bytes) -> T:
        """Return `make(*arguments)`, from the shelf when it stands there; what it raises is not kept.

        Lists come back as tuples.
        """
        name = key(f"{make.__module__}.{make.__name__}", *arguments)
        text = self._table.found(name)
        if text is not None:
            try:
                return cast(T, stored.loaded(text))
            except stored.DamagedError:
                pass  # put anew below, or nothing is
        made = make(*arguments)
        if self._build.is_dir():
            self._table.put(name, stored.dumped(made))
        return made

    def put_back(self) -> None:
        """Keep what this run used, when there is a build folder and something is new."""
        used = self._table.used
        if not (self._build.is_dir() and used != self._before):
            return
        try:
            self._store.put_table(NAME, _code(), used)
        except OSError:
            return  # a folder that cannot be written costs time, nothing else
