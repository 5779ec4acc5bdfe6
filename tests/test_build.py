"""The whole job: same bytes, nothing lost, nothing done twice."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from conftest import COURSES, READABLE, Run, change, rights, umask
from samspill.disk import sealed
from samspill.disk.workspace import lock, swap, workspace
from samspill.making.build import build
from samspill.making.engines import EngineError
from samspill.making.engines.search import index
from samspill.making.fingerprint import PACKAGES, installed, of_content, of_tool
from samspill.making.request import Request
from samspill.making.stamp import NAME, Stamp
from samspill.problem import ContentError, Problem, UsageError


def project(folder: Path) -> Path:
    """Put the whole small course into a folder."""
    return Path(shutil.copytree(COURSES / "whole", folder))


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def first(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built once; tests that change it put it back."""
    return Path(shutil.copytree(built_once, tmp_path_factory.mktemp("first") / "course"))


def test_two_builds_give_the_same_bytes(first: Path, tmp_path: Path) -> None:
    other = project(tmp_path / "another place")
    build(Request(other, jobs=1))
    one, two = files(first / "build" / "site"), files(other / "build" / "site")
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert any(name.endswith(".pdf") for name in one)
    assert any(name.startswith("nb/pagefind/") for name in one)


def test_nothing_changed_nothing_done(first: Path) -> None:
    before = (first / "build" / "site" / "en" / "index.html").stat().st_mtime_ns
    result = build(Request(first))
    assert result.unchanged
    assert (first / "build" / "site" / "en" / "index.html").stat().st_mtime_ns == before


@pytest.mark.build
def test_words_that_nobody_wrote_stop_no_build(tmp_path: Path) -> None:
    """A notebook page without labels, and a course whose title is not translated yet, which is a note."""
    root = project(tmp_path / "course")
    change(root / "course/course.yml", "nb: Et helt kurs", "da: Et helt kursus")
    change(root / "course/course.yml", "pages: [home]", "pages: [home, numbers]")
    folder = root / "course" / "pages" / "numbers"
    folder.mkdir()
    (folder / "page.yml").write_text("id: numbers\nkind: notebook\nnotebook: numbers.ipynb\n")
    for language in ("en", "nb"):
        (folder / f"{language}.md").write_text("---\ntitle: N\nsummary: S\n---\n\n## One {#one}\n\nText.\n")
    (folder / "numbers.ipynb").write_text(
        '{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": ['
        '{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "words = {}"},'
        '{"cell_type": "markdown", "metadata": {}, "source": "{#one}"},'
        '{"cell_type": "code", "metadata": {}, "source": "print(3 * 14, len(words))"}]}'
    )
    built = build(Request(root, languages=("nb",), only="site"))
    page = (built.output / "nb" / "numbers" / "index.html").read_text("utf-8")
    assert "42 0" in page
    assert page.count('id="one"') == 1
    home = (built.output / "nb" / "index.html").read_text("utf-8")
    assert '<title lang="en">A whole course</title>' in home


def test_a_removed_file_is_made_again(first: Path) -> None:
    page = first / "build" / "site" / "nb" / "index.html"
    text = page.read_bytes()
    page.unlink()
    result = build(Request(first))
    assert (result.unchanged, result.built) == (False, ())
    assert page.read_bytes() == text


def test_one_language_changed_one_language_built(first: Path) -> None:
    prose = next((first / "cases").glob("*/nb.md"))
    text = prose.read_text("utf-8")
    english = files(first / "build" / "site" / "en")
    try:
        prose.write_text(text.rstrip() + "\n\nEn setning til.\n", "utf-8")
        result = build(Request(first))
        assert result.built == ("nb",)
        assert "En setning til" in (first / f"build/site/nb/cases/{prose.parent.name}/index.html").read_text("utf-8")
        assert files(first / "build" / "site" / "en") == english
    finally:
        prose.write_text(text, "utf-8")
        build(Request(first))


