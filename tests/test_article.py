"""What pages say at the edges: both sides of each limit, and what the small course does not have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from conftest import COURSES, change
from samspill.document.parts import Coverage, Session, Stage
from samspill.document.tree import ItemList, Link, Paragraph, Text, Words
from samspill.document.unit import document
from samspill.languages import catalogue
from samspill.model import Course, Item, Kind, Wording
from samspill.model import Session as Meeting
from samspill.reading.completed import completed
from samspill.reading.context import Context
from samspill.reading.printed import HandoutInfo, Printables
from samspill.render.web.article import Article
from samspill.render.web.html import Writer
from samspill.render.web.lists import Lists
from samspill.source import load


@cache
def small() -> Course:
    """The small course."""
    found, _ = load(COURSES / "whole")
    assert found is not None
    return completed(found)


def article(
    course: Course, kind: Kind, unit: str, language: str = "en", handouts: tuple[HandoutInfo, ...] = ()
) -> Article:
    """Return the page of a unit, as seen from the root."""
    html = Writer(catalogue(language), "")
    return Article(document(course, language, kind, unit), html, Printables({each.path: each for each in handouts}))


def lists(course: Course, language: str = "en") -> Lists:
    """Return the lists of a course."""
    return Lists(course, Context(course, language), Writer(catalogue(language), ""))


def planned(course: Course, number: int = 0) -> Session:
    """Return a session of the plan as it is said."""
    parts = document(course, "en", "pathway", "short").parts
    return [part for part in parts if isinstance(part, Session)][number]


def plan(*sessions: Meeting, **changes: object) -> Course:
    """Return the small course with other sessions in its plan."""
    short = small().pathways["short"].model_copy(update={"sessions": sessions, **changes})
    return replace(small(), pathways={"short": short})


def session(minutes: int, *uses: str) -> Meeting:
    """Return a session that does these parts."""
    return Meeting(id="one", minutes=minutes, items=tuple(Item(use=use) for use in uses))


@pytest.mark.parametrize(
    ("minutes", "language", "said"),
    [
        ([60], "en", ["60 minutes", "1 session"]), ([120, 60], "en", ["180 minutes", "2 sessions"]),
        ([120, 61], "en", ["3 hours", "2 sessions"]), ([120, 120], "en", ["4 hours", "2 sessions"]),
        ([200], "nb", ["3,3 timer", "1 økt"]), ([200], "en", ["3.3 hours", "1 session"]),
    ],
)  # fmt: skip
def test_a_plan_is_counted_in_hours_above_three(minutes: list[int], language: str, said: list[str]) -> None:
    course = plan(*(session(each) for each in minutes))
    assert article(course, "pathway", "short", language).chips()[:2] == said


@pytest.mark.parametrize(
    ("ects", "audience", "said"),
    [
        (0, (), []),
        (0.5, (), ["0.5 ECTS"]),
        (0, ("staff",), ["Staff"]),
        (2, ("managers", "staff"), ["2 ECTS", "Managers and staff"]),
    ],
)
def test_a_plan_says_its_credits_and_whom_it_is_for(ects: float, audience: tuple[str, ...], said: list[str]) -> None:
    course = plan(session(60), ects=ects, audience=audience)
    assert article(course, "pathway", "short").chips()[2:] == said


@pytest.mark.parametrize(
    ("uses", "how"),
    [
        (["log", "log"], ["Worksheet · In groups", "In groups"]),
        (
            ["waiting#reading", "log", "waiting#check"],
            ["Module: Waiting · Reading, alone", "Worksheet · In groups", "Module: Waiting · Quiz, alone"],
        ),
        (
            ["log", "waiting#reading", "waiting#check", "two-doors#later", "two-doors#who-first"],
            [
                "Worksheet · In groups", "Module: Waiting · Reading, alone", "Quiz, alone",
                "Case: Two doors · Stage 2 of 2", "In groups",
            ],
        ),
    ],
)  # fmt: skip
def test_a_unit_is_named_where_it_begins(uses: list[str], how: list[str]) -> None:
    course = plan(session(60, *uses))
    page = article(course, "pathway", "short")
    assert [str(page.how(row)).replace("\xa0", " ") for row in planned(course).rows] == how


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (9, "10 minutes planned."),
        (10, "10 minutes planned."),
        (11, "10 minutes planned. 1 minute to spare."),
        (12, "10 minutes planned. 2 minutes to spare."),
    ],
)
def test_a_session_says_what_is_left_over(minutes: int, said: str) -> None:
    found = planned(plan(session(minutes, "log")))
    assert " ".join(filter(None, (found.planned, found.left))) == said


@pytest.mark.parametrize(
    ("size", "pages", "said"),
    [
        (0, 1, "PDF, 1 page, 1 kB"), (499, 2, "PDF, 2 pages, 1 kB"), (1499, 2, "PDF, 2 pages, 1 kB"),
        (1501, 2, "PDF, 2 pages, 2 kB"), (123_456, 12, "PDF, 12 pages, 123 kB"),
    ],
)  # fmt: skip
def test_a_handout_says_how_long_and_how_heavy_it_is(size: int, pages: int, said: str) -> None:
    info = HandoutInfo("handouts/worksheet-log.pdf", "worksheet", "log", "", pages, size)
    found = article(small(), "worksheet", "log", handouts=(info,)).prints()
    assert found == [("Worksheet", "handouts/worksheet-log.pdf", said)]


def test_a_unit_lists_its_own_handouts_and_no_session_s() -> None:
    made = [
        HandoutInfo("handouts/a.pdf", "participant", "two-doors", "", 1, 1000),
        HandoutInfo("handouts/b.pdf", "stages", "two-doors", "short/one", 1, 1000),
        HandoutInfo("handouts/c.pdf", "worksheet", "log", "", 1, 1000),
    ]
    found = article(small(), "case", "two-doors", handouts=tuple(made)).prints()
    assert [path for _, path, _ in found] == ["handouts/a.pdf"]


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0:00"), (9, "0:09"), (59, "0:59"), (60, "1:00"), (65, "1:05"), (600, "10:00")]
)
def test_the_clock(minutes: int, said: str) -> None:
    assert article(small(), "pathway", "short").clock(minutes) == said


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ("P1D", "1 day later"), ("P3D", "3 days later"), ("P1W", "1 week later"), ("P3W", "3 weeks later"),
        ("P1M", "1 month later"), ("P2M", "2 months later"), ("P1Y", "1 year later"), ("P10Y", "10 years later"),
        (None, ""),
    ],
)  # fmt: skip
def test_how_long_after_the_stage_before(after: str | None, said: str) -> None:
    case = small().cases["two-doors"]
    first = case.stages[0].model_copy(update={"after": after})
    course = replace(small(), cases={case.id: case.model_copy(update={"stages": (first, *case.stages[1:])})})
    found = next(part for part in document(course, "en", "case", case.id).parts if isinstance(part, Stage))
    assert found.after == said


def test_terms_stand_below_their_letters() -> None:
    first = next(iter(small().terms.values()))
    words: dict[str, dict[str, str]] = {
        "late": {"en": "Åbo"}, "early": {"nb": "x", "en": "act"}, "number": {"en": "4-R"}, "none": {"sv": "zon"},
        "other": {"en": "aid"},
    }  # fmt: skip
    terms = {name: first.model_copy(update={"id": name, "word": word}) for name, word in words.items()}
    course = replace(small(), terms=terms)
    # What has no word in either language stands under a sign of its own.
    nothing, number = ("…", "letter-2026", ["none"]), ("0–9", "letter-30", ["number"])
    assert lists(course).glossary() == [nothing, number, ("A", "letter-41", ["late", "early", "other"])]
    assert lists(course, "nb").glossary() == [
        nothing, number, ("A", "letter-41", ["other"]), ("X", "letter-58", ["early"]), ("Å", "letter-c5", ["late"]),
    ]  # fmt: skip


def test_where_an_objective_is_served_in_the_course_and_in_a_plan() -> None:
    html = Writer(catalogue("en"), "")

    def said(found: Iterable[tuple[str, tuple[Words, ...]]]) -> list[str]:
        return [f"{name}: {link}" for name, links in found for link in map(html.inline, links)]

    compare = 'Module 1: <a href="modules/waiting/#compare">Compare</a>'
    question = 'Case 1: <a href="cases/two-doors/#who-first">Who goes first?</a>'
    log = 'Worksheet 1: <a href="worksheets/log/">Log</a>'
    assert said(lists(small()).where("see-waiting", "practises")) == [compare, question, log]
    pause = Meeting(id="two", minutes=5, items=(Item(pause=5),))
    for uses, found in (
        (("log", "waiting#reading"), [log]),
        (("waiting#compare", "two-doors#letter"), [compare]),
        (("two-doors#who-first",), [question]),
        ((), []),
    ):
        course = plan(session(60, *uses), pause, objectives=("see-waiting",), eqf=6)
        (covered,) = [part for part in document(course, "en", "pathway", "short").parts if isinstance(part, Coverage)]
        ((aim, served),) = covered.rows
        (practised,) = [each for each in served if each.role == "practises"]
        assert (aim.id, said(practised.links)) == ("see-waiting", found)
        assert practised.sessions == ((1,) if found else ())


def test_a_door_that_is_not_translated_speaks_the_language_of_its_source(whole: Path) -> None:
    change(whole / "course/sources.yml", "{year: 1967}", "{year: 1967, circa: true}")
    change(whole / "course/pages/home/en.md", "one hour", "after [@thompson-1967]")
    change(whole / "course/pages/home/nb.md", "## Undervis {#teach}\n\n- [Å vente](module:waiting) én time\n\n", "")
    found, _ = load(whole)
    assert found is not None
    half = completed(found)
    page = article(half, "page", "home", "nb")
    door = str(page.door(next(passage.body for passage in page.doors() if passage.id == "teach")))
    assert door == (
        '<p class="note" data-pagefind-ignore>Denne delen er ikke oversatt ennå og står her på engelsk.</p>\n'
        '<div lang="en"><ul><li><a href="modules/waiting/">Waiting</a> <small>after <span class="cite">'
        '(<a href="sources/#thompson-1967">Thompson, c.\xa01967</a>)</span></small></li></ul></div>'
    )


def test_what_to_print_for_a_session_is_linked_where_there_is_a_file() -> None:
    log = HandoutInfo("handouts/worksheet-log.pdf", "worksheet", "log", "", 2, 9000)
    wanted = [
        ("Session plan", "one for you"),
        ("Two doors: Stage sheets", "one each, handed out one sheet at a time"),
        ("Two doors: Facilitator guide", "one for you"),
        ("Waiting: Reading and tasks", "one each for those who would rather read on paper"),
        ("Waiting: Facilitator guide", "one for you"),
        ("Log: Worksheet", "one for each group, or one each"),
    ]
    assert article(small(), "pathway", "short").materials(planned(small())) == wanted
    assert article(small(), "pathway", "short", handouts=(log,)).materials(planned(small())) == [
        *wanted[:-1],
        (
            '<a href="handouts/worksheet-log.pdf">Log: Worksheet</a>',
            "one for each group, or one each (PDF, 2 pages, 9 kB)",
        ),
    ]


@pytest.mark.parametrize("part", ["word", "definition", "note"])
def test_an_entry_of_the_glossary_says_that_any_of_its_texts_is_behind(part: str) -> None:
    first = small().terms["coordinator"]
    both = {"en": "Here.", "nb": "Her."}
    term = first.model_copy(update={"note": both})
    wording = Wording("course/glossary.yml", f"coordinator.{part}", ("terms", 0, part), both)
    recorded = {"nb": {"course/glossary.yml": {f"coordinator.{part}": "0" * 12}}}
    terms = {**small().terms, "coordinator": term}
    behind = replace(small(), terms=terms, wordings=(wording,), recorded=recorded)
    href = 'href="./../en/glossary/#coordinator"'
    assert href in lists(behind, "nb").term_behind("coordinator")
    assert lists(behind, "nb").term_behind("plan") == ""
    assert lists(behind, "en").term_behind("coordinator") == ""


def test_a_step_of_a_door_may_be_words_alone() -> None:
    link = Link("modules/waiting/", (Text("Waiting"),), "module:waiting")
    steps = ItemList(((Paragraph((Text("Ask us."),)),), (Paragraph((link,)),), (Paragraph((link, Text(" one hour"))),)))
    led = '<a href="modules/waiting/">Waiting</a>'
    assert article(small(), "page", "home").door((steps,)) == (
        f"<ul><li><p>Ask us.</p></li><li>{led}</li><li>{led} <small>one hour</small></li></ul>"
    )
