"""What the tests share: three tiers, a whole small course to copy and change, and the command called in-process.

`pytest --fast` leaves out what needs a browser or builds a site; `pytest` runs every kind of test on a seeded sample of
the shipped course; `pytest --all` looks at all of it. The seed is printed first; `SAMSPILL_SEED` sets another.
"""

from __future__ import annotations

import contextlib
import cProfile
import os
import random
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
from hypothesis import settings

from chromium import MISSING
from samspill.cli import main
from samspill.model import Course
from samspill.problem import Problem
from samspill.render.web import page_file
from samspill.source import load

pytest_plugins = ("website",)

COURSES = Path(__file__).parent / "courses"
PROJECT = Path(__file__).parent.parent
GOLDENS = Path(__file__).parent / "goldens"


class Result(NamedTuple):
    """What a call of the command left: exit status, standard output and standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


# --- the tiers ---------------------------------------------------------------------------------------------

#: What a sample of the shipped course is drawn by, so that a failure can be had again.
SEED = int(os.environ.get("SAMSPILL_SEED", "20261121"))
#: A test that asks for one of these builds a site, and so is not among the fast ones.
BUILT = {"site", "browser", "built_once", "published"}
#: Files whose tests several processes share; of other files each is for one, so that what a file makes is made once.
SHARED_OUT = ("test_site", "test_accessibility")
T = TypeVar("T")


@dataclass(frozen=True)
class Sample:
    """Draws a sample; with `everything`, it gives all there is."""

    seed: int
    everything: bool

    def __call__(self, items: Iterable[T], count: int = 1, by: Callable[[T], object] = lambda item: None) -> list[T]:
        """Return `count` of some items in their order, and more where that leaves out a kind told apart by `by`.

        The same items give the same sample.
        """
        found = list(items)
        if self.everything:
            return found
        mixed = random.Random(self.seed).sample(range(len(found)), len(found))
        each = {by(found[place]): place for place in reversed(mixed)}
        rest = [place for place in mixed if place not in each.values()]
        chosen = {*each.values(), *rest[: max(0, count - len(each))]}
        return [item for place, item in enumerate(found) if place in chosen]


@pytest.fixture(scope="session")
def sample(pytestconfig: pytest.Config) -> Sample:
    """What draws from the shipped course what a test looks at."""
    return Sample(SEED, pytestconfig.getoption("--all"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-expected", action="store_true", help="write what is printed as what is expected")
    parser.addoption("--fast", action="store_true", help="leave out what needs a browser or builds a site")
    parser.addoption("--all", action="store_true", help="look at every page and handout, not at a sample")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--fast") and config.getoption("--all"):
        raise pytest.UsageError("--fast and --all cannot both be")
    settings.register_profile("fast", max_examples=60, deadline=None, derandomize=True)
    settings.register_profile("sample", max_examples=120, deadline=None)
    settings.register_profile("all", max_examples=1000, deadline=None)
    settings.load_profile(_tier(config))


def _tier(config: pytest.Config) -> str:
    return "fast" if config.getoption("--fast") else "all" if config.getoption("--all") else "sample"


@pytest.fixture(scope="session")
def tier(pytestconfig: pytest.Config) -> str:
    """How much is looked at: `fast`, `sample` or `all`."""
    return _tier(pytestconfig)


def pytest_report_header(config: pytest.Config) -> str:
    what = {
        "fast": "fast: no browser, no site",
        "sample": "every kind of test, on a sample of the shipped course",
        "all": "everything",
    }
    return f"{what[_tier(config)]}; SAMSPILL_SEED={SEED}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a build; leave out what another tier is for; put the rest into its order."""
    asked = {item: set(getattr(item, "fixturenames", ())) for item in items}
    for item in items:
        if asked[item] & BUILT:
            item.add_marker("build")
        if "browser" in asked[item]:
            item.add_marker("browser")
    others = {"fast": {"build", "browser", "full"}, "sample": {"full"}, "all": set()}[_tier(config)]
    left_out = [item for item in items if not others.isdisjoint(mark.name for mark in item.iter_markers())]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    chosen = [item for item in items if item not in set(left_out)]
    builders = list(dict.fromkeys(item.path for item in chosen if item.get_closest_marker("build")))
    builders = [path for path in builders if path.stem not in SHARED_OUT]

    def turn(item: pytest.Item) -> int:
        # For two processes: one begins with the first file that builds, the other builds the site; the other files that
        # build follow, then those that do not. The browser is last: while Playwright runs, nothing else in its process
        # may use asyncio.
        if "browser" in asked[item] and item.path.stem in SHARED_OUT:
            return 4
        if item.path.stem in SHARED_OUT:
            return 1
        return 3 if item.path not in builders else 0 if item.path == builders[0] else 2

    items[:] = sorted(chosen, key=turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Give each file to one process, in the order above; but share out the tests of the built site one by one."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return nodeid if Path(file).stem in SHARED_OUT else file

    config.option.loadscopereorder = False
    return Scheduling(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Name a missing browser in the last line."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    skipped = [report for report in reporter.stats.get("skipped", ()) if "browser" in report.keywords]
    if skipped:
        tests = f"{len(skipped)} test{'s' if len(skipped) > 1 else ''} in a browser"
        reporter.write_line(f"Not tested: {MISSING} ({tests})", red=True)


# --- courses and the command -------------------------------------------------------------------------------


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of the whole small course, to change."""
    return Path(shutil.copytree(COURSES / "whole", tmp_path / "whole"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command as from the shell, in-process."""

    def call(*arguments: str | os.PathLike[str], root: Path | None = None) -> Result:
        words = [*(("--root", str(root)) if root else ()), *map(str, arguments)]
        capsys.readouterr()
        try:
            status = main(words)
        except SystemExit as stop:  # argparse: --help and wrong usage
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return call


def overlay(root: Path, folder: Path) -> None:
    """Put the files of a folder over a course and take away those that `.remove` names."""
    for file in folder.rglob("*"):
        below = file.relative_to(folder)
        if file.is_file() and str(below) not in ("expected.txt", ".remove"):
            (root / below).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, root / below)
    removed = folder / ".remove"
    for name in removed.read_text().split() if removed.exists() else ():
        (root / name).unlink()


def compare(made: dict[str, str], folder: str, *, update: bool) -> None:
    """Hold files to those below a folder of goldens: none missing, none left over, each the same.

    `update` writes them anew.
    """
    if update:
        shutil.rmtree(GOLDENS / folder, ignore_errors=True)
        for name, text in made.items():
            (GOLDENS / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDENS / folder / name).write_text(text, "utf-8")
    there = {
        path.relative_to(GOLDENS / folder).as_posix() for path in (GOLDENS / folder).rglob("*") if path.is_file()
    }
    assert sorted(made) == sorted(there)
    for name, text in made.items():
        assert text == (GOLDENS / folder / name).read_text("utf-8"), f"{folder}/{name}: read what differs"


def html_of(data: bytes) -> str:
    """Return what a page shows, of its file."""
    page = page_file.read(data)
    return "\n".join(page[part] for part in ("head", "body", "tools") if part in page) + "\n"


def change(file: Path, old: str, new: str) -> None:
    """Replace one passage of a text file, which must be there."""
    text = file.read_text("utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    file.write_text(text.replace(old, new, 1), "utf-8")


@contextlib.contextmanager
def umask(mask: int) -> Iterator[None]:
    """Take these rights from everything that is made, for a while."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def rights(*paths: Path) -> set[str]:
    """Return the rights of files and folders as `ls -l` writes them, each once, with what lies below a folder."""
    every = [each for path in paths for each in (path, *(path.rglob("*") if path.is_dir() else ()))]
    return {stat.filemode(each.lstat().st_mode) for each in every}


#: The rights of what others read.
READABLE = {"drwxr-xr-x", "-rw-r--r--"}


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether to write what is expected anew."""
    return bool(request.config.getoption("--update-expected"))


def steps(action: Callable[[], object]) -> int:
    """Return how many functions an action calls: a measure of work that is the same on a slow machine."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        action()
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@cache
def shipped() -> tuple[Course, list[Problem]]:
    """Return the shipped course and its problems, loaded once."""
    found, problems = load(PROJECT)
    assert found is not None
    return found, problems


def course() -> Course:
    """Return the shipped course."""
    return shipped()[0]
