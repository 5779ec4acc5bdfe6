"""Rules: what cannot be printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category

from samspill.check.rule import Finding, place, rule
from samspill.model import Course, Source
from samspill.prose import Citation, Code, CodeBlock, Image, Link, Section, Text, plain, section_inlines
from samspill.typeface.glyphs import undrawable, unlettered
from samspill.typeface.glyphs import unprintable as missing_from_fonts

#: How many characters without a font a message names.
MOST = 4
#: What a reference prints of a source, beside its names and its date.
_REFERENCE = (
    "title", "container_title", "event_title", "publisher", "publisher_place", "volume", "issue", "page", "number",
    "edition", "genre", "doi", "isbn", "url", "short",
)  # fmt: skip


def _texts(section: Section) -> Iterator[str]:
    for node in section_inlines(section):
        match node:
            case Text(text) | Code(text):
                yield text
            case Image(_, alternative, _):
                yield alternative
            case Citation(cites):
                yield from (cite.locator for cite in cites)
            case _:
                pass
    for block in section.blocks:
        if isinstance(block, CodeBlock):
            yield block.text


def _addresses(section: Section) -> Iterator[str]:
    for node in section_inlines(section):
        if isinstance(node, Link) and node.target.startswith("https:"):
            yield node.target


_COPIED = "copy it anew from the address bar of your browser"
#: What to do about a character without a font: by what the text is, for letters and for signs.
REMEDIES = {
    "text": ("write it in words", "write it in words"),
    "name": ("write it in Latin letters, as the person or place does", "leave it out"),
    "source": ("write it in Latin letters, as the library catalogue does", "write it in words"),
    "address": (_COPIED, _COPIED),
}


@rule("H001")
def unprintable(course: Course) -> Iterator[Finding]:
    """Every character of a text can be printed in the course's fonts.

    Atkinson Hyperlegible, Spectral and Fira Sans have Latin, Greek and Cyrillic letters; emoji, rare signs and other
    scripts have no shape, and a handout would show an empty box. A name, or the author and title of a source, then
    stands in Latin letters, as its bearer or the library catalogue writes it. A drawing needs Fira Sans.
    """
    for prose in course.prose.values():
        if bad := missing_from_fonts(f"{prose.title} {prose.summary}"):
            yield prose.path, 2, 1, _message(bad), _remedy(bad)
        for section in prose.sections:
            bad, kind = missing_from_fonts("".join(_texts(section))), "text"
            if section.id.startswith("figure."):
                bad = bad or undrawable(plain(section.title))
            if not bad:
                # On paper a link says whose page it leads to.
                bad, kind = missing_from_fonts("".join(_addresses(section))), "address"
            if bad:
                yield prose.path, section.place.line, section.place.column, _message(bad), _remedy(bad, kind)
    for printed in structured(course):
        if bad := (undrawable if printed.drawn else missing_from_fonts)(printed.text):
            yield *place(course, printed.path, *printed.place), _message(bad), _remedy(bad, printed.kind)


@rule("H003")
def unprintable_drawing(course: Course) -> Iterator[Finding]:
    """Every letter in a drawing has a shape in the course's fonts.

    A drawing's letters are set in the course's own typeface, on the web and in print, whatever typeface it was drawn
    with. A sign that this typeface lacks would be an empty box. Turn such a text into paths in your drawing program
    (Inkscape: Path > Object to Path), or write it in words.
    """
    for path, asset in course.assets.items():
        for line, text in asset.letters:
            if bad := unlettered(text):
                yield path, line, 1, f"{_message(bad)} in the drawing", "turn the text into paths, or write words"


def _message(characters: str) -> str:
    """Say which characters have no font; a word in another script has many, and a few show which."""
    few = ", ".join(f"{char} (U+{ord(char):04X})" for char in characters[:MOST])
    return f"no font for {few}" + (f" and {len(characters) - MOST} more" if len(characters) > MOST else "")


def _remedy(characters: str, kind: str = "text") -> str:
    letters, signs = REMEDIES[kind]
    return letters if all(category(char)[0] in "LM" for char in characters) else signs


class Printed(NamedTuple):
    """A text of a YAML file that is printed: its file and place, itself, what it is, and whether a drawing has it."""

    path: str
    place: tuple[str | int, ...]
    text: str
    kind: str = "text"
    drawn: bool = False


def structured(course: Course) -> Iterator[Printed]:
    """Yield the texts of the YAML files that are printed."""
    about = "course/course.yml"
    for language, text in course.about.title.items():
        yield Printed(about, ("title", language), text)
    yield Printed(about, ("publisher",), course.about.publisher, "name")
    for number, objective in enumerate(course.objectives.values()):
        for name in ("short", "statement"):
            for language, text in getattr(objective, name).items():
                yield Printed("course/objectives.yml", ("objectives", number, name, language), text)
    for number, source in enumerate(course.sources.values()):
        for name in _REFERENCE:
            place = ("references", number, Source.model_fields[name].alias or name)
            kind = "address" if name in ("doi", "url") else "source"
            yield Printed("course/sources.yml", place, getattr(source, name) or "", kind)
        for role in ("author", "editor"):
            for index, person in enumerate(getattr(source, role)):
                said = " ".join(filter(None, (person.family, person.particle, person.given, person.literal)))
                yield Printed("course/sources.yml", ("references", number, role, index), said, "source")
    for setting in course.settings.values():
        for language, text in setting.name.items():
            yield Printed(f"course/settings/{setting.country}.yml", ("name", language), text)
        for number, service in enumerate(setting.services):
            for language, forms in service.forms.items():
                path = f"course/settings/{setting.country}.yml"
                for name, text in forms.model_dump().items():
                    # The short form names the service on a map.
                    yield Printed(path, ("services", number, "forms", language, name), text, drawn=name == "bare")
    for case in course.cases.values():
        for key, named in case.names.items():
            path = course.structure_path("case", case.id)
            yield Printed(path, ("names", key, "name"), named.name, "name", drawn=True)
