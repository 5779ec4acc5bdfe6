"""Room on paper: how many letters each text of a sheet has room for, and how words are divided that have too many.

Goldens, all of them: `pytest --update-expected` writes them anew. That the widths are those of the printed page, and
that nothing is printed over its neighbour, is for `test_paper`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

import pytest

from conftest import Run, change, compare
from samspill.model import Course
from samspill.render import paper
from samspill.render.paper.room import fitted, unfit
from samspill.render.paper.sheet import sheet
from samspill.source import load
from samspill.typeface import columns
from samspill.typeface.columns import capped, shared, unfit_cells
from samspill.typeface.words import unbroken_parts, unfit_words
from test_goldens import ADDRESS, LONG, put_together
from test_letters import width

#: Where a text is on a sheet: keys and numbers, from outside.
Path = tuple[str | int, ...]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The rich course."""
    found, _ = load(put_together(tmp_path_factory.mktemp("rich") / "rich"))
    assert found is not None
    return found


#: What on a sheet is no text for a reader, or is not made to fit.
NO_TEXT = {
    "is", "kind", "language", "type", "author", "date", "imprint", "page", "note", "fields", "document_title",
    "align", "lang", "url", "drawing", "alternative", "short_alternative", "room", "end", "total", "time", "answers",
    "pictures", "key", "keys", "after", "words_title",
}  # fmt: skip


#: Kinds of sheets whose texts are as wide and as large as those of another.
LIKE = {"stages": "participant", "map": "participant", "reader": "participant", "plan": "guide", "facilitator": "guide"}


def test_where_each_text_is_full(course: Course, update: bool) -> None:
    """How many letters each text of each kind of sheet has room for, and what is done for one more and for many."""
    made: dict[str, list[str]] = {}
    seen = set()
    for each in paper.handouts(course, "nb"):
        whole = sheet(course, "nb", each.kind, each.unit, each.part)
        for part in (None, *whole["parts"]):
            alone = whole | {"parts": [part] if part else []}
            for path, place in _texts(alone if part is None else {"parts": [part]}):
                # Of what looks the same on several kinds of sheets, one is enough.
                if (known := (LIKE.get(each.kind, each.kind) if part else each.kind, place)) not in seen:
                    seen.add(known)
                    made.setdefault(each.kind, []).append(f"{place}: {_full(alone, path)}\n")
    compare({f"{kind}.txt": "".join(lines) for kind, lines in made.items()}, "full", update=update)


def _texts(value: Any, path: Path = (), place: str = "") -> Iterator[tuple[Path, str]]:
    """Yield where the texts of a sheet are, and what such a place is called."""
    if isinstance(value, str):
        yield path, place
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number), place)
    elif isinstance(value, dict):
        here = f"{place} {value['is']}" if "is" in value else place
        for key, inner in value.items():
            if key not in NO_TEXT and value.get("is") != "picture":
                yield from _texts(inner, (*path, key), f"{here} {key}".strip())


def _full(whole: Any, path: Path) -> str:
    def put(value: Any, rest: Path, word: str) -> Any:
        if not rest:
            return word
        if isinstance(value, list):
            return [put(each, rest[1:], word) if at == rest[0] else each for at, each in enumerate(value)]
        return value | {rest[0]: put(value[rest[0]], rest[1:], word)}

    def done(count: int) -> str:
        before = put(whole, path, ("il" * count)[:count])
        return ", ".join(dict.fromkeys(_changes(before, fitted(before))))

    match path:
        case ("parts", 0, "blocks", int() as block, *rest):  # the others take their time and say nothing
            whole = whole | {"parts": [whole["parts"][0] | {"blocks": [whole["parts"][0]["blocks"][block]]}]}
            path = ("parts", 0, "blocks", 0, *rest)
    few, many, plain = 1, 200, done(1)
    if done(many) == plain:
        return "any"
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (middle, many) if done(middle) == plain else (few, middle)
    return f"{few}, then {done(many)}; {few * 2}: {done(few * 2)}"


def _changes(before: Any, after: Any) -> Iterator[str]:
    """Yield what was done to a sheet: sizes and widths, and where something may be divided."""
    if isinstance(before, dict) and isinstance(after, dict) and before.get("is") == after.get("is"):
        for key, value in after.items():
            if key in before:
                yield from _changes(before[key], value)
            elif isinstance(value, int | float) or key == "points":
                yield f"{key} {value}"
            elif key == "divided":
                yield " and ".join(" ".join(str(each[how]) for how in ("family", "bold", "italic")) for each in value)
            else:
                yield key
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            yield from _changes(one, other)
    elif before != after:
        yield "divided"


def _text(said: str) -> dict[str, Any]:
    return {"is": "text", "text": said}


