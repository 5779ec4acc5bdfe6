"""The three tiers: what a sample holds, what each tier leaves out, and what becomes of a missing browser."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from chromium import MISSING
from conftest import PROJECT, Sample, pytest_configure

THINGS = [(kind, language, number) for kind, language in product("abc", ("en", "nb")) for number in range(9)]


def pair(thing: tuple[str, str, int]) -> tuple[str, str]:
    return thing[:2]


def test_a_sample_has_every_kind_and_its_seed_brings_it_back() -> None:
    for seed in range(20):
        drawn = Sample(seed, False)(THINGS, by=pair)
        assert [pair(thing) for thing in drawn] == list(product("abc", ("en", "nb")))
        assert Sample(seed, False)(iter(THINGS), by=pair) == drawn
    assert len({tuple(Sample(seed, False)(THINGS, by=pair)) for seed in range(20)}) == 20


def test_a_sample_has_as_many_as_were_asked_for_in_their_order() -> None:
    for seed in range(20):
        drawn = Sample(seed, False)(THINGS, 10, by=pair)
        assert len(set(drawn)) == 10
        assert drawn == sorted(drawn)
        assert {pair(thing) for thing in drawn} == {pair(thing) for thing in THINGS}
        assert len(Sample(seed, False)(THINGS)) == 1
    assert Sample(1, False)(THINGS, 100) == THINGS
    assert Sample(1, False)([]) == []


def test_everything_is_everything() -> None:
    assert Sample(1, True)(THINGS, 2, by=pair) == THINGS


#: Collects tests, then names the heavy packages that this has loaded.
COLLECT = """
import pytest, sys
pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *sys.argv[1:]])
print(*sorted({"playwright", "axe_playwright_python", "mkdocs", "mike", "nbclient"} & set(sys.modules)))
"""


def collected(*options: str) -> tuple[set[str], str]:
    """Return the tests that are chosen, and the last line: what was loaded."""
    command = [sys.executable, "-c", COLLECT, *options]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    return {line for line in lines if "::" in line}, done.stdout.split("\n")[-2]


@pytest.mark.full
@pytest.mark.build
def test_each_tier_has_more_than_the_one_before() -> None:
    (fast, loaded), (sample, _), (everything, _) = (collected(*option) for option in (("--fast",), (), ("--all",)))
    assert fast < sample < everything
    assert loaded == ""
    files = {name.partition("::")[0] for name in sample - fast}
    assert files >= {f"tests/test_{name}.py" for name in ("accessibility", "build", "handouts", "publish", "site")}
    # One build is killed in the sample, more are among all.
    killed = "tests/test_build.py::test_a_stopped_build_leaves_the_site_as_it_was"
    assert len({name for name in sample if name.startswith(killed) and "9--9" in name}) == 1
    assert len({name for name in everything if name.startswith(killed) and "9--9" in name}) > 4


def test_fast_and_all_at_once_is_wrong_usage(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytestconfig.option, "fast", True)
    monkeypatch.setattr(pytestconfig.option, "all", True)
    with pytest.raises(pytest.UsageError, match="--fast and --all cannot both be"):
        pytest_configure(pytestconfig)


IN_A_BROWSER = """
def test_in_a_browser(browser):
    pass
def test_of_something_else():
    pass
"""


@pytest.mark.build
@pytest.mark.parametrize("processes", ["0", "2"])
@pytest.mark.parametrize("ci", ["", "true"])
def test_a_missing_browser_is_named_last_and_fails_where_ci_runs(tmp_path: Path, ci: str, processes: str) -> None:
    pytest.importorskip("xdist")
    for name in ("conftest.py", "website.py", "chromium.py"):
        (tmp_path / name).write_text((PROJECT / "tests" / name).read_text("utf-8"), "utf-8")
    (tmp_path / "test_it.py").write_text(IN_A_BROWSER, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", processes, "-c", "/dev/null", "."]
    environment = os.environ | {"SAMSPILL_CHROMIUM": str(tmp_path / "none"), "CI": ci, "SAMSPILL_SEED": "7"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "every kind of test, on a sample of the shipped course; SAMSPILL_SEED=7" in done.stdout
    last = done.stdout.splitlines()[-1]
    if ci:
        assert done.returncode == 1
        assert "1 passed, " in last
        assert "1 error" in last
        assert "no Chromium found; install one" in done.stdout
    else:
        assert done.returncode == 0, done.stdout
        assert last == f"Not tested: {MISSING} (1 test in a browser)"
