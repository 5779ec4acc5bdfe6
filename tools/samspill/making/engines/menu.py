"""The menu of a site as templates see it: sections and pages, each page with its neighbours.

It has the names that MkDocs gives them, since one set of templates serves both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any


@dataclass(frozen=True)
class File:
    """Where a page stands among the files that it is made of."""

    src_uri: str


@dataclass(eq=False)
class Section:
    """Pages under one word of the menu."""

    title: str
    children: list[Page] = field(default_factory=list)
    is_homepage: bool = False


@dataclass(eq=False)
class Page:
    """A page: its word in the menu and its address; where it is being written, also what it says and holds."""

    title: str
    file: File
    parent: Section | None
    previous_page: Page | None = None
    next_page: Page | None = None
    canonical_url: str | None = None
    children: tuple[()] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    content: str = ""

    @property
    def url(self) -> str:
        """Where the page stands, from the root of its language: nothing for the first page, else `…/`."""
        stem = self.file.src_uri.rpartition(".")[0]
        return stem.removesuffix("index") if stem.rpartition("/")[2] == "index" else f"{stem}/"

    @property
    def is_homepage(self) -> bool:
        """Whether this is the first page."""
        return not self.url


@dataclass(frozen=True)
class Menu:
    """The menu: its items, and every page by its file."""

    items: Sequence[Section | Page]
    pages: dict[str, Page]

    def __iter__(self) -> Iterator[Section | Page]:
        return iter(self.items)

    @property
    def homepage(self) -> Page | None:
        """The first page."""
        return next((page for page in self.pages.values() if page.is_homepage), None)


def menu(navigation: Sequence[Any]) -> Menu:
    """Return the menu of a navigation: pages and sections of pages, `{word: file}` and `{word: […]}`."""
    items: list[Section | Page] = []
    pages: dict[str, Page] = {}
    for title, what in _named(navigation):
        if isinstance(what, str):
            items.append(pages.setdefault(what, Page(title, File(what), None)))
            continue
        section = Section(title)
        section.children += [pages.setdefault(file, Page(word, File(file), section)) for word, file in _named(what)]
        items.append(section)
    for before, after in pairwise(pages.values()):
        before.next_page, after.previous_page = after, before
    return Menu(items, pages)


def _named(navigation: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for entry in navigation:
        yield from entry.items()
