"""The handouts of a build: typeset where the store does not have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from samspill.disk.store import key
from samspill.making import tasks
from samspill.making.job import Job
from samspill.making.place import Printed
from samspill.making.steps import Later, Step
from samspill.making.workers import Task

if TYPE_CHECKING:
    from samspill.render.paper import Handout


@dataclass
class Printing:
    """The handouts of a build, and how many are to be made: said once that is known of all languages."""

    job: Job
    made: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)

    def step(self, language: str, slow: Step) -> Step:
        """Return the step that gives the handouts of a language, none where it gets none; it needs what is slow."""
        return Step(f"handouts {language}", lambda _: self._begin(language), (slow,))

    def _begin(self, language: str) -> Later:
        from samspill.render import paper  # noqa: PLC0415

        job, wanted, missing = self.job, list[Callable[[], Printed]](), list[Task]()
        if language not in job.with_handouts:
            return Later([], lambda _: ())
        stands = job.place.printed(language)
        for handout in paper.handouts(job.course, language):
            name, sheet = self._named(handout)
            there = stands.get(handout.path)
            if there is not None and there.name == name:
                wanted.append(lambda there=there: there)  # type: ignore[misc]
                continue
            wanted.append(partial(self._printed, handout, name))
            if job.store.found(name) is None:
                missing.append(Task(tasks.handout, (job.store, name, sheet or self._sheet(handout))))
        self._count(len(missing), len(wanted) - len(missing))
        return Later(missing, lambda _: tuple(each() for each in wanted))

    def _named(self, handout: Handout) -> tuple[str, str]:
        """Return the name of a handout in the store, and what stands on it when that had to be made."""
        made: list[str] = []

        def make() -> str:
            made.append(self._sheet(handout))
            return key(self.job.tool, made[0])

        found = self.job.traces.value(f"{handout.language}/{handout.path}", "", make)
        return f"handouts/{found}.pdf", made[0] if made else ""

    def _sheet(self, handout: Handout) -> str:
        from samspill.render import paper  # noqa: PLC0415

        return paper.inputs(self.job.traces.watch.course, handout, self.job.traces.tell)

    def _count(self, made: int, same: int) -> None:
        self.made.append(made)
        self.same.append(same)
        if len(self.made) == len(self.job.with_handouts) and any(self.made):
            self.job.say(f"Handouts: {sum(self.made)} to make, {sum(self.same)} unchanged")

    def _printed(self, handout: Handout, name: str) -> Printed:
        from samspill.reading.printed import HandoutInfo  # noqa: PLC0415
        from samspill.render import paper  # noqa: PLC0415

        data = self.job.store.found(name) or b""
        info = HandoutInfo(
            path=handout.path,
            kind=handout.kind,
            unit=handout.unit,
            part=handout.part,
            pages=paper.page_count(data),
            size=len(data),
        )
        return Printed(info, name)
