"""Processes that end with the one that started them, whatever ended it.

Who starts a process keeps the one end of a pipe and gives it the other as its standard input. When the starter has
ended, even killed, the system closes its end, and the pipe says so. A kernel of a notebook cannot listen itself: while
it counts, nothing else of it runs. So a small process beside it listens. This file, run as a script, starts both:

    python -I -S tether.py PROGRAM ARGUMENT…
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

#: What names the folder that a kernel and all it starts have in their environment.
OWN = "JUPYTER_RUNTIME_DIR"


def bind() -> None:
    """Have this process stop, as when the system asks it to, when its standard input ends.

    By a process beside it, since a second thread would forbid to fork workers.
    """
    bound = os.getpid()
    if not hasattr(os, "fork") or os.fork():
        return
    # Not in anybody's way: whoever reads what is printed waits for all that could print.
    _nothing(1, 2)
    _listen()
    for number in (signal.SIGTERM, signal.SIGKILL):
        if os.getppid() == bound:
            os.kill(bound, number)
        for _ in range(150):
            if os.getppid() == bound:
                time.sleep(0.1)
    os._exit(0)


def start(command: list[str]) -> None:
    """Become a program, the first of its group, with a process beside it that ends the group when the pipe ends."""
    if os.fork() == 0:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _listen()
        end_all(os.environ[OWN])
        os.killpg(0, signal.SIGKILL)
    _nothing(0)
    os.execv(command[0], command)


def end_all(own: str) -> None:
    """End what a kernel has started, by the folder in its environment, where the system shows that.

    For what has left the group of the kernel.
    """
    words = os.fsencode(f"{OWN}={own}")
    for _ in range(2):  # again, since one may have started another meanwhile
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                # Not the process that listens: it has the group to end.
                listens = os.fsencode(__file__) in (process / "cmdline").read_bytes().split(b"\0")
                if not listens and words in (process / "environ").read_bytes().split(b"\0"):
                    os.kill(int(process.name), signal.SIGKILL)


def _listen() -> None:
    with contextlib.suppress(OSError):
        while os.read(0, 1 << 12):
            pass


def _nothing(*numbers: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in numbers:
        os.dup2(nothing, number)
    os.close(nothing)


if __name__ == "__main__":
    start(sys.argv[1:])
