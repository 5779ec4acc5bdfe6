"""Signs of other dialects of Markdown, which CommonMark reads as text and would print as typed.

Authors bring them from Pandoc, Quarto, MyST, MkDocs, GitHub, Obsidian and word processors. Each sign is one row: what
it is called, what it looks like, and what to write instead. The text they are looked for in is the file with
everything that is no prose masked (`masked.py`), so that code and escaped signs are none. To add a sign, add a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

#: What stands in place of each masked character: private letters, neither words nor space, by the kind of stretch.
CODE, SLOT, ENTITY, LINK, OTHER = MASKS = "\ue000\ue001\ue002\ue003\ue004"
#: The start of a line's text, behind the marks of a quotation or an item.
_START = r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?"
#: An address: what follows a full stop or bracket at its end belongs to the sentence.
_ADDRESS = rf"(?:https?://|www\.)[^\s<>()\[\]{MASKS}]*[^\s<>()\[\].,:;!?'\"*_{MASKS}]"

Code = Literal["M007", "M010", "M013", "M016"]


@dataclass(frozen=True)
class Sign:
    """One sign: `pattern` finds it (its first group, when it has one) where `needle` stands in the text at all."""

    name: str
    needle: str
    written: str
    remedy: str
    code: Code = "M013"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it; of most signs no text ever asks."""
        return re.compile(self.written, re.MULTILINE)


_CITE = "write [@key, p. 5]"
_BOX = "use a quotation (> …) or a heading"
_PLAIN = "remove it: the course has its own form"
_MATHS = "write it in words and signs (x², ½); for the sign itself write \\$"
_LINK = "write [words](module:id), or term:, case:, page:"
_BESIDE = "write [words](address), with the address beside the words"
# A run of them is one sign.
_TYPED = r"^[ \t>]*([•▪●◦‣·■□➢])[ \t]+[^\n]*(?:\n[ \t>]*[•▪●◦‣·■□➢][^\n]*)*"
_CODE = "write the character itself"

