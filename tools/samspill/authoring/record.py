"""Recording what a translation translates: the digests in its front matter, or in the record of the texts in YAML."""

from __future__ import annotations

import re
from pathlib import Path

from samspill.model import FOLDERS, Course, Kind
from samspill.problem import ContentError, UsageError
from samspill.prose import Prose
from samspill.source import load, markdown
from samspill.source.load import COURSE_FILE
from samspill.translation import texts
from samspill.translation.named import file_path, the_language, with_texts
from samspill.translation.progress import translated

#: The key of the record, however YAML lets it be written.
_TRANSLATES = re.compile(r"""["']?translates["']?\s*:""")


def record(root: Path, file: Path, sections: tuple[str, ...] = (), language: str | None = None) -> str:
    """Write into a translated file's front matter which source text each section translates.

    A YAML file holds texts in every language: for it `language` says which, and `sections` are names of texts.

    Without `sections` only what is new is recorded: sections that have no record yet, and title and summary
    (`front`) when they have none; what says TODO is not translated yet. One that is recorded and behind is mended first
    and then named. Returns what was done, in words. Raises `UsageError` when the file is not a translation of this
    course or has no such section.
    """
    course, problems = load(root)
    if course is None:
        raise ContentError(problems)
    path = file_path(root, file)
    here = [problem for problem in problems if problem.path == path]
    if here:
        raise ContentError(here)
    if path.endswith(".yml"):
        with_texts(course, path)
        if language is None:
            choice = " or ".join(f"--language {code}" for code in course.languages[1:]) or "--language CODE"
            raise UsageError(f"{path} holds its texts in every language: add {choice}")
        return texts.record(root, course, path, the_language(course, language), sections)
    source, prose = _pair(course, path)
    if language not in (None, prose.language):
        raise UsageError(f"{path} is in {prose.language}: leave out --language {language}")
    now = {"front": source.front_digest, **{section.id: section.digest for section in source.sections}}
    there = [name for name in now if name == "front" or prose.get(name)]
    known = translated(prose, source)
    for wanted in sections:
        if wanted in there and wanted not in known:
            raise UsageError(f'{path}: "{wanted}" still says TODO, or nothing: write it first')
        if wanted not in known:
            raise UsageError(f'{path} and {source.path} do not both have a section "{wanted}"')
    # A section whose id has changed in the source keeps its record until it has its new id.
    kept = {*there, *prose.by_id}
    table = {key: value for key, value in prose.translates if key in kept}
    chosen = [name for name in known if name in sections] if sections else [n for n in known if n not in table]
    table |= {name: now[name] for name in chosen}
    if not table:
        return f"{path}: 0 of {len(source.sections)} sections translated, nothing recorded"
    lines = ["translates: # written by `samspill translated`, never by hand"]
    lines += [f'  {key}: "{table[key]}"' for key in (*now, *(key for key in table if key not in now)) if key in table]
    target = root / path
    before = target.read_bytes().decode("utf-8")
    ends = "\r\n" if "\r\n" in before else "\n" if "\n" in before else "\r"
    after = _with_front_matter(before.replace("\r\n", "\n").replace("\r", "\n"), lines)
    made, wrong = markdown.parse(after.removeprefix("\ufeff"), path, prose.language)
    if wrong or dict(made.translates) != table:
        why = "translates: is not as it was written: remove it with all below it, and run this again"
        raise UsageError(f"{path}: {why}")
    target.write_bytes(after.replace("\n", ends).encode())
    behind = [name for name in known if table.get(name, now[name]) != now[name]]
    done = len([name for name in known if name != "front"])
    said = f"{path}: {done} of {len(source.sections)} sections translated, {len(chosen)} recorded now"
    if behind:
        named = " ".join(f"--section {name}" for name in behind)
        said += f"; behind: {', '.join(behind)} (mend them, then run: samspill translated {path} {named})"
    return said if "front" in known else f"{said}; shown when title and summary are translated too"


def _pair(course: Course, path: str) -> tuple[Prose, Prose]:
    for (kind, unit, language), prose in course.prose.items():
        if prose.path == path:
            source = course.text(kind, unit, course.source_language)
            if language == course.source_language or source is None:
                raise UsageError(f"{path} is the source text: name a translation of it")
            return source, prose
    kinds: list[Kind] = list(FOLDERS)
    where = ", ".join(f"{FOLDERS[kind]}/<id>/<language>.md" for kind in kinds)
    where += ", or a YAML file such as course/glossary.yml"
    raise UsageError(f"{path} is not a translation listed by {COURSE_FILE}: name one of {where}")


def _with_front_matter(text: str, lines: list[str]) -> str:
    rows = text.split("\n")
    end = next(number for number, row in enumerate(rows[1:], 1) if row.strip() == "---")
    front: list[str] = []
    skipping = False
    for row in rows[1:end]:
        if _TRANSLATES.match(row):
            skipping = True
        elif skipping and (row.startswith((" ", "\t")) or not row.strip()):
            continue
        elif skipping and row.startswith("#"):
            front.append(row)  # a comment does not end what is written below a key
        else:
            skipping = False
            front.append(row)
    return "\n".join([rows[0], *front, *lines, *rows[end:]])
