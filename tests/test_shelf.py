"""The shelf of parsed files: the same result with it and without, and no trace where nothing was built."""

from __future__ import annotations

import ast
import json
import os
import pickle
import shutil
from pathlib import Path

import pytest

from conftest import PROJECT, Run, change
from samspill.disk import sealed
from samspill.source import load, stored
from samspill.source.shelf import Shelf, code_of


def test_a_check_alone_leaves_no_trace(whole: Path) -> None:
    load(whole)
    assert not (whole / "build").exists()


def test_the_course_is_the_same_from_the_shelf(whole: Path) -> None:
    without = load(whole)
    (whole / "build").mkdir()
    assert load(whole) == without
    kept = whole / "build" / "cache" / "parsed.json"
    stamp = kept.stat().st_mtime_ns
    assert load(whole) == without
    assert kept.stat().st_mtime_ns == stamp, "nothing new, nothing written"


def test_all_that_lies_on_the_shelf_can_be_taken_from_it(whole: Path) -> None:
    (whole / "build").mkdir()
    course, _ = load(whole)
    assert course is not None
    data = sealed.read(whole / "build" / "cache" / "parsed.json")
    _, texts = json.loads(data or b"")
    found = [stored.loaded(text) for text in texts.values()]
    assert len(found) > len(course.prose)


def test_a_changed_file_is_read_again(whole: Path) -> None:
    (whole / "build").mkdir()
    load(whole)
    prose = next((whole / "cases").glob("*/en.md"))
    change(prose, "title: ", "title: Another ")
    course, _ = load(whole)
    assert course is not None
    assert course.prose["case", prose.parent.name, "en"].title.startswith("Another ")


def test_a_change_of_the_code_that_parses_empties_the_shelf(tmp_path: Path) -> None:
    package = tmp_path / "samspill"
    shutil.copytree(PROJECT / "tools" / "samspill", package, ignore=shutil.ignore_patterns("__pycache__"))
    before = code_of(package)
    assert before == code_of(PROJECT / "tools" / "samspill")
    parses = [*package.glob("source/**/*.py"), package / "prose.py", package / "languages" / "nb" / "grammar.yml"]
    assert {"markdown", "source"} <= {path.parent.name for path in parses}
    for path in parses:
        text = path.read_bytes()
        path.write_bytes(text + b"#")
        assert code_of(package) != before, path
        path.write_bytes(text)


def forms(data: bytes) -> dict[str, bytes]:
    """Return the ways in which the bytes of a shelf can be damaged."""
    head, _, body = data.partition(b"\n")
    table = json.loads(body)
    plain = json.dumps([table[0], dict.fromkeys(table[1], 1)]).encode()
    strange = json.dumps([table[0], dict.fromkeys(table[1], '{"Path": ["/etc/passwd"]}')]).encode()
    mixed = json.dumps([table[0], dict(zip(table[1], ['{"Text": [[["a"]]]}'] * len(table[1]), strict=True))]).encode()
    return {
        "emptied": b"",
        "cut": data[:-100],
        "a flipped byte": data[:-50] + bytes([data[-50] ^ 1]) + data[-49:],
        "a letter added": data + b" ",
        "without its seal": body,
        "a seal alone": head,
        "sealed under another name": sealed.sealed("other.json", body),
        "sealed garbage": sealed.sealed("parsed.json", b"garbage"),
        "sealed lists": sealed.sealed("parsed.json", b"[[], []]"),
        "sealed numbers": sealed.sealed("parsed.json", plain),
        "a class that is none of ours": sealed.sealed("parsed.json", strange),
        "a field of another type": sealed.sealed("parsed.json", mixed),
        "deep": sealed.sealed("parsed.json", b"[" * 100_000),
    }


def test_a_damaged_shelf_is_an_empty_one(whole: Path) -> None:
    without = load(whole)
    (whole / "build").mkdir()
    load(whole)
    kept = whole / "build" / "cache" / "parsed.json"
    good = kept.read_bytes()
    for way, data in forms(good).items():
        kept.write_bytes(data)
        assert load(whole) == without, way
        assert kept.read_bytes() == good, way
    kept.unlink()
    kept.mkdir()
    assert load(whole) == without
    assert kept.read_bytes() == good


class Planted:
    """Becomes a command when it is read as a pickle."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (self.command,)


def test_what_is_planted_never_runs(whole: Path, run: Run) -> None:
    cache = whole / "build" / "cache"
    for folder in ("", "memory", "fonts"):
        (cache / folder).mkdir(parents=True, exist_ok=True)
    ran = whole / "ran"
    data = pickle.dumps(Planted(f"touch {ran}"))
    for name in ("parsed.pickle", "parsed.json", "stamp.json", "memory/x.json", "fonts/x.json"):
        (cache / name).write_bytes(data)
    assert run("check", root=whole) == (0, "", "0 problems found\n")
    (cache / "parsed.json").write_bytes(sealed.sealed("parsed.json", data))
    assert run("check", root=whole) == (0, "", "0 problems found\n")
    assert not ran.exists()
    pickle.loads(data)
    assert ran.exists(), "it would have run"


def test_nothing_reads_what_could_run() -> None:
    found = set()
    for path in (PROJECT / "tools").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found |= {each.name for each in node.names} if isinstance(node, ast.Import) else set()
            found |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
    assert "json" in found
    assert not found & {"pickle", "_pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib"}


def test_what_parsing_raises_is_not_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    calls: list[str] = []

    def parse(text: str) -> str:
        calls.append(text)
        if len(calls) == 1:
            raise ValueError(text)
        return text

    (tmp_path / "build").mkdir()

    with pytest.raises(ValueError, match="a"):
        shelf.parsed(parse, "a")
    assert shelf.parsed(parse, "a") == "a"
    assert calls == ["a", "a"]
    shelf.put_back()
    assert Shelf(tmp_path).parsed(parse, "a") == "a"
    assert calls == ["a", "a"]
