"""Drawings as they were when somebody last looked at them: `goldens/drawings/*.svg` open in any browser.

Figures of every kind, with few and many parts, and maps from a bare one to a crowded one, for wide screens, for
narrow ones and for paper. `pytest --update-expected` draws them anew: open what differs.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest

from conftest import COURSES, compare, steps
from documents import drawn_figure, drawn_map
from samspill.document.case import case_map
from samspill.document.tree import plain
from samspill.drawing.frame import Frame, Node
from samspill.drawing.geometry import Box, Curve
from samspill.drawing.lettering import lines_of, text_width
from samspill.drawing.map import TALL, WIDE, Note, _free
from samspill.drawing.map_layout import clearest, lay_out
from samspill.drawing.outline import settable
from samspill.drawing.routes import Layout, Link, candidates, cross, routed
from samspill.model import Actor, Course, Figure, Forms, Named, Service, Tie
from samspill.reading.context import Context
from samspill.source import load
from test_figure import LABELS, ids, with_figure

FIGURES = {
    "continuum-2": Figure(kind="continuum", parts=ids(2)),
    "continuum-5": Figure(kind="continuum", parts=ids(5)),
    "continuum-7": Figure(kind="continuum", parts=ids(7)),
    "cycle-3": Figure(kind="cycle", parts=ids(3)),
    "cycle-6": Figure(kind="cycle", parts=ids(6)),
    "cycle-8": Figure(kind="cycle", parts=ids(8)),
    "levels-2": Figure(kind="levels", parts=ids(2)),
    "levels-5": Figure(kind="levels", parts=ids(5)),
    "hub-4": Figure(kind="hub", parts=ids(4)),
    "hub-8": Figure(kind="hub", parts=ids(8)),
    "matrix-2-2": Figure(kind="matrix", rows=ids(2, "row"), columns=ids(2, "column")),
    "matrix-4-3": Figure(kind="matrix", rows=ids(4, "row"), columns=ids(3, "column")),
}
#: The same with words as short as they come, and with one part.
SHORT = {
    "continuum-1": Figure(kind="continuum", parts=ids(1)),
    "continuum-6": Figure(kind="continuum", parts=ids(6)),
    "cycle-4": Figure(kind="cycle", parts=ids(4)),
    "cycle-7": Figure(kind="cycle", parts=ids(7)),
    "levels-1": Figure(kind="levels", parts=ids(1)),
    "levels-3": Figure(kind="levels", parts=ids(3)),
    "hub-1": Figure(kind="hub", parts=ids(1)),
    "hub-3": Figure(kind="hub", parts=ids(3)),
    "matrix-4-1": Figure(kind="matrix", rows=ids(4, "row"), columns=ids(1, "column")),
}
WORDS = ("A", "No", "Bo og Ida", "Hi", "Ŋ", "Together we are many more", "I")
#: Services of a crowded map: short names, long ones, and one that must be broken.
SERVICES = (
    "GP", "Job centre", "District psychiatric centre", "Housing office", "Emergency ward", "Crisis team", "Pharmacy",
    "Addiction clinic", "Rehabiliteringskoordinatoren", "School", "Probation", "Peer support",
)  # fmt: skip
KINDS = ("referral", "information", "plan", "meeting", "follow-up", "treatment", "support", "agreement", "trust")
STATES = ("working", "irregular", "missing")
#: Maps by the number of services, and the pairs that are tied: 0 is the person.
MAPS: dict[str, tuple[int, tuple[tuple[int, int], ...]]] = {
    "one": (1, ((0, 1),)),
    "two": (2, ((1, 0), (1, 2))),
    "three-round": (3, ((1, 2), (2, 3), (3, 1), (0, 2))),
    "five-across": (5, ((0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 3), (2, 4), (3, 5), (4, 1), (5, 2))),
    "eight": (8, ((1, 5), (2, 6), (3, 7), (4, 8), (1, 2), (2, 3), (0, 8), (0, 4), (5, 8), (6, 1), (7, 0))),
    "nine": (
        9, ((0, 1), (0, 4), (0, 7), (1, 2), (2, 3), (3, 4), (5, 6), (6, 7), (8, 9), (9, 1), (1, 7), (2, 9), (6, 3)),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Course:
    """The small course."""
    found, _ = load(COURSES / "whole")
    assert found is not None
    return found


def crowded(course: Course, count: int, pairs: tuple[tuple[int, int], ...]) -> Context:
    """Put services and ties into the case of the small course."""
    ends = ["person", *(f"actor-{number}" for number in range(1, count + 1))]
    services = tuple(
        Service(id=end, level="state", forms={"en": Forms(bare=name, a=name, the=name, whose=name)})
        for end, name in zip(ends[1:], SERVICES, strict=False)
    )
    ties = tuple(
        Tie(source=ends[a], target=ends[b], kind=KINDS[index % 9], state=STATES[index % 3])
        for index, (a, b) in enumerate(pairs)
    )
    case = course.cases["two-doors"].model_copy(
        update={
            "actors": tuple(Actor(id=end, service=end) for end in ends[1:]),
            "ties": ties,
            "names": {"person": Named(name="Solveig", age=50)},
        }
    )
    setting = course.settings["no"].model_copy(update={"services": services})
    changed = replace(course, cases={case.id: case}, settings={"no": setting})
    return Context(changed, "en", case)


def test_every_map(small: Course, update: bool) -> None:
    made = {}
    for name, (count, pairs) in MAPS.items():
        context = crowded(small, count, pairs)
        assert context.case is not None
        drawing = drawn_map(context)
        made |= {f"{name}-{shape}.svg": _file(getattr(drawing, shape)) for shape in ("wide", "tall", "print")}
        lines = [plain(line) for line in case_map(context, context.case).lines]
        made[f"{name}.txt"] = "\n".join(lines) + "\n"
    swedish = drawn_map(replace(crowded(small, *MAPS["two"]), language="sv"))
    made |= {f"two-{shape}-sv.svg": _file(getattr(swedish, shape)) for shape in ("wide", "tall")}
    compare(made, "drawings/maps", update=update)


def mixed(number: int) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return labels and ties of three to nine services, as the number has it."""
    chance = random.Random(number)
    count = 3 + number % 7
    labels = {"person": chance.choice(("Solveig", "Bo", "Anne-Kristine"))}
    labels |= {name.lower().replace(" ", "-"): name for name in chance.sample(SERVICES, count)}
    every = list(combinations(labels, 2))
    pairs = chance.sample(every, min(len(every), count + chance.randrange(1, 7)))
    return labels, [pair if chance.random() < 0.5 else pair[::-1] for pair in pairs]


