"""How far each translation has come, and what has changed in its source since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from samspill.model import FOLDERS, Course
from samspill.problem import ContentError, UsageError
from samspill.prose import Section
from samspill.source import load
from samspill.source.wording import standings
from samspill.translation import texts
from samspill.translation.history import section_text, then
from samspill.translation.named import file_path, the_language, with_texts
from samspill.translation.progress import State, states
from samspill.translation.summary import summary
from samspill.translation.words import changes


def report(root: Path, language: str | None, unit: str | None) -> str:
    """Return, in words, how far the translations have come; of one unit, what has changed, word by word.

    A YAML file with texts is named by its path. Raises `UsageError` for a language, unit or file the course does not
    have, `ContentError` when it cannot be read.
    """
    course, problems = load(root)
    if course is None:
        raise ContentError(problems)
    languages = course.languages[1:] if language is None else (the_language(course, language),)
    if unit is not None and unit.endswith(".yml"):
        return _report_texts(root, course, languages, with_texts(course, file_path(root, Path(unit))))
    if unit is not None and "/" in unit:  # a file, as the command itself names it
        unit = Path(file_path(root, Path(unit))).parent.name
    if unit is not None and not any(unit in course.units(kind) for kind in FOLDERS):
        raise UsageError(f'no unit "{unit}" in course/course.yml: name one that it lists, such as {_some(course)}')
    lines: list[str] = []
    for code in languages:
        found = [each for each in states(course, code) if unit is None or each.unit == unit]
        lines += list(summary(course, code, found)) if unit is None else []
        for each in found:
            lines.append(_line(each))
            if unit is not None and each.there:
                lines += _details(root, course, code, each)
        lines += [texts.line(each) for each in standings(course, code)] if unit is None else []
        lines.append("")
    return "\n".join(lines).rstrip("\n")


def _some(course: Course) -> str:
    return next(unit for kind in FOLDERS for unit in course.units(kind))


def _report_texts(root: Path, course: Course, languages: tuple[str, ...], path: str) -> str:
    lines: list[str] = []
    for code in languages:
        each = texts.standing(course, path, code)
        lines += [texts.line(each, f" in {code}"), *texts.details(root, course, each), ""]
    return "\n".join(lines).rstrip("\n")


def _line(each: State) -> str:
    if not each.there:
        return f"  {each.path}: not begun ({each.sections} sections)"
    said = [f"{each.done} of {each.sections} sections"]
    said += ["title and summary not translated yet"] if "front" in each.missing else []
    said += [f"{len(each.behind)} behind"] if each.behind else []
    said += [f"{len(each.unrecorded)} never recorded"] if each.unrecorded else []
    return f"  {each.path}: {', '.join(said)}"


def _details(root: Path, course: Course, language: str, each: State) -> Iterator[str]:
    source = course.text(each.kind, each.unit, course.source_language)
    prose = course.text(each.kind, each.unit, language)
    assert source is not None
    assert prose is not None
    for name in each.missing:
        line = 2 if name == "front" else source.by_id[name].place.line
        yield f"    {name}: not translated yet ({source.path}:{line})"
    for name in each.unrecorded:
        yield f"    {name}: translated, never recorded (run: samspill translated {prose.path})"
    recorded = dict(prose.translates)
    for name in each.behind:
        here: Section | None = prose.get(name)
        at = f"{prose.path}:{here.place.line}" if here else f"{prose.path}:1"
        yield f"    {name}: the source has changed since ({at})"
        now = section_text(root / source.path, source, name)
        before = then(root, source, name, recorded[name])
        if before is None:
            yield "      the text it was translated from is not in git's history here; today's text:"
            yield from (f"      {line}" for line in now.split("\n"))
        else:
            yield from (f"      {line}" for line in changes(before, now))
