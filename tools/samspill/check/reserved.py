"""Names that the site, a kind of page or a computer needs itself."""

from __future__ import annotations

import re

from samspill.model import Kind
from samspill.source.tree import DEVICES

#: What stands at the root of a language, beside the pages: lists, what the site is made of, and what servers expect.
_ROOT = {
    **dict.fromkeys(("modules", "cases", "worksheets", "pathways"), "the list of {id} has this address"),
    "countries": "the list of countries has this address",
    "objectives": "the list of learning objectives has this address",
    "glossary": "the glossary has this address",
    "sources": "the list of sources has this address",
    "translations": "the page about translations has this address",
    **dict.fromkeys(("handouts", "assets", "pagefind", "search"), "the site keeps its {id} there"),
    **dict.fromkeys(("index", "404", "sitemap", "robots", "latest", "versions"), "servers of websites use this name"),
}
#: Ids that the theme and the scripts give on every page, and the panels beside the text.
FRAME = frozenset(
    [
        *("top", "content", "menu", "search", "search-title", "search-words"),
        *("samspill-problems", "samspill-behind"),
        *("panel-contents", "panel-print", "panel-objectives", "panel-place", "panel-used", "panel-sources"),
        "panel-cite",
    ]
)
#: Ids that a kind of page gives besides, as patterns.
OWN: dict[str, str] = {
    "module": "",
    "case": r"map|roles|guide\.open|.*\.reveal",
    "worksheet": "form",
    "pathway": "coverage|starts-[0-9]+",
    "page": "",
    "home": "",
    "notebook": "files",
    "objectives": "knowledge|skills|general-competence",
    "glossary": "letter-[0-9a-f]+",
    "sources": "seen-(seed|page|secondary)",
}
#: The part of an id by which a text is kept from participants.
FACILITATOR = "facilitator"


def refusal(kind: Kind, unit: str) -> str | None:
    """Return why a unit of a kind cannot have this id, or None."""
    if unit in DEVICES:
        return f"Windows has no file or folder called {unit}"
    if kind != "page":
        if unit == "index":
            return "the list of all of its kind has this address"
        return "it is the name of the first page" if unit == "home" else None
    reason = _ROOT.get(unit)
    return reason.format(id=unit) if reason else None


def kept(kind: str, name: str) -> bool:
    """Tell whether a page of a kind gives an id itself."""
    return name in FRAME or re.fullmatch(OWN[kind], name) is not None
