"""Everything in a unit's YAML has its section in the source language.

A stage, prompt, activity, quiz option or field without words would be an empty place on the page.

Given, in course/worksheets/log/en.md:

    ## Who was there? {#who}

    ### Name {#who.name}

    ### Service {#who.service}

Right, in course/worksheets/log/worksheet.yml:

    fields:
      - {id: who, kind: table, columns: [name, service], rows: 2}

Wrong, in course/worksheets/log/worksheet.yml:

    fields:
      - {id: who, kind: table, columns: [name, service, role], rows: 2}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding
from samspill.check.units import STRUCTURED
from samspill.model import Course, first_sections

CODE = "R008"


def find(course: Course) -> Iterator[Finding]:
    """Yield each section that a unit's YAML wants and its prose lacks."""
    for kind in STRUCTURED:
        for unit_id, unit in course.units(kind).items():
            prose = course.text(kind, unit_id, course.source_language)
            if prose is None:
                continue
            for wanted in first_sections(unit):  # type: ignore[arg-type]
                if prose.get(wanted) is None:
                    depth = 0 if wanted.startswith("role.") else wanted.count(".")
                    remedy = f'add "##{"#" * depth} … {{#{wanted}}}"'
                    yield prose.path, 1, 1, f'section "{wanted}" is missing', remedy
