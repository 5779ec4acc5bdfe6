"""Everything the small course says, as it was when somebody last read it.

The course is `courses/whole` with `courses/rich` over it, which shows each branch of what can be said. What is
generated from it stands in `goldens/`: the list of notes, every page, every handout's data, and a few printed
handouts as a screen reader meets them. `pytest --update-expected` writes them anew: read the difference.
"""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from conftest import COURSES, Run, compare, overlay
from reading_order import reading_order
from samspill.model import Course, Kind
from samspill.reading.citations import reference
from samspill.reading.completed import completed
from samspill.reading.context import Context
from samspill.reading.printed import HandoutInfo
from samspill.render import paper
from samspill.render.web import navigation, pages, settings
from samspill.render.web.chooser import chooser
from samspill.render.web.notebook import notebook_data, notebook_meta, notebook_page, notebook_path
from samspill.source import load

LANGUAGES = ("en", "nb")
#: Handouts whose printed text is kept too: each kind once, in one of the languages or both.
PRINTED = {
    "en": (
        "case-long-way-participant", "case-long-way-stages", "case-long-way-facilitator", "case-long-way-roles",
        "case-long-way-map", "module-bridging-reader", "module-bridging-guide", "worksheet-sheet",
        "pathway-long_overview", "pathway-long-one", "pathway-long_two_long-way", "page-about",
    ),
    "nb": (
        "case-long-way-facilitator", "module-holding-reader", "worksheet-log", "pathway-long_overview", "page-about",
    ),
}  # fmt: skip


