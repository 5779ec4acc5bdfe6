"""Markdown to the prose tree, through markdown-it-py.

CommonMark with tables, plus three things of our own: an id at the end of
every heading, slots in braces and citations in Pandoc's syntax. What the tree
cannot hold is reported, never dropped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.replacements import replace_rare
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from samspill import prose as p
from samspill.problem import Problem
from samspill.source import fault
from samspill.source.characters import entities, hidden
from samspill.source.strict_yaml import YamlError, read

#: Primary and secondary quotation marks (open, close, open, close) by language.
QUOTES = {"en": "‘’“”", "nb": "«»‘’", "da": "””’’", "sv": "””’’"}
LINK_SCHEMES = (
    "module:", "case:", "worksheet:", "pathway:", "page:", "term:", "objective:", "source:", "list:", "https://",
)  # fmt: skip
#: Levels of nesting and characters of a paragraph, well within what the parser handles in good time.
MAX_LEVELS = 12
MAX_PARAGRAPH = 10_000
MAX_FRONT = 1_000
_SECTION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(\.[a-z0-9][a-z0-9-]{0,63}){0,3}$")
_SLOT = re.compile(r"\{([^{}\n]{1,80})\}")
_CITATION = re.compile(r"\[(@[^\[\]]{1,400})\]")
_ONE_CITE = re.compile(r"\s*@([A-Za-z0-9][A-Za-z0-9-]*)\s*(?:,\s*(.*?))?\s*$", re.S)


def _slot(state: StateInline, silent: bool) -> bool:
    found = _SLOT.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        state.push("slot", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    found = _CITATION.match(state.src, state.pos)
    if not found or found.end() > state.posMax:
        return False
    if not silent:
        state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _dashes(state: StateCore) -> None:
    """Set dashes and ellipses; unlike the library's own rule, leave (c) and (r) alone: they number a list."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            replace_rare(token.children)


@cache
def _typographer(language: str) -> MarkdownIt:
    """Return a parser that knows quotation marks and dashes only: titles and summaries are plain text."""
    options = {"typographer": True, "quotes": QUOTES.get(language, "“”‘’")}
    md = MarkdownIt("zero", options).enable(["replacements", "smartquotes"])
    md.core.ruler.at("replacements", _dashes)
    return md


@cache
def _parser(language: str) -> MarkdownIt:
    quotes = QUOTES.get(language, "“”‘’")
    # The parser drops what nests deeper than maxNesting without a word: well above our own limit, so that we see it.
    options = {"typographer": True, "quotes": quotes, "maxNesting": 4 * MAX_LEVELS}
    md = MarkdownIt("commonmark", options).enable(["table", "replacements", "smartquotes"])
    md.core.ruler.at("replacements", _dashes)
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.before("link", "slot", _slot)
    # Addresses are checked and reported by us; the parser's own filter would turn a bad link into text silently.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return md


@dataclass
class _Reader:
    """Turns the tokens of one file into nodes and collects what it finds wrong."""

    path: str
    lines: list[str]
    offset: int
    problems: list[Problem] = field(default_factory=list)
    cursor: tuple[int, int] = (0, 0)
    end: int = 0

    def find(self, needle: str) -> p.Place:
        """Return where a needle stands from the cursor to the end of its block, and move the cursor behind it.

        The target of a reference stands elsewhere and an address may be written with entities: then it is the
        line of the cursor.
        """
        line, column = self.cursor
        first = needle.split("\n", 1)[0]
        for number in range(line, min(self.end, len(self.lines))):
            at = self.lines[number].find(first, column if number == line else 0)
            if at >= 0:
                self.cursor = (number, at + len(first))
                return p.Place(number + self.offset + 1, at + 1)
        return p.Place(line + self.offset + 1, 1)

    def at(self, node: SyntaxTreeNode) -> p.Place:
        """Return where a block starts."""
        line = node.map[0] if node.map else self.cursor[0]
        text = self.lines[line] if line < len(self.lines) else ""
        return p.Place(line + self.offset + 1, len(text) - len(text.lstrip()) + 1)

    def report(self, make: Any, place: p.Place, *args: Any) -> None:
        """Note a problem."""
        self.problems.append(make(self.path, place.line, place.column, *args))

    # --- blocks

    def blocks(self, nodes: list[SyntaxTreeNode]) -> tuple[p.Block, ...]:
        """Turn block nodes into blocks."""
        return tuple(block for node in nodes if (block := self.block(node)) is not None)

    def block(self, node: SyntaxTreeNode) -> p.Block | None:
        """Turn one block node into a block, or report it."""
        if node.map:
            self.cursor, self.end = max(self.cursor, (node.map[0], 0)), node.map[1]
        match node.type:
            case "paragraph":
                return p.Paragraph(self.children(node))
            case "bullet_list" | "ordered_list":
                start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                return p.ItemList(tuple(self.blocks(item.children) for item in node.children), start)
            case "blockquote":
                return p.Quote(self.blocks(node.children))
            case "fence" | "code_block":
                return p.CodeBlock(node.content, node.info.split(" ")[0] if node.info else "")
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

    def table(self, node: SyntaxTreeNode) -> p.Table:
        """Turn a table node into a table."""
        head, *rest = node.children
        rows = rest[0].children if rest else []
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
                return p.Slot(node.content, self.find("{" + node.content))
            case "citation":
                return self.citation(node)
            case "html_inline":
                self.report(fault.raw_html, self.find(node.content))
            case _:
                self.report(fault.unknown_markdown, p.Place(self.cursor[0] + self.offset + 1), f'"{node.type}"')
        return None

    def link(self, node: SyntaxTreeNode) -> p.Link:
        """Turn a link node into a link and refuse unknown schemes."""
        target = str(node.attrs.get("href", ""))
        children = tuple(self.inlines(node.children))
        place = self.find(target)
        if not target.startswith(LINK_SCHEMES) or re.search(r"[\x00-\x20\x7f\\]", target):
            self.report(fault.unsafe_link, place, target)
        self.no_tooltip(node, place)
        return p.Link(target, children, place)

    def image(self, node: SyntaxTreeNode) -> p.Inline:
        """Turn an image node into an image and ask for its alternative text."""
        source = str(node.attrs.get("src", ""))
        place = self.find(source)
        alternative = node.content or ""
        if not alternative.strip():
            self.report(fault.image_without_alternative, place)
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.(png|jpe?g|svg)", source):
            self.report(fault.bad_picture, place, f'"{source}" is not a file beside the text')
            return p.Text(alternative)
        self.no_tooltip(node, place)
        return p.Image(source, alternative, place)

    def no_tooltip(self, node: SyntaxTreeNode, place: p.Place) -> None:
        """Refuse the title of a link or picture, which print and touch screens cannot show."""
        if node.attrs.get("title"):
            self.report(fault.unknown_markdown, place, "the title of a link or picture", "say it in the text")

    def citation(self, node: SyntaxTreeNode) -> p.Citation | None:
        """Turn a citation token into a citation."""
        place = self.find("[" + node.content)
        cites: list[p.Cite] = []
        for part in node.content.split(";"):
            found = _ONE_CITE.match(part)
            if not found:
                self.report(fault.malformed_citation, place, part.strip())
                return None
            cites.append(p.Cite(found[1], " ".join((found[2] or "").split()), place))
        return p.Citation(tuple(cites))


