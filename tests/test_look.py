"""How a course looks: its colours over those of the tool, on the web and on paper, and its mark."""

from __future__ import annotations

import io
import json
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

from conftest import Run
from samspill.check import contrast
from samspill.making.build import build
from samspill.making.request import Request
from samspill.model import Course, Greys, Scheme
from samspill.problem import Problem
from samspill.render.paper import handouts, inputs, typeset
from samspill.render.web import settings
from samspill.render.web.chooser import chooser
from samspill.render.web.fonts import rules
from samspill.render.web.look import artifacts, icon, style_sheet
from samspill.source import load
from samspill.tokens import TOKENS, laid
from test_build import project

LOOK = "course/look.yml"
#: A mark with a word in it, and something that no page may hold.
MARK = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" onload="alert(1)"><rect width="40" height="20"
fill="#5a2a6b"/><text x="4" y="14" font-size="12" fill="#fff">Ours</text></svg>"""


def read(root: Path) -> tuple[Course, list[Problem]]:
    course, problems = load(root)
    assert course is not None
    return course, problems


def with_look(root: Path, text: str) -> Course:
    """Return a course with these colours, which are without fault."""
    (root / LOOK).write_text(text, "utf-8")
    course, problems = read(root)
    assert [*problems, *(each for each in contrast.find(course))] == []
    return course


def texts(course: Course) -> dict[str, str]:
    return {each.path: each.data.decode() for each in artifacts(course)}


def test_the_names_of_colours_are_those_of_the_tokens() -> None:
    assert {field.alias or name for name, field in Scheme.model_fields.items()} == set(TOKENS.light)
    assert set(Greys.model_fields) == set(TOKENS.sheet) == set(contrast.PRINTED)
    assert set(TOKENS.light) - {*contrast.LEAST, *contrast.GROUNDS} == {"line", "ground"}


def test_the_colours_of_the_tool_keep_to_the_rule() -> None:
    for scheme in ({}, TOKENS.dark, TOKENS.print):
        colours = {**TOKENS.light, **scheme}
        found = {
            (word, ground): contrast.contrast(colours[word], colours[ground])
            for word in contrast.LEAST
            for ground in contrast.GROUNDS
        }
        assert [pair for pair, ratio in found.items() if ratio < contrast.LEAST[pair[0]]] == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21), ("#ffffff", "#FFF", 1), ("#767676", "#fff", 4.54), ("#fff", "#777777", 4.48)],
)
def test_contrast_is_what_wcag_counts(one: str, other: str, ratio: float) -> None:
    assert contrast.contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_a_course_without_colours_of_its_own_has_the_tools(whole: Path) -> None:
    course, _ = read(whole)
    assert laid(course.look) == TOKENS
    assert artifacts(course) == (style_sheet(rules()), icon())
    assert settings(course, "en")["mark"] is False


def test_colours_of_a_course_are_on_its_pages(whole: Path) -> None:
    before, _ = read(whole)
    course = with_look(whole, 'light: {fjord-2: "#5a2a6b", paper: "#fff"}\ndark: {ink: "#fffffe"}\n')
    old, new = texts(before), texts(course)
    style = old["assets/stylesheets/tokens.css"]
    light = style.partition("  color-scheme: light;\n")[2].partition("\n")[0]
    changed = light.replace(f"--fjord-2: {TOKENS.light['fjord-2']}", "--fjord-2: #5a2a6b")
    changed = changed.replace(f"--paper: {TOKENS.light['paper']}", "--paper: #fff")
    style = style.replace(light, changed).replace(f"--ink: {TOKENS.dark['ink']}", "--ink: #fffffe")
    assert new["assets/stylesheets/tokens.css"] == style
    # The icon of the theme, and the page of languages, have them too.
    assert ".a{stroke:#5a2a6b}" in new["assets/images/mark.svg"]
    assert "#5a2a6b" in chooser(course).data.decode()
    assert "#5a2a6b" not in chooser(before).data.decode()
    # It is a file of the site, so that a site with other colours is another.
    looks = {artifacts(each) for each in (before, course, with_look(whole, 'light: {ink: "#000"}\n'))}
    assert len(looks) == 3


def test_greys_of_a_course_are_on_its_sheets(whole: Path) -> None:
    before, _ = read(whole)
    course = with_look(whole, "sheet: {line: 20}\n")
    sheet = next(each for each in handouts(course, "en") if each.kind == "worksheet")
    old, new = json.loads(inputs(before, sheet)), json.loads(inputs(course, sheet))
    assert new.pop("greys") == {**TOKENS.sheet, "line": 20}
    assert new == old
    greys = ({}, {"greys": TOKENS.sheet}, {"greys": {**TOKENS.sheet, "line": 20}})
    made = [typeset(json.dumps(old | more)) for more in greys]
    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "light: {ink: red}",
            "1:14: S001 light.ink: 'red' has the wrong form (write # and three or six digits from 0 to f, in quotes)",
        ),
        (
            'light: {violet: "#000"}',
            "1:17: S001 light.violet: is not a known field (check the spelling, or remove it)",
        ),
        ("sheet: {ink: 101}", "1:14: S001 sheet.ink: 101 is more than 100 (write at most 100)"),
    ],
)
def test_what_is_no_colour_is_named(text: str, said: str, whole: Path, run: Run) -> None:
    (whole / LOOK).write_text(f"{text}\n")
    result = run("check", root=whole)
    assert (result.status, result.out) == (2, f"{LOOK}:{said}\n")


def test_a_mark_of_ones_own_is_drawn_anew(whole: Path, run: Run) -> None:
    with (whole / "course/course.yml").open("a") as file:
        file.write("mark: mark.svg\n")
    result = run("check", root=whole)
    assert result.out.splitlines() == ["course/mark.svg:1:1: F004 the mark is missing (create it)"]
    (whole / "course/mark.svg").write_text(MARK)
    _, problems = read(whole)
    assert [(each.path, each.code) for each in problems] == [("course/mark.svg", "F013")]
    (whole / "course/mark.svg").write_text(MARK.replace(' onload="alert(1)"', ""))
    course, problems = read(whole)
    assert problems == []
    drawn = texts(course)["assets/images/mark.svg"]
    assert "#5a2a6b" in drawn
    assert "@font-face" in drawn
    assert settings(course, "en")["mark"] is True
    # On paper it stands where the strands of the tool would: no reader's tool need say it.
    sheet = json.loads(inputs(course, next(each for each in handouts(course, "en") if each.kind == "worksheet")))
    assert sheet["mark"] == course.assets["course/mark.svg"].data.decode()
    made = typeset(json.dumps(sheet))
    reports = [page.validate_pdf_bytes(made, profile=profile) for profile in ("ua1", "2a")]
    assert [report.to_json() for report in reports if not report.is_compliant] == []
    unmarked = {name: value for name, value in sheet.items() if name != "mark"}
    assert len(PdfReader(io.BytesIO(made)).pages) == len(PdfReader(io.BytesIO(typeset(json.dumps(unmarked)))).pages)
    assert "Ours" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


@pytest.mark.build
def test_the_look_of_a_course_is_what_a_build_depends_on(tmp_path: Path) -> None:
    root = project(tmp_path / "course")
    build(Request(root, languages=("nb",)))
    site = root / "build" / "site" / "nb"
    sheet = site / "handouts" / "worksheet-log.pdf"
    home, printed = (site / "index.html").read_text("utf-8"), sheet.read_bytes()
    assert '<svg class="mark-strands"' in home
    (root / LOOK).write_text('light: {fjord: "#5a2a6b"}\nsheet: {line: 20}\n')
    (root / "course/mark.svg").write_text(MARK.replace(' onload="alert(1)"', ""))
    with (root / "course/course.yml").open("a") as file:
        file.write("mark: mark.svg\n")
    assert build(Request(root, languages=("nb",))).built == ("nb",)
    home = (site / "index.html").read_text("utf-8")
    assert '<img class="mark-own" src="assets/images/mark.svg" alt="">' in home
    assert "mark-strands" not in home
    assert "#5a2a6b" in (site / "assets/images/mark.svg").read_text("utf-8")
    assert "--fjord: #5a2a6b;" in (site / "assets/stylesheets/tokens.css").read_text("utf-8")
    assert sheet.read_bytes() != printed
    assert build(Request(root, languages=("nb",))).unchanged
