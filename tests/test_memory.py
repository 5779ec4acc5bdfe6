"""What rules have found in a text is remembered, and is what they would find."""

from __future__ import annotations

import ast
import json
import pickle
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import COURSES, PROJECT, Run, change, overlay
from samspill.check import RULES, check
from samspill.check.memory import ASKED, Memory, code_of_rules
from samspill.disk import sealed
from samspill.problem import Problem
from samspill.prose import Prose
from samspill.source import load
from samspill.source.shelf import Shelf
from test_rules import CODES, MADE

PACKAGE = PROJECT / "tools" / "samspill"


def fresh(root: Path) -> list[Problem]:
    """Return what is found by somebody who remembers nothing."""
    moved = root / "aside"
    if (root / "build").exists():
        (root / "build").rename(moved)
    course, problems = load(root)
    found = sorted({*problems, *(check(course, problems) if course else ())})
    if moved.exists():
        moved.rename(root / "build")
    return found


class Staying:
    """A program that stays, and checks a course again and again."""

    def __init__(self, root: Path) -> None:
        self.root, self.shelf, self.memory = root, Shelf(root), Memory(root)

    def found(self) -> list[Problem]:
        """Return what is found today."""
        course, problems = load(self.root, self.shelf)
        found = sorted({*problems, *(check(course, problems, self.memory) if course else ())})
        self.memory.put_back()
        return found


