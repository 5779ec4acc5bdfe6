"""The handouts of a pathway: the overview for a programme board, and the plan of each session."""

from __future__ import annotations

from collections.abc import Iterable

from samspill.document.parts import Coverage, Material, Row, Session
from samspill.document.tree import Text
from samspill.document.whole import Document
from samspill.model import ROLES
from samspill.render.paper.parts import (
    Parts,
    facilitator_notes,
    flow,
    numbers,
    objective_list,
    plan_row,
    reference_list,
    runs,
    say,
    section,
    sections,
    small,
    spread,
    time_plan,
    title_block,
)
from samspill.render.paper.tree import Data, blocks, heading, inlines, line, spoken, text


def whole_plan(document: Document) -> Data:
    """The plan that a lecturer shows a programme board: overview, sessions, assessment, rubrics, coverage."""
    words = say(document)
    parts = sections(document, "overview", led=True)
    parts += [heading(2, [text(words("handout.sessions"))]), _session_list(document)]
    parts += objective_list(document, document.aims)
    for passage in document.passages("assessment"):
        parts += flow(section(passage, noted=True))
        if notes := facilitator_notes(passage.notes):
            parts.append({"is": "facilitator"} | notes)
    parts += [{"is": "whole", "blocks": section(passage, 3)} for passage in document.passages("rubric")]
    for part in document.parts:
        if isinstance(part, Coverage):
            parts += [heading(2, [text(words("common.coverage"))]), _coverage(document, part)]
    facts = [fact for name in ("hours", "sessions", "ects") if (fact := document.fact(name))]
    kicker: list[str | Parts] = [part for part in (document.name, document.fact("eqf")) if part]
    titles = title_block(document, "plan", kicker=kicker, facts=facts)
    return titles | {"parts": parts + spread(reference_list(document, parts))}


def _sessions(document: Document) -> list[Session]:
    return [part for part in document.parts if isinstance(part, Session)]


def _session_list(document: Document) -> Data:
    """Return the sessions with their minutes, and room for a date and a place."""
    rows: list[list[Parts]] = [
        [[text(str(session.number))], inlines(session.title), [text(str(session.minutes))], []]
        for session in _sessions(document)
    ]
    heads = tuple(f"handout.columns.{head}" for head in ("number", "session", "minutes", "when"))
    return _table(document, heads, rows, widths=[0, 3, 0, 2], names=1, right=[0, 2])


def _coverage(document: Document, part: Coverage) -> Data:
    """Return, for each objective promised, the numbers of the sessions that teach, practise and assess it."""
    rows = [
        [spoken(aim.short), *([text(runs(list(served.sessions)))] for served in found)] for aim, found in part.rows
    ]
    heads = ("common.objective", *(f"handout.columns.{role}" for role in ROLES))
    return _table(document, heads, rows, widths=[3, 1, 2, 2], names=0)


def _table(
    document: Document,
    heads: tuple[str, ...],
    rows: list[list[Parts]],
    *,
    widths: list[int],
    names: int,
    right: Iterable[int] = (),
) -> Data:
    """Return a table of ours; the cells of column `names` name the rows."""
    columns = [say(document)(head) for head in heads]
    return {"is": "table", "columns": columns, "rows": rows, "widths": widths, "names": names, "right": list(right)}


def session_plan(document: Document, part: str) -> Data:
    """Return the plan of a session: text, time plan, what to print, notes and objectives."""
    words = say(document)
    session = next(each for each in _sessions(document) if each.id == part)
    parts: Parts = flow(blocks(session.body, 1))
    rows = time_plan(document, [_row(session, row) for row in session.rows])
    parts += [heading(2, [text(words("handout.time_plan"))]), rows]
    if session.left:
        parts.append(small(session.left))
    if session.materials:
        needed = [_material(each) for each in session.materials]
        parts += [heading(2, [text(words("handout.print"))]), {"is": "checklist", "items": needed}]
    if notes := facilitator_notes(session.notes):
        parts.append({"is": "facilitator"} | notes)
    parts += objective_list(document, session.aims)
    kicker: list[str | Parts] = [document.name, document.title]
    titles = title_block(document, "session", title=session.title, kicker=kicker, facts=[session.time])
    return titles | {"parts": parts + reference_list(document, parts)}


def _material(found: Material) -> Data:
    """Return a handout to print; one that is there in the source language only says so."""
    note = (Text(f" ({found.where})"),) if found.where else ()
    return {"title": line((*found.title, *note)), "how": found.how}


def _row(session: Session, row: Row) -> Data:
    done = plan_row(row.what, row.minutes, row.stage or row.grouping)
    done |= {"pause": row.pause, "objectives": numbers(session.aims, row.serves)}
    return done | ({"of": line(row.unit)} if row.begins and row.unit else {})
