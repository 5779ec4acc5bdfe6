"""Countries: what is written of them is shown, each fact with its date and its sources, and what a case takes of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from conftest import COURSES, Run, change, overlay
from samspill.document.country import Background, Country
from samspill.document.setting import countries
from samspill.document.tree import Borrowed, Citation, Link, Text, Words, plain
from samspill.document.unit import document
from samspill.languages import catalogue
from samspill.model import Course
from samspill.reading.completed import completed
from samspill.reading.context import Context
from samspill.reading.dates import written
from samspill.render.web import pages
from samspill.render.web.html import Writer
from samspill.render.web.lists import Lists
from samspill.render.web.page_file import read
from samspill.source import load


@cache
def rich() -> Course:
    """The rich small course, completed for readers."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        shutil.copytree(COURSES / "whole", root)
        overlay(root, COURSES / "rich")
        course, _ = load(root)
    assert course is not None
    return completed(course)


def told(code: str, language: str, course: Course | None = None) -> Country:
    """Return a country as it is said in a language."""
    found = countries(Context(course or rich(), language))
    return next(each for each in found if each.code == code)


def html(words: Words, language: str) -> str:
    """Return words as HTML, as seen from the root of a language."""
    return str(Writer(catalogue(language), "").inline(words))


def cited(words: Words) -> list[tuple[str, str]]:
    """Return the texts and addresses of the sources in a citation."""
    return [(cite.text, cite.url) for word in words if isinstance(word, Citation) for cite in word.cites]


