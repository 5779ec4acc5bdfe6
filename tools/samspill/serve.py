"""Showing the course on this computer while somebody writes.

The site is served from `build/site`; whenever a file changes, `samspill build`
runs again. A mistake in the content is printed and shown at the top of the
open page, and the last good site stays.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any

from samspill.problem import UsageError

WATCHED = ("course", "cases", "site_overrides", "mkdocs.yml", "tools/samspill")
SCRIPT = "/_samspill/reload.js"
STATE = "/_samspill/state.json"


class State:
    """What the last build said; pages ask for it once a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._problems = ""

    def built(self, problems: str) -> None:
        """Note the end of a build: a new version when it went well, else what was wrong."""
        with self._lock:
            self._problems = problems
            if not problems:
                self._version += 1

    def as_json(self) -> bytes:
        """Return the state for the page."""
        with self._lock:
            return json.dumps({"version": self._version, "problems": self._problems}).encode()


class _Handler(SimpleHTTPRequestHandler):
    state: State
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file of the site, the state, or the script that asks for it."""
        if self.path == STATE:
            self._answer(self.state.as_json(), "application/json")
        elif self.path == SCRIPT:
            script = resources.files("samspill").joinpath("reload.js").read_bytes()
            self._answer(script, "text/javascript; charset=utf-8")
        else:
            path = Path(self.translate_path(self.path))
            page = path / "index.html" if self.path.split("?")[0].endswith("/") else path
            if page.suffix == ".html" and page.is_file():
                tag = f'<script src="{SCRIPT}" defer></script></body>'.encode()
                self._answer(page.read_bytes().replace(b"</body>", tag, 1), "text/html; charset=utf-8")
            else:
                super().do_GET()

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


def server(site: Path, port: int, state: State) -> ThreadingHTTPServer:
    """Return a server of a built site on this computer only; port 0 takes any free one.

    Raises `UsageError` when the port is taken.
    """
    handler = type("Handler", (_Handler,), {"state": state})
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(site)))
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}): choose another with --port") from error


def rebuild(root: Path, state: State) -> bool:
    """Build once in a process of its own, so that changed templates and code count too; tell whether it went well."""
    command = [sys.executable, "-m", "samspill.cli", "--root", str(root), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        print(done.stdout.splitlines()[0] if done.stdout else "Built.", flush=True)
        state.built("")
        return True
    words = (done.stdout.strip() or done.stderr.strip()) or "the build failed"
    print(words, flush=True)
    state.built(words)
    return False


def serve(root: Path, port: int, say: Callable[[str], None]) -> int:
    """Build, serve and rebuild until interrupted; return the exit status."""
    from watchfiles import watch  # noqa: PLC0415 - only here

    state = State()
    site = root / "build" / "site"
    good = rebuild(root, state)
    if not good and not site.is_dir():
        say("Mend the problems above; nothing has been built yet")
    web = server(site, port, state)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    say(f"Look at http://127.0.0.1:{web.server_address[1]}/ (Ctrl-C stops)")
    watched = [root / name for name in WATCHED if (root / name).exists()]
    try:
        for _ in watch(*watched, debounce=300, raise_interrupt=True):
            say("Something changed: building")
            rebuild(root, state)
    except KeyboardInterrupt:
        say("Stopped")
    finally:
        web.shutdown()
    return 0
