"""How large a drawing is when all that it repeats is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from samspill.source import fault
from samspill.source.svg.allowed import MAX_DEPTH, MAX_WEIGHT
from samspill.source.svg.tree import StopError


def weigh(path: str, root: Any, lines: Mapping[Any, int]) -> None:
    """Refuse what refers to itself, and what would grow without bounds when all references are followed."""
    by_number = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    weights: dict[Any, int] = {}
    open_: set[Any] = set()

    def stop(element: Any, why: str) -> StopError:
        remedy = "draw it more simply, with fewer copies of copies"
        return StopError(fault.undrawn(path, lines.get(element, 1), 1, why, remedy))

    def weight(element: Any, depth: int) -> int:
        if element in weights:
            return weights[element]
        if element in open_:
            raise stop(element, "a part that refers to itself")
        if depth > 3 * MAX_DEPTH:
            raise stop(element, "copies of copies, too many deep")
        open_.add(element)
        total = 1 + len(element.text or "") + len(element.tail or "")
        for below in (*element.iterchildren(etree.Element), *_targets(element, by_number)):
            total += weight(below, depth + 1)
        if total > MAX_WEIGHT:
            raise stop(element, f"copies of copies, more than {MAX_WEIGHT:,} parts")
        open_.discard(element)
        weights[element] = total
        return total

    weight(root, 0)


def _targets(element: Any, by_number: dict[str, Any]) -> Iterator[Any]:
    for name, value in element.attrib.items():
        names = [value[1:]] if name == "href" and value.startswith("#") else re.findall(r"url\(#(p\d+)\)", value)
        for number in names:
            if number in by_number:
                yield by_number[number]
