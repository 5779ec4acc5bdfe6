"""The pages of a language as they are written, before an engine makes a site of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from samspill.artifact import Artifact, distinct
from samspill.disk.store import Store, key
from samspill.making.engines.protocol import Site
from samspill.making.traces import Traces
from samspill.reading.printed import HandoutInfo, Printables

if TYPE_CHECKING:
    from samspill.model import Course


def frame(course: Course, language: str, roots: Mapping[str, str]) -> Site:
    """Return what the engine needs to know of a language beside its pages: title, menu and words."""
    from samspill.reading.context import Context  # noqa: PLC0415
    from samspill.render import web  # noqa: PLC0415
    from samspill.render.web.notebook import notebook_meta  # noqa: PLC0415

    context = Context(course, language)
    # What other pages say in their front matter, which a notebook page has not.
    metas = {
        f"{unit}.ipynb": notebook_meta(context, page)
        for unit, page in course.pages.items()
        if page.kind == "notebook" and context.translated("page", unit)
    }
    return Site(
        language=language,
        title=context.course_title.split(":")[0],
        description=context.course_title,
        navigation=web.navigation(course, language),
        extra=web.settings(course, language, roots) | {"notebooks": metas},
    )


#: What the look of the course is called among its pages.
LOOK = "=look"


@dataclass
class Written:
    """The pages of a language as they are written, each made anew where something has changed that it was made from."""

    traces: Traces
    store: Store
    language: str
    printables: Mapping[str, HandoutInfo]
    roots: Mapping[str, str]
    #: What is known of them, by the key of their bytes.
    data: dict[str, bytes] = field(default_factory=dict)
    #: Whether they are put in the store.
    put: bool = True
    _from: dict[str, Callable[[], Sequence[Artifact]]] = field(default_factory=dict)

    def files(self, more: Sequence[Artifact] = ()) -> dict[str, str]:
        """Return all files of the pages, pictures too, each with the key of its bytes. Raises as `distinct` does."""
        from samspill.render import web  # noqa: PLC0415
        from samspill.render.web.look import artifacts  # noqa: PLC0415

        traces, given = self.traces, json.dumps(dict(self.roots))
        asked = Printables(self.printables, traces.watch.note)
        found: list[Artifact] = []
        for file, make in web.plan(traces.watch.course, self.language, asked, self.roots, traces.tell).items():
            value = traces.value(f"{self.language}/{file}", given, partial(self._made, make), asked.says)
            for path, name in json.loads(value):
                found.append(Artifact(path, name.encode()))
                self._from[path] = make
        look = traces.value(f"{self.language}/{LOOK}", "", partial(self._made, partial(artifacts, traces.watch.course)))
        for path, name in json.loads(look):
            found.append(Artifact(path, name.encode()))
            self._from[path] = partial(artifacts, traces.watch.course)
        found += (Artifact(artifact.path, self._kept(artifact).encode()) for artifact in more)
        return {each.path: each.data.decode() for each in distinct(found)}

    def artifacts(self, files: Mapping[str, str]) -> list[Artifact]:
        """Return the files with their bytes."""
        return [Artifact(path, self._bytes(path, name)) for path, name in files.items()]

    def _made(self, make: Callable[[], Sequence[Artifact]]) -> str:
        return json.dumps([(artifact.path, self._kept(artifact)) for artifact in make()])

    def _kept(self, artifact: Artifact) -> str:
        name = key(artifact.data)
        self.data[name] = artifact.data
        if self.put:
            self.store.put(f"pages/{name}", artifact.data)
        return name

    def _bytes(self, path: str, name: str) -> bytes:
        if name not in self.data and (data := self.store.found(f"pages/{name}")) is not None:
            self.data[name] = data
        if name not in self.data:
            # What the disk has lost is made again.
            self._made(self._from[path])
        return self.data[name]
