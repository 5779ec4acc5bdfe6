"""Writing: a folder of unfinished work, one build at a time, and finished folders swapped in whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from samspill.problem import UsageError

if TYPE_CHECKING:
    from samspill.render import Artifact

#: The rights of what is for others to see: everybody may read it, only its owner may change it.
FILE, FOLDER = 0o644, 0o755


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the build folder; a second build at the same time is refused."""
    handle = (folder / ".lock").open("w")
    try:
        try:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except BlockingIOError:
            raise UsageError("another build is running in this folder: wait for it, or stop it") from None
        yield
    finally:
        handle.close()


@contextlib.contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """Give a folder for unfinished work, emptied afterwards and of what an earlier, killed build left."""
    for left in folder.glob(".work-*"):
        shutil.rmtree(left, ignore_errors=True)
    if not (folder / "site").exists() and (folder / ".site-before").exists():
        (folder / ".site-before").rename(folder / "site")
    shutil.rmtree(folder / ".site-before", ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=".work-", dir=folder))
    try:
        yield work
    finally:
        for left in folder.glob(f"{work.name}*"):
            shutil.rmtree(left, ignore_errors=True)


def readable(path: Path) -> None:
    """Let everybody read a file, or enter a folder, and only its owner change it, whatever the umask was.

    A web server is seldom the user who built the site. Links are left alone, and so is a folder's mark that
    passes its group on.
    """
    mode = path.lstat().st_mode
    wanted = FOLDER | (mode & stat.S_ISGID) if stat.S_ISDIR(mode) else FILE
    # Windows has other rights, and only an owner may set what perhaps is right already.
    if os.name != "nt" and not stat.S_ISLNK(mode) and stat.S_IMODE(mode) != wanted:
        path.chmod(wanted)


def readable_tree(folder: Path) -> None:
    """Make a folder and everything below it `readable`."""
    readable(folder)
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            readable_tree(Path(entry.path))
        else:
            readable(Path(entry.path))


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for everybody to read."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for each in missing:
        readable(each)


def swap(new: Path, old: Path) -> None:
    """Put a finished folder in the place of another, for everybody to read; the old one is back if that fails."""
    readable_tree(new)
    before = old.parent / f".{old.name}-before"
    shutil.rmtree(before, ignore_errors=True)
    if old.exists():
        old.rename(before)
    try:
        new.rename(old)
    except OSError:
        if before.exists():
            before.rename(old)
        raise
    shutil.rmtree(before, ignore_errors=True)


def link(source: Path, target: Path) -> None:
    """Put a file in a second place: a hard link where the file system has them, else a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def link_tree(source: Path, target: Path) -> None:
    """Put a folder in a second place, file by file as `link` does."""
    shutil.copytree(source, target, copy_function=lambda one, other: link(Path(one), Path(other)), dirs_exist_ok=True)


def write(artifacts: Iterable[Artifact], folder: Path) -> None:
    """Write artifacts below a folder."""
    made: set[Path] = set()
    for artifact in artifacts:
        path = folder / artifact.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(artifact.data)


def keep(cache: Path, current: set[str]) -> None:
    """Remove what no build has used for the longest time, beyond twice what this one uses."""
    entries = [entry for entry in cache.iterdir() if entry.name not in current and not entry.name.startswith(".")]
    entries.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[max(8, len(current)) :]:
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
