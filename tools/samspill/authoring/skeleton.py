"""New cases, modules and worksheets, and beginnings of translations: valid files that say TODO where words are wanted.

What is written stands under another name until it is whole. Whoever is stopped in between runs the same command again.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from samspill.check.reserved import refusal
from samspill.disk.sealed import remove
from samspill.disk.workspace import make_folder, readable
from samspill.languages import Catalogue, available, catalogue
from samspill.model import FOLDERS, Case, Course, Kind, Module, Worksheet, first_sections, is_slug
from samspill.problem import ContentError, UsageError, errors
from samspill.prose import Inline, Prose, Section, Slot, Unwritten, plain
from samspill.reading.context import Context
from samspill.source import load
from samspill.source.edited import with_entry
from samspill.source.load import COURSE_FILE
from samspill.source.markdown import MAX_FRONT, parse
from samspill.source.strict_yaml import scalar

MODELS: dict[Kind, type[Case] | type[Module] | type[Worksheet]]
MODELS = {"case": Case, "module": Module, "worksheet": Worksheet}
#: What a name is until somebody gives one; it can be said in every form.
NAME = "TODO"


def new(root: Path, kind: Kind, unit: str, languages: tuple[str, ...] = ()) -> list[str]:
    """Write a skeleton, list it in course.yml and return the paths written, relative to the root.

    It is written in the source language and in `languages`. Of a unit that is there already, only the texts in
    `languages` are written. Raises `UsageError` when the id is malformed or taken, a language is not the course's or
    has its text, `ContentError` when the course cannot be read. What was written is read before it counts; when
    anything fails, nothing is left behind.
    """
    if not is_slug(unit):
        raise UsageError(f'id "{unit}": use lower-case letters, digits and hyphens, a letter or digit first')
    if reason := refusal(kind, unit):
        raise UsageError(f'a {kind} cannot be called "{unit}": {reason}')
    course, problems = load(root)
    place = f"{FOLDERS[kind]}/{unit}"
    # A folder of this name that nothing lists may be what an earlier run has left.
    if course is None or any(problem.path != place for problem in errors(problems)):
        raise ContentError(problems)
    for language in languages:
        if language not in course.languages[1:]:
            known = ", ".join(course.languages[1:]) or "none"
            raise UsageError(f"the course is not translated to {language}: choose from {known}")
    languages = tuple(dict.fromkeys(languages))
    if unit in course.units(kind) and languages:
        return _begin_translations(root, course, kind, unit, languages)
    if kind not in MODELS:
        raise UsageError(f'no {kind} "{unit}" in {COURSE_FILE}: of a {kind}, samspill new begins translations only')
    taken = {name for each in FOLDERS for name in course.units(each)}
    files = _files(course, kind, unit, languages)
    folder = root / place
    if unit in taken or (folder.exists() and not _left(folder, files)):
        free = [each for each in course.languages if course.text(kind, unit, each) is None]
        more = f", or begin its translation with --language {free[0]}" if free and unit in course.units(kind) else ""
        raise UsageError(f'id "{unit}" is taken: choose another{more}')
    course_file = root / COURSE_FILE
    before = course_file.read_bytes()
    after = listed(before.decode("utf-8"), f"{kind}s", unit).encode()
    made = [each for each in (folder, *folder.parents) if not each.exists()] or [folder]
    partial = folder.with_name(f".{unit}.new")
    try:
        remove(partial)
        make_folder(partial)
        for name, text in files.items():
            (partial / name).write_bytes(text.encode())
            readable(partial / name)
        remove(folder)
        partial.rename(folder)
        _replace(course_file, after)
        whole, problems = load(root)
        if whole is None or errors(problems) or unit not in whole.units(kind):
            why = f"{kind}s cannot be added to {COURSE_FILE} as it is written"
            raise UsageError(f"{why}: put {kind}s: [] into it first")
    except BaseException:
        remove(partial)
        shutil.rmtree(made[-1], ignore_errors=True)
        if course_file.read_bytes() != before:
            _replace(course_file, before)
        raise
    return [f"{place}/{name}" for name in files]


def _begin_translations(root: Path, course: Course, kind: Kind, unit: str, languages: tuple[str, ...]) -> list[str]:
    paths = {language: course.prose_path(kind, unit, language) for language in languages}
    for path in paths.values():
        if (root / path).exists():
            raise UsageError(f"{path} is there already: go on in it (samspill translations {unit} tells what is left)")
    made: list[Path] = []
    try:
        for language, path in paths.items():
            made.append(root / path)
            _replace(root / path, translation(course, kind, unit, language).encode())
        _, problems = load(root)
        if bad := errors(problems):
            raise ContentError(bad)
    except BaseException:
        for file in made:
            remove(file)
        raise
    return list(paths.values())


def _left(folder: Path, files: Mapping[str, str]) -> bool:
    """Tell whether a folder is what a run that was stopped before the unit was listed has left: just these files."""
    if not folder.is_dir() or {path.name for path in folder.iterdir()} != set(files):
        return False
    return all((folder / name).is_file() and (folder / name).read_bytes() == files[name].encode() for name in files)


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that it is there as it was, or whole; it keeps its rights, and a new one is for all to read."""
    partial = path.with_name(f".{path.name}.new")
    try:
        partial.write_bytes(data)
        if path.exists():
            shutil.copymode(path, partial)
        else:
            readable(partial)
        partial.replace(path)
    finally:
        remove(partial)


