"""Height on paper: a part that need not be measured is printed as if it were, up to the edge."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from samspill.reading.completed import completed
from samspill.render import paper
from samspill.render.paper.height import sure
from samspill.render.paper.press import pressed, typeset
from samspill.source import load
from test_goldens import put_together

Sheet = dict[str, Any]
Blocks = list[dict[str, Any]]

MEASURED: dict[str, list[int]] = {"low": [], "high": []}
#: Words of the widest letters, of the narrowest, long ones of which each line has room for one, and prose.
TEXTS = ("MW ", "il ", f"{'Wæmmw' * 6} ", "what people write, on 14 lines (or more) ")


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Sheet]:
    """All sheets of the rich course in a language, as the press is given them."""
    course, _ = load(put_together(tmp_path_factory.mktemp("rich") / "rich"))
    assert course is not None
    said = completed(course)
    return [json.loads(paper.inputs(said, each)) for each in paper.handouts(said, "nb")]


def test_a_sheet_is_the_same_when_all_of_it_is_measured(sheets: list[Sheet]) -> None:
    known = [json.dumps(sheet) for sheet in sheets if sure(sheet) != MEASURED]
    assert len(known) > 8
    assert [sheet[:300] for sheet in known if typeset(sheet) != pressed(sheet, MEASURED)] == []


def paragraph(words: str) -> dict[str, Any]:
    return {"is": "paragraph", "children": [{"is": "text", "text": words}]}


def divided(words: str) -> dict[str, Any]:
    return {"is": "paragraph", "children": [{"is": "divided", "lang": "nb", "children": paragraph(words)["children"]}]}


def one(words: str) -> Blocks:
    """One paragraph, divided where need be."""
    return [divided(words)]


def many(words: str) -> Blocks:
    """Paragraphs of 200 letters under headings, some of them quoted, some literal, some in another language."""
    found: Blocks = []
    for number, start in enumerate(range(0, len(words), 200)):
        piece = words[start : start + 200]
        inner = divided(piece)
        found += [
            [{"is": "heading", "level": 4, "children": [{"is": "text", "text": piece[:30]}]}, inner],
            [{"is": "quote", "blocks": [inner]}],
            [{"is": "lines", "lines": [piece[:90], piece[90:]]}],
            [{"is": "borrowed", "language": "sv", "note": piece[:40], "blocks": [inner]}],
        ][number % 4]
    return found


def items(words: str) -> Blocks:
    """Items of 50 letters, two in a list of its own."""
    each = [[divided(words[start : start + 50])] for start in range(0, len(words), 50)]
    inner = {"is": "list", "start": 1, "items": each[:2]}
    return [{"is": "list", "start": None, "items": [*each[2:], [divided("il"), inner]]}]


def prompt(sheets: list[Sheet], blocks: Blocks) -> Sheet:
    return _alone(sheets, "participant", "prompt", {"blocks": blocks})


def question(sheets: list[Sheet], blocks: Blocks) -> Sheet:
    options = [{"title": [{"is": "text", "text": "word"}], "blocks": blocks, "right": ""}]
    return _alone(sheets, "reader", "question", {"blocks": [], "options": options})


def activity(sheets: list[Sheet], blocks: Blocks) -> Sheet:
    return _alone(sheets, "guide", "activity", {"blocks": blocks})


def plan(sheets: list[Sheet], blocks: Blocks) -> Sheet:
    found = _alone(sheets, "facilitator", "plan", {})
    row, text = found["parts"][1]["rows"][0], json.dumps(blocks)
    rows = [row | {"what": text[start : start + 70]} for start in range(0, len(text), 70)]
    return found | {"parts": [found["parts"][0], found["parts"][1] | {"rows": rows}, found["parts"][2]]}


def _alone(sheets: list[Sheet], kind: str, wanted: str, change: Sheet) -> Sheet:
    """A sheet of one part of a kind, between two words, so that it shows where it ends."""
    sheet = next(each for each in sheets if each["kind"] == kind)
    part = next(each for each in sheet["parts"] if each["is"] == wanted)
    head = {"is": "heading", "level": 2, "children": [{"is": "text", "text": "word"}]}
    return sheet | {"parts": [head, part | change, {"is": "prose", "blocks": [paragraph("word")]}]}


Part = Callable[[list[Sheet], Blocks], Sheet]
Shape = Callable[[str], Blocks]


@pytest.mark.parametrize(
    ("part", "which", "shape"),
    [
        *((part, "low", shape) for part in (prompt, question) for shape in (one, many, items)),
        *((part, "high", shape) for part in (prompt, activity) for shape in (one, items)),
        (plan, "low", one),
    ],
)
def test_it_is_the_same_at_the_edge(sheets: list[Sheet], part: Part, which: str, shape: Shape) -> None:
    """The most letters of a part that is low enough, and the fewest of one that is high enough."""
    for text in TEXTS:

        def said(count: int, text: str = text) -> Sheet:
            return part(sheets, shape((text * count)[:count]))

        few, more = 1, 6000
        assert (1 in sure(said(few))[which], 1 in sure(said(more))[which]) == (which == "low", which == "high")
        while more - few > 1:
            middle = (few + more) // 2
            few, more = (few, middle) if (1 in sure(said(middle))[which]) == (which == "high") else (middle, more)
        edge = json.dumps(said(few if which == "low" else more))
        assert typeset(edge) == pressed(edge, MEASURED), (text, few)

