"""Which rules of the style sheets an element meets, and which of them wins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from samspill.source.svg.sheets import Part, Rule
from samspill.source.svg.style import UnknownStyleError, Value

#: How many elements may be held to the rules of a drawing's sheets.
MAX_MEETINGS = 200_000


@dataclass(frozen=True)
class _Marks:
    """What a selector can tell an element by."""

    tag: str
    id: str
    classes: frozenset[str]
    root: bool


class Cascade:
    """The rules of a drawing's style sheets, ready to be asked."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._by_key: dict[str, list[Rule]] = {}
        self._left = MAX_MEETINGS
        self._marks: dict[Any, _Marks] = {}
        for rule in rules:
            last = rule.parts[-1]
            key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag
            self._by_key.setdefault(key, []).append(rule)

    def computed(
        self,
        element: Any,
        ancestors: list[Any],
        attributes: dict[str, Value],
        own: Sequence[tuple[str, Value]],
    ) -> dict[str, Value]:
        """Return the properties of an element: attributes, then sheets by weight and order, then its own style."""
        winners: dict[str, tuple[tuple[Any, ...], Value]] = {
            name: ((False,), value) for name, value in attributes.items()
        }

        def claim(rank: tuple[Any, ...], declared: Sequence[tuple[str, Value]]) -> None:
            for name, value in declared:
                full = (value.important, *rank)
                if name not in winners or winners[name][0] <= full:
                    # Won last, written last: a short form takes the place of what stood before it.
                    winners.pop(name, None)
                    winners[name] = (full, value)

        if self._by_key:
            for rule in sorted(self._meeting(element, ancestors), key=lambda rule: (rule.weight, rule.order)):
                claim((0, rule.weight, rule.order), rule.declared)
        claim((1,), own)
        return {name: value for name, (_, value) in winners.items()}

    def _meeting(self, element: Any, ancestors: list[Any]) -> Iterator[Rule]:
        marks = self._marked(element)
        line = [*map(self._marked, ancestors), marks]
        for key in ("*", marks.tag, f"#{marks.id}", *(f".{name}" for name in sorted(marks.classes))):
            for rule in self._by_key.get(key, ()):
                self._left -= 1 if len(rule.parts) == 1 else len(line)
                if self._left < 0:
                    raise UnknownStyleError("style sheets with too many rules for its many elements")
                if _meets(rule.parts, line):
                    yield rule

    def _marked(self, element: Any) -> _Marks:
        if element not in self._marks:
            classes = frozenset((element.get("class") or "").split())
            self._marks[element] = _Marks(
                element.tag.rpartition("}")[2], element.get("id") or "", classes, element.getparent() is None
            )
        return self._marks[element]


def _meets(parts: tuple[Part, ...], line: list[_Marks]) -> bool:
    """Tell whether a selector meets the last of a line of elements, each below the one before."""
    places = [len(line) - 1] if _fits(parts[-1], line[-1]) else []
    for below, part in zip(reversed(parts), reversed(parts[:-1]), strict=False):
        above = [place - 1 for place in places if place] if below.child else range(max(places, default=0))
        places = [place for place in above if _fits(part, line[place])]
    return bool(places)


def _fits(part: Part, marks: _Marks) -> bool:
    return (
        part.tag in ("*", marks.tag)
        and (not part.id or part.id == marks.id)
        and (not part.root or marks.root)
        and part.classes <= marks.classes
    )
