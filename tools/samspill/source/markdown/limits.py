"""How long a paragraph may be and how deep a text may nest; what goes beyond is reported and emptied."""

from __future__ import annotations

from markdown_it.token import Token

from samspill import prose as p
from samspill.source.markdown import fault
from samspill.source.markdown.parser import MAX_LEVELS
from samspill.source.markdown.reader import Reader

#: Characters of a paragraph, well within what the parser handles in good time.
MAX_PARAGRAPH = 10_000


def without_long(reader: Reader, body: str) -> str:
    """Report runs of text too long for one paragraph and return the body with them emptied, headings kept."""
    if max(map(len, body.split("\n\n"))) < MAX_PARAGRAPH:
        return body
    lines = body.split("\n")
    ends = [*(number for number, line in enumerate(lines) if not line.strip()), len(lines)]
    start = 0
    for end in ends:
        if sum(len(line) + 1 for line in lines[start:end]) > MAX_PARAGRAPH:
            what = f"a paragraph of more than {MAX_PARAGRAPH:,} characters"
            place = p.Place(start + reader.offset + 1)
            reader.report(fault.unknown_markdown, place, what, "divide it with empty lines")
            short = (line if line.startswith("#") and len(line) < 1000 else "" for line in lines[start:end])
            lines[start:end] = short
        start = end + 1
    return "\n".join(lines)


def cut_deep(reader: Reader, tokens: list[Token]) -> None:
    """Report what nests deeper than anyone reads, and empty the paragraphs whose emphasis does."""
    blocks, reported = 0, False
    for token in tokens:
        blocks += token.nesting
        inner = deepest = 0
        children = token.children or ()
        for child in children if len(children) > MAX_LEVELS else ():
            inner += child.nesting
            deepest = max(deepest, inner)
        if deepest > MAX_LEVELS:
            token.children = []
        if deepest > MAX_LEVELS or (blocks > 2 * MAX_LEVELS and not reported):
            reported = reported or deepest <= MAX_LEVELS
            place = p.Place((token.map[0] if token.map else 0) + reader.offset + 1)
            reader.report(fault.unknown_markdown, place, f"nesting of more than {MAX_LEVELS} levels", "make it flatter")
