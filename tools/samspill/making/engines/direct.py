"""The direct engine: the same pages in the same templates, with Jinja2 alone.

All that the pages of a site share is made once; then a page takes a few thousandths of a second, so that it is also
the door for a single page.
"""

from __future__ import annotations

import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateError, pass_context
from jinja2.runtime import Context

from samspill.artifact import Artifact
from samspill.disk.sealed import below, plain
from samspill.disk.workspace import write
from samspill.making.engines.menu import Page, menu
from samspill.making.engines.protocol import EngineError, Site, Source
from samspill.reading.context import relative
from samspill.render.web.page_file import read

#: What of a theme is no file of the site: templates, programs and what tells about it.
_NO_FILES = (".html", ".py", ".pyc", ".md")


@dataclass(frozen=True)
class _Config:
    """What templates know of the site, by the names that MkDocs has for it."""

    site_name: str
    site_description: str
    extra: dict[str, Any]
    extra_css: tuple[str, ...] = ()
    extra_javascript: tuple[str, ...] = ()


@pass_context
def _url(context: Context, address: str) -> str:
    """Return the link from the page being written to an address from the root of its language."""
    link = relative(context["page"].url, address)
    return link if address else link.rstrip("/")


@lru_cache(maxsize=8)
def _environment(theme: tuple[Path, ...]) -> Environment:
    """Return the templates of a theme, which look themselves whether their files are as they were read."""
    environment = Environment(loader=FileSystemLoader(theme), autoescape=True)
    environment.filters["url"] = _url
    return environment


class Direct:
    """Writes the pages of one site; everything they share is made when it is."""

    def __init__(self, site: Site, *theme: Path) -> None:
        """Take what is said around the pages, and the folders of the theme, each over those after it."""
        self.site = site
        self.menu = menu(site.navigation)
        self._config = _Config(site.title, site.description, dict(site.extra))
        try:
            self._template = _environment(theme).get_template("main.html")
        except TemplateError as error:
            raise EngineError(f"the theme in {theme} has no page: {error}") from error

    def page(self, path: str, data: bytes) -> tuple[str, bytes]:
        """Return the finished page of a file, and where it stands from the root of its language.

        Raises `EngineError` for a file that the menu does not have, or that is no page of ours.
        """
        found = self.menu.pages.get(path)
        if found is None:
            raise EngineError(f"{path} is not in the menu")
        if path.endswith(".ipynb"):
            html = self._notebook(found, data)
        else:
            try:
                meta = read(data)
            except ValueError as error:
                raise EngineError(f"{path} is no page: {error}") from error
            html = self._written(replace(found, meta=meta))
        return f"{found.url}index.html", html.encode()

    def _notebook(self, found: Page, data: bytes) -> str:
        from samspill.making.engines.notebook import content  # noqa: PLC0415 - half a second, only for notebooks
        from samspill.render.web.notebook_article import clean  # noqa: PLC0415

        return clean(self._written(replace(found, content=content(data))), self.site.language)

    def _written(self, page: Page) -> str:
        try:
            return self._template.render(
                page=page, nav=self.menu, config=self._config, base_url=relative(page.url, "").rstrip("/")
            )
        except TemplateError as error:
            raise EngineError(f"{page.file.src_uri}: {error}") from error


def build(source: Source, target: Path) -> None:
    """Make the finished files of a site, as every engine does.

    Raises `EngineError` for a page that the menu does not have, and for one it has that is not there.
    """
    direct = Direct(source.site, source.theme)
    found = (name for name, seen in below(source.pages) if stat.S_ISREG(seen.st_mode) and not _hidden(name))
    written = dict.fromkeys(found)
    for name in direct.menu.pages:
        if name not in written:
            raise EngineError(f"the menu has {name}, which is not there")
    # One after the other, since a course may have many.
    write(_made(direct, source, written), target)


def _made(direct: Direct, source: Source, written: Collection[str]) -> Iterator[Artifact]:
    """Yield the files of a site: what the pages bring takes the place of what the theme has under the same name."""
    for path in sorted(source.theme.rglob("*")):
        name = path.relative_to(source.theme).as_posix()
        if name not in written and path.is_file() and _belongs(name):
            yield Artifact(name, path.read_bytes())
    for name in written:
        data = plain(source.pages / name)
        if not name.endswith((".md", ".ipynb")):
            yield Artifact(name, data)
            continue
        address, html = direct.page(name, data)
        yield Artifact(address, html)
        if name.endswith(".ipynb"):
            # To be opened where it can be run.
            yield Artifact(address.removesuffix("index.html") + name.rpartition("/")[2], data)


def _hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _belongs(name: str) -> bool:
    """Tell whether a file of a theme is one of the site."""
    return not _hidden(name) and not name.endswith(_NO_FILES) and "readme" not in name.lower()
