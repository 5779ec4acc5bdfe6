"""What is kept between builds is never trusted: damaged in any way, the next build gives the same bytes as a first one.

Each kind of entry is damaged in each way; in every run all kinds at once, with `--all` each of them alone too.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from samspill.disk import sealed
from samspill.making.build import build
from samspill.making.request import Request
from test_build import files, project
from test_stopping import notebook

pytestmark = pytest.mark.build

#: The kinds of entries, by a pattern below build/cache/.
KINDS = {
    "parsed files": "parsed.json",
    "the stamp": "stamp.json",
    "the languages of the site": "site-parts.json",
    "what is remembered": "memory/*.json",
    "typefaces": "fonts/*",
    "handouts": "handouts/*",
    "notebooks": "notebooks/*",
    "lists of sites": "sites/*/.contents",
    "pages of sites": "sites/*/index.html",
    "sites": "sites/*",
    "folders": "*/",
}


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _mixed(path: Path) -> None:
    """Put another entry of the same kind in its place, seal and all."""
    others = sorted(each for each in path.parent.parent.glob(f"*/{path.name}") if each.parent != path.parent)
    others += sorted(
        each for each in path.parent.iterdir() if each.suffix == path.suffix and each != path and each.is_file()
    )
    if others:
        shutil.copyfile(others[-1], path)


def _removed(path: Path) -> None:
    sealed.remove(path)


def _folder(path: Path) -> None:
    sealed.remove(path)
    (path / "something").mkdir(parents=True)


#: Stands beside the build folder, and is what links lead to.
OUTSIDE = "outside"


def _outside(path: Path) -> Path:
    return next(each for each in path.parents if each.name == "build").parent / OUTSIDE


def _linked(path: Path) -> None:
    """Put a link to a file or a folder outside in its place that holds the same."""
    kept = _outside(path) / path.relative_to(_outside(path).parent)
    kept.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, kept, dirs_exist_ok=True)
        (kept / ".mine").write_text("mine", "utf-8")
    else:
        shutil.copyfile(path, kept)
    sealed.remove(path)
    path.symlink_to(kept)


def _dangling(path: Path) -> None:
    sealed.remove(path)
    path.symlink_to("nowhere")
    if not path.with_name("zzz").is_symlink():
        path.with_name("zzz").symlink_to("nowhere")


def _pipe(path: Path) -> None:
    sealed.remove(path)
    os.mkfifo(path)


#: What can be done to a file, and what to a folder.
WAYS: dict[str, Callable[[Path], None]] = {
    "cut": _cut, "a flipped byte": _flipped, "emptied": _emptied, "another's": _mixed, "removed": _removed,
    "a folder": _folder, "a link": _linked, "a link to nowhere": _dangling, "a pipe": _pipe,
}  # fmt: skip


def _a_file(path: Path) -> None:
    sealed.remove(path)
    path.write_bytes(b"x")


def _one_more(path: Path) -> None:
    (path / "more.html").write_text("x", "utf-8")


def _swapped(path: Path) -> None:
    """Put the next folder's content in its place, lists and all."""
    others = sorted(each for each in path.parent.iterdir() if each.is_dir() and each != path)
    if others and path.parent.name == "sites":
        shutil.rmtree(path)
        shutil.copytree(others[-1], path)


def _empty_folder(path: Path) -> None:
    (path / "empty").mkdir()


def _pipe_within(path: Path) -> None:
    os.mkfifo(path / "pipe")


FOLDER_WAYS: dict[str, Callable[[Path], None]] = {
    "cut": _one_more, "a flipped byte": _swapped, "emptied": _a_file, "removed": _removed, "a folder": _empty_folder,
    "a link": _linked, "a link to nowhere": _dangling, "a pipe": _pipe_within,
}  # fmt: skip


def damage(cache: Path, kind: str, way: str) -> int:
    """Damage the entries of a kind and return how many there were."""
    found = sorted(cache.glob(KINDS[kind]))
    for path in found:
        if path.is_dir() and not path.is_symlink():
            FOLDER_WAYS.get(way, _removed)(path)
        elif path.exists():
            WAYS[way](path)
    return len(found)


def everything(folder: Path) -> dict[str, bytes]:
    """Return the name of everything below a folder, links not followed, with the bytes of files."""
    every = sorted(folder.rglob("*"))
    return {str(path): path.read_bytes() if path.is_file() and not path.is_symlink() else b"" for path in every}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A built project with a notebook, and its site's bytes."""
    root = project(tmp_path_factory.mktemp("caches") / "course")
    notebook(root, "print(6 * 7)")
    build(Request(root))
    found = files(root / "build" / "site")
    assert b"42" in found["nb/numbers/index.html"]
    return root, found


def _again(root: Path, good: dict[str, bytes]) -> None:
    before = everything(root / OUTSIDE)
    shutil.rmtree(root / "build" / "site")
    build(Request(root))
    found = files(root / "build" / "site")
    assert sorted(found) == sorted(good)
    assert [name for name in good if found[name] != good[name]] == []
    assert everything(root / OUTSIDE) == before
    odd = [path for path in (root / "build").rglob("*") if path.is_symlink() or not (path.is_file() or path.is_dir())]
    assert odd == []
    within = [*(root / "build/site").rglob("*"), *(root / "build/cache/sites").glob("*/**/*")]
    assert [path for path in within if path.name == "empty"] == []


@pytest.mark.parametrize(
    "way", [way if way in ("a flipped byte", "a link") else pytest.param(way, marks=pytest.mark.full)
            for way in WAYS]
)  # fmt: skip
def test_a_damaged_cache_is_made_anew(built: tuple[Path, dict[str, bytes]], way: str) -> None:
    root, good = built
    for kind in KINDS:
        if kind not in ("sites", "folders"):
            assert damage(root / "build" / "cache", kind, way) > 0, kind
    _again(root, good)


@pytest.mark.full
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_entry_is_made_anew(built: tuple[Path, dict[str, bytes]], kind: str, way: str) -> None:
    root, good = built
    assert damage(root / "build" / "cache", kind, way) > 0
    _again(root, good)


def test_nothing_below_build_is_followed(built: tuple[Path, dict[str, bytes]]) -> None:
    root, good = built
    made = root / "build"
    for name in ("cache", "site", "pages"):
        _linked(made / name)
    (root / OUTSIDE / "precious").write_text("precious", "utf-8")
    (made / ".lock").unlink()
    (made / ".lock").symlink_to(root / OUTSIDE / "precious")
    before = everything(root / OUTSIDE)
    assert not build(Request(root)).unchanged
    assert files(made / "site") == good
    assert not any((made / name).is_symlink() for name in ("cache", "site", "pages", ".lock"))
    assert everything(root / OUTSIDE) == before
    # And where nothing else has changed: what a link leads to is no leftover.
    (root / OUTSIDE / ".mine").write_text("mine", "utf-8")
    (made / "cache" / "link").symlink_to(root / OUTSIDE)
    before = everything(root / OUTSIDE)
    assert build(Request(root)).unchanged
    assert everything(root / OUTSIDE) == before
    assert not (made / "cache" / "link").is_symlink()


def test_an_empty_folder_more_is_damage(tmp_path: Path) -> None:
    folder = tmp_path / "en-1"
    folder.mkdir()
    (folder / "index.html").write_text("x", "utf-8")
    sealed.seal_folder(folder, "en-1")
    assert sealed.whole_folder(folder)
    (folder / "empty").mkdir()
    assert not sealed.whole_folder(folder)
    assert not folder.exists()
