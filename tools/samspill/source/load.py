"""Loading a course: from the files below a root to a `Course` and everything wrong on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from samspill.model import (
    FOLDERS,
    RECORD,
    SLUG,
    Asset,
    Case,
    Course,
    CourseFile,
    GlossaryFile,
    Kind,
    Labels,
    LabelsFile,
    LanguageEntry,
    LookFile,
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
    TranslatedFile,
    Unit,
    Wording,
    Worksheet,
    first_sections,
    is_slug,
)
from samspill.problem import Problem, UsageError
from samspill.prose import Prose
from samspill.source import fault, picture
from samspill.source.shelf import Shelf
from samspill.source.strict_yaml import YamlError
from samspill.source.tree import Tree, decoded, read_tree
from samspill.source.validation import schema_problems
from samspill.source.values import Typeset, names_in, repeated_ids, typeset, values
from samspill.source.wording import wordings

M = TypeVar("M", bound=BaseModel)
MODELS: dict[Kind, type[Unit]] = {
    "module": Module,
    "case": Case,
    "worksheet": Worksheet,
    "pathway": Pathway,
    "page": Page,
}
COURSE_FILE, LOOK_FILE = "course/course.yml", "course/look.yml"
_SETTING = re.compile(rf"course/settings/({SLUG[1:-1]})\.yml")
_DATA = re.compile(r"course/data/[a-z0-9][a-z0-9-]*\.csv")


@dataclass
class _Loading:
    """What has been read so far."""

    tree: Tree
    shelf: Shelf
    problems: list[Problem] = field(default_factory=list)
    marks: dict[str, Marks] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    wordings: list[Wording] = field(default_factory=list)
    incomplete: bool = False

    def text(self, path: str) -> str | None:
        """Return a file as text, or None when it is missing or no UTF-8 text (then a problem)."""
        data = self.tree.files.get(path)
        if data is None:
            return None
        found = self.shelf.once((path, data), lambda: decoded(path, data))
        if isinstance(found, str):
            return found
        self.tree.broken.add(path)
        self.problems.append(found)
        return None

    def yaml(self, path: str, model: type[M]) -> M | None:
        """Read one YAML file as a model; None when it is missing or wrong, which is then a problem."""
        result = self._yaml(path, model)
        self.incomplete = self.incomplete or result is None
        return result

    def _yaml(self, path: str, model: type[M]) -> M | None:
        self.used.add(path)
        text = self.text(path)
        if text is None:
            if not self.tree.unread(path):
                of_unit = issubclass(model, Unit)
                self.problems.append(fault.missing_file(path, 1, 1, path.rpartition("/")[2], of_unit))
            return None
        try:
            value, marks, problems, typed = self.shelf.parsed(values, text, path)
        except YamlError as error:
            self.problems += error.problems
            return None
        self.marks[path] = marks
        value = {} if value is None else value
        read = self.shelf.once((path, model, text), lambda: _as_model(path, model, value, marks, typed))
        self.problems += (*problems, *read.problems)
        self.wordings += read.wordings
        return cast(M | None, read.model)

    def prose(self, path: str, language: str, source: Prose | None = None) -> Prose | None:
        """Read one Markdown file; None when there is none.

        In a translation of `source` the levels of headings are those of the source, whichever of them is missing.
        """
        self.used.add(path)
        text = self.text(path)
        if text is None:
            return None
        prose, problems = self.shelf.parsed(_prose_of, text, path, language)
        if source is not None:
            skipped = {section.place.line for section in prose.sections if section.level > 1 and source.get(section.id)}
            problems = [each for each in problems if each.code != "M004" or each.line not in skipped]
        self.problems += problems
        return prose

    def picture(self, path: str, data: bytes) -> Asset:
        """Read one picture; an empty one when it is wrong, which is then a problem."""
        found, problems = self.shelf.parsed(picture.read, path, data)
        self.problems += problems
        return Asset(path, found.data, found.size, found.letters) if found else Asset(path, b"")


@dataclass(frozen=True)
class _Read:
    """What a YAML file holds: a model, or none when something is wrong with it, and its texts."""

    model: BaseModel | None
    problems: tuple[Problem, ...]
    wordings: tuple[Wording, ...] = ()


def _prose_of(text: str, path: str, language: str) -> tuple[Prose, list[Problem]]:
    from samspill.source.markdown import parse  # noqa: PLC0415 - only what is not on the shelf is parsed

    return parse(text, path, language)


def _as_model(
    path: str, model: type[BaseModel], value: Any, marks: Marks, typed: tuple[Typeset, ...]
) -> _Read:
    try:
        made = model.model_validate(typeset(value, typed))
    except ValidationError as error:
        return _Read(None, tuple(schema_problems(error, path, marks)))
    return _Read(made, tuple(_twice(path, value, marks, made)), tuple(wordings(path, value)))


def _twice(path: str, value: Any, marks: Marks, unit: BaseModel) -> Iterator[Problem]:
    """Yield ids that stand twice in one list, or that would be the same section of a unit's text."""
    reported = set()
    for keys, name in repeated_ids(value):
        reported.add(name)
        yield fault.duplicate_id(path, *marks[keys], name)
    if not isinstance(unit, Module | Case | Worksheet | Pathway):
        return
    for section in (section for section, times in Counter(first_sections(unit)).items() if times > 1):
        name = section.rpartition(".")[2]
        # The sections below one that stands twice, `letter.facilitator`, are not named again.
        last = [keys for keys, found in names_in(value) if found == name][-1:]
        if name not in reported and last:
            yield fault.duplicate_id(path, *marks[last[0]], name)


