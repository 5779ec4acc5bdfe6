"""Every word has room on paper, at the least when it is divided.

A long word is set smaller or divided by the patterns of its language. That does not help a code of forty letters
without a vowel, or seven columns of long words: they would be printed over their neighbours.

Right, in course/modules/waiting/en.md:

    ## Monday {#opening}

    The letter of case 2026-03-KTRQ-0457-BXDF-8812-NNPL-3391-ZZRT-7740-GHHK lies in a tray.

Wrong, in course/modules/waiting/en.md:

    ## Monday {#opening}

    The letter of case 202603KTRQ0457BXDF8812NNPL3391ZZRT7740GHHKMVCW lies in a tray.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from samspill.check.printed_texts import printed_texts
from samspill.check.rule import Finding, place
from samspill.model import Course
from samspill.prose import Block, CodeBlock, ItemList, Paragraph, Prose, Quote, Section, Table, plain
from samspill.typeface.glyphs import COMMON

CODE = "H002"
_REMEDY = "write it as two words, or with a hyphen where it may be divided"
#: Boxes of a sheet in points: the text, the text in the innermost list, the words in the margin.
_LINE, _INNER, _MARGIN = 351.0, 290.0, 90.0
#: The text and the margin together, which wide tables of a module, a page or a pathway take.
_WIDE = 464.0
#: What the patterns of a language find no syllables in: a run of consonants or of vowels, digits, dots inside.
_STUBBORN = re.compile(r"(?i)[^aeiouyæøåäöé\s]{9}|[aeiouyæøåäöé]{9}|\w[^\w\s-]\w|\d")

#: The size of type that letters are counted in.
_NINE = 9.0
#: What is wider than most letters: m, w, capitals and signs.
_BROAD = re.compile(r"[^a-ln-vx-z0-9åøäöé.,;:()'’/-]")


def in_text(prose: Prose) -> Iterator[Finding]:
    """Yield each word that is wider than what it is printed in."""
    for word in _unfit(prose.title, _LINE, 17) + _unfit(prose.summary, _LINE, 13.5):
        yield prose.path, 2, 1, f"{word} is wider than the page", _REMEDY
    for section in prose.sections:
        head = prose.path, section.place.line, section.place.column
        for word in _unfit(plain(section.title), _LINE, 13):
            yield *head, f"{word} is wider than the page", _REMEDY
        for word in dict.fromkeys(_unfit_blocks(section.blocks)):
            yield *head, f"{word} is wider than the page", _REMEDY
        for columns, word in dict.fromkeys(_unfit_tables(prose, section)):
            fewer = f"{_REMEDY}, or make fewer columns"
            yield *head, f"{word} is wider than its column in a table of {columns}", fewer


def find(course: Course) -> Iterator[Finding]:
    """Yield each word of a YAML file that is wider than what it is printed in."""
    for found in printed_texts(course):
        short = found.place[0] == "objectives" and "short" in found.place
        for word in _unfit(found.text, _MARGIN if short else _INNER, 8.8 if short else 10.5):
            at = place(course, found.path, *found.place)
            yield *at, f"{word} is wider than the {'margin' if short else 'page'}", _REMEDY


def _unfit(text: str, width: float, size: float) -> tuple[str, ...]:
    # Measuring takes a typesetter's library: only for a word that is long and has no syllables. An address needs none.
    least = 0.9 * width / size
    words = text.split()
    if max(map(len, words), default=0) <= least:
        return ()
    long = (word for word in words if len(word) > least and "://" not in word and _STUBBORN.search(word))
    if not any(_at_most(word) * size > width * _NINE or not COMMON.issuperset(word) for word in long):
        return ()
    from samspill.typeface.words import unfit_words  # noqa: PLC0415 - as said

    return unfit_words(text, width, size)


def _unfit_blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case ItemList(items):
                for item in items:
                    yield from _unfit_blocks(item)
            case Quote(inner):
                yield from _unfit_blocks(inner)
            case CodeBlock(text, _):
                yield from _unfit(text, _INNER, 10.5)
            case Paragraph(children):
                yield from _unfit(plain(children), _INNER, 10.5)
            case _:
                pass


def _unfit_tables(prose: Prose, section: Section) -> Iterator[tuple[int, str]]:
    spread = not prose.path.startswith("cases/") and not section.for_facilitator
    for table in _tables(section.blocks):
        rows = [[plain(cell) for cell in row] for row in (table.header, *table.rows)]
        columns = len(rows[0])
        width = _WIDE if spread and columns > 3 else _LINE
        widest = (
            max((_at_most(word) for cell in column for word in cell.split()), default=0)
            for column in zip(*rows, strict=True)
        )
        if sum(points + 13 for points in widest) > width:
            from samspill.typeface.columns import unfit_cells  # noqa: PLC0415 - as above

            yield from ((columns, word) for word in unfit_cells(rows, width)[:1])


def _at_most(word: str) -> int:
    """Return the most points that a word may be wide in bold type of nine: a broad letter has less than 10, another 6.
    """
    return 6 * len(word) + 4 * len(_BROAD.findall(word))


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        match block:
            case Table():
                yield block
            case ItemList(items):
                for item in items:
                    yield from _tables(item)
            case Quote(inner):
                yield from _tables(inner)
            case _:
                pass
