"""Pictures on paper: the bytes of every picture that a sheet shows, as text, and how large it is at most."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from samspill.markup import shape, tag
from samspill.model import Asset, Course

#: Points per pixel: a drawing's pixels are 96 to the inch, and a photo is printed with at least 150.
_DRAWN = 72 / 96
_TAKEN = 72 / 150


def pictures(course: Course, data: object) -> dict[str, Any]:
    """Return the pictures shown anywhere in data by path: each as a drawing, with its full width and height in points.

    The typesetter takes text only. A photo travels as a drawing that holds it, and the press unpacks it again
    without loss; a JPEG goes into the PDF as it is.
    """
    return {path: _printed(course.assets[path]) for path in sorted(set(_shown(data)))}


def _printed(asset: Asset) -> dict[str, Any]:
    width, height = asset.size or (1, 1)
    if asset.path.lower().endswith(".svg"):
        drawing, points = asset.data.decode(), _DRAWN
    else:
        form = "png" if asset.path.lower().endswith(".png") else "jpeg"
        coded = base64.b64encode(asset.data).decode()
        size = {"width": str(width), "height": str(height)}
        held = shape("image", href=f"data:image/{form};base64,{coded}", **size)
        view = f"0 0 {width} {height}"
        drawing = str(tag("svg", held, xmlns="http://www.w3.org/2000/svg", viewBox=view, **size))
        points = _TAKEN
    return {"drawing": drawing, "width": round(width * points, 2), "height": round(height * points, 2)}


def _shown(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        if data.get("is") == "picture":
            yield data["of"]
        for value in data.values():
            yield from _shown(value)
    elif isinstance(data, list):
        for value in data:
            yield from _shown(value)
