"""What somebody sees who writes while the course is served: the page at once, and the rest behind it."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chromium import FLAGS, executable
from samspill.making.preview import Preview
from samspill.making.serve import Desk, _last_words
from samspill.making.state import State
from samspill.making.viewer import Look
from test_build import files, project
from test_stopping import _free_port

#: How long anything here may take on a busy machine; how long it does is for `make bench`.
PATIENCE = 120
CASE = "cases/two-doors"
#: What a check keeps of the files it has read.
REMEMBERED = {"parsed.json", "found.json"}
SCRIPT = b'<script src="/_samspill/reload.js" defer></script>'


# --- what is shown -------------------------------------------------------------------------------------------


def said(state: State) -> dict[str, Any]:
    """Return what a page is told."""
    found: dict[str, Any] = json.loads(state.as_json())
    return found


def test_pages_are_ahead_until_a_build_has_caught_up() -> None:
    state = State()
    assert said(state) == {"version": 0, "whole": 0, "problems": "", "behind": False}
    began = state.changed()
    state.ahead({"en/index.html": b"new"})
    assert said(state) == {"version": 1, "whole": 0, "problems": "", "behind": True}
    assert state.page("en/index.html") == b"new"
    assert state.page("nb/index.html") is None
    state.ahead({"en/index.html": b"new"})
    assert said(state)["version"] == 1
    state.built("", changes=began, whole=False)
    assert said(state) == {"version": 2, "whole": 0, "problems": "", "behind": False}
    assert state.page("en/index.html") is None


def test_a_build_that_was_overtaken_says_nothing() -> None:
    state = State()
    began = state.changed()
    state.ahead({"en/index.html": b"one"})
    state.changed()
    state.ahead({"en/index.html": b"two"})
    for problems in ("", "x.md:1:1: M001 wrong"):
        state.built(problems, changes=began)
        assert said(state) == {"version": 2, "whole": 0, "problems": "", "behind": True}
        assert state.page("en/index.html") == b"two"
    state.built("x.md:1:1: M001 wrong", changes=state.changes)
    assert said(state) == {"version": 2, "whole": 0, "problems": "x.md:1:1: M001 wrong", "behind": False}
    assert state.page("en/index.html") == b"two"


def test_a_picture_that_is_another_is_more_than_a_page() -> None:
    state = State()
    state.ahead({"en/index.html": b"one", "en/cat.svg": b"cat"})
    assert said(state)["whole"] == 1
    state.ahead({"en/index.html": b"two", "en/cat.svg": b"cat"})
    assert (said(state)["version"], said(state)["whole"]) == (2, 1)
    state.ahead({"en/index.html": b"two"})
    assert (said(state)["version"], said(state)["whole"]) == (3, 2)
    state.wrong("x.md:1:1: M001 wrong")
    assert said(state) == {"version": 3, "whole": 2, "problems": "x.md:1:1: M001 wrong", "behind": False}


def test_what_an_overtaken_build_would_have_shown_is_shown_by_the_next() -> None:
    state = State()
    began = state.changed()
    state.behind()
    assert said(state)["behind"] is True
    state.changed()
    state.built("", changes=began, whole=True)
    assert said(state)["whole"] == 0
    state.built("x.md:1:1: M001 wrong", changes=state.changes, whole=False)
    assert said(state)["whole"] == 0
    state.built("", changes=state.changes, whole=False)
    assert said(state)["whole"] == 1
    state.built("", changes=state.changes, whole=False)
    assert said(state)["whole"] == 1


def test_of_a_build_that_failed_its_last_words_are_shown() -> None:
    full = "samspill: the disk is full"
    assert _last_words(f"Reading and checking\nSite: building en\n{full}\n") == full
    assert _last_words("Reading\nTraceback (most recent call last):\n  x\nsamspill: a bug\n").startswith("Traceback")
    assert _last_words("Reading and checking\n") == ""


def test_what_is_to_be_built_is_built_though_nobody_listens(tmp_path: Path) -> None:
    """A terminal that is gone takes no words; what somebody saves is made all the same."""

    def gone(words: str) -> None:
        raise BrokenPipeError

    (tmp_path / "mkdocs.yml").write_text("")
    state = State()
    assert Desk(tmp_path, (), state, gone).changed([tmp_path / "mkdocs.yml"])
    assert said(state)["behind"] is True


# --- a look --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole small course with its site."""
    from samspill.making.build import build
    from samspill.making.request import Request

    root = project(tmp_path_factory.mktemp("desk") / "course")
    build(Request(root))
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of it to write in."""
    return Path(shutil.copytree(built, tmp_path / "course"))


def write(root: Path, name: str, old: str, new: str) -> None:
    """Change words of a file, as an editor does that saves by moving a new file over the old one."""
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text.replace(old, new, 1), "utf-8")
    draft.replace(path)


@pytest.mark.build
def test_a_look_finds_what_a_build_would_make_and_writes_nothing(root: Path) -> None:
    from samspill.making.build import build
    from samspill.making.request import Request

    preview = Preview(root)
    assert preview.look() == Look()
    before = files(root)
    text = (root / CASE / "nb.md").read_text("utf-8")
    heading = re.search(r"\n## .*\n\n", text)
    assert heading is not None
    for words in ("Aller først. ", "Aller sist. "):
        (root / CASE / "nb.md").write_text(text.replace(heading[0], heading[0] + words, 1), "utf-8")
        found = preview.look()
        assert found.problems == ""
        assert list(found.pages) == [f"nb/{CASE}/index.html"]
    # A title stands in the menu of every page.
    write(root, "course/modules/waiting/en.md", "title: ", "title: Anew ")
    found = preview.look()
    html = {path for path in before if re.fullmatch(r"build/site/en/.*\.html", path)}
    assert {f"build/site/{path}" for path in found.pages if path.startswith("en/")} == html
    # But for what was parsed, as a check keeps it.
    changed = {path for path, data in files(root / "build").items() if before.get(f"build/{path}") != data}
    assert {path.partition("/")[2] for path in changed} <= REMEMBERED
    build(Request(root))
    after = files(root / "build/site")
    # How many pages a sheet has is known when it is printed.
    sizes = re.compile(rb"PDF, [^<]*kB")
    for path, data in found.pages.items():
        assert sizes.sub(b"", data) == sizes.sub(b"", after[path]), path


@pytest.mark.build
def test_a_look_says_what_is_wrong_as_a_check_does(root: Path) -> None:
    write(root, f"{CASE}/en.md", "\n## ", "\n<b>No</b>\n\n## ")
    found = Preview(root).look()
    assert found.pages == {}
    assert re.match(rf"{CASE}/en\.md:\d+:1: M001 raw HTML in content", found.problems)


# --- the whole -----------------------------------------------------------------------------------------------


def wait(there: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError, urllib.error.URLError):
            if there():
                return
        time.sleep(0.02)
    raise AssertionError("it never came to be")


def get(address: str) -> bytes:
    """Return what stands at an address."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        data: bytes = answer.read()
        return data


