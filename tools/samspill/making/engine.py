"""The site engine: the only module that knows MkDocs.

It takes a folder of Markdown pages, a navigation and a base configuration
file and makes a folder of HTML. Everything before it and after it would stay
as it is with another engine.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from samspill import theme
from samspill.disk.sealed import named, put, remove
from samspill.problem import UsageError

#: What the base theme ships and no page of ours uses: our skeleton brings its own styles and scripts. A page for
#: unknown addresses cannot know where the site stands, so it is left to the host.
UNUSED = (
    "404.html", "search", "sitemap.xml", "sitemap.xml.gz", "assets/images/favicon.png", "assets/javascripts/bundle.*",
    "assets/javascripts/lunr", "assets/javascripts/workers", "assets/stylesheets/main.*",
    "assets/stylesheets/palette.*",
)  # fmt: skip
#: What stops a program that writes a file longer than is allowed, where there is such a limit.
_FILE_TOO_BIG = getattr(signal, "SIGXFSZ", 0)


@dataclass(frozen=True)
class Site:
    """One language's site: what the engine needs to know."""

    language: str
    title: str
    description: str
    navigation: Sequence[Any]
    extra: Mapping[str, Any]


class EngineError(Exception):
    """The engine refused pages that our renderers made: a bug of ours, with the engine's own words."""


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.messages.append(record.getMessage())


def write_configuration(site: Site, root: Path, pages: Path) -> Path:
    """Write the configuration of one language beside its pages and return its path.

    It inherits the shared one and adds what differs, in the course below `root` and then in this language, so that the
    pages can be built by hand with any engine that reads it.
    Relative paths hold in `build/pages/` too, where the pages are kept: both lie as deep. They go by where the folders
    really are, since `build/` may be a link to another disk.
    """
    here, more = pages.parent.resolve(), theme.configuration(root)
    config = more | {
        "INHERIT": os.path.relpath(theme.base_configuration(), here),
        "site_name": site.title,
        "site_description": site.description,
        "docs_dir": pages.name,
        "site_dir": f"../by-hand/{pages.name}",
        "nav": list(site.navigation),
        "theme": more.get("theme", {}) | {
            "language": site.language,
            "custom_dir": os.path.relpath(theme.merged(root, here / "theme"), here),
        },
        "extra": more.get("extra", {}) | dict(site.extra),
    }
    path = pages.parent / f"{pages.name}.yml"
    remove(path)
    put(path, yaml.safe_dump(config, allow_unicode=True, sort_keys=False).encode())
    return path


def build(configuration: Path, target: Path) -> None:
    """Build the HTML of one language into `target`.

    Raises `EngineError` when the engine warns or stops: our own pages must be without fault.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # Fixed, so that nothing the engine stamps depends on the day it ran.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415 - half a second, and only here
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError  # noqa: PLC0415

    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        # By its real place: the engine counts the dots of relative paths without looking for links.
        config = load_config(str(configuration.resolve()), strict=True, site_dir=str(target))
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except (Abort, BuildError, ConfigurationError) as error:
        raise EngineError("\n".join([*collector.messages, str(error)])) from error
    except OSError as error:
        raise named(error, target) from error
    finally:
        logger.removeHandler(collector)
    if collector.messages:
        raise EngineError("\n".join(collector.messages))
    _prune(target)


def _prune(target: Path) -> None:
    for pattern in UNUSED:
        for path in list(target.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def index(target: Path, language: str) -> None:
    """Make the search index of a built site with Pagefind, which knows Nordic word forms.

    Raises `EngineError` when the indexer fails, `OSError` when it could not write, `UsageError` when somebody or the
    system stopped it.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(target), "--force-language", language, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip() or done.stdout.strip()
        refused = re.search(r"\(os error ([0-9]+)\)", said)
        number = int(refused[1]) if refused else errno.EFBIG if done.returncode == -_FILE_TOO_BIG else 0
        if number:
            raise OSError(number, os.strerror(number), str(target / "pagefind"))
        if done.returncode < 0:
            raise UsageError(
                f"the program that makes the search index was stopped from outside (signal {-done.returncode}), "
                "perhaps for want of memory; nothing was changed (close other programs, or build with --jobs 1)"
            )
        raise EngineError(f"the search index failed with status {done.returncode}: {said or 'it said nothing'}")
    # The indexer brings interfaces of its own; ours is a dialog in the theme.
    for extra in (target / "pagefind").glob("pagefind-*ui*"):
        extra.unlink()
