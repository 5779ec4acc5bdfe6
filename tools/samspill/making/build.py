"""The whole job: load, check, render, write; in parallel, remembered and swapped in at the end.

Everything is made below `build/`: `cache/` is the store of finished handouts, executed notebooks and finished language
sites; `pages/` the Markdown of the last build; `site/` what people look at. A build that fails or is interrupted leaves
`site/` as it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from samspill.disk.drafts import clear_drafts
from samspill.disk.workspace import lock, make_folder, require_folder, sweep, workspace
from samspill.making.job import Job
from samspill.making.notebooks import notebooks
from samspill.making.place import Place, Printed
from samspill.making.printing import Printing
from samspill.making.recall import recall, remember
from samspill.making.request import Request, Result, Say
from samspill.making.sites import Sites, Told, faces, fonts
from samspill.making.stamp import Stamp
from samspill.making.steps import run
from samspill.making.workers import workers
from samspill.problem import ContentError, Problem, UsageError, errors, notes, unfinished

if TYPE_CHECKING:
    from samspill.model import Course


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
    with workspace(request.folder) as work:
        result = _made(request, stamp.tool, Place(request, work), say)
        stamp.record(result)
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
    except BrokenProcessPool as error:
        raise UsageError(
            "a worker process was stopped from outside, perhaps for want of memory; nothing was changed "
            "(close other programs, or build with --jobs 1)"
        ) from error


def _disk_words(error: OSError, folder: Path) -> str:
    where = error.filename or folder
    return (
        f"cannot write {where}: {error.strerror or error}; nothing was changed "
        "(free some space or mend the permissions, then build again)"
    )


def checked(root: Path, *, finished: bool = False) -> tuple[Course, list[Problem]]:
    """Load and check a course and return it, completed for readers, with what is unfinished and its notes.

    Raises `ContentError` when there are errors; where it has to be `finished`, also when something is not.
    """
    from samspill.check import check  # noqa: PLC0415
    from samspill.reading.completed import completed  # noqa: PLC0415
    from samspill.source import load  # noqa: PLC0415

    course, problems = load(root)
    if course is not None:
        problems = sorted({*problems, *check(course, problems)})
    bad = errors(problems) + (unfinished(problems) if finished else [])
    if course is None or bad:
        raise ContentError(bad)
    return completed(course), problems


def _made(request: Request, tool: str, place: Place, say: Say) -> Result:
    """Make everything and put it in place."""
    say("Reading and checking")
    course, problems = checked(request.root)
    unknown = [code for code in request.languages if code not in course.languages]
    if unknown:
        raise UsageError(f"the course has no language {', '.join(unknown)}: choose from {', '.join(course.languages)}")
    job = Job(request, tool, place, say, course, _languages(request, place, course))
    left = len(notes(problems)), len(unfinished(problems))
    made = _handouts(job, left) if request.only == "handouts" else _sites(job, left)
    remember(job)
    return made


def _languages(request: Request, place: Place, course: Course) -> tuple[str, ...]:
    """Return the languages to build: those asked for, and those in the site that are not as they were built."""
    if not request.languages or request.only == "handouts":
        return request.languages or course.languages
    changed = place.changed(course.languages)
    return tuple(code for code in course.languages if code in request.languages or code in changed)


def _handouts(job: Job, left: tuple[int, int]) -> Result:
    """Make the handouts alone; `left` is how many notes and unfinished places the course has."""
    slow, printing = recall(job), Printing(job)
    steps = {code: printing.step(code, slow[code]) for code in job.languages}
    with workers(job.course, job.request.jobs) as submit:
        given = run([*slow.values(), *steps.values()], submit)
    printed = {code: given[step] for code, step in steps.items()}
    output = job.place.put_handouts(printed)
    return Result(output, 0, _keep(job, printed), job.languages, (), *left)


def _sites(job: Job, left: tuple[int, int]) -> Result:
    """Make the sites with what they hold; `left` is as in `_handouts`."""
    found = notebooks(job)
    runs = {each.unit: each.step(job) for each in found}
    told = Told(job.languages, job.say)
    slow, printing, sites, cut = recall(job), Printing(job), Sites(job, told), fonts(job)
    handouts = {code: printing.step(code, slow[code]) for code in job.languages}
    steps = {
        code: sites.step(code, handouts[code], cut, [runs[each.unit] for each in found if code in each.names])
        for code in job.languages
    }
    with workers(job.course, job.request.jobs, [each.run for each in found if each.run]) as submit:
        given = run([*runs.values(), cut, *slow.values(), *handouts.values(), *steps.values()], submit)
    printed = {code: given[step] for code, step in handouts.items()}
    finished: dict[str, Path] = {code: given[step] for code, step in steps.items()}
    job.say("Putting it in place")
    output = job.place.put_sites(job.course, finished, printed)
    pages = sum(1 for path in finished.values() for _ in path.rglob("*.html"))
    job.store.keep("notebooks", {name for each in found for name in each.names.values()})
    job.store.keep("fonts", {faces(job)})
    job.store.keep("sites", {f"sites/{path.name}" for path in finished.values()})
    return Result(output, pages, _keep(job, printed), told.built, told.reused, *left)


def _keep(job: Job, printed: Mapping[str, Sequence[Printed]]) -> int:
    """Keep the handouts that were used, and return how many they are.

    Of a build of one language or without handouts others stay, about as many as the whole course has.
    """
    names = [each.name for handouts in printed.values() for each in handouts]
    if names:
        job.store.keep("handouts", set(names), len(names) * len(job.course.languages))
    return len(names)
