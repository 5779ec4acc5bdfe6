"""What stands on each handout, as data: one function per kind.

A sheet is a title block and a list of parts in reading order. Minutes, clocks
and lists of what to print are computed here; how they look is the templates'
business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from samspill.model import (
    Activity,
    Case,
    Course,
    Figure,
    Grouping,
    Kind,
    Module,
    Pathway,
    Prompt,
    Question,
    Session,
    Stage,
    Worksheet,
    WorksheetField,
    item_minutes,
    session_minutes,
)
from samspill.prose import Prose, Section
from samspill.render.citations import reference_text
from samspill.render.context import Context
from samspill.render.figure import figure
from samspill.render.handouts.tree import Data, blocks, cited, heading, inlines, linked, section, text
from samspill.render.map import coordination_map
from samspill.render.materials import materials, part_of, scheduled

__all__ = ["sheet"]

Parts = list[Data]


def sheet(course: Course, language: str, kind: str, unit: str, part: str) -> Data:
    """Return everything on a handout."""
    context = Context(course, language)
    if kind == "worksheet":
        body = _worksheet(context, course.worksheets[unit], _prose(course, "worksheet", unit, language))
    elif kind == "plan":
        body = _whole_plan(context, course.pathways[unit], _prose(course, "pathway", unit, language))
    elif kind == "session":
        pathway = course.pathways[unit]
        found = next(session for session in pathway.sessions if session.id == part)
        body = _session(context, pathway, found, _prose(course, "pathway", unit, language))
    elif kind == "page":
        body = _page(context, _prose(course, "page", unit, language))
    elif unit in course.modules:
        body = _MODULE[kind](context, course.modules[unit], _prose(course, "module", unit, language))
    else:
        case = course.cases[unit]
        prose = _prose(course, "case", unit, language)
        if kind == "stages" and part:
            body = _session_stages(context.within(case), case, prose, part)
        else:
            body = _CASE[kind](context.within(case), case, prose)
    return _about(context, kind) | body


def _prose(course: Course, kind: Kind, unit: str, language: str) -> Prose:
    found = course.text(kind, unit, language)
    if found is None:
        raise KeyError(f"{kind} {unit} is not written in {language}")
    return found


def _about(context: Context, kind: str) -> Data:
    course, words = context.course.about, context.words
    year, month, day = (int(number) for number in course.released.split("-"))
    title = course.title.get(context.language) or course.title[context.course.source_language]
    edition = words("common.edition_named", edition=course.edition)
    return {
        "kind": kind,
        "language": context.language,
        "type": words(f"handout.types.{kind}"),
        "brand": title.partition(":")[0].strip(),
        "author": course.publisher,
        "date": {"year": year, "month": month, "day": day},
        "imprint": [edition, words("common.licence")],
        "page": words("handout.page"),
        "note": "",
        "fields": [],
    }


def _titles(
    context: Context, kind: str, title: str, lead: str, *, kicker: list[str], facts: list[str]
) -> Data:
    name = context.words("handout.document_title", title=title, type=context.words(f"handout.types.{kind}"))
    return {"title": title, "document_title": name, "lead": lead, "kicker": kicker, "facts": facts}


# --- cases --------------------------------------------------------------------------------------------------


def _case_titles(context: Context, kind: str, case: Case, prose: Prose) -> Data:
    words = context.words
    setting = context.course.settings.get(case.setting)
    country = setting.name.get(context.language, "") if setting else ""
    kicker = [words("common.kinds.case"), country, words("common.fictional")]
    facts = [
        words("common.minutes", case.minutes),
        words("handout.stages", len(case.stages)),
        words("handout.prompts", len(case.prompts)),
    ]
    if case.content_notes:
        facts.append(words("common.mentions", what=_notes_said(context, case)))
    return _titles(
        context, kind, prose.title, prose.summary, kicker=[part for part in kicker if part], facts=facts
    ) | {"note": words("common.fictional_note")}


def _notes_said(context: Context, case: Case) -> str:
    return context.listed([context.words(f"common.content_notes.{note}") for note in case.content_notes])


def _participant(context: Context, case: Case, prose: Prose) -> Data:
    parts: Parts = []
    for stage in case.stages:
        parts.append(_stage(context, case, prose, stage))
        parts += [_prompt(context, prose, prompt) for prompt in _prompts(case, stage)]
    if case.ties:
        # Last, because it answers a question that asks people to draw it.
        parts.append(_map(context, case) | {"note": context.words("handout.map_note"), "sheet": True})
    return (
        _case_titles(context, "participant", case, prose)
        | {"fields": [context.words("handout.name_or_group")]}
        | {"parts": parts + _references(context, parts)}
    )


def _stages(context: Context, case: Case, prose: Prose, only: frozenset[str] | None = None) -> Data:
    """One sheet for each stage with its questions; `only` keeps to some stages and questions."""
    parts: Parts = []
    kept = [stage for stage in case.stages if only is None or stage.id in only]
    asked = [prompt for prompt in case.prompts if only is None or prompt.id in only]
    # A question may be asked in a session that has told its stage before: it then stands on a sheet of its own.
    told = [stage for stage in case.stages if stage in kept or any(prompt.stage == stage.id for prompt in asked)]
    for stage in told:
        shown = _stage(context, case, prose, stage, text_too=stage in kept) | {"sheet": stage is not told[0]}
        parts.append(shown)
        room = {"lines": 14, "room": "fill"}
        below = [_prompt(context, prose, prompt) | room for prompt in asked if prompt.stage == stage.id]
        # Each sheet is handed out alone, so it names its own sources.
        parts += below + _references(context, [parts[-1], *below])
    titles = _case_titles(context, "stages", case, prose)
    titles["facts"][1:3] = [
        context.words("handout.stages", len(kept)),
        context.words("handout.prompts", len(asked)),
    ]
    minutes = sum(stage.minutes for stage in kept) + sum(prompt.minutes for prompt in asked)
    titles["facts"][0] = context.words("common.minutes", minutes)
    return titles | {"parts": parts}


def _session_stages(context: Context, case: Case, prose: Prose, part: str) -> Data:
    """Return the stage sheets with only what a session uses, the session named above the title."""
    name, _, wanted = part.partition("/")
    pathway = context.course.pathways[name]
    session = next(each for each in pathway.sessions if each.id == wanted)
    data = _stages(context, case, prose, scheduled(context.course, session)[case.id])
    found = context.course.section("pathway", name, wanted, context.language)
    if found:
        data["kicker"] = [*data["kicker"], context.plain(found.title)]
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
        first = words("common.say_first_words", what=_notes_said(context, case))
        parts.append({"is": "facilitator", "label": words("common.say_first"), "blocks": [_paragraph(first)]})
    parts += _objectives(context, case.objectives)
    parts += _flow(section(context, prose, "guide", 2))
    for stage in case.stages:
        parts.append(_stage(context, case, prose, stage, text_too=False))
        for prompt in _prompts(case, stage):
            notes = _notes(context, prose, prose.get(f"{prompt.id}.facilitator"))
            parts.append(_prompt(context, prose, prompt) | {"lines": 0, "facilitator": notes})
    parts += _flow(section(context, prose, "outcome", 2))
    if case.ties:
        parts.append(_map(context, case) | {"said": True})
    if case.roles:
        parts += [heading(2, [text(words("handout.role_list"))]), _role_list(context, case, prose)]
    parts += _flow(section(context, prose, "adapting", 2))
    return _case_titles(context, "facilitator", case, prose) | {
        "parts": parts + _spread(_references(context, parts, case.sources))
    }


def _roles(context: Context, case: Case, prose: Prose) -> Data:
    cards: Parts = []
    for role in case.roles:
        card = prose.get(f"role.{role}")
        if card is not None:
            cards.append(
                {
                    "label": context.actor_label(role),
                    "title": inlines(context, card.title),
                    "blocks": section(context, prose, card.id, 2, titled=False),
                }
            )
    titles = _case_titles(context, "roles", case, prose)
    parts: Parts = [{"is": "cards", "label": context.words("handout.role_card"), "cards": cards}]
    sources = [part | {"margin": False} for part in _references(context, parts)]
    return titles | {"lead": "", "facts": [], "parts": parts + sources}


def _flow(data: Parts) -> Parts:
    """Wrap runs of prose, leaving headings to stand for themselves."""
    return [{"is": "prose", "blocks": data}] if data else []


def _prompts(case: Case, stage: Stage) -> Iterator[Prompt]:
    return (prompt for prompt in case.prompts if prompt.stage == stage.id)


def _stage(context: Context, case: Case, prose: Prose, stage: Stage, *, text_too: bool = True) -> Data:
    words = context.words
    after = "" if stage.after is None else words(f"common.after.{stage.after[-1]}", int(stage.after[1:-1]))
    found = prose.get(stage.id)
    return {
        "is": "stage",
        "sheet": False,
        "label": _stage_label(context, case, stage),
        "minutes": words("common.minutes", stage.minutes),
        "after": after,
        "title": inlines(context, found.title) if found else [],
        "blocks": section(context, prose, stage.id, 2, titled=False) if text_too else [],
    }


def _stage_label(context: Context, case: Case, stage: Stage) -> str:
    return context.words("common.stage_of", number=case.stages.index(stage) + 1, total=len(case.stages))


def _prompt(context: Context, prose: Prose, prompt: Prompt) -> Data:
    found = prose.get(prompt.id)
    return {
        "is": "prompt",
        "title": inlines(context, found.title) if found else [],
        "grouping": context.words(f"common.groupings.{prompt.grouping}"),
        "minutes": context.words("common.minutes", prompt.minutes),
        "serves": _served(context, prompt.serves()),
        "blocks": section(context, prose, prompt.id, 3, titled=False),
        "lines": 4,
        "room": "fixed",
        "facilitator": None,
    }


def _served(context: Context, serves: Iterator[tuple[str, str]]) -> list[str]:
    """Return the short names of the objectives served, each once."""
    found = dict.fromkeys(objective for _, objective in serves)
    return [_short(context, objective) for objective in found]


def _short(context: Context, objective: str) -> str:
    known = context.course.objectives.get(objective)
    return known.short.get(context.language, objective) if known else objective


def _notes(context: Context, prose: Prose, found: Section | None) -> Data | None:
    if found is None:
        return None
    said = blocks(context, found.blocks)
    for below in prose.sections:
        if below.id.startswith(found.id + "."):
            title = [{"is": "strong", "children": inlines(context, below.title)}]
            said += [{"is": "paragraph", "children": title}, *blocks(context, below.blocks)]
    return {"label": context.words("common.for_facilitator"), "blocks": said}


def _map(context: Context, case: Case) -> Data:
    drawing = coordination_map(context)
    words = list(drawing.words)
    return {
        "is": "map",
        "sheet": False,
        "said": False,
        "title": context.words("handout.map"),
        "note": "",
        "drawing": drawing.print,
        "alternative": " ".join([context.words("handout.map") + ":", *words]),
        "short_alternative": context.words("handout.map_described"),
        "words_title": context.words("handout.ends"),
        "words": words,
    }


def _role_list(context: Context, case: Case, prose: Prose) -> Data:
    items: Parts = []
    for role in case.roles:
        found = prose.get(f"role.{role}")
        name = context.actor_label(role)
        title = inlines(context, found.title) if found else []
        items.append({"name": name[0].upper() + name[1:], "title": title})
    return {"is": "names", "items": items}


# --- modules ------------------------------------------------------------------------------------------------


def _reader(context: Context, module: Module, prose: Prose) -> Data:
    """Everything a participant reads and does, without the answers and without the facilitator's notes."""
    words = context.words
    parts: Parts = []
    if opening := section(context, prose, "opening", 2):
        note = {"is": "small", "children": [text(words("common.story_note"))]}
        parts += [{"is": "prose", "blocks": opening[:1]}, note, {"is": "prose", "blocks": opening[1:]}]
    parts += _figure(context, module, prose)
    for activity in module.activities:
        parts.append(_activity(context, prose, activity))
        if activity.questions:
            parts += [_question(context, prose, activity, question) for question in activity.questions]
    for last in ("key-points", "further-reading"):
        parts += _flow(section(context, prose, last, 2))
    return _module_titles(context, "reader", module, prose) | {
        "fields": [words("handout.name")],
        "parts": parts + _spread(_references(context, parts)),
    }


