"""What says TODO: told until it is written, never shown in a translation, never published."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run, change
from samspill.making.build import build
from samspill.making.request import Request
from samspill.prose import MARK, Borrowed, BorrowedBlocks
from samspill.reading.completed import completed
from samspill.source import load
from test_build import project

EN, NB = "cases/two-doors/en.md", "cases/two-doors/nb.md"
WRITE = "(write the text in its place)"
FOUND = f'{EN}:16:1: U001 unfinished: section "who-first.facilitator" says TODO: "Tell it." {WRITE}\n'
TITLE = '2:9: U001 unfinished: the title says TODO: "Oversett" (write the title in its place)'


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("TODO", 1),
        ("(TODO)", 1),
        ("_TODO_: x", 1),
        ("TODO: x. TODO.", 2),
        ("a – TODO", 1),
        ("TODOS", 0),
        ("MTODO", 0),
        ("ÅTODO", 0),
        ("TODO1", 0),
        ("todo Todo", 0),
        ("TODO-list", 0),
        ("https://example.org/TODO", 0),
    ],
)
def test_the_mark_is_a_word_of_its_own(text: str, marks: int) -> None:
    assert len(MARK.findall(text)) == marks


def test_a_check_prints_what_is_unfinished_and_fails(whole: Path, run: Run) -> None:
    change(whole / EN, "Let them disagree.", "TODO: Tell it.")
    change(whole / "cases/two-doors/case.yml", "minutes: 25", "minutes: 30")
    result = run("check", root=whole)
    assert (result.status, result.out.splitlines(keepends=True)[1:]) == (2, [FOUND])
    assert result.err.splitlines()[0] == "1 problem and 1 unfinished place found; 1 note (--notes prints them)"
    change(whole / "cases/two-doors/case.yml", "minutes: 30", "minutes: 25")
    change(whole / EN, "You have ten minutes.", "TODO")
    result = run("check", root=whole)
    assert result.status == 2
    assert result.err.splitlines()[0] == "0 problems and 2 unfinished places found; 2 notes (--notes prints them)"
    said = run("check", "--format", "github", root=whole).out
    assert said.startswith(f"::warning file={EN},line=16,col=1,title=U001::")


def test_publishing_waits(whole: Path, run: Run) -> None:
    change(whole / EN, "Let them disagree.", "TODO: Tell it.")
    words = "0 problems and 1 unfinished place found; samspill explain CODE tells more\n"
    assert run("publish", "2026.1", root=whole) == (2, FOUND, words)


@pytest.mark.full
@pytest.mark.build
def test_a_build_goes_on_and_says_what_is_left(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "course")
    change(root / EN, "Let them disagree.", "TODO: Tell it.")
    build(Request(root))
    again = run("build", root=root)
    assert again.status == 0
    assert again.out.splitlines()[0].endswith(" s). 1 place is still to be written (samspill check lists it).")
    assert "TODO: Tell it." in (root / "build/site/en/cases/two-doors/index.html").read_text("utf-8")
    change(root / EN, "You have ten minutes.", "TODO")
    made = run("build", root=root)
    assert made.out.startswith("Built ")
    assert "2 places are still to be written (samspill check lists them)." in made.out.splitlines()[0]


def test_what_is_unfinished_comes_back_from_the_shelf(whole: Path, run: Run) -> None:
    change(whole / EN, "Let them disagree.", "TODO: Tell it.")
    (whole / "build/cache").mkdir(parents=True)
    first = run("check", root=whole)
    assert (whole / "build/cache/parsed.json").is_file()
    assert run("check", root=whole) == first


def test_a_translated_section_that_says_todo_stands_in_the_source_language(whole: Path, run: Run) -> None:
    change(whole / NB, "Begge venter", "TODO: Begge venter")
    result = run("check", root=whole)
    assert (result.status, result.out) == (0, "")
    assert run("check", "--notes", root=whole).out == (
        f'{NB}:35:1: U001 note: section "outcome" says TODO: "Begge venter [@thompson-1967]." {WRITE}\n'
    )
    course, _ = load(whole)
    assert course is not None
    text = completed(course).prose["case", "two-doors", "nb"].by_id["outcome"]
    source = course.prose["case", "two-doors", "en"].by_id["outcome"]
    assert (text.title, text.blocks) == (
        (Borrowed("en", source.title),),
        (BorrowedBlocks("en", source.blocks, True),),
    )


def test_a_translation_begins_with_its_title(whole: Path, run: Run) -> None:
    change(whole / NB, "To dører", '"TODO: Oversett"')
    change(whole / "course/pages/home/nb.md", "Hvem venter?", '"TODO: Oversett"')
    course, _ = load(whole)
    assert course is not None
    read = completed(course)
    assert read.text("case", "two-doors", "nb") is None
    assert read.text("page", "home", "nb") is not None
    # The first page is shown, whatever it says.
    result = run("check", root=whole)
    assert (result.status, result.out) == (
        2,
        f"course/pages/home/nb.md:{TITLE}\n",
    )


def test_a_complete_language_has_nothing_left(whole: Path, run: Run) -> None:
    change(whole / "course/course.yml", "name: Norsk bokmål}", "name: Norsk bokmål, complete: true}")
    change(whole / NB, "Begge venter", "TODO: Begge venter")
    result = run("check", root=whole)
    assert result.status == 2
    assert result.out == (
        f'{NB}:35:1: U001 unfinished: section "outcome" says TODO: "Begge venter [@thompson-1967]." {WRITE}\n'
    )


def test_only_what_is_written_is_recorded_and_counted(whole: Path, run: Run) -> None:
    text = (whole / NB).read_text("utf-8")
    start, end = text.index("translates:"), text.index("---\n\n")
    (whole / NB).write_text(text[:start] + text[end:], "utf-8")
    change(whole / NB, "To dører", '"TODO: Oversett"')
    change(whole / NB, "Begge venter", "TODO: Begge venter")
    change(whole / NB, "Bytt navnene.", "TODO")
    assert run("translated", NB, root=whole).out == (
        f"{NB}: 7 of 9 sections translated, 7 recorded now; shown when title and summary are translated too\n"
    )
    after = (whole / NB).read_text("utf-8")
    assert not any(f"  {name}:" in after for name in ("front", "outcome", "adapting"))
    assert run("translations", root=whole).out.splitlines()[2] == (
        f"  {NB}: 7 of 9 sections, title and summary not translated yet"
    )
    assert run("translations", "two-doors", root=whole).out.splitlines()[1:] == [
        f"    front: not translated yet ({EN}:2)",
        f"    outcome: not translated yet ({EN}:22)",
        f"    adapting: not translated yet ({EN}:36)",
    ]
    assert run("translated", NB, "--section", "outcome", root=whole) == (
        3,
        "",
        f'samspill: {NB}: "outcome" still says TODO, or nothing: write it first\n',
    )


def test_one_section_is_recorded_beside_others_that_never_were(whole: Path, run: Run) -> None:
    change(whole / NB, '  later: "baaea5e1e237"\n', "")
    change(whole / NB, '  outcome: "b3ba0cdbadcb"\n', "")
    result = run("translated", NB, "--section", "later", root=whole)
    assert result == (0, f"{NB}: 9 of 9 sections translated, 1 recorded now\n", "")
    assert run("check", "--notes", root=whole).out.count(" T004 ") == 1


def test_a_record_outlives_a_todo(whole: Path, run: Run) -> None:
    change(whole / NB, "Begge venter", "TODO: Begge venter")
    before = (whole / NB).read_text("utf-8")
    assert run("translated", NB, root=whole).out == f"{NB}: 8 of 9 sections translated, 0 recorded now\n"
    assert (whole / NB).read_text("utf-8") == before
