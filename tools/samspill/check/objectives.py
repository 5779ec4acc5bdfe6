"""Rules: what is promised is taught, practised and assessed."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place, rule
from samspill.model import ROLES, Course

DEEDS = {"teaches": "taught", "practises": "practised", "assesses": "assessed"}


@rule("O001")
def unserved(course: Course) -> Iterator[Finding]:
    """Every objective is taught, practised and assessed somewhere in the course.

    An objective that nobody practises is a wish; one that nobody assesses cannot be shown to be reached.
    """
    for index, objective in enumerate(course.objectives):
        served = {role for role, *_ in course.serving(objective)}
        lacking = [DEEDS[role] for role in ROLES if role not in served]
        if lacking:
            at = place(course, "course/objectives.yml", "objectives", index, "id")
            message = f'objective "{objective}" is never {" or ".join(lacking)}'
            yield *at, message, "let an activity, prompt or worksheet serve it, or take it out"


@rule("O002")
def without_objective(course: Course) -> Iterator[Finding]:
    """Every activity, prompt and worksheet serves an objective.

    What serves none is either not needed or not yet understood.
    """
    remedy = "give it teaches:, practises: or assesses:"
    for module in course.modules.values():
        path = course.structure_path("module", module.id)
        for index, activity in enumerate(module.activities):
            if not any(activity.serves()):
                yield *place(course, path, "activities", index), f'activity "{activity.id}" serves no objective', remedy
    for case in course.cases.values():
        path = course.structure_path("case", case.id)
        for index, prompt in enumerate(case.prompts):
            if not any(prompt.serves()):
                yield *place(course, path, "prompts", index), f'prompt "{prompt.id}" serves no objective', remedy
    for worksheet in course.worksheets.values():
        if not any(worksheet.serves()):
            path = course.structure_path("worksheet", worksheet.id)
            yield *place(course, path, "id"), f'worksheet "{worksheet.id}" serves no objective', remedy


@rule("O003")
def promise_broken(course: Course) -> Iterator[Finding]:
    """A unit serves each objective it lists, and a pathway teaches, practises and assesses each one it promises.

    What a pathway covers is computed from the parts its sessions use.
    """
    for module in course.modules.values():
        path = course.structure_path("module", module.id)
        served = {o for activity in module.activities for _, o in activity.serves()}
        for index, objective in enumerate(module.objectives):
            if objective in course.objectives and objective not in served:
                at = place(course, path, "objectives", index)
                yield *at, f'no activity serves objective "{objective}"', "let one serve it, or take it off the list"
    for case in course.cases.values():
        path = course.structure_path("case", case.id)
        served = {o for prompt in case.prompts for _, o in prompt.serves()}
        for index, objective in enumerate(case.objectives):
            if objective in course.objectives and objective not in served:
                at = place(course, path, "objectives", index)
                yield *at, f'no prompt serves objective "{objective}"', "let one serve it, or take it off the list"
    for pathway in course.pathways.values():
        path = course.structure_path("pathway", pathway.id)
        used = [course.used(item.use) for s in pathway.sessions for item in s.items if item.use]
        covered = {pair for part in used if part for pair in part.serves}
        for index, objective in enumerate(pathway.objectives):
            lacking = [DEEDS[role] for role in ROLES if (role, objective) not in covered]
            if objective in course.objectives and lacking:
                at = place(course, path, "objectives", index)
                message = f'objective "{objective}" is promised but not {" or ".join(lacking)} in its sessions'
                yield *at, message, "use a part that does, or do not promise it"
