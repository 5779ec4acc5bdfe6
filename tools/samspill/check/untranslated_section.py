"""A translation has every section of its source, and says something in each that says something there.

Given, in cases/two-doors/en.md:

    ## Adapting {#adapting}

    Change the names.

Right, in cases/two-doors/nb.md:

    ## Tilpasning {#adapting}

    Bytt navnene.

Wrong, in cases/two-doors/nb.md:

    ## Tilpasning {#adapting}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding
from samspill.check.translations import level_in, pairs
from samspill.model import Course
from samspill.translation.progress import says

CODE = "T002"


def find(course: Course) -> Iterator[Finding]:
    """Yield each section that a translation lacks, or has as a heading alone."""
    for source, prose in pairs(course):
        for section in source.sections:
            here = prose.get(section.id)
            if here is None:
                message = f'section "{section.id}" is missing'
                remedy = f'add "{"#" * section.level} … {{#{section.id}}}"'
                yield prose.path, 1, 1, message, remedy, level_in(course, prose.language)
            elif not here.unwritten and not says(here, section):
                at = (prose.path, here.place.line, here.place.column)
                message = f'section "{section.id}" has a heading and no text'
                yield *at, message, f"translate {source.path}:{section.place.line}", level_in(course, prose.language)
