"""Ties, stages and role cards name actors of the case, and every actor has a service or a name.

`person` is always an end point, and a tie has two. An actor's service stands in the settings of the country the
case is set in.

Given, in cases/two-doors/case.yml:

    actors:
      - {id: doctor, service: gp}
      - {id: centre, service: psychiatric-centre}

Right, in cases/two-doors/case.yml:

    ties:
      - {from: doctor, to: centre, kind: referral, state: missing}

Wrong, in cases/two-doors/case.yml:

    ties:
      - {from: doctor, to: clinic, kind: referral, state: missing}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course

CODE = "R005"


def find(course: Course) -> Iterator[Finding]:
    """Yield each name of an actor, a service, a name or a stage that is not there."""
    for case in course.cases.values():
        path = course.structure_path("case", case.id)
        known = {actor.id for actor in case.actors} | {"person"}
        mentioned: list[tuple[tuple[str | int, ...], str]] = []
        for index, tie in enumerate(case.ties):
            mentioned += [(("ties", index, "from"), tie.source), (("ties", index, "to"), tie.target)]
            if tie.source == tie.target:
                at = place(course, path, "ties", index, "to")
                yield *at, f'a tie leads from "{tie.source}" to itself', "name another actor, or person"
        for index, stage in enumerate(case.stages):
            mentioned += [(("stages", index, "actors", n), actor) for n, actor in enumerate(stage.actors)]
        mentioned += [(("roles", index), role) for index, role in enumerate(case.roles)]
        for keys, actor in mentioned:
            if actor not in known:
                at = place(course, path, *keys)
                yield *at, f'actor "{actor}" is unknown', "add it to actors:, or mend the id"
        setting = course.settings.get(case.setting)  # of a country that is unknown, R006 says so
        for index, entry in enumerate(case.actors):
            at = place(course, path, "actors", index)
            if (entry.service is None) == (entry.name is None):
                yield *at, f'actor "{entry.id}" needs a service or a name', "give it service: or name:, not both"
            elif entry.service and setting is not None and setting.service(entry.service) is None:
                at = place(course, path, "actors", index, "service")
                remedy = f"add it to course/settings/{case.setting}.yml, or mend the id"
                yield *at, f'service "{entry.service}" is unknown', remedy
            elif entry.name and entry.name not in case.names:
                at = place(course, path, "actors", index, "name")
                yield *at, f'name "{entry.name}" is unknown', "add it to names:, or mend the key"
        if "person" not in case.names:
            yield *place(course, path, "names"), 'names: has no "person"', "add person: {name: …, age: …}"
        for index, prompt in enumerate(case.prompts):
            if case.stage(prompt.stage) is None:
                at = place(course, path, "prompts", index, "stage")
                yield *at, f'stage "{prompt.stage}" is unknown', "name one of the case's stages"
