"""Showing the course on this computer while somebody writes.

The site is served from `build/site`. When a file changes, the pages that it changes are shown at once, before anything
is built (`preview.py`), and `samspill build` runs behind them for handouts, search and the site itself. A mistake in
the content is printed and shown at the top of the open page, and the last good pages stay.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue

from samspill.making.fingerprint import SETTINGS
from samspill.making.server import server
from samspill.making.state import State
from samspill.making.viewer import Viewer

#: What is looked at, and what of it is no content: a change of that is built as a whole.
WATCHED = ("course", "cases", "site_overrides", "mkdocs.yml", SETTINGS, "tools/samspill")
TOOL = WATCHED[2:]
#: What of it stands right below the root.
TOP = frozenset(name for name in WATCHED if "/" not in name)


def rebuild(root: Path, state: State, languages: Sequence[str] = (), *, whole: bool = True) -> bool:
    """Build once in a process of its own, so that changed templates and code count too; tell whether it went well.

    `whole` is as in `State.built`. A build that was overtaken by another change says nothing of its end; one that
    meets another in the same folder waits for it.
    """
    changes = state.changes
    command = [sys.executable, "-c", BUILD, "--root", str(root), "build"]
    command += [word for code in languages for word in ("--language", code)]
    status, out, err = _run(command)
    while status == USAGE and BUSY in err:
        time.sleep(1)
        status, out, err = _run(command)
    if status == 0:
        _print(out.splitlines()[0] if out else "Built.")
        state.built("", changes=changes, whole=whole)
        return True
    words = out.strip() or _last_words(err) or STOPPED
    if changes == state.changes:
        _print(words)
    state.built(words, changes=changes, whole=whole)
    return False


#: The exit status of wrong usage; what is said of a folder where another builds; what of a build that said nothing.
USAGE, BUSY = 3, "another build"
STOPPED = "The build was stopped from outside: save a file to have it tried again."


def _last_words(said: str) -> str:
    """Return what a build said was wrong, without what it said it was doing before."""
    lines = said.strip().splitlines()
    begins = [at for at, line in enumerate(lines) if line.startswith(("samspill: ", "Traceback "))]
    return "\n".join(lines[begins[0] :]) if begins else ""


def _print(words: str) -> None:
    with contextlib.suppress(OSError):  # whoever listened may be gone; the pages say it too
        print(words, flush=True)


#: A build that stops when its standard input ends, as it does when this process has ended, whatever ended it.
BUILD = "from samspill.making import tether; tether.bind(); from samspill.cli import program; program()"


def _run(command: Sequence[str]) -> tuple[int, str, str]:
    """Run a program that ends with this one; return its status and what it printed."""
    theirs, ours = os.pipe()
    try:
        with subprocess.Popen(
            command,
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Ctrl-C comes to it by this process, once.
            start_new_session=True,
        ) as process:
            try:
                out, err = process.communicate()
            except BaseException:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(15)
                process.kill()
                raise
        return process.returncode, out, err
    finally:
        os.close(ours)
        os.close(theirs)


class Desk:
    """Where somebody writes: what a change calls for is done at once or behind it."""

    def __init__(self, root: Path, languages: tuple[str, ...], state: State, say: Callable[[str], None]) -> None:
        self.root, self.languages, self.state, self._say = root, languages, state, say
        self.viewer = Viewer(root, languages)
        self.ended = False

    def say(self, words: str) -> None:
        """Say something on the terminal, if it is still there: what is to be done is done without it too."""
        with contextlib.suppress(OSError):
            self._say(words)

    def watched(self) -> list[Path]:
        """Return what is looked at of what is there."""
        return [self.root / name for name in WATCHED if (self.root / name).exists()]

    def of_tool(self, paths: Sequence[Path]) -> bool:
        """Tell whether some of the files that changed are no content."""
        return any(path.is_relative_to(self.root / name) for path in paths for name in TOOL)

    def changed(self, paths: Sequence[Path]) -> bool:
        """Show at once what a change of some files changes; tell whether there is something to build."""
        self.state.changed()
        if self.of_tool(paths):
            self.viewer.end()
            self.state.behind()
            self.say("The tool or the theme has changed: building")
            return True
        began = time.perf_counter()
        found = self.viewer.look()
        if found is None:
            if self.ended:
                return False
            self.state.behind()
            self.say("Something changed: building")
            return True
        if found.problems:
            _print(found.problems)
            self.state.wrong(found.problems)
            return False
        self.state.ahead(found.pages)
        pages = sum(path.endswith(".html") for path in found.pages)
        took = time.perf_counter() - began
        self.say(f"Shown: {pages} page{'' if pages == 1 else 's'} ({took:.1f} s); the rest follows")
        return True


def serve(root: Path, port: int, languages: tuple[str, ...], say: Callable[[str], None]) -> int:
    """Build, serve and rebuild until Ctrl-C, which is how one ends it; return the exit status."""
    state = State()
    site = root / "build" / "site"
    # First of all, so that a port that is taken is said at once.
    web = server(site, port, state)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    desk = Desk(root, languages, state, say)
    wanted: SimpleQueue[bool] = SimpleQueue()
    try:
        # Before the first build, which takes a while: somebody may be writing.
        threading.Thread(target=_watch, args=(desk, wanted), daemon=True).start()
        good = rebuild(root, state, languages)
        if not good and not site.is_dir():
            desk.say("Mend the problems above; nothing has been built yet")
        desk.say(f"Look at http://127.0.0.1:{web.server_address[1]}/ (Ctrl-C stops)")
        # All that a look needs is loaded before somebody waits for it.
        threading.Thread(target=desk.viewer.look, daemon=True).start()
        while True:
            # Several changes during one build are one more.
            whole = [wanted.get()]
            while not wanted.empty():
                whole.append(wanted.get())
            rebuild(root, state, languages, whole=any(whole))
    except KeyboardInterrupt:
        desk.say("Stopped")
    finally:
        desk.ended = True
        desk.viewer.end()
        web.shutdown()
        web.server_close()
    return 0


def _watch(desk: Desk, wanted: SimpleQueue[bool]) -> None:
    """Have every change shown, and say what is to be built behind it: whether more than content has changed.

    The folders are watched with all below them, and beside them their names: a folder that was put in the place of
    another, a new one, or a file that an editor saves under another name first, is looked for again.
    """
    one = threading.Lock()
    again = threading.Event()

    def noticed(paths: Sequence[Path]) -> None:
        with one:
            if desk.changed(paths):
                wanted.put(desk.of_tool(paths))

    def names() -> None:
        for changes in _changes(lambda: [desk.root], recursive=False):
            if paths := [path for path in changes if path.name in TOP]:
                again.set()
                noticed(paths)

    threading.Thread(target=names, daemon=True).start()
    while not desk.ended:
        again.clear()
        for changes in _changes(lambda: [path for path in desk.watched() if path.is_dir()], stop=again):
            noticed(changes)


def _changes(
    folders: Callable[[], list[Path]], *, recursive: bool = True, stop: threading.Event | None = None
) -> Iterator[list[Path]]:
    """Yield what changes, for ever or until it is stopped, whatever becomes of the folders."""
    from watchfiles import watch  # noqa: PLC0415 - only here

    while not (stop and stop.is_set()):
        try:
            # Long enough for an editor that saves by several steps.
            options = {"debounce": 200, "step": 30, "rust_timeout": 1000, "raise_interrupt": False}
            for changes in watch(*folders(), recursive=recursive, stop_event=stop, **options):  # type: ignore[arg-type]
                yield [Path(name) for _, name in changes]
        except Exception:  # as when a folder goes just now, or a name is no text
            time.sleep(0.5)
            yield folders()
