"""What every engine is given, and what it does.

It takes a folder of pages, each a file of data and HTML, and a theme of templates, and makes a folder of HTML.
Everything before it and after it stays as it is with another engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Site:
    """One language's site: what an engine needs to know beside its pages."""

    language: str
    title: str
    description: str
    navigation: Sequence[Any]
    extra: Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """What a site is made of: what is said around its pages, the folder of pages, and that of the theme.

    `base` is what MkDocs is told of all sites, and `more` what a course tells it beside; no other engine reads them.
    """

    site: Site
    pages: Path
    theme: Path
    base: Path
    more: Mapping[str, Any] = field(default_factory=dict)


class Engine(Protocol):
    """Makes the HTML of one language's site."""

    def build(self, source: Source, target: Path) -> None:
        """Make the finished files of a site below a folder that is not there yet.

        Raises `EngineError` when it refuses a page, `OSError` when it cannot write.
        """


class EngineError(Exception):
    """The engine refused pages that our renderers made: a bug of ours, with the engine's own words."""
