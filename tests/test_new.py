"""`samspill new`: from a skeleton that says what to write to a clean check, and the beginning of a translation."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import COURSES, Run, change, overlay
from conftest import course as shipped
from samspill.authoring.skeleton import translation
from samspill.languages import available
from samspill.model import FOLDERS
from samspill.reading.completed import completed
from samspill.render.paper import handouts, inputs
from samspill.render.web import pages
from samspill.source import load, markdown

CASE = "cases/my-case"
#: Where a new case waits for its author: the place, and what it says.
WAITING = [
    ("case.yml", 12, 11, "names.person.name", ""),
    ("case.yml", 15, 11, "names.municipality.name", ""),
    ("en.md", 2, 9, "the title", "Name what gets stuck, in two to five words"),
    ("en.md", 3, 11, "the summary", "Say in one sentence what gets stuck between the services."),
    (
        *("en.md", 8, 55, 'section "situation"'),
        "Tell first what the person likes and is good at, then what each service has done and what it waits for.",
    ),
    ("en.md", 10, 4, 'the heading of section "question"', "Sum up the question in a few words"),
    ("en.md", 12, 1, 'section "question"', "Tell the group what to do, in one to three steps."),
    (
        *("en.md", 16, 1, 'section "question.facilitator"'),
        "Tell what the facilitator should listen for, where professions tend to differ, and how to close.",
    ),
    (
        *("en.md", 20, 1, 'section "outcome"'),
        "Tell what tends to happen in cases like this and why, with a source for every finding.",
    ),
    ("en.md", 22, 4, 'the heading of section "role.gp"', "Sum up the part of {actor.gp.bare} in a few words"),
    (
        *("en.md", 24, 1, 'section "role.gp"'),
        "Tell whoever holds the card what they want, what they know that others do not, and what they cannot promise.",
    ),
    ("en.md", 26, 4, 'the heading of section "role.person"', "Sum up the part of {person} in a few words"),
    (
        *("en.md", 28, 1, 'section "role.person"'),
        "Tell whoever holds the card what they want, what they know that others do not, and what they cannot promise.",
    ),
    (
        *("en.md", 32, 1, 'section "guide"'),
        "Tell how to divide the time, which lines of reasoning to bring in, what often goes wrong, "
        "and how to keep everyone safe.",
    ),
    (
        *("en.md", 36, 1, 'section "adapting"'),
        "Tell what may be changed freely, what has to stay, and what holds in this country only.",
    ),
]


def files(root: Path) -> dict[str, bytes]:
    """Return every file of a course with its bytes, hidden ones included."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def fill(file: Path) -> None:
    """Write something in the place of everything that says TODO, as an author would."""
    text = re.sub(r'TODO[^"{\n]*(\{[a-z.]+\}[^"{\n]*)?', "Anna waits ", file.read_text("utf-8"))
    file.write_text(text, "utf-8")


def test_a_new_case_says_what_to_write_until_it_is_written(whole: Path, run: Run) -> None:
    assert run("new", "case", "my-case", root=whole) == (0, f"{CASE}/case.yml\n{CASE}/en.md\n", "")
    result = run("check", root=whole)
    found = [re.sub(r" \([^()]*\)$", "", line) for line in result.out.splitlines()]
    assert found == [
        f"{CASE}/{file}:{line}:{column}: U001 unfinished: {what} says TODO" + (f': "{said}"' if said else "")
        for file, line, column, what, said in WAITING
    ]
    assert result.status == 2
    assert result.err.startswith("0 problems and 15 unfinished places found; 1 note ")
    # It can be looked at meanwhile.
    course, _ = load(whole)
    assert course is not None
    assert any(b"TODO is 40 and lives in TODO" in _words(each.data) for each in pages(completed(course), "en", {}, {}))
    for file in (whole / CASE).iterdir():
        fill(file)
    result = run("check", root=whole)
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("0 problems found; 1 note ")
    course, _ = load(whole)
    assert course is not None
    read = completed(course)
    made = {each.path: each.data for each in pages(read, "en", {}, {})}
    assert b"TODO" not in made["cases/my-case.md"]
    assert "cases/my-case.md" not in {each.path for each in pages(read, "nb", {}, {})}
    printed = [str(inputs(read, each)) for each in handouts(read, "en") if each.unit == "my-case"]
    assert len(printed) == 5
    assert not any("TODO" in each for each in printed)


def _words(data: bytes) -> bytes:
    return re.sub(rb"<[^>]+>", b"", data)


@pytest.mark.parametrize(("kind", "folder", "places"), [("module", "course/modules", 10), ("worksheet", None, 8)])
def test_a_new_module_or_worksheet_does_too(kind: str, folder: str | None, places: int, whole: Path, run: Run) -> None:
    assert run("new", kind, "mine", root=whole).status == 0
    result = run("check", root=whole)
    assert result.err.startswith(f"0 problems and {places} unfinished places found; ")
    for file in (whole / (folder or f"course/{kind}s") / "mine").iterdir():
        fill(file)
    result = run("check", root=whole)
    assert (result.status, result.out) == (0, "")


