"""The processes that a build has work done in: they start with the course, and end with the build, whatever ends it."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samspill.model import Course

_course: Course | None = None


@dataclass(frozen=True, eq=False)
class Task:
    """Work for another process: a function of a module, and what it takes."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...] = ()


Submit = Callable[[Task], "Future[Any]"]


def adopted() -> Course:
    """Return the course that this worker was started for."""
    assert _course is not None
    return _course


@contextlib.contextmanager
def workers(course: Course, jobs: int, apart: Sequence[Task] = ()) -> Iterator[Submit]:
    """Give what has tasks done; when anything stops the build, its processes are stopped at once.

    `jobs` workers take them in the order they come. Those `apart`, which wait more than they work, hold no worker: they
    begin at once, in processes of their own, of which there are no more than `jobs` either.
    """
    context = multiprocessing.get_context(_start_method())
    # What is there now stays to the end: nobody looks through it for cycles, and the processes go on sharing it.
    gc.freeze()
    pool = ProcessPoolExecutor(jobs, context, initializer=_adopt, initargs=(course,))
    coming: dict[Task, Future[Any]] = {task: Future() for task in apart}
    try:
        with _unstopped():
            crews = [apart[at::jobs] for at in range(min(jobs, len(apart)))]
            beside = [_begin(context, crew) for crew in crews]
            # Starts them all: one that was started while we are stopped would be nobody's.
            pool.submit(os.getpid)
            # The last, since this process cannot be forked safely while it has other threads.
            for crew, (_, wire) in zip(crews, beside, strict=True):
                awaited = [coming[task] for task in crew]
                threading.Thread(target=_collect, args=(wire, awaited), daemon=True).start()
        yield lambda task: coming.get(task) or pool.submit(task.function, *task.arguments)
    except BaseException as error:
        # Killed, not asked: a process that runs a notebook has handlers of its own and would go on.
        for child in multiprocessing.active_children():
            child.kill()
        # A stop may have come while the pool held its locks: whoever waited for it might wait for ever.
        if isinstance(error, Exception):
            pool.shutdown(cancel_futures=True)
        raise
    else:
        pool.shutdown()
        for process, _ in beside:
            process.join()
    finally:
        gc.unfreeze()


# --- starting and ending -----------------------------------------------------------------------------------


def _start_method() -> str:
    """Return how to start workers: forked where that is safe, else fresh ones.

    Forked workers share the loaded course and every imported module with this process. But a library that has started
    threads here (the typesetter does, and some test runners) would wait for them for ever in a forked copy.
    """
    threads = Path("/proc/self/task")
    return "fork" if threads.is_dir() and len(list(threads.iterdir())) == 1 else "spawn"


@contextlib.contextmanager
def _unstopped() -> Iterator[None]:
    """Have whatever would stop this process wait, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _stops())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stops() -> list[signal.Signals]:
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _adopt(course: Course | None) -> None:
    global _course  # noqa: PLW0603 - a worker process holds the one course it was started for
    # Ctrl-C reaches the whole group; the parent decides and stops its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) != signal.SIG_IGN:  # as `nohup` leaves it
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _stops())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _course = course


def _end_with_parent() -> None:
    """End this worker when the process that started it has ended, whatever ended it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


# --- the processes beside them -----------------------------------------------------------------------------


def _begin(context: BaseContext, tasks: Sequence[Task]) -> tuple[BaseProcess, Connection]:
    """Start a process for some tasks; return it, and where it says what came of each."""
    ours, theirs = context.Pipe(duplex=False)
    process: BaseProcess = context.Process(target=_do, args=(tuple(tasks), theirs))  # type: ignore[attr-defined]
    process.start()
    # Only the process holds its end: when it is gone, we hear that.
    theirs.close()
    return process, ours


def _do(tasks: Sequence[Task], wire: Connection) -> None:
    _adopt(None)
    for task in tasks:
        found, error = _done(task)
        try:
            wire.send((found, error))
        except OSError:
            return  # nobody listens any more
        except Exception as unsent:
            wire.send((None, RuntimeError(f"{error or type(found)} cannot be passed on: {unsent}")))


def _done(task: Task) -> tuple[Any, Exception | None]:
    """Do a task; return what it gives, and what it raises, for whoever waits for it."""
    try:
        return task.function(*task.arguments), None
    except Exception as error:
        error.add_note(traceback.format_exc())
        return None, error


def _collect(wire: Connection, coming: Sequence[Future[Any]]) -> None:
    """Pass on what a process says; when it ends without a word, say that to whoever waits."""
    for future in coming:
        try:
            found, error = wire.recv()
        except (EOFError, OSError):
            found, error = None, BrokenProcessPool("a process beside the workers ended")
        except Exception as unread:
            found, error = None, unread
        if error is None:
            future.set_result(found)
        else:
            future.set_exception(error)
