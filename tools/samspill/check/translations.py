"""Rules: a translation has the same sections as its source, and is not behind it.

Until a language is declared complete in course.yml these are notes, not errors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from samspill.check.rule import Finding, place, rule
from samspill.languages import available, grammar
from samspill.model import FOLDERS, Course, Kind
from samspill.problem import Level
from samspill.prose import Citation, Prose, Section, Text, inlines, plain, section_inlines
from samspill.source.wording import Standing, never_recorded, standings
from samspill.translation.progress import says


def _level(course: Course, language: str) -> Level:
    return "error" if course.complete(language) else "note"


def _pairs(course: Course) -> Iterator[tuple[Prose, Prose]]:
    for (kind, unit, language), prose in course.prose.items():
        source = course.text(kind, unit, course.source_language)
        if language != course.source_language and source is not None:
            yield source, prose


def _translated_to(course: Course) -> tuple[str, ...]:
    """Return the languages but the source's; one that is listed twice is another problem, and here once."""
    return tuple(dict.fromkeys(each for each in course.languages if each != course.source_language))


@rule("T001")
def untranslated(course: Course) -> Iterator[Finding]:
    """Every unit has prose in every language.

    What is not translated is listed as such on the site and never shown in another language. The page `home` is
    needed in every language from the first day: it is where a language begins.
    """
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
                    level: Level = "error" if begins else _level(course, language)
                    yield path, 1, 1, message, f"write it from {source}", level


@rule("T002")
def missing(course: Course) -> Iterator[Finding]:
    """A translation has every section of its source, and says something in each that says something there."""
    for source, prose in _pairs(course):
        for section in source.sections:
            here = prose.get(section.id)
            if here is None:
                message = f'section "{section.id}" is missing'
                remedy = f'add "{"#" * section.level} … {{#{section.id}}}"'
                yield prose.path, 1, 1, message, remedy, _level(course, prose.language)
            elif not here.unwritten and not says(here, section):
                at = (prose.path, here.place.line, here.place.column)
                message = f'section "{section.id}" has a heading and no text'
                yield *at, message, f"translate {source.path}:{section.place.line}", _level(course, prose.language)


@rule("T003")
def surplus(course: Course) -> Iterator[Finding]:
    """A translation has no section that its source does not have.

    All languages have the same set of sections; something said in one language only would be lost to the others. One
    that was translated once, and that the source has given another id or taken out since, is behind as a stale one is.
    """
    for source, prose in _pairs(course):
        recorded = dict(prose.translates)
        for section in prose.sections:
            if source.get(section.id) is None:
                at = (prose.path, section.place.line, section.place.column)
                remedy = f"give it the id it has in {source.path}, or remove it; until then it is not shown"
                level = _level(course, prose.language) if section.id in recorded else "error"
                yield *at, f'section "{section.id}" is not in the source', remedy, level
            elif source.by_id[section.id].level != section.level:
                at = (prose.path, section.place.line, section.place.column)
                remedy = f"write {'#' * source.by_id[section.id].level}, as in {source.path}"
                yield *at, f'section "{section.id}" has another level than its source', remedy


@rule("T004")
def stale(course: Course) -> Iterator[Finding]:
    """A translated section or text was made from the source as it stands today.

    `samspill translated FILE` records in the front matter which text each section translates. When the words of the
    source change, that section (not the whole file) is stale until it is read again and recorded;
    `samspill translations UNIT` shows what has changed. Texts in YAML (terms, objectives, services, remarks) are
    recorded by `samspill translated FILE --language CODE`, and `samspill translations FILE` shows what has changed.
    """
    for source, prose in _pairs(course):
        recorded = dict(prose.translates)
        level = _level(course, prose.language)
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
    for language in _translated_to(course):
        for standing in standings(course, language):
            yield from _stale_texts(course, standing)


def _stale_texts(course: Course, standing: Standing) -> Iterator[Finding]:
    """Yield each text in YAML that is behind, and in one finding for the file those that were never recorded."""
    path, language = standing.path, standing.language
    source, level = course.source_language, _level(course, language)
    run = f"samspill translated {path} --language {language}"
    for each in standing.behind:
        remedy = f"compare it with the text in {source}, then run: {run} --section {each.name}"
        yield *place(course, path, *each.keys, language), f'text "{each.name}" is stale in {language}', remedy, level
    if standing.unrecorded:
        message = never_recorded(standing)
        at = place(course, path, *standing.unrecorded[0].keys, language)
        yield *at, message, f"compare with the text in {source}, then run: {run}", level


