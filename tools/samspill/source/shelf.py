"""Parsed files kept from one run to the next, so that a check reads only what has changed.

The key of an entry is the hash of what is parsed: the file's text or bytes, its path and its language; all of it
holds for one state of the code that parses; a damaged or foreign shelf is an empty one, and nothing on
it can run. Nothing is kept where nothing was built before: a check alone leaves no trace.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TypeVar, cast

from samspill.disk import sealed
from samspill.source import stored

T = TypeVar("T")


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
        self._path = root / "build" / "cache" / "parsed.json"
        self._used: dict[str, str] = {}
        self._known: dict[str, str] = {}
        try:
            code, known = json.loads(sealed.read(self._path) or b"[0,0]")
            if code == _code() and isinstance(known, dict):
                self._known = known
        except (ValueError, TypeError, RecursionError):
            self._known = {}
        self._before = dict(self._known)

    def parsed(self, make: Callable[..., T], *arguments: str | bytes) -> T:
        """Return `make(*arguments)`, from the shelf when it stands there; what it raises is not kept.

        Lists come back as tuples.
        """
        digest = hashlib.sha256(f"{make.__module__}.{make.__name__}".encode())
        for given in arguments:
            data = given if isinstance(given, bytes) else given.encode("utf-8", "surrogatepass")
            digest.update(f"\0{len(data)}\0".encode() + data)
        key = digest.hexdigest()
        if key in self._known:
            try:
                found = cast(T, stored.loaded(self._known[key]))
            except stored.DamagedError:
                del self._known[key]
            else:
                self._used[key] = self._known[key]
                return found
        made = make(*arguments)
        if self._path.parent.parent.is_dir():
            self._used[key] = stored.dumped(made)
        return made

    def put_back(self) -> None:
        """Keep what this run used, when there is a build folder and something is new."""
        if not (self._path.parent.parent.is_dir() and self._used != self._before):
            return
        try:
            sealed.write(self._path, json.dumps([_code(), self._used]).encode())
        except OSError:
            return  # a folder that cannot be written costs time, nothing else
