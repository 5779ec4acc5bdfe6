"""All pages of a language, one Markdown file each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from samspill.artifact import Artifact, distinct
from samspill.document.passage import capital
from samspill.document.tree import pictures, plain
from samspill.document.unit import document
from samspill.document.whole import Document
from samspill.drawing.figure import figure
from samspill.drawing.map import coordination_map
from samspill.model import ROLES, Asset, Course, Kind, Page
from samspill.prose import Prose
from samspill.reading.citations import reference
from samspill.reading.context import Context, page_url
from samspill.reading.printed import HandoutInfo
from samspill.render.web.article import Article
from samspill.render.web.html import Writer
from samspill.render.web.lists import KINDS, Lists
from samspill.render.web.navigation import file_name

_LISTS: dict[str, Kind] = {
    "modules": "module",
    "cases": "case",
    "worksheets": "worksheet",
    "pathways": "pathway",
}


#: What YAML reads as the end of a line, or not at all, though JSON leaves it as it is.
_UNREAD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def _quoted(value: object) -> str:
    """Return a value as JSON that is the same value in YAML."""
    return _UNREAD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


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
    press = _Press(course, language, handouts, roots or {})
    return distinct(press.all())


class _Press:
    """Prints the pages of one language."""

    def __init__(
        self, course: Course, language: str, handouts: Mapping[str, HandoutInfo], roots: Mapping[str, str]
    ) -> None:
        self.course = course
        self.context = Context(course, language)
        self.handouts = handouts
        self.roots = roots

    def all(self) -> Iterator[Artifact]:
        """Yield the pages of units, the lists and the pictures."""
        for kind in (*KINDS, "page"):
            for unit, found in self.course.units(kind).items():
                prose = self.course.text(kind, unit, self.context.language)
                if prose is None:
                    continue
                told = document(self.course, self.context.language, kind, unit)
                yield from self._pictures(told)
                # A notebook page is made of its notebook; only its pictures are like those of other pages.
                if not (isinstance(found, Page) and found.kind == "notebook"):
                    yield self._unit(told, prose)
        for name, listed in _LISTS.items():
            title = self.context.words(f"common.kinds_plural.{listed}")
            yield self._list(
                f"{name}/index.md", "list", title, self.context.words(f"site.{name}.lead"), kind=listed
            )
        for name in ("countries", "objectives", "glossary", "sources"):
            words = self.context.words
            title = words("common.learning_objectives" if name == "objectives" else f"common.{name}")
            yield self._list(f"{name}.md", name, title, words(f"site.{name}.lead"))
        words = self.context.words
        yield self._list(
            "translations.md", "translations", words("site.translations.title"), self._translations()
        )

    def _translations(self) -> str:
        words, source = self.context.words, self.course.source_language
        if self.context.language == source:
            return words("site.translations.lead_source", where=words.where(source))
        return words("site.translations.lead")

    def _writer(self, address: str) -> Writer:
        return Writer(self.context.words, address, self.roots)

    def _unit(self, found: Document, prose: Prose) -> Artifact:
        kind, unit = found.of, found.id
        html = self._writer(page_url(kind, unit))
        first = unit == "home" and kind == "page"
        meta = {
            "title": found.title,
            "description": found.summary,
            "kind": "home" if first else kind,
            "kind_name": found.name,
            "languages": [code for code in self.course.languages if self.course.text(kind, unit, code)],
            "borrowed": borrowed(prose),
        }
        template = "home" if first else "unit"
        page = Article(found, html, self.handouts)
        return self._page(file_name(self.course, kind, unit), template, meta, html=html, page=page, document=found)

    def _list(self, path: str, template: str, title: str, summary: str, **values: object) -> Artifact:
        html = self._writer(re.sub(r"(/index)?\.md$", "/", path))
        meta = {
            "title": title,
            "description": summary,
            "kind": template,
            "languages": list(self.course.languages),
        }
        view = Lists(self.course, self.context, html)
        return self._page(path, template, meta, html=html, view=view, title=title, summary=summary, **values)

    def _page(self, path: str, template: str, meta: Mapping[str, object], **values: object) -> Artifact:
        front = "".join(f"{key}: {_quoted(value)}\n" for key, value in meta.items() if value)
        body = (
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
        body = re.sub(r"\n{3,}", "\n\n", body).strip("\n")
        return Artifact(path, f"---\n{front}---\n\n{body}\n".encode())

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
