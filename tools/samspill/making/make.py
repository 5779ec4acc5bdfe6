"""Everything a build makes: checked, written, printed, put in place, and remembered for the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samspill import theme
from samspill.artifact import Artifact
from samspill.disk.workspace import write
from samspill.making.build import checked
from samspill.making.engines.protocol import EngineError
from samspill.making.job import Job
from samspill.making.notebooks import notebooks
from samspill.making.place import THEME, Made, Place, Printed
from samspill.making.printing import Printing
from samspill.making.recall import recall, remember
from samspill.making.request import Request, Result, Say
from samspill.making.settings import settings
from samspill.making.sites import Sites, Told, faces, fonts
from samspill.making.steps import run
from samspill.making.traces import Traces
from samspill.making.workers import workers
from samspill.model import Course
from samspill.problem import UsageError, notes, unfinished
from samspill.reading.watched import Watch


def make(request: Request, tool: str, place: Place, say: Say) -> Result:
    """Make everything and put it in place; `tool` is the hash of what does. Raises as `build`."""
    say("Reading and checking")
    course, problems = checked(request.root)
    unknown = [code for code in request.languages if code not in course.languages]
    if unknown:
        raise UsageError(f"the course has no language {', '.join(unknown)}: choose from {', '.join(course.languages)}")
    engine = settings(request.root).engine
    # What is wrong with these is said before anything is made.
    theme.check_templates(request.root)
    settled = theme.configuration(request.root)
    traces = Traces(request.store, tool, Watch(course))
    languages = _languages(request, place, course)
    job = Job(request, tool, place, say, course, languages, traces, engine, theme.files(request.root))
    left = len(notes(problems)), len(unfinished(problems))
    try:
        made = _handouts(job, left) if request.only == "handouts" else _sites(job, left)
    except EngineError as error:
        own = [theme.FOLDER + "/"] * (len(theme.folders(request.root)) > 1)
        own += [theme.SETTINGS] * bool(settled)
        if not own:
            raise
        raise UsageError(f"the site cannot be made with {' and '.join(own)} of this course: {error}") from error
    remember(job)
    traces.keep(whole=request.only is None and not request.languages)
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
    _load()
    with workers(job.course, job.request.jobs) as submit:
        given = run([*slow.values(), *steps.values()], submit)
    printed = {code: given[step] for code, step in steps.items()}
    output = job.place.put_handouts(printed)
    return Result(output, 0, _keep(job, printed), job.languages, (), *left)


def _load() -> None:
    """Load what this process needs in any case before others are made of it, which then need not."""
    from samspill.making.engines import direct  # noqa: F401, PLC0415
    from samspill.render import paper, web  # noqa: F401, PLC0415


def _sites(job: Job, left: tuple[int, int]) -> Result:
    """Make the sites with what they hold; `left` is as in `_handouts`."""
    found = notebooks(job)
    runs = {each.unit: each.step(job) for each in found}
    told = Told(job.languages, job.say)
    slow, printing, sites, cut = recall(job), Printing(job), Sites(job, told), fonts(job)
    handouts = {code: printing.step(code, slow[code]) for code in job.languages}
    # Whoever builds the pages by hand has the theme beside them, whichever sites are made anew.
    write((Artifact(name, data) for name, data in job.theme.items()), job.place.pages / THEME)
    steps = {
        code: sites.step(code, handouts[code], cut, [runs[each.unit] for each in found if code in each.names])
        for code in job.languages
    }
    _load()
    with workers(job.course, job.request.jobs, [each.run for each in found if each.run]) as submit:
        given = run([*runs.values(), cut, *slow.values(), *handouts.values(), *steps.values()], submit)
    printed = {code: given[step] for code, step in handouts.items()}
    finished: dict[str, Made] = {code: given[step] for code, step in steps.items()}
    job.say("Putting it in place")
    output = job.place.put_sites(job.course, finished)
    pages = sum(1 for code in finished for _ in (output / code).rglob("*.html"))
    job.store.keep("notebooks", {name for each in found for name in each.names.values()})
    job.store.keep("fonts", {faces(job)})
    job.store.keep("sites", {made.name for made in finished.values()})
    job.store.keep("pages", {f"pages/{name}" for made in finished.values() for name in made.files.values()})
    return Result(output, pages, _keep(job, printed), told.built, told.reused, *left)


def _keep(job: Job, printed: Mapping[str, Sequence[Printed]]) -> int:
    """Keep the handouts that were used, and return how many they are.

    Of a build of one language or without handouts others stay, about as many as the whole course has.
    """
    names = [each.name for handouts in printed.values() for each in handouts]
    if names:
        job.store.keep("handouts", set(names), len(names) * len(job.course.languages))
    return len(names)
