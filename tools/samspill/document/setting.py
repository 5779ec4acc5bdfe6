"""The settings of a course: countries with their services, instruments and dated facts, and what a case takes of them.

A fact of law is as old as its source, so it never stands without its month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from samspill.document import tree as d
from samspill.document.country import Background, Country, DatedFact, Instrument, Place, Service, Tier
from samspill.document.links import unit_link, worded
from samspill.document.passage import capital
from samspill.document.prose import changed, citation, linked, said
from samspill.model import LEVELS, Case, Setting
from samspill.model import Service as Listed
from samspill.prose import Changed, Cite
from samspill.prose import Place as Mark
from samspill.reading.context import Context
from samspill.reading.dates import written
from samspill.source.wording import digest, says


def countries(context: Context) -> tuple[Country, ...]:
    """Return every country that cases can be set in."""
    return tuple(
        Country(
            code=setting.country,
            name=said(context.worded(setting.name)),
            tiers=tuple(_tiers(context, setting)),
            instruments=tuple(_instruments(context, setting)),
            facts=tuple(_facts(context, setting)),
        )
        for setting in context.course.settings.values()
    )


def country_link(context: Context, code: str) -> d.Words:
    """Return a link to a country among the countries, by its name."""
    return linked(context, f"list:countries#{code}", said(context.worded(context.course.settings[code].name)))


def background(context: Context, case: Case) -> Background | None:
    """Return what was known of the country of a case, or None when that is nothing."""
    setting = context.course.settings.get(case.setting)
    if setting is None or not setting.facts:
        return None
    title = said(*context.line("common.country.about", country=context.worded(setting.name)))
    return Background(title, context.words("common.country.dated"), tuple(_facts(context, setting)))


def place(context: Context, case: Case) -> Place | None:
    """Return where a case is set, or None when nothing is known of its country."""
    setting = context.course.settings.get(case.setting)
    if setting is None:
        return None
    taking = dict.fromkeys(actor.service for actor in case.actors)
    services = (setting.service(name) for name in taking if name)
    return Place(
        country=country_link(context, case.setting),
        services=tuple(_name(context, service) for service in services if service),
        origin=tuple(_origin(context, case)),
    )


@dataclass(frozen=True)
class _Named:
    """Words in a sentence of ours, which has no second full stop behind "Who goes first?"."""

    words: d.Words

    def __str__(self) -> str:
        return d.plain(self.words)


def _origin(context: Context, case: Case) -> Iterator[d.Words]:
    """Yield sentences: that it is fictional, who has read it, and what it was made from."""
    provenance = case.provenance
    yield said(context.words(f"common.provenance.{provenance.kind}"))
    if provenance.reviewed:
        yield said(context.words("common.provenance.reviewed", who=context.listed(list(provenance.reviewed))))
    if provenance.adapted_from and provenance.adapted_from in context.course.cases:
        other = _Named(unit_link(context, "case", provenance.adapted_from))
        found = context.words.pieces("common.provenance.adapted_from", case=other)
        yield tuple(word for each in found for word in (each.words if isinstance(each, _Named) else said(str(each))))


def _tiers(context: Context, setting: Setting) -> Iterator[Tier]:
    for level in LEVELS:
        services = [
            Service(f"{setting.country}.services.{each.id}", _name(context, each), _full(context, each))
            for each in setting.services
            if each.level == level
        ]
        if services:
            yield Tier(level, capital(context.words(f"common.levels.{level}")), tuple(services))


def _name(context: Context, service: Listed) -> d.Words:
    """Return the short name of a service, as a link where the glossary explains it."""
    label = context.worded({code: forms.bare for code, forms in service.forms.items()})
    name = said(replace(label, text=capital(label.text)))
    return linked(context, f"term:{service.term}", name) if service.term else name


def _full(context: Context, service: Listed) -> d.Words:
    full = context.worded({code: forms.a for code, forms in service.forms.items()})
    bare = context.worded({code: forms.bare for code, forms in service.forms.items()}).text
    return () if bare in (full.text, full.text.partition(" ")[2]) else said(full)


def _instruments(context: Context, setting: Setting) -> Iterator[Instrument]:
    for each in setting.instruments:
        name = f"instruments.{each.id}"
        yield Instrument(
            id=f"{setting.country}.{name}",
            name=worded(context, {code: capital(text) for code, text in each.name.items()}),
            note=worded(context, each.note),
            sources=_sources(context, each.sources),
            changed=_behind(context, setting, name),
        )


def _facts(context: Context, setting: Setting) -> Iterator[DatedFact]:
    for each in setting.facts:
        name = f"facts.{each.id}"
        yield DatedFact(
            id=f"{setting.country}.{name}",
            text=worded(context, each.text),
            as_of=each.as_of,
            when=context.words("common.country.as_of", when=written(each.as_of, context.language)),
            sources=_sources(context, each.sources),
            changed=_behind(context, setting, name),
        )


def _sources(context: Context, keys: tuple[str, ...]) -> d.Words:
    """Return sources as one citation, or nothing."""
    return (citation(context, tuple(Cite(key, "", Mark(1)) for key in keys)),) if keys else ()


def _behind(context: Context, setting: Setting, entry: str) -> d.Changed | None:
    """Return the note that a text of an entry, `facts.a-right`, has changed since it was translated, or None."""
    course, source = context.course, context.course.source_language
    path = f"course/settings/{setting.country}.yml"
    recorded = course.recorded.get(context.language, {}).get(path, {})
    # As they were typed: the marks that a language sets are no change.
    texts = [each for each in course.wordings if each.path == path and each.name.startswith(f"{entry}.")]
    for each in texts:
        known = recorded.get(each.name)
        if known and says(each, context.language) and known != digest(each.words.get(source, "")):
            return changed(context, Changed(source, f"list:countries#{setting.country}.{entry}"))
    return None
