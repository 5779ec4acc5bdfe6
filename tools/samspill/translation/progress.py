"""How far each translation has come: the sections of its source that are missing, behind or never recorded.

Says the same of a course as it was written and of one completed for readers: a section that is borrowed is missing, and
so is one that says TODO, or that is a heading alone where the source has text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samspill.model import FOLDERS, Course, Kind
from samspill.prose import Prose, Section
from samspill.source.wording import standings


def stale_texts(course: Course, language: str) -> frozenset[tuple[str, str]]:
    """Return the texts in YAML whose source has changed since they were translated, as file and name."""
    if language == course.source_language:
        return frozenset()
    return frozenset((each.path, text.name) for each in standings(course, language) for text in each.behind)


@dataclass(frozen=True)
class State:
    """One unit in one language: the sections of its source that are missing, behind or never recorded.

    A section that says TODO, or nothing, is missing; so are title and summary (`front`), which count as no section.
    """

    kind: Kind
    unit: str
    path: str
    sections: int
    missing: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()
    there: bool = True

    @property
    def done(self) -> int:
        """Sections that are translated, whatever their age."""
        return self.sections - len([name for name in self.missing if name != "front"]) if self.there else 0

    @property
    def whole(self) -> bool:
        """Whether nothing is left to do."""
        return self.there and not (self.missing or self.behind or self.unrecorded)


def states(course: Course, language: str) -> Iterator[State]:
    """Yield the state of every unit in a language, in the order of the course."""
    for kind in FOLDERS:
        for unit in course.units(kind):
            source = course.text(kind, unit, course.source_language)
            if source is None:
                continue
            path = course.prose_path(kind, unit, language)
            prose = course.text(kind, unit, language)
            if prose is None:
                yield State(kind, unit, path, len(source.sections), there=False)
            else:
                yield state(kind, unit, source, prose)


def state(kind: Kind, unit: str, source: Prose, prose: Prose) -> State:
    """Return the state of one translation; title and summary count as the section `front`."""
    recorded = dict(prose.translates)
    now = {"front": source.front_digest, **{section.id: section.digest for section in source.sections}}
    here = translated(prose, source)
    return State(
        kind,
        unit,
        prose.path,
        len(source.sections),
        missing=tuple(name for name in now if name not in here),
        behind=tuple(name for name in here if name in recorded and recorded[name] != now[name]),
        unrecorded=tuple(name for name in here if name not in recorded),
    )


def translated(prose: Prose, source: Prose) -> list[str]:
    """Return `front` and the sections of a source, as far as a translation says them."""
    done = [section.id for section in source.sections if says(prose.get(section.id), section)]
    return done if prose.unwritten else ["front", *done]


def says(section: Section | None, source: Section) -> bool:
    """Tell whether a section of a translation says what its source section does: not TODO, and no heading alone."""
    if section is None or section.borrowed or section.unwritten:
        return False
    return not section.bare or source.bare
