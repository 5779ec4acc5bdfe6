"""Two texts compared word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+|\n\s*\n")


def changes(before: str, now: str) -> Iterator[str]:
    """Yield the paragraphs of a text in which words have changed: `Read it [-once.-] {+twice.+}`.

    What went stands in `[-…-]`, what came in `{+…+}`; paragraphs that stayed as they were are left out.
    """
    old, new = _WORD.findall(before), _WORD.findall(now)
    done: list[str] = []
    changed = False
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pieces = [(old[a:b], "[-", "-]"), (new[c:d], "{+", "+}")] if kind != "equal" else [(new[c:d], "", "")]
        for words, opening, closing in pieces:
            run: list[str] = []
            for word in [*words, None]:
                if word is None or not word.strip():
                    if run:
                        done.append(f"{opening}{' '.join(run)}{closing}")
                        changed = changed or bool(opening)
                    run = []
                    if word is not None and opening != "[-":
                        if changed:
                            yield " ".join(done)
                        done, changed = [], False
                else:
                    run.append(word)
    if changed:
        yield " ".join(done)
