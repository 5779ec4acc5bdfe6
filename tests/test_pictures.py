"""Pictures of a course, on the web and on paper."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import page
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from conftest import change
from conftest import course as shipped
from samspill.check import check
from samspill.model import Asset, Course
from samspill.prose import Image as Shown
from samspill.prose import Paragraph, Place
from samspill.render import paper
from samspill.render.web.pages import pages
from samspill.source import load
from samspill.typeface.glyphs import _lettered

MODULE = "course/modules/waiting"
#: Where a picture stands in Markdown, beside words of the same place.
PLACES = (
    "![{alt}](dot.png)\n\n{words}\n",
    "- {words}\n\n  ![{alt}](dot.png)\n",
    "1. {words} ![{alt}](dot.png)\n2. And so on.\n",
    "> {words}\n>\n> ![{alt}](dot.png)\n",
    "| a | b |\n| --- | --- |\n| {words} | ![{alt}](dot.png) |\n",
    "{words} and *![{alt}](dot.png)* so **![{alt}](dot.png)** on.\n",
)
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="160mm" height="70mm" viewBox="0 0 160 70">
<rect width="60" height="30" fill="#2a6f97"/><text x="8" y="20" font-family="Arial">Fastlegen på vakt</text>
</svg>"""


def picture(path: Path, width: int, height: int, colour: tuple[int, ...] = (200, 80, 40), orientation: int = 1) -> None:
    """Put a picture of one colour in a course."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Marit"
    Image.new("RGBA" if len(colour) == 4 else "RGB", (width, height), colour).save(path, exif=exif)


def read(root: Path) -> Course:
    course, problems = load(root)
    assert [problem for problem in problems if problem.level == "error"] == []
    assert course
    return course


def module(root: Path, words: str) -> Course:
    """A course whose module says and shows more."""
    change(root / MODULE / "en.md", "Side by side.", words)
    return read(root)


def reader(course: Course) -> bytes:
    return paper.render(course, paper.Handout("en", "reader", "waiting"))


def figures(data: bytes) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield alternative text, width and height in points of the pictures of a PDF, in reading order."""

    def walk(node: object) -> Iterator[tuple[str, tuple[float, float]]]:
        node = getattr(node, "get_object", lambda: node)()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                left, foot, right, top = (float(side) for side in _box(node["/A"]))
                yield str(node["/Alt"]), (right - left, top - foot)
            elif "/K" in node:
                yield from walk(node["/K"])

    yield from walk(PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"])


def _box(attributes: object) -> list[float]:
    attributes = getattr(attributes, "get_object", lambda: attributes)()
    each = attributes if isinstance(attributes, list) else [attributes]
    return next(one.get_object()["/BBox"] for one in each if "/BBox" in one.get_object())


@pytest.mark.build
def test_a_picture_is_printed_wherever_its_text_is(whole: Path) -> None:
    number = 0
    for path in sorted(whole.rglob("en.md")):
        picture(path.with_name("dot.png"), 30, 30)

        def more(heading: re.Match[str]) -> str:
            nonlocal number
            number += 1
            place = PLACES[number % len(PLACES)]
            return f"{heading[0]}\n\n{place.format(alt=f'Picture {number}', words=f'Mark{number}.')}"

        path.write_text(re.sub(r"(?m)^##.*$", more, path.read_text("utf-8")), "utf-8")
    course = read(whole)
    printed: set[int] = set()
    for handout in paper.handouts(course, "en"):
        data = paper.render(course, handout)
        for profile in ("ua1", "2a"):
            report = page.validate_pdf_bytes(data, profile=profile)
            assert report.is_compliant, (handout, report.to_json())
        text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(data)).pages)
        said = {int(mark) for mark in re.findall(r"Mark(\d+)\.", text)}
        seen = [alternative for alternative, _ in figures(data) if alternative.startswith("Picture ")]
        assert {int(each.removeprefix("Picture ")) for each in seen} == said, handout
        assert "[Picture" not in text
        printed |= said
    assert len(printed) > 20