#: In this order; where two signs overlap, the earlier row is the one reported.
SIGNS: tuple[Sign, ...] = (
    # Templates
    Sign("a shortcode", "{{", r"\{\{[<%][^\n]*?(?:[>%]\}\}|$)", _PLAIN),
    Sign("a template's sign", "{{", r"\{\{[^\n]*?(?:\}\}|$)", "write {person}, with one brace, or the words"),
    Sign("a template's sign", "%", r"(?:\{%|<%)[^\n]*?(?:%[}>]|$)", _PLAIN),
    Sign("an included file", "8<", r";?-+8<-+[^\n]*", "write the text here, or link to it"),
    Sign("an editor's mark", "{", r"\{(?:\+\+|--|~~|==|>>)[^\n]*?(?:\}|$)", "write the text as it shall stand"),
    # Citations and mail addresses
    Sign("", "@", r"\[[^\[\]@\n]*[^\[\]@\n\w-]-?@\w[^\[\]]{0,200}\]", _CITE + ", and other words outside it", "M010"),
    Sign("", "[-@", r"\[-@\w[^\[\]]{0,200}\]", _CITE + ", and the author's name in the sentence", "M010"),
    Sign("", "@", r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "", "M007"),
    Sign("", "@", rf"(?<![\w@/.])@(?:[^\W\d_]|[{{{SLOT}])[\w:-]*", _CITE + "; for @ itself write \\@", "M010"),
    # Pandoc
    Sign("a footnote", "^", r"\[\^[^\[\]\s]+\]:?|\^\[[^\[\]\n]*\]?", "say it in the text, or cite a source: [@key]"),
    Sign("struck text", "~~", r"~~(?=[^\s~])[^\n]*?(?:~~|$)", "leave it out, or say that it no longer holds"),
    Sign("a subscript", "~", r"(?<=[\w)])~[^\s~]{1,20}~(?!\w*~)", "write the small sign itself: H₂O"),
    Sign("a superscript", "^", r"(?<=[\w)])\^[^\s^]{1,20}\^(?!\w)", "write the small sign itself: m²"),
    Sign("marked text", "==", r"(?<![=\w])==(?=[^\s=])[^\n]{1,200}?(?<=[^\s=])==(?!=)", "use *stress* or **weight**"),
    Sign("a box", ":::", _START + r"(:{3,}[ \t]*[^\s:][^\n]*)", _BOX),
    Sign("a class on words", "]{", r"(?<=\])\{[^{}\n]*\}", _PLAIN),
    Sign("a formula", "$$", r"(?<!\$)\$\$(?!\$)(?:[^$\n]|\n(?!\s*\n))*(?:\$\$|$)", _MATHS),
    Sign("a formula", "$", r"(?<![\w$])\$(?=[^\s$])(?:[^$\n]{0,200}[^\s$])?\$(?![\w$])", _MATHS),
    Sign("a backslash", "\\", r"\\[A-Za-z]*(?:\{[^{}\n]*\})?", "remove it; for the sign \\ itself write \\\\"),
    Sign("a definition", ":", _START + r"(:[ \t]+)(?=\S)", "write **word**: meaning, or use course/glossary.yml"),
    Sign("an abbreviation", "*[", _START + r"(\*\[[^\[\]\n]+\]:)", "write it out where it is first used"),
    Sign("a number of a list", "#.", _START + r"(#\.)(?=\s)", "write 1."),
    Sign("a number of a list", "(@", r"\(@\w*\)(?=\s)", "write 1."),
    # MyST and reStructuredText
    Sign("a role", "{", rf"\{{[\w:.+-]+\}}(?={CODE})", _LINK),
    Sign("a role", CODE, rf"(?<!\w):[a-z][\w:.+-]*:(?={CODE})", _LINK),
    Sign("a link", CODE, rf"(?<={CODE})__?(?![\w_])", _LINK),
    Sign("a directive", "..", _START + r"(\.\.[ \t]+[a-z-]+::)", _BOX),
    Sign("a label", ")=", _START + r"(\([\w.:-]+\)=)[ \t]*$", "give the heading an id: {#id}"),
    Sign("a divider", "+++", _START + r"(\+\+\+)", "use a heading"),
    # MkDocs
    Sign("a box", "!!!", _START + r"(!!!\+?[ \t]+[a-z][^\n]*)", _BOX),
    Sign("a folded box", "???", _START + r"(\?\?\?\+?[ \t]+[a-z][^\n]*)", _BOX),
    Sign("a tab", "===", _START + r"(===[!+]?[ \t]+[\"'“”«][^\n]*)", "use a heading for each"),
    Sign("a table of contents", "TOC", r"^[ \t]*(\[\[?_?TOC_?\]\]?)[ \t]*$", "remove it: the page has its contents"),
    Sign("a key", "++", r"(?<![\w+])\+\+[\w-]+(?:\+[\w-]+)*\+\+(?![\w+])", "write the name of the key"),
    Sign("attributes", "{", r"\{[:.][^{}\n]*\}|\{[^{}\n]*=[^{}\n]*\}", _PLAIN),
    # GitHub and wikis
    Sign("a box to tick", "[", r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+(\[[ xX]\])(?=\s)", "remove it, or write ☐"),
    Sign("a kind of box", "[!", _START + r"(\[![A-Za-z]+\][+-]?)", "use a plain quotation (> …)"),
    Sign("a name of a picture", ":", r":(?<![\w:]:)[a-z][a-z0-9_+-]+:(?![\w:])", "remove it, or say it in words"),
    Sign("a link of a wiki", "[[", r"!?\[\[[^\[\]\n]+\]\]", _LINK),
    Sign("an address", "]:", _START + r"(\[[^\[\]\n]+\]:\s*<?(?:[a-z][a-z+.-]+:\D|\.{0,2}/|#|www\.)[^\n]*)", _BESIDE),
    Sign("a link", "][", r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]", _BESIDE),
    Sign("a link", "](", r"!?(?:\[[^\[\]\n]*)?\]\([^()\n]*\)?", "write [words](address): no space or link inside it"),
    Sign("", "://", rf"(?<![\w@/.\[-]){_ADDRESS}(?![^\[\]\n]*{LINK})", "", "M007"),
    Sign("", "www.", rf"(?<![\w@/.\[-]){_ADDRESS}(?![^\[\]\n]*{LINK})", "", "M007"),
    Sign("", "[", rf"\[({_ADDRESS})\]", "", "M007"),
    # Half-read Markdown, and what word processors leave
    Sign("a heading", "#", r"^[ \t>]*(#{2,6}[^\s#][^\n]*|#{7,}[^\n]*)$", "put a space after two to six #"),
    Sign("a heading", SLOT, rf"^[ \t>]*(#[^\s#][^\n]*{SLOT})$", "put a space after two to six #"),
    Sign("a bullet", "", _TYPED, "begin the line with -, below an empty line"),
    Sign("a code", "&", r"&(?:nbsp|amp|lt|gt|quot|apos|shy|[nm]dash|hellip|[lr]aquo|#\d+|#x[\da-fA-F]+)\b", _CODE),
    Sign("a code", "&", r"&[A-Za-z]{3,31};", _CODE),
    Sign("a code", ENTITY, rf"{ENTITY}+((?:[A-Za-z]{{2,31}}|#\d+|#x[\da-fA-F]+);)", _CODE),
    Sign("a brace", "{", r"\{[^{}\n]{0,80}\}?", "write {person} on one line; for the sign { itself write \\{"),
    Sign("a tab between words", "\t", r"(?<=\S)(\t+)(?=\S)", "use a space, or a table with |", "M016"),
)


class Found(NamedTuple):
    """A sign and where it stands, in characters from the start of the masked text."""

    sign: Sign
    start: int
    end: int


def find(text: str) -> Iterator[Found]:
    """Yield the signs in a masked text; of two that overlap only the one whose row is earlier."""
    taken = bytearray(len(text))
    for sign in SIGNS:
        if sign.needle not in text:
            continue
        for match in sign.pattern.finditer(text):
            start, end = match.span(1 if sign.pattern.groups else 0)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield Found(sign, start, end)
