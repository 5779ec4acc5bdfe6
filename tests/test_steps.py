"""A build as a graph: what is waited for is only what is needed, and what is stopped leaves no process."""

from __future__ import annotations

import gc
import multiprocessing
import operator
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from samspill.making.build import build
from samspill.making.request import Request
from samspill.making.sites import Told
from samspill.making.steps import Later, Step, run
from samspill.making.workers import Submit, Task, workers
from samspill.model import Course
from samspill.source import load
from test_build import project
from test_stopping import notebook

#: Starts workers.
pytestmark = pytest.mark.build


@pytest.fixture
def submit() -> Iterator[Submit]:
    """Two threads that do tasks."""
    with ThreadPoolExecutor(2) as pool:
        yield lambda task: pool.submit(task.function, *task.arguments)


def test_a_step_waits_for_what_it_needs_and_for_nothing_else(submit: Submit) -> None:
    begun = threading.Event()
    slow = Step("slow", lambda: Later([Task(begun.wait, (30,))], lambda found: found))
    quick = Step("quick", lambda: Later([Task(int, ("42",))], lambda found: found[0]))
    needing = Step("needing", lambda found: (begun.set(), found + 1)[1], (quick,))
    last = Step("last", lambda *found: found, (needing, slow, quick))
    # Were everything of one kind waited for, the slow one would wait for what comes after it.
    given = run([slow, quick, needing, last], submit)
    assert given[last] == (43, [True], 42)


def test_steps_begin_in_their_order_and_results_are_in_that_of_their_tasks(submit: Submit) -> None:
    order: list[str] = []
    first = threading.Event()

    def late() -> str:
        return "late" if first.wait(30) else "never"

    def early() -> str:
        first.set()
        return "early"

    def noted(name: str) -> Callable[..., str]:
        return lambda *_: order.append(name) or name  # type: ignore[func-returns-value]

    tasks = Step("tasks", lambda: Later([Task(late), Task(early)], tuple))
    none = Step("none", lambda: Later([], len))
    steps = [tasks, none, a := Step("a", noted("a")), Step("c", noted("c"), (a, a)), Step("b", noted("b"))]
    given = run(steps, submit)
    assert given[tasks] == ("late", "early")
    assert given[none] == 0
    assert order == ["a", "c", "b"]
    assert run([], submit) == {}


def test_what_fails_ends_the_run(submit: Submit) -> None:
    begun: list[str] = []
    bad = Step("bad", lambda: Later([Task(operator.truediv, (1, 0))], lambda found: found))
    after = Step("after", lambda _: begun.append("after"), (bad,))
    with pytest.raises(ZeroDivisionError):
        run([bad, after], submit)
    assert begun == []
    with pytest.raises(KeyError):
        run([after, bad], submit)


def test_what_is_built_is_said_before_what_is_done() -> None:
    said: list[str] = []
    told = Told(("en", "nb", "da"), said.append)
    told.begin("nb", anew=True)
    told.done("nb")
    told.begin("da", anew=False)
    assert said == []
    told.begin("en", anew=True)
    assert said == ["Site: building en, nb; da unchanged", "Site: nb done"]
    told.done("en")
    assert said[2:] == ["Site: en done"]
    assert (told.built, told.reused) == (("en", "nb"), ("da",))
    same = Told(("en",), said.append)
    same.begin("en", anew=False)
    assert (same.built, same.reused, len(said)) == ((), ("en",), 3)


# --- processes ---------------------------------------------------------------------------------------------


@pytest.fixture
def course(whole: Path) -> Course:
    """The whole small course, loaded."""
    found, _ = load(whole)
    assert found is not None
    return found


def gone() -> bool:
    """Wait until no process is left that was started here; tell whether that came."""
    for child in multiprocessing.active_children():
        child.join(20)
    return multiprocessing.active_children() == []


def test_what_is_apart_is_done_in_its_order_by_one_process(course: Course) -> None:
    apart = [Task(os.getpid), Task(operator.truediv, (1, 0)), Task(os.getpid), Task(os._exit, (9,)), Task(os.getpid)]
    with workers(course, 1, apart) as submit:
        beside = submit(apart[0]).result()
        with pytest.raises(ZeroDivisionError) as failed:
            submit(apart[1]).result()
        assert "in _done" in failed.value.__notes__[0]
        assert submit(apart[2]).result() == beside
        for task in apart[3:]:
            with pytest.raises(BrokenProcessPool):
                submit(task).result()
        numbers = {os.getpid(), beside, submit(Task(os.getpid)).result()}
    assert len(numbers) == 3
    assert gone()


def test_what_the_processes_share_is_not_looked_through_for_cycles(course: Course) -> None:
    """Looking would write to it, and each process would have its own."""
    with workers(course, 1):
        assert gc.get_freeze_count() > 10_000
    assert gc.get_freeze_count() == 0


class OddError(Exception):
    """An error that another process cannot make again."""

    def __init__(self) -> None:
        super().__init__("odd")


def odd() -> None:
    """Raise an odd error."""
    raise OddError


def test_what_cannot_be_passed_on_is_an_error_and_nobody_waits_for_ever(course: Course) -> None:
    apart = [Task(threading.Lock), Task(odd), Task(int, ("42",))]
    with workers(course, 1, apart) as submit:
        with pytest.raises(RuntimeError, match=r"lock.* cannot be passed on: "):
            submit(apart[0]).result(60)
        with pytest.raises(TypeError, match="OddError"):
            submit(apart[1]).result(60)
        assert submit(apart[2]).result(60) == 42
    assert gone()


def test_what_is_apart_is_done_by_as_many_processes_as_there_are_workers(course: Course) -> None:
    apart = [Task(os.getpid) for _ in range(5)]
    with workers(course, 2, apart) as submit:
        numbers = [submit(task).result() for task in apart]
    assert numbers == [numbers[0], numbers[1]] * 2 + numbers[:1]
    assert len({*numbers, os.getpid()}) == 3
    assert gone()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ZeroDivisionError])
def test_a_stop_ends_every_process(course: Course, stop: type[BaseException]) -> None:
    with pytest.raises(stop), workers(course, 2, [Task(time.sleep, (1000,))]) as submit:
        submit(Task(os.getpid)).result()
        submit(Task(time.sleep, (1000,)))
        assert len(multiprocessing.active_children()) >= 2
        raise stop
    assert gone()


#: Ends when a handout is made, which the only worker has to do meanwhile.
WAITING = """
import pathlib, time
while not list(pathlib.Path({handouts!r}).glob("*.pdf")):
    time.sleep(0.05)
print(6 * 7)
"""


@pytest.mark.build
def test_a_notebook_holds_no_worker(tmp_path: Path) -> None:
    root = project(tmp_path / "course")
    notebook(root, WAITING.format(handouts=str(root / "build" / "cache" / "handouts")))
    said: list[str] = []
    result = build(Request(root, languages=("nb",), jobs=1), said.append)
    assert "42" in (result.output / "nb" / "numbers" / "index.html").read_text("utf-8")
    assert [line for line in said if not line.startswith("Handouts: ")] == [
        "Reading and checking", "Notebook: running numbers", "References and maps: for the first time",
        "Site: building nb", "Site: nb done", "Putting it in place",
    ]  # fmt: skip
