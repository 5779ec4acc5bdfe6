"""The command: what it prints, where, and its exit status."""

from __future__ import annotations

import gc
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import samspill.source
from conftest import PROJECT, Run, change
from samspill import __version__
from samspill.check import RULES, documentation
from samspill.cli import main
from samspill.problem import Problem, printed

CASE = "cases/two-doors/case.yml"
HOME = "course/pages/home/nb.md"


@pytest.fixture
def broken(whole: Path) -> Path:
    """A course with one error and two notes."""
    change(whole / CASE, "minutes: 25", "minutes: 30")
    change(whole / "course/pages/home/en.md", "one hour", "50 %, or: more")
    change(whole / "course/pages/home/en.md", "# Learn", "# Learn,")
    return whole


P002 = "the case says 30 minutes, its stages and prompts add up to 25"
STALE = "compare it with course/pages/home/en.md, then run: samspill translated course/pages/home/nb.md --section"


UNDER_WAY = "nb (Norsk bokmål): 4 of 5 units up to date, 1 under way, 0 not begun; 12 of 12 texts in YAML up to date\n"


def test_check_prints_errors_and_counts_notes(broken: Path, run: Run) -> None:
    assert run("check", root=broken) == (
        2,
        f"{CASE}:3:10: P002 {P002} (write minutes: 25, or mend a part)\n",
        f"1 problem found; 2 notes (--notes prints them)\n{UNDER_WAY}",
    )


def test_a_run_frees_what_refers_to_itself(broken: Path, run: Run) -> None:
    """Markdown is parsed into millions of such objects in a large course; looking for them all the time takes long."""
    run("check", root=broken)
    assert gc.isenabled()
    assert gc.get_threshold()[0] > 10_000


def test_check_prints_notes_when_asked(broken: Path, run: Run) -> None:
    result = run("check", "--notes", root=broken)
    assert result.out.splitlines()[1:] == [
        f'{HOME}:11:1: T004 note: section "teach" is stale ({STALE} teach)',
        f'{HOME}:15:1: T004 note: section "learn" is stale ({STALE} learn)',
    ]
    assert result.err == f"1 problem found\n{UNDER_WAY}"


def test_check_of_one_language_leaves_out_the_others(broken: Path, run: Run) -> None:
    change(
        broken / "course/course.yml",
        "  - {code: nb, name: Norsk bokmål",
        "  - {code: da, name: Dansk}\n  - {code: nb, name: Norsk bokmål",
    )
    shutil.copyfile(broken / HOME, broken / HOME.replace("nb.md", "da.md"))
    whole = run("check", "--notes", root=broken)
    assert {"nb.md", "da.md"} <= set(re.findall(r"(?<=/)(?:nb|da)\.md(?=:)", whole.out))
    assert "has no words in da" in whole.out
    assert whole.err.splitlines()[1:] == [
        "da (Dansk): 0 of 5 units up to date, 1 under way, 4 not begun; 0 of 12 texts in YAML up to date",
        UNDER_WAY.rstrip("\n"),
    ]
    result = run("check", "--notes", "--language", "nb", root=broken)
    assert result.err == f"1 problem found\n{UNDER_WAY}"
    wanted = [
        line for line in whole.out.splitlines() if "/da.md" not in line and " in da" not in line and " da " not in line
    ]
    assert result.out.splitlines() == wanted
    assert len(wanted) == 3
    assert run("check", "--notes", "--language", "en", root=broken).out.splitlines() == wanted[:1]


def test_check_of_an_unknown_language(whole: Path, run: Run) -> None:
    words = "samspill: the course has no language fi: choose from en, nb\n"
    assert run("check", "--language", "fi", root=whole) == (3, "", words)


def test_json_holds_letters_as_they_are() -> None:
    problem = Problem("a.md", 1, 1, "M001", "“æøå”", "ž")
    assert '"“æøå”"' in printed([problem], "json")


def test_check_as_json_holds_everything(broken: Path, run: Run) -> None:
    result = run("check", "--format", "json", root=broken)
    assert (result.status, result.err) == (2, "")
    assert json.loads(result.out)[:2] == [
        {
            "path": CASE,
            "line": 3,
            "column": 10,
            "code": "P002",
            "message": P002,
            "remedy": "write minutes: 25, or mend a part",
            "level": "error",
        },
        {
            "path": HOME,
            "line": 11,
            "column": 1,
            "code": "T004",
            "message": 'section "teach" is stale',
            "remedy": f"{STALE} teach",
            "level": "note",
        },
    ]


def test_check_of_a_clean_course_as_json_is_an_empty_list(whole: Path, run: Run) -> None:
    assert run("check", "--format", "json", root=whole) == (0, "[]\n", "")


def test_check_for_github(broken: Path, run: Run) -> None:
    result = run("check", "--format", "github", "--notes", root=broken)
    assert (result.status, result.err) == (2, "")
    assert result.out.splitlines()[:2] == [
        f"::error file={CASE},line=3,col=10,title=P002::{P002} (write minutes: 25, or mend a part)",
        f'::notice file={HOME},line=11,col=1,title=T004::section "teach" is stale ({STALE} teach)',
    ]
    assert run("check", "--format", "github", root=broken).out.count("\n") == 1