def _by_id(entries: Iterable[Any]) -> dict[str, Any]:
    """Index entries by id, the first of two with the same."""
    table: dict[str, Any] = {}
    for entry in entries:
        table.setdefault(entry.id, entry)
    return table


def load(root: Path, shelf: Shelf | None = None) -> tuple[Course | None, list[Problem]]:
    """Return the course below `root` and every problem met while reading it, sorted.

    A program that loads a course again and again brings its `shelf`: what has not changed is then the same object.

    Every file is read, whatever is wrong with the others. But the course is None when a YAML file or a text in the
    source language cannot be read: rules about it would report consequences, not causes. Raises `UsageError` when
    `root` holds no course at all.
    """
    if not (root / COURSE_FILE).is_file():
        raise UsageError(f"no {COURSE_FILE} below {root}: run samspill in the project's folder, or name it with --root")
    tree = read_tree(root)
    shelf = shelf or Shelf(root)
    loading = _Loading(tree, shelf)
    about = loading.yaml(COURSE_FILE, CourseFile)
    if about is None:
        return None, sorted({*loading.problems, *tree.problems})
    objectives = loading.yaml("course/objectives.yml", ObjectivesFile) or ObjectivesFile(objectives=())
    glossary = loading.yaml("course/glossary.yml", GlossaryFile) or GlossaryFile(terms=())
    sources = loading.yaml("course/sources.yml", SourcesFile) or SourcesFile(references=())
    look = (loading.yaml(LOOK_FILE, LookFile) if _there(tree, LOOK_FILE) else None) or LookFile()
    recorded = _recorded(loading, about.languages)
    units: dict[Kind, dict[str, Unit]] = {kind: {} for kind in MODELS}
    prose: dict[tuple[Kind, str, str], Prose] = {}
    _duplicates(loading, about)
    for kind in MODELS:
        for unit_id in getattr(about, f"{kind}s"):
            if (unit := _unit(loading, kind, unit_id)) is not None:
                units[kind][unit_id] = unit
            _prose(loading, kind, unit_id, about.languages, prose)
        _unlisted(loading, kind, getattr(about, f"{kind}s"))
    labels = _labels(loading, _typed(units["page"], Page))
    settings = _settings(loading, _typed(units["case"], Case))
    assets = _assets(loading)
    if about.mark and f"course/{about.mark}" not in assets:
        loading.problems.append(fault.missing_file(f"course/{about.mark}", 1, 1, "the mark", False))
    if loading.incomplete:
        return None, sorted({*loading.problems, *tree.problems})
    shelf.put_back()
    course = Course(
        about=about,
        objectives=_typed(_by_id(objectives.objectives), Objective),
        terms=_typed(_by_id(glossary.terms), Term),
        sources=_typed(_by_id(sources.references), Source),
        seed=sources.seed,
        look=look.model_dump(by_alias=True, exclude_none=True),
        settings=settings,
        modules=_typed(units["module"], Module),
        cases=_typed(units["case"], Case),
        worksheets=_typed(units["worksheet"], Worksheet),
        pathways=_typed(units["pathway"], Pathway),
        pages=_typed(units["page"], Page),
        prose=prose,
        assets=assets,
        marks=loading.marks,
        wordings=tuple(loading.wordings),
        recorded=recorded,
        labels=labels,
    )
    return course, sorted({*loading.problems, *tree.problems})


def _there(tree: Tree, path: str) -> bool:
    return path in tree.files or tree.unread(path)


T = TypeVar("T")


def _typed(table: Mapping[str, Any], kind: type[T]) -> dict[str, T]:
    return {key: value for key, value in table.items() if isinstance(value, kind)}


