"""Loading a course: from the files below a root to a `Course` and everything wrong on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from samspill.model import (
    FOLDERS,
    Asset,
    Case,
    Course,
    CourseFile,
    GlossaryFile,
    Kind,
    LanguageEntry,
    Marks,
    Module,
    Objective,
    ObjectivesFile,
    Page,
    Pathway,
    Setting,
    Source,
    SourcesFile,
    Term,
    Unit,
    Worksheet,
    is_slug,
)
from samspill.problem import Problem, UsageError
from samspill.prose import Prose
from samspill.source import fault, markdown
from samspill.source.strict_yaml import YamlError, read
from samspill.source.tree import PICTURES, Tree, read_tree

M = TypeVar("M", bound=BaseModel)
MODELS: dict[Kind, type[Unit]] = {
    "module": Module,
    "case": Case,
    "worksheet": Worksheet,
    "pathway": Pathway,
    "page": Page,
}
COURSE_FILE = "course/course.yml"


@dataclass
class _Loading:
    """What has been read so far."""

    tree: Tree
    problems: list[Problem] = field(default_factory=list)
    marks: dict[str, Marks] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def yaml(self, path: str, model: type[M], **more: Any) -> M | None:
        """Read one YAML file as a model; None when it is missing or wrong, which is then a problem."""
        self.used.add(path)
        text = self.tree.text(path)
        if text is None:
            if path not in self.tree.broken:
                self.problems.append(fault.missing_file(path, 1, 1, path))
            return None
        try:
            value, marks = read(text, path)
        except YamlError as error:
            self.problems.append(error.problem)
            return None
        self.marks[path] = marks
        if value is None:
            value = {}
        try:
            return model.model_validate(value | more if isinstance(value, dict) else value)
        except ValidationError as error:
            self.problems += schema_problems(error, path, marks)
            return None

    def prose(self, path: str, language: str) -> Prose | None:
        """Read one Markdown file; None when there is none."""
        self.used.add(path)
        text = self.tree.text(path)
        if text is None:
            return None
        prose, problems = markdown.parse(text, path, language)
        self.problems += problems
        return prose

    def ids(self, path: str, key: str, entries: Iterable[Any]) -> dict[str, Any]:
        """Index entries by id; a second entry with one id is a problem."""
        table: dict[str, Any] = {}
        for index, entry in enumerate(entries):
            if entry.id in table:
                line, column = self.marks[path].get((key, index, "id"), (1, 1))
                self.problems.append(fault.duplicate_id(path, line, column, entry.id))
            table.setdefault(entry.id, entry)
        return table


def load(root: Path) -> tuple[Course | None, list[Problem]]:
    """Return the course below `root` and every problem met while reading it, sorted.

    The course is None when course.yml itself cannot be read. A unit whose YAML is wrong is left out, so that rules
    about the rest can still run. Raises `UsageError` when `root` holds no course at all.
    """
    if not (root / COURSE_FILE).is_file():
        raise UsageError(f"no {COURSE_FILE} below {root}: run samspill in the project's folder, or name it with --root")
    tree = read_tree(root)
    loading = _Loading(tree)
    about = loading.yaml(COURSE_FILE, CourseFile)
    if about is None:
        return None, sorted({*loading.problems, *tree.problems})
    objectives = loading.yaml("course/objectives.yml", ObjectivesFile) or ObjectivesFile(objectives=())
    glossary = loading.yaml("course/glossary.yml", GlossaryFile) or GlossaryFile(terms=())
    sources = loading.yaml("course/sources.yml", SourcesFile) or SourcesFile(references=())
    settings = {
        country: setting
        for country in ("no", "dk", "se")
        if f"course/settings/{country}.yml" in tree.files
        and (setting := loading.yaml(f"course/settings/{country}.yml", Setting))
    }
    units: dict[Kind, dict[str, Unit]] = {kind: {} for kind in MODELS}
    prose: dict[tuple[Kind, str, str], Prose] = {}
    _duplicates(loading, about)
    for kind in MODELS:
        for unit_id in getattr(about, f"{kind}s"):
            if (unit := _unit(loading, kind, unit_id)) is not None:
                units[kind][unit_id] = unit
            _prose(loading, kind, unit_id, about.languages, prose)
        _unlisted(loading, kind, getattr(about, f"{kind}s"))
    assets = _assets(loading, about)
    course = Course(
        about=about,
        objectives=_typed(loading.ids("course/objectives.yml", "objectives", objectives.objectives), Objective),
        terms=_typed(loading.ids("course/glossary.yml", "terms", glossary.terms), Term),
        sources=_typed(loading.ids("course/sources.yml", "references", sources.references), Source),
        settings=settings,
        modules=_typed(units["module"], Module),
        cases=_typed(units["case"], Case),
        worksheets=_typed(units["worksheet"], Worksheet),
        pathways=_typed(units["pathway"], Pathway),
        pages=_typed(units["page"], Page),
        prose=prose,
        assets=assets,
        marks=loading.marks,
    )
    return course, sorted({*loading.problems, *tree.problems})


T = TypeVar("T")


def _typed(table: Mapping[str, Any], kind: type[T]) -> dict[str, T]:
    return {key: value for key, value in table.items() if isinstance(value, kind)}


def _duplicates(loading: _Loading, about: CourseFile) -> None:
    seen: set[str] = set()
    for kind in MODELS:
        for index, unit_id in enumerate(getattr(about, f"{kind}s")):
            if unit_id in seen:
                line, column = loading.marks[COURSE_FILE].get((f"{kind}s", index), (1, 1))
                loading.problems.append(fault.duplicate_id(COURSE_FILE, line, column, unit_id))
            seen.add(unit_id)


def _unit(loading: _Loading, kind: Kind, unit_id: str) -> Unit | None:
    path = f"{FOLDERS[kind]}/{unit_id}/{kind}.yml"
    if kind == "page" and path not in loading.tree.files:
        return Page(id=unit_id)
    unit = loading.yaml(path, MODELS[kind])
    if unit is not None and unit.id != unit_id:
        line, column = loading.marks[path].get(("id",), (1, 1))
        loading.problems.append(fault.wrong_id(path, line, column, unit.id, unit_id))
        unit = unit.model_copy(update={"id": unit_id})
    return unit


def _prose(
    loading: _Loading,
    kind: Kind,
    unit_id: str,
    languages: tuple[LanguageEntry, ...],
    prose: dict[tuple[Kind, str, str], Prose],
) -> None:
    for number, entry in enumerate(languages):
        path = f"{FOLDERS[kind]}/{unit_id}/{entry.code}.md"
        text = loading.prose(path, entry.code)
        if text is not None:
            prose[kind, unit_id, entry.code] = text
        elif number == 0 and path not in loading.tree.broken:
            loading.problems.append(fault.missing_file(path, 1, 1, f"the prose in {entry.name}"))


def _unlisted(loading: _Loading, kind: Kind, listed: tuple[str, ...]) -> None:
    for name in loading.tree.folders(FOLDERS[kind]):
        if name not in listed:
            what = name if is_slug(name) else name[:64]
            loading.problems.append(fault.unlisted(f"{FOLDERS[kind]}/{name}", 1, 1, kind, what))
            loading.used.update(p for p in loading.tree.files if p.startswith(f"{FOLDERS[kind]}/{name}/"))


def _assets(loading: _Loading, about: CourseFile) -> dict[str, Asset]:
    assets: dict[str, Asset] = {}
    for path, data in loading.tree.files.items():
        if path in loading.used:
            continue
        if path.startswith("course/data/") or path.lower().endswith((*PICTURES, ".ipynb")):
            assets[path] = Asset(path, data, loading.tree.sizes.get(path))
        elif path.endswith("/page.yml"):
            continue
        else:
            loading.problems.append(fault.unexpected_file(path, 1, 1))
    return assets


_WHY = {
    "missing": "is missing",
    "extra_forbidden": "is not a known field",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_from_float": "should be a whole number",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "string_type": "should be a text",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "tuple_type": "should be a list",
    "dict_type": "should be a mapping",
    "model_type": "should be a mapping",
    "too_short": "has too few entries",
}


def schema_problems(error: ValidationError, path: str, marks: Marks) -> list[Problem]:
    """Turn what pydantic found wrong into problems, each at the place of the value in its file."""
    problems = []
    for item in error.errors(include_url=False, include_context=True):
        loc = tuple(step for step in item["loc"] if not (isinstance(step, str) and step == "[key]"))
        known = loc
        while known and known not in marks:
            known = known[:-1]
        line, column = marks.get(known, (1, 1))
        where = ".".join(str(step) for step in loc) or "the file"
        kind = item["type"]
        why = _WHY.get(kind)
        remedy = "see the file's schema in schemas/"
        if kind == "literal_error":
            why = f"should be one of {item['ctx']['expected']}"
            remedy = "use one of these words"
        elif kind == "string_pattern_mismatch":
            pattern = item["ctx"]["pattern"]
            why = f"{item['input']!r} has the wrong form"
            remedy = (
                "use lower-case letters, digits and hyphens"
                if pattern.startswith("^[a-z0-9]")
                else f"it must match {pattern}"
            )
        elif kind == "missing":
            remedy = "add it"
        elif kind == "extra_forbidden":
            remedy = "check the spelling, or remove it"
        elif kind in ("string_type", "int_type", "int_parsing", "int_from_float"):
            remedy = "put a text in quotes; write a number without quotes"
        problems.append(fault.schema(path, line, column, where, why or item["msg"], remedy))
    return problems
