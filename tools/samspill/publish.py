"""Publishing an edition: every language into one git branch with mike, all of them or none.

The addresses are `<language>/<edition>/…`, an alias such as `latest` beside
it, and the language chooser at the root. The languages are committed to a
branch of their own first; the real branch moves once, at the end.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from samspill.build import Request, build, checked
from samspill.problem import UsageError

#: What a branch under way is called, before the number of the process that makes it.
DRAFT = "samspill-draft-"
ALIAS = r"[a-z][a-z0-9-]{0,31}"


def publish(root: Path, edition: str, aliases: tuple[str, ...], branch: str, say: Callable[[str], None]) -> str:
    """Build the edition and commit it to a branch; return what was done, in words.

    Raises `UsageError` when the edition is not the one in course.yml, an alias is malformed or git refuses,
    `ContentError` when there are errors or unfinished places. The branch then stands where it stood.
    """
    course, _ = checked(root, finished=True)
    if edition != course.about.edition:
        raise UsageError(
            f"course/course.yml says edition {course.about.edition}, not {edition}: "
            "publish that one, or change edition: and released: there"
        )
    for alias in aliases:
        if not re.fullmatch(ALIAS, alias):
            raise UsageError(f'alias "{alias}": use lower-case letters, digits and hyphens, a letter first')
    if shutil.which("git") is None or _git(root, "rev-parse", "--git-dir", check=False) is None:
        raise UsageError(f"{root} is not a git repository: publishing commits to a branch")
    if _git(root, "check-ref-format", "--branch", branch, check=False) is None:
        raise UsageError(f'"{branch}" is not a name for a branch')
    if branch == _git(root, "branch", "--show-current", check=False):
        raise UsageError(f'"{branch}" is the branch you are working on: name another with --branch')
    result = build(Request(root, edition_layout=True), say)
    with _draft(root, branch) as draft:
        for language in course.languages:
            say(f"Publishing {language}")
            _deploy(root, result.output / language, language, edition, aliases, draft)
        _commit_root(root, result.output / "index.html", edition, draft)
    names = ", ".join((edition, *aliases))
    return f"Published {names} in {len(course.languages)} languages to branch {branch}"


def _git(root: Path, *arguments: str, check: bool = True, text: str | None = None) -> str | None:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False, input=text)
    if done.returncode != 0:
        if check:
            raise UsageError(f"git {arguments[0]} failed: {done.stderr.strip()}")
        return None
    return done.stdout.strip()


@contextlib.contextmanager
def _draft(root: Path, branch: str) -> Iterator[str]:
    """Give a copy of a branch to commit to; when all went well, the branch becomes the copy in one step."""
    for left in (_git(root, "for-each-ref", "--format=%(refname)", f"refs/heads/{DRAFT}*") or "").split():
        if not _runs(left.rpartition("-")[2]):
            _git(root, "update-ref", "-d", left, check=False)
    draft = f"{DRAFT}{os.getpid()}"
    before = _git(root, "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}", check=False)
    try:
        if before:
            _git(root, "update-ref", f"refs/heads/{draft}", before)
        yield draft
        after = _git(root, "rev-parse", f"refs/heads/{draft}")
        _git(root, "update-ref", f"refs/heads/{branch}", str(after), before or "0" * 40)
    finally:
        _git(root, "update-ref", "-d", f"refs/heads/{draft}", check=False)


def _runs(process: str) -> bool:
    """Tell whether a process with this number runs: then its draft is not a leftover."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True


def _deploy(root: Path, site: Path, language: str, edition: str, aliases: tuple[str, ...], draft: str) -> None:
    from mike import commands, git_utils  # noqa: PLC0415 - only to publish

    configuration = {"site_dir": str(site), "use_directory_urls": True}
    with contextlib.chdir(root):
        try:
            with commands.deploy(
                configuration,
                edition,
                aliases=list(aliases),
                update_aliases=True,
                # Copies work everywhere, also where a host does not follow links.
                alias_type=commands.AliasType.copy,
                branch=draft,
                message=f"Publish {edition} ({language})",
                allow_empty=True,
                deploy_prefix=language,
            ):
                pass
        except (git_utils.GitError, ValueError) as error:
            raise UsageError(f"publishing {language} failed: {error}") from error


def _commit_root(root: Path, chooser: Path, edition: str, draft: str) -> None:
    from mike import git_utils  # noqa: PLC0415

    with contextlib.chdir(root):
        try:
            with git_utils.Commit(draft, f"Publish {edition}", allow_empty=True) as commit:
                commit.add_file(git_utils.FileInfo("index.html", chooser.read_bytes()))
        except git_utils.GitError as error:
            raise UsageError(f"publishing failed: {error}") from error
