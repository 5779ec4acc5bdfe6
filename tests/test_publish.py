"""Publishing: all languages or none, and a branch that a browser can use."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import Run, change
from samspill.publish import DRAFT
from test_build import project
from website import chromium

pytestmark = pytest.mark.build


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole small course in a git repository with one commit."""
    root = project(tmp_path_factory.mktemp("publish") / "course")
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "A Maintainer")
    git(root, "config", "user.email", "maintainer@example.org")
    (root / ".gitignore").write_text("build/\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "The course")
    return root


@pytest.fixture(scope="module")
def edition(repository: Path) -> str:
    """The edition of the small course."""
    for line in (repository / "course" / "course.yml").read_text("utf-8").splitlines():
        if line.startswith("edition:"):
            return line.split('"')[1]
    raise AssertionError("no edition")


def branch(root: Path, name: str = "gh-pages") -> str | None:
    """Return the commit of a branch, or None."""
    done = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", f"refs/heads/{name}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or None


def test_what_cannot_be_published_leaves_no_branch(repository: Path, edition: str, run: Run) -> None:
    wrong = run("publish", "1999.9", root=repository)
    assert wrong.status == 3
    assert f"says edition {edition}, not 1999.9" in wrong.err
    assert run("publish", edition, "--alias", "../x", root=repository).status == 3
    assert run("publish", edition, "--branch", "main", root=repository).status == 3
    assert run("publish", edition, "--branch", "a..b", root=repository).status == 3
    assert branch(repository) is None


def test_a_draft_of_a_process_that_is_gone_goes_and_one_of_a_running_one_stays(
    repository: Path, edition: str, run: Run
) -> None:
    with subprocess.Popen(["git", "--version"], stdout=subprocess.DEVNULL) as gone:
        pass
    mine = f"{DRAFT}{os.getppid()}"
    left = [f"{DRAFT}{gone.pid}", f"{DRAFT}x"]
    for name in (mine, *left):
        git(repository, "branch", name)
    try:
        assert run("publish", edition, "--branch", "drafts", root=repository).status == 0
        names = git(repository, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
        assert names == ["drafts", "main", mine]
    finally:
        git(repository, "branch", "-D", "drafts", mine)


def test_outside_a_repository(whole: Path, run: Run, edition: str) -> None:
    result = run("publish", edition, root=whole)
    assert result.status == 3
    assert "is not a git repository" in result.err


@pytest.fixture(scope="module")
def published(repository: Path, edition: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The branch after two editions, checked out into a folder."""
    from samspill.publish import publish

    publish(repository, edition, ("latest",), "gh-pages", lambda text: None)
    change(repository / "course" / "course.yml", f'edition: "{edition}"', 'edition: "2031.1"')
    publish(repository, "2031.1", ("latest",), "gh-pages", lambda text: None)
    change(repository / "course" / "course.yml", 'edition: "2031.1"', f'edition: "{edition}"')
    folder = tmp_path_factory.mktemp("branch") / "site"
    git(repository, "worktree", "add", "-q", str(folder), "gh-pages")
    return folder


def test_every_language_has_both_editions(published: Path, repository: Path, edition: str) -> None:
    for language in ("en", "nb"):
        versions = json.loads((published / language / "versions.json").read_text("utf-8"))
        assert [version["version"] for version in versions] == ["2031.1", edition]
        assert versions[0]["aliases"] == ["latest"]
        for name in (edition, "2031.1", "latest"):
            assert (published / language / name / "index.html").is_file()
            assert list((published / language / name / "handouts").glob("*.pdf"))
    assert (published / "index.html").is_file()
    listed = git(repository, "ls-tree", "-r", "gh-pages").splitlines()
    assert {line.split()[0] for line in listed} == {"100644"}
    assert [line for line in git(repository, "branch", "--list").splitlines() if "draft" in line] == []


def test_all_or_none(
    repository: Path, edition: str, published: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = branch(repository)
    # Git refuses in the middle: the second language's commit finds no author.
    hook = repository / ".git" / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        '#!/bin/sh\n[ "$1" = prepared ] || exit 0\n'
        "count=$(cat .git/count 2>/dev/null || echo 0)\n"
        'while read -r old new ref; do case "$ref" in refs/heads/samspill-draft-*) count=$((count + 1));; esac; done\n'
        'echo $count > .git/count\n[ $count -lt 3 ] || { echo "disk quota exceeded" >&2; exit 1; }\n',
        "utf-8",
    )
    hook.chmod(0o755)
    try:
        result = run("publish", edition, root=repository)
    finally:
        hook.unlink()
    assert result.status == 3
    assert "failed" in result.err
    assert branch(repository) == before


@pytest.fixture(scope="module")
def address(published: Path) -> Iterator[str]:
    """Serve the branch on this computer."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(published)))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{web.server_address[1]}/"
    web.shutdown()


@pytest.mark.browser
def test_a_reader_moves_between_editions_and_languages(address: str, edition: str) -> None:
    with chromium() as browser:
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        wrong: list[str] = []
        tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        tab.goto(address)
        tab.get_by_role("link", name="Norsk").click()
        assert tab.url == f"{address}nb/2031.1/"
        selector = tab.locator(".md-version")
        selector.wait_for()
        options = selector.locator("a")
        addresses = [option.get_attribute("href") for option in options.all()]
        assert len(addresses) >= 2
        tab.goto(f"{address}nb/2031.1/cases/two-doors/")
        tab.locator(f'.md-version a[href*="/{edition}/"], .md-version a[href*="{edition}"]').first.wait_for(
            state="attached"
        )
        english = tab.locator('a[hreflang="en"]').first.get_attribute("href")
        assert english is not None
        tab.goto(tab.evaluate("href => new URL(href, location).href", english))
        assert tab.url == f"{address}en/2031.1/cases/two-doors/"
        assert tab.locator("html").get_attribute("lang") == "en"
        assert wrong == []
