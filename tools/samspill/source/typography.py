"""Quotation marks, apostrophes, dashes and primes, as each language sets them.

The parser's own pass pairs straight quotation marks. It takes the apostrophe of '90s for an opening mark and that of
Lars' for a closing one, so what is certainly an apostrophe is set before it, and what found no partner after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.replacements import EM_DASH_RE, EN_DASH_INDENT_RE, EN_DASH_RE, PLUS_MINUS_RE
from markdown_it.token import Token

from samspill.languages import grammar

APOSTROPHE = "’"
_DASHES = re.compile(r"\+-|\.\.\.|--")
_MARK = re.compile("'")
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
#: A decade or a class of a year: '90s, '90-tallet, '80erne, '68-er.
_DECADE = re.compile(r"'\d\d(?:s\b|-?(?:tal|år|er\b|ern|års)|-\w)")
_YEAR = re.compile(r"'\d\d(?![\w'%]|[.,:]\d)")
#: Five feet ten: the marks are primes.
_FEET = re.compile(r"(?<=\d)'(?= ?\d{1,2}(?:[.,]\d+)?\")")
_INCHES = re.compile(r"(?<=\d)\"")


def typography(language: str) -> dict[str, object]:
    """Return the parser's options for a language."""
    return {"typographer": True, "quotes": grammar(language).quotes}


def teach(md: MarkdownIt, language: str) -> MarkdownIt:
    """Make a parser set dashes, quotation marks and apostrophes as a language does."""
    md.enable(["replacements", "smartquotes"])
    md.core.ruler.at("replacements", _dashes)
    md.core.ruler.before("smartquotes", "apostrophes", _each(_apostrophes(language)))
    md.core.ruler.after("smartquotes", "unpaired", _each(_unpaired))
    return md


@cache
def _typographer(language: str) -> MarkdownIt:
    return teach(MarkdownIt("zero", typography(language)), language)


def typographic(text: str, language: str) -> str:
    """Return plain text, a title for instance, with the dashes and quotation marks of its language."""
    tokens = _typographer(language).parseInline(text)
    return "".join(child.content for token in tokens for child in token.children or ())


def _dashes(state: StateCore) -> None:
    """Set dashes, ± and three full stops.

    The library's own rule also makes © of (c), which numbers a list, and drops a comma of two and a full stop of four.
    """
    for token in state.tokens:
        if not _DASHES.search(token.content):
            continue
        automatic = False
        for child in token.children or ():
            if child.type in ("link_open", "link_close") and child.info == "auto":
                automatic = child.type == "link_open"
            elif child.type == "text" and not automatic:
                text = _ELLIPSIS.sub("…", PLUS_MINUS_RE.sub("±", child.content))
                text = EN_DASH_RE.sub("\\1–", EM_DASH_RE.sub("\\1—", text))
                child.content = EN_DASH_INDENT_RE.sub("\\1–", text)


def _each(change: Callable[[str], dict[int, str]]) -> Callable[[StateCore], None]:
    """Return a rule that changes single characters of each block's words, seen as one line."""

    def run(state: StateCore) -> None:
        for token in state.tokens:
            if "'" in token.content:
                _set(token.children or [], change)

    return run


def _set(children: list[Token], change: Callable[[str], dict[int, str]]) -> None:
    line, owners = "", []
    for child in children:
        if child.type == "text":
            owners.append((len(line), child))
            line += child.content
        elif child.type in ("softbreak", "hardbreak"):
            line += " "
        elif child.content:
            line += "x"  # a name, a citation, code or an escaped sign: like a word, and its marks are not ours
    changes = change(line)
    if changes:
        chars = list(line)
        for at, char in changes.items():
            chars[at] = char
        for start, child in owners:
            child.content = "".join(chars[start : start + len(child.content)])


def _apostrophes(language: str) -> Callable[[str], dict[int, str]]:
    own = grammar(language)
    leading = re.compile(rf"'(?:{own.leading})\b(?!')|'n'(?=\s)", re.IGNORECASE)
    either = re.compile(rf"'(?:{own.perhaps})\b(?!')", re.IGNORECASE)
    trailing = re.compile(rf"(?:[^\W\d_][sxz]|\b(?:{own.trailing}))'(?= \w)", re.IGNORECASE)

    def find(line: str) -> dict[int, str]:
        changes: dict[int, str] = {}
        for feet in _FEET.finditer(line):
            changes[feet.start()] = "′"
            if inches := _INCHES.search(line, feet.end()):
                changes[inches.start()] = "″"
        weak = {found.end() - 1 for found in trailing.finditer(line)} if "' " in line else set()
        marks = [
            (at, _opens(line, at))
            for at in (mark.start() for mark in _MARK.finditer(line))
            if at not in changes and not _inside(line, at)
        ]
        opened = 0
        for number, (at, opens) in enumerate(marks):
            if at in changes:
                continue
            after = marks[number + 1] if number + 1 < len(marks) else None
            if opens:
                closed = after is not None and not after[1] and after[0] not in weak
                if leading.match(line, at) or _DECADE.match(line, at):
                    changes[at] = APOSTROPHE
                    if line[at : at + 3].lower() == "'n'":
                        changes[at + 2] = APOSTROPHE
                elif not closed and (either.match(line, at) or _YEAR.match(line, at)):
                    changes[at] = APOSTROPHE
                else:
                    opened += 1
            elif at in weak and (not opened or (after is not None and not after[1])):
                changes[at] = APOSTROPHE
            else:
                opened = max(opened - 1, 0)
        return changes

    return find


def _opens(line: str, at: int) -> bool:
    """Tell whether a mark stands where a quotation may open: before a word and not directly behind one."""
    before, after = line[at - 1 : at] or " ", line[at + 1 : at + 2] or " "
    return not after.isspace() and not before.isalnum() and (before.isspace() or after.isalnum())


def _inside(line: str, at: int) -> bool:
    return line[at - 1 : at].isalnum() and line[at + 1 : at + 2].isalnum()


def _unpaired(line: str) -> dict[int, str]:
    """What found no partner beside a letter, or before a digit, is an apostrophe."""
    changes = {}
    for at in (mark.start() for mark in _MARK.finditer(line)):
        before, after = line[at - 1 : at] if at else "", line[at + 1 : at + 2]
        if not before.isdigit() and (before.isalpha() or after.isalnum()):
            changes[at] = APOSTROPHE
    return changes
