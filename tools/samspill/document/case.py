"""The parts of a case: stages with their questions, the map, the outcome, role cards and the guide."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.document.links import serving
from samspill.document.parts import Card, Cards, Map, Part, Prompt, Stage, State, Tie, Where
from samspill.document.passage import capital, notes, passage
from samspill.document.prose import body, said, words
from samspill.document.setting import background
from samspill.document.whole import Fact
from samspill.model import Case
from samspill.model import Prompt as Asked
from samspill.model import Stage as Told
from samspill.prose import Prose, Section
from samspill.reading.context import Context, Label

#: The id by which a tie names the person a case is about.
PERSON = "person"
STATES: tuple[State, ...] = ("working", "irregular", "missing")
#: The sections for the one who leads, at the end.
LAST: tuple[Where, ...] = ("guide", "adapting")


def parts(context: Context, case: Case, prose: Prose) -> tuple[Part, ...]:
    """Return the parts of a case in the order they are told; what a half-translated text lacks is left out."""
    found: list[Part | None] = [_stage(context, case, prose, stage) for stage in case.stages]
    found += [case_map(context, case) if case.ties else None]
    found += [passage(context, prose, "outcome", audience="later")]
    found += [_cards(context, case, prose) if case.roles else None]
    found += [passage(context, prose, place, audience="facilitator") for place in LAST]
    found += [background(context, case)]
    return tuple(part for part in found if part is not None)


def facts(context: Context, minutes: int, stages: int, prompts: int, case: Case) -> list[Fact]:
    """Return how long a case is, of how many parts, and what it mentions."""
    said_of = context.words
    found = [
        Fact("minutes", said_of("common.minutes", minutes)),
        Fact("stages", said_of("common.stages", stages)),
        Fact("questions", said_of("common.questions", prompts)),
    ]
    if case.content_notes:
        found.append(Fact("mentions", said_of("common.mentions", what=context.content_notes(case))))
    return found


def _stage(context: Context, case: Case, prose: Prose, stage: Told) -> Stage | None:
    found = prose.get(stage.id)
    if found is None:
        return None
    asked = tuple(prompt.id for prompt in case.prompts)
    return Stage(
        id=stage.id,
        number=case.stages.index(stage) + 1,
        label=stage_label(context, case, stage),
        title=words(context, found.title),
        body=body(context, prose, found, leave=asked),
        minutes=stage.minutes,
        time=context.words("common.minutes", stage.minutes),
        after=context.words(f"common.after.{stage.after[-1]}", int(stage.after[1:-1])) if stage.after else "",
        prompts=tuple(_prompts(context, case, prose, stage)),
        notes=notes(context, prose, stage.id),
    )


def stage_label(context: Context, case: Case, stage: Told) -> str:
    """Return "Stage 2 of 4"."""
    return context.words("common.stage_of", number=case.stages.index(stage) + 1, total=len(case.stages))


def _prompts(context: Context, case: Case, prose: Prose, stage: Told) -> Iterator[Prompt]:
    for prompt in case.prompts:
        if prompt.stage == stage.id and (found := prose.get(prompt.id)):
            yield _prompt(context, prose, prompt, found)


def _prompt(context: Context, prose: Prose, prompt: Asked, found: Section) -> Prompt:
    return Prompt(
        id=prompt.id,
        title=words(context, found.title),
        body=body(context, prose, found),
        grouping=context.words(f"common.groupings.{prompt.grouping}"),
        minutes=prompt.minutes,
        time=context.words("common.minutes", prompt.minutes),
        serves=serving(context, prompt.serves()),
        notes=notes(context, prose, prompt.id),
    )


def _cards(context: Context, case: Case, prose: Prose) -> Cards:
    cards = []
    for role in case.roles:
        found, name = prose.get(f"role.{role}"), context.actor(role, "bare")
        cards.append(Card(
            id=f"role.{role}",
            role=said(name),
            name=said(context.actor(role, "Bare")),
            title=words(context, found.title) if found else (),
            body=body(context, prose, found),
            written=found is not None,
        ))  # fmt: skip
    return Cards(context.words("common.sheets.roles"), context.words("site.role_cards.lead"), tuple(cards))


def case_map(context: Context, case: Case) -> Map:
    """Return the coordination map of a case."""
    names = (PERSON, *(actor.id for actor in case.actors))
    states = tuple((state, capital(context.words(f"common.tie_states.{state}"))) for state in STATES)
    return Map(
        title=context.words("common.map"),
        labels=tuple((name, said(context.actor(name, "bare"))) for name in names),
        ties=tuple(Tie(t.source, t.target, t.state, context.words(f"common.tie_kinds.{t.kind}")) for t in case.ties),
        states=states,
        lines=tuple(said(*line) for line in _lines(context, case)),
    )


def _lines(context: Context, case: Case) -> Iterator[tuple[str | Label, ...]]:
    """Yield each tie in words, grouped by state."""
    for state in STATES:
        for tie in case.ties:
            if tie.state == state:
                first, second = sorted((tie.source, tie.target), key=lambda end: end != PERSON)
                yield context.line(
                    "common.tie",
                    state=capital(context.words(f"common.tie_states.{state}")),
                    kind=context.words(f"common.tie_kinds.{tie.kind}"),
                    first=context.actor(first, "the"),
                    second=context.actor(second, "the"),
                )
