"""Measure the tool beside plain MkDocs, in one run on one machine.

Each round runs ours and the peer one after the other, so that both meet the same machine; what is printed are medians.
The peer is one process that builds the same generated pages of all languages with the same theme and nothing else: no
checks, no handouts, no search index. It is MkDocs as it comes, with the words in Markdown and without our hook. CPU
seconds are those of a command and of all it starts; memory is the largest resident set of any one process. A ratio is
to the peer of the same rounds.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
PEER = """
import logging, os, sys
os.environ["NO_MKDOCS_2_WARNING"] = "1"
from mkdocs.commands.build import build
from mkdocs.config import load_config
logging.getLogger("mkdocs").setLevel(logging.ERROR)
for path in sys.argv[2:]:
    config = load_config(path, site_dir=os.path.join(sys.argv[1], os.path.basename(path)))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
"""
TIMED = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).returncode
wall = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([code, used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024], file)
"""


@dataclass(frozen=True)
class Run:
    """What a command took: CPU seconds, seconds on the wall, and megabytes of its largest process."""

    cpu: float
    wall: float
    memory: float


def timed(command: list[str], cwd: Path) -> Run:
    """Run a command and return what it took. Raises `SystemExit` when it fails."""
    import json  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "report"
        subprocess.run([sys.executable, "-c", TIMED, str(report), *command], cwd=cwd, check=True)
        code, *figures = json.loads(report.read_text())
    if code != 0:
        raise SystemExit(f"{' '.join(command)} failed with {code} in {cwd}")
    return Run(*figures)


def ours(root: Path, *arguments: str) -> list[str]:
    """Return the command of ours in a course folder."""
    return [sys.executable, "-m", "samspill.cli", "--root", str(root), *arguments]


# --- courses to measure --------------------------------------------------------------------------------------

#: The units that stand in every language: what a larger course is made of.
COPIED = (
    ("module", "course/modules", "interdependence"),
    ("case", "cases", "each-waits"),
    ("worksheet", "course/worksheets", "learning-log"),
)


def copy_course(target: Path, copies: int) -> None:
    """Copy the shipped course, and its four-language units `copies` times more under new ids."""
    for name in ("course", "cases", "site_overrides"):
        shutil.copytree(ROOT / name, target / name)
    for name in ("mkdocs.yml",):
        shutil.copy(ROOT / name, target)
    about = target / "course" / "course.yml"
    text = about.read_text("utf-8")
    for kind, folder, unit in COPIED:
        listed = f"  - {unit}\n"
        assert listed in text
        for number in range(1, copies + 1):
            new = f"{unit}-{number}"
            shutil.copytree(target / folder / unit, target / folder / new)
            structure = target / folder / new / f"{kind}.yml"
            words = structure.read_text("utf-8")
            structure.write_text(re.sub(rf"^id: {unit}$", f"id: {new}", words, flags=re.M), "utf-8")
        text = text.replace(listed, listed + "".join(f"  - {unit}-{n}\n" for n in range(1, copies + 1)), 1)
    about.write_text(text, "utf-8")


#: Where the words of a line begin: of a title, a summary, a paragraph, an item of a list, a row of a table.
_WORDS = re.compile(
    r"(?m)^(?:title: \"?|summary: \"?|\s*(?:[-*] |\d+\. |> |#+ |\| (?!-))?)"
    r"(?=[\"“‘*_\[{(…0-9]*[A-Za-z0-9])(?!(?:title|summary|translates|figure):)"
)


def complete(target: Path) -> None:
    """Have every unit stand in every language: where it is not translated, in the words of the source and one more.

    What is the same as the source would be no translation.
    """
    for source in sorted(target.glob("c*/**/en.md")):
        text = source.read_text("utf-8")
        for code in ("nb", "da", "sv"):
            path = source.with_name(f"{code}.md")
            if not path.exists():
                path.write_text(re.sub(_WORDS, rf"\g<0>{code.upper()} ", text), "utf-8")


CHANGED = "cases/each-waits/nb.md"


def change(root: Path, number: int) -> str:
    """Change one section of one language; return the words that are new."""
    path, words = root / CHANGED, f"Runde {number}."
    text = path.read_text("utf-8")
    changed = re.sub(
        r"(\n## [^\n]*\{#situation\}\n\n)(?:Runde \d+\. )?", rf"\g<1>{words} ", text, count=1
    )
    assert changed != text
    path.write_text(changed, "utf-8")
    return words


