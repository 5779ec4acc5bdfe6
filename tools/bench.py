"""Measure the build beside plain MkDocs, in one run on one machine.

Medians of paired runs: each round runs ours and the peer one after the other, so that both meet the same machine. The
peer is one process that builds the same generated pages of all languages with the same configuration and nothing
else: no checks, no handouts, no search index. Peak memory is the largest resident set of any process of a run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEER = """
import logging, os, sys, time
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


def timed(command: list[str], cwd: Path) -> tuple[float, float]:
    """Run a command; return its seconds and its peak memory in MB. Raises when it fails."""
    report = Path(tempfile.mkstemp()[1])
    inner = (
        "import json,resource,subprocess,sys,time\n"
        "t=time.perf_counter()\n"
        "code=subprocess.run(sys.argv[2:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE).returncode\n"
        "s=time.perf_counter()-t\n"
        "m=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024\n"
        "open(sys.argv[1],'w').write(json.dumps([code,s,m]))"
    )
    subprocess.run([sys.executable, "-c", inner, str(report), *command], cwd=cwd, check=True)
    code, seconds, memory = json.loads(report.read_text())
    report.unlink()
    if code != 0:
        raise SystemExit(f"{' '.join(command)} failed with {code} in {cwd}")
    return seconds, memory


def ours(root: Path, *arguments: str) -> list[str]:
    """Return the command of ours in a course folder."""
    return [sys.executable, "-m", "samspill.cli", "--root", str(root), *arguments]


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
    shutil.copy(ROOT / "mkdocs.yml", target)
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


def change(root: Path, number: int) -> None:
    """Change one section of one language."""
    path = next((root / "cases").glob("each-waits/nb.md"))
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"(\n## [^\n]*\{#situation\}\n\n)(?:Runde \d+\. )?", rf"\g<1>Runde {number}. ", text, count=1), "utf-8"
    )


def measure(copies: int, rounds: int) -> list[tuple[str, list[tuple[float, float]]]]:
    """Measure one size of course; return a row per kind of run with its seconds and megabytes."""
    rows: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "course"
        root.mkdir()
        copy_course(root, copies)
        subprocess.run(ours(root, "build"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pages = [str(path) for path in sorted((root / "build" / "pages").glob("*.yml"))]
        kept = root / "kept"
        shutil.copytree(root / "build" / "pages", kept / "pages")
        pages = [str(path) for path in sorted((kept / "pages").glob("*.yml"))]
        for number in range(rounds):
            shutil.rmtree(root / "build")
            rows.setdefault("ours, cold: checks, 4 languages, handouts, search", []).append(
                timed(ours(root, "build"), root)
            )
            out = Path(name) / "peer"
            shutil.rmtree(out, ignore_errors=True)
            rows.setdefault("plain mkdocs build of the same pages, cold", []).append(
                timed([sys.executable, "-c", PEER, str(out), *pages], root)
            )
            rows.setdefault("ours, nothing changed", []).append(timed(ours(root, "build"), root))
            change(root, number)
            rows.setdefault("ours, one section of one language changed", []).append(timed(ours(root, "build"), root))
            rows.setdefault("ours, check only", []).append(timed(ours(root, "check"), root))
    return list(rows.items())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="paired runs for the shipped course (default: 3)")
    parser.add_argument(
        "--copies",
        type=int,
        nargs="*",
        default=[0, 9, 49],
        help="more copies of the four-language units (default: 0 9 49)",
    )
    options = parser.parse_args()
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    )
    for copies in options.copies:
        rounds = options.rounds if copies == 0 else 1
        more = f" and {copies} copies of its four-language units" if copies else ""
        print(f"\nthe shipped course{more} ({rounds} round{'s' if rounds > 1 else ''}, medians)")
        for name, runs in measure(copies, rounds):
            seconds = statistics.median(run[0] for run in runs)
            memory = max(run[1] for run in runs)
            print(f"  {seconds:8.2f} s  {memory:6.0f} MB  {name}", flush=True)


if __name__ == "__main__":
    main()
