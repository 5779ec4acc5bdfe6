"""No text says TODO.

`samspill new` writes TODO, and what to say there, wherever a text, a name or a title is wanted; write it in its
place. A build goes on, so that you see the page while you write, and publishing waits. You may write TODO
yourself, in capitals and on its own, where you mean to come back; in literal text (`TODO`) it is a word as any
other. In a translation a section that says TODO counts as not translated: it stands in its place in the source
language. While a language is not `complete: true`, these are notes.

Right, in cases/two-doors/en.md:

    ## Three weeks later {#later}

    Nobody has answered.

Wrong, in cases/two-doors/en.md:

    ## Three weeks later {#later}

    TODO: Say who has answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from samspill.check.rule import Finding, place
from samspill.languages import available
from samspill.model import FOLDERS, Course
from samspill.problem import Level
from samspill.prose import MARK, Prose, Unwritten

CODE = "U001"
#: Characters of what is to be written that a message repeats.
MOST = 140
_REMEDIES = {
    "title": "write the title in its place",
    "summary": "write the summary in its place",
    "heading": "write the heading in its place, before its {#id}",
    "text": "write the text in its place",
    "picture": "say in its place what the picture shows",
    "citation": "write the place in the source",
}
#: What is said of a place before the section that it stands in.
_WHAT = {"heading": "the heading of ", "picture": "a picture in ", "citation": "a citation in "}
Keys = tuple[str | int, ...]


def find(course: Course) -> Iterator[Finding]:
    """Yield each place that says TODO."""
    for (_, unit, _), prose in course.prose.items():
        for left in prose.unwritten:
            shown = course.complete(prose.language) or (unit == "home" and left.what in ("title", "summary"))
            yield _finding(prose, f"the {left.what}", left, "unfinished" if shown else "note")
        for section in prose.sections:
            level: Level = "unfinished" if course.complete(prose.language) else "note"
            for left in section.unwritten:
                what = f'{_WHAT.get(left.what, "")}section "{section.id}"'
                yield _finding(prose, what, left, level)
    for path, keys, model in _files(course):
        if "TODO" not in repr(model):
            continue
        for where, text in _texts(course, model, keys):
            if found := MARK.search(text):
                message = f"{'.'.join(map(str, where))} says TODO{_said(text[found.end() :].lstrip(':.,; '))}"
                field = next(key for key in reversed(where) if isinstance(key, str) and key not in available())
                yield *place(course, path, *where), message, f"write the {field} in its place", "unfinished"
    for path, asset in course.assets.items():
        for line, text in asset.letters:
            if MARK.search(text):
                yield path, line, 1, "the drawing says TODO", "write it in the drawing", "unfinished"


def _finding(prose: Prose, what: str, left: Unwritten, level: Level) -> Finding:
    at = (prose.path, left.place.line, left.place.column)
    return *at, f"{what} says TODO{_said(left.words)}", _REMEDIES[left.what], level


def _said(words: str) -> str:
    short = words if len(words) <= MOST else f"{words[: MOST - 1].rstrip()}…"
    return f': "{short}"' if short else ""


def _files(course: Course) -> Iterator[tuple[str, Keys, object]]:
    """Yield what is read from YAML: the file, where in it a value stands, and the value."""
    yield "course/course.yml", (), course.about
    yield "course/sources.yml", ("seed",), dict(course.seed)
    for page, labels in course.labels.items():
        yield course.labels_path(page), ("labels",), labels
    tables = {
        ("course/objectives.yml", "objectives"): course.objectives,
        ("course/glossary.yml", "terms"): course.terms,
        ("course/sources.yml", "references"): course.sources,
    }
    for (path, name), table in tables.items():
        for number, entry in enumerate(table.values()):
            yield path, (name, number), entry
    for country, setting in course.settings.items():
        yield f"course/settings/{country}.yml", (), setting
    for kind in FOLDERS:
        for unit, found in course.units(kind).items():
            yield course.structure_path(kind, unit), (), found


def _texts(course: Course, value: object, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield every text below a value, with where it stands; none in a language that the course does not have."""
    match value:
        case BaseModel():
            for name, field in type(value).model_fields.items():
                yield from _texts(course, getattr(value, name), (*keys, field.alias or name))
        case dict():
            spoken = value.keys() <= available()
            for key, inner in value.items():
                if not spoken or key in course.languages:
                    yield from _texts(course, inner, (*keys, key))
        case tuple():
            for index, inner in enumerate(value):
                yield from _texts(course, inner, (*keys, index))
        case str():
            yield keys, value
