"""Parts that several handouts share: the title block, time plans, objectives, notes and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from samspill.model import Grouping
from samspill.prose import Changed, Prose, Section
from samspill.reading.citations import reference_text
from samspill.reading.context import Context, Label
from samspill.reading.order import order
from samspill.render.paper.tree import Data, blocks, changed, cited, heading, inlines, line, linked, text

#: The parts of a handout in reading order.
Parts = list[Data]


def title_block(
    context: Context,
    kind: str,
    title: str | Label,
    lead: str,
    *,
    kicker: list[str | Parts],
    facts: list[str],
    front: Changed | None = None,
) -> Data:
    """Return what stands at the head of a sheet: title, lead, kicker and facts; `front` when those two are behind."""
    name = context.words("handout.document_title", title=str(title), type=context.words(f"handout.types.{kind}"))
    said = {"title": line(title), "document_title": name, "lead": lead, "kicker": kicker, "facts": facts}
    return said | ({"changed": changed(context, front)} if front else {})


def flow(data: Parts) -> Parts:
    """Wrap runs of prose, leaving headings to stand for themselves."""
    return [{"is": "prose", "blocks": data}] if data else []


def paragraph(value: str) -> Data:
    """Return a paragraph of plain text."""
    return {"is": "paragraph", "children": [text(value)]}


def served(context: Context, serves: Iterator[tuple[str, str]]) -> list[str | Parts]:
    """Return the short names of the objectives served, each once."""
    found = dict.fromkeys(objective for _, objective in serves)
    return [line(short_name(context, objective)) for objective in found]


def short_name(context: Context, objective: str) -> Label:
    """Return an objective's short name."""
    known = context.course.objectives.get(objective)
    return context.worded(known.short) if known else Label(objective)


def facilitator_notes(context: Context, prose: Prose, found: Section | None) -> Data | None:
    """Return a facilitator's part with all that stands below it, or None."""
    if found is None:
        return None
    said = blocks(context, found.blocks)
    for below in prose.sections:
        if below.id.startswith(found.id + "."):
            title = [{"is": "strong", "children": inlines(context, below.title)}]
            said += [{"is": "paragraph", "children": title}, *blocks(context, below.blocks)]
    return {"label": context.words("common.for_facilitator"), "blocks": said}


def clock(minutes: int) -> str:
    """Return minutes since the start as hours and minutes: `1:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def time_plan(context: Context, rows: list[Data]) -> Data:
    """Return a time plan with a running clock that starts at 0:00."""
    words = context.words
    names = ("time", "minutes", "what", "how", "objectives")
    start = 0
    for row in rows:
        row["time"] = clock(start)
        start += row["minutes"]
    return {
        "is": "plan",
        "columns": [words(f"handout.columns.{name}") for name in names],
        "rows": rows,
        "total": words("handout.total"),
        "end": clock(start),
        "minutes": start,
        "clock": True,
    }


def plan_row(context: Context, what: str | Label, minutes: int, grouping: Grouping | None = None) -> Data:
    """Return a row of a time plan."""
    how = context.words(f"common.groupings.{grouping}") if grouping else ""
    marks = {"strong": False, "pause": False}
    return {"what": line(what), "of": "", "minutes": minutes, "how": how, "objectives": ""} | marks


def numbers(listed: tuple[str, ...], serves: Iterable[tuple[str, str]]) -> str:
    """Return the numbers of the objectives served, as they are listed on the handout: `1, 3–5`."""
    return runs(sorted({listed.index(objective) + 1 for _, objective in serves if objective in listed}))


def runs(numbers: list[int]) -> str:
    """Return numbers in order with runs drawn together: `1, 3–5`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    joined = [f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(joined)


def objective_list(context: Context, wanted: tuple[str, ...]) -> Parts:
    """Return the numbered list of objectives with its heading, or nothing."""
    items: list[Data] = []
    for objective in wanted:
        known = context.course.objectives.get(objective)
        statement = context.worded(known.statement) if known else Label("")
        verb, space, rest = statement.text.partition(" ")
        if verb:
            said = (replace(statement, text=words) for words in (verb, space + rest))
            items.append(dict(zip(("verb", "rest"), map(line, said), strict=True)))
    if not items:
        return []
    return [heading(2, [text(context.words("handout.objectives"))]), {"is": "objectives", "items": items}]


def reference_list(context: Context, parts: Parts, wanted: tuple[str, ...] = ()) -> Parts:
    """Return the list of sources: those cited in the parts and those wanted besides, by name."""
    keys = dict.fromkeys([*cited(parts), *wanted])
    found = [context.course.sources[key] for key in keys if key in context.course.sources]
    if not found:
        return []
    said = (reference_text(source, context.language) for source in found)
    lines = sorted(said, key=lambda each: order(each, context.language))
    return [
        {
            "is": "references",
            "title": context.words("handout.sources"),
            "margin": True,
            "wide": False,
            "items": [linked(each) for each in lines],
        }
    ]


def spread(references: Parts) -> Parts:
    """Return a list of sources that takes the whole width: a module cites more than a case."""
    return [part | {"margin": False, "wide": True} for part in references]
