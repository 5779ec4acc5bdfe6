"""One run of the command: what is asked is done, and what goes wrong becomes a message and an exit status."""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from samspill.cli.commands import COMMANDS, how_many
from samspill.cli.status import BUG, CLEAN, INTERRUPTED, PROBLEMS, USAGE
from samspill.cli.stops import Stops, say_stopped, stoppable
from samspill.cli.usage import parser
from samspill.problem import ContentError, Problem, UsageError, errors, printed, unfinished

#: What a disk refuses for reasons of its own: names, rights, room, a file where a folder should be.
_OF_THE_DISK = frozenset({
    errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EEXIST, errno.EISDIR, errno.ENOTDIR,
    errno.ELOOP,
})  # fmt: skip


def program() -> NoReturn:
    """Run the command as the whole of this process, and end with its exit status."""
    stops = Stops()
    status = main(stops=stops)
    if not stops.number:
        gc.freeze()  # all memory goes back at once: looking for cycles in it would take a tenth of a long check
        sys.exit(status)
    # At once: what a stop has interrupted, wherever it was, may hold locks that the threads of a library wait for.
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, KeyboardInterrupt):
            stream.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None, stops: Stops | None = None) -> int:
    """Run the command and return its exit status."""
    stops = stops or Stops()
    try:
        status = _main(arguments, stops)
    except KeyboardInterrupt:  # perhaps while the end of something else was being told
        say_stopped()
        status = INTERRUPTED
    # Ctrl-C is how a server is ended rightly.
    return status if stops.number in (0, signal.SIGINT) else stops.status


def _main(arguments: Sequence[str] | None, stops: Stops) -> int:
    # Looking for cycles as often as usual would take a fifth of the time of a check; never looking would keep all that
    # Markdown is parsed into, two thirds of the memory that a large course needs.
    gc.set_threshold(50_000, 50, 50)
    options = parser().parse_args(arguments)
    root = (options.root or Path()).resolve()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter still shows the message
    try:
        with stoppable(stops):
            status = COMMANDS[options.command](root, options)
        sys.stdout.flush()  # here, where a reader that has gone away is no bug
        return status
    except ContentError as error:
        _print_problems(error.problems)
        return PROBLEMS
    except UsageError as error:
        print(f"samspill: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as error:
        if error.errno not in _OF_THE_DISK:
            return _bug()
        print(f"samspill: cannot use {error.filename or root}: {error.strerror}", file=sys.stderr)
        return USAGE
    except Exception:
        if stops.number:  # Python has made another exception of the stop
            raise KeyboardInterrupt from None
        return _bug()


def _bug() -> int:
    import traceback  # noqa: PLC0415 - only for a bug

    traceback.print_exc()
    print("samspill: this is a bug of ours; what was built before is unchanged", file=sys.stderr)
    return BUG


def _print_problems(problems: Sequence[Problem]) -> None:
    print(printed(errors(problems) + unfinished(problems)))
    print(f"{how_many(problems)}; samspill explain CODE tells more", file=sys.stderr)
