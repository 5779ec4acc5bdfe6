"""The course this project publishes: clean, and true to what it says of itself."""

from __future__ import annotations

import re

import pytest

from conftest import PROJECT, Run, shipped
from samspill.check import check
from samspill.model import Course
from samspill.prose import plain


@pytest.fixture(scope="module")
def course() -> Course:
    found, problems = shipped()
    assert problems == []
    return found


def test_the_course_is_clean(run: Run) -> None:
    result = run("check", root=PROJECT)
    assert (result.out, result.status) == ("", 0)


@pytest.mark.build
def test_a_rule_does_not_change_what_it_reads(course: Course) -> None:
    before = repr(course)
    assert check(course) == check(course)
    assert repr(course) == before


@pytest.mark.build
def test_cases_are_said_to_be_fictional(course: Course) -> None:
    assert course.cases
    assert {case.provenance.kind for case in course.cases.values()} == {"fictional"}


@pytest.mark.build
def test_quizzes_say_why(course: Course) -> None:
    for module in course.modules.values():
        for activity in module.activities:
            for question in activity.questions:
                for option in question.options:
                    for language in course.languages:
                        section = course.section("module", module.id, f"{activity.id}.{question.id}.{option}", language)
                        if section is not None:
                            words = " ".join(plain(section.inlines).split())
                            assert len(words) > 60, f"{module.id} {section.id} {language}"


@pytest.mark.parametrize("pattern", [r"\bTODO\b", r"\bTBD\b", r"\blorem\b", r"[\s(]/(home|tmp|work)/"])
def test_nothing_unfinished_is_left(pattern: str) -> None:
    for folder in ("course", "cases"):
        for file in (PROJECT / folder).rglob("*.*"):
            if file.suffix in (".md", ".yml"):
                found = re.search(pattern, file.read_text("utf-8"))
                assert found is None, f"{file}: {found}"
