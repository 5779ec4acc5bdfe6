"""Titles, terms, objectives and services have their words in every language.

Texts that stand in YAML hold one text per language; in any other they are noted.

Right, in course/glossary.yml:

    terms:
      - id: coordinator
        word: {en: coordinator, nb: koordinator}
        definition: {en: Someone who keeps the parts together., nb: En som holder delene sammen.}

Wrong, in course/glossary.yml:

    terms:
      - id: coordinator
        word: {en: coordinator}
        definition: {en: Someone who keeps the parts together., nb: En som holder delene sammen.}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.check.translations import level_in
from samspill.model import Course

CODE = "T006"


def find(course: Course) -> Iterator[Finding]:
    """Yield each text in YAML that lacks a language of the course, or has another."""
    for each in course.wordings:
        for language in course.languages:
            if language not in each.words:
                message = f"{each.name} has no words in {language}"
                yield *place(course, each.path, *each.keys), message, f"add {language}: …", level_in(course, language)
        for language in each.words:
            if language not in course.languages:
                message = f"{each.name} has words in {language}, which is no language of the course"
                at = place(course, each.path, *each.keys, language)
                yield *at, message, "nobody will read them: mend the code", "note"
