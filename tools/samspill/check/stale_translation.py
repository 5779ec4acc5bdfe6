"""A translated section or text was made from the source as it stands today.

`samspill translated FILE` records in the front matter which text each section translates. When the words of the
source change, that section (not the whole file) is stale until it is read again and recorded;
`samspill translations UNIT` shows what has changed. Texts in YAML (terms, objectives, services, remarks) are
recorded by `samspill translated FILE --language CODE`, and `samspill translations FILE` shows what has changed.

Given, in cases/two-doors/nb.md:

    ---
    translates: # written by `samspill translated`
      adapting: "a2e4c751ada1"
    ---

    ## Tilpasning {#adapting}

    Bytt navnene.

Right, in cases/two-doors/en.md:

    ## Adapting {#adapting}

    Change the names.

Wrong, in cases/two-doors/en.md:

    ## Adapting {#adapting}

    Change the names and the places.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.check.translations import level_in, pairs, translated_to
from samspill.model import Course
from samspill.source.wording import Standing, never_recorded, standings
from samspill.translation.progress import says

CODE = "T004"


def find(course: Course) -> Iterator[Finding]:
    """Yield each section and text that translates something else than what its source says today."""
    for source, prose in pairs(course):
        recorded = dict(prose.translates)
        level = level_in(course, prose.language)
        remedy = f"compare it with {source.path}, then run: samspill translated {prose.path} --section "
        if not prose.unwritten and recorded.get("front") != source.front_digest:
            state = "are stale" if "front" in recorded else "were never compared with their source"
            yield prose.path, 1, 1, f"title and summary {state}", f"{remedy}front", level
        for section in source.sections:
            here = prose.get(section.id)
            if here is not None and says(here, section) and recorded.get(section.id) != section.digest:
                at = (prose.path, here.place.line, here.place.column)
                state = "is stale" if section.id in recorded else "was never compared with its source"
                yield *at, f'section "{section.id}" {state}', f"{remedy}{section.id}", level
    for language in translated_to(course):
        for standing in standings(course, language):
            yield from _stale_texts(course, standing)


def _stale_texts(course: Course, standing: Standing) -> Iterator[Finding]:
    """Yield each text in YAML that is behind, and in one finding for the file those that were never recorded."""
    path, language = standing.path, standing.language
    source, level = course.source_language, level_in(course, language)
    run = f"samspill translated {path} --language {language}"
    for each in standing.behind:
        remedy = f"compare it with the text in {source}, then run: {run} --section {each.name}"
        yield *place(course, path, *each.keys, language), f'text "{each.name}" is stale in {language}', remedy, level
    if standing.unrecorded:
        message = never_recorded(standing)
        at = place(course, path, *standing.unrecorded[0].keys, language)
        yield *at, message, f"compare with the text in {source}, then run: {run}", level
