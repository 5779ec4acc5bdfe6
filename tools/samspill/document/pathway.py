"""The parts of a plan: overview, sessions with their rows, assessment with rubrics, and what it covers."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.document import tree as d
from samspill.document.case import stage_label
from samspill.document.links import aim, aims, part_link, serving
from samspill.document.parts import Coverage, Material, Part, Row, Served, Session
from samspill.document.passage import capital, notes, passage
from samspill.document.prose import body, said, words
from samspill.document.whole import Fact
from samspill.model import ROLES, Activity, Course, Pathway, Prompt, Role, Stage, Worksheet, item_minutes
from samspill.model import Session as Planned
from samspill.prose import Prose
from samspill.reading.context import Context, Label
from samspill.reading.materials import materials, part_of


def parts(context: Context, pathway: Pathway, prose: Prose) -> tuple[Part, ...]:
    """Return the parts of a plan in reading order."""
    found: list[Part | None] = [passage(context, prose, "overview")]
    found += [_session(context, pathway, prose, session) for session in pathway.sessions]
    hours = _hours(context, pathway)
    found.append(passage(context, prose, "assessment", note=hours, leave=("rubric",)))
    found += [passage(context, prose, "rubric", f"rubric.{objective}") for objective in pathway.rubric]
    if pathway.objectives and pathway.eqf:
        found.append(_coverage(context, pathway))
    return tuple(part for part in found if part is not None)


def facts(context: Context, pathway: Pathway) -> list[Fact]:
    """Return how long a plan is, what it counts for and for whom it is."""
    say = context.words
    total = sum(session.minutes for session in pathway.sessions)
    found = [
        Fact("minutes", say("common.minutes", total)),
        Fact("hours", say("common.hours_in_all", total // 60, hours=context.number(total / 60))),
        Fact("sessions", say("common.sessions", len(pathway.sessions))),
    ]
    if pathway.ects:
        found.append(Fact("ects", f"{context.number(pathway.ects)} ECTS"))
    if pathway.audience:
        whom = context.listed([say(f"common.audiences.{who}") for who in pathway.audience])
        found.append(Fact("audience", capital(whom)))
    if pathway.eqf:
        found.append(Fact("eqf", say(f"common.eqf.{pathway.eqf}")))
    return found


def _hours(context: Context, pathway: Pathway) -> str:
    """Return how the hours of a plan divide, or nothing where it counts for none."""
    if pathway.hours is None:
        return ""
    contact = context.number(sum(session.minutes for session in pathway.sessions) / 60)
    hours = {"study": pathway.hours.self_study, "assessment": pathway.hours.assessment}
    return context.words("common.hours_divided", contact=contact, **hours)


def _session(context: Context, pathway: Pathway, prose: Prose, session: Planned) -> Session:
    found, say = prose.get(session.id), context.words
    rows = tuple(_rows(context, pathway, session))
    planned = sum(row.minutes for row in rows)
    spare = max(session.minutes - planned, 0)
    number = pathway.sessions.index(session) + 1
    called = context.part("pathway", pathway.id, session.id) or Label(session.id)
    return Session(
        id=session.id,
        number=number,
        label=say("site.session_of", number=number, total=len(pathway.sessions)),
        title=words(context, found.title) if found else said(called),
        body=body(context, prose, found),
        minutes=session.minutes,
        time=say("common.minutes", session.minutes),
        rows=rows,
        planned=say("site.timetable.planned", planned),
        spare=spare,
        left=say("site.timetable.left", spare) if spare else "",
        materials=tuple(_materials(context, pathway, session)),
        aims=aims(context, _served(context.course, pathway, session)),
        notes=notes(context, prose, session.id),
        graded=bool(pathway.eqf),
        written=found is not None,
    )


def _rows(context: Context, pathway: Pathway, session: Planned) -> Iterator[Row]:
    now, before = 0, ""
    for item in session.items:
        minutes = item_minutes(context.course, item)
        if frame := item.frame():
            what = (d.Text(context.words(f"common.{frame[0]}")),)
            yield Row(now, minutes, what, pause=item.pause is not None)
        else:
            yield _row(context, pathway, item.use or "", now, minutes, before)
            before = (item.use or "").partition("#")[0]
        now += minutes


def _row(context: Context, pathway: Pathway, reference: str, start: int, minutes: int, before: str) -> Row:
    course, say = context.course, context.words
    used = course.used(reference)
    if used is None:
        return Row(start, minutes, (d.Text(reference),))
    part = part_of(course, reference)
    case = course.cases[used.unit] if used.kind == "case" else None
    return Row(
        start=start,
        minutes=minutes,
        what=part_link(context, used.kind, used.unit, used.part),
        unit=said(context.label(used.kind, used.unit)) if used.part else (),
        sort=say(f"common.kinds.{used.kind}"),
        begins=used.unit != before,
        stage=stage_label(context, case, part) if case and isinstance(part, Stage) else "",
        activity=say(f"common.activity_kinds.{part.kind}") if isinstance(part, Activity) else "",
        grouping=say(f"common.groupings.{part.grouping}") if isinstance(part, Activity | Prompt | Worksheet) else "",
        serves=serving(context, [pair for pair in used.serves if pair[1] in pathway.objectives]),
    )


def _materials(context: Context, pathway: Pathway, session: Planned) -> Iterator[Material]:
    for found in materials(context, pathway, session):
        language = found.title.language
        where = context.where_spoken(language) if language else ""
        yield Material(said(found.title), found.path, found.how, language, where)


def _served(course: Course, pathway: Pathway, session: Planned) -> tuple[str, ...]:
    """Return the objectives of the plan that a session serves, in the order of the course."""
    used = (course.used(item.use or "") for item in session.items)
    found = {objective for part in used if part for _, objective in part.serves}
    return tuple(name for name in course.objectives if name in found and name in pathway.objectives)


def _coverage(context: Context, pathway: Pathway) -> Coverage:
    course = context.course
    sessions: dict[tuple[str, Role], list[int]] = {}
    for number, session in enumerate(pathway.sessions, 1):
        used = (course.used(item.use) for item in session.items if item.use)
        for role, objective in sorted({pair for part in used if part for pair in part.serves}):
            sessions.setdefault((objective, role), []).append(number)
    wanted = frozenset(item.use for session in pathway.sessions for item in session.items if item.use)
    return Coverage(tuple(
        (
            aim(context, objective),
            tuple(
                Served(role, where(context, objective, role, wanted), tuple(sessions.get((objective, role), ())))
                for role in ROLES
            ),
        )
        for objective in pathway.objectives
    ))  # fmt: skip


def where(
    context: Context, objective: str, role: Role, wanted: frozenset[str] | None = None
) -> tuple[tuple[str, tuple[d.Words, ...]], ...]:
    """Return the parts that serve an objective in a role, by unit, in the whole course or among those wanted."""
    units: dict[str, list[d.Words]] = {}
    for found, kind, unit, part in context.course.serving(objective):
        if found != role or (wanted is not None and f"{unit}#{part}".rstrip("#") not in wanted):
            continue
        number = list(context.course.units(kind)).index(unit) + 1
        name = f"{context.words(f'common.kinds.{kind}')} {number}"
        units.setdefault(name, []).append(part_link(context, kind, unit, part))
    return tuple((name, tuple(links)) for name, links in units.items())
