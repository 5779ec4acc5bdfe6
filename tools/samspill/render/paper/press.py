"""The press: Typst with our templates, our fonts and nothing else of the machine."""

from __future__ import annotations

import contextlib
import ctypes
import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import typst

from samspill.render.paper.height import Heights, sure
from samspill.tokens import TOKENS
from samspill.typeface.glyphs import FACES, SANS, SERIF, font_folder, strangers

#: `M_ARENA_MAX` of glibc's `mallopt`.
_ARENA_MAX = -8
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


def typeset(sheet: str) -> bytes:
    """Return a sheet, given as JSON, as a PDF that is PDF/UA-1 and PDF/A-2a at once."""
    return pressed(sheet, sure(json.loads(sheet)))


def pressed(sheet: str, known: Heights) -> bytes:
    """Return the same as `typeset`, and the same whatever is known of heights: what is not known is measured."""
    data = json.loads(sheet)
    day = datetime(**data["date"], tzinfo=UTC)
    inputs = {"sheet": sheet, "sure": json.dumps(known), "look": _look(data.get("greys", TOKENS.sheet))}
    inputs |= {"beyond-sans": strangers(SANS), "beyond-serif": strangers(SERIF)}
    made = _compiler().compile(
        format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=int(day.timestamp())
    )
    assert isinstance(made, bytes)
    return _told_apart(_rows_named(made))


def _look(greys: Mapping[str, int]) -> str:
    """Return what the templates are given of the tokens: families of type, and the greys of a sheet."""
    families = {"serif": TOKENS.serif.name, "sans": TOKENS.sans.name, "names": TOKENS.names.name}
    return json.dumps(families | {"greys": greys})


def templates_digest() -> str:
    """Return a digest of templates, tokens and the typesetter's version, for the key of a cached handout."""
    digest = sha256(f"{version('typst')}\0{_look(TOKENS.sheet)}".encode())
    for path in sorted(_templates().glob("*.typ")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def page_count(data: bytes) -> int:
    """Return the number of pages of a PDF that this press made."""
    found = re.search(rb"/Type/Pages/Count (\d+)", data)
    if found is None:
        raise ValueError("not a PDF of this press")
    return int(found[1])


#: A cell of a table in the structure: its kind, its parent, its name and language, what it says of tables and of looks.
_CELL = re.compile(rb"(?<=/S/)(T[HD])(/P \d+ 0 R)((?:/(?:ID|Lang)\([^)]*\))*)/A\[<</O/Table([^<>]*)>>([^\n]*)")
#: The white ground by which the templates mark a cell that names its row.
_WHITE = b"/BackgroundColor[1 1 1]"


def _rows_named(data: bytes) -> bytes:
    """Return a PDF in which the cells on a white ground are header cells of their rows.

    The typesetter knows header cells of columns, and says at every cell which they are. A reader who is told that
    looks no further, so in a table whose rows have names the cells do not say so: the scope of each header cell tells.
    """
    if _WHITE not in data:
        return data
    named = {table for found in _CELL.finditer(data) if _WHITE in found[5] for table in _tables(found[4])}
    edits: list[tuple[int, int, bytes]] = []
    for found in _CELL.finditer(data):
        if not named.intersection(_tables(found[3] + found[4])):
            continue
        kind, scope = found[1], re.search(rb"/Scope/\w+", found[4])
        rest = found[5]
        if _WHITE in rest:
            kind, rest = b"TH", rest.replace(_WHITE, b"")
        says = b"/Scope/Row" if kind != found[1] else scope[0] if scope else b""
        table = b"<</O/Table" + says + b">>" if says else b""
        new = kind + found[2] + found[3] + b"/A[" + table + rest
        edits.append((found.start(), found.end(), new.replace(b"<</O/Layout>>", b"").replace(b"/A[]", b"")))
    return _edited(data, edits)


def _tables(says: bytes) -> list[bytes]:
    return re.findall(rb"\((U\d+)x", says)


def _edited(data: bytes, edits: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Return a PDF with passages replaced, its table of positions moved along."""
    at = data.rindex(b"\nxref\n")
    pieces: list[bytes] = []
    ends, moves, last, total = [0], [0], 0, 0
    for start, end, new in edits:
        pieces += [data[last:start], new]
        last, total = end, total + len(new) - (end - start)
        ends.append(end)
        moves.append(total)
    pieces.append(data[last:at])

    def moved(place: int) -> int:
        return place + moves[bisect(ends, place) - 1]

    table = re.sub(rb"(?m)^(\d{10}) (\d{5} n)", lambda m: b"%010d %s" % (moved(int(m[1])), m[2]), data[at:])
    table = re.sub(rb"startxref\n(\d+)", lambda m: b"startxref\n%d" % moved(int(m[1])), table)
    return b"".join(pieces) + table


def _told_apart(data: bytes) -> bytes:
    """Return a PDF whose compressed streams can be told from the line end after them.

    A stream whose last byte happens to be a carriage return is followed by a line feed, and a strict reader
    takes both for the line end and finds the stream a byte short. Ending such a stream with both characters
    settles it; the table of positions moves along.
    """
    added = [end for start, end in _streams(data) if data[end - 1 : end] == b"\r" and end > start]
    if not added:
        return data
    return _edited(data, [(end, end, b"\r") for end in added])


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    for found in re.finditer(rb"/Length (\d+)(?:/[^\n]*)?>>\nstream\n", data):
        end = found.end() + int(found[1])
        if data.startswith(b"\nendstream", end):
            yield found.end(), end


def _templates() -> Path:
    return Path(str(resources.files("samspill.render.paper") / "typst"))


@cache
def _compiler() -> typst.Compiler:
    """Return the compiler of this process; its root holds our templates and nothing else."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[font_folder(package) for package in FACES],
    )
    root = _templates()
    _share_memory()
    return typst.Compiler(root / "handout.typ", root=root, font_paths=fonts)


def _share_memory() -> None:
    """Have the threads of the typesetter share one heap, where that can be said: each would hold some 20 MB free."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # another C library, or none to ask
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