def _in(kind: str, *children: dict[str, Any]) -> dict[str, Any]:
    return {"is": kind, "children": list(children)}


MAIL = "samarbeid.spesialisthelsetjenesten@kommunehelsetjenestene.example"
LETTERS = "Spe\u0301sia\u0301listhelsetjenestesamarbeidsavtalene Ωμέγαωμέγαωμέγαωμέγαωμέγα 汉字汉字汉字汉字汉字汉字"
#: Runs of text that are wider than the narrow box of a margin, or just not.
HARD: dict[str, list[dict[str, Any]]] = {
    "plain": [_text(f"Om {LONG[0]} og {LONG[1]}, kort sagt.")],
    "across": [
        _text("Kommunehelse"),
        _in("strong", _text("tjeneste"), _in("emphasis", _text("koordinator"))),
        _text("en"),
    ],
    "strong": [_text("a "), _in("strong", _text(LONG[1])), _text(" b")],
    "breaks": [
        _text("Kommunehelse"),
        {"is": "break"},
        _text(LONG[1]),
        {"is": "picture", "of": "a.svg"},
        _text("tjeneste"),
    ],
    "signs": [_text(f"«{LONG[2]}»! ({LONG[1]}) og/eller")],
    "hyphens": [_text("Spesialist-helsetjeneste-samarbeid spesialist\u00adhelsetjeneste\u00adsamarbeidet")],
    "dashes": [_text("Kommunehelsetjenesten–spesialisthelsetjenesten/kommunehelsetjenesten")],
    "figures": [_text("12 345 678 901 234 567 890 123 ! og ".replace(" ", "\u00a0", 7) + "1234567890" * 3)],
    "consonants": [_text("Krrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrst Bcdfghjklmnpqrstvwxzbcdfghjklmnpqrst")],
    "joined": [_text("Ut’skrivingsklar’pasient’overføring og Utskrivingsklarpasientoverføring’s:a.")],
    "address": [_text("Se "), _in("link", _text(ADDRESS)), _text(".")],
    "wide-address": [_text("https://example.org/" + "Spesialisthelsetjenestesamarbeidsavtale" * 2)],
    "mail": [_text(f"Skriv til {MAIL}, takk.")],
    "www": [_text("www.spesialisthelsetjenesten-og-kommunehelsetjenesten.example")],
    "path": [_text("samarbeid.spesialisthelsetjenesten_kommunehelsetjenesten/avtale")],
    "letters": [_text(LETTERS)],
    "empty": [_text(""), _text(LONG[0])],
    "spaces": [_text("x" * 23 + " "), _text("Samhandlingsreformen")],
}


@pytest.mark.parametrize("language", ["en", "nb"])
def test_hard_words(course: Course, language: str, update: bool) -> None:
    """How runs of text are divided in a narrow box, by themselves and in tables."""
    made = {}
    about = sheet(course, language, "worksheet", "log", "") | {"parts": []}
    for name, nodes in HARD.items():
        narrow = {"is": "prose", "blocks": [{"is": "paragraph", "children": nodes}]}
        for _ in range(27):
            narrow["blocks"] = [{"is": "quote", "blocks": narrow["blocks"]}]
        row = [nodes, [_text("kort")], [_text("middels lang")], nodes, [_text(LONG[1])]]
        table = {"is": "table", "header": [nodes, *[[_text("Hode")]] * 4], "rows": [row, row[:3]], "align": []}
        few = {"is": "table", "header": [[_text("Hode")], nodes], "rows": [[nodes, [_text("kort")]]], "align": []}
        for place, part in (("quote", narrow), ("table", _prose(table)), ("few", _prose(few))):
            before = about | {"parts": [part]}
            after, lost = fitted(before), unfit(before)
            shown = {"part": _inner(after["parts"][0]), "divided": after.get("divided", []), "unfit": lost}
            made.setdefault(f"{name}.txt", []).append(f"{place}: {json.dumps(shown, ensure_ascii=False)}\n")
    compare({name: "".join(lines) for name, lines in made.items()}, f"hard/{language}", update=update)


def _prose(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"is": "prose", "blocks": list(blocks)}


def _inner(value: dict[str, Any]) -> Any:
    """Return what stands inside of quotes inside of quotes."""
    while "blocks" in value:
        value = value["blocks"][0]
    return value


def test_words_without_room_are_named_once_and_without_their_signs() -> None:
    said = f"«{LONG[0]}», og {LONG[1]}! {LONG[1]}?"
    assert unfit_words(said, 30, 10) == (LONG[0], LONG[1])
    assert unfit_words(said, 200, 10) == ()
    assert unfit_words(said, 300, 100) == unfit_words(said, 30, 10)
    rows = [["Hode", "Hode"], [f"({LONG[1]})", "W" * 40], ["12345678901234567890", "kort"]]
    assert unfit_cells(rows, 80) == ("W" * 40, "12345678901234567890", LONG[1])
    assert unfit_cells(rows, 600) == ()


