"""Courses with many faults at once: what is printed of them, as it was when somebody last read it.

Each is the rich course of `test_goldens.py` with passages replaced. `tests/courses/rules/` shows each code by itself;
here stand its other cases, and what is just right beside what is just wrong. `pytest --update-expected` writes
`goldens/crooked/` anew: read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import change, compare
from samspill.check import check
from samspill.check.reserved import kept, refusal
from samspill.model import FOLDERS
from samspill.source import load
from test_goldens import put_together

CASE, CASE_EN, CASE_NB = (f"cases/long-way/{name}" for name in ("case.yml", "en.md", "nb.md"))
OTHER = "cases/still-english/case.yml"
BRIDGING, BRIDGING_EN = "course/modules/bridging/module.yml", "course/modules/bridging/en.md"
HOLDING, HOLDING_NB = "course/modules/holding/module.yml", "course/modules/holding/nb.md"
LONG, EVENING = (f"course/pathways/{name}/pathway.yml" for name in ("long", "evening"))
SHEET, SHEET_EN = (f"course/worksheets/sheet/{name}" for name in ("worksheet.yml", "en.md"))
ABOUT_EN, ABOUT_NB = "course/pages/about/en.md", "course/pages/about/nb.md"
GLOSSARY, OBJECTIVES, SOURCES = "course/glossary.yml", "course/objectives.yml", "course/sources.yml"
DK, NO = "course/settings/dk.yml", "course/settings/no.yml"
WORD = "Bcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxzbcdfghjklmnpqrstvwxz"

#: File, what stands there, and what stands there instead.
Change = tuple[str, str, str]
COURSES: dict[str, list[Change]] = {
    "names nothing": [
        (GLOSSARY, "[thompson-1967, law-2020]", "[thompson-1967, gone]"),
        (DK, "term: coordinator", "term: gone"),
        (DK, "nb: En hos hver tjeneste.}", "nb: En hos hver tjeneste.}\n    sources: [law-2020, gone]"),
        (NO, "til plan.}\n    sources: [thompson-1967]", "til plan.}\n    sources: [thompson-1967, gone]"),
        (CASE, "sources: [edited-1998]", "sources: [edited-1998, gone]"),
        (CASE, "{from: doctor, to: ward,", "{from: ward, to: ward,"),
        (CASE, "{from: jobs, to: ward, kind: information", "{from: gone, to: away, kind: information"),
        (CASE, "actors: [jobs, ward]}", "actors: [jobs, gone]}"),
        (CASE, "[jobs, ward, person, sister]", "[jobs, ward, person, sister, gone]"),
        (CASE, "service: outreach", "service: gone"),
        (CASE, "{id: sister, name: sister}", "{id: sister, name: gone}"),
        (CASE, "{id: neighbour, name: neighbour}", "{id: neighbour, service: gp, name: neighbour}"),
        (CASE, "{id: alone, stage: spring", "{id: alone, stage: winter"),
        (CASE, "[waiting, bridging]", "[waiting, gone]"),
        (CASE, "assesses: [see-waiting]", "assesses: [gone]"),
        (CASE_EN, "meets {person} at", "meets {person.born} at {actor.team.the} {actor.gone.the} {actor.team} {{gone}"),
        (OTHER, "setting: no", "setting: se"),
        (OTHER, "person: {name: Iris}", "other: {name: Iris}"),
        (BRIDGING, "objectives: [see-waiting, name-ties", "objectives: [see-waiting, gone, name-ties"),
        (BRIDGING, "worksheet: sheet, case: still-english", "worksheet: gone, case: away"),
        (BRIDGING, "page: numbers", "page: gone"),
        (BRIDGING, "key: [one, three]", "key: [one, gone]"),
        (BRIDGING, "kind: reflection", "kind: quiz"),
        (BRIDGING, "kind: quiz\n", "kind: exercise\n"),
        (BRIDGING, "sources: [article-2019", "sources: [gone, article-2019"),
        (BRIDGING_EN, "(list:glossary)", "(list:gone)"),
        (BRIDGING_EN, "objective:name-ties", "objective:gone"),
        (BRIDGING_EN, "source:law-2020", "source:gone"),
        (BRIDGING_EN, "pathway:long#one", "pathway:long#gone"),
        (BRIDGING_EN, "page:about", "page:gone"),
        (BRIDGING_EN, "(worksheet:sheet)", "(worksheet:gone)"),
        (BRIDGING_EN, "(worksheet:short-note)", "(term:gone) [b](module:gone) [c](case:gone) [d](module:bridging)"),
        (BRIDGING_EN, "[@law-2020; @slides-undated, slides 2-4]", "[@law-2020; @gone] {person}"),
        (BRIDGING_EN, "- One\n", "- One ![a door](door.png)\n"),
        (LONG, "rubric: [act-together]", "rubric: [act-together, gone]"),
        (LONG, "bridging#reading", "bridging#gone"),
        (LONG, "long-way#spring", "gone"),
        (LONG, "use: long-way#year", "use: long-way#gone"),
        (SHEET, "practises: [name-ties]", "practises: [gone, name-ties]"),
        ("course/pages/about/page.yml", "[article-2019]", "[article-2019, gone]"),
        ("course/pages/numbers/page.yml", "teaches: [see-waiting]", "teaches: [gone]"),
    ],
    "sections": [
        (SHEET_EN, "## Draw more {#area}", "## Stray {#stray}\n\n### Below {#stray.below}"),
        (SHEET_EN, "### Two {#grid.two}\n", ""),
        (CASE_EN, "## The sister {#role.sister}\n\nYou call on Sundays.\n", "### More {#year.more}\n\nMore.\n"),
        (CASE, "{id: as-roles, stage: summer", "{id: as-roles, stage: winter"),
        (BRIDGING_EN, "#### A wall {#check.both.two}\n\nNo: nobody passed.\n", ""),
        ("course/pathways/evening/en.md", "## The evening {#plan}", "## The evening {#night}"),
    ],
    "figures below": [
        ("course/modules/spreading/module.yml", "[none, links, talks, meets, plans, one]", "[none]"),
        ("course/modules/turning/module.yml", "[ask, try, look, change]", "[ask, try]"),
        ("course/modules/resting/module.yml", "[meeting, team, law]", "[meeting]"),
        (HOLDING, "[person, home, work, care]", "[person, home, work]"),
        (BRIDGING, "rows: [here, there], columns: [now, later]", "rows: [here], columns: [now], parts: [here]"),
    ],
    "figures above": [
        ("course/modules/turning/module.yml", "[ask, try, look, change]", "[ask, try, look, change, a, b, c]"),
        ("course/modules/resting/module.yml", "[meeting, team, law]", "[meeting, team, law, a, b, c]"),
        ("course/modules/spreading/module.yml", "one]", "one], rows: [a]"),
        (BRIDGING, "rows: [here, there], columns: [now, later]", "rows: [a, b, c, d], columns: [a, b, c, d]"),
        ("course/modules/holding/en.md", "### Work {", f"### {'W' * 26} {{"),
        ("course/modules/holding/en.md", "### Home {", f"### {'H' * 27} {{"),
    ],
    "figures just right": [
        ("course/modules/turning/module.yml", "[ask, try, look, change]", "[ask, try, look]"),
        ("course/modules/resting/module.yml", "[meeting, team, law]", "[meeting, team]"),
        ("course/modules/spreading/module.yml", "[none, links, talks, meets, plans, one]", "[none, links]"),
    ],
    "minutes": [
        (EVENING, "minutes: 85", "minutes: 91"),
        (LONG, "minutes: 130", "minutes: 30"),
        (LONG, "use: bridging#opening, minutes: 5", "use: bridging#opening"),
        (LONG, "{use: bridging#look-back}", "{use: bridging#look-back, minutes: 10}"),
        (LONG, "{welcome: 10}", "{welcome: 10, closing: 5}"),
        (LONG, "{break: 15}", "{minutes: 15}"),
        (LONG, "hours: {self_study: 6, assessment: 2}", "hours: {self_study: 60, assessment: 2}"),
        (CASE, "minutes: 135", "minutes: 136"),
        (OTHER, "minutes: 20", "minutes: 19"),
    ],
    "minutes just right": [
        (EVENING, "minutes: 85", "minutes: 90"),
        (LONG, "hours: {self_study: 6, assessment: 2}", "hours: {self_study: 5, assessment: 2}"),
    ],
    "minutes at the other end": [
        (EVENING, "minutes: 85", "minutes: 75"),
        (LONG, "minutes: 200", "minutes: 230"),
        (LONG, "hours: {self_study: 6, assessment: 2}", "hours: {self_study: 7, assessment: 2}"),
    ],
    "without hours": [(LONG, "hours: {self_study: 6, assessment: 2}\n", "")],
    "objectives": [
        (BRIDGING, "teaches: [name-ties, see-waiting]", "teaches: [see-waiting]"),
        (BRIDGING, "practises: [name-ties, act-together], ", ""),
        (BRIDGING, "teaches: [act-together], assesses: [name-ties]", "assesses: [name-ties]"),
        (HOLDING, "objectives: [name-ties]", "objectives: [name-ties, act-together]"),
        (CASE, "bloom: create, practises: [act-together]", "bloom: create"),
        (CASE, "assesses: [act-together], practises: [act-together]", "assesses: [name-ties]"),
        (SHEET, "practises: [name-ties]\nassesses: [act-together]\n", ""),
    ],
    "ids with a meaning": [
        (CASE, "municipality: {name", "actor: {name: Per}\n  municipality: {name"),
        (CASE, "- {id: jobs, service: jobcentre}", "- {id: jobs, service: jobcentre}\n  - {id: person, service: gp}"),
        (CASE, "- {id: ward, service: ward}", "- {id: ward, service: ward}\n  - {id: facilitator, service: gp}"),
        (CASE, "{id: summer,", "{id: role,"),
        (CASE, "{id: year,", "{id: facilitator,"),
        (CASE, "{id: alone,", "{id: role,"),
        (CASE_EN, "## The day after {#next-day}", "## The day after {#guide.open}"),
        (BRIDGING, "{id: draw,", "{id: facilitator,"),
        (BRIDGING, "{id: both,", "{id: facilitator,"),
        (BRIDGING, "options: [yes, no]", "options: [yes, facilitator]"),
        (BRIDGING, "rows: [here, there], columns: [now, later]",
         "rows: [here, facilitator], columns: [facilitator, now]"),
        (BRIDGING, "{id: figures,", "{id: figure,"),
        (HOLDING, "[person, home, work, care]", "[person, home, work, facilitator]"),
        ("course/modules/waiting/module.yml", "{id: reading,", "{id: figure,"),
        (SHEET, "{id: words,", "{id: facilitator,"),
        (SHEET, "[one, two, three, four]", "[one, two, three, facilitator]"),
        (SHEET, "options: [a, b, c]", "options: [a, facilitator, c]"),
        (SHEET_EN, "## Draw {#drawing}", "## Draw {#form}"),
        (EVENING, "id: plan", "id: assessment"),
        (LONG, "id: two", "id: rubric"),
        (LONG, "id: one", "id: facilitator"),
        (ABOUT_EN, "{#what}", "{#menu}"),
        (ABOUT_EN, "{#who}", "{#map}"),
        ("course/pages/numbers/en.md", "{#then}", "{#files}"),
        ("course/pages/home/en.md", "{#teach}", "{#files}"),
        (OBJECTIVES, "id: name-ties", "id: facilitator"),
        (OBJECTIVES, "id: act-together", "id: general-competence"),
        (SOURCES, "id: nothing-known", "id: seen-secondary"),
        (SOURCES, "id: thesis-2010", "id: knowledge"),
        (GLOSSARY, "id: zone", "id: letter-7a"),
        (GLOSSARY, "id: wave", "id: seen-seed"),
    ],
    "a language more": [
        ("course/course.yml", "{code: nb, name: Norsk bokmål}",
         "{code: nb, name: Norsk bokmål, complete: true}\n  - {code: sv, name: Svenska}\n  - {code: fi, name: Suomi}"),
        (CASE_NB, "## {person} {#role.person}", "### {person} {#role.person}"),
        (CASE_NB, "{#outcome.then}", "{#outcome.now}"),
        (CASE_NB, "front: \"", "front: \"0"),
        (CASE_NB, "  year: \"", "  year: \"0"),
        (HOLDING_NB, "[@article-2019", "[@law-2020; @article-2019"),
        (GLOSSARY, "word: {en: river, nb: å}", "word: {en: river, is: á}"),
        (GLOSSARY, "definition: {en: What runs., nb: Det som renner.}", "definition: {en: What runs.}"),
        (GLOSSARY, "{en: \"In Norway the municipality appoints one, in Denmark the law names several.\", nb: \"I Norge",
         "{en: \"In Norway the municipality appoints one, in Denmark the law names several.\", sv: \"I Norge"),
        (OBJECTIVES, "short: {en: name the ties, nb: navngi båndene}", "short: {en: name the ties}"),
        (OBJECTIVES, ", nb: Planlegge et neste steg sammen med personen.}", "}"),
        (DK, "name: {en: Denmark, nb: Danmark}", "name: {en: Denmark}"),
        (DK, "name: {en: two plans, nb: to planer}", "name: {en: two plans}"),
        (DK, ", nb: En hos hver tjeneste.}", "}"),
        (NO, ", nb: Det finnes en rett til plan.}", "}"),
        (DK, "      nb: {bare: lege, a: en lege, the: legen, whose: legens}\n", ""),
    ],
    "no letters for it": [
        ("course/course.yml", "nb: \"Et helt kurs:", "nb: \"Et helt 龍 kurs:"),
        ("course/course.yml", "Samspill contributors", "Samspill 龍龍"),
        (OBJECTIVES, "short: {en: name the ties", "short: {en: name the ☎ ties"),
        (OBJECTIVES, "Plan a next step", "Plan 龍🙂 a next step"),
        (SOURCES, "family: Vries, given: Anna", "family: Vries, given: 安"),
        (SOURCES, "title: Trådene", "title: Trådene 🙂🙃🙂😀😁😂"),
        (SOURCES, "family: Dahl", "family: 龍"),
        (SOURCES, "10.5555/thread.2019", "10.5555/龍"),
        (SOURCES, "https://nordby.example.org/slides", "https://nordby.example.org/🙂"),
        (SOURCES, "Åsberg and others", "龍 and others"),
        (SOURCES, "literal: Nordby municipality", "literal: 龍 municipality"),
        (DK, "nb: Danmark", "nb: 龍"),
        (DK, "bare: job centre, a: a job centre", "bare: job ☎, a: a 龍 centre"),
        (CASE, "sister: {name: Bäckström Ø.}", "sister: {name: 龍}"),
        (CASE_EN, "title: The long way", "title: The 🙂 way"),
        (CASE_EN, "Write down one tie.", "Write down `🙂` one tie."),
        (CASE_EN, "Listen for", "[a](https://龍.example.org) Listen for"),
        (CASE_EN, "a line as it stands", "a 龍 line 🙂 as it stands"),
        (CASE_EN, "section 4]", "section 龍]"),
        (CASE_EN, "Nobody shows the sheet.", "Nobody shows 一丁七万丈三上下不 the sheet."),
        (CASE_NB, "summary: Lars", "summary: 龍 Lars"),
        ("course/modules/turning/en.md", "### Ask {", "### A☎k {"),
        ("course/modules/turning/en.md", "### Try {", "### Tạỷ {"),
    ],
    "no room for it": [
        (CASE_EN, "title: The", f"title: The {WORD}"),
        (CASE_NB, "summary: Lars", f"summary: {WORD} Lars"),
        (CASE_EN, "## Spring", f"## {WORD} Spring"),
        (CASE_EN, "twice in March", f"twice {WORD}3 in March"),
        (CASE_EN, "1. First the form.", f"1. First the {WORD}4 form."),
        (CASE_EN, "a line as it stands", f"a {WORD}1 line"),
        (CASE_EN, "Write down one tie.", f"{WORD} {WORD} {WORD}2 https://example.org/{WORD}"),
        (CASE_EN, "> \"They ask", f"> \"They {WORD}5 ask"),
        (CASE_EN, "Nobody shows the sheet.", f"> | a | b |\n> | --- | --- |\n> | c | {WORD} |"),
        (CASE_EN, "| Who | Since |", f"| {WORD[:34]} | {WORD[:34]} |"),
        (BRIDGING_EN, "- One\n", f"- One\n\n  | a | b |\n  | --- | --- |\n  | {WORD}{WORD[:20]} | b |\n"),
        (ABOUT_EN, "| A | B | C | D |", f"| {WORD[:60]} | B | C | {WORD[1:60]} |"),
        (ABOUT_NB, "| A | B | C | D |", f"| {WORD[:32]} | B | C | {WORD[1:32]} |"),
        (OBJECTIVES, "short: {en: name the ties", f"short: {{en: {WORD[:24]}"),
        (OBJECTIVES, "short: {en: act together", f"short: {{en: {WORD[:14]}"),
        (OBJECTIVES, "statement: {en: Plan", f"statement: {{en: {WORD}"),
        (SOURCES, "title: Trådene", f"title: {WORD}"),
    ],
}  # fmt: skip


def _printed(root: Path) -> list[str]:
    course, problems = load(root)
    assert course is not None
    return [str(problem) for problem in sorted([*problems, *check(course, problems)])]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is printed of the rich course as it is: notes about what is not translated."""
    return _printed(put_together(tmp_path_factory.mktemp("straight") / "course"))