def _guide(context: Context, module: Module, prose: Prose) -> Data:
    """What the one who leads needs beside the reading: time, objectives, tasks with notes, answers."""
    words = context.words
    parts: Parts = [heading(2, [text(words("handout.overview"))]), _module_plan(context, module)]
    parts += _objectives(context, module.objectives)
    parts += _flow(section(context, prose, "key-points", 2))
    for activity in module.activities:
        if activity.kind == "reading":
            continue
        notes = _notes(context, prose, prose.get(f"{activity.id}.facilitator"))
        parts.append(_activity(context, prose, activity) | {"lines": 0, "facilitator": notes})
        if activity.questions:
            parts += [
                _question(context, prose, activity, question, answers=True) for question in activity.questions
            ]
    return _module_titles(context, "guide", module, prose) | {
        "parts": parts + _spread(_references(context, parts))
    }


def _spread(references: Parts) -> Parts:
    """Return a list of sources that takes the whole width: a module cites more than a case."""
    return [part | {"margin": False, "wide": True} for part in references]


def _module_titles(context: Context, kind: str, module: Module, prose: Prose) -> Data:
    words = context.words
    number = list(context.course.modules).index(module.id) + 1
    kicker = [f"{words('common.kinds.module')} {number}", words(f"common.eqf.{module.eqf}")]
    facts = [
        words("common.minutes", sum(activity.minutes for activity in module.activities)),
        words("handout.activities", len(module.activities)),
    ]
    return _titles(context, kind, prose.title, prose.summary, kicker=kicker, facts=facts)


