"""A build that is stopped, whatever stops it: nothing runs on, nothing is left, and the next one begins at once."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Run, change
from samspill.disk.workspace import sweep
from samspill.making.build import build
from samspill.making.request import Request
from samspill.problem import UsageError
from test_build import ending, files, project
from website import remembering

pytestmark = [
    pytest.mark.build,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found by /proc"),
]

#: Seconds that everything may take to end in.
SOON = 8.0


def notebook(root: Path, code: str) -> None:
    """Give a course a page that is a notebook, or another code to it."""
    folder = root / "course" / "pages" / "numbers"
    if not folder.exists():
        folder.mkdir()
        change(root / "course/course.yml", "pages: [home]", "pages: [home, numbers]")
        (folder / "page.yml").write_text("id: numbers\nkind: notebook\nnotebook: numbers.ipynb\n", "utf-8")
        for language in ("en", "nb"):
            text = "---\ntitle: N\nsummary: S\n---\n\n## One {#one}\n\nText.\n"
            (folder / f"{language}.md").write_text(text, "utf-8")
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "words = {}"}
    ]
    cells += [{"cell_type": "markdown", "metadata": {}, "source": "{#one}"}]
    cells += [{"cell_type": "code", "metadata": {}, "source": code}]
    page = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}
    (folder / "numbers.ipynb").write_text(json.dumps(page), "utf-8")


def alive(mark: Path) -> dict[int, str]:
    """Return the processes that were started with a folder in their PATH: the kernel of a notebook keeps that too."""
    found = {}
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(mark) in (each / "environ").read_bytes():
                found[int(each.name)] = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def ended(mark: Path) -> bool:
    """Wait until no process with a mark is alive; tell whether that was soon."""
    until = time.monotonic() + SOON
    while alive(mark) and time.monotonic() < until:
        time.sleep(0.1)
    return not alive(mark)


def stoppable() -> None:
    """Have a program hear of a stop."""
    # Whoever runs the tests in the background of a shell, or by nohup, has them ignore these.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def start(
    root: Path, mark: Path, before: tuple[str, ...] = (), doing: tuple[str, ...] = ("build",), **more: str
) -> subprocess.Popen[str]:
    """Start a build, or something else, in a group of its own."""
    command = [*before, sys.executable, "-m", "samspill.cli", "--root", str(root), *doing]
    environment = os.environ | {"PATH": f"{mark}{os.pathsep}{os.environ['PATH']}"} | more
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=stoppable,  # noqa: PLW1509 - no threads here
        env=environment,
    )


@pytest.fixture(scope="module")
def course(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built, with a notebook that is done at once."""
    root = remembering(project(tmp_path_factory.mktemp("stopping") / "course"), built_once)
    notebook(root, "print(6 * 7)")
    build(Request(root))
    return root


#: Starts programs, one in a session of its own, and then counts: nothing else of the kernel runs meanwhile.
ENDLESS = """
import pathlib, subprocess
subprocess.Popen(["sleep", "1000"])
subprocess.Popen(["sleep", "1000"], start_new_session=True)
pathlib.Path({begun!r}).touch()
sum(range(10**12))
"""


