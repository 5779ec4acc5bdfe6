"""The handouts of a case: participant sheet, stage sheets, facilitator guide, role cards and map."""

from __future__ import annotations

from collections.abc import Callable

from samspill.document.country import Background, DatedFact
from samspill.document.parts import Cards, Map, Prompt, Stage
from samspill.document.tree import Words, plain
from samspill.document.whole import Document
from samspill.drawing.map import coordination_map
from samspill.drawing.outline import settable
from samspill.render.paper.parts import (
    Parts,
    facilitator_notes,
    flow,
    numbers,
    objective_list,
    paragraph,
    plan_row,
    reference_list,
    say,
    sections,
    served,
    small,
    spread,
    time_plan,
    title_block,
)
from samspill.render.paper.tree import Data, blocks, heading, inlines, line, text


def _case_titles(document: Document, kind: str, only: frozenset[str] | None = None) -> Data:
    words = say(document)
    kicker = [document.name, line(document.country), document.notice]
    facts = [fact.text for fact in document.facts if fact.name != "partly"]
    if only is not None:
        stages = [stage for stage in _stages(document) if stage.id in only]
        prompts = [prompt for stage in _stages(document) for prompt in stage.prompts if prompt.id in only]
        minutes = sum(stage.minutes for stage in stages) + sum(prompt.minutes for prompt in prompts)
        facts[:3] = [
            words("common.minutes", minutes),
            words("common.stages", len(stages)),
            words("common.questions", len(prompts)),
        ]
    titles = title_block(document, kind, kicker=[part for part in kicker if part], facts=facts)
    return titles | {"note": line(document.fiction)}


def _stages(document: Document) -> list[Stage]:
    return [part for part in document.parts if isinstance(part, Stage)]


def _participant(document: Document) -> Data:
    parts: Parts = []
    for stage in _stages(document):
        parts.append(_stage(stage))
        parts += [_prompt(prompt) for prompt in stage.prompts]
    # Last, because it answers a question that asks people to draw it.
    parts += [drawn | {"note": say(document)("handout.map_note"), "sheet": True} for drawn in _maps(document)]
    return (
        _case_titles(document, "participant")
        | {"fields": [say(document)("handout.name_or_group")]}
        | {"parts": parts + reference_list(document, parts)}
    )


def _stage_sheets(document: Document, only: frozenset[str] | None = None) -> Data:
    """One sheet for each stage with its questions; `only` keeps to some stages and questions."""
    parts: Parts = []
    for stage in _stages(document):
        asked = [prompt for prompt in stage.prompts if only is None or prompt.id in only]
        told = only is None or stage.id in only
        # A question may be asked in a session that has told its stage before: it then stands on a sheet of its own.
        if not told and not asked:
            continue
        room = {"lines": 14, "room": "fill"}
        sheet = [_stage(stage, told=told) | {"sheet": bool(parts)}, *(_prompt(prompt) | room for prompt in asked)]
        # Each sheet is handed out alone, so it names its own sources.
        parts += sheet + reference_list(document, sheet)
    return _case_titles(document, "stages", only) | {"parts": parts}


def session_stages(document: Document, only: frozenset[str], session: Words) -> Data:
    """Return the stage sheets with only what a session uses, the session named above the title."""
    data = _stage_sheets(document, only)
    return data | {"kicker": [*data["kicker"], line(session)]} if session else data


def _map_sheet(document: Document) -> Data:
    """Return the map alone, for groups that have drawn their own."""
    parts = [drawn | {"note": say(document)("handout.map_note")} for drawn in _maps(document)]
    return _case_titles(document, "map") | {"facts": [], "parts": parts}


