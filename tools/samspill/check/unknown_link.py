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
from samspill.reading.context import Context

CODE = "R001"
_SCHEMES = ("module", "case", "worksheet", "pathway", "page", "term", "objective", "source", "list")


def find(course: Course) -> Iterator[Finding]:
    """Yield each link that leads nowhere."""
    for _, _, prose, section in every_section(course):
        context = Context(course, prose.language)
        for each in section.mentions:
            if each.kind == "link" and each.name.split(":")[0] in _SCHEMES and context.link(each.name) is None:
                at = (prose.path, each.place.line, each.place.column)
                yield *at, f'link to "{each.name}" leads nowhere', "check the id, or add what it names"
