"""From files to a course: what is read, in which order, and what stays out."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import COURSES, change
from samspill.check import check
from samspill.model import Course
from samspill.problem import ContentError, Problem, UsageError, errors
from samspill.source import load
from samspill.source.tree import DEVICES, left_behind


def loaded(root: Path) -> Course:
    course, problems = load(root)
    assert course is not None, problems
    return course


def found(root: Path) -> list[Problem]:
    course, problems = load(root)
    return sorted({*problems, *(check(course, problems) if course else ())})


def test_the_whole_course() -> None:
    course, problems = load(COURSES / "whole")
    assert course is not None
    assert problems == []
    assert (course.languages, course.source_language) == (("en", "nb"), "en")
    assert (list(course.objectives), list(course.terms), list(course.sources)) == (
        ["see-waiting"],
        ["coordinator"],
        ["thompson-1967"],
    )
    assert sorted(course.prose) == sorted(
        (kind, unit, language)
        for kind, unit in [
            ("module", "waiting"), ("case", "two-doors"), ("worksheet", "log"), ("pathway", "short"), ("page", "home"),
        ]
        for language in ("en", "nb")
    )  # fmt: skip
    case = course.cases["two-doors"]
    assert (case.setting, case.minutes, case.parts_minutes) == ("no", 25, 25)
    assert course.settings["no"].country == "no"
    assert course.settings["no"].facts[0].as_of == "2024-01"
    assert course.marks["cases/two-doors/case.yml"]["setting",] == (2, 10)
    assert [(role, unit) for role, _, unit, _ in course.serving("see-waiting")] == [
        ("teaches", "waiting"),
        ("practises", "waiting"),
        ("assesses", "waiting"),
        ("practises", "two-doors"),
        ("practises", "log"),
    ]


def test_loading_twice_is_the_same() -> None:
    assert load(COURSES / "whole") == load(COURSES / "whole")


def test_a_folder_without_a_course_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no course/course\.yml below .*: run samspill in the project's folder"):
        load(tmp_path)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(whole: Path) -> None:
    before = loaded(whole)
    for file in whole.rglob("*.*"):
        if file.suffix in (".md", ".yml"):
            file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(whole) == (before, [])


def test_hidden_files_and_other_folders_are_passed_over(whole: Path) -> None:
    (whole / "cases" / ".DS_Store").write_bytes(b"\x00")
    (whole / "cases" / "two-doors" / ".en.md.swp").write_bytes(b"\xff")
    (whole / "course" / ".trash").mkdir()
    (whole / "README.md").write_bytes(b"\xff")
    assert found(whole) == []


LEFT = [
    "Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini", ".DS_Store", "Icon\r", "~$en.docx", "en.md~", "en.md.bak",
    ".en.md.swp", "en.md.swp", "#en.md#", "._map.png", "map.png~", "~$map.png", "map.png.orig", "en.md.rej", "en.tmp",
    "map.png.crdownload", ".#en.md", "map.svg.bak", "numbers.ipynb~", "waiting.csv.orig",
]  # fmt: skip


@pytest.mark.parametrize("folder", ["cases/two-doors", "cases", "course", "course/data", "course/pages/home"])
def test_what_systems_leave_behind_is_passed_over(folder: str, whole: Path) -> None:
    before = loaded(whole)
    (whole / folder).mkdir(exist_ok=True)
    for name in LEFT:
        (whole / folder / name).write_bytes(b"\xff\x00 secret")
    for name in ("__MACOSX", "@eaDir", ".Trash", "$RECYCLE.BIN", "System Volume Information"):
        (whole / folder / name).mkdir()
        (whole / folder / name / "en.md").write_bytes(b"\xff")
    assert found(whole) == []
    assert load(whole) == (before, [])


@pytest.mark.parametrize(
    "name",
    ["en (1).md", "en - Copy.md", "Kopi av en.md", "en copy.md", "en.md.txt", "en.docx", "EN.md", "backup.md", "x.db"],
)
def test_a_copy_is_somebodys_work_and_is_named(name: str, whole: Path) -> None:
    (whole / "cases/two-doors" / name).write_text("x\n")
    assert [(problem.path, problem.code) for problem in found(whole)] == [(f"cases/two-doors/{name}", "F007")]


@pytest.mark.parametrize("name", ["two-doors.bak", "two-doors~", "two-doors (1)", "Thumbs.db"])
def test_a_folder_beside_the_units_is_named(name: str, whole: Path) -> None:
    (whole / "cases" / name).mkdir()
    assert [(problem.path, problem.code) for problem in found(whole)] == [(f"cases/{name}", "F003")]


def test_what_stands_in_a_folder_beside_the_units_is_not_named_again(whole: Path) -> None:
    for name in ("two", "two-doors-2"):
        (whole / "cases" / name).mkdir()
        (whole / "cases" / name / "case.yml").write_text("x\n")
        (whole / "cases" / name / "plan.png").write_bytes(b"x")
    (whole / "cases/two-doors/two.txt").write_text("x\n")
    assert [(problem.path, problem.code) for problem in found(whole)] == [
        ("cases/two", "F003"),
        ("cases/two-doors-2", "F003"),
        ("cases/two-doors/two.txt", "F007"),
    ]


@pytest.mark.parametrize("name", ["aux.md", "con.png", "NUL.csv", "com1.ipynb", "lpt9", "prn.tar.gz"])
def test_a_name_of_a_device_is_refused(name: str, whole: Path) -> None:
    (whole / "cases/two-doors" / name).write_text("x\n")
    (problem,) = found(whole)
    assert str(problem) == (
        f'cases/two-doors/{name}:1:1: F009 Windows has no file called "{name.partition(".")[0]}" (give it another name)'
    )


def test_a_picture_and_a_data_file_come_along(whole: Path) -> None:
    (whole / "course" / "data").mkdir()
    (whole / "course" / "data" / "waiting-times.csv").write_text("a,b\n1,2\n")
    (whole / "cases" / "two-doors" / "map.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 4'>\n<text>Hei</text></svg>"
    )
    assets = loaded(whole).assets
    assert sorted(assets) == ["cases/two-doors/map.svg", "course/data/waiting-times.csv"]
    drawing = assets["cases/two-doors/map.svg"]
    assert (drawing.size, drawing.letters) == ((8, 4), ((2, "Hei"),))
    assert found(whole) == []


@pytest.mark.parametrize(
    "name",
    ["course/data/run.html", "course/data/Upper.csv", "course/notes.txt", "cases/two-doors/page.yml", "cases/x.md"],
)
def test_a_file_that_nothing_uses_is_named(whole: Path, name: str) -> None:
    (whole / name).parent.mkdir(exist_ok=True)
    (whole / name).write_text("x\n")
    assert [(problem.path, problem.code) for problem in found(whole)] == [(name, "F007")]


def test_an_id_that_stands_three_times_is_said_once_in_its_list(whole: Path) -> None:
    case = whole / "cases" / "two-doors" / "case.yml"
    change(case, "{id: later, minutes", "{id: letter, minutes")
    change(case, "{id: who-first,", "{id: letter,")
    said = [str(problem) for problem in found(whole) if problem.code == "S003"]
    assert said == ['cases/two-doors/case.yml:21:10: S003 id "letter" stands twice (give one of them another id)']


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: nb", "code: en", 'course/course.yml:8:12: S003 id "en" stands twice (remove one of them)'),
        ("[waiting]", "[waiting, waiting]",
         'course/course.yml:9:20: S003 id "waiting" stands twice (give one of them another id)'),
        ("[home]", "[home, log]", 'course/course.yml:13:15: S003 id "log" stands twice (give one of them another id)'),
    ],
)  # fmt: skip
def test_what_a_course_lists_twice_is_told_at_its_second_place(
    old: str, new: str, expected: str, whole: Path
) -> None:
    change(whole / "course/course.yml", old, new)
    assert [str(problem) for problem in load(whole)[1] if problem.code == "S003"] == [expected]


@pytest.mark.parametrize("unit", ["cases/two-doors", "course/pages/home", "course/settings"])
def test_the_rest_is_read_when_a_file_is_wrong_but_rules_wait(whole: Path, unit: str) -> None:
    yml = next((whole / unit).glob("*.yml"), whole / unit / "page.yml")
    yml.write_text("id: [\n")
    change(whole / "course" / "modules" / "waiting" / "nb.md", "Side om side.", "<b>Side</b>")
    course, problems = load(whole)
    assert course is None
    assert [problem.code for problem in problems if problem.path.startswith(unit)] == ["Y001"]
    assert {problem.code for problem in problems} == {"Y001", "M001"}


def test_a_missing_notebook_is_named(whole: Path) -> None:
    change(whole / "course/course.yml", "pages: [home]", "pages: [home, table]")
    folder = whole / "course/pages/table"
    folder.mkdir()
    for language in ("en", "nb"):
        (folder / f"{language}.md").write_text("---\ntitle: A table\nsummary: It is shown.\n---\n")
    (folder / "page.yml").write_text("id: table\nkind: notebook\nnotebook: table.ipynb\n")
    (problem,) = errors(found(whole))
    assert str(problem).startswith("course/pages/table/table.ipynb:1:1: F004 the notebook is missing")
    (folder / "table.ipynb").write_text("{}")
    assert [problem.code for problem in errors(found(whole))] == ["N002"]


def test_a_missing_file_of_the_whole_course(whole: Path) -> None:
    (whole / "course/objectives.yml").unlink()
    (problem,) = found(whole)
    assert str(problem) == "course/objectives.yml:1:1: F004 objectives.yml is missing (create it)"


def test_parts_of_a_unit_share_one_name_space(whole: Path) -> None:
    change(whole / "cases/two-doors/case.yml", "{id: who-first,", "{id: later,")
    assert "cases/two-doors/case.yml:24:10: S003" in str(found(whole)[0])


def test_a_language_without_interface_words_is_refused(whole: Path) -> None:
    change(whole / "course/course.yml", "Norsk bokmål}", "Norsk bokmål}\n  - {code: fi, name: Suomi}")
    assert [str(problem) for problem in errors(found(whole))] == [
        'course/course.yml:9:12: T008 the interface has no words for "fi" (run: samspill new language fi)'
    ]


def test_a_language_declared_complete_has_errors_where_others_have_notes(whole: Path) -> None:
    change(whole / "course/pages/home/en.md", "one hour", "two hours")
    (note,) = found(whole)
    change(whole / "course/course.yml", "Norsk bokmål}", "Norsk bokmål, complete: true}")
    (error,) = found(whole)
    assert (note.code, note.level, error.code, error.level) == ("T004", "note", "T004", "error")


def test_content_errors_list_each_problem_once_in_order() -> None:
    one, two = (Problem("a.md", line, 1, "M001", "x", "y") for line in (2, 1))
    assert ContentError([one, two, one]).problems == [two, one]


def test_texts_in_yaml_have_the_typography_of_their_language(whole: Path) -> None:
    words = """en: 'Someone who doesn''t let go -- "ever"...'"""
    change(whole / "course/glossary.yml", "en: Someone who keeps the parts together.", words)
    change(whole / "course/glossary.yml", "nb: En som holder delene sammen.", "nb: 'En \"fast\" hånd -- alltid.'")
    course, problems = load(whole)
    assert problems == []
    assert course is not None
    assert course.terms["coordinator"].definition == {
        "en": "Someone who doesn’t let go – ‘ever’…",
        "nb": "En «fast» hånd – alltid.",
    }
    assert course.settings["no"].services[0].forms["en"].whose == "the GP’s"
    # An address, an id or a title as it was published is no language's text.
    assert course.sources["thompson-1967"].title == "Organizations in Action"


def test_a_doi_is_written_alone(whole: Path) -> None:
    change(whole / "course/sources.yml", "    language: en\n", "    language: en\n    DOI: https://doi.org/10.1000/a\n")
    assert [str(problem) for problem in found(whole)] == [
        "course/sources.yml:9:10: S001 references.0.DOI: 'https://doi.org/10.1000/a' has the wrong form "
        "(write the DOI alone, such as 10.5334/ijic.5606)"
    ]


@pytest.mark.parametrize(
    ("names", "folder"),
    [
        (".x Thumbs.db ehthumbs.db ehthumbs_vista.db desktop.ini icon\r $RECYCLE.BIN ~$a.md #a.md# a.md~ a.bak a.ORIG "
         "a.rej a.tmp a.temp a.swa a.swp a.crdownload a.partial a.download", False),
        (".git __MACOSX __pycache__ $recycle.bin @eadir lost+found", True),
    ],
)  # fmt: skip
def test_what_is_left_behind(names: str, folder: bool) -> None:
    for name in [*names.split(" "), *(["System Volume Information"] if folder else [])]:
        assert left_behind(name, folder), name
    for name in ("thumbs.dbx", "xthumbs.db", "a.bakx", "en.md", "en (1).md", "a.swq", "#a", "~a"):
        assert not left_behind(name, folder), name


def test_every_name_of_a_device() -> None:
    ports = "com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9"
    assert {"con", "prn", "aux", "nul", *ports.split()} == DEVICES


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("course/course.yml", '"2026-11-21"', "tomorrow",
         "course/course.yml:4:11: S001 released: 'tomorrow' has the wrong form "
         '(write the day in quotes, such as "2026-11-21")'),
        ("course/course.yml", '"2026.1"', "first",
         "course/course.yml:3:10: S001 edition: 'first' has the wrong form "
         '(write year and number in quotes, such as "2026.1")'),
        ("course/course.yml", "code: nb", "code: norsk",
         "course/course.yml:8:12: S001 languages.1.code: 'norsk' has the wrong form "
         "(use a language code of two letters, such as nb)"),
        ("course/objectives.yml", "nb: se hvem", "norsk: se hvem",
         "course/objectives.yml:7:39: S001 objectives.0.short.norsk: 'norsk' has the wrong form "
         "(use a language code of two letters, such as nb)"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_told_with_the_right_one(path: str, old: str, new: str, expected: str, whole: Path) -> None:
    change(whole / path, old, new)
    assert [str(problem) for problem in load(whole)[1]] == [expected]
