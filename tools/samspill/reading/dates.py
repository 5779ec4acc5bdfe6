"""Dates as each language writes them."""

from __future__ import annotations

from datetime import date
from functools import cache

from samspill.languages import grammar


@cache
def written(text: str, language: str) -> str:
    """Return a date as it is written: `2011` → `2011`, `2011-12` → `December 2011`, `2011-12-05` → `5 December 2011`.

    A language that CLDR does not know gets the figures as they are.
    """
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return text
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - slow to load, and few pages have a date
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415

    # The grammar says which of several countries the language is written as in: a British date has its day first.
    known = grammar(language).references.locale
    try:
        locale = Locale.parse(known if known.startswith(f"{language}-") else language, sep="-")
    except UnknownLocaleError:
        return text
    month, day = (*rest, 1)[:2]
    if len(rest) > 1:
        return str(format_date(date(year, month, day), "long", locale))
    return str(format_skeleton("yMMMM", date(year, month, day), locale=locale))