def test_github_commands_cannot_be_forged() -> None:
    problem = Problem("a,b:c.md", 1, 2, "M001", "100 %\n::error::x", "y")
    assert printed([problem], "github") == (
        "::error file=a%2Cb%3Ac.md,line=1,col=2,title=M001::100 %25\\u000a::error::x (y)"
    )


def test_what_is_unfinished_is_named_as_such() -> None:
    problem = Problem("a.md", 3, 1, "U001", "the title is to be written", "write it", "unfinished")
    assert str(problem) == "a.md:3:1: U001 unfinished: the title is to be written (write it)"
    assert printed([problem], "github") == (
        "::warning file=a.md,line=3,col=1,title=U001::the title is to be written (write it)"
    )
    assert json.loads(printed([problem], "json"))[0]["level"] == "unfinished"


def test_text_shows_what_cannot_be_seen() -> None:
    assert str(Problem("a.md", 1, 1, "M001", "x\x1b[31m\u202e", "y")) == "a.md:1:1: M001 x\\u001b[31m\\u202e (y)"


def test_notes_alone_are_no_failure(whole: Path, run: Run) -> None:
    change(whole / "course/pages/home/en.md", "one hour", "two hours")
    assert run("check", root=whole) == (0, "", f"0 problems found; 1 note (--notes prints them)\n{UNDER_WAY}")


def test_the_folder_is_the_current_one_by_default(broken: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken)
    assert run("check").out == run("check", root=broken).out


@pytest.mark.parametrize("command", [("check",), ("build",), ("translated", "cases/two-doors/nb.md"), ("clean",)])
def test_without_a_course_it_is_wrong_usage(command: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    result = run(*command, root=tmp_path)
    assert (result.status, result.out) == (3, "")
    assert "samspill: no course/course.yml below" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "the following arguments are required: COMMAND"),
        (("chekc",), "argument COMMAND: invalid choice: 'chekc'"),
        (("check", "--format", "xml"), "argument --format: invalid choice: 'xml'"),
        (("check", "--nots"), "unrecognized arguments: --nots"),
        (("new", "novel", "x"), "argument kind: invalid choice: 'novel'"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, run: Run) -> None:
    result = run(*arguments)
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith("usage: samspill")
    assert message in result.err


