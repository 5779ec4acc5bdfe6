"""How far each translation has come: the sections of its source that are missing, behind or never recorded.

Says the same of a course as it was written and of one completed for readers: a section that is borrowed is missing, and
so is one that says TODO.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samspill.model import FOLDERS, Course, Kind
from samspill.prose import Prose, Section


@dataclass(frozen=True)
class State:
    """One unit in one language: the sections of its source that are missing, behind or never recorded.

    A section that says TODO is missing; so are title and summary (`front`), which count as no section.
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
    here = translated(prose, now)
    return State(
        kind,
        unit,
        prose.path,
        len(source.sections),
        missing=tuple(name for name in now if name not in here),
        behind=tuple(name for name in here if name in recorded and recorded[name] != now[name]),
        unrecorded=tuple(name for name in here if name not in recorded),
    )


def translated(prose: Prose, names: Iterable[str]) -> list[str]:
    """Return those of some sections, and of `front`, that a translation has, and that do not say TODO."""
    return [name for name in names if (not prose.unwritten if name == "front" else _written(prose.get(name)))]


def _written(section: Section | None) -> bool:
    return section is not None and not section.borrowed and not section.unwritten