def _keys(section: Section) -> Counter[str]:
    return Counter(cite.key for node in section_inlines(section) if isinstance(node, Citation) for cite in node.cites)


@rule("T005")
def citations_differ(course: Course) -> Iterator[Finding]:
    """A translated section cites the same sources as its source section, each as often.

    A finding must not lose its evidence on the way to another language. A section that is stale (T004) is left alone:
    its citations are those of an earlier text.
    """
    for source, prose in _pairs(course):
        recorded = dict(prose.translates)
        for section in prose.sections:
            original = source.get(section.id)
            if original is None or not says(section, original) or recorded.get(section.id) != original.digest:
                continue
            wanted, found = _keys(original), _keys(section)
            wrong = [
                f"{key} {_times(found[key])} instead of {_times(wanted[key])}"
                for key in sorted(wanted | found)
                if wanted[key] != found[key]
            ]
            if wrong:
                at = (prose.path, section.place.line, section.place.column)
                message = f'section "{section.id}" cites {", ".join(wrong)}'
                remedy = f"cite as {source.path}:{original.place.line} does"
                yield *at, message, remedy, _level(course, prose.language)


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"


@rule("T006")
def words_missing(course: Course) -> Iterator[Finding]:
    """Titles, terms, objectives and services have their words in every language.

    Texts that stand in YAML hold one text per language; in any other they are noted.
    """
    for each in course.wordings:
        for language in course.languages:
            if language not in each.words:
                message = f"{each.name} has no words in {language}"
                yield *place(course, each.path, *each.keys), message, f"add {language}: …", _level(course, language)
        for language in each.words:
            if language not in course.languages:
                message = f"{each.name} has words in {language}, which is no language of the course"
                at = place(course, each.path, *each.keys, language)
                yield *at, message, "nobody will read them: mend the code", "note"


#: Fewer words than these may well be the same in two languages.
FEW = 5
_WORD = re.compile(r"[^\W\d_]+")


def _same(source: tuple[str, ...], text: tuple[str, ...]) -> bool:
    """Tell whether two texts are the same words, and enough of them are no names: those begin with a capital."""
    one, other = (_WORD.findall(" ".join(parts)) for parts in (source, text))
    return one == other and sum(word[0].islower() for word in one) >= FEW


def _words(section: Section) -> tuple[str, ...]:
    """Return the words of a section below its heading, or of the heading where nothing stands below it."""
    below = tuple(node.text for block in section.blocks for node in inlines(block) if isinstance(node, Text))
    return below or (plain(section.title),)


@rule("T007")
def not_translated(course: Course) -> Iterator[Finding]:
    """A translated section or text is not the text of its source.

    Words left in the source language would be read aloud as if they were the page's own. A section that is not
    there stands in its place in the source language, marked as such. Sections of names, numbers, citations or fewer
    than five words may be the same, and so may the texts that stand in YAML.
    """
    for source, prose in _pairs(course):
        remedy = f"translate it, or remove it: then it stands here as it is in {source.path}, marked"
        # In languages so near each other a whole sentence may well be the same.
        level: Level = "note" if source.language in grammar(prose.language).near else "error"
        if _same((source.summary,), (prose.summary,)):
            yield prose.path, 1, 1, "the summary is the same as in the source", "translate it", level
        for section in prose.sections:
            original = source.get(section.id)
            if original is not None and _same(_words(original), _words(section)):
                at = (prose.path, section.place.line, section.place.column)
                yield *at, f'section "{section.id}" is the same as in the source', remedy, level
    for each in course.wordings:
        said = each.words.get(course.source_language)
        for language in _translated_to(course):
            if said is not None and language in each.words and _same((said,), (each.words[language],)):
                level = "note" if course.source_language in grammar(language).near else "error"
                at = place(course, each.path, *each.keys, language)
                message = f'text "{each.name}" is the same in {language} as in the source'
                yield *at, message, f"translate it, or take {language}: out until it is translated", level
