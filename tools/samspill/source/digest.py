"""The digest of a text, by which a translation knows whether its source has changed."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

#: The beginning or end of a block of code; what begins a block, so that its line goes on with none before it.
_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")
_BEGINS = re.compile(r"[-*+#>|`~=:]|\d{1,9}[.)](?:\s|$)")


@lru_cache(8192)
def digest(text: str) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of a text, whatever white space stands between its words.

    A run of white space in a paragraph counts as one space, and so does a line's end that only wraps it; code and what
    stands before the first word of a block count as they are.
    """
    clean: list[str] = []
    fence = ""
    goes_on = False
    for line in text.strip().split("\n"):
        found = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence or found:
            clean.append(line.rstrip())
            if not fence and found:
                fence = found[1]
            elif found and found[1].startswith(fence):
                fence = ""
            goes_on = False
            continue
        plain = line.isascii() and line.isprintable() and "  " not in line
        words = line.strip() if plain else " ".join(line.split())
        if goes_on and words and not _BEGINS.match(words):
            clean[-1] += f" {words}"
        elif words:
            clean.append(line[: len(line) - len(line.lstrip())] + words)
        elif clean and clean[-1]:
            clean.append("")
        goes_on = bool(words) and not words.startswith(("#", "|")) and not words.endswith("\\")
    return hashlib.sha256("\n".join(clean).encode()).hexdigest()[:12]