def _files(course: Course, kind: Kind, unit: str, languages: tuple[str, ...]) -> dict[str, str]:
    """Return the files of a new unit by name."""
    structure = _structure(course, kind, unit)
    schema = f"# yaml-language-server: $schema={'../' * (FOLDERS[kind].count('/') + 2)}schemas/{kind}.json\n"
    dumped = yaml.dump(structure, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    source = course.source_language
    model = MODELS[kind].model_validate(structure)
    text = _prose(kind, model, source)
    files = {f"{kind}.yml": schema + dumped, f"{source}.md": text}
    parsed, _ = parse(text, f"{source}.md", source)
    case = model if isinstance(model, Case) else None
    return files | {f"{language}.md": _translation(course, parsed, case, language) for language in languages}


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
    return with_entry(text, COURSE_FILE, key, unit if scalar(unit) == unit else f'"{unit}"')


def _structure(course: Course, kind: Kind, unit: str) -> dict[str, Any]:
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
        raise UsageError("a case needs a country with two services: write a file of course/settings/ first")
    one, other = setting.services[:2]
    return {
        "id": unit,
        "setting": country,
        "minutes": 30,
        "provenance": {"kind": "fictional", "reviewed": []},
        "objectives": [objective],
        "names": {"person": {"name": NAME, "age": 40}, "municipality": {"name": NAME}},
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


def _prose(kind: Kind, model: Module | Case | Worksheet, language: str) -> str:
    """Return the text of a new unit in the source language; each part says what to write there."""
    words = _words(language)
    lines = _front(words(f"skeleton.{kind}.title"), words(f"skeleton.{kind}.summary"))
    for section in first_sections(model):
        name, who = _named(section)
        level = 2 if who else 2 + section.count(".")
        title = words("skeleton.titles.role", who=who) if who else words(f"skeleton.titles.{name}")
        lines += ["", f"{'#' * level} {title} {{#{section}}}", "", words(f"skeleton.texts.{name}")]
    return "\n".join(lines) + "\n"


def _named(section: str) -> tuple[str, str]:
    """Return what a section's words are called in the catalogue, and the slot of whoever a role card is for."""
    head, _, rest = section.partition(".")
    if head == "role":
        return head, "{person}" if rest == "person" else f"{{actor.{rest}.bare}}"
    return rest.rpartition(".")[2] or head, ""


def _front(title: str, summary: str) -> list[str]:
    # In quotes, since a colon stands behind TODO.
    said = {"title": title, "summary": summary}
    return ["---", *(f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in said.items()), "---"]


def _words(*languages: str) -> Catalogue:
    """Return the words of the first of some languages that has any, or the English ones."""
    return catalogue(next((each for each in languages if each in available()), "en"))


def translation(course: Course, kind: Kind, unit: str, language: str) -> str:
    """Return a text that a translation begins with: every section of the source as it is today, saying TODO.

    It holds no record of what was translated: nothing is.
    """
    source = course.text(kind, unit, course.source_language)
    assert source is not None
    return _translation(course, source, course.cases.get(unit) if kind == "case" else None, language)


def _translation(course: Course, source: Prose, case: Case | None, language: str) -> str:
    words, theirs = _words(language, source.language), _words(source.language)
    context = Context(course, language, case)
    title = "" if _says_todo(source.unwritten, "title") else source.title
    summary = "" if _says_todo(source.unwritten, "summary") else source.summary
    lines = _front(
        _wanted(words("skeleton.translate.title"), title), _wanted(words("skeleton.translate.summary"), summary)
    )
    for section in source.sections:
        heading = "" if _says_todo(section.unwritten, "heading") else _heading(section.title, context)
        said = _standard(section, theirs, words) if heading else None
        said = said or _wanted(words("skeleton.translate.heading"), heading)
        lines += ["", f"{'#' * section.level} {said} {{#{section.id}}}"]
        if section.blocks:
            lines += ["", words("skeleton.translate.text", file=source.path.rpartition("/")[2])]
    return "\n".join(lines) + "\n"


def _says_todo(left: tuple[Unwritten, ...], what: str) -> bool:
    return any(each.what == what for each in left)


def _wanted(what: str, text: str) -> str:
    """Return what is to be translated, followed by the words themselves unless they are none or too many."""
    return f"{what}: {text}" if text and len(what) + len(text) + 2 <= MAX_FRONT else what


def _standard(section: Section, theirs: Catalogue, words: Catalogue) -> str | None:
    """Return a section's heading in the language of the translation, when the interface has it."""
    key = f"skeleton.titles.{_named(section.id)[0]}"
    return words(key) if theirs.has(key) and theirs(key) == plain(section.title) else None


def _heading(title: tuple[Inline, ...], context: Context) -> str:
    """Return a heading's words as Markdown; a slot that the other language cannot fill is left out."""
    return "".join(
        (f"{{{node.path}}}" if context.slot(node.path) is not None else "…")
        if isinstance(node, Slot)
        else re.sub(r"[\\`*_\[\]{}<>#|&]", r"\\\g<0>", plain((node,)))
        for node in title
    )