def _facilitator(document: Document) -> Data:
    words = say(document)
    parts: Parts = [heading(2, [text(words("handout.overview"))]), _case_plan(document)]
    parts.append(small(words("handout.story_elsewhere")))
    if document.warning:
        first = {"label": document.first, "blocks": [paragraph(document.warning)]}
        parts.append({"is": "facilitator"} | first)
    parts += objective_list(document, document.aims)
    parts += sections(document, "guide", led=True)
    for stage in _stages(document):
        parts.append(_stage(stage, told=False))
        if notes := facilitator_notes(stage.notes):
            parts.append({"is": "facilitator"} | notes)
        for prompt in stage.prompts:
            notes = facilitator_notes(prompt.notes)
            parts.append(_prompt(prompt) | {"lines": 0, "facilitator": notes})
    parts += sections(document, "outcome", led=True)
    parts += [drawn | {"said": True} for drawn in _maps(document)]
    for part in document.parts:
        if isinstance(part, Cards):
            parts += [heading(2, [text(words("handout.role_list"))]), _role_list(part)]
    parts += sections(document, "adapting", led=True)
    parts += [each for part in document.parts if isinstance(part, Background) for each in _background(part)]
    return _case_titles(document, "facilitator") | {
        "parts": parts + spread(reference_list(document, parts, document.keys))
    }


def _roles(document: Document) -> Data:
    cards = [
        {"label": line(card.role), "title": inlines(card.title), "blocks": blocks(card.body)}
        for part in document.parts
        if isinstance(part, Cards)
        for card in part.cards
        if card.written
    ]
    titles = _case_titles(document, "roles")
    parts: Parts = [{"is": "cards", "label": say(document)("handout.role_card"), "cards": cards}]
    sources = [part | {"margin": False} for part in reference_list(document, parts)]
    return titles | {"lead": "", "facts": [], "parts": parts + sources}


def _stage(stage: Stage, *, told: bool = True) -> Data:
    """Return a stage; its text only where it is `told`."""
    return {
        "is": "stage",
        "sheet": False,
        "label": stage.label,
        "minutes": stage.time,
        "after": stage.after,
        "title": inlines(stage.title),
        "blocks": blocks(stage.body) if told else [],
    }


def _prompt(prompt: Prompt) -> Data:
    return {
        "is": "prompt",
        "title": inlines(prompt.title),
        "grouping": prompt.grouping,
        "minutes": prompt.time,
        "serves": served(prompt.serves),
        "blocks": blocks(prompt.body, 3),
        "lines": 4,
        "room": "fixed",
        "facilitator": None,
    }


def _maps(document: Document) -> list[Data]:
    """Return the map of a case, or nothing when it has no ties."""
    words, found = say(document), [part for part in document.parts if isinstance(part, Map) and part.ties]
    return [_map(part) | {"words_title": words("handout.ends"), "short_alternative": words("handout.map_described")}
            for part in found]


def _map(part: Map) -> Data:
    return {
        "is": "map",
        "sheet": False,
        "said": False,
        "title": part.title,
        "note": "",
        "drawing": settable(coordination_map(part).print),
        "alternative": " ".join([f"{part.title}:", *map(plain, part.lines)]),
        "words": [line(each) for each in part.lines],
    }


def _role_list(part: Cards) -> Data:
    return {"is": "names", "items": [{"name": line(card.name), "title": inlines(card.title)} for card in part.cards]}


def _background(part: Background) -> Parts:
    items = [_dated(fact) for fact in part.facts]
    return [heading(2, inlines(part.title)), small(part.note), *flow([{"is": "list", "start": None, "items": items}])]


def _dated(fact: DatedFact) -> Parts:
    """Return a fact with its date and its sources below it."""
    below: Parts = [small(fact.changed.note)] if fact.changed else []
    known = [{"is": "break"}, text(f"{fact.when} "), *inlines(fact.sources)]
    return [{"is": "paragraph", "children": [*inlines(fact.text), *known]}, *below]


def _case_plan(document: Document) -> Data:
    rows: list[Data] = []
    for stage in _stages(document):
        rows.append(plan_row(stage.title, stage.minutes, stage.label) | {"strong": True})
        for prompt in stage.prompts:
            row = plan_row(prompt.title, prompt.minutes, prompt.grouping)
            rows.append(row | {"objectives": numbers(document.aims, prompt.serves)})
    return time_plan(document, rows)


KINDS: dict[str, Callable[[Document], Data]] = {
    "participant": _participant,
    "stages": _stage_sheets,
    "facilitator": _facilitator,
    "roles": _roles,
    "map": _map_sheet,
}
