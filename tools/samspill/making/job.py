"""One build under way: what all its steps go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from samspill.disk.store import Store, key
from samspill.making.place import Place
from samspill.making.request import Request, Say
from samspill.making.traces import Traces

if TYPE_CHECKING:
    from samspill.model import Course


@dataclass(frozen=True)
class Job:
    """A build of a course in some languages; `tool` is the hash of what builds it, `engine` what makes its sites."""

    request: Request
    tool: str
    place: Place
    say: Say
    course: Course
    languages: tuple[str, ...]
    traces: Traces
    engine: str
    #: The files of the theme, read once, so that all sites of the build have the same.
    theme: Mapping[str, bytes]

    @property
    def store(self) -> Store:
        """What is remembered from one build to the next."""
        return self.request.store

    @cached_property
    def look(self) -> str:
        """The key of the tool with the theme: what makes a site of pages."""
        return look(self.tool, self.theme)

    @property
    def with_handouts(self) -> tuple[str, ...]:
        """The languages that get handouts: also, of those nobody asked for, the ones that had some."""
        if self.request.only != "site":
            return self.languages
        asked = self.request.languages or self.languages
        return tuple(code for code in self.languages if code not in asked and self.place.had_handouts(code))

    def roots(self, language: str) -> dict[str, str]:
        """Return where the other languages' sites stand, seen from this one's root."""
        return roots(self.request, self.course, language)


def look(tool: str, theme: Mapping[str, bytes]) -> str:
    """Return the key of a tool with a theme."""
    return key(tool, *(part for name, data in sorted(theme.items()) for part in (name, data)))


def roots(request: Request, course: Course, language: str) -> dict[str, str]:
    """Return where the other languages' sites stand, seen from the root of one."""
    others = [code for code in course.languages if code != language]
    if not request.edition_layout:
        return {other: f"../{other}/" for other in others}
    return {other: f"../../{other}/{course.about.edition}/" for other in others}
