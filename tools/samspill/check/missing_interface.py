"""The tool has interface words, marks, letters and terms for each language of the course.

They stand in a folder per language beside the English one, `tools/samspill/languages/<code>/`;
`samspill new language CODE` begins it. A text that says TODO is shown as it stands behind that word, so that the
site can be looked at meanwhile; it cannot be published. Of several in a file the first is named. Every language
has the same keys as English, and the same names in braces in each text, which are filled in.

Right, in course/course.yml:

    languages:
      - {code: en, name: English, complete: true}
      - {code: nb, name: Norsk bokmål}

Wrong, in course/course.yml:

    languages:
      - {code: en, name: English, complete: true}
      - {code: nb, name: Norsk bokmål}
      - {code: fi, name: Suomi}
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from samspill.check.rule import Finding, place
from samspill.languages import available
from samspill.languages.gaps import gaps
from samspill.model import Course
from samspill.problem import Level

CODE = "T008"


def find(course: Course) -> Iterator[Finding]:
    """Yield each language of the course that the tool does not have."""
    for index, language in enumerate(course.languages):
        if language not in available():
            at = place(course, "course/course.yml", "languages", index, "code")
            yield *at, f'the interface has no words for "{language}"', f"run: samspill new language {language}"


def in_language(language: str) -> Iterator[Finding]:
    """Yield what the tool lacks for a language that it has."""
    found = gaps(language)
    unwritten = [gap for gap in found if gap.kind == "unwritten"]
    for path, (first, *more) in ((k, list(v)) for k, v in groupby(unwritten, key=lambda gap: gap.path)):
        at = (path, first.line, first.column)
        others = f" and {len(more)} more" if more else ""
        message = f"{first.key}{others} {'are' if more else 'is'} not written yet"
        yield *at, message, "write it in place of TODO and the words behind it", "unfinished"
    for gap in found:
        if gap.kind == "unwritten":
            continue
        at = (gap.path, gap.line, gap.column)
        level: Level = "error"
        match gap.kind:
            case "broken":
                message = f"the file {gap.more}"
                remedy = f"mend it, or remove it and run: samspill new language {language}"
            case "twice":
                message, remedy = f"{gap.key} stands twice", "keep one of them"
            case "wrong":
                message, remedy = f"{gap.key} cannot be used", gap.more
            case "missing":
                message, remedy = f"{gap.key} has no words", f"add it: in English “{gap.more}”"
            case "filling":
                message, remedy = f"{gap.key} fills in other names than English", f"mind {gap.more}"
            case "unknown":
                message, remedy, level = f"{gap.key} is not said anywhere", "take it out", "note"
        yield *at, message, remedy, level