@pytest.mark.parametrize("language", ["nb", "da", "sv"])
def test_an_author_reads_what_to_write_in_the_language_of_the_course(language: str, whole: Path, run: Run) -> None:
    rest = "".join(f"  - {{code: {code}, name: {code}}}\n" for code in available() if code != language)
    entries = f"  - {{code: {language}, name: {language}, complete: true}}\n{rest}"
    file = whole / "course/course.yml"
    text = re.sub(r"languages:\n(  - .*\n)+", f"languages:\n{entries}", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    services = whole / "course/settings/no.yml"
    services.write_text(services.read_text("utf-8").replace("nb:", f"{language}:"), "utf-8")
    shutil.rmtree(whole / "course/translated")
    for home in sorted(whole.rglob("en.md")):
        shutil.copyfile(home, home.with_name(f"{language}.md"))
    for kind in ("case", "module", "worksheet"):
        assert run("new", kind, f"my-{kind}", root=whole).err == ""
    texts = [path.read_text("utf-8") for path in whole.rglob(f"my-*/{language}.md")]
    assert len(texts) == 3
    assert [text for text in texts if re.search(r"TODO: (Tell|Say|Name|Ask|List|Sum) ", text)] == []
    found = [line for line in run("check", root=whole).out.splitlines() if "/my-" in line and ": U001 " not in line]
    assert found == []


def test_another_language_is_begun_when_asked_for(whole: Path, run: Run) -> None:
    made = run("new", "case", "my-case", "--language", "nb", root=whole)
    assert made == (0, f"{CASE}/case.yml\n{CASE}/en.md\n{CASE}/nb.md\n", "")
    assert (
        (whole / CASE / "nb.md")
        .read_text("utf-8")
        .startswith(
            '---\ntitle: "TODO: Oversett tittelen"\nsummary: "TODO: Oversett sammendraget"\n---\n\n'
            "## Situasjonen {#situation}\n\nTODO: Oversett teksten fra en.md.\n\n"
            "## TODO: Oversett overskriften {#question}\n\nTODO: Oversett teksten fra en.md.\n\n"
            "### For den som leder {#question.facilitator}\n\nTODO: Oversett teksten fra en.md.\n"
        )
    )
    # What waits for a translator does not fail a check, and nothing of it counts as translated.
    assert run("check", root=whole).err.startswith("0 problems and 15 unfinished places found; 13 notes ")
    nb = f"{CASE}/nb.md"
    before = (whole / nb).read_bytes()
    assert run("translated", nb, root=whole).out == f"{nb}: 0 of 8 sections translated, nothing recorded\n"
    assert (whole / nb).read_bytes() == before
    change(whole / nb, "TODO: Oversett teksten fra en.md.", "Anna venter.")
    change(whole / nb, "TODO: Oversett tittelen", "Annas sak")
    change(whole / nb, "TODO: Oversett sammendraget", "Noe stopper opp.")
    assert run("translated", nb, root=whole).out == f"{nb}: 1 of 8 sections translated, 2 recorded now\n"
    assert re.findall(r"^  (\S+): ", (whole / nb).read_text("utf-8"), re.M) == ["front", "situation"]
    course, _ = load(whole)
    assert course is not None
    text = completed(course).prose["case", "my-case", "nb"]
    assert [section.id for section in text.sections if not section.borrowed] == ["situation"]


def test_what_is_there_already_gets_a_translation(whole: Path, run: Run) -> None:
    nb = "cases/two-doors/nb.md"
    change(whole / "cases/two-doors/en.md", "## The doctor", "## {actor.doctor.The}, *10* minutes")
    refused = f"samspill: {nb} is there already: go on in it (samspill translations two-doors tells what is left)\n"
    before = files(whole)
    assert run("new", "case", "two-doors", "--language", "nb", root=whole) == (3, "", refused)
    assert files(whole) == before
    (whole / nb).unlink()
    others = files(whole)
    assert run("new", "case", "two-doors", "--language", "nb", root=whole) == (0, f"{nb}\n", "")
    after = files(whole)
    text = after.pop(nb).decode()
    assert after == others
    assert text.startswith(
        '---\ntitle: "TODO: Oversett tittelen: Two doors"\n'
        'summary: "TODO: Oversett sammendraget: Each door opens when the other has."\n---\n\n'
        "## TODO: Oversett overskriften: The letter {#letter}\n\nTODO: Oversett teksten fra en.md.\n"
    )
    assert "## TODO: Oversett overskriften: {actor.doctor.The}, 10 minutes {#role.doctor}\n" in text
    # A heading with nothing below it asks for its words only.
    assert "{#guide}\n\n### TODO: Oversett overskriften: Safety {#guide.safety}\n" in text
    assert run("check", root=whole).status == 0
    assert run("translations", root=whole).out.splitlines()[2] == (
        f"  {nb}: 0 of 9 sections, title and summary not translated yet"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("case", "two-doors"), 'id "two-doors" is taken: choose another'),
        (("module", "two-doors", "--language", "nb"), 'id "two-doors" is taken: choose another'),
        (("case", "mine", "--language", "fi"), "the course is not translated to fi: choose from nb"),
        (("case", "mine", "--language", "en"), "the course is not translated to en: choose from nb"),
        (
            ("page", "mine", "--language", "nb"),
            'no page "mine" in course/course.yml: of a page, samspill new begins translations only',
        ),
        (
            ("pathway", "mine"),
            'no pathway "mine" in course/course.yml: of a pathway, samspill new begins translations only',
        ),
    ],
)
def test_what_new_refuses(arguments: tuple[str, ...], message: str, whole: Path, run: Run) -> None:
    before = files(whole)
    assert run("new", *arguments, root=whole) == (3, "", f"samspill: {message}\n")
    assert files(whole) == before


