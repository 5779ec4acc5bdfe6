"""Rules about a loaded course, one module per family.

A rule is a function that takes a course and yields problems; its docstring is
its documentation, printed by `samspill explain CODE`. `RULES` is the list.
"""

from __future__ import annotations

from collections.abc import Iterable

from samspill.check import (
    interface,
    names,
    notebooks,
    objectives,
    prints,
    references,
    times,
    translations,
    unwritten,
    widths,
)
from samspill.check.rule import Rule
from samspill.model import Course
from samspill.problem import Problem

RULES: tuple[Rule, ...] = (
    references.unknown_link,
    references.unknown_citation,
    references.unknown_slot,
    references.unknown_objective,
    references.unknown_actor,
    references.unknown_name,
    references.unknown_picture,
    references.missing_section,
    references.surplus_section,
    references.wrong_key,
    references.figure_parts,
    translations.untranslated,
    translations.missing,
    translations.surplus,
    translations.stale,
    translations.citations_differ,
    translations.words_missing,
    translations.not_translated,
    interface.language_lacks,
    objectives.unserved,
    objectives.without_objective,
    objectives.promise_broken,
    times.session_minutes_fit,
    times.case_minutes,
    times.item_without_minutes,
    times.credit_hours,
    prints.unprintable,
    prints.unprintable_drawing,
    names.first_page,
    names.reserved_unit,
    names.reserved_part,
    widths.too_wide,
    notebooks.notebook_of_ours,
    notebooks.notebook_and_prose_agree,
    unwritten.unwritten,
)


def check(course: Course, known: Iterable[Problem] = ()) -> list[Problem]:
    """Return every problem that the rules find, sorted.

    `known` is what reading found: a file that could not be read is not called untranslated as well.
    """
    broken = {problem.path for problem in known}
    found = {problem for rule in RULES for problem in rule.find(course)}
    return sorted(problem for problem in found if problem.code != "T001" or problem.path not in broken)


def documentation() -> dict[str, str]:
    """Return the documentation of every code, those of reading included."""
    from samspill.source.fault import FAULTS  # noqa: PLC0415 - only to explain

    return dict(sorted({**FAULTS, **notebooks.WHEN_RUN, **{rule.code: rule.documentation for rule in RULES}}.items()))
