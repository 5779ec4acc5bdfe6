"""The lists of a course: units, objectives, glossary, sources and translations, on one page in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from samspill.document import links
from samspill.document.country import Country
from samspill.document.pathway import where
from samspill.document.prose import changed, said
from samspill.document.setting import countries, country_link
from samspill.document.tree import Words
from samspill.document.unit import head
from samspill.document.whole import Document
from samspill.markup import Markup
from samspill.model import Course, Kind, Objective, Role, Source
from samspill.prose import Changed
from samspill.reading.citations import reference_text
from samspill.reading.context import Context
from samspill.reading.order import initial, order
from samspill.render.web.article import chips, statement
from samspill.render.web.html import Writer
from samspill.translation.progress import State, stale_texts, states

KINDS: tuple[Kind, ...] = ("module", "case", "worksheet", "pathway")


@dataclass(frozen=True)
class Lists:
    """A list being written, and everything computed from the course for it."""

    course: Course
    context: Context
    html: Writer

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.context.language

    def course_name(self) -> Markup:
        """Return the course's title without its subtitle."""
        return self.html.inline(said(self.context.course_name))

    # --- units ----------------------------------------------------------------------------------------------

    def documents(self, kind: Kind) -> list[Document]:
        """Return the units of a kind that have a page in this language, without what stands on it."""
        units = [unit for unit in self.course.units(kind) if self.context.translated(kind, unit)]
        return [head(self.course, self.language, kind, unit) for unit in units]

    def chips(self, found: Document) -> list[str]:
        """Return the facts about a unit."""
        return chips(found)

    def missing(self, kind: Kind, language: str | None = None) -> list[str]:
        """Return the units of a kind that have no page in a language."""
        wanted = language or self.language
        source = self.course.source_language
        return [
            unit
            for unit in self.course.units(kind)
            if self.course.text(kind, unit, wanted) is None and self.course.text(kind, unit, source) is not None
        ]

    def unit_link(self, kind: Kind, unit: str, language: str | None = None) -> Markup:
        """Return a link to a unit by its title; when it is not translated, to the source language, said in words."""
        return self.html.inline(links.unit_link(self.context, kind, unit, language))

    def country(self, code: str) -> Markup:
        """Return a country's name, or nothing when there is no setting for it."""
        setting = self.course.settings.get(code)
        return self.html.inline(said(self.context.worded(setting.name))) if setting else Markup("")

    def countries(self) -> tuple[Country, ...]:
        """Return every country with what the course says of it."""
        return countries(self.context)

    # --- objectives -----------------------------------------------------------------------------------------

    def by_domain(self) -> Iterator[tuple[str, list[Objective]]]:
        """Yield each domain of learning with its objectives."""
        for domain in ("knowledge", "skills", "general-competence"):
            found = [objective for objective in self.course.objectives.values() if objective.domain == domain]
            if found:
                yield domain, found

    def statement(self, objective: str) -> Markup:
        """Return an objective in full, its verb in bold."""
        return statement(self.html, links.aim(self.context, objective))

    def where(self, objective: str, role: Role) -> tuple[tuple[str, tuple[Words, ...]], ...]:
        """Return the parts of the course that serve an objective in a role, by unit."""
        return where(self.context, objective, role)

    def ipec(self, objective: Objective) -> str:
        """Return an objective's competency areas."""
        return f"IPEC: {', '.join(self.context.words(f'common.ipec.{area}') for area in objective.ipec)}"

    # --- glossary -------------------------------------------------------------------------------------------

    def glossary(self) -> list[tuple[str, str, list[str]]]:
        """Return the letters with their heading ids and terms, in the language's own order."""
        groups: dict[str, list[str]] = {}
        for term in sorted(self.course.terms.values(), key=lambda t: order(self._word(t.word), self.language)):
            groups.setdefault(initial(self._word(term.word), self.language), []).append(term.id)
        return [(letter, f"letter-{ord(letter[0]):x}", terms) for letter, terms in groups.items()]

    def _word(self, words: Mapping[str, str]) -> str:
        return words.get(self.language) or words.get(self.course.source_language, "?")

    def words(self, texts: Mapping[str, str]) -> Markup:
        """Return a text in this language, or the source language's marked as such."""
        return self.html.inline(links.worded(self.context, texts))

    def term_behind(self, term: str) -> Markup:
        """Return the note that an entry of the glossary has changed since it was translated, or nothing."""
        names = (f"{term}.{part}" for part in ("word", "definition", "note"))
        if not any(("course/glossary.yml", name) in self.stale for name in names):
            return Markup("")
        return self.html.changed(changed(self.context, Changed(self.course.source_language, f"term:{term}")))

    @cached_property
    def stale(self) -> frozenset[tuple[str, str]]:
        """The texts in YAML that are behind their source in this language."""
        return stale_texts(self.course, self.language)

    # --- sources --------------------------------------------------------------------------------------------

    def seen(self, how: str) -> list[Source]:
        """Return the sources seen in one way, in the order of what they show."""
        found = [source for source in self.course.sources.values() if source.seen == how]
        return sorted(found, key=lambda source: order(reference_text(source, self.language), self.language))

    def citing(self, source: str) -> list[Markup]:
        """Return links to the units that name a source, and to the countries of which it says something."""
        return self._cited.get(source, [])

    @cached_property
    def _cited(self) -> dict[str, list[Markup]]:
        found: dict[str, list[Markup]] = {}
        for kind in KINDS:
            for unit, each in self.course.units(kind).items():
                for source in dict.fromkeys(getattr(each, "sources", ())):
                    found.setdefault(source, []).append(self.unit_link(kind, unit))
        for setting in self.course.settings.values():
            for source in dict.fromkeys(key for keys in setting.cited() for key in keys):
                found.setdefault(source, []).append(self.html.inline(country_link(self.context, setting.country)))
        return found

    def source_links(self, keys: tuple[str, ...]) -> list[Markup]:
        """Return links to the entries of sources by their short names."""
        return [self.html.inline(link) for link in links.source_links(self.context, keys)]

    # --- translations ---------------------------------------------------------------------------------------

    def all_missing(self, language: str) -> list[tuple[Kind, str]]:
        """Return every unit that has no page in a language."""
        kinds: tuple[Kind, ...] = (*KINDS, "page")
        return [(kind, unit) for kind in kinds for unit in self.missing(kind, language)]

    def under_way(self, language: str) -> list[State]:
        """Return the units whose translation is begun and not whole."""
        return [each for each in states(self.course, language) if each.there and not each.whole]

    def progress(self, state: State) -> str:
        """Return "3 of 16 sections, 2 changed since"."""
        say = self.context.words
        told = [say("site.translations.done", state.sections, done=state.done)]
        for what, found in (("behind", state.behind), ("unrecorded", state.unrecorded)):
            sections = [name for name in found if name != "front"]
            told += [say(f"site.translations.{what}", len(sections))] if sections else []
        if "front" in (*state.missing, *state.behind, *state.unrecorded):
            told.append(say("site.translations.front"))
        return ", ".join(told)

    def language_name(self, code: str) -> str:
        """Return a language's own name."""
        return next(entry.name for entry in self.course.about.languages if entry.code == code)
