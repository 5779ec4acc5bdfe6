"""`samspill init`: a small course in an empty folder, without fault in every language it can begin in."""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from conftest import READABLE, Run, rights, umask
from samspill import theme
from samspill.authoring import beginning
from samspill.authoring.beginning import begin, languages
from samspill.check import check
from samspill.document.unit import document
from samspill.languages import available
from samspill.model import FOLDERS
from samspill.problem import UsageError
from samspill.schemas import schemas
from samspill.source import load

DAY = date(2031, 2, 3)
#: The number of a process that there is not.
DEAD = 4_000_000


def files(root: Path) -> dict[str, str]:
    """Return every file below a folder with its text, hidden ones included."""
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", languages())
def test_a_course_to_begin_with_is_without_fault(language: str, tmp_path: Path) -> None:
    written = begin(tmp_path / "a" / "course", language, "Vi møtes: på broen", DAY, {})
    root = tmp_path / "a" / "course"
    assert sorted(written) == sorted(files(root))
    course, problems = load(root)
    assert course is not None
    assert [*problems, *check(course, problems)] == []
    assert course.languages == (language,)
    assert course.about.title == {language: "Vi møtes: på broen"}
    assert (course.about.edition, course.about.released) == ("2031.1", "2031-02-03")
    # Each kind of thing once, and both kinds of pages that every course has.
    assert [len(course.units(kind)) for kind in FOLDERS] == [1, 1, 1, 1, 2]
    assert (len(course.settings), len(course.sources)) == (1, 1)
    assert {len(each.words) for each in course.wordings} == {1}
    for kind in FOLDERS:
        for unit in course.units(kind):
            assert document(course, language, kind, unit).title


def test_the_texts_of_one_language_are_not_in_another(tmp_path: Path) -> None:
    for language in languages():
        begin(tmp_path / language, language, None, DAY, {})
    made = {language: files(tmp_path / language) for language in languages()}
    for language, texts in made.items():
        foreign = {f"{other}: " for other in languages() if other != language}
        for path, text in texts.items():
            assert not [line for line in text.splitlines() if line.strip().startswith(tuple(foreign))], path
            assert not re.search(r"# [a-z]{2}$", text, re.MULTILINE), path
    assert "publisher: The makers of this course\n" in made["en"]["course/course.yml"]
    assert "publisher: De som har laget kurset\n" in made["nb"]["course/course.yml"]
    assert set(made) == available()
    # What is not said in words is the same.
    assert made["en"]["cases/home-on-a-friday/case.yml"] == made["nb"]["cases/home-on-a-friday/case.yml"]


def test_nothing_in_it_is_of_the_course_that_the_tool_was_made_for(tmp_path: Path, run: Run) -> None:
    assert run("init", "mine", root=tmp_path).status == 0
    words = "samspill course|norway|norwegian|denmark|danish|sweden|swedish|nordic|spor|ropit|integreret"
    for path, text in files(tmp_path / "mine").items():
        if not path.startswith("schemas/"):
            assert re.findall(rf"(?i)\b(?:{words})\b", text) == [], path


