"""How each language writes, as data: marks, figures, genitives, the order of letters and the terms of a reference list.

It stands in `<language>/grammar.yml`, beside the words of the interface, so that a language is one folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from samspill.languages.entries import BrokenError, entries

#: What is not written yet begins with this word; what follows it serves until then.
TODO = "TODO"
#: The part of the words that asks authors for what they are to write, and so says TODO itself.
ASKING = "skeleton"


@dataclass(frozen=True)
class References:
    """The reference list: a locale of CSL, the order of a date, and terms that the locale lacks.

    `after_day` stands between a day and its month; without it the month comes first.
    """

    locale: str = "en-GB"
    after_day: str | None = None
    comma_before_and: bool = True
    terms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grammar:
    """How one language writes.

    - `quotes`: the primary and the secondary quotation marks: open, close, open, close.
    - `genitive`: what a name takes, and what it takes when it ends in one of the letters `genitive_after`.
    - `leading`, `perhaps`: shortened words that begin with an apostrophe, always and when nothing closes it.
    - `trailing`: a pattern for words whose last letters fell off.
    - `letters`: those after z, in order; `alike`: letters of others and the one that each counts as.
    - `near`: languages in which a whole sentence may well be the same.
    """

    quotes: str = "“”‘’"
    genitive: str = "s"
    genitive_after: str = ""
    genitive_ending: str = ""
    leading: str = "n"
    perhaps: str = "a"
    trailing: str = "ha"
    letters: str = ""
    alike: Mapping[str, str] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    references: References = References()

    def possessive(self, name: str) -> str:
        """Return a name's genitive: `Aina’s`, `Ainas`, `Lars’`."""
        after = name[-1].lower() in self.genitive_after
        return name + (self.genitive_ending if after else self.genitive)


@cache
def grammar(language: str) -> Grammar:
    """Return how a language writes; one without a folder, or without a value that can be used, in the plainest way."""
    file = resources.files(__package__) / language / "grammar.yml"
    try:
        found = dict(entries(file.read_bytes())) if file.is_file() else {}
    except BrokenError:
        found = {}
    return _grammar({key: written(entry.words) for key, entry in found.items() if not wrong(key, entry.words)})


def _grammar(found: Mapping[str, str]) -> Grammar:
    def below(head: str) -> dict[str, str]:
        return {key.removeprefix(head): words for key, words in found.items() if key.startswith(head)}

    references: dict[str, Any] = {k: v for k, v in below("references.").items() if "." not in k}
    if "comma_before_and" in references:
        references["comma_before_and"] = references["comma_before_and"] == "true"
    return Grammar(
        **{key: words for key, words in found.items() if "." not in key},
        alike=below("alike."),
        near=tuple(below("near.").values()),
        references=References(**references, terms=below("references.terms.")),
    )


def _pattern(words: str) -> bool:
    try:
        re.compile(words)
    except re.error:
        return False
    return True


def _locale(words: str) -> bool:
    spec = find_spec("citeproc")
    folders: Iterable[str] = (spec.submodule_search_locations or ()) if spec else ()
    return any((Path(each) / "data" / "locales" / f"locales-{words}.xml").is_file() for each in folders)


#: What each value must be, and what to write when it is not.
_VALUES: dict[str, tuple[Callable[[str], bool], str]] = {
    "quotes": (lambda words: len(words) == 4, "write four marks in one text: open, close, open, close"),
    "genitive": (lambda _: True, ""),
    "genitive_after": (lambda _: True, ""),
    "genitive_ending": (lambda _: True, ""),
    "leading": (_pattern, "write words with | between them"),
    "perhaps": (_pattern, "write words with | between them"),
    "trailing": (_pattern, "write words with | between them"),
    "letters": (lambda _: True, ""),
    "references.locale": (_locale, "write a locale of CSL, such as nb-NO"),
    "references.after_day": (lambda _: True, ""),
    "references.comma_before_and": (lambda words: words in ("true", "false"), "write true or false"),
}
#: Keys that hold tables or lists of their own.
_TABLES = ("alike.", "references.terms.", "near.")


def wrong(key: str, words: str) -> str:
    """Return what to write instead of a value of a grammar that cannot be used, or nothing."""
    if key in _VALUES:
        fits, remedy = _VALUES[key]
        return "" if fits(written(words)) else remedy
    if key.startswith(_TABLES) and key.count(".") == max(head.count(".") for head in _TABLES if key.startswith(head)):
        return "" if words.strip() else "write something, or take it out"
    return f"take it out: there are {', '.join([*_VALUES, 'alike', 'near', 'references.terms'])}"


def written(value: Any) -> Any:
    """Return a value without the marks of what is not written yet: `TODO: Menu` serves as `Menu`."""
    match value:
        case dict():
            return {key: written(inner) for key, inner in value.items()}
        case str() if value.startswith(TODO):
            return value.removeprefix(TODO).removeprefix(":").lstrip()
    return value