def _duplicates(loading: _Loading, about: CourseFile) -> None:
    codes = [entry.code for entry in about.languages]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            line, column = loading.marks[COURSE_FILE].get(("languages", index, "code"), (1, 1))
            loading.problems.append(fault.duplicate_id(COURSE_FILE, line, column, code, "remove one of them"))
    seen: set[str] = set()
    for kind in MODELS:
        for index, unit_id in enumerate(getattr(about, f"{kind}s")):
            if unit_id in seen:
                line, column = loading.marks[COURSE_FILE].get((f"{kind}s", index), (1, 1))
                loading.problems.append(fault.duplicate_id(COURSE_FILE, line, column, unit_id))
            seen.add(unit_id)


def _labels(loading: _Loading, pages: Mapping[str, Page]) -> dict[str, Labels]:
    """Read what the notebooks print; one that prints nothing in words has no file."""
    paths = {page.id: f"{FOLDERS['page']}/{page.id}/labels.yml" for page in pages.values() if page.kind == "notebook"}
    found = {page: loading.yaml(path, LabelsFile) for page, path in paths.items() if _there(loading.tree, path)}
    return {page: file.labels for page, file in found.items() if file}


def _settings(loading: _Loading, cases: Mapping[str, Case]) -> dict[str, Setting]:
    """Read the countries, in the order in which the cases come to them; where no case is set stands last, by name."""
    there = {found[1] for path in loading.tree.files if (found := _SETTING.fullmatch(path))}
    reached = [case.setting for case in cases.values() if case.setting in there]
    countries = dict.fromkeys((*reached, *sorted(there)))
    return {country: setting for country in countries if (setting := _setting(loading, country))}


def _setting(loading: _Loading, country: str) -> Setting | None:
    path = f"course/settings/{country}.yml"
    setting = loading.yaml(path, Setting)
    if setting is not None and setting.country != country:
        at = loading.marks[path].get(("country",), (1, 1))
        loading.problems.append(fault.wrong_id(path, *at, setting.country, country, "country", "file"))
    return setting


def _recorded(
    loading: _Loading, languages: tuple[LanguageEntry, ...]
) -> dict[str, Mapping[str, Mapping[str, str]]]:
    """Read what is recorded of the texts in YAML in each language but the source's; no file is an empty record."""
    found: dict[str, Mapping[str, Mapping[str, str]]] = {}
    for entry in languages[1:]:
        path = RECORD.format(entry.code)
        if _there(loading.tree, path):
            record = loading.yaml(path, TranslatedFile)
            found[entry.code] = record.texts if record else {}
    return found


def _unit(loading: _Loading, kind: Kind, unit_id: str) -> Unit | None:
    path = f"{FOLDERS[kind]}/{unit_id}/{kind}.yml"
    if kind == "page" and path not in loading.tree.files:
        return Page(id=unit_id)
    unit = loading.yaml(path, MODELS[kind])
    if unit is not None and unit.id != unit_id:
        line, column = loading.marks[path].get(("id",), (1, 1))
        loading.problems.append(fault.wrong_id(path, line, column, unit.id, unit_id))
        unit = unit.model_copy(update={"id": unit_id})
    if isinstance(unit, Page) and unit.notebook:
        notebook = f"{FOLDERS[kind]}/{unit_id}/{unit.notebook}"
        if notebook not in loading.tree.files and not loading.tree.unread(notebook):
            loading.problems.append(fault.missing_file(notebook, 1, 1, "the notebook"))
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
        text = loading.prose(path, entry.code, prose.get((kind, unit_id, languages[0].code)) if number else None)
        if text is not None:
            prose[kind, unit_id, entry.code] = text
        elif number == 0:
            loading.incomplete = True
            if not loading.tree.unread(path):
                loading.problems.append(fault.missing_file(path, 1, 1, f"the text in {entry.name}"))


def _unlisted(loading: _Loading, kind: Kind, listed: tuple[str, ...]) -> None:
    for name in loading.tree.folders(FOLDERS[kind]):
        if name not in listed:
            what = name if is_slug(name) else name[:64]
            loading.problems.append(fault.unlisted(f"{FOLDERS[kind]}/{name}", 1, 1, kind, what))
            loading.used.update(p for p in loading.tree.files if p.startswith(f"{FOLDERS[kind]}/{name}/"))


def _assets(loading: _Loading) -> dict[str, Asset]:
    # A picture that is there but wrong is one problem: the text that shows it is not another.
    assets = {path: Asset(path, b"") for path in loading.tree.broken if picture.is_picture(path)}
    for path, data in loading.tree.files.items():
        if path in loading.used:
            continue
        if picture.is_picture(path):
            assets[path] = loading.picture(path, data)
        elif _DATA.fullmatch(path) or path.lower().endswith(".ipynb"):
            if path.endswith(".csv"):
                loading.text(path)  # what is wrong with it is then known
            assets[path] = Asset(path, data)
        else:
            loading.problems.append(fault.unexpected_file(path, 1, 1))
    return assets
