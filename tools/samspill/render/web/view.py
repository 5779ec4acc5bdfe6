"""What the page templates ask: one unit, or one list, seen from one page in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from samspill.markup import Markup, escape, tag
from samspill.model import (
    Activity,
    Case,
    Course,
    Kind,
    Module,
    Objective,
    Pathway,
    Prompt,
    Role,
    Session,
    Source,
    Stage,
    Worksheet,
    item_minutes,
    session_minutes,
)
from samspill.prose import Block, BorrowedBlocks, Changed, ItemList, Link, Paragraph, Prose, Section
from samspill.reading.citations import citation, reference_text
from samspill.reading.context import Context, Label, page_url
from samspill.reading.materials import Material, materials
from samspill.reading.order import initial, order
from samspill.reading.printed import HandoutInfo, handout_path
from samspill.render.web.html import Writer
from samspill.translation.progress import State, stale_texts, states

KINDS: tuple[Kind, ...] = ("module", "case", "worksheet", "pathway")


@dataclass(frozen=True)
class View:
    """A page being written: the writer for its prose and everything computed from the course."""

    course: Course
    context: Context
    html: Writer
    handouts: Mapping[str, HandoutInfo]

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.context.language

    def w(self, key: str, count: int | None = None, **values: object) -> str:
        """Return interface words of the site, or others for a key such as `common.break` or `handout.print`."""
        name = key if key.startswith(("common.", "handout.")) else f"site.{key}"
        return self.context.words(name, count, **values)

    # --- minutes and labels ---------------------------------------------------------------------------------

    def minutes(self, count: int) -> str:
        """Return "20 minutes"."""
        return self.w("common.minutes", count)

    def clock(self, minutes: int) -> str:
        """Return minutes since the start as hours and minutes, `1:05`."""
        return f"{minutes // 60}:{minutes % 60:02}"

    def after(self, stage: Stage) -> str:
        """Return how long after the stage before a stage is, or nothing."""
        found = re.fullmatch(r"P([0-9]+)([DWMY])", stage.after or "")
        return self.w(f"common.after.{found[2]}", int(found[1])) if found else ""

    def number(self, kind: Kind, unit: str) -> int:
        """Return a unit's number in the order of the course."""
        return list(self.course.units(kind)).index(unit) + 1

    def country(self, code: str) -> Markup:
        """Return a country's name, or nothing when there is no setting for it."""
        setting = self.course.settings.get(code)
        return self.html.spoken(self.context.worded(setting.name)) if setting else Markup("")

    def course_name(self) -> Markup:
        """Return the course's title without its subtitle."""
        return self.html.spoken(self.context.course_name)

    def actor(self, actor_id: str) -> Markup:
        """Return the short label of an actor, with a capital."""
        found = self.context.actor(actor_id, "bare")
        return self.html.spoken(replace(found, text=capital(found.text)))

    def listed(self, parts: list[str]) -> str:
        """Return "a, b and c"."""
        return self.context.listed(parts)

    # --- objectives -----------------------------------------------------------------------------------------

    def serves(self, part: Activity | Prompt | Worksheet, only: tuple[str, ...] | None = None) -> Markup:
        """Return "practises and assesses <link>, <link> · practises <link>"; `only` keeps to some objectives."""
        roles: dict[str, list[str]] = {}
        for role, objective in part.serves():
            if only is None or objective in only:
                roles.setdefault(objective, []).append(self.w(f"common.roles.{role}"))
        together: dict[str, list[Markup]] = {}
        for objective, words in roles.items():
            together.setdefault(self.listed(words), []).append(self.objective(objective))
        said = [escape(words) + Markup(" ") + Markup(", ").join(links) for words, links in together.items()]
        return Markup("\xa0· ").join(said)

    def objective(self, objective_id: str) -> Markup:
        """Return a link to an objective by its short words."""
        objective = self.course.objectives.get(objective_id)
        label = self.html.words(objective.short) if objective else escape(objective_id)
        return self.html.link(f"objective:{objective_id}", label)

    def statement(self, objective_id: str) -> Markup:
        """Return an objective in full, its verb in bold."""
        objective = self.course.objectives.get(objective_id)
        if objective is None or self.language not in objective.statement:
            return self.html.words(objective.statement) if objective else Markup("")
        words = objective.statement[self.language]
        verb = words.partition(" ")[0].rstrip(",")
        return tag("b", verb) + escape(words.removeprefix(verb))

    def by_domain(self) -> Iterator[tuple[str, list[Objective]]]:
        """Yield each domain of learning with its objectives."""
        for domain in ("knowledge", "skills", "general-competence"):
            found = [objective for objective in self.course.objectives.values() if objective.domain == domain]
            if found:
                yield domain, found

    def where(self, objective: str, role: Role, within: Pathway | None = None) -> list[Markup]:
        """Return links to the parts that serve an objective in a role, in the whole course or in one plan."""
        wanted = None
        if within is not None:
            wanted = {item.use for session in within.sessions for item in session.items}
        units: dict[tuple[Kind, str], list[Markup]] = {}
        for found, kind, unit, part in self.course.serving(objective):
            if found != role or (wanted is not None and f"{unit}#{part}".rstrip("#") not in wanted):
                continue
            units.setdefault((kind, unit), []).append(self.part_link(kind, unit, part))
        return [self._named(kind, unit) + Markup(", ").join(links) for (kind, unit), links in units.items()]

    def _named(self, kind: Kind, unit: str) -> Markup:
        return tag("small", f"{self.w(f'common.kinds.{kind}')} {self.number(kind, unit)}") + Markup(" ")

    def part_link(self, kind: Kind, unit: str, part: str) -> Markup:
        """Return a link to a part of a unit, or to the unit itself."""
        found = self.context.part(kind, unit, part) or Label(part) if part else self.context.label(kind, unit)
        return self.html.link(f"{kind}:{unit}" + (f"#{part}" if part else ""), self.html.spoken(found))

    # --- units ----------------------------------------------------------------------------------------------

    def translated(self, kind: Kind) -> list[tuple[str, Prose]]:
        """Return the units of a kind that have a page in this language, with their prose."""
        found = []
        for unit in self.course.units(kind):
            prose = self.course.text(kind, unit, self.language)
            if prose is not None:
                found.append((unit, prose))
        return found

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
        away = language or (None if self.context.translated(kind, unit) else self.course.source_language)
        if away is None:
            return self.html.link(f"{kind}:{unit}", self.context.title(kind, unit))
        prose = self.course.text(kind, unit, away)
        label = tag("span", prose.title if prose else unit, lang=away)
        link = tag("a", label, href=self.html.href(page_url(kind, unit), away), hreflang=away)
        return link + Markup(" ") + self.html.in_language(away)

    def under_way(self, language: str) -> list[State]:
        """Return the units whose translation is begun and not whole."""
        return [each for each in states(self.course, language) if each.there and not each.whole]

    def progress(self, state: State) -> str:
        """Return "3 of 16 sections, 2 changed since"."""
        said = [self.w("translations.done", state.sections, done=state.done)]
        for what, found in (("behind", state.behind), ("unrecorded", state.unrecorded)):
            sections = [name for name in found if name != "front"]
            said += [self.w(f"translations.{what}", len(sections))] if sections else []
        if "front" in (*state.missing, *state.behind, *state.unrecorded):
            said.append(self.w("translations.front"))
        return ", ".join(said)

    def term_behind(self, term: str) -> Markup:
        """Return the note that an entry of the glossary has changed since it was translated, or nothing."""
        names = (f"{term}.{part}" for part in ("word", "definition", "note"))
        if not any(("course/glossary.yml", name) in self.stale for name in names):
            return Markup("")
        return self.html.changed(Changed(self.course.source_language, f"term:{term}"))

    @cached_property
    def stale(self) -> frozenset[tuple[str, str]]:
        """The texts in YAML that are behind their source in this language."""
        return stale_texts(self.course, self.language)

    def chips(self, kind: Kind, unit: str) -> list[str]:
        """Return the facts under a unit's title."""
        prose = self.course.text(kind, unit, self.language)
        partly = prose is not None and any(section.borrowed for section in prose.sections)
        where = self.context.where_spoken(self.course.source_language)
        return self._facts(kind, unit) + ([self.w("partly", where=where)] if partly else [])

    def _facts(self, kind: Kind, unit: str) -> list[str]:
        match self.course.units(kind)[unit]:
            case Case() as case:
                said = [
                    self.minutes(case.minutes),
                    self.w("stages", len(case.stages)),
                    self.w("questions", len(case.prompts)),
                ]
                if case.content_notes:
                    said.append(self.w("common.mentions", what=self.context.content_notes(case)))
                return said
            case Module() as module:
                level = self.w(f"common.eqf.{module.eqf}")
                return [
                    self.minutes(module.minutes),
                    self.w("activities", len(module.activities)),
                    capital(level),
                ]
            case Worksheet() as worksheet:
                return [
                    self.minutes(worksheet.minutes),
                    self.w(f"common.groupings.{worksheet.grouping}"),
                    self.w("fields", len(worksheet.fields)),
                ]
            case Pathway() as pathway:
                total = sum(session.minutes for session in pathway.sessions)
                hours = self.w("common.hours_in_all", total // 60, hours=self.contact(pathway))
                said = [
                    hours if total > 180 else self.minutes(total),
                    self.w("common.sessions", len(pathway.sessions)),
                ]
                if pathway.ects:
                    said.append(f"{self.context.number(pathway.ects)} ECTS")
                if pathway.audience:
                    said.append(capital(self.listed([self.w(f"common.audiences.{who}") for who in pathway.audience])))
                return said
        return []

    def plans_using(self, kind: Kind, unit: str) -> list[Markup]:
        """Return links to the plans that use a unit."""
        return [
            self.unit_link("pathway", pathway.id)
            for pathway in self.course.pathways.values()
            if any(
                (used := self.course.used(item.use or "")) and (used.kind, used.unit) == (kind, unit)
                for session in pathway.sessions
                for item in session.items
            )
        ]

    def citing(self, source: str) -> list[Markup]:
        """Return links to the units that name a source."""
        return [
            self.unit_link(kind, unit)
            for kind in KINDS
            for unit, found in self.course.units(kind).items()
            if source in getattr(found, "sources", ())
        ]

    def prints(self, unit: str) -> list[tuple[str, str, str]]:
        """Return a unit's handouts: words, link and "PDF, 3 pages, 120 kB"."""
        found = []
        for info in self.handouts.values():
            # What belongs to one session is listed there.
            if info.unit == unit and not info.part:
                name = self.w(f"handout.types.{info.kind}")
                found.append((name, self.html.href(info.path), self._weight(info)))
        return found

    def materials(self, pathway: Pathway, session: Session) -> list[tuple[Markup, str]]:
        """Return what to print for a session: links to the handouts, and how many of each."""
        plan = handout_path("session", pathway.id, session.id)
        wanted = [Material(Label(self.w("handout.types.session")), self.w("handout.print_facilitator"), plan)]
        source = self.course.source_language
        found = []
        for each in (*wanted, *materials(self.context, pathway, session)):
            if info := self.handouts.get(each.path):
                link = tag("a", self.html.spoken(each.title), href=self.html.href(each.path))
                found.append((link, f"{each.how} ({self._weight(info)})"))
            elif not each.title.language:
                found.append((self.html.spoken(each.title), each.how))
            else:
                label = tag("span", each.title.text, lang=source)
                link = tag("a", label, href=self.html.href(each.path, source), hreflang=source)
                found.append((link + Markup(" ") + self.html.in_language(source), each.how))
        return found

    def _weight(self, info: HandoutInfo) -> str:
        return f"PDF, {self.w('pages', info.pages)}, {max(1, round(info.size / 1000))} kB"

    def citation(self, kind: Kind, unit: str) -> Markup:
        """Return how to cite the page."""
        return self.html.spoken(*citation(self.context, kind, unit))

    def units(self, kind: Kind, ids: tuple[str, ...]) -> list[Markup]:
        """Return links to units of a kind."""
        return [self.unit_link(kind, unit) for unit in ids if unit in self.course.units(kind)]

    def source_links(self, ids: tuple[str, ...]) -> list[Markup]:
        """Return links to the entries of sources by their short names."""
        known = self.course.sources
        return [self.html.link(f"source:{key}", known[key].short) for key in ids if key in known]

    def own(self, worksheet: Worksheet) -> tuple[str, ...]:
        """Return the objectives a worksheet serves, each once."""
        return tuple(dict.fromkeys(objective for _, objective in worksheet.serves()))

    def taken(self, activity: Activity) -> Markup:
        """Return links to the case, worksheet and notebook an activity works on."""
        return Markup(", ").join(self.unit_link(kind, unit) for kind, unit in activity.takes())

    def door(self, section: Section) -> Markup:
        """Return one of the three doors: a sentence, then links each with a small hint."""
        parts: list[Markup] = []
        for block in section.blocks:
            if isinstance(block, ItemList):
                parts.append(tag("ul", Markup("").join(tag("li", self._step(item)) for item in block.items)))
            elif isinstance(block, BorrowedBlocks):
                within = replace(self, html=self.html.speaking(block.language))
                inner = within.door(replace(section, blocks=block.blocks))
                parts.append(self.html.borrowed(block, inner))
            else:
                parts.append(self.html.blocks((block,)))
        return Markup("").join(parts)

    def _step(self, item: tuple[Block, ...]) -> Markup:
        first = item[0] if item else None
        if not isinstance(first, Paragraph) or not isinstance(next(iter(first.children), None), Link):
            return self.html.blocks(item)
        hint = self.html.inline(first.children[1:])
        link = self.html.inline(first.children[:1])
        return link + (Markup(" ") + tag("small", hint.strip()) if hint.strip() else Markup(""))

    def ipec(self, objective: Objective) -> str:
        """Return an objective's competency areas."""
        return f"IPEC: {', '.join(self.w(f'common.ipec.{area}') for area in objective.ipec)}"

    def seen(self, how: str) -> list[Source]:
        """Return the sources seen in one way, in the order of what they show."""
        found = [source for source in self.course.sources.values() if source.seen == how]
        return sorted(found, key=lambda source: order(reference_text(source, self.language), self.language))

    def all_missing(self, language: str) -> list[tuple[Kind, str]]:
        """Return every unit that has no page in a language."""
        kinds: tuple[Kind, ...] = (*KINDS, "page")
        return [(kind, unit) for kind in kinds for unit in self.missing(kind, language)]

    # --- plans ----------------------------------------------------------------------------------------------

    def timetable(self, pathway: Pathway, session: Session) -> list[dict[str, object]]:
        """Return a session's rows: when it starts, its minutes, what it is and how, and whether it is a break."""
        rows: list[dict[str, object]] = []
        now = 0
        before = ""
        for item in session.items:
            minutes = item_minutes(self.course, item)
            row: dict[str, object] = {"start": now, "minutes": minutes, "pause": item.pause is not None}
            now += minutes
            if frame := item.frame():
                row |= {"what": escape(self.w(f"common.{frame[0]}")), "how": "", "serves": Markup("")}
            else:
                use = item.use or ""
                unit = use.partition("#")[0]
                row |= self._use(use, pathway.objectives if pathway.eqf else (), named=unit != before)
                before = unit
            rows.append(row)
        return rows

    def contact(self, pathway: Pathway) -> str:
        """Return the hours of all sessions of a pathway, in the language's own figures."""
        return self.context.number(sum(session.minutes for session in pathway.sessions) / 60)

    def total(self, session: Session) -> str:
        """Return the minutes planned and those left over."""
        planned = session_minutes(self.course, session)
        said = self.w("timetable.planned", planned)
        left = session.minutes - planned
        return said + (" " + self.w("timetable.left", left) if left > 0 else "")

    def _use(self, reference: str, objectives: tuple[str, ...], *, named: bool) -> dict[str, object]:
        used = self.course.used(reference)
        if used is None:
            return {"what": escape(reference), "how": "", "serves": Markup("")}
        unit = self.course.units(used.kind)[used.unit]
        part: object = unit
        words: list[str] = []
        if isinstance(unit, Module):
            part = unit.activity(used.part)
        elif isinstance(unit, Case):
            part = unit.prompt(used.part)
            if stage := unit.stage(used.part):
                number = unit.stages.index(stage) + 1
                words.append(self.w("common.stage_of", number=number, total=len(unit.stages)))
        if isinstance(part, Activity):
            words.append(self.w(f"common.activity_kinds.{part.kind}"))
        if grouping := getattr(part, "grouping", None):
            words.append(self.w(f"common.groupings.{grouping}"))
        how = ", ".join([*words[:1], *(word.lower() for word in words[1:])])
        kind = escape(self.w(f"parts.{used.kind}"))
        # The unit is named where it begins, and where nothing else says what this is.
        title = self.html.spoken(self.context.label(used.kind, used.unit))
        names = [kind + Markup(": ") + title if used.part else kind] if named else []
        said = [*names, escape(how)] if how else names or [kind]
        # Where nothing is assessed, in a workshop, a plan says nothing of objectives row by row.
        serving = part if objectives and isinstance(part, Activity | Prompt | Worksheet) else None
        return {
            "what": self.part_link(used.kind, used.unit, used.part),
            "how": Markup("\xa0· ").join(said),
            "serves": self.serves(serving, objectives) if serving else Markup(""),
        }

    # --- lists ----------------------------------------------------------------------------------------------

    def glossary(self) -> list[tuple[str, str, list[str]]]:
        """Return the letters with their heading ids and terms, in the language's own order."""
        groups: dict[str, list[str]] = {}
        for term in sorted(self.course.terms.values(), key=lambda t: order(self._word(t.word), self.language)):
            groups.setdefault(initial(self._word(term.word), self.language), []).append(term.id)
        return [(letter, f"letter-{ord(letter[0]):x}", terms) for letter, terms in groups.items()]

    def _word(self, words: Mapping[str, str]) -> str:
        return words.get(self.language) or words.get(self.course.source_language, "?")

    def language_name(self, code: str) -> str:
        """Return a language's own name."""
        return next(entry.name for entry in self.course.about.languages if entry.code == code)


def capital(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