def _words_around(room: float, size: float, *, wide: str = "x", bold: bool = True) -> tuple[str, str]:
    """Return the widest word that a box has room for and the narrowest that it has not, of letters without syllables.

    They differ by a point or less.
    """
    full = int(room / width(wide, "AtkinsonHyperlegible", bold, size))
    words = [wide * (full - n) + "l" * k + "t" * m for n in range(-1, 4) for k in range(6) for m in range(6)]
    measured = [(width(word, "AtkinsonHyperlegible", bold, size), word) for word in words]
    most, fits = max(each for each in measured if each[0] <= room)
    least, no = min(each for each in measured if each[0] > room)
    assert round(least - most, 1) <= 1
    return fits, no


#: Where a word stands, in which file, instead of what, and the room it has: points, and the size of its letters.
BOXES = {
    "title": ("course/modules/waiting/en.md", "title: Waiting", "title: {}", 351, 17),
    "summary": ("course/modules/waiting/en.md", "Who waits for whom.", "{}", 351, 13.5),
    "heading": ("course/modules/waiting/en.md", "## Monday", "## {}", 351, 13),
    "paragraph": ("course/modules/waiting/en.md", "A letter lies in a tray.", "{}", 290, 10.5),
    "list": ("course/modules/waiting/en.md", "- Draw it.", "- {}", 290, 10.5),
    "list in a list": ("course/modules/waiting/en.md", "- Draw it.", "- Draw\n  - {}", 290, 10.5),
    "quotation": ("course/modules/waiting/en.md", "A letter lies in a tray.", "> {}", 290, 10.5),
    "list in a quotation": ("course/modules/waiting/en.md", "A letter lies in a tray.", "> - {}", 290, 10.5),
    "lines as they stand": ("course/modules/waiting/en.md", "A letter lies in a tray.", "```\n{}\n```", 290, 10.5),
    "objective": ("course/objectives.yml", "en: See who waits for whom in a case.", "en: {}", 290, 10.5),
    "objective in the margin": ("course/objectives.yml", "en: see who waits", "en: {}", 90, 8.8),
    "short name of a source": ("course/sources.yml", "short: Thompson", "short: {}", 290, 10.5),
}


@pytest.mark.parametrize("wide", ["x", "W"])
@pytest.mark.parametrize("place", BOXES)
def test_a_word_is_told_when_it_is_wider_than_its_box(place: str, wide: str, whole: FilePath, run: Run) -> None:
    path, old, new, room, size = BOXES[place]
    fits, no = _words_around(room, size, wide=wide)
    change(whole / path, old.format(), new.format(f"{fits} {no}"))
    lines = [line for line in run("check", root=whole).out.splitlines() if ": H002 " in line]
    box = "margin" if room == 90 else "page"
    assert [line.partition(": H002 ")[2].partition(" (")[0] for line in lines] == [f"{no} is wider than the {box}"]


#: Where a table stands, how its lines begin, how many columns it has, and how much room in points.
TABLES = {
    "three columns": ("course/modules/waiting/en.md", "A letter lies in a tray.", "", 3, 351),
    "four columns beside the margin": ("course/modules/waiting/en.md", "A letter lies in a tray.", "", 4, 464),
    "in a list": ("course/modules/waiting/en.md", "- Draw it.", "  ", 4, 464),
    "in a quotation": ("course/modules/waiting/en.md", "A letter lies in a tray.", "> ", 4, 464),
    "for the facilitator": ("course/modules/waiting/en.md", "Give them time.", "", 4, 351),
    "in a case": ("cases/two-doors/en.md", "Each waits [@thompson-1967].", "", 4, 351),
}


@pytest.mark.parametrize("wide", ["x", "W"])
@pytest.mark.parametrize("place", TABLES)
def test_a_word_is_told_when_it_is_wider_than_its_column(place: str, wide: str, whole: FilePath, run: Run) -> None:
    path, old, begin, columns, room = TABLES[place]
    # Beside it stand columns of one bold letter, and each has 4.4 mm between itself and the next.
    left = room - columns * 4.4 / 25.4 * 72 - (columns - 1) * width("a", "AtkinsonHyperlegible", True, 9)
    fits, no = _words_around(left, 9, wide=wide, bold=False)
    rows = [["a"] * columns, ["---"] * columns, *([word] + ["b"] * (columns - 1) for word in (fits, no))]
    change(whole / path, old, f"{old}\n\n" + "\n".join(f"{begin}| {' | '.join(row)} |" for row in rows) + "\n\n")
    lines = [line for line in run("check", root=whole).out.splitlines() if ": H002 " in line]
    assert [line.partition(": H002 ")[2].partition(" (")[0] for line in lines] == [
        f"{no} is wider than its column in a table of {columns}"
    ]


