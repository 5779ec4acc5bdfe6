"""The texts that stand in YAML: found, recorded as translated, stale when the source changes, shown word by word."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import COURSES, PROJECT, READABLE, Run, change, overlay, rights, umask
from samspill.making.fingerprint import of_content
from samspill.model import Wording
from samspill.source import load
from samspill.source.wording import wordings
from test_translations import git

GLOSSARY, OBJECTIVES, SETTING = "course/glossary.yml", "course/objectives.yml", "course/settings/no.yml"
RECORD = "course/translated/nb.yml"
KEPT = "Someone who keeps the parts together."
NEW_TERM = """terms:
  - id: plan
    word: {en: plan, nb: plan}
    definition: {en: A plan across services., nb: En plan på tvers av tjenester.}
"""


def found(run: Run, root: Path) -> list[str]:
    """What is noted, without what to do about it."""
    return [line.partition(" (")[0] for line in run("check", "--notes", root=root).out.splitlines()]


def _said(value: Any) -> Iterator[str]:
    """Every text said in a language, wherever it stands, but what people search for."""
    if isinstance(value, dict) and value.keys() <= {"en", "nb", "da", "sv"}:
        for inner in value.values():
            yield ", ".join(inner[form] for form in ("bare", "a", "the", "whose")) if isinstance(inner, dict) else inner
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _said(inner) if key != "also" else ()
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner)


@pytest.mark.parametrize("name", [pytest.param("shipped", marks=pytest.mark.full), "rich"])
def test_every_text_of_every_yaml_file_is_found_once(name: str, tmp_path: Path) -> None:
    root = PROJECT
    if name == "rich":
        root = Path(shutil.copytree(COURSES / "whole", tmp_path / "rich"))
        overlay(root, COURSES / "rich")
    course, _ = load(root)
    assert course is not None
    files = [*(root / "course").rglob("*.yml"), *(root / "cases").rglob("*.yml")]
    wanted = [text for file in files for text in _said(yaml.safe_load(file.read_text("utf-8")))]
    assert len(wanted) > 50
    assert sorted(text for each in course.wordings for text in each.words.values()) == sorted(wanted)
    assert len({(each.path, each.name) for each in course.wordings}) == len(course.wordings)


def test_texts_are_named_by_ids(whole: Path) -> None:
    course, _ = load(whole)
    assert course is not None
    assert [f"{each.path.removeprefix('course/')}#{each.name}" for each in course.wordings] == [
        "course.yml#title",
        "objectives.yml#see-waiting.short",
        "objectives.yml#see-waiting.statement",
        "glossary.yml#coordinator.word",
        "glossary.yml#coordinator.definition",
        "sources.yml#thompson-1967.remark",
        "settings/no.yml#name",
        "settings/no.yml#services.gp.forms",
        "settings/no.yml#services.psychiatric-centre.forms",
        "settings/no.yml#instruments.individual-plan.name",
        "settings/no.yml#instruments.individual-plan.note",
        "settings/no.yml#facts.a-right.text",
    ]
    assert course.wordings[7].words == {
        "en": "GP, a GP, the GP, the GP's",
        "nb": "fastlege, en fastlege, fastlegen, fastlegens",
    }


# --- what is stale -----------------------------------------------------------------------------------------


def test_what_changed_is_stale_until_it_is_recorded(whole: Path, run: Run) -> None:
    change(whole / GLOSSARY, KEPT, "Someone who holds the parts together.")
    change(whole / SETTING, "whose: the GP's", "whose: the doctor's")
    command = f"samspill translated {GLOSSARY} --language nb --section coordinator.definition"
    assert run("check", "--notes", root=whole).out == (
        f'{GLOSSARY}:4:65: T004 note: text "coordinator.definition" is stale in nb '
        f"(compare it with the text in en, then run: {command})\n"
        f'{SETTING}:9:7: T004 note: text "services.gp.forms" is stale in nb (compare it with the text in en, '
        f"then run: samspill translated {SETTING} --language nb --section services.gp.forms)\n"
    )
    # Not by recording what is new: nobody said that it was read again.
    before = (whole / RECORD).read_bytes()
    assert run("translated", GLOSSARY, "--language", "nb", root=whole) == (
        0,
        f"{GLOSSARY} in nb: 2 of 2 texts translated, 0 recorded now; behind: coordinator.definition "
        f"(mend them, then run: {command})\n",
        "",
    )
    assert (whole / RECORD).read_bytes() == before
    assert run(*command.split()[1:], root=whole).out == f"{GLOSSARY} in nb: 2 of 2 texts translated, 1 recorded now\n"
    assert found(run, whole) == [f'{SETTING}:9:7: T004 note: text "services.gp.forms" is stale in nb']


def test_a_language_declared_complete_has_errors(whole: Path, run: Run) -> None:
    change(whole / GLOSSARY, KEPT, "Someone who holds the parts together.")
    change(whole / "course/course.yml", "Norsk bokmål}", "Norsk bokmål, complete: true}")
    assert run("check", root=whole).status == 2
    assert found(run, whole) == [f'{GLOSSARY}:4:65: T004 text "coordinator.definition" is stale in nb']


def test_neither_white_space_nor_another_place_makes_a_text_stale(whole: Path, run: Run) -> None:
    change(whole / GLOSSARY, KEPT, "Someone   who keeps\n      the parts  together.")
    change(whole / GLOSSARY, "terms:\n", NEW_TERM)
    change(whole / SETTING, "bare: GP, a: a GP", "a: a GP, bare: GP")
    assert found(run, whole) == [
        f"{GLOSSARY}:3:26: T004 note: 2 texts in nb were never recorded: plan.word, plan.definition"
    ]
    assert run("translated", GLOSSARY, "--language", "nb", root=whole).out == (
        f"{GLOSSARY} in nb: 4 of 4 texts translated, 2 recorded now\n"
    )
    assert found(run, whole) == []


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 text in nb was never recorded: title"),
        (4, "4 texts in nb were never recorded: a.word, a.definition, b.word, b.definition"),
        (6, "6 texts in nb were never recorded: a.word, a.definition, b.word and 3 more"),
    ],
)
def test_what_was_never_recorded_is_one_note(count: int, said: str, whole: Path, run: Run) -> None:
    if count == 1:
        change(whole / RECORD, '  course/course.yml:\n    title: "3302ee6b89b1"\n', "")
        place = "course/course.yml:2:33"
    else:
        terms = "terms:\n"
        for letter in "abc"[: count // 2]:
            terms += f"  - id: {letter}\n    word: {{en: {letter}, nb: {letter}}}\n"
            terms += "    definition: {en: Any., nb: Noe.}\n"
        change(whole / GLOSSARY, "terms:\n", terms)
        place = f"{GLOSSARY}:3:23"
    file = place.partition(":")[0]
    assert run("check", "--notes", root=whole).out == (
        f"{place}: T004 note: {said} "
        f"(compare with the text in en, then run: samspill translated {file} --language nb)\n"
    )


def test_a_text_that_is_missing_is_missing_and_not_stale(whole: Path, run: Run) -> None:
    change(whole / GLOSSARY, ", nb: koordinator}", "}")
    assert found(run, whole) == [f"{GLOSSARY}:3:5: T006 note: coordinator.word has no words in nb"]
    assert run("translated", GLOSSARY, "--language", "nb", root=whole).out == (
        f"{GLOSSARY} in nb: 1 of 2 texts translated, 0 recorded now\n"
    )


def test_one_language_is_looked_at_alone(whole: Path, run: Run) -> None:
    change(whole / "course/course.yml", "  - {code: nb", "  - {code: da, name: Dansk}\n  - {code: nb")
    change(whole / GLOSSARY, "nb: koordinator}", "nb: koordinator, da: koordinator}")
    seen = run("check", "--notes", "--language", "nb", root=whole)
    assert (seen.out, seen.err) == ("", "0 problems found\n")
    assert (
        "1 text in da was never recorded: coordinator.word"
        in run("check", "--notes", "--language", "da", root=whole).out
    )


def test_what_may_be_the_same_in_two_languages_is_no_problem(whole: Path, run: Run) -> None:
    change(whole / OBJECTIVES, "nb: se hvem som venter", "nb: see who waits")
    change(whole / GLOSSARY, "nb: En som holder delene sammen.", f"nb: {KEPT}")
    assert found(run, whole) == [
        f'{GLOSSARY}:4:65: T007 text "coordinator.definition" is the same in nb as in the source'
    ]


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("one two three four", False),
        ("one two three four five", True),
        ("one two three four Five", False),
        ("Now one two, three four: five 6!", True),
        ("1 one 2 two 3 three 4 four 5", False),
    ],
)
def test_five_words_that_are_no_names_are_the_same_by_mistake(said: str, same: bool, whole: Path, run: Run) -> None:
    change(whole / GLOSSARY, f"{{en: {KEPT}, nb: En som holder delene sammen.}}", f"{{en: '{said}', nb: '{said}'}}")
    found = [line for line in run("check", root=whole).out.splitlines() if " T007 " in line]
    assert [line.partition(" (")[0] for line in found] == [
        f'{GLOSSARY}:4:{30 + len(said)}: T007 text "coordinator.definition" is the same in nb as in the source'
    ] * same


@pytest.mark.parametrize(("language", "level"), [("da", " note:"), ("sv", "")])
def test_in_a_language_near_the_source_the_same_words_are_a_note(
    language: str, level: str, whole: Path, run: Run
) -> None:
    change(whole / "course/course.yml", "  - {code: en, name: English, complete: true}\n", "")
    change(whole / "course/course.yml", "bokmål}\n", f"bokmål}}\n  - {{code: {language}, name: X}}\n")
    change(whole / OBJECTIVES, "i et kasus.}", f"i et kasus., {language}: Se hvem som venter på hvem i et kasus.}}")
    home = whole / "course/pages/home/nb.md"
    change(home, "## Undervis {#teach}\n", "## Undervis {#teach}\n\nDette er en setning på et annet språk.\n")
    home.with_name(f"{language}.md").write_text(home.read_text("utf-8"), "utf-8")
    found = [line for line in run("check", "--notes", root=whole).out.splitlines() if " T007 " in line]
    path = f"course/pages/home/{language}.md"
    assert [line.partition(" (")[0] for line in found] == [
        f'{OBJECTIVES}:8:104: T007{level} text "see-waiting.statement" is the same in {language} as in the source',
        f"{path}:1:1: T007{level} the summary is the same as in the source",
        f'{path}:11:1: T007{level} section "teach" is the same as in the source',
    ]


# --- recording ---------------------------------------------------------------------------------------------


def test_an_entry_names_all_of_its_texts(whole: Path, run: Run) -> None:
    change(whole / OBJECTIVES, "en: see who waits", "en: see who is waiting")
    change(whole / OBJECTIVES, "en: See who waits", "en: See who is waiting")
    assert run("translated", OBJECTIVES, "--language", "nb", "--section", "see-waiting", root=whole).out == (
        f"{OBJECTIVES} in nb: 2 of 2 texts translated, 2 recorded now\n"
    )
    assert found(run, whole) == []


def test_a_first_record_is_made_for_everybody_to_read(whole: Path, run: Run) -> None:
    recorded = (whole / RECORD).read_bytes()
    shutil.rmtree(whole / "course/translated")
    assert [line.partition("T004")[0] for line in found(run, whole)] == [
        "course/course.yml:2:33: ",
        f"{GLOSSARY}:3:33: ",
        f"{OBJECTIVES}:7:36: ",
        f"{SETTING}:2:24: ",
        "course/sources.yml:11:48: ",
    ]
    with umask(0o077):
        for file in ("course/sources.yml", SETTING, GLOSSARY, OBJECTIVES, "course/course.yml"):
            assert run("translated", file, "--language", "nb", root=whole).status == 0
    assert rights(whole / "course/translated") == READABLE
    assert (whole / RECORD).read_bytes() == recorded
    assert run("check", "--notes", root=whole) == (0, "", "0 problems found\n")


def test_what_is_gone_leaves_the_record_at_the_next_writing(whole: Path, run: Run) -> None:
    recorded = (whole / RECORD).read_text("utf-8")
    change(whole / RECORD, "    coordinator.word", '    gone.word: "0123456789ab"\n    coordinator.word')
    change(whole / RECORD, "texts:\n", 'texts:\n  course/gone.yml:\n    title: "0123456789ab"\n')
    assert run("check", "--notes", root=whole) == (0, "", "0 problems found\n")
    run("translated", GLOSSARY, "--language", "nb", root=whole)
    assert (whole / RECORD).read_text("utf-8") == recorded


def test_a_record_of_what_is_all_gone_is_an_empty_one(whole: Path, run: Run) -> None:
    change(whole / "course/course.yml", "  - {code: nb", "  - {code: da, name: Dansk}\n  - {code: nb")
    record = whole / "course/translated/da.yml"
    record.write_text('texts:\n  course/gone.yml:\n    title: "0123456789ab"\n', "utf-8")
    for _ in range(2):
        assert run("translated", GLOSSARY, "--language", "da", root=whole).status == 0
        assert record.read_text("utf-8") == (
            "# Written by `samspill translated`, never by hand: which text of the source each text in da translates.\n"
            "texts: {}\n"
        )


def test_line_ends_stay(whole: Path, run: Run) -> None:
    (whole / RECORD).write_bytes((whole / RECORD).read_bytes().replace(b"\n", b"\r\n"))
    before = (whole / RECORD).read_bytes()
    assert run("translated", GLOSSARY, "--language", "nb", root=whole).status == 0
    assert (whole / RECORD).read_bytes() == before


def test_nothing_is_written_where_nothing_is_translated(whole: Path, run: Run) -> None:
    change(whole / "course/course.yml", "  - {code: nb", "  - {code: da, name: Dansk}\n  - {code: nb")
    assert run("translated", GLOSSARY, "--language", "da", root=whole) == (
        0,
        f"{GLOSSARY} in da: 0 of 2 texts translated, 0 recorded now\n",
        "",
    )
    assert not (whole / "course/translated/da.yml").exists()


def test_a_build_notices_a_new_record(whole: Path, run: Run) -> None:
    before = of_content(whole)
    change(whole / GLOSSARY, KEPT, "Someone who holds the parts together.")
    changed = of_content(whole)
    run("translated", GLOSSARY, "--language", "nb", "--section", "coordinator", root=whole)
    assert len({before, changed, of_content(whole)}) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((GLOSSARY,), f"{GLOSSARY} holds its texts in every language: add --language nb"),
        ((GLOSSARY, "--language", "en"), "the course is not translated to en: choose from nb"),
        ((GLOSSARY, "--language", "fi"), "the course is not translated to fi: choose from nb"),
        (
            (GLOSSARY, "--language", "nb", "--section", "coordinator.note"),
            f'{GLOSSARY} does not have a text "coordinator.note" in both en and nb',
        ),
        (
            (GLOSSARY, "--language", "nb", "--section", "coord"),
            f'{GLOSSARY} does not have a text "coord" in both en and nb',
        ),
        (
            ("cases/two-doors/case.yml", "--language", "nb"),
            "cases/two-doors/case.yml holds no text to translate: name one of course/course.yml, "
            f"{OBJECTIVES}, {GLOSSARY}, course/sources.yml, {SETTING}",
        ),
        (("course/pages/home/nb.md", "--language", "da"), "course/pages/home/nb.md is in nb: leave out --language da"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, whole: Path, run: Run) -> None:
    before = (whole / RECORD).read_bytes()
    assert run("translated", *arguments, root=whole) == (3, "", f"samspill: {message}\n")
    assert (whole / RECORD).read_bytes() == before


def test_without_translations_any_language_may_be_added(whole: Path, run: Run) -> None:
    text = (whole / "course/course.yml").read_text("utf-8")
    (whole / "course/course.yml").write_text(re.sub("  - {code: nb.*\n", "", text), "utf-8")
    message = f"samspill: {GLOSSARY} holds its texts in every language: add --language CODE\n"
    assert run("translated", GLOSSARY, root=whole) == (3, "", message)
    message = "samspill: the course is not translated to nb: choose from none\n"
    assert run("translated", GLOSSARY, "--language", "nb", root=whole) == (3, "", message)


def test_the_language_of_a_text_may_be_said_too(whole: Path, run: Run) -> None:
    assert run("translated", "course/pages/home/nb.md", "--language", "nb", root=whole).status == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"bf2438509841"', '"bf24"', ":9:23: S001 texts.course/glossary.yml.coordinator.word: "
         "'bf24' has the wrong form (take the line out, and run samspill translated, which writes it)"),
        ('"bf2438509841"', "1", ":9:23: S001 texts.course/glossary.yml.coordinator.word: should be a text "
         "(put a text in quotes; write a number without quotes)"),
        ("texts:", "text:", ":2:1: S001 text: is not a known field (check the spelling, or remove it)"),
        ("texts:", "<<<<<<< HEAD\ntexts:", ":3:6: Y001 not valid YAML: mapping values are not allowed in this context "
         "(mend the line; indent with spaces and quote texts that hold a colon)"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read(old: str, new: str, said: str, whole: Path, run: Run) -> None:
    change(whole / RECORD, old, new)
    for command in (("check",), ("translated", GLOSSARY, "--language", "nb"), ("translations",)):
        result = run(*command, root=whole)
        assert (result.status, result.out) == (2, f"{RECORD}{said}\n")


def test_a_record_of_no_language_of_the_course_is_named(whole: Path, run: Run) -> None:
    shutil.copyfile(whole / RECORD, whole / "course/translated/fi.yml")
    assert run("check", root=whole).out == (
        "course/translated/fi.yml:1:1: F007 nothing uses this file "
        "(rename it (<language>.md), list its language in course/course.yml, or remove it)\n"
    )


# --- how far it is, and what has changed -------------------------------------------------------------------


def test_each_file_has_its_line_and_the_texts_are_counted(whole: Path, run: Run) -> None:
    change(whole / GLOSSARY, KEPT, "Someone who holds the parts together.")
    change(whole / GLOSSARY, "terms:\n", NEW_TERM)
    change(whole / SETTING, "nb: individuell plan}", "}")
    change(whole / SETTING, "{en: individual plan, }", "{en: individual plan}")
    lines = run("translations", root=whole).out.splitlines()
    assert lines[0].partition("; ")[2] == "10 of 14 texts in YAML up to date"
    assert lines[-5:] == [
        "  course/course.yml: 1 of 1 texts",
        f"  {OBJECTIVES}: 2 of 2 texts",
        f"  {GLOSSARY}: 4 of 4 texts, 1 behind, 2 never recorded",
        "  course/sources.yml: 1 of 1 texts",
        f"  {SETTING}: 5 of 6 texts",
    ]
    assert run("translations", SETTING, root=whole).out == (
        f"  {SETTING} in nb: 5 of 6 texts\n    instruments.individual-plan.name: not translated yet ({SETTING}:17)\n"
    )
    assert run("translations", GLOSSARY, "--language", "nb", root=whole).out == (
        f"  {GLOSSARY} in nb: 4 of 4 texts, 1 behind, 2 never recorded\n"
        "    2 texts in nb were never recorded: plan.word, plan.definition (compare with the text in en, "
        f"then run: samspill translated {GLOSSARY} --language nb)\n"
        f"    coordinator.definition: the source has changed since ({GLOSSARY}:7)\n"
        "      the text it was translated from is not in git's history here; today's text:\n"
        "      Someone who holds the parts together.\n"
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
@pytest.mark.parametrize("form", ["as it is", "of Windows", "with marks of their own"])
def test_what_has_changed_is_shown_word_by_word(form: str, whole: Path, run: Run) -> None:
    git(whole, "init", "-q")
    git(whole, "config", "core.autocrlf", "false")
    git(whole, "add", "-A")
    git(whole, "commit", "-q", "-m", "Before it was translated")
    change(whole / GLOSSARY, KEPT, "Someone who keeps the care of André together.")
    run("translated", GLOSSARY, "--language", "nb", "--section", "coordinator", root=whole)
    now = (whole / GLOSSARY).read_bytes()
    as_saved = {
        "as it is": now,
        "of Windows": b"\xef\xbb\xbf" + now.replace(b"\n", b"\r\n"),
        "with marks of their own": now.replace("é".encode(), "e\u0301".encode()),
    }
    (whole / GLOSSARY).write_bytes(as_saved[form])
    git(whole, "commit", "-q", "-a", "-m", "Translated")
    (whole / GLOSSARY).write_bytes(b"terms: [")
    git(whole, "commit", "-q", "-a", "-m", "Broken")
    (whole / GLOSSARY).write_bytes(now.replace(b"Someone who keeps the care", b"A person who keeps the care"))
    git(whole, "commit", "-q", "-a", "-m", "A person")
    change(whole / GLOSSARY, "terms:\n", NEW_TERM)
    assert run("translations", GLOSSARY, root=whole).out.splitlines()[-2:] == [
        f"    coordinator.definition: the source has changed since ({GLOSSARY}:7)",
        "      [-Someone-] {+A person+} who keeps the care of André together.",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("course/none.yml",), "course/none.yml holds no text to translate: name one of course/course.yml, "
         f"{OBJECTIVES}, {GLOSSARY}, course/sources.yml, {SETTING}"),
        (("../x.yml",), "../x.yml is not in the course's folder {root}"),
        ((GLOSSARY, "--language", "sv"), "the course is not translated to sv: choose from nb"),
    ],
)  # fmt: skip
def test_wrong_usage_of_translations(arguments: tuple[str, ...], message: str, whole: Path, run: Run) -> None:
    assert run("translations", *arguments, root=whole) == (3, "", f"samspill: {message.format(root=whole)}\n")


def test_what_has_not_the_form_of_the_file_is_passed_over() -> None:
    short = {"en": "see", "nb": 7}
    value = {"objectives": ("x", {"short": short}, {"id": 7, "short": short}, {"id": "a", "short": short, "x": short})}
    assert list(wordings("course/objectives.yml", value)) == [
        Wording("course/objectives.yml", "a.short", ("objectives", 3, "short"), {"en": "see"})
    ]
    assert [*wordings("course/objectives.yml", {"objectives": 7}), *wordings("course/objectives.yml", None)] == []
    assert list(wordings("course/other.yml", value)) == []
