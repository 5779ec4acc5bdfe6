"""What to print for a session: found from what the session uses, never typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from samspill.languages import catalogue
from samspill.model import Activity, Course, Kind, Pathway, Prompt, Session, Stage, Worksheet
from samspill.prose import Link
from samspill.reading.context import Context, Label
from samspill.reading.printed import HandoutKind, handout_path, sheet_name


@dataclass(frozen=True)
class Material:
    """A handout that a session needs: its title, how many to print, and its path from the language's root."""

    title: Label
    how: str
    path: str


def materials(context: Context, pathway: Pathway, session: Session) -> Iterator[Material]:
    """Yield what to print for a session, in the order it is used."""
    course, words = context.course, context.words

    def material(kind: HandoutKind, of: Kind, unit: str, how: str, part: str = "") -> Material:
        named = context.label(of, unit)
        # Of what is not translated there is the handout in the source language: it is called what stands on it.
        said = catalogue(named.language or context.language)(sheet_name(kind))
        title = replace(named, text=f"{named.text}: {said}")
        return Material(title, words(f"handout.{how}"), handout_path(kind, unit, part))

    parts = tuple(_parts(course, session))
    cases = dict.fromkeys([*scheduled(course, session), *(a.case for a in parts if isinstance(a, Activity) and a.case)])
    for unit in cases:
        case = course.cases[unit]
        own = f"{pathway.id}/{session.id}" if leaves_out(course, session, unit) else ""
        yield material("stages", "case", unit, "print_stages", own)
        if any(isinstance(part, Prompt) and part in case.prompts and part.grouping == "roles" for part in parts):
            yield material("roles", "case", unit, "print_roles")
        if case.ties and case.stages[-1] in parts:
            yield material("map", "case", unit, "print_map")
        yield material("facilitator", "case", unit, "print_facilitator")
    used = (course.used(item.use) for item in session.items if item.use)
    for unit in dict.fromkeys(found.unit for found in used if found and found.kind == "module"):
        yield material("reader", "module", unit, "print_reader")
        yield material("guide", "module", unit, "print_facilitator")
    for unit in dict.fromkeys(_worksheets(course, session, parts)):
        alone = course.worksheets[unit].grouping == "alone" or not course.worksheets[unit].signed
        yield material("worksheet", "worksheet", unit, "print_worksheet_alone" if alone else "print_worksheet")


def scheduled(course: Course, session: Session) -> Mapping[str, frozenset[str]]:
    """Return the cases of a session, each with the stages and prompts that the session uses."""
    found: dict[str, set[str]] = {}
    for item in session.items:
        used = course.used(item.use) if item.use else None
        if used and used.kind == "case":
            found.setdefault(used.unit, set()).add(used.part)
    return {unit: frozenset(parts) for unit, parts in found.items()}


def leaves_out(course: Course, session: Session, unit: str) -> bool:
    """Tell whether a session uses some of a case and leaves out a stage or a question: it then has its own sheets."""
    parts, case = scheduled(course, session).get(unit), course.cases[unit]
    whole = {stage.id for stage in case.stages} | {prompt.id for prompt in case.prompts}
    return parts is not None and not parts >= whole


def part_of(course: Course, reference: str) -> Activity | Prompt | Stage | Worksheet | None:
    """Return what a session item refers to."""
    used = course.used(reference)
    match used.kind if used else None:
        case "module":
            return course.modules[used.unit].activity(used.part) if used else None
        case "case" if used:
            case = course.cases[used.unit]
            return case.prompt(used.part) or case.stage(used.part)
        case "worksheet" if used:
            return course.worksheets[used.unit]
    return None


def _parts(course: Course, session: Session) -> Iterator[Activity | Prompt | Stage | Worksheet]:
    for item in session.items:
        part = part_of(course, item.use) if item.use else None
        if part is not None:
            yield part


def _worksheets(
    course: Course, session: Session, parts: tuple[Activity | Prompt | Stage | Worksheet, ...]
) -> Iterator[str]:
    """Yield the worksheets of a session: its items, those its activities name, and those its tasks send people to.

    Links are the same in every language, so the source is read: a list is whole where a text is not translated yet.
    """
    yield from (part.id for part in parts if isinstance(part, Worksheet))
    yield from (part.worksheet for part in parts if isinstance(part, Activity) and part.worksheet)
    for item in session.items:
        used = course.used(item.use) if item.use else None
        task = part_of(course, item.use) if item.use else None
        if used is None or not (isinstance(task, Prompt) or getattr(task, "kind", "") in ("exercise", "discussion")):
            continue
        prose = course.text(used.kind, used.unit, course.source_language)
        for below in prose.sections if prose else ():
            if below.for_facilitator or not f"{below.id}.".startswith(f"{used.part}."):
                continue
            for node in below.inlines:
                if isinstance(node, Link) and node.target.startswith("worksheet:"):
                    name = node.target.partition("#")[0].removeprefix("worksheet:")
                    if name in course.worksheets:
                        yield name
