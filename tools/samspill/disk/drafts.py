"""Branches under way: an edition is committed to a draft, and the real branch becomes the draft at the end.

Who publishes holds a lock of the whole repository, so while nobody holds it, every draft was left by a process that was
killed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from samspill.disk.workspace import lock
from samspill.problem import UsageError

#: What a branch under way is called, before the number of the process that makes it.
DRAFT = "samspill-draft-"
#: The file of the lock, among those of the repository.
LOCK = "samspill-publish.lock"


def git(root: Path, *arguments: str) -> str:
    """Run git and return what it prints; raises `UsageError` with its words when it refuses."""
    done = _run(root, arguments)
    if done.returncode != 0:
        raise UsageError(f"git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def asked(root: Path, *arguments: str) -> str | None:
    """Run git and return what it prints, or None when it refuses."""
    done = _run(root, arguments)
    return None if done.returncode != 0 else done.stdout.strip()


def _run(root: Path, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)


def _drafts(root: Path) -> list[str]:
    return (asked(root, "for-each-ref", "--format=%(refname)", f"refs/heads/{DRAFT}*") or "").split()


@contextlib.contextmanager
def publishing(root: Path) -> Iterator[None]:
    """Hold the repository for publishing, clear of drafts; raises `UsageError` when another process publishes."""
    with lock(root / git(root, "rev-parse", "--git-common-dir"), LOCK, "publishing", "repository"):
        for left in _drafts(root):
            asked(root, "update-ref", "-d", left)
        yield


def clear_drafts(root: Path) -> None:
    """Remove the drafts of processes that were killed, when there are any and nobody publishes."""
    if shutil.which("git") is not None and _drafts(root):
        with contextlib.suppress(UsageError, OSError), publishing(root):
            pass


@contextlib.contextmanager
def draft(root: Path, branch: str) -> Iterator[str]:
    """Give a copy of a branch to commit to; when all went well, the branch becomes the copy in one step."""
    name = f"{DRAFT}{os.getpid()}"
    before = asked(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}")
    try:
        if before:
            git(root, "update-ref", f"refs/heads/{name}", before)
        yield name
        after = git(root, "rev-parse", f"refs/heads/{name}")
        try:
            git(root, "update-ref", f"refs/heads/{branch}", after, before or "0" * 40)
        except UsageError as error:
            if asked(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}") == before:
                raise
            raise UsageError(
                f"somebody else changed the branch {branch} meanwhile; nothing was published: publish again"
            ) from error
    finally:
        asked(root, "update-ref", "-d", f"refs/heads/{name}")
