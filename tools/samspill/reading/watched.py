"""A course whose readers are watched: what was read of its prose to make a page or a sheet.

Whatever renders reads all structure as it likes, and asks the course for prose. A watched course notes which titles,
summaries and sections were asked for, each by its name; `Course.digest` says what they say now. So what was made of
them once is right as long as the structure is the same and what was read says the same.

A name is `case each-waits nb` for what stands above the first heading, `case each-waits nb #turn` for the title of a
section and `case each-waits nb #turn:` for the whole of it. Which sections there are, their levels and the languages
they stand in count as structure. A document that several pages and sheets are made from is made once, and whoever gets
it has read all that it was made from.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from samspill.model import Course, Kind
from samspill.prose import BorrowedBlocks, Changed, Prose, Section

Key = tuple[Kind, str, str]

#: All that a section says of itself; what of it counts as structure, and what as the title.
_SECTION = frozenset(each.name for each in fields(Section)) | {
    name for name, value in vars(Section).items() if isinstance(value, property | cached_property)
}
_SHAPE = frozenset({"id", "level", "borrowed", "for_facilitator", "made"})
_TITLE = frozenset({"title"})
#: What stands above the first heading.
_ABOVE = frozenset(each.name for each in fields(Prose)) - {"path", "language", "borrowed", "sections", "by_id", "key"}


class _Section(Section):
    """A section that says when it is read, and knows no more than the one it stands for."""

    def __getattribute__(self, name: str) -> Any:
        held = object.__getattribute__(self, "__dict__")
        if name not in _SECTION or "_of" not in held:
            return object.__getattribute__(self, name)
        if name not in _SHAPE:
            held["_note"](held["_name"] + ("" if name in _TITLE else ":"))
        return getattr(held["_of"], name)


class _Prose(Prose):
    """A text that says when what stands above its first heading is read."""

    def __getattribute__(self, name: str) -> Any:
        if name in _ABOVE:
            held = object.__getattribute__(self, "__dict__")
            if "_note" in held:
                held["_note"](held["_name"])
        return object.__getattribute__(self, name)


def _watched(kind: type[Any], name: str, note: Callable[[str], None], **held: Any) -> Any:
    watched = object.__new__(kind)
    watched.__dict__.update(held, _name=name, _note=note)
    return watched


@dataclass(frozen=True)
class _Texts(Mapping[Key, Prose]):
    """The texts of a course, each watched from when it is asked for."""

    texts: Mapping[Key, Prose]
    note: Callable[[str], None]
    known: dict[Key, Prose] = field(default_factory=dict)

    def __getitem__(self, key: Key) -> Prose:
        if key not in self.known:
            found, name = self.texts[key], " ".join(key)
            by_id = {
                each.id: _watched(_Section, f"{name} #{each.id}", self.note, _of=each) for each in found.sections
            }
            held = vars(found) | {"sections": tuple(by_id.values()), "by_id": by_id}
            self.known[key] = _watched(_Prose, name, self.note, **held)
        return self.known[key]

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def __iter__(self) -> Iterator[Key]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class Watch:
    """A course, completed for readers, and what is read of it. One at a time reads."""

    def __init__(self, course: Course) -> None:
        self._plain = course
        self._reading: list[dict[str, None]] = []
        # Whoever makes something to read needs no line of a file.
        self.course = replace(course, prose=_Texts(course.prose, self.note), marks={})

    def note(self, name: str) -> None:
        if self._reading:
            self._reading[-1][name] = None

    @contextlib.contextmanager
    def reading(self) -> Iterator[dict[str, None]]:
        """Give what is read until the end, in the order it was first asked for."""
        read: dict[str, None] = {}
        self._reading.append(read)
        try:
            yield read
        finally:
            self._reading.pop()
            # Who reads for somebody reads as part of it.
            for name in read:
                self.note(name)

    def again(self, read: Mapping[str, None]) -> None:
        """Note what was read to make something that is used again."""
        for name in read:
            self.note(name)

    @cached_property
    def structure(self) -> str:
        """The SHA-256 of all but what the prose says, in hexadecimal digits."""
        course = self._plain
        digest = hashlib.sha256()
        for each in fields(course):
            if each.name not in ("prose", "assets", "marks"):
                digest.update(f"{each.name} {getattr(course, each.name)!r}\n".encode("utf-8", "surrogatepass"))
        for path, asset in course.assets.items():
            digest.update(f"{path} {asset.size} {asset.letters} {hashlib.sha256(asset.data).hexdigest()}\n".encode())
        for key, text in course.prose.items():
            shape = [(each.id, each.level, each.borrowed) for each in text.sections]
            digest.update(f"{key} {text.path} {text.borrowed} {shape}\n".encode())
        return digest.hexdigest()

    def says(self, name: str) -> str:
        """Return what the part of a text says, as a digest; nothing when there is no such part."""
        if name not in self._said:
            self._said[name] = self._says(name)
        return self._said[name]

    @cached_property
    def _said(self) -> dict[str, str]:
        return {}

    def _says(self, name: str) -> str:
        above, _, part = name.partition(" #")
        kind, unit, language = above.split(" ")
        prose = self._plain.prose.get((kind, unit, language))  # type: ignore[arg-type]
        if prose is None:
            return ""
        if not part:
            return _digest(*(getattr(prose, each) for each in sorted(_ABOVE)))
        section = prose.get(part.removesuffix(":"))
        if section is None:
            return ""
        if not part.endswith(":"):
            return _digest(section.headed, section.borrowed)
        # One that is still to be made says what its file does, and no more.
        first = section.blocks[0] if section.made and section.blocks else None
        marked = (first.language, first.said) if isinstance(first, BorrowedBlocks) else ()
        return _digest(section.exact, section.borrowed, marked, first if isinstance(first, Changed) else ())


def _digest(*values: object) -> str:
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]
