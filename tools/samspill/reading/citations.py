"""References to the course's sources in APA 7, and how to cite a page of the course.

The references are made by citeproc-py from the CSL style `apa`, in the locale
of the page's language. Values are kept apart from mark-up on the way: italics
come out as private-use marks, and only then become elements around words
that are escaped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from samspill.languages import catalogue
from samspill.markup import Markup, escape, tag
from samspill.model import CourseFile, Kind, Source
from samspill.reading.context import Context, Pieces
from samspill.reading.memory import remembered

#: Private-use characters that stand for the ends of italics, and for angle brackets in values.
OPEN, CLOSE, LESS, MORE = "\ue000", "\ue001", "\ue002", "\ue003"
_ITALICS = re.compile(f"[{OPEN}{CLOSE}]")
_PRIVATE = re.compile("[\ue000-\ue003]")
#: What a path holds as it is, besides letters and figures.
_IN_PATH = "!$&'()*+,;=:@/-._~"
#: CSL variables we use that hold words in the source's own language.
_OWN_WORDS = ("title", "container-title")


def reference(source: Source, language: str) -> Markup:
    """Return a source's reference as HTML, its address a link and its title marked with its own language."""
    marked = _marked(_csl(source, language), language)
    address = _address(source)
    head, found, tail = marked.rpartition(address) if address else (marked, "", "")
    if not found:
        head, tail = marked, ""
    link = tag("a", address, href=_followed(source)) if found else Markup("")
    return _html(head, source, language) + link + _html(tail, source, language)


def reference_text(source: Source, language: str) -> str:
    """Return a source's reference as plain text."""
    return _ITALICS.sub("", _marked(_csl(source, language), language))


def citation(context: Context, kind: Kind, unit: str) -> Pieces:
    """Return how to cite a page in pieces: a title that is not in the page's language is marked.

    The home page stands for the whole course.
    """
    about = context.course.about
    values: dict[str, Any] = {
        "publisher": about.publisher,
        "year": about.released[:4],
        "course": context.course_label,
        "edition": about.edition,
    }
    if kind == "page" and unit == "home":
        return (*context.line("citations.whole", **values), *_licensed(about))
    own = f"citations.what.{kind}"
    what = context.words(own if context.words.has(own) else f"common.kinds.{kind}")
    return (*context.line("citations.part", title=context.label(kind, unit), what=what, **values), *_licensed(about))


def _licensed(about: CourseFile) -> Iterator[str]:
    if about.licence:
        yield f" {about.licence.name}."


def _address(source: Source) -> str:
    return f"https://doi.org/{source.doi}" if source.doi else source.url or ""


def _followed(source: Source) -> str:
    """Return the address to follow: a DOI may hold any character, and stands in an address in per cent form."""
    return f"https://doi.org/{quote(source.doi, safe=_IN_PATH)}" if source.doi else source.url or ""


def _html(marked: str, source: Source, language: str) -> Markup:
    """Return marked text as HTML: marks become `<i>`, and the source's own words `<span lang>`."""
    foreign = source.language if source.language and source.language != language else None
    own = [words for words in (source.title, source.container_title) if foreign and words]
    return _italics(marked, own, foreign)


def _italics(marked: str, own: list[str], foreign: str | None) -> Markup:
    head, opened, rest = marked.partition(OPEN)
    inside, _, tail = rest.partition(CLOSE)
    html = _spoken(head, own, foreign)
    if opened:
        html += tag("i", _spoken(inside, own, foreign)) + _italics(tail, own, foreign)
    return html


def _spoken(text: str, own: list[str], foreign: str | None) -> Markup:
    """Return a text with the first place of each of the source's own words marked with its language."""
    for words in own:
        head, found, tail = text.partition(words)
        if found:
            own.remove(words)
            before = _spoken(head, own, foreign)
            return before + tag("span", words, lang=foreign) + _spoken(tail, own, foreign)
    return escape(_ITALICS.sub("", text))


def _csl(source: Source, language: str) -> str:
    """Return the source's CSL variables as JSON: hashable, and free of what citeproc does not know."""
    ours = {"short", "seen", "remark", "language"}
    known = source.model_dump(by_alias=True, exclude_none=True, exclude=ours)
    data: dict[str, Any] = {key: _clean(value) for key, value in known.items() if value not in ((), {})}
    if source.issued:
        date = source.issued
        parts = [part for part in (date.year, date.month, date.day) if part is not None]
        data["issued"] = {"date-parts": [parts], "circa": date.circa}
    # The style prints laws as American lawyers do, without who made them.
    data["type"] = {"bill": "document", "legislation": "webpage"}.get(source.type, source.type)
    words = catalogue(language)
    if source.genre and words.has(f"citations.genres.{source.genre}"):
        data["genre"] = words(f"citations.genres.{source.genre}")
    # The style's title case is for English titles; these stand as they were published.
    for key in (*_OWN_WORDS, "genre", "publisher"):
        if key in data:
            data[key] = f'<span class="nocase">{data[key]}</span>'
    # APA names a body once when it is both author and publisher (manual, section 9.29).
    if [author.literal for author in source.author] == [source.publisher] and source.publisher:
        del data["publisher"]
    if "event-title" in data:
        data["event"] = data.pop("event-title")
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _clean(value: Any) -> Any:
    """Drop our marks from values, and set angle brackets aside: citeproc would read them as mark-up."""
    match value:
        case str():
            return _PRIVATE.sub("", value).replace("<", LESS).replace(">", MORE)
        case list() | tuple():
            return [_clean(item) for item in value]
        case dict():
            return {key: _clean(item) for key, item in value.items()}
    return value


def _marked(csl: str, language: str) -> str:
    """Return the reference of one source with marks for italics.

    Remembered: citeproc-py searches its whole style for each variable and takes some 20 ms a source.
    """

    def make() -> str:
        from samspill.reading import apa  # noqa: PLC0415 - slow to load, and seldom needed twice

        return apa.typeset(csl, language)

    return remembered(f"citations {language}", csl, make)
