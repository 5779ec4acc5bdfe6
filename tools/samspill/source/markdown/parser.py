"""The Markdown parser: CommonMark with tables, slots and citations, and notes of where each sign stands.

Tokens of the parser have no columns. Ours notes, for each block of text, which stretches are not prose (code, escapes,
addresses …), so that a sign in the prose can be found at its place and one in code is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    entity,
    escape,
    html_inline,
    image,
    link,
    newline,
)
from markdown_it.rules_inline import emphasis as emphasis_rule
from markdown_it.token import Token
from markdown_it.utils import EnvType

from samspill.source.typography import teach, typography

#: Levels of nesting, well within what the parser handles in good time.
MAX_LEVELS = 12
# What opens with one of these signs, or holds "=", is an attribute or a template of another dialect, not a name.
_SLOT = re.compile(r"(?<!\{)\{(?![.:%!&+~>=-])([^{}=\n]{1,80})\}(?![}`])")
_CITATION = re.compile(r"\[(@[^\[\]]{1,400})\](?!\()")
_ADDRESS = re.compile(r"\]\(\s*<?")
#: The signs that the rules of a block's text begin with, but for `text` itself.
_SIGNS = {
    "newline": "\n", "escape": "\\", "backticks": "`", "emphasis": "*_", "citation": "[", "slot": "{", "link": "[",
    "image": "!", "autolink": "<", "html_inline": "<", "entity": "&",
}  # fmt: skip
_SIGN = re.compile(f"[{re.escape(''.join(sorted({*''.join(_SIGNS.values())})))}]")
Rule = Callable[[StateInline, bool], bool]
BlockRule = Callable[[StateBlock, int, int, bool], bool]


class Span(NamedTuple):
    """A stretch of a block's text, in characters from its start; `kind` is the name of the rule that read it.

    `at` is where its token stands for a reader: the sign itself, or the address of a link or picture.
    """

    kind: str
    start: int
    end: int
    token: Token | None = None
    at: int = 0


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


def _notes(state: StateInline) -> list[Span] | None:
    """Return where to note spans of the block being read; None inside a picture's description."""
    children, spans = state.env["noting"]
    return spans if state.tokens is children else None


