"""Every example in the page of a rule: what is right passes, and what is wrong is found, and nothing else is.

A page of `samspill explain` ends with its examples, pieces of the files of a course:

    Right, in PATH:

        text

    and in PATH:

        text

    Wrong, without PATH.

`Given` comes before them where both build on the same. The pieces are laid over a copy of the whole small course: in
YAML keys over keys, and an entry of a list over that of the same id; in Markdown a section over that of the same id.
What is new comes last, or behind what it follows in the piece. Any other file is its text.
"""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from conftest import PROJECT
from samspill.check import RULES, check
from samspill.check.rule import Rule
from samspill.problem import Problem
from samspill.source import load
from samspill.source.strict_yaml import read

_BEGINS = re.compile(r"(?:(Given|Right|Wrong), |and )(?:in (\S+):|without (\S+)\.)")
_SECTION = re.compile(r"(?m)^(?=#{2,6} .*\{#([a-z0-9.-]+)\}$)")
RULE = {rule.code: rule for rule in RULES}


class Piece(NamedTuple):
    """What an example says of one file: a text to lay over it, or None where it is taken away."""

    part: str
    path: str
    text: str | None


def examples(page: str) -> list[Piece]:
    """Return the pieces at the end of a page; what is not of the form stays in the text of the one before it."""
    lines = page.splitlines()
    starts = [number for number, line in enumerate(lines) if _BEGINS.fullmatch(line)]
    pieces: list[Piece] = []
    for start, end in pairwise([*starts, len(lines)]):
        match = _BEGINS.fullmatch(lines[start])
        assert match is not None
        assert lines[start - 1] == ""
        part = match[1] or pieces[-1].part
        text = "\n".join(line.removeprefix("    ") for line in lines[start + 1 : end])
        assert all(line.startswith("    ") for line in lines[start + 1 : end] if line), "an example is indented"
        assert bool(text.strip()) == bool(match[2]), "a piece has a text, and a file that is taken away has none"
        pieces.append(Piece(part, match[2] or match[3], f"{text.strip()}\n" if match[2] else None))
    return pieces


def over(under: Any, piece: Any) -> Any:
    """Return a value of YAML with another laid over it."""
    if isinstance(under, dict) and isinstance(piece, dict):
        return {**under, **{key: over(under.get(key), value) for key, value in piece.items()}}
    if isinstance(under, tuple) and isinstance(piece, tuple):
        entries = [*under, *piece]
        if entries and all(isinstance(each, dict) and "id" in each for each in entries):
            return tuple({each["id"]: each for each in entries}.values())
    return piece


def split(text: str) -> tuple[Any, dict[str, str]]:
    """Return the front matter and the sections of a Markdown file, or of a piece of one."""
    head, *parts = _SECTION.split(text)
    front = head.strip().removeprefix("---").removesuffix("---").strip()
    return read(front, "front matter")[0] if front else {}, dict(zip(parts[::2], parts[1::2], strict=True))


def written(front: Any, sections: dict[str, str]) -> str:
    """Return a Markdown file of its front matter and its sections."""
    return "\n\n".join([f"---\n{json.dumps(front)}\n---", *(each.strip() for each in sections.values())]) + "\n"


def prose_over(under: str, piece: str) -> str:
    """Return a Markdown file with a piece laid over it."""
    (front, sections), (said, parts) = split(under), split(piece)
    for name, before in zip(parts, [None, *parts], strict=False):
        if name not in sections and before is not None:
            order = list(sections)
            order.insert(order.index(before) + 1, name)
            sections = {each: sections.get(each, "") for each in order}
        sections[name] = parts[name]
    return written(over(front, said), sections)


def lay(root: Path, piece: Piece) -> None:
    """Lay a piece over a course."""
    file = root / piece.path
    if piece.text is None:
        shutil.rmtree(file) if file.is_dir() else file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    under = file.read_text("utf-8") if file.exists() else ""
    if file.suffix == ".yml":
        value = over(read(under, piece.path)[0], read(piece.text, piece.path)[0])
        file.write_text(json.dumps(value, indent=1), "utf-8")
    elif file.suffix == ".md":
        file.write_text(prose_over(under, piece.text), "utf-8")
    else:
        file.write_text(piece.text, "utf-8")