@pytest.mark.parametrize("only", [None, pytest.param("handouts", marks=pytest.mark.full)])
def test_handouts_that_stand_in_the_site_are_taken_from_there(first: Path, only: Literal["handouts"] | None) -> None:
    prose = next((first / "cases").glob("*/nb.md"))
    text = prose.read_text("utf-8")
    before = files(first / "build/site/nb/handouts")
    try:
        prose.write_text(text.rstrip() + "\n\nEn setning til.\n", "utf-8")
        shutil.rmtree(first / "build/cache/handouts")
        output = build(Request(first, ("nb",), only)).output
        after = files(output / "nb" if only else output / "nb/handouts")
        assert after.keys() == before.keys()
        assert 0 < sum(after[name] != data for name, data in before.items()) < len(before)
    finally:
        prose.write_text(text, "utf-8")
        build(Request(first))
    assert files(first / "build/site/nb/handouts") == before


def test_the_theme_beside_the_pages_is_put_right(first: Path) -> None:
    path = first / "build/pages/theme/main.html"
    before = path.read_bytes()
    path.write_bytes(b"edited")
    build(Request(first))
    assert path.read_bytes() == before


def test_what_stands_around_pages_changes_on_all_of_them(first: Path) -> None:
    """A list says nothing of the edition in itself, but its foot does."""
    about = first / "course/course.yml"
    text = about.read_text("utf-8")
    before = files(first / "build/site/nb")
    try:
        about.write_text(re.sub(r'(?m)^edition: .*', 'edition: "2099.9"', text), "utf-8")
        build(Request(first))
        after = files(first / "build/site/nb")
        pages = [name for name in before if name.endswith(".html")]
        assert "objectives/index.html" in pages
        assert [name for name in pages if b"2099.9" not in after[name]] == []
    finally:
        about.write_text(text, "utf-8")
        build(Request(first))
    assert files(first / "build/site/nb") == before


def test_theme_configuration_and_content_are_inputs(tmp_path: Path) -> None:
    root = project(tmp_path / "course")
    tool, content = of_tool(root), of_content(root)
    (root / "site_overrides").mkdir()
    (root / "site_overrides" / "main.html").write_text("", "utf-8")
    assert of_tool(root) != tool
    tool = of_tool(root)
    (root / "mkdocs.yml").write_text("# more\n", "utf-8")
    assert of_tool(root) != tool
    assert of_content(root) == content
    (root / "cases" / "new.txt").write_text("", "utf-8")
    assert of_content(root) != content
    content = of_content(root)
    (root / "cases" / "ghost").mkdir()
    assert of_content(root) != content
    assert set(PACKAGES) <= installed().keys()


@pytest.mark.parametrize(
    "name",
    [
        "cases/two-doors/en.md",
        *(pytest.param(name, marks=pytest.mark.full) for name in ("site_overrides/main.html", "mkdocs.yml")),
    ],
)
def test_what_was_changed_while_it_was_read_and_changed_back_is_looked_at_again(first: Path, name: str) -> None:
    """A build may have read what stood there in between."""
    request, path = Request(first), first / name
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_text("{% extends 'base.html' %}" if name.endswith("html") else "extra: {}\n", "utf-8")
    result = build(request)
    assert Stamp.of(request).unchanged() is not None
    stamp, text = Stamp.of(request), path.read_bytes()
    (first / "build/cache" / NAME).unlink()
    path.write_bytes(text + b"\n")
    path.write_bytes(text)
    assert (Stamp.of(request).content, Stamp.of(request).tool) == (stamp.content, stamp.tool)
    stamp.record(result, {})
    assert Stamp.of(request).unchanged() is None
    Stamp.of(request).record(result, {})
    assert Stamp.of(request).unchanged() is not None
    if not name.startswith("cases"):
        path.unlink()


