"""What a build is asked to do, and what it did."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from samspill.disk.store import Store

Only = Literal["site", "handouts"]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What to build: the course root, the languages (all when empty) and one part only when `only` is set.

    `edition_layout` writes the links between languages for the published addresses `<lang>/<edition>/…`.
    """

    root: Path
    languages: tuple[str, ...] = ()
    only: Only | None = None
    edition_layout: bool = False
    jobs: int = field(default_factory=lambda: max(1, min(os.cpu_count() or 1, 8)))

    @property
    def folder(self) -> Path:
        """The folder that everything is made in."""
        return self.root / "build"

    @property
    def store(self) -> Store:
        """What is remembered from one build to the next."""
        return Store(self.folder / "cache")

    @property
    def output(self) -> Path:
        """Where the site will stand."""
        return self.folder / ("edition" if self.edition_layout else "site")

    @property
    def pages(self) -> Path:
        """Where the pages will stand that the site was made from."""
        return self.folder / "pages"


@dataclass(frozen=True)
class Result:
    """What a build did."""

    output: Path
    pages: int
    handouts: int
    built: tuple[str, ...]
    reused: tuple[str, ...]
    notes: int
    unfinished: int = 0
    unchanged: bool = False
