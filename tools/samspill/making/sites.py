"""The sites of a build, one for each language: its pages written, and built where the store does not have them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from samspill.artifact import Artifact, distinct
from samspill.disk.store import key
from samspill.disk.workspace import write
from samspill.making import tasks
from samspill.making.job import Job
from samspill.making.place import Made, Printed
from samspill.making.request import Say
from samspill.making.steps import Later, Step
from samspill.making.workers import Task
from samspill.reading.printed import HandoutInfo, Printables

if TYPE_CHECKING:
    from samspill.making.engine import Site
    from samspill.model import Course


def frame(course: Course, language: str, roots: Mapping[str, str]) -> Site:
    """Return what the engine needs to know of a language beside its pages: title, menu and words."""
    from samspill.making import engine  # noqa: PLC0415
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
    return engine.Site(
        language=language,
        title=context.course_title.split(":")[0],
        description=context.course_title,
        navigation=web.navigation(course, language),
        extra=web.settings(course, language, roots) | {"notebooks": metas},
    )


def fonts(job: Job) -> Step:
    """Return the step that gives the fonts of the sites, cut once for each state of the tool."""
    return Step("fonts", lambda: Later([Task(tasks.typefaces, (job.store, faces(job)))], lambda found: found[0]))


def faces(job: Job) -> str:
    """Return the name of the fonts in the store."""
    return f"fonts/{job.tool[:32]}.json"


@dataclass
class Told:
    """What is said of the sites: which are built, once that is known of all of them, and then which are done."""

    languages: Sequence[str]
    say: Say
    begun: set[str] = field(default_factory=set)
    anew: set[str] = field(default_factory=set)
    untold: list[str] = field(default_factory=list)

    @property
    def built(self) -> tuple[str, ...]:
        """The languages that are built anew."""
        return tuple(code for code in self.languages if code in self.anew)

    @property
    def reused(self) -> tuple[str, ...]:
        """The languages whose sites the store has."""
        return tuple(code for code in self.languages if code in self.begun - self.anew)

    def begin(self, language: str, *, anew: bool) -> None:
        """Note that a site is built anew or was there."""
        self.begun.add(language)
        if anew:
            self.anew.add(language)
        if len(self.begun) == len(self.languages) and self.anew:
            same = f"; {', '.join(self.reused)} unchanged" if self.reused else ""
            self.say(f"Site: building {', '.join(self.built)}{same}")
            self._tell()

    def done(self, language: str) -> None:
        """Note that a site is finished."""
        self.untold.append(language)
        if len(self.begun) == len(self.languages):
            self._tell()

    def _tell(self) -> None:
        for language in self.untold:
            self.say(f"Site: {language} done")
        self.untold.clear()


@dataclass(frozen=True)
class Sites:
    """The sites of a build, and what is said of them."""

    job: Job
    told: Told

    def step(self, language: str, handouts: Step, fonts: Step, notebooks: Sequence[Step]) -> Step:
        """Return the step that gives the finished site of a language.

        It needs the handouts of its language, since its pages say how many pages they have, and its notebooks.
        """
        return Step(f"site {language}", lambda *given: self._begin(language, *given), (handouts, fonts, *notebooks))

    def _begin(
        self,
        language: str,
        handouts: Sequence[Printed],
        fonts: Sequence[Artifact],
        *notebooks: Mapping[str, Sequence[Artifact]],
    ) -> Made | Later:
        from samspill.making import engine  # noqa: PLC0415

        job, roots = self.job, self.job.roots(language)
        written = Written(job, language, {each.info.path: each.info for each in handouts}, roots)
        files = written.files([artifact for each in notebooks for artifact in each[language]])
        chrome = frame(job.course, language, roots)
        framed = key(job.tool, str(chrome))
        name = f"sites/{language}-{key(framed, *(part for path in sorted(files) for part in (path, files[path])))}"
        made = Made(name, framed, files, {each.info.path: each for each in handouts})
        if job.place.stands(language) == made:
            self.told.begin(language, anew=False)
            return made
        # Written also when the site is in the store: whoever looks at the pages sees those of the site.
        pages = job.place.pages / language
        write((*written.artifacts(files), *fonts), pages)
        configuration = engine.write_configuration(chrome, job.request.root / "mkdocs.yml", pages)
        there = job.store.whole(name)
        self.told.begin(language, anew=there is None)
        if there is not None:
            return made
        notebook_pages = [path for path in files if path.endswith(".ipynb")]
        cleaned = tuple(f"{each.removesuffix('.ipynb')}/index.html" for each in notebook_pages)
        site = tasks.Site(language, configuration, job.place.work / f"site-{language}", name, cleaned)
        return Later([Task(tasks.site, (job.store, site))], lambda _: self._finished(language, made))

    def _finished(self, language: str, made: Made) -> Made:
        self.told.done(language)
        return made


@dataclass
class Written:
    """The pages of a language as they are written, each made anew where something has changed that it was made from."""

    job: Job
    language: str
    printables: Mapping[str, HandoutInfo]
    roots: Mapping[str, str]
    _data: dict[str, bytes] = field(default_factory=dict)
    _from: dict[str, Callable[[], Sequence[Artifact]]] = field(default_factory=dict)

    def files(self, more: Sequence[Artifact] = ()) -> dict[str, str]:
        """Return all files of the pages, pictures too, each with the key of its bytes. Raises as `distinct` does."""
        from samspill.render import web  # noqa: PLC0415

        traces, given = self.job.traces, json.dumps(dict(self.roots))
        asked = Printables(self.printables, traces.watch.note)
        found: list[Artifact] = []
        for file, make in web.plan(traces.watch.course, self.language, asked, self.roots, traces.tell).items():
            value = traces.value(f"{self.language}/{file}", given, partial(self._made, make), asked.says)
            for path, name in json.loads(value):
                found.append(Artifact(path, name.encode()))
                self._from[path] = make
        found += (Artifact(artifact.path, self._kept(artifact).encode()) for artifact in more)
        return {each.path: each.data.decode() for each in distinct(found)}

    def artifacts(self, files: Mapping[str, str]) -> list[Artifact]:
        """Return the files with their bytes."""
        return [Artifact(path, self._bytes(path, name)) for path, name in files.items()]

    def _made(self, make: Callable[[], Sequence[Artifact]]) -> str:
        return json.dumps([(artifact.path, self._kept(artifact)) for artifact in make()])

    def _kept(self, artifact: Artifact) -> str:
        name = key(artifact.data)
        self._data[name] = artifact.data
        self.job.store.put(f"pages/{name}", artifact.data)
        return name

    def _bytes(self, path: str, name: str) -> bytes:
        if name not in self._data and (data := self.job.store.found(f"pages/{name}")) is not None:
            self._data[name] = data
        if name not in self._data:
            # What the disk has lost is made again.
            self._made(self._from[path])
        return self._data[name]
