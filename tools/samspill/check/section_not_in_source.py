"""A translation has no section that its source does not have.

All languages have the same set of sections; something said in one language only would be lost to the others. One
that was translated once, and that the source has given another id or taken out since, is behind as a stale one is.

Given, in cases/two-doors/en.md:

    ## Adapting {#adapting}

    Change the names.

Right, in cases/two-doors/nb.md:

    ## Tilpasning {#adapting}

    Bytt navnene.

Wrong, in cases/two-doors/nb.md:

    ## Tilpasning {#tilpasning}

    Bytt navnene.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding
from samspill.check.translations import level_in, pairs
from samspill.model import Course

CODE = "T003"


def find(course: Course) -> Iterator[Finding]:
    """Yield each section that a translation has alone, or on another level."""
    for source, prose in pairs(course):
        recorded = dict(prose.translates)
        for section in prose.sections:
            if source.get(section.id) is None:
                at = (prose.path, section.place.line, section.place.column)
                remedy = f"give it the id it has in {source.path}, or remove it; until then it is not shown"
                level = level_in(course, prose.language) if section.id in recorded else "error"
                yield *at, f'section "{section.id}" is not in the source', remedy, level
            elif source.by_id[section.id].level != section.level:
                at = (prose.path, section.place.line, section.place.column)
                remedy = f"write {'#' * source.by_id[section.id].level}, as in {source.path}"
                yield *at, f'section "{section.id}" has another level than its source', remedy
