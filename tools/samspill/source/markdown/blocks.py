"""The blocks of a text: paragraphs, lists, quotations, tables and code."""

from __future__ import annotations

import re

from samspill import prose as p
from samspill.source.markdown import fault
from samspill.source.markdown.inlines import children
from samspill.source.markdown.nodes import Node
from samspill.source.markdown.reader import Reader
from samspill.source.markdown.tables import report_pipes, table
from samspill.source.markdown.unmeant import report_entries, report_unmeant

_FENCE_END = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")


def blocks(reader: Reader, nodes: list[Node], inside: str = "") -> tuple[p.Block, ...]:
    """Turn block nodes, which stand inside an item or a quotation or on their own, into blocks."""
    result = []
    for number, node in enumerate(nodes):
        report_unmeant(reader, node, nodes[number - 1] if number else None, inside)
        if (block := _block(reader, node)) is not None:
            result.append(block)
    return tuple(result)


def _block(reader: Reader, node: Node) -> p.Block | None:
    """Turn one block node into a block, or report it."""
    match node.type:
        case "paragraph":
            report_pipes(reader, node)
            report_entries(reader, node)
            return p.Paragraph(children(reader, node))
        case "bullet_list" | "ordered_list":
            start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            return p.ItemList(tuple(blocks(reader, item.children, "item") for item in node.children), start)
        case "blockquote":
            return p.Quote(blocks(reader, node.children, "quotation"))
        case "fence":
            return _fence(reader, node)
        case "code_block":
            remedy = "begin the line without spaces, or put the lines between two lines of ```"
            reader.report(fault.hidden_mark, reader.at(node), "four spaces before a line make code of it", remedy)
            return p.CodeBlock(node.content, "")
        case "table":
            return table(reader, node)
        case "html_block":
            reader.report(fault.raw_html, reader.at(node))
        case "heading":
            reader.report(fault.unknown_markdown, reader.at(node), "a heading inside a list or quotation")
        case "hr":
            reader.report(fault.unknown_markdown, reader.at(node), "a rule across the page", "use a heading")
        case _:
            reader.report(fault.unknown_markdown, reader.at(node), f'"{node.type.replace("_", " ")}"')
    return None


def _fence(reader: Reader, node: Node) -> p.CodeBlock:
    """Turn a fence into literal lines; what stands behind its language would be lost."""
    language = node.info.strip()
    place = reader.at(node)
    if node.map and (node.map[1] - node.map[0] < 2 or not _FENCE_END.fullmatch(reader.lines[node.map[1] - 1])):
        remedy = f"put a line {node.markup} below the literal lines"
        reader.report(fault.unclosed_mark, place, f"{node.markup} is never closed", remedy)
    if not re.fullmatch(r"[A-Za-z0-9+#_-]*", language):
        remedy = "use a quotation (> …) or a heading" if language.startswith("{") else "keep one word: the language"
        reader.report(fault.foreign_sign, place, "an instruction behind a fence", node.markup + language, remedy)
    return p.CodeBlock(node.content, language)
