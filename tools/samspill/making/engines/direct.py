"""The direct engine: the same pages in the same templates, with Jinja2 alone.

All that the pages of a site share is made once; then a page takes a few thousandths of a second, so that it is also
the door for a single page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
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


class Direct:
    """Writes the pages of one site; everything they share is made when it is."""

    def __init__(self, site: Site, theme: Path) -> None:
        self.site = site
        self.menu = menu(site.navigation)
        self._config = _Config(site.title, site.description, dict(site.extra))
        environment = Environment(loader=FileSystemLoader(theme), autoescape=True, auto_reload=False)
        environment.filters["url"] = _url
        try:
            self._template = environment.get_template("main.html")
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
    files = {name: data for name, data in _files(source.theme).items() if _belongs(name)}
    written = _files(source.pages)
    for name in direct.menu.pages:
        if name not in written:
            raise EngineError(f"the menu has {name}, which is not there")
    for name, data in written.items():
        if name.endswith((".md", ".ipynb")):
            path, html = direct.page(name, data)
            files[path] = html
            if name.endswith(".ipynb"):
                # To be opened where it can be run.
                files[str(PurePosixPath(path).with_name(PurePosixPath(name).name))] = data
        else:
            files[name] = data
    write((Artifact(name, data) for name, data in sorted(files.items())), target)


def _files(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder; what is hidden is none."""
    names = (name for name, _ in below(folder) if not any(part.startswith(".") for part in name.split("/")))
    return {name: plain(folder / name) for name in names if (folder / name).is_file()}


def _belongs(name: str) -> bool:
    return not name.endswith(_NO_FILES) and "readme" not in name.lower()
