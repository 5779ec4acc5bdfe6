"""A server of a built site, on this computer only.

It answers with plain files and follows no link, and with pages that are ahead of the site. A page it gives asks some
times a second what the last look at the course and the last build said.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import sys
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from samspill.making.state import State
from samspill.markup import tag
from samspill.problem import UsageError

SCRIPT = "/_samspill/reload.js"
STATE = "/_samspill/state.json"
METHODS = ("GET", "HEAD")
INDEX = "index.html"
#: What stands as it is in a query that is passed on.
QUERY = "%&=+;,:@!$'()*/?-._~"
#: Content types by the end of a name. Said here because systems differ, and a browser is told to believe us.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".geojson": "application/geo+json",
    ".webmanifest": "application/manifest+json",
    ".ipynb": "application/x-ipynb+json",
    ".pdf": "application/pdf",
    ".wasm": "application/wasm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
}


class Server(ThreadingHTTPServer):
    """A server of a built site on this computer only, under no other name than the computer's own to itself."""

    # Elsewhere it lets a port be used again at once; on Windows it would let two programs have the same port.
    allow_reuse_address = os.name != "nt"
    daemon_threads = True

    def __init__(self, site: Path, port: int, state: State) -> None:
        self.site, self.state = site, state
        super().__init__(("127.0.0.1", port), _Handler)
        names = ("127.0.0.1", "localhost", "[::1]")
        at = self.server_address[1]
        self.hosts = frozenset((*(f"{name}:{at}" for name in names), *(names if at == 80 else ())))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of somebody who went away in the middle."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for the files of the site, the state and the script that asks for it."""

    server: Server
    protocol_version = "HTTP/1.1"
    # Whatever cannot be understood gets a whole answer too, with a status.
    default_request_version = "HTTP/1.0"
    server_version, sys_version = "samspill", ""
    timeout = 20

    def parse_request(self) -> bool:
        """Take in a request, and refuse what is never answered."""
        if not super().parse_request():
            if not self.requestline.strip():
                self.send_error(HTTPStatus.BAD_REQUEST)
            return False
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1:
            self.send_error(HTTPStatus.BAD_REQUEST)
        elif hosts[0].strip().lower() not in self.server.hosts:
            # A stranger's name may lead to this computer and make his page and ours one site to a browser.
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.command not in METHODS:
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)
        elif self.headers.get("Transfer-Encoding") or self.headers.get("Content-Length", "0").strip() != "0":
            # Nothing here takes a body, and what is not read would be taken for the next request.
            self.send_error(HTTPStatus.BAD_REQUEST)
        else:
            return True
        return False

    def do_GET(self) -> None:
        """Answer with a file of the site, the state, or the script that asks for it."""
        # Not `self.path`, from which a second slash at the beginning has been taken away.
        path, _, query = self.requestline.split()[1].partition("?")
        if path in (STATE, SCRIPT):
            self._own(path)
            return
        names = names_of(path)
        if names is None:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        try:
            self._file(names, query)
        except FileNotFoundError:
            self.send_error(HTTPStatus.NOT_FOUND)
        except NotReadyError:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the content."""
        self.do_GET()

    def _own(self, path: str) -> None:
        """Answer a page of this server, and nobody else's, with the state or the script."""
        origin = self.headers.get("Origin")
        from_here = origin is None or origin in {f"http://{host}" for host in self.server.hosts}
        if not from_here or self.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            self.send_error(HTTPStatus.FORBIDDEN)
        elif path == STATE:
            self._answer(HTTPStatus.OK, self.server.state.as_json(), "application/json")
        else:
            script = resources.files("samspill.making").joinpath("reload.js").read_bytes()
            self._answer(HTTPStatus.OK, script, TYPES[".js"])

    def _file(self, names: tuple[str, ...], query: str) -> None:
        if names[-1] == "":
            names = (*names[:-1], INDEX)
        try:
            ahead = self.server.state.page("/".join(names))
            data = read(self.server.site, names) if ahead is None else ahead
        except FileNotFoundError:
            read(self.server.site, (*names, INDEX))
            # A folder's page, asked for without the slash: links on it would lead astray.
            where = "".join(f"/{quote(name, safe='')}" for name in names) + "/"
            if query:
                where += f"?{quote(query, safe=QUERY)}"
            self._answer(HTTPStatus.MOVED_PERMANENTLY, b"", TYPES[".txt"], {"Location": where})
            return
        suffix = Path(names[-1]).suffix.lower()
        if suffix == ".html":
            head, body, tail = data.rpartition(b"</body>")
            data = head + tag("script", src=SCRIPT, defer=True).encode() + body + tail if body else data
        self._answer(HTTPStatus.OK, data, TYPES.get(suffix, "application/octet-stream"))

    def _answer(self, status: HTTPStatus, data: bytes, kind: str, more: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse in plain words and hang up; nothing of what was asked is repeated."""
        # What the base class calls an unknown method is one that is not allowed, like every other.
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        more = {"Connection": "close"}
        words = status.phrase
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            more["Allow"] = ", ".join(METHODS)
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            more |= {"Retry-After": "1", "Refresh": "1"}
            words = "The site is being built, or could not be: look at the terminal. This page tries again by itself."
        self._answer(status, f"{words}\n".encode(), TYPES[".txt"], more)
        self._hear_out()

    def _hear_out(self) -> None:
        """Take in what is still being said, for a moment: who is hung up on while talking does not hear the answer."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(0.5)
            for _ in range(64):
                if not self.connection.recv(1 << 16):
                    break

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


# --- files -------------------------------------------------------------------------------------------------


class NotReadyError(Exception):
    """The site is just being put in place, or has not been built yet."""


def names_of(path: str) -> tuple[str, ...] | None:
    """Return the names in the path of an address, the last one empty for a folder; None when it is no plain path.

    `/nb/` gives `("nb", "")`. Escapes are read once, name by name, so that none can make a slash.
    """
    if not path.startswith("/") or not path.isascii():
        return None
    try:
        names = [unquote_to_bytes(part).decode("utf-8") for part in path[1:].split("/")]
    except UnicodeDecodeError:
        return None
    if any(name in (".", "..") or (not name and at < len(names) - 1) for at, name in enumerate(names)):
        return None
    if any(ord(char) < 0x20 or char in "/\\\x7f" for name in names for char in name):
        return None
    return tuple(names)


def read(site: Path, names: Sequence[str]) -> bytes:
    """Return a plain file below the site, whole. No link is followed, wherever in the path it stands.

    Raises `FileNotFoundError` when there is none, `NotReadyError` when the site is just being swapped for another.
    """
    for _ in range(4):
        before = _identity(site)
        try:
            handle = (open_below if OPENS_BELOW else open_listed)(site, names)
            with os.fdopen(handle, "rb") as file:
                return file.read()
        except (OSError, ValueError) as error:
            # Only a site that stood still all the while can say that it has no such file.
            if before is not None and before == _identity(site):
                raise FileNotFoundError from error
            time.sleep(0.05)
    raise NotReadyError


def _identity(site: Path) -> tuple[int, int] | None:
    try:
        found = site.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


#: What Windows calls a junction.
JUNCTION = 0xA0000003
#: Whether a file can be opened by its name in a folder that is open, so that nobody can put a link in between.
OPENS_BELOW = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")


def open_below(site: Path, names: Sequence[str]) -> int:
    """Open a plain file by its name in a folder that is open, from folder to folder; return its handle."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    here = os.open(site, flags | os.O_DIRECTORY)
    try:
        for name in names[:-1]:
            below = os.open(name, flags | os.O_DIRECTORY, dir_fd=here)
            os.close(here)
            here = below
        # A pipe or a device would let us wait.
        return _plain(os.open(names[-1], flags | os.O_NONBLOCK, dir_fd=here))
    finally:
        os.close(here)


def open_listed(site: Path, names: Sequence[str]) -> int:
    """Open a file where folders cannot be opened (Windows): each name exactly as its folder lists it, and no link."""
    path = site
    if _is_link(site.lstat()):
        raise FileNotFoundError
    for name in names:
        with os.scandir(path) as entries:
            entry = next((each for each in entries if each.name == name), None)
        if entry is None or _is_link(entry.stat(follow_symlinks=False)):
            raise FileNotFoundError
        path = path / name
    if not stat.S_ISREG(path.lstat().st_mode):
        raise FileNotFoundError
    return _plain(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)))


def _is_link(found: os.stat_result) -> bool:
    # Windows has junctions beside symbolic links; its marks on files of a cloud drive are no links.
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == JUNCTION


def _plain(handle: int) -> int:
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise FileNotFoundError


# --- serving -----------------------------------------------------------------------------------------------


def server(site: Path, port: int, state: State) -> Server:
    """Return a server of a built site on this computer only; port 0 takes any free one.

    Raises `UsageError` when the port is taken or no port.
    """
    try:
        return Server(site, port, state)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}): choose another with --port") from error
    except OverflowError as error:
        raise UsageError(f"port {port} cannot be used: choose one from 1024 to 65535 with --port") from error