@pytest.mark.parametrize("name", COURSES)
def test_a_crooked_course(name: str, tmp_path: Path, before: list[str], update: bool) -> None:
    root = put_together(tmp_path / "course")
    for path, old, new in COURSES[name]:
        change(root / path, old, new)
    made = "".join(f"{line}\n" for line in _printed(root) if line not in before)
    compare({f"{name.replace(' ', '-')}.txt": made}, f"crooked/{name.replace(' ', '-')}", update=update)


def test_which_ids_are_taken(update: bool) -> None:
    units = (
        "modules", "cases", "worksheets", "pathways", "countries", "objectives", "glossary", "sources", "translations",
        "handouts", "assets", "pagefind", "search", "index", "404", "sitemap", "robots", "latest", "versions",
        "home", "con", "top",
    )  # fmt: skip
    parts = (
        "top", "content", "menu", "search", "search-title", "search-words", "samspill-problems", "panel-contents",
        "panel-print", "panel-objectives", "panel-place", "panel-used", "panel-sources", "panel-cite", "map", "roles",
        "guide.open", "guide", "later.reveal", ".reveal", "form", "coverage", "starts-0", "starts-19", "starts-",
        "starts-1a", "files",
        "knowledge", "skills", "general-competence", "letter-e5", "letter-", "letter-g", "seen-seed", "seen-page",
        "seen-secondary", "seen-", "facilitator", "a-map", "map-a",
    )  # fmt: skip
    pages = ("module", "case", "worksheet", "pathway", "page", "home", "notebook", "objectives", "glossary", "sources")
    lines = [f'{kind} "{unit}": {refusal(kind, unit)}' for kind in FOLDERS for unit in units]
    lines += [f"{page}: {' '.join(part for part in parts if kept(page, part))}" for page in pages]
    compare({"ids.txt": "\n".join(lines) + "\n"}, "ids", update=update)