def test_errors_leave_the_site_as_it_was(first: Path, run: Run) -> None:
    before = files(first / "build" / "site")
    broken = first / "course" / "objectives.yml"
    text = broken.read_text("utf-8")
    broken.write_text("objectives:\n\t- id: x\n", "utf-8")
    try:
        result = run("build", root=first)
    finally:
        broken.write_text(text, "utf-8")
    assert result.status == 2
    assert result.out.startswith("course/objectives.yml:2:1: Y001 ")
    assert files(first / "build" / "site") == before


def _start(root: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "samspill.cli", "--root", str(root), "build", *more]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Whoever runs the tests in the background of a shell has them ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )


@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
@pytest.mark.parametrize(
    ("moment", "later"),
    [("Site: building", 0.5)]
    + [
        pytest.param(moment, later, marks=pytest.mark.full)
        for moment in ("Reading and checking", "References and maps:", "Handouts:", "Site: building")
        for later in (0, 0.1)
    ],
)
def test_a_stopped_build_leaves_the_site_as_it_was(
    first: Path, sign: signal.Signals, status: int, moment: str, later: float
) -> None:
    before = files(first / "build" / "site")
    cache = first / "build" / "cache"
    shutil.rmtree(cache / "sites" if moment == "Site: building" else cache, ignore_errors=True)
    # What of the site is known to be as it was built is not built again.
    for name in ("stamp.json", "site-parts.json"):
        (cache / name).unlink(missing_ok=True)
    process = _start(first)
    assert process.stderr is not None
    assert any(line.startswith(moment) for line in process.stderr)
    time.sleep(later)
    os.killpg(process.pid, sign)
    out, err = process.communicate(timeout=60)
    assert process.returncode == status
    assert "Traceback" not in err + out
    if sign == signal.SIGINT:
        assert "stopped; what was built before is unchanged" in err
        assert list((first / "build").glob(".work-*")) == []
    assert files(first / "build" / "site") == before
    build(Request(first))
    assert list((first / "build").glob(".work-*")) == []
    assert files(first / "build" / "site") == before


def test_a_build_killed_between_the_two_renames_is_put_right(tmp_path: Path) -> None:
    (tmp_path / ".site-before").mkdir()
    (tmp_path / ".site-before" / "index.html").write_text("good", "utf-8")
    with workspace(tmp_path):
        assert (tmp_path / "site" / "index.html").read_text("utf-8") == "good"


def test_swap_puts_the_old_folder_back_when_the_new_one_is_missing(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "new", tmp_path / "site")
    assert (tmp_path / "site").is_dir()


@pytest.mark.parametrize("most", [3_000, pytest.param(204_800, marks=pytest.mark.full)])
def test_a_full_disk_is_said_plainly(first: Path, most: int) -> None:
    before = files(first / "build" / "site")
    shutil.rmtree(first / "build" / "cache")

    def limit() -> None:
        # As on a full disk, a write fails halfway: no file may grow beyond this.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "-m", "samspill.cli", "--root", str(first), "build"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)
    assert done.returncode == 3, done.stderr
    assert re.search(rf"cannot write {first}/build/\S+/\S+: {os.strerror(errno.EFBIG)};", done.stderr), done.stderr
    assert "nothing was changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(first / "build" / "site") == before
    assert list((first / "build").glob(".work-*")) == []
    build(Request(first))
    assert files(first / "build" / "site") == before


def test_a_copy_that_fails_names_what_could_not_be_written() -> None:
    of_a_copy = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "theme/bundle.js", None, "build/.work/bundle.js")
    assert sealed.named(of_a_copy, Path("build/.work")).filename == "build/.work/bundle.js"
    assert sealed.named(OSError(errno.ENOSPC, "full"), Path("build/x")).filename == "build/x"


