"""Rules: what one part of the course says of another must be there."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from samspill.check.rule import Finding, place, rule
from samspill.model import Case, Course, Kind, Module, Unit, Worksheet, first_sections
from samspill.prose import Citation, Image, Link, Prose, Section, Slot, plain, section_inlines
from samspill.reading.context import Context

#: Characters of a label in a figure.
LABEL = 26
STRUCTURED: tuple[Kind, ...] = ("module", "case", "worksheet", "pathway")


def _each(course: Course) -> Iterator[tuple[Kind, str, Prose, Section]]:
    for (kind, unit, _), prose in course.prose.items():
        for section in prose.sections:
            yield kind, unit, prose, section


@rule("R001")
def unknown_link(course: Course) -> Iterator[Finding]:
    """A link inside the course leads to something that exists.

    `module:id#part` must name a module and one of its sections; `term:id` a glossary entry; `list:cases` a list.
    """
    for _, _, prose, section in _each(course):
        context = Context(course, prose.language)
        for node in section_inlines(section):
            if isinstance(node, Link) and node.target.split(":")[0] in _schemes() and context.link(node.target) is None:
                yield (
                    prose.path,
                    node.place.line,
                    node.place.column,
                    f'link to "{node.target}" leads nowhere',
                    "check the id, or add what it names",
                )


def _schemes() -> tuple[str, ...]:
    return ("module", "case", "worksheet", "pathway", "page", "term", "objective", "source", "list")


@rule("R002")
def unknown_citation(course: Course) -> Iterator[Finding]:
    """A cited source stands in course/sources.yml.

    The same goes for keys under `sources:` in a unit's YAML, in the glossary and in the settings.
    """
    remedy = "add the source to course/sources.yml, or mend the key"
    for _, _, prose, section in _each(course):
        for node in section_inlines(section):
            if isinstance(node, Citation):
                for cite in node.cites:
                    if cite.key not in course.sources:
                        place_ = (prose.path, cite.place.line, cite.place.column)
                        yield *place_, f'source "{cite.key}" is unknown', remedy
    for kind in (*STRUCTURED, "page"):
        for unit_id, unit in course.units(kind).items():
            for index, key in enumerate(getattr(unit, "sources", ())):
                if key not in course.sources:
                    at = place(course, course.structure_path(kind, unit_id), "sources", index)
                    yield *at, f'source "{key}" is unknown', remedy
    for number, term in enumerate(course.terms.values()):
        for index, key in enumerate(term.sources):
            if key not in course.sources:
                at = place(course, "course/glossary.yml", "terms", number, "sources", index)
                yield *at, f'source "{key}" is unknown', remedy
    for country, setting in course.settings.items():
        path = f"course/settings/{country}.yml"
        cited = {"instruments": [i.sources for i in setting.instruments], "facts": [f.sources for f in setting.facts]}
        for name, lists in cited.items():
            for number, keys in enumerate(lists):
                for index, key in enumerate(keys):
                    if key not in course.sources:
                        yield *place(course, path, name, number, "sources", index), f'source "{key}" is unknown', remedy
        for number, service in enumerate(setting.services):
            if service.term and service.term not in course.terms:
                at = place(course, path, "services", number, "term")
                yield *at, f'term "{service.term}" is unknown', "add it to course/glossary.yml, or mend the id"


@rule("R003")
def unknown_slot(course: Course) -> Iterator[Finding]:
    """A slot names something the case has, in a form the language has.

    `{person}`, `{person.age}`, `{person.whose}` and any key of `names:`; `{actor.ID.the}`, `.a`, `.whose` and
    `.bare`, with a capital at the start of a sentence. Outside a case there are no slots.
    """
    for kind, unit, prose, section in _each(course):
        case = course.cases.get(unit) if kind == "case" else None
        context = Context(course, prose.language, case)
        for node in section_inlines(section):
            if not isinstance(node, Slot) or context.slot(node.path) is not None:
                continue
            if not _without_forms(course, case, node.path):
                remedy = _slot_remedy(course, case, node.path, prose.language)
                yield (
                    prose.path,
                    node.place.line,
                    node.place.column,
                    f'slot "{{{node.path}}}" cannot be filled',
                    remedy,
                )


def _slot_remedy(course: Course, case: Case | None, path: str, language: str) -> str:
    if case is None:
        return "slots work in cases only; remove the braces"
    actor = case.actor(path.split(".")[1]) if path.startswith("actor.") else None
    setting = course.settings.get(case.setting)
    service = setting.service(actor.service) if setting and actor and actor.service else None
    if service is not None and language not in service.forms:
        return f'add forms: {language}: to the service "{service.id}" in course/settings/{case.setting}.yml'
    return "use a key of names:, or actor.ID.the with an actor whose service has forms in this language"


def _without_forms(course: Course, case: Case | None, path: str) -> bool:
    """Tell whether a slot names an actor whose service or name is unknown, which is R005's to report."""
    actor = case.actor(path.split(".")[1]) if case and path.startswith("actor.") else None
    if case is None or actor is None:
        return False
    setting = course.settings.get(case.setting)
    known = actor.name in case.names or (setting and actor.service and setting.service(actor.service))
    return not known


