"""What rules have found in a text, remembered for as long as neither the text nor the rules change.

Only what a rule finds in one text alone, or in two, is remembered, by the keys of these texts; what looks at the course
is found anew. A prose that was not read from a file as it is (it was changed, or lacks a key) is looked at each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from samspill.disk.store import key
from samspill.languages.gaps import state
from samspill.problem import Problem
from samspill.prose import Prose
from samspill.source.shelf import Shelf, code_of

#: The name of what is remembered in the store.
NAME = "found.json"
#: What rules about a text alone ask, beside what parsing it does.
ASKED = ("check/*.py", "typeface/*.py", "tokens/*.py", "tokens/*.yml", "model.py")


@cache
def _code() -> str:
    return code_of_rules(Path(__file__).parent.parent)


def code_of_rules(package: Path) -> str:
    """Return the hash of the code that finds what is wrong with a text, in a copy of this package."""
    digest = hashlib.sha256(code_of(package).encode())
    for path in sorted(path for pattern in ASKED for path in package.glob(pattern) if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Memory:
    """What rules have found in the texts of one course folder; without one, nothing is remembered."""

    def __init__(self, root: Path | None = None) -> None:
        self._shelf = Shelf(root, NAME, _code) if root else None

    def found(self, find: Callable[..., Iterable[Problem]], *given: Prose | str) -> tuple[Problem, ...]:
        """Return what a function finds in one text or in two, or in what the tool says in a language."""
        names = [each.key if isinstance(each, Prose) else state(each) for each in given] if self._shelf else [""]
        if self._shelf is None or not all(names):
            return tuple(find(*given))
        return self._shelf.kept(key(find.__name__, *names), lambda: tuple(find(*given)), fits=_problems)

    def put_back(self) -> None:
        """Keep what was asked for since this was last done."""
        if self._shelf is not None:
            self._shelf.put_back()


def _problems(found: object) -> bool:
    return isinstance(found, tuple) and all(isinstance(each, Problem) for each in found)
