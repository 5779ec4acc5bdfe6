"""Rules about a loaded course, one module a rule.

Such a module has a `CODE`, a function that yields what is wrong (`find` in a course, `in_text` in one text, `in_pair`
in a text and its translation, `in_language` in what the tool itself says), and a docstring that is the rule's page,
printed by `samspill explain CODE`: its first sentence says what is right, its last lines show it right and wrong.
`RULES` is the list; every other module here helps several rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from samspill.check import (
    broken_promise,
    case_minutes,
    citations_differ,
    contrast,
    credit_hours,
    figure_parts,
    first_page,
    item_minutes,
    labels,
    missing_interface,
    missing_section,
    missing_words,
    notebook_cells,
    notebook_sections,
    notebooks,
    part_without_objective,
    reserved_part,
    reserved_unit,
    same_as_source,
    section_not_in_source,
    session_minutes,
    stale_translation,
    surplus_section,
    unknown_actor,
    unknown_citation,
    unknown_link,
    unknown_objective,
    unknown_picture,
    unknown_slot,
    unknown_unit,
    unprintable_drawing,
    unprintable_text,
    unserved_objective,
    untranslated_section,
    untranslated_unit,
    unwritten,
    word_too_wide,
    wrong_key,
)
from samspill.check.memory import Memory
from samspill.check.rule import Rule, rules, spoken
from samspill.check.translations import pairs
from samspill.model import Course
from samspill.problem import Problem
from samspill.prose import Prose

RULES: tuple[Rule, ...] = rules(
    unknown_link,
    unknown_citation,
    unknown_slot,
    unknown_objective,
    unknown_actor,
    unknown_unit,
    unknown_picture,
    missing_section,
    surplus_section,
    wrong_key,
    figure_parts,
    untranslated_unit,
    untranslated_section,
    section_not_in_source,
    stale_translation,
    citations_differ,
    missing_words,
    same_as_source,
    missing_interface,
    unserved_objective,
    part_without_objective,
    broken_promise,
    session_minutes,
    case_minutes,
    item_minutes,
    credit_hours,
    unprintable_text,
    unprintable_drawing,
    first_page,
    reserved_unit,
    reserved_part,
    word_too_wide,
    notebook_cells,
    notebook_sections,
    labels,
    unwritten,
    contrast,
)


def check(course: Course, known: Iterable[Problem] = (), memory: Memory | None = None) -> list[Problem]:
    """Return every problem that the rules find, sorted.

    `known` is what reading found: a file that could not be read is not called untranslated as well. With a `memory`, a
    text that has not changed is not looked at again by the rules about a text alone.
    """
    broken = {problem.path for problem in known}
    found = {problem for each in RULES for problem in each.found(each.in_course, course)}
    memory = memory or Memory()
    for prose in course.prose.values():
        found.update(memory.found(in_text, prose))
    for source, prose in pairs(course):
        found.update(memory.found(in_pair, source, prose))
    for language in spoken(course):
        found.update(memory.found(in_language, language))
    return sorted(problem for problem in found if problem.code != "T001" or problem.path not in broken)


def in_text(prose: Prose) -> Iterator[Problem]:
    """Yield what the rules about one text find in it."""
    for each in RULES:
        yield from each.found(each.in_text, prose)


def in_pair(source: Prose, prose: Prose) -> Iterator[Problem]:
    """Yield what the rules about a text and its translation find in the translation."""
    for each in RULES:
        yield from each.found(each.in_pair, source, prose)


def in_language(language: str) -> Iterator[Problem]:
    """Yield what the rules about the tool's own words find in those of a language."""
    for each in RULES:
        yield from each.found(each.in_language, language)


def documentation() -> dict[str, str]:
    """Return the documentation of every code, those of reading included."""
    from samspill.source.fault import FAULTS  # noqa: PLC0415 - only to explain
    from samspill.source.markdown import fault as _  # noqa: F401, PLC0415 - its faults are then among them

    return dict(sorted({**FAULTS, **notebooks.WHEN_RUN, **{each.code: each.documentation for each in RULES}}.items()))
