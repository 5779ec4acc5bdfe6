"""New cases, modules and worksheets: complete, valid skeletons in every language."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Literal

import yaml

from samspill.check.names import refusal
from samspill.languages import catalogue
from samspill.model import FOLDERS, Case, Course, Module, Worksheet, first_sections, is_slug
from samspill.problem import ContentError, UsageError, errors
from samspill.source import load
from samspill.source.load import COURSE_FILE
from samspill.source.strict_yaml import scalar
from samspill.translation import record
from samspill.workspace import make_folder, readable

NewKind = Literal["case", "module", "worksheet"]


def new(root: Path, kind: NewKind, unit: str) -> list[str]:
    """Write a skeleton, list it in course.yml and return the paths written, relative to the root.

    Raises `UsageError` when the id is malformed or taken, `ContentError` when the course cannot be read. What was
    written is read before it counts; when anything fails, nothing is left behind.
    """
    if not is_slug(unit):
        raise UsageError(f'id "{unit}": use lower-case letters, digits and hyphens, a letter or digit first')
    if reason := refusal(kind, unit):
        raise UsageError(f'a {kind} cannot be called "{unit}": {reason}')
    course, problems = load(root)
    if course is None or errors(problems):
        raise ContentError(problems)
    taken = {name for each in FOLDERS for name in course.units(each)}
    folder = root / FOLDERS[kind] / unit
    if unit in taken or folder.exists():
        raise UsageError(f'id "{unit}" is taken: choose another')
    structure = _structure(course, kind, unit)
    course_file = root / COURSE_FILE
    before = course_file.read_bytes()
    after = listed(before.decode("utf-8"), f"{kind}s", unit).encode()
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    make_folder(folder)
    try:
        paths = [folder / f"{kind}.yml"]
        schema = f"# yaml-language-server: $schema={'../' * (FOLDERS[kind].count('/') + 2)}schemas/{kind}.json\n"
        dumped = yaml.dump(structure, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
        paths[0].write_text(schema + dumped, "utf-8")
        models: dict[str, type[Case] | type[Module] | type[Worksheet]]
        models = {"case": Case, "module": Module, "worksheet": Worksheet}
        model = models[kind].model_validate(structure)
        for language in course.languages:
            path = folder / f"{language}.md"
            path.write_text(_prose(kind, model, language), "utf-8")
            paths.append(path)
        for path in paths:
            readable(path)
        course_file.write_bytes(after)
        whole, problems = load(root)
        if whole is None or errors(problems) or unit not in whole.units(kind):
            why = f"{kind}s cannot be added to {COURSE_FILE} as it is written"
            raise UsageError(f"{why}: put {kind}s: [] into it first")
        for language in course.languages[1:]:
            record(root, folder / f"{language}.md")
    except BaseException:
        shutil.rmtree(made[-1], ignore_errors=True)
        course_file.write_bytes(before)
        raise
    return [path.relative_to(root).as_posix() for path in paths]


class _Dumper(yaml.SafeDumper):
    """Writes texts that YAML 1.2 would read as something else in quotes; PyYAML knows only what YAML 1.1 does."""


_Dumper.add_representer(
    str,
    lambda dumper, text: (
        yaml.SafeDumper.represent_str(dumper, text)
        if scalar(text) == text
        else dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
    ),
)


def listed(text: str, key: str, unit: str) -> str:
    """Return course.yml's text with a unit added at the end of a list, everything else as it was."""
    entry = unit if scalar(unit) == unit else f'"{unit}"'
    end = "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r" if "\r" in text else "\n"
    # Where the list stands is for a reader of YAML to say: keys may have quotes, and lists comments.
    found = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = found.value if isinstance(found, yaml.MappingNode) else ()
    node = next((value for name, value in pairs if name.value == key), None)
    if node is None:
        return f"{text.rstrip()}{end}{key}: [{entry}]{end}"
    if not isinstance(node, yaml.SequenceNode):
        raise UsageError(f"{COURSE_FILE}: {key} is no list: write {key}: [{entry}]")
    if node.flow_style:
        at = node.value[-1].end_mark.index if node.value else node.start_mark.index + 1
        gap = "" if node.value or text[at].isspace() or text[at] == "]" else " "
        return text[:at] + (f", {entry}" if node.value else f"{entry}{gap}") + text[at:]
    # Below the last entry and the comment behind it.
    last = node.value[-1].end_mark.index
    at = next((place for place in range(last, len(text)) if text[place] in "\r\n"), len(text))
    return f"{text[:at]}{end}{' ' * node.start_mark.column}- {entry}{text[at:]}"


def _structure(course: Course, kind: NewKind, unit: str) -> dict[str, Any]:
    objective = next(iter(course.objectives), None)
    if objective is None:
        raise UsageError("course/objectives.yml has no objectives yet: write one first")
    serves = {"practises": [objective]}
    if kind == "module":
        return {
            "id": unit,
            "eqf": 6,
            "objectives": [objective],
            "activities": [
                {"id": "reading", "kind": "reading", "minutes": 20, "grouping": "alone", "teaches": [objective]},
                {"id": "discussion", "kind": "discussion", "minutes": 20, "grouping": "groups", **serves},
            ],
        }
    if kind == "worksheet":
        fields = [{"id": "what", "kind": "lines", "lines": 6}, {"id": "next", "kind": "lines", "lines": 6}]
        return {"id": unit, "minutes": 20, "grouping": "groups", **serves, "fields": fields}
    country, setting = next(iter(course.settings.items()), (None, None))
    if country is None or setting is None or len(setting.services) < 2:
        raise UsageError("a case needs a country with two services: write course/settings/no.yml first")
    one, other = setting.services[:2]
    return {
        "id": unit,
        "setting": country,
        "minutes": 30,
        "provenance": {"kind": "fictional", "reviewed": []},
        "objectives": [objective],
        "names": {"person": {"name": "Kim", "age": 40}, "municipality": {"name": "Nybygda"}},
        "actors": [{"id": one.id, "service": one.id}, {"id": other.id, "service": other.id}],
        "ties": [
            {"from": one.id, "to": "person", "kind": "follow-up", "state": "working"},
            {"from": one.id, "to": other.id, "kind": "information", "state": "missing"},
        ],
        "stages": [{"id": "situation", "minutes": 10, "actors": [one.id, other.id]}],
        "roles": [one.id, "person"],
        "prompts": [
            {"id": "question", "stage": "situation", "minutes": 20, "grouping": "groups", "bloom": "analyse", **serves}
        ],
    }


def _prose(kind: NewKind, model: Module | Case | Worksheet, language: str) -> str:
    words = catalogue(language)
    lines = ["---", f"title: {words(f'skeleton.{kind}.title')}", f"summary: {words(f'skeleton.{kind}.summary')}", "---"]
    for section in first_sections(model):
        head, _, rest = section.partition(".")
        last = rest.rsplit(".", 1)[-1] or head
        name = "role" if head == "role" else last
        level = 2 if head == "role" else 2 + section.count(".")
        title = words(f"skeleton.titles.{name}")
        if head == "role":
            title = f"{title}: {{person}}" if rest == "person" else f"{title}: {{actor.{rest}.bare}}"
        text = words("skeleton.situation") if section == "situation" else words("skeleton.text")
        lines += ["", f"{'#' * level} {title} {{#{section}}}", "", text]
    return "\n".join(lines) + "\n"
