"""Every code on a small course that shows it.

`courses/rules/<CODE>/` holds only the files that differ from `courses/whole/`,
`expected.txt` with what `samspill check --notes` prints, and perhaps `.remove`
with the files to take away. What cannot stand in a repository is made here.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import COURSES, Run, overlay
from samspill.check import documentation
from samspill.check.notebooks import WHEN_RUN

RULES = COURSES / "rules"
CODES = tuple(sorted(folder.name for folder in RULES.iterdir()))


def _linked(root: Path, _: pytest.MonkeyPatch) -> None:
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret\n")
    (root / "cases" / "linked").symlink_to(outside, target_is_directory=True)
    (root / "cases" / "two-doors" / "sv.md").symlink_to(outside / "secret.md")


def _large(root: Path, _: pytest.MonkeyPatch) -> None:
    with (root / "course" / "modules" / "waiting" / "nb.md").open("a", encoding="utf-8") as file:
        file.write("\nEtter hvert. " * 20_000)
    (root / "course" / "glossary.yml").write_text("#" * 1_000_001 + "\n")


def _unreadable(root: Path, patch: pytest.MonkeyPatch) -> None:
    # Permissions would not stop root, who runs tests in many containers.
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == root / "course" / "glossary.yml":
            raise PermissionError(13, "Permission denied")
        return read(self)

    patch.setattr(Path, "read_bytes", refuse)


def _device(root: Path, _: pytest.MonkeyPatch) -> None:
    # Whoever works on Windows could not check it out.
    (root / "cases" / "two-doors" / "aux.png").write_bytes(b"x")


MADE: dict[str, Callable[[Path, pytest.MonkeyPatch], None]] = {
    "F002": _linked, "F006": _large, "F008": _unreadable, "F009": _device,
}  # fmt: skip


def test_whole_course_is_clean(whole: Path, run: Run) -> None:
    assert run("check", "--notes", root=whole) == (0, "", "0 problems found\n")


@pytest.mark.parametrize("code", CODES)
def test_rule(
    code: str, whole: Path, run: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    overlay(whole, RULES / code)
    if code in MADE:
        MADE[code](whole, monkeypatch)
    result = run("check", "--notes", root=whole)
    expected = RULES / code / "expected.txt"
    if request.config.getoption("--update-expected"):
        expected.write_text(result.out, "utf-8")
    assert result.out == expected.read_text("utf-8")
    lines = result.out.splitlines()
    assert any(f": {code} " in line for line in lines)
    notes, waiting = (sum(f" {level}: " in line for line in lines) for level in ("note", "unfinished"))
    errors = len(lines) - notes - waiting
    assert result.err.startswith(f"{errors} problem")
    assert (f" and {waiting} unfinished place" in result.err) == (waiting > 0)
    assert result.status == (2 if errors or waiting else 0)


def test_every_code_has_a_course_and_every_course_a_code() -> None:
    # What only a run can show has its tests in test_notebook.py.
    assert [code for code in documentation() if code not in WHEN_RUN] == list(CODES)
    assert set(MADE) <= set(CODES)
    for code in CODES:
        files = [f.name for f in (RULES / code).rglob("*") if f.is_file()]
        assert "expected.txt" in files
        assert (len(files) > 1) != (code in MADE), f"{code} shows its problem by files or is made here"


def test_an_overlay_differs_from_the_whole_course() -> None:
    for file in RULES.rglob("*"):
        twin = COURSES / "whole" / Path(*file.relative_to(RULES).parts[1:])
        if file.is_file() and twin.is_file():
            assert file.read_bytes() != twin.read_bytes(), f"{file} is the same as in whole/"


@pytest.mark.parametrize("code", documentation())
def test_every_code_is_explained(code: str, run: Run) -> None:
    result = run("explain", code.lower())
    assert result.status == 0
    first, _, rest = result.out.partition("\n")
    assert first.startswith(f"{code}  ")
    assert first.endswith("."), "a rule's first sentence says what is right"
    assert rest.strip(), "more than one sentence, or an example"