@pytest.mark.parametrize("code", CODES)
def test_what_is_remembered_is_what_would_be_found(code: str, whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (whole / "build").mkdir()
    staying = Staying(whole)
    assert staying.found() == fresh(whole) == []
    overlay(whole, COURSES / "rules" / code)
    if code in MADE:
        MADE[code](whole, monkeypatch)
    wrong = fresh(whole)
    assert code in {problem.code for problem in wrong}
    assert staying.found() == wrong, "by the program that stays"
    assert staying.found() == wrong, "by the same, again"
    assert Staying(whole).found() == wrong, "by the next, from the disk"


#: Edits of the small course, one after the other, each with the codes of what it alone makes wrong.
EDITS = (
    ("cases/two-doors/en.md", "You have ten minutes.", "You have ten minutes 😢.", {"H001", "T004"}),
    ("cases/two-doors/en.md", " 😢", "", set()),
    ("cases/two-doors/en.md", "Each waits [@thompson-1967].", "Each waits [@tompson-1967].", {"R002", "T004"}),
    ("cases/two-doors/en.md", "tompson-1967", "thompson-1967", set()),
    ("cases/two-doors/nb.md", "Si hva", f"Si {'bcdfghjk' * 12} hva", {"H002"}),
    ("cases/two-doors/nb.md", "bcdfghjk" * 12, "at", set()),
    ("cases/two-doors/nb.md", "La dem være uenige.", "Let them disagree with each other.", set()),
    ("cases/two-doors/en.md", "Let them disagree.", "Let them disagree with each other.", {"T004", "T007"}),
    ("cases/two-doors/en.md", "Let them disagree with each other.", "Let them disagree.", set()),
    ("course/glossary.yml", "id: coordinator", "id: coordinater", {"R001", "R002", "T004"}),
    ("course/glossary.yml", "id: coordinater", "id: coordinator", set()),
    ("course/course.yml", "{code: nb, name: Norsk bokmål", "{code: xx, name: Norsk bokmål", None),
    ("course/course.yml", "{code: xx, name: Norsk bokmål", "{code: nb, name: Norsk bokmål", set()),
    ("cases/two-doors/case.yml", "id: two-doors", "id: two-door: s", {"Y001"}),
    ("cases/two-doors/case.yml", "id: two-door: s", "id: two-doors", set()),
)


def test_each_edit_changes_what_a_fresh_check_would_say(whole: Path) -> None:
    (whole / "build").mkdir()
    staying = Staying(whole)
    assert staying.found() == []
    for file, old, new, codes in EDITS:
        change(whole / file, old, new)
        found = staying.found()
        assert found == fresh(whole) == Staying(whole).found(), (file, new)
        if codes is not None:
            assert {problem.code for problem in found} == codes, (file, new, found)
    assert staying.found() == []


def test_where_nothing_is_built_a_check_leaves_no_trace(whole: Path, run: Run) -> None:
    assert run("check", root=whole).status == 0
    assert not (whole / "build").exists()
    staying = Staying(whole)
    assert staying.found() == []
    (whole / "build").mkdir()
    assert staying.found() == []
    assert sorted(path.name for path in (whole / "build" / "cache").iterdir()) == ["found.json", "parsed.json"]
    found = sealed.read(whole / "build" / "cache" / "found.json")
    assert found is not None
    assert len(json.loads(found)[1]) > len(list(whole.rglob("*.md")))


def test_a_text_is_looked_at_once(whole: Path) -> None:
    (whole / "build").mkdir()
    looked: list[str] = []

    def look(prose: Prose) -> Iterator[Problem]:
        looked.append(prose.title)
        yield Problem(prose.path, 1, 1, "X001", prose.title, "none")

    memory, shelf = Memory(whole), Shelf(whole)

    def texts() -> list[Prose]:
        course, _ = load(whole, shelf)
        assert course is not None
        return [course.prose["page", "home", "en"], course.prose["case", "two-doors", "en"]]

    said = [memory.found(look, prose) for prose in texts()]
    assert said == [memory.found(look, prose) for prose in texts()]
    assert len(looked) == 2
    memory.put_back()
    again = Memory(whole)
    assert said == [again.found(look, prose) for prose in texts()]
    assert len(looked) == 2
    change(whole / "cases/two-doors/en.md", "title: Two doors", "title: Three doors")
    assert [again.found(look, prose)[0].message for prose in texts()] == [looked[0], "Three doors"]
    assert looked[2:] == ["Three doors"]


def test_what_is_no_file_is_looked_at_each_time(whole: Path) -> None:
    course, _ = load(whole)
    assert course is not None
    prose = course.prose["case", "two-doors", "en"]
    assert prose.key
    other = replace(prose, title="Another")
    assert other.key == ""
    memory = Memory(whole)

    def look(prose: Prose) -> Iterator[Problem]:
        yield Problem(prose.path, 1, 1, "X001", prose.title, "none")

    assert [memory.found(look, each)[0].message for each in (prose, other, replace(other, title="A third"))] == [
        prose.title, "Another", "A third",
    ]  # fmt: skip


def test_a_damaged_memory_is_an_empty_one(whole: Path) -> None:
    (whole / "build").mkdir()
    change(whole / "cases/two-doors/en.md", "You have ten minutes.", "You have ten minutes 😢.")
    right = Staying(whole).found()
    kept = whole / "build" / "cache" / "found.json"
    good = kept.read_bytes()
    state, rows = json.loads(sealed.read(kept) or b"")
    assert any("H001" in row for row in rows.values())

    def put(state: str, rows: object) -> bytes:
        return sealed.sealed("found.json", json.dumps([state, rows]).encode())

    empty = dict.fromkeys(rows, "[]")
    ways = {
        "emptied": b"",
        "cut": good[:-9],
        "without its seal": good.partition(b"\n")[2],
        "another state of the rules": put("0" * 64, empty),
        "no texts": put(state, dict.fromkeys(rows, 1)),
        "no JSON": put(state, dict.fromkeys(rows, "{")),
        "other objects": put(state, dict.fromkeys(rows, '[{"Text":["a"]}]')),
        "no list": put(state, dict.fromkeys(rows, '{"Text":["a"]}')),
        "a late section": put(state, dict.fromkeys(rows, '[{"late":[9,"a",1,{"Place":[1,1]},"","",[],true,[]]}]')),
        "fields of other types": put(state, dict.fromkeys(rows, '[{"Problem":[1,1,1,1,1,1,"error"]}]')),
    }
    for way, data in ways.items():
        kept.write_bytes(data)
        assert Staying(whole).found() == right, way
        assert kept.read_bytes() == good, way


def test_a_section_is_made_when_it_is_asked_for(whole: Path) -> None:
    without, _ = load(whole)
    (whole / "build").mkdir()
    load(whole)
    course, _ = load(whole)
    assert course is not None
    assert without is not None
    for key, prose in course.prose.items():
        for section, made in zip(prose.sections, without.prose[key].sections, strict=True):
            before = pickle.loads(pickle.dumps(section))
            assert "blocks" not in vars(section), "nobody has asked yet"
            assert (section.mentions, section.bare) == (made.mentions, made.bare)
            assert "blocks" not in vars(section), "nobody has asked yet"
            assert section == made == before
            assert section.inlines == made.inlines
            assert replace(section, level=9).blocks is section.blocks
            with pytest.raises(AttributeError, match="no colour"):
                _ = section.colour


def test_a_section_that_is_damaged_is_read_from_its_text(whole: Path) -> None:
    without = load(whole)
    (whole / "build").mkdir()
    load(whole)
    kept = whole / "build" / "cache" / "parsed.json"
    state, rows = json.loads(sealed.read(kept) or b"")
    for damage in ("{", "[]", '[[],"text"]', '[[{"Paragraph":[[]]}],1]', '[[{"Path":["/etc"]}],[]]', "[" * 9999):
        lines = {name: row.split("\n") for name, row in rows.items()}
        spoiled = {
            name: "\n".join([row[0], *([damage] * (len(row) - 1) if '"late"' in row[0] else row[1:])])
            for name, row in lines.items()
        }
        assert spoiled != rows
        kept.write_bytes(sealed.sealed("parsed.json", json.dumps([state, spoiled]).encode()))
        assert load(whole) == without, damage


def asked(module: str) -> Iterator[str]:
    """Yield the modules of the package that a module imports, wherever it does so."""
    path = PACKAGE / f"{module.replace('.', '/')}.py"
    for node in ast.walk(ast.parse((path if path.exists() else path.with_suffix("") / "__init__.py").read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("samspill."):
            inside = PACKAGE.joinpath(*(node.module or "").split(".")[1:])
            for each in node.names:
                own = (inside / f"{each.name}.py").exists() or (inside / each.name).is_dir()
                yield f"{node.module}{f'.{each.name}' if own else ''}".removeprefix("samspill.")
        elif isinstance(node, ast.ImportFrom) and node.module == "samspill":
            yield from (each.name for each in node.names)


def test_all_that_a_rule_about_a_text_asks_makes_it_forget(tmp_path: Path) -> None:
    finds = [find for rule in RULES for find in (rule.in_text, rule.in_pair, rule.in_language) if find]
    waiting = [find.__module__.removeprefix("samspill.") for find in finds]
    assert {"check.unprintable_text", "check.word_too_wide", "check.same_as_source"} <= set(waiting)
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += asked(name)
    package = tmp_path / "samspill"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    before = code_of_rules(package)
    assert before == code_of_rules(PACKAGE)
    files = [path for pattern in ASKED for path in package.glob(pattern)]
    for name in sorted(reached):
        path = package / f"{name.replace('.', '/')}.py"
        files.append(path if path.exists() else path.with_suffix("") / "__init__.py")
    forgotten = []
    for path in files:
        data = path.read_bytes()
        path.write_bytes(data + b"#")
        forgotten += [path.relative_to(package).as_posix()] * (code_of_rules(package) == before)
        path.write_bytes(data)
    assert forgotten == []


@pytest.mark.build
def test_the_shipped_course_is_found_the_same(tmp_path: Path) -> None:
    for folder in ("course", "cases"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    right = fresh(tmp_path)
    assert any(problem.level == "note" for problem in right)
    (tmp_path / "build").mkdir()
    staying = Staying(tmp_path)
    assert staying.found() == right
    assert staying.found() == right
    assert Staying(tmp_path).found() == right
    text = next((tmp_path / "course" / "modules").glob("*/nb.md"))
    text.write_text(f"{text.read_text('utf-8')}\n{'bcdfghjk' * 12} 😢\n", "utf-8")
    assert Staying(tmp_path).found() == staying.found() == fresh(tmp_path)
    assert {"H001", "H002"} <= {problem.code for problem in staying.found() if problem not in right}