def test_a_picture_has_its_own_size_and_never_leaves_its_place(whole: Path) -> None:
    folder = whole / MODULE
    picture(folder / "phone.jpg", 300, 150, orientation=6)
    picture(folder / "wide.jpg", 3000, 300)
    picture(folder / "tall.png", 300, 3000, (0, 90, 160, 128))
    (folder / "map.svg").write_text(DRAWING, "utf-8")
    (folder / "small.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"/>', "utf-8")
    names = ("phone.jpg", "wide.jpg", "tall.png", "map.svg", "small.svg")
    words = "\n\n".join(f"![{name}]({name})" for name in names)
    course = module(whole, words + "\n\nInside ![in a line](wide.jpg) a line.")
    data = reader(course)
    width, high = 210 * 72 / 25.4 - 86 * 72 / 25.4, 150 * 72 / 25.4
    expected = {
        "phone.jpg": (72.0, 144.0),  # 150 dots to the inch, upright
        "wide.jpg": (width, width / 10),
        "tall.png": (high / 10, high),
        "map.svg": (width, width * 70 / 160),
        "small.svg": (30.0, 15.0),
        "in a line": (width, width / 10),
    }
    found = dict(figures(data))
    assert list(found) == list(expected)
    for name, size in expected.items():
        assert found[name] == pytest.approx(size, abs=1), name
    assert "Fastlegen på vakt" in "".join(each.extract_text() for each in PdfReader(io.BytesIO(data)).pages)
    assert data == reader(course)


@pytest.mark.build
def test_whatever_a_drawing_may_say_can_be_printed(whole: Path) -> None:
    spared = "-\u00ad\u2011\u200d\ufe0fe\u0301"
    letters = "".join(chr(char) for char in sorted(_lettered()) if char >= 0x20 and chr(char) not in "<&\u2028\u2029")
    letters = re.sub("[\u202a-\u202e\u2066-\u2069]", "", letters)
    texts = "".join(
        f'<text y="9" {style}>{letters}{spared}</text>'
        for style in ("", 'font-weight="bold"', 'font-style="italic"', 'font-weight="bold" font-style="italic"')
    )
    assert len(letters) > 340
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9">'
    (whole / MODULE / "map.svg").write_text(f"{start}{texts}</svg>", "utf-8")
    course = module(whole, "![A map](map.svg)")
    assert [problem for problem in check(course) if problem.level == "error"] == []
    assert paper.page_count(reader(course)) > 1
    # An accent without a letter of its own, and a sign without a shape, are told.
    (whole / MODULE / "map.svg").write_text(f"{start}\n<text>Q\u0307 og \u26d4</text></svg>", "utf-8")
    assert [str(problem) for problem in check(read(whole)) if problem.level == "error"] == [
        f"{MODULE}/map.svg:2:1: H003 no font for \u0307 (U+0307), \u26d4 (U+26D4) in the drawing "
        "(turn the text into paths, or write words)"
    ]


def test_a_jpeg_goes_into_the_pdf_as_it_is_published(whole: Path) -> None:
    picture(whole / MODULE / "photo.jpg", 300, 200)
    course = module(whole, "![A photo](photo.jpg)")
    published = course.assets[f"{MODULE}/photo.jpg"].data
    assert published in reader(course)
    assert b"Marit" not in published


def test_another_picture_is_another_handout(whole: Path) -> None:
    (whole / MODULE / "map.svg").write_text(DRAWING, "utf-8")
    before = module(whole, "![A map](map.svg)")
    change(whole / MODULE / "map.svg", "#2a6f97", "#2a6f98")
    after = read(whole)
    shows = paper.Handout("en", "reader", "waiting")
    assert paper.inputs(before, shows) != paper.inputs(after, shows)
    log = paper.Handout("en", "worksheet", "log")
    assert paper.inputs(before, log) == paper.inputs(after, log)


def test_the_website_has_the_same_pictures_with_their_size(whole: Path) -> None:
    picture(whole / MODULE / "phone.jpg", 600, 300, orientation=6)
    (whole / MODULE / "map.svg").write_text(DRAWING, "utf-8")
    course = module(whole, "![A photo](phone.jpg) ![A map < B](map.svg)")
    made = {artifact.path: artifact.data for artifact in pages(course, "en", {})}
    html = next(data.decode() for path, data in made.items() if path.startswith("modules/waiting") and b"<img" in data)
    assert re.findall(r"<img [^>]*>", html) == [
        '<img src="phone.jpg" alt="A photo" width="300" height="600" loading="lazy">',
        '<img src="map.svg" alt="A map &lt; B" width="605" height="265" loading="lazy">',
    ]
    assert Image.open(io.BytesIO(made["modules/waiting/phone.jpg"])).size == (300, 600)
    assert b"Marit" not in made["modules/waiting/phone.jpg"]
    # A browser lends a picture no font of the page: it carries the letters it needs.
    drawing = made["modules/waiting/map.svg"].decode()
    rule = re.search(r"<style>@font-face\{(.*?)src:url\(data:font/woff2;base64,([\w+/=]+)\)\}</style>", drawing)
    assert rule
    assert rule[1] == 'font-family:"Atkinson Hyperlegible";font-weight:400;font-style:normal;'
    assert drawing.replace(rule[0], "").encode() == course.assets[f"{MODULE}/map.svg"].data
    letters = TTFont(io.BytesIO(base64.b64decode(rule[2]))).getBestCmap()
    assert {chr(letter) for letter in letters} == set("Fastlegen på vakt")
    assert len(drawing) < 8_000
    assert "Arial" not in drawing


@pytest.mark.build
def test_a_picture_of_a_notebook_page_is_published_too() -> None:
    page_id = next(name for name, each in shipped().pages.items() if each.kind == "notebook")
    prose = shipped().prose["page", page_id, "en"]
    first = replace(prose.sections[0], blocks=(Paragraph((Shown("dot.png", "A dot", Place(1, 1)),)),))
    changed = replace(prose, sections=(first, *prose.sections[1:]), by_id={})
    texts = {**shipped().prose, ("page", page_id, "en"): changed}
    asset = Asset(f"course/pages/{page_id}/dot.png", b"the picture", (2, 2))
    course = replace(shipped(), prose=texts, assets={**shipped().assets, asset.path: asset})
    made = {artifact.path: artifact.data for artifact in pages(course, "en", {})}
    assert made[f"{page_id}/dot.png"] == b"the picture"
    assert f"{page_id}.md" not in made
