"""What asks the command to end, and how it then clears up."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

#: Seconds that clearing up may take once the command is asked to end.
PATIENCE = 20.0


class StoppedError(KeyboardInterrupt):
    """A stop. A class of its own: Python ends itself a second time for the plain one, once it met it in some places."""


class Stops:
    """What asked the command to end: Ctrl-C, closing the terminal, shutting down, or a service's stop."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, number: int, frame: object) -> None:
        """Clear up, once: asked again, the command is clearing up already."""
        if not self.number:
            self.number = number
            self._later(PATIENCE, self._end)
            raise StoppedError

    @property
    def status(self) -> int:
        """The exit status that says what stopped the command."""
        return 128 + self.number

    def _end(self) -> None:
        """End at once: what was interrupted holds up the clearing, which the next build does as well."""
        say_stopped()
        os._exit(self.status)

    def _later(self, seconds: float, do: Callable[[], None]) -> None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, lambda *_: do())
            signal.setitimer(signal.ITIMER_REAL, seconds)

    def lost(self, found: sys.UnraisableHookArgs) -> None:
        """Stop again, a moment later, when the stop came where Python must ignore what is raised."""
        if not issubclass(found.exc_type, KeyboardInterrupt) or not hasattr(signal, "setitimer"):
            sys.__unraisablehook__(found)
            return
        number, self.number = self.number or signal.SIGINT, 0
        self._later(0.02, lambda: self(number, None))


@contextlib.contextmanager
def stoppable(stops: Stops) -> Iterator[None]:
    """Clear up when somebody asks the command to end."""
    before: dict[int, Any] = {}
    hook = sys.unraisablehook
    if threading.current_thread() is threading.main_thread():
        numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
        # What is ignored stays so: `nohup` means to go on when the terminal closes.
        numbers = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
        before = {number: signal.signal(number, stops) for number in numbers}
        sys.unraisablehook = stops.lost
    try:
        yield
    finally:
        sys.unraisablehook = hook
        if before and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def say_stopped() -> None:
    """Say that the command was stopped."""
    with contextlib.suppress(OSError):  # the terminal may be gone
        print("\nsamspill: stopped; what was built before is unchanged", file=sys.stderr, flush=True)
