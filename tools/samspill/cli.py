"""The `samspill` command: parse, call, print, exit status.

Exit status: 0 clean, 1 a bug of ours, 2 problems in the content, 3 wrong usage or configuration.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import io
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from samspill import __version__
from samspill.problem import ContentError, Problem, UsageError, errors, notes, printed, unfinished

if TYPE_CHECKING:
    from samspill.model import Course

CLEAN, BUG, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 3, 130
#: Seconds that clearing up may take once the command is asked to end.
PATIENCE = 20.0
#: What a disk refuses for reasons of its own: names, rights, room, a file where a folder should be.
_OF_THE_DISK = frozenset({
    errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EEXIST, errno.EISDIR, errno.ENOTDIR,
    errno.ELOOP,
})  # fmt: skip


class _StoppedError(KeyboardInterrupt):
    """A stop. A class of its own: Python ends itself a second time for the plain one, once it met it in some places."""


class _Stops:
    """What asked the command to end: Ctrl-C, closing the terminal, shutting down, or a service's stop."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, number: int, frame: object) -> None:
        """Clear up, once: asked again, the command is clearing up already."""
        if not self.number:
            self.number = number
            self._later(PATIENCE, self._end)
            raise _StoppedError

    @property
    def status(self) -> int:
        """The exit status that says what stopped the command."""
        return 128 + self.number

    def _end(self) -> None:
        """End at once: what was interrupted holds up the clearing, which the next build does as well."""
        _say_stopped()
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
def _stoppable(stops: _Stops) -> Iterator[None]:
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


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        """Stop with status 3, the status of wrong usage."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    top = _Parser(
        prog="samspill",
        description="Make a course website and printable handouts from structured source, and check them.",
    )
    top.add_argument("--version", action="version", version=f"samspill {__version__}")
    top.add_argument("--root", type=Path, default=None, metavar="DIR", help="the course's folder (default: here)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="check everything and build the site and the handouts")
    build.add_argument(
        "--language", action="append", default=[], metavar="CODE", help="only this language (repeatable)"
    )
    build.add_argument("--only", choices=("site", "handouts"), help="only pages without handouts, or only handouts")
    build.add_argument("--jobs", type=int, default=None, metavar="N", help="processes at once (default: one per core)")

    check = commands.add_parser("check", help="find problems and print them")
    check.add_argument(
        "--format", choices=("text", "github", "json"), default="text", help="how to print (default: text)"
    )
    check.add_argument("--notes", action="store_true", help="print every note too, not only how many there are")
    check.add_argument("--language", default=None, metavar="CODE", help="only the source and this language")

    serve = commands.add_parser("serve", help="build, show the site on this computer, and rebuild what changes")
    serve.add_argument("--port", type=int, default=8000, metavar="N", help="port on this computer (default: 8000)")

    new = commands.add_parser("new", help="begin a case, module or worksheet, a translation or a language")
    kinds = ("case", "module", "worksheet", "pathway", "page", "language")
    new.add_argument("kind", choices=kinds, help="what to begin (a pathway or page: its translation only)")
    new.add_argument("id", metavar="ID", help="its id: lower-case letters, digits and hyphens; a language's code: fi")
    new.add_argument(
        "--language",
        action="append",
        default=[],
        metavar="CODE",
        help="begin its translation to this language (repeatable; also of what is there already)",
    )

    translated = commands.add_parser("translated", help="record that a translation is up to date")
    translated.add_argument(
        "file", type=Path, metavar="FILE", help="the translated file: cases/each-waits/nb.md, course/glossary.yml"
    )
    translated.add_argument(
        "--section",
        action="append",
        default=[],
        metavar="ID",
        help="this section or text (repeatable; default: what is new)",
    )
    translated.add_argument(
        "--language", default=None, metavar="CODE", help="for a YAML file: the language that is up to date"
    )

    translations = commands.add_parser("translations", help="how far the translations are, and what changed since")
    translations.add_argument("unit", nargs="?", metavar="UNIT", help="a unit or YAML file: what changed, word by word")
    translations.add_argument("--language", default=None, metavar="CODE", help="only this language")

    publish = commands.add_parser("publish", help="put an edition on a git branch, all languages or none")
    publish.add_argument("edition", metavar="EDITION", help="the edition in course.yml, such as 2026.1")
    publish.add_argument(
        "--alias", action="append", default=[], metavar="NAME", help="another name for it, such as latest"
    )
    publish.add_argument("--branch", default="gh-pages", metavar="NAME", help="the branch (default: gh-pages)")

    explain = commands.add_parser("explain", help="explain a problem's code, or list all codes")
    explain.add_argument("code", nargs="?", metavar="CODE", help="such as R002")

    commands.add_parser("schemas", help="write the JSON Schemas that editors use to schemas/")
    commands.add_parser("clean", help="remove everything that was built")
    return top


def program() -> NoReturn:
    """Run the command as the whole of this process, and end with its exit status."""
    stops = _Stops()
    status = main(stops=stops)
    if not stops.number:
        sys.exit(status)
    # At once: what a stop has interrupted, wherever it was, may hold locks that the threads of a library wait for.
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, KeyboardInterrupt):
            stream.flush()
    os._exit(status)


def main(arguments: Sequence[str] | None = None, stops: _Stops | None = None) -> int:
    """Run the command and return its exit status."""
    stops = stops or _Stops()
    try:
        status = _main(arguments, stops)
    except KeyboardInterrupt:  # perhaps while the end of something else was being told
        _say_stopped()
        status = INTERRUPTED
    # Ctrl-C is how a server is ended rightly.
    return status if stops.number in (0, signal.SIGINT) else stops.status


def _say_stopped() -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone
        print("\nsamspill: stopped; what was built before is unchanged", file=sys.stderr, flush=True)


def _main(arguments: Sequence[str] | None, stops: _Stops) -> int:
    # A run is short and makes few cycles; looking for them would take a fifth of the time of a check.
    gc.disable()
    options = parser().parse_args(arguments)
    root = (options.root or Path()).resolve()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter still shows the message
    try:
        with _stoppable(stops):
            status = _COMMANDS[options.command](root, options)
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
    traceback.print_exc()
    print("samspill: this is a bug of ours; what was built before is unchanged", file=sys.stderr)
    return BUG


def _print_problems(problems: Sequence[Problem]) -> None:
    print(printed(errors(problems) + unfinished(problems)))
    print(f"{_found(problems)}; samspill explain CODE tells more", file=sys.stderr)


def _found(problems: Sequence[Problem]) -> str:
    """Say how many problems there are, and how many unfinished places where there are any."""
    bad, waiting = len(errors(problems)), len(unfinished(problems))
    said = _count(bad, "problem") + (f" and {_count(waiting, 'unfinished place')}" if waiting else "")
    return f"{said} found"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _progress() -> Callable[[str], None]:
    """Return how to say what is going on: a live line on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        return lambda text: print(text, file=sys.stderr, flush=True)
    from rich.console import Console  # noqa: PLC0415 - only on a terminal

    console = Console(stderr=True, highlight=False)
    return lambda text: console.print(f"[cyan]•[/] {text}")


