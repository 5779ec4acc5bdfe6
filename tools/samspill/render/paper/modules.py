"""The handouts of a module: what participants read and do, and what the one who leads needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from samspill.drawing.figure import FigureDrawing, figure
from samspill.drawing.outline import settable
from samspill.model import Activity, Figure, Module, Question
from samspill.prose import Prose, Section
from samspill.reading.context import Context, Label
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
from samspill.render.paper.tree import Data, blocks, heading, inlines, line, section, spoken, text


def _reader(context: Context, module: Module, prose: Prose) -> Data:
    """Everything a participant reads and does, without the answers and without the facilitator's notes."""
    words = context.words
    parts: Parts = []
    if opening := section(context, prose, "opening", 2):
        note = {"is": "small", "children": [text(words("common.story_note"))]}
        parts += [{"is": "prose", "blocks": opening[:1]}, note, {"is": "prose", "blocks": opening[1:]}]
    parts += _figure(context, module, prose)
    for activity in module.activities:
        # What a half-translated text does not have yet is left out, as on the website.
        if found := prose.get(activity.id):
            parts.append(_activity(context, prose, activity, found))
            parts += _questions(context, prose, activity)
    for last in ("key-points", "further-reading"):
        parts += flow(section(context, prose, last, 2))
    return _module_titles(context, "reader", module, prose) | {
        "fields": [words("handout.name")],
        "parts": parts + spread(reference_list(context, parts)),
    }


def _guide(context: Context, module: Module, prose: Prose) -> Data:
    """What the one who leads needs beside the reading: time, objectives, tasks with notes, answers."""
    words = context.words
    parts: Parts = [heading(2, [text(words("handout.overview"))]), _module_plan(context, module)]
    parts += objective_list(context, module.objectives)
    parts += flow(section(context, prose, "key-points", 2))
    for activity in module.activities:
        found = prose.get(activity.id)
        if activity.kind == "reading" or found is None:
            continue
        notes = facilitator_notes(context, prose, prose.get(f"{activity.id}.facilitator"))
        parts.append(_activity(context, prose, activity, found) | {"lines": 0, "facilitator": notes})
        parts += _questions(context, prose, activity, answers=True)
    return _module_titles(context, "guide", module, prose) | {
        "parts": parts + spread(reference_list(context, parts))
    }


def _module_titles(context: Context, kind: str, module: Module, prose: Prose) -> Data:
    words = context.words
    number = list(context.course.modules).index(module.id) + 1
    kicker: list[str | Parts] = [f"{words('common.kinds.module')} {number}", words(f"common.eqf.{module.eqf}")]
    facts = [
        words("common.minutes", sum(activity.minutes for activity in module.activities)),
        words("handout.activities", len(module.activities)),
    ]
    return title_block(context, kind, prose.title, prose.summary, kicker=kicker, facts=facts, front=prose.changed)


def _figure(context: Context, module: Module, prose: Prose) -> Parts:
    drawing, found = figure(context, module), prose.get("figure")
    if drawing is None or module.figure is None:
        return []
    return [
        {
            "is": "figure",
            "title": inlines(context, found.title) if found else [],
            "blocks": blocks(context, found.blocks) if found else [],
            "drawing": settable(drawing.print),
            "alternative": context.words("handout.figure_described"),
            "words": _figure_words(module.figure, _figure_labels(module.figure, drawing)),
        }
    ]


def _figure_labels(drawn: Figure, drawing: FigureDrawing) -> dict[str, tuple[Label, Label]]:
    """Return the name and the sentence of each part of a figure."""
    found = zip(drawn.labels, drawing.words, drawing.languages, strict=True)
    return {part: (Label(name, language), Label(said, language)) for part, (name, said), language in found}


def _figure_words(drawn: Figure, words: dict[str, tuple[Label, Label]]) -> Parts:
    """Return the parts of a figure in words; those of a matrix row by row, its cells below the row."""

    def said(part: str, before: Label | str = "", below: Parts | None = None) -> Data:
        name, sentence = words[part]
        return {"before": line(before), "name": line(name), "said": line(sentence), "below": below or []}

    if drawn.kind != "matrix":
        return [said(part) for part in drawn.labels]
    return [said(column) for column in drawn.columns] + [
        said(row, below=[said(f"{row}-{column}", words[column][0]) for column in drawn.columns])
        for row in drawn.rows
    ]


def _activity(context: Context, prose: Prose, activity: Activity, found: Section) -> Data:
    words = context.words
    before: list[Data] = []
    if activity.kind == "quiz":
        before = [paragraph(words("handout.quiz_lead"))]
    elif activity.kind == "reflection":
        before = [paragraph(words("common.reflection_note"))]
    said = blocks(context, found.blocks) if activity.kind == "quiz" else []
    if activity.kind != "quiz":
        said = section(context, prose, activity.id, 2, titled=False)
    taken: list[str | Label] = []
    for kind, unit in activity.takes():
        taken += [", " if taken else f"{words('common.takes')} ", context.label(kind, unit)]
    after = [{"is": "paragraph", "children": spoken(*taken)}] if taken else []
    return {
        "is": "activity",
        "kind": words(f"common.activity_kinds.{activity.kind}"),
        "title": inlines(context, found.title),
        "grouping": words(f"common.groupings.{activity.grouping}"),
        "minutes": words("common.minutes", activity.minutes),
        "serves": [] if activity.kind in ("reading", "quiz") else served(context, activity.serves()),
        "blocks": [*before, *said, *after],
        "lines": 10 if activity.kind == "reflection" else 0,
        "facilitator": None,
    }


def _questions(context: Context, prose: Prose, activity: Activity, *, answers: bool = False) -> Iterator[Data]:
    for number, question in enumerate(activity.questions, 1):
        if found := prose.get(f"{activity.id}.{question.id}"):
            yield _question(context, prose, question, found, number, answers=answers)


def _question(
    context: Context, prose: Prose, question: Question, found: Section, number: int, *, answers: bool
) -> Data:
    below = blocks(context, found.blocks)
    if len(question.key) > 1:
        below.append(paragraph(context.words("common.several")))
    options: Parts = []
    for option in question.options:
        if said := prose.get(f"{found.id}.{option}"):
            options.append(
                {
                    "title": inlines(context, said.title),
                    "blocks": blocks(context, said.blocks) if answers else [],
                    "right": context.words("handout.answer") if answers and option in question.key else "",
                }
            )
    return {
        "is": "question",
        "number": number,
        "title": inlines(context, found.title),
        "blocks": below,
        "options": options,
        "answers": answers,
    }


def _module_plan(context: Context, module: Module) -> Data:
    """Return the activities with minutes; without a clock, for they are seldom done in one sitting."""
    rows = [
        plan_row(context, context.used(f"{module.id}#{activity.id}"), activity.minutes, activity.grouping)
        | {"of": context.words(f"common.activity_kinds.{activity.kind}")}
        | {"objectives": numbers(module.objectives, activity.serves())}
        for activity in module.activities
    ]
    return time_plan(context, rows) | {"clock": False}


KINDS: dict[str, Callable[[Context, Module, Prose], Data]] = {"reader": _reader, "guide": _guide}
