"""What to print for a session: found from what the session uses, never typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samspill.model import Activity, Case, Course, Pathway, Prompt, Session, Stage, Worksheet
from samspill.prose import Link, section_inlines
from samspill.render.context import Context


@dataclass(frozen=True)
class Material:
    """A handout that a session needs: its title, how many to print, and its path from the language's root."""

    title: str
    how: str
    path: str


def materials(context: Context, pathway: Pathway, session: Session) -> Iterator[Material]:
    """Yield what to print for a session, in the order it is used."""
    course, words = context.course, context.words

    def material(title: str, kind: str, how: str, path: str) -> Material:
        return Material(f"{title}: {words(f'handout.types.{kind}')}", words(f"handout.{how}"), f"handouts/{path}.pdf")

    parts = tuple(_parts(course, session))
    cases = dict.fromkeys([*scheduled(course, session), *(a.case for a in parts if isinstance(a, Activity) and a.case)])
    for unit in cases:
        case, name = course.cases[unit], context.title("case", unit)
        sheets = stage_sheets(course, pathway, session, unit)
        yield Material(f"{name}: {words('handout.types.stages')}", words("handout.print_stages"), sheets)
        if any(isinstance(part, Prompt) and part in case.prompts and part.grouping == "roles" for part in parts):
            yield material(name, "roles", "print_roles", f"case-{unit}-roles")
        if case.ties and case.stages[-1] in parts:
            yield material(name, "map", "print_map", f"case-{unit}-map")
        yield material(name, "facilitator", "print_facilitator", f"case-{unit}-facilitator")
    used = (course.used(item.use) for item in session.items if item.use)
    for unit in dict.fromkeys(found.unit for found in used if found and found.kind == "module"):
        name = context.title("module", unit)
        yield material(name, "reader", "print_reader", f"module-{unit}-reader")
        yield material(name, "guide", "print_facilitator", f"module-{unit}-guide")
    for unit in dict.fromkeys(_worksheets(context, session, parts)):
        alone = course.worksheets[unit].grouping == "alone" or not course.worksheets[unit].signed
        how = "print_worksheet_alone" if alone else "print_worksheet"
        yield material(context.title("worksheet", unit), "worksheet", how, f"worksheet-{unit}")


def scheduled(course: Course, session: Session) -> Mapping[str, frozenset[str]]:
    """Return the cases of a session, each with the stages and prompts that the session uses."""
    found: dict[str, set[str]] = {}
    for item in session.items:
        used = course.used(item.use) if item.use else None
        if used and used.kind == "case":
            found.setdefault(used.unit, set()).add(used.part)
    return {unit: frozenset(parts) for unit, parts in found.items()}


def stage_sheets(course: Course, pathway: Pathway | None, session: Session | None, unit: str) -> str:
    """Return the path of a case's stage sheets: a session's own when it leaves out a stage or a question."""
    whole = f"handouts/case-{unit}-stages.pdf"
    parts = scheduled(course, session).get(unit) if session else None
    if pathway is None or session is None or parts is None or parts >= _all(course.cases[unit]):
        return whole
    return f"handouts/pathway-{pathway.id}-{session.id}-{unit}.pdf"


def _all(case: Case) -> frozenset[str]:
    return frozenset([*(stage.id for stage in case.stages), *(prompt.id for prompt in case.prompts)])


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
    context: Context, session: Session, parts: tuple[Activity | Prompt | Stage | Worksheet, ...]
) -> Iterator[str]:
    """Yield the worksheets of a session: its items, those its activities name, and those its tasks send people to."""
    course = context.course
    yield from (part.id for part in parts if isinstance(part, Worksheet))
    yield from (part.worksheet for part in parts if isinstance(part, Activity) and part.worksheet)
    for item in session.items:
        used = course.used(item.use) if item.use else None
        task = part_of(course, item.use) if item.use else None
        if used is None or not (isinstance(task, Prompt) or getattr(task, "kind", "") in ("exercise", "discussion")):
            continue
        prose = course.prose.get((used.kind, used.unit, context.language))
        for below in prose.sections if prose else ():
            if below.id.endswith(".facilitator") or not f"{below.id}.".startswith(f"{used.part}."):
                continue
            for node in section_inlines(below):
                if isinstance(node, Link) and node.target.startswith("worksheet:"):
                    name = node.target.partition("#")[0].removeprefix("worksheet:")
                    if name in course.worksheets:
                        yield name
