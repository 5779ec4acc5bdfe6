"""A language is one folder of words and one of the course: what it lacks, how it begins, and how far it gets."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from babel.localedata import locale_identifiers

from conftest import COURSES, Run, change
from samspill.authoring.language import marked
from samspill.languages import Catalogue, grammar
from samspill.languages.counting import form, forms, number
from samspill.languages.gaps import FOLDER, Gap, gaps, state
from samspill.languages.grammar import Grammar, written
from samspill.problem import UsageError
from samspill.source.edited import with_entry, with_text

PROJECT = Path(__file__).parent.parent


# --- how a language writes ---------------------------------------------------------------------------------


def test_a_language_without_a_folder_writes_in_the_plainest_way() -> None:
    assert grammar("is") == Grammar()
    assert grammar("is").possessive("Kim") == "Kims"
    assert grammar("is").quotes == "“”‘’"


def test_what_stands_behind_todo_serves() -> None:
    table = {"a": "TODO: Menu", "b": {"one": "TODO {count} day", "n": 3}, "c": "to do", "d": "TODO"}
    assert written(table) == {"a": "Menu", "b": {"one": "{count} day", "n": 3}, "c": "to do", "d": ""}


# --- what it lacks -----------------------------------------------------------------------------------------

ENGLISH = """\
# The parts.
menu: Menu
days: {one: "{count} day", other: "{count} days of {name}"}
languages: {en: English}
list: [One, Two]
"""


def lacking(tmp_path: Path, text: str | None) -> list[tuple[int, int, str, str, str]]:
    """What a language with one file lacks beside the English above."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "site.yml").write_text(ENGLISH, "utf-8")
    (tmp_path / "en" / "grammar.yml").write_text("quotes: “”‘’\n", "utf-8")
    (tmp_path / "fi").mkdir()
    (tmp_path / "fi" / "grammar.yml").write_text('genitive: "TODO: s"\n', "utf-8")
    if text is not None:
        (tmp_path / "fi" / "site.yml").write_text(text, "utf-8")
    found = gaps("fi", tmp_path)
    assert found[0] == Gap(str(tmp_path / "fi" / "grammar.yml"), 1, 11, "genitive", "unwritten")
    assert {gap.path for gap in found[1:]} <= {str(tmp_path / "fi" / "site.yml")}
    return [(gap.line, gap.column, gap.key, gap.kind, gap.more) for gap in found[1:]]


WHOLE = 'menu: Valikko\ndays: {one: päivä, other: "{count} {name}"}\nlanguages: {fi: suomi}\nlist: [Yksi, Kaksi]\n'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WHOLE, []),
        (ENGLISH.replace("menu: Menu", "menu: 'TODO: Menu'"), [(2, 7, "menu", "unwritten", "")]),
        (WHOLE.replace("menu: Valikko\n", ""), [(1, 1, "menu", "missing", "Menu")]),
        (WHOLE.replace(", Kaksi", ""), [(1, 1, "list.1", "missing", "Two")]),
        (WHOLE.replace("{name}", "{nimi}"), [(2, 27, "days.other", "filling", "{name}, {nimi}")]),
        (WHOLE.replace("{name}", "{name"), [(2, 27, "days.other", "filling", "{, {count}, {name}")]),
        (f"{WHOLE}more: Lisää\n", [(5, 7, "more", "unknown", "")]),
        (None, [(1, 1, "", "broken", "is not there")]),
        ("menu: a: b\n", [(1, 8, "", "broken", "is not valid YAML: mapping values are not allowed in this context")]),
        ("- a\n", [(1, 1, "", "broken", "holds no keys")]),
        (f"{WHOLE}menu: Uudelleen\n", [(5, 7, "menu", "twice", "")]),
        (WHOLE.replace("Valikko", '""'), [(1, 7, "menu", "missing", "Menu")]),
    ],
    ids=[
        "whole", "unwritten", "missing", "shorter", "filling", "brace", "unknown", "no file", "no YAML", "no keys",
        "twice", "nothing",
    ],
)  # fmt: skip
def test_what_a_language_lacks(tmp_path: Path, text: str | None, found: list[tuple[int, int, str, str, str]]) -> None:
    assert lacking(tmp_path, text) == found


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("quotes: “”’", "write four marks in one text: open, close, open, close"),
        ("quotes: [a]", None),
        ("trailing: '[s'", "write words with | between them"),
        ("letters: [å, ä]", None),
        ("alike: x", None),
        ("alike: {ä: ''}", "write something, or take it out"),
        ("references: {locale: xx-YY}", "write a locale of CSL, such as nb-NO"),
        ("references: {comma_before_and: yes}", "write true or false"),
        ("genitive: 5", ""),
        ("letters: ''", ""),
        ("near: [sv]", ""),
        ("references: {locale: fi-FI, terms: {number: nro}}", ""),
        ("extra: 1", None),
    ],
)
def test_a_grammar_that_cannot_be_used_is_told(tmp_path: Path, line: str, remedy: str | None) -> None:
    for code in ("en", "fi"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "grammar.yml").write_text(f"{line}\n", "utf-8")
    found = [gap for gap in gaps("fi", tmp_path) if gap.kind == "wrong"]
    key = line.partition(":")[0]
    if remedy == "":
        assert found == []
        return
    assert {gap.key.partition(".")[0] for gap in found} == {key}
    assert [gap.line for gap in found] == [1] * len(found)
    every = (
        "take it out: there are quotes, genitive, genitive_after, genitive_ending, leading, perhaps, trailing"
        ", letters, references.locale, references.after_day, references.comma_before_and, alike, near, references.terms"
    )
    assert {gap.more for gap in found} == {every if remedy is None else remedy}


