"""Spoiled copies of the small whole course: reading and checking end, and what passes `check` is rendered.

How many there are is for the tier to say, or for `SAMSPILL_CASES=20000 pytest tests/test_fuzz.py`; `SAMSPILL_SEED=7`
looks elsewhere. A failure prints both.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st

from conftest import COURSES, SEED, Run, html_of
from documents import drawn_map
from samspill.authoring.skeleton import listed
from samspill.check import check
from samspill.drawing.lettering import lines_of
from samspill.making.written import frame
from samspill.model import Course, Kind
from samspill.problem import UsageError, errors, printed
from samspill.reading.context import Context
from samspill.reading.printed import HandoutInfo, handout_path
from samspill.render import paper, web
from samspill.render.web import page_file
from samspill.render.web.chooser import chooser
from samspill.render.web.notebook import notebook_data, notebook_page, notebook_path
from samspill.source import load
from spoiled import Files, courses, read_files

#: How many spoiled copies each tier looks at.
CASES = {"fast": 20, "sample": 300, "all": 1500}
#: Seconds of the processor's time that one copy may take, many times what the slowest takes.
BOUND = 5.0

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Doors</title><path d="M1 1h7"/></svg>\n'
PARAMETERS = {"cell_type": "code", "id": "words", "metadata": {"tags": ["parameters"]}, "source": ["words = {}"]}
CELLS = [
    PARAMETERS,
    {"cell_type": "markdown", "id": "data", "metadata": {}, "source": ["{#data}"]},
    {"cell_type": "code", "id": "sum", "metadata": {}, "outputs": [], "source": ["open('rows.csv').read()\n", "1 + 1"]},
]
NOTEBOOK = json.dumps({"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
PAGE = """---
title: Everything
summary: One of each.
---

## Blocks {#blocks}

1. A *word* **and** `code`, {{…}} [a door](case:two-doors).
2. ![Two doors](doors.svg)

| One | Two | Three |
|:----|:---:|------:|
| 1   | 2   |       |

> Said [@thompson-1967, p. 1].

### Below {#blocks.below}

```python
a = 1
```
""".replace("{{…}}", "")
#: Kinds of files that the whole course may lack.
MORE: Files = {
    "course/pages/everything/page.yml": b"id: everything\nhandout: true\nsources: [thompson-1967]\n",
    "course/pages/everything/en.md": PAGE.encode(),
    "course/pages/everything/nb.md": PAGE.encode(),
    "course/pages/everything/doors.svg": DRAWING.encode(),
    "course/pages/reading-spor/page.yml": b"id: reading-spor\nkind: notebook\nnotebook: spor.ipynb\n",
    "course/pages/reading-spor/spor.ipynb": NOTEBOOK.encode(),
    "course/pages/reading-spor/en.md": b"---\ntitle: Rows\nsummary: Two.\n---\n\n## Data {#data}\n\nHere.\n",
    "course/pages/reading-spor/nb.md": b"---\ntitle: Rader\nsummary: To.\n---\n\n## Data {#data}\n\nHer.\n",
    "course/data/rows.csv": b"a,b\n1,2\n",
}
FIGURE = "\n\n## Parts {#figure}\n\nA line.\n\n### One {#figure.one}\n\nOne.\n\n### Two {#figure.two}\n\nTwo.\n"


@pytest.fixture(scope="module")
def rich() -> Files:
    """The whole course with a page to print, a picture, a notebook with data, a figure and a third language."""
    files = read_files(COURSES / "whole")
    about = files["course/course.yml"].decode()
    for path, data in MORE.items():
        unit = path.split("/")[2]
        if path.endswith("page.yml") and path not in files:
            about = listed(about, "pages", unit)
        files.setdefault(path, data)
    if "code: da" not in about:
        third = "  - {code: da, name: Dansk}"
        about = about.replace(norwegian := "  - {code: nb, name: Norsk bokmål}", f"{norwegian}\n{third}")
    files["course/course.yml"] = about.encode()
    files.setdefault("course/pages/home/da.md", files["course/pages/home/nb.md"])
    module = "course/modules/waiting/"
    if b"figure:" not in files[f"{module}module.yml"]:
        files[f"{module}module.yml"] += b"figure: {kind: continuum, parts: [one, two]}\n"
        for language in ("en", "nb"):
            files[f"{module}{language}.md"] += FIGURE.encode()
    return files


@contextmanager
def bounded() -> Iterator[None]:
    """Stop what takes too long: with a traceback in Python, else with a dump of where it hangs."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {BOUND} s of the processor's time")

    faulthandler.dump_traceback_later(30 * BOUND, exit=True)
    before = signal.signal(signal.SIGVTALRM, stop) if hasattr(signal, "SIGVTALRM") else None
    if before is not None:
        signal.setitimer(signal.ITIMER_VIRTUAL, BOUND)
    try:
        yield
    finally:
        if before is not None:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
        faulthandler.cancel_dump_traceback_later()


