"""What a renderer needs to know in one language: words, titles, slots, links and citations.

Every renderer asks the same context, so the website and the handouts say the
same. Nothing falls back silently: a link to something that is not translated
resolves to the source-language page and says so.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from samspill.languages import Catalogue, catalogue, grammar
from samspill.languages.counting import number
from samspill.model import Case, Course, Kind
from samspill.prose import Cite

#: Folder of each kind on the site.
PLACES: dict[Kind, str] = {
    "module": "modules",
    "case": "cases",
    "worksheet": "worksheets",
    "pathway": "pathways",
    "page": "",
}
LISTS = ("modules", "cases", "worksheets", "pathways", "countries", "objectives", "glossary", "sources")


@dataclass(frozen=True)
class Target:
    """Where a link goes.

    `url` is an https address or a path from the root of a language site (`cases/each-waits/#turn`).
    `language` is set when the page exists in the source language only.
    """

    url: str
    external: bool = False
    language: str | None = None


@dataclass(frozen=True)
class Label:
    """A text that names something, the language it stands in when that is not the reader's, and the slot it fills."""

    text: str
    language: str = ""
    slot: str = ""

    def __str__(self) -> str:
        return self.text


#: A line of words: texts in the reader's language, and labels that may be in another.
Pieces = tuple["str | Label", ...]