def digest(text: str) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of a text, without trailing space and outer blanks."""
    clean = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return hashlib.sha256(clean.encode()).hexdigest()[:12]


def parse(text: str, path: str, language: str) -> tuple[p.Prose, list[Problem]]:
    """Return the prose of one Markdown file and everything wrong with it.

    `path` is relative to the course root and names the file in problems.
    """
    front, body, offset, problems = _front_matter(text, path)
    lines = body.split("\n")
    reader = _Reader(path, lines, offset, end=len(lines))
    problems_before = problems
    tokens = _parser(language).parse(_without_long(body, reader))
    _cut_deep(tokens, reader)
    tree = SyntaxTreeNode(tokens)
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
            sections.append(p.Section(section_id, level, title, blocks, place, digest(source)))
    title_text = _typographic(front.get("title", ""), language)
    summary = _typographic(front.get("summary", ""), language)
    document = p.Prose(
        path=path,
        language=language,
        title=title_text,
        summary=summary,
        lead=lead,
        sections=tuple(sections),
        front_digest=digest(f"{front.get('title', '')}\n{front.get('summary', '')}"),
        translates=tuple(sorted((str(k), str(v)) for k, v in (front.get("translates") or {}).items())),
    )
    return document, problems_before + reader.problems + _hidden_behind_entities(document, body, offset)


def _hidden_behind_entities(document: p.Prose, body: str, offset: int) -> list[Problem]:
    """Report characters that nobody can see, written as entities; files that hold them are not read at all."""
    written = [
        (body.count("\n", 0, at) + offset + 1, at - body.rfind("\n", 0, at), meant) for at, meant in entities(body)
    ]
    parts = [(offset + 1, document.lead), *((section.place.line, section) for section in document.sections)]
    ends = [line for line, _ in parts[1:]] + [body.count("\n") + offset + 2]
    problems = []
    for (start, part), end in zip(parts, ends, strict=True):
        here = [entry for entry in written if start <= entry[0] < end]
        found = dict.fromkeys(bad.character for text in _strings(part) if here and (bad := hidden(text, "\t")))
        for character in found:
            place = next(((line, column) for line, column, meant in here if character in meant), (start, 1))
            problems.append(fault.not_text(document.path, *place, character))
    return problems


def _strings(part: Any) -> Iterator[str]:
    """Yield every text of a tree but code, in which an entity means itself."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from _strings(inner)
    elif is_dataclass(part) and not isinstance(part, p.Code | p.CodeBlock):
        for each in fields(part):
            yield from _strings(getattr(part, each.name))


def _typographic(text: str, language: str) -> str:
    tokens = _typographer(language).parseInline(text)
    return "".join(child.content for token in tokens for child in token.children or ())


def _heading(reader: _Reader, node: SyntaxTreeNode, place: p.Place) -> tuple[str, tuple[p.Inline, ...]]:
    # The id reads as a slot, the last inline of the heading.
    line = max(place.line - reader.offset - 1, 0)
    reader.cursor, reader.end = (line, 0), line + 1
    inlines = list(reader.children(node))
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


def _front_matter(text: str, path: str) -> tuple[dict[str, Any], str, int, list[Problem]]:
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
