"""The texts of the YAML files that are printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from samspill.model import Course, Forms, Source

#: What a reference prints of a source, beside its names and its date.
_REFERENCE = (
    "title", "container_title", "event_title", "publisher", "publisher_place", "volume", "issue", "page", "number",
    "edition", "genre", "doi", "isbn", "url", "short",
)  # fmt: skip


class Printed(NamedTuple):
    """A text of a YAML file that is printed: its file and place, itself, what it is, and whether a drawing has it."""

    path: str
    place: tuple[str | int, ...]
    text: str
    kind: str = "text"
    drawn: bool = False


def printed_texts(course: Course) -> Iterator[Printed]:
    """Yield the texts of the YAML files that are printed."""
    about = "course/course.yml"
    for language, text in course.about.title.items():
        yield Printed(about, ("title", language), text)
    yield Printed(about, ("publisher",), course.about.publisher, "name")
    if course.about.licence:
        yield Printed(about, ("licence", "name"), course.about.licence.name)
    for name in ("fiction", "privacy"):
        for language, text in getattr(course.about, name).items():
            yield Printed(about, (name, language), text)
    for language, text in course.seed.items():
        yield Printed("course/sources.yml", ("seed", language), text)
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
        for number, fact in enumerate(setting.facts):
            for language, text in fact.text.items():
                yield Printed(f"course/settings/{setting.country}.yml", ("facts", number, "text", language), text)
        for number, service in enumerate(setting.services):
            for language, forms in service.forms.items():
                path = f"course/settings/{setting.country}.yml"
                for name in Forms.model_fields:
                    # The short form names the service on a map.
                    at = ("services", number, "forms", language, name)
                    yield Printed(path, at, getattr(forms, name), drawn=name == "bare")
    for case in course.cases.values():
        for key, named in case.names.items():
            path = course.structure_path("case", case.id)
            yield Printed(path, ("names", key, "name"), named.name, "name", drawn=True)
