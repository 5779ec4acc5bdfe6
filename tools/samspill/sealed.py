"""Files that remember, sealed: what is read back is what was written, or it is nothing.

A sealed file begins with the SHA-256 of its name and the rest, so that a file cut short by a full disk, edited by a
program or put in another's place counts as not there and is made anew. A sealed folder holds such a list of its files.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
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
    try:
        found = path.read_bytes()
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


def remove(path: Path) -> None:
    """Take away what stands at a path, a file or a folder; where that is refused, it stays."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def write(path: Path, data: bytes, name: str | None = None) -> None:
    """Write a sealed file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        partial.write_bytes(sealed(name or path.name, data))
        if path.is_dir() and not path.is_symlink():
            remove(path)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise named(error, path) from error


def named(error: OSError, path: Path) -> OSError:
    """Return an error of the disk with the file it is about: the system names none when a write fails halfway."""
    return error if error.filename else OSError(error.errno, error.strerror or str(error), str(path))


def seal_folder(folder: Path, name: str) -> None:
    """Write down what a finished folder holds that will be called `name`."""
    contents = json.dumps(listing(folder), sort_keys=True)
    write(folder / CONTENTS, contents.encode(), name)


def whole_folder(folder: Path) -> bool:
    """Tell whether a sealed folder holds what it did when it was finished; when it does not, it goes."""
    known = read(folder / CONTENTS, folder.name) if folder.is_dir() else None
    if known is not None and json.loads(known) == listing(folder):
        return True
    remove(folder)
    return False


def listing(folder: Path) -> dict[str, str]:
    """Return every file below a folder with the SHA-256 of its bytes; a link counts by where it leads."""
    found: dict[str, str] = {}

    def walk(path: str, name: str) -> None:
        for entry in os.scandir(path):
            below = f"{name}{entry.name}"
            if entry.is_symlink():
                found[below] = f"link to {Path(entry.path).readlink()}"
            elif entry.is_dir():
                walk(entry.path, f"{below}/")
            elif below != CONTENTS:
                found[below] = hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()

    walk(str(folder), "")
    return found
