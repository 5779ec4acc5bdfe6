"""What the tests share: a whole small course to copy and change, and the command called in-process."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from samspill.cli import main
from samspill.model import Course
from samspill.source import load

pytest_plugins = ("website",)

COURSES = Path(__file__).parent / "courses"
PROJECT = Path(__file__).parent.parent
GOLDENS = Path(__file__).parent / "goldens"


class Result(NamedTuple):
    """What a call of the command left: exit status, standard output and standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="write what is printed as what is expected")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of the whole small course, to change."""
    return Path(shutil.copytree(COURSES / "whole", tmp_path / "whole"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command as from the shell, in-process."""

    def call(*arguments: str | os.PathLike[str], root: Path | None = None) -> Result:
        words = [*(("--root", str(root)) if root else ()), *map(str, arguments)]
        capsys.readouterr()
        try:
            status = main(words)
        except SystemExit as stop:  # argparse: --help and wrong usage
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call


def overlay(root: Path, folder: Path) -> None:
    """Put the files of a folder over a course and take away those that `.remove` names."""
    for file in folder.rglob("*"):
        below = file.relative_to(folder)
        if file.is_file() and str(below) not in ("expected.txt", ".remove"):
            (root / below).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, root / below)
    removed = folder / ".remove"
    for name in removed.read_text().split() if removed.exists() else ():
        (root / name).unlink()


def compare(made: dict[str, str], folder: str, *, update: bool) -> None:
    """Hold files to those below a folder of goldens: none missing, none left over, each the same.

    `update` writes them anew.
    """
    if update:
        shutil.rmtree(GOLDENS / folder, ignore_errors=True)
        for name, text in made.items():
            (GOLDENS / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDENS / folder / name).write_text(text, "utf-8")
    there = {
        path.relative_to(GOLDENS / folder).as_posix() for path in (GOLDENS / folder).rglob("*") if path.is_file()
    }
    assert sorted(made) == sorted(there)
    for name, text in made.items():
        assert text == (GOLDENS / folder / name).read_text("utf-8"), f"{folder}/{name}: read what differs"


def change(file: Path, old: str, new: str) -> None:
    """Replace one passage of a text file, which must be there."""
    text = file.read_text("utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")


@contextlib.contextmanager
def umask(mask: int) -> Iterator[None]:
    """Take these rights from everything that is made, for a while."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def rights(*paths: Path) -> set[str]:
    """Return the rights of files and folders as `ls -l` writes them, each once, with what lies below a folder."""
    every = [each for path in paths for each in (path, *(path.rglob("*") if path.is_dir() else ()))]
    return {stat.filemode(each.lstat().st_mode) for each in every}


#: The rights of what others read.
READABLE = {"drwxr-xr-x", "-rw-r--r--"}


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether to write what is expected anew."""
    return bool(request.config.getoption("--update-expected"))


@cache
def course() -> Course:
    """Return the shipped course, loaded once."""
    found, _ = load(PROJECT)
    assert found is not None
    return found
