"""Rules: a translation has the same sections as its source, and is not behind it.

Until a language is declared complete in course.yml these are notes, not errors.
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place, rule
from samspill.model import FOLDERS, Course, Kind
from samspill.problem import Level
from samspill.prose import Citation, Prose, Section, section_inlines
from samspill.render.words import available
from samspill.source.typography import QUOTES

RECORD = "translate it, then run: samspill translated {path}"


def _level(course: Course, language: str) -> Level:
    return "error" if course.complete(language) else "note"


def _pairs(course: Course) -> Iterator[tuple[Prose, Prose]]:
    for (kind, unit, language), prose in course.prose.items():
        source = course.text(kind, unit, course.source_language)
        if language != course.source_language and source is not None:
            yield source, prose


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
    """A translation has every section of its source."""
    for source, prose in _pairs(course):
        for section in source.sections:
            if prose.get(section.id) is None:
                message = f'section "{section.id}" is missing'
                remedy = f'add "{"#" * section.level} … {{#{section.id}}}"'
                yield prose.path, 1, 1, message, remedy, _level(course, prose.language)


@rule("T003")
def surplus(course: Course) -> Iterator[Finding]:
    """A translation has no section that its source does not have.

    All languages have the same set of sections; something said in one language only would be lost to the others.
    """
    for source, prose in _pairs(course):
        for section in prose.sections:
            if source.get(section.id) is None:
                at = (prose.path, section.place.line, section.place.column)
                yield *at, f'section "{section.id}" is not in the source', f"add it to {source.path}, or remove it"
            elif source.by_id[section.id].level != section.level:
                at = (prose.path, section.place.line, section.place.column)
                yield *at, f'section "{section.id}" has another level than its source', "give the heading as many #"


@rule("T004")
def stale(course: Course) -> Iterator[Finding]:
    """A translated section was made from the source section as it stands today.

    `samspill translated FILE` records in the front matter which text each section translates. When the source
    changes, that section (not the whole file) is stale until it is read again and recorded.
    """
    for source, prose in _pairs(course):
        recorded = dict(prose.translates)
        level = _level(course, prose.language)
        remedy = f"compare it with {source.path}, then run: samspill translated {prose.path}"
        if recorded.get("front") != source.front_digest:
            yield prose.path, 1, 1, "title and summary are stale", remedy, level
        for section in source.sections:
            here = prose.get(section.id)
            if here is not None and recorded.get(section.id) != section.digest:
                at = (prose.path, here.place.line, here.place.column)
                yield *at, f'section "{section.id}" is stale', remedy, level


def _keys(section: Section) -> list[str]:
    return sorted(cite.key for node in section_inlines(section) if isinstance(node, Citation) for cite in node.cites)


@rule("T005")
def citations_differ(course: Course) -> Iterator[Finding]:
    """A translated section cites the same sources as its source section.

    A finding must not lose its evidence on the way to another language.
    """
    for source, prose in _pairs(course):
        for section in prose.sections:
            original = source.get(section.id)
            if original is not None and _keys(original) != _keys(section):
                at = (prose.path, section.place.line, section.place.column)
                wanted = ", ".join(_keys(original)) or "nothing"
                yield *at, f'section "{section.id}" cites other sources than its source', f"cite {wanted}"


@rule("T006")
def words_missing(course: Course) -> Iterator[Finding]:
    """Titles, terms, objectives and services have their words in every language.

    Texts that stand in YAML hold one text per language; in any other they are noted. The interface needs words for
    each language too.
    """
    tables: list[tuple[str, tuple[str | int, ...], dict[str, str]]] = [
        ("course/course.yml", ("title",), course.about.title)
    ]
    for index, objective in enumerate(course.objectives.values()):
        for name in ("short", "statement"):
            tables.append(("course/objectives.yml", ("objectives", index, name), getattr(objective, name)))
    for index, term in enumerate(course.terms.values()):
        tables.append(("course/glossary.yml", ("terms", index, "word"), term.word))
        tables.append(("course/glossary.yml", ("terms", index, "definition"), term.definition))
        if term.note:
            tables.append(("course/glossary.yml", ("terms", index, "note"), term.note))
    for index, source in enumerate(course.sources.values()):
        if source.remark:
            tables.append(("course/sources.yml", ("references", index, "remark"), source.remark))
    for country, setting in course.settings.items():
        path = f"course/settings/{country}.yml"
        tables.append((path, ("name",), setting.name))
        for index, service in enumerate(setting.services):
            words = {language: forms.the for language, forms in service.forms.items()}
            tables.append((path, ("services", index, "forms"), words))
        for index, instrument in enumerate(setting.instruments):
            tables.append((path, ("instruments", index, "name"), instrument.name))
            tables.append((path, ("instruments", index, "note"), instrument.note))
        for index, fact in enumerate(setting.facts):
            tables.append((path, ("facts", index, "text"), fact.text))
    for path, keys, words in tables:
        for language in course.languages:
            if language not in words:
                message = f"{'.'.join(map(str, keys))} has no words in {language}"
                yield *place(course, path, *keys), message, f"add {language}: …", _level(course, language)
        for language in words:
            if language not in course.languages:
                message = f"{'.'.join(map(str, keys))} has words in {language}, which is no language of the course"
                yield *place(course, path, *keys, language), message, "nobody will read them: mend the code", "note"
    for index, language in enumerate(course.languages):
        if language not in QUOTES:
            at = place(course, "course/course.yml", "languages", index, "code")
            yield *at, f'the interface has no words for "{language}"', "see “Add a language” in CONTRIBUTING.md"
