"""What a course is called, under which terms it stands and what its feet say: from `course.yml`, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from conftest import PROJECT, Run, change
from samspill.document.unit import document
from samspill.languages import catalogue
from samspill.model import Course
from samspill.reading.citations import citation
from samspill.reading.completed import completed
from samspill.reading.context import Context
from samspill.render.paper import handouts, inputs
from samspill.render.web import settings
from samspill.render.web.chooser import chooser
from samspill.source import load

ABOUT = "course/course.yml"
CC = "licence: {name: CC BY-SA 4.0, url: https://creativecommons.org/licenses/by-sa/4.0/}"


def read(root: Path) -> Course:
    """Return a course without fault, completed for readers."""
    course, problems = load(root)
    assert course is not None
    assert problems == []
    return completed(course)


def foot(course: Course, language: str) -> str:
    """Return the foot of a page as the theme writes it."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(PROJECT / "site_overrides"))
    extra = settings(course, language)
    made = environment.get_template("partials/footer.html").render(config={"extra": extra}, words=extra["words"])
    return made.partition("\n<footer")[2].partition(">\n")[2].rpartition("\n</footer>")[0]


def cited(course: Course, language: str) -> str:
    return "".join(map(str, citation(Context(course, language), "page", "home")))


def sheets(course: Course, language: str) -> dict[str, dict[str, object]]:
    """Return every sheet of a case by its kind."""
    of_case = [each for each in handouts(course, language) if each.unit == "two-doors"]
    return {each.kind: json.loads(inputs(course, each)) for each in of_case}


def test_the_site_is_called_as_the_course_is(whole: Path) -> None:
    change(whole / ABOUT, "{en: A whole course, nb: Et helt kurs}", '{en: "Threads: a course", nb: "Tråder: et kurs"}')
    course = read(whole)
    assert [settings(course, language)["words"]["site"] for language in ("en", "nb")] == ["Threads", "Tråder"]
    assert sheets(course, "nb")["roles"]["brand"] == "Tråder"
    assert "<title>Threads</title>" in chooser(course).data.decode()
    change(whole / ABOUT, ', nb: "Tråder: et kurs"', "")
    norwegian = settings(read(whole), "nb")
    assert norwegian["words"]["site"] == "Threads"
    assert norwegian["spoken"]["site"] == "en"


def test_the_licence_is_the_courses(whole: Path) -> None:
    course = read(whole)
    link = '<a href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license noopener">'
    assert f"<span>{link}Content CC BY-SA 4.0</a></span>" in foot(course, "en")
    change(whole / ABOUT, CC, "licence: {name: Free Art Licence}")
    course = read(whole)
    assert "<span>Innhold Free Art Licence</span>" in foot(course, "nb")
    assert cited(course, "en") == "Samspill contributors. (2026). A whole course (edition 2026.1). Free Art Licence."
    assert sheets(course, "en")["roles"]["imprint"] == ["Edition 2026.1", "Content Free Art Licence"]
    assert "Edition 2026.1 · Content Free Art Licence" in chooser(course).data.decode()


def test_where_no_licence_is_given_none_is_named(whole: Path) -> None:
    change(whole / ABOUT, CC, "")
    course = read(whole)
    assert foot(course, "en") == (
        "  <p><span>Edition 2026.1</span> <span>People and places in the cases are invented.</span></p>\n"
        "  <p>No cookies, no accounts, nothing sent anywhere.</p>"
    )
    assert cited(course, "en") == "Samspill contributors. (2026). A whole course (edition 2026.1)."
    assert sheets(course, "en")["roles"]["imprint"] == ["Edition 2026.1"]
    assert "<footer>Edition 2026.1</footer>" in chooser(course).data.decode()
    assert document(course, "en", "case", "two-doors").edition.licence == ""


def test_what_a_course_says_of_itself_stands_in_the_place_of_the_tools_words(whole: Path, run: Run) -> None:
    with (whole / ABOUT).open("a", encoding="utf-8") as file:
        file.write("fiction: {en: Nobody here is real., nb: Ingen her er virkelige.}\n")
        file.write("privacy: {en: We ask for nothing.}\n")
    course = read(whole)
    assert foot(course, "nb").endswith(
        "<span>Ingen her er virkelige.</span></p>\n"
        '  <p lang="en">We ask for nothing.</p>'
    )
    assert {sheet["note"] for sheet in sheets(course, "nb").values()} == {"Ingen her er virkelige."}
    # What is not translated is noted as any other text in YAML, and marked on paper too.
    assert f"{ABOUT}:16:1: T006 note: privacy has no words in nb (add nb: …)" in run("check", "--notes", root=whole).out
    change(whole / ABOUT, ", nb: Ingen her er virkelige.", "")
    (note,) = {json.dumps(sheet["note"]) for sheet in sheets(read(whole), "nb").values()}
    assert json.loads(note)[0]["language"] == "en"


def test_a_course_without_cases_says_nothing_of_them(whole: Path) -> None:
    course = read(whole)
    assert "fictional" in settings(course, "en")["words"]
    bare = replace(course, cases={})
    assert "fictional" not in settings(bare, "en")["words"]
    assert "invented" not in foot(bare, "en")


@pytest.mark.parametrize("language", ["en", "nb", "da", "sv"])
def test_no_word_of_the_interface_names_a_course(language: str) -> None:
    said = json.dumps(catalogue(language).table, ensure_ascii=False)
    assert [word for word in ("Samspill", "CC BY", "five Nordic", "fem nordisk") if word in said] == []