@dataclass(frozen=True)
class Context:
    """A course seen in one language; `case` is set inside a case, for its slots, `folder` where pictures stand.

    `voice` is the language of the words themselves when that is another: links lead where the page's language has
    them, but names, services and citations take the forms of the words around them.
    """

    course: Course
    language: str
    case: Case | None = None
    folder: str = ""
    voice: str = ""

    @cached_property
    def words(self) -> Catalogue:
        """The interface words of this language."""
        return catalogue(self.language)

    @property
    def course_title(self) -> str:
        """The course's title in this language, or in the source language while it has none."""
        return self.course_label.text

    @property
    def course_label(self) -> Label:
        """The course's title with its language."""
        return self.worded(self.course.about.title)

    @property
    def course_name(self) -> Label:
        """The course's title without its subtitle."""
        return replace(self.course_label, text=self.course_label.text.partition(":")[0])

    def worded(self, texts: Mapping[str, str]) -> Label:
        """Return a text of the structure in this language, or in the source language while it has none."""
        source = self.course.source_language
        own = texts.get(self.language)
        return Label(own) if own else Label(texts[source], source) if source in texts else Label("")

    def stated(self, own: Mapping[str, str], key: str) -> Label:
        """Return what the course says, or the interface words for `part.key` where it says nothing of its own."""
        return self.worded(own) if own else Label(self.words(key))

    def within(self, case: Case) -> Context:
        """Return the same context inside a case."""
        return replace(self, case=case)

    def speaking(self, language: str) -> Context:
        """Return the same context for words that stand in another language."""
        return replace(self, voice=language)

    @property
    def spoken(self) -> str:
        """The language of the words."""
        return self.voice or self.language

    def where_spoken(self, language: str) -> str:
        """Return "in English", in this language."""
        return self.words.where(language)

    def line(self, key: str, **values: str | Label) -> Pieces:
        """Return interface words with labels in them, each of which says its language."""
        found = self.words.pieces(key, **values)
        return tuple(each if isinstance(each, Label) else str(each) for each in found)

    def title(self, kind: Kind, unit: str) -> str:
        """Return a unit's title in this language, or in the source language when it is not translated."""
        return self.label(kind, unit).text

    def label(self, kind: Kind, unit: str) -> Label:
        """Return a unit's title with its language."""
        source = self.course.source_language
        if own := self.course.text(kind, unit, self.language):
            return Label(own.title)
        prose = self.course.text(kind, unit, source)
        return Label(prose.title, source) if prose else Label(unit)

    def translated(self, kind: Kind, unit: str) -> bool:
        """Tell whether a unit has a page in this language."""
        return self.course.text(kind, unit, self.language) is not None

    def slot(self, path: str) -> str | None:
        """Return the text for a slot, or None when the case has no such slot or form."""
        if self.case is None:
            return None
        head, _, rest = path.partition(".")
        if head == "actor":
            return self._actor(*_pair(rest))
        named = self.case.names.get(head)
        if named is None:
            return None
        match rest:
            case "":
                return named.name
            case "age":
                return None if named.age is None else str(named.age)
            case "whose":
                return grammar(self.spoken).possessive(named.name)
        return None

    def _actor(self, actor_id: str, form: str) -> str | None:
        assert self.case is not None
        actor = self.case.actor(actor_id)
        if actor is None or form.lower() not in ("bare", "a", "the", "whose"):
            return None
        if actor.name is not None:
            named = self.case.names.get(actor.name)
            if named is None:
                return None
            return grammar(self.spoken).possessive(named.name) if form.lower() == "whose" else named.name
        setting = self.course.settings.get(self.case.setting)
        service = setting.service(actor.service or "") if setting else None
        forms = service.forms.get(self.spoken) if service else None
        if forms is None:
            return None
        text: str = getattr(forms, form.lower())
        return text[0].upper() + text[1:] if form[0].isupper() else text

    def actor_label(self, actor_id: str) -> str:
        """Return the short label of an actor, or the person's name for `person`."""
        return self.actor(actor_id, "bare").text

    def actor(self, actor_id: str, form: str) -> Label:
        """Return an actor in a form, in the source language where the service has no words in this one.

        `person` has a name alone.
        """
        if actor_id == "person":
            return Label(self.slot("person") or actor_id, slot="person")
        path = f"actor.{actor_id}.{form}"
        if own := self.slot(path):
            return Label(own, slot=path)
        source = self.course.source_language
        found = self.speaking(source).slot(path)
        return Label(found, source, path) if found else Label(actor_id)

    def link(self, target: str) -> Target | None:
        """Resolve a link target as written in prose; None when nothing has that name."""
        scheme, _, rest = target.partition(":")
        if scheme in ("https", "http", "mailto"):
            return Target(target, external=True)
        name, _, anchor = rest.partition("#")
        course = self.course
        if scheme == "list" and name in LISTS:
            return Target(f"{name}/" + (f"#{anchor}" if anchor else ""))
        if scheme == "term" and name in course.terms:
            return Target(f"glossary/#{name}")
        if scheme == "objective" and name in course.objectives:
            return Target(f"objectives/#{name}")
        if scheme == "source" and name in course.sources:
            return Target(f"sources/#{name}")
        if scheme in PLACES and name in course.units(scheme):
            return self._unit(scheme, name, anchor)
        return None

    def _unit(self, kind: Kind, unit: str, anchor: str) -> Target | None:
        source = self.course.text(kind, unit, self.course.source_language)
        if anchor and (source is None or source.get(anchor) is None):
            return None
        language = None if self.translated(kind, unit) else self.course.source_language
        return Target(page_url(kind, unit) + (f"#{anchor}" if anchor else ""), language=language)

    def listed(self, parts: list[str]) -> str:
        """Return "a, b and c"."""
        if len(parts) < 2:
            return "".join(parts)
        return ", ".join(parts[:-1]) + f" {self.words('common.and')} {parts[-1]}"

    def content_notes(self, case: Case) -> str:
        """Return what a case mentions: `relapse and serious illness`."""
        return self.listed([self.words(f"common.content_notes.{note}") for note in case.content_notes])

    def number(self, value: float) -> str:
        """Return a number with at most one decimal, in the language's own figures: `39.5`, `39,5`."""
        return number(self.language, value)

    def used(self, reference: str) -> Label:
        """Return the title of what a session item uses."""
        used = self.course.used(reference)
        if used is None:
            return Label(reference)
        if not used.part:
            return self.label(used.kind, used.unit)
        return self.part(used.kind, used.unit, used.part) or Label(reference)

    def part(self, kind: Kind, unit: str, part: str) -> Label | None:
        """Return the title of a section; None when it is in neither this language nor the source language.

        As with a whole unit that is not translated: its title in the source language, not its id.
        """
        inside = self.within(self.course.cases[unit]) if kind == "case" else self
        source = self.course.source_language
        if own := self.course.section(kind, unit, part, self.language):
            return Label(inside.plain(own.title), own.borrowed)
        section = self.course.section(kind, unit, part, source)
        return Label(inside.speaking(source).plain(section.title), source) if section else None

    def plain(self, nodes: tuple[object, ...]) -> str:
        """Return the words of inlines, slots filled in and citations left out."""
        from samspill.prose import Borrowed, Break, Code, Emphasis, Image, Link, Slot, Strong, Text  # noqa: PLC0415

        parts: list[str] = []
        for node in nodes:
            match node:
                case Text(text) | Code(text):
                    parts.append(text)
                case Emphasis(children) | Strong(children) | Link(_, children, _):
                    parts.append(self.plain(children))
                case Borrowed(language, children):
                    parts.append(self.speaking(language).plain(children))
                case Break():
                    parts.append(" ")
                case Slot(path, _):
                    parts.append(self.slot(path) or "{" + path + "}")
                case Image(_, alternative, _):
                    parts.append(alternative)
        return "".join(parts)

    def cite_label(self, cite: Cite) -> str:
        """Return a citation's words: the source's short name, its year and the locator as written."""
        source = self.course.sources.get(cite.key)
        if source is None:
            return cite.key
        year = str(source.issued.year) if source.issued else ""
        parts = [source.short]
        if source.issued and year not in source.short:
            parts.append(catalogue(self.spoken)("common.around", year=year) if source.issued.circa else year)
        if cite.locator:
            parts.append(cite.locator)
        return ", ".join(parts)


def _pair(text: str) -> tuple[str, str]:
    head, _, tail = text.partition(".")
    return head, tail or "the"


def page_url(kind: Kind, unit: str) -> str:
    """Return a unit's address from the root of a language site."""
    if kind == "page":
        return "" if unit == "home" else f"{unit}/"
    return f"{PLACES[kind]}/{unit}/"


def relative(source: str, target: str) -> str:
    """Return the link from a page to an address, both from the root of a language site; a page's is empty or `…/`."""
    path, hash_, anchor = target.partition("#")
    if path == source:
        return f"#{anchor}" if hash_ else "./"
    result = posixpath.relpath(f"/{path}", f"/{source}")
    if path.endswith("/") or not path:
        result += "/"
    return result + hash_ + anchor
