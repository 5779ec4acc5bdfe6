"""Style sheets and style attributes, read into rules and declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from samspill.source.svg.style import UnknownStyleError, Value, bounded

#: Rules of a drawing's sheets.
MAX_RULES = 2_000


@dataclass(frozen=True)
class Part:
    """One step of a selector: a tag (or "*"), an id and classes; `child` when directly below the step before."""

    tag: str
    id: str
    classes: frozenset[str]
    root: bool
    child: bool


@dataclass(frozen=True)
class Rule:
    """A rule of a sheet: a selector from the outside in, its weight and place, and its declarations."""

    parts: tuple[Part, ...]
    weight: tuple[int, int, int]
    order: int
    declared: tuple[tuple[str, Value], ...]


def declarations(text: str) -> list[tuple[str, Value]]:
    """Return the declarations of a style attribute in order."""
    if not re.search(r"[()\"'\\/*@!{}]", text):
        pairs = (part.partition(":") for part in text.split(";"))
        return [(name.strip().lower(), Value(" ".join(value.split()))) for name, colon, value in pairs if colon]
    bounded(text)
    return list(_declared(tinycss2.parse_declaration_list(text, skip_comments=True)))


def _declared(nodes: Sequence[Any]) -> Iterator[tuple[str, Value]]:
    for node in nodes:
        if node.type == "declaration":
            said = " ".join(tinycss2.serialize(node.value).split())
            yield node.lower_name, Value(said, important=node.important)
        elif node.type == "at-rule":
            raise UnknownStyleError(f"@{node.at_keyword} in a style")


def rule_sheet(text: str, before: int) -> tuple[list[Rule], list[tuple[int, UnknownStyleError]]]:
    """Return the rules of a style sheet and what in it cannot be carried over, with lines; `before` counts rules."""
    rules: list[Rule] = []
    problems: list[tuple[int, UnknownStyleError]] = []
    try:
        bounded(text)
    except UnknownStyleError as why:
        return [], [(1, why)]
    for node in tinycss2.parse_stylesheet(text, skip_comments=True):
        try:
            if node.type == "at-rule":
                _at_rule(node.lower_at_keyword)
            elif node.type == "qualified-rule":
                declared = tuple(_declared(tinycss2.parse_declaration_list(node.content)))
                for parts, weight in _selectors(node.prelude):
                    rules.append(Rule(parts, weight, before + len(rules), declared))
                if before + len(rules) > MAX_RULES:
                    raise UnknownStyleError(f"more than {MAX_RULES:,} rules in its style sheets")
        except UnknownStyleError as why:
            problems.append((node.source_line, why))
    return rules[:MAX_RULES], problems


def _at_rule(name: str) -> None:
    if name in ("import", "keyframes", "-webkit-keyframes"):
        raise UnknownStyleError(f"@{name} in its style sheet", acts=True)
    if name not in ("font-face", "charset", "namespace", "page"):
        raise UnknownStyleError(f"@{name} in its style sheet")


def _selectors(prelude: Sequence[Any]) -> Iterator[tuple[tuple[Part, ...], tuple[int, int, int]]]:
    """Yield the selectors of a rule; those that only answer to a pointer are left out."""
    groups: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    for group in groups:
        said = tinycss2.serialize(group).strip()
        if re.search(r":(hover|focus|active|visited|target)\b", said):
            continue
        parts = _parts(said)
        ids = sum(bool(part.id) for part in parts)
        classes = sum(len(part.classes) + part.root for part in parts)
        yield parts, (ids, classes, sum(part.tag != "*" for part in parts))


_STEP = re.compile(r"\s*(>?)\s*((?:[a-zA-Z][\w-]*|\*)?)((?:[.#][\w-]+|:root)*)")


def _parts(said: str) -> tuple[Part, ...]:
    found: list[Part] = []
    at = 0
    while at < len(said):
        step = _STEP.match(said, at)
        if not step or step.end() == at or not (step[2] or step[3]) or len(found) > 5:
            raise UnknownStyleError(f'the selector "{said[:40]}" in its style sheet')
        marks = re.findall(r"[.#][\w-]+|:root", step[3])
        ids = [mark[1:] for mark in marks if mark[0] == "#"]
        classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
        found.append(Part(step[2] or "*", "".join(ids[:1]), classes, ":root" in marks, step[1] == ">"))
        at = step.end()
    if not found:
        raise UnknownStyleError("a rule without a selector in its style sheet")
    return tuple(found)
