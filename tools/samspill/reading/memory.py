"""Results of slow pure functions, remembered from one build to the next.

Setting a reference with citeproc takes some 20 ms, finding the clearest map up to a second; both depend on their
arguments alone. A renderer asks `remembered` and stays pure: with or without a memory it returns the same. The build
takes the memory out at the end and brings it back next time; what the last build did not ask for is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from samspill.disk.store import Table, key

_table = Table()


def remembered(name: str, argument: str, make: Callable[[], str]) -> str:
    """Return `make()` for an argument of the function `name`, or what it returned before."""
    return _table.get(key(name, argument), make)


def asked() -> dict[str, str]:
    """Return everything asked for in this process."""
    return _table.used


def known() -> dict[str, str]:
    """Return everything that is remembered, whether this process has asked for it or not."""
    return _table.all


def bring(entries: Mapping[str, str]) -> None:
    """Add what another process or an earlier build remembered."""
    _table.bring(entries)
