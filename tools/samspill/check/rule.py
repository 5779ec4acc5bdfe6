"""What a rule is, and how it names the place of a problem."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from samspill.model import Course
from samspill.problem import Level, Problem

#: A finding: path, line, column, message, remedy, and the level when it is not an error.
Finding = tuple[str, int, int, str, str] | tuple[str, int, int, str, str, Level]


@dataclass(frozen=True)
class Rule:
    """A check; `documentation` is the docstring of its module."""

    code: str
    documentation: str
    function: Callable[[Course], Iterator[Finding]]

    def find(self, course: Course) -> Iterator[Problem]:
        """Yield the problems the rule finds in a course."""
        for path, line, column, message, remedy, *level in self.function(course):
            yield Problem(path, line, column, self.code, message, remedy, *level)


class RuleModule(Protocol):
    """A module about one rule: its docstring is the rule's page, and `find` yields what is wrong in a course."""

    CODE: str

    def find(self, course: Course) -> Iterator[Finding]: ...


def rules(*modules: RuleModule) -> tuple[Rule, ...]:
    """Return the rules that some modules are about."""
    return tuple(Rule(module.CODE, inspect.cleandoc(module.__doc__ or ""), module.find) for module in modules)


def place(course: Course, path: str, *keys: str | int) -> tuple[str, int, int]:
    """Return a YAML value's place: path, line and column; the nearest known parent's when it is absent."""
    marks = course.marks.get(path, {})
    known: tuple[str | int, ...] = keys
    while known and known not in marks:
        known = known[:-1]
    line, column = marks.get(known, (1, 1))
    return path, line, column
