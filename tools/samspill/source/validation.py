"""What the model finds wrong with a YAML file, as problems: each at its place, with what to write instead."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from samspill.model import GROUPED, SAID, SLUG, Marks
from samspill.problem import Problem
from samspill.source import fault

#: What is said of a value, by what pydantic calls its error.
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
    "too_long": "has too many entries",
    "string_too_short": "is empty",
    "finite_number": "should be a number that can be counted to",
}
#: What to write, by the pattern of the model that was missed.
_FORMS = {
    SLUG: "use lower-case letters, digits and hyphens",
    r"^[a-z]{2}$": "use a language code of two letters, such as nb",
    r"^[0-9a-f]{12}$": "take the line out, and run samspill translated, which writes it",
    r"^[0-9]{4}\.[1-9][0-9]?$": 'write year and number in quotes, such as "2026.1"',
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": 'write the day in quotes, such as "2026-11-21"',
    r"^[0-9]{4}(-[0-9]{2}){0,2}$": 'write the month in quotes, such as "2026-11"',
    r"^P([1-9][0-9]{0,2}[DWMY])$": "write P, a number from 1 to 999 and D, W, M or Y: P3W is three weeks",
    r"^https?://[^\s<>\"]+$": "write an address that starts with https://",
    r"^10\.[0-9]{4,9}/[^\s]+$": "write the DOI alone, such as 10.5334/ijic.5606",
    r"^[^\r\n\x00]*$": "write it on one line",
    r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$": "write # and three or six digits from 0 to f, in quotes",
    r"^[a-z0-9-]+\.svg$": "write the name of a drawing beside this file, such as mark.svg",
    r"^[a-z0-9-]+\.ipynb$": "write a file name such as sums.ipynb",
    r"^[a-z0-9][a-z0-9-]*(#[a-z0-9][a-z0-9-]*)?$": "write module#activity, case#stage, case#prompt or a worksheet",
}
#: What pydantic calls a value of another type.
_TYPES = ("string_type", "int_type", "int_parsing", "int_from_float", "float_type", "float_parsing")
#: What is said of a number that is too small or too large, the name of the bound, and what to do.
_LIMITS = {
    "greater_than_equal": ("less than", "ge", "at least"),
    "less_than_equal": ("more than", "le", "at most"),
}


def _mistyped(value: Any, why: str) -> tuple[str, str]:
    """Return what is wrong with a value of another type, and what to do."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]+", value, re.A):
        # YAML has read it as text: too long to count with, or written as no number is.
        if len(value) > 18:
            return "has more digits than can be counted with", "write a number of at most 18 digits"
        if value != str(int(value)):
            return why, f"write {int(value)}"
    return why, "put a text in quotes; write a number without quotes"


def _said(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def schema_problems(error: ValidationError, path: str, marks: Marks) -> list[Problem]:
    """Turn what pydantic found wrong into problems, each at the place of the value in its file."""
    problems = []
    for item in error.errors(include_url=False, include_context=True):
        loc = tuple(step for step in item["loc"] if step not in ("[key]", SAID, GROUPED))
        loc += item.get("ctx", {}).get("at", ())
        known = loc
        while known and known not in marks:
            known = known[:-1]
        line, column = marks.get(known, (1, 1))
        where = ".".join(str(step) for step in loc) or "the file"
        kind = item["type"]
        why = _WHY.get(kind)
        remedy = "see the file's schema in schemas/"
        if kind in ("value_error", "wrong"):
            # One of our own sentences, said by the model.
            why = item["msg"].removeprefix("Value error, ")
            remedy = item["ctx"].get("remedy", "mend the field")
        elif (limit := _LIMITS.get(kind)) is not None:
            bound, most = limit[0], item["ctx"][limit[1]]
            why, remedy = f"{_said(item['input'])} is {bound} {most:g}", f"write {limit[2]} {most:g}"
        elif kind == "too_long" and isinstance(item["input"], str):
            most = item["ctx"]["max_length"]
            why, remedy = f"has {len(item['input'])} characters", f"write at most {most}"
        elif kind == "literal_error":
            why = f"should be one of {item['ctx']['expected']}"
            remedy = "use one of these words"
        elif kind == "string_pattern_mismatch":
            pattern = item["ctx"]["pattern"]
            why = f"{item['input']!r} has the wrong form"
            remedy = _FORMS.get(pattern, f"it must match {pattern}")
        elif kind == "missing":
            remedy = "add it"
        elif kind == "extra_forbidden":
            remedy = "check the spelling, or remove it"
        elif kind in _TYPES:
            why, remedy = _mistyped(item["input"], why or item["msg"])
        problems.append(fault.schema(path, line, column, where, why or item["msg"], remedy))
    return problems
