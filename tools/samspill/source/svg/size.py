"""The size of a drawing, the frame in which it scales, and the colour behind it."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from lxml import etree

from samspill.source.svg.allowed import MAX_SIDE, SVG

_LENGTH = re.compile(r"\s*([+]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|rem|ex)?\s*")
#: Pixels in a unit.
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_UNITS |= {"em": 16.0, "rem": 16.0, "ex": 8.0}


def size(new: Any) -> tuple[int, int] | None:
    """Return the size of a drawing in pixels, or None when it has none, and give it a frame that scales."""
    view = [float(part) for part in _numbers(new.get("viewBox", ""))]
    given = [_pixels(new.get(side, "")) for side in ("width", "height")]
    if len(view) != 4 or min(view[2:]) <= 0 or not all(map(isfinite, view)):
        view = []
        new.attrib.pop("viewBox", None)
    if given[0] is None and given[1] is None and view:
        given = [view[2], view[3]]
    elif view and None in given:
        # One side given: the other follows the frame.
        ratio = view[2] / view[3]
        given = [given[0] or (given[1] or 0) * ratio, given[1] or (given[0] or 0) / ratio]
    width, height = (max(1, round(side)) if side and isfinite(side) else 0 for side in given)
    if not width or not height:
        return None
    if not view:
        new.set("viewBox", f"0 0 {_number(given[0] or 0)} {_number(given[1] or 0)}")
    if (large := max(width, height)) > MAX_SIDE:
        width, height = (max(1, round(side * MAX_SIDE / large)) for side in (width, height))
    for name in ("x", "y"):
        new.attrib.pop(name, None)
    new.set("width", str(width))
    new.set("height", str(height))
    _ground(new)
    return width, height


def _ground(new: Any) -> None:
    """Turn the colour behind a drawing into a rectangle, which is printed too."""
    colour = new.attrib.pop("background-color", None)
    if colour is None:
        return
    x, y, width, height = _numbers(new.get("viewBox"))
    ground = etree.Element(f"{{{SVG}}}rect")
    for name, value in (("x", x), ("y", y), ("width", width), ("height", height), ("fill", colour)):
        ground.set(name, value)
    new.insert(0, ground)


def _numbers(text: str | None) -> list[str]:
    parts = (text or "").replace(",", " ").split()
    return parts if all(re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", part) for part in parts) else []


def _pixels(text: str) -> float | None:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[found[2] or ""] if found else None


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
