"""Results of slow pure functions, remembered from one build to the next.

Setting a reference with citeproc takes some 20 ms, finding the clearest map up to a second; both depend on their
arguments alone. A renderer asks `remembered` and stays pure: with or without a memory it returns the same. The build
takes the memory out at the end and brings it back next time; what the last build did not ask for is forgotten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

_known: dict[str, str] = {}
_asked: dict[str, str] = {}


def remembered(name: str, argument: str, make: Callable[[], str]) -> str:
    """Return `make()` for an argument of the function `name`, or what it returned before."""
    key = hashlib.sha256(f"{name}\0{argument}".encode()).hexdigest()[:32]
    if key not in _known:
        _known[key] = make()
    _asked[key] = _known[key]
    return _known[key]


def asked() -> dict[str, str]:
    """Return everything asked for in this process."""
    return dict(_asked)


def bring(entries: Mapping[str, str]) -> None:
    """Add what another process or an earlier build remembered."""
    _known.update(entries)


def dumped() -> str:
    """Return what this process asked for as JSON."""
    return json.dumps(_asked, ensure_ascii=False, sort_keys=True)


def loaded(text: str) -> dict[str, str]:
    """Return a memory from its JSON; an empty one when the text is damaged."""
    try:
        table = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        return {}
    return table
