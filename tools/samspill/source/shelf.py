"""Parsed files kept from one run to the next, so that a check reads only what has changed.

The key of an entry is the hash of what is parsed: the file's text or bytes, its path and its language; all of it
holds for one state of the code that parses; a damaged or foreign shelf is an empty one. Nothing is kept where nothing
was built before: a check alone leaves no trace.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


@cache
def _code() -> str:
    """Return the hash of the code that turns text into prose and values."""
    libraries = ("markdown-it-py", "pyyaml", "pillow", "lxml", "tinycss2")
    digest = hashlib.sha256(" ".join(map(version, libraries)).encode())
    here = Path(__file__).parent
    for path in (*sorted(here.glob("*.py")), here.parent / "prose.py", here.parent / "problem.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Shelf:
    """The parsed files of one course folder."""

    def __init__(self, root: Path) -> None:
        self._path = root / "build" / "cache" / "parsed.pickle"
        self._used: dict[str, Any] = {}
        self._known: dict[str, Any] = {}
        try:
            code, known = pickle.loads(self._path.read_bytes())
            if code == _code() and isinstance(known, dict):
                self._known = known
        except Exception:  # whatever a damaged file makes of it: parse again
            self._known = {}
        self._before = frozenset(self._known)

    def parsed(self, make: Callable[..., T], *arguments: str | bytes) -> T:
        """Return `make(*arguments)`, from the shelf when it stands there; what it raises is not kept."""
        digest = hashlib.sha256(f"{make.__module__}.{make.__name__}".encode())
        for given in arguments:
            data = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
            digest.update(f"\0{len(data)}\0".encode() + data)
        key = digest.hexdigest()
        if key not in self._known:
            self._known[key] = make(*arguments)
        self._used[key] = self._known[key]
        found: T = self._used[key]
        return found

    def put_back(self) -> None:
        """Keep what this run used, when there is a build folder and something is new."""
        if not (self._path.parent.parent.is_dir() and self._used.keys() != self._before):
            return
        try:
            self._path.parent.mkdir(exist_ok=True)
            partial = self._path.with_name(f".{self._path.name}.{os.getpid()}")
            partial.write_bytes(pickle.dumps((_code(), self._used), protocol=pickle.HIGHEST_PROTOCOL))
            partial.replace(self._path)
        except OSError:
            return  # a folder that cannot be written costs time, nothing else