def test_the_command_says_what_to_do_next(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    today = datetime.now(UTC).date()
    with umask(0o077):
        result = run("init", "mine", "--title", 'A "course"', "--language", "nb")
    wanted = {".gitignore", *(f"schemas/{name}" for name in schemas())}
    found = files(tmp_path / "mine")
    assert wanted < set(found)
    assert result == (
        0,
        f"A small course stands in mine: {len(found)} files.\n"
        "Look at it while you write: cd mine, then samspill serve\n"
        "Rewrite first: course/course.yml, course/pages/about/nb.md\n",
        "",
    )
    assert rights(tmp_path / "mine") == READABLE
    assert found["schemas/case.json"] == schemas()["case.json"]
    assert f'released: "{today}"' in found["course/course.yml"]
    # Every file that names its schema has it.
    for path, text in found.items():
        if path.endswith(".yml"):
            named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
            assert named, path
            assert ((tmp_path / "mine" / path).parent / named[1]).resolve().is_file(), path
    assert run("check", "--notes", root=tmp_path / "mine") == (0, "", "0 problems found\n")


def test_here_is_where_it_begins(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("mine\n")
    (tmp_path / f".samspill-init-{DEAD}").mkdir()  # of a run that was killed
    (tmp_path / "Thumbs.db").write_text("")
    result = run("init")
    assert (result.status, result.out.splitlines()[:2]) == (
        0,
        [
            f"A small course stands in this folder: {len(files(tmp_path)) - 2} files.",
            "Look at it while you write: samspill serve",
        ],
    )
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert list(tmp_path.glob(".samspill-init*")) == []


@pytest.mark.parametrize("there", [False, True])
def test_of_two_that_begin_at_once_one_comes_to_its_end(there: bool, tmp_path: Path) -> None:
    """Whoever is later finds a course, and takes away nothing of it."""
    folder = tmp_path / "mine"
    if there:
        folder.mkdir()
    late: list[UsageError] = []

    def begins(number: int) -> None:
        try:
            begin(folder, "en", None, DAY, {".gitignore": "build/\n"})
        except UsageError as error:
            late.append(error)

    read = beginning._read

    def slow(root: Path) -> None:
        read(root)
        if not (tmp_path / "other").exists():
            (tmp_path / "other").mkdir()
            # In this process they would share a name for what is unfinished, as no two processes do.
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(os, "getpid", lambda: DEAD)
                begins(2)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(beginning, "_read", slow)
        begins(1)
    assert [str(error).startswith(f"cannot begin in {folder}: ") for error in late] == [True]
    course, problems = load(folder)
    assert course is not None
    assert problems == []
    assert (folder / ".gitignore").is_file() or there
    assert list(tmp_path.rglob(".samspill-init*")) == []


def test_a_language_is_not_written_into_a_tool_that_is_installed(
    whole: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "carried", lambda: True)
    result = run("new", "language", "fi", root=whole)
    assert (result.status, result.out) == (3, "")
    assert "begin the language in a checkout of the tool" in result.err


def test_a_folder_with_something_in_it_is_refused(whole: Path, run: Run) -> None:
    before = files(whole)
    said = f"samspill: {whole} is not empty: name an empty folder or a new one, such as samspill init my-course\n"
    assert run("init", root=whole) == (3, "", said)
    assert files(whole) == before
    file = whole / "course" / "course.yml"
    assert run("init", "course/course.yml", root=whole) == (3, "", f"samspill: {file} is no folder: name another\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--language", "fi"), "a course cannot begin in fi: choose from da, en, nb, sv, and add languages later"),
        (("--title", "a\nb"), "the title cannot be used: title.en: 'a\\nb' has the wrong form (write it on one line)"),
        (("--title", "汉"), "the title cannot be used: no font for 汉 (U+6C49) (write it in words)"),
        (("--title", ""), "the title cannot be used: title.en: is empty (see the file's schema in schemas/)"),
        (("--title", "TODO"), "the title cannot be used: title.en says TODO (write the title in its place)"),
    ],
)
def test_what_cannot_be_leaves_nothing(arguments: tuple[str, ...], said: str, tmp_path: Path, run: Run) -> None:
    result = run("init", "a/b", *arguments, root=tmp_path)
    assert (result.status, result.out, result.err) == (3, "", f"samspill: {said}\n")
    assert list(tmp_path.iterdir()) == []


def test_who_is_stopped_finds_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def stopped(self: Path, target: Path) -> Path:
        if self.name == "course" or self.name.startswith(".samspill-init"):
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stopped)
    (tmp_path / "there").mkdir()
    for folder in ("there", "new"):
        with pytest.raises(KeyboardInterrupt):
            begin(tmp_path / folder, "en", None, DAY, {})
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_a_language_without_a_first_page_is_not_offered() -> None:
    starter = Path(beginning.__file__).parent / "starter"
    for path in starter.rglob("*.md"):
        assert path.stem in languages()
        for language in languages():
            assert path.with_stem(language).is_file()
    with pytest.raises(UsageError, match="cannot begin in fi"):
        begin(starter, "fi", None, DAY, {})
