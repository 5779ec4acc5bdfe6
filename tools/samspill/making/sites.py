"""The sites of a build, one for each language: its pages written, and built where the store does not have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from samspill import theme
from samspill.artifact import Artifact
from samspill.disk.store import key
from samspill.disk.workspace import write
from samspill.making import tasks
from samspill.making.engines.protocol import Source
from samspill.making.job import Job
from samspill.making.place import THEME, Made, Printed
from samspill.making.request import Say
from samspill.making.steps import Later, Step
from samspill.making.workers import Task
from samspill.making.written import Written, frame


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
        from samspill.making.engines.mkdocs import write_configuration  # noqa: PLC0415


        job, roots = self.job, self.job.roots(language)
        infos = {each.info.path: each.info for each in handouts}
        written = Written(job.traces, job.store, language, infos, roots)
        files = written.files([artifact for each in notebooks for artifact in each[language]])
        chrome = frame(job.course, language, roots)
        framed = key(job.look, str(chrome))
        name = f"sites/{language}-{key(framed, *(part for path in sorted(files) for part in (path, files[path])))}"
        made = Made(name, framed, files, {each.info.path: each for each in handouts})
        if job.place.stands(language) == made:
            self.told.begin(language, anew=False)
            return made
        # Written also when the site is in the store: whoever looks at the pages sees those of the site.
        pages = job.place.pages / language
        write((*written.artifacts(files), *fonts), pages)
        more = theme.configuration(job.request.root)
        source = Source(chrome, pages, job.place.pages / THEME, theme.base_configuration(), more)
        # Whichever engine is chosen: so the pages can be built by hand.
        write_configuration(source)
        there = job.store.whole(name)
        self.told.begin(language, anew=there is None)
        if there is not None:
            return made
        site = tasks.Site(job.engine, source, job.place.work / f"site-{language}", name)
        last = job.place.recorded(language)
        if last is not None and last.frame == framed and last.files.keys() == files.keys():
            changed = {path: name for path, name in files.items() if last.files[path] != name}
            # A notebook is more than its page.
            if not any(path.endswith(".ipynb") for path in changed):
                anew = {each.path: each.data for each in written.artifacts(changed)}
                site = replace(site, like=last.name, pages=anew)
        return Later([Task(tasks.site, (job.store, site))], lambda _: self._finished(language, made))

    def _finished(self, language: str, made: Made) -> Made:
        self.told.done(language)
        return made
