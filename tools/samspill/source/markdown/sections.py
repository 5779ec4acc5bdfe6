"""A file of Markdown as prose: its front matter and its sections, each with a digest."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from samspill import prose as p
from samspill.problem import Problem
from samspill.source.digest import digest
from samspill.source.markdown import fault
from samspill.source.markdown.blocks import blocks
from samspill.source.markdown.front_matter import front_matter
from samspill.source.markdown.headings import demoted, heading
from samspill.source.markdown.limits import cut_deep, without_long
from samspill.source.markdown.masked import mask
from samspill.source.markdown.nodes import Node, nodes
from samspill.source.markdown.parser import parser
from samspill.source.markdown.reader import Reader
from samspill.source.markdown.signs import report_signs, report_stretch
from samspill.source.markdown.unwritten import in_body
from samspill.source.typography import typographic


@lru_cache(maxsize=1024)  # a course is read more than once in a process that serves, publishes or tests
def parse(text: str, path: str, language: str) -> tuple[p.Prose, list[Problem]]:
    """Return the prose of one Markdown file and everything wrong with it.

    `path` is relative to the course root and names the file in problems.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, body, offset, problems = front_matter(text, path, language)
    reader = Reader(path, body.split("\n"), offset)
    body = without_long(reader, body)
    lines = reader.lines = body.split("\n")
    tokens = parser(language).parse(body)
    reader.masked, stretches = mask(tokens, lines)
    for stretch in stretches:
        report_stretch(reader, stretch)
    report_signs(reader)
    unwritten = sorted(in_body(reader, stretches), key=lambda each: (each.place.line, each.place.column))
    cut_deep(reader, tokens)
    groups: list[tuple[Node | None, list[Node]]] = [(None, [])]
    for node in nodes(demoted(reader, tokens)):
        if node.type == "heading":
            groups.append((node, []))
        else:
            groups[-1][1].append(node)
    lead = blocks(reader, groups[0][1])
    if lead:
        reader.report(fault.text_before_heading, reader.at(groups[0][1][0]))
    sections: list[p.Section] = []
    seen: set[str] = set()
    level_before = 1
    for index, (opening, inside) in enumerate(groups[1:], 1):
        assert opening is not None
        place = reader.at(opening)
        start = opening.map[0] if opening.map else 0
        following = groups[index + 1][0] if index + 1 < len(groups) else None
        end = following.map[0] if following is not None and following.map else len(lines)
        level = int(opening.tag[1])
        section_id, title = heading(reader, opening, place)
        if level > level_before + 1 or level == 1:
            reader.report(fault.skipped_level, place, level, level_before if level > 1 else 1)
        level_before = max(level, 2)
        if section_id in seen:
            reader.report(fault.duplicate_section, place, section_id)
        below = blocks(reader, inside)
        if section_id and section_id not in seen:
            seen.add(section_id)
            source, headed = "\n".join(lines[start:end]), "\n".join(lines[start : opening.map[1] if opening.map else 0])
            left = tuple(each for each in unwritten if start < each.place.line - offset <= end)
            hashes = {"exact": _sha(source), "headed": _sha(headed)}
            sections.append(p.Section(section_id, level, title, below, place, digest(source), unwritten=left, **hashes))
    first = groups[1][0].map[0] if len(groups) > 1 and groups[1][0] and groups[1][0].map else len(lines)
    above = tuple(each for each in unwritten if each.place.line - offset <= first)
    title_text = typographic(front.get("title", ""), language)
    summary = typographic(front.get("summary", ""), language)
    document = p.Prose(
        path=path,
        language=language,
        title=title_text,
        summary=summary,
        lead=lead,
        sections=tuple(sections),
        front_digest=digest(f"{front.get('title', '')}\n\n{front.get('summary', '')}"),
        translates=tuple(sorted((str(k), str(v)) for k, v in (front.get("translates") or {}).items())),
        unwritten=(*front.get("unwritten", ()), *above),
    )
    return document, problems + reader.problems


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
