"""What stands above each part of a page: its heading, on the page and in the list of what is on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from samspill.document.country import Background
from samspill.document.parts import (
    Activity,
    Cards,
    Coverage,
    Figure,
    FormField,
    Map,
    Part,
    Passage,
    Session,
    Stage,
)
from samspill.document.tree import Words
from samspill.languages import Catalogue
from samspill.render.web.html import PART


@dataclass(frozen=True)
class Head:
    """A heading of a page: its words, its id, its level and what it looks like."""

    title: Words | str
    id: str
    level: int = PART
    look: str = ""


def head(part: Part, say: Catalogue) -> Head | None:
    """Return what stands above a part, or above a run of fields; nothing for one that begins without a word."""
    match part:
        case Stage():
            return Head(part.title, part.id, look="stage-title")
        case Activity():
            return Head(part.title, part.id, look="activity-title")
        case Session():
            return Head(part.title, part.id, look="session-title") if part.written else None
        case Passage():
            level = PART + 1 if part.place == "rubric" else PART
            return Head(part.title, part.id, level) if part.title else None
        case Figure():
            return Head(part.title, part.id) if part.title else None
        case Map():
            return Head(part.title, "map")
        case Cards():
            return Head(part.title, "roles")
        case Coverage():
            return Head(say("common.coverage"), "coverage")
        case FormField():
            return Head(say("site.worksheet_form"), "form")
        case Background():
            return None
    assert_never(part)
