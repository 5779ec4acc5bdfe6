"""How a language counts and writes numbers: as CLDR has it, through Babel."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

#: The forms that words may take with a number, in the order of CLDR; every language has the last.
FORMS = ("zero", "one", "two", "few", "many", "other")

#: Among these each language has all its forms for whole numbers up to a thousand: its rules go by the last two digits.
_COUNTS = (*range(201), 1000)


@cache
def _locale(language: str) -> Locale:
    """Return what CLDR knows of a language; one that it does not know counts as English does."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only where something is counted

    try:
        return Locale(language)
    except UnknownLocaleError:
        return Locale("en")


@cache
def forms(language: str) -> tuple[str, ...]:
    """Return the forms that words take with whole numbers in a language: `one`, `other`."""
    found = {form(language, count) for count in _COUNTS}
    return tuple(name for name in FORMS if name in found or name == "other")


def form(language: str, count: int) -> str:
    """Return the form that words take with a number: `one` for 1 in English."""
    return str(_locale(language).plural_form(count))


def number(language: str, value: float) -> str:
    """Return a number with at most one decimal in a language's own figures: `39.5`, `39,5`, `40`."""
    from babel.numbers import format_decimal  # noqa: PLC0415 - as above

    return format_decimal(round(value, 1), locale=_locale(language), group_separator=False)
