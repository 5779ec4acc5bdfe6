"""Publishing: all languages or none, and a branch that a browser can use."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from conftest import Run, change
from samspill.disk.drafts import DRAFT, draft
from samspill.problem import UsageError
from test_build import project
from test_stopping import stoppable
from website import chromium, remembering

pytestmark = pytest.mark.build


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder and return what it prints."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def repository(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole small course in a git repository with one commit."""
    root = remembering(project(tmp_path_factory.mktemp("publish") / "course"), built_once)
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


#: Holds the repository as a publishing does, until its standard input ends.
HOLDS = """
import sys
from pathlib import Path
from samspill.disk.drafts import publishing
with publishing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.full
def test_one_publishes_at_a_time_and_what_a_killed_one_left_goes(repository: Path, edition: str, run: Run) -> None:
    command = [sys.executable, "-c", HOLDS, str(repository)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        git(repository, "branch", f"{DRAFT}1")
        words = f"another publishing (process {other.pid}) is running in this repository: wait for it, or stop it"
        assert run("publish", edition, "--branch", "drafts", root=repository) == (3, "", f"samspill: {words}\n")
        # A build goes on, and leaves the draft to its owner.
        assert run("build", "--only", "handouts", root=repository).status == 0
        assert branch(repository, f"{DRAFT}1") is not None
        other.kill()
    # The number of a process that runs says nothing: the lock does.
    assert run("build", "--only", "handouts", root=repository).out.startswith("Nothing has changed")
    assert branch(repository, f"{DRAFT}1") is None
    git(repository, "branch", f"{DRAFT}1")
    try:
        assert run("publish", edition, "--branch", "drafts", root=repository).status == 0
        names = git(repository, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
        assert names == ["drafts", "main"]
    finally:
        git(repository, "branch", "-D", "drafts")


def test_a_branch_that_moves_meanwhile_is_told(repository: Path) -> None:
    with pytest.raises(UsageError) as refused, draft(repository, "moving") as name:
        git(repository, "branch", name, "main")
        git(repository, "branch", "moving", "main")
    words = "somebody else changed the branch moving meanwhile; nothing was published: publish again"
    assert str(refused.value) == words
    assert branch(repository, name) is None
    git(repository, "branch", "-D", "moving")


@pytest.mark.full
def test_no_other_build_runs_while_an_edition_is_committed_and_a_stop_leaves_nothing(
    repository: Path, edition: str, run: Run
) -> None:
    command = [sys.executable, "-m", "samspill.cli", "--root", str(repository), "publish", edition, "--branch", "s"]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=stoppable,  # noqa: PLW1509 - no threads here
    ) as process:
        assert process.stderr is not None
        assert any(line == "Publishing en\n" for line in process.stderr)
        assert f"another publishing (process {process.pid})" in run("publish", edition, root=repository).err
        assert f"another build (process {process.pid})" in run("build", root=repository).err
        os.killpg(process.pid, signal.SIGHUP)
        assert process.wait(60) == 129
    assert branch(repository, "s") is None
    assert "draft" not in git(repository, "for-each-ref", "refs/heads")
    assert list((repository / ".git" / "objects" / "pack").glob("tmp_*")) == []


def test_outside_a_repository(whole: Path, run: Run, edition: str) -> None:
    result = run("publish", edition, root=whole)
    assert result.status == 3
    assert "is not a git repository" in result.err


@pytest.fixture(scope="module")
def published(repository: Path, edition: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The branch after two editions, checked out into a folder."""
    from samspill.edition.publish import publish

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
