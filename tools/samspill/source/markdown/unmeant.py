"""Lists and quotations that nobody meant, and entries of lists that were meant as such."""

from __future__ import annotations

import re

from samspill import prose as p
from samspill.source.markdown import fault
from samspill.source.markdown.nodes import Node
from samspill.source.markdown.reader import Reader

_ITEM = re.compile(r"(\d{1,9})([.)])[ \t]+(\S*)")
#: What people type at the start of an entry and Markdown reads as text: a dash, a sign without a space, (1), a).
_ENTRY = re.compile(
    r"(?P<dash>[–—])[ \t]+\S|(?P<tight>[-+])(?=[^\W\d_])|(?P<open>\(?)"
    r"(?:(?P<number>\d{1,2})(?P<close>[.)])(?=[^\W\d_]|(?<=\))[ \t])|(?P<letter>[a-z])(?P<behind>[.)])[ \t]+\S)"
)
#: Months in English, Norwegian, Danish and Swedish, and their short forms; not May and March, which begin sentences.
_MONTHS = frozenset({
    "january", "february", "april", "june", "july", "august", "september", "october", "november", "december",
    "januar", "februar", "mars", "marts", "mai", "maj", "juni", "juli", "oktober", "desember",
    "januari", "februari", "augusti",
    "jan", "feb", "febr", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "oct", "nov", "des", "dec",
})  # fmt: skip


def report_unmeant(reader: Reader, node: Node, before: Node | None, inside: str) -> None:
    """Report a list or quotation that a date, a dash or a sign at the start of a line has made."""
    if node.type == "ordered_list" and _misnumbered(reader, node):
        return
    if inside == "quotation" and node.type == "paragraph" and node.map:
        for line in range(node.map[0] + 1, node.map[1]):
            if not reader.lines[line].lstrip().startswith(">"):
                what = "the line joins the quotation above"
                remedy = "leave an empty line above it, or begin it with >"
                reader.report(fault.unmeant_block, p.Place(line + reader.offset + 1), what, remedy)
                return
    touching = before is not None and before.type == "paragraph" and before.map and node.map
    if inside == "item" or not touching or not before or not before.map or not node.map:
        return
    if before.map[1] != node.map[0] or reader.lines[before.map[1] - 1].rstrip(" *_").endswith(":"):
        return
    sign = ">" if node.type == "blockquote" else reader.lines[node.map[0]].lstrip(" >")[:1]
    kinds = {"bullet_list": ("list", "–" if sign == "-" else f"\\{sign}"), "blockquote": ("quotation", "\\>")}
    kind, instead = kinds.get(node.type, ("list" if node.type == "ordered_list" else "", "1\\."))
    if kind:
        remedy = f"leave an empty line above the {kind}, or write {instead} for the sign in a sentence"
        what = f'"{sign}" at the start of the line begins a {kind} in mid-paragraph'
        reader.report(fault.unmeant_block, reader.at(node), what, remedy)


def _misnumbered(reader: Reader, node: Node) -> bool:
    """Report the first number of a list that is a date, a year or out of step; tell whether there was one."""
    items = []
    for item in node.children:
        line = item.map[0] if item.map else 0
        column = reader.lines[line].find(item.info)
        found = _ITEM.match(reader.lines[line], max(column, 0))
        dot, word = (found[2], found[3].rstrip(".,:;")) if found else (".", "")
        items.append((int(item.info), dot, word, line, column + 1))
    first = items[0][0]
    same = all(number == first for number, *_ in items)
    for index, (number, dot, word, line, column) in enumerate(items):
        sentence = f"write {number}\\{dot} {word}".rstrip()
        if dot == "." and word.lower() in _MONTHS:
            what, remedy = f'the date "{number}. {word}" has become an item of a list', sentence
        elif index == 0 and first != 1:
            what, remedy = f"a list begins with {number}", f"{sentence}, or begin the list with 1"
        elif len(items) == 1:
            what, remedy = "a numbered list has one item", f"{sentence}, or begin the item with -"
        elif not same and number != first + index:
            what = f"the item numbered {number} would be shown as {first + index}"
            remedy = f"number it {first + index}, or {sentence}"
        else:
            continue
        reader.report(fault.unmeant_block, p.Place(line + reader.offset + 1, max(column, 1)), what, remedy)
        return True
    return False


def report_entries(reader: Reader, node: Node) -> None:
    """Report lines that were typed as the entries of a list and are read as one paragraph."""
    first, end = node.map or (0, 0)
    before: dict[str, int] = {}
    for number in range(first, end):
        text = reader.masked[number].lstrip(" \t>")
        found = _ENTRY.match(text)
        if found is None:
            continue
        form = found["dash"] or found["tight"] or f"{found['open']}{found['close'] or found['behind']}"
        count = int(found["number"]) if found["number"] else ord(found["letter"]) - 96 if found["letter"] else 0
        above = reader.lines[number - 1].rstrip() if number > first else ":"
        if form in before and count == before[form] + bool(count) and not above.endswith("\\"):
            mark = text[: found.end()].strip()[: -1 if found["dash"] or found["letter"] else None].strip()
            what = f'the line that begins with "{mark}" goes on with the line above'
            remedy = "begin each entry with - and a space, below an empty line; or put an empty line between"
            reader.report(fault.unmeant_block, reader.start(number), what, remedy)
            return
        # A wrapped line begins with a dash or a sign by accident, a first one does not.
        if count == 1 or (not count and above.rstrip("*_").endswith(":")) or form in before:
            before[form] = count
