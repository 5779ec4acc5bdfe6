"""A unit serves each objective it lists, and a pathway teaches, practises and assesses each one it promises.

What a pathway covers is computed from the parts its sessions use.

Given, in course/pathways/short/pathway.yml:

    objectives: [see-waiting]

Right, in course/pathways/short/pathway.yml:

    sessions:
      - id: one
        minutes: 30
        items:
          - {use: waiting#reading} # teaches see-waiting
          - {use: waiting#check} # assesses it
          - {use: log} # practises it

Wrong, in course/pathways/short/pathway.yml:

    sessions:
      - id: one
        minutes: 30
        items:
          - {use: waiting#reading} # teaches see-waiting
          - {use: log} # practises it
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.deeds import DEEDS
from samspill.check.rule import Finding, place
from samspill.model import ROLES, Course

CODE = "O003"


def find(course: Course) -> Iterator[Finding]:
    """Yield each objective that a unit lists and does not serve."""
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