def test_the_state_of_a_language_is_that_of_its_files_and_of_english(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "languages"))
    before = state("nb", folder)
    assert before == state("nb", folder) != state("da", folder)
    for file in (folder / "nb" / "site.yml", folder / "en" / "common.yml", folder / "nb" / "grammar.yml"):
        data = file.read_bytes()
        file.write_bytes(data + b"# more\n")
        assert state("nb", folder) != before, file
        file.unlink()
        assert state("nb", folder) != before, file
        file.write_bytes(data)
    (folder / "da" / "site.yml").unlink()
    assert state("nb", folder) == before


@pytest.mark.parametrize("language", ["en", "nb", "da", "sv"])
def test_ours_lack_nothing(language: str) -> None:
    assert gaps(language) == ()


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", ("one", "other")), ("nb", ("one", "other")), ("da", ("one", "other")), ("sv", ("one", "other")),
        ("fi", ("one", "other")), ("pl", ("one", "few", "many", "other")), ("ja", ("other",)), ("xx", ("one", "other")),
    ],
)  # fmt: skip
def test_a_language_counts_as_cldr_has_it(language: str, named: tuple[str, ...]) -> None:
    assert forms(language) == named


def test_some_numbers_show_all_forms_of_a_language() -> None:
    every = {code for code in locale_identifiers() if len(code) == 2}
    assert len(every) > 100
    few = [code for code in sorted(every) if set(forms(code)) != {*(form(code, n) for n in range(1001)), "other"}]
    assert few == []


def test_words_take_the_form_of_their_number() -> None:
    files = {"one": "{count} plik", "few": "{count} pliki", "many": "{count} plików", "other": "{count} pliku"}
    words = Catalogue("pl", {"common": {"files": files, "all": {"one": "ein", "other": "alle"}}})
    said = [words("common.files", count) for count in (0, 1, 2, 5, 21, 22, 101)]
    assert said == ["0 plików", "1 plik", "2 pliki", "5 plików", "21 plików", "22 pliki", "101 plików"]
    # A form that is not there is said as the rest is; without a number, too.
    assert (words("common.all", 2), words("common.all", 1), words("common.all")) == ("alle", "ein", "alle")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["39.5", "40", "0.5", "1234.6"]), ("nb", ["39,5", "40", "0,5", "1234,6"]),
     ("da", ["39,5", "40", "0,5", "1234,6"]), ("sv", ["39,5", "40", "0,5", "1234,6"]),
     ("xx", ["39.5", "40", "0.5", "1234.6"])],
)  # fmt: skip
def test_numbers_stand_in_a_language_s_own_figures(language: str, said: list[str]) -> None:
    assert [number(language, value) for value in (39.5, 40.0, 0.49, 1234.56)] == said


