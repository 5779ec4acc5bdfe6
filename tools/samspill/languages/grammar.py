"""How each language writes, as data: marks, figures, genitives, the order of letters and the terms of a reference list.

It stands in `<language>/grammar.yml`, beside the words of the interface, so that a language is one folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

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
    - `decimal`: what stands between whole numbers and decimals.
    - `genitive`: what a name takes, and what it takes when it ends in one of the letters `genitive_after`.
    - `leading`, `perhaps`: shortened words that begin with an apostrophe, always and when nothing closes it.
    - `trailing`: a pattern for words whose last letters fell off.
    - `letters`: those after z, in order; `alike`: letters of others and the one that each counts as.
    - `near`: languages in which a whole sentence may well be the same.
    """

    quotes: str = "“”‘’"
    decimal: str = "."
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

    def number(self, value: float) -> str:
        """Return a number with at most one decimal: `39.5`, `39,5`, `40`."""
        return f"{value:.1f}".removesuffix(".0").replace(".", self.decimal)


@cache
def grammar(language: str) -> Grammar:
    """Return how a language writes; one that has no folder writes in the plainest way."""
    file = resources.files(__package__) / language / "grammar.yml"
    if not file.is_file():
        return Grammar()
    table = written(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))
    references = References(**table.pop("references", {}))
    return Grammar(**{**table, "near": tuple(table.pop("near", ())), "references": references})


def written(value: Any) -> Any:
    """Return a value without the marks of what is not written yet: `TODO: Menu` serves as `Menu`."""
    match value:
        case dict():
            return {key: written(inner) for key, inner in value.items()}
        case list():
            return [written(inner) for inner in value]
        case str() if value.startswith(TODO):
            return value.removeprefix(TODO).removeprefix(":").lstrip()
    return value