# --- measuring -----------------------------------------------------------------------------------------------


@dataclass
class Table:
    """Runs by what was measured, in the order of their first."""

    rows: dict[str, list[Run]] = field(default_factory=dict)

    def add(self, name: str, run: Run) -> None:
        """Note a run."""
        self.rows.setdefault(name, []).append(run)

    def print(self, peer: str, pages: int) -> None:
        """Print the median of each row, its spread on the wall, and its ratio to the peer's; and what a page took."""
        print(f"  {'CPU s':>7} {'× peer':>7} {'wall s':>7} {'× peer':>7} {'from–to':>13} {'MB':>6} {'ms CPU/page':>12}")
        other = self.rows[peer]
        for name, runs in self.rows.items():
            cpu, wall = (statistics.median(getattr(run, what) for run in runs) for what in ("cpu", "wall"))
            ratios = [f"{_ratio(runs, other, what):.2f}" for what in ("cpu", "wall")]
            spread = f"{min(run.wall for run in runs):.2f}–{max(run.wall for run in runs):.2f}"
            memory = max(run.memory for run in runs)
            print(
                f"  {cpu:7.2f} {ratios[0]:>7} {wall:7.2f} {ratios[1]:>7} {spread:>13} {memory:6.0f}"
                f" {1000 * cpu / pages:12.1f}  {name}",
                flush=True,
            )


def _ratio(runs: list[Run], other: list[Run], what: str) -> float:
    """Return the median of the ratios of runs of the same rounds."""
    return float(statistics.median(getattr(a, what) / getattr(b, what) for a, b in zip(runs, other, strict=True)))


_HEADING = re.compile(r'(?m)^<h([1-6]) id="([^"]+)"[^>]*>(.*)</h\1>$')


def plain(pages: Path, target: Path) -> list[str]:
    """Copy pages of ours as an author of MkDocs would have them, and return the configurations of their languages.

    Headings and HTML stand in Markdown below the front matter, to be parsed.
    """
    shutil.copytree(pages, target)
    for path in target.rglob("*.md"):
        _, front, _ = path.read_text("utf-8").split("---\n", 2)
        said = yaml.load(front, yaml.CSafeLoader)
        body = _HEADING.sub(
            lambda m: f"\n{'#' * int(m[1])} {m[3]} {{#{m[2]}}}\n",
            "\n\n".join(said.get(part, "") for part in ("head", "body", "tools")),
        )
        path.write_text(f"---\n{front}---\n\n{body}\n", "utf-8")
    for path in target.glob("*.yml"):
        configuration = yaml.safe_load(path.read_text("utf-8"))
        del configuration["hooks"]
        configuration["markdown_extensions"] = ["attr_list", {"toc": {"toc_depth": "1-3"}}]
        path.write_text(yaml.safe_dump(configuration, allow_unicode=True, sort_keys=False), "utf-8")
    return [str(path) for path in sorted(target.glob("*.yml"))]


PLAIN = "plain mkdocs build of the same pages, cold"