@pytest.mark.build
def test_an_index_that_was_stopped_or_has_no_room(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><html lang=nb><body><p>Ord</p></body></html>", "utf-8")
    with ending(str(tmp_path)), pytest.raises(UsageError) as stopped:
        index(tmp_path, "nb")
    assert str(stopped.value) == (
        "the program that makes the search index was stopped from outside (signal 9), perhaps for want of memory; "
        "nothing was changed (close other programs, or build with --jobs 1)"
    )
    (tmp_path / "pagefind").write_text("in the way", "utf-8")
    with pytest.raises((OSError, EngineError)) as refused:
        index(tmp_path, "nb")
    assert not str(refused.value).endswith(": ")


@contextlib.contextmanager
def ending(words: str) -> Iterator[None]:
    """Kill the first process that has these words among its arguments."""
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            for each in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError):
                    if int(each.name) != os.getpid() and words.encode() in (each / "cmdline").read_bytes():
                        os.kill(int(each.name), signal.SIGKILL)
                        return

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("command", ["build", "clean"])
@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("nowhere", "is a link to nowhere, which is no folder: make that folder or remove the link"),
        ("build", "is a link to build, which is no folder: make that folder or remove the link"),
        ("", "is no folder: move it away"),
    ],
)
def test_a_build_folder_that_is_none_is_told(whole: Path, run: Run, command: str, where: str, said: str) -> None:
    if where:
        (whole / "build").symlink_to(where)
    else:
        (whole / "build").write_text("x", "utf-8")
    if command == "clean" and where:
        said = "is a symbolic link: remove it yourself"
    assert run(command, root=whole) == (3, "", f"samspill: {whole}/build {said}\n")
    assert os.path.lexists(whole / "build")


@pytest.mark.parametrize("what", ["a link", "a second name", "a pipe", "a folder", "a link to nowhere"])
def test_what_stands_in_the_place_of_the_lock_goes(tmp_path: Path, what: str) -> None:
    folder, precious, place = tmp_path / "build", tmp_path / "precious", tmp_path / "build" / ".lock"
    folder.mkdir()
    precious.write_text("precious", "utf-8")
    if what == "a link":
        place.symlink_to(precious)
    elif what == "a second name":
        place.hardlink_to(precious)
    elif what == "a pipe":
        os.mkfifo(place)
    elif what == "a folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "nowhere")
    with lock(folder):
        assert place.read_text("ascii") == str(os.getpid())
        assert stat.S_ISREG(place.lstat().st_mode)
    assert precious.read_text("utf-8") == "precious"
    assert not (tmp_path / "nowhere").exists()


def test_cleaning_removes_all_and_follows_nothing(whole: Path, run: Run) -> None:
    (whole / "mine").mkdir()
    (whole / "mine" / "text").write_text("mine", "utf-8")
    (whole / "build" / "site").mkdir(parents=True)
    (whole / "build" / "site" / "link").symlink_to(whole / "mine")
    (whole / "build" / "link").symlink_to(whole / "mine")
    assert run("clean", root=whole) == (0, "Removed build/\n", "")
    assert not os.path.lexists(whole / "build")
    assert (whole / "mine" / "text").read_text("utf-8") == "mine"
    assert run("clean", root=whole) == (0, "Removed build/\n", "")


def test_an_output_folder_that_cannot_be_written(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "course")
    # Even root cannot make files below /proc; elsewhere a file stands in the way.
    target = Path("/proc/self") if Path("/proc/self").is_dir() else tmp_path / "file"
    if not target.exists():
        target.write_text("", "utf-8")
    (root / "build").symlink_to(target)
    result = run("build", root=root)
    assert result.status == 3
    assert "cannot write" in result.err
    assert "mend the permissions" in result.err


def test_a_damaged_stamp_means_a_build(first: Path) -> None:
    stamp = Stamp.of(Request(first))
    store = stamp.request.store
    kept = (store.folder / NAME).read_bytes()
    assert stamp.unchanged() is not None
    for text in (b"", b"{}", b"[]", b"\xff", b"1", b'{"key": 1}'):
        store.put(NAME, text)
        assert stamp.unchanged() is None
        (store.folder / NAME).write_bytes(text)
        assert stamp.unchanged() is None
    (store.folder / NAME).write_bytes(kept)
    assert stamp.unchanged() is not None