@rule("R004")
def unknown_objective(course: Course) -> Iterator[Finding]:
    """An objective that a unit serves or promises stands in course/objectives.yml."""
    for kind in (*STRUCTURED, "page"):
        for unit_id, unit in course.units(kind).items():
            path = course.structure_path(kind, unit_id)
            parts: list[tuple[tuple[str | int, ...], object]] = [((), unit)]
            parts += [(("activities", n), a) for n, a in enumerate(getattr(unit, "activities", ()))]
            parts += [(("prompts", n), p) for n, p in enumerate(getattr(unit, "prompts", ()))]
            for keys, part in parts:
                for name in ("objectives", "rubric", "teaches", "practises", "assesses"):
                    for index, objective in enumerate(getattr(part, name, ())):
                        if objective not in course.objectives:
                            yield (
                                *place(course, path, *keys, name, index),
                                f'objective "{objective}" is unknown',
                                "add it to course/objectives.yml, or mend the id",
                            )


@rule("R005")
def unknown_actor(course: Course) -> Iterator[Finding]:
    """Ties, stages and role cards name actors of the case, and every actor has a service or a name.

    `person` is always an end point, and a tie has two. An actor's service stands in the settings of the country the
    case is set in.
    """
    for case in course.cases.values():
        path = course.structure_path("case", case.id)
        known = {actor.id for actor in case.actors} | {"person"}
        mentioned: list[tuple[tuple[str | int, ...], str]] = []
        for index, tie in enumerate(case.ties):
            mentioned += [(("ties", index, "from"), tie.source), (("ties", index, "to"), tie.target)]
            if tie.source == tie.target:
                at = place(course, path, "ties", index, "to")
                yield *at, f'a tie leads from "{tie.source}" to itself', "name another actor, or person"
        for index, stage in enumerate(case.stages):
            mentioned += [(("stages", index, "actors", n), actor) for n, actor in enumerate(stage.actors)]
        mentioned += [(("roles", index), role) for index, role in enumerate(case.roles)]
        for keys, actor in mentioned:
            if actor not in known:
                at = place(course, path, *keys)
                yield *at, f'actor "{actor}" is unknown', "add it to actors:, or mend the id"
        setting = course.settings.get(case.setting)
        for index, entry in enumerate(case.actors):
            at = place(course, path, "actors", index)
            if (entry.service is None) == (entry.name is None):
                yield *at, f'actor "{entry.id}" needs a service or a name', "give it service: or name:, not both"
            elif entry.service and (setting is None or setting.service(entry.service) is None):
                at = place(course, path, "actors", index, "service")
                remedy = f"add it to course/settings/{case.setting}.yml, or mend the id"
                yield *at, f'service "{entry.service}" is unknown', remedy
            elif entry.name and entry.name not in case.names:
                at = place(course, path, "actors", index, "name")
                yield *at, f'name "{entry.name}" is unknown', "add it to names:, or mend the key"
        if "person" not in case.names:
            yield *place(course, path, "names"), 'names: has no "person"', "add person: {name: …, age: …}"
        for index, prompt in enumerate(case.prompts):
            if case.stage(prompt.stage) is None:
                at = place(course, path, "prompts", index, "stage")
                yield *at, f'stage "{prompt.stage}" is unknown', "name one of the case's stages"