@pytest.mark.parametrize(
    ("date", "en", "nb", "da", "sv"),
    [
        ("2011", "2011", "2011", "2011", "2011"),
        ("2011-12", "December 2011", "desember 2011", "december 2011", "december 2011"),
        ("2024-01", "January 2024", "januar 2024", "januar 2024", "januari 2024"),
        ("2024-09-01", "1 September 2024", "1. september 2024", "1. september 2024", "1 september 2024"),
        ("1000-05-31", "31 May 1000", "31. mai 1000", "31. maj 1000", "31 maj 1000"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(date: str, en: str, nb: str, da: str, sv: str) -> None:
    assert [written(date, language) for language in ("en", "nb", "da", "sv")] == [en, nb, da, sv]


def test_a_language_that_came_later_has_its_own_months_and_one_that_nobody_knows_has_figures() -> None:
    assert written("2011-12", "fr") == "décembre 2011"
    assert written("2011-12", "xx") == "2011-12"


@pytest.mark.parametrize(
    ("language", "tiers"),
    [
        ("en", [("primary", "Primary care", ["GP"]), ("specialist", "Specialist services", ["Centre"])]),
        ("nb", [("primary", "Primærhelsetjeneste", ["Fastlege"]), ("specialist", "Spesialisthelsetjeneste", ["DPS"])]),
    ],
)
def test_services_stand_by_level(language: str, tiers: list[tuple[str, str, list[str]]]) -> None:
    found = told("no", language).tiers
    assert [(each.level, each.title, [plain(one.name) for one in each.services]) for each in found] == tiers


def test_levels_stand_from_the_municipality_outwards_and_none_is_empty() -> None:
    assert [each.level for each in told("dk", "en").tiers] == ["municipal", "primary", "specialist", "state", "civil"]
    assert [each.title for each in told("dk", "nb").tiers] == [
        "Kommune", "Primærhelsetjeneste", "Spesialisthelsetjeneste", "Stat", "Sivilsamfunn",
    ]  # fmt: skip


def test_a_service_with_a_term_leads_to_the_glossary_and_one_without_does_not() -> None:
    gp, centre = (each.services[0] for each in told("no", "nb").tiers)
    assert gp.name == (Link("glossary/#coordinator", (Text("Fastlege"),), "term:coordinator"),)
    assert centre.name == (Text("DPS"),)
    assert [gp.id, centre.id] == ["no.services.gp", "no.services.psychiatric-centre"]


def test_a_service_says_what_it_is_called_in_full_only_when_that_is_more() -> None:
    state = next(each for each in told("dk", "nb").tiers if each.level == "state").services[0]
    # It has no words in this language, so it stands in the source's, marked as such.
    assert state.full == (Borrowed("en", (Text("an office for benefits and pensions"),)),)
    assert state.name == (Link("glossary/#plan", (Borrowed("en", (Text("Benefits"),)),), "term:plan"),)
    full = {plain(one.name): plain(one.full) for each in told("dk", "en").tiers for one in each.services}
    assert full == {
        "Job centre": "", "GP": "", "Psychiatric ward": "", "Benefits": "an office for benefits and pensions",
        "Outreach": "an outreach team",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", [
            ("two-plans", "Two plans", "One at each service.", []),
            ("round-table", "Round table", "A meeting that anyone may call.", [
                ("Act of 2020", "sources/#law-2020"), ("Åsberg and others, 2019", "sources/#article-2019"),
            ]),
        ]),
        ("nb", [
            ("two-plans", "To planer", "En hos hver tjeneste.", []),
            ("round-table", "Rundebord", "A meeting that anyone may call.", [
                ("Act of 2020", "sources/#law-2020"), ("Åsberg and others, 2019", "sources/#article-2019"),
            ]),
        ]),
    ],
)  # fmt: skip
def test_instruments_with_their_notes_and_sources(language: str, named: list[object]) -> None:
    found = told("dk", language).instruments
    assert [
        (each.id.removeprefix("dk.instruments."), plain(each.name), plain(each.note), cited(each.sources))
        for each in found
    ] == named
    assert found[0].sources == ()


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("en", [
            ("shared-duty", "Both services share the duty to follow up.", "As of 1 September 2024"),
            ("no-job-centre", "A municipality need not have a job centre.", "As of 2026"),
            ("first-door", "The service that is met first sees to both.", "As of December 2011"),
        ]),
        ("nb", [
            ("shared-duty", "Begge tjenester har plikt til å følge opp.", "Per 1. september 2024"),
            ("no-job-centre", "A municipality need not have a job centre.", "Per 2026"),
            ("first-door", "Den første tjenesten tar seg av begge deler.", "Per desember 2011"),
        ]),
    ],
)  # fmt: skip
def test_facts_with_when_they_were_true(language: str, facts: list[tuple[str, str, str]]) -> None:
    found = told("dk", language).facts
    assert [(each.id.removeprefix("dk.facts."), plain(each.text), each.when) for each in found] == facts
    assert [each.as_of for each in found] == ["2024-09-01", "2026", "2011-12"]
    assert cited(found[0].sources) == [
        ("Danish evaluation, 2015", "sources/#report-2015"), ("Lie, 2010", "sources/#thesis-2010"),
    ]  # fmt: skip


def test_a_fact_in_another_language_says_so() -> None:
    assert html(told("dk", "nb").facts[1].text, "nb") == (
        '<span lang="en">A municipality need not have a job centre.</span> '
        '<small class="in-language">(på engelsk)</small>'
    )


def test_what_has_changed_since_it_was_translated_leads_to_the_text_of_today() -> None:
    danish = told("dk", "nb")
    behind = [each.id for each in (*danish.instruments, *danish.facts) if each.changed]
    assert behind == ["dk.instruments.round-table", "dk.facts.first-door"]
    found = danish.facts[2].changed
    assert found is not None
    assert (found.language, found.url) == ("en", "countries/#dk.facts.first-door")
    assert found.note == "Denne delen er endret på engelsk siden den ble oversatt."
    # What is up to date, what was never compared and what is the source's own has nothing to say.
    assert [each for each in told("dk", "en").facts if each.changed] == []
    assert [each for each in told("no", "nb").facts if each.changed] == []


