"""The engines that make a site of its pages: one of them is chosen by `.samspill.yml`, and both make the same files."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from samspill.making.engines.protocol import Engine, EngineError, Site, Source

__all__ = ["ENGINES", "Engine", "EngineError", "Site", "Source", "engine"]

#: The engines by their names, the one that is taken unless another is chosen first; each is a module here.
ENGINES = ("mkdocs", "direct")


def engine(name: str) -> Engine:
    """Return an engine by its name; what it needs is loaded when it builds."""
    return cast(Engine, import_module(f"{__name__}.{name}"))