def test_a_taken_id_that_waits_for_a_translator(whole: Path, run: Run) -> None:
    (whole / "cases/two-doors/nb.md").unlink()
    words = 'samspill: id "two-doors" is taken: choose another, or begin its translation with --language nb\n'
    assert run("new", "case", "two-doors", root=whole) == (3, "", words)


@pytest.mark.parametrize("left", ["half a folder", "half a list", "a folder that nothing lists", "half a translation"])
def test_whoever_was_stopped_runs_it_again(left: str, whole: Path, tmp_path: Path, run: Run) -> None:
    twin = Path(shutil.copytree(whole, tmp_path / "twin"))
    assert run("new", "case", "my-case", "--language", "nb", root=twin).status == 0
    if left == "half a folder":
        (whole / "cases/.my-case.new").mkdir()
        (whole / "cases/.my-case.new/case.yml").write_text("id: my-c", "utf-8")
    elif left == "half a list":
        (whole / "course/.course.yml.new").write_text("id: who", "utf-8")
    elif left == "a folder that nothing lists":
        shutil.copytree(twin / CASE, whole / CASE)
    else:
        (whole / "cases/two-doors/.nb.md.new").write_text("---\nti", "utf-8")
        nb = (whole / "cases/two-doors/nb.md").read_bytes()
        (whole / "cases/two-doors/nb.md").unlink()
        assert run("check", root=whole).status == 0
        assert run("new", "case", "two-doors", "--language", "nb", root=whole).status == 0
        (whole / "cases/two-doors/nb.md").write_bytes(nb)
    assert run("new", "case", "my-case", "--language", "nb", root=whole).err == ""
    assert files(whole) == files(twin)
    assert sorted(whole.rglob("*")) == [whole / path.relative_to(twin) for path in sorted(twin.rglob("*"))]


def test_somebody_elses_folder_stays(whole: Path, run: Run) -> None:
    assert run("new", "case", "my-case", root=whole).status == 0
    change(whole / "course/course.yml", ", my-case]", "]")
    change(whole / CASE / "en.md", "The situation", "What happened")
    before = files(whole)
    words = 'samspill: id "my-case" is taken: choose another\n'
    assert run("new", "case", "my-case", root=whole) == (3, "", words)
    assert files(whole) == before


@pytest.mark.full
def test_every_translation_of_a_rich_course_begins_without_a_fault(whole: Path, run: Run) -> None:
    overlay(whole, COURSES / "rich")
    course, _ = load(whole)
    assert course is not None
    for kind in FOLDERS:
        for unit in course.units(kind):
            (whole / course.prose_path(kind, unit, "nb")).unlink(missing_ok=True)
            if (kind, unit) != ("page", "home"):
                assert run("new", kind, unit, "--language", "nb", root=whole).err == "", unit
    assert run("new", "page", "home", "--language", "nb", root=whole).err == ""
    lines = run("check", "--notes", root=whole).out.splitlines()
    found = [line for line in lines if "/nb.md:" in line and ": U001 " not in line and ": T004 note: " not in line]
    assert found == []
    begun, _ = load(whole)
    assert begun is not None
    assert {key[:2] for key in completed(begun).prose if key[2] == "nb"} == {("page", "home")}


@pytest.mark.full
@pytest.mark.parametrize("language", ["nb", "da", "sv"])
def test_every_text_of_the_course_can_be_begun_in_every_language(language: str) -> None:
    course = shipped()
    wrong = []
    for kind in FOLDERS:
        for unit in course.units(kind):
            source = course.text(kind, unit, "en")
            assert source is not None
            path = course.prose_path(kind, unit, language)
            prose, problems = markdown.parse(translation(course, kind, unit, language), path, language)
            wrong += [str(problem) for problem in problems]
            same = [(each.id, each.level) for each in source.sections] == [(s.id, s.level) for s in prose.sections]
            wrong += [] if same and len(prose.unwritten) == 2 else [path]
    assert wrong == []
