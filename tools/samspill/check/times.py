"""Rules: minutes fit."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place, rule
from samspill.model import Course, session_minutes

#: Hours of work that one ECTS credit stands for (ECTS Users' Guide 2015, p. 10).
CREDIT = (25, 30)
#: Minutes of a session that may stay unplanned.
SLACK = 15


@rule("P001")
def session_minutes_fit(course: Course) -> Iterator[Finding]:
    """The parts of a session, breaks included, fill it: not longer, and at most 15 minutes shorter.

    A plan that does not fit is found out in the room.
    """
    for pathway in course.pathways.values():
        path = course.structure_path("pathway", pathway.id)
        for index, session in enumerate(pathway.sessions):
            if any(item.use and course.used(item.use) is None for item in session.items):
                continue  # R006 names the item; its minutes are not known
            total = session_minutes(course, session)
            if not session.minutes - SLACK <= total <= session.minutes:
                at = place(course, path, "sessions", index, "minutes")
                message = f'session "{session.id}" has {session.minutes} minutes, its parts {total}'
                fitting = f"{session.minutes - SLACK} to {session.minutes} minutes"
                yield *at, message, f"make the parts {fitting}, or mend minutes:"


@rule("P002")
def case_minutes(course: Course) -> Iterator[Finding]:
    """A case's minutes are the sum of its stages and prompts."""
    for case in course.cases.values():
        if case.minutes != case.parts_minutes:
            at = place(course, course.structure_path("case", case.id), "minutes")
            message = f"the case says {case.minutes} minutes, its stages and prompts add up to {case.parts_minutes}"
            yield *at, message, f"write minutes: {case.parts_minutes}, or mend a part"


@rule("P003")
def item_without_minutes(course: Course) -> Iterator[Finding]:
    """Every item of a session is a part to use, or a welcome, a break or a closing, and its minutes are known.

    Minutes beside an item are only for a part that has none of its own; otherwise one number would stand twice.
    """
    for pathway in course.pathways.values():
        path = course.structure_path("pathway", pathway.id)
        for index, session in enumerate(pathway.sessions):
            for number, item in enumerate(session.items):
                at = place(course, path, "sessions", index, "items", number)
                if sum(it is not None for it in (item.use, item.pause, item.welcome, item.closing)) != 1:
                    message = "an item is one of use:, welcome:, break: and closing:"
                    yield *at, message, "give it exactly one of them"
                    continue
                used = course.used(item.use) if item.use else None
                if used and used.minutes is None and item.minutes is None:
                    yield *at, f'"{item.use}" has no minutes of its own', "add minutes: to the item"
                elif used and used.minutes is not None and item.minutes is not None:
                    yield *at, f'"{item.use}" already has {used.minutes} minutes', "remove minutes: from the item"


@rule("P004")
def credit_hours(course: Course) -> Iterator[Finding]:
    """Contact time, own study and assessment add up to 25 to 30 hours per ECTS credit.

    Contact time is the sum of the sessions. A pathway with credits says the rest under `hours:`.
    """
    for pathway in course.pathways.values():
        if not pathway.ects:
            continue
        path = course.structure_path("pathway", pathway.id)
        contact = sum(session.minutes for session in pathway.sessions) / 60
        hours = pathway.hours
        total = contact + (hours.self_study + hours.assessment if hours else 0)
        low, high = (bound * pathway.ects for bound in CREDIT)
        if not low <= total <= high:
            message = f"{pathway.ects:g} ECTS stand for {low:g} to {high:g} hours, the pathway has {total:g}"
            yield (
                *place(course, path, "hours"),
                message,
                f"sessions take {contact:g} hours; mend hours: or the sessions",
            )
