"""How the command is called: its words, its options and their help."""

from __future__ import annotations

import argparse
import sys
from functools import cache
from pathlib import Path

from samspill import __version__
from samspill.cli.status import USAGE


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        """Stop with status 3, the status of wrong usage."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


@cache
def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    top = _Parser(
        prog="samspill",
        description="Make a course website and printable handouts from structured source, and check them.",
    )
    top.add_argument("--version", action="version", version=f"samspill {__version__}")
    top.add_argument("--root", type=Path, default=None, metavar="DIR", help="the course's folder (default: here)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    init = commands.add_parser("init", help="begin a course of your own in an empty folder")
    init.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="FOLDER", help="where (default: here)")
    init.add_argument("--language", default="en", metavar="CODE", help="the language it is written in (default: en)")
    init.add_argument("--title", default=None, metavar="TEXT", help="what the course is called")

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
    serve.add_argument(
        "--language", action="append", default=[], metavar="CODE", help="only this language (repeatable)"
    )
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
        "file", type=Path, metavar="FILE", help="the translated file: cases/my-case/nb.md, course/glossary.yml"
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

    document = commands.add_parser("document", help="print what a unit says in a language, as JSON for other programs")
    document.add_argument("kind", choices=("module", "case", "worksheet", "pathway", "page"), help="what it is")
    document.add_argument("id", metavar="ID", help="its id, such as my-case")
    document.add_argument("--language", default=None, metavar="CODE", help="the language (default: the source's)")

    commands.add_parser("schemas", help="write the JSON Schemas that editors use to schemas/")
    commands.add_parser("clean", help="remove everything that was built")
    return top
