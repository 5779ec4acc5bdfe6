"""The order of pages in the menu, in MkDocs' form."""

from __future__ import annotations

from typing import Any

from samspill.model import Course, Kind, Page
from samspill.reading.context import PLACES, Context

_LISTS: tuple[Kind, ...] = ("module", "case", "worksheet", "pathway")
#: Lists with no pages of their own below them.
_ALONE = ("countries", "objectives", "glossary", "sources")


def file_name(course: Course, kind: Kind, unit: str) -> str:
    """Return the file of a unit's page, from the root of a language."""
    if kind != "page":
        return f"{PLACES[kind]}/{unit}.md"
    if unit == "home":
        return "index.md"
    page = course.pages[unit]
    return f"{unit}.ipynb" if isinstance(page, Page) and page.kind == "notebook" else f"{unit}.md"


def navigation(course: Course, language: str) -> list[Any]:
    """Return the menu of a language: only what is translated, then the lists and what is about the course."""
    context = Context(course, language)
    words = context.words
    menu: list[Any] = [{words("site.home"): "index.md"}]
    for kind in _LISTS:
        below: list[Any] = [{words(f"common.kinds_plural.{kind}"): f"{PLACES[kind]}/index.md"}]
        below += [
            {context.title(kind, unit): file_name(course, kind, unit)}
            for unit in course.units(kind)
            if context.translated(kind, unit)
        ]
        menu.append({words(f"common.kinds_plural.{kind}"): below})
    menu += [{words(f"common.{name}"): f"{name}.md"} for name in _ALONE]
    about: list[Any] = [
        {context.title("page", unit): file_name(course, "page", unit)}
        for unit in course.pages
        if unit != "home" and context.translated("page", unit)
    ]
    about.append({words("site.translations.title"): "translations.md"})
    menu.append({words("site.about"): about})
    return menu
