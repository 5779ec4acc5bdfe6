"""What is shown while somebody writes: pages that are ahead of the site, what is wrong, and what follows."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping


class State:
    """What the last look and the last build said. Pages ask for it; several threads may."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._whole = 0
        self._changes = 0
        self._problems = ""
        self._behind = False
        self._owed = False
        self._ahead: Mapping[str, bytes] = {}

    def changed(self) -> int:
        """Note that something has changed; return how many changes that makes."""
        with self._lock:
            self._changes += 1
            return self._changes

    @property
    def changes(self) -> int:
        """How many changes there were."""
        with self._lock:
            return self._changes

    def page(self, path: str) -> bytes | None:
        """Return a file that is ahead of the site, by its path below the site; None when the site has what there is."""
        with self._lock:
            return self._ahead.get(path)

    def ahead(self, pages: Mapping[str, bytes]) -> None:
        """Show files before the rest is built: a new version, where they are others than those shown."""
        with self._lock:
            self._problems, self._behind = "", True
            if pages != self._ahead:
                # A page asks whether it is another; of its pictures it cannot know.
                others = {path for path in pages.keys() | self._ahead.keys() if not path.endswith(".html")}
                self._whole += any(pages.get(path) != self._ahead.get(path) for path in others)
                self._ahead = pages
                self._version += 1

    def behind(self) -> None:
        """Say that something is being made anew."""
        with self._lock:
            self._behind = True

    def wrong(self, problems: str) -> None:
        """Say what is wrong; what is shown stays."""
        with self._lock:
            self._problems, self._behind = problems, False

    def built(self, problems: str, *, changes: int | None = None, whole: bool = True) -> None:
        """Note the end of a build: a new version when it went well, else what was wrong.

        `changes` is how many there were when it began: when there have been more since, it is of yesterday, what is
        ahead of it stays so, and nothing is said. `whole` says that more than pages may be new.
        """
        with self._lock:
            # Whoever comes to a good end shows what those before him would have.
            self._owed |= whole
            if changes is not None and changes != self._changes:
                return
            self._problems, self._behind = problems, False
            if not problems:
                self._ahead = {}
                self._version += 1
                self._whole += self._owed
                self._owed = False

    def as_json(self) -> bytes:
        """Return the state for the page."""
        with self._lock:
            said = {"version": self._version, "whole": self._whole, "problems": self._problems, "behind": self._behind}
            return json.dumps(said).encode()
