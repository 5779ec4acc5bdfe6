"""All that is remembered from one run to the next: bytes, tables of small texts and folders, each under a name.

A name says what a thing was made from: its kind and the `key` of all that made it, as in `handouts/0f3c….pdf`. So
what is found needs no date to be right, and what is wrong is not found: everything is sealed for its whole name, and
what is not as it was written goes and is made anew. No link is followed. Of each kind, what was used least recently
goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from samspill.disk import sealed

#: Of a kind at least so many things stay that this run did not use.
SPARE = 8


def key(*parts: str | bytes) -> str:
    """Return the name of what is made from these parts and from nothing else, in 32 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}\0".encode() + data)
    return digest.hexdigest()[:32]


@dataclass(frozen=True)
class Store:
    """What is remembered in a folder. Several processes may use it at once."""

    folder: Path

    def found(self, name: str) -> bytes | None:
        """Return what is remembered under a name, or None."""
        return sealed.read(self.folder / name, name)

    def put(self, name: str, data: bytes) -> None:
        """Remember bytes, whole or not at all."""
        sealed.write(self.folder / name, data, name)

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return what is remembered under a name; when it is not, make it and remember it."""
        data = self.found(name)
        if data is None:
            data = make()
            self.put(name, data)
        return data

    def table(self, name: str, state: str) -> dict[str, str] | None:
        """Return a table of small texts that was made in a state of the program, or None."""
        try:
            found, texts = json.loads(self.found(name) or b"[0, 0]")
        except (ValueError, TypeError, RecursionError):
            return None
        if found != state or not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            return None
        return texts

    def put_table(self, name: str, state: str, texts: Mapping[str, str]) -> None:
        """Remember a table of small texts, in the place of an earlier one."""
        self.put(name, json.dumps([state, dict(texts)], ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def whole(self, name: str) -> Path | None:
        """Return a folder that holds what it did when it was put here, or None; when it does not, it goes."""
        path = self.folder / name
        return path if sealed.whole_folder(path) else None

    def put_folder(self, name: str, folder: Path) -> None:
        """Remember a finished folder, which moves here."""
        path = self.folder / name
        sealed.make_folder(path.parent)
        sealed.seal_folder(folder, path.name)
        folder.rename(path)

    def keep(self, kind: str, used: Collection[str], spare: int = 0) -> None:
        """Forget of a kind what no run has used for the longest time.

        `used` are the names of what this run uses, each with its kind. As many others stay, or `spare` if that is more.
        """
        folder = self.folder / kind
        current = {name.rpartition("/")[2] for name in used}
        others = []
        for name, seen in sealed.below(folder, 1):
            if name in current:
                with contextlib.suppress(OSError):  # another's file keeps its date
                    os.utime(folder / name, follow_symlinks=os.utime not in os.supports_follow_symlinks)
            elif not name.startswith("."):
                others.append((seen.st_mtime, name))
        others.sort(reverse=True)
        for _, name in others[max(SPARE, spare, len(current)) :]:
            sealed.remove(folder / name)


class Table:
    """Small texts, remembered by key while a program runs; it knows which of them the run has used."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})
        self._used: dict[str, str] = {}

    def get(self, name: str, make: Callable[[], str]) -> str:
        """Return the text under a key; when there is none, make it."""
        text = self.found(name)
        return self.put(name, make()) if text is None else text

    def found(self, name: str) -> str | None:
        """Return the text under a key, or None."""
        text = self._known.get(name)
        if text is not None:
            self._used[name] = text
        return text

    def put(self, name: str, text: str) -> str:
        """Remember a text and return it."""
        self._known[name] = self._used[name] = text
        return text

    def bring(self, texts: Mapping[str, str]) -> None:
        """Add what another process or an earlier run remembered."""
        self._known.update(texts)

    @property
    def all(self) -> dict[str, str]:
        """All that is remembered, whether this run has asked for it or not."""
        return dict(self._known)

    @property
    def used(self) -> dict[str, str]:
        """What this run has asked for."""
        return dict(self._used)
