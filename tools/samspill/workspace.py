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
from samspill.sealed import CONTENTS, named, remove

if TYPE_CHECKING:
    from samspill.render import Artifact

#: The rights of what is for others to see: everybody may read it, only its owner may change it.
FILE, FOLDER = 0o644, 0o755


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the build folder; a second build at the same time is refused, and told which process holds it.

    The lock belongs to this process alone: its workers do not inherit it, so it goes when the process ends, however
    it ends.
    """
    with (folder / ".lock").open("a+", encoding="ascii") as handle:
        try:
            import fcntl  # noqa: PLC0415 - not on Windows

            # Not `flock`, which a forked worker would hold on to.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except (BlockingIOError, PermissionError):
            handle.seek(0)
            holder = handle.read(20).strip()
            who = f" (process {holder})" if holder.isdecimal() else ""
            raise UsageError(f"another build{who} is running in this folder: wait for it, or stop it") from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def sweep(folder: Path) -> None:
    """Clear what a build that was killed has left: unfinished work, half-written files, a swap half done."""
    for left in folder.glob(".work-*"):
        remove(left)
    for before in folder.glob(".*-before"):
        place = folder / before.name.removeprefix(".").removesuffix("-before")
        if place.exists():
            remove(before)
        else:
            before.rename(place)
    cache = folder / "cache"
    for left in (*cache.glob(".*"), *cache.glob("*/.*")):
        remove(left)


@contextlib.contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """Give a folder for unfinished work, emptied afterwards, when nothing is left of an earlier, killed build."""
    sweep(folder)
    work = Path(tempfile.mkdtemp(prefix=".work-", dir=folder))
    try:
        yield work
    finally:
        for left in folder.glob(f"{work.name}*"):
            remove(left)


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
    remove(before)
    if os.path.lexists(old):
        old.rename(before)
    try:
        new.rename(old)
    except OSError:
        if os.path.lexists(before):
            before.rename(old)
        raise
    remove(before)


def copy_tree(source: Path, target: Path) -> None:
    """Put a copy of a finished folder in a second place, without the list that seals it.

    A copy, never a second name for the same file: what somebody changes in the site must not reach the cache.
    """
    shutil.copytree(
        source, target, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(CONTENTS), dirs_exist_ok=True
    )


def write(artifacts: Iterable[Artifact], folder: Path) -> None:
    """Write artifacts below a folder."""
    made: set[Path] = set()
    for artifact in artifacts:
        path = folder / artifact.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        try:
            path.write_bytes(artifact.data)
        except OSError as error:
            raise named(error, path) from error


def keep(cache: Path, current: set[str]) -> None:
    """Remove what no build has used for the longest time, beyond twice what this one uses."""
    entries = [entry for entry in cache.iterdir() if entry.name not in current and not entry.name.startswith(".")]
    entries.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[max(8, len(current)) :]:
        remove(entry)
