"""A problem in content: where it is, what is wrong and what to do about it.

A problem is a value, not an exception: every stage of the work collects the
problems it finds, and one run reports all of them, sorted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Literal

Level = Literal["error", "unfinished", "note"]
Format = Literal["text", "github", "json"]


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in content.

    `path` is relative to the course root, with forward slashes. `line` and
    `column` count from 1. `code` is stable and has a documentation page. An
    `error` stops a build; what is `unfinished` waits for its author: it fails a
    check and stops nothing but publishing; a `note` informs and never fails a run.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    remedy: str
    level: Level = field(default="error")

    def __str__(self) -> str:
        mark = "" if self.level == "error" else f"{self.level}: "
        return visible(f"{self.path}:{self.line}:{self.column}: {self.code} {mark}{self.message} ({self.remedy})")


def visible(text: str) -> str:
    """Return a text with what cannot be seen written out (`\\u202e`), so that content cannot rewrite a terminal."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


class ContentError(Exception):
    """Content that cannot be built, with every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ContentError], tuple[list[Problem]]]:
        # Travels between processes.
        return type(self), (self.problems,)


class UsageError(Exception):
    """A wrong argument, a wrong folder or a missing tool: exit status 3."""


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a build, sorted."""
    return _of("error", problems)


def unfinished(problems: Iterable[Problem]) -> list[Problem]:
    """Return the places that wait for their author, sorted."""
    return _of("unfinished", problems)


def notes(problems: Iterable[Problem]) -> list[Problem]:
    """Return what only informs, sorted."""
    return _of("note", problems)


def _of(level: Level, problems: Iterable[Problem]) -> list[Problem]:
    return sorted({problem for problem in problems if problem.level == level})


#: What GitHub calls each level.
_COMMANDS: dict[Level, str] = {"error": "error", "unfinished": "warning", "note": "notice"}


def _github(problem: Problem) -> str:
    def escape(text: str, *, value: bool = False) -> str:
        text = visible(text).replace("%", "%25")
        return text.replace(":", "%3A").replace(",", "%2C") if value else text

    place = f"file={escape(problem.path, value=True)},line={problem.line},col={problem.column}"
    said = f"{escape(problem.message)} ({escape(problem.remedy)})"
    return f"::{_COMMANDS[problem.level]} {place},title={problem.code}::{said}"


def printed(problems: Iterable[Problem], form: Format = "text") -> str:
    """Return the problems as text, as GitHub workflow commands or as JSON, sorted and without a final newline."""
    ordered = sorted(set(problems))
    if form == "json":
        return json.dumps([asdict(problem) for problem in ordered], ensure_ascii=False, indent=2)
    line = _github if form == "github" else str
    return "\n".join(line(problem) for problem in ordered)
