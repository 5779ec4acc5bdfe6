"""The parts of a worksheet: guidance, fields to fill in, and where the tool comes from."""

from __future__ import annotations

from samspill.document.parts import Choice, FormField, Part
from samspill.document.passage import passage
from samspill.document.prose import blocks, words
from samspill.model import Worksheet, WorksheetField
from samspill.prose import Prose, Section
from samspill.reading.context import Context


def parts(context: Context, worksheet: Worksheet, prose: Prose) -> tuple[Part, ...]:
    """Return the parts of a worksheet from top to bottom; what a half-translated text lacks is left out."""
    found: list[Part | None] = [passage(context, prose, "guidance")]
    for number, field in enumerate(worksheet.fields, 1):
        if section := prose.get(field.id):
            found.append(_field(context, prose, field, section, number))
    found.append(passage(context, prose, "origin"))
    return tuple(part for part in found if part is not None)


def _field(context: Context, prose: Prose, field: WorksheetField, found: Section, number: int) -> FormField:

    def choice(name: str) -> Choice:
        below = prose.get(f"{field.id}.{name}")
        if below is None:
            return Choice(f"{field.id}.{name}", (), ())
        return Choice(below.id, words(context, below.title), blocks(context, below.blocks))

    scale = field.kind == "scale"
    return FormField(
        id=field.id,
        field=field.kind,
        number=number,
        title=words(context, found.title),
        body=blocks(context, found.blocks),
        lines=field.line_count,
        rows=field.row_count,
        columns=tuple(choice(column) for column in field.columns),
        options=tuple(choice(option) for option in field.options if prose.get(f"{field.id}.{option}")),
        steps=tuple(field.steps) if scale else (),
        ends=(choice("low"), choice("high")) if scale else (),
    )
