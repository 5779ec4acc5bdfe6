"""The notebook pages of a build: run where the store does not have their results, in processes of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from samspill.artifact import Artifact
from samspill.disk.store import key
from samspill.making import tasks
from samspill.making.job import Job
from samspill.making.steps import Later, Step
from samspill.making.workers import Task


@dataclass(frozen=True)
class Notebook:
    """A notebook page: the names of its results in the store by language, its data, and the run of what is missing."""

    unit: str
    names: Mapping[str, str]
    data: Mapping[str, bytes]
    run: Task | None

    def step(self, job: Job) -> Step:
        """Return the step that gives the page of every language, run, with the data it uses."""
        tasks = [self.run] if self.run else []
        return Step(f"notebook {self.unit}", lambda: Later(tasks, lambda found: self._pages(job, found)))

    def _pages(self, job: Job, found: list[Mapping[str, bytes]]) -> dict[str, list[Artifact]]:
        for executed in found:
            for language, data in executed.items():
                job.store.put(self.names[language], data)
        more = [Artifact(f"{self.unit}/{name}", content) for name, content in self.data.items()]
        return {
            language: [Artifact(f"{self.unit}.ipynb", job.store.found(name) or b""), *more]
            for language, name in self.names.items()
        }


def notebooks(job: Job) -> list[Notebook]:
    """Return the notebook pages of a course, each with the run of the languages that are not in the store."""
    from samspill.reading.context import Context  # noqa: PLC0415
    from samspill.render.web.notebook import notebook_data, notebook_page, notebook_path  # noqa: PLC0415

    course, traces = job.traces.watch.course, job.traces
    found: list[Notebook] = []
    for unit, page in course.pages.items():
        if page.kind != "notebook":
            continue
        raw = course.assets[notebook_path(page)].data
        data = notebook_data(course, raw)
        names: dict[str, str] = {}
        waiting: dict[str, bytes] = {}
        for language in job.languages:
            if course.text("page", unit, language) is None:
                continue
            roots = job.roots(language)
            source = partial(notebook_page, Context(course, language), page, raw, roots)

            def named(source: Callable[[], bytes] = source, data: Mapping[str, bytes] = data) -> str:
                return key(job.tool, source(), *(part for name in sorted(data) for part in (name, data[name])))

            name = traces.value(f"{language}/{unit}.ipynb run", json.dumps(roots), named)
            names[language] = f"notebooks/{name}.ipynb"
            if job.store.found(names[language]) is None:
                waiting[language] = source()
        run = Task(tasks.notebook, (waiting, data, notebook_path(page), job.place.work)) if waiting else None
        if waiting:
            job.say(f"Notebook: running {unit}")
        found.append(Notebook(unit, names, data, run))
    return found
