"""Room on paper: a word wider than its box gets smaller type, or may be divided; one that nothing helps is named.

Nordic words grow long, and a typesetter lets a word that is wider than its box run over its neighbour or off the page.
Here each word of a sheet is measured, with the fonts and the widths of the templates, before it is typeset:

- a title is set smaller, but never below the size of the titles under it; so is a table, but never below 9 points;
- a table shares its width by what its words need;
- a word that is still too wide is marked, and the typesetter divides it by the patterns of the language. It prints a
  soft hyphen (U+00AD) at the division, which readers join again. An address is divided without any hyphen.

Nothing else is ever divided, and a sheet whose words fit is left as it is. The widths here are those of `typst/*.typ`,
in points; a test fills every box to its edge and looks at the printed page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby, pairwise

import uharfbuzz as harfbuzz

from samspill.render.glyphs import COMMON, FACES, SANS, SERIF, font_folder, letters
from samspill.render.handouts.tree import Data, text

MM = 72 / 25.4
#: Width of the margin column, and of the words in it.
COLUMN, MARGIN = 40 * MM, 32 * MM
#: Width of the text by kind of sheet.
WIDTHS = {"roles": 178 * MM, "worksheet": 168 * MM, "session": 126 * MM}
WIDTH = 124 * MM
#: The smallest type that a table or a line of text is set in.
SMALLEST = 9.0
#: The smallest type of a heading by level: it stays above the text, and above the headings below it.
LEAST = {1: 17.0, 2: 12.0, 3: 11.0}
#: Room inside a cell beside its words: in a table of prose, and in one to write in.
INSET, WRITTEN = 4.4 * MM, 4 * MM
#: A word so long on an English sheet is a Nordic compound, which English patterns divide in too few places.
NORDIC = r"[^\W\d_]{24}"
#: Greatest width of a letter as a share of the size of its type; dashes and a few signs are as wide.
WIDEST = 1.1
#: Signs around a word that are no part of it.
SIGNS = ".,;:!?()[]«»“”\"'"
#: Sum of roundings that may not push a word over the edge.
SLACK = 0.15

_PLAIN_ADDRESS = "://"
_ADDRESS = re.compile(r"@|\bwww\.|\w[._=&?#%~:]\w.*\w[._=&?#%~/:]\w")
#: What stands together on a line: no white space, but a space that does not break is part of the word.
#: No line begins with a closing sign, even after a space.
_WORD = re.compile(
    r"[^\s\u200b]*[\u00a0\u202f\u2007]?[^\s\u200b]+(?:(?:[\u00a0\u202f\u2007]+| +(?=[!?.,;:/)\]}]))[^\s\u200b]*)*"
)
#: Where a line may end inside a word without any help.
_BREAK = re.compile(r"(?<=\w-)(?=[^\W\d])|(?<=\w[‐–—/|])(?=\w)|(?<=\w\u00ad)(?=\w)")
#: A word that the patterns know: letters alone, without a digit, a dot or an apostrophe inside.
_LETTERS = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[\w.'’:·\u00ad]*\w")
_VOWELS = "aeiouyæøåäöéèêëáàâãíìîïóòôõúùûüý"
_SYLLABLE = re.compile(
    rf"[^{_VOWELS}]*[{_VOWELS}]+(?:[^{_VOWELS}]+$|[^{_VOWELS}]*?(?=[^{_VOWELS}]?[{_VOWELS}]))", re.IGNORECASE
)

Inlines = list[Data]


@dataclass(frozen=True)
class Type:
    """How a run of text is set."""

    size: float
    serif: bool = False
    bold: bool = False
    italic: bool = False
    language: str = ""
    """The language of the run when that is not the sheet's."""

    @property
    def face(self) -> str:
        """Name of the font file."""
        style = ("Bold", "SemiBold")[self.serif] * self.bold + "Italic" * self.italic or "Regular"
        return f"{'Spectral' if self.serif else 'AtkinsonHyperlegible'}-{style}"


