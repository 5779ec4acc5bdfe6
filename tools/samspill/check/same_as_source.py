"""A translated section or text is not the text of its source.

Words left in the source language would be read aloud as if they were the page's own. A section that is not
there stands in its place in the source language, marked as such. Sections of names, numbers, citations or fewer
than five words may be the same, and so may the texts that stand in YAML.

Given, in course/modules/waiting/en.md:

    #### Nobody {#check.who.a}

    Somebody does: the letter has not been read.

Right, in course/modules/waiting/nb.md:

    #### Ingen {#check.who.a}

    Noen gjør det: brevet er ikke lest.

Wrong, in course/modules/waiting/nb.md:

    #### Ingen {#check.who.a}

    Somebody does: the letter has not been read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.check.translations import translated_to
from samspill.languages import grammar
from samspill.model import Course
from samspill.problem import Level
from samspill.prose import Prose, Section, Text, inlines, plain

CODE = "T007"
#: Fewer words than these may well be the same in two languages.
FEW = 5
_WORD = re.compile(r"[^\W\d_]+")


def in_pair(source: Prose, prose: Prose) -> Iterator[Finding]:
    """Yield each section of a translation that is the words of its source."""
    remedy = f"translate it, or remove it: then it stands here as it is in {source.path}, marked"
    level = _level(source.language, prose.language)
    if _same((source.summary,), (prose.summary,)):
        yield prose.path, 1, 1, "the summary is the same as in the source", "translate it", level
    for section in prose.sections:
        original = source.get(section.id)
        if original is not None and _same(_words(original), _words(section)):
            at = (prose.path, section.place.line, section.place.column)
            yield *at, f'section "{section.id}" is the same as in the source', remedy, level


def find(course: Course) -> Iterator[Finding]:
    """Yield each text in YAML whose translation is the words of its source."""
    for each in course.wordings:
        said = each.words.get(course.source_language)
        for language in translated_to(course):
            if said is not None and language in each.words and _same((said,), (each.words[language],)):
                level = _level(course.source_language, language)
                at = place(course, each.path, *each.keys, language)
                message = f'text "{each.name}" is the same in {language} as in the source'
                yield *at, message, f"translate it, or take {language}: out until it is translated", level


def _level(source: str, language: str) -> Level:
    """Return how much it weighs: in languages so near each other a whole sentence may well be the same."""
    return "note" if source in grammar(language).near else "error"


def _same(source: tuple[str, ...], text: tuple[str, ...]) -> bool:
    """Tell whether two texts are the same words, and enough of them are no names: those begin with a capital."""
    whole, here = " ".join(source), " ".join(text)
    first, begins = _WORD.search(whole), _WORD.search(here)
    if not first or not begins or first[0] != begins[0]:
        return False
    one, other = _WORD.findall(whole), _WORD.findall(here)
    return one == other and sum(word[0].islower() for word in one) >= FEW


def _words(section: Section) -> tuple[str, ...]:
    """Return the words of a section below its heading, or of the heading where nothing stands below it."""
    below = tuple(node.text for block in section.blocks for node in inlines(block) if isinstance(node, Text))
    return below or (plain(section.title),)
