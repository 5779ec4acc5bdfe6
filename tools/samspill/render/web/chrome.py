"""What every page of a language has around it: words, edition and the way to the other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samspill.languages import catalogue
from samspill.model import Course
from samspill.reading.context import Context


def alternates(course: Course, language: str, roots: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """Return every language with its code, its own name and its root seen from this language's root."""
    return [
        {
            "code": entry.code,
            "name": entry.name,
            "root": "./" if entry.code == language else (roots or {}).get(entry.code, f"../{entry.code}/"),
        }
        for entry in course.about.languages
    ]


def settings(course: Course, language: str, roots: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what the theme reads from `config.extra`."""
    words, context, about = catalogue(language), Context(course, language), course.about
    said = {
        "site": context.course_name,
        "fictional": context.stated(about.fiction, "common.fictional_note"),
        "privacy": context.stated(about.privacy, "site.privacy"),
    }
    if not course.cases and not about.fiction:
        del said["fictional"]
    return {
        "language": language,
        "title_language": context.course_label.language,
        "mark": course.mark is not None,
        "spoken": {name: label.language for name, label in said.items() if label.language},
        "licence": about.licence.url or "" if about.licence else "",
        "edition": course.about.edition,
        # Where the published editions are listed, seen from the root of one of them.
        "versions": "../versions.json",
        "alternates": alternates(course, language, roots),
        "words": {
            **words.table["site"]["chrome"],
            "edition": words("common.edition_named", edition=course.about.edition),
            "licence": words("common.licence", licence=about.licence.name) if about.licence else "",
            **{name: label.text for name, label in said.items()},
            "print": words("site.panels.print"),
        },
    }
