"""Pure functions from the model and a language to artifacts: no clock, no disk, no environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Artifact:
    """A file to write: a path relative to the output folder, with forward slashes, and its bytes."""

    path: str
    data: bytes


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
