"""Height on paper: which parts of a sheet surely are low or high enough that the press need not measure them.

To keep a part in one piece, or as high as its words in the margin, the typesetter lays it out twice: a third of its
time. Most parts are so far from the limit that their letters tell. What is said here is on the safe side: a part of
which it is not sure is measured, and all is printed the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, inf

from samspill.render.paper.room import COLUMN, MARGIN, MM, WIDTH, WIDTHS, base
from samspill.render.paper.tree import Data
from samspill.typeface.columns import INSET
from samspill.typeface.words import Inlines, narrowest, widest

#: From one line to the next, as a share of the size of type: at least, and at most.
CLOSE, LOOSE = 1.3, 1.36
#: Most of a page that stays in one piece, and a line to write on, as in `typst/parts.typ`, less some slack.
PAGE, RULED = 0.84 * 254 * MM, 9 * MM
PICTURE = "\ufffc"
_SIGNS = {"break": "\n", "picture": PICTURE}


#: The numbers of the parts of a sheet that are `low` or `high` enough.
Heights = dict[str, list[int]]


def sure(sheet: Data) -> Heights:
    """Return which parts surely stay in one piece, and which are as high as the words beside them."""
    width, size = WIDTHS.get(sheet["kind"], WIDTH), base(sheet["kind"])
    parts = list(enumerate(sheet["parts"]))
    return {
        "low": [at for at, part in parts if _most(part, width, size) < PAGE],
        "high": [at for at, part in parts if part["is"] in ("prompt", "activity") and _beside(part, width, size)],
    }


def _most(part: Data, width: float, size: float) -> float:
    """Return how high a part is at most; no limit where that is not known."""
    match part["is"]:
        case "whole":
            return most(part["blocks"], width, size)
        case "prompt":
            said = max(most(part["blocks"], width, size), margin(_margin(part)))
            ruled = RULED * (1 if part["room"] == "fill" else part["lines"])
            return _text(part["title"], width, 13) + said + ruled + 8 * MM
        case "question":
            inner, high = width - 9 * MM, _text(part["title"], width, 15) + most(part["blocks"], width, size)
            for option in part["options"]:
                high += _text(option["title"], inner, size) + most(option["blocks"], inner, size)
            return high
        case "plan":
            return _plan(part, width + COLUMN, 9.6)
    return inf


def _plan(part: Data, width: float, size: float) -> float:
    """Return how high a time plan is at most: all but what is done stands on one line, and leaves it the rest."""
    rows = [[row["time"], str(row["minutes"]), row["how"], row["objectives"]] for row in part["rows"]]
    heads = [name for at, name in enumerate(part["columns"]) if at != 2]
    columns = zip(heads, [part["end"], str(part["minutes"]), "", ""], *rows, strict=True)
    room = width - INSET - sum(INSET + max(_reach(cell) for cell in column) * size for column in columns)
    if room < 10 * size:
        return inf
    said = [[part["columns"][2], ""], [part["total"], ""], *([row["what"], row["of"]] for row in part["rows"])]
    return sum(_lines([what, " · ", of], room / size) * LOOSE * size + 4 * MM for what, of in said)


def _beside(part: Data, width: float, size: float) -> bool:
    """Whether the words of a part surely reach as far down as those in the margin beside them."""
    return least(part["blocks"], width, size) > margin(_margin(part)) + 2 * MM


def _margin(part: Data) -> list[str | Inlines]:
    own = [part["kind"]] if part["is"] == "activity" else []
    return [*own, part["grouping"], part["minutes"], *part["serves"]]


def most(blocks: Iterable[Data], width: float, size: float) -> float:
    """Return how high blocks are at most, in points, with what is between them."""
    return sum(_block(block, width, size) for block in blocks)


def _block(block: Data, width: float, size: float) -> float:
    match block["is"]:
        case "paragraph" | "small":
            return _text(block["children"], width, size)
        case "heading":
            return 2 * 17 + _text(block["children"], width, 17)
        case "list":
            return sum(most(item, width - 9 * MM, size) for item in block["items"])
        case "quote":
            return most(block["blocks"], width - 4 * MM, size) + 3 * size
        case "borrowed":
            return _text(block["note"], width, size) + most(block["blocks"], width, size)
        case "lines":
            return sum(_text(line, width - 4 * MM, size) for line in block["lines"])
    return inf  # a picture or a table


def _text(value: str | Inlines, width: float, size: float) -> float:
    """Return how high a text is at most, with what is between it and the next."""
    return (_lines([value], width / size) * LOOSE + 0.5) * size


def least(blocks: Iterable[Data], width: float, size: float) -> float:
    """Return how high blocks are at least, in points."""
    high = -size
    for block in blocks:
        if block["is"] == "paragraph":
            high += max(1.0, narrowest(_letters(block["children"])) * size / width) * CLOSE * size
        elif block["is"] == "list":
            high += sum(max(0.0, least(item, width, size) + size) for item in block["items"])
    return high


def margin(values: Iterable[str | Inlines]) -> float:
    """Return how high words in the margin are at most."""
    return sum((_lines([value], MARGIN / 8.8) * 1.22 + 0.06) * 8.8 for value in values)


def _lines(values: Iterable[str | Inlines], width: float) -> float:
    """Return on how many lines of a width in em a text stands at most; no limit with a picture in it."""
    said = "".join(map(_letters, values))
    if PICTURE in said:
        return inf
    many = 0
    for line in said.split("\n"):
        left = -1.0
        for word in line.split(" "):
            long = widest(word)
            if left < long:  # perhaps divided, when it is wider than a line
                many, left = many + max(1, ceil(long / width)), width
            left -= long + widest(" ")
    return many


def _reach(value: str | Inlines) -> float:
    """Return how wide a text on one line is at most, in em; no limit with a picture in it."""
    said = _letters(value)
    return inf if PICTURE in said else widest(said)


def _letters(value: str | Inlines) -> str:
    """Return the letters of a text, with breaks, and a letter for each picture."""
    if isinstance(value, str):
        return value
    return "".join(
        _letters(node["children"]) if "children" in node else node.get("text", _SIGNS.get(node["is"], ""))
        for node in value
    )
