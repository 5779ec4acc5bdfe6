"""The texts in YAML: recorded in `course/translated/<language>.yml`, and compared with the source as it was then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from samspill.disk.workspace import make_folder, readable
from samspill.model import Course, Wording
from samspill.problem import UsageError
from samspill.source.wording import Standing, digest, never_recorded, says, standings
from samspill.translation.history import texts_then
from samspill.translation.words import changes

_HEAD = "# Written by `samspill translated`, never by hand: which text of the source each text in {} translates."


def standing(course: Course, path: str, language: str) -> Standing:
    """Return how far a YAML file that holds texts has come in a language."""
    return next(each for each in standings(course, language) if each.path == path)


def command(path: str, language: str, names: tuple[str, ...] = ()) -> str:
    """Return the command that records texts of a file: those with these names, or else what is new."""
    return " ".join(["samspill translated", path, "--language", language, *(f"--section {name}" for name in names)])


def record(root: Path, course: Course, path: str, language: str, names: tuple[str, ...] = ()) -> str:
    """Write which text of the source each text of a YAML file translates, and return what was done, in words.

    Without `names` only what has no record yet is recorded; the id of an entry names all of its texts. What is gone
    from the course leaves the record. Raises `UsageError` for a name that is not in both languages.
    """
    here = standing(course, path, language)
    known = {each.name: each for each in _translated(course, language) if each.path == path}
    for wanted in names:
        if not any(_named(name, wanted) for name in known):
            raise UsageError(f'{path} does not have a text "{wanted}" in both {course.source_language} and {language}')
    new = {each.name for each in here.unrecorded}
    chosen = [name for name in known if (any(_named(name, each) for each in names) if names else name in new)]
    before = course.recorded.get(language, {})
    table: dict[str, dict[str, str]] = {}
    for each in _translated(course, language):
        now = each.path == path and each.name in chosen
        old = before.get(each.path, {}).get(each.name)
        if now or old is not None:
            text = digest(each.words[course.source_language]) if now else str(old)
            table.setdefault(each.path, {})[each.name] = text
    _write(root / course.record_path(language), language, table)
    said = f"{path} in {language}: {here.done} of {here.texts} texts translated, {len(chosen)} recorded now"
    behind = tuple(each.name for each in here.behind if each.name not in chosen)
    if behind:
        said += f"; behind: {', '.join(behind)} (mend them, then run: {command(path, language, behind)})"
    return said


def _translated(course: Course, language: str) -> Iterator[Wording]:
    for each in course.wordings:
        if course.source_language in each.words and says(each, language):
            yield each


def _named(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted}.")


def _write(target: Path, language: str, table: Mapping[str, Mapping[str, str]]) -> None:
    lines = [_HEAD.format(language), "texts:" if table else "texts: {}"]
    for path, names in table.items():
        lines.append(f"  {path}:")
        lines += [f'    {name}: "{found}"' for name, found in names.items()]
    before = target.read_bytes() if target.exists() else b""
    end = b"\r\n" if b"\r\n" in before else b"\n"
    after = b"".join(line.encode() + end for line in lines)
    if after != before and (table or before):
        make_folder(target.parent)
        target.write_bytes(after)
        readable(target)


def line(each: Standing, where: str = "") -> str:
    """Return the state of a file in words; `where` says more of its name."""
    said = [f"{each.done} of {each.texts} texts"]
    said += [f"{len(each.behind)} behind"] if each.behind else []
    said += [f"{len(each.unrecorded)} never recorded"] if each.unrecorded else []
    return f"  {each.path}{where}: {', '.join(said)}"


def details(root: Path, course: Course, each: Standing) -> Iterator[str]:
    """Yield what is left to do in a file, and what has changed in the source, word by word."""
    path, language, source = each.path, each.language, course.source_language
    marks = course.marks[path]
    for wording in each.missing:
        line, _ = marks[*wording.keys, source]
        yield f"    {wording.name}: not translated yet ({path}:{line})"
    if each.unrecorded:
        yield f"    {never_recorded(each)} (compare with the text in {source}, then run: {command(path, language)})"
    record = course.recorded.get(language, {}).get(path, {})
    found = texts_then(root, path, source, {wording.name: record[wording.name] for wording in each.behind})
    for wording in each.behind:
        line, _ = marks[*wording.keys, language]
        yield f"    {wording.name}: the source has changed since ({path}:{line})"
        now = wording.words[source]
        if wording.name in found:
            yield from (f"      {row}" for row in changes(found[wording.name], now))
        else:
            yield "      the text it was translated from is not in git's history here; today's text:"
            yield f"      {now}"