@rule("R006")
def unknown_name(course: Course) -> Iterator[Finding]:
    """Units that name other units (modules, cases, worksheets, pathways, session items) name what exists."""
    remedy = "list it in course/course.yml, or mend the id"

    def unknown(path: str, keys: tuple[str | int, ...], kind: Kind, name: str | None) -> Iterator[Finding]:
        if name is not None and name not in getattr(course.about, f"{kind}s"):
            yield *place(course, path, *keys), f'{kind} "{name}" is unknown', remedy

    for module in course.modules.values():
        path = course.structure_path("module", module.id)
        for index, activity in enumerate(module.activities):
            for number, pathway in enumerate(activity.pathways):
                yield from unknown(path, ("activities", index, "pathways", number), "pathway", pathway)
            yield from unknown(path, ("activities", index, "case"), "case", activity.case)
            yield from unknown(path, ("activities", index, "worksheet"), "worksheet", activity.worksheet)
            yield from unknown(path, ("activities", index, "page"), "page", activity.page)
    for case in course.cases.values():
        path = course.structure_path("case", case.id)
        for number, name in enumerate(case.modules):
            yield from unknown(path, ("modules", number), "module", name)
        for index, prompt in enumerate(case.prompts):
            for number, pathway in enumerate(prompt.pathways):
                yield from unknown(path, ("prompts", index, "pathways", number), "pathway", pathway)
    for pathway_ in course.pathways.values():
        path = course.structure_path("pathway", pathway_.id)
        for index, session in enumerate(pathway_.sessions):
            for number, item in enumerate(session.items):
                if item.use is not None and course.used(item.use) is None:
                    at = place(course, path, "sessions", index, "items", number, "use")
                    use = "write module#activity, case#stage, case#prompt or a worksheet"
                    yield *at, f'"{item.use}" is unknown', use


@rule("R007")
def unknown_picture(course: Course) -> Iterator[Finding]:
    """A picture in the prose lies in the same folder."""
    for _, _, prose, section in _each(course):
        for node in section_inlines(section):
            if isinstance(node, Image) and f"{dirname(prose.path)}/{node.source}" not in course.assets:
                at = (prose.path, node.place.line, node.place.column)
                yield *at, f'picture "{node.source}" is not there', "put it beside the text, or mend the name"


@rule("R008")
def missing_section(course: Course) -> Iterator[Finding]:
    """Everything in a unit's YAML has its section in the source language.

    A stage, prompt, activity, quiz option or field without words would be an empty place on the page.
    """
    for kind in STRUCTURED:
        for unit_id, unit in course.units(kind).items():
            prose = course.text(kind, unit_id, course.source_language)
            if prose is None:
                continue
            for wanted in first_sections(unit):  # type: ignore[arg-type]
                if prose.get(wanted) is None:
                    depth = 0 if wanted.startswith("role.") else wanted.count(".")
                    remedy = f'add "##{"#" * depth} … {{#{wanted}}}"'
                    yield prose.path, 1, 1, f'section "{wanted}" is missing', remedy


