"""References and maps: found out slowly the first time, by all workers at once, and remembered."""

from __future__ import annotations

from collections.abc import Mapping

from samspill.making import tasks
from samspill.making.job import Job
from samspill.making.steps import Later, Step
from samspill.making.workers import Task
from samspill.reading import memory


def _name(job: Job) -> str:
    return f"memory/{job.tool[:32]}.json"


def recall(job: Job) -> dict[str, Step]:
    """Bring back what the last build found out; return the steps that find out the rest, by language."""
    known = job.store.table(_name(job), job.tool)
    if known is None:
        job.say("References and maps: for the first time")
    else:
        memory.bring(known)

    def step(language: str) -> Step:
        return Step(f"references and maps {language}", lambda: _slow(job, language) if known is None else None)

    return {language: step(language) for language in job.languages}


def _slow(job: Job, language: str) -> Later:
    told = [case for case in job.course.cases if job.course.text("case", case, language)]
    maps = [Task(tasks.case_map, (case, language)) for case in told]
    return Later([Task(tasks.references, (language,)), *maps], _bring)


def _bring(found: list[Mapping[str, str]]) -> None:
    for entries in found:
        memory.bring(entries)


def remember(job: Job) -> None:
    """Keep for the next build what this one has asked for, and what it would have asked for what it made not anew."""
    job.store.put_table(_name(job), job.tool, memory.asked() if job.traces.anew else memory.known())
    job.store.keep("memory", {_name(job)})
