"""A translated section cites the same sources as its source section, each as often.

A finding must not lose its evidence on the way to another language. A section that is stale (T004) is left alone:
its citations are those of an earlier text.

Given, in cases/two-doors/en.md:

    ## What tends to happen {#outcome}

    Each waits [@thompson-1967].

Right, in cases/two-doors/nb.md:

    ## Hva som gjerne skjer {#outcome}

    Begge venter [@thompson-1967].

Wrong, in cases/two-doors/nb.md:

    ## Hva som gjerne skjer {#outcome}

    Begge venter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from samspill.check.rule import Finding
from samspill.check.translations import level_in, pairs
from samspill.model import Course
from samspill.prose import Section
from samspill.translation.progress import says

CODE = "T005"


def find(course: Course) -> Iterator[Finding]:
    """Yield each translated section that cites other sources than its source section."""
    for source, prose in pairs(course):
        recorded = dict(prose.translates)
        for section in prose.sections:
            original = source.get(section.id)
            if original is None or not says(section, original) or recorded.get(section.id) != original.digest:
                continue
            wanted, found = _keys(original), _keys(section)
            wrong = [
                f"{key} {_times(found[key])} instead of {_times(wanted[key])}"
                for key in sorted(wanted | found)
                if wanted[key] != found[key]
            ]
            if wrong:
                at = (prose.path, section.place.line, section.place.column)
                message = f'section "{section.id}" cites {", ".join(wrong)}'
                remedy = f"cite as {source.path}:{original.place.line} does"
                yield *at, message, remedy, level_in(course, prose.language)


def _keys(section: Section) -> Counter[str]:
    return Counter(each.name for each in section.mentions if each.kind == "source")


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
