"""The handouts of a case: participant sheet, stage sheets, facilitator guide, role cards and map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from samspill.drawing.map import coordination_map
from samspill.drawing.outline import settable
from samspill.model import Case, Prompt, Stage
from samspill.prose import Prose
from samspill.reading.context import Context, Label
from samspill.reading.materials import scheduled
from samspill.render.paper.parts import (
    Parts,
    facilitator_notes,
    flow,
    numbers,
    objective_list,
    paragraph,
    plan_row,
    reference_list,
    served,
    spread,
    time_plan,
    title_block,
)
from samspill.render.paper.tree import Data, heading, inlines, line, section, text

_Part = TypeVar("_Part", Stage, Prompt)


def _case_titles(
    context: Context, kind: str, case: Case, prose: Prose, only: frozenset[str] | None = None
) -> Data:
    words = context.words
    stages, prompts = _kept(case.stages, only), _kept(case.prompts, only)
    setting = context.course.settings.get(case.setting)
    country = line(context.worded(setting.name)) if setting else ""
    kicker = [words("common.kinds.case"), country, words("common.fictional")]
    facts = [
        words("common.minutes", sum(stage.minutes for stage in stages) + sum(prompt.minutes for prompt in prompts)),
        words("handout.stages", len(stages)),
        words("handout.prompts", len(prompts)),
    ]
    if case.content_notes:
        facts.append(words("common.mentions", what=context.content_notes(case)))
    return title_block(
        context,
        kind,
        prose.title,
        prose.summary,
        kicker=[part for part in kicker if part],
        facts=facts,
        front=prose.changed,
    ) | {"note": words("common.fictional_note")}


def _participant(context: Context, case: Case, prose: Prose) -> Data:
    parts: Parts = []
    for stage in case.stages:
        for shown in _stage(context, case, prose, stage):
            parts.append(shown)
            for prompt in _prompts(case, stage):
                parts += _prompt(context, prose, prompt)
    if case.ties:
        # Last, because it answers a question that asks people to draw it.
        parts.append(_map(context, case) | {"note": context.words("handout.map_note"), "sheet": True})
    return (
        _case_titles(context, "participant", case, prose)
        | {"fields": [context.words("handout.name_or_group")]}
        | {"parts": parts + reference_list(context, parts)}
    )


def _stages(context: Context, case: Case, prose: Prose, only: frozenset[str] | None = None) -> Data:
    """One sheet for each stage with its questions; `only` keeps to some stages and questions."""
    parts: Parts = []
    kept, asked = _kept(case.stages, only), _kept(case.prompts, only)
    # A question may be asked in a session that has told its stage before: it then stands on a sheet of its own.
    told = [stage for stage in case.stages if stage in kept or any(prompt.stage == stage.id for prompt in asked)]
    for stage in told:
        for shown in _stage(context, case, prose, stage, text_too=stage in kept):
            sheet = [shown | {"sheet": bool(parts)}]
            room = {"lines": 14, "room": "fill"}
            for prompt in asked:
                if prompt.stage == stage.id:
                    sheet += [question | room for question in _prompt(context, prose, prompt)]
            # Each sheet is handed out alone, so it names its own sources.
            parts += sheet + reference_list(context, sheet)
    return _case_titles(context, "stages", case, prose, only) | {"parts": parts}


def _kept(parts: Iterable[_Part], only: frozenset[str] | None) -> tuple[_Part, ...]:
    return tuple(part for part in parts if only is None or part.id in only)


def session_stages(context: Context, case: Case, prose: Prose, part: str) -> Data:
    """Return the stage sheets with only what a session uses, the session named above the title."""
    name, _, wanted = part.partition("/")
    pathway = context.course.pathways[name]
    session = next(each for each in pathway.sessions if each.id == wanted)
    data = _stages(context, case, prose, scheduled(context.course, session)[case.id])
    # As the sheet's own unit is translated and the plan perhaps not, its title may be in another language.
    if found := context.part("pathway", name, wanted):
        data["kicker"] = [*data["kicker"], line(found)]
    return data


def _map_sheet(context: Context, case: Case, prose: Prose) -> Data:
    """Return the map alone, for groups that have drawn their own."""
    parts = [_map(context, case) | {"note": context.words("handout.map_note")}]
    return _case_titles(context, "map", case, prose) | {"facts": [], "parts": parts}


def _facilitator(context: Context, case: Case, prose: Prose) -> Data:
    words = context.words
    parts: Parts = [heading(2, [text(words("handout.overview"))]), _case_plan(context, case)]
    parts.append({"is": "small", "children": [text(words("handout.story_elsewhere"))]})
    if case.content_notes:
        first = words("common.say_first_words", what=context.content_notes(case))
        parts.append({"is": "facilitator", "label": words("common.say_first"), "blocks": [paragraph(first)]})
    parts += objective_list(context, case.objectives)
    parts += flow(section(context, prose, "guide", 2))
    for stage in case.stages:
        for shown in _stage(context, case, prose, stage, text_too=False):
            parts.append(shown)
            for prompt in _prompts(case, stage):
                notes = facilitator_notes(context, prose, prose.get(f"{prompt.id}.facilitator"))
                parts += [asked | {"lines": 0, "facilitator": notes} for asked in _prompt(context, prose, prompt)]
    parts += flow(section(context, prose, "outcome", 2))
    if case.ties:
        parts.append(_map(context, case) | {"said": True})
    if case.roles:
        parts += [heading(2, [text(words("handout.role_list"))]), _role_list(context, case, prose)]
    parts += flow(section(context, prose, "adapting", 2))
    return _case_titles(context, "facilitator", case, prose) | {
        "parts": parts + spread(reference_list(context, parts, case.sources))
    }


def _roles(context: Context, case: Case, prose: Prose) -> Data:
    cards: Parts = []
    for role in case.roles:
        card = prose.get(f"role.{role}")
        if card is not None:
            cards.append(
                {
                    "label": line(context.actor(role, "bare")),
                    "title": inlines(context, card.title),
                    "blocks": section(context, prose, card.id, 2, titled=False),
                }
            )
    titles = _case_titles(context, "roles", case, prose)
    parts: Parts = [{"is": "cards", "label": context.words("handout.role_card"), "cards": cards}]
    sources = [part | {"margin": False} for part in reference_list(context, parts)]
    return titles | {"lead": "", "facts": [], "parts": parts + sources}


def _prompts(case: Case, stage: Stage) -> Iterator[Prompt]:
    return (prompt for prompt in case.prompts if prompt.stage == stage.id)


def _stage(context: Context, case: Case, prose: Prose, stage: Stage, *, text_too: bool = True) -> Parts:
    """Return a stage, or nothing when a half-translated text does not have it yet; its questions go with it."""
    words = context.words
    found = prose.get(stage.id)
    if found is None:
        return []
    after = "" if stage.after is None else words(f"common.after.{stage.after[-1]}", int(stage.after[1:-1]))
    shown: Data = {
        "is": "stage",
        "sheet": False,
        "label": stage_label(context, case, stage),
        "minutes": words("common.minutes", stage.minutes),
        "after": after,
        "title": inlines(context, found.title),
        "blocks": section(context, prose, stage.id, 2, titled=False) if text_too else [],
    }
    return [shown]


def stage_label(context: Context, case: Case, stage: Stage) -> str:
    """Return "Stage 2 of 4"."""
    return context.words("common.stage_of", number=case.stages.index(stage) + 1, total=len(case.stages))


def _prompt(context: Context, prose: Prose, prompt: Prompt) -> Parts:
    """Return a question, or nothing when its text is not there yet."""
    found = prose.get(prompt.id)
    if found is None:
        return []
    asked: Data = {
        "is": "prompt",
        "title": inlines(context, found.title),
        "grouping": context.words(f"common.groupings.{prompt.grouping}"),
        "minutes": context.words("common.minutes", prompt.minutes),
        "serves": served(context, prompt.serves()),
        "blocks": section(context, prose, prompt.id, 3, titled=False),
        "lines": 4,
        "room": "fixed",
        "facilitator": None,
    }
    return [asked]


def _map(context: Context, case: Case) -> Data:
    drawing = coordination_map(context)
    return {
        "is": "map",
        "sheet": False,
        "said": False,
        "title": context.words("handout.map"),
        "note": "",
        "drawing": settable(drawing.print),
        "alternative": " ".join([context.words("handout.map") + ":", *drawing.words]),
        "short_alternative": context.words("handout.map_described"),
        "words_title": context.words("handout.ends"),
        "words": [line(*each) for each in drawing.lines],
    }


def _role_list(context: Context, case: Case, prose: Prose) -> Data:
    items: Parts = []
    for role in case.roles:
        found = prose.get(f"role.{role}")
        name = context.actor(role, "bare")
        title = inlines(context, found.title) if found else []
        items.append({"name": line(replace(name, text=name.text[0].upper() + name.text[1:])), "title": title})
    return {"is": "names", "items": items}


def _case_plan(context: Context, case: Case) -> Data:
    rows: list[Data] = []
    for stage in case.stages:
        label = {"how": stage_label(context, case, stage), "strong": True}
        rows.append(plan_row(context, _titled(context, case, stage.id), stage.minutes) | label)
        for prompt in _prompts(case, stage):
            rows.append(
                plan_row(context, _titled(context, case, prompt.id), prompt.minutes, prompt.grouping)
                | {"objectives": numbers(case.objectives, prompt.serves())}
            )
    return time_plan(context, rows)


def _titled(context: Context, case: Case, part: str) -> Label:
    return context.used(f"{case.id}#{part}")


KINDS: dict[str, Callable[[Context, Case, Prose], Data]] = {
    "participant": _participant,
    "stages": _stages,
    "facilitator": _facilitator,
    "roles": _roles,
    "map": _map_sheet,
}
