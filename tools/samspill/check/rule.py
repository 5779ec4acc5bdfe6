"""What a rule is, and how it names the place of a problem."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from samspill.check.translations import pairs
from samspill.languages import available
from samspill.model import Course
from samspill.problem import Level, Problem
from samspill.prose import Prose

#: A finding: path, line, column, message, remedy, and the level when it is not an error.
Finding = tuple[str, int, int, str, str] | tuple[str, int, int, str, str, Level]
#: What finds something: in a course, in one text, in a translation behind the text that it translates, or in what the
#: tool itself says in a language.
Find = Callable[..., Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A check; `documentation` is the docstring of its module, whose functions look at as much as they are given.

    What is found in less than a course is found there again, whatever else there is.
    """

    code: str
    documentation: str
    in_course: Find | None = None
    in_text: Find | None = None
    in_pair: Find | None = None
    in_language: Find | None = None

    def find(self, course: Course) -> Iterator[Problem]:
        """Yield the problems the rule finds in a course."""
        yield from self.found(self.in_course, course)
        for prose in course.prose.values():
            yield from self.found(self.in_text, prose)
        for source, prose in pairs(course):
            yield from self.found(self.in_pair, source, prose)
        for language in spoken(course):
            yield from self.found(self.in_language, language)

    def found(self, find: Find | None, *given: Course | Prose | str) -> Iterator[Problem]:
        """Yield the problems that a function of the rule finds in what it is given; none when it has no such one."""
        for path, line, column, message, remedy, *level in find(*given) if find else ():
            yield Problem(path, line, column, self.code, message, remedy, *level)


def spoken(course: Course) -> tuple[str, ...]:
    """Return the languages of a course that the tool has words for."""
    return tuple(dict.fromkeys(each for each in course.languages if each in available()))


class RuleModule(Protocol):
    """A module about one rule: its docstring is the rule's page.

    `find(course)` yields what is wrong in a course, `in_text(prose)` in one text, `in_pair(source, prose)` in one and
    its translation, `in_language(language)` in the tool's own words; each looks at nothing but what it is given and
    what stands in the tool. It has one or several.
    """

    CODE: str


def rules(*modules: RuleModule) -> tuple[Rule, ...]:
    """Return the rules that some modules are about."""
    return tuple(
        Rule(
            module.CODE,
            inspect.cleandoc(module.__doc__ or ""),
            *(getattr(module, name, None) for name in ("find", "in_text", "in_pair", "in_language")),
        )
        for module in modules
    )


def place(course: Course, path: str, *keys: str | int) -> tuple[str, int, int]:
    """Return a YAML value's place: path, line and column; the nearest known parent's when it is absent."""
    marks = course.marks.get(path, {})
    known: tuple[str | int, ...] = keys
    while known and known not in marks:
        known = known[:-1]
    line, column = marks.get(known, (1, 1))
    return path, line, column
