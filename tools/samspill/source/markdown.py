"""Markdown to the prose tree, through markdown-it-py.

CommonMark with tables, plus three things of our own: an id at the end of
every heading, slots in braces and citations in Pandoc's syntax. What the tree
cannot hold is reported, never dropped.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from samspill import prose as p
from samspill.problem import Problem
from samspill.source import dialect, fault
from samspill.source.characters import entities, hidden
from samspill.source.masked import Stretch, mask
from samspill.source.parser import MAX_LEVELS, parser
from samspill.source.strict_yaml import YamlError, read
from samspill.source.typography import typographic

LINK_SCHEMES = (
    "module:", "case:", "worksheet:", "pathway:", "page:", "term:", "objective:", "source:", "list:", "https://",
)  # fmt: skip
#: Characters of a paragraph, well within what the parser handles in good time.
MAX_PARAGRAPH = 10_000
MAX_FRONT = 1_000
_SECTION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(\.[a-z0-9][a-z0-9-]{0,63}){0,3}$")
_ENTITIES = re.compile(r"(?:&#?\w{1,32};)+$")
_ONE_CITE = re.compile(r"\s*@([A-Za-z0-9][A-Za-z0-9-]*)\s*(?:,\s*(.*?))?\s*$", re.S)
_ITEM = re.compile(r"(\d{1,9})([.)])[ \t]+(\S*)")
_RULE = re.compile(r"[|: \t-]+")
#: What people type at the start of an entry and Markdown reads as text: a dash, a sign without a space, (1), a).
_ENTRY = re.compile(
    r"(?P<dash>[–—])[ \t]+\S|(?P<tight>[-+])(?=[^\W\d_])|(?P<open>\(?)"
    r"(?:(?P<number>\d{1,2})(?P<close>[.)])(?=[^\W\d_]|(?<=\))[ \t])|(?P<letter>[a-z])(?P<behind>[.)])[ \t]+\S)"
)
_FENCE_END = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")
#: Months in English, Norwegian, Danish and Swedish, and their short forms; not May and March, which begin sentences.
MONTHS = frozenset({
    "january", "february", "april", "june", "july", "august", "september", "october", "november", "december",
    "januar", "februar", "mars", "marts", "mai", "maj", "juni", "juli", "oktober", "desember",
    "januari", "februari", "augusti",
    "jan", "feb", "febr", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "oct", "nov", "des", "dec",
})  # fmt: skip


@dataclass
class _Reader:
    """Turns the tokens of one file into nodes and collects what it finds wrong."""

    path: str
    lines: list[str]
    offset: int
    problems: list[Problem] = field(default_factory=list)
    masked: list[str] = field(default_factory=list)

    def place(self, node: SyntaxTreeNode) -> p.Place:
        """Return where the sign of an inline node stands, or the address of a link or picture."""
        line, column = node.meta["place"]
        return p.Place(line + self.offset + 1, column + 1)

    def at(self, node: SyntaxTreeNode) -> p.Place:
        """Return where a block starts."""
        line = node.map[0] if node.map else 0
        text = self.lines[line]
        return p.Place(line + self.offset + 1, len(text) - len(text.lstrip()) + 1)

    def report(self, make: Any, place: p.Place, *args: Any, **named: Any) -> None:
        """Note a problem."""
        self.problems.append(make(self.path, place.line, place.column, *args, **named))

    def stretch(self, found: Stretch) -> None:
        """Report a stretch of text that only its place shows to be wrong."""
        place = p.Place(found.line + self.offset + 1, found.column + 1)
        if found.kind == "spaces" and found.words.startswith("  "):
            remedy = "remove the spaces; for a break end the line with \\"
            self.report(fault.hidden_mark, place, "two spaces at the end of a line break it", remedy)
        elif found.kind == "entity" and (bad := _hidden_entity(found)):
            self.report(fault.not_text, place, bad)
        elif found.kind == "slot" and found.words.startswith("{#") and found.inside != "heading":
            if found.text.startswith("#"):
                return  # meant as a heading, and reported as such
            remedy = "only a heading ends with an id"
            self.report(fault.foreign_sign, place, "an id outside a heading", found.words, remedy)
        elif found.kind == "midword":
            remedy = "write \\* for the sign itself"
            self.report(fault.unclosed_mark, place, "stress from inside one word to inside another", remedy)
        elif found.kind == "mark" and _opening(found):
            sign = "a | inside code is written \\|" if found.inside == "cell" and "`" in found.words else "write "
            sign += "" if "|" in sign else "".join(f"\\{mark}" for mark in found.words) + " for the sign itself"
            self.report(fault.unclosed_mark, place, f"{found.words} is never closed", f"close it; {sign}")

    # --- blocks

    def blocks(self, nodes: list[SyntaxTreeNode], inside: str = "") -> tuple[p.Block, ...]:
        """Turn block nodes, which stand inside an item or a quotation or on their own, into blocks."""
        result = []
        for number, node in enumerate(nodes):
            self.meant(node, nodes[number - 1] if number else None, inside)
            if (block := self.block(node)) is not None:
                result.append(block)
        return tuple(result)

    def block(self, node: SyntaxTreeNode) -> p.Block | None:
        """Turn one block node into a block, or report it."""
        match node.type:
            case "paragraph":
                self.pipes(node)
                self.entries(node)
                return p.Paragraph(self.children(node))
            case "bullet_list" | "ordered_list":
                start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                return p.ItemList(tuple(self.blocks(item.children, "item") for item in node.children), start)
            case "blockquote":
                return p.Quote(self.blocks(node.children, "quotation"))
            case "fence":
                return self.fence(node)
            case "code_block":
                remedy = "begin the line without spaces, or put the lines between two lines of ```"
                self.report(fault.hidden_mark, self.at(node), "four spaces before a line make code of it", remedy)
                return p.CodeBlock(node.content, "")
            case "table":
                return self.table(node)
            case "html_block":
                self.report(fault.raw_html, self.at(node))
            case "heading":
                self.report(fault.unknown_markdown, self.at(node), "a heading inside a list or quotation")
            case "hr":
                self.report(fault.unknown_markdown, self.at(node), "a rule across the page", "use a heading")
            case _:
                self.report(fault.unknown_markdown, self.at(node), f'"{node.type.replace("_", " ")}"')
        return None

    def meant(self, node: SyntaxTreeNode, before: SyntaxTreeNode | None, inside: str) -> None:
        """Report a list or quotation that a date, a dash or a sign at the start of a line has made."""
        if node.type == "ordered_list" and self.numbers(node):
            return
        if inside == "quotation" and node.type == "paragraph" and node.map:
            for line in range(node.map[0] + 1, node.map[1]):
                if not self.lines[line].lstrip().startswith(">"):
                    what = "the line joins the quotation above"
                    remedy = "leave an empty line above it, or begin it with >"
                    self.report(fault.unmeant_block, p.Place(line + self.offset + 1), what, remedy)
                    return
        touching = before is not None and before.type == "paragraph" and before.map and node.map
        if inside == "item" or not touching or not before or not before.map or not node.map:
            return
        if before.map[1] != node.map[0] or self.lines[before.map[1] - 1].rstrip(" *_").endswith(":"):
            return
        sign = ">" if node.type == "blockquote" else self.lines[node.map[0]].lstrip(" >")[:1]
        kinds = {"bullet_list": ("list", "–" if sign == "-" else f"\\{sign}"), "blockquote": ("quotation", "\\>")}
        kind, instead = kinds.get(node.type, ("list" if node.type == "ordered_list" else "", "1\\."))
        if kind:
            remedy = f"leave an empty line above the {kind}, or write {instead} for the sign in a sentence"
            what = f'"{sign}" at the start of the line begins a {kind} in mid-paragraph'
            self.report(fault.unmeant_block, self.at(node), what, remedy)

    def numbers(self, node: SyntaxTreeNode) -> bool:
        """Report the first number of a list that is a date, a year or out of step; tell whether there was one."""
        items = []
        for item in node.children:
            line = item.map[0] if item.map else 0
            column = self.lines[line].find(item.info)
            found = _ITEM.match(self.lines[line], max(column, 0))
            dot, word = (found[2], found[3].rstrip(".,:;")) if found else (".", "")
            items.append((int(item.info), dot, word, line, column + 1))
        first = items[0][0]
        same = all(number == first for number, *_ in items)
        for index, (number, dot, word, line, column) in enumerate(items):
            sentence = f"write {number}\\{dot} {word}".rstrip()
            if dot == "." and word.lower() in MONTHS:
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
            self.report(fault.unmeant_block, p.Place(line + self.offset + 1, max(column, 1)), what, remedy)
            return True
        return False

    def fence(self, node: SyntaxTreeNode) -> p.CodeBlock:
        """Turn a fence into literal lines; what stands behind its language would be lost."""
        language = node.info.strip()
        place = self.at(node)
        if node.map and (node.map[1] - node.map[0] < 2 or not _FENCE_END.fullmatch(self.lines[node.map[1] - 1])):
            remedy = f"put a line {node.markup} below the literal lines"
            self.report(fault.unclosed_mark, place, f"{node.markup} is never closed", remedy)
        if not re.fullmatch(r"[A-Za-z0-9+#_-]*", language):
            remedy = "use a quotation (> …) or a heading" if language.startswith("{") else "keep one word: the language"
            self.report(fault.foreign_sign, place, "an instruction behind a fence", node.markup + language, remedy)
        return p.CodeBlock(node.content, language)

    def pipes(self, node: SyntaxTreeNode) -> None:
        """Report a paragraph of pipes: a table that could not be read as one."""
        first, end = node.map or (0, 0)
        lines = self.masked[first:end]
        if not any("|" in line for line in lines):
            return
        texts = [line.lstrip(" \t>") for line in lines]
        for number, text in enumerate(texts):
            if "|" in text and "-" in text and _RULE.fullmatch(text) and (number or len(texts) > 1):
                rule, header = _cells(text), _cells(self.lines[first + number - 1].lstrip(" \t>")) if number else 0
                what = f"the rule of a table has {_counted(rule)}, header {header}"
                what = what if header else "a table has no header"
                remedy = "write one --- for each column of the header, in the line directly below it"
                self.report(fault.uneven_table, self.start(first + number), what, remedy)
                return
        many = [number for number, text in enumerate(texts) if text.startswith("|") or text.count("|") > 1]
        if many and (len(many) > 1 or (texts[many[0]].startswith("|") and texts[many[0]].count("|") > 1)):
            what = "a line of | that is no table"
            remedy = "put | --- | --- | below the header, and no empty line inside; for the sign itself write \\|"
            self.report(fault.uneven_table, self.start(first + many[0]), what, remedy)

    def entries(self, node: SyntaxTreeNode) -> None:
        """Report lines that were typed as the entries of a list and are read as one paragraph."""
        first, end = node.map or (0, 0)
        before: dict[str, int] = {}
        for number in range(first, end):
            text = self.masked[number].lstrip(" \t>")
            found = _ENTRY.match(text)
            if found is None:
                continue
            form = found["dash"] or found["tight"] or f"{found['open']}{found['close'] or found['behind']}"
            count = int(found["number"]) if found["number"] else ord(found["letter"]) - 96 if found["letter"] else 0
            above = self.lines[number - 1].rstrip() if number > first else ":"
            if form in before and count == before[form] + bool(count) and not above.endswith("\\"):
                mark = text[: found.end()].strip()[: -1 if found["dash"] or found["letter"] else None].strip()
                what = f'the line that begins with "{mark}" goes on with the line above'
                remedy = "begin each entry with - and a space, below an empty line; or put an empty line between"
                self.report(fault.unmeant_block, self.start(number), what, remedy)
                return
            # A wrapped line begins with a dash or a sign by accident, a first one does not.
            if count == 1 or (not count and above.rstrip("*_").endswith(":")) or form in before:
                before[form] = count

    def start(self, line: int) -> p.Place:
        """Return where the text of a line begins, behind the marks of quotations."""
        text = self.lines[line]
        return p.Place(line + self.offset + 1, len(text) - len(text.lstrip(" \t>")) + 1)

    def table(self, node: SyntaxTreeNode) -> p.Table:
        """Turn a table node into a table and count the cells of each row, of which the parser drops the surplus."""
        head, *rest = node.children
        rows = rest[0].children if rest else []
        columns = len(head.children[0].children)
        for row in rows:
            line = row.map[0] if row.map else 0
            cells = _cells(self.lines[line].lstrip(" \t>"))
            if cells != columns:
                what = f"row has {_counted(cells)}, header {columns}"
                remedy = "give each row as many cells as the header; write \\| for a | inside a cell"
                if "|" not in self.lines[line]:
                    what, remedy = "the line joins the table above", "leave an empty line below the table"
                self.report(fault.uneven_table, self.start(line), what, remedy)
        align = tuple(
            cast(Any, str(cell.attrs.get("style", "")).removeprefix("text-align:"))
            for cell in head.children[0].children
        )
        header = tuple(self.children(cell) for cell in head.children[0].children)
        return p.Table(header, tuple(tuple(self.children(c) for c in row.children) for row in rows), align)

    # --- inlines

    def children(self, node: SyntaxTreeNode) -> tuple[p.Inline, ...]:
        """Return the inlines of a block that holds text."""
        return tuple(
            inline
            for child in node.children
            for inline in self.inlines(child.children if child.type == "inline" else [child])
        )

    def inlines(self, nodes: list[SyntaxTreeNode]) -> list[p.Inline]:
        """Turn inline nodes into inlines; neighbouring texts become one."""
        result: list[p.Inline] = []
        for node in nodes:
            inline = self.inline(node)
            if isinstance(inline, p.Text) and result and isinstance(result[-1], p.Text):
                result[-1] = p.Text(result[-1].text + inline.text)
            elif inline is not None:
                result.append(inline)
        return result

    def inline(self, node: SyntaxTreeNode) -> p.Inline | None:
        """Turn one inline node into an inline, or report it."""
        match node.type:
            case "text":
                return p.Text(node.content) if node.content else None
            case "softbreak":
                return p.Text(" ")
            case "hardbreak":
                return p.Break()
            case "em":
                return p.Emphasis(tuple(self.inlines(node.children)))
            case "strong":
                return p.Strong(tuple(self.inlines(node.children)))
            case "code_inline":
                return p.Code(node.content)
            case "link":
                return self.link(node)
            case "image":
                return self.image(node)
            case "slot":
                return p.Slot(node.content, self.place(node))
            case "citation":
                return self.citation(node)
            case "html_inline":
                self.report(fault.raw_html, self.place(node))
            case _:
                self.report(fault.unknown_markdown, self.at(node), f'"{node.type}"')
        return None

    def link(self, node: SyntaxTreeNode) -> p.Link:
        """Turn a link node into a link and refuse unknown schemes."""
        target = str(node.attrs.get("href", ""))
        children = tuple(self.inlines(node.children))
        place = self.place(node)
        if beyond := _beyond_words(children):
            what, where = beyond
            self.report(fault.not_only_words, where or place, f"{what} inside a link's words")
        if not target.startswith(LINK_SCHEMES) or re.search(r"[\x00-\x20\x7f\\]", target):
            self.report(fault.unsafe_link, place, target)
        self.no_tooltip(node, place)
        return p.Link(target, children, place)

    def image(self, node: SyntaxTreeNode) -> p.Inline:
        """Turn an image node into an image and ask for its alternative text."""
        source = str(node.attrs.get("src", ""))
        place = self.place(node)
        inner = node.children
        alternative = "".join(" " if child.type == "softbreak" else child.content for child in inner)
        if any(child.type not in ("text", "text_special", "softbreak") for child in inner):
            alternative = node.content
            self.report(fault.not_only_words, place, "Markdown in a picture's description", "write plain words")
        if not alternative.strip():
            self.report(fault.image_without_alternative, place)
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.(png|jpe?g|svg)", source):
            if re.fullmatch(r"[^/:\\]+\.(png|jpe?g|svg)", source, re.IGNORECASE):
                remedy = 'rename the file with small letters, digits and hyphens, such as "two-doors.jpg"'
                self.report(fault.bad_picture, place, f'"{source}" has a name that is no address', remedy)
            else:
                remedy = "put a PNG, JPEG or SVG beside the text and write its name"
                self.report(fault.bad_picture, place, f'"{source}" is not a file beside the text', remedy)
            return p.Text(alternative)
        self.no_tooltip(node, place)
        return p.Image(source, alternative, place)

    def no_tooltip(self, node: SyntaxTreeNode, place: p.Place) -> None:
        """Refuse the title of a link or picture, which print and touch screens cannot show."""
        if node.attrs.get("title"):
            self.report(fault.unknown_markdown, place, "the title of a link or picture", "say it in the text")

    def citation(self, node: SyntaxTreeNode) -> p.Citation | None:
        """Turn a citation token into a citation."""
        place = self.place(node)
        cites: list[p.Cite] = []
        for part in node.content.split(";"):
            found = _ONE_CITE.match(part)
            if not found:
                self.report(fault.malformed_citation, place, part.strip())
                return None
            cites.append(p.Cite(found[1], " ".join((found[2] or "").split()), place))
        return p.Citation(tuple(cites))


def _hidden_entity(found: Stretch) -> str:
    """Return the character that an entity would hide in the text, alone or right behind others, or nothing."""
    run = _ENTITIES.search(found.text[: found.start])
    before = "".join(meant for _, meant in entities(run[0] if run else ""))
    bad = hidden(before + "".join(meant for _, meant in entities(found.words)), "\t")
    return bad.character if bad and bad.at >= len(before) else ""


#: The beginning or end of a block of code; what begins a block, so that its line goes on with none before it.
_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")
_BEGINS = re.compile(r"[-*+#>|`~=:]|\d{1,9}[.)](?:\s|$)")


def digest(text: str) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of a text, whatever white space stands between its words.

    A run of white space in a paragraph counts as one space, and so does a line's end that only wraps it; code and what
    stands before the first word of a block count as they are.
    """
    clean: list[str] = []
    fence = ""
    goes_on = False
    for line in text.strip().split("\n"):
        found = _FENCE.match(line)
        if fence or found:
            clean.append(line.rstrip())
            if not fence and found:
                fence = found[1]
            elif found and found[1].startswith(fence):
                fence = ""
            goes_on = False
            continue
        words = " ".join(line.split())
        if goes_on and words and not _BEGINS.match(words):
            clean[-1] += f" {words}"
        elif words:
            clean.append(line[: len(line) - len(line.lstrip())] + words)
        elif clean and clean[-1]:
            clean.append("")
        goes_on = bool(words) and not words.startswith(("#", "|")) and not words.endswith("\\")
    return hashlib.sha256("\n".join(clean).encode()).hexdigest()[:12]


