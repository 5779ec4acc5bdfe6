"""Showing the course on this computer while somebody writes.

The site is served from `build/site`; whenever a file changes, `samspill build`
runs again. A mistake in the content is printed and shown at the top of the
open page, and the last good site stays.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from samspill.making.server import State, server

WATCHED = ("course", "cases", "site_overrides", "mkdocs.yml", "samspill.yml", "tools/samspill")


def rebuild(root: Path, state: State) -> bool:
    """Build once in a process of its own, so that changed templates and code count too; tell whether it went well."""
    status, out, err = _run([sys.executable, "-c", BUILD, "--root", str(root), "build"])
    if status == 0:
        print(out.splitlines()[0] if out else "Built.", flush=True)
        state.built("")
        return True
    words = (out.strip() or err.strip()) or "the build failed"
    print(words, flush=True)
    state.built(words)
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


def serve(root: Path, port: int, say: Callable[[str], None]) -> int:
    """Build, serve and rebuild until Ctrl-C, which is how one ends it; return the exit status."""
    from watchfiles import watch  # noqa: PLC0415 - only here

    state = State()
    site = root / "build" / "site"
    # First of all, so that a port that is taken is said at once.
    web = server(site, port, state)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        good = rebuild(root, state)
        if not good and not site.is_dir():
            say("Mend the problems above; nothing has been built yet")
        say(f"Look at http://127.0.0.1:{web.server_address[1]}/ (Ctrl-C stops)")
        watched = [root / name for name in WATCHED if (root / name).exists()]
        for _ in watch(*watched, debounce=300, raise_interrupt=True):
            say("Something changed: building")
            rebuild(root, state)
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):  # the terminal may be gone
            say("Stopped")
    finally:
        web.shutdown()
        web.server_close()
    return 0