def put_together(root: Path) -> Path:
    """Write the rich course below a folder and return where it stands."""
    shutil.copytree(COURSES / "whole", root, dirs_exist_ok=True)
    overlay(root, COURSES / "rich")
    return root


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich course on disk."""
    return put_together(tmp_path_factory.mktemp("rich") / "rich")


@pytest.fixture(scope="module")
def course(rich: Path) -> Course:
    """The rich course."""
    found, _ = load(rich)
    assert found is not None
    return completed(found)


def _infos(course: Course, language: str) -> dict[str, HandoutInfo]:
    """What can be printed, with sizes made up: the real ones are the typesetter's."""
    found = paper.handouts(course, language)
    return {
        each.path: HandoutInfo(each.path, each.kind, each.unit, each.part, 1 + number % 3, 400 + 7100 * number)
        for number, each in enumerate(found)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page(course: Course, language: str, update: bool) -> None:
    made = {
        artifact.path: artifact.data.decode() for artifact in pages(course, language, _infos(course, language))
    }
    for unit, page in course.pages.items():
        if page.kind == "notebook" and course.text("page", unit, language):
            context = Context(course, language)
            raw = course.assets[notebook_path(page)].data
            assert sorted(notebook_data(course, raw)) == ["three-numbers.csv"]
            made[f"{unit}.ipynb"] = notebook_page(context, page, raw).decode()
            made[f"{unit}.meta.json"] = _json(notebook_meta(context, page))
    made["navigation.json"] = _json(navigation(course, language))
    made["settings.json"] = _json(settings(course, language))
    compare(made, f"pages/{language}", update=update)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _drawings(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Take the drawings out of a handout's data, so that both can be looked at, and yield them with a name."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "drawing":
                value[key] = f"{name}-{value['is']}.svg"
                yield value[key], inner
            else:
                yield from _drawings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _drawings(inner, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_handout(course: Course, language: str, update: bool) -> None:
    made = {}
    for handout in paper.handouts(course, language):
        name = Path(handout.path).stem
        data = json.loads(paper.inputs(course, handout))
        made |= dict(_drawings(data, name))
        made[f"{name}.json"] = _json(data)
    compare(made, f"handouts/{language}", update=update)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_few_printed_handouts_in_reading_order(course: Course, language: str, update: bool) -> None:
    by_name = {Path(each.path).stem: each for each in paper.handouts(course, language)}
    made = {f"{name}.txt": reading_order(paper.render(course, by_name[name])) for name in PRINTED[language]}
    compare(made, f"printed/{language}", update=update)


def test_handouts_of_what_is_only_begun(tmp_path: Path, update: bool) -> None:
    """A translation that has its title and nothing below has every part of its source, marked as such."""
    root = put_together(tmp_path / "begun")
    for path in sorted((*root.glob("cases/*/en.md"), *root.glob("course/*/*/en.md"))):
        path.with_name("nb.md").write_text("---\ntitle: Begynt\nsummary: Mer kommer.\n---\n", "utf-8")
    found, _ = load(root)
    assert found is not None
    found, made = completed(found), {}
    for handout in paper.handouts(found, "nb"):
        if handout.unit not in ("two-doors", "waiting", "log", "short"):
            continue
        name, data = Path(handout.path).stem, json.loads(paper.inputs(found, handout))
        dict(_drawings(data, name))
        made[f"{name}.json"] = _json({key: data[key] for key in ("kicker", "parts", "title")})
    compare(made, "begun", update=update)


def test_pictures_of_each_kind_of_handout(tmp_path: Path, update: bool) -> None:
    root = put_together(tmp_path / "pictured")
    for path in sorted((*root.glob("cases/*/en.md"), *root.glob("course/*/*/en.md"))):
        text = re.sub(r"(?m)^(#+ .*\n)", r"\1\n![A door](door.svg)\n", path.read_text("utf-8"), count=3)
        path.write_text(text, "utf-8")
        door = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><rect width="3" height="4"/></svg>'
        path.with_name("door.svg").write_text(door, "utf-8")
    found, _ = load(root)
    assert found is not None
    lines = []
    for handout in paper.handouts(found, "en"):
        pictures = json.loads(paper.inputs(found, handout))["pictures"]
        lines.append(f"{handout.path}: {', '.join(pictures)}\n")
    compare({"pictures.txt": "".join(lines)}, "pictured", update=update)


def _headings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("is") == "heading":
            yield f"  {value['level']} {''.join(child.get('text', '…') for child in value['children'])}\n"
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _headings(inner)


def test_headings_of_what_stands_below_a_section(tmp_path: Path, update: bool) -> None:
    root = put_together(tmp_path / "deep")
    for path in sorted((*root.glob("cases/*/en.md"), *root.glob("course/*/*/en.md"))):
        below = r"\1\2\nBefore.\n\n\1# Below \3 {#\3.below}\n"
        path.write_text(re.sub(r"(?m)^(#+)( .*\{#(.+)\}\n)", below, path.read_text("utf-8")), "utf-8")
    found, _ = load(root)
    assert found is not None
    lines = []
    for handout in paper.handouts(found, "en"):
        lines += [f"{handout.path}\n", *_headings(json.loads(paper.inputs(found, handout))["parts"])]
    compare({"headings.txt": "".join(lines)}, "deep", update=update)


@pytest.mark.parametrize(
    ("grouping", "signed", "how"),
    [
        ("alone", False, "one each"),
        ("alone", True, "one each"),
        ("pairs", False, "one each"),
        ("pairs", True, "one for each group, or one each"),
    ],
)
def test_how_many_worksheets_to_print(grouping: str, signed: bool, how: str, course: Course) -> None:
    sheet = course.worksheets["sheet"].model_copy(update={"grouping": grouping, "signed": signed})
    changed = replace(course, worksheets={**course.worksheets, "sheet": sheet})
    plan = next(each for each in paper.handouts(changed, "en") if each.path.endswith("pathway-evening-plan.pdf"))
    (said,) = [part for part in json.loads(paper.inputs(changed, plan))["parts"] if part["is"] == "checklist"]
    assert [item["how"] for item in said["items"] if item["title"].startswith("The sheet:")] == [how]


#: Words that are wider than many a box: as long as Nordic compounds get, and an address.
LONG = ("Spesialisthelsetjenestesamarbeidsavtalene", "Kommunehelsetjenestekoordinatoren", "Rusbehandlingskjeden")
ADDRESS = "https://www.example.org/samarbeidsavtaler/spesialisthelsetjenesten/kommunehelsetjenesten.html"


def test_long_words_get_room(tmp_path: Path, update: bool) -> None:
    """What becomes of them in each kind of sheet: a smaller size, other shares of a table, or marks to divide at."""
    root = put_together(tmp_path / "wide")
    number = 0

    def longer(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{match[1]} {LONG[number % 3]}{match[2]}"

    for path in sorted((*root.glob("cases/*/nb.md"), *root.glob("course/*/*/nb.md"))):
        front, body = path.read_text("utf-8").split("---\n", 2)[1:]
        front = re.sub(r"(?m)^((?:title|summary): [^\n]*?)(\"?)$", longer, front)
        body = re.sub(r"(?m)^(#+ [^\n]*?)( \{#)", longer, body)
        body = re.sub(r"(?m)^((?:[-*>] |1\. )[^\n|]*)()$", longer, body)
        body = re.sub(r"(\| [A-ZÆØÅa-zæøå]+)( (?=\|))", longer, body)
        body = re.sub(r"(?m)^([A-ZÆØÅ][^\n|]*)(\.)$", longer, body)
        body += f"\n[{ADDRESS}]({ADDRESS})\n"
        path.write_text(f"---\n{front}---\n{body}", "utf-8")
    found, _ = load(root)
    assert found is not None
    made = {
        f"{Path(each.path).stem}.json": _json(_fitted(json.loads(paper.inputs(found, each))))
        for each in paper.handouts(found, "nb")
        if each.part == "" or each.kind == "session"
    }
    compare(made, "wide", update=update)


def _fitted(value: Any) -> Any:
    """Keep of a sheet the parts in which something was made to fit."""
    if isinstance(value, list):
        return [kept for inner in value if (kept := _fitted(inner))]
    if not isinstance(value, dict):
        return None
    sized = {key: inner for key, inner in value.items() if "size" in key or key in ("widths", "shares")}
    if value.get("is") == "divided":
        return value
    inner = {key: kept for key, each in value.items() if isinstance(each, dict | list) and (kept := _fitted(each))}
    return {**({"is": value["is"]} if "is" in value else {}), **sized, **inner} if sized or inner else None


def test_the_notes(rich: Path, run: Run, update: bool) -> None:
    result = run("check", "--notes", root=rich)
    assert result.status == 0
    compare({"check.txt": result.out}, "notes", update=update)


def test_every_reference_in_four_languages(course: Course, update: bool) -> None:
    made = {}
    for language in ("en", "nb", "da", "sv"):
        lines = [f"{key}: {reference(source, language)}" for key, source in course.sources.items()]
        made[f"{language}.html"] = "\n".join(lines) + "\n"
    compare(made, "references", update=update)


def test_the_door(course: Course, update: bool) -> None:
    page = chooser(course)
    assert page.path == "index.html"
    text = page.data.decode()
    # The style holds the letters as WOFF2, which no one reads.
    head, _, rest = text.partition("<style>")
    compare({"index.html": head + rest.partition("</style>")[2]}, "door", update=update)


def _headed(value: Any) -> Iterator[Any]:
    """Yield what is set as a heading in a handout's data."""
    if isinstance(value, dict):
        if value.get("is") in ("field", "activity", "question", "stage", "prompt"):
            yield value["title"]
        if value.get("is") == "heading":
            yield value["children"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _headed(inner)


@pytest.mark.parametrize(("kind", "unit"), [("module", "waiting"), ("case", "long-way"), ("worksheet", "log")])
def test_what_a_half_translated_text_lacks_is_left_out_on_paper(kind: Kind, unit: str, course: Course) -> None:
    prose = course.prose[kind, unit, "nb"]
    for gone in prose.sections:
        left = tuple(section for section in prose.sections if section is not gone)
        texts = {**course.prose, (kind, unit, "nb"): replace(prose, sections=left, by_id={})}
        half = replace(course, prose=texts)
        for each in paper.handouts(half, "nb"):
            if each.unit == unit:
                data = json.loads(paper.inputs(half, each))
                assert all(_headed(data)), (each, gone.id)


def test_a_half_translated_unit_is_printed(course: Course) -> None:
    sheet = next(each for each in paper.handouts(course, "nb") if each.path == "handouts/worksheet-sheet.pdf")
    printed = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.render(course, sheet))).pages)
    assert "Tegn\nHva som helst." in printed
    # What is missing stands in its place in the source language, and says so.
    assert "Pick one\nDenne delen er ikke oversatt ennå og står her på engelsk.\nA\n" in printed


def test_a_case_without_translated_cards_has_no_sheet_of_them(course: Course) -> None:
    prose = course.prose["case", "two-doors", "nb"]
    left = tuple(section for section in prose.sections if section.id != "role.doctor")
    half = replace(course, prose={**course.prose, ("case", "two-doors", "nb"): replace(prose, sections=left, by_id={})})
    kinds = {each.kind for each in paper.handouts(half, "nb") if each.unit == "two-doors"}
    assert kinds == {"participant", "stages", "facilitator", "map"}
