"""The pages as they would be, for somebody who is writing: in a moment, and before anything is built.

A process of its own holds the course and everything that is loaded to make pages. Asked, it looks at the files, and
answers with the pages that are not as those of the site, made by the direct engine, or with what is wrong. It writes
nothing but what a check keeps of the files it has read: handouts, search and the site follow with the next build.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from samspill import theme
from samspill.check.memory import Memory
from samspill.disk.store import key
from samspill.making.build import checked
from samspill.making.engines.direct import Direct
from samspill.making.fingerprint import of_tool
from samspill.making.job import look, roots
from samspill.making.place import Made, Place
from samspill.making.request import Request
from samspill.making.traces import Traces
from samspill.making.viewer import Look
from samspill.making.written import Written, frame
from samspill.problem import ContentError, errors, printed
from samspill.reading.watched import Watch
from samspill.source.shelf import Shelf


class Preview:
    """The course of a folder in some languages, all where there are none; every look says what differs now."""

    def __init__(self, root: Path, languages: tuple[str, ...] = ()) -> None:
        self.request = Request(root, languages)
        self.tool = of_tool(root)
        self._shelf, self._memory = Shelf(root), Memory(root)
        self._traces: Traces | None = None
        self._data: dict[str, bytes] = {}

    def look(self) -> Look:
        """Look at the course as it is now; nothing differs where nothing was built before."""
        try:
            course, _ = checked(self.request.root, shelf=self._shelf, memory=self._memory)
        except ContentError as error:
            return Look(problems=printed(errors(error.problems)))
        watch, last = Watch(course), self._traces
        traces = self._traces = last.after(watch) if last else Traces(self.request.store, self.tool, watch)
        place = Place(self.request, self.request.folder)
        pages: dict[str, bytes] = {}
        for language in self.request.languages or course.languages:
            if (built := place.recorded(language)) is not None and language in course.languages:
                pages |= self._pages(traces, language, built, roots(self.request, course, language))
        return Look(pages)

    def _pages(self, traces: Traces, language: str, built: Made, roots: Mapping[str, str]) -> dict[str, bytes]:
        infos = {path: each.info for path, each in built.handouts.items()}
        written = Written(traces, self.request.store, language, infos, roots, self._data, put=False)
        files = written.files()
        framed = frame(traces.watch.course, language, roots)
        anew = key(look(self.tool, theme.files(self.request.root)), str(framed)) != built.frame
        wanted = {
            path: name
            for path, name in files.items()
            if built.files.get(path) != name or (anew and path.endswith(".md"))
        }
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
