"""Writing: a folder of unfinished work, one build at a time, and finished folders swapped in whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from samspill.disk.sealed import CAUTIOUS, CONTENTS, below, is_folder, plain, put, remove
from samspill.problem import UsageError

if TYPE_CHECKING:
    from samspill.artifact import Artifact

#: The rights of what is for others to see: everybody may read it, only its owner may change it.
FILE, FOLDER = 0o644, 0o755


@contextlib.contextmanager
def lock(folder: Path, name: str = ".lock", doing: str = "build", where: str = "folder") -> Iterator[None]:
    """Hold a folder; a second build at the same time is refused, and told which process holds it.

    The lock belongs to this process alone: its workers do not inherit it, so it goes when the process ends, however
    it ends.
    """
    with _open_lock(folder / name, doing, where) as handle:
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()).encode())
        handle.flush()
        yield


def _open_lock(path: Path, doing: str, where: str) -> FileIO:
    while True:
        handle = _plain_lock(path)
        try:
            import fcntl  # noqa: PLC0415 - not on Windows

            # Not `flock`, which a forked worker would hold on to.
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            return handle
        except (BlockingIOError, PermissionError):
            with handle:
                holder = handle.read(20).strip()
            who = f" (process {holder.decode()})" if holder.isdigit() else ""
            raise UsageError(f"another {doing}{who} is running in this {where}: wait for it, or stop it") from None
        except BaseException:
            handle.close()
            raise
        # Whoever cleared the folder away has taken the name from under us: then it locks nothing.
        with contextlib.suppress(OSError):
            if os.path.samestat(os.fstat(handle.fileno()), path.lstat()):
                return handle
        handle.close()


def _plain_lock(path: Path) -> FileIO:
    """Open the file of a lock; what has its place and is no plain file of that name alone goes."""
    flags = os.O_RDWR | os.O_CREAT | CAUTIOUS
    for again in (True, False):
        try:
            handle = os.fdopen(os.open(path, flags, 0o644), "r+b", buffering=0)
        except OSError:
            if not again or not os.path.lexists(path) or stat.S_ISREG(path.lstat().st_mode):
                raise
        else:
            found = os.fstat(handle.fileno())
            if stat.S_ISREG(found.st_mode) and found.st_nlink <= 1:
                return handle
            handle.close()
        remove(path)
    raise UsageError(f"{path} is in the way: remove it")


def sweep(folder: Path) -> None:
    """Clear what a build that was killed has left, and in the cache what is no plain file and no folder.

    Left are unfinished work, half-written files and a swap half done. No link is followed.
    """
    for left in list(folder.iterdir()):
        if left.name.startswith(".work-"):
            remove(left)
        elif left.name.startswith(".") and left.name.endswith("-before"):
            place = folder / left.name.removeprefix(".").removesuffix("-before")
            if os.path.lexists(place):
                remove(left)
            else:
                left.rename(place)
    cache = folder / "cache"
    if not is_folder(cache):
        remove(cache)
    for name, seen in list(below(cache, 2)):
        if name.rpartition("/")[2].startswith(".") or not (stat.S_ISREG(seen.st_mode) or stat.S_ISDIR(seen.st_mode)):
            remove(cache / name)


@contextlib.contextmanager
def workspace(folder: Path) -> Iterator[Path]:
    """Give a folder for unfinished work, emptied afterwards, when nothing is left of an earlier, killed build."""
    sweep(folder)
    work = Path(tempfile.mkdtemp(prefix=".work-", dir=folder))
    try:
        yield work
    finally:
        # A process that was told to end may still be writing.
        for _ in range(40):
            left = [each for each in folder.iterdir() if each.name.startswith(work.name)]
            for each in left:
                remove(each)
            if not any(os.path.lexists(each) for each in left):
                break
            time.sleep(0.05)


def clear(folder: Path) -> None:
    """Remove everything that was built, unless a build is running; raises `OSError` where something stays."""
    with lock(folder):
        for path in list(folder.iterdir()):
            if path.name != ".lock":
                shutil.rmtree(path) if is_folder(path) else path.unlink()
        if os.name != "nt":
            # While it is held: whoever waits for that name finds that it locks nothing.
            (folder / ".lock").unlink(missing_ok=True)
            folder.rmdir()
    if os.name == "nt":
        shutil.rmtree(folder)


def require_folder(path: Path) -> None:
    """Raise `UsageError` when what is built cannot be put at a path, because there stands something else."""
    if not os.path.lexists(path) or path.is_dir():
        return
    if path.is_symlink():
        where = path.readlink()
        raise UsageError(f"{path} is a link to {where}, which is no folder: make that folder or remove the link")
    raise UsageError(f"{path} is no folder: move it away")


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

    A copy, never a second name for the same file: what somebody changes in the site must not reach the cache. Plain
    files and folders only.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name, seen in below(source):
        if stat.S_ISDIR(seen.st_mode):
            (target / name).mkdir(exist_ok=True)
        elif stat.S_ISREG(seen.st_mode) and name != CONTENTS:
            put(target / name, plain(source / name))


def link_tree(source: Path, target: Path) -> None:
    """Put a finished folder in a second place too, where the first is to go: the same files under other names.

    Plain files and folders only; copies, where the disk has no second names.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name, seen in below(source):
        if stat.S_ISDIR(seen.st_mode):
            (target / name).mkdir(exist_ok=True)
        elif stat.S_ISREG(seen.st_mode):
            try:
                os.link(source / name, target / name, follow_symlinks=False)
            except (OSError, NotImplementedError):
                put(target / name, plain(source / name))


def write(artifacts: Iterable[Artifact], folder: Path) -> None:
    """Write artifacts below a folder that has none of them yet."""
    made: set[Path] = set()
    for artifact in artifacts:
        path = folder / artifact.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        put(path, artifact.data)
