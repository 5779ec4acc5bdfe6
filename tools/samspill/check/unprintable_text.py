"""Every character of a text can be printed in the course's fonts.

Atkinson Hyperlegible, Spectral and Fira Sans have Latin, Greek and Cyrillic letters; emoji, rare signs and other
scripts have no shape, and a handout would show an empty box. A name, or the author and title of a source, then
stands in Latin letters, as its bearer or the library catalogue writes it. A drawing needs Fira Sans.

Right, in cases/two-doors/en.md:

    ## Three weeks later {#later}

    Nobody has answered, and {person} is sad.

Wrong, in cases/two-doors/en.md:

    ## Three weeks later {#later}

    Nobody has answered {person} 😢.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category

from samspill.check.fonts import no_font
from samspill.check.printed_texts import printed_texts
from samspill.check.rule import Finding, place
from samspill.model import Course
from samspill.prose import Citation, Code, CodeBlock, Image, Prose, Section, Text, plain
from samspill.typeface.glyphs import undrawable
from samspill.typeface.glyphs import unprintable as missing_from_fonts

CODE = "H001"
_COPIED = "copy it anew from the address bar of your browser"
#: What to do about a character without a font: by what the text is, for letters and for signs.
REMEDIES = {
    "text": ("write it in words", "write it in words"),
    "name": ("write it in Latin letters, as the person or place does", "leave it out"),
    "source": ("write it in Latin letters, as the library catalogue does", "write it in words"),
    "address": (_COPIED, _COPIED),
}


def in_text(prose: Prose) -> Iterator[Finding]:
    """Yield each section with characters that no font of the course has."""
    if bad := missing_from_fonts(f"{prose.title} {prose.summary}"):
        yield prose.path, 2, 1, no_font(bad), _remedy(bad)
    for section in prose.sections:
        bad, kind = missing_from_fonts("".join(_texts(section))), "text"
        if section.id.startswith("figure."):
            bad = bad or undrawable(plain(section.title))
        if not bad:
            # On paper a link says whose page it leads to.
            bad, kind = missing_from_fonts("".join(_addresses(section))), "address"
        if bad:
            yield prose.path, section.place.line, section.place.column, no_font(bad), _remedy(bad, kind)


def find(course: Course) -> Iterator[Finding]:
    """Yield each text of a YAML file with characters that no font of the course has."""
    for printed in printed_texts(course):
        if bad := (undrawable if printed.drawn else missing_from_fonts)(printed.text):
            yield *place(course, printed.path, *printed.place), no_font(bad), _remedy(bad, printed.kind)


def _texts(section: Section) -> Iterator[str]:
    for node in section.inlines:
        if type(node) is Text:  # which most are
            yield node.text
            continue
        match node:
            case Code(text):
                yield text
            case Image(_, alternative, _):
                yield alternative
            case Citation(cites):
                yield from (cite.locator for cite in cites)
            case _:
                pass
    for block in section.blocks:
        if isinstance(block, CodeBlock):
            yield block.text


def _addresses(section: Section) -> Iterator[str]:
    for each in section.mentions:
        if each.kind == "link" and each.name.startswith("https:"):
            yield each.name


def _remedy(characters: str, kind: str = "text") -> str:
    letters, signs = REMEDIES[kind]
    return letters if all(category(char)[0] in "LM" for char in characters) else signs
