"""The whole job: load, check, render, write; in parallel, remembered and swapped in at the end.

Everything is made below `build/`: `cache/` is the store of finished handouts, executed notebooks and finished language
sites; `pages/` what an engine was given by the last build; `site/` what people look at. A build that fails or is
interrupted leaves `site/` as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from samspill.disk.drafts import clear_drafts
from samspill.disk.workspace import lock, make_folder, require_folder, sweep, workspace
from samspill.making.request import Request, Result, Say
from samspill.making.stamp import Stamp
from samspill.problem import ContentError, Problem, UsageError, errors, unfinished

if TYPE_CHECKING:
    from samspill.check.memory import Memory
    from samspill.model import Course
    from samspill.source.shelf import Shelf


def build(request: Request, say: Say = lambda text: None) -> Result:
    """Build a course and return what was done.

    Raises `ContentError` with every problem when the content has errors, `UsageError` when the output folder cannot
    be written. In both cases, and when interrupted, what was built before stays as it was.
    """
    with holding(request.folder):
        clear_drafts(request.root)
        return build_held(request, say)


def build_held(request: Request, say: Say) -> Result:
    """Build a course in a folder that is held already; otherwise as `build`."""
    stamp = Stamp.of(request)
    if result := stamp.unchanged():
        return result
    # What makes anything is loaded only when there is something to make.
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    from samspill.making.make import make  # noqa: PLC0415
    from samspill.making.place import Place  # noqa: PLC0415

    with workspace(request.folder) as work:
        place = Place(request, work)
        try:
            result = make(request, stamp.tool, place, say)
        except BrokenProcessPool as error:
            raise UsageError(
                "a worker process was stopped from outside, perhaps for want of memory; nothing was changed "
                "(close other programs, or build with --jobs 1)"
            ) from error
        stamp.record(result, place.listings)
        return result


@contextlib.contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold the build folder, clear of what an earlier build left, and say in words what the disk refuses.

    Raises `UsageError` when another build holds it, or when it cannot be written.
    """
    require_folder(folder)
    try:
        make_folder(folder)
        with lock(folder):
            sweep(folder)
            yield
    except OSError as error:
        raise UsageError(_disk_words(error, folder)) from error


def _disk_words(error: OSError, folder: Path) -> str:
    where = error.filename or folder
    return (
        f"cannot write {where}: {error.strerror or error}; nothing was changed "
        "(free some space or mend the permissions, then build again)"
    )


def checked(
    root: Path, *, finished: bool = False, shelf: Shelf | None = None, memory: Memory | None = None
) -> tuple[Course, list[Problem]]:
    """Load and check a course and return it, completed for readers, with what is unfinished and its notes.

    A program that does so again and again brings its `shelf` and its `memory`. Raises `ContentError` when there are
    errors; where it has to be `finished`, also when something is not.
    """
    from samspill.check import check  # noqa: PLC0415
    from samspill.check.memory import Memory  # noqa: PLC0415
    from samspill.reading.completed import completed  # noqa: PLC0415
    from samspill.source import load  # noqa: PLC0415

    course, problems = load(root, shelf)
    if course is not None:
        memory = memory or Memory(root)
        problems = sorted({*problems, *check(course, problems, memory)})
        memory.put_back()
    bad = errors(problems) + (unfinished(problems) if finished else [])
    if course is None or bad:
        raise ContentError(bad)
    return completed(course), problems
