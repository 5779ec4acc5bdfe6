"""From the bytes of a file to a tree: UTF-8, well formed, without entities and of bounded size."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from samspill.problem import Problem
from samspill.source import fault
from samspill.source.svg.allowed import ANEW, MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, PLAIN, SVG


class StopError(Exception):
    """A problem after which nothing more can be said about a drawing."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def parsed(path: str, data: bytes) -> Any:
    """Return the tree of a file: UTF-8, well formed, without entities, of bounded size."""

    def stop(line: int, why: str, remedy: str = ANEW) -> StopError:
        return StopError(fault.not_a_drawing(path, line, 1, why, remedy))

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise stop(data[: error.start].count(b"\n") + 1, "is not UTF-8 text", "save it as UTF-8") from error
    declared = re.match(r"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]*)", text)
    # Plain letters are the same in all the encodings of one byte that older programs name.
    alike = "utf-?8|(us-)?ascii" + ("|iso-8859-[0-9]+|latin-?1|windows-125[0-9]" if data.isascii() else "")
    if declared and not re.fullmatch(alike, declared[1], re.IGNORECASE):
        raise stop(1, f'says that it is not UTF-8 but "{declared[1]}"', "save it as UTF-8")
    text = _without_doctype(text, stop)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        strip_cdata=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        words = str(error).partition(", line ")[0]
        if "depth" in words:
            raise stop(line, f"nests deeper than {MAX_DEPTH} levels") from error
        raise stop(line, f"is not well-formed XML: {words}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise stop(root.sourceline, f'is no SVG: it does not begin with <svg xmlns="{SVG}">')
    for sibling in root.itersiblings(preceding=True):
        _refuse_sheet(path, sibling)
    count, level, node = 0, 0, root
    for event, node in etree.iterwalk(root, events=("start", "end", "pi")):
        if event == "start":
            count, level = count + 1, level + 1
            if level > MAX_DEPTH:
                raise stop(node.sourceline, f"nests deeper than {MAX_DEPTH} levels")
            if count > MAX_ELEMENTS:
                raise stop(node.sourceline, f"has more than {MAX_ELEMENTS:,} elements", "draw it more simply")
            if len(node.attrib) > MAX_ATTRIBUTES:
                raise stop(node.sourceline, f"has an element with more than {MAX_ATTRIBUTES} attributes")
        elif event == "end":
            level -= 1
        else:
            _refuse_sheet(path, node)
    return root


def _refuse_sheet(path: str, node: Any) -> None:
    if node.tag is etree.PI and node.target == "xml-stylesheet":
        raise StopError(fault.acting_drawing(path, node.sourceline or 1, 1, "a style sheet from elsewhere", PLAIN))


def _without_doctype(text: str, stop: Callable[[int, str, str], StopError]) -> str:
    """Return the text with its document type blanked out; one that declares anything is refused."""
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        for start, end in (("<?", "?>"), ("<!--", "-->")):
            if text.startswith(start, at):
                found = text.find(end, at + len(start))
                at = len(text) if found < 0 else found + len(end)
                break
        else:
            break
    kind = re.compile(r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+([>\[])").match(text, at)
    if kind is None:
        return text
    if kind[1] == "[":
        remedy = 'export it as "plain SVG" (Illustrator: without "Preserve Illustrator Editing Capabilities")'
        raise stop(text.count("\n", 0, kind.end()) + 1, "declares entities in its document type", remedy)
    return text[:at] + "\n" * kind[0].count("\n") + text[kind.end() :]
