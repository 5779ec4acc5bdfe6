"""The papers tell the truth: usage, codes, files and figures."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest
import yaml

from conftest import PROJECT
from samspill.check import documentation
from samspill.cli import parser

PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "CITATION.cff")


def paper(name: str) -> str:
    """Return a paper's text."""
    return (PROJECT / name).read_text("utf-8")


def test_the_usage_in_the_readme_is_what_help_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    found = re.search(r"<!-- usage -->\n```\n(.*?)```\n<!-- /usage -->", paper("README.md"), re.S)
    assert found is not None
    assert found[1] == parser().format_help()


@pytest.mark.parametrize("name", PAPERS)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    said = re.sub(r"`[^`\n]*`", "", paper(name))  # what is shown as an example leads nowhere
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", said):
        if ":" not in target:
            assert (PROJECT / target).exists(), target


@pytest.mark.parametrize("name", ("README.md", "CONTRIBUTING.md"))
def test_every_make_target_and_command_exists(name: str) -> None:
    makefile = paper("Makefile")
    for target in re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", paper(name), re.M):
        assert re.search(rf"^{target[0] or target[1]}:", makefile, re.M), target
    help_text = parser().format_help()
    for command in re.findall(r"`samspill ([a-z]+)", paper(name)):
        assert re.search(rf"^    {command}\b", help_text, re.M), command


def test_every_make_target_is_documented() -> None:
    text = paper("README.md") + paper("CONTRIBUTING.md")
    for target in re.findall(r"^([a-z-]+):.*##", paper("Makefile"), re.M):
        if target not in ("help", "clean"):
            assert f"make {target}" in text, target


def test_every_code_is_explained_by_a_command_that_has_read_nothing() -> None:
    """What is loaded only when something is read says what it may find all the same."""
    done = subprocess.run([sys.executable, "-m", "samspill.cli", "explain"], capture_output=True, text=True, check=True)
    raised = {
        code
        for path in (PROJECT / "tools/samspill").rglob("*.py")
        for code in re.findall(r'(?:^CODE = |coded\()"([A-Z][0-9]{3})"', path.read_text("utf-8"), re.M)
    }
    assert len(raised) > 60
    assert raised <= {line.split(" ")[0] for line in done.stdout.splitlines()}


def test_codes_named_in_the_papers_exist() -> None:
    for name in PAPERS:
        for code in re.findall(r"\b[A-Z][0-9]{3}\b", paper(name)):
            assert code in documentation(), (name, code)


def test_the_edition_is_the_same_everywhere() -> None:
    about = yaml.safe_load(paper("course/course.yml"))
    cited = yaml.safe_load(paper("CITATION.cff"))
    assert cited["version"] == about["edition"]
    assert str(cited["date-released"]) == about["released"]
    assert f"## {about['edition']}" in paper("CHANGELOG.md")


LOCKS = ("requirements.lock", "tests/requirements.lock")


def pinned(lock: str) -> dict[str, set[str]]:
    """Return the packages of a lock, each with its versions."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)==([^ ]+)", paper(lock), re.M):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_pins_with_hashes(lock: str) -> None:
    assert "://" not in paper(lock)
    assert len(pinned(lock)) > 15
    for block in re.split(r"\n(?=[a-z0-9])", paper(lock).strip()):
        assert "--hash=sha256:" in block, block


def test_what_only_tests_need_is_not_installed_to_build() -> None:
    building, testing = (pinned(lock) for lock in LOCKS)
    assert {"mkdocs", "typst", "hatchling"} <= set(building)
    assert {"pytest", "playwright", "mypy", "ruff", "uv"} <= set(testing)
    assert {name for name in testing if building.get(name, testing[name]) != testing[name]} == set()
    assert set(building) & {"pytest", "playwright", "mypy", "ruff", "uv"} == set()


def test_the_package_imports_what_is_installed_to_build() -> None:
    """Import names are told from the package that brings them; one that is not installed here comes from nowhere."""
    brought = packages_distributions()
    building = set(pinned(LOCKS[0]))
    missing = set()
    for path in sorted((PROJECT / "tools/samspill").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            for top in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"samspill"}:
                of = {re.sub(r"[-_.]+", "-", name).lower() for name in brought.get(top, ())}
                if not of & building:
                    missing.add((path.name, top))
    assert missing == set()