def test_our_own_bug_has_its_status_and_says_so(whole: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(root: Path) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(samspill.source, "load", fail)
    result = run("check", root=whole)
    assert (result.status, result.out) == (1, "")
    assert "ZeroDivisionError: x" in result.err
    assert result.err.endswith("samspill: this is a bug of ours; what was built before is unchanged\n")


def test_being_stopped_is_no_bug(whole: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(root: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(samspill.source, "load", stop)
    result = run("check", root=whole)
    assert (result.status, result.out) == (130, "")
    assert result.err == "\nsamspill: stopped; what was built before is unchanged\n"


class Ending:
    """Asks the command to stop where Python ignores what is raised."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


class Named:
    """Asks the command to stop where Python makes another exception of what is raised."""

    def __set_name__(self, owner: object, name: str) -> None:
        signal.raise_signal(signal.SIGINT)


def in_a_finaliser(root: Path) -> None:
    Ending()
    time.sleep(20)


def in_a_new_class(root: Path) -> None:
    type("Owner", (), {"name": Named()})


@pytest.mark.parametrize("asked", [in_a_finaliser, in_a_new_class])
def test_a_stop_is_never_lost(
    asked: Callable[[Path], None], whole: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        monkeypatch.setattr(samspill.source, "load", asked)
        assert run("check", root=whole) == (130, "", "\nsamspill: stopped; what was built before is unchanged\n")
    finally:
        signal.signal(signal.SIGINT, before)


#: What holds a command up that is asked to stop: a thread of a library waits for a lock that the stop never gave back,
#: or clearing up does.
HELD_UP = {
    "a thread": "lock.acquire(); threading.Thread(target=lock.acquire).start(); signal.raise_signal({sign})",
    "clearing up": """
    try:
        signal.raise_signal({sign})
    finally:
        lock.acquire(); lock.acquire()""",
}


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=lambda sign: sign.name)
@pytest.mark.parametrize("held", HELD_UP)
def test_nothing_holds_up_a_stop(held: str, sign: signal.Signals, whole: Path) -> None:
    program = f"""
import signal, sys, threading
import samspill.source
from samspill.cli import program, stops
lock = threading.Lock()
def load(root):
    {HELD_UP[held].format(sign=int(sign))}
samspill.source.load = load
stops.PATIENCE = 0.2
signal.signal(signal.SIGINT, signal.default_int_handler)
program()
"""
    ended = subprocess.run(
        [sys.executable, "-c", program, "--root", whole, "check"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    stopped = "\nsamspill: stopped; what was built before is unchanged\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (128 + sign, "", stopped)


def test_help_and_version(run: Run) -> None:
    result = run("--help")
    assert (result.status, result.err) == (0, "")
    for command in (
        "build",
        "check",
        "serve",
        "new",
        "translated",
        "translations",
        "publish",
        "explain",
        "document",
        "schemas",
        "clean",
    ):
        assert re.search(rf"^ +{command}\b", result.out, re.M)
        assert run(command, "--help").status == 0
    assert run("--version").out == f"samspill {__version__}\n"


def test_explain_lists_every_code(run: Run) -> None:
    result = run("explain")
    lines = result.out.splitlines()
    assert [line.split("  ")[0] for line in lines] == list(documentation()) == sorted(documentation())
    assert all(line.endswith(".") for line in lines)
    assert {rule.code for rule in RULES} < set(documentation())


def test_explain_prints_the_whole_page(run: Run) -> None:
    assert run("explain", "r006") == (
        0,
        "R006  Units that name other units (modules, cases, worksheets, pages, session items) or a country name what "
        "exists.\n\n"
        "A country exists when `course/settings/` has a file of its name.\n\n"
        "Right, in cases/two-doors/case.yml:\n\n"
        "    modules: [waiting]\n\n"
        "Wrong, in cases/two-doors/case.yml:\n\n"
        "    modules: [wait]\n",
        "",
    )
    page = run("explain", "M001").out
    assert page == (
        "M001  Content holds no raw HTML.\n\n"
        "Prose goes to the web, to print and to a person's editor; HTML would work in one of them and could run "
        "scripts.\nUse Markdown.\n"
    )


def test_explain_of_an_unknown_code_is_wrong_usage(run: Run) -> None:
    assert run("explain", "X999") == (3, "", "samspill: no code X999: samspill explain lists them all\n")


def test_clean_removes_only_what_was_built(whole: Path, run: Run) -> None:
    (whole / "build" / "site").mkdir(parents=True)
    (whole / "build" / "site" / "index.html").write_text("x")
    before = sorted(path for path in whole.rglob("*") if "build" not in path.parts)
    for _ in range(2):
        assert run("clean", root=whole) == (0, "Removed build/\n", "")
    assert sorted(whole.rglob("*")) == before


def test_clean_does_not_follow_a_link(whole: Path, run: Run) -> None:
    outside = whole.parent / "outside"
    outside.mkdir()
    (whole / "build").symlink_to(outside)
    result = run("clean", root=whole)
    assert (result.status, outside.is_dir()) == (3, True)
    assert result.err.endswith("is a symbolic link: remove it yourself\n")


def test_clean_outside_a_course_removes_nothing(tmp_path: Path, run: Run) -> None:
    (tmp_path / "build").mkdir()
    assert run("clean", root=tmp_path).status == 3
    assert (tmp_path / "build").is_dir()


def test_a_reader_that_goes_away_is_no_bug(broken: Path) -> None:
    command = [sys.executable, "-m", "samspill.cli", "--root", str(broken), "check", "--notes"]
    environment = {"PYTHONPATH": str(PROJECT / "tools"), "PATH": ""}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=broken
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
        process.wait(20)
    assert b"Traceback" not in errors
    assert process.returncode in (0, 2)


def test_output_survives_a_terminal_that_knows_no_unicode(broken: Path) -> None:
    change(broken / HOME, "én time", "én time 龍")
    command = [sys.executable, "-m", "samspill.cli", "--root", str(broken), "check"]
    environment = {"PYTHONPATH": str(PROJECT / "tools"), "PATH": "", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=20)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2
    assert b"U+9F8D" in done.stdout


def test_main_takes_its_arguments_from_the_caller(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "F001"]) == 0
    assert capsys.readouterr().out.startswith("F001  ")


def a_file(path: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / path).write_text("x")

    return make


@pytest.mark.parametrize(
    ("command", "make", "message"),
    [
        (("schemas",), a_file("schemas"), "cannot use {root}/schemas: File exists"),
        (("schemas",), lambda root: (root / "schemas/case.json").mkdir(parents=True), "{root}/schemas/case.json: Is a"),
        (("clean",), a_file("build"), "{root}/build is no folder: move it away"),
        (("translated", "x" * 300), a_file("x"), "cannot use {root}/" + "x" * 300 + ": File name too long"),
        (("build", "--only", "site"), a_file("mkdocs.yml"), "cannot read {root}/mkdocs.yml: it holds no settings"),
    ],
)
def test_what_the_disk_refuses_is_no_bug(
    command: tuple[str, ...],
    make: Callable[[Path], None],
    message: str,
    whole: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(whole)
    make(whole)
    result = run(*command, root=whole)
    assert (result.status, result.out) == (3, "")
    assert message.replace("{root}", str(whole)) in result.err.splitlines()[-1]
    assert "Traceback" not in result.err


def test_a_name_too_long_for_any_folder_is_wrong_usage(run: Run) -> None:
    result = run("check", root=Path("x" * 5000))
    assert (result.status, result.out) == (3, "")
    assert result.err.endswith("File name too long\n")
