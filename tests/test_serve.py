"""Serving: what somebody sees who writes with the page open."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from chromium import FLAGS, executable
from conftest import READABLE, Run, change, rights, umask
from samspill.authoring.skeleton import listed
from samspill.disk.workspace import swap
from samspill.making.serve import rebuild
from samspill.making.server import NotReadyError, Server, open_below, open_listed, read, server
from samspill.making.state import State
from samspill.source import load
from test_build import project
from website import remembering


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole small course, to be built and changed."""
    return project(tmp_path_factory.mktemp("serve") / "course")


@pytest.fixture(scope="module")
def served(root: Path, built_once: Path) -> Iterator[tuple[str, State]]:
    """The address of the served course and its state, after one build."""
    state = State()
    assert rebuild(remembering(root, built_once), state)
    web = server(root / "build" / "site", 0, state)
    threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{web.server_address[1]}", state
    web.shutdown()
    web.server_close()


def get(address: str) -> tuple[str, str]:
    """Return the body and the type of an address."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode("utf-8"), answer.headers["Content-Type"]


def test_pages_ask_for_the_state_and_files_are_as_built(served: tuple[str, State], root: Path) -> None:
    address, _ = served
    body, kind = get(f"{address}/nb/")
    assert kind.startswith("text/html")
    assert '<script src="/_samspill/reload.js" defer></script>' in body
    assert "reload.js" not in (root / "build/site/nb/index.html").read_text("utf-8")
    script, kind = get(f"{address}/_samspill/reload.js")
    assert kind.startswith("text/javascript")
    assert "/_samspill/state.json" in script
    with pytest.raises(urllib.error.HTTPError):
        get(f"{address}/nb/nowhere/")
    with pytest.raises(urllib.error.HTTPError):
        get(f"{address}/../../course/course.yml")


def test_a_mistake_shows_and_the_good_page_stays(served: tuple[str, State], root: Path) -> None:
    address, state = served
    version = json.loads(get(f"{address}/_samspill/state.json")[0])["version"]
    before = get(f"{address}/en/")[0]
    file = next((root / "cases").glob("*/en.md"))
    text = file.read_text("utf-8")
    file.write_text(text + "\n<script>alert(1)</script>\n", "utf-8")
    assert not rebuild(root, state)
    said = json.loads(get(f"{address}/_samspill/state.json")[0])
    assert said["version"] == version
    assert " M001 raw HTML in content" in said["problems"]
    assert get(f"{address}/en/")[0] == before
    file.write_text(text.rstrip() + "\n\nOne more line.\n", "utf-8")
    assert rebuild(root, state)
    said = json.loads(get(f"{address}/_samspill/state.json")[0])
    assert said == {"version": version + 1, "whole": version + 1, "problems": "", "behind": False}
    assert "One more line." in get(f"{address}/en/cases/{file.parent.name}/")[0]
    file.write_text(text, "utf-8")


def test_a_port_that_is_taken(served: tuple[str, State], root: Path, run: Run) -> None:
    address, _ = served
    result = run("serve", "--port", address.rsplit(":", 1)[1], root=root)
    assert result.status == 3
    assert "choose another with --port" in result.err


def others(run: Run, root: Path) -> list[str]:
    """Return what a check finds beside what a skeleton leaves to its author and its translators."""
    lines = run("check", "--notes", root=root).out.splitlines()
    return [line for line in lines if " U001 unfinished: " not in line and " T001 note: " not in line]


def test_new_units_are_complete_and_valid(whole: Path, run: Run) -> None:
    for kind in ("case", "module", "worksheet"):
        made = run("new", kind, f"my-{kind}", root=whole)
        assert made.status == 0, made.err
        assert len(made.out.splitlines()) == 2
    assert others(run, whole) == []
    assert run("new", "case", "my-case", root=whole).status == 3
    assert run("new", "case", "../x", root=whole).status == 3
    assert not (whole.parent / "x").exists()


@pytest.mark.parametrize("mask", [0o077, 0o000], ids=oct)
def test_everybody_may_read_what_new_and_translated_write(whole: Path, run: Run, mask: int) -> None:
    with umask(mask):
        for kind in ("case", "module", "worksheet"):
            assert run("new", kind, f"my-{kind}", "--language", "nb", root=whole).status == 0
        assert run("new", "page", "home", "--language", "nb", root=whole).status == 3
        (whole / "course/pages/home/nb.md").unlink()
        assert run("new", "page", "home", "--language", "nb", root=whole).status == 0
        nb = whole / "cases" / "my-case" / "nb.md"
        nb.write_text(nb.read_text("utf-8").replace("TODO", "Tekst"), "utf-8")
        assert run("translated", "cases/my-case/nb.md", root=whole).status == 0
    made = [whole / name for name in ("cases/my-case", "course/modules/my-module", "course/worksheets/my-worksheet")]
    assert [rights(folder) for folder in made] == [READABLE] * 3
    assert rights(whole / "course/pages/home/nb.md") == {"-rw-r--r--"}
    assert "translates:" in nb.read_text("utf-8")
    assert rights(whole / "course" / "course.yml") == {"-rw-r--r--"}


def test_new_leaves_nothing_behind_when_it_fails(whole: Path, run: Run) -> None:
    shutil.rmtree(whole / "course" / "settings")
    for file in (whole / "cases").glob("*/case.yml"):
        shutil.rmtree(file.parent)
    change(whole / "course" / "course.yml", "cases: [two-doors]", "cases: []")
    before = sorted(path for path in whole.rglob("*"))
    assert run("new", "case", "my-case", root=whole).status in (2, 3)
    assert sorted(path for path in whole.rglob("*")) == before


@pytest.mark.parametrize(
    ("kind", "unit"),
    [
        *(("case", unit) for unit in ("1", "007", "1e3", "0x1f", "null", "true", "yes", "no", "2026-01-01", "a" * 64)),
        ("module", "1e3"),
        ("worksheet", "null"),
    ],
)
def test_an_id_that_looks_like_something_else_is_the_id(kind: str, unit: str, whole: Path, run: Run) -> None:
    made = run("new", kind, unit, root=whole)
    assert (made.status, made.err) == (0, "")
    assert others(run, whole) == []
    course, _ = load(whole)
    assert course is not None
    assert list({"case": course.cases, "module": course.modules, "worksheet": course.worksheets}[kind])[1:] == [unit]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cases: [two-doors]", "cases: [two-doors, mine]"),
        ('"cases": [two-doors]', '"cases": [two-doors, mine]'),
        ("'cases' : [ two-doors , ]", "'cases' : [ two-doors, mine , ]"),
        ("cases :\n  [two-doors] # one", "cases :\n  [two-doors, mine] # one"),
        (
            "cases: [ # all ]\n  two-doors, # ]\n  # no more\n]",
            "cases: [ # all ]\n  two-doors, mine, # ]\n  # no more\n]",
        ),
        ("cases:\n- two-doors", "cases:\n- two-doors\n- mine"),
        (
            '"cases": # all\n  # first\n    - "two-doors" # one\n\n  # next\n',
            '"cases": # all\n  # first\n    - "two-doors" # one\n    - mine\n\n  # next\n',
        ),
        ("cases: [two-doors]\n# cases: [x]", "cases: [two-doors, mine]\n# cases: [x]"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_new_adds_to_a_list_however_it_is_written(old: str, new: str, end: str, whole: Path, run: Run) -> None:
    file = whole / "course/course.yml"
    change(file, "cases: [two-doors]", old)
    before = file.read_text("utf-8")
    file.write_bytes(before.replace("\n", end).encode())
    made = run("new", "case", "mine", root=whole)
    assert (made.status, made.err) == (0, "")
    assert file.read_bytes().decode() == before.replace(old, new).replace("\n", end)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: a\n", "id: a\ncases: [x]\n"),
        ("id: a", "id: a\ncases: [x]\n"),
        ("cases: []\n", "cases: [x]\n"),
        ("cases: [ ]\n", "cases: [x ]\n"),
        ("cases: [ # none\n]\n", "cases: [x # none\n]\n"),
        ("cases:\n- a", "cases:\n- a\n- x"),
        ("\ufeffcases: [a]\n", "\ufeffcases: [a, x]\n"),
        ("id: å😀\ncases: [a]\n", "id: å😀\ncases: [a, x]\n"),
    ],
)
def test_a_unit_is_listed(before: str, after: str) -> None:
    assert listed(before, "cases", "x") == after


def test_new_takes_back_what_cannot_be_read(whole: Path, run: Run) -> None:
    file = whole / "course/course.yml"
    text = file.read_text("utf-8").replace("worksheets: [log]\n", "")
    file.write_text(f"{text}...\n", "utf-8")
    for each in ("course/worksheets", "course/pathways"):
        shutil.rmtree(whole / each)
    change(file, "pathways: [short]\n", "")
    before = {path: path.read_bytes() for path in whole.rglob("*") if path.is_file()}
    folders = sorted(whole.rglob("*"))
    made = run("new", "worksheet", "mine", root=whole)
    assert (made.status, made.out) == (3, "")
    assert made.err == (
        "samspill: worksheets cannot be added to course/course.yml as it is written: put worksheets: [] into it first\n"
    )
    assert {path: path.read_bytes() for path in whole.rglob("*") if path.is_file()} == before
    assert sorted(whole.rglob("*")) == folders


@pytest.mark.parametrize("port", ["70000", "99999999", "-1", "-70000", "9" * 40])
def test_a_port_that_is_no_port(port: str, root: Path, run: Run) -> None:
    result = run("serve", "--port", port, root=root)
    assert (result.status, result.out) == (3, "")
    assert result.err == f"samspill: port {port} cannot be used: choose one from 1024 to 65535 with --port\n"


# --- what others may ask -----------------------------------------------------------------------------------


class Answer(NamedTuple):
    """What came back over the wire: the status, the headers by lower-case name, and the content."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(web: Server, raw: bytes) -> Answer:
    """Send bytes as they are, `HOST` in them replaced by the right line, and take in the answer to the end."""
    port = web.server_address[1]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(raw.replace(b"HOST", b"Host: 127.0.0.1:%d\r\nConnection: close" % port))
        wire.shutdown(socket.SHUT_WR)
        said = b""
        while more := wire.recv(1 << 16):
            said += more
    head, _, body = said.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    assert first.startswith("HTTP/1.1 "), said[:200]
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    return Answer(int(first.split()[1]), headers, body)


