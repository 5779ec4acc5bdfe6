"""Signs of other dialects, marks that are never closed, and what cannot be seen in a text."""

from __future__ import annotations

import re
from bisect import bisect_right

from samspill import prose as p
from samspill.source.characters import entities, hidden
from samspill.source.fault import not_text
from samspill.source.markdown import dialect, fault
from samspill.source.markdown.masked import Stretch
from samspill.source.markdown.reader import Reader

_ENTITIES = re.compile(r"(?:&#?\w{1,32};)+$")


def report_stretch(reader: Reader, found: Stretch) -> None:
    """Report a stretch of text that only its place shows to be wrong."""
    place = p.Place(found.line + reader.offset + 1, found.column + 1)
    if found.kind == "spaces" and found.words.startswith("  "):
        remedy = "remove the spaces; for a break end the line with \\"
        reader.report(fault.hidden_mark, place, "two spaces at the end of a line break it", remedy)
    elif found.kind == "entity" and (bad := _hidden_entity(found)):
        reader.report(not_text, place, bad)
    elif found.kind == "slot" and found.words.startswith("{#") and found.inside != "heading":
        if found.text.startswith("#"):
            return  # meant as a heading, and reported as such
        remedy = "only a heading ends with an id"
        reader.report(fault.foreign_sign, place, "an id outside a heading", found.words, remedy)
    elif found.kind == "midword":
        remedy = "write \\* for the sign itself"
        reader.report(fault.unclosed_mark, place, "stress from inside one word to inside another", remedy)
    elif found.kind == "mark" and _opening(found):
        sign = "a | inside code is written \\|" if found.inside == "cell" and "`" in found.words else "write "
        sign += "" if "|" in sign else "".join(f"\\{mark}" for mark in found.words) + " for the sign itself"
        reader.report(fault.unclosed_mark, place, f"{found.words} is never closed", f"close it; {sign}")


def _hidden_entity(found: Stretch) -> str:
    """Return the character that an entity would hide in the text, alone or right behind others, or nothing."""
    run = _ENTITIES.search(found.text[: found.start])
    before = "".join(meant for _, meant in entities(run[0] if run else ""))
    bad = hidden(before + "".join(meant for _, meant in entities(found.words)), "\t")
    return bad.character if bad and bad.at >= len(before) else ""


def _opening(found: Stretch) -> bool:
    """Tell whether marks that stay as typed were meant to open something: not 5 * 3, a note's * or a blank ____."""
    mark = found.words[0]
    before = found.text[: found.start].rstrip(mark)[-1:] or " "
    after = found.text[found.end :].lstrip(mark)[:1] or " "
    if mark == "`":
        return True
    if mark == "*" and len(found.words) == 2 and not before.isalnum():
        return True  # ** a ** with spaces is no weight
    if before.isalnum() or after.isspace() or (mark == "_" and len(found.words) > 2):
        return False
    return after.isalnum() or found.words == "**"


def report_signs(reader: Reader) -> None:
    """Report the signs of other dialects."""
    text = "\n".join(reader.masked)
    starts: list[int] = []
    for found in dialect.find(text):
        if not starts:
            starts = [0]
            for line in reader.masked:
                starts.append(starts[-1] + len(line) + 1)
        number = bisect_right(starts, found.start) - 1
        column = found.start - starts[number]
        words = reader.lines[number][column : column + found.end - found.start].strip()
        _report_sign(reader, found.sign, words, p.Place(number + reader.offset + 1, column + 1))


def _report_sign(reader: Reader, sign: dialect.Sign, words: str, place: p.Place) -> None:
    short = words if len(words) <= 40 else words[:39] + "…"
    match sign.code:
        case "M007":
            reader.report(fault.unsafe_link, place, words, bare=True)
        case "M010":
            reader.report(fault.malformed_citation, place, short, sign.remedy)
        case "M016":
            reader.report(fault.hidden_mark, place, f"{sign.name} cannot be seen", sign.remedy)
        case "M013":
            reader.report(fault.foreign_sign, place, sign.name, short, sign.remedy)
