"""A build as a graph: each step begins as soon as what it needs is there, and waits for nothing else.

A step begins here, in this process, and gives what it makes: at once, when it is quick or the store has it, or later,
when other processes have done its tasks. While they do, other steps begin.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from samspill.making.workers import Submit, Task


@dataclass(frozen=True, eq=False)
class Step:
    """Something to be made: what it needs, and how it is made from what those steps have given, in their order."""

    name: str
    make: Callable[..., Any]
    needs: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Later:
    """What a step gives when tasks have to be done first: `then` makes it of their results, in their order."""

    tasks: Sequence[Task]
    then: Callable[[list[Any]], Any]


@dataclass(eq=False)
class _Begun:
    """A step on its way: the results of its tasks so far, and how many are still missing."""

    step: Step
    then: Callable[[list[Any]], Any]
    found: list[Any]
    missing: int


@dataclass
class _Run:
    submit: Submit
    number: dict[Step, int]
    missing: dict[Step, int]
    needed: dict[Step, list[Step]]
    ready: list[int] = field(default_factory=list)
    given: dict[Step, Any] = field(default_factory=dict)
    came: SimpleQueue[tuple[_Begun, int, Future[Any]]] = field(default_factory=SimpleQueue)

    def begin(self, step: Step) -> None:
        """Make a step, or have its tasks done."""
        made = step.make(*(self.given[need] for need in step.needs))
        if not isinstance(made, Later):
            self.give(step, made)
        elif not made.tasks:
            self.give(step, made.then([]))
        else:
            begun = _Begun(step, made.then, [None] * len(made.tasks), len(made.tasks))
            for at, task in enumerate(made.tasks):
                self.submit(task).add_done_callback(
                    lambda future, at=at: self.came.put((begun, at, future))  # type: ignore[misc]
                )

    def take(self) -> None:
        """Take in the result of one task, when there is one; raises what the task raised."""
        begun, at, future = self.came.get()
        begun.found[at] = future.result()
        begun.missing -= 1
        if not begun.missing:
            self.give(begun.step, begun.then(begun.found))

    def give(self, step: Step, value: Any) -> None:
        """Pass on what a step has made."""
        self.given[step] = value
        for other in self.needed[step]:
            self.missing[other] -= 1
            if not self.missing[other]:
                heapq.heappush(self.ready, self.number[other])


def run(steps: Sequence[Step], submit: Submit) -> dict[Step, Any]:
    """Make all steps and return what each has given; raises what the first that fails raises.

    Of those that could begin, the first in the list does. Each step stands behind those it needs.
    """
    needed: dict[Step, list[Step]] = {}
    for step in steps:
        for need in step.needs:
            needed[need].append(step)
        needed[step] = []
    going = _Run(
        submit, {step: at for at, step in enumerate(steps)}, {step: len(step.needs) for step in steps}, needed
    )
    going.ready = [at for at, step in enumerate(steps) if not step.needs]
    while len(going.given) < len(steps):
        # What has come may let a step begin that stands further up.
        if not going.ready or not going.came.empty():
            going.take()
        else:
            going.begin(steps[heapq.heappop(going.ready)])
    return going.given
