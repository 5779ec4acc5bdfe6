"""What can be printed of a course: the kinds of handout, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

#: What a handout is for.
HandoutKind = Literal[
    "participant", "stages", "facilitator", "roles", "map",
    "reader", "guide", "worksheet", "plan", "session", "page",
]  # fmt: skip


@dataclass(frozen=True)
class HandoutInfo:
    """A printable file that belongs to a unit: its path from the root of the language, pages and bytes.

    `unit` is the id of a case, module, worksheet, pathway or page; `part` is the session of a pathway, or empty.
    Of stage sheets that hold only what a session uses, `part` is the pathway and its session, `short/first`.
    """

    path: str
    kind: HandoutKind
    unit: str
    part: str
    pages: int
    size: int


def _unheard(what: str) -> None:
    pass


@dataclass(frozen=True)
class Printables:
    """What can be printed in a language, by path; whoever asks is heard, by `handout <path>` or `handouts <unit>`."""

    found: Mapping[str, HandoutInfo]
    heard: Callable[[str], None] = field(default=_unheard, compare=False)

    def get(self, path: str) -> HandoutInfo | None:
        """Return the handout that stands at a path, or None."""
        self.heard(f"handout {path}")
        return self.found.get(path)

    def of(self, unit: str) -> Iterator[HandoutInfo]:
        """Yield the handouts of a unit, in course order."""
        self.heard(f"handouts {unit}")
        return (info for info in self.found.values() if info.unit == unit)

    def says(self, asked: str) -> str:
        """Return what the answer to a question is, as it was heard."""
        what, _, name = asked.partition(" ")
        return repr(self.found.get(name) if what == "handout" else [i for i in self.found.values() if i.unit == name])


def sheet_name(kind: str) -> str:
    """Return the words that say what a kind of handout is: `common.sheets.map`.

    Those who lead have a guide, be it to a case or to a module, and a worksheet is on paper what it is on a screen.
    """
    match kind:
        case "facilitator":
            return "common.sheets.guide"
        case "worksheet":
            return "common.kinds.worksheet"
    return f"common.sheets.{kind}"


def handout_path(kind: HandoutKind, unit: str, part: str = "") -> str:
    """Return where a handout stands, from the root of its language.

    Ids hold no underscore, so no two handouts share a path whatever a session is called. Nor do the sessions of two
    pathways: `a`, `b-c` and `a-b`, `c` are told apart by two underscores where a pathway's id has a hyphen.
    """
    match kind:
        case "participant" | "facilitator" | "roles" | "map":
            name = f"case-{unit}-{kind}"
        case "stages":
            name = f"pathway-{part.replace('/', '_')}_{unit}" if part else f"case-{unit}-stages"
        case "reader" | "guide":
            name = f"module-{unit}-{kind}"
        case "plan":
            name = f"pathway-{unit}_overview"
        case "session":
            name = f"pathway-{unit}{'__' if '-' in unit else '-'}{part}"
        case _:
            name = f"{kind}-{unit}"
    return f"handouts/{name}.pdf"
