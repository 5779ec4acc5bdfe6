"""The sites of a build, one for each language: its pages written, and built where the store does not have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from samspill.artifact import Artifact, distinct
from samspill.disk.store import key
from samspill.disk.workspace import write
from samspill.making import tasks
from samspill.making.job import Job
from samspill.making.place import Printed
from samspill.making.request import Say
from samspill.making.steps import Later, Step
from samspill.making.workers import Task

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
    """Return the step that gives the fonts of the sites and how they look, made once for each tool and look."""
    return Step("fonts", lambda: Later([Task(tasks.typefaces, (job.store, faces(job)))], lambda found: found[0]))


def faces(job: Job) -> str:
    """Return the name of the fonts in the store."""
    from samspill.render.web.look import digest  # noqa: PLC0415

    return f"fonts/{job.tool[:32]}{digest(job.course)}.json"


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
        """Return the step that gives where the finished site of a language is.

        It needs the handouts of its language, since its pages say how many pages they have, and its notebooks.
        """
        return Step(f"site {language}", lambda *given: self._begin(language, *given), (handouts, fonts, *notebooks))

    def _begin(
        self,
        language: str,
        handouts: Sequence[Printed],
        fonts: Sequence[Artifact],
        *notebooks: Mapping[str, Sequence[Artifact]],
    ) -> Path | Later:
        from samspill.making import engine  # noqa: PLC0415
        from samspill.render import web  # noqa: PLC0415

        job, roots = self.job, self.job.roots(language)
        executed = [artifact for each in notebooks for artifact in each[language]]
        table = {each.info.path: each.info for each in handouts}
        artifacts = distinct((*web.pages(job.course, language, table, roots), *executed))
        chrome = frame(job.course, language, roots)
        parts = (part for each in sorted(artifacts, key=lambda each: each.path) for part in (each.path, each.data))
        name = f"sites/{language}-{key(job.tool, str(chrome), *parts)}"
        # Written also when the site is there already: whoever looks at them sees what was built last.
        pages = job.place.pages / language
        write((*artifacts, *fonts), pages)
        configuration = engine.write_configuration(chrome, job.request.root, pages)
        there = job.store.whole(name)
        self.told.begin(language, anew=there is None)
        if there is not None:
            return there
        notebook_pages = [artifact.path for artifact in executed if artifact.path.endswith(".ipynb")]
        cleaned = tuple(f"{each.removesuffix('.ipynb')}/index.html" for each in notebook_pages)
        site = tasks.Site(language, configuration, job.place.work / f"site-{language}", name, cleaned)
        return Later([Task(tasks.site, (job.store, site))], lambda _: self._finished(language, name))

    def _finished(self, language: str, name: str) -> Path:
        self.told.done(language)
        return self.job.store.folder / name
