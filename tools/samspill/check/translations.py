"""What translates what, and how much it weighs that something is not translated.

Until a language is declared complete in course.yml, what is missing in it is a note, not an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.model import Course
from samspill.problem import Level
from samspill.prose import Prose


def level_in(course: Course, language: str) -> Level:
    """Return how much it weighs that something is not translated to a language."""
    return "error" if course.complete(language) else "note"


def pairs(course: Course) -> Iterator[tuple[Prose, Prose]]:
    """Yield every text of a translation behind the text that it translates."""
    for (kind, unit, language), prose in course.prose.items():
        source = course.text(kind, unit, course.source_language)
        if language != course.source_language and source is not None:
            yield source, prose


def translated_to(course: Course) -> tuple[str, ...]:
    """Return the languages but the source's; one that is listed twice is another problem, and here once."""
    return tuple(dict.fromkeys(each for each in course.languages if each != course.source_language))
