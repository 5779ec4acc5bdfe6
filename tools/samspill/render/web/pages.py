"""All pages of a language, one file each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from samspill.artifact import Artifact, distinct
from samspill.document.passage import capital
from samspill.document.tree import Changed, pictures, plain
from samspill.document.unit import Tell, document
from samspill.document.whole import Document
from samspill.drawing.figure import figure
from samspill.drawing.map import coordination_map
from samspill.model import ROLES, Asset, Course, Kind, Page
from samspill.prose import Prose
from samspill.reading.citations import reference
from samspill.reading.context import Context, page_url
from samspill.reading.printed import HandoutInfo, Printables
from samspill.render.web.article import Article
from samspill.render.web.html import Writer
from samspill.render.web.lists import KINDS, Lists
from samspill.render.web.navigation import file_name
from samspill.render.web.page_file import written

_LISTS: dict[str, Kind] = {
    "modules": "module",
    "cases": "case",
    "worksheets": "worksheet",
    "pathways": "pathway",
}


@cache
def _environment() -> Environment:
    # Nothing in here is prose: what prose says arrives as escaped Markup from the writer.
    return Environment(
        loader=PackageLoader("samspill.render.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        comment_start_string="<#",
        comment_end_string="#>",
    )


#: Pages to make: of each its file and what makes it, with the pictures it shows.
Plan = dict[str, Callable[[], tuple[Artifact, ...]]]


def pages(
    course: Course,
    language: str,
    handouts: Mapping[str, HandoutInfo],
    roots: Mapping[str, str] | None = None,
) -> tuple[Artifact, ...]:
    """Return every page of a language and the pictures they show.

    `handouts` holds what can be printed, by path; `roots` says where the other languages' roots are seen from
    this one's, `../nb/` unless said.
    """
    planned = plan(course, language, Printables(handouts), roots or {})
    return distinct(artifact for make in planned.values() for artifact in make())


def plan(
    course: Course, language: str, handouts: Printables, roots: Mapping[str, str], tell: Tell = document
) -> Plan:
    """Return the pages of a language, each to be made when it is wanted; `tell` gives the units, otherwise as `pages`.

    A notebook's page is made of its notebook: here it has pictures alone.
    """
    return dict(_Press(course, language, handouts, roots, tell).all())


class _Press:
    """Prints the pages of one language."""

    def __init__(
        self, course: Course, language: str, handouts: Printables, roots: Mapping[str, str], tell: Tell
    ) -> None:
        self.course = course
        self.context = Context(course, language)
        self.handouts = handouts
        self.roots = roots
        self.tell = tell

    def all(self) -> Iterator[tuple[str, Callable[[], tuple[Artifact, ...]]]]:
        """Yield the pages of units with their pictures, and the lists."""
        for kind in (*KINDS, "page"):
            for unit in self.course.units(kind):
                if self.context.translated(kind, unit):
                    yield file_name(self.course, kind, unit), partial(self._of_unit, kind, unit)
        for name, listed in _LISTS.items():
            title = self.context.words(f"common.kinds_plural.{listed}")
            lead = self.context.words(f"site.{name}.lead")
            yield f"{name}/index.md", partial(self._list, f"{name}/index.md", "list", title, lead, kind=listed)
        words = self.context.words
        for name in ("countries", "objectives", "glossary", "sources"):
            title = words("common.learning_objectives" if name == "objectives" else f"common.{name}")
            yield f"{name}.md", partial(self._list, f"{name}.md", name, title, words(f"site.{name}.lead"))
        file, title = "translations.md", words("site.translations.title")
        yield file, partial(self._list, file, "translations", title, self._translations())

    def _of_unit(self, kind: Kind, unit: str) -> tuple[Artifact, ...]:
        told, found = self.tell(self.course, self.context.language, kind, unit), self.course.units(kind)[unit]
        shown = tuple(self._pictures(told))
        return shown if isinstance(found, Page) and found.kind == "notebook" else (*shown, self._unit(told))

    def _translations(self) -> str:
        words, source = self.context.words, self.course.source_language
        if self.context.language == source:
            return words("site.translations.lead_source", where=words.where(source))
        return words("site.translations.lead")

    def _writer(self, address: str) -> Writer:
        return Writer(self.context.words, address, self.roots)

    def _unit(self, found: Document) -> Artifact:
        kind, unit = found.of, found.id
        prose = self.course.prose[kind, unit, self.context.language]
        html = self._writer(page_url(kind, unit))
        first = unit == "home" and kind == "page"
        page = Article(found, html, self.handouts)
        said = {
            "title": found.title,
            "description": found.summary,
            "kind": "home" if first else kind,
            "kind_name": found.name,
            "languages": [code for code in self.course.languages if self.course.text(kind, unit, code)],
            "borrowed": borrowed(prose),
            "contents": [] if first else page.contents(),
            "printed": bool(page.prints()),
        }
        values = {"html": html, "page": page, "document": found}
        if first:
            shown = {"body": self._html("home", **values)}
        else:
            shown = {
                "head": self._head(html, page.kicker, found.title, found.summary, page.chips(), found.changed),
                "body": self._html("unit", **values),
                "tools": self._html("tools", **values),
            }
        return Artifact(file_name(self.course, kind, unit), written(said, shown))

    def _list(self, path: str, template: str, title: str, summary: str, **values: object) -> tuple[Artifact, ...]:
        html = self._writer(re.sub(r"(/index)?\.md$", "/", path))
        said = {
            "title": title,
            "description": summary,
            "kind": template,
            "languages": list(self.course.languages),
        }
        view = Lists(self.course, self.context, html)
        kicker = self._words("about") if template == "translations" else view.course_name()
        shown = {
            "head": self._head(html, kicker, title, summary),
            "body": self._html(template, html=html, view=view, title=title, **values),
        }
        return (Artifact(path, written(said, shown)),)

    def _head(
        self,
        html: Writer,
        kicker: str,
        title: str,
        lead: str,
        chips: Sequence[str] = (),
        changed: Changed | None = None,
    ) -> str:
        """Return what stands at the top of a page."""
        return self._html("head", html=html, kicker=kicker, title=title, lead=lead, chips=chips, changed=changed)

    def _html(self, template: str, **values: object) -> str:
        """Return a part of a page as HTML."""
        made = (
            _environment()
            .get_template(f"{template}.html.jinja")
            .render(
                w=self._words,
                course=self.course,
                roles=ROLES,
                capital=capital,
                reference=reference,
                map=coordination_map,
                figure=figure,
                plain=plain,
                **values,
            )
        )
        return re.sub(r"\n{3,}", "\n\n", made).strip("\n")

    def _words(self, key: str, count: int | None = None, **values: object) -> str:
        """Return interface words of the site, or others for a key such as `common.break` or `handout.print`."""
        name = key if key.startswith(("common.", "handout.")) else f"site.{key}"
        return self.context.words(name, count, **values)

    def _pictures(self, found: Document) -> Iterator[Artifact]:
        for picture in pictures(found):
            if asset := self.course.assets.get(picture.path):
                yield Artifact(page_url(found.of, found.id) + picture.name, _published(asset))


def _published(asset: Asset) -> bytes:
    if not asset.letters:
        return asset.data
    from samspill.render.web.fonts import lettered  # noqa: PLC0415 - a fifth of a second, only for drawings with letters

    return lettered(asset.data, "".join(text for _, text in asset.letters))


def borrowed(prose: Prose) -> dict[str, str]:
    """Return the language of each section that stands in another than its text, by id."""
    return {section.id: section.borrowed for section in prose.sections if section.borrowed}
