"""Every unit has prose in every language.

What is not translated is listed as such on the site and never shown in another language. The page `home` is
needed in every language from the first day: it is where a language begins.

Right, in cases/two-doors/nb.md:

    ---
    title: To dører
    summary: Hver dør åpnes når den andre er åpnet.
    ---

Wrong, without cases/two-doors/nb.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding
from samspill.check.translations import level_in
from samspill.languages import available
from samspill.model import FOLDERS, Course, Kind
from samspill.problem import Level

CODE = "T001"


def find(course: Course) -> Iterator[Finding]:
    """Yield each unit that has no prose in a language of the course."""
    for kind in FOLDERS:
        kind_: Kind = kind
        for unit in course.units(kind_):
            for language in course.languages[1:]:
                if course.text(kind_, unit, language) is None:
                    path = course.prose_path(kind_, unit, language)
                    message = f'{kind} "{unit}" is not translated to {language}'
                    source = course.prose_path(kind_, unit, course.source_language)
                    # Without interface words (T006) there is no site to begin yet.
                    begins = (kind_, unit) == ("page", "home") and language in available()
                    level: Level = "error" if begins else level_in(course, language)
                    yield path, 1, 1, message, f"write it from {source}", level
