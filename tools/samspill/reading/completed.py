"""A course as it can be read in each language: what is not translated yet stands in its place in the source language.

The rules look at the course as it was written; whatever renders looks at it completed. In a text that is translated in
part every section that is missing, or says TODO or nothing, is borrowed from the source and marked as such, so that a
page, a handout and a list of contents have the same parts, minutes and counts in every language; a section whose source
has changed since says so, and so do a title and a summary. A unit with no translation at all, or whose title or summary
says TODO, stays untranslated: it is listed, never shown in another language. Only the page `home` is always there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from samspill.model import Course, Kind
from samspill.prose import MARK, Borrowed, BorrowedBlocks, Changed, Prose, Section
from samspill.translation.progress import says


def completed(course: Course) -> Course:
    """Return the course with every translation completed.

    A text in YAML that says TODO is not there yet, so that the source's stands in its place.
    """
    done: dict[tuple[Kind, str, str], Prose] = {}
    for (kind, unit, language), prose in course.prose.items():
        source = course.text(kind, unit, course.source_language)
        if source is None or prose is source:
            done[kind, unit, language] = prose
        elif (kind, unit) == ("page", "home") or not prose.unwritten:
            done[kind, unit, language] = complete(prose, source, f"{kind}:{unit}")
    said = replace(course, prose=done)
    todo = any(MARK.search(text) for each in course.wordings for text in each.words.values())
    return _said(said) if todo else said


def _said(course: Course) -> Course:
    """Return a course without the texts in YAML that say TODO."""
    source = course.source_language
    return replace(
        course,
        about=_without_todo(course.about, source),
        objectives={key: _without_todo(value, source) for key, value in course.objectives.items()},
        terms={key: _without_todo(value, source) for key, value in course.terms.items()},
        sources={key: _without_todo(value, source) for key, value in course.sources.items()},
        labels={key: _without_todo(value, source) for key, value in course.labels.items()},
        seed=_without_todo(dict(course.seed), source),
        settings={key: _without_todo(value, source) for key, value in course.settings.items()},
    )


def _without_todo(value: Any, source: str) -> Any:
    """Return a value of the structure without the texts that say TODO, but for those in the source language."""
    match value:
        case BaseModel():
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            new = {name: _without_todo(inner, source) for name, inner in fields.items()}
            return value if new == fields else value.model_copy(update=new)
        case dict() if source in value and all(isinstance(inner, str) for inner in value.values()):
            return {key: text for key, text in value.items() if key == source or not MARK.search(text)}
        case dict():
            return {key: _without_todo(inner, source) for key, inner in value.items()}
        case tuple():
            return tuple(_without_todo(inner, source) for inner in value)
    return value


def complete(prose: Prose, source: Prose, target: str) -> Prose:
    """Return a translation with the sections of its source, in the source's order.

    `target` names the unit as a link does, `case:each-waits`.
    """
    recorded = dict(prose.translates)
    sections: list[Section] = []
    borrowed: set[str] = set()
    for section in source.sections:
        own = prose.get(section.id)
        if own is None or not says(own, section):
            found = _borrowed(section, source.language, said=section.id.rpartition(".")[0] not in borrowed)
            borrowed.add(section.id)
        elif recorded.get(section.id) not in (None, section.digest):
            found = replace(own, blocks=(Changed(source.language, f"{target}#{section.id}"), *own.blocks))
        else:
            found = own
        sections.append(found)
    behind = recorded.get("front") not in (None, source.front_digest)
    changed = Changed(source.language, target, front=True) if behind and not prose.unwritten else None
    whole = replace(prose, sections=tuple(sections), changed=changed, by_id={})
    if not prose.unwritten:
        return whole
    return replace(whole, title=source.title, summary=source.summary, lead=source.lead, borrowed=source.language)


def _borrowed(section: Section, language: str, *, said: bool) -> Section:
    """Return a section marked as standing in another language; parts of one that says so do not repeat it."""
    return replace(
        section,
        title=(Borrowed(language, section.title),),
        blocks=(BorrowedBlocks(language, section.blocks, said),) if section.blocks or said else (),
        borrowed=language,
    )
