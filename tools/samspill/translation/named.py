"""What a person names on the command line: a file and a language."""

from __future__ import annotations

from pathlib import Path

from samspill.model import Course
from samspill.problem import UsageError


def file_path(root: Path, name: Path) -> str:
    """Return a file's path from the root; the file is named from the current folder or from the root."""
    for base in (Path.cwd(), root):
        absolute = (base / name).resolve()
        if absolute.is_relative_to(root) and (absolute.exists() or base == root):
            return absolute.relative_to(root).as_posix()
    raise UsageError(f"{name} is not in the course's folder {root}")


def with_texts(course: Course, path: str) -> str:
    """Return the path of a YAML file. Raises `UsageError` when no text to translate stands in it."""
    paths = list(dict.fromkeys(each.path for each in course.wordings))
    if path not in paths:
        raise UsageError(f"{path} holds no text to translate: name one of {', '.join(paths)}")
    return path


def the_language(course: Course, code: str) -> str:
    """Return a language. Raises `UsageError` when it is none that the course is translated to."""
    if code not in course.languages[1:]:
        known = ", ".join(course.languages[1:]) or "none"
        raise UsageError(f"the course is not translated to {code}: choose from {known}")
    return code
