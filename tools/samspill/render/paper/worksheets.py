"""The handout of a worksheet: guidance, fields to write in, and where the tool comes from."""

from __future__ import annotations

from samspill.document.parts import Choice, FormField
from samspill.document.whole import Document
from samspill.render.paper.parts import Parts, reference_list, say, section, title_block
from samspill.render.paper.tree import Data, blocks, inlines


def worksheet_sheet(document: Document) -> Data:
    """Return a worksheet with its fields to fill in."""
    words = say(document)
    guidance = [node for passage in document.passages("guidance") for node in section(passage)]
    parts: Parts = [{"is": "guidance", "blocks": guidance}]
    parts += [_field(part) for part in document.parts if isinstance(part, FormField)]
    origin = [node for passage in document.passages("origin") for node in section(passage)]
    if origin:
        parts.append({"is": "origin", "blocks": origin})
    facts = [document.fact("minutes"), document.fact("grouping")]
    titles = title_block(document, "worksheet", kicker=[document.name], facts=facts)
    # The list of sources goes on below the origin, where the sheet says where the tool comes from.
    changes = {"margin": False} | ({"title": ""} if origin else {})
    sources = [part | changes for part in reference_list(document, parts)]
    fields = [words(f"handout.{document.signed}")] if document.signed else []
    return titles | {"fields": fields, "parts": parts + sources}


def _field(field: FormField) -> Data:
    return {
        "is": "field",
        "kind": field.field,
        "title": inlines(field.title),
        "blocks": blocks(field.body),
        "lines": field.lines,
        "columns": [_choice(column) for column in field.columns],
        "rows": field.rows,
        "options": [_choice(option) for option in field.options],
        "steps": list(field.steps),
        "ends": [_choice(end) for end in field.ends],
    }


def _choice(choice: Choice) -> Data:
    return {"title": inlines(choice.title), "blocks": blocks(choice.body)}
