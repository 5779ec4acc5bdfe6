"""A module's figure has the parts its kind draws, with short labels.

A continuum has 2 to 8 parts, a cycle 3 to 6, levels 2 to 5, a hub 4 to 8 (the first in the middle). A matrix has
2 to 4 rows and columns instead. A label has at most 26 characters in the source language, to fit on a phone.

Given, in course/modules/waiting/en.md:

    ## From one to many {#figure}

    Work is shared more and more.

    ### Alone {#figure.alone}

    Each for oneself.

    ### Together {#figure.together}

    At one table.

Right, in course/modules/waiting/module.yml:

    figure: {kind: continuum, parts: [alone, together]}

Wrong, in course/modules/waiting/module.yml:

    figure: {kind: cycle, parts: [alone, together]}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course
from samspill.prose import Section, plain

CODE = "R011"
#: Characters of a label in a figure.
LABEL = 26


def find(course: Course) -> Iterator[Finding]:
    """Yield each number of parts that a figure cannot be drawn with, and each label too long for it."""
    for module in course.modules.values():
        figure = module.figure
        if figure is None:
            continue
        path = course.structure_path("module", module.id)
        low, high = {"continuum": (2, 8), "cycle": (3, 6), "levels": (2, 5), "hub": (4, 8), "matrix": (0, 0)}[
            figure.kind
        ]
        sizes = [("parts", len(figure.parts), low, high)]
        least, most = (2, 4) if figure.kind == "matrix" else (0, 0)
        sizes += [(name, len(getattr(figure, name)), least, most) for name in ("rows", "columns")]
        for name, size, fewest, limit in sizes:
            if not fewest <= size <= limit:
                wanted = f"{fewest} to {limit}" if limit else "none"
                yield *place(course, path, "figure"), f"the figure has {size} {name}", f"a {figure.kind} has {wanted}"
        for label in figure.labels:
            section = course.section("module", module.id, f"figure.{label}", course.source_language)
            if section and len(plain(section.title)) > LABEL:
                at = (course.prose_path("module", module.id, course.source_language), *_at(section))
                yield *at, f'label "{plain(section.title)}" is too long', f"use at most {LABEL} characters"


def _at(section: Section) -> tuple[int, int]:
    return section.place.line, section.place.column
