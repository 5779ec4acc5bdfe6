"""A course as it can be read in each language: what is not translated yet stands in its place in the source language.

The rules look at the course as it was written; whatever renders looks at it completed. In a text that is translated in
part every section that is missing, or says TODO, is borrowed from the source and marked as such, so that a page, a
handout and a list of contents have the same parts, minutes and counts in every language; a section whose source has
changed since says so, and so do a title and a summary. A unit with no translation at all, or whose title or summary
says TODO, stays untranslated: it is listed, never shown in another language. Only the page `home` is always there.
"""

from __future__ import annotations

from dataclasses import replace

from samspill.model import Course, Kind
from samspill.prose import Borrowed, BorrowedBlocks, Changed, Prose, Section


def completed(course: Course) -> Course:
    """Return the course with every translation completed."""
    done: dict[tuple[Kind, str, str], Prose] = {}
    for (kind, unit, language), prose in course.prose.items():
        source = course.text(kind, unit, course.source_language)
        if source is None or prose is source:
            done[kind, unit, language] = prose
        elif (kind, unit) == ("page", "home") or not prose.unwritten:
            done[kind, unit, language] = complete(prose, source, f"{kind}:{unit}")
    return replace(course, prose=done)


def complete(prose: Prose, source: Prose, target: str) -> Prose:
    """Return a translation with the sections of its source, in the source's order.

    `target` names the unit as a link does, `case:each-waits`. The source itself comes back as it is.
    """
    if prose.language == source.language:
        return prose
    recorded = dict(prose.translates)
    sections: list[Section] = []
    above: list[Section] = []
    for section in source.sections:
        while above and above[-1].level >= section.level:
            above.pop()
        own = prose.get(section.id)
        if own is None or own.unwritten:
            found = _borrowed(section, source.language, said=not any(each.borrowed for each in above))
        elif recorded.get(section.id) not in (None, section.digest):
            found = replace(own, blocks=(Changed(source.language, f"{target}#{section.id}"), *own.blocks))
        else:
            found = own
        sections.append(found)
        above.append(found)
    behind = recorded.get("front") not in (None, source.front_digest)
    changed = Changed(source.language, target, front=True) if behind else None
    return replace(prose, sections=tuple(sections), changed=changed, by_id={})


def _borrowed(section: Section, language: str, *, said: bool) -> Section:
    """Return a section marked as standing in another language; only the outermost of several says so in words."""
    return replace(
        section,
        title=(Borrowed(language, section.title),),
        blocks=(BorrowedBlocks(language, section.blocks, said),) if section.blocks or said else (),
        borrowed=language,
    )
