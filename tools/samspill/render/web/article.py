"""The page of a unit: its document, part by part, as HTML.

A run of parts of one kind is one template, `parts/<kind>.html.jinja`; a kind without a template is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from samspill.document.parts import Aim, FormField, Material, Part, Passage, Row, Serving, Session
from samspill.document.tree import Block, Blocks, Borrowed, BorrowedBlocks, ItemList, Link, Paragraph, Text
from samspill.document.whole import Document
from samspill.languages import Catalogue
from samspill.markup import Markup, escape, tag
from samspill.reading.printed import HandoutInfo, Printables, handout_path, sheet_name
from samspill.render.web.heads import head
from samspill.render.web.html import PART, Writer

#: Minutes above which a plan's length is said in hours.
LONG = 180
#: The sections of the first page that lead each kind of reader in.
DOORS = ("teach", "learn", "workshop")


@dataclass(frozen=True)
class Article:
    """A page being written of a document: the writer of its words, and what of it can be printed."""

    document: Document
    html: Writer
    handouts: Printables

    @property
    def say(self) -> Catalogue:
        """The interface words of the page."""
        return self.html.say

    def runs(self) -> list[tuple[str, list[Part]]]:
        """Return the parts in runs of one kind."""
        return [(kind, list(run)) for kind, run in groupby(self.document.parts, lambda part: part.kind)]

    @property
    def kicker(self) -> Markup:
        """What stands above the title: "Case 3 · Norway · Fictional"."""
        document = self.document
        if document.of == "page":
            return escape(self.say("site.about"))
        said = [escape(f"{document.name} {document.number}"), self.html.inline(document.country)]
        return Markup("\xa0· ").join(part for part in (*said, escape(document.notice)) if part)

    def chips(self) -> list[str]:
        """Return the facts under the title."""
        return chips(self.document)

    # --- headings -------------------------------------------------------------------------------------------

    def heading(self, part: Part) -> Markup:
        """Return what stands above a part, or nothing."""
        found = head(part, self.say)
        return self.html.heading(found.level, found.title, found.id, found.look) if found else Markup("")

    def contents(self) -> list[dict[str, str]]:
        """Return what is on the page, for its list: the id and the words of each heading below the title."""
        # A form has one heading above all its fields.
        parts = [part for _, run in self.runs() for part in (run[:1] if isinstance(run[0], FormField) else run)]
        heads = (head(part, self.say) for part in parts)
        return [self.html.entry(each.title, each.id) for each in heads if each and each.level == PART]

    # --- objectives -----------------------------------------------------------------------------------------

    def serves(self, found: tuple[Serving, ...]) -> Markup:
        """Return "practises and assesses <link>, <link> · practises <link>"."""
        together: dict[str, list[Markup]] = {}
        for serving in found:
            together.setdefault(serving.said, []).append(self.html.inline(serving.aim.link))
        said = [escape(words) + Markup(" ") + Markup(", ").join(links) for words, links in together.items()]
        return Markup("\xa0· ").join(said)

    def statement(self, aim: Aim) -> Markup:
        """Return an objective in full, its verb in bold."""
        return statement(self.html, aim)

    # --- plans ----------------------------------------------------------------------------------------------

    def clock(self, minutes: int) -> str:
        """Return minutes since the start as hours and minutes, `1:05`."""
        return f"{minutes // 60}:{minutes % 60:02}"

    def how(self, row: Row) -> Markup:
        """Return what a row belongs to, and how it is done; nothing for a break."""
        if not row.sort:
            return Markup("")
        words = [words for words in (row.stage, row.activity, row.grouping) if words]
        how = ", ".join([*words[:1], *(word.lower() for word in words[1:])])
        kind = escape(row.sort)
        # The unit is named where it begins, and where nothing else says what this is.
        title = self.html.inline(row.unit)
        names = [kind + Markup(": ") + title if row.unit else kind] if row.begins else []
        return Markup("\xa0· ").join([*names, escape(how)] if how else names or [kind])

    def materials(self, session: Session) -> list[tuple[Markup, str]]:
        """Return what to print for a session: links to the handouts, and how many of each."""
        plan = handout_path("session", self.document.id, session.id)
        title = self.say(sheet_name("session"))
        first = Material((Text(title),), plan, self.say("handout.print_facilitator"), "", "")
        found = []
        for each in (first, *session.materials):
            if info := self.handouts.get(each.path):
                link = self.html.inline((Link(each.path, each.title, f"handout:{each.path}"),))
                found.append((link, f"{each.how} ({self.weight(info)})"))
            elif each.language:
                away = Link(each.path, each.title, f"handout:{each.path}", each.language)
                found.append((self.html.inline((away,)), each.how))
            else:
                found.append((self.html.inline(each.title), each.how))
        return found

    # --- beside the text ------------------------------------------------------------------------------------

    def prints(self) -> list[tuple[str, str, str]]:
        """Return the unit's handouts: words, link and "PDF, 3 pages, 120 kB"."""
        return [
            (self.say(sheet_name(info.kind)), self.html.href(info.path), self.weight(info))
            for info in self.handouts.of(self.document.id)
            # What belongs to one session is listed there.
            if not info.part
        ]

    def weight(self, info: HandoutInfo) -> str:
        """Return what a handout weighs in the hand and on the wire."""
        return f"PDF, {self.say('site.pages', info.pages)}, {max(1, round(info.size / 1000))} kB"

    def used(self) -> list[Markup]:
        """Return links to what uses the unit."""
        return [self.html.inline(link) for link in self.document.used]

    def sources(self) -> list[Markup]:
        """Return links to the entries of the unit's sources by their short names."""
        return [self.html.inline(link) for link in self.document.sources]

    # --- the first page -------------------------------------------------------------------------------------

    def doors(self) -> list[Passage]:
        """Return the three doors of the first page in their order."""
        return [passage for name in DOORS for passage in self.document.passages() if passage.id == name]

    def rooms(self) -> list[Passage]:
        """Return the sections of the first page below its doors."""
        return [passage for passage in self.document.passages() if passage.id not in (*DOORS, "")]

    def door(self, blocks: Blocks) -> Markup:
        """Return one of the three doors: a sentence, then links each with a small hint."""
        return Markup("").join(self._doorway(block) for block in blocks)

    def _doorway(self, block: Block) -> Markup:
        match block:
            case ItemList(items):
                return tag("ul", Markup("").join(tag("li", self._step(item)) for item in items))
            case BorrowedBlocks(language, inner):
                within = replace(self, html=self.html.speaking(language))
                return self.html.borrowed(block, within.door(inner))
            case _:
                return self.html.blocks((block,))

    def _step(self, item: Blocks) -> Markup:
        first = item[0] if item else None
        if not isinstance(first, Paragraph) or not isinstance(next(iter(first.children), None), Link):
            return self.html.blocks(item)
        hint = self.html.inline(first.children[1:])
        link = self.html.inline(first.children[:1])
        return link + (Markup(" ") + tag("small", hint.strip()) if hint.strip() else Markup(""))


def statement(html: Writer, aim: Aim) -> Markup:
    """Return an objective in full, its verb in bold; in another language it says so."""
    if aim.language:
        return html.inline((Borrowed(aim.language, (Text(aim.verb + aim.rest),), noted=True),))
    return tag("b", aim.verb) + escape(aim.rest) if aim.verb else Markup("")


def chips(document: Document) -> list[str]:
    """Return the facts under a unit's title that a page shows."""
    return list(_chips(document))


def _chips(document: Document) -> Iterator[str]:
    long = document.of == "pathway" and document.minutes > LONG
    for fact in document.facts:
        if document.of == "pathway" and fact.name in ("minutes", "hours"):
            if (fact.name == "hours") == long:
                yield fact.text
        elif document.of != "pathway" or fact.name != "eqf":
            yield fact.text[:1].upper() + fact.text[1:] if fact.name == "eqf" else fact.text