@contextlib.contextmanager
def serving(root: Path, *more: str) -> Iterator[str]:
    """Serve a course, and give its address when the first build is there."""
    port = str(_free_port())
    command = [sys.executable, "-m", "samspill.cli", "--root", str(root), "serve", "--port", port, *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        assert any(line.startswith("Look at http://127.0.0.1:") for line in process.stderr)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, out + err
        assert "Traceback" not in out + err


@pytest.mark.build
def test_a_change_is_shown_before_the_rest_follows(root: Path) -> None:
    with serving(root) as address:
        page, state = f"{address}/nb/{CASE}/", f"{address}/_samspill/state.json"
        before = get(page)
        text = (root / CASE / "nb.md").read_text("utf-8")
        heading = re.search(r"\n## .*\n\n", text)
        assert heading is not None
        write(root, f"{CASE}/nb.md", heading[0], f"{heading[0]}De nye ordene. ")
        wait(lambda: b"De nye ordene." in get(page))
        wait(lambda: not json.loads(get(state))["behind"])
        assert (root / f"build/site/nb/{CASE}/index.html").read_bytes() == get(page).replace(SCRIPT, b"")
        # A mistake is said, and what was good stays.
        write(root, f"{CASE}/nb.md", "De nye ordene. ", "<b>De nye</b> ")
        wait(lambda: " M001 raw HTML in content" in json.loads(get(state))["problems"])
        assert b"De nye ordene." in get(page)
        write(root, f"{CASE}/nb.md", "<b>De nye</b> ", "")
        wait(lambda: get(page) == before)
        wait(lambda: json.loads(get(state)) | {"version": 0, "whole": 0} == said(State()))
        # A folder that goes and comes back, as when a branch is changed.
        (root / "course").rename(root / "away")
        wait(lambda: json.loads(get(state))["problems"])
        shutil.copytree(root / "away", root / "course")
        wait(lambda: json.loads(get(state)) | {"version": 0, "whole": 0} == said(State()))
        write(root, f"{CASE}/nb.md", heading[0], f"{heading[0]}Igjen. ")
        wait(lambda: b"Igjen." in get(page))
        # The theme is built as a whole.
        style = root / "site_overrides/assets/stylesheets/samspill.css"
        style.parent.mkdir(parents=True)
        for words in (b"/* one */", b"/* two */"):
            wait(lambda: not json.loads(get(state))["behind"])
            whole = json.loads(get(state))["whole"]
            style.write_bytes(words)
            wait(lambda whole=whole: json.loads(get(state))["whole"] > whole)
            wait(lambda words=words: words in get(f"{address}/nb/assets/stylesheets/samspill.css"))


@pytest.mark.build
def test_one_language_can_be_served_alone(tmp_path: Path) -> None:
    root = project(tmp_path / "course")
    with serving(root, "--language", "nb") as address:
        assert b'<html lang="nb"' in get(f"{address}/nb/")
        assert [path.name for path in (root / "build/site").iterdir() if path.is_dir()] == ["nb"]


def shown(page: Any) -> str:
    """Return the words of a page; none while it is being loaded."""
    with contextlib.suppress(Exception):
        return str(page.inner_text("body"))
    return ""


@pytest.mark.browser
def test_a_page_is_shown_anew_when_it_is_another_and_only_then(root: Path) -> None:
    from playwright.sync_api import sync_playwright

    path = executable()
    assert path, "no Chromium: run python tests/chromium.py"
    with serving(root) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        errors: list[str] = []
        here, other = browser.new_page(), browser.new_page()
        for page, name in ((here, f"nb/{CASE}/"), (other, "nb/glossary/")):
            page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
            page.goto(f"{address}/{name}")
            page.wait_for_load_state("load")
            page.evaluate("window.stayed = true")
        text = (root / CASE / "nb.md").read_text("utf-8")
        heading = re.search(r"\n## .*\n\n", text)
        assert heading is not None
        write(root, f"{CASE}/nb.md", heading[0], f"{heading[0]}De nye ordene. ")
        wait(lambda: "De nye ordene." in shown(here))
        assert here.evaluate("window.stayed") is None
        wait(lambda: not json.loads(get(f"{address}/_samspill/state.json"))["behind"])
        other.bring_to_front()
        other.wait_for_timeout(1500)
        assert other.evaluate("window.stayed") is True
        assert errors == []
        browser.close()
