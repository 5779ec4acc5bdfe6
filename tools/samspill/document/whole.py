"""A unit of the course as said in one language: what it is called, its facts, its parts, and where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samspill.document.country import Place
from samspill.document.parts import Aim, Part, Passage, Where
from samspill.document.tree import Changed, Words
from samspill.model import Kind


@dataclass(frozen=True)
class Fact:
    """A fact about a unit: how long, how many, for whom."""

    name: str
    text: str


@dataclass(frozen=True)
class Edition:
    """What a unit is a part of: the course without its subtitle, who publishes it, and which edition it is."""

    course: Words
    publisher: str
    number: str
    name: str
    """ "Edition 2026.1"."""
    licence: str
    released: str


@dataclass(frozen=True)
class Reference:
    """A source in full, as a list of references says it."""

    key: str
    text: str


@dataclass(frozen=True)
class Document:
    """A unit of the course as said in one language."""

    of: Kind
    id: str
    language: str
    number: int
    name: str
    """What its kind is called: "Case"."""
    title: str
    summary: str
    borrowed: str
    """The language of title and summary when that is not the document's, or nothing."""
    changed: Changed | None
    country: Words
    place: Place | None
    notice: str
    """ "Fictional", or nothing."""
    fiction: Words
    """The sentence that says so, or nothing."""
    minutes: int
    facts: tuple[Fact, ...]
    first: str
    """What stands before `warning`: "Say this first"."""
    warning: str
    """What the one who leads says first, or nothing."""
    parts: tuple[Part, ...]
    aims: tuple[Aim, ...]
    used: tuple[Words, ...]
    sources: tuple[Words, ...]
    """Links to the sources it names, by their short names."""
    keys: tuple[str, ...]
    """The keys of those sources."""
    references: tuple[Reference, ...]
    """Those sources and all that are cited, in the order of the language."""
    citation: Words
    edition: Edition
    signed: Literal["", "name", "group"]
    """What is written on a worksheet that is handed in: a name, a group, or nothing."""

    def fact(self, name: str) -> str:
        """Return a fact by its name, or nothing."""
        return next((fact.text for fact in self.facts if fact.name == name), "")

    def passages(self, *places: Where) -> tuple[Passage, ...]:
        """Return the sections of text, or those with one of some places in the unit, in order."""
        found = (part for part in self.parts if isinstance(part, Passage))
        return tuple(part for part in found if not places or part.place in places)
