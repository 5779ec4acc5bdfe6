"""Pictures beside the text: what is published of each, never the author's own bytes."""

from __future__ import annotations

from dataclasses import dataclass

from samspill.problem import Problem
from samspill.source import fault

#: How the names of pictures end, and the form that such a file has.
FORMS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".svg": "svg"}


@dataclass(frozen=True)
class Picture:
    """A picture as it is published: its bytes, its size in pixels as seen, and the letters of a drawing by line."""

    data: bytes
    size: tuple[int, int]
    letters: tuple[tuple[int, str], ...] = ()


def is_picture(path: str) -> bool:
    """Tell whether a file is named as a picture."""
    return path.lower().endswith(tuple(FORMS))


def read(path: str, data: bytes) -> tuple[Picture | None, list[Problem]]:
    """Return a picture as it is published and what is wrong with it; None when anything is."""
    form = next(form for end, form in FORMS.items() if path.lower().endswith(end))
    if form == "svg":
        from samspill.source import svg  # noqa: PLC0415 - only when there are drawings

        drawing, problems = svg.read(path, data)
        if drawing is None:
            return None, problems
        return Picture(drawing.data, (drawing.width, drawing.height), drawing.letters), problems
    from samspill.source import photo  # noqa: PLC0415

    try:
        found = photo.read(data, form)
    except photo.UnreadableError as why:
        return None, [fault.bad_picture(path, 1, 1, why.why)]
    except photo.UnfitError as why:
        return None, [fault.unfit_picture(path, 1, 1, why.why, why.remedy)]
    return Picture(found.data, (found.width, found.height)), []