@contextlib.contextmanager
def endless(course: Path, folder: Path, *doing: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Give a build whose notebook has begun and will not end, and the mark of its processes."""
    mark, begun, temporary = folder / "mark", folder / "begun", folder / "temporary"
    temporary.mkdir()
    notebook(course, ENDLESS.format(begun=str(begun)))
    process = start(course, mark, doing=doing, TMPDIR=str(temporary))
    until = time.monotonic() + 60
    while not begun.exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    try:
        assert begun.exists(), process.kill() or process.communicate()
        yield process, mark
    finally:
        for number in alive(mark):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        process.wait(20)
        notebook(course, "print(6 * 7)")
    assert list(temporary.iterdir()) == []


@pytest.fixture
def running(course: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A build whose notebook has begun and will not end, and the mark of its processes."""
    with endless(course, tmp_path, "build") as found:
        yield found


@pytest.mark.parametrize(
    ("sign", "group", "status"),
    [
        pytest.param(signal.SIGKILL, False, -signal.SIGKILL, id="killed alone"),
        pytest.param(signal.SIGTERM, False, 143, id="asked to end", marks=pytest.mark.full),
        pytest.param(signal.SIGHUP, False, 129, id="the terminal closed", marks=pytest.mark.full),
        pytest.param(signal.SIGTERM, True, 143, id="all asked to end", marks=pytest.mark.full),
        pytest.param(signal.SIGHUP, True, 129, id="all lost their terminal", marks=pytest.mark.full),
        pytest.param(signal.SIGINT, True, 130, id="Ctrl-C", marks=pytest.mark.full),
        pytest.param(signal.SIGKILL, True, -signal.SIGKILL, id="all killed", marks=pytest.mark.full),
    ],
)
def test_nothing_runs_on_and_the_next_build_begins_at_once(
    course: Path, running: tuple[subprocess.Popen[str], Path], sign: signal.Signals, group: bool, status: int, run: Run
) -> None:
    before = files(course / "build" / "site")
    process, mark = running
    assert any("ipykernel" in words for words in alive(mark).values())
    assert list(alive(mark).values()).count("sleep 1000 ") == 2
    (os.killpg if group else os.kill)(process.pid, sign)
    assert process.wait(SOON) == status
    if sign != signal.SIGKILL:
        assert list((course / "build").glob(".work-*")) == []
    # At once: no worker holds the lock.
    notebook(course, "print(6 * 7)")
    (course / "build" / "cache" / "stamp.json").unlink()
    result = run("build", root=course)
    assert (result.status, result.out.startswith("Built ")) == (0, True), result.err
    assert ended(mark), alive(mark)
    said = process.communicate()[1].splitlines()
    stopped = ["", "samspill: stopped; what was built before is unchanged"]
    assert said == ["Reading and checking", "Notebook: running numbers", *(stopped if sign != signal.SIGKILL else [])]
    assert files(course / "build" / "site") == before
    assert list((course / "build").glob(".work-*")) == []


@pytest.mark.full
def test_a_build_by_nohup_goes_on_when_the_terminal_closes(course: Path, tmp_path: Path) -> None:
    notebook(course, "import time\ntime.sleep(3)\nprint(50 + 1)")
    try:
        process = start(course, tmp_path / "mark", before=("nohup",))
        assert process.stderr is not None
        assert any(line.startswith("Notebook: running") for line in process.stderr)
        os.killpg(process.pid, signal.SIGHUP)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
        assert "51" in (course / "build/site/nb/numbers/index.html").read_text("utf-8")
    finally:
        notebook(course, "print(6 * 7)")


def test_a_second_build_is_told_which_process_builds(
    course: Path, running: tuple[subprocess.Popen[str], Path], run: Run
) -> None:
    process, _ = running
    words = f"another build (process {process.pid}) is running in this folder: wait for it, or stop it"
    assert run("build", root=course) == (3, "", f"samspill: {words}\n")
    before = files(course / "build" / "site")
    assert run("clean", root=course) == (3, "", f"samspill: {words}\n")
    assert files(course / "build" / "site") == before
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(SOON) == 143


@pytest.mark.parametrize(
    ("sign", "group", "status"),
    [
        pytest.param(signal.SIGKILL, False, -signal.SIGKILL, id="killed"),
        pytest.param(signal.SIGTERM, False, 143, id="asked to end", marks=pytest.mark.full),
        pytest.param(signal.SIGHUP, True, 129, id="the terminal closed", marks=pytest.mark.full),
        pytest.param(signal.SIGINT, True, 0, id="Ctrl-C", marks=pytest.mark.full),
    ],
)
def test_a_build_ends_with_the_server_that_started_it(
    course: Path, tmp_path: Path, sign: signal.Signals, group: bool, status: int
) -> None:
    with endless(course, tmp_path, "serve", "--port", str(_free_port())) as (process, mark):
        (os.killpg if group else os.kill)(process.pid, sign)
        assert process.wait(20) == status
        assert ended(mark), alive(mark)
        assert "Traceback" not in process.communicate()[1]
        assert list((course / "build").glob(".work-*")) == []


@pytest.mark.full
@pytest.mark.parametrize(("sign", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 0)])
def test_a_server_that_waits_says_what_ended_it(
    course: Path, tmp_path: Path, sign: signal.Signals, status: int
) -> None:
    process = start(course, tmp_path / "mark", doing=("serve", "--port", str(_free_port())))
    assert process.stderr is not None
    assert any(line.startswith("Look at http://127.0.0.1:") for line in process.stderr)
    time.sleep(0.5)
    os.kill(process.pid, sign)
    assert process.wait(SOON) == status
    assert process.communicate()[1] == "Stopped\n"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.full
