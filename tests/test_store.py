"""The store: what is found is what was put there, and of each kind the least recently used goes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from samspill.disk import sealed
from samspill.disk.store import SPARE, Store, Table, key


def test_a_key_tells_all_its_parts_apart() -> None:
    parts: list[tuple[str | bytes, ...]] = [
        (), ("",), ("", ""), ("ab",), ("a", "b"), ("b", "a"), ("a", "b", ""), ("a\0b",), ("a1\0b",), ("\udc80",),
    ]  # fmt: skip
    keys = [key(*each) for each in parts]
    assert len(set(keys)) == len(keys)
    assert {len(each) for each in keys} == {32}
    assert key("æ") == key("æ".encode())
    assert key("tool", "sheet") == "c5dcf6b85653c6f4e0bbf8054eec39e2"


def test_what_is_remembered_is_made_once(tmp_path: Path) -> None:
    store, made = Store(tmp_path / "build" / "cache"), list[str]()

    def make() -> bytes:
        made.append("x")
        return b"made"

    assert store.found("kind/a.txt") is None
    assert [store.get("kind/a.txt", make), store.get("kind/a.txt", make)] == [b"made", b"made"]
    assert made == ["x"]
    assert Store(store.folder).found("kind/a.txt") == b"made"
    assert store.get("kind/b.txt", lambda: b"other") == b"other"
    # Damaged, or another's: made again.
    (store.folder / "kind" / "a.txt").write_bytes((store.folder / "kind" / "b.txt").read_bytes())
    assert store.get("kind/a.txt", make) == b"made"
    assert made == ["x", "x"]
    (store.folder / "kind" / "b.txt").unlink()
    (store.folder / "kind" / "b.txt").symlink_to("a.txt")
    assert store.found("kind/b.txt") is None
    assert store.found("kind/a.txt") == b"made"


def test_what_cannot_be_made_is_not_remembered(tmp_path: Path) -> None:
    store = Store(tmp_path / "build" / "cache")
    with pytest.raises(ZeroDivisionError):
        store.get("kind/a.txt", lambda: bytes(1 // 0))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_remembered_whole_or_not_at_all(tmp_path: Path) -> None:
    store, made = Store(tmp_path / "build" / "cache"), tmp_path / "made"
    for name in ("one", "two"):
        made.mkdir()
        (made / "index.html").write_text(name, "utf-8")
        store.put_folder(f"sites/{name}", made)
        assert not made.exists()
    assert store.whole("sites/one") == store.folder / "sites" / "one"
    (store.folder / "sites" / "two" / "index.html").write_text("changed", "utf-8")
    assert store.whole("sites/two") is None
    assert [path.name for path in (store.folder / "sites").iterdir()] == ["one"]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[1]", b'"ab"', b"1", b"null", b"{}", b'["now", {"a": 1}]', b'["now", ["a"]]',
     b'["before", {"a": "b"}]', b"[" * 100_000],
)  # fmt: skip
def test_a_strange_table_is_none(tmp_path: Path, data: bytes) -> None:
    store = Store(tmp_path / "build" / "cache")
    assert store.table("t.json", "now") is None
    store.put_table("t.json", "now", {"a": "æ\udc80"})
    assert store.table("t.json", "now") == {"a": "æ\udc80"}
    store.put("t.json", data)
    assert store.table("t.json", "now") is None
    assert store.found("t.json") == data


def test_a_table_knows_what_was_used() -> None:
    table = Table({"a": "1", "b": "2", "c": "3"})
    assert (table.found("a"), table.found("x"), table.used) == ("1", None, {"a": "1"})
    assert table.get("b", lambda: "other") == "2"
    assert table.get("new", lambda: "4") == "4"
    table.bring({"c": "5", "d": "6"})
    assert table.used == {"a": "1", "b": "2", "new": "4"}
    assert table.get("c", lambda: "other") == "5"
    assert table.put("a", "7") == table.found("a") == "7"
    table.used.clear()
    assert json.loads(json.dumps(table.used)) == {"a": "7", "b": "2", "new": "4", "c": "5"}


def test_what_was_used_least_recently_goes(tmp_path: Path) -> None:
    store = Store(tmp_path / "build" / "cache")
    names = [f"kind/{at:02}" for at in range(SPARE + 4)]
    for at, name in enumerate(names):
        store.put(name, b"x")
        os.utime(store.folder / name, (at, at))
    # Made long ago and used since: not the least recently used any more.
    store.keep("kind", names[:2])
    left = [*names[:2], *names[4:]]
    assert sorted(f"kind/{path.name}" for path in (store.folder / "kind").iterdir()) == left
    for name in left[2:]:
        os.utime(store.folder / name, (1, 1))
    store.put("kind/new", b"x")
    store.keep("kind", ["kind/new"])
    found = {f"kind/{path.name}" for path in (store.folder / "kind").iterdir()}
    assert len(found) == SPARE + 1
    assert {*names[:2], "kind/new"} <= found
    store.keep("none", [])
    assert not (store.folder / "none").exists()


def test_what_is_used_is_kept_however_much_it_is(tmp_path: Path) -> None:
    store = Store(tmp_path / "build" / "cache")
    names = [f"kind/{at:02}" for at in range(30)]
    for name in names:
        sealed.write(store.folder / name, b"x")
    store.keep("kind", names[:12])
    assert len(list((store.folder / "kind").iterdir())) == 24
    store.keep("kind", names[:2], 15)
    assert len(list((store.folder / "kind").iterdir())) == 17
    assert {f"kind/{path.name}" for path in (store.folder / "kind").iterdir()} >= set(names[:12])


def test_what_is_sealed_for_another_kind_is_not_found(tmp_path: Path) -> None:
    """Of two kinds with files of one name, neither takes the other's for its own."""
    store = Store(tmp_path / "build" / "cache")
    store.put("fonts/a.json", b"fonts")
    store.put("memory/a.json", b"memory")
    (store.folder / "fonts/a.json").write_bytes((store.folder / "memory/a.json").read_bytes())
    assert (store.found("fonts/a.json"), store.found("memory/a.json")) == (None, b"memory")
    assert not (store.folder / "fonts/a.json").exists()
