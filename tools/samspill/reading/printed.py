"""What can be printed of a course: the kinds of handout, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
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
