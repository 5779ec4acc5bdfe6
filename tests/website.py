"""The built website for the tests: built once, served on this computer, read as trees and opened in a browser.

A plugin of `conftest.py`. The fixtures: `site` is the built site, `browser` a Chromium with nothing in it, one for each
process that tests.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from chromium import FLAGS, MISSING, executable
from samspill.making.build import build
from samspill.making.request import Request

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, LocatorAssertions

PROJECT = Path(__file__).parent.parent
LANGUAGES = ("en", "nb", "da", "sv")
#: Every kind of page there is, by the class of its body.
KINDS = (
    "home", "list", "module", "case", "worksheet", "pathway", "page", "notebook", "countries", "objectives", "glossary",
    "sources", "translations",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One built page: its address from the root of the site, `nb/about/`, its file, and its tree, read when wanted."""

    address: str
    path: Path

    @cached_property
    def tree(self) -> Any:
        """The page as a tree."""
        from lxml import html

        return html.document_fromstring(self.path.read_bytes())

    @property
    def language(self) -> str:
        """The language it stands under; nothing for the root."""
        return self.address.partition("/")[0]

    @property
    def kind(self) -> str:
        """The kind of page, as its styles know it."""
        return str(self.tree.find("body").get("class", "root")).removeprefix("kind-")

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [str(found) for found in self.tree.xpath("//@id")]


@dataclass(frozen=True)
class Site:
    """The built site: where it stands, where it is served, and its pages by address."""

    folder: Path
    url: str
    pages: dict[str, Page]

    def of(self, language: str) -> list[Page]:
        """The pages of a language."""
        return [page for page in self.pages.values() if page.language == language]

    def first(self, kind: str, language: str) -> Page:
        """The first page of a kind that is there in every language."""
        return next(page for page in self.of(language) if page.kind == kind and self.everywhere(page))

    def last(self, kind: str, language: str) -> Page:
        """The last page of a kind."""
        return [page for page in self.of(language) if page.kind == kind][-1]

    def everywhere(self, page: Page) -> bool:
        """Whether a page is there in every language."""
        return all(code + page.address.removeprefix(page.language) in self.pages for code in LANGUAGES)

    def resolve(self, page: Page, link: str) -> tuple[str, str] | None:
        """The address a link leads to and its anchor, or nothing when it leads to another site."""
        found = urlsplit(urljoin(f"site:///{page.address}".replace("site:", "https://site.invalid/"), link))
        return None if found.netloc not in ("site.invalid", "") else (unquote(found.path).lstrip("/"), found.fragment)

    def exists(self, address: str) -> bool:
        """Whether a web server would have something to send for an address."""
        path = self.folder / address
        return (path / "index.html").is_file() if address.endswith("/") or not address else path.is_file()


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until no other process holds a lock, and hold it."""
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as handle:
        with contextlib.suppress(ImportError):  # not on Windows, where one process tests at a time
            import fcntl

            fcntl.lockf(handle, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The shipped course, built into the repository's build/ with its caches; a copy of it, served."""
    folder = tmp_path_factory.mktemp("site")
    # Of several test processes the first builds; a build that someone started by hand is waited for.
    with _alone(PROJECT / "build/.tests-lock"):
        with _alone(PROJECT / "build/.lock"):
            pass
        shutil.copytree(build(Request(PROJECT)).output, folder, dirs_exist_ok=True)
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        address = path.relative_to(folder).as_posix().removesuffix("index.html")
        pages[address] = Page(address, path)
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(folder, f"http://127.0.0.1:{server.server_port}/", pages)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole small course, built once for all processes that test: to copy, not to change."""
    from test_build import project

    shared = tmp_path_factory.getbasetemp()
    shared = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "built-once"
    with _alone(shared / "lock"):
        if not (shared / "course" / "build" / "site").is_dir():
            shutil.rmtree(shared / "course", ignore_errors=True)
            build(Request(project(shared / "course")))
    return shared / "course"


def remembering(root: Path, built: Path) -> Path:
    """Give a course what a build of the same course elsewhere remembers, so that only what is different is made."""
    shutil.copytree(built / "build/cache", root / "build/cache", ignore=shutil.ignore_patterns("stamp.json"))
    return root


def expect(found: Locator) -> LocatorAssertions:
    """Return what is asked of an element of a page: it may take its time, as scripts hear of a key or a click later."""
    from playwright.sync_api import expect

    expect.set_options(timeout=20_000)
    return expect(found)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Run a Chromium. Without one the test is left out and the last line says so; where CI runs, that is a failure."""
    path = executable()
    if path is None:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")  # tests that ask for it come last: see pytest_collection_modifyitems
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with chromium() as browser:
        yield browser
