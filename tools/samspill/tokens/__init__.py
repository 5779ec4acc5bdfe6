"""How everything looks, said once: colours, families of type and breakpoints, read from `tokens.yml`.

The site's style sheet and its icon, the page of languages, drawings and the printed sheet get them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

import yaml

__all__ = ["TOKENS", "Breakpoints", "Drawing", "Family", "Tokens", "laid"]


@dataclass(frozen=True)
class Family:
    """A family of type: its name, what the web calls it, its package, and what a browser takes in its place."""

    name: str
    web: str
    package: str
    fallback: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    scale: str = ""

    @property
    def file(self) -> str:
        """How the names of its files begin."""
        return self.name.replace(" ", "")

    @property
    def slug(self) -> str:
        """How the names of its files on the site begin."""
        return self.web.lower()


@dataclass(frozen=True)
class Drawing:
    """Colours of a drawing on paper: words and what is missing, lines, what stands in it, and the person."""

    ink: str
    line: str
    card: str
    person: str


@dataclass(frozen=True)
class Breakpoints:
    """Up to how many rem a page has a shape, by what changes there."""

    width: Mapping[str, float]
    height: Mapping[str, float]


@dataclass(frozen=True)
class Tokens:
    """Everything that `tokens.yml` says; there it is explained."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    print: Mapping[str, str]
    veil: str
    strands: tuple[str, ...]
    drawing: Drawing
    sheet: Mapping[str, int]
    serif: Family
    sans: Family
    names: Family
    code: tuple[str, ...]
    side: str
    round: str
    breakpoints: Breakpoints


def _family(said: Mapping[str, Any]) -> Family:
    lists: dict[str, Any] = {key: tuple(value) for key, value in said.items() if isinstance(value, list)}
    return Family(**{**said, **lists})


def _read() -> Tokens:
    said: dict[str, Any] = yaml.load(
        (resources.files("samspill.tokens") / "tokens.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    families: dict[str, Any] = {name: _family(family) for name, family in said.pop("families").items()}
    return Tokens(
        **said.pop("schemes"),
        **families,
        drawing=Drawing(**said.pop("drawing")),
        breakpoints=Breakpoints(**said.pop("breakpoints")),
        strands=tuple(said.pop("strands")),
        code=tuple(said.pop("code")),
        **said,
    )


TOKENS = _read()


def laid(look: Mapping[str, Mapping[str, Any]]) -> Tokens:
    """Return the tokens with the colours of a course, by scheme and name, in the place of the tool's."""
    schemes: dict[str, Any] = {name: {**getattr(TOKENS, name), **colours} for name, colours in look.items()}
    return replace(TOKENS, **schemes)
