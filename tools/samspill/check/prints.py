"""Rules: what cannot be printed."""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, rule
from samspill.model import Course
from samspill.prose import Citation, Code, CodeBlock, Image, Section, Text, section_inlines
from samspill.render.glyphs import undrawable
from samspill.render.glyphs import unprintable as missing_from_fonts


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


@rule("H001")
def unprintable(course: Course) -> Iterator[Finding]:
    """Every character of a text can be printed in the course's fonts.

    Emoji and rare signs have no shape in Spectral or Atkinson Hyperlegible; a handout would show an empty box. A
    name or a label in a drawing needs Atkinson Hyperlegible.
    """
    remedy = "write it in words"

    def message(characters: str) -> str:
        return f"no font for {', '.join(f'{c} (U+{ord(c):04X})' for c in characters)}"

    for prose in course.prose.values():
        if bad := missing_from_fonts(f"{prose.title} {prose.summary}"):
            yield prose.path, 2, 1, message(bad), remedy
        for section in prose.sections:
            missing = undrawable if section.id.startswith("figure.") else missing_from_fonts
            if bad := missing("".join(_texts(section))):
                yield prose.path, section.place.line, section.place.column, message(bad), remedy
    for case in course.cases.values():
        for key, named in case.names.items():
            if bad := undrawable(named.name):
                path = course.structure_path("case", case.id)
                line, column = course.marks.get(path, {}).get(("names", key, "name"), (1, 1))
                yield path, line, column, message(bad), remedy
    for path, place, text, drawn in _structured(course):
        if bad := (undrawable if drawn else missing_from_fonts)(text):
            line, column = course.marks.get(path, {}).get(place, (1, 1))
            yield path, line, column, message(bad), remedy


def _structured(course: Course) -> Iterator[tuple[str, tuple[str | int, ...], str, bool]]:
    """Yield the texts of the YAML files that are printed: file, place, text, and whether it stands in a drawing."""
    for number, objective in enumerate(course.objectives.values()):
        for name in ("short", "statement"):
            for language, text in getattr(objective, name).items():
                yield "course/objectives.yml", ("objectives", number, name, language), text, False
    for number, source in enumerate(course.sources.values()):
        for name in ("title", "container_title", "publisher", "short"):
            key = ("references", number, name.replace("_", "-"))
            yield "course/sources.yml", key, getattr(source, name) or "", False
        for index, author in enumerate(source.author):
            said = " ".join(filter(None, (author.family, author.given, author.literal)))
            yield "course/sources.yml", ("references", number, "author", index), said, False
    for setting in course.settings.values():
        for number, service in enumerate(setting.services):
            for language, forms in service.forms.items():
                path = f"course/settings/{setting.country}.yml"
                for name, text in forms.model_dump().items():
                    # The short form names the service on a map.
                    yield path, ("services", number, "forms", language, name), text, name == "bare"
