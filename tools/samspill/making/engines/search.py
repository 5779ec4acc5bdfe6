"""The search index of a site that is built, made with Pagefind, which knows Nordic word forms."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from samspill.making.engines.protocol import EngineError
from samspill.problem import UsageError

#: What stops a program that writes a file longer than is allowed, where there is such a limit.
_FILE_TOO_BIG = getattr(signal, "SIGXFSZ", 0)


def index(target: Path, language: str) -> None:
    """Make the search index of a built site.

    Raises `EngineError` when the indexer fails, `OSError` when it could not write, `UsageError` when somebody or the
    system stopped it.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(target), "--force-language", language, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip() or done.stdout.strip()
        refused = re.search(r"\(os error ([0-9]+)\)", said)
        number = int(refused[1]) if refused else errno.EFBIG if done.returncode == -_FILE_TOO_BIG else 0
        if number:
            raise OSError(number, os.strerror(number), str(target / "pagefind"))
        if done.returncode < 0:
            raise UsageError(
                f"the program that makes the search index was stopped from outside (signal {-done.returncode}), "
                "perhaps for want of memory; nothing was changed (close other programs, or build with --jobs 1)"
            )
        raise EngineError(f"the search index failed with status {done.returncode}: {said or 'it said nothing'}")
    # The indexer brings interfaces of its own; ours is a dialog in the theme.
    for extra in (target / "pagefind").glob("pagefind-*ui*"):
        extra.unlink()
