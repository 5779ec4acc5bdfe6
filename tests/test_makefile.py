"""`make` sets up .venv by itself, once to build and once to test; in another folder, or with another Python, anew."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import PROJECT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")

#: A stand-in for Python: makes an environment with a copy of itself, "installs" a samspill that says where it stands,
#: and writes down what it was asked for.
STAND_IN = """#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
case "$*" in
  -V) echo "Python VERSION.7" ;;
  "-m venv .venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python; echo "VIRTUAL_ENV=$PWD/.venv" > .venv/bin/activate
    echo "made" >> LOG ;;
  *"-e ."*) printf '#!/bin/sh\\necho "samspill of %s"\\n' "$here" > "$here/samspill"; chmod +x "$here/samspill"
    echo "installed" >> LOG ;;
  *"--require-hashes -r requirements.lock -r tests/requirements.lock") echo "for-tests" >> LOG ;;
  "-m pytest"*) echo "tested$PYTHONDONTWRITEBYTECODE" >> LOG ;;
esac
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """What the stand-in was asked for."""
    return tmp_path / "log"


def python(folder: Path, version: str = "3.11") -> Path:
    """Write a stand-in for Python."""
    path = folder / f"python-{version}"
    path.write_text(STAND_IN.replace("VERSION", version).replace("LOG", str(folder / "log")), "utf-8")
    path.chmod(0o755)
    return path


def checkout(folder: Path) -> Path:
    """Make a folder with what `make` needs."""
    (folder / "tests").mkdir(parents=True)
    for name in ("Makefile", "requirements.lock", "tests/requirements.lock", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder / name)
    return folder


def site(folder: Path, path: Path, target: str = "site") -> str:
    """Run `make site`, or another target, and return which samspill ran."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"  # which would have each process compile everything
    command = ["make", "--no-print-directory", target, f"PYTHON={path}"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return "".join(done.stdout.splitlines()[-1:])


def asked(log: Path) -> list[str]:
    """Return what the stand-in did since it was last asked."""
    found = log.read_text("utf-8").split() if log.exists() else []
    log.unlink(missing_ok=True)
    return found


def test_an_environment_is_made_once(tmp_path: Path, log: Path) -> None:
    one = checkout(tmp_path / "one folder")
    assert site(one, python(tmp_path)) == f"samspill of {one}/.venv/bin"
    assert asked(log) == ["made", "installed"]
    assert (one / ".venv/.ready").read_text("utf-8") == f"{one}, Python 3.11\n"
    assert site(one, python(tmp_path)) == f"samspill of {one}/.venv/bin"
    assert asked(log) == []
    os.utime(one / "requirements.lock", (2**31, 2**31))
    site(one, python(tmp_path))
    assert asked(log) == ["installed"]


@pytest.mark.parametrize("moved", [True, False])
def test_a_moved_or_copied_checkout_runs_its_own_code(tmp_path: Path, log: Path, moved: bool) -> None:
    one = checkout(tmp_path / "one")
    site(one, python(tmp_path))
    asked(log)
    other = tmp_path / "other"
    one.rename(other) if moved else shutil.copytree(one, other)
    assert site(other, python(tmp_path)) == f"samspill of {other}/.venv/bin"
    assert asked(log) == ["made", "installed"]
    assert site(other, python(tmp_path)) == f"samspill of {other}/.venv/bin"
    assert asked(log) == []


def test_a_python_that_was_upgraded_away_is_replaced(tmp_path: Path, log: Path) -> None:
    one = checkout(tmp_path / "one")
    site(one, python(tmp_path))
    shutil.copy(python(tmp_path, "3.12"), one / ".venv/bin/python")
    asked(log)
    site(one, python(tmp_path, "3.12"))
    assert asked(log) == ["made", "installed"]
    (one / ".venv/bin/python").unlink()
    (one / ".venv/bin/python").symlink_to(tmp_path / "gone")
    site(one, python(tmp_path, "3.13"))
    assert asked(log) == ["made", "installed"]
    assert (one / ".venv/.ready").read_text("utf-8") == f"{one}, Python 3.13\n"


def test_an_environment_of_an_earlier_version_stays_in_its_folder(tmp_path: Path, log: Path) -> None:
    one = checkout(tmp_path / "one")
    site(one, python(tmp_path))
    (one / ".venv/.ready").write_text("", "utf-8")
    shutil.copytree(one, tmp_path / "copy")
    asked(log)
    site(one, python(tmp_path))
    assert asked(log) == ["installed"]
    site(tmp_path / "copy", python(tmp_path))
    assert asked(log) == ["made", "installed"]


def test_an_installation_that_was_stopped_goes_on(tmp_path: Path, log: Path) -> None:
    one = checkout(tmp_path / "one")
    site(one, python(tmp_path))
    (one / ".venv/.ready").unlink()
    asked(log)
    site(one, python(tmp_path))
    assert asked(log) == ["installed"]


def test_what_tests_need_is_installed_for_tests_alone(tmp_path: Path, log: Path) -> None:
    one, path = checkout(tmp_path / "one"), python(tmp_path)
    site(one, path)
    assert asked(log) == ["made", "installed"]
    site(one, path, "test-fast")
    assert asked(log) == ["for-tests", "tested"]
    site(one, path, "test-fast")
    site(one, path)
    assert asked(log) == ["tested"]
    # A lock that was upgraded is installed for what uses it.
    os.utime(one / "tests/requirements.lock", (2**31, 2**31))
    site(one, path)
    assert asked(log) == []
    site(one, path, "test-fast")
    assert asked(log) == ["for-tests", "tested"]


def test_tests_may_come_first_and_follow_a_checkout_that_moved(tmp_path: Path, log: Path) -> None:
    one, path = checkout(tmp_path / "one"), python(tmp_path)
    site(one, path, "test-fast")
    assert asked(log) == ["made", "installed", "for-tests", "tested"]
    other = one.rename(tmp_path / "other")
    site(other, path)
    assert asked(log) == ["made", "installed"]
    site(other, path, "test-fast")
    assert asked(log) == ["for-tests", "tested"]
    (other / ".venv/.ready").write_text("", "utf-8")
    site(other, path, "test-fast")
    assert asked(log) == ["installed", "for-tests", "tested"]
