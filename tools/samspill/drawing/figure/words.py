"""The words of a figure: the title and the sentence of each of its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samspill.model import Module
from samspill.prose import Block, BorrowedBlocks, Changed, CodeBlock, ItemList, Paragraph, Quote, Section, Table
from samspill.reading.context import Context

#: Characters XML does not allow.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def sections_of(context: Context, module: Module) -> dict[str, Section] | None:
    """Return the section of each part, or None when one is missing in this language."""
    prose = context.course.text("module", module.id, context.language)
    if module.figure is None or prose is None:
        return None
    found = {part: prose.get(f"figure.{part}") for part in module.figure.labels}
    whole = {part: section for part, section in found.items() if section is not None}
    return whole if len(whole) == len(found) else None


def label_of(context: Context, part: str, section: Section) -> str:
    """Return the words of a part in the drawing: the title of its section."""
    return " ".join(_FORBIDDEN.sub("", context.plain(section.title)).split()) or part


def sentence_of(context: Context, blocks: Sequence[Block]) -> str:
    """Return what is said of a part beside the drawing, in plain text."""
    parts: list[str] = []
    for block in blocks:
        match block:
            case Paragraph(children):
                parts.append(context.plain(children))
            case ItemList(items):
                parts += [sentence_of(context, item) for item in items]
            case Quote(inner):
                parts.append(sentence_of(context, inner))
            case Table(header, rows):
                parts += [context.plain(cell) for row in (header, *rows) for cell in row]
            case BorrowedBlocks(language, inner):
                parts.append(sentence_of(context.speaking(language), inner))
            case CodeBlock(text):
                parts.append(text)
            case Changed():
                pass
    return " ".join(" ".join(parts).split())
