"""Files that remember, sealed: what is read back is what was written, or it is nothing.

A sealed file begins with the SHA-256 of its name and the rest, so that a file cut short by a full disk, edited by a
program or put in another's place counts as not there and is made anew. A sealed folder holds such a list of its files.

Nothing below `build/` is ever followed: not a link to a file, not one to a folder on the way. What is neither a plain
file nor a folder is never opened, since a pipe would let us wait. `build/` itself may be a link.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

_MARK = b"samspill "
#: Name of the list of a sealed folder, in it.
CONTENTS = ".contents"


def sealed(name: str, data: bytes) -> bytes:
    """Return data with its seal before it; the seal holds for one name only."""
    return _MARK + hashlib.sha256(f"{name}\n".encode() + data).hexdigest().encode() + b"\n" + data


def read(path: Path, name: str | None = None) -> bytes | None:
    """Return the data of a sealed file, or None when it is not there or not as it was written (then it goes).

    The seal holds for the file's name, or for `name`.
    """
    if not all(is_folder(each) for each in _within(path)):
        return None
    try:
        found = plain(path)
    except FileNotFoundError:
        return None
    except OSError:
        remove(path)
        return None
    data = found.partition(b"\n")[2]
    if found != sealed(name or path.name, data):
        remove(path)
        return None
    return data


def write(path: Path, data: bytes, name: str | None = None) -> None:
    """Write a sealed file so that it is there whole or not at all."""
    make_folder(path.parent)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        remove(partial)
        put(partial, sealed(name or path.name, data))
        if is_folder(path):
            remove(path)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


# --- what is really there ----------------------------------------------------------------------------------

#: What Windows calls a junction: a link to a folder by another name.
_JUNCTION = 0xA0000003
#: How files are opened whose names others may have set: no link is followed and no pipe waited for.
CAUTIOUS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def is_folder(path: Path) -> bool:
    """Tell whether a path is itself a folder, not a link to one."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(found.st_mode) and getattr(found, "st_reparse_tag", 0) != _JUNCTION


def plain(path: Path) -> bytes:
    """Return the bytes of a plain file; for anything else, a link to a file too, raises `OSError`."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(0, "it is no plain file", str(path))
    with os.fdopen(os.open(path, os.O_RDONLY | CAUTIOUS | getattr(os, "O_BINARY", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is no plain file", str(path))
        return file.read()


def put(path: Path, data: bytes) -> None:
    """Write a new file; an error names it."""
    try:
        with path.open("xb") as file:  # `x` follows no link
            file.write(data)
    except OSError as error:
        raise named(error, path) from error


def below(folder: Path, depth: int = -1) -> Iterator[tuple[str, os.stat_result]]:
    """Give everything below a folder, each with its name from there, a folder before what it holds.

    No link is followed: what is a link, or a link instead of the folder, has nothing below. `depth` is how many
    folders deep to look.
    """
    if not is_folder(folder):
        return
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        try:
            yield entry.name, entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # gone meanwhile
            continue
        if depth != 1:
            for name, seen in below(folder / entry.name, depth - 1):
                yield f"{entry.name}/{name}", seen


def _within(path: Path) -> list[Path]:
    """Return the folders between `build/` and a path, the outermost first."""
    folders = path.parts[:-1]
    if "build" not in folders:
        return []
    top = len(folders) - folders[::-1].index("build")
    return [Path(*folders[: number + 1]) for number in range(top, len(folders))]


def make_folder(path: Path) -> None:
    """Make a folder below `build/`; what stands in its way, such as a link, goes."""
    for each in _within(path / CONTENTS):
        if os.path.lexists(each) and not is_folder(each):
            remove(each)
    path.mkdir(parents=True, exist_ok=True)


def remove(path: Path) -> None:
    """Take away what stands at a path, a file or a folder, never where a link leads; where refused, it stays."""
    if is_folder(path):
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def named(error: OSError, path: Path) -> OSError:
    """Return an error of the disk with the file that could not be written.

    The system names none when a write fails halfway, and of a copy it names both files, the one that was read first.
    """
    where = error.filename2 or error.filename or str(path)
    return OSError(error.errno, error.strerror or str(error), where)


# --- folders -----------------------------------------------------------------------------------------------


def seal_folder(folder: Path, name: str) -> None:
    """Write down what a finished folder holds that will be called `name`."""
    contents = json.dumps(listing(folder), sort_keys=True)
    write(folder / CONTENTS, contents.encode(), name)


def whole_folder(folder: Path) -> bool:
    """Tell whether a sealed folder holds what it did when it was finished; when it does not, it goes."""
    known = read(folder / CONTENTS, folder.name) if is_folder(folder) else None
    if known is not None and json.loads(known) == listing(folder):
        return True
    remove(folder)
    return False


def listing(folder: Path) -> dict[str, str]:
    """Return everything below a folder with the SHA-256 of its bytes, or with what it is when it is no plain file."""
    found: dict[str, str] = {}
    for name, seen in below(folder):
        if stat.S_ISREG(seen.st_mode):
            if name != CONTENTS:
                found[name] = hashlib.sha256(plain(folder / name)).hexdigest()
        else:
            found[name] = "folder" if stat.S_ISDIR(seen.st_mode) else stat.filemode(seen.st_mode)
    return found
