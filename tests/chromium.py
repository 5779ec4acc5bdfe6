"""Find a Chromium for the tests, or get one; `executable()` is what the tests use.

A browser of the system comes first; then Playwright's own download; then the
distribution's package, when it may be installed. Without any, this says what
to do; the tests in a browser are then left out, which the last line of the
tests says, but where CI runs this stops.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "no Chromium found; install one (Debian and Ubuntu: sudo apt-get install chromium; "
    "Fedora: sudo dnf install chromium; macOS: brew install --cask chromium), "
    "or name one: SAMSPILL_CHROMIUM=/path/to/chromium make test"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _downloaded() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def executable() -> str | None:
    """Return the path of a Chromium, or None when there is none."""
    chosen = os.environ.get("SAMSPILL_CHROMIUM")
    if chosen:
        return chosen if Path(chosen).exists() else None
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _downloaded()


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, timeout=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> int:
    """Make sure there is a Chromium; return the exit status."""
    if executable():
        return 0
    print("No Chromium on this system: trying Playwright's download", flush=True)
    if _run(sys.executable, "-m", "playwright", "install", "chromium") and executable():
        return 0
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Trying the distribution's package", flush=True)
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
        if _run("apt-get", "update", "-qq") and _run(*install) and executable():
            return 0
    print(f"Not tested: {MISSING}", file=sys.stderr)
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
