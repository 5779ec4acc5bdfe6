"""A country as readers meet it: what its services are called, its instruments, and what was known of it and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samspill.document.tree import Changed, Words
from samspill.model import Level


@dataclass(frozen=True)
class Service:
    """A service: its short name, which leads to the glossary where a term explains it, and what it is called in full.

    `full` is nothing where it would say the same again.
    """

    id: str
    name: Words
    full: Words


@dataclass(frozen=True)
class Tier:
    """The services of one level, and what that is called."""

    level: Level
    title: str
    services: tuple[Service, ...]


@dataclass(frozen=True)
class Instrument:
    """A plan, right or meeting form; `sources` is a citation, or nothing."""

    id: str
    name: Words
    note: Words
    sources: Words
    changed: Changed | None


@dataclass(frozen=True)
class DatedFact:
    """A fact about law or organisation, when it was true ("As of December 2011"), and the citation of its sources."""

    id: str
    text: Words
    as_of: str
    when: str
    sources: Words
    changed: Changed | None


@dataclass(frozen=True)
class Country:
    """A country with all that the course says of it; an `id` in it is its place on the page of all countries."""

    code: str
    name: Words
    tiers: tuple[Tier, ...]
    instruments: tuple[Instrument, ...]
    facts: tuple[DatedFact, ...]


@dataclass(frozen=True)
class Background:
    """What the one who leads a case may be asked about its country; `note` says what the dates mean."""

    title: Words
    note: str
    facts: tuple[DatedFact, ...]
    audience: Literal["facilitator"] = "facilitator"
    kind: Literal["background"] = "background"


@dataclass(frozen=True)
class Place:
    """Where a case is set: its country, the services that take part, and in sentences where the story comes from."""

    country: Words
    services: tuple[Words, ...]
    origin: tuple[Words, ...]