def test_a_language_has_each_form_that_it_counts_in(tmp_path: Path) -> None:
    text = 'days: {one: "{count} day", other: "{count} days"}\n'
    for code in ("en", "pl"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "common.yml").write_text(text, "utf-8")
    found = [(gap.key, gap.kind, gap.more) for gap in gaps("pl", tmp_path) if gap.path.endswith("common.yml")]
    assert found == [("days.few", "missing", "{count} days"), ("days.many", "missing", "{count} days")]
    begun = marked(text, forms("pl"))
    assert begun == (
        'days: {one: "TODO: {count} day", other: "TODO: {count} days", few: "TODO: {count} days", '
        'many: "TODO: {count} days"}\n'
    )
    (tmp_path / "pl" / "common.yml").write_text(begun.replace("TODO: ", ""), "utf-8")
    gaps.cache_clear()
    assert [gap for gap in gaps("pl", tmp_path) if gap.path.endswith("common.yml")] == []


# --- how it begins -----------------------------------------------------------------------------------------


def test_every_text_is_marked_and_nothing_else() -> None:
    assert marked(ENGLISH) == (
        "# The parts.\n"
        'menu: "TODO: Menu"\n'
        'days: {one: "TODO: {count} day", other: "TODO: {count} days of {name}"}\n'
        'languages: {en: "TODO: English"}\n'
        'list: ["TODO: One", "TODO: Two"]\n'
    )
    assert marked('a: "c.\\u00a0{year}"\nb: >\n  Two\n  lines\nc: 1\n') == (
        'a: "TODO: c.\\u00a0{year}"\nb: "TODO: Two lines\\n"c: "TODO: 1"\n'
    ).replace('\\n"c', '\\n"\nc')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: [x]\n", "a: [x, y]\n"),
        ("a: []\n", "a: [y]\n"),
        ("a: [x] # one\nb: 1\n", "a: [x, y] # one\nb: 1\n"),
        ("a:\n  - x # one\n\nb: 1\n", "a:\n  - x # one\n  - y\n\nb: 1\n"),
        ("a:\n- x\n- {z: 1}", "a:\n- x\n- {z: 1}\n- y"),
        ("a:\r\n  - x\r\nb: 1\r\n", "a:\r\n  - x\r\n  - y\r\nb: 1\r\n"),
        ("a:\n  - |\n    x\n    x\nb: 1\n", "a:\n  - |\n    x\n    x\n  - y\nb: 1\n"),
        ("b: 1\n", "b: 1\na: [y]\n"),
    ],
)
def test_an_entry_goes_to_the_end_of_its_list(before: str, after: str) -> None:
    assert with_entry(before, "course.yml", "a", "y") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: {en: x, nb: y}\n", "a: {en: x, nb: y, fi: z}\n"),
        (
            "a:\n  en: x # one\n  nb: >\n    y\n    y\n\nb: 1\n",
            "a:\n  en: x # one\n  nb: >\n    y\n    y\n  fi: z\n\nb: 1\n",
        ),
        ("a:\n  'en': x", "a:\n  'en': x\n  fi: z"),
    ],
)
def test_a_text_goes_behind_those_of_other_languages(before: str, after: str) -> None:
    assert with_text(before, "course.yml", "a", "fi", "z") == after


def test_where_nothing_can_be_added_it_is_said() -> None:
    with pytest.raises(UsageError, match=r"^course\.yml: a is no list: write a: \[y\]$"):
        with_entry("a: 1\n", "course.yml", "a", "y")
    for text in ("b: 1\n", "a: x\n", "a: {}\n"):
        with pytest.raises(UsageError, match=r"^course\.yml: a has no texts: write a: \{fi: z\}$"):
            with_text(text, "course.yml", "a", "fi", "z")


# --- the command, in a copy of the tool --------------------------------------------------------------------

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """A copy of the tool's code beside the small course: a language is written into the tool."""
    for name in ("mkdocs.yml", "site_overrides"):
        (tmp_path / name).symlink_to(PROJECT / name)
    return Path(shutil.copytree(PROJECT / "tools", tmp_path / "tools"))


