"""A new language: everything that the tool and the course need for it, with TODO before each text to be written.

What follows TODO serves until then, so that the site of the language can be built and looked at from the first day:
the interface in English, the course as far as it is translated.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from samspill import theme
from samspill.authoring.skeleton import translation
from samspill.disk.workspace import make_folder, readable, readable_tree
from samspill.languages import MODEL
from samspill.languages.counting import forms
from samspill.languages.gaps import FOLDER, gaps
from samspill.languages.grammar import ASKING, TODO
from samspill.model import Course
from samspill.problem import ContentError, UsageError, errors
from samspill.source import load
from samspill.source.edited import with_entry, with_text
from samspill.source.load import COURSE_FILE

#: Codes that people write for a language that has a better one.
_BETTER = {"no": "nb (Bokmål) or nn (Nynorsk)", "dk": "da"}


def new_language(root: Path, code: str) -> list[str]:
    """Begin a language: its folder of words, its entry in course.yml and its home page; return the paths written.

    Paths are relative to the root where they lie below it. Raises `UsageError` for a code that is unknown or taken,
    `ContentError` when the course cannot be read. When anything fails, nothing is left behind.
    """
    if theme.carried():
        raise UsageError(
            "a language is written into the tool, and this one is installed, so that the words would go with the next "
            "version: begin the language in a checkout of the tool, and install it from there"
        )
    name = _name(code)
    course, problems = load(root)
    if course is None or errors(problems):
        raise ContentError(problems)
    course_file, home = root / COURSE_FILE, root / course.prose_path("page", "home", code)
    folder = FOLDER / code
    wanted = {folder / name: text for name, text in _words(code) if not (folder / name).exists()}
    begun = home.exists()
    if code in course.languages and not wanted and begun:
        raise UsageError(f"the course has {code} already: samspill check --language {code} lists what it lacks")
    before = course_file.read_bytes()
    made = not folder.exists()
    try:
        _write(folder, wanted)
        course_file.write_bytes(_listed(course, before.decode("utf-8"), code, name).encode())
        if not begun:
            _forget()
            make_folder(home.parent)
            home.write_text(translation(course, "page", "home", code), "utf-8")
            readable(home)
        _forget()
        _, problems = load(root)
        if errors(problems):
            raise ContentError(problems)
    except BaseException:
        course_file.write_bytes(before)
        if not begun:
            home.unlink(missing_ok=True)
        for path in wanted:
            path.unlink(missing_ok=True)
        if made:
            shutil.rmtree(folder, ignore_errors=True)
        _forget()
        raise
    written = [*wanted, course_file, *(() if begun else (home,))]
    return [os.path.relpath(path, root) if path.is_relative_to(root) else os.fspath(path) for path in written]


def _name(code: str) -> str:
    """Return what a language calls itself. Raises `UsageError` for a code that is none, or cannot be set in type."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - only here

    if not re.fullmatch("[a-z]{2}", code):
        raise UsageError(f'"{code}" is no language code: write two small letters, such as fi')
    if code in _BETTER:
        raise UsageError(f'"{code}" is a country: the language is {_BETTER[code]}')
    try:
        locale = Locale.parse(code)
    except UnknownLocaleError:
        raise UsageError(f'no language has the code "{code}": see ISO 639-1') from None
    if locale.text_direction == "rtl":
        raise UsageError(f'"{code}" is written from right to left, which pages and handouts cannot do yet')
    name = locale.languages.get(code) or locale.english_name or code
    return name[:1].upper() + name[1:]


def _write(folder: Path, files: Mapping[Path, str]) -> None:
    """Write a language's files; each is there whole or not at all, and whoever is stopped runs the command again."""
    try:
        folder.mkdir(exist_ok=True)
        for path, text in files.items():
            draft = path.with_name(f".{path.name}.new")
            draft.write_text(text, "utf-8")
            draft.replace(path)
    except OSError as error:
        why = f"cannot be written ({error.strerror})"
        raise UsageError(f"the words of the interface stand in {folder.parent}, which {why}") from None
    readable_tree(folder)


