"""The front matter of a file, its title and summary, and other texts that are plain."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from samspill.problem import Problem
from samspill.source.markdown import fault
from samspill.source.markdown.parser import parser
from samspill.source.markdown.reader import Reader
from samspill.source.markdown.signs import report_signs
from samspill.source.markdown.unwritten import in_front
from samspill.source.strict_yaml import YamlError, read

#: Characters of a title or summary.
MAX_FRONT = 1_000


def front_matter(text: str, path: str, language: str) -> tuple[dict[str, Any], str, int, list[Problem]]:
    """Return the front matter of a file, the text below it, the lines above that text and what is wrong so far."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        # Perhaps only the first line of it is missing; then the text begins behind it.
        start = next((n for n, line in enumerate(lines[:20], 1) if line.strip() == "---"), 0)
        start = start if re.match(r"(title|summary|translates):", lines[0]) else 0
        return {}, "\n".join(lines[start:]), start, [fault.no_front_matter(path, 1, 1, "there is none")]
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        # Read on behind what looks like front matter, so that this is the one problem.
        end = next((n for n, line in enumerate(lines) if not line.strip() or line.startswith("#")), len(lines))
        return {}, "\n".join(lines[end:]), end, [fault.no_front_matter(path, 1, 1, "it is never closed")]
    body = "\n".join(lines[end + 1 :])
    try:
        front, marks = read("\n".join(lines[1:end]), path, 2)
    except YamlError as error:
        return {}, body, end + 1, list(error.problems)
    problems: list[Problem] = []
    if not isinstance(front, dict):
        return {}, body, end + 1, [fault.no_front_matter(path, 2, 1, "it is not a mapping")]
    clean: dict[str, Any] = {}
    for key in ("title", "summary"):
        value = front.get(key)
        if not isinstance(value, str) or not value.strip():
            line, column = marks.get((key,), (1, 1))
            other = value is not None and not isinstance(value, str)
            said = ("is read as something else than a text", "put it in quotes") if other else ("is missing or empty",)
            problems.append(fault.no_front_matter(path, line, column, f"{key}: {said[0]}", *said[1:]))
        elif len(value) > MAX_FRONT:
            why = f"{key}: is longer than {MAX_FRONT:,} characters"
            problems.append(fault.no_front_matter(path, *marks[(key,)], why))
        elif "\n" in value.strip():
            why = f"{key}: has several lines, which would become one"
            problems.append(fault.no_front_matter(path, *marks[(key,)], why, "write one sentence or two, without |"))
        else:
            # No-break spaces stay.
            clean[key] = re.sub(r"[ \t\n]+", " ", value).strip(" ")
            problems += plain_text(clean[key], path, *marks[(key,)], key, language)
            clean["unwritten"] = (*clean.get("unwritten", ()), *in_front(key, clean[key], lines[:end], marks[(key,)]))
    translates = front.get("translates") or {}
    if isinstance(translates, dict):
        clean["translates"] = translates
    else:
        problems.append(fault.no_front_matter(path, *marks[("translates",)], "translates: is not a mapping"))
    for key in front:
        if key not in ("title", "summary", "translates"):
            line, column = marks[(key,)]
            problems.append(fault.no_front_matter(path, line, column, f'unknown key "{key}"'))
    return clean, body, end + 1, problems


def plain_text(value: str, path: str, line: int, column: int, key: str, language: str) -> list[Problem]:
    """Report Markdown in a text that is plain, such as a title or a text in YAML: it would stand there as typed."""
    (token,) = parser(language).parseInline(value)
    for span in token.meta["spans"]:
        found = value[span.start : span.end]
        if span.kind in ("backticks", "slot", "citation", "entity", "link", "image", "escape"):
            return [fault.markup_in_front(path, line, column, key, found)]
    for child in token.children or ():
        if child.type in ("em_open", "strong_open"):
            return [fault.markup_in_front(path, line, column, key, child.markup)]
    reader = Reader(path, [value], line - 1, masked=[value])
    report_signs(reader)
    # Neither a link nor a backslash before a sign can be written here.
    remedies = {"M007": "leave it out here, or link to it in a text in Markdown", "M016": "use a space"}
    return [
        replace(problem, column=column, remedy=remedies.get(problem.code, "write plain words"))
        for problem in reader.problems[:1]
    ]
