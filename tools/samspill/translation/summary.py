"""How far each language is, in a line."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.model import Course
from samspill.source.wording import standings
from samspill.translation.progress import State, states


def summaries(course: Course, only: str | None = None) -> Iterator[str]:
    """Yield one line for each language that the course is translated to, or for one of them."""
    for language in course.languages[1:]:
        if only in (None, language):
            yield from summary(course, language, list(states(course, language)))


def summary(course: Course, language: str, found: list[State]) -> Iterator[str]:
    """Yield how far a language is, of which this is the state of each unit, in one line."""
    name = next(entry.name for entry in course.about.languages if entry.code == language)
    whole = sum(each.whole for each in found)
    part = sum(each.there and not each.whole for each in found)
    none = sum(not each.there for each in found)
    units = f"{whole} of {len(found)} units up to date, {part} under way, {none} not begun"
    said = list(standings(course, language))
    current, every = sum(each.current for each in said), sum(each.texts for each in said)
    yield f"{language} ({name}): {units}; {current} of {every} texts in YAML up to date"