def _build(root: Path, options: argparse.Namespace) -> int:
    from samspill.making.build import build  # noqa: PLC0415 - each command loads only what it needs
    from samspill.making.request import Request  # noqa: PLC0415

    started = time.perf_counter()
    more = {"jobs": options.jobs} if options.jobs else {}
    if options.jobs is not None and options.jobs < 1:
        raise UsageError("--jobs takes a whole number from 1")
    result = build(Request(root, tuple(options.language), options.only, **more), _progress())
    seconds = time.perf_counter() - started
    if result.unchanged:
        said = [f"Nothing has changed since the last build ({seconds:.1f} s)."]
    else:
        said = [f"Built {_count(result.pages, 'page')}, {_count(result.handouts, 'handout')} in {seconds:.1f} s."]
        said += [f"{_count(result.notes, 'note')}."] if result.notes else []
    said += [_to_write(result.unfinished)] if result.unfinished else []
    print(" ".join(said))
    where = result.output / "index.html" if (result.output / "index.html").exists() else result.output
    print(f"Look at {os.path.relpath(where)}")
    if options.only != "handouts":
        print("Search needs a web server: make serve")
    return CLEAN


def _to_write(places: int) -> str:
    are, them = ("is", "it") if places == 1 else ("are", "them")
    return f"{_count(places, 'place')} {are} still to be written (samspill check lists {them})."