def _opening(found: Stretch) -> bool:
    """Tell whether marks that stay as typed were meant to open something: not 5 * 3, a note's * or a blank ____."""
    mark = found.words[0]
    before = found.text[: found.start].rstrip(mark)[-1:] or " "
    after = found.text[found.end :].lstrip(mark)[:1] or " "
    if mark == "`":
        return True
    if mark == "*" and len(found.words) == 2 and not before.isalnum():
        return True  # ** a ** with spaces is no weight
    if before.isalnum() or after.isspace() or (mark == "_" and len(found.words) > 2):
        return False
    return after.isalnum() or found.words == "**"


def _cells(row: str) -> int:
    """Return the number of cells in a row of a table, counted as the parser does."""
    cells = escapedSplit(row.strip())
    if cells and cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    return len(cells)


def _counted(cells: int) -> str:
    return f"{cells} cell" if cells == 1 else f"{cells} cells"


def _beyond_words(nodes: tuple[p.Inline, ...]) -> tuple[str, p.Place | None] | None:
    """Return what stands among words that must be nothing else, and where."""
    for node in nodes:
        match node:
            case p.Link():
                return "a link", node.place
            case p.Image():
                return "a picture", node.place
            case p.Citation():
                return "a citation", node.cites[0].place
            case p.Break():
                return "a line break", None
            case p.Emphasis() | p.Strong() if inner := _beyond_words(node.children):
                return inner
    return None


