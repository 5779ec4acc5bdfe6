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
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import SimpleQueue

from samspill.making.fingerprint import SETTINGS
from samspill.making.server import server
from samspill.making.state import State
from samspill.making.viewer import Viewer

#: What is looked at, and what of it is no content: a change of that is built as a whole.
WATCHED = ("course", "cases", "site_overrides", "mkdocs.yml", SETTINGS, "tools/samspill")
TOOL = WATCHED[2:]


def rebuild(root: Path, state: State, languages: Sequence[str] = (), *, whole: bool = True) -> bool:
    """Build once in a process of its own, so that changed templates and code count too; tell whether it went well.

    `whole` is as in `State.built`. A build that was overtaken by another change says nothing of its end.
    """
    changes = state.changes
    command = [sys.executable, "-c", BUILD, "--root", str(root), "build"]
    status, out, err = _run([*command, *(word for code in languages for word in ("--language", code))])
    if status == 0:
        print(out.splitlines()[0] if out else "Built.", flush=True)
        state.built("", changes=changes, whole=whole)
        return True
    words = (out.strip() or err.strip()) or "the build failed"
    if changes == state.changes:
        print(words, flush=True)
    state.built(words, changes=changes)
    return False


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
        self.root, self.languages, self.state, self.say = root, languages, state, say
        self.viewer = Viewer(root, languages)
        self.ended = False

    def of_tool(self, paths: Sequence[Path]) -> bool:
        """Tell whether some of the files that changed are no content."""
        return any(path.is_relative_to(self.root / name) for path in paths for name in TOOL)

    def changed(self, paths: Sequence[Path]) -> bool:
        """Show at once what a change of some files changes; tell whether there is something to build."""
        self.state.changed()
        if self.of_tool(paths):
            self.viewer.end()
            self.say("The tool or the theme has changed: building")
            return True
        began = time.perf_counter()
        found = self.viewer.look()
        if found is None:
            if self.ended:
                return False
            self.say("Something changed: building")
            return True
        if found.problems:
            print(found.problems, flush=True)
            self.state.wrong(found.problems)
            return False
        self.state.ahead(found.pages)
        pages = sum(path.endswith(".html") for path in found.pages)
        took = time.perf_counter() - began
        self.say(f"Shown: {pages} page{'' if pages == 1 else 's'} ({took:.1f} s); handouts and search follow")
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
            say("Mend the problems above; nothing has been built yet")
        say(f"Look at http://127.0.0.1:{web.server_address[1]}/ (Ctrl-C stops)")
        # All that a look needs is loaded before somebody waits for it.
        threading.Thread(target=desk.viewer.look, daemon=True).start()
        while True:
            # Several changes during one build are one more.
            whole = [wanted.get()]
            while not wanted.empty():
                whole.append(wanted.get())
            rebuild(root, state, languages, whole=any(whole))
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):  # the terminal may be gone
            say("Stopped")
    finally:
        desk.ended = True
        desk.viewer.end()
        web.shutdown()
        web.server_close()
    return 0


def _watch(desk: Desk, wanted: SimpleQueue[bool]) -> None:
    """Have every change shown, and say what is to be built behind it: whether more than content has changed."""
    from watchfiles import watch  # noqa: PLC0415 - only here

    watched = [desk.root / name for name in WATCHED if (desk.root / name).exists()]
    # Long enough for an editor that saves by several steps.
    for changes in watch(*watched, debounce=200, step=30, raise_interrupt=False):
        paths = [Path(name) for _, name in changes]
        if desk.changed(paths):
            wanted.put(desk.of_tool(paths))
