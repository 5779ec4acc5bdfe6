"""The layout of a coordination map: who stands where round the person.

Nodes stand in fixed places; a small search decides who stands where, so that
the ties between them run clear. Everything is deterministic.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from pydantic import TypeAdapter

from samspill.drawing.frame import PERSON, Frame, Node
from samspill.drawing.geometry import Point
from samspill.drawing.routes import Layout, routed
from samspill.reading.memory import remembered

#: How many orders of the nodes are drawn before the best is taken, and how many when none is clean.
TRIED, MOST_TRIED = 2, 40


def lay_out(frame: Frame, labels: dict[str, str], ties: Sequence[tuple[str, str]]) -> Layout:
    """Return the best layout found for labels by id (`person` among them) and ties as pairs of ids."""
    wanted = json.dumps([repr(frame), labels, list(ties)], ensure_ascii=False, sort_keys=True)
    # The order of the labels counts, which sorted keys would hide.
    key = f"{wanted} {list(labels)}"
    found = remembered("map layout", key, lambda: _adapter().dump_json(clearest(frame, labels, ties)).decode())
    return _adapter().validate_json(found)


@cache
def _adapter() -> TypeAdapter[Layout]:
    return TypeAdapter(Layout)


def clearest(frame: Frame, labels: dict[str, str], ties: Sequence[tuple[str, str]]) -> Layout:
    """Return the best layout that the search finds."""
    person = frame.node(PERSON, labels[PERSON])
    nodes = tuple(frame.node(key, label) for key, label in labels.items() if key != PERSON)
    if not nodes:
        return Layout((person,), (), 0.0, True)
    places = frame.places(nodes, person)
    best: Layout | None = None
    for tried, order in enumerate(_orders(nodes, places, ties)[:MOST_TRIED]):
        if best is not None and best.clean and tried >= TRIED:
            break
        placed = (person, *(_placed(node, place) for node, place in zip(order, places, strict=True)))
        layout = routed(frame, placed, ties)
        if best is None or (not layout.clean, layout.cost) < (not best.clean, best.cost):
            best = layout
    assert best is not None
    return best


def _placed(node: Node, place: Point) -> Node:
    return replace(node, box=replace(node.box, x=place[0], y=place[1]))


def _orders(
    nodes: Sequence[Node], places: Sequence[Point], ties: Sequence[tuple[str, str]]
) -> list[tuple[Node, ...]]:
    """Return orders of the nodes round the ring, the most promising first: swaps until none helps."""
    count = len(nodes)
    inner = sorted({tuple(sorted(pair)) for pair in ties if PERSON not in pair})

    def cost(order: tuple[Node, ...]) -> float:
        seat = {node.id: index for index, node in enumerate(order)}
        chords = [tuple(sorted((seat[a], seat[b]))) for a, b in inner]
        crossings = sum(1 for (a, b), (c, d) in combinations(chords, 2) if a < c < b < d or c < a < d < b)
        steps = sum(min(b - a, count - b + a) - 1 for a, b in chords)
        reach = sum(math.dist(places[a], places[b]) for a, b in chords) / 200
        sides = sum(node.box.width * abs(places[seat[node.id]][1]) for node in order) / 40000
        return 5 * crossings + 3 * steps + reach + sides

    seen: dict[tuple[Node, ...], float] = {}
    for turn in range(min(count, 4)):
        order = tuple(nodes[turn:]) + tuple(nodes[:turn])
        here = seen.setdefault(order, cost(order))
        improved = True
        while improved:
            improved = False
            for a, b in combinations(range(count), 2):
                swapped = list(order)
                swapped[a], swapped[b] = swapped[b], swapped[a]
                other = tuple(swapped)
                if other not in seen:
                    seen[other] = cost(other)
                if seen[other] < here - 1e-9:
                    order, here, improved = other, seen[other], True
    return sorted(seen, key=lambda order: (seen[order], [node.id for node in order]))