def _figure(context: Context, module: Module, prose: Prose) -> Parts:
    drawing, found = figure(context, module), prose.get("figure")
    if drawing is None or module.figure is None:
        return []
    return [
        {
            "is": "figure",
            "title": inlines(context, found.title) if found else [],
            "blocks": blocks(context, found.blocks) if found else [],
            "drawing": drawing.print,
            "alternative": context.words("handout.figure_described"),
            "words": _figure_words(module.figure, dict(zip(module.figure.labels, drawing.words, strict=True))),
        }
    ]


def _figure_words(drawn: Figure, words: dict[str, tuple[str, str]]) -> Parts:
    """Return the parts of a figure in words; those of a matrix row by row, its cells below the row."""

    def said(part: str, before: str = "", below: Parts | None = None) -> Data:
        name, sentence = words[part]
        return {"before": before, "name": name, "said": sentence, "below": below or []}

    if drawn.kind != "matrix":
        return [said(part) for part in drawn.labels]
    return [said(column) for column in drawn.columns] + [
        said(row, below=[said(f"{row}-{column}", words[column][0]) for column in drawn.columns])
        for row in drawn.rows
    ]


def _activity(context: Context, prose: Prose, activity: Activity) -> Data:
    words = context.words
    found = prose.get(activity.id)
    before: list[Data] = []
    if activity.kind == "quiz":
        before = [_paragraph(words("handout.quiz_lead"))]
    elif activity.kind == "reflection":
        before = [_paragraph(words("common.reflection_note"))]
    said = blocks(context, found.blocks) if found and activity.kind == "quiz" else []
    if activity.kind != "quiz":
        said = section(context, prose, activity.id, 2, titled=False)
    taken = [context.title(kind, unit) for kind, unit in activity.takes()]
    after = [_paragraph(f"{words('common.takes')} {', '.join(taken)}")] if taken else []
    return {
        "is": "activity",
        "kind": words(f"common.activity_kinds.{activity.kind}"),
        "title": inlines(context, found.title) if found else [],
        "grouping": words(f"common.groupings.{activity.grouping}"),
        "minutes": words("common.minutes", activity.minutes),
        "serves": [] if activity.kind in ("reading", "quiz") else _served(context, activity.serves()),
        "blocks": [*before, *said, *after],
        "lines": 10 if activity.kind == "reflection" else 0,
        "facilitator": None,
    }


