"""The handout of a worksheet: guidance, fields to write in, and where the tool comes from."""

from __future__ import annotations

from samspill.model import Worksheet, WorksheetField
from samspill.prose import Prose, Section
from samspill.reading.context import Context
from samspill.render.paper.parts import Parts, reference_list, title_block
from samspill.render.paper.tree import Data, blocks, inlines, section


def worksheet_sheet(context: Context, worksheet: Worksheet, prose: Prose) -> Data:
    """Return a worksheet with its fields to fill in."""
    words = context.words
    parts: Parts = [{"is": "guidance", "blocks": section(context, prose, "guidance", 2)}]
    for field in worksheet.fields:
        # What a half-translated text does not have yet is left out, as on the website.
        if found := prose.get(field.id):
            parts.append(_field(context, prose, field, found))
    origin = section(context, prose, "origin", 2)
    if origin:
        parts.append({"is": "origin", "blocks": origin})
    facts = [words("common.minutes", worksheet.minutes), words(f"common.groupings.{worksheet.grouping}")]
    kicker: list[str | Parts] = [words("common.kinds.worksheet")]
    titles = title_block(
        context, "worksheet", prose.title, prose.summary, kicker=kicker, facts=facts, front=prose.changed
    )
    label = "handout.name" if worksheet.grouping == "alone" else "handout.group"
    # The list of sources goes on below the origin, where the sheet says where the tool comes from.
    changes = {"margin": False} | ({"title": ""} if origin else {})
    sources = [part | changes for part in reference_list(context, parts)]
    return titles | {"fields": [words(label)] if worksheet.signed else [], "parts": parts + sources}


def _field(context: Context, prose: Prose, field: WorksheetField, found: Section) -> Data:

    def part(name: str) -> Data:
        below = prose.get(f"{field.id}.{name}")
        return {
            "title": inlines(context, below.title) if below else [],
            "blocks": blocks(context, below.blocks) if below else [],
        }

    return {
        "is": "field",
        "kind": field.kind,
        "title": inlines(context, found.title),
        "blocks": blocks(context, found.blocks),
        "lines": field.line_count,
        "columns": [part(column) for column in field.columns],
        "rows": field.row_count,
        "options": [part(option) for option in field.options if prose.get(f"{field.id}.{option}")],
        "steps": list(field.steps) if field.kind == "scale" else [],
        "ends": [part("low"), part("high")] if field.kind == "scale" else [],
    }
