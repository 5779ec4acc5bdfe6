"""What is changed in a PDF after the typesetter: the table of positions moves along, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conftest import COURSES
from samspill.model import Asset
from samspill.render.paper.pictures import pictures
from samspill.render.paper.press import _rows_named, _told_apart, page_count
from samspill.source import load


def pdf(*objects: bytes) -> bytes:
    """A file of objects with its table of positions, as the typesetter writes them."""
    data, places = b"%PDF\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n\n" % place for place in places)
    return data + b"\nxref\n0 1\n" + table + b"startxref\n%d\n%%%%EOF" % (len(data) + 1)


def stream(body: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(body), more, body)


def test_a_stream_that_ends_in_a_carriage_return_can_be_told_from_the_line_end_after_it() -> None:
    before = (stream(b"a\r"), stream(b""), stream(b"b\r", b"/Filter/FlateDecode"), stream(b"c"), stream(b"\rd"))
    after = (
        stream(b"a\r").replace(b"\r\n", b"\r\r\n"),
        before[1],
        stream(b"b\r", b"/Filter/FlateDecode").replace(b"\r\n", b"\r\r\n"),
        *before[3:],
    )
    assert _told_apart(pdf(*before)) == pdf(*after)
    assert _told_apart(pdf(*before[3:])) == pdf(*before[3:])
    wrong = b"<</Length 1>>\nstream\na\r\nendstream"
    assert _told_apart(pdf(wrong)) == pdf(wrong)


def cell(kind: bytes, says: bytes, looks: bytes, named: bytes = b"") -> bytes:
    return b"<</Type/StructElem/S/" + kind + b"/P 7 0 R" + named + b"/A[<</O/Table" + says + b">>" + looks + b"]>>"


def test_cells_on_a_white_ground_head_their_rows() -> None:
    white = b"<</O/Layout/BackgroundColor[1 1 1]>>"
    tall = b"<</O/Layout/BackgroundColor[1 1 1]/Height 3>>"
    before = (
        cell(b"TH", b"/Scope/Column", b"", b"/ID(U1x0y0)"),
        cell(b"TD", b"/Headers[(U1x0y0)]", white),
        cell(b"TD", b"/Headers[(U1x0y0)]", tall),
        cell(b"TD", b"/Headers[(U1x1y0)]", b"<</O/Layout/Height 3>>"),
        cell(b"TD", b"/Headers[(U1x1y0)]", b""),
        cell(b"TD", b"/Headers[(U12x1y0)]", b""),
    )
    named = (
        before[0],
        b"<</Type/StructElem/S/TH/P 7 0 R/A[<</O/Table/Scope/Row>>]>>",
        b"<</Type/StructElem/S/TH/P 7 0 R/A[<</O/Table/Scope/Row>><</O/Layout/Height 3>>]>>",
        b"<</Type/StructElem/S/TD/P 7 0 R/A[<</O/Layout/Height 3>>]>>",
        b"<</Type/StructElem/S/TD/P 7 0 R>>",
        before[5],
    )
    assert _rows_named(pdf(*before)) == pdf(*named)
    assert _rows_named(pdf(before[0], before[3])) == pdf(before[0], before[3])


def test_pages_are_counted() -> None:
    assert page_count(b"<</Type/Pages/Count 12/Kids[]>>") == 12
    with pytest.raises(ValueError, match=r"^not a PDF of this press$"):
        page_count(b"<</Type/Pages>>")


def test_a_picture_travels_as_a_drawing_in_its_largest_size() -> None:
    course, _ = load(COURSES / "whole")
    assert course is not None
    assets = (
        Asset("a.SVG", b"<svg/>", (96, 50)),
        Asset("b.PNG", b"png", (150, 300)),
        Asset("c.jpg", b"jpg", (7, 1)),
        Asset("d.png", b"", None),
        Asset("e.png", b"not shown", (1, 1)),
    )
    shown = [{"is": "picture", "of": each.path} for each in reversed(assets[:4])]
    data = {"parts": [{"is": "prose", "of": "e.png", "blocks": [shown, {"children": shown[:1]}]}], "is": "page"}
    ground = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">{2}</svg>'
    photo = '<image href="data:image/{2};base64,{3}" width="{0}" height="{1}"/>'

    def drawn(width: int, height: int, form: str, coded: str) -> str:
        return ground.format(width, height, photo.format(width, height, form, coded))

    made = pictures(replace(course, assets={each.path: each for each in assets}), data)
    assert list(made) == ["a.SVG", "b.PNG", "c.jpg", "d.png"]
    assert made["a.SVG"] == {"drawing": "<svg/>", "width": 72, "height": 37.5}
    assert made["b.PNG"] == {"drawing": drawn(150, 300, "png", "cG5n"), "width": 72, "height": 144}
    assert made["c.jpg"] == {"drawing": drawn(7, 1, "jpeg", "anBn"), "width": 3.36, "height": 0.48}
    assert (made["d.png"]["width"], made["d.png"]["height"]) == (0.48, 0.48)