def _paragraph(value: str) -> Data:
    return {"is": "paragraph", "children": [text(value)]}


def _question(
    context: Context, prose: Prose, activity: Activity, question: Question, *, answers: bool = False
) -> Data:
    name = f"{activity.id}.{question.id}"
    found = prose.get(name)
    below = blocks(context, found.blocks) if found else []
    if len(question.key) > 1:
        below.append(_paragraph(context.words("common.several")))
    options: Parts = []
    for option in question.options:
        said = prose.get(f"{name}.{option}")
        options.append(
            {
                "title": inlines(context, said.title) if said else [],
                "blocks": blocks(context, said.blocks) if said and answers else [],
                "right": context.words("handout.answer") if answers and option in question.key else "",
            }
        )
    return {
        "is": "question",
        "number": activity.questions.index(question) + 1,
        "title": inlines(context, found.title) if found else [],
        "blocks": below,
        "options": options,
        "answers": answers,
    }


def _module_plan(context: Context, module: Module) -> Data:
    """Return the activities with minutes; without a clock, for they are seldom done in one sitting."""
    rows = [
        _row(context, context.used_title(f"{module.id}#{activity.id}"), activity.minutes, activity.grouping)
        | {"of": context.words(f"common.activity_kinds.{activity.kind}")}
        | {"objectives": _numbers(module.objectives, activity.serves())}
        for activity in module.activities
    ]
    return _plan(context, rows) | {"clock": False}


