"""Publishing an edition: every language into one git branch with mike, all of them or none.

The addresses are `<language>/<edition>/…`, an alias such as `latest` beside
it, and the language chooser at the root. The languages are committed to a
branch of their own first; the real branch moves once, at the end.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from samspill.disk.drafts import asked, draft, publishing
from samspill.making.build import build_held, checked, holding
from samspill.making.request import Request
from samspill.problem import UsageError

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
    if shutil.which("git") is None or asked(root, "rev-parse", "--git-dir") is None:
        raise UsageError(f"{root} is not a git repository: publishing commits to a branch")
    if asked(root, "check-ref-format", "--branch", branch) is None:
        raise UsageError(f'"{branch}" is not a name for a branch')
    if branch == asked(root, "branch", "--show-current"):
        raise UsageError(f'"{branch}" is the branch you are working on: name another with --branch')
    request = Request(root, edition_layout=True)
    # Held to the end, so that no other build puts something else where the edition stands.
    with publishing(root), holding(request.folder):
        result = build_held(request, say)
        with draft(root, branch) as name:
            for language in course.languages:
                say(f"Publishing {language}")
                with _undisturbed():
                    _deploy(root, result.output / language, language, edition, aliases, name)
            with _undisturbed():
                _commit_root(root, result.output / "index.html", edition, name)
    names = ", ".join((edition, *aliases))
    return f"Published {names} in {len(course.languages)} languages to branch {branch}"


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off being stopped until git has written what it writes: stopped halfway, it leaves files behind."""
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    every = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    numbers = [number for number in every if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, lambda sign, _: came.append(sign)) for number in numbers}
    # Git inherits what is put off: Ctrl-C goes to the whole group.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


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
