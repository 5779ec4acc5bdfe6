"""The handouts of a pathway: the overview for a programme board, and the plan of each session."""

from __future__ import annotations

from collections.abc import Iterable

from samspill.model import Course, Grouping, Pathway, Session, Stage, item_minutes, session_minutes
from samspill.prose import Prose
from samspill.reading.context import Context, Label
from samspill.reading.materials import Material, materials, part_of
from samspill.render.paper.cases import stage_label
from samspill.render.paper.parts import (
    Parts,
    facilitator_notes,
    flow,
    numbers,
    objective_list,
    plan_row,
    reference_list,
    runs,
    short_name,
    spread,
    time_plan,
    title_block,
)
from samspill.render.paper.tree import Data, heading, inlines, line, section, spoken, text


def whole_plan(context: Context, pathway: Pathway, prose: Prose) -> Data:
    """The plan that a lecturer shows a programme board: overview, sessions, assessment, rubrics, coverage."""
    words = context.words
    contact = sum(session.minutes for session in pathway.sessions)
    parts = flow(section(context, prose, "overview", 2))
    parts += [heading(2, [text(words("handout.sessions"))]), _session_list(context, pathway, prose)]
    parts += objective_list(context, pathway.objectives)
    assessment = section(context, prose, "assessment", 2)
    if assessment and pathway.hours:
        hours = words(
            "common.hours_divided",
            contact=context.number(contact / 60),
            study=pathway.hours.self_study,
            assessment=pathway.hours.assessment,
        )
        assessment.insert(1, {"is": "small", "children": [text(hours)]})
    parts += flow(assessment)
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
    kicker: list[str | Parts] = [words("common.kinds.pathway")]
    if pathway.eqf:
        kicker.append(words(f"common.eqf.{pathway.eqf}"))
    titles = title_block(context, "plan", prose.title, prose.summary, kicker=kicker, facts=facts, front=prose.changed)
    return titles | {"parts": parts + spread(reference_list(context, parts))}


def _session_list(context: Context, pathway: Pathway, prose: Prose) -> Data:
    """Return the sessions with their minutes, and room for a date and a place."""
    rows: list[list[Parts]] = []
    for number, session in enumerate(pathway.sessions, 1):
        found = prose.get(session.id)
        title = inlines(context, found.title) if found else [text(session.id)]
        rows.append([[text(str(number))], title, [text(str(session.minutes))], []])
    return _table(context, ("number", "session", "minutes", "when"), rows, widths=[0, 3, 0, 2], names=1, right=[0, 2])


def _coverage(context: Context, pathway: Pathway) -> Data:
    """Return, for each objective promised, the numbers of the sessions that teach, practise and assess it."""
    course = context.course
    found: dict[tuple[str, str], list[int]] = {}
    for number, session in enumerate(pathway.sessions, 1):
        used = (course.used(item.use) for item in session.items if item.use)
        for role, objective in {pair for part in used if part for pair in part.serves}:
            found.setdefault((objective, role), []).append(number)
    rows = [
        [spoken(short_name(context, objective))]
        + [[text(runs(found.get((objective, role), [])))] for role in ("teaches", "practises", "assesses")]
        for objective in pathway.objectives
    ]
    return _table(context, ("objective", "teaches", "practises", "assesses"), rows, widths=[3, 1, 2, 2], names=0)


def _table(
    context: Context,
    heads: tuple[str, ...],
    rows: list[list[Parts]],
    *,
    widths: list[int],
    names: int,
    right: Iterable[int] = (),
) -> Data:
    """Return a table of ours; the cells of column `names` name the rows."""
    columns = [context.words(f"handout.columns.{head}") for head in heads]
    return {"is": "table", "columns": columns, "rows": rows, "widths": widths, "names": names, "right": list(right)}


def session_plan(context: Context, pathway: Pathway, session: Session, prose: Prose) -> Data:
    """Return the plan of a session: text, time plan, what to print, notes and objectives."""
    course, words = context.course, context.words
    title = context.part("pathway", pathway.id, session.id) or Label(session.id)
    parts: Parts = []
    parts += flow(section(context, prose, session.id, 1, titled=False))
    parts += [heading(2, [text(words("handout.time_plan"))]), _timetable(context, pathway, session)]
    spare = session.minutes - session_minutes(course, session)
    if spare > 0:
        left = words("handout.spare", minutes=words("common.minutes", spare))
        parts.append({"is": "small", "children": [text(left)]})
    needed = [_material(context, each) for each in materials(context, pathway, session)]
    if needed:
        parts += [heading(2, [text(words("handout.print"))]), {"is": "checklist", "items": needed}]
    if notes := facilitator_notes(context, prose, prose.get(f"{session.id}.facilitator")):
        parts.append({"is": "facilitator"} | notes)
    parts += objective_list(context, _session_objectives(course, pathway, session))
    kicker: list[str | Parts] = [words("common.kinds.pathway"), prose.title]
    facts = [words("common.minutes", session.minutes)]
    titles = title_block(context, "session", title, "", kicker=kicker, facts=facts)
    return titles | {"parts": parts + reference_list(context, parts)}


def _material(context: Context, found: Material) -> Data:
    """Return a handout to print; one that is there in the source language only says so."""
    language = found.title.language
    note = (f" ({context.where_spoken(language)})",) if language else ()
    return {"title": line(found.title, *note), "how": found.how}


def _session_objectives(course: Course, pathway: Pathway, session: Session) -> tuple[str, ...]:
    """Return the objectives of the plan that a session serves, in the order of the course."""
    used = (course.used(item.use or "") for item in session.items)
    served = {objective for part in used if part for _, objective in part.serves}
    return tuple(id_ for id_ in course.objectives if id_ in served and id_ in pathway.objectives)


def _timetable(context: Context, pathway: Pathway, session: Session) -> Data:
    course = context.course
    listed = _session_objectives(course, pathway, session)
    rows: list[Data] = []
    before = ""
    for item in session.items:
        minutes = item_minutes(course, item)
        if item.use is None:
            frame = item.frame()
            what = context.words(f"common.{frame[0]}") if frame else ""
            rows.append(plan_row(context, what, minutes) | {"pause": item.pause is not None})
            continue
        used = course.used(item.use)
        row = plan_row(context, context.used(item.use), minutes, _grouping(course, item.use))
        if used:
            row["objectives"] = numbers(listed, used.serves)
        if used and used.kind == "case" and (stage := course.cases[used.unit].stage(used.part)):
            row["how"] = stage_label(context, course.cases[used.unit], stage)
        if used and used.part and used.unit != before:
            row["of"] = line(context.label(used.kind, used.unit))
        before = used.unit if used else ""
        rows.append(row)
    return time_plan(context, rows)


def _grouping(course: Course, reference: str) -> Grouping | None:
    part = part_of(course, reference)
    return None if part is None or isinstance(part, Stage) else part.grouping
