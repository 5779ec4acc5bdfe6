"""Words in the colours of `course/look.yml` stand out from every ground they can have.

For words the contrast is 4.5 to 1 or more (WCAG 2.2, 1.4.3), in each scheme; for the edges of what can be pressed, and
for lines on paper, 3 to 1 (1.4.11). The colours of the tool keep to it, so one that is not named is always right with
the others of the tool.

Right, in course/look.yml:

    light: {fjord: "#5a2a6b"}

Wrong, in course/look.yml:

    light: {fjord: "#b48cc4"}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course
from samspill.source.load import LOOK_FILE
from samspill.tokens import TOKENS, laid

CODE = "L001"
WORDS = ("ink", "muted", "fjord", "fjord-2", "lingon", "moss", "amber")
GROUNDS = ("paper", "card", "mist", "rose", "leaf", "straw")
#: What is seen, and how many times lighter or darker than its ground it has to be.
LEAST = {**dict.fromkeys(WORDS, 4.5), "edge": 3.0}
#: The same of greys on white paper.
PRINTED = {"ink": 4.5, "quiet": 4.5, "line": 3.0, "facilitator": 3.0, "cut": 3.0}


def find(course: Course) -> Iterator[Finding]:
    """Yield each colour of the course that is too near to another, with the one that it is nearest to."""
    tokens = laid(course.look)
    for scheme, named in (("light", TOKENS.light), ("dark", TOKENS.dark), ("print", TOKENS.print)):
        # A colour of the light scheme is also that of another which has none of its own.
        parts = {name: "light" for name in course.look.get("light", {}) if scheme == "light" or name not in named}
        parts |= dict.fromkeys(course.look.get(scheme, {}), scheme)
        colours: dict[str, str] = {**tokens.light, **getattr(tokens, scheme)}
        for name, part in parts.items():
            pairs = [(name, ground) for ground in GROUNDS] if name in LEAST else []
            pairs += [(word, name) for word in LEAST if name in GROUNDS and word not in parts]
            found = [(contrast(colours[word], colours[ground]), word, ground) for word, ground in pairs]
            if low := min((each for each in found if each[0] < LEAST[each[1]]), default=None):
                message = f"{scheme}: {low[1]} on {low[2]} has a contrast of {_said(low[0])}"
                remedy = f"make one lighter or darker: {_wanted(LEAST[low[1]])}"
                yield *place(course, LOOK_FILE, part, name), message, remedy
    yield from _printed(course)


def _printed(course: Course) -> Iterator[Finding]:
    for name, grey in course.look.get("sheet", {}).items():
        found = contrast("#" + f"{round(grey * 2.55):02x}" * 3, TOKENS.print["paper"])
        if found < PRINTED[name]:
            message = f"{name} on white paper has a contrast of {_said(found)}"
            yield *place(course, LOOK_FILE, "sheet", name), message, f"make it darker: {_wanted(PRINTED[name])}"


def _said(ratio: float) -> str:
    # Rounded down: 4.49 is not 4.5.
    return f"{int(ratio * 100) / 100:g} to 1"


def _wanted(least: float) -> str:
    return f"{least:g} to 1 or more"


def contrast(one: str, other: str) -> float:
    """Return how much lighter one of two colours is than the other, as WCAG counts it: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    pairs = [digits[at : at + 2] for at in (0, 2, 4)] if len(digits) == 6 else [digit * 2 for digit in digits]
    parts = [int(pair, 16) / 255 for pair in pairs]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
