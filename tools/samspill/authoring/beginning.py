"""A course to begin with: small and whole, one thing of each kind, in words that ask to be rewritten.

It stands in `starter/` in several languages at once: a line of YAML that begins with a language's code, or ends with it
behind `#`, is of that language alone. A new course gets the lines of one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from importlib import resources
from pathlib import Path

from samspill.check import check
from samspill.disk.sealed import remove
from samspill.disk.workspace import make_folder, readable_tree
from samspill.problem import UsageError, errors, unfinished
from samspill.source import load
from samspill.source.load import COURSE_FILE
from samspill.source.tree import left_behind

#: Where a course is written before it counts.
_PARTIAL = ".samspill-init"


def begin(folder: Path, language: str, title: str | None, day: date, more: Mapping[str, str]) -> list[str]:
    """Write a small course into an empty folder, made when it is not there, and return the paths written from there.

    It is written in one language and released on a day; `more` are other files to go with it, by path. Files that
    systems leave behind, and hidden ones, may be there. Raises `UsageError` when the folder is not empty, the language
    is none to begin in or the title cannot be used. What was written is read and checked before it counts; when
    anything fails, nothing is left behind.
    """
    if language not in languages():
        known = ", ".join(languages())
        raise UsageError(f"a course cannot begin in {language}: choose from {known}, and add languages later")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder: name another")
    there = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if not all(left_behind(name, (folder / name).is_dir()) for name in there):
        raise UsageError(f"{folder} is not empty: name an empty folder or a new one, such as samspill init my-course")
    files = _files(language, title, day) | {path: text for path, text in more.items() if path not in there}
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    partial, put = folder / _PARTIAL, list[Path]()
    try:
        remove(partial)
        make_folder(partial)
        for path, text in files.items():
            (partial / path).parent.mkdir(parents=True, exist_ok=True)
            (partial / path).write_bytes(text.encode())
        _read(partial)
        readable_tree(partial)
        # A folder with this one in it is a course: it comes last.
        for entry in sorted(partial.iterdir(), key=lambda entry: (entry.name == "course", entry.name)):
            put.append(folder / entry.name)
            entry.rename(folder / entry.name)
        partial.rmdir()
    except BaseException:
        for each in (partial, *put, *made[-1:]):
            remove(each)
        raise
    return list(files)


def languages() -> tuple[str, ...]:
    """Return the languages that a course can begin in: those in which the small course has its first page."""
    return tuple(sorted(path.stem for path in (_starter() / "course" / "pages" / "home").glob("*.md")))


def _starter() -> Path:
    return Path(str(resources.files(__package__))) / "starter"


def _files(language: str, title: str | None, day: date) -> dict[str, str]:
    """Return the files of the small course in one language."""
    others = "|".join(each for each in languages() if each != language)
    theirs = re.compile(rf"(?m)^(?:\s*(?:- \{{code: (?:{others}),|(?:{others}): ).*|.* # (?:{others}))\n")
    found: dict[str, str] = {}
    for path in sorted(_starter().rglob("*")):
        if path.suffix == ".yml" or path.name == f"{language}.md":
            text = path.read_text("utf-8")
            if path.suffix == ".yml":
                text = theirs.sub("", text).replace(f" # {language}\n", "\n")
            found[path.relative_to(_starter()).as_posix()] = text
    about = re.sub(r'(?m)^released: ".*"', lambda _: f'released: "{day.isoformat()}"', found[COURSE_FILE])
    about = re.sub(r'(?m)^edition: "[0-9]+', lambda _: f'edition: "{day.year}', about)
    if title is not None:
        said = json.dumps(title, ensure_ascii=False)
        about = re.sub(rf"(?m)^  {language}: .*$", lambda _: f"  {language}: {said}", about, count=1)
    return found | {COURSE_FILE: about}


def _read(root: Path) -> None:
    """Raise `UsageError` when what was written is no course without fault: of it, only the title is not ours."""
    course, problems = load(root)
    found = sorted({*problems, *(check(course, problems) if course else ())})
    bad = errors(found) + unfinished(found)
    if bad:
        raise UsageError(f"the title cannot be used: {bad[0].message} ({bad[0].remedy})")
