"""The wheel alone: what is installed from it begins a course, checks it, builds it and prints it.

Nothing is fetched: the wheel goes into an environment of its own, which takes the libraries from the present one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pypdf
import pytest

from conftest import PROJECT

pytestmark = pytest.mark.build

#: What belongs to the course that stands beside the tool here, and to no other.
FOREIGN = r"(?i)\b(?:samspill|norway|norwegian|denmark|danish|sweden|swedish|nordic|ropit|vestfold|partille)\b"


def ran(*command: str | Path, cwd: Path) -> str:
    """Run a program that sees nothing of this checkout; return what it prints."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run([*map(str, command)], cwd=cwd, check=False, capture_output=True, text=True, env=clean)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    ran(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=PROJECT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    (library,) = folder.glob("lib/python*/site-packages")
    pip = (sys.executable, "-m", "pip", "--python", folder / "bin" / "python")
    ran(*pip, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", wheel, cwd=folder)
    # A folder that is named so is searched; lists of more folders in it, such as that of this checkout, are not read.
    (library / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = ran(folder / "bin" / "python", "-c", "import samspill; print(samspill.__file__)", cwd=folder)
    assert Path(where.strip()) == library / "samspill" / "__init__.py"
    return folder / "bin" / "samspill"


def test_the_wheel_holds_the_theme_and_nothing_of_the_course(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    theme = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / "site_overrides").rglob("*") if path.is_file()}
    assert {f"samspill/theme/{name}" for name in (*theme, "mkdocs.yml")} <= names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"samspill"}


def test_a_course_of_ones_own_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    root = tmp_path / "mine"
    ran(installed, "init", "--title", "Who holds the thread: a course", cwd=root)
    ran(installed, "check", "--notes", cwd=root)
    assert re.match(r"Built 15 pages, 10 handouts in ", ran(installed, "build", cwd=root))
    site = root / "build" / "site"
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    assert len(pages) == 16
    home = pages["en/index.html"]
    assert "<title>Who holds the thread</title>" in home
    assert "Who tells whom, and who needs to know?" in home
    for style in re.findall(r'<link rel="stylesheet" href="([^"]+)"', home):
        assert (site / "en" / style).is_file()
    foreign = {path: re.findall(FOREIGN, _said(text)) for path, text in pages.items()}
    assert {path: words for path, words in foreign.items() if words} == {}
    handouts = sorted((site / "en" / "handouts").glob("*.pdf"))
    assert len(handouts) == 10
    for path in handouts:
        pdf = pypdf.PdfReader(path)
        assert pdf.metadata is not None
        assert pdf.metadata.author == "The makers of this course"
        said = "\n".join(page.extract_text() for page in pdf.pages)
        assert "Who holds the thread" in said
        assert re.findall(FOREIGN, f"{said} {pdf.metadata}") == []


def _said(html: str) -> str:
    """Return what a page says: its words, the texts of its attributes, and no address or name of a file."""
    return re.sub(r'(?:href|src)="[^"]*"|<code>samspill[^<]*</code>', "", html)