@dataclass
class Found:
    """What was found on a sheet in a language: faces in which a word is divided, and words that nothing helps."""

    language: str
    faces: dict[tuple[bool, bool, bool], None] = field(default_factory=dict)
    unfit: dict[str, None] = field(default_factory=dict)


def fitted(sheet: Data) -> Data:
    """Return a sheet on which every word has room."""
    return _Sheet(sheet).fitted()[0]


def unfit(sheet: Data) -> tuple[str, ...]:
    """Return the words of a sheet that neither smaller type nor division fits into their box."""
    return _Sheet(sheet).fitted()[1]


def unfit_words(value: str, width: float, size: float) -> tuple[str, ...]:
    """Return the words of a text that do not fit into a box however they are divided."""
    words = _words([text(value)], Type(size, bold=True))
    return tuple(dict.fromkeys(_said(word).strip(SIGNS) for word in words if _least(word) > width))


def unfit_cells(rows: Sequence[Sequence[str]], width: float) -> tuple[str, ...]:
    """Return the words for which a table has no room however small and divided, those that need most first.

    The first row is the header.
    """
    found = Found("")
    _table([[[text(cell)] for cell in row] for row in rows], SMALLEST, width, found)
    needs = {said: max(_least(word) for word in _words([text(said)], Type(SMALLEST))) for said in found.unfit}
    return tuple(said.strip(SIGNS) for said in sorted(needs, key=lambda said: (-needs[said], said)))


# --- widths of words ----------------------------------------------------------------------------------------


@cache
def _font(face: str) -> harfbuzz.Font:
    package = next(package for package, faces in FACES.items() if face in faces)
    return harfbuzz.Font(harfbuzz.Face((font_folder(package) / f"{face}.ttf").read_bytes()))


