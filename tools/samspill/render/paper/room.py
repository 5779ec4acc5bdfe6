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

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace

from samspill.render.paper.tree import Data, text
from samspill.typeface.columns import INSET, SMALLEST, Fit, table
from samspill.typeface.division import Found, divided
from samspill.typeface.words import SLACK, Inlines, Type, least, letters_of, reach, short, wide, width_of, words

MM = 72 / 25.4
#: Width of the margin column, and of the words in it.
COLUMN, MARGIN = 40 * MM, 32 * MM
#: Width of the text by kind of sheet.
WIDTHS = {"roles": 178 * MM, "worksheet": 168 * MM, "session": 126 * MM}
WIDTH = 124 * MM
#: The smallest type of a heading by level: it stays above the text, and above the headings below it.
LEAST = {1: 17.0, 2: 12.0, 3: 11.0}
#: Room inside a cell to write in, beside its words.
WRITTEN = 4 * MM


def fitted(sheet: Data) -> Data:
    """Return a sheet on which every word has room."""
    return _Sheet(sheet).fitted()[0]


def unfit(sheet: Data) -> tuple[str, ...]:
    """Return the words of a sheet that neither smaller type nor division fits into their box."""
    return _Sheet(sheet).fitted()[1]


def base(kind: str) -> float:
    """Return the size of the text on a kind of sheet."""
    return 10.0 if kind in ("facilitator", "guide", "plan", "session", "page") else 10.5


class _Sheet:
    """A sheet with the boxes of its kind, as the templates draw them."""

    def __init__(self, sheet: Data) -> None:
        self.sheet = sheet
        kind = sheet["kind"]
        self.kind = kind
        self.open = kind in ("worksheet", "roles")
        self.width = WIDTHS.get(kind, WIDTH)
        self.full = self.width + (0 if self.open else COLUMN)
        self.base = base(kind)
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
        done = divided(nodes, type_, width, self.found)
        return value if done is nodes else done

    def _lines(self, values: Iterable[str], width: float, type_: Type) -> list[str | Inlines]:
        return [self._line(value, width, type_) for value in values]

    def _title(self, value: str | Inlines, width: float, type_: Type, smallest: float, name: str = "title") -> Data:
        """Return a title and, when a word of it is too wide, its size."""
        nodes = [text(value)] if isinstance(value, str) else value
        if short(nodes, type_, width):
            return {name: value}
        found = list(words(nodes, type_))
        widest = max(map(reach, found), default=0.0)
        if widest <= width - SLACK:
            return {name: value}
        smallest = min(smallest, type_.size)
        if (size := type_.size * (width - 2 * SLACK) / widest) < smallest:
            # It is divided, in the largest type that its parts have room in.
            parts = max(map(least, found))
            size = max(smallest, min(type_.size, type_.size * (width - 2 * SLACK) / parts))
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
            beside = width - 5 * MM - wide(" · ".join(map(letters_of, sheet["kicker"])), bold)
            title = [text(sheet["title"])] if isinstance(sheet["title"], str) else sheet["title"]
            if max(map(width_of, words(title, self._type(1))), default=0) <= beside - SLACK:
                width = beside
            else:
                done["stacked"] = True
        done |= self._title(sheet["title"], width, self._type(1), LEAST[1])
        done |= self._title(sheet["lead"], self.width, Type(11.5 if self.open else 13.5, serif=True), 10.5, "lead")
        done["facts"] = self._lines(sheet["facts"], self.width, Type(9.4))
        brand = self.full - 10 * MM - wide(sheet["type"], bold)
        # The same words stand elsewhere in other sizes: at the head and at the foot.
        head = self._title(sheet["brand"], brand, Type(11.5, serif=True, bold=True), SMALLEST, "head")
        foot = self.full - 6 * MM - wide(sheet["page"].format(page=88, pages=88), Type(8.4))
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
                inner = width - wide(mark, Type(size)) - 2.2 * MM
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
                fit = table([node["header"], *node["rows"]], max(at, min(size, SMALLEST)), room, self.found)
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
        inner = self.width - (2.5 * MM + (wide("m.", Type(self.base)) if part["answers"] else 3.6 * MM))

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
            names = wide(part["columns"][column], Type(9.6, bold=True))
            room -= INSET + max(
                names, *(wide(row[column], Type(9.6, bold=bold)) for row, bold in zip(rows, strong, strict=True))
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

        fit = table([[[text(name)] for name in part["columns"]], *part["rows"]], 9.6, self.full, self.found,
                     widths=usual)
        return {"columns": fit.rows[0], "rows": fit.rows[1:]} | _changed(fit) if fit.widths else {}

    def _objectives_part(self, part: Data) -> Data:
        inner = self.width - wide(f"{len(part['items'])}.", Type(self.base)) - 2.2 * MM
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
        fit = table([heads], 9.6, self.width, self.found, inset=WRITTEN, widths=lambda _: [equal] * len(heads))
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