def test_a_text_is_compared_as_it_was_typed(whole: Path, run: Run) -> None:
    change(whole / "course/settings/no.yml", "en: There is a right to a plan.", "en: It is the person's plan.")
    course, _ = load(whole)
    assert course is not None
    assert told("no", "nb", completed(course)).facts[0].changed is not None
    assert run("translated", "course/settings/no.yml", "--language", "nb", "--section", "facts.a-right.text",
               root=whole).status == 0  # fmt: skip
    course, _ = load(whole)
    assert course is not None
    # The language sets another apostrophe than was typed: that is no change.
    assert plain(told("no", "en", completed(course)).facts[0].text) == "It is the person’s plan."
    assert told("no", "nb", completed(course)).facts[0].changed is None


@pytest.mark.parametrize(
    ("unit", "language", "country", "services", "origin"),
    [
        ("two-doors", "en", '<a href="countries/#no">Norway</a>',
         ['<a href="glossary/#coordinator" class="term">GP</a>', "Centre"], ["This story is fictional."]),
        ("two-doors", "nb", '<a href="countries/#no">Norge</a>',
         ['<a href="glossary/#coordinator" class="term">Fastlege</a>', "DPS"], ["Fortellingen er oppdiktet."]),
        ("long-way", "en", '<a href="countries/#dk">Denmark</a>',
         ['<a href="glossary/#coordinator" class="term">Job centre</a>', "Psychiatric ward", "Outreach", "GP"],
         ["This story is fictional.", "It has been read by A reader in Nordby and Jo Å.",
          'It is adapted from <a href="cases/still-english/">Still in English</a>.']),
        ("long-way", "nb", '<a href="countries/#dk">Danmark</a>',
         ['<a href="glossary/#coordinator" class="term">Jobbsenter</a>', "Psykiatrisk sengepost", "Oppsøkende team",
          "Lege"],
         ["Fortellingen er oppdiktet.", "Den er lest av A reader in Nordby og Jo Å.",
          'Den er en bearbeidelse av <a href="./../en/cases/still-english/" hreflang="en">'
          '<span lang="en">Still in English</span></a> <small class="in-language">(på engelsk)</small>.']),
    ],
)  # fmt: skip
def test_where_a_case_is_set(unit: str, language: str, country: str, services: list[str], origin: list[str]) -> None:
    place = document(rich(), language, "case", unit).place
    assert place is not None
    assert html(place.country, language) == country
    assert [html(each, language) for each in place.services] == services
    assert [html(each, language) for each in place.origin] == origin


def test_a_title_that_ends_its_own_sentence_takes_no_full_stop() -> None:
    course = rich()
    key = ("case", "still-english", "en")
    asked = replace(course, prose={**course.prose, key: replace(course.prose[key], title="Who goes first?")})
    place = document(asked, "en", "case", "long-way").place
    assert place is not None
    assert plain(place.origin[-1]) == "It is adapted from Who goes first?"


def test_other_units_are_set_nowhere() -> None:
    assert document(rich(), "en", "module", "waiting").place is None
    nowhere = replace(rich(), settings={})
    assert document(nowhere, "en", "case", "two-doors").place is None


def backgrounds(course: Course, language: str, unit: str) -> list[Background]:
    """Return what a case says of its country to the one who leads."""
    return [part for part in document(course, language, "case", unit).parts if isinstance(part, Background)]


@pytest.mark.parametrize(
    ("language", "title", "note"),
    [
        ("en", "About Denmark", "Each statement says when it was true. What holds today must be looked up."),
        ("nb", "Om Danmark", "For hver opplysning står det når den gjaldt. Hva som gjelder i dag, må slås opp."),
    ],
)
def test_the_one_who_leads_is_told_of_the_country(language: str, title: str, note: str) -> None:
    (found,) = backgrounds(rich(), language, "long-way")
    assert (plain(found.title), found.note, found.audience) == (title, note, "facilitator")
    assert found.facts == told("dk", language).facts
    # Its sources are among those of the whole case, in full.
    keys = [each.key for each in document(rich(), language, "case", "long-way").references]
    assert {"report-2015", "thesis-2010", "nothing-known"} <= set(keys)


