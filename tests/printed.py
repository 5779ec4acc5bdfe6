"""A look at printed pages: where every word stands, what runs over what, and the structure that is read aloud."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

MM = 72 / 25.4
#: The right margin of each kind of sheet, and of all others.
MARGINS = {"roles": 16 * MM, "worksheet": 21 * MM, "session": 22 * MM}
MARGIN = 24 * MM
#: What pdfium makes of a soft hyphen at the end of a line.
DIVISION = "\ufffe"


@dataclass(frozen=True)
class Word:
    """A word on a page, and the rectangle its letters fill."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def over(self, other: Word) -> bool:
        """Whether two words print over each other."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        least = min(self.top - self.bottom, other.top - other.bottom)
        return wide > 0.4 and high > 0.25 * least > 0


def words(page: pypdfium2.PdfPage) -> list[Word]:
    """Return the words of a page: letters without a space, a wide gap or a line's end between them."""
    found: list[Word] = []
    text = page.get_textpage()
    run: list[tuple[str, float, float, float, float]] = []

    def end() -> None:
        if run:
            letters, lefts, bottoms, rights, tops = zip(*run, strict=True)
            found.append(Word("".join(letters), min(lefts), min(bottoms), max(rights), max(tops)))
            run.clear()

    for index in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, index))
        if letter.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            end()
            continue
        box = text.get_charbox(index)
        height = max(box[3] - box[1], 4)
        if run and (box[0] < run[-1][1] - 1 or box[0] > run[-1][3] + height or abs(box[1] - run[-1][2]) > 2 * height):
            end()
        run.append((letter, *box))
    end()
    return found


def faults(data: bytes, kind: str = "") -> list[str]:
    """Return what stands outside the margins of its page, and what prints over its neighbour."""
    right = MARGINS.get(kind, MARGIN)
    found: list[str] = []
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        listed = sorted(words(page), key=lambda word: word.bottom)
        for place, word in enumerate(listed):
            if word.right > width - right + 0.6 or (word.left < 14 * MM and word.right - word.left > 0.1):
                found.append(f"page {number}: {word.text} is outside the margins")
            if word.bottom < 5 * MM or word.top > height - 5 * MM:
                found.append(f"page {number}: {word.text} is off the page")
            for other in listed[place + 1 :]:
                if other.bottom > word.top:
                    break
                if word.over(other):
                    found.append(f"page {number}: {word.text} and {other.text} print over each other")
    return found


def said(data: bytes) -> str:
    """Return the words of a PDF as a reader gets them: the parts of a divided word joined."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return " ".join(" ".join(pages).replace(DIVISION + "\r\n", "").replace(DIVISION, "").split())


def elements(data: bytes) -> Iterator[DictionaryObject]:
    """Yield the elements of the structure of a PDF, outer before inner."""
    return _below(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"])


def _below(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _below(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node  # type: ignore[misc]
        if "/K" in node:
            yield from _below(node["/K"])