def _noted(kind: str, rule: Rule) -> Rule:
    """Return a rule that also notes what it read."""

    def run(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        spans = None if silent else _notes(state)
        if spans is None:
            return True
        name, first, at, new = kind, start, start, state.tokens[count:]
        token = new[-1] if new else None
        if kind in ("link", "image"):
            end = state.md.helpers.parseLinkLabel(state, start + (kind == "image"), kind == "link")
            opening = _ADDRESS.match(state.src, end)
            at = opening.end() if opening else end
        if kind == "link":
            # The words of a link are prose; only its address is not.
            first = end
        if kind in ("link", "autolink"):
            token = next(token for token in new if token.type == "link_open")
            at += kind == "autolink"
        elif kind == "newline":
            if not any(token.type == "hardbreak" for token in new):
                return True
            name, first = "spaces", len(state.src[:start].rstrip(" "))
        elif kind == "escape" and not (isMdAsciiPunct(ord(state.src[start + 1])) or state.src[start + 1] == "\n"):
            return True  # the backslash stays
        elif kind == "backticks" and not any(token.type == "code_inline" for token in new):
            name = "mark"
        spans.append(Span(name, first, state.pos, token, at))
        return True

    return run


def _emphasis(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not emphasis_rule.tokenize(state, silent):
        return False
    if _notes(state) is not None:
        marks = zip(state.tokens[start - state.pos :], range(start, state.pos), strict=True)
        state.env["marks"] += marks
    return True


def _unclosed(state: StateInline) -> None:
    """Note the runs of emphasis marks that stay as typed, and stress from within one word to within another.

    A later rule of the parser joins what stays with the text around.
    """
    spans = _notes(state)
    if spans is None:
        return
    within: int | None = None
    for token, at in state.env["marks"]:
        if token.type in ("em_open", "em_close") and token.markup == "*":
            midword = state.src[at - 1 : at].isalnum() and state.src[at + 1 : at + 2].isalnum()
            if token.type == "em_close" and midword and within is not None and " " in state.src[within:at]:
                spans.append(Span("midword", within, within + 1))
            within = at if token.type == "em_open" and midword else None
        if token.type == "text" and token.content:
            if spans and spans[-1].kind == "mark" and spans[-1].end == at and state.src[at - 1] == state.src[at]:
                spans[-1] = Span("mark", spans[-1].start, at + 1)
            else:
                spans.append(Span("mark", at, at + 1))


def _inline(state: StateCore) -> None:
    """Read the text of each block and keep the notes with it."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            spans: list[Span] = []
            state.env["noting"], state.env["marks"] = (token.children, spans), []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
            token.meta["spans"] = spans


#: The signs that the rules of blocks begin with, but for those that begin with any.
_STARTS = {
    "fence": "`~", "blockquote": ">", "hr": "*-_", "list": "*-+0123456789", "html_block": "<", "heading": "#",
}  # fmt: skip


def _tokenize(rules: Mapping[str, Sequence[Rule]], state: StateInline) -> None:
    """Read a block's text, as the library does, which asks all rules at each sign that begins any of them."""
    src, end, most = state.src, state.posMax, state.md.options["maxNesting"]
    while state.pos < end:
        start = state.pos
        found = _SIGN.search(src, start, end) if state.level < most else None
        if found and found.start() == start:
            for rule in rules[found[0]]:
                if rule(state, False):
                    break
            else:
                state.append_pending(found[0])
                state.pos += 1
        else:
            # Text, or what nests so deep that it is taken as such, sign by sign.
            stop = start + 1 if state.level >= most else found.start() if found else end
            state.append_pending(src[start:stop])
            state.pos = stop
    if state.pending:
        state.pushPending()


def _parse(
    parse: Callable[[str, MarkdownIt, EnvType, list[Token]], list[Token]],
    text: str,
    md: MarkdownIt,
    env: EnvType,
    tokens: list[Token],
) -> list[Token]:
    """Read a block's text; without any sign it is a text, whatever rules there are."""
    if _SIGN.search(text):
        return parse(text, md, env, tokens)
    if text:
        tokens.append(Token("text", "", 0, content=text))
    return tokens


def _by_sign(md: MarkdownIt) -> dict[str, list[Rule]]:
    """Return the rules of a block's text by the signs they begin with, in their order."""
    rules: dict[str, list[Rule]] = {}
    for name, rule in zip(md.inline.ruler.get_active_rules(), md.inline.ruler.getRules(""), strict=True):
        for sign in "" if name == "text" else _SIGNS[name]:
            rules.setdefault(sign, []).append(rule)
    return rules


def _starting(signs: Mapping[BlockRule, str]) -> BlockRule:
    """Return several rules of blocks as one, which asks those whose sign stands at the beginning of a line."""
    rules: dict[str, list[BlockRule]] = {}
    for rule, starts in signs.items():
        for sign in starts:
            rules.setdefault(sign, []).append(rule)

    def run(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        found = rules.get(state.src[start : start + 1])
        return found is not None and any(rule(state, line, end, silent) for rule in found)

    return run


@cache
def parser(language: str) -> MarkdownIt:
    """Return the parser for texts in a language."""
    return quick(taught(language))


def quick(md: MarkdownIt) -> MarkdownIt:
    """Return a parser itself, which from now on asks a rule only where one of its signs stands."""
    md.inline.tokenize = partial(_tokenize, _by_sign(md))  # type: ignore[method-assign]
    md.inline.parse = partial(_parse, md.inline.parse)  # type: ignore[method-assign]
    every = md.block.ruler.__rules__
    names = {each.fn: each.name for each in every}
    for chain in {"", *(name for each in every for name in each.alt)}:
        rules = md.block.ruler.getRules(chain)
        rules[:] = [
            each
            for signed, some in groupby(rules, lambda rule: names[rule] in _STARTS)
            for each in ([_starting({rule: _STARTS[names[rule]] for rule in some})] if signed else some)
        ]
    return md


def taught(language: str) -> MarkdownIt:
    """Return a parser that knows the texts of a language, with the rules of the library and ours."""
    # The parser drops what nests deeper than maxNesting without a word: well above our own limit, so that we see it.
    options = {**typography(language), "maxNesting": 4 * MAX_LEVELS}
    md = teach(MarkdownIt("commonmark", options).enable("table"), language)
    # The address of [text][name] would stand in another section, whose digest does not know of it, and a definition
    # that nothing uses would vanish: such a line stays text, and is reported.
    md.disable("reference")
    md.core.ruler.at("inline", _inline)
    rules: dict[str, Rule] = {
        "newline": newline,
        "escape": escape,
        "backticks": backtick,
        "link": link,
        "image": image,
        "autolink": autolink,
        "html_inline": html_inline,
        "entity": entity,
    }
    for name, rule in rules.items():
        md.inline.ruler.at(name, _noted(name, rule))
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.before("link", "citation", _noted("citation", _citation))
    md.inline.ruler.before("link", "slot", _noted("slot", _slot))
    md.inline.ruler2.before("fragments_join", "unclosed", _unclosed)
    # Addresses are checked and reported by us; the parser's own filter would turn a bad link into text silently.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]
    md.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return md