def _words(code: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a language's folder: the English ones with TODO before each text, and its grammar."""
    for file in sorted((FOLDER / MODEL).glob("*.yml")):
        text = file.read_text("utf-8")
        asks = text if file.stem == ASKING else marked(text, forms(code))
        yield file.name, _grammar(code) if file.stem == "grammar" else asks


def marked(text: str, wanted: Sequence[str] = ("one", "other")) -> str:
    """Return a YAML file with `TODO: ` before every text, keys and comments as they were.

    Words that are counted have one text for one and one for others; what a language `wanted` besides gets the latter.
    """
    starts: list[tuple[int, int, str, tuple[str, ...]]] = []
    besides = tuple(name for name in wanted if name not in ("one", "other"))

    def walk(node: yaml.Node | None, more: tuple[str, ...] = ()) -> None:
        match node:
            case yaml.MappingNode():
                counted = {"one", "other"} <= {str(key.value) for key, _ in node.value}
                for key, value in node.value:
                    walk(value, besides if counted and key.value == "other" else ())
            case yaml.SequenceNode():
                for value in node.value:
                    walk(value)
            case yaml.ScalarNode():
                starts.append((node.start_mark.index, node.end_mark.index, str(node.value), more))

    walk(yaml.compose(text, Loader=yaml.SafeLoader))
    for start, end, words, more in sorted(starts, reverse=True):
        # A text of several lines ends where the next key begins.
        last = start + len(text[start:end].rstrip("\n"))
        said = _quoted(f"{TODO}: {words}")
        text = text[:start] + ", ".join([said, *(f"{name}: {said}" for name in more)]) + text[last:]
    return text


def _quoted(words: str) -> str:
    """Return words between double quotation marks, as YAML and JSON write them both."""
    return json.dumps(words, ensure_ascii=False).replace("\u00a0", "\\u00a0")


def _grammar(code: str) -> str:
    """Return a language's grammar as far as CLDR knows it: dates and the locale; the rest is to be written."""
    from babel import Locale  # noqa: PLC0415
    from babel.core import get_global  # noqa: PLC0415

    locale = Locale.parse(code)
    likely = str(get_global("likely_subtags").get(code, code))
    region = likely.rsplit("_", 1)[-1] if "_" in likely else code.upper()
    day_first = re.match(r"d(?P<after>[^\w']*)(?:'[^']*' )?MMM", str(locale.date_formats["long"].pattern))
    lines = [
        "# How the language writes: see languages/grammar.py. What stands behind TODO serves until it is written.",
        "# Quotation marks, the primary pair and the one inside it.",
        f"quotes: {_quoted(f'{TODO}: “”‘’')}",
        "# What a name takes in the genitive, and what it takes instead after some last letters.",
        f"genitive: {_quoted(f'{TODO}: s')}",
        f"genitive_after: {_quoted(TODO)}",
        f"genitive_ending: {_quoted(TODO)}",
        "# The letters that come after z in a dictionary, such as åäö; none: an empty text.",
        f"letters: {_quoted(TODO)}",
        "# The list of references: a locale of CSL, and what stands between the day and the month.",
        "references:",
        f"  locale: {code}-{region}",
        *([f"  after_day: {_quoted(day_first['after'])}"] if day_first else []),
    ]
    return "\n".join(lines) + "\n"


def _listed(course: Course, text: str, code: str, name: str) -> str:
    if code not in course.languages:
        text = with_entry(text, COURSE_FILE, "languages", f"{{code: {code}, name: {_plain(name)}}}")
    if code not in course.about.title:
        title = course.about.title[course.source_language]
        text = with_text(text, COURSE_FILE, "title", code, _quoted(f"{TODO}: {title}"))
    return text


def _plain(name: str) -> str:
    return name if re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", name) and name.lower() != "no" else _quoted(name)


def _forget() -> None:
    """Read the words anew: a language has come or gone."""
    from samspill import languages  # noqa: PLC0415

    gaps.cache_clear()
    languages.available.cache_clear()
    languages.catalogue.cache_clear()
    languages.grammar.cache_clear()