def page_of(web: Server, path: str, *lines: str, method: str = "GET") -> Answer:
    """Ask for a path as it is written, with more header lines."""
    more = "".join(f"{line}\r\n" for line in lines)
    return ask(web, f"{method} {path} HTTP/1.1\r\nHOST\r\n{more}\r\n".encode())


PAGE = b"<!doctype html><html><body>Hei &lt;/body> verden</body></html>"
NAMES = {
    "index.html": "text/html; charset=utf-8",
    "en/index.html": "text/html; charset=utf-8",
    "en/a.css": "text/css; charset=utf-8",
    "en/a.js": "text/javascript; charset=utf-8",
    "en/a.svg": "image/svg+xml; charset=utf-8",
    "en/a.csv": "text/csv; charset=utf-8",
    "en/a.json": "application/json",
    "en/a.ipynb": "application/x-ipynb+json",
    "en/a.woff2": "font/woff2",
    "en/a.pdf": "application/pdf",
    "en/A.PNG": "image/png",
    "en/a.jpg": "image/jpeg",
    "en/a.wasm": "application/wasm",
    "en/pagefind/wasm.nb.pagefind": "application/octet-stream",
    "en/pagefind/nb_1.pf_fragment": "application/octet-stream",
    "en/handouts/Blåbær og rømme (æøå).pdf": "application/pdf",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of one file of each kind, with links that lead out of it."""
    site = tmp_path / "build" / "site"
    for name in NAMES:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(PAGE if name.endswith(".html") else name.encode())
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("secret", "utf-8")
    (outside / "secret.txt").write_text("secret", "utf-8")
    (site / "link.txt").symlink_to(outside / "secret.txt")
    (site / "folder").symlink_to(outside, target_is_directory=True)
    (site / "en" / "inside.css").symlink_to(site / "en" / "a.css")
    (site / "en" / "up").symlink_to("..", target_is_directory=True)
    os.mkfifo(site / "pipe")
    return site


@pytest.fixture
def web(small: Path) -> Iterator[Server]:
    """A server of the small site."""
    web = server(small, 0, State())
    threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True).start()
    yield web
    web.shutdown()
    web.server_close()


def address(name: str) -> str:
    """Return a file's address with every byte outside ASCII letters escaped."""
    return "/" + "".join(c if (c.isascii() and c.isalnum()) or c in "/." else _escaped(c) for c in name)


def _escaped(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())


@pytest.mark.parametrize("name", NAMES)
def test_each_file_has_its_type_and_is_for_this_site_only(web: Server, name: str) -> None:
    got = page_of(web, address(name))
    expected = name.encode()
    if name.endswith(".html"):
        script = b'<script src="/_samspill/reload.js" defer></script></body></html>'
        expected = b"<!doctype html><html><body>Hei &lt;/body> verden" + script
    assert (got.status, got.body) == (200, expected)
    assert got.headers["content-type"] == NAMES[name]
    assert got.headers["content-length"] == str(len(expected))
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cross-origin-resource-policy"] == "same-origin"
    assert not [header for header in got.headers if header.startswith("access-control-")]
    head = page_of(web, address(name), method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


ODD = {
    # Nothing there, a link, or no file.
    "/nowhere": 404,
    "/en/handouts/": 404,
    "/en/handouts": 404,
    "/en/index.html/": 404,
    "/en/index.html/x": 404,
    "/link.txt": 404,
    "/folder": 404,
    "/folder/": 404,
    "/folder/secret.txt": 404,
    "/en/inside.css": 404,
    "/en/up/index.html": 404,
    "/en/up/": 404,
    "/pipe": 404,
    "/%252e%252e/outside/secret.txt": 404,
    "/%zz": 404,
    "/" + "a" * 5000: 404,
    "/" + "a/" * 5000: 404,
    "/en/%F0%9F%98%80": 404,
    "/C:/Windows/win.ini": 404,
    "/en/a.css::$DATA": 404,
    "/_samspill/": 404,
    "/_samspill/state.json/": 404,
    # No plain path of a file.
    "//": 400,
    "//etc/passwd": 400,
    "//evil.example/": 400,
    "/en//a.css": 400,
    "/..": 400,
    "/../outside/secret.txt": 400,
    "/en/../../outside/secret.txt": 400,
    "/en/./a.css": 400,
    "/%2e%2e/outside/secret.txt": 400,
    "/%2E%2e%2foutside%2fsecret.txt": 400,
    "/en%2fa.css": 400,
    "/..%5coutside%5csecret.txt": 400,
    "/en\\a.css": 400,
    "/%00": 400,
    "/en/a.css%00.html": 400,
    "/en/%0d%0aX-Odd:%20yes": 400,
    "/%ff%fe": 400,
    "/%c0%ae%c0%ae/outside/secret.txt": 400,
    "/%ed%a0%80": 400,
    "/en/æ": 400,
    "*": 400,
    "en/": 400,
    "?": 400,
    "http://127.0.0.1/en/": 400,
    "http://evil.example/": 400,
    "file:///etc/passwd": 400,
}


@pytest.mark.parametrize("path", ODD, ids=lambda path: path[:40])
def test_odd_addresses_are_refused_in_words(web: Server, path: str, capfd: pytest.CaptureFixture[str]) -> None:
    got = page_of(web, path)
    assert got.status == ODD[path]
    words = {400: b"Bad Request\n", 404: b"Not Found\n"}
    assert got.body == words[got.status]
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert "x-odd" not in got.headers
    assert capfd.readouterr() == ("", "")


RAW = {
    b"GET /en/ HTTP/1.0\r\nHOST\r\n\r\n": 200,
    b"GET /en/ HTTP/1.0\r\n\r\n": 400,
    b"GET /en/ HTTP/1.1\r\n\r\n": 400,
    b"GET /en/\r\n\r\n": 400,
    b"GET /en/ HTTP/1.1\r\nHOST\r\nHost: evil.example\r\n\r\n": 400,
    b"GET /en/ HTTP/1.1\r\n HOST\r\n\r\n": 400,
    b"GET /en/ HTTP/1.1\r\nHOST\r\nContent-Length: 4\r\n\r\nGET ": 400,
    b"GET /en/ HTTP/1.1\r\nHOST\r\nContent-Length: x\r\n\r\n": 400,
    b"GET /en/ HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n": 400,
    b"GET /en/ HTTP/1.1\r\nHOST\r\nContent-Length: 0\r\n\r\n": 200,
    b"GET  /en/ and more HTTP/1.1\r\nHOST\r\n\r\n": 400,
    b"GET /en/ HTTP/9\r\nHOST\r\n\r\n": 400,
    b"GET /en/ HTTP/2.0\r\nHOST\r\n\r\n": 505,
    b"GET /en/ ICY/1.1\r\nHOST\r\n\r\n": 400,
    b"GET\r\n\r\n": 400,
    b"\r\n\r\n": 400,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n": 400,
    b"\x00\xff\r\n\r\n": 400,
    b"POST /en/ HTTP/1.1\r\nHOST\r\nContent-Length: 3\r\n\r\na=b": 405,
    b"PUT /x HTTP/1.1\r\nHOST\r\n\r\n": 405,
    b"DELETE /en/ HTTP/1.1\r\nHOST\r\n\r\n": 405,
    b"OPTIONS * HTTP/1.1\r\nHOST\r\n\r\n": 405,
    b"TRACE / HTTP/1.1\r\nHOST\r\n\r\n": 405,
    b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHOST\r\n\r\n": 405,
    b"get / HTTP/1.1\r\nHOST\r\n\r\n": 405,
    b"own / HTTP/1.1\r\nHOST\r\n\r\n": 405,
    b"<script> / HTTP/1.1\r\nHOST\r\n\r\n": 405,
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHOST\r\n\r\n": 414,
    b"GET / HTTP/1.1\r\nHOST\r\nX: " + b"a" * 70_000 + b"\r\n\r\n": 431,
    b"GET / HTTP/1.1\r\nHOST\r\n" + b"X: 1\r\n" * 200 + b"\r\n": 431,
    b"GET / HTTP/1.1\r\nHOST\r\n" + b"X: 1\r\n" * 200_000 + b"\r\n": 431,
    b"GET /en/?a=b&c HTTP/1.1\r\nHOST\r\n\r\n": 200,
    b"GET /en/ HTTP/1.1\r\nHOST\r\nRange: bytes=0-3\r\n\r\n": 200,
}


@pytest.mark.parametrize("raw", RAW, ids=lambda raw: repr(raw[:60]))
def test_odd_requests_have_their_status(web: Server, raw: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    got = ask(web, raw)
    assert got.status == RAW[raw]
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers.get("allow") == ("GET, HEAD" if got.status == 405 else None)
    assert b"script>" not in got.body or got.status == 200
    assert capfd.readouterr() == ("", "")


def test_only_names_of_this_computer_are_answered(web: Server) -> None:
    port = web.server_address[1]
    good = [f"127.0.0.1:{port}", f"localhost:{port}", f"LocalHost:{port}", f"[::1]:{port}"]
    bad = [
        f"evil.example:{port}", "evil.example", "127.0.0.1", "localhost", f"127.0.0.1:{port + 1}", "",
        f"localhost.:{port}", f"0.0.0.0:{port}", f"127.0.0.1.evil.example:{port}", f"evil@127.0.0.1:{port}",
        f"127.0.0.1:{port}, evil.example", f"127.0.0.1:{port}\r\n evil.example",
    ]  # fmt: skip
    for path in ("/en/", "/_samspill/state.json", "/_samspill/reload.js", "/nowhere"):
        found = {host: ask(web, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()).status
                 for host in (*good, *bad)}  # fmt: skip
        assert found == {**dict.fromkeys(good, 404 if path == "/nowhere" else 200), **dict.fromkeys(bad, 421)}


@pytest.mark.parametrize("path", ["/_samspill/state.json", "/_samspill/reload.js"])
def test_only_pages_of_this_site_see_the_state(web: Server, path: str) -> None:
    port = web.server_address[1]
    found = {
        lines: page_of(web, path, *lines).status
        for lines in (
            (),
            ("Sec-Fetch-Site: same-origin",),
            ("Sec-Fetch-Site: none",),
            (f"Origin: http://localhost:{port}",),
            ("Sec-Fetch-Site: same-site",),
            ("Sec-Fetch-Site: cross-site",),
            ("Origin: http://evil.example",),
            ("Origin: null",),
            (f"Origin: https://localhost:{port}",),
            ("Origin: http://localhost:1",),
            ("Sec-Fetch-Site: same-origin", "Origin: http://evil.example"),
        )
    }
    assert list(found.values()) == [200] * 4 + [403] * 7
    # A link from elsewhere to a page is followed.
    assert page_of(web, "/en/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate").status == 200


def test_a_folder_without_its_slash_leads_to_its_page(web: Server, small: Path) -> None:
    got = page_of(web, "/en?q=s%20%C3%B8")
    assert (got.status, got.headers["location"], got.body) == (301, "/en/?q=s%20%C3%B8", b"")
    odd = small / "evil.example æ"
    odd.mkdir()
    (odd / "index.html").write_bytes(PAGE)
    assert page_of(web, "/evil.example%20%c3%a6").headers["location"] == "/evil.example%20%C3%A6/"


def test_several_requests_on_one_line_and_one_in_pieces(web: Server) -> None:
    port = web.server_address[1]
    once = f"HEAD /en/a.css HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(once * 2)
        for piece in (once[:3], once[3:30], once[30:]):
            wire.sendall(piece)
            time.sleep(0.02)
        wire.shutdown(socket.SHUT_WR)
        said = b""
        while more := wire.recv(1 << 16):
            said += more
    assert said.count(b"HTTP/1.1 200 OK\r\n") == 3


def test_who_says_nothing_is_hung_up_on(web: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert web.RequestHandlerClass.timeout == 20  # type: ignore[attr-defined]
    monkeypatch.setattr(web.RequestHandlerClass, "timeout", 0.2)
    with socket.create_connection(("127.0.0.1", web.server_address[1]), timeout=10) as wire:
        wire.sendall(b"GET /en/ HT")
        assert wire.recv(1) == b""
    assert page_of(web, "/en/").status == 200


def test_somebody_who_goes_away_is_not_spoken_of(web: Server, small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (small / "en" / "big.pdf").write_bytes(b"x" * 20_000_000)
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", web.server_address[1]), timeout=10) as wire:
            host = f"Host: 127.0.0.1:{web.server_address[1]}"
            wire.sendall(f"GET /en/big.pdf HTTP/1.1\r\n{host}\r\n\r\n".encode())
            wire.recv(10)
    time.sleep(0.2)
    assert page_of(web, "/en/").status == 200
    assert capfd.readouterr() == ("", "")


def test_while_the_site_is_swapped_a_page_is_whole_or_not_ready(web: Server, small: Path) -> None:
    stop = threading.Event()

    def rebuild_for_ever() -> None:
        turn = 0
        while not stop.is_set():
            turn += 1
            new = small.parent / "new"
            (new / "en" / "cases").mkdir(parents=True)
            for name in ("index.html", "en/index.html", "en/cases/index.html"):
                (new / name).write_bytes(b"<body>%d" % turn + b"x" * 100_000 + b"%d</body>" % turn)
            swap(new, small)

    small_page = small / "en" / "cases"
    small_page.mkdir()
    (small_page / "index.html").write_bytes(b"<body>0" + b"x" * 100_000 + b"0</body>")
    builder = threading.Thread(target=rebuild_for_ever)
    builder.start()
    try:
        answers = [page_of(web, "/en/cases/") for _ in range(150)]
    finally:
        stop.set()
        builder.join()
    seen = set()
    for got in answers:
        assert got.status in (200, 503)
        if got.status == 503:
            assert got.headers["retry-after"] == "1"
        else:
            turn, _, rest = got.body.removeprefix(b"<body>").partition(b"x")
            script = b'<script src="/_samspill/reload.js" defer></script></body>'
            assert rest == b"x" * 99_999 + turn + script
            seen.add(turn)
    assert len(seen) > 3


def test_before_anything_is_built_the_page_tries_again(tmp_path: Path) -> None:
    web = server(tmp_path / "site", 0, State())
    threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True).start()
    try:
        got = page_of(web, "/en/")
    finally:
        web.shutdown()
        web.server_close()
    assert (got.status, got.headers["retry-after"], got.headers["refresh"]) == (503, "1", "1")
    assert b"look at the terminal" in got.body


@pytest.mark.parametrize("opened", [open_below, open_listed], ids=["posix", "windows"])
def test_no_link_is_followed_on_any_system(small: Path, opened: Callable[..., int]) -> None:
    def found(*names: str) -> bytes | None:
        try:
            with os.fdopen(opened(small, names), "rb") as file:
                return file.read()
        except OSError:
            return None

    assert found("en", "a.css") == b"en/a.css"
    assert found("en", "handouts", "Blåbær og rømme (æøå).pdf") == "en/handouts/Blåbær og rømme (æøå).pdf".encode()
    for names in (
        ("link.txt",), ("folder", "secret.txt"), ("en", "inside.css"), ("en", "up", "index.html"), ("pipe",), ("en",),
        ("en", ".."), ("..", "outside", "secret.txt"), ("en", "a.css", "x"), ("nowhere",), ("en", "x" * 5000),
    ):  # fmt: skip
        assert found(*names) is None, names
    small.rename(small.parent / "elsewhere")
    small.symlink_to(small.parent / "elsewhere", target_is_directory=True)
    assert found("en", "a.css") is None


def test_a_site_that_is_away_is_not_ready(small: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(small, ("nowhere",))
    shutil.rmtree(small)
    with pytest.raises(NotReadyError):
        read(small, ("index.html",))


@pytest.mark.browser
def test_a_problem_is_shown_as_text(web: Server) -> None:
    from playwright.sync_api import sync_playwright

    problem = "x.md:1:1: M001 <script>document.title='run'</script> & <img src=x onerror=\"document.title='run'\">"
    web.state.built(problem)
    path = executable()
    assert path, "no Chromium: run python tests/chromium.py"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page()
        page.goto(f"http://localhost:{web.server_address[1]}/en/")
        box = page.wait_for_selector("#samspill-problems")
        assert box is not None
        assert box.text_content() == problem
        assert page.locator("#samspill-problems *").count() == 0
        assert page.title() == ""
        web.state.built("")
        page.wait_for_function("!document.getElementById('samspill-problems')")
        browser.close()
