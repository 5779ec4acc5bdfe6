"""The Markdown parser: CommonMark with tables, slots and citations, and notes of where each sign stands.

Tokens of the parser have no columns. Ours notes, for each block of text, which stretches are not prose (code, escapes,
addresses …), so that a sign in the prose can be found at its place and one in code is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct
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

from samspill.source.typography import teach, typography

#: Levels of nesting, well within what the parser handles in good time.
MAX_LEVELS = 12
# What opens with one of these signs, or holds "=", is an attribute or a template of another dialect, not a name.
_SLOT = re.compile(r"(?<!\{)\{(?![.:%!&+~>=-])([^{}=\n]{1,80})\}(?![}`])")
_CITATION = re.compile(r"\[(@[^\[\]]{1,400})\](?!\()")
_ADDRESS = re.compile(r"\]\(\s*<?")
Rule = Callable[[StateInline, bool], bool]


@dataclass(frozen=True)
class Span:
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


@cache
def parser(language: str) -> MarkdownIt:
    """Return the parser for texts in a language."""
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
