"""Looking at the course by a process that stays (`preview.py`): asked, and ended."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Look:
    """What a look at the course found: pages that differ from the site's, by path below it, or what is wrong."""

    pages: Mapping[str, bytes] = field(default_factory=dict)
    problems: str = ""


class Viewer:
    """Looks at the course by a process of its own, which is started when it is first asked and ends with this one."""

    def __init__(self, root: Path, languages: tuple[str, ...] = ()) -> None:
        self._command = [sys.executable, "-c", _PROGRAM, str(root), *languages]
        self._process: subprocess.Popen[str] | None = None
        self._asking = threading.Lock()

    def look(self) -> Look | None:
        """Return what a look at the course finds; None when nobody knows, or the process has ended in the middle."""
        with self._asking:
            process = self._process
            if process is None or process.poll() is not None:
                process = self._process = self._start()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write("look\n")
                process.stdin.flush()
                found = json.loads(process.stdout.readline())
            except (OSError, ValueError):
                process.kill()
                return None
        if found is None:
            return None
        pages = {path: base64.b64decode(data) for path, data in found["pages"].items()}
        return Look(pages, found["problems"])

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            # Ctrl-C comes to it by this process; it ends with its standard input, whatever ended us.
            start_new_session=True,
        )

    def end(self) -> None:
        """End the process, as when the tool has changed; who waits for it is told that nobody knows."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


_PROGRAM = "import sys; from samspill.making.preview import main; main(*sys.argv[1:])"
