"""Columns: a table shares its width by what its words need, then takes smaller type, then divides words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from samspill.typeface.division import Found, divided
from samspill.typeface.words import (
    SIGNS,
    SLACK,
    Inlines,
    Type,
    Word,
    least,
    leaves,
    reach,
    run,
    said_of,
    wide,
    words,
)

MM = 72 / 25.4
#: The smallest type that a table or a line of text is set in.
SMALLEST = 9.0
#: Room inside a cell beside its words.
INSET = 4.4 * MM


def unfit_cells(rows: Sequence[Sequence[str]], width: float) -> tuple[str, ...]:
    """Return the words for which a table has no room however small and divided, those that need most first.

    The first row is the header.
    """
    found = Found("")
    table([[[run(cell)] for cell in row] for row in rows], SMALLEST, width, found)
    needs = {said: max(least(word) for word in words([run(said)], Type(SMALLEST))) for said in found.unfit}
    return tuple(said.strip(SIGNS) for said in sorted(needs, key=lambda said: (-needs[said], said)))


def settled(natural: Sequence[float], room: float) -> list[float]:
    """Return the widths that the typesetter gives columns as wide as their words: its own algorithm."""
    if sum(natural) <= room:
        return list(natural)
    fair, last, left, over = -1.0, -2.0, room, len(natural)
    changed = True
    while changed and over:
        changed, last, fair = False, fair, left / over
        for width in natural:
            if last < width <= fair:
                left, over, changed = left - width, over - 1, True
    return [min(width, fair) for width in natural]


def shared(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Return widths of at least `least`, the rest of the room given to those that want more."""
    rest = room - sum(least)
    wish = [max(want - need, 0.0) for need, want in zip(least, wanted, strict=True)]
    share = min(1.0, rest / sum(wish)) if sum(wish) else 0.0
    return [need + share * more for need, more in zip(least, wish, strict=True)]


def capped(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return widths that fill the room: the widest give way first, none below what it needs."""
    low, high = 0.0, max(wanted)
    for _ in range(40):
        middle = (low + high) / 2
        total = sum(min(want, max(need, middle)) for want, need in zip(wanted, least, strict=True))
        low, high = (low, middle) if total > room else (middle, high)
    return [min(want, max(need, low)) for want, need in zip(wanted, least, strict=True)]


@dataclass(frozen=True)
class Fit:
    """How a table is set: its cells, and its widths and size when they are not the usual ones."""

    rows: list[list[Inlines]]
    widths: list[float] | None = None
    size: float | None = None


def table(
    rows: list[list[Inlines]],
    size: float,
    room: float,
    found: Found,
    *,
    inset: float = INSET,
    widths: Callable[[Sequence[float]], list[float]] | None = None,
) -> Fit:
    """Return a table whose words have room: narrower columns, then smaller type, then words divided.

    The first row is the header. `widths` gives the usual widths of its columns from their natural ones.
    """
    usual = widths or (lambda natural: settled(natural, room))
    columns = range(len(rows[0]))

    def cells(column: int, at: float) -> Iterator[tuple[Inlines, Type]]:
        for number, row in enumerate(rows):
            if column < len(row):
                yield row[column], Type(at, bold=number == 0)

    def widest(column: int, measure: Callable[[Word], float]) -> float:
        return max((measure(w) for nodes, t in cells(column, size) for w in words(nodes, t)), default=0.0)

    def line(nodes: Inlines, type_: Type) -> float:
        widths = [0.0]
        for node, how in leaves(nodes, type_):
            widths = [*widths, 0.0] if node["text"] == "\n" else [*widths[:-1], widths[-1] + wide(node["text"], how)]
        return max(widths)

    natural = [max((line(*cell) for cell in cells(column, size)), default=0.0) + inset for column in columns]
    longest = [widest(column, reach) for column in columns]
    if all(word + inset <= width + SLACK for word, width in zip(longest, usual(natural), strict=True) if word):
        return Fit(rows)
    # In the usual size, else as small as need be.
    around = (inset + 3 * SLACK) * len(longest)
    scale = min(1.0, (room - around) / max(sum(longest), 1.0))
    at = max(size * scale, min(SMALLEST, size))
    needed = [word * at / size + inset + 2 * SLACK for word in longest]
    wanted = usual(natural) if widths else [(width - inset) * at / size + inset for width in natural]
    if sum(needed) > room:
        parts = [widest(column, least) * at / size + inset + 2 * SLACK for column in columns]
        given = capped(needed, parts, room)
        if sum(parts) > room:
            for nodes, type_ in (cell for column in columns for cell in cells(column, at)):
                for word in words(nodes, type_):
                    if least(word) + inset > room / len(longest):
                        found.unfit.setdefault(said_of(word))
    else:
        given = shared(needed, wanted, room)
    done = [
        [
            divided(nodes, Type(at, bold=number == 0), given[column] - inset, found) if column < len(given) else nodes
            for column, nodes in enumerate(row)
        ]
        for number, row in enumerate(rows)
    ]
    return Fit(done, [round(width, 2) for width in given], None if at == size else round(at, 2))
