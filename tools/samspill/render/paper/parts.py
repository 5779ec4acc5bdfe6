"""Parts that several handouts share: the title block, time plans, objectives, notes and sources."""

from __future__ import annotations

from collections.abc import Iterable

from samspill.document.parts import Aim, Notes, Passage, Serving, Where
from samspill.document.tree import Borrowed, Heading, Text, Words, plain
from samspill.document.whole import Document
from samspill.languages import Catalogue, catalogue
from samspill.reading.printed import sheet_name
from samspill.render.paper.tree import Data, blocks, cited, heading, inlines, line, linked, named, text

#: The parts of a handout in reading order.
Parts = list[Data]


def say(document: Document) -> Catalogue:
    """Return the interface words of a sheet."""
    return catalogue(document.language)


def title_block(
    document: Document,
    kind: str,
    *,
    kicker: list[str | Parts],
    facts: list[str],
    title: Words | None = None,
) -> Data:
    """Return what stands at the head of a sheet: title, lead, kicker and facts.

    A sheet of a part of a unit has a `title` of its own, and neither lead nor note on what has changed.
    """
    words = say(document)
    shown = (Text(document.title),) if title is None else named(title)
    name = words("handout.document_title", title=plain(shown), type=words(sheet_name(kind)))
    lead = document.summary if title is None else ""
    said = {"title": line(shown), "document_title": name, "lead": lead, "kicker": kicker, "facts": facts}
    return said | ({"changed": document.changed.note} if document.changed and title is None else {})


def flow(data: Parts) -> Parts:
    """Wrap runs of prose, leaving headings to stand for themselves."""
    return [{"is": "prose", "blocks": data}] if data else []


def section(passage: Passage, level: int = 2, *, noted: bool = False) -> Parts:
    """Return a section with its heading; `noted` with what is said below that."""
    title = [heading(level, inlines(passage.title))] if passage.title else []
    note = [small(passage.note)] if noted and passage.note else []
    return [*title, *note, *blocks(passage.body, level)]


def sections(document: Document, *places: Where, level: int = 2, led: bool = False) -> Parts:
    """Return the sections with some places in a unit, each as prose; `led` with what the one who leads is told."""
    done: Parts = []
    for passage in document.passages(*places):
        done += flow(section(passage, level))
        if led and (notes := facilitator_notes(passage.notes)):
            done.append({"is": "facilitator"} | notes)
    return done


def paragraph(value: str) -> Data:
    """Return a paragraph of plain text."""
    return {"is": "paragraph", "children": [text(value)]}


def small(value: str) -> Data:
    """Return a remark in small type."""
    return {"is": "small", "children": [text(value)]}


def served(serves: tuple[Serving, ...]) -> list[str | Parts]:
    """Return the short names of the objectives served, each once."""
    return [line(serving.aim.short) for serving in serves]


def facilitator_notes(notes: Notes | None) -> Data | None:
    """Return a facilitator's part with all that stands below it, or None."""
    if notes is None:
        return None
    said: Parts = []
    for block in notes.body:
        if isinstance(block, Heading):
            said.append({"is": "paragraph", "children": [{"is": "strong", "children": inlines(block.title)}]})
        else:
            said += blocks((block,))
    return {"label": notes.label, "blocks": said}


def clock(minutes: int) -> str:
    """Return minutes since the start as hours and minutes: `1:05`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def time_plan(document: Document, rows: list[Data]) -> Data:
    """Return a time plan with a running clock that starts at 0:00."""
    words = say(document)
    heads = (
        "handout.columns.time",
        "handout.columns.minutes",
        "common.what",
        "handout.columns.how",
        "common.objectives",
    )
    start = 0
    for row in rows:
        row["time"] = clock(start)
        start += row["minutes"]
    return {
        "is": "plan",
        "columns": [words(head) for head in heads],
        "rows": rows,
        "total": words("handout.total"),
        "end": clock(start),
        "minutes": start,
        "clock": True,
    }


def plan_row(what: Words, minutes: int, how: str = "") -> Data:
    """Return a row of a time plan."""
    marks = {"strong": False, "pause": False}
    return {"what": line(named(what)), "of": "", "minutes": minutes, "how": how, "objectives": ""} | marks


def numbers(aims: tuple[Aim, ...], serves: Iterable[Serving]) -> str:
    """Return the numbers of the objectives served, as they are listed on the handout: `1, 3–5`."""
    listed = [aim.id for aim in aims]
    return runs(sorted({listed.index(each.aim.id) + 1 for each in serves if each.aim.id in listed}))


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


def objective_list(document: Document, aims: tuple[Aim, ...]) -> Parts:
    """Return the numbered list of objectives with its heading, or nothing."""

    def said(value: str, aim: Aim) -> str | Parts:
        words = Text(value)
        return line((Borrowed(aim.language, (words,)),) if aim.language else (words,))

    items = [{"verb": said(aim.verb, aim), "rest": said(aim.rest, aim)} for aim in aims if aim.verb]
    if not items:
        return []
    return [heading(2, [text(say(document)("common.learning_objectives"))]), {"is": "objectives", "items": items}]


def reference_list(document: Document, parts: Parts, wanted: tuple[str, ...] = ()) -> Parts:
    """Return the list of sources: those cited in the parts and those wanted besides, by name."""
    keys = {*cited(parts), *wanted}
    lines = [linked(reference.text) for reference in document.references if reference.key in keys]
    if not lines:
        return []
    title = say(document)("common.sources")
    return [{"is": "references", "title": title, "margin": True, "wide": False, "items": lines}]


def spread(references: Parts) -> Parts:
    """Return a list of sources that takes the whole width: a module cites more than a case."""
    return [part | {"margin": False, "wide": True} for part in references]