class Disk:
    """A folder that holds one spoiled copy after the other; only what differs is written, and read anew."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "build").mkdir()  # where there is one, what was parsed is kept
        self.files: Files = {}

    def put(self, files: Files) -> None:
        """Make the folder hold these files and nothing else."""
        for path in self.files.keys() - files.keys():
            (self.root / path).unlink()
        for path, data in files.items():
            if self.files.get(path) != data:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                (self.root / path).write_bytes(data)
        self.files = dict(files)
        below = [path for top in ("course", "cases") for path in (self.root / top).rglob("*")]
        for folder in sorted((path for path in below if path.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()


_VOID = {"br", "img", "hr", "input", "link", "meta", "wbr", "col"}


class _Balance(HTMLParser):
    """Finds the first tag that is closed in the wrong place, or never."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong = ""
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for key, value in attrs if key == "id"]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong = self.wrong or tag


def whole_page(data: bytes) -> None:
    """Check that a page is named and balanced HTML, and that its drawings are XML."""
    assert page_file.read(data)["title"].strip()
    body = html_of(data)
    balance = _Balance()
    balance.feed(body)
    balance.close()
    assert (balance.wrong, balance.open) == ("", [])
    for drawing in re.findall(r"<svg.*?</svg>", body, re.S):
        ElementTree.fromstring(drawing)


PLACES: dict[Kind, str] = {
    "module": "modules/", "case": "cases/", "worksheet": "worksheets/", "pathway": "pathways/", "page": "",
}  # fmt: skip
LISTS = {"modules/index.md", "cases/index.md", "worksheets/index.md", "pathways/index.md"}
LISTS |= {"countries.md", "objectives.md", "glossary.md", "sources.md", "translations.md"}


def menu(entries: Sequence[Any]) -> Iterator[str]:
    """Yield the files of a menu."""
    for entry in entries:
        for below in entry.values():
            yield from [below] if isinstance(below, str) else menu(below)


