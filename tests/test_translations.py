"""`samspill translations`: how far each translation is, and what has changed in its source since, word by word."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import Run, change
from samspill.translation.words import changes

EN, NB = "course/pages/home/en.md", "course/pages/home/nb.md"


def git(root: Path, *arguments: str) -> None:
    """Run git in a folder, as somebody."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, check=True)


@pytest.fixture
def history(whole: Path) -> Path:
    """The small course in git, with a section changed twice since it was translated, the last time not committed."""
    git(whole, "init", "-q")
    git(whole, "add", "-A")
    git(whole, "commit", "-q", "-m", "Translated")
    change(whole / EN, "one hour", "two hours")
    git(whole, "commit", "-q", "-a", "-m", "Longer")
    change(whole / EN, "two hours", "two long hours")
    return whole


def test_what_is_up_to_date_is_listed_with_its_sections(whole: Path, run: Run) -> None:
    assert run("translations", root=whole) == (
        0,
        "nb (Norsk bokmål): 5 of 5 units up to date, 0 under way, 0 not begun; 12 of 12 texts in YAML up to date\n"
        "  course/modules/waiting/nb.md: 11 of 11 sections\n"
        "  cases/two-doors/nb.md: 9 of 9 sections\n"
        "  course/worksheets/log/nb.md: 12 of 12 sections\n"
        "  course/pathways/short/nb.md: 3 of 3 sections\n"
        "  course/pages/home/nb.md: 3 of 3 sections\n"
        "  course/course.yml: 1 of 1 texts\n"
        "  course/objectives.yml: 2 of 2 texts\n"
        "  course/glossary.yml: 2 of 2 texts\n"
        "  course/sources.yml: 1 of 1 texts\n"
        "  course/settings/no.yml: 6 of 6 texts\n",
        "",
    )


def test_what_is_under_way_and_not_begun(whole: Path, run: Run) -> None:
    (whole / "course/worksheets/log/nb.md").unlink()
    change(whole / EN, "one hour", "two hours")
    change(whole / NB, '  learn: "214db2b1bf40"\n', "")
    text = (whole / NB).read_text("utf-8")
    (whole / NB).write_text(text[: text.index("\n## Hold")], "utf-8")
    lines = run("translations", "--language", "nb", root=whole).out.splitlines()
    units, _, texts = lines[0].partition("; ")
    assert units == "nb (Norsk bokmål): 3 of 5 units up to date, 1 under way, 1 not begun"
    assert texts == "12 of 12 texts in YAML up to date"
    assert lines[3:6] == [
        "  course/worksheets/log/nb.md: not begun (12 sections)",
        "  course/pathways/short/nb.md: 3 of 3 sections",
        "  course/pages/home/nb.md: 2 of 3 sections, 1 behind, 1 never recorded",
    ]
    assert run("translations", "home", root=whole).out == (
        "  course/pages/home/nb.md: 2 of 3 sections, 1 behind, 1 never recorded\n"
        f"    workshop: not translated yet ({EN}:14)\n"
        f"    learn: translated, never recorded (run: samspill translated {NB})\n"
        f"    teach: the source has changed since ({NB}:10)\n"
        "      the text it was translated from is not in git's history here; today's text:\n"
        "      ## Teach {#teach}\n"
        "      \n"
        "      - [Waiting](module:waiting) two hours\n"
    )


def test_a_section_ends_where_the_next_begins(whole: Path, run: Run) -> None:
    change(whole / EN, "one hour\n\n## Learn", "two hours\n## Learn")
    change(whole / EN, "The short course](pathway:short)\n\n", "The course](pathway:short)\n")
    shown = "      the text it was translated from is not in git's history here; today's text:\n"
    assert run("translations", "home", root=whole).out == (
        "  course/pages/home/nb.md: 3 of 3 sections, 2 behind\n"
        f"    teach: the source has changed since ({NB}:11)\n{shown}"
        "      ## Teach {#teach}\n      \n      - [Waiting](module:waiting) two hours\n"
        f"    learn: the source has changed since ({NB}:15)\n{shown}"
        "      ## Learn on your own {#learn}\n      \n      - [The course](pathway:short)\n"
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_what_has_changed_is_shown_word_by_word_since_it_was_translated(history: Path, run: Run) -> None:
    change(history / EN, "title: Who waits?", "title: Who is waiting?")
    assert run("translations", "home", root=history).out == (
        "  course/pages/home/nb.md: 3 of 3 sections, 2 behind\n"
        f"    front: the source has changed since ({NB}:1)\n"
        "      Who [-waits?-] {+is waiting?+}\n"
        f"    teach: the source has changed since ({NB}:11)\n"
        "      - [Waiting](module:waiting) [-one hour-] {+two long hours+}\n"
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_course_may_stand_in_a_folder_of_the_repository(history: Path, run: Run) -> None:
    shutil.rmtree(history / ".git")
    change(history / EN, "two long hours", "one hour")
    git(history.parent, "init", "-q")
    git(history.parent, "add", "whole")
    git(history.parent, "commit", "-q", "-m", "Translated")
    change(history / EN, "one hour", "an hour")
    assert "[-one-] {+an+} hour\n" in run("translations", "home", root=history).out


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_line_ends_as_they_were_then_change_nothing(whole: Path, run: Run) -> None:
    now = (whole / EN).read_bytes()
    (whole / EN).write_bytes(now.replace(b"\n", b"\r"))
    git(whole, "init", "-q")
    git(whole, "config", "core.autocrlf", "false")
    git(whole, "add", EN)
    git(whole, "commit", "-q", "-m", "Translated")
    (whole / EN).write_bytes(now.replace(b"one hour", b"two hours"))
    assert run("translations", "home", root=whole).out.splitlines()[2:] == [
        "      - [Waiting](module:waiting) [-one hour-] {+two hours+}"
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--language", "sv"), "the course is not translated to sv: choose from nb"),
        (("--language", "en"), "the course is not translated to en: choose from nb"),
        (("nowhere",), 'no unit "nowhere" in course/course.yml: name one that it lists, such as waiting'),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, whole: Path, run: Run) -> None:
    assert run("translations", *arguments, root=whole) == (3, "", f"samspill: {message}\n")


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("Read it once.", "Read it twice.", ["Read it [-once.-] {+twice.+}"]),
        ("Same.\n\nOld one.\n\nEnd.", "Same.\n\nNew one.\n\nEnd.", ["[-Old-] {+New+} one."]),
        ("One.\n\nTwo.", "One.\n\nTwo.\n\nThree here.", ["{+Three here.+}"]),
        ("One.\n\nGone now.\n\nThree.", "One.\n\nThree.", ["[-Gone now.-] Three."]),
        ("One two", "One   two", []),
        ("a b c", "a c", ["a [-b-] c"]),
        ("", "new", ["{+new+}"]),
        ("old" + " and" * 250, "new" + " and" * 250, ["[-old-] {+new+}" + " and" * 250]),
    ],
)
def test_changes(before: str, now: str, shown: list[str]) -> None:
    assert list(changes(before, now)) == shown