def _signs(reader: _Reader) -> None:
    """Report the signs of other dialects."""
    text = "\n".join(reader.masked)
    starts: list[int] = []
    for found in dialect.find(text):
        if not starts:
            starts = [0]
            for line in reader.masked:
                starts.append(starts[-1] + len(line) + 1)
        number = bisect_right(starts, found.start) - 1
        column = found.start - starts[number]
        words = reader.lines[number][column : column + found.end - found.start].strip()
        _report_sign(reader, found.sign, words, p.Place(number + reader.offset + 1, column + 1))


def _report_sign(reader: _Reader, sign: dialect.Sign, words: str, place: p.Place) -> None:
    short = words if len(words) <= 40 else words[:39] + "…"
    match sign.code:
        case "M007":
            reader.report(fault.unsafe_link, place, words, bare=True)
        case "M010":
            reader.report(fault.malformed_citation, place, short, sign.remedy)
        case "M016":
            reader.report(fault.hidden_mark, place, f"{sign.name} cannot be seen", sign.remedy)
        case "M013":
            reader.report(fault.foreign_sign, place, sign.name, short, sign.remedy)


def parse(text: str, path: str, language: str) -> tuple[p.Prose, list[Problem]]:
    """Return the prose of one Markdown file and everything wrong with it.

    `path` is relative to the course root and names the file in problems.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, body, offset, problems = _front_matter(text, path, language)
    reader = _Reader(path, body.split("\n"), offset)
    body = _without_long(body, reader)
    lines = reader.lines = body.split("\n")
    tokens = parser(language).parse(body)
    reader.masked, stretches = mask(tokens, lines)
    for stretch in stretches:
        reader.stretch(stretch)
    _signs(reader)
    unwritten = sorted(_unwritten(reader, stretches), key=lambda each: (each.place.line, each.place.column))
    _cut_deep(tokens, reader)
    tree = SyntaxTreeNode(_demoted(tokens, reader))
    groups: list[tuple[SyntaxTreeNode | None, list[SyntaxTreeNode]]] = [(None, [])]
    for node in tree.children:
        if node.type == "heading":
            groups.append((node, []))
        else:
            groups[-1][1].append(node)
    lead = reader.blocks(groups[0][1])
    if lead:
        reader.report(fault.text_before_heading, reader.at(groups[0][1][0]))
    sections: list[p.Section] = []
    seen: set[str] = set()
    level_before = 1
    for index, (heading, nodes) in enumerate(groups[1:], 1):
        assert heading is not None
        place = reader.at(heading)
        start = heading.map[0] if heading.map else 0
        following = groups[index + 1][0] if index + 1 < len(groups) else None
        end = following.map[0] if following is not None and following.map else len(lines)
        level = int(heading.tag[1])
        section_id, title = _heading(reader, heading, place)
        if level > level_before + 1 or level == 1:
            reader.report(fault.skipped_level, place, level, level_before if level > 1 else 1)
        level_before = max(level, 2)
        if section_id in seen:
            reader.report(fault.duplicate_section, place, section_id)
        blocks = reader.blocks(nodes)
        if section_id and section_id not in seen:
            seen.add(section_id)
            source = "\n".join(lines[start:end])
            left = tuple(each for each in unwritten if start < each.place.line - offset <= end)
            sections.append(p.Section(section_id, level, title, blocks, place, digest(source), unwritten=left))
    first = groups[1][0].map[0] if len(groups) > 1 and groups[1][0] and groups[1][0].map else len(lines)
    above = tuple(each for each in unwritten if each.place.line - offset <= first)
    title_text = typographic(front.get("title", ""), language)
    summary = typographic(front.get("summary", ""), language)
    document = p.Prose(
        path=path,
        language=language,
        title=title_text,
        summary=summary,
        lead=lead,
        sections=tuple(sections),
        front_digest=digest(f"{front.get('title', '')}\n\n{front.get('summary', '')}"),
        translates=tuple(sorted((str(k), str(v)) for k, v in (front.get("translates") or {}).items())),
        unwritten=(*front.get("unwritten", ()), *above),
    )
    return document, problems + reader.problems


def _unwritten(reader: _Reader, stretches: list[Stretch]) -> Iterator[p.Unwritten]:
    """Yield the places in the body that say TODO: in prose, in a picture's description or behind a source's key."""
    headings = {number for number, line in enumerate(reader.masked) if line.lstrip().startswith("#")}
    for number, line in enumerate(reader.masked):
        for found in p.MARK.finditer(line):
            what = "heading" if number in headings else "text"
            yield _waiting(what, reader.lines[number][found.end() :], number + reader.offset, found.start())
    for stretch in stretches:
        if stretch.kind in ("image", "citation"):
            for found in p.MARK.finditer(stretch.words):
                number = stretch.line + stretch.words.count("\n", 0, found.start())
                column = stretch.column + found.start()
                if number > stretch.line and (inside := p.MARK.search(reader.lines[number])):
                    column = inside.start()
                what = "picture" if stretch.kind == "image" else "citation"
                words = re.split(r"[\]\n;]", stretch.words[found.end() :])[0]
                yield _waiting(what, words, number + reader.offset, column)


def _in_front(key: str, value: str, lines: list[str], mark: tuple[int, int]) -> Iterator[p.Unwritten]:
    """Yield the places in a title or summary that say TODO; its value begins at a mark, counted from 1."""
    first, column = mark[0] - 1, mark[1] - 1
    places = (
        (number, found.start())
        for number in range(first, len(lines))
        for found in p.MARK.finditer(lines[number], column if number == first else 0)
    )
    for found, place in zip(p.MARK.finditer(value), places, strict=False):
        yield _waiting(key, value[found.end() :], *place)


def _waiting(what: str, words: str, line: int, column: int) -> p.Unwritten:
    """Return a place that says TODO, line and column counted from 0."""
    words = re.split(rf"{p.MARK.pattern}|\||\]\(|\{{#", words)[0]
    said = words.lstrip(":.,;").strip(" *_[\"'")
    return p.Unwritten(what, said, p.Place(line + 1, column + 1))


def _demoted(tokens: list[Token], reader: _Reader) -> list[Token]:
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


def _heading(reader: _Reader, node: SyntaxTreeNode, place: p.Place) -> tuple[str, tuple[p.Inline, ...]]:
    # The id reads as a slot, the last inline of the heading.
    line = max(place.line - reader.offset - 1, 0)
    inlines = list(reader.children(node))
    if beyond := _beyond_words(tuple(inlines)):
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


def _without_long(body: str, reader: _Reader) -> str:
    """Report runs of text too long for one paragraph and return the body with them emptied, headings kept."""
    if len(body) <= MAX_PARAGRAPH:
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


def _cut_deep(tokens: list[Token], reader: _Reader) -> None:
    """Report what nests deeper than anyone reads, and empty the paragraphs whose emphasis does."""
    blocks, reported = 0, False
    for token in tokens:
        blocks += token.nesting
        inner = deepest = 0
        for child in token.children or ():
            inner += child.nesting
            deepest = max(deepest, inner)
        if deepest > MAX_LEVELS:
            token.children = []
        if deepest > MAX_LEVELS or (blocks > 2 * MAX_LEVELS and not reported):
            reported = reported or deepest <= MAX_LEVELS
            place = p.Place((token.map[0] if token.map else 0) + reader.offset + 1)
            reader.report(fault.unknown_markdown, place, f"nesting of more than {MAX_LEVELS} levels", "make it flatter")


def _front_matter(text: str, path: str, language: str) -> tuple[dict[str, Any], str, int, list[Problem]]:
    lines = text.split("\n")
    if lines[0].strip() != "---":
        # Perhaps only the first line of it is missing; then the text begins behind it.
        start = next((n for n, line in enumerate(lines[:20], 1) if line.strip() == "---"), 0)
        start = start if re.match(r"(title|summary|translates):", lines[0]) else 0
        return {}, "\n".join(lines[start:]), start, [fault.no_front_matter(path, 1, 1, "there is none")]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        # Read on behind what looks like front matter, so that this is the one problem.
        end = next((n for n, line in enumerate(lines) if not line.strip() or line.startswith("#")), len(lines))
        return {}, "\n".join(lines[end:]), end, [fault.no_front_matter(path, 1, 1, "it is never closed")]
    body = "\n".join(lines[end + 1 :])
    try:
        front, marks = read("\n".join(lines[1:end]), path, 2)
    except YamlError as error:
        return {}, body, end + 1, list(error.problems)
    problems: list[Problem] = []
    if not isinstance(front, dict):
        return {}, body, end + 1, [fault.no_front_matter(path, 2, 1, "it is not a mapping")]
    clean: dict[str, Any] = {}
    for key in ("title", "summary"):
        value = front.get(key)
        if not isinstance(value, str) or not value.strip():
            line, column = marks.get((key,), (1, 1))
            other = value is not None and not isinstance(value, str)
            said = ("is read as something else than a text", "put it in quotes") if other else ("is missing or empty",)
            problems.append(fault.no_front_matter(path, line, column, f"{key}: {said[0]}", *said[1:]))
        elif len(value) > MAX_FRONT:
            why = f"{key}: is longer than {MAX_FRONT:,} characters"
            problems.append(fault.no_front_matter(path, *marks[(key,)], why))
        elif "\n" in value.strip():
            why = f"{key}: has several lines, which would become one"
            problems.append(fault.no_front_matter(path, *marks[(key,)], why, "write one sentence or two, without |"))
        else:
            # No-break spaces stay.
            clean[key] = re.sub(r"[ \t\n]+", " ", value).strip(" ")
            problems += plain_text(clean[key], path, *marks[(key,)], key, language)
            clean["unwritten"] = (*clean.get("unwritten", ()), *_in_front(key, clean[key], lines[:end], marks[(key,)]))
    translates = front.get("translates") or {}
    if isinstance(translates, dict):
        clean["translates"] = translates
    else:
        problems.append(fault.no_front_matter(path, *marks[("translates",)], "translates: is not a mapping"))
    for key in front:
        if key not in ("title", "summary", "translates"):
            line, column = marks[(key,)]
            problems.append(fault.no_front_matter(path, line, column, f'unknown key "{key}"'))
    return clean, body, end + 1, problems


def plain_text(value: str, path: str, line: int, column: int, key: str, language: str) -> list[Problem]:
    """Report Markdown in a text that is plain, such as a title or a text in YAML: it would stand there as typed."""
    (token,) = parser(language).parseInline(value)
    for span in token.meta["spans"]:
        found = value[span.start : span.end]
        if span.kind in ("backticks", "slot", "citation", "entity", "link", "image", "escape"):
            return [fault.markup_in_front(path, line, column, key, found)]
    for child in token.children or ():
        if child.type in ("em_open", "strong_open"):
            return [fault.markup_in_front(path, line, column, key, child.markup)]
    reader = _Reader(path, [value], line - 1, masked=[value])
    _signs(reader)
    # Neither a link nor a backslash before a sign can be written here.
    remedies = {"M007": "leave it out here, or link to it in a text in Markdown", "M016": "use a space"}
    return [
        replace(problem, column=column, remedy=remedies.get(problem.code, "write plain words"))
        for problem in reader.problems[:1]
    ]