def laid_out(frame: Frame, labels: dict[str, str], ties: list[tuple[str, str]]) -> Iterator[str]:
    """Yield a layout in words: its cost, where each node stands and how far each tie swings out."""
    layout = lay_out(frame, labels, ties)
    yield f"  {'tall' if frame.tall else 'wide'}: {layout.cost:.2f}{'' if layout.clean else ', not clean'}"
    yield from (f"    {node.id} {node.box.x:.1f} {node.box.y:.1f}" for node in layout.nodes)
    for link in layout.links:
        numbers = " ".join(f"{x:.1f} {y:.1f}" for x, y in (link.curve.start, link.curve.at(0.5), link.curve.end))
        yield f"    {link.source} – {link.target}: {numbers}"


def test_where_nodes_stand_and_ties_run(update: bool) -> None:
    """Maps that nobody arranged, and three services with hardly any room: then ties run over them."""
    lines = []
    for number in (3, 4, 5, 7, *range(10, 17), *range(20, 24), 44, 45, 46, 47, 49):
        lines += [str(number), *laid_out(WIDE, *mixed(number)), *laid_out(TALL, *mixed(number))]
    labels = {"person": "Solveig", "crisis": "Crisis team in town", "job": "Job centre for all", "home": "Housing"}
    for frame in (Frame(200, 16, 190), Frame(200, 16, 190, tall=True)):
        lines += ["narrow", *laid_out(frame, labels, list(combinations(labels, 2)))]
    lines += ["alone", *laid_out(WIDE, {"person": "Solveig"}, [])]
    compare({"layouts.txt": "\n".join(lines) + "\n"}, "drawings/layouts", update=update)


def test_which_ways_a_tie_may_take(update: bool) -> None:
    """What each way costs and its middle, the cheapest first; a straight one first of all."""
    person, box = Box(0, 0, 80, 80, 40), Box(100, 150, 120, 50, 22)
    lines = []
    for frame, source, target in ((WIDE, person, box), (TALL, box, person), (TALL, box, Box(-100, 150, 90, 40, 20))):
        lines.append(f"{source} to {target}")
        for cost, curve in candidates(frame, source, target):
            ends = " ".join(f"{x:.1f} {y:.1f}" for x, y in (curve.start, curve.at(0.5), curve.end))
            lines.append(f"  {cost:.2f}: {ends}")
    compare({"ways.txt": "\n".join(lines) + "\n"}, "drawings/ways", update=update)


