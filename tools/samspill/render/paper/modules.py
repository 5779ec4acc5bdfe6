"""The handouts of a module: what participants read and do, and what the one who leads needs."""

from __future__ import annotations

from collections.abc import Callable

from samspill.document.parts import Activity, Figure, Question
from samspill.document.tree import Borrowed, Text, Words
from samspill.document.whole import Document
from samspill.drawing.figure import figure
from samspill.drawing.outline import settable
from samspill.render.paper.parts import (
    Parts,
    facilitator_notes,
    numbers,
    objective_list,
    paragraph,
    plan_row,
    reference_list,
    say,
    section,
    sections,
    served,
    small,
    spread,
    time_plan,
    title_block,
)
from samspill.render.paper.tree import Data, blocks, heading, inlines, line, named, spoken, text


def _reader(document: Document) -> Data:
    """Everything a participant reads and does, without the answers and without the facilitator's notes."""
    words = say(document)
    parts: Parts = []
    for passage in document.passages("opening"):
        told = section(passage)
        parts += [{"is": "prose", "blocks": told[:1]}, small(passage.note), {"is": "prose", "blocks": told[1:]}]
    parts += [_figure(document, part) for part in document.parts if isinstance(part, Figure)]
    for activity in _activities(document):
        parts.append(_activity(document, activity))
        parts += [_question(document, question, answers=False) for question in activity.questions]
    parts += sections(document, "key-points", "further-reading")
    return _module_titles(document, "reader") | {
        "fields": [words("handout.name")],
        "parts": parts + spread(reference_list(document, parts)),
    }


def _guide(document: Document) -> Data:
    """What the one who leads needs beside the reading: time, objectives, tasks with notes, answers."""
    words = say(document)
    parts: Parts = [heading(2, [text(words("handout.overview"))]), _module_plan(document)]
    parts += objective_list(document, document.aims)
    parts += sections(document, "key-points", led=True)
    for activity in _activities(document):
        if activity.activity == "reading":
            continue
        notes = facilitator_notes(activity.notes)
        parts.append(_activity(document, activity) | {"lines": 0, "facilitator": notes})
        parts += [_question(document, question, answers=True) for question in activity.questions]
    return _module_titles(document, "guide") | {"parts": parts + spread(reference_list(document, parts))}


def _activities(document: Document) -> list[Activity]:
    return [part for part in document.parts if isinstance(part, Activity)]


def _module_titles(document: Document, kind: str) -> Data:
    kicker: list[str | Parts] = [f"{document.name} {document.number}", document.fact("eqf")]
    facts = [document.fact("minutes"), document.fact("activities")]
    return title_block(document, kind, kicker=kicker, facts=facts)


def _figure(document: Document, part: Figure) -> Data:
    drawing = figure(part)
    words = {
        each.id.removeprefix("figure."): (_in(language, name), _in(language, said))
        for each, (name, said), language in zip(part.parts, drawing.words, drawing.languages, strict=True)
    }
    return {
        "is": "figure",
        "title": inlines(part.title),
        "blocks": blocks(part.body),
        "drawing": settable(drawing.print),
        "alternative": say(document)("handout.figure_described"),
        "words": _figure_words(part, words),
    }


def _in(language: str, said: str) -> Words:
    return (Borrowed(language, (Text(said),)),) if language else (Text(said),)


def _figure_words(part: Figure, words: dict[str, tuple[Words, Words]]) -> Parts:
    """Return the parts of a figure in words; those of a matrix row by row, its cells below the row."""

    def said(name: str, before: Words = (), below: Parts | None = None) -> Data:
        title, sentence = words[name]
        return {"before": line(before), "name": line(title), "said": line(sentence), "below": below or []}

    if part.shape != "matrix":
        return [said(name) for name in part.order]
    return [said(column) for column in part.columns] + [
        said(row, below=[said(f"{row}-{column}", words[column][0]) for column in part.columns])
        for row in part.rows
    ]


def _activity(document: Document, activity: Activity) -> Data:
    words = say(document)
    note = words("handout.quiz_lead") if activity.activity == "quiz" else activity.note
    return {
        "is": "activity",
        "kind": activity.label,
        "title": inlines(activity.title),
        "grouping": activity.grouping,
        "minutes": activity.time,
        "serves": [] if activity.activity in ("reading", "quiz") else served(activity.serves),
        "blocks": [*([paragraph(note)] if note else []), *blocks(activity.body), *_taken(activity)],
        "lines": 10 if activity.activity == "reflection" else 0,
        "facilitator": None,
    }


def _taken(activity: Activity) -> Parts:
    """Return what an activity works on, in a paragraph, or nothing."""
    said: Words = ()
    for words in activity.takes:
        said += (Text(", " if said else f"{activity.works_with} "), *named(words))
    return [{"is": "paragraph", "children": spoken(said)}] if said else []


def _question(document: Document, question: Question, *, answers: bool) -> Data:
    words = say(document)
    return {
        "is": "question",
        "number": question.number,
        "title": inlines(question.title),
        "blocks": [*blocks(question.body), *([paragraph(question.several)] if question.several else [])],
        "options": [
            {
                "title": inlines(option.title),
                "blocks": blocks(option.answer.body) if answers else [],
                "right": words("handout.answer") if answers and option.answer.right else "",
            }
            for option in question.options
        ],
        "answers": answers,
    }


def _module_plan(document: Document) -> Data:
    """Return the activities with minutes; without a clock, for they are seldom done in one sitting."""
    rows = [
        plan_row(activity.title, activity.minutes, activity.grouping)
        | {"of": activity.label}
        | {"objectives": numbers(document.aims, activity.serves)}
        for activity in _activities(document)
    ]
    return time_plan(document, rows) | {"clock": False}


KINDS: dict[str, Callable[[Document], Data]] = {"reader": _reader, "guide": _guide}
