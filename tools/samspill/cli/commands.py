"""What each command does: it calls the part of the package that does the work, and prints what comes of it."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from samspill.cli.status import CLEAN, PROBLEMS
from samspill.problem import Problem, UsageError, errors, notes, printed, unfinished

if TYPE_CHECKING:
    from samspill.model import Course


def how_many(problems: Sequence[Problem]) -> str:
    """Say how many problems there are, and how many unfinished places where there are any."""
    bad, waiting = len(errors(problems)), len(unfinished(problems))
    said = _counted(bad, "problem") + (f" and {_counted(waiting, 'unfinished place')}" if waiting else "")
    return f"{said} found"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _progress() -> Callable[[str], None]:
    """Return how to say what is going on: a live line on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        return lambda text: print(text, file=sys.stderr, flush=True)
    from rich.console import Console  # noqa: PLC0415 - only on a terminal

    console = Console(stderr=True, highlight=False)
    return lambda text: console.print(f"[cyan]•[/] {text}")


def _init(root: Path, options: argparse.Namespace) -> int:
    from datetime import UTC, datetime  # noqa: PLC0415 - each command loads only what it needs

    from samspill.authoring.beginning import begin  # noqa: PLC0415
    from samspill.schemas import schemas  # noqa: PLC0415

    folder = (root / options.folder).resolve()
    more = {f"schemas/{name}": text for name, text in schemas().items()} | {".gitignore": "build/\n"}
    written = begin(folder, options.language, options.title, datetime.now(UTC).date(), more)
    here = os.path.relpath(folder)
    print(f"A small course stands in {'this folder' if here == '.' else here}: {_counted(len(written), 'file')}.")
    print(f"Look at it while you write: {'' if here == '.' else f'cd {here}, then '}samspill serve")
    print(f"Rewrite first: course/course.yml, course/pages/about/{options.language}.md")
    return CLEAN


def _build(root: Path, options: argparse.Namespace) -> int:
    from samspill.making.build import build  # noqa: PLC0415
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
        said = [f"Built {_counted(result.pages, 'page')}, {_counted(result.handouts, 'handout')} in {seconds:.1f} s."]
        said += [f"{_counted(result.notes, 'note')}."] if result.notes else []
    said += [_to_write(result.unfinished)] if result.unfinished else []
    print(" ".join(said))
    where = result.output / "index.html" if (result.output / "index.html").exists() else result.output
    print(f"Look at {os.path.relpath(where)}")
    if options.only != "handouts":
        print("Search needs a web server: samspill serve")
    return CLEAN


def _to_write(places: int) -> str:
    are, them = ("is", "it") if places == 1 else ("are", "them")
    return f"{_counted(places, 'place')} {are} still to be written (samspill check lists {them})."


def _check(root: Path, options: argparse.Namespace) -> int:
    from samspill.check import check  # noqa: PLC0415
    from samspill.check.memory import Memory  # noqa: PLC0415
    from samspill.making.settings import settings  # noqa: PLC0415
    from samspill.source import load  # noqa: PLC0415
    from samspill.translation.summary import summaries  # noqa: PLC0415

    settings(root)
    course, problems = load(root)
    if course is not None:
        memory = Memory(root)
        found = {*problems, *check(course, problems, memory)}
        if options.language is not None:
            seen = _in_one_language(course, options.language)
            gone = tuple(f"/{code}.md" for code in course.languages if code not in seen.languages)
            # A rule may mind in the smaller course what is right in the whole one: words in a third language.
            found &= {*problems, *check(seen, problems, memory)}
            found = {problem for problem in found if not problem.path.endswith(gone)}
        memory.put_back()
        problems = sorted(found)
    bad = errors(problems) + unfinished(problems)
    informs = len(notes(problems))
    shown = problems if options.notes or options.format == "json" else bad
    if shown or options.format == "json":
        print(printed(shown, options.format))
    if options.format == "text":
        tail = f"; {_counted(informs, 'note')} (--notes prints them)" if informs and not options.notes else ""
        print(f"{how_many(problems)}{tail}", file=sys.stderr)
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

    return serve(root, options.port, tuple(options.language), _progress())


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
    from samspill.translation.state import report  # noqa: PLC0415

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


def _document(root: Path, options: argparse.Namespace) -> int:
    from samspill.document.unit import document  # noqa: PLC0415
    from samspill.document.written import as_json  # noqa: PLC0415
    from samspill.making.build import checked  # noqa: PLC0415

    course, _ = checked(root)
    language = options.language or course.source_language
    if course.text(options.kind, options.id, language) is None:
        raise UsageError(f"there is no {options.kind} {options.id} in {language}")
    print(as_json(document(course, language, options.kind, options.id)))
    return CLEAN


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


COMMANDS: dict[str, Callable[[Path, argparse.Namespace], int]] = {
    "init": _init,
    "build": _build,
    "check": _check,
    "serve": _serve,
    "new": _new,
    "translated": _translated,
    "translations": _translations,
    "publish": _publish,
    "explain": _explain,
    "document": _document,
    "schemas": _schemas,
    "clean": _clean,
}