def measure(root: Path, rounds: int, scratch: Path) -> tuple[Table, int, int]:
    """Measure a course; return the runs, and how many pages and handouts it has."""
    table = Table()
    subprocess.run(ours(root, "build"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    configurations = plain(root / "build" / "pages", root / "kept" / "pages")
    counts = [sum(1 for _ in (root / "build/site").rglob(f"*.{end}")) for end in ("html", "pdf")]
    for number in range(rounds):
        shutil.rmtree(root / "build")
        table.add("ours, cold: checks, all languages, handouts, search", timed(ours(root, "build"), root))
        peer = scratch / "peer"
        shutil.rmtree(peer, ignore_errors=True)
        table.add(PLAIN, timed([sys.executable, "-c", PEER, str(peer), *configurations], root))
        table.add("ours, nothing changed", timed(ours(root, "build"), root))
        change(root, number)
        table.add("ours, one section of one language changed: build", timed(ours(root, "build"), root))
        table.add("ours, check, what was parsed at hand", timed(ours(root, "check"), root))
        # A check reads what a build remembers of parsed files: without one, there is nothing.
        (root / "build").rename(scratch / "away")
        table.add("ours, check, never built", timed(ours(root, "check"), root))
        (scratch / "away").rename(root / "build")
    return table, counts[0], counts[1]


# --- from saving to the page ---------------------------------------------------------------------------------


def _port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def serving(root: Path) -> Iterator[str]:
    """Serve a course while something is measured, and give its address."""
    port = _port()
    process = subprocess.Popen(
        ours(root, "serve", "--port", str(port)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(lambda: b"</html>" in urllib.request.urlopen(f"{address}/nb/cases/each-waits/", timeout=5).read())
        time.sleep(4)  # what a look needs has been loaded
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait(there: Callable[[], bool], seconds: float = 120) -> float:
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        with contextlib.suppress(OSError, urllib.error.URLError):
            if there():
                return time.perf_counter() - began
        time.sleep(0.01)
    raise SystemExit("the page never came")


def seen(root: Path, rounds: int) -> tuple[str, list[float], list[float]]:
    """Return what looked, and how long each change took from saving to the page, and until all else had followed."""
    pages, all_else = list[float](), list[float]()
    with serving(root) as address, _looking(f"{address}/nb/cases/each-waits/") as (who, shown):
        for number in range(rounds):
            words = change(root, 1000 + number)
            began = time.perf_counter()
            _wait(lambda words=words: shown(words))  # type: ignore[misc]
            pages.append(time.perf_counter() - began)
            _wait(lambda: b'"behind": false' in urllib.request.urlopen(f"{address}/_samspill/state.json").read())
            all_else.append(time.perf_counter() - began)
    return who, pages, all_else


@contextlib.contextmanager
def _looking(address: str) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """Give who looks at a page, and what tells whether words stand there: a browser, or where there is none, HTTP."""
    try:
        sys.path.insert(0, str(ROOT / "tests"))
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        from chromium import executable  # noqa: PLC0415

        found = executable()
    except ImportError:
        found = None
    if not found:
        yield "by HTTP, without a browser", lambda words: words.encode() in urllib.request.urlopen(address).read()
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found))
        page: Any = browser.new_page()
        page.goto(address)

        def shown(words: str) -> bool:
            with contextlib.suppress(Exception):  # the page is just being loaded
                return words in page.inner_text("main")
            return False

        yield "in a browser", shown
        browser.close()


# --- the whole ------------------------------------------------------------------------------------------------


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="paired runs for the shipped course (default: 5)")
    parser.add_argument(
        "--copies",
        type=int,
        nargs="*",
        default=[0, 9, 49],
        help="more copies of the units that stand in all languages (default: 0 9 49)",
    )
    parser.add_argument("--only", choices=("sizes", "complete", "serve"), help="only one of the tables")
    options = parser.parse_args()
    cores = os.cpu_count()
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {cores} cores")
    for copies in options.copies if options.only in (None, "sizes") else ():
        more = f" and {copies} copies of its four-language units" if copies else ""
        _one(f"the shipped course{more}", copies, options.rounds if copies == 0 else 1)
    if options.only in (None, "complete"):
        _one("the shipped course, every unit in all four languages", 0, 1, whole=True)
    if options.only in (None, "serve"):
        with _course(0) as root:
            who, pages, all_else = seen(root, options.rounds)
        print(f"\nserve, one section of one language changed ({len(pages)} rounds, {who})")
        for what, took in (("from saving to the page", pages), ("until handouts and search had followed", all_else)):
            print(f"  {statistics.median(took):7.2f} s  ({min(took):.2f}–{max(took):.2f})  {what}")


@contextlib.contextmanager
def _course(copies: int, *, whole: bool = False) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "course"
        root.mkdir()
        copy_course(root, copies)
        if whole:
            complete(root)
        yield root


def _one(what: str, copies: int, rounds: int, *, whole: bool = False) -> None:
    with _course(copies, whole=whole) as root:
        table, pages, handouts = measure(root, rounds, root.parent)
    print(f"\n{what}: {pages} pages, {handouts} handouts ({rounds} round{'s' if rounds > 1 else ''}, medians)")
    table.print(PLAIN, pages)


if __name__ == "__main__":
    main()