def _check(root: Path, options: argparse.Namespace) -> int:
    from samspill.check import check  # noqa: PLC0415
    from samspill.source import load  # noqa: PLC0415
    from samspill.translation import summaries  # noqa: PLC0415

    course, problems = load(root)
    if course is not None:
        found = {*problems, *check(course, problems)}
        if options.language is not None:
            seen = _in_one_language(course, options.language)
            gone = tuple(f"/{code}.md" for code in course.languages if code not in seen.languages)
            # A rule may mind in the smaller course what is right in the whole one: words in a third language.
            found &= {*problems, *check(seen, problems)}
            found = {problem for problem in found if not problem.path.endswith(gone)}
        problems = sorted(found)
    bad = errors(problems) + unfinished(problems)
    informs = len(notes(problems))
    shown = problems if options.notes or options.format == "json" else bad
    if shown or options.format == "json":
        print(printed(shown, options.format))
    if options.format == "text":
        tail = f"; {_count(informs, 'note')} (--notes prints them)" if informs and not options.notes else ""
        print(f"{_found(problems)}{tail}", file=sys.stderr)
        if course is not None and informs:
            for line in summaries(course, options.language):
                print(line, file=sys.stderr)
    return PROBLEMS if bad else CLEAN


def _in_one_language(course: Course, language: str) -> Course:
    if language not in course.languages:
        raise UsageError(f"the course has no language {language}: choose from {', '.join(course.languages)}")
    return course.reduced((course.source_language, language))


def _serve(root: Path, options: argparse.Namespace) -> int:
    from samspill.making.serve import serve  # noqa: PLC0415

    return serve(root, options.port, _progress())


def _new(root: Path, options: argparse.Namespace) -> int:
    from samspill.authoring.language import new_language  # noqa: PLC0415
    from samspill.authoring.skeleton import new  # noqa: PLC0415

    if options.kind == "language":
        if options.language:
            raise UsageError("a language is begun by its code alone: samspill new language fi")
        print("\n".join(new_language(root, options.id)))
        return CLEAN
    for path in new(root, options.kind, options.id, tuple(options.language)):
        print(path)
    return CLEAN


def _translated(root: Path, options: argparse.Namespace) -> int:
    from samspill.authoring.record import record  # noqa: PLC0415

    print(record(root, options.file, tuple(options.section), options.language))
    return CLEAN


def _translations(root: Path, options: argparse.Namespace) -> int:
    from samspill.translation import report  # noqa: PLC0415

    print(report(root, options.language, options.unit))
    return CLEAN


def _publish(root: Path, options: argparse.Namespace) -> int:
    from samspill.edition.publish import publish  # noqa: PLC0415

    print(publish(root, options.edition, tuple(options.alias), options.branch, _progress()))
    return CLEAN


def _explain(root: Path, options: argparse.Namespace) -> int:
    from samspill.check import documentation  # noqa: PLC0415

    pages = documentation()
    if options.code is None:
        for code, text in pages.items():
            print(f"{code}  {text.strip().splitlines()[0]}")
        return CLEAN
    if options.code.upper() not in pages:
        raise UsageError(f"no code {options.code}: samspill explain lists them all")
    print(f"{options.code.upper()}  {_dedent(pages[options.code.upper()])}")
    return CLEAN


def _dedent(text: str) -> str:
    first, _, rest = text.strip().partition("\n")
    import textwrap  # noqa: PLC0415

    return f"{first}\n{textwrap.dedent(rest)}".rstrip()


def _schemas(root: Path, options: argparse.Namespace) -> int:
    from samspill.schemas import write_schemas  # noqa: PLC0415

    for path in write_schemas(root / "schemas"):
        print(os.path.relpath(path))
    return CLEAN


def _clean(root: Path, options: argparse.Namespace) -> int:
    from samspill.disk.workspace import clear, require_folder  # noqa: PLC0415

    folder = root / "build"
    if folder.is_symlink():
        raise UsageError(f"{folder} is a symbolic link: remove it yourself")
    if not (root / "course" / "course.yml").is_file():
        raise UsageError(f"no course/course.yml below {root}: nothing is removed")
    require_folder(folder)
    if folder.exists():
        clear(folder)
    print("Removed build/")
    return CLEAN


_COMMANDS: dict[str, Callable[[Path, argparse.Namespace], int]] = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "new": _new,
    "translated": _translated,
    "translations": _translations,
    "publish": _publish,
    "explain": _explain,
    "schemas": _schemas,
    "clean": _clean,
}

if __name__ == "__main__":
    program()
