"""Characters that nobody can see, or that make a text look like another.

One check for all decoded text: files as they are read, values behind YAML's escapes, prose behind Markdown's entities
and the cells of notebooks. It goes by Unicode's properties; what is honest stays.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import category, name

#: Unseen and honest: the soft hyphen, what joins or divides letters in some names, and what keeps a line together.
_HONEST = frozenset("\u00ad\u200c\u200d\u2060")
#: Signs of a text that was damaged on its way: a letter that was lost, and something that could not be pasted.
_DAMAGED = frozenset("\ufffc\ufffd")
#: Letters and marks without a shape, which Unicode lets every program pass over.
_BLANK = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, 0xFFA0))
).union(map(chr, range(0xE0100, 0xE01F0)))
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
#: Any character but those that most texts hold and nothing else, of which nobody needs to ask what each is.
_OTHER = re.compile("[^\t\n -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2026]")
#: Several honest ones in a row join nothing: that is how messages are hidden.
_HEAPED = re.compile("[\u00ad\u200c\u200d\u2060]{2}")
_VARIED = re.compile("(?s)(.?)([\ufe00-\ufe0f])")
_ENTITY = re.compile(r"&(?:#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
#: Control characters have no names in Unicode.
_CONTROLS = {
    "\0": "NUL", "\a": "bell", "\b": "backspace", "\t": "tab", "\n": "line break", "\r": "line break", "\x1b": "escape",
}  # fmt: skip


class Hidden(NamedTuple):
    """The first character of a text that should not be there: where it stands, and which it is."""

    at: int
    character: str


def hidden(text: str, allowed: str = "\t\n") -> Hidden | None:
    """Return the first character of a text that cannot be seen or has no meaning, or None.

    `allowed` are the control characters that may stand in it.
    """
    if text.isascii() and text.isprintable():
        return None
    if allowed == "\t\n" and not _OTHER.search(text):
        return None
    characters = frozenset(text)
    found = [text.index(char) for char in characters if char not in allowed and _refused(char)]
    if not _HONEST.isdisjoint(characters) and (heaped := _HEAPED.search(text)):
        found.append(heaped.start() + 1)
    if not _VARIANTS.isdisjoint(characters):
        found += [match.start(2) for match in _VARIED.finditer(text) if not _may_vary(match[1])]
    return Hidden(min(found), text[min(found)]) if found else None


def _refused(char: str) -> bool:
    if char in _HONEST or char in _VARIANTS:
        return False
    # Control and format characters, line separators, private use, unassigned, and halves of a character.
    return category(char) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs") or char in _BLANK or char in _DAMAGED


def _may_vary(char: str) -> bool:
    """Tell whether a character has two looks, as signs (☎) and the keys of a telephone have; letters do not."""
    return bool(char) and (category(char) in ("So", "Sm", "Po") or char in "#*0123456789ℹ〰")


def described(character: str) -> str:
    """Return a character by its number and in words: `the invisible control character U+202E (…)`."""
    code = f"U+{ord(character):04X}"
    known = _CONTROLS.get(character) or name(character, "").lower()
    match category(character):
        case "Co":
            return f"the character {code}, which has no agreed meaning"
        case "Cn":
            return f"the character {code}, which does not exist"
        case "Cs":
            return f"half a character, {code}"
        case _ if character in _DAMAGED:
            return f"the {known} {code}, where something was lost"
        case _:
            return f"the invisible control character {code}" + (f" ({known})" if known else "")


def entities(text: str) -> list[tuple[int, str]]:
    """Return the entities of a Markdown text: where each stands, and the characters it means."""
    from markdown_it.common.utils import unescapeAll  # noqa: PLC0415 - only for a text that has some

    # A number that is no character means U+FFFD; the parser's function leaves it as it stands.
    meant = ((match.start(), match[0], unescapeAll(match[0])) for match in _ENTITY.finditer(text))
    return [(at, "\ufffd" if said == entity and entity[1] == "#" else said) for at, entity, said in meant]
