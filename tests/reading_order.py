"""A printed handout as a screen reader meets it: its structure tree in reading order, with the words of each part."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, IndirectObject

#: Parts that only hold others, and text whose part is named above it.
_SILENT = ("Document", "NonStruct", "Div", "LBody")
_INLINE = ("Span", "Strong", "Em", "Link", "Code", "Reference", "Lbl")


def reading_order(data: bytes) -> str:
    """Return one line for each part of a PDF's structure: its tag, what it says of itself, and its words."""
    reader = PdfReader(io.BytesIO(data))
    words = {
        page.indirect_reference.idnum: marked(page, reader) for page in reader.pages if page.indirect_reference
    }
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return "\n".join(line for top in _kids(root) for line in _lines(top, words, 0, 0)) + "\n"


def marked(page: Any, reader: PdfReader) -> dict[int, str]:
    """Return the words of a page by the number of the marked content they stand in."""
    found: dict[int, str] = {}
    open_: list[int | None] = []
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        match operator:
            case b"BDC":
                about = operands[1] if isinstance(operands[1], dict) else {}
                open_.append(int(about["/MCID"]) if "/MCID" in about else None)
            case b"BMC":
                open_.append(None)
            case b"EMC":
                open_.pop()
            case b"Tf":
                font = fonts[operands[0]]
            case b"Tj" | b"TJ" if open_ and open_[-1] is not None:
                shown = operands[0] if isinstance(operands[0], list) else [operands[0]]
                raw = b"".join(_bytes(piece) for piece in shown if not isinstance(piece, int | float))
                text = "".join(
                    font.get(int.from_bytes(raw[at : at + 2], "big"), "\ufffd") for at in range(0, len(raw), 2)
                )
                found[open_[-1]] = found.get(open_[-1], "") + text
    return found


def _bytes(piece: Any) -> bytes:
    original = getattr(piece, "original_bytes", None)
    return original if original is not None else bytes(piece)


def _letters(font: Any) -> dict[int, str]:
    """Return what each glyph of a font stands for."""
    table = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    found: dict[int, str] = {}

    def text(digits: str) -> str:
        return bytes.fromhex(digits).decode("utf-16-be")

    inside = ""
    for line in table.splitlines():
        if line.endswith(("beginbfchar", "beginbfrange")):
            inside = line.split()[-1]
        elif line.startswith("end"):
            inside = ""
        elif inside:
            codes = [piece.strip("<>") for piece in line.replace("><", "> <").split()]
            if inside == "beginbfchar":
                found[int(codes[0], 16)] = text(codes[1])
            else:
                first, last = int(codes[0], 16), int(codes[1], 16)
                for step in range(last - first + 1):
                    start = text(codes[2])
                    found[first + step] = start[:-1] + chr(ord(start[-1]) + step)
    return found


def _lines(node: Any, words: dict[int, dict[int, str]], depth: int, page: int) -> Iterator[str]:
    """Yield a part and what is below it; what runs in a line of text stands in that line."""
    page = _page(node, page)
    tag = str(node["/S"])[1:]
    kids = _kids(node)
    lead = 0 if tag in _SILENT else next((n for n, kid in enumerate(kids) if not _inline(kid)), len(kids))
    said, about = "".join(_said(kid, words, page) for kid in kids[:lead]).strip(), _about(node)
    if tag not in _SILENT or about:
        yield "  " * depth + " ".join(filter(None, [tag, about, said]))
        depth += 1
    text = ""
    for kid in kids[lead:]:
        if _inline(kid):
            text += _said(kid, words, page)
            continue
        if text.strip():
            yield "  " * depth + text.strip()
        text = ""
        yield from _lines(kid, words, depth, page)
    if text.strip():
        yield "  " * depth + text.strip()


def _inline(kid: Any) -> bool:
    return isinstance(kid, int) or "/S" not in kid or str(kid["/S"])[1:] in _INLINE


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    listed = kids if isinstance(kids, list) else [kids]
    return [kid.get_object() if isinstance(kid, IndirectObject) else kid for kid in listed]


def _page(node: Any, page: int) -> int:
    return int(node.raw_get("/Pg").idnum) if "/Pg" in node else page


def _said(kid: Any, words: dict[int, dict[int, str]], page: int) -> str:
    """Return the words of marked content or of a part that runs in a line, its tag around it."""
    if isinstance(kid, int):
        return words.get(page, {}).get(int(kid), "")
    page = _page(kid, page)
    if kid.get("/Type") == "/MCR":
        return words.get(page, {}).get(int(kid["/MCID"]), "")
    if "/S" not in kid:
        return ""
    tag, about = str(kid["/S"])[1:], _about(kid)
    inner = "".join(_said(each, words, page) for each in _kids(kid))
    return inner if tag == "Span" and not about else f"<{' '.join(filter(None, [tag, about]))}>{inner}</{tag}>"


def _about(node: Any) -> str:
    """Return what a part says of itself: language, alternative text, scope of a header cell, spans."""
    said = [f"{key[1:].lower()}={node[key]!s}" for key in ("/Lang", "/Alt", "/ActualText") if key in node]
    attributes = node.get("/A", [])
    listed = attributes if isinstance(attributes, list) else [attributes]
    for each in (one.get_object() for one in listed):
        said += [
            f"{key[1:].lower()}={str(each[key]).removeprefix('/')}"
            for key in ("/Scope", "/ColSpan", "/RowSpan", "/ListNumbering")
            if key in each
        ]
    return f"[{'; '.join(said)}]" if said else ""
