"""Headings: their words and ids, and lines that make a heading by accident."""

from __future__ import annotations

import re

from markdown_it.token import Token

from samspill import prose as p
from samspill.source.markdown import fault
from samspill.source.markdown.inlines import beyond_words, children
from samspill.source.markdown.nodes import Node
from samspill.source.markdown.reader import Reader

_SECTION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(\.[a-z0-9][a-z0-9-]{0,63}){0,3}$")


def heading(reader: Reader, node: Node, place: p.Place) -> tuple[str, tuple[p.Inline, ...]]:
    """Return the id and the words of a heading, and report what is wrong with either."""
    # The id reads as a slot, the last inline of the heading.
    line = max(place.line - reader.offset - 1, 0)
    inlines = list(children(reader, node))
    if beyond := beyond_words(tuple(inlines)):
        what, where = beyond
        reader.report(fault.not_only_words, where or place, f"{what} in a heading", "move it to the text below")
    if node.markup.startswith("#") and re.search(r"[ \t]#+[ \t]*$", reader.lines[line]):
        reader.report(fault.unknown_markdown, place, "a # at the end of a heading", "end the heading with {#an-id}")
    section_id = ""
    if inlines and isinstance(inlines[-1], p.Slot) and inlines[-1].path.startswith("#"):
        section_id = inlines.pop().path[1:]  # type: ignore[union-attr]
    while inlines and isinstance(inlines[-1], p.Text):
        stripped = inlines[-1].text.rstrip()
        if stripped:
            inlines[-1] = p.Text(stripped)
            break
        inlines.pop()
    if not any(isinstance(inline, p.Slot) for inline in inlines) and not p.plain(tuple(inlines)).strip():
        reader.report(fault.empty_heading, place)
    if not section_id:
        reader.report(fault.heading_without_id, place, p.plain(tuple(inlines)))
    elif not _SECTION_ID.match(section_id):
        reader.report(fault.malformed_section_id, place, section_id)
        section_id = ""
    return section_id, tuple(inlines)


def demoted(reader: Reader, tokens: list[Token]) -> list[Token]:
    """Report headings made by a line of === or --- below a text; without an id such a text is a paragraph."""
    for index, token in enumerate(tokens):
        if token.type != "heading_open" or token.markup.startswith("#"):
            continue
        content, end = tokens[index + 1].content, token.map[1] if token.map else 1
        line = reader.lines[end - 1]
        place = p.Place(end + reader.offset, len(line) - len(line.lstrip()) + 1)
        what = f"a line of {token.markup * 3} makes a heading of the text above"
        remedy = "write ## and the heading, and {#an-id}; or leave the line out"
        reader.report(fault.hidden_mark, place, what, remedy)
        if "{#" not in content:
            token.type, tokens[index + 2].type = "paragraph_open", "paragraph_close"
    return tokens
