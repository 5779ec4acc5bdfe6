"""MkDocs with Material and mkdocs-jupyter as an engine: the only module that knows them."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import yaml

from samspill.disk.sealed import named, put, remove
from samspill.making.engines.protocol import EngineError, Source

#: What MkDocs does otherwise for a site of ours.
HOOK = Path(__file__).with_name("hook.py")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.messages.append(record.getMessage())


def write_configuration(source: Source) -> Path:
    """Write the configuration of one language beside its pages and return its path.

    It inherits the base and adds what differs, so that the pages can be built by hand.
    Relative paths hold in `build/pages/` too, where the pages are kept: both lie as deep. They go by where the folders
    really are, since `build/` may be a link to another disk.
    """
    site, pages, more = source.site, source.pages, source.more
    here = pages.parent.resolve()
    config = dict(more) | {
        "INHERIT": _seen(source.base, here),
        "site_name": site.title,
        "site_description": site.description,
        "docs_dir": pages.name,
        "use_directory_urls": True,
        "site_dir": f"../by-hand/{pages.name}",
        "nav": list(site.navigation),
        "theme": more.get("theme", {}) | {
            "language": site.language,
            "custom_dir": _seen(source.theme, here),
        },
        "hooks": [_seen(HOOK, here)],
        "extra": more.get("extra", {}) | dict(site.extra),
    }
    path = _configuration(pages)
    remove(path)
    put(path, yaml.safe_dump(config, allow_unicode=True, sort_keys=False).encode())
    return path


def _seen(path: Path, here: Path) -> str:
    try:
        return os.path.relpath(path.resolve(), here)
    except ValueError:  # on another drive of Windows
        return str(path.resolve())


def _configuration(pages: Path) -> Path:
    return pages.parent / f"{pages.name}.yml"


def build(source: Source, target: Path) -> None:
    """Make the finished files of a site, as every engine does; its configuration stands beside its pages.

    Raises `EngineError` when MkDocs warns or stops: our own pages must be without fault.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # Fixed, so that nothing the engine stamps depends on the day it ran.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    from jinja2 import TemplateError  # noqa: PLC0415
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
        config = load_config(str(_configuration(source.pages).resolve()), strict=True, site_dir=str(target))
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    except (Abort, BuildError, ConfigurationError, TemplateError) as error:
        raise EngineError("\n".join([*collector.messages, str(error)])) from error
    except OSError as error:
        raise named(error, target) from error
    finally:
        logger.removeHandler(collector)
    if collector.messages:
        raise EngineError("\n".join(collector.messages))
