"""The stamp: what was asked of the last build and what it made. Where nothing has changed, nothing is done."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from samspill.disk import sealed
from samspill.making.fingerprint import of_content, of_tool, when
from samspill.making.request import Request, Result

#: The name of the record in the store.
NAME = "stamp.json"


@dataclass(frozen=True)
class Stamp:
    """The hash of everything a build depends on, and the record of the last build."""

    request: Request
    content: str
    tool: str
    #: When all that was hashed came to be as it was.
    when: str

    @classmethod
    def of(cls, request: Request) -> Stamp:
        """Hash the content and the tool as they are now."""
        now = when(request.root)
        return cls(request, of_content(request.root), of_tool(request.root), now)

    @property
    def key(self) -> str:
        """The hash of the whole request."""
        words = [
            self.content,
            self.tool,
            *self.request.languages,
            str(self.request.only),
            str(self.request.edition_layout),
        ]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()

    def unchanged(self) -> Result | None:
        """Return the last result when nothing has changed since and its files are all still there."""
        try:
            record = json.loads(self.request.store.found(NAME) or b"{}")
            if record["key"] != self.key:
                return None
            output = self.request.folder / record["output"]
            if listing(output) != record["files"]:
                return None
            # A build that was stopped may have left other pages than those of the site.
            if record["written"] != self._written():
                return None
            counts = (record["notes"], record["unfinished"])
            return Result(output, record["pages"], record["handouts"], (), tuple(record["languages"]), *counts, True)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _written(self, known: Mapping[Path, str] = MappingProxyType({})) -> str:
        """Return a hash of the pages that the site was made from; handouts have none."""
        return "" if self.request.only == "handouts" else listing(self.request.pages, known)

    def record(self, result: Result, known: Mapping[Path, str]) -> None:
        """Write down a result; `known` holds the listings of folders that this build has taken already.

        Not when something was touched meanwhile: nobody knows then what the build has read.
        """
        if when(self.request.root) != self.when:
            return
        record = {
            "key": self.key,
            "output": result.output.relative_to(self.request.folder).as_posix(),
            "files": listing(result.output, known),
            "written": self._written(known),
            "pages": result.pages,
            "handouts": result.handouts,
            "languages": [*result.built, *result.reused],
            "notes": result.notes,
            "unfinished": result.unfinished,
        }
        self.request.store.put(NAME, json.dumps(record).encode())


def listing(folder: Path, known: Mapping[Path, str] = MappingProxyType({})) -> str:
    """Return a hash of the names, rights and contents of everything below a folder.

    Contents, not times: a program that changes a page may keep its size and set its time back. The hashes of folders
    right below may be `known`.
    """
    if not sealed.is_folder(folder):
        return ""
    digest = hashlib.sha256()
    for name, seen in sealed.below(folder, 1):
        path = folder / name
        if stat.S_ISDIR(seen.st_mode):
            said = known.get(path) or listing(path)
        elif stat.S_ISREG(seen.st_mode):
            said = hashlib.sha256(sealed.plain(path)).hexdigest()
        else:
            said = ""
        digest.update(f"{name}\0{stat.filemode(seen.st_mode)} {said}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
