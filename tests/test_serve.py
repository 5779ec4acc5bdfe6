"""Serving: what somebody sees who writes with the page open."""

from __future__ import annotations

import json
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Run, change
from samspill.serve import State, rebuild, server
from test_build import project

pytestmark = pytest.mark.xdist_group("publish")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole small course, to be built and changed."""
    return project(tmp_path_factory.mktemp("serve") / "course")


@pytest.fixture(scope="module")
def served(root: Path) -> Iterator[tuple[str, State]]:
    """The address of the served course and its state, after one build."""
    state = State()
    assert rebuild(root, state)
    web = server(root / "build" / "site", 0, state)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{web.server_address[1]}", state
    web.shutdown()


def get(address: str) -> tuple[str, str]:
    """Return the body and the type of an address."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode("utf-8"), answer.headers["Content-Type"]


def test_pages_ask_for_the_state_and_files_are_as_built(served: tuple[str, State], root: Path) -> None:
    address, _ = served
    body, kind = get(f"{address}/nb/")
    assert kind.startswith("text/html")
    assert '<script src="/_samspill/reload.js" defer></script>' in body
    assert "reload.js" not in (root / "build/site/nb/index.html").read_text("utf-8")
    script, kind = get(f"{address}/_samspill/reload.js")
    assert kind.startswith("text/javascript")
    assert "/_samspill/state.json" in script
    with pytest.raises(urllib.error.HTTPError):
        get(f"{address}/nb/nowhere/")
    with pytest.raises(urllib.error.HTTPError):
        get(f"{address}/../../course/course.yml")


def test_a_mistake_shows_and_the_good_page_stays(served: tuple[str, State], root: Path) -> None:
    address, state = served
    version = json.loads(get(f"{address}/_samspill/state.json")[0])["version"]
    before = get(f"{address}/en/")[0]
    file = next((root / "cases").glob("*/en.md"))
    text = file.read_text("utf-8")
    file.write_text(text + "\n<script>alert(1)</script>\n", "utf-8")
    assert not rebuild(root, state)
    said = json.loads(get(f"{address}/_samspill/state.json")[0])
    assert said["version"] == version
    assert " M001 raw HTML in content" in said["problems"]
    assert get(f"{address}/en/")[0] == before
    file.write_text(text.rstrip() + "\n\nOne more line.\n", "utf-8")
    assert rebuild(root, state)
    said = json.loads(get(f"{address}/_samspill/state.json")[0])
    assert said == {"version": version + 1, "problems": ""}
    assert "One more line." in get(f"{address}/en/cases/{file.parent.name}/")[0]
    file.write_text(text, "utf-8")


def test_a_port_that_is_taken(served: tuple[str, State], root: Path, run: Run) -> None:
    address, _ = served
    result = run("serve", "--port", address.rsplit(":", 1)[1], root=root)
    assert result.status == 3
    assert "choose another with --port" in result.err


def test_new_units_are_complete_and_valid(whole: Path, run: Run) -> None:
    for kind in ("case", "module", "worksheet"):
        made = run("new", kind, f"my-{kind}", root=whole)
        assert made.status == 0, made.err
        assert len(made.out.splitlines()) == 3
    assert run("check", "--notes", root=whole).out == ""
    assert run("new", "case", "my-case", root=whole).status == 3
    assert run("new", "case", "../x", root=whole).status == 3
    assert not (whole.parent / "x").exists()


def test_new_leaves_nothing_behind_when_it_fails(whole: Path, run: Run) -> None:
    shutil.rmtree(whole / "course" / "settings")
    for file in (whole / "cases").glob("*/case.yml"):
        shutil.rmtree(file.parent)
    change(whole / "course" / "course.yml", "cases: [two-doors]", "cases: []")
    before = sorted(path for path in whole.rglob("*"))
    assert run("new", "case", "my-case", root=whole).status in (2, 3)
    assert sorted(path for path in whole.rglob("*")) == before