@pytest.mark.parametrize("kind", ["roles", "page"])
def test_a_line_without_a_word_stays_as_it_is(course: Course, kind: str) -> None:
    unit = {"roles": "long-way", "page": "about"}[kind]
    blank = sheet(course, "nb", kind, unit, "") | {"title": "\xa0" * 200, "parts": []}
    assert fitted(blank) == blank


def test_a_heading_is_set_so_small_and_no_smaller(course: Course) -> None:
    """The smallest size of a heading whose word is not divided, by level."""
    about = sheet(course, "nb", "worksheet", "log", "")

    def smallest(level: int) -> float:
        size = 0.0
        for count in range(80, 200):
            heading = {"is": "heading", "level": level, "children": [_text("i" * count)]}
            done = fitted(about | {"parts": [_prose(heading)]})["parts"][0]["blocks"][0]
            if done["children"] == heading["children"]:
                size = done.get("children_size", size)
        return size

    assert [smallest(level) for level in range(1, 6)] == [17.0, 12.0, 11.0, 9.0, 9.0]


@pytest.mark.parametrize(
    ("title", "size"),
    [
        # A seventh of a point is left free: once where a word is in the usual size, and twice where it is made smaller.
        ("i" * 34 + "n" * 16, None),
        ("i" * 35 + "n" * 14 + "m", 22.95),
        ("i" * 24 + "n" * 17 + "mmm", 22.95),
        ("iii" + "n" * 6 + "m" * 19, 22.25),
        ("i" * 9 + "n" * 6 + "m" * 18, 21.15),
        ("n" * 27 + "m" * 12, 17.65),
    ],
)
def test_a_title_is_made_so_much_smaller_and_no_more(title: str, size: float | None, course: Course) -> None:
    done = fitted(sheet(course, "nb", "worksheet", "log", "") | {"title": title, "parts": []})
    assert (done["title"], done.get("title_size")) == (title, size)


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("samarbeidsavtale", "samar- marbeid- beidsav- savtale- savtale"),
        ("ÅRSAVTALENE", "ÅRSAV- SAVTA- TALENE- TALENE"),
        ("utskrivingsklart", "utskri- rivingsk- vingsklart- vingsklart"),
        ("telefon", "tele- lefon- lefon"),
        ("praxisaxler", "praxi- xisax- saxler- saxler"),
        ("maxitaxiflex", "maxi- xita- taxif- xiflex- xiflex"),
        ("«(avtalene),", "«(avta- avta- talene- talene),"),
        ("(klart)!", "(klart)!"),
        ("og/eller", "og/el og/eller"),
        ("søknad-skjema", "søknad-sk ad-skjema"),
        ("krrst", "krrst"),
        ("Lars’", "Lars’"),
        ("…", "…"),
    ],
)
def test_what_division_may_leave_in_one(said: str, parts: str) -> None:
    assert list(dict.fromkeys(unbroken_parts(said))) == parts.split(" ")


@pytest.mark.parametrize(
    ("natural", "room", "settled"),
    [
        ([10, 20], 30, [10, 20]),
        ([10, 20], 29, [10, 19]),
        ([10, 90, 90], 100, [10, 45, 45]),
        ([50, 50], 60, [30, 30]),
        ([10, 30, 100], 100, [10, 30, 60]),
        ([10, 5, 60, 60], 40, [10, 5, 12.5, 12.5]),
        ([5, 40, 40, 100], 105, [5, 100 / 3, 100 / 3, 100 / 3]),
    ],
)
def test_columns_settle_as_the_typesetter_lets_them(natural: list[float], room: float, settled: list[float]) -> None:
    assert columns.settled(natural, room) == settled


def test_the_rest_of_the_room_goes_to_those_that_want_more() -> None:
    assert shared([10, 20, 5], [30, 10, 25], 55) == [20, 20, 15]
    assert shared([10, 20], [20, 30], 100) == [20, 30]
    assert shared([10, 20], [5, 20], 40) == [10, 20]


def test_the_widest_give_way_first() -> None:
    assert capped([100, 50, 20], [10, 45, 5], 110) == pytest.approx([45, 45, 20])
    assert capped([100, 50, 20], [10, 50, 5], 110) == pytest.approx([40, 50, 20])
    assert capped([10, 20], [5, 5], 100) == pytest.approx([10, 20])
