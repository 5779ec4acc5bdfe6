"""The content files of a course on disk, read with limits and without following links."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from samspill.problem import Problem, visible
from samspill.source import fault
from samspill.source.characters import hidden
from samspill.source.picture import is_picture

MAX_TEXT = 1_000_000
MAX_PROSE = 200_000
MAX_PICTURE = 5_000_000


#: What systems and editors leave behind, by its whole name or by how it begins and ends: nobody means it as content.
_LEFT_FILES = re.compile(
    r"""thumbs\.db | ehthumbs(_vista)?\.db | desktop\.ini | icon\r | \$recycle\.bin
    | ~\$.* | \#.*\# | .*~ | .*\.(bak|orig|rej|tmp|temp|sw[a-p]|crdownload|partial|download)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_LEFT_FOLDERS = frozenset(
    ("__macosx", "__pycache__", "$recycle.bin", "system volume information", "@eadir", "lost+found")
)
#: Names of devices, which Windows gives to no file or folder, whatever stands behind a dot.
DEVICES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])


def left_behind(name: str, folder: bool) -> bool:
    """Tell whether a file or folder is one that a system or an editor leaves behind, or is hidden.

    A copy such as `en (1).md` is not: it is somebody's work under a wrong name.
    """
    return name.startswith(".") or (name.lower() in _LEFT_FOLDERS if folder else bool(_LEFT_FILES.fullmatch(name)))


@dataclass
class Tree:
    """The files below course/ and cases/ by path relative to the root, and what was wrong with them."""

    root: Path
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def unread(self, path: str) -> bool:
        """Tell whether a file, or a folder it is in, is there but could not be read (which is then a problem)."""
        parts = path.split("/")
        return any("/".join(parts[:end]) in self.broken for end in range(1, len(parts) + 1))

    def folders(self, parent: str) -> list[str]:
        """Return the names of the folders directly below one, empty ones included, sorted."""
        try:
            entries = list(os.scandir(self.root / parent))
        except OSError:
            return []
        return sorted(
            e.name
            for e in entries
            if e.name.isprintable() and e.is_dir(follow_symlinks=False) and not left_behind(e.name, folder=True)
        )


def decoded(path: str, data: bytes) -> str | Problem:
    """Return a file as text with LF line ends, or what is wrong with it: it is no UTF-8 text, or hides something."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        return fault.not_text(path, line, column)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := hidden(text):
        line = text.count("\n", 0, found.at) + 1
        column = found.at - text.rfind("\n", 0, found.at)
        return fault.not_text(path, line, column, found.character)
    # A letter with its marks may be written as one character or as several; everything after this knows it as one.
    return normalize("NFC", text)


def read_tree(root: Path, folders: tuple[str, ...] = ("course", "cases")) -> Tree:
    """Read every file below the content folders into memory, within limits.

    Hidden files and what systems leave behind are passed over. Symbolic links and oversized files are problems and are
    not read.
    """
    tree = Tree(root)
    for folder in folders:
        if (root / folder).is_symlink():
            tree.broken.add(folder)
            tree.problems.append(fault.symbolic_link(folder, 1, 1))
            continue
        _walk(tree, folder)
    return tree


def _walk(tree: Tree, folder: str) -> None:
    try:
        entries = sorted(os.scandir(tree.root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        tree.broken.add(folder)
        tree.problems.append(fault.unreadable(folder, 1, 1, error.strerror or str(error)))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if left_behind(entry.name, entry.is_dir(follow_symlinks=False)):
            continue
        if not entry.name.isprintable():
            tree.problems.append(fault.unexpected_file(visible(path), 1, 1))
        elif entry.name.partition(".")[0].lower() in DEVICES and not entry.is_dir(follow_symlinks=False):
            tree.broken.add(path)
            tree.problems.append(fault.device_name(path, 1, 1, entry.name.partition(".")[0]))
        elif entry.is_symlink():
            tree.broken.add(path)
            tree.problems.append(fault.symbolic_link(path, 1, 1))
        elif entry.is_dir():
            _walk(tree, path)
        elif entry.is_file():
            _read(tree, path, entry)


def _read(tree: Tree, path: str, entry: os.DirEntry[str]) -> None:
    limit = MAX_PICTURE if is_picture(path) else MAX_PROSE if path.endswith(".md") else MAX_TEXT
    size = entry.stat(follow_symlinks=False).st_size
    if size > limit:
        tree.broken.add(path)
        tree.problems.append(fault.too_large(path, 1, 1, size, limit))
        return
    try:
        data = Path(entry.path).read_bytes()
    except OSError as error:
        tree.broken.add(path)
        tree.problems.append(fault.unreadable(path, 1, 1, error.strerror or str(error)))
        return
    tree.files[path] = data
