"""The press: Typst with our templates, our fonts and nothing else of the machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import typst

from samspill.render.glyphs import FACES, font_folder

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


def typeset(sheet: str) -> bytes:
    """Return a sheet, given as JSON, as a PDF that is PDF/UA-1 and PDF/A-2a at once."""
    date = json.loads(sheet)["date"]
    day = datetime(date["year"], date["month"], date["day"], tzinfo=UTC)
    made = _compiler().compile(
        format="pdf", sys_inputs={"sheet": sheet}, pdf_standards=STANDARDS, timestamp=int(day.timestamp())
    )
    assert isinstance(made, bytes)
    return _told_apart(made)


def templates_digest() -> str:
    """Return a digest of the templates and of the typesetter's version, for the key of a cached handout."""
    digest = sha256(version("typst").encode())
    for path in sorted(_templates().glob("*.typ")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def page_count(data: bytes) -> int:
    """Return the number of pages of a PDF that this press made."""
    found = re.search(rb"/Type/Pages/Count (\d+)", data)
    if found is None:
        raise ValueError("not a PDF of this press")
    return int(found[1])


def _told_apart(data: bytes) -> bytes:
    """Return a PDF whose compressed streams can be told from the line end after them.

    A stream whose last byte happens to be a carriage return is followed by a line feed, and a strict reader
    takes both for the line end and finds the stream a byte short. Ending such a stream with both characters
    settles it; the table of positions moves along.
    """
    added = [end for start, end in _streams(data) if data[end - 1 : end] == b"\r" and end > start]
    if not added:
        return data
    head, table = data[: (at := data.rindex(b"\nxref\n"))], data[at:]

    def moved(place: int) -> int:
        return place + sum(end < place for end in added)

    pieces = [head[start:end] for start, end in pairwise([0, *added, len(head)])]
    table = re.sub(rb"(?m)^(\d{10}) (\d{5} n)", lambda m: b"%010d %s" % (moved(int(m[1])), m[2]), table)
    table = re.sub(rb"startxref\n(\d+)", lambda m: b"startxref\n%d" % moved(int(m[1])), table)
    return b"\r".join(pieces) + table


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    for found in re.finditer(rb"/Length (\d+)(?:/[^\n]*)?>>\nstream\n", data):
        end = found.end() + int(found[1])
        if data.startswith(b"\nendstream", end):
            yield found.end(), end


def _templates() -> Path:
    return Path(str(resources.files("samspill.render") / "typst"))


@cache
def _compiler() -> typst.Compiler:
    """Return the compiler of this process; its root holds our templates and nothing else."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[font_folder(package) for package in FACES],
    )
    root = _templates()
    return typst.Compiler(root / "handout.typ", root=root, font_paths=fonts)
