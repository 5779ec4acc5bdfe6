"""Printed pages with the longest words there are: nothing over its neighbour, nothing cut, nothing read in two."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, get_args

import page
import pypdfium2
import pytest
from pypdf import PdfReader

from conftest import change, course
from printed import DIVISION, elements, faults, said
from samspill.drawing.lettering import text_width
from samspill.model import Figure
from samspill.prose import Text
from samspill.reading.printed import HandoutKind
from samspill.render import paper
from samspill.render.paper import Handout
from samspill.render.paper.press import typeset
from samspill.render.paper.room import fitted, unfit
from samspill.render.paper.sheet import sheet
from samspill.source import load

LANGUAGES = ("en", "nb", "da", "sv")
WORDS = (
    "Specialsykehusrehabiliteringsavdelingen",
    "Kommunehelsetjenestesamarbeidsavtalen",
    "Socialpsykiatriskbehandlingskoordinator",
    "Samsjuklighetsutredningsbetänkandet",
    "Rusmiddelavhengighetsbehandlingssamarbeidsavtaleforhandlinger",
)
ADDRESS = "https://www.helsetjenestesamarbeidsavtaler.no/" + "a" * 34
MAIL = "henvendelser.specialsykehusrehabilitering@kommunehelsetjenestesamarbeidsavtalen.no"
assert len(WORDS[4]) > 60
assert len(ADDRESS) == 80
#: What an author writes on a sheet; what else stands there are words of the interface.
WRITTEN = frozenset(
    ["title", "lead", "kicker", "brand", "text", "verb", "rest", "name", "said", "before", "serves", "label", "what"]
) | {"of", "items", "words"}
UNWRITTEN = frozenset(["document_title", "drawing", "alternative", "short_alternative", "url", "columns"])


@cache
def every() -> tuple[Handout, ...]:
    return tuple(handout for language in LANGUAGES for handout in paper.handouts(course(), language))


def first(language: str, kind: str) -> Handout:
    return next(handout for handout in every() if (handout.language, handout.kind) == (language, kind))


def raw(handout: Handout) -> dict[str, Any]:
    """Return a sheet as it was before anybody looked whether its words have room."""
    return sheet(course(), handout.language, handout.kind, handout.unit, handout.part)


def printed(data: dict[str, Any]) -> bytes:
    return typeset(json.dumps(fitted(data), ensure_ascii=False))


def spoilt(value: Any, words: Iterator[str], key: str = "") -> Any:
    """Return a sheet with a long word in every text of the author's."""
    if isinstance(value, dict):
        kept = UNWRITTEN | ({"title"} if value.get("is") in ("references", "map") else set())
        return {
            name: item if name in kept and not isinstance(item, list) else spoilt(item, words, name)
            for name, item in value.items()
        }
    if isinstance(value, list):
        fixed = key == "columns" and all(isinstance(item, str) for item in value)
        return value if fixed else [spoilt(item, words, key) for item in value]
    if isinstance(value, str) and value and key in WRITTEN:
        return f"{value[:30]} {next(words)} {value[30:50]}"
    return value


def text(value: str) -> list[dict[str, str]]:
    return [{"is": "text", "text": value}]


def table(columns: int, words: tuple[str, ...]) -> dict[str, Any]:
    def cell(number: int) -> list[dict[str, str]]:
        return text(words[number % len(words)])

    rows = [[text("Kort") if row and place % 2 else cell(row + place) for place in range(columns)] for row in range(3)]
    return {"is": "table", "header": [cell(n) for n in range(columns)], "rows": rows, "align": ["left"] * columns}


