"""A translation under way: each section that is missing stands in its place, marked, on the web and on paper."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import Run, change, html_of
from reading_order import reading_order
from samspill.model import Course
from samspill.prose import Borrowed, BorrowedBlocks, Changed, Paragraph, Text
from samspill.reading.completed import complete, completed
from samspill.reading.context import Context
from samspill.render.paper import handouts, inputs, render
from samspill.render.web import pages
from samspill.render.web.html import Writer
from samspill.render.web.lists import Lists
from samspill.source import load
from samspill.translation.progress import State, states

EN, NB = "cases/two-doors/en.md", "cases/two-doors/nb.md"
MISSING = "Denne delen er ikke oversatt ennå og står her på engelsk."
STALE = "Denne delen er endret på engelsk siden den ble oversatt."


def read(root: Path) -> Course:
    """Load a course and complete it."""
    course, problems = load(root)
    assert course is not None, problems
    return completed(course)


def without(root: Path, *sections: str) -> None:
    """Take sections out of the Norwegian text."""
    text = (root / NB).read_text("utf-8")
    for name in sections:
        text, count = re.subn(rf"\n#+ [^\n]*{{#{re.escape(name)}}}\n.*?(?=\n#|\Z)", "", text, flags=re.S)
        assert count == 1, name
    (root / NB).write_text(text, "utf-8")


def page(course: Course) -> str:
    """Return the Norwegian page of the case."""
    made = {each.path: html_of(each.data) for each in pages(course, "nb", {}, {"en": "../en/"})}
    return made["cases/two-doors.md"]


def sheets(course: Course, language: str) -> dict[tuple[str, str], str]:
    """Return what is printed of the case, by kind and part."""
    found = [each for each in handouts(course, language) if each.unit == "two-doors"]
    return {(each.kind, each.part): json.dumps(inputs(course, each), ensure_ascii=False) for each in found}


def test_what_is_complete_stays_as_it_is(whole: Path) -> None:
    course, _ = load(whole)
    assert course is not None
    assert completed(course) == course


def test_a_text_has_the_sections_of_its_source_in_their_order(whole: Path) -> None:
    without(whole, "later", "guide.safety", "letter")
    course = read(whole)
    source, text = course.prose["case", "two-doors", "en"], course.prose["case", "two-doors", "nb"]
    assert [section.id for section in text.sections] == [section.id for section in source.sections]
    assert [section.id for section in text.sections if section.borrowed] == ["letter", "later", "guide.safety"]
    assert text.by_id["later"].title == (Borrowed("en", source.by_id["later"].title),)
    assert text.by_id["later"].blocks == (BorrowedBlocks("en", source.by_id["later"].blocks, True),)
    assert text.title == "To dører"


def test_what_stands_below_a_missing_section_does_not_say_so_again(whole: Path) -> None:
    without(whole, "who-first", "who-first.facilitator")
    text = read(whole).prose["case", "two-doors", "nb"]
    said = [text.by_id[name].blocks[0] for name in ("who-first", "who-first.facilitator")]
    assert [each.said for each in said if isinstance(each, BorrowedBlocks)] == [True, False]


def test_what_stands_below_a_missing_part_of_a_section_does_not_say_so_again(whole: Path) -> None:
    file = whole / "course/modules/waiting/nb.md"
    before, _, rest = file.read_text("utf-8").partition("### Hvem venter? {#check.who}")
    file.write_text(f"{before}## Hovedpunkter {rest.partition('## Hovedpunkter ')[2]}", "utf-8")
    text = read(whole).prose["module", "waiting", "nb"]
    assert text.by_id["check"].borrowed == ""
    said = [text.by_id[f"check.who{name}"].blocks for name in ("", ".a", ".b")]
    assert [each.said for (each,) in said if isinstance(each, BorrowedBlocks)] == [True, False, False]


def test_a_missing_stage_stands_on_the_page_and_in_every_handout(whole: Path) -> None:
    before = sheets(read(whole), "nb")
    without(whole, "later")
    course = read(whole)
    made = page(course)
    assert '<h2 class="stage-title" id="later"><span lang="en">Three weeks later</span></h2>\n' in made
    assert f'<p class="note" data-pagefind-ignore>{MISSING}</p>\n<div lang="en"><p>' in made
    assert made.count(MISSING) == 1
    after = sheets(course, "nb")
    assert after.keys() == before.keys() == sheets(course, "en").keys()
    holds = {key for key, text in before.items() if "Ingen har svart" in text}
    assert holds
    assert {key for key, text in after.items() if MISSING in text} == holds
    assert {key for key, text in after.items() if "Ingen har svart" in text} == set()


def test_words_in_another_language_take_its_forms_and_links_stay(whole: Path) -> None:
    change(whole / EN, "{#letter}\n", "{#letter}\n\nSee {person.whose} [log](worksheet:log).\n")
    without(whole, "letter")
    made = page(read(whole))
    part = made[made.index('id="letter"') : made.index('id="who-first"')]
    assert (
        '<div lang="en"><p>See <span data-slot="person.whose">Marit’s</span> <a href="../../worksheets/log/">log</a>.'
        in part
    )
    assert '<span data-slot="actor.doctor.The">The GP</span> writes to' in part


def test_a_section_behind_its_source_says_so_and_leads_there(whole: Path) -> None:
    change(whole / EN, "{#later}\n", "{#later}\n\nIt rains.\n")
    course = read(whole)
    text = course.prose["case", "two-doors", "nb"]
    assert text.by_id["later"].blocks[0] == Changed("en", "case:two-doors#later")
    assert not any(isinstance(block, Changed) for name in ("letter", "guide") for block in text.by_id[name].blocks)
    link = '<a href="../../../en/cases/two-doors/#later" hreflang="en">Les den slik den er nå</a>'
    assert f'<p class="note" data-pagefind-ignore>{STALE} {link}</p>\n' in page(course)
    assert any(STALE in sheet for sheet in sheets(course, "nb").values())
    assert not any("Les den slik" in sheet for sheet in sheets(course, "nb").values())


def test_a_section_that_was_never_recorded_claims_nothing(whole: Path) -> None:
    change(whole / NB, '  later: "baaea5e1e237"\n', "")
    course = read(whole)
    assert not any(
        isinstance(block, Changed) for block in course.prose["case", "two-doors", "nb"].by_id["later"].blocks
    )


@pytest.mark.parametrize("language", ["nb", "da", "sv"])
def test_the_notes_are_in_the_language_of_the_page(language: str) -> None:
    from samspill.languages import catalogue

    words = catalogue(language)
    where = words("site.in_language.en")
    said = {words("common.borrowed", where=where), words("common.changed", where=where)}
    assert all(where in each and "{" not in each for each in said)
    assert not said & {catalogue("en")("common.borrowed", where=where), catalogue("en")("common.changed", where=where)}


def test_an_empty_translation_is_the_whole_source_in_order(whole: Path) -> None:
    course, _ = load(whole)
    assert course is not None
    source = course.prose["case", "two-doors", "en"]
    text = complete(replace(course.prose["case", "two-doors", "nb"], sections=(), by_id={}), source, "case:two-doors")
    assert [section.borrowed for section in text.sections] == ["en"] * len(source.sections)
    assert text.by_id["letter"].level == source.by_id["letter"].level
    assert not any(isinstance(block, Paragraph | Text) for section in text.sections for block in section.blocks)


FRONT = "Tittelen og sammendraget er endret på engelsk siden de ble oversatt."


def test_a_title_behind_its_source_says_so_below_it_and_leads_there(whole: Path) -> None:
    change(whole / EN, "title: Two doors", "title: Two closed doors")
    course = read(whole)
    text = course.prose["case", "two-doors", "nb"]
    assert text.changed == Changed("en", "case:two-doors", front=True)
    assert course.prose["worksheet", "log", "nb"].changed is None
    link = '<a href="../../../en/cases/two-doors/" hreflang="en">Les dem slik de er nå</a>'
    lead = '<p class="lead">Hver dør åpnes når den andre er åpnet.</p>'
    assert f'{lead}\n<p class="note" data-pagefind-ignore>{FRONT} {link}</p>\n' in page(course)
    notes = {key: json.loads(json.loads(sheet)).get("changed") for key, sheet in sheets(course, "nb").items()}
    kinds = ("participant", "stages", "facilitator", "roles", "map")
    assert notes == {("stages", "short/one"): FRONT, **{(kind, ""): FRONT for kind in kinds}}


@pytest.mark.parametrize(("kind", "unit"), [("module", "waiting"), ("worksheet", "log"), ("pathway", "short")])
def test_a_summary_behind_its_source_says_so_on_every_kind_of_page(kind: str, unit: str, whole: Path) -> None:
    file = whole / f"course/{kind}s/{unit}/en.md"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^summary: .*", "summary: Another one.", text), "utf-8")
    made = {each.path: each.data.decode() for each in pages(read(whole), "nb", {}, {"en": "../en/"})}
    link = f'<a href="../../../en/{kind}s/{unit}/" hreflang="en">Les dem slik de er nå</a>'
    assert f'<p class="note" data-pagefind-ignore>{FRONT} {link}</p>\n' in made[f"{kind}s/{unit}.md"]
    assert [path for path, page in made.items() if FRONT.encode() in page.encode()] == [f"{kind}s/{unit}.md"]


def test_the_first_page_says_that_its_title_is_behind(whole: Path) -> None:
    change(whole / "course/pages/home/en.md", "title: Who waits?", "title: Who is waiting?")
    made = {each.path: each.data.decode() for each in pages(read(whole), "nb", {}, {"en": "../en/"})}
    link = '<a href="./../en/" hreflang="en">Les dem slik de er nå</a>'
    assert f'<p class="note" data-pagefind-ignore>{FRONT} {link}</p>' in made["index.md"]


def test_a_title_that_was_never_recorded_claims_nothing(whole: Path) -> None:
    change(whole / NB, '  front: "8067bb0076be"\n', "")
    course = read(whole)
    assert course.prose["case", "two-doors", "nb"].changed is None
    assert FRONT not in page(course)


def test_a_printed_sheet_says_that_its_title_is_behind(whole: Path) -> None:
    change(whole / EN, "title: Two doors", "title: Two closed doors")
    course = read(whole)
    for sheet in handouts(course, "nb"):
        if sheet.unit == "two-doors" and sheet.kind in ("roles", "map"):
            assert f"P {FRONT}" in reading_order(render(course, sheet)).splitlines()


def test_a_door_that_is_not_translated_is_still_a_door(whole: Path) -> None:
    file = whole / "course/pages/home/nb.md"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("\n## ")], "utf-8")
    (home,) = [html_of(each.data) for each in pages(read(whole), "nb", {}) if each.path == "index.md"]
    door = home[home.index('aria-labelledby="teach"') :]
    door = door[: door.index("</section>")]
    assert '<h2 id="teach"><span lang="en">' in door
    assert f'<p class="note" data-pagefind-ignore>{MISSING}</p>\n<div lang="en">' in door
    assert re.search(r'<ul><li><a href="[^"]+">[^<]+</a> <small>', door), door


@pytest.mark.parametrize(
    ("language", "heading", "said"),
    [
        (
            "nb", "Under oversettelse",
            "6 av 9 avsnitt, 1 endret siden, 1 ikke sammenlignet med originalen, tittel og sammendrag ikke oppdatert",
        ),
        (
            "en", "Under way",
            "6 of 9 sections, 1 changed since, 1 not compared with the original, title and summary not up to date",
        ),
    ],
)
def test_the_page_of_translations_says_how_far_each_text_is(
    language: str, heading: str, said: str, whole: Path
) -> None:
    without(whole, "later", "guide.safety", "adapting")
    change(whole / NB, '  outcome: "b3ba0cdbadcb"\n', "")
    change(whole / EN, "{#letter}\n", "{#letter}\n\nIt rains.\n")
    change(whole / EN, "title: Two doors", "title: Two closed doors")
    made = {each.path: html_of(each.data) for each in pages(read(whole), language, {})}["translations.md"]
    title = {"nb": "To dører", "en": "Two closed doors"}[language]
    kind = {"nb": "Kasus", "en": "Case"}[language]
    item = f'<li>{kind}: <a href="../cases/two-doors/">{title}</a><br><small class="progress">{said}</small></li>'
    assert f'<h3 id="under-way-nb">{heading}</h3>\n<ul>{item}</ul>' in made


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 of 1 section, 1 changed since, 1 not compared with the original"),
        ("nb", "1 av 1 avsnitt, 1 endret siden, 1 ikke sammenlignet med originalen"),
        ("da", "1 af 1 afsnit, 1 ændret siden, 1 ikke sammenlignet med originalen"),
        ("sv", "1 av 1 avsnitt, 1 ändrad sedan dess, 1 inte jämförd med originalet"),
    ],
)
def test_how_far_a_text_is_in_four_languages(language: str, words: str, whole: Path) -> None:
    context = Context(read(whole), language)
    view = Lists(context.course, context, Writer(context.words, ""))
    assert view.progress(State("case", "x", "x.md", 1, behind=("a",), unrecorded=("b",))) == words
    one, other = (view.progress(State("case", "x", "x.md", 16, missing=("a",) * gone)) for gone in (13, 0))
    some = {"en": "3 of 16 sections", "nb": "3 av 16 avsnitt", "da": "3 af 16 afsnit", "sv": "3 av 16 avsnitt"}
    assert one == some[language]
    front = {
        "en": "title and summary not up to date", "nb": "tittel og sammendrag ikke oppdatert",
        "da": "titel og resumé ikke opdateret", "sv": "titel och sammanfattning inte uppdaterade",
    }  # fmt: skip
    for state in (
        State("case", "x", "x.md", 3, missing=("front",)),
        State("case", "x", "x.md", 3, behind=("front",)),
        State("case", "x", "x.md", 3, unrecorded=("front",)),
    ):
        assert view.progress(state).startswith("3 ")
        assert view.progress(state).endswith(f", {front[language]}")
    assert other.startswith("16 ")


def test_how_far_every_unit_is(whole: Path) -> None:
    for gone in ("course/modules/waiting/nb.md", "course/pages/home/nb.md"):
        (whole / gone).unlink()
    without(whole, "later", "guide.safety")
    change(whole / NB, "title: ", "title: TODO ")
    change(whole / "course/pathways/short/en.md", "summary: ", "summary: So ")
    change(whole / "course/worksheets/log/nb.md", '  front: "', '  other: "')
    course, _ = load(whole)
    assert course is not None
    found = [(each.unit, each.done, each.sections, each.there, each.whole) for each in states(course, "nb")]
    assert found == [
        ("waiting", 0, 11, False, False), ("two-doors", 7, 9, True, False), ("log", 12, 12, True, False),
        ("short", 3, 3, True, False), ("home", 0, 3, False, False),
    ]  # fmt: skip


def test_a_heading_alone_is_no_translation(whole: Path, run: Run) -> None:
    text = (whole / NB).read_text("utf-8")
    front, body = text.split("---\n\n", 1)
    (whole / NB).write_text(front + "---\n\n" + "\n\n".join(re.findall(r"^#.*$", body, re.M)) + "\n", "utf-8")
    missing = [line for line in run("check", "--notes", root=whole).out.splitlines() if ": T002 " in line]
    assert missing[0] == (
        f'{NB}:17:1: T002 note: section "letter" has a heading and no text (translate cases/two-doors/en.md:6)'
    )
    assert len(missing) == 8
    assert run("translated", NB, root=whole).out == f"{NB}: 1 of 9 sections translated, 0 recorded now\n"
    said = page(read(whole))
    assert said.count(MISSING) == 7  # a part of one that says so does not repeat it
    assert "<p>Let them disagree.</p>" in said
    assert "Delvis på engelsk" in said


def test_a_part_of_a_question_that_is_missing_says_so(whole: Path) -> None:
    without(whole, "letter", "who-first.facilitator")
    drawer = page(read(whole)).partition('id="who-first.facilitator"')[2]
    assert drawer.index(MISSING) < drawer.index("Let them disagree.")


def test_a_section_above_another_may_be_missing(whole: Path, run: Run) -> None:
    without(whole, "letter")
    status, out, _ = run("check", "--notes", root=whole)
    assert status == 0
    (line,) = out.splitlines()
    assert line.startswith(f'{NB}:1:1: T002 note: section "letter" is missing')


def test_an_id_that_changes_in_the_source_blocks_nobody(whole: Path, run: Run) -> None:
    change(whole / EN, "{#later}", "{#afterwards}")
    change(whole / "cases/two-doors/case.yml", "id: later", "id: afterwards")
    for file in (whole / "course").rglob("*.yml"):
        file.write_text(file.read_text("utf-8").replace("two-doors#later", "two-doors#afterwards"), "utf-8")
    status, out, _ = run("check", "--notes", root=whole)
    assert status == 0, out
    assert [line.partition(" (")[0] for line in out.splitlines()] == [
        f'{NB}:1:1: T002 note: section "afterwards" is missing',
        f'{NB}:29:1: T003 note: section "later" is not in the source',
    ]
    assert MISSING in page(read(whole))
    # Its record stays, so that nothing has to be read again once it has its new id.
    assert run("translated", NB, root=whole).status == 0
    assert '  later: "baaea5e1e237"\n' in (whole / NB).read_text("utf-8")
    # One that was never there is a slip of the pen.
    change(whole / NB, "{#guide.safety}", "{#guide.safty}")
    assert f'{NB}:' in run("check", root=whole).out


def test_a_glossary_entry_behind_its_source_says_so(whole: Path) -> None:
    change(whole / "course/glossary.yml", "Someone who keeps", "Somebody who keeps")
    made = {each.path: each.data.decode() for each in pages(read(whole), "nb", {}, {"en": "../en/"})}["glossary.md"]
    entry = made.partition('id="coordinator"')[2].partition("</section>")[0]
    assert STALE in entry
    assert 'href="../../en/glossary/#coordinator" hreflang="en"' in entry


def test_a_first_page_that_says_todo_has_the_title_of_its_source(whole: Path) -> None:
    change(whole / "course/pages/home/nb.md", "title: ", "title: TODO ")
    change(whole / "course/pages/home/en.md", "---\n\n## Teach", "---\n\nIt begins here.\n\n## Teach")
    change(whole / "course/course.yml", "nb: Et helt kurs", "nb: 'TODO: A whole course'")
    course = read(whole)
    made = {each.path: each.data.decode() for each in pages(course, "nb", {}, {"en": "../en/"})}
    assert '<h1 id="top" lang="en">Who waits?</h1>' in made["index.md"]
    assert 'description: "A whole course, as small as one can be."\n' in made["index.md"]
    home = course.text("page", "home", "nb")
    assert home is not None
    assert home.lead == (Paragraph((Text("It begins here."),)),)
    assert not [path for path, text in made.items() if "TODO" in text]


def test_a_text_in_yaml_that_says_todo_stands_in_the_source_language_and_no_other_does(whole: Path) -> None:
    for path, old in (
        ("course.yml", "nb: Et helt kurs"), ("objectives.yml", "nb: Se hvem"), ("glossary.yml", "nb: En som holder"),
        ("sources.yml", "nb: Lest"), ("settings/no.yml", "nb: Det finnes"), ("settings/no.yml", "en: A plan across"),
    ):  # fmt: skip
        change(whole / "course" / path, old, f"{old} TODO")
    course = read(whole)
    see, term = course.objectives["see-waiting"], course.terms["coordinator"]
    source, norway = course.sources["thompson-1967"], course.settings["no"]
    plan, fact = norway.instruments[0], norway.facts[0]
    assert course.about.title == {"en": "A whole course"}
    assert see.short == {"en": "see who waits", "nb": "se hvem som venter"}
    assert see.statement == {"en": "See who waits for whom in a case."}
    assert term.word == {"en": "coordinator", "nb": "koordinator"}
    assert term.definition == {"en": "Someone who keeps the parts together."}
    assert source.remark == {"en": "Read through later work."}
    assert norway.name == {"en": "Norway", "nb": "Norge"}
    assert plan.note == {"en": "A plan across TODO services.", "nb": "En plan på tvers av tjenester."}
    assert fact.text == {"en": "There is a right to a plan."}
