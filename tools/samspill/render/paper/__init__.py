"""Printed handouts: PDF files that are PDF/UA-1 and PDF/A-2a at once, made from documents.

`inputs` is all that a handout says, as canonical JSON; together with `templates_digest` it is the key under
which a build may keep the result of `typeset`. `render` is the two in one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from samspill.document.unit import Tell, document
from samspill.model import Course
from samspill.reading.materials import leaves_out, scheduled
from samspill.reading.printed import HandoutKind, handout_path
from samspill.render.paper.press import page_count, templates_digest, typeset
from samspill.render.paper.room import fitted
from samspill.render.paper.sheet import sheet
from samspill.tokens import laid

__all__ = [
    "Handout",
    "handouts",
    "inputs",
    "page_count",
    "render",
    "templates_digest",
    "typeset",
]

CASE_KINDS: tuple[HandoutKind, ...] = ("participant", "stages", "facilitator", "roles", "map")
MODULE_KINDS: tuple[HandoutKind, ...] = ("reader", "guide")


@dataclass(frozen=True)
class Handout:
    """A handout to make: of a case, a module, a worksheet, a pathway, a page, or one session (`part`)."""

    language: str
    kind: HandoutKind
    unit: str
    part: str = ""

    @property
    def path(self) -> str:
        """Where it stands, from the root of its language."""
        return handout_path(self.kind, self.unit, self.part)


def handouts(course: Course, language: str) -> tuple[Handout, ...]:
    """Return the handouts of a language, in course order; a unit that is not translated has none.

    Raises `ValueError` when two would be one file, which `handout_path` keeps content from.
    """
    found: dict[str, Handout] = {}
    for handout in _handouts(course, language):
        other = found.setdefault(handout.path, handout)
        if other != handout:
            raise ValueError(f"{other} and {handout} are both {handout.path}: one of them would be lost")
    return tuple(found.values())


def _handouts(course: Course, language: str) -> Iterator[Handout]:
    for case in course.cases.values():
        if prose := course.text("case", case.id, language):
            # A half-translated case may have no cards yet.
            wanted = {"roles": any(prose.get(f"role.{role}") for role in case.roles), "map": bool(case.ties)}
            for kind in CASE_KINDS:
                if wanted.get(kind, True):
                    yield Handout(language, kind, case.id)
    for module in course.modules:
        if course.text("module", module, language):
            for kind in MODULE_KINDS:
                yield Handout(language, kind, module)
    for worksheet in course.worksheets:
        if course.text("worksheet", worksheet, language):
            yield Handout(language, "worksheet", worksheet)
    for pathway in course.pathways.values():
        if course.text("pathway", pathway.id, language):
            yield Handout(language, "plan", pathway.id)
            for session in pathway.sessions:
                yield Handout(language, "session", pathway.id, session.id)
                for unit in scheduled(course, session):
                    if course.text("case", unit, language) and leaves_out(course, session, unit):
                        yield Handout(language, "stages", unit, f"{pathway.id}/{session.id}")
    for page in course.pages.values():
        if page.handout and course.text("page", page.id, language):
            yield Handout(language, "page", page.id)


def inputs(course: Course, handout: Handout, tell: Tell = document) -> str:
    """Return everything a handout says as canonical JSON: what the typesetter is given; `tell` gives its unit."""
    data = fitted(sheet(course, handout.language, handout.kind, handout.unit, handout.part, tell))
    if course.look.get("sheet"):
        data |= {"greys": laid(course.look).sheet}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def render(course: Course, handout: Handout) -> bytes:
    """Return a handout as PDF: the same bytes for the same course."""
    return typeset(inputs(course, handout))