@pytest.mark.build
@pytest.mark.parametrize("kind", get_args(HandoutKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_long_words_have_room_in_every_place_of_every_sheet(language: str, kind: str) -> None:
    handout = first(language, kind)
    long = spoilt(raw(handout), cycle((*WORDS, ADDRESS, MAIL)))
    made = printed(long)
    assert faults(made, kind) == []
    assert unfit(long) == ()
    words = said(made)
    for word in WORDS if kind != "map" else WORDS[:1]:
        assert words.count(word) > 1, word
    joined = words.replace(" ", "")
    for address in (ADDRESS, MAIL) if kind != "map" else ():
        assert address in joined


@pytest.mark.build
@pytest.mark.parametrize(
    ("language", "kind"), [("nb", "reader"), ("sv", "participant"), ("da", "guide"), ("en", "page")]
)
def test_tables_of_compound_words_share_their_width(language: str, kind: str) -> None:
    usual = ("Spesialisthelsetjenesten", "Kommunehelsetjenesten", "Brukerorganisasjonen", "Arbeidsmarkedstiltak")
    parts = [
        {"is": "prose", "blocks": [table(columns, words), {"is": "list", "start": None, "items": [[table(3, words)]]}]}
        for columns in range(2, 8)
        for words in (usual, (*WORDS, ADDRESS))
    ]
    data = raw(first(language, kind)) | {"parts": parts}
    made = printed(data)
    assert faults(made, kind) == []
    assert unfit(data) == ()
    words = said(made)
    for word in (*usual, *WORDS):
        assert words.count(word) >= 10, word


def _sizes(data: bytes, word: str) -> set[float]:
    """Return the sizes that a word is printed in."""
    import pypdfium2.raw as pdfium

    found = set()
    for each in pypdfium2.PdfDocument(data):
        letters = each.get_textpage()
        whole = letters.get_text_range()
        for match in re.finditer(re.escape(word), whole):
            found.add(round(pdfium.FPDFText_GetFontSize(letters, match.start()), 1))
    return found


def test_type_is_made_smaller_before_a_word_is_divided_and_never_small() -> None:
    data = raw(first("nb", "reader")) | {"parts": []}
    word = "Rusmiddelavhengighetsbehandling"
    made = printed(data | {"title": word})
    assert DIVISION not in "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(made))
    title, foot = sorted(_sizes(made, word), reverse=True)
    assert 17 <= title < 27
    assert foot == 8.4
    # Too long for that as well: it is divided, in large type.
    made = printed(data | {"title": WORDS[4]})
    assert max(_sizes(made, WORDS[4][:6])) == 27
    assert faults(made) == []
    assert WORDS[4] in said(made)
    heads = tuple(word[:26] for word in WORDS)
    made = printed(data | {"parts": [{"is": "prose", "blocks": [table(4, heads)]}]})
    assert _sizes(made, heads[0][:8]) == {9}


@pytest.mark.parametrize(
    ("place", "box"),
    [("margin", 32), ("prose", 124), ("item", 124 - 3.4), ("quote", 120)],
)
def test_only_what_is_wider_than_its_box_is_divided(place: str, box: float) -> None:
    size = 8.8 if place == "margin" else 10.5
    word = "m"
    while text_width(word, size) <= box * 72 / 25.4 - size:
        word += "amen"[len(word) % 4]
    paragraph = {"is": "paragraph", "children": text(word)}
    for longer, divided in ((0, False), (4, True)):
        grown = word + "samt"[:longer]
        inner = {
            "item": {"is": "list", "start": None, "items": [[{"is": "paragraph", "children": text(grown)}]]},
            "quote": {"is": "quote", "blocks": [{"is": "paragraph", "children": text(grown)}]},
        }.get(place, paragraph | {"children": text(grown)})
        prompt = {"is": "prompt", "title": text("Tittel"), "grouping": grown, "minutes": "", "serves": [], "blocks": []}
        part = prompt | {"lines": 0, "room": "fixed", "facilitator": None}
        if place != "margin":
            part = {"is": "prose", "blocks": [inner]}
        above = {"is": "heading", "level": 2, "children": text("Over")}
        made = printed(raw(first("nb", "participant")) | {"parts": [above, part]})
        letters = "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(made))
        assert (DIVISION in letters) == divided, (place, grown)
        assert (grown in letters) != divided
        assert grown in said(made)
        assert faults(made) == []


def test_a_divided_word_makes_no_soft_hyphens_of_the_others() -> None:
    data = raw(first("da", "participant"))
    parts = [{"is": "prose", "blocks": [{"is": "paragraph", "children": text(WORDS[0] * 2 + " og e-post, tur-retur")}]}]
    made = printed(data | {"parts": parts})
    assert f"{WORDS[0] * 2} og e-post, tur-retur" in said(made)
    # Also for a reader who knows one meaning of each letter only.
    plain = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert "e-post, tur-retur" in plain
    assert "\u00ad" not in plain
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(made, profile=profile)
        assert report.is_compliant, report.to_json()


def test_a_bookmark_and_the_description_have_the_whole_word() -> None:
    data = raw(first("nb", "reader")) | {"title": WORDS[4], "lead": WORDS[4] * 2, "parts": []}
    reader = PdfReader(io.BytesIO(printed(data)))
    assert [each.title for each in reader.outline] == [WORDS[4]]
    assert reader.metadata is not None
    assert reader.metadata.subject == WORDS[4] * 2


def test_names_of_people_and_services_have_room(whole: Path) -> None:
    names = cycle(WORDS)
    case = whole / "cases" / "two-doors" / "case.yml"
    for old in ("Marit", "Elvebakken", "Ingrid"):
        change(case, f"name: {old}", f"name: {next(names)}")
    services = whole / "course" / "settings" / "no.yml"
    for old in ("fastlegen", "DPS-et"):
        change(services, f"the: {old},", f"the: {next(names)},")
    for old in ("fastlege", "DPS"):
        change(services, f"bare: {old},", "bare: Behandlingssamarbeidsavtale,")
    changed, problems = load(whole)
    assert changed is not None
    assert not problems
    for handout in paper.handouts(changed, "nb"):
        made = paper.render(changed, handout)
        assert faults(made, handout.kind) == [], handout
        if handout.kind == "map":
            # The labels of a drawing are divided in it; what is read aloud is its text.
            assert WORDS[0] in paper.inputs(changed, handout)


@pytest.mark.build
@pytest.mark.parametrize("kind", get_args(Figure.model_fields["kind"].annotation))
def test_parts_of_a_figure_have_room(kind: str) -> None:
    module = next(m for m in course().modules.values() if m.figure and m.figure.kind == kind)
    names = cycle(WORDS)
    key = ("module", module.id, "en")
    prose = course().prose[key]
    sections = tuple(
        replace(section, title=(Text(next(names)),)) if section.id.startswith("figure") else section
        for section in prose.sections
    )
    changed = replace(course(), prose={**course().prose, key: replace(prose, sections=sections, by_id={})})
    made = paper.render(changed, Handout("en", "reader", module.id))
    assert faults(made, "reader") == []
    assert WORDS[0] in said(made)


@pytest.mark.build
def test_nothing_on_a_shipped_sheet_prints_over_its_neighbour(request: pytest.FixtureRequest) -> None:
    everything = request.config.getoption("--all", default=False)
    looked_at = every() if everything else random.Random(20261121).sample(every(), 24)
    found = {handout: faults(paper.render(course(), handout), handout.kind) for handout in looked_at}
    assert {handout.path: wrong for handout, wrong in found.items() if wrong} == {}


def test_what_is_off_the_page_or_over_a_word_is_found() -> None:
    data = raw(first("nb", "reader"))
    wide = table(5, WORDS)
    made = typeset(json.dumps(data | {"title": WORDS[4], "parts": [{"is": "prose", "blocks": [wide]}]}))
    found = faults(made)
    assert f"page 1: {WORDS[4]} is outside the margins" in found
    assert f"page 1: {WORDS[0]} and {WORDS[1]} print over each other" in found


# --- header cells -------------------------------------------------------------------------------------------


def header_faults(data: bytes) -> list[str]:
    """Return what is wrong with the header cells of a PDF's tables."""
    found: list[str] = []
    for number, each in enumerate((e for e in elements(data) if e["/S"] == "/Table"), 1):
        rows = [e for e in _in(each) if e["/S"] == "/TR"]
        if not rows or {cell["/S"] for cell in _cells(rows[0])} != {"/TH"}:
            found.append(f"table {number}: the first row is not one of header cells")
        for row, cells in enumerate(map(_cells, rows)):
            for cell in cells:
                scope = _scope(cell)
                if cell["/S"] == "/TH" and scope != ("/Column" if row == 0 else "/Row"):
                    found.append(f"table {number}, row {row}: a header cell has scope {scope}")
        named = {any(cell["/S"] == "/TH" for cell in _cells(row)) for row in rows[1:] if _spoken(row)}
        if len(rows) > 2 and len(_cells(rows[0])) > 1 and True in map(_spoken, rows[1:]) and named != {True}:
            found.append(f"table {number}: a row has no name")
    return found


def _in(node: Any) -> Iterator[Any]:
    below = node.get("/K", [])
    for child in below if isinstance(below, list) else [below]:
        inner = child.get_object()
        if isinstance(inner, dict) and "/S" in inner:
            yield inner
            yield from _in(inner)


def _cells(row: Any) -> list[Any]:
    return [child.get_object() for child in row["/K"]]


def _spoken(row: Any) -> bool:
    return any(cell.get("/K") for cell in _cells(row))


def _scope(cell: Any) -> str | None:
    attributes = cell.get("/A", [])
    owned = (each.get_object() for each in (attributes if isinstance(attributes, list) else [attributes]))
    return next((str(each["/Scope"]) for each in owned if each.get("/O") == "/Table" and "/Scope" in each), None)


WITH_TABLES = ("facilitator", "reader", "guide", "worksheet", "plan", "session")


def _table_sheets(language: str, kind: str) -> Iterator[bytes]:
    for handout in every():
        if (handout.language, handout.kind) == (language, kind):
            made = paper.render(course(), handout)
            if b"/S/Table" in made:
                yield made


@pytest.mark.build
@pytest.mark.parametrize("kind", WITH_TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_header_cells_with_their_scope(language: str, kind: str) -> None:
    made = next(_table_sheets(language, kind), None)
    assert made is not None
    assert header_faults(made) == []
    for profile in ("ua1", "2a"):
        assert page.validate_pdf_bytes(made, profile=profile).is_compliant


@pytest.mark.build
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_cells_are_looked_at(language: str) -> None:
    made = paper.render(course(), first(language, "guide"))
    assert header_faults(made) == []
    # As long as before, so that every position stays right.
    spoils = {b"/Scope/Column": b"/Smile/Column", b"/Scope/Row": b"/Smile/Row", b"/S/TH": b"/S/TD"}
    for old, new in spoils.items():
        assert old in made
        assert header_faults(made.replace(old, new)) != []
        at = made.rindex(old)
        assert header_faults(made[:at] + new + made[at + len(old) :]) != []


def test_what_names_a_row_on_the_web_names_it_on_paper() -> None:
    data = raw(first("nb", "reader"))

    def cells(rows: int, heads: tuple[str, ...]) -> list[list[tuple[str, str | None]]]:
        written = {"is": "table", "header": [text(h) for h in heads], "align": ["left"] * len(heads)}
        lines = [[text(f"{row}.{column}") for column in range(len(heads))] for row in range(rows)]
        made = printed(data | {"parts": [{"is": "prose", "blocks": [written | {"rows": lines}]}]})
        (found,) = (e for e in elements(made) if e["/S"] == "/Table")
        return [[(str(c["/S"]), _scope(c)) for c in _cells(e)] for e in _in(found) if e["/S"] == "/TR"]

    column, row, plain = ("/TH", "/Column"), ("/TH", "/Row"), ("/TD", None)
    assert cells(2, ("A", "B", "C")) == [[column] * 3, [row, plain, plain], [row, plain, plain]]
    # A single row has nothing to be told apart by its first cell, and a list of one column no names.
    assert cells(1, ("A", "B")) == [[column] * 2, [plain, plain]]
    assert cells(2, ("A",)) == [[column], [plain], [plain]]