# --- time plans ---------------------------------------------------------------------------------------------


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _plan(context: Context, rows: list[Data]) -> Data:
    """Return a time plan with a running clock that starts at 0:00."""
    words = context.words
    names = ("time", "minutes", "what", "how", "objectives")
    start = 0
    for row in rows:
        row["time"] = _clock(start)
        start += row["minutes"]
    return {
        "is": "plan",
        "columns": [words(f"handout.columns.{name}") for name in names],
        "rows": rows,
        "total": words("handout.total"),
        "end": _clock(start),
        "minutes": start,
        "clock": True,
    }


def _case_plan(context: Context, case: Case) -> Data:
    rows: list[Data] = []
    for stage in case.stages:
        label = {"how": _stage_label(context, case, stage), "strong": True}
        rows.append(_row(context, _titled(context, case, stage.id), stage.minutes) | label)
        for prompt in _prompts(case, stage):
            rows.append(
                _row(context, _titled(context, case, prompt.id), prompt.minutes, prompt.grouping)
                | {"objectives": _numbers(case.objectives, prompt.serves())}
            )
    return _plan(context, rows)


def _titled(context: Context, case: Case, part: str) -> str:
    return context.used_title(f"{case.id}#{part}")


def _row(context: Context, what: str, minutes: int, grouping: Grouping | None = None) -> Data:
    how = context.words(f"common.groupings.{grouping}") if grouping else ""
    marks = {"strong": False, "pause": False}
    return {"what": what, "of": "", "minutes": minutes, "how": how, "objectives": ""} | marks


def _numbers(listed: tuple[str, ...], serves: Iterable[tuple[str, str]]) -> str:
    """Return the numbers of the objectives served, as they are listed on the handout: `1, 3–5`."""
    return _runs(sorted({listed.index(objective) + 1 for _, objective in serves if objective in listed}))