@rule("R009")
def surplus_section(course: Course) -> Iterator[Finding]:
    """Every section of a unit's prose belongs to something in its YAML.

    A section of its own would appear nowhere. Sub-sections may be added freely below a known one (`reading.pooled`,
    `guide.safety`), but for a quiz, its questions and answers, the fields of a worksheet and the labels of a figure:
    those are shown with their own words only.
    """
    for kind in STRUCTURED:
        for unit_id, unit in course.units(kind).items():
            prose = course.text(kind, unit_id, course.source_language)
            if prose is None:
                continue
            wanted = set(first_sections(unit))  # type: ignore[arg-type]
            wanted |= {prompt.id for prompt in getattr(unit, "prompts", ())}  # of an unknown stage, R005 says
            closed = tuple(f"{name}." for name in _closed(unit))
            for section in prose.sections:
                at = (prose.path, section.place.line, section.place.column)
                if section.id in wanted:
                    continue
                if section.id.startswith(closed) and section.id.split(".")[1:2] != ["facilitator"]:
                    message = f'section "{section.id}" would be shown nowhere'
                    yield *at, message, "put its words into the section above it"
                elif "." not in section.id or section.id.split(".")[0] not in wanted:
                    message = f'section "{section.id}" belongs to nothing in {kind}.yml'
                    yield *at, message, "mend its id, or add what it is about"


def _closed(unit: Unit) -> Iterator[str]:
    """Yield the sections that are shown with their own words only: what stands below them would be lost."""
    match unit:
        case Module():
            yield from (activity.id for activity in unit.activities if activity.questions)
            yield from (f"figure.{label}" for label in (unit.figure.labels if unit.figure else ()))
        case Worksheet():
            yield from (field.id for field in unit.fields)
        case _:
            pass


@rule("R010")
def wrong_key(course: Course) -> Iterator[Finding]:
    """A quiz has questions, and each right answer is one of the options."""
    for module in course.modules.values():
        path = course.structure_path("module", module.id)
        for index, activity in enumerate(module.activities):
            if (activity.kind == "quiz") != bool(activity.questions):
                at = place(course, path, "activities", index)
                message = f'activity "{activity.id}" and its questions do not fit'
                yield *at, message, "a quiz has questions; nothing else has"
            for number, question in enumerate(activity.questions):
                for key in question.key:
                    if key not in question.options:
                        at = place(course, path, "activities", index, "questions", number, "key")
                        yield *at, f'key "{key}" is not an option', f"use one of {', '.join(question.options)}"


@rule("R011")
def figure_parts(course: Course) -> Iterator[Finding]:
    """A module's figure has the parts its kind draws, with short labels.

    A continuum has 2 to 8 parts, a cycle 3 to 6, levels 2 to 5, a hub 4 to 8 (the first in the middle). A matrix has
    2 to 4 rows and columns instead. A label has at most 26 characters in the source language, to fit on a phone.
    """
    for module in course.modules.values():
        figure = module.figure
        if figure is None:
            continue
        path = course.structure_path("module", module.id)
        low, high = {"continuum": (2, 8), "cycle": (3, 6), "levels": (2, 5), "hub": (4, 8), "matrix": (0, 0)}[
            figure.kind
        ]
        sizes = [("parts", len(figure.parts), low, high)]
        least, most = (2, 4) if figure.kind == "matrix" else (0, 0)
        sizes += [(name, len(getattr(figure, name)), least, most) for name in ("rows", "columns")]
        for name, size, fewest, limit in sizes:
            if not fewest <= size <= limit:
                wanted = f"{fewest} to {limit}" if limit else "none"
                yield *place(course, path, "figure"), f"the figure has {size} {name}", f"a {figure.kind} has {wanted}"
        for label in figure.labels:
            section = course.section("module", module.id, f"figure.{label}", course.source_language)
            if section and len(plain(section.title)) > LABEL:
                at = (course.prose_path("module", module.id, course.source_language), *_at(section))
                yield *at, f'label "{plain(section.title)}" is too long', f"use at most {LABEL} characters"


def _at(section: Section) -> tuple[int, int]:
    return section.place.line, section.place.column