def test_a_map_is_laid_out_in_few_steps() -> None:
    """Only what may be better than the best so far is looked at closely."""
    labels, ties = mixed(5)
    assert steps(lambda: clearest(WIDE, labels, ties)) < 108_000
    assert steps(lambda: clearest(TALL, labels, ties)) < 142_000


@pytest.mark.parametrize(
    ("other", "crosses"),
    [
        (((0, 8), (8, 0)), True),
        (((8, 0), (0, 8)), True),
        (((0, 8), (3, 4)), False),
        (((9, 8), (10, 0)), False),
        (((0, 1), (8, 9)), False),
        (((4, 4), (8, 0)), False),  # it only touches, at either end of either
        (((8, 0), (4, 4)), False),
        (((0, 16), (16, 0)), False),
        (((-4, 4), (4, -4)), False),
    ],
)
def test_when_one_straight_piece_crosses_another(
    other: tuple[tuple[float, float], tuple[float, float]], crosses: bool
) -> None:
    assert cross((0, 0), (8, 8), *other) is crosses
    assert cross(*other, (0, 0), (8, 8)) is crosses


def test_a_tie_keeps_clear_of_nodes_and_of_the_edge() -> None:
    """Six units from a node, and dearer below sixteen; three from the edge."""

    def swing(gap: float) -> tuple[float, float]:
        places = {"a": (-200, 0), "b": (200, 0), "over": (0, -gap - 25), "under": (0, gap + 25)}
        nodes = tuple(Node(name, (name,), Box(*place, 100, 50, 22)) for name, place in places.items())
        layout = routed(WIDE, nodes, [("a", "b")])
        return round(layout.cost, 2), round(layout.links[0].curve.at(0.5)[1], 2)

    assert [swing(gap) for gap in (17, 16, 15.9, 6, 5.99)] == [(40, 0), (40, 0), (40.15, 0), (55, 0), (82.5, 85)]
    for side in (1, -1):
        for x, middle in ((356.9, 356.9), (357.1, 345.1)):
            nodes = tuple(Node(name, (name,), Box(side * x, y, 50, 50, 25)) for name, y in (("a", -200), ("b", 200)))
            assert routed(WIDE, nodes, [("a", "b")]).links[0].curve.at(0.5)[0] == pytest.approx(side * middle)


@pytest.mark.parametrize(
    ("label", "widest", "wider", "narrower"),
    [
        ("Kommunehelse", "Kommunehelse", ("Kommunehelse",), ("Kommu-", "nehelse")),
        ("Bo og Ida", "Bo og Ida", ("Bo og Ida",), ("Bo og", "Ida")),
        ("Bo og Ida " * 4, "Bo og Ida", ("Bo og Ida",) * 4, ("Bo og", "Ida Bo", "og Ida") * 2),
    ],
)
def test_a_line_is_as_wide_as_its_room(
    label: str, widest: str, wider: tuple[str, ...], narrower: tuple[str, ...]
) -> None:
    room = text_width(widest, 16)
    assert [lines_of(label, 16, width) for width in (room, room - 0.01)] == [wider, narrower]


def test_what_no_drawing_may_hold_is_left_out(small: Course) -> None:
    context = crowded(small, *MAPS["one"])
    assert context.case is not None
    names = {"person": Named(name="Sol\x07veig\x1f", age=50)}
    case = context.case.model_copy(update={"names": names})
    course = replace(context.course, cases={case.id: case})
    drawing = drawn_map(Context(course, "en", case))
    assert [">Solveig</text>" in shape for shape in (drawing.wide, drawing.tall, drawing.print)] == [True] * 3


def test_a_note_stands_where_there_is_room() -> None:
    """Six units from a node and from another note, three from a tie, four from the edge."""
    person = Node("person", ("Bo",), Box(0, 100, 80, 80, 40))
    layout = Layout((person,), (Link(0, "a", "b", Curve((-100, 0), (-50, 0), (50, 0), (100, 0))),), 0.0, True)
    taken = [Note("plan", Box(0, -100, 40, 16))]

    def free(x: float, y: float) -> bool:
        return _free(Box(x, y, 40, 16), WIDE, layout, taken)

    assert [free(x, 100) for x in (65.9, 66, 336, 336.1, -336, -336.1)] == [False, True, True, False, True, False]
    assert [free(0, y) for y in (46, 46.1, 153.9, 154)] == [True, False, False, True]
    assert [free(0, y) for y in (-11, -10.9, 10.9, 11)] == [True, False, False, True]
    assert [free(0, y) for y in (-122, -121.9, -78.1, -78)] == [True, False, False, True]
    assert [free(x, -100) for x in (45.9, 46)] == [False, True]