def command(tool: Path, root: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the command of the copy; return its status and what it prints, without the folder's name."""
    done = subprocess.run(
        [sys.executable, "-m", "samspill.cli", "--root", root, *arguments], cwd=tool.parent, capture_output=True,
        check=False, text=True, env={**os.environ, "PYTHONPATH": str(tool), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.returncode, done.stdout.replace(f"{tool.parent}/", ""), done.stderr.replace(f"{tool.parent}/", "")


FILES = ("citations", "common", "grammar", "handout", "notebook", "site", "skeleton")


def test_a_new_language_has_all_it_needs(whole: Path, tool: Path) -> None:
    folder = tool / "samspill" / "languages" / "fi"
    status, out, error = command(tool, whole, "new", "language", "fi")
    words = [f"tools/samspill/languages/fi/{name}.yml" for name in FILES]
    assert (status, error) == (0, "")
    assert out.splitlines() == [*words, "course/course.yml", "course/pages/home/fi.md"]
    about = (whole / "course" / "course.yml").read_text("utf-8")
    assert "  - {code: nb, name: Norsk bokmål}\n  - {code: fi, name: Suomi}\nmodules:" in about
    assert 'title: {en: A whole course, nb: Et helt kurs, fi: "TODO: A whole course"}\n' in about
    assert (whole / "course/pages/home/fi.md").read_text("utf-8").splitlines()[:8] == [
        "---",
        'title: "TODO: Translate the title: Who waits?"',
        'summary: "TODO: Translate the summary: A whole course, as small as one can be."',
        "---",
        "",
        "## TODO: Translate the heading: Teach {#teach}",
        "",
        "TODO: Translate the text from en.md.",
    ]
    assert (folder / "grammar.yml").read_text("utf-8").splitlines()[2:] == [
        'quotes: "TODO: “”‘’"',
        "# What a name takes in the genitive, and what it takes instead after some last letters.",
        'genitive: "TODO: s"',
        'genitive_after: "TODO"',
        'genitive_ending: "TODO"',
        "# The letters that come after z in a dictionary, such as åäö; none: an empty text.",
        'letters: "TODO"',
        "# The list of references: a locale of CSL, and what stands between the day and the month.",
        "references:",
        "  locale: fi-FI",
        '  after_day: ". "',
    ]
    # What is left is said by one rule, a line for each file, and does not keep anybody from looking.
    status, out, error = command(tool, whole, "check", "--language", "fi")
    lines = [line for line in out.splitlines() if " T008 " in line]
    assert status == 2
    assert [line.split(":")[0] for line in lines] == words
    assert lines[2] == (
        "tools/samspill/languages/fi/grammar.yml:3:9: T008 unfinished: quotes and 4 more are not written yet "
        "(write it in place of TODO and the words behind it)"
    )
    assert lines[4].startswith("tools/samspill/languages/fi/notebook.yml:2:7: T008 unfinished: code and 7 more are ")
    far = "fi (Suomi): 0 of 5 units up to date, 1 under way, 4 not begun; 0 of 12 texts in YAML up to date"
    assert error.splitlines()[-1] == far
    status, _, error = command(tool, whole, "new", "language", "fi")
    assert (status, error) == (
        3,
        "samspill: the course has fi already: samspill check --language fi lists what it lacks\n",
    )
    # Another course finds the words there, and needs only its own.
    other = Path(shutil.copytree(COURSES / "whole", whole.parent / "other"))
    status, out, _ = command(tool, other, "new", "language", "fi")
    assert (status, out.splitlines()) == (0, ["course/course.yml", "course/pages/home/fi.md"])


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("no", '"no" is a country: the language is nb (Bokmål) or nn (Nynorsk)'),
        ("dk", '"dk" is a country: the language is da'),
        ("xx", 'no language has the code "xx": see ISO 639-1'),
        ("Fi", '"Fi" is no language code: write two small letters, such as fi'),
        ("../x", '"../x" is no language code: write two small letters, such as fi'),
        ("ar", '"ar" is written from right to left, which pages and handouts cannot do yet'),
    ],
)
def test_what_is_no_language_is_refused(whole: Path, run: Run, code: str, message: str) -> None:
    assert run("new", "language", code, root=whole) == (3, "", f"samspill: {message}\n")
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"} == {"da", "en", "nb", "sv"}


def test_a_language_that_cannot_begin_leaves_nothing_behind(whole: Path, tool: Path) -> None:
    about = whole / "course" / "course.yml"
    change(about, "languages:\n  - {code: en", "languages: &x\n  - {code: en")
    before = about.read_bytes()
    status, _, _ = command(tool, whole, "new", "language", "fi")
    assert status == 2
    assert about.read_bytes() == before
    assert not (whole / "course/pages/home/fi.md").exists()
    assert not (tool / "samspill" / "languages" / "fi").exists()
    assert list((tool / "samspill" / "languages").glob(".*")) == []


def recipe() -> list[list[str]]:
    """The commands of the recipe for a language in CONTRIBUTING.md, in order."""
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    section = text.split("\n## Add a language\n", 1)[1].split("\n## ", 1)[0]
    return [found.split() for found in re.findall(r"`samspill ([^`]+)`", " ".join(section.split()))]


def write(folder: Path) -> None:
    """Write every text in place of TODO, as somebody would who speaks the language."""
    for file in folder.rglob("*.yml"):
        text = re.sub(r'"TODO: ([^"]*)"', r'"Ä \1"', file.read_text("utf-8"))
        if file.stem == "skeleton":
            text = re.sub(r': "(TODO: )?(.*)"\n', r': "\1Ä \2"\n', text)
        file.write_text(text.replace('"TODO"', '""').replace('"Ä “”‘’"', '"””’’"').replace('"Ä s"', '"n"'), "utf-8")


@pytest.mark.build
def test_the_recipe_for_a_language_leads_to_a_site(whole: Path, tool: Path) -> None:
    begin, *checks = recipe()
    assert begin == ["new", "language", "fi"]
    assert checks == [["check", "--language", "fi"], ["check", "--notes", "--language", "fi"]]
    assert command(tool, whole, *begin)[0] == 0
    # At once it can be looked at: the interface in English, what is not translated named as such.
    status, out, error = command(tool, whole, "build", "--language", "fi")
    assert (status, error.splitlines()[-1]) == (0, "Putting it in place")
    assert "places are still to be written (samspill check lists them)" in out
    home = lxml.html.parse(whole / "build/site/fi/index.html").getroot()
    assert home.get("lang") == "fi"
    assert home.xpath("//*[@data-menu]")[0].text_content().strip() == "Menu"
    # The interface, and the home page.
    write(tool / "samspill" / "languages" / "fi")
    change(whole / "course/course.yml", "TODO: A whole course", "Kokonainen kurssi")
    page = whole / "course/pages/home/fi.md"
    page.write_text('---\ntitle: Kuka odottaa?\nsummary: Pieni "kurssi".\n---\n', "utf-8")
    services = whole / "course/settings/no.yml"
    change(services, "whose: fastlegens}", "whose: fastlegens}\n      fi: {bare: ovi, a: ovi, the: ovi, whose: oven}")
    change(services, "whose: DPS-ets}", "whose: DPS-ets}\n      fi: {bare: talo, a: talo, the: talo, whose: talon}")
    shutil.copyfile(whole / "cases/two-doors/nb.md", whole / "cases/two-doors/fi.md")
    assert command(tool, whole, "translated", "course/pages/home/fi.md")[0] == 0
    assert command(tool, whole, "translated", "cases/two-doors/fi.md")[0] == 0
    status, out, error = command(tool, whole, *checks[0])
    assert out == ""
    assert status == 0
    assert "4 not begun" not in error
    assert "course/glossary.yml" in command(tool, whole, *checks[1])[1]
    status, out, error = command(tool, whole, "build", "--language", "fi")
    assert status == 0, error
    assert "still to be written" not in out
    home = lxml.html.parse(whole / "build/site/fi/index.html").getroot()
    assert home.xpath("//h1")[0].text_content().strip() == "Kuka odottaa?"
    assert home.xpath("//*[@data-menu]")[0].text_content().strip() == "Ä Menu"
    assert "Pieni ”kurssi”." in home.text_content()
    case = lxml.html.parse(whole / "build/site/fi/cases/two-doors/index.html").getroot()
    assert "Ä For the facilitator" in case.text_content()
    assert "Ovi skriver til talo." in case.text_content()
    assert len(list((whole / "build/site/fi").rglob("*.pdf"))) >= 2
