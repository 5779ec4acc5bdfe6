"""The shelf of parsed files: the same result with it and without, and no trace where nothing was built."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import change
from samspill.source import load
from samspill.source.shelf import Shelf


def test_a_check_alone_leaves_no_trace(whole: Path) -> None:
    load(whole)
    assert not (whole / "build").exists()


def test_the_course_is_the_same_from_the_shelf(whole: Path) -> None:
    without = load(whole)
    (whole / "build").mkdir()
    assert load(whole) == without
    kept = whole / "build" / "cache" / "parsed.pickle"
    stamp = kept.stat().st_mtime_ns
    assert load(whole) == without
    assert kept.stat().st_mtime_ns == stamp, "nothing new, nothing written"


def test_a_changed_file_is_read_again(whole: Path) -> None:
    (whole / "build").mkdir()
    load(whole)
    prose = next((whole / "cases").glob("*/en.md"))
    change(prose, "title: ", "title: Another ")
    course, _ = load(whole)
    assert course is not None
    assert course.prose["case", prose.parent.name, "en"].title.startswith("Another ")


@pytest.mark.parametrize("data", [b"", b"\x80\x04.", b"garbage", b"\x80\x04]."])
def test_a_damaged_shelf_is_an_empty_one(whole: Path, data: bytes) -> None:
    without = load(whole)
    cache = whole / "build" / "cache"
    cache.mkdir(parents=True)
    (cache / "parsed.pickle").write_bytes(data)
    assert load(whole) == without


def test_what_parsing_raises_is_not_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    calls: list[str] = []

    def parse(text: str) -> str:
        calls.append(text)
        if len(calls) == 1:
            raise ValueError(text)
        return text

    with pytest.raises(ValueError, match="a"):
        shelf.parsed(parse, "a")
    assert shelf.parsed(parse, "a") == "a"
    assert shelf.parsed(parse, "a") == "a"
    assert calls == ["a", "a"]