def _runs(numbers: list[int]) -> str:
    """Return numbers in order with runs drawn together: `1, 3–5`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    joined = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(joined)


def _objectives(context: Context, wanted: tuple[str, ...]) -> Parts:
    items: list[Data] = []
    for objective in wanted:
        known = context.course.objectives.get(objective)
        statement = known.statement.get(context.language, "") if known else ""
        verb, space, rest = statement.partition(" ")
        if statement:
            items.append({"verb": verb, "rest": space + rest})
    if not items:
        return []
    return [heading(2, [text(context.words("handout.objectives"))]), {"is": "objectives", "items": items}]


def _references(context: Context, parts: Parts, wanted: tuple[str, ...] = ()) -> Parts:
    """Return the list of sources: those cited in the parts and those wanted besides, by name."""
    keys = dict.fromkeys([*cited(parts), *wanted])
    found = [context.course.sources[key] for key in keys if key in context.course.sources]
    if not found:
        return []
    lines = sorted((reference_text(source, context.language) for source in found), key=str.casefold)
    return [
        {
            "is": "references",
            "title": context.words("handout.sources"),
            "margin": True,
            "wide": False,
            "items": [linked(line) for line in lines],
        }
    ]


# --- worksheets ---------------------------------------------------------------------------------------------


def _worksheet(context: Context, worksheet: Worksheet, prose: Prose) -> Data:
    words = context.words
    parts: Parts = [{"is": "guidance", "blocks": section(context, prose, "guidance", 2)}]
    parts += [_field(context, prose, field) for field in worksheet.fields]
    origin = section(context, prose, "origin", 2)
    if origin:
        parts.append({"is": "origin", "blocks": origin})
    facts = [words("common.minutes", worksheet.minutes), words(f"common.groupings.{worksheet.grouping}")]
    kicker = [words("common.kinds.worksheet")]
    titles = _titles(context, "worksheet", prose.title, prose.summary, kicker=kicker, facts=facts)
    label = "handout.name" if worksheet.grouping == "alone" else "handout.group"
    # The list of sources goes on below the origin, where the sheet says where the tool comes from.
    changes = {"margin": False} | ({"title": ""} if origin else {})
    sources = [part | changes for part in _references(context, parts)]
    return titles | {"fields": [words(label)] if worksheet.signed else [], "parts": parts + sources}


def _field(context: Context, prose: Prose, field: WorksheetField) -> Data:
    found = prose.get(field.id)

    def part(name: str) -> Data:
        below = prose.get(f"{field.id}.{name}")
        return {
            "title": inlines(context, below.title) if below else [],
            "blocks": blocks(context, below.blocks) if below else [],
        }

    return {
        "is": "field",
        "kind": field.kind,
        "title": inlines(context, found.title) if found else [],
        "blocks": blocks(context, found.blocks) if found else [],
        "lines": field.lines or (8 if field.kind == "space" else 3),
        "columns": [part(column) for column in field.columns],
        "rows": field.rows or 4,
        "options": [part(option) for option in field.options],
        "steps": list(field.steps) if field.kind == "scale" else [],
        "ends": [part("low"), part("high")] if field.kind == "scale" else [],
    }


# --- pathways -----------------------------------------------------------------------------------------------


def _whole_plan(context: Context, pathway: Pathway, prose: Prose) -> Data:
    """The plan that a lecturer shows a programme board: overview, sessions, assessment, rubrics, coverage."""
    words = context.words
    contact = sum(session.minutes for session in pathway.sessions)
    parts = _flow(section(context, prose, "overview", 2))
    parts += [heading(2, [text(words("handout.sessions"))]), _session_list(context, pathway, prose)]
    parts += _objectives(context, pathway.objectives)
    assessment = section(context, prose, "assessment", 2)
    if assessment and pathway.hours:
        hours = words(
            "common.hours_divided",
            contact=context.number(contact / 60),
            study=pathway.hours.self_study,
            assessment=pathway.hours.assessment,
        )
        assessment.insert(1, {"is": "small", "children": [text(hours)]})
    parts += _flow(assessment)
    rubrics = (section(context, prose, f"rubric.{objective}", 3) for objective in pathway.rubric)
    parts += [{"is": "whole", "blocks": rubric} for rubric in rubrics if rubric]
    if pathway.eqf and pathway.objectives:
        parts += [heading(2, [text(words("handout.coverage"))]), _coverage(context, pathway)]
    facts = [
        words("common.hours_in_all", contact // 60, hours=context.number(contact / 60)),
        words("common.sessions", len(pathway.sessions)),
    ]
    if pathway.ects:
        facts.append(f"{context.number(pathway.ects)} ECTS")
    kicker = [words("common.kinds.pathway")]
    if pathway.eqf:
        kicker.append(words(f"common.eqf.{pathway.eqf}"))
    titles = _titles(context, "plan", prose.title, prose.summary, kicker=kicker, facts=facts)
    return titles | {"parts": parts + _spread(_references(context, parts))}


def _session_list(context: Context, pathway: Pathway, prose: Prose) -> Data:
    """Return the sessions with their minutes, and room for a date and a place."""
    words = context.words
    rows = []
    for number, session in enumerate(pathway.sessions, 1):
        found = prose.get(session.id)
        title = inlines(context, found.title) if found else [text(session.id)]
        rows.append([[text(str(number))], title, [text(str(session.minutes))], []])
    names = ("number", "session", "minutes", "when")
    return {
        "is": "table",
        "columns": [words(f"handout.columns.{name}") for name in names],
        "rows": rows,
        "widths": [0, 3, 0, 2],
        "right": [0, 2],
    }


def _coverage(context: Context, pathway: Pathway) -> Data:
    """Return, for each objective promised, the numbers of the sessions that teach, practise and assess it."""
    course, words = context.course, context.words
    found: dict[tuple[str, str], list[int]] = {}
    for number, session in enumerate(pathway.sessions, 1):
        used = (course.used(item.use) for item in session.items if item.use)
        for role, objective in {pair for part in used if part for pair in part.serves}:
            found.setdefault((objective, role), []).append(number)
    rows = [
        [[text(_short(context, objective))]]
        + [[text(_runs(found.get((objective, role), [])))] for role in ("teaches", "practises", "assesses")]
        for objective in pathway.objectives
    ]
    names = ("objective", "teaches", "practises", "assesses")
    return {
        "is": "table",
        "columns": [words(f"handout.columns.{name}") for name in names],
        "rows": rows,
        "widths": [3, 1, 2, 2],
        "right": [],
    }


# --- pages --------------------------------------------------------------------------------------------------


def _page(context: Context, prose: Prose) -> Data:
    """Return a page of the site as a sheet to print."""
    parts = _flow(blocks(context, prose.lead))
    for found in prose.sections:
        if found.level == 2:
            parts += _flow(section(context, prose, found.id, 2))
    titles = _titles(context, "page", prose.title, prose.summary, kicker=[], facts=[])
    return titles | {"parts": parts + _spread(_references(context, parts))}


# --- sessions -----------------------------------------------------------------------------------------------


def _session(context: Context, pathway: Pathway, session: Session, prose: Prose) -> Data:
    course, words = context.course, context.words
    found = prose.get(session.id)
    title = context.plain(found.title) if found else session.id
    parts: Parts = []
    parts += _flow(section(context, prose, session.id, 1, titled=False))
    parts += [heading(2, [text(words("handout.time_plan"))]), _session_plan(context, pathway, session)]
    spare = session.minutes - session_minutes(course, session)
    if spare > 0:
        left = words("handout.spare", minutes=words("common.minutes", spare))
        parts.append({"is": "small", "children": [text(left)]})
    needed = [{"title": each.title, "how": each.how} for each in materials(context, pathway, session)]
    if needed:
        parts += [heading(2, [text(words("handout.print"))]), {"is": "checklist", "items": needed}]
    if notes := _notes(context, prose, prose.get(f"{session.id}.facilitator")):
        parts.append({"is": "facilitator"} | notes)
    parts += _objectives(context, _session_objectives(course, pathway, session))
    kicker = [words("common.kinds.pathway"), prose.title]
    facts = [words("common.minutes", session.minutes)]
    titles = _titles(context, "session", title, "", kicker=kicker, facts=facts)
    return titles | {"parts": parts + _references(context, parts)}


def _session_objectives(course: Course, pathway: Pathway, session: Session) -> tuple[str, ...]:
    """Return the objectives of the plan that a session serves, in the order of the course."""
    used = (course.used(item.use or "") for item in session.items)
    served = {objective for part in used if part for _, objective in part.serves}
    return tuple(id_ for id_ in course.objectives if id_ in served and id_ in pathway.objectives)


def _session_plan(context: Context, pathway: Pathway, session: Session) -> Data:
    course = context.course
    listed = _session_objectives(course, pathway, session)
    rows: list[Data] = []
    before = ""
    for item in session.items:
        minutes = item_minutes(course, item)
        if item.use is None:
            frame = item.frame()
            what = context.words(f"common.{frame[0]}") if frame else ""
            rows.append(_row(context, what, minutes) | {"pause": item.pause is not None})
            continue
        used = course.used(item.use)
        row = _row(context, context.used_title(item.use), minutes, _grouping(course, item.use))
        if used:
            row["objectives"] = _numbers(listed, used.serves)
        if used and used.kind == "case" and (stage := course.cases[used.unit].stage(used.part)):
            row["how"] = _stage_label(context, course.cases[used.unit], stage)
        if used and used.part and used.unit != before:
            row["of"] = context.title(used.kind, used.unit)
        before = used.unit if used else ""
        rows.append(row)
    return _plan(context, rows)


def _grouping(course: Course, reference: str) -> Grouping | None:
    part = part_of(course, reference)
    return None if part is None or isinstance(part, Stage) else part.grouping


_MODULE: dict[str, Callable[[Context, Module, Prose], Data]] = {"reader": _reader, "guide": _guide}
_CASE: dict[str, Callable[[Context, Case, Prose], Data]] = {
    "participant": _participant,
    "stages": _stages,
    "facilitator": _facilitator,
    "roles": _roles,
    "map": _map_sheet,
}