def test_what_a_notebook_has_started_ends_with_it(course: Path, tmp_path: Path) -> None:
    code = "import subprocess\nfor own in (False, True):\n"
    code += '    subprocess.Popen(["sleep", "1000"], start_new_session=own)\n'
    notebook(course, f"{code}print(7 * 7)")
    try:
        process = start(course, tmp_path / "mark")
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
        assert ended(tmp_path / "mark"), alive(tmp_path / "mark")
    finally:
        notebook(course, "print(6 * 7)")


@pytest.mark.full
def test_a_kernel_that_is_killed_before_it_begins_is_told(tmp_path: Path) -> None:
    from samspill.making.kernel import execute_all

    made = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "1"}
    ]}  # fmt: skip
    with ending(f"{tmp_path}/"), pytest.raises(UsageError) as refused:
        execute_all({"en": json.dumps(made).encode()}, {}, "course/pages/a/a.ipynb", place=tmp_path)
    assert str(refused.value) == (
        "course/pages/a/a.ipynb cannot be run: Python stopped or did not answer when it was started "
        f"(is there room in {tmp_path}, and enough memory?)"
    )
    assert list(tmp_path.iterdir()) == []


LEFT = (
    ".work-x1", ".work-x1-pages", ".site-before", ".pages-before", "cache/.parsed.json.77", "cache/fonts/.a.woff2.77",
    "cache/handouts/.a.pdf.77", "cache/memory/.a.json.77",
)  # fmt: skip


@pytest.mark.parametrize("folders", [True, False])
def test_what_a_killed_build_left_is_gone_after_one_that_changes_nothing(course: Path, folders: bool) -> None:
    build(Request(course))
    before = sorted(path for path in (course / "build").rglob("*") if not path.name.startswith("."))
    for name in LEFT:
        path = course / "build" / name
        if folders:
            (path / "below").mkdir(parents=True)
            (path / "below" / "index.html").write_text("old", "utf-8")
        else:
            path.write_text("old", "utf-8")
    assert build(Request(course)).unchanged
    assert [name for name in LEFT if (course / "build" / name).exists()] == []
    assert sorted(path for path in (course / "build").rglob("*") if not path.name.startswith(".")) == before


def test_what_is_left_of_another_build_that_runs_stays(
    course: Path, running: tuple[subprocess.Popen[str], Path], run: Run
) -> None:
    work = list((course / "build").glob(".work-*"))
    assert work
    assert run("build", root=course).status == 3
    assert list((course / "build").glob(".work-*")) == work


def test_sweeping_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "mine").write_text("x", "utf-8")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / ".work-link").symlink_to(tmp_path / "outside")
    sweep(tmp_path / "build")
    assert not os.path.lexists(tmp_path / "build" / ".work-link")
    assert (tmp_path / "outside" / "mine").read_text("utf-8") == "x"


@pytest.mark.full
def test_temporary_files_may_stand_very_deep(course: Path, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 110)
    deep.mkdir()
    notebook(course, "print(20 + 3)")
    try:
        done = start(course, tmp_path / "mark", TMPDIR=str(deep))
        out, err = done.communicate(timeout=120)
        assert done.returncode == 0, out + err
        assert "23" in (course / "build/site/nb/numbers/index.html").read_text("utf-8")
        assert list(deep.iterdir()) == []
    finally:
        notebook(course, "print(6 * 7)")
