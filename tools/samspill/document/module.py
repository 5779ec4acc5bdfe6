"""The parts of a module: the opening, the figure, the activities with their quizzes, and the last sections."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.document import tree as d
from samspill.document.links import serving, unit_link
from samspill.document.parts import Activity, Answer, Figure, FigurePart, Option, Part, Question
from samspill.document.passage import notes, passage
from samspill.document.prose import blocks, body, words
from samspill.model import Activity as Planned
from samspill.model import Module
from samspill.prose import Prose, Section
from samspill.reading.context import Context


def parts(context: Context, module: Module, prose: Prose) -> tuple[Part, ...]:
    """Return the parts of a module in reading order; what a half-translated text lacks is left out."""
    found: list[Part | None] = [
        passage(context, prose, "opening", note=context.words("common.story_note")),
        module_figure(context, module, prose),
    ]
    for activity in module.activities:
        if section := prose.get(activity.id):
            found.append(_activity(context, prose, activity, section))
    found += [passage(context, prose, "key-points"), passage(context, prose, "further-reading")]
    return tuple(part for part in found if part is not None)


def module_figure(context: Context, module: Module, prose: Prose) -> Figure | None:
    """Return the figure of a module; None when it has none, or when words for it are missing in this language."""
    drawn = module.figure
    if drawn is None or not (drawn.rows and drawn.columns if drawn.kind == "matrix" else drawn.parts):
        return None
    sections = [prose.get(f"figure.{part}") for part in drawn.labels]
    found = prose.get("figure")
    made = tuple(_figure_part(context, section) for section in sections if section is not None)
    if len(made) < len(sections):
        return None
    return Figure(
        id="figure" if found else "",
        title=words(context, found.title) if found else (),
        body=blocks(context, found.blocks) if found else (),
        shape=drawn.kind,
        order=drawn.parts,
        rows=drawn.rows,
        columns=drawn.columns,
        parts=made,
    )


def _figure_part(context: Context, section: Section) -> FigurePart:
    title, said = words(context, section.title), blocks(context, section.blocks)
    return FigurePart(section.id, title, said, section.borrowed)


def _activity(context: Context, prose: Prose, activity: Planned, found: Section) -> Activity:
    quiz = activity.kind == "quiz"
    return Activity(
        id=activity.id,
        activity=activity.kind,
        label=context.words(f"common.activity_kinds.{activity.kind}"),
        title=words(context, found.title),
        body=blocks(context, found.blocks) if quiz else body(context, prose, found),
        note=context.words("common.reflection_note") if activity.kind == "reflection" else "",
        grouping=context.words(f"common.groupings.{activity.grouping}"),
        minutes=activity.minutes,
        time=context.words("common.minutes", activity.minutes),
        serves=serving(context, activity.serves()),
        works_with=context.words("common.takes"),
        takes=tuple(_taken(context, activity)),
        questions=tuple(_questions(context, prose, activity)),
        notes=notes(context, prose, activity.id),
    )


def _taken(context: Context, activity: Planned) -> Iterator[d.Words]:
    for kind, unit in activity.takes():
        yield unit_link(context, kind, unit)


def _questions(context: Context, prose: Prose, activity: Planned) -> Iterator[Question]:
    for number, question in enumerate(activity.questions, 1):
        found = prose.get(f"{activity.id}.{question.id}")
        if found is None:
            continue
        options = tuple(
            Option(said.id, words(context, said.title), Answer(option in question.key, blocks(context, said.blocks)))
            for option in question.options
            if (said := prose.get(f"{found.id}.{option}"))
        )
        several = context.words("common.several") if len(question.key) > 1 else ""
        title = words(context, found.title)
        yield Question(found.id, number, title, blocks(context, found.blocks), several, options)
