"""Figures of modules: every kind drawn, words where they can be read, and the same in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from lxml import etree

from conftest import COURSES, html_of
from conftest import course as shipped_course
from documents import drawn_figure
from samspill.drawing.figure import FigureDrawing
from samspill.drawing.geometry import Box
from samspill.drawing.lettering import lines_of, text_width
from samspill.markup import escape
from samspill.model import Course, Figure, Module
from samspill.prose import CodeBlock, Inline, ItemList, Paragraph, Place, Prose, Quote, Section, Strong, Table, Text
from samspill.reading.context import Context
from samspill.render.web.pages import pages
from samspill.source import load

#: As long as labels may be, and as awkward as they come in four languages.
LABELS = (
    "Spesialisthelsetjenestenes",
    "Coordination in the middle",
    "Socialpsykiatrisk bostøtte",
    "En öppenvårdsmottagning då",
    "Full segregation",
    "A",
    "Planlægningsmyndighederne!",
    "WWWWWWW WWWWWWW WWWWWWWWWW",
)
KINDS = ("continuum", "cycle", "levels", "hub")


def ids(count: int, name: str = "part") -> tuple[str, ...]:
    return tuple(f"{name}-{number}" for number in range(count))


FIGURES = [Figure(kind=kind, parts=ids(count)) for kind in KINDS for count in range(1, 9)] + [
    Figure(kind="matrix", rows=ids(rows, "row"), columns=ids(columns, "column"))
    for rows in range(1, 5)
    for columns in range(1, 5)
]


def named(drawn: Figure) -> str:
    return f"{drawn.kind}-{'x'.join(str(len(part)) for part in (drawn.parts, drawn.rows, drawn.columns) if part)}"


@pytest.fixture(scope="module")
def whole_course() -> Course:
    found, _ = load(COURSES / "whole")
    assert found is not None
    return found


def with_figure(course: Course, drawn: Figure, labels: Sequence[str] = LABELS, language: str = "en") -> Context:
    """Put a figure into the module of the small course, with labels in turn and a sentence for each part."""
    module = course.modules["waiting"].model_copy(update={"figure": drawn})
    prose = course.prose["module", "waiting", language]
    wanted: list[tuple[str, tuple[Inline, ...], str]] = [("figure", (Text("The figure"),), "What it shows.")]
    wanted += [
        (f"figure.{part}", (Text(labels[index % len(labels)]),), f"A sentence about {part}.")
        for index, part in enumerate(drawn.labels)
    ]
    added = tuple(
        Section(part, 2 + part.count("."), title, (Paragraph((Text(said),)),), Place(1), "0" * 12)
        for part, title, said in wanted
    )
    text = Prose(**{**shallow(prose), "sections": (*added, *prose.sections)})
    changed = replace(
        course,
        modules={**course.modules, "waiting": module},
        prose={**course.prose, ("module", "waiting", language): text},
    )
    return Context(changed, language)


def shallow(prose: Prose) -> dict[str, Any]:
    return {
        name: getattr(prose, name)
        for name in ("path", "language", "title", "summary", "lead", "front_digest", "translates")
    }


def drawing(context: Context) -> FigureDrawing:
    drawn = drawn_figure(context.course, context.language, "waiting")
    assert drawn is not None
    return drawn


# --- geometry read back from the drawing --------------------------------------------------------------------


@dataclass(frozen=True)
class Area:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Area, by: float = 0.0) -> bool:
        return (
            self.left + by < other.right
            and other.left + by < self.right
            and self.top + by < other.bottom
            and other.top + by < self.bottom
        )

    @property
    def corners(self) -> list[tuple[float, float]]:
        return [(x, y) for x in (self.left, self.right) for y in (self.top, self.bottom)]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def apart(self, box: Box) -> float:
        """Return how far the nearest point of the rectangle is from a box."""
        nearest = min(max(box.x, self.left), self.right), min(max(box.y, self.top), self.bottom)
        rows = [self.top, nearest[1], self.bottom]
        return min(box.distance((x, y)) for x in (self.left, nearest[0], self.right) for y in rows)

    def holds(self, other: Area) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def inside(self, x: float, y: float, by: float) -> bool:
        return self.left + by < x < self.right - by and self.top + by < y < self.bottom - by


@dataclass(frozen=True)
class Drawn:
    """A drawing read back: its frame, its words, its boxes and discs, and points along its lines."""

    frame: Area
    words: tuple[tuple[str, Area], ...]
    boxes: tuple[Box, ...]
    discs: tuple[Box, ...]
    points: tuple[tuple[float, float], ...]


NUMBERS = ("x", "y", "width", "height", "rx", "cx", "cy", "r")


@cache
def read(svg: str) -> Drawn:
    root = etree.fromstring(svg)
    left, top, width, height = map(float, root.get("viewBox").split())
    size = float(root.get("font-size"))
    words, boxes, discs, points = [], [], [], []
    for item in root:
        number = {name: float(item.get(name)) for name in NUMBERS if item.get(name)}
        match etree.QName(item).localname:
            case "text":
                wide = text_width(item.text, size, item.get("font-weight") == "700")
                start = number["x"] - {"start": 0.0, "middle": wide / 2, "end": wide}[item.get("text-anchor")]
                area = Area(start, number["y"] - 0.75 * size, start + wide, number["y"] + 0.22 * size)
                words.append((item.text, area))
            case "rect":
                x, y = number["x"], number["y"]
                middle = x + number["width"] / 2, y + number["height"] / 2
                boxes.append(Box(*middle, number["width"], number["height"], number["rx"]))
            case "circle":
                radius = number["r"]
                discs.append(Box(number["cx"], number["cy"], 2 * radius, 2 * radius, radius))
            case "path":
                points += list(along(item.get("d")))
            case other:
                raise AssertionError(other)
    return Drawn(Area(left, top, left + width, top + height), tuple(words), tuple(boxes), tuple(discs), tuple(points))


def along(path: str) -> Iterator[tuple[float, float]]:
    """Yield points along a path, close together."""
    pen = RecordingPen()
    parse_path(path, pen)
    at = (0.0, 0.0)
    for name, given in pen.value:
        if name in ("closePath", "endPath"):
            continue
        control = (at, *given)
        steps = 1 if name == "moveTo" else 60
        for step in range(1, steps + 1):
            yield bezier(control if name != "moveTo" else given, step / steps)
        at = given[-1]


def bezier(control: Sequence[tuple[float, float]], t: float) -> tuple[float, float]:
    points = list(control)
    while len(points) > 1:
        points = [((1 - t) * a + t * c, (1 - t) * b + t * d) for (a, b), (c, d) in pairwise(points)]
    return points[0]


#: Labels in three turns, so that each stands in other places of a figure.
TURNS = (0, 3, 5)


@pytest.fixture(scope="module")
def drawings(whole_course: Course) -> dict[tuple[str, int], FigureDrawing]:
    """Every figure with its labels in every turn, drawn once."""
    return {
        (named(drawn), turn): drawing(with_figure(whole_course, drawn, LABELS[turn:] + LABELS[:turn]))
        for drawn in FIGURES
        for turn in TURNS
    }


def crowded(drawn: Figure, found: Drawn) -> Iterator[str]:
    """Yield what stands too close to something else, or outside the frame."""
    for words, area in found.words:
        if not found.frame.holds(area):
            yield f"{words!r} leaves the frame"
        for box in (*found.boxes, *found.discs):
            distances = [box.distance(corner) for corner in area.corners]
            if max(distances) > 0 and area.apart(box) < 2:
                yield f"{words!r} touches {box}"
        yield from (f"{words!r} is crossed at {x, y}" for x, y in found.points if area.inside(x, y, -1.5))
    for (one, a), (two, b) in combinations(found.words, 2):
        if a.overlaps(b, by=0.5):
            yield f"{one!r} overlaps {two!r}"
    for first, second in combinations((*found.boxes, *found.discs), 2):
        if first.apart(second) < 4 and (first.x, first.y) != (second.x, second.y):
            yield f"{first} is close to {second}"
    half = (found.frame.right - found.frame.left) / 2
    for box in (*found.boxes, *found.discs):
        if abs(box.x - found.frame.middle) + box.width / 2 > half:
            yield f"{box} leaves the frame at the side"
        if found.frame.top > box.y - box.height / 2 or box.y + box.height / 2 > found.frame.bottom:
            yield f"{box} leaves the frame above or below"
        # Seven around a middle are more than a hub is meant for; there ties pass behind boxes.
        if (len(drawn.parts) <= 7 or drawn.kind != "hub") and drawn.kind != "continuum":
            yield from (f"{box} is crossed at {point}" for point in found.points if box.distance(point) < -3)
    yield from (f"a line leaves the frame at {x, y}" for x, y in found.points if not found.frame.inside(x, y, -0.1))


@pytest.mark.parametrize("shape", ["wide", "tall"])
def test_words_are_clear_of_each_other_and_of_everything(
    drawings: dict[tuple[str, int], FigureDrawing], shape: str
) -> None:
    faults = [
        (named(drawn), turn, fault)
        for drawn in FIGURES
        for turn in TURNS
        for fault in crowded(drawn, read(getattr(drawings[named(drawn), turn], shape)))
    ]
    assert faults == []


def test_every_label_is_written_whole(drawings: dict[tuple[str, int], FigureDrawing]) -> None:
    faults = []
    for drawn in FIGURES:
        result = drawings[named(drawn), 0]
        said = [LABELS[index % len(LABELS)] for index in range(len(drawn.labels))]
        if list(result.words) != list(zip(said, [f"A sentence about {part}." for part in drawn.labels], strict=True)):
            faults.append((named(drawn), result.words))
        for svg in (result.wide, result.tall):
            written = "".join(re.sub(r"[\s-]", "", words) for words, _ in read(svg).words)
            faults += [(named(drawn), label) for label in said if re.sub(r"[\s-]", "", label) not in written]
    assert faults == []


def test_ordinary_labels_take_two_lines_at_most(whole_course: Course) -> None:
    labels = ("Municipal coordinator", "Specialist counterpart", "Administrative body", "The people who matter")
    for drawn in FIGURES:
        if len(drawn.parts) > 7:
            continue
        result = drawing(with_figure(whole_course, drawn, labels))
        most = 2 * len(drawn.labels) + (len(drawn.parts) if drawn.kind == "cycle" else 0)
        assert len(read(result.wide).words) <= most, named(drawn)


def unlike_a_drawing(svg: str, pixels: int) -> Iterator[str]:
    """Yield what a drawing beside its words must not have, such as words below 12 px where it is narrowest."""
    root = etree.fromstring(svg)
    if root.get("aria-hidden") != "true":
        yield "it is not hidden from those who have the words"
    yield from (etree.tostring(item).decode() for item in root.iter() if item.get("id") or item.get("style"))
    if "currentColor" not in svg or "#" in svg:
        yield "it has colours of its own"
    if float(root.get("font-size")) * pixels / float(root.get("viewBox").split()[2]) < 12:
        yield f"words below 12 px at {pixels} px"


def test_drawings_carry_no_ids_no_styles_and_are_hidden(drawings: dict[tuple[str, int], FigureDrawing]) -> None:
    # A phone's width, and where the wide drawing takes over.
    faults = [
        (name, turn, fault)
        for (name, turn), result in drawings.items()
        for svg, pixels in ((result.tall, 288), (result.wide, 560))
        for fault in unlike_a_drawing(svg, pixels)
    ]
    assert faults == []


@pytest.mark.parametrize("kind", [*KINDS, "matrix"])
def test_what_is_written_is_escaped(whole_course: Course, kind: str) -> None:
    drawn = next(drawn for drawn in FIGURES if drawn.kind == kind and len(drawn.labels) >= 3)
    labels = ("<b>R&D</b>", 'a "quote" > b', "it’s\x07 & so")
    result = drawing(with_figure(whole_course, drawn, labels))
    for svg in (result.wide, result.tall):
        assert "<b>" not in svg
        assert "\x07" not in svg
        assert "&lt;b&gt;R&amp;D&lt;/b&gt;" in svg
        read(svg)


def test_marks_of_stress_are_left_out_of_labels(whole_course: Course) -> None:
    context = with_figure(whole_course, FIGURES[2])
    prose = context.course.prose["module", "waiting", "en"]
    title = (Text("A "), Strong((Text("strong"),)), Text(" word"))
    first = replace(prose.sections[1], title=title)
    text = Prose(**{**shallow(prose), "sections": (prose.sections[0], first, *prose.sections[2:])})
    course = replace(context.course, prose={**context.course.prose, ("module", "waiting", "en"): text})
    assert drawing(Context(course, "en")).words[0][0] == "A strong word"


def test_a_sentence_is_all_that_the_section_says(whole_course: Course) -> None:
    def said(text: str) -> Paragraph:
        return Paragraph((Text(text),))

    def cell(text: str) -> tuple[Inline, ...]:
        return (Text(text),)

    context = with_figure(whole_course, FIGURES[1])
    prose = context.course.prose["module", "waiting", "en"]
    blocks = (
        said("One."),
        ItemList((((said("Two."), Quote((said("Three."),)))), (said("Four."),))),
        Table((cell("five"), cell("six")), ((cell("seven"), cell("eight")),), ("", "")),
        CodeBlock("nine  = 9\n", "python"),
    )
    first = replace(prose.sections[1], blocks=blocks)
    text = Prose(**{**shallow(prose), "sections": (prose.sections[0], first, *prose.sections[2:])})
    course = replace(context.course, prose={**context.course.prose, ("module", "waiting", "en"): text})
    sentence = "One. Two. Three. Four. five six seven eight nine = 9"
    assert [each for _, each in drawing(Context(course, "en")).words] == [sentence, "A sentence about part-1."]


def test_the_same_figure_is_drawn_the_same(whole_course: Course) -> None:
    for drawn in FIGURES[::5]:
        context = with_figure(whole_course, drawn)
        assert drawing(context) == drawing(context)


def test_a_label_of_many_words_is_drawn_at_once(whole_course: Course) -> None:
    for drawn in (FIGURES[4], FIGURES[12], FIGURES[20], FIGURES[28], FIGURES[-1]):
        result = drawing(with_figure(whole_course, drawn, ("many words in one label " * 20,)))
        for svg in (result.wide, result.tall):
            found = read(svg)
            assert not any(a.overlaps(b, by=0.5) for (_, a), (_, b) in combinations(found.words[:30], 2))


def test_a_name_of_many_words_is_drawn_at_once() -> None:
    lines = lines_of("many words in one name " * 60, 16, 138)
    assert " ".join(lines) == " ".join(["many words in one name"] * 60)
    assert all(text_width(line, 16) <= 138 for line in lines)


def test_without_structure_or_words_there_is_no_figure(whole_course: Course) -> None:
    assert drawn_figure(whole_course, "en", "waiting") is None
    context = with_figure(whole_course, FIGURES[3])
    assert drawn_figure(context.course, "nb", "waiting") is None
    for empty in (Figure(kind="cycle"), Figure(kind="matrix", rows=("a",)), Figure(kind="hub")):
        module = whole_course.modules["waiting"].model_copy(update={"figure": empty})
        course = replace(whole_course, modules={"waiting": module})
        assert drawn_figure(course, "en", "waiting") is None


def test_structure_of_another_kind_is_not_drawn(whole_course: Course) -> None:
    """A matrix by name with parts only, or the other way round, is no reason to fall."""
    rows = Figure(kind="levels", rows=ids(1, "row"), columns=ids(1, "column"))
    for odd in (Figure(kind="matrix", parts=ids(2)), rows):
        context = with_figure(whole_course, odd)
        assert drawn_figure(context.course, "en", "waiting") is None


# --- the page -----------------------------------------------------------------------------------------------


def page(course: Course, language: str, unit: str) -> str:
    return html_of(next(a for a in pages(course, language, {}) if a.path == f"modules/{unit}.md").data)


@pytest.mark.parametrize("drawn", [FIGURES[i] for i in (4, 12, 18, 29, -1)], ids=named)
def test_the_page_says_the_same_in_words(whole_course: Course, drawn: Figure) -> None:
    context = with_figure(whole_course, drawn)
    text = page(context.course, "en", "waiting")
    assert text.count("<figure") == 1
    assert text.index('id="opening"') < text.index('id="figure"') < text.index("<figure")
    words = text[text.index("<figcaption>") : text.index("</figcaption>")]
    assert "What it shows." in words
    for part, (label, sentence) in zip(drawn.labels, drawing(context).words, strict=True):
        assert words.count(f'id="figure.{part}"') == 1
        assert escape(label) in words
        assert sentence in words
    assert ("<table" in words) == (drawn.kind == "matrix")
    if drawn.kind == "matrix":
        table = etree.fromstring(re.sub(r"\s+", " ", words[words.index("<table") : words.index("</table>") + 8]))
        assert len(table.findall(".//th[@scope='col']")) == len(drawn.columns)
        assert len(table.findall(".//th[@scope='row']")) == len(drawn.rows)
        assert [len(row.findall("td")) for row in table.findall("tbody/tr")] == [len(drawn.columns)] * len(drawn.rows)


@pytest.mark.build
def test_the_modules_of_the_project_have_their_figures() -> None:
    course = shipped_course()
    shown: list[Module] = [module for module in course.modules.values() if module.figure]
    assert "interdependence" in {module.id for module in shown}
    for module in shown:
        for language in course.languages:
            if course.text("module", module.id, language) is None:
                continue
            result = drawn_figure(course, language, module.id)
            assert result is not None, (module.id, language)
            for label, sentence in result.words:
                assert len(label) <= 26, (module.id, language, label)
                assert sentence
