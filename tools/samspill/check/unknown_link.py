"""A link inside the course leads to something that exists.

`module:id#part` must name a module and one of its sections; `term:id` a glossary entry; `list:cases` a list.

Right, in course/pages/home/en.md:

    ## Run a workshop {#workshop}

    Take [the log](worksheet:log).

Wrong, in course/pages/home/en.md:

    ## Run a workshop {#workshop}

    Take [the log](worksheet:logg).
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding
from samspill.check.units import every_section
from samspill.model import Course
from samspill.prose import Link
from samspill.reading.context import Context

CODE = "R001"


def find(course: Course) -> Iterator[Finding]:
    """Yield each link that leads nowhere."""
    for _, _, prose, section in every_section(course):
        context = Context(course, prose.language)
        for node in section.inlines:
            if isinstance(node, Link) and node.target.split(":")[0] in _schemes() and context.link(node.target) is None:
                yield (
                    prose.path,
                    node.place.line,
                    node.place.column,
                    f'link to "{node.target}" leads nowhere',
                    "check the id, or add what it names",
                )


def _schemes() -> tuple[str, ...]:
    return ("module", "case", "worksheet", "pathway", "page", "term", "objective", "source", "list")