def test_of_a_country_without_facts_nothing_is_told() -> None:
    course = rich()
    silent = course.settings["dk"].model_copy(update={"facts": ()})
    assert backgrounds(replace(course, settings={**course.settings, "dk": silent}), "en", "long-way") == []


def citing(source: str, language: str) -> list[str]:
    """Return where a source is used, as the list of sources says."""
    view = Lists(rich(), Context(rich(), language), Writer(catalogue(language), ""))
    return [str(each) for each in view.citing(source)]


def test_a_source_of_a_country_alone_is_used_there() -> None:
    assert citing("report-2015", "en") == ['<a href="countries/#dk">Denmark</a>']
    assert citing("nothing-known", "nb") == ['<a href="countries/#dk">Danmark</a>']
    # Of an instrument, behind the unit that names it.
    assert citing("law-2020", "en")[-1] == '<a href="countries/#dk">Denmark</a>'
    assert citing("chapter-2003", "en") == []


def page(course: Course, language: str) -> bytes:
    """Return the page of all countries."""
    return next(each.data for each in pages(course, language, {}) if each.path == "countries.md")


def test_a_country_of_which_little_is_said_has_no_empty_lists() -> None:
    course = rich()
    bare = course.settings["no"].model_copy(update={"services": (), "instruments": (), "facts": ()})
    found = page(replace(course, settings={"no": bare}), "en")
    assert read(found)["body"] == '<h2 class="country" id="no">Norway</h2>'


def test_without_a_country_the_page_says_so() -> None:
    found = page(replace(rich(), settings={}), "nb")
    assert read(found)["body"] == "<p>Ingenting på dette språket ennå.</p>"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    sources: [thompson-1967]\n", "    sources: []\n",
         "24:5: S001 facts.0.sources: names no source (name the source of course/sources.yml that says so)"),
        ("    sources: [thompson-1967]\n", "", "21:5: S001 facts.0.sources: is missing (add it)"),
    ],
)  # fmt: skip
def test_a_fact_has_a_source(old: str, new: str, said: str, whole: Path, run: Run) -> None:
    path = whole / "course/settings/no.yml"
    before, facts, after = path.read_text("utf-8").partition("facts:\n")
    assert old in after
    path.write_text(before + facts + after.replace(old, new), "utf-8")
    result = run("check", root=whole)
    assert (result.status, result.out) == (2, f"course/settings/no.yml:{said}\n")


def test_a_country_is_a_file_and_stands_where_the_cases_come_to_it(whole: Path, run: Run) -> None:
    settings = whole / "course" / "settings"
    there = (settings / "no.yml").read_text("utf-8")
    for name in ("xanadu", "atlantis"):
        (settings / f"{name}.yml").write_text(there.replace("country: no", f"country: {name}"), "utf-8")
    course, problems = load(whole)
    assert (course is not None, problems) == (True, [])
    assert course is not None
    assert list(course.settings) == ["no", "atlantis", "xanadu"]
    change(whole / "cases/two-doors/case.yml", "setting: no", "setting: xanadu")
    course, _ = load(whole)
    assert course is not None
    assert list(course.settings) == ["xanadu", "atlantis", "no"]
    assert [each.code for each in countries(Context(course, "en"))] == ["xanadu", "atlantis", "no"]
    change(whole / "cases/two-doors/case.yml", "setting: xanadu", "setting: utopia")
    said = 'country "utopia" is unknown (write course/settings/utopia.yml, or choose from atlantis, no, xanadu)'
    assert f"cases/two-doors/case.yml:2:10: R006 {said}" in run("check", root=whole).out.splitlines()