@cache
def _advance(face: str, word: str) -> float:
    """Return the width of a word in em; letters that a face lacks come from Fira Sans, as in print."""
    if COMMON.issuperset(word):
        return _shaped(face, word)
    family, style = face.split("-")
    own = letters(SERIF if family == "Spectral" else SANS)
    width = 0.0
    for mine, run in groupby(re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*|.", word), lambda each: ord(each[0]) in own):
        width += _shaped(face if mine else f"FiraSans-{style}", "".join(run))
    return width


def _shaped(face: str, text: str) -> float:
    if not text:
        return 0.0
    font = _font(face)
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    harfbuzz.shape(font, buffer)
    width: float = sum(place.x_advance for place in buffer.glyph_positions) / font.face.upem
    # What no face has is allowed a full em.
    missing: int = sum(glyph.codepoint == 0 for glyph in buffer.glyph_infos)
    return width + missing


def _wide(word: str, type_: Type) -> float:
    return _advance(type_.face, word) * type_.size


@dataclass(frozen=True)
class Piece:
    """A piece of a word: the number of its leaf, where it starts in it, its text and how it is set."""

    leaf: int
    start: int
    text: str
    type: Type

    @property
    def width(self) -> float:
        """Width in points."""
        return _wide(self.text, self.type)


Word = tuple[Piece, ...]


def _leaves(nodes: Inlines, type_: Type) -> Iterator[tuple[Data, Type]]:
    for node in nodes:
        kind = node["is"]
        if kind in ("break", "picture"):  # beside a picture a line may end
            yield {"is": "text", "text": "\n"}, type_
        elif "children" in node:
            inner = replace(
                type_,
                bold=type_.bold or kind == "strong",
                italic=type_.italic or kind == "emphasis",
                language=node["language"] if kind == "borrowed" else type_.language,
            )
            yield from _leaves(node["children"], inner)
        else:
            yield node, type_


def _plain(value: str | Inlines) -> str:
    """Return the letters of a text."""
    return value if isinstance(value, str) else "".join(node["text"] for node, _ in _leaves(value, Type(1)))


def _words(nodes: Inlines, type_: Type) -> Iterator[Word]:
    """Yield what cannot be broken over two lines, in pieces as it is set."""
    leaves = list(_leaves(nodes, type_))
    whole = "".join(node["text"] for node, _ in leaves)
    starts = [0]
    for node, _ in leaves:
        starts.append(starts[-1] + len(node["text"]))
    for start, end in _unbroken(whole):
        yield tuple(
            Piece(number, max(start, a) - a, whole[max(start, a) : min(end, b)], leaves[number][1])
            for number, (a, b) in enumerate(pairwise(starts))
            if max(start, a) < min(end, b)
        )


def _unbroken(whole: str) -> Iterator[tuple[int, int]]:
    for word in _WORD.finditer(whole):
        inside = () if _PLAIN_ADDRESS in word[0] else _BREAK.finditer(word[0])
        places = [word.start(), *(word.start() + cut.start() for cut in inside), word.end()]
        yield from pairwise(places)


def _said(word: Word) -> str:
    return "".join(piece.text for piece in word)


def _width(word: Word) -> float:
    return sum(piece.width for piece in word)


def _least(word: Word) -> float:
    """Return the width that a word needs when it is divided: of its longest part that may stay in one."""
    said = _said(word)
    if _PLAIN_ADDRESS in said or _ADDRESS.search(said):
        # An address is divided anywhere.
        return min(_width(word), 4 * max(piece.type.size for piece in word))
    widest = max(word, key=lambda piece: piece.type.size * (1 + 0.1 * piece.type.bold)).type
    return min(_width(word), max(_wide(part, widest) for part in _parts(said)))


def _component(word: Word) -> float:
    """Return the width of the longest word of an address."""
    type_ = max(word, key=lambda piece: piece.type.size).type
    return max(_wide(part, type_) for part in re.split(r"(?<=\W)(?=\w)", _said(word)))


def _parts(said: str) -> Iterator[str]:
    """Yield parts that division may leave in one: two syllables and a hyphen.

    The patterns of a language know more places than these and miss some of them; two syllables allow for that.
    """
    for joined in _JOINED.finditer(said) if _JOINED.search(said) else ():
        letters = joined[0]
        if _LETTERS.fullmatch(letters):
            parts = _SYLLABLE.findall(letters) or [letters]
            parts[-1] += letters[len("".join(parts)) :]
        else:
            parts = [letters]
        before, after = said[: joined.start()][-3:], said[joined.end() :][:3]
        if len(parts) < 3:
            yield before + letters + after
        else:
            yield before + parts[0] + parts[1] + "-"
            yield from (a + b + "-" for a, b in pairwise(parts))
            yield parts[-2] + parts[-1] + after
    if not _JOINED.search(said):
        yield said


# --- dividing -----------------------------------------------------------------------------------------------


def _short(nodes: Inlines, type_: Type, width: float) -> bool:
    """Whether words have so few letters that they need not be measured."""
    whole = "".join(node["text"] for node, _ in _leaves(nodes, type_))
    return max(map(len, whole.split(" "))) * type_.size * WIDEST < width


@dataclass(frozen=True)
class Mark:
    """A part of a leaf that may be divided: where it starts and ends, and the pieces of an address."""

    start: int
    end: int
    pieces: tuple[str, ...]
    language: str


def _divide(nodes: Inlines, type_: Type, width: float, found: Found) -> Inlines:
    """Return inlines in which the words wider than a box may be divided."""
    if _short(nodes, type_, width):
        return nodes
    marks: dict[int, list[Mark]] = {}
    for word in _words(nodes, type_):
        said = _said(word)
        if _width(word) <= width - SLACK:
            continue
        if _least(word) > width:
            found.unfit.setdefault(said)
        # The typesetter divides an address at its signs; more help is only needed within long words of it.
        if _PLAIN_ADDRESS in said and _component(word) <= width:
            continue
        address = _PLAIN_ADDRESS in said or _ADDRESS.search(said)
        for piece in word:
            own = piece.type.language or found.language
            language = "nb" if own == "en" and re.search(NORDIC, said) else own
            pieces = tuple(_pieces(piece, width)) if address else (piece.text,)
            mark = Mark(piece.start, piece.start + len(piece.text), pieces, language)
            marks.setdefault(piece.leaf, []).append(mark)
            found.faces.setdefault((piece.type.serif, piece.type.bold, piece.type.italic))
    return _marked(nodes, iter(range(len(list(_leaves(nodes, type_))))), marks) if marks else nodes


def _pieces(piece: Piece, width: float) -> Iterator[str]:
    """Yield the pieces of an address: its words with the signs after them, long ones in as many as need be."""
    for part in re.findall(r"\w+\W*|\W+", piece.text):
        start = 0
        for end in range(1, len(part) + 1):
            if end - start > 12 or _wide(part[start:end], piece.type) > width - SLACK:
                yield part[start : end - 1]
                start = end - 1
        yield part[start:]


def _marked(nodes: Inlines, counter: Iterator[int], marks: dict[int, list[Mark]]) -> Inlines:
    done: Inlines = []
    for node in nodes:
        if node["is"] in ("break", "picture"):
            next(counter)
            done.append(node)
        elif "children" in node:
            done.append(node | {"children": _marked(node["children"], counter, marks)})
        else:
            said, at = node["text"], 0
            for mark in marks.get(next(counter), ()):
                if said[at : mark.start]:
                    done.append(node | {"text": said[at : mark.start]})
                pieces: Inlines = []
                for piece in mark.pieces:
                    pieces += [{"is": "gap"}] * bool(pieces) + [node | {"text": piece}]
                done.append({"is": "divided", "lang": mark.language, "children": pieces})
                at = mark.end
            if said[at:] or not said:
                done.append(node | {"text": said[at:]})
    return done


# --- tables -------------------------------------------------------------------------------------------------


def _settled(natural: Sequence[float], room: float) -> list[float]:
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


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Return widths of at least `least`, the rest of the room given to those that want more."""
    rest = room - sum(least)
    wish = [max(want - need, 0.0) for need, want in zip(least, wanted, strict=True)]
    share = min(1.0, rest / sum(wish)) if sum(wish) else 0.0
    return [need + share * more for need, more in zip(least, wish, strict=True)]


def _capped(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
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


def _table(
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
    usual = widths or (lambda natural: _settled(natural, room))
    columns = range(len(rows[0]))

    def cells(column: int, at: float) -> Iterator[tuple[Inlines, Type]]:
        for number, row in enumerate(rows):
            if column < len(row):
                yield row[column], Type(at, bold=number == 0)

    def widest(column: int, measure: Callable[[Word], float]) -> float:
        return max((measure(w) for nodes, t in cells(column, size) for w in _words(nodes, t)), default=0.0)

    def line(nodes: Inlines, type_: Type) -> float:
        widths = [0.0]
        for node, how in _leaves(nodes, type_):
            widths = [*widths, 0.0] if node["text"] == "\n" else [*widths[:-1], widths[-1] + _wide(node["text"], how)]
        return max(widths)

    natural = [max((line(*cell) for cell in cells(column, size)), default=0.0) + inset for column in columns]
    words = [widest(column, _reach) for column in columns]
    if all(word + inset <= width + SLACK for word, width in zip(words, usual(natural), strict=True) if word):
        return Fit(rows)
    # In the usual size, else as small as need be.
    around = (inset + 3 * SLACK) * len(words)
    scale = min(1.0, (room - around) / max(sum(words), 1.0))
    at = max(size * scale, min(SMALLEST, size))
    least = [word * at / size + inset + 2 * SLACK for word in words]
    wanted = usual(natural) if widths else [(width - inset) * at / size + inset for width in natural]
    if sum(least) > room:
        parts = [widest(column, _least) * at / size + inset + 2 * SLACK for column in columns]
        given = _capped(least, parts, room)
        if sum(parts) > room:
            for nodes, type_ in (cell for column in columns for cell in cells(column, at)):
                for word in _words(nodes, type_):
                    if _least(word) + inset > room / len(words):
                        found.unfit.setdefault(_said(word))
    else:
        given = _shared(least, wanted, room)
    done = [
        [
            _divide(nodes, Type(at, bold=number == 0), given[column] - inset, found) if column < len(given) else nodes
            for column, nodes in enumerate(row)
        ]
        for number, row in enumerate(rows)
    ]
    return Fit(done, [round(width, 2) for width in given], None if at == size else round(at, 2))


def _reach(word: Word) -> float:
    """Return the width that a word needs in one piece; an address needs none."""
    said = _said(word)
    return _least(word) if _PLAIN_ADDRESS in said else _width(word)


# --- sheets -------------------------------------------------------------------------------------------------


class _Sheet:
    """A sheet with the boxes of its kind, as the templates draw them."""

    def __init__(self, sheet: Data) -> None:
        self.sheet = sheet
        kind = sheet["kind"]
        self.kind = kind
        self.open = kind in ("worksheet", "roles")
        self.width = WIDTHS.get(kind, WIDTH)
        self.full = self.width + (0 if self.open else COLUMN)
        self.base = 10.0 if kind in ("facilitator", "guide", "plan", "session", "page") else 10.5
        self.found = Found(sheet["language"])

    def fitted(self) -> tuple[Data, tuple[str, ...]]:
        """Return the sheet, and the words that do not fit."""
        done = self.sheet | self._head() | {"parts": [self._part(part) for part in self.sheet["parts"]]}
        if self.found.faces:
            done["divided"] = [
                {"family": "serif" if serif else "sans", "bold": bold, "italic": italic}
                for serif, bold, italic in sorted(self.found.faces)
            ]
        return done, tuple(self.found.unfit)

    def _speaking(self, language: str) -> _Sheet:
        """Return the same sheet for words in another language: what is found there is found on this one."""
        inside = copy(self)
        inside.found = replace(self.found, language=language)
        return inside

    # --- texts

    def _line(self, value: str | Inlines, width: float, type_: Type) -> str | Inlines:
        """Return a text, as inlines when a word of it must be divided."""
        nodes = [text(value)] if isinstance(value, str) else value
        done = _divide(nodes, type_, width, self.found)
        return value if done is nodes else done

    def _lines(self, values: Iterable[str], width: float, type_: Type) -> list[str | Inlines]:
        return [self._line(value, width, type_) for value in values]

    def _title(self, value: str | Inlines, width: float, type_: Type, least: float, name: str = "title") -> Data:
        """Return a title and, when a word of it is too wide, its size."""
        nodes = [text(value)] if isinstance(value, str) else value
        if _short(nodes, type_, width):
            return {name: value}
        words = list(_words(nodes, type_))
        widest = max(map(_reach, words), default=0.0)
        if widest <= width - SLACK:
            return {name: value}
        least = min(least, type_.size)
        if (size := type_.size * (width - 2 * SLACK) / widest) < least:
            # It is divided, in the largest type that its parts have room in.
            parts = max(map(_least, words))
            size = max(least, min(type_.size, type_.size * (width - 2 * SLACK) / parts))
        size = int(size * 20) / 20
        return {
            name: self._line(value, width, replace(type_, size=size)),
            **({f"{name}_size": size} if size != type_.size else {}),
        }

    def _heading(self, level: int, value: Inlines, width: float, name: str = "title") -> Data:
        return self._title(value, width, self._type(level), LEAST.get(level, SMALLEST), name)

    def _type(self, level: int) -> Type:
        first = 17 if self.kind == "roles" else 23 if self.open or self.kind == "session" else 27
        sizes = {1: first, 2: 13.5 if self.open else 17, 3: 13, 4: 11}
        return Type(sizes.get(level, self.base), serif=True, bold=True)

    def _head(self) -> Data:
        sheet = self.sheet
        bold = Type(9.4, bold=True)
        done: Data = {"kicker": self._lines(sheet["kicker"], self.width, bold)}
        width = self.width
        if self.kind == "roles":
            # The title has what the words beside it leave; else they stand above it.
            beside = width - 5 * MM - _wide(" · ".join(map(_plain, sheet["kicker"])), bold)
            title = [text(sheet["title"])] if isinstance(sheet["title"], str) else sheet["title"]
            if max(map(_width, _words(title, self._type(1))), default=0) <= beside - SLACK:
                width = beside
            else:
                done["stacked"] = True
        done |= self._title(sheet["title"], width, self._type(1), LEAST[1])
        done |= self._title(sheet["lead"], self.width, Type(11.5 if self.open else 13.5, serif=True), 10.5, "lead")
        done["facts"] = self._lines(sheet["facts"], self.width, Type(9.4))
        brand = self.full - 10 * MM - _wide(sheet["type"], bold)
        # The same words stand elsewhere in other sizes: at the head and at the foot.
        head = self._title(sheet["brand"], brand, Type(11.5, serif=True, bold=True), SMALLEST, "head")
        foot = self.full - 6 * MM - _wide(sheet["page"].format(page=88, pages=88), Type(8.4))
        for name, value in (("title", sheet["title"]), ("brand", sheet["brand"])):
            if (said := self._line(value, foot, Type(8.4))) != value or not isinstance(value, str):
                done[f"foot_{name}"] = said
        return done if head == {"head": sheet["brand"]} else done | head

    def _margin(self, values: Iterable[str]) -> list[str | Inlines]:
        return self._lines(values, MARGIN, Type(8.8))

    def _label(self, value: str) -> str | Inlines:
        return self._line(value, MARGIN, Type(8.8, bold=True))

    # --- blocks

    def _blocks(self, nodes: list[Data], width: float, size: float, *, spread: bool = False) -> list[Data]:
        return [self._block(node, width, size, spread) for node in nodes]

    def _block(self, node: Data, width: float, size: float, spread: bool) -> Data:
        match node["is"]:
            case "paragraph" | "small":
                at = 9.4 if node["is"] == "small" else size
                return node | {"children": self._line(node["children"], width, Type(at))}
            case "heading":
                return node | self._heading(node["level"], node["children"], width, "children")
            case "list":
                start, items = node["start"], node["items"]
                mark = "•" if start is None else f"{start + len(items) - 1}."
                inner = width - _wide(mark, Type(size)) - 2.2 * MM
                return node | {"items": [self._blocks(item, inner, size) for item in items]}
            case "quote":
                return node | {"blocks": self._blocks(node["blocks"], width - 4 * MM, size)}
            case "borrowed":
                inside = self._speaking(node["language"])
                return node | {"blocks": inside._blocks(node["blocks"], width, size, spread=spread)}
            case "lines":
                return node | {"lines": self._lines(node["lines"], width - 4 * MM, Type(size))}
            case "table":
                many = len(node["header"])
                room = width + (COLUMN if spread and many > 3 else 0)
                at = size * 0.86 if many > 4 else size
                least = {"size": SMALLEST} if at < min(size, SMALLEST) else {}
                fit = _table([node["header"], *node["rows"]], max(at, min(size, SMALLEST)), room, self.found)
                return node | {"header": fit.rows[0], "rows": fit.rows[1:]} | least | _changed(fit)
        return node

    # --- parts

    def _part(self, part: Data) -> Data:
        make: Callable[[Data], Data] = getattr(self, f"_{part['is']}_part")
        return part | make(part)

    def _prose_part(self, part: Data) -> Data:
        return {"blocks": self._blocks(part["blocks"], self.width, self.base, spread=not self.open)}

    def _whole_part(self, part: Data) -> Data:
        return {"blocks": self._blocks(part["blocks"], self.width, self.base)}

    def _heading_part(self, part: Data) -> Data:
        return self._heading(part["level"], part["children"], self.width, "children")

    def _small_part(self, part: Data) -> Data:
        return {"children": self._line(part["children"], self.width, Type(9.4))}

    def _facilitator_part(self, part: Data) -> Data:
        return {"label": self._label(part["label"]), "blocks": self._blocks(part["blocks"], self.width, 10)}

    def _beneath(self, part: Data) -> Data | None:
        below: Data | None = part["facilitator"]
        return below | self._facilitator_part(below) if below else below

    def _stage_part(self, part: Data) -> Data:
        return self._heading(2, part["title"], self.width) | {
            "label": self._label(part["label"]),
            "blocks": self._blocks(part["blocks"], self.width, self.base),
        }

    def _prompt_part(self, part: Data) -> Data:
        return self._heading(3, part["title"], self.width) | {
            "grouping": self._label(part["grouping"]),
            "serves": self._margin(part["serves"]),
            "blocks": self._blocks(part["blocks"], self.width, self.base),
            "facilitator": self._beneath(part),
        }

    def _activity_part(self, part: Data) -> Data:
        return self._heading(2, part["title"], self.width) | {
            "kind": self._label(part["kind"]),
            "grouping": self._margin([part["grouping"]])[0],
            "serves": self._margin(part["serves"]),
            "blocks": self._blocks(part["blocks"], self.width, self.base, spread=True),
            "facilitator": self._beneath(part),
        }

    def _map_part(self, part: Data) -> Data:
        return {"words": self._lines(part["words"], self.width - 5 * MM, Type(self.base))}

    def _figure_part(self, part: Data) -> Data:
        def said(item: Data, width: float) -> Data:
            plain, strong = Type(self.base), Type(self.base, bold=True)
            return item | {
                "before": self._line(item["before"], width, plain),
                "name": self._line(item["name"], width, strong),
                "said": self._line(item["said"], width, plain),
                "below": [said(below, width - 5 * MM) for below in item["below"]],
            }

        title = self._heading(2, part["title"], self.width) if part["title"] else {}
        return title | {
            "blocks": self._blocks(part["blocks"], self.width, self.base),
            "words": [said(item, self.width - 5 * MM) for item in part["words"]],
        }

    def _question_part(self, part: Data) -> Data:
        inner = self.width - (2.5 * MM + (_wide("m.", Type(self.base)) if part["answers"] else 3.6 * MM))

        def option(each: Data) -> Data:
            return each | {
                "title": self._line(each["title"], inner, Type(self.base, bold=part["answers"])),
                "blocks": self._blocks(each["blocks"], inner, self.base),
            }

        return self._heading(3, part["title"], self.width) | {
            "blocks": self._blocks(part["blocks"], self.width, self.base),
            "options": [option(each) for each in part["options"]],
        }

    def _plan_part(self, part: Data) -> Data:
        room = self.full
        first = 0 if part["clock"] else 1
        rows = [[row["time"], str(row["minutes"]), row["what"], row["how"], row["objectives"]] for row in part["rows"]]
        rows.append([part["end"], str(part["minutes"]), part["total"], "", ""])
        strong = [row["strong"] for row in part["rows"]] + [True]
        for column in (0, 1, 3, 4)[first:]:
            names = _wide(part["columns"][column], Type(9.6, bold=True))
            room -= INSET + max(
                names, *(_wide(row[column], Type(9.6, bold=bold)) for row, bold in zip(rows, strong, strict=True))
            )
        room -= INSET
        return {
            "columns": [self._line(name, room, Type(9.6, bold=True)) if at == 2 else name
                        for at, name in enumerate(part["columns"])],
            "rows": [
                row
                | {"what": self._line(row["what"], room, Type(9.6, bold=row["strong"]))}
                | {"of": self._line(row["of"], room, Type(8.8))}
                for row in part["rows"]
            ],
        }

    def _table_part(self, part: Data) -> Data:
        shares = part["widths"]

        def usual(natural: Sequence[float]) -> list[float]:
            left = self.full - sum(width for width, share in zip(natural, shares, strict=True) if not share)
            whole = sum(shares) or 1
            return [share * left / whole if share else width for width, share in zip(natural, shares, strict=True)]

        fit = _table([[[text(name)] for name in part["columns"]], *part["rows"]], 9.6, self.full, self.found,
                     widths=usual)
        return {"columns": fit.rows[0], "rows": fit.rows[1:]} | _changed(fit) if fit.widths else {}

    def _objectives_part(self, part: Data) -> Data:
        inner = self.width - _wide(f"{len(part['items'])}.", Type(self.base)) - 2.2 * MM
        return {
            "items": [
                {
                    "verb": self._line(item["verb"], inner, Type(self.base, bold=True)),
                    "rest": self._line(item["rest"], inner, Type(self.base)),
                }
                for item in part["items"]
            ]
        }

    def _names_part(self, part: Data) -> Data:
        inner = self.width - 5 * MM
        return {
            "items": [
                {
                    "name": self._line(item["name"], inner, Type(self.base, bold=True)),
                    "title": self._line(item["title"], inner, Type(self.base)),
                }
                for item in part["items"]
            ]
        }

    def _references_part(self, part: Data) -> Data:
        room = (self.full if part["wide"] else self.width) - 5 * MM
        return {"items": [self._line(item, room, Type(9)) for item in part["items"]]}

    def _checklist_part(self, part: Data) -> Data:
        inner = self.width - 6.1 * MM
        return {
            "items": [
                item
                | {"title": self._line(item["title"], inner, Type(self.base, bold=True))}
                | {"how": self._line(item["how"], inner, Type(self.base))}
                for item in part["items"]
            ]
        }

    def _cards_part(self, part: Data) -> Data:
        inner = self.width - 14 * MM
        return {
            "cards": [
                card
                | self._heading(2, card["title"], inner)
                | {"label": self._line(card["label"], inner, Type(8.8))}
                | {"blocks": self._blocks(card["blocks"], inner, 10.2)}
                for card in part["cards"]
            ]
        }

    def _field_part(self, part: Data) -> Data:
        half = (self.width - 6 * MM) / 2 - 6.1 * MM
        end = self.width / 2

        def option(each: Data, width: float, size: float) -> Data:
            return each | {
                "title": self._line(each["title"], width, Type(size)),
                "blocks": self._blocks(each["blocks"], width, 9.6),
            }

        done = self._heading(2, part["title"], self.width) | {
            "blocks": self._blocks(part["blocks"], self.width, 9.6),
            "options": [option(each, half, self.base) for each in part["options"]],
            "ends": [option(each, end, 9.6) for each in part["ends"]],
        }
        if part["kind"] != "table":
            return done
        equal = self.width / len(part["columns"])
        heads = [each["title"] for each in part["columns"]]
        fit = _table([heads], 9.6, self.width, self.found, inset=WRITTEN, widths=lambda _: [equal] * len(heads))
        if fit.widths is None:
            return done
        columns = [each | {"title": title} for each, title in zip(part["columns"], fit.rows[0], strict=True)]
        return done | {"columns": columns} | _changed(fit)

    def _guidance_part(self, part: Data) -> Data:
        return {"blocks": self._blocks(part["blocks"], self.width - 4 * MM, 9.6)}

    def _origin_part(self, part: Data) -> Data:
        return {"blocks": self._blocks(part["blocks"], self.width, 8.8)}


def _changed(fit: Fit) -> Data:
    done: Data = {}
    if fit.widths is not None:
        done["points"] = fit.widths
    if fit.size is not None:
        done["size"] = fit.size
    return done
