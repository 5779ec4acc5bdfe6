"""A course to begin with: small and whole, one thing of each kind, in words that ask to be rewritten.

It stands in `starter/` in several languages at once: a line of YAML that begins with a language's code, or ends with it
behind `#`, is of that language alone. A new course gets the lines of one.
"""

from __future__ import annotations

import contextlib
import json
import os
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
    new = not folder.exists()
    place = folder.parent if new else folder
    made = [each for each in (place, *place.parents) if not each.exists()]
    # Where nobody else writes: two may begin at once, and only one of them comes to its end.
    partial, put = place / f"{_PARTIAL}-{os.getpid()}", list[Path]()
    try:
        for left in place.glob(f"{_PARTIAL}*"):
            if not _writing(left):
                remove(left)
        make_folder(partial)
        for path, text in files.items():
            (partial / path).parent.mkdir(parents=True, exist_ok=True)
            (partial / path).write_bytes(text.encode())
        _read(partial)
        readable_tree(partial)
        if new:
            partial.rename(folder)
        else:
            _move(partial, folder, put)
    except BaseException as error:
        for each in (partial, *put):
            remove(each)
        with contextlib.suppress(OSError):  # what somebody else has made something in
            for each in made:
                each.rmdir()
        if isinstance(error, OSError):
            raise UsageError(f"cannot begin in {folder}: {error.strerror} (name a folder of your own)") from error
        raise
    return list(files)


def _writing(partial: Path) -> bool:
    """Tell whether the process that a folder of unfinished work is named by still runs; where nobody can say, yes."""
    number = partial.name.removeprefix(f"{_PARTIAL}-")
    if not number.isdigit() or int(number) == os.getpid():
        return False
    if os.name == "nt":  # where to ask would be to stop it
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


def _move(partial: Path, folder: Path, put: list[Path]) -> None:
    """Move what was written into a folder that is there, and note each; raises `OSError` when somebody was faster."""
    # Folders first, since none takes the place of another that holds something; and a folder with `course` is a course.
    entries = sorted(partial.iterdir(), key=lambda entry: (entry.name == "course", entry.is_file(), entry.name))
    for entry in entries:
        entry.rename(folder / entry.name)
        put.append(folder / entry.name)
    partial.rmdir()


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
