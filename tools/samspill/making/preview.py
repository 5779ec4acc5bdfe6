"""The pages as they would be, for somebody who is writing: in a moment, and before anything is built.

A process of its own holds the course and everything that is loaded to make pages. Asked, it looks at the files, and
answers with the pages that are not as those of the site, made by the direct engine, or with what is wrong. It writes
nothing but what a check keeps of the files it has read: handouts, search and the site follow with the next build.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samspill import theme
from samspill.disk.store import key
from samspill.making.fingerprint import of_tool
from samspill.making.place import Place
from samspill.making.request import Request
from samspill.problem import ContentError, errors, printed


@dataclass(frozen=True)
class Look:
    """What a look at the course found: pages that differ from the site's, by path below it, or what is wrong."""

    pages: Mapping[str, bytes] = field(default_factory=dict)
    problems: str = ""


# --- the process that looks ----------------------------------------------------------------------------------


class Preview:
    """The course of a folder in some languages, all where there are none; every look says what differs now."""

    def __init__(self, root: Path, languages: tuple[str, ...] = ()) -> None:
        self.request = Request(root, languages)
        self.tool = of_tool(root)
        self._traces: Any = None
        self._data: dict[str, bytes] = {}

    def look(self) -> Look:
        """Look at the course as it is now; nothing differs where nothing was built before."""
        from samspill.making.build import checked  # noqa: PLC0415
        from samspill.making.job import roots  # noqa: PLC0415
        from samspill.making.traces import Traces  # noqa: PLC0415
        from samspill.reading.watched import Watch  # noqa: PLC0415

        try:
            course, _ = checked(self.request.root)
        except ContentError as error:
            return Look(problems=printed(errors(error.problems)))
        self._traces = (
            self._traces.after(Watch(course))
            if self._traces
            else Traces(self.request.store, self.tool, Watch(course))
        )
        place = Place(self.request, self.request.folder)
        pages: dict[str, bytes] = {}
        for language in self.request.languages or course.languages:
            if (built := place.recorded(language)) is not None and language in course.languages:
                pages |= self._pages(language, built, roots(self.request, course, language))
        return Look(pages)

    def _pages(self, language: str, built: Any, roots: Mapping[str, str]) -> dict[str, bytes]:
        from samspill.making.engines.direct import Direct  # noqa: PLC0415
        from samspill.making.written import Written, frame  # noqa: PLC0415

        traces = self._traces
        infos = {path: each.info for path, each in built.handouts.items()}
        written = Written(traces, self.request.store, language, infos, roots, self._data, put=False)
        files = written.files()
        framed = frame(traces.watch.course, language, roots)
        anew = key(self.tool, str(framed)) != built.frame
        wanted = {path: name for path, name in files.items() if anew or built.files.get(path) != name}
        engine = Direct(framed, *theme.folders(self.request.root)) if wanted else None
        found: dict[str, bytes] = {}
        for artifact in written.artifacts(wanted):
            assert engine is not None
            made = (artifact.path, artifact.data)
            path, data = engine.page(*made) if artifact.path.endswith(".md") else made
            found[f"{language}/{path}"] = data
        return found


def main(root: str, *languages: str) -> None:
    """Answer each line of standard input with one of what a look found, until it ends."""
    preview = Preview(Path(root), languages)
    # What a library prints is no answer.
    answers, sys.stdout = sys.stdout, sys.stderr
    for _ in sys.stdin:
        try:
            found = preview.look()
            pages = {path: base64.b64encode(data).decode() for path, data in found.pages.items()}
            answer = json.dumps({"pages": pages, "problems": found.problems})
        except Exception:  # as when a file goes while it is read; the build says what is wrong, if it still is
            answer = "null"
        print(answer, file=answers, flush=True)


# --- the process that asks -----------------------------------------------------------------------------------


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