def test_only_handouts_leaves_the_site_alone(first: Path) -> None:
    before = files(first / "build" / "site")
    result = build(Request(first, languages=("nb",), only="handouts"))
    assert result.output == first / "build" / "handouts"
    assert {path.parent.name for path in result.output.rglob("*.pdf")} == {"nb"}
    assert files(first / "build" / "site") == before


def test_a_site_without_handouts_forgets_none(first: Path) -> None:
    build(Request(first))
    said: list[str] = []
    build(Request(first, languages=("nb",), only="site"), said.append)
    build(Request(first), said.append)
    assert [line for line in said if line.startswith("Handouts: ")] == []


def test_one_language_keeps_the_others(first: Path) -> None:
    before = files(first / "build" / "site")
    build(Request(first, languages=("nb",)))
    assert files(first / "build" / "site") == before


@pytest.mark.build
@pytest.mark.skipif(os.name == "nt", reason="no such rights on this system")
@pytest.mark.parametrize(
    "mask", [0o077, *(pytest.param(mask, marks=pytest.mark.full) for mask in (0o000, 0o027))], ids=oct
)
def test_everybody_may_read_what_is_built_and_only_its_owner_change_it(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        root = project(tmp_path / "course")
        build(Request(root, languages=("nb",)))
        built = root / "build"
        assert rights(built / "site", built / "pages") == READABLE
        assert stat.filemode(built.stat().st_mode) == "drwxr-xr-x"
        build(Request(root, languages=("nb",), only="handouts"))
        build(Request(root, languages=("nb",), edition_layout=True))
        assert rights(built / "handouts") == rights(built / "edition") == READABLE
        # What is reused was perhaps made by a version that left it closed, or opened it to everybody.
        for path in (built / "cache").rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        shutil.rmtree(built / "site")
        assert build(Request(root, languages=("nb",))).reused == ("nb",)
        assert rights(built / "site") == READABLE
        # Closed by hand since: built again, though the words are the same.
        (built / "site" / "nb" / "index.html").chmod(0o600)
        (built / "site" / "nb" / "handouts").chmod(0o777)
        assert not build(Request(root, languages=("nb",))).unchanged
        assert rights(built / "site") == READABLE
        assert build(Request(root, languages=("nb",))).unchanged


def test_rights_of_links_are_left_alone_and_a_shared_group_stays(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("", "utf-8")
    (tmp_path / "secret").chmod(0o600)
    (tmp_path / "new").mkdir()
    (tmp_path / "new").chmod(0o2770)
    (tmp_path / "new" / "link").symlink_to(tmp_path / "secret")
    swap(tmp_path / "new", tmp_path / "site")
    assert stat.filemode((tmp_path / "site").stat().st_mode) == "drwxr-sr-x"
    assert stat.filemode((tmp_path / "secret").stat().st_mode) == "-rw-------"


def test_an_unknown_language(first: Path, run: Run) -> None:
    result = run("build", "--language", "fi", root=first)
    assert result.status == 3
    assert "the course has no language fi" in result.err


def test_an_error_with_problems_travels_between_processes() -> None:
    import pickle

    error = ContentError([Problem("a.yml", 1, 1, "S001", "message", "remedy")])
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems
    assert isinstance(pickle.loads(pickle.dumps(UsageError("x"))), UsageError)


def test_a_page_changed_with_size_and_time_kept_is_put_right(first: Path) -> None:
    page = first / "build" / "site" / "nb" / "index.html"
    before, kept = page.read_bytes(), page.stat()
    page.write_bytes(before.swapcase())
    os.utime(page, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert not build(Request(first)).unchanged
    assert page.read_bytes() == before
    assert build(Request(first)).unchanged


def test_a_changed_page_stays_in_no_build_of_another_language(first: Path) -> None:
    before = files(first / "build" / "site")
    page = first / "build" / "site" / "nb" / "index.html"
    page.write_bytes(page.read_bytes().swapcase())
    build(Request(first, languages=("en",)))
    assert files(first / "build" / "site") == before


def test_nothing_in_the_site_is_a_second_name_of_something_else(first: Path) -> None:
    assert {path.stat().st_nlink for path in (first / "build" / "site").rglob("*") if path.is_file()} == {1}


@pytest.mark.full
def test_pages_are_those_of_the_last_build(first: Path) -> None:
    page = first / "build" / "pages" / "nb" / "index.md"
    one = page.read_text("utf-8")
    change(first / "course/pages/home/nb.md", "én time", "to timer")
    try:
        build(Request(first))
        other = page.read_text("utf-8")
    finally:
        change(first / "course/pages/home/nb.md", "to timer", "én time")
    assert build(Request(first)).built == ()
    assert "to timer" in other
    assert page.read_text("utf-8") == one


#: Builds, and is killed when it has put one of the two folders in place.
KILLED = """
import os, sys
from pathlib import Path
from samspill.making import build, place
from samspill.making.request import Request
real = place.swap
def swap(new, old):
    real(new, old)
    if old.name == "pages":
        os._exit(9)
place.swap = swap
build.build(Request(Path(sys.argv[1])))
"""


def test_pages_are_those_of_the_site_after_a_build_was_killed_or_somebody_changed_them(first: Path) -> None:
    build(Request(first))
    pages = first / "build" / "pages"
    good, site = files(pages), files(first / "build" / "site")
    change(first / "course/pages/home/nb.md", "én time", "to timer")
    try:
        assert subprocess.run([sys.executable, "-c", KILLED, first], check=False).returncode == 9
        assert "to timer" in (pages / "nb" / "index.md").read_text("utf-8")
    finally:
        change(first / "course/pages/home/nb.md", "to timer", "én time")
    assert not build(Request(first)).unchanged
    assert files(pages) == good
    assert files(first / "build" / "site") == site
    (pages / "fi").mkdir()
    (pages / "fi" / "index.md").write_text("of a language that is gone", "utf-8")
    (pages / "nb" / "planted.md").write_text("planted", "utf-8")
    (pages / "en" / "index.md").write_text("edited", "utf-8")
    # Also where only one language is built: the other is not as it was left.
    build(Request(first, languages=("nb",)))
    assert files(pages) == good
    shutil.rmtree(pages)
    build(Request(first))
    assert files(pages) == good
    assert build(Request(first)).unchanged


def test_a_pipe_in_the_site_is_not_waited_for(first: Path) -> None:
    before = files(first / "build" / "site")
    os.mkfifo(first / "build" / "site" / "nb" / "pipe")
    assert not build(Request(first)).unchanged
    assert not (first / "build" / "site" / "nb" / "pipe").exists()
    assert files(first / "build" / "site") == before


@pytest.mark.full
@pytest.mark.parametrize("damaged", ["site/en/index.html", "cache/site-parts.json"])
def test_pages_of_one_language_leave_the_other_its_handouts(first: Path, damaged: str) -> None:
    build(Request(first))
    before = files(first / "build" / "site")
    (first / "build" / damaged).write_text("damaged", "utf-8")
    build(Request(first, languages=("nb",), only="site"))
    after = files(first / "build" / "site")
    english = {name for name in before if name.startswith("en/")}
    assert any(name.endswith(".pdf") for name in english)
    assert {name for name in after if name.startswith("en/")} == english
    assert [name for name in english if after[name] != before[name]] == []
    assert not any(name.endswith(".pdf") for name in after if name.startswith("nb/"))
    build(Request(first))
    assert files(first / "build" / "site") == before


@pytest.mark.full
@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own on this system")
def test_the_build_folder_may_be_a_link(first: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "course")
    (tmp_path / "a" / "deep" / "disk").mkdir(parents=True)
    (root / "build").symlink_to(tmp_path / "a" / "deep" / "disk")
    build(Request(root))
    assert (root / "build").is_symlink()
    assert files(tmp_path / "a" / "deep" / "disk" / "site") == files(first / "build" / "site")
    assert build(Request(root)).unchanged