def found(root: Path, rule: Rule, part: str) -> list[Problem]:
    """Return what is found in a course under an example; notes of other rules are left aside.

    Those tell that the rest of the course was not translated to go with the piece.
    """
    for piece in examples(rule.documentation):
        if piece.part in ("Given", part):
            lay(root, piece)
    course, problems = load(root)
    assert course is not None, problems
    problems = sorted({*problems, *check(course, problems)})
    return [problem for problem in problems if problem.level != "note" or problem.code == rule.code]


@pytest.mark.parametrize("code", RULE)
def test_what_is_right_passes(code: str, whole: Path) -> None:
    assert found(whole, RULE[code], "Right") == []


@pytest.mark.parametrize("code", RULE)
def test_what_is_wrong_is_found(code: str, whole: Path) -> None:
    rule = RULE[code]
    problems = found(whole, rule, "Wrong")
    assert {problem.code for problem in problems} == {code}, problems
    assert {problem.path for problem in problems} <= {piece.path for piece in examples(rule.documentation)}


@pytest.mark.parametrize("code", RULE)
def test_a_page_ends_with_its_examples(code: str) -> None:
    pieces = examples(RULE[code].documentation)
    parts = [piece.part for piece in pieces]
    assert parts == sorted(parts, key=("Given", "Right", "Wrong").index)
    assert {"Right", "Wrong"} <= set(parts)
    # What both build on is said once.
    right, wrong = ({piece[1:] for piece in pieces if piece.part == part} for part in ("Right", "Wrong"))
    assert right.isdisjoint(wrong)


def test_an_example_fits_a_terminal() -> None:
    wide = [
        f"{code}: {line}"
        for code, rule in RULE.items()
        for piece in examples(rule.documentation)
        for line in (piece.text or "").splitlines()
        if len(line) > 96
    ]
    assert wide == []


def test_a_rule_is_a_module_of_its_own() -> None:
    folder = PROJECT / "tools" / "samspill" / "check"
    stated = {
        path.stem: code[1]
        for path in folder.glob("*.py")
        if (code := re.search(r'(?m)^CODE = "([A-Z][0-9]{3})"$', path.read_text("utf-8")))
    }
    assert len(RULE) == len(RULES) == len(stated)
    assert {f"samspill.check.{name}": code for name, code in stated.items()} == {
        find.__module__: rule.code
        for rule in RULES
        for find in (rule.in_course, rule.in_text, rule.in_pair, rule.in_language)
        if find
    }


def test_a_piece_is_laid_over_what_is_there() -> None:
    under = "id: a\nnames: {x: 1, y: 2}\nstages: [{id: one, n: 1}, {id: two}]\nroles: [x]\n"
    piece = "names: {y: 3}\nstages: [{id: three}, {id: one}]\nroles: [y]\n"
    made = "id: a\nnames: {x: 1, y: 3}\nstages: [{id: one}, {id: two}, {id: three}]\nroles: [y]\n"
    assert over(*(read(each, "")[0] for each in (under, piece))) == read(made, "")[0]
    text = "---\ntitle: A\nsummary: B\n---\n\n## One {#one}\n\nText.\n\n## Two {#two}\n\nMore.\n"
    part = "---\ntitle: C\n---\n\n## 1 {#one}\n\n### Sub {#one.sub}\n\nNew.\n"
    assert prose_over(text, part) == (
        '---\n{"title": "C", "summary": "B"}\n---\n\n'
        "## 1 {#one}\n\n### Sub {#one.sub}\n\nNew.\n\n## Two {#two}\n\nMore.\n"
    )
    assert prose_over(text, "## Three {#three}\n\nLast.\n").endswith("More.\n\n## Three {#three}\n\nLast.\n")