def render(course: Course, seen: set[bytes], lot: int) -> None:
    """Make everything that a build makes of a course and look at it; of its PDF files only one, and seldom."""
    made: list[str] = []
    chooser(course)
    for language in course.languages:
        wanted = paper.handouts(course, language)
        infos = {each.path: HandoutInfo(each.path, each.kind, each.unit, each.part, 1, 1000) for each in wanted}
        assert len(infos) == len(wanted)
        for each in wanted:
            sheet = paper.inputs(course, each)
            title = json.loads(sheet)["title"]
            # In another language than the sheet's it stands in pieces.
            assert title.strip() if isinstance(title, str) else title
            made.append(sheet)
        pages = {page.path: page.data for page in web.pages(course, language, infos)}
        units = [(kind, unit) for kind in PLACES for unit in course.units(kind) if course.text(kind, unit, language)]
        notebooks = [unit for kind, unit in units if kind == "page" and course.pages[unit].kind == "notebook"]
        others = [(kind, unit) for kind, unit in units if not (kind == "page" and unit in {"home", *notebooks})]
        files = {f"{PLACES[kind]}{unit}.md" for kind, unit in others}
        home = {"index.md"} if ("page", "home") in units else set()
        assert {path for path in pages if path.endswith(".md")} == LISTS | files | home
        for path, data in pages.items():
            if path.endswith(".md") and data not in seen:
                seen.add(data)
                whole_page(data)
        around = frame(course, language, {})
        assert around.description
        assert {*menu(around.navigation)} == {*LISTS, *files, *home, *(f"{unit}.ipynb" for unit in notebooks)}
        json.dumps([around.title, around.navigation, around.extra])
        for unit in notebooks:
            context, page = Context(course, language), course.pages[unit]
            raw = course.assets[notebook_path(page)].data
            notebook_data(course, raw)
            assert json.loads(notebook_page(context, page, raw))["cells"]
    if made and lot < 20:
        assert paper.typeset(made[lot * len(made) // 20]).startswith(b"%PDF-")


def examine(root: Path, seen: set[bytes], lot: int) -> str:
    """Load, check and render what stands in a folder; return how far it came."""
    try:
        course, problems = load(root)
    except UsageError as error:
        assert "course/course.yml" in str(error)
        return "no course"
    if course is not None:
        problems = [*problems, *check(course, problems)]
    for problem in problems:
        assert problem.message.strip() and problem.remedy.strip()
        assert problem.line >= 1 and problem.column >= 1
    assert "\n" not in printed(problems[:1])
    if course is None or errors(problems):
        assert errors(problems)
        return "unreadable" if course is None else "wrong"
    render(course, seen, lot)
    return "rendered"


def test_spoiled_courses_are_read_checked_and_rendered(rich: Files, tmp_path: Path, tier: str) -> None:
    cases = int(os.environ.get("SAMSPILL_CASES", CASES[tier]))
    disk = Disk(tmp_path)
    disk.put(rich)
    assert examine(tmp_path, set(), 0) == "rendered"
    seen: set[bytes] = set()
    reached: Counter[str] = Counter()

    @seed(SEED)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(courses(rich), st.integers(0, 99))
    def examined(files: Files, lot: int) -> None:
        note(f"SAMSPILL_SEED={SEED} SAMSPILL_CASES={cases}; what differs:")
        for path in sorted(files.keys() | rich.keys()):
            if files.get(path) != rich.get(path):
                note(f"{path}: {files.get(path)!r}")
        disk.put(files)
        with bounded():
            reached[examine(tmp_path, seen, lot)] += 1

    examined()
    # A strategy that no longer gets past `check` would find nothing.
    assert reached["rendered"] > 0.15 * sum(reached.values())
    assert reached["wrong"] > 0.1 * sum(reached.values())


# --- what it has found --------------------------------------------------------------------------------------

CASE = "cases/two-doors/case.yml"
SOURCES = "course/sources.yml"
NORWAY = "course/settings/no.yml"
HAN = "漢"
NO_FONT = "H001 no font for 漢 (U+6F22)"
WORDS = "write it in words"
CATALOGUE = "write it in Latin letters, as the library catalogue does"
COPY = "copy it anew from the address bar of your browser"
Change = tuple[str, bytes, bytes]
WRONG: list[tuple[str, Change, str]] = [
    (
        "a scale longer than memory",
        ("course/worksheets/log/worksheet.yml", b"to: 5", b"to: 99999999999999999"),
        "course/worksheets/log/worksheet.yml:8:5: S001 fields.2: a scale has from: and to:, with two to eleven values "
        "(mend the field)",
    ),
    (
        "a scale of more digits than are counted",
        ("course/worksheets/log/worksheet.yml", b"to: 5", b"to: 99999999999999999999"),
        "course/worksheets/log/worksheet.yml:8:45: S001 fields.2.to: has more digits than can be counted with (write a "
        "number of at most 18 digits)",
    ),
    (
        "a language twice",
        ("course/course.yml", b"  - {code: nb", b"  - {code: en, name: Engelsk}\n  - {code: nb"),
        'course/course.yml:8:12: S003 id "en" stands twice (remove one of them)',
    ),
    (
        "a tie from an actor to itself",
        (CASE, b"to: centre", b"to: doctor"),
        f'{CASE}:17:24: R005 a tie leads from "doctor" to itself (name another actor, or person)',
    ),
    ("title", ("course/course.yml", b"A whole course", HAN.encode()), f"course/course.yml:2:13: {NO_FONT} ({WORDS})"),
    ("country", (NORWAY, b"Norway", HAN.encode()), f"{NORWAY}:2:12: {NO_FONT} ({WORDS})"),
    (
        "domain",
        ("course/pages/everything/en.md", b"(case:two-doors)", "(https://漢.no)".encode()),
        f"course/pages/everything/en.md:6:1: {NO_FONT} ({COPY})",
    ),
]
#: Every field of a source that is printed, as it stands in the file, with what to do about a letter without a font.
PRINTED = {
    "    title: 漢": CATALOGUE,
    "    author: [{family: T, given: 漢}]": CATALOGUE,
    "    editor: [{family: T, non-dropping-particle: 漢}]": CATALOGUE,
    **{
        f"    {name}: 漢": CATALOGUE
        for name in (
            "container-title", "event-title", "publisher", "publisher-place", "volume", "issue", "page", "number",
            "edition", "genre", "ISBN", "short",
        )
    },
    "    DOI: 10.1000/漢": COPY,
    "    URL: https://漢.no": COPY,
}  # fmt: skip


def changed(files: Files, *changes: Change) -> Files:
    """Return files with one passage of some replaced, which must be there."""
    result = dict(files)
    for path, old, new in changes:
        assert old in result.get(path, b""), f"{path} does not hold {old!r}"
        result[path] = result.get(path, b"").replace(old, new, 1)
    return result


def reread(root: Path, files: Files, *changes: Change) -> Course:
    """Change some files and load the course, which must be without errors."""
    Disk(root).put(changed(files, *changes))
    course, problems = load(root)
    assert course is not None
    assert errors([*problems, *check(course, problems)]) == []
    return course


@pytest.mark.parametrize(("change", "expected"), [pytest.param(*rest, id=name) for name, *rest in WRONG])
def test_it_is_one_clear_problem(change: Change, expected: str, rich: Files, tmp_path: Path, run: Run) -> None:
    Disk(tmp_path).put(changed(rich, change))
    assert run("check", root=tmp_path)[:2] == (2, f"{expected}\n")


def test_every_printed_field_of_a_source_has_letters_to_print_it(rich: Files, tmp_path: Path, run: Run) -> None:
    above = ["references:", "  - id: thompson-1967", "    type: book", "    seen: page", "    issued: {year: 1967}"]
    Disk(tmp_path).put(rich | {SOURCES: "\n".join([*above, *PRINTED, ""]).encode()})
    assert run("check", root=tmp_path).out.splitlines() == [
        f"{SOURCES}:{number}:{field.index(': ') + 3 + field.count('[')}: {NO_FONT} ({remedy})"
        for number, (field, remedy) in enumerate(PRINTED.items(), 6)
    ]


def test_a_language_without_a_title_takes_the_source_s(rich: Files, tmp_path: Path) -> None:
    both = b"{en: A whole course, nb: Et helt kurs}"
    course = reread(tmp_path, rich, ("course/course.yml", both, b"{en: 'One: a course'}"))
    around = frame(course, "nb", {})
    assert (around.title, around.description) == ("One", "One: a course")


def test_no_two_handouts_share_a_path() -> None:
    made = {
        handout_path("session", unit, part)
        for unit in ("a", "a-b", "a-b-c", "b")
        for part in ("c", "b-c", "b-c-d", "overview", "d")
    }
    made |= {handout_path("plan", unit) for unit in ("a", "a-b", "a-b-c", "b")}
    made |= {handout_path("stages", unit, "a-b/c") for unit in ("a", "overview")}
    assert len(made) == 20 + 4 + 2
    # As they were published.
    assert handout_path("session", "short", "first-one") == "handouts/pathway-short-first-one.pdf"


def test_a_name_of_many_words_is_drawn_line_by_line(rich: Files, tmp_path: Path) -> None:
    course = reread(tmp_path, rich, (CASE, b"name: Marit", b"name: " + b"Ola " * 40))
    with bounded():
        drawing = drawn_map(Context(course, "nb", course.cases["two-doors"]))
    assert drawing.wide.count(">Ola Ola Ola</text>") == 13


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("-" * 1500, ("--",) * 750),
        ("åååå", ("åå-", "åå")),
        ("a-" * 900, ("a-",) * 900),
        ("WWW", ("WWW",)),
        ("W\u0338\u0338\u0338\u0338W", ("W\u0338\u0338\u0338\u0338W",)),
        ("WWWW\u0338\u0338\u0338\u0338\u0338", ("WW-", "W-", "W\u0338\u0338\u0338\u0338\u0338")),
        ("W\u0338\u0338\u0338\u0338\u0338WWW", ("W\u0338\u0338\u0338\u0338\u0338-", "WWW")),
    ],
)
def test_a_word_without_end_is_divided(label: str, lines: tuple[str, ...]) -> None:
    with bounded():
        assert lines_of(label, 16, 10) == lines
