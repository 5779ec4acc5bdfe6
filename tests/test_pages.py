"""No page and no handout is lost or made twice in silence: what is made is counted against the units."""

from __future__ import annotations

from functools import cache

import pytest

from conftest import COURSES, course
from samspill.artifact import Artifact, distinct
from samspill.model import FOLDERS, Course
from samspill.render.paper import handouts
from samspill.render.web import navigation, pages
from samspill.source import load

LISTS = (
    "modules/index.md", "cases/index.md", "worksheets/index.md", "pathways/index.md", "countries.md", "objectives.md",
    "glossary.md", "sources.md", "translations.md",
)  # fmt: skip


@cache
def small() -> Course:
    found, _ = load(COURSES / "whole")
    assert found is not None
    return found


def of(name: str) -> Course:
    return {"whole": small, "shipped": course}[name]()


def units(each: Course, language: str) -> list[str]:
    """The files that the units of a language stand for, by the folders on disk."""
    root = COURSES / "whole" if each is small() else COURSES.parent.parent
    found = []
    for kind, folder in FOLDERS.items():
        for text in (root / folder).glob(f"*/{language}.md"):
            unit = text.parent.name
            if any(text.parent.glob("*.ipynb")):
                continue
            place = "" if kind == "page" else folder.removeprefix("course/") + "/"
            found.append("index.md" if unit == "home" else f"{place}{unit}.md")
    return found


@pytest.mark.build
@pytest.mark.parametrize(
    ("name", "language"),
    [("whole", "en"), ("whole", "nb"), ("shipped", "en"), ("shipped", "nb"), ("shipped", "da"), ("shipped", "sv")],
)
def test_every_unit_has_its_page_and_its_place_in_the_menu(name: str, language: str) -> None:
    made = [page.path for page in pages(of(name), language, {}) if page.path.endswith(".md")]
    assert sorted(made) == sorted([*units(of(name), language), *LISTS])
    listed = str(navigation(of(name), language))
    assert [path for path in made if f"'{path}'" not in listed] == []


def test_the_handouts_of_the_small_course() -> None:
    named = {one.path.removeprefix("handouts/") for one in handouts(small(), "en")}
    assert named >= {
        "case-two-doors-participant.pdf", "case-two-doors-stages.pdf", "case-two-doors-facilitator.pdf",
        "case-two-doors-roles.pdf", "case-two-doors-map.pdf", "module-waiting-reader.pdf", "module-waiting-guide.pdf",
        "worksheet-log.pdf", "pathway-short_overview.pdf", "pathway-short-one.pdf",
        "pathway-short_one_two-doors.pdf",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["whole", "shipped"])
def test_handouts_are_as_many_as_the_units_ask_for(name: str) -> None:
    each = of(name)
    for language in each.languages:
        made = [one.path for one in handouts(each, language)]
        assert len(made) == len(set(made))

        def count(kind: str, language: str = language) -> int:
            return sum(1 for found, _, code in each.prose if (found, code) == (kind, language))

        cases = [case for unit, case in each.cases.items() if each.text("case", unit, language)]
        plans = [plan for unit, plan in each.pathways.items() if each.text("pathway", unit, language)]
        sheets = [unit for unit, page in each.pages.items() if page.handout and each.text("page", unit, language)]
        fixed = 3 * len(cases) + sum(bool(case.roles) + bool(case.ties) for case in cases)
        fixed += 2 * count("module") + count("worksheet") + len(sheets)
        fixed += sum(1 + len(plan.sessions) for plan in plans)
        own_stages = sum(path.count("_") == 2 for path in made)
        assert len(made) == fixed + own_stages


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("modules.md", "modules/index.md"), ("a.md", "a.md"), ("a.ipynb", "a.md"), ("index.md", "index.ipynb"),
        ("a/map.png", "a/map.png"),
    ],
)  # fmt: skip
def test_two_files_with_one_address_stop_the_build(one: str, other: str) -> None:
    with pytest.raises(ValueError, match=f"^{one} and {other} have one address: one of them would be lost$"):
        distinct([Artifact(one, b"1"), Artifact(other, b"2")])


def test_a_picture_shown_twice_is_one_file() -> None:
    assert distinct([Artifact("b.md", b"2"), Artifact("a/map.png", b"1"), Artifact("a/map.png", b"1")]) == (
        Artifact("a/map.png", b"1"),
        Artifact("b.md", b"2"),
    )
