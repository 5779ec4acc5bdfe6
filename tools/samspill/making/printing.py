"""The handouts of a build: typeset where the store does not have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from samspill.disk.store import key
from samspill.making import tasks
from samspill.making.job import Job
from samspill.making.place import Printed
from samspill.making.steps import Later, Step
from samspill.making.workers import Task


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

        job, wanted, missing = self.job, list[tuple[Any, str]](), list[Task]()
        if language not in job.with_handouts:
            return Later([], lambda _: ())
        for handout in paper.handouts(job.course, language):
            sheet = paper.inputs(job.course, handout)
            name = f"handouts/{key(job.tool, sheet)}.pdf"
            wanted.append((handout, name))
            if job.store.found(name) is None:
                missing.append(Task(tasks.handout, (job.store, name, sheet)))
        self._count(len(missing), len(wanted) - len(missing))
        return Later(missing, lambda _: tuple(self._printed(handout, name) for handout, name in wanted))

    def _count(self, made: int, same: int) -> None:
        self.made.append(made)
        self.same.append(same)
        if len(self.made) == len(self.job.with_handouts) and any(self.made):
            self.job.say(f"Handouts: {sum(self.made)} to make, {sum(self.same)} unchanged")

    def _printed(self, handout: Any, name: str) -> Printed:
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