def test_every_figure(small: Course, update: bool) -> None:
    made = {}
    every = [(name, drawn, LABELS) for name, drawn in FIGURES.items()]
    every += [(f"{name}-short", drawn, WORDS) for name, drawn in SHORT.items()]
    for name, drawn, labels in every:
        context = with_figure(small, drawn, labels)
        drawing = drawn_figure(context.course, "en", "waiting")
        assert drawing is not None
        made |= {f"{name}-{shape}.svg": _file(getattr(drawing, shape)) for shape in ("wide", "tall", "print")}
        made[f"{name}.txt"] = "".join(f"{label}: {said}\n" for label, said in drawing.words)
    compare(made, "drawings/figures", update=update)


#: Labels of two words by their width in em thousandths, close together.
GRADED = sorted(
    {
        round(text_width(label, 1.0), 3): label
        for m, n, r, i in product(range(3, 19), range(3), range(3), range(1, 5))
        for label in [f"{'m' * m}{'n' * n} {'r' * r}{'i' * i}"]
    }.items()
)
#: Parts of figures, each with room of its own.
ROOMS = {
    "continuum-5": ("part-1",),
    "continuum-7": ("part-0",),
    "cycle-6": ("part-0", "part-1"),
    "cycle-8": ("part-2",),
    "levels-5": ("part-0", "part-3"),
    "hub-4": ("part-0", "part-1"),
    "matrix-2-2": ("row-0", "column-1", "row-1-column-0"),
}


def test_how_much_stands_on_a_line(small: Course, update: bool) -> None:
    """The widest label of two words that is not broken, for each part that has room of its own."""
    lines = []
    for name, parts in ROOMS.items():
        for part in parts:
            names = FIGURES[name].labels

            def broken(label: str, shape: str, name: str = name, place: int = names.index(part)) -> bool:
                labels = ["A" if index != place else label for index in range(len(FIGURES[name].labels))]
                context = with_figure(small, FIGURES[name], labels)
                drawn = drawn_figure(context.course, "en", "waiting")
                return f">{label}</text>" not in getattr(drawn, shape)

            for shape in ("wide", "tall"):
                first = bisect(GRADED, False, key=lambda each, shape=shape: broken(each[1], shape))
                lines.append(f"{name} {part} {shape}: {GRADED[first - 1][1]} ({GRADED[first - 1][0]} em)")
    for shape, frame in (("wide", WIDE), ("tall", TALL)):
        for end in ("person", "clinic"):
            first = bisect(GRADED, False, key=lambda each, at=(frame, end): len(at[0].node(at[1], each[1]).lines) > 1)
            lines.append(f"map {end} {shape}: {GRADED[first - 1][1]} ({GRADED[first - 1][0]} em)")
    compare({"lines.txt": "\n".join(lines) + "\n"}, "drawings/lines", update=update)


#: Lines of a drawing for print, with letters whose marks are characters of their own.
MARKED = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 160" font-size="20"><path d="M150 0V160"/>'
    '<text x="150" y="20" text-anchor="middle" fill="#111111" class="map-name" font-weight="700">Ẹ́bùn</text>'
    '<text x="150" y="50" text-anchor="end" font-weight="400">M̂ari Q̣̂</text>'
    '<text x="150" y="80">Ŋ̀o</text><text x="150" y="110" fill="#222222">Anne\u2011Ma\u00adrit\u200b</text>'
    '<text x="150" y="140" text-anchor="start" class="map-label" font-weight="700">Ж̑Ŋ̀</text></svg>'
)


def test_letters_with_marks_are_drawn(update: bool) -> None:
    plain = MARKED.replace("Ẹ́", "E").replace("M̂", "M").replace("Q̣̂", "Q").replace("Ж̑Ŋ̀", "Zh").replace("Ŋ̀", "N")
    assert settable(plain) == plain.replace("\u2011", "-").replace("\u00ad", "").replace("\u200b", "")
    compare({"marked.svg": settable(MARKED).replace("><", ">\n<") + "\n"}, "drawings/outlines", update=update)


def _file(drawing: str) -> str:
    """Return a drawing as a file of its own, a shape a line: on screen it stands in a page, which gives the colours."""
    drawing = str(drawing)
    if "xmlns=" not in drawing:
        drawing = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" color="#111" ', 1)
    return drawing.replace("><", ">\n<") + "\n"
