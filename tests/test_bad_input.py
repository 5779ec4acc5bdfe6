"""What nobody should have put in: each is one clear problem, at once, and never a traceback."""

from __future__ import annotations

import os
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result, Run, change, steps
from samspill.check import check
from samspill.source import load

COURSE = "course/course.yml"
CASE = "cases/two-doors/case.yml"
NB = "cases/two-doors/nb.md"
HOME = "course/pages/home/nb.md"
GLOSSARY = "course/glossary.yml"
#: Calls that checking the small course may take when it was read before and one bad file is new; 11,000 are ordinary.
BOUND = 338_000
Make = Callable[[Path], None]


def edit(path: str, old: str, new: str) -> Make:
    return lambda root: change(root / path, old, new)


def write(path: str, data: str | bytes) -> Make:
    def make(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data if isinstance(data, bytes) else data.encode())

    return make


def say(words: str) -> Make:
    """Put words into a translated text, on line 13 of the Norwegian home page."""
    return edit(HOME, "- [Å vente](module:waiting) én time", words)


def link_file(root: Path) -> None:
    secret = root.parent / "secret.md"
    secret.write_text("secret\n")
    (root / NB).unlink()
    (root / NB).symlink_to(secret)


def link_folder(root: Path) -> None:
    (root / "cases" / "two-doors").rename(root.parent / "elsewhere")
    (root / "cases" / "two-doors").symlink_to(root.parent / "elsewhere", target_is_directory=True)


def link_all(root: Path) -> None:
    (root / "cases").rename(root.parent / "elsewhere")
    (root / "cases").symlink_to(root.parent / "elsewhere", target_is_directory=True)


def link_to_itself(root: Path) -> None:
    (root / "course" / "loop").symlink_to(root / "course", target_is_directory=True)


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    """The bytes of a PNG that says it has this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def svg(part: str) -> str:
    """The text of a drawing with a part on its second line."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2">\n{part}\n</svg>'


def bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)]
    return "\n".join(lines) + "\n"


def empty_unit(root: Path) -> None:
    (root / "cases" / "empty").mkdir()


def strange_name(root: Path) -> None:
    folder = os.fsencode(root / "cases" / "two-doors")
    Path(os.fsdecode(folder + b"/caf\xe9.md")).write_text("x\n")


def escaping_name(root: Path) -> None:
    (root / "cases" / "two-doors" / "a\n\x1b[31mb.md").write_text("x\n")


PICTURE = "cases/two-doors/map.png"
DRAWING = "cases/two-doors/map.svg"
BAD: list[tuple[str, Make, str]] = [
    ("tab", edit(GLOSSARY, "    word", "\tword"), f"{GLOSSARY}:3:1: Y001 not valid YAML: the line is indented"),
    ("duplicate key", edit(CASE, "setting: no\n", "setting: no\nsetting: dk\n"), f'{CASE}:3:1: Y002 key "setting"'),
    ("alias bomb", write(GLOSSARY, bomb()), f"{GLOSSARY}:1:5: Y003 the anchor &a0 is not allowed"),
    ("brackets", write(GLOSSARY, "terms: " + "[" * 100_000), f"{GLOSSARY}:1:31: Y004 nested deeper than 24 levels"),
    ("braces", write(GLOSSARY, "{a: " * 100_000), f"{GLOSSARY}:1:97: Y004"),
    ("object", write(GLOSSARY, "terms: !!python/object/apply:os.system [x]\n"), f"{GLOSSARY}:1:8: Y003 the tag"),
    ("language no", edit(COURSE, "code: nb", "code: norsk"), f"{COURSE}:8:12: S001 languages.1.code: 'norsk' has the"),
    ("clock", edit(CASE, "minutes: 25", "minutes: 9:30"), f"{CASE}:3:10: S001 minutes: should be a whole number"),
    ("quoted minutes", edit(CASE, "minutes: 25", 'minutes: "25"'), f"{CASE}:3:10: S001 minutes: should be a whole"),
    ("half minutes", edit(CASE, "minutes: 25", "minutes: 2.5"), f"{CASE}:3:10: S001 minutes: should be a whole number"),
    ("no minutes", edit(CASE, "minutes: 25", "minutes: 0"), f"{CASE}:3:10: S001 minutes: 0 is less than 1 (write at"),
    ("minus minutes", edit(CASE, "minutes: 25", "minutes: -5"), f"{CASE}:3:10: S001 minutes: -5 is less than 1 (write"),
    ("plus minutes", edit(CASE, "minutes: 25", "minutes: +25"), f"{CASE}:3:10: S001 minutes: should be a whole number ("
     "write 25)"),
    ("zero minutes", edit(CASE, "minutes: 25", "minutes: 025"), f"{CASE}:3:10: S001 minutes: should be a whole number ("
     "write 25)"),
    ("9s", edit(CASE, "minutes: 25", f"minutes: {'9' * 19}"), f"{CASE}:3:10: S001 minutes: has more digits than can be "
     "counted with (write a number of at most 18 digits)"),
    ("a blank", edit(COURSE, "nb: Et helt kurs", 'nb: " "'), f"{COURSE}:2:33: S001 title.nb: says nothing (write the"),
    ("no-break", edit(COURSE, "nb: Et helt kurs", 'nb: "\\u00a0"'), f"{COURSE}:2:33: S001 title.nb: says nothing"),
    ("soft hyphen", edit(COURSE, "nb: Et helt kurs", 'nb: "\\u00ad"'), f"{COURSE}:2:33: S001 title.nb: says nothing"),
    ("true minutes", edit(CASE, "minutes: 25", "minutes: true"), f"{CASE}:3:10: S001 minutes: should be a"),
    ("edition", edit(COURSE, '"2026.1"', "1.10"), f"{COURSE}:3:10: S001 edition: should be a text"),
    ("path as id", edit(COURSE, "[two-doors]", "[../x]"), f"{COURSE}:10:9: S001 cases.0: '../x' has the wrong form"),
    ("absolute id", edit(COURSE, "[two-doors]", "[/etc]"), f"{COURSE}:10:9: S001 cases.0: '/etc' has the wrong form"),
    ("long id", edit(COURSE, "[two-doors]", f"[{'a' * 900}]"), f"{COURSE}:10:9: S001 cases.0: 'aaa"),
    ("gone", edit(CASE, "practises: [see-waiting]}", "practises: [see-waiting], pathways: [short]}"),
     f"{CASE}:24:109: S001 prompts.0.pathways: is not a known field (check the spelling, or remove it)"),
    ("a list", write(COURSE, "- a\n"), f"{COURSE}:1:1: S001 the file: should be a mapping"),
    ("empty course", write(COURSE, ""), f"{COURSE}:1:1: S001"),
    ("script", say("<script>alert(1)</script>"), f"{HOME}:13:1: M001 raw HTML in content"),
    ("onerror", say("a <img src=x onerror=alert(1)>"), f"{HOME}:13:3: M001 raw HTML in content"),
    ("javascript", say("[x](javascript:alert(1))"), f'{HOME}:13:5: M007 link to "javascript:alert(1)"'),
    ("mixed case", say("[x](JaVaScRiPt:alert(1))"), f'{HOME}:13:5: M007 link to "JaVaScRiPt:alert(1)"'),
    ("entities", say("[x](&#106;avascript:alert(1))"), f'{HOME}:13:5: M007 link to "javascript:alert(1)"'),
    ("tab in scheme", say("[x](<java\tscript:alert(1)>)"), f'{HOME}:13:6: M007 link to "java\\u0009script:alert(1)"'),
    ("reference", say("a [x]\n\n[x]: javascript:alert(1)"), f'{HOME}:15:1: M013 an address "[x]: javascript:alert(1)"'),
    ("data", say("[x](data:text/html;base64,PHg+)"), f'{HOME}:13:5: M007 link to "data:text/html;base64,PHg+"'),
    ("vbscript", say("[x](vbscript:x)"), f'{HOME}:13:5: M007 link to "vbscript:x"'),
    ("other host", say("[x](//example.org)"), f'{HOME}:13:5: M007 link to "//example.org"'),
    ("picture from outside", say("![x](//example.org/a.png)"), f'{HOME}:13:6: F005 the picture "//example.org/a.png"'),
    ("emoji", say("Hei 😀"), f"{HOME}:11:1: H001 no font for 😀 (U+1F600) (write it in words)"),
    ("deep quotation", say(">" * 5000 + " a"), f"{HOME}:13:1: M009 nesting of more than 12 levels"),
    ("deep list", say("- " * 4000 + "a"), f"{HOME}:13:1: M009 nesting of more than 12 levels"),
    ("deep emphasis", say("*" * 4000 + "a" + "*" * 4000), f"{HOME}:13:1: M009 nesting of more than 12 levels"),
    ("long line", say("ord " * 40_000), f"{HOME}:13:1: M009 a paragraph of more than 10,000 characters"),
    ("megabyte line", say("o" * 1_000_000), f"{HOME}:1:1: F006 the file has 1,000,"),
    ("right to left", say("abc \u202egnp.exe"), f"{HOME}:13:5: F001 the invisible control character U+202E"),
    ("right to left in YAML", edit(CASE, "Marit", "Ma\u202erit"), f"{CASE}:9:20: F001 the invisible control"),
    ("NUL", say("a\x00b"), f"{HOME}:13:2: F001 the invisible control character U+0000"),
    ("escape", edit(CASE, "Marit", "\x1b[31mMarit"), f"{CASE}:9:18: F001 the invisible control character U+001B"),
    ("line separator", say("a\u2028b"), f"{HOME}:13:2: F001 the invisible control character U+2028"),
    ("Latin-1", write(NB, "---\ntitle: Dører\n".encode("latin-1")), f"{NB}:2:9: F001 the file is not UTF-8 text"),
    ("UTF-16", write(CASE, "id: x\n".encode("utf-16")), f"{CASE}:1:1: F001 the file is not UTF-8 text"),
    ("never closed", edit(HOME, '"\n---\n', '"\n'), f"{HOME}:1:1: M006 front matter: it is never closed"),
    ("no front matter", edit("course/pages/home/en.md", "---\ntitle", "title"), "course/pages/home/en.md:1:1: M006"),
    ("linked file", link_file, f"{NB}:1:1: F002 a symbolic link is not followed"),
    ("linked folder", link_folder, "cases/two-doors:1:1: F002 a symbolic link is not followed"),
    ("linked cases", link_all, "cases:1:1: F002 a symbolic link is not followed"),
    ("loop", link_to_itself, "course/loop:1:1: F002 a symbolic link is not followed"),
    ("empty folder", empty_unit, 'cases/empty:1:1: F003 case "empty" is not listed'),
    ("giant picture", write(PICTURE, png(30_000, 30_000)), f"{PICTURE}:1:1: F005 the picture has 30000 × 30000 pixels"),
    ("wide picture", write(PICTURE, png(4001, 1)), f"{PICTURE}:1:1: F005 the picture has 4001 × 1 pixels"),
    ("heavy picture", write(PICTURE, png(10, 10) + b"x" * 5_000_000), f"{PICTURE}:1:1: F006 the file has 5,000,"),
    ("cut picture", write(PICTURE, png(10, 10)[:20]), f"{PICTURE}:1:1: F005 the picture cannot be read"),
    ("empty picture", write(PICTURE, png(10, 10)), f"{PICTURE}:1:1: F012 the picture is damaged or cut off"),
    ("active drawing", write(DRAWING, svg("<script/>")), f"{DRAWING}:2:1: F013 the drawing holds a program"),
    ("handler in drawing", write(DRAWING, svg('<g onload="x()"/>')), f"{DRAWING}:2:1: F013 the drawing holds a prog"),
    ("link in drawing", write(DRAWING, svg('<a href="https://x.org"/>')), f"{DRAWING}:2:1: F013 the drawing holds a l"),
    ("entity in drawing", write(DRAWING, "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("")), f"{DRAWING}:1:1: F015 the dr"),
    ("UTF-16 drawing", write(DRAWING, svg("").encode("utf-16")), f"{DRAWING}:1:1: F015 the drawing is not UTF-8"),
    ("emoji in drawing", write(DRAWING, svg("<text>😀</text>")), f"{DRAWING}:2:1: H003 no font for 😀 (U+1F600) in"),
    ("photo named by a camera", say("![Et hus](IMG_1.JPG)"), f'{HOME}:13:11: F005 the picture "IMG_1.JPG" has a name'),
    ("strange name", strange_name, "cases/two-doors/caf\\udce9.md:1:1: F007 nothing uses this file"),
    ("name with escapes", escaping_name, "cases/two-doors/a\\u000a\\u001b[31mb.md:1:1: F007 nothing uses this file"),
]


SOURCES = "course/sources.yml"
SHORT = "course/pathways/short/pathway.yml"
NORWAY = "course/settings/no.yml"
ISSUED = f"{SOURCES}:6:5: S001 references.0.issued"
RELEASED = f"{COURSE}:4:11: S001 released"
FACT = f"{NORWAY}:22:12: S001 facts.0.as_of"


def issued(words: str) -> Make:
    return edit(SOURCES, "{year: 1967}", words)


def released(words: str) -> Make:
    return edit(COURSE, '"2026-11-21"', words)


def as_of(words: str) -> Make:
    return edit(NORWAY, "2024-01", words)


def ects(words: str) -> Make:
    return edit(SHORT, "eqf: 6\n", f"eqf: 6\nects: {words}\n")


#: Dates and numbers that have the right form and cannot be true.
BAD += [
    ("31 February", released('"2026-02-31"'), f"{RELEASED}: '2026-02-31': February 2026 has no day 31 (write"),
    ("29 February", released("2026-02-29"), f"{RELEASED}: '2026-02-29': February 2026 has no day 29"),
    ("day 0", released("2026-03-00"), f"{RELEASED}: '2026-03-00': March 2026 has no day 0"),
    ("month 13", released("2026-13-01"), f"{RELEASED}: '2026-13-01': there is no month 13 (write a month"),
    ("month 0", released("2026-00-01"), f"{RELEASED}: '2026-00-01': there is no month 0"),
    ("year 0", released("0000-01-01"), f"{RELEASED}: '0000-01-01': the year 0 is not between 1000"),
    ("day only", released("21.11.2026"), f"{RELEASED}: '21.11.2026' has the wrong form"),
    ("edition 0", edit(COURSE, '"2026.1"', '"2026.0"'), f"{COURSE}:3:10: S001 edition: '2026.0' has the wrong form"),
    ("edition 01", edit(COURSE, '"2026.1"', '"2026.01"'), f"{COURSE}:3:10: S001 edition: '2026.01' has the wrong form"),
    ("edition of 9999", edit(COURSE, '"2026.1"', '"9999.1"'), f"{COURSE}:3:10: S001 edition: '9999': the year"),
    ("fact 13", as_of("2024-13"), f"{FACT}: '2024-13': there is no month 13"),
    ("fact 30 February", as_of("2024-02-30"), f"{FACT}: '2024-02-30': February 2024 has no day 30"),
    ("fact 20244", as_of("20244"), f"{FACT}: '20244' has the wrong form"),
    ("issued 31 February", issued("{year: 2024, month: 2, day: 31}"), f"{ISSUED}: February 2024 has no day 31 (write"),
    ("issued 31 June", issued("{year: 2024, month: 6, day: 31}"), f"{ISSUED}: June 2024 has no day 31"),
    ("issued month 13", issued("{year: 2024, month: 13}"), f"{SOURCES}:6:33: S001 references.0.issued.month: 13 is"),
    ("issued day only", issued("{year: 2024, day: 3}"), f"{ISSUED}: a day without a month (add month:"),
    ("issued year 0", issued("{year: 0}"), f"{ISSUED}: the year 0 is not between 1000"),
    ("issued year 20244", issued("{year: 20244}"), f"{ISSUED}: the year 20244 is not between 1000 and 2199"),
    ("issued as text", issued("2024"), f"{SOURCES}:6:13: S001 references.0.issued: should be a mapping"),
    ("issued quoted", issued('{year: "2024"}'), f"{SOURCES}:6:20: S001 references.0.issued.year: should be a whole"),
    ("circa", issued("{year: 1967, circa: yes}"), f"{SOURCES}:6:33: S001 references.0.issued.circa: should be true or"),
    ("after nothing", edit(CASE, "P3W", "P0D"), f"{CASE}:21:36: S001 stages.1.after: 'P0D' has the wrong form "),
    ("after for ever", edit(CASE, "P3W", "P9999Y"), f"{CASE}:21:36: S001 stages.1.after: 'P9999Y' has the wrong form"),
    ("not a number", ects("nan"), f"{SHORT}:3:7: S001 ects: should be a number (put a text in quotes; write a number"),
    ("YAML's not a number", ects(".nan"), f"{SHORT}:3:7: S001 ects: should be a number"),
    ("infinite", ects("1e400"), f"{SHORT}:3:7: S001 ects: should be a number that can be counted to"),
    ("many credits", ects("1e9"), f"{SHORT}:3:7: S001 ects: 1e+09 is more than 60 (write at most 60)"),
    (
        "a long label",
        edit("course/settings/no.yml", "bare: GP,", "bare: General practitioner of the town,"),
        "course/settings/no.yml:8:18: S001 services.0.forms.en.bare: has 32 characters (write at most 28)",
    ),
    ("minus credits", ects("-1"), f"{SHORT}:3:7: S001 ects: -1 is less than 0 (write at least 0)"),
    ("true credits", ects("true"), f"{SHORT}:3:7: S001 ects: should be a number"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "expected"), [pytest.param(*rest, id=name) for name, *rest in BAD])
def test_one_clear_problem(make: Make, expected: str, whole: Path, run: Run) -> None:
    load(whole)  # what is as it was is then not counted
    make(whole)
    results: list[Result] = []
    assert steps(lambda: results.append(run("check", root=whole))) < BOUND
    (result,) = results
    lines = result.out.splitlines()
    assert lines and lines[0].startswith(expected)
    assert lines[0].endswith(")")
    assert "Traceback" not in result.err
    assert result.status == 2
    if "course.yml:1:1" not in expected:  # an empty course lacks several fields
        assert len(lines) == 1
        assert result.err == "1 problem found\n" or "note" in result.err
    assert len(lines[0]) < 500
    assert all(char.isprintable() for char in lines[0])


@pytest.mark.parametrize("word", ["no", "yes", "off", "null", "1.10", "9:30", "0o7", "1_000"])
def test_words_that_yaml_readers_turn_into_something_else_stay_texts(word: str, whole: Path, run: Run) -> None:
    change(whole / CASE, "name: Elvebakken", f'name: "{word}"')
    assert run("check", root=whole).status == 0


@pytest.mark.parametrize("word", ["no", "yes", "off", "9:30", "0o7", "1_000", "007"])
def test_they_do_without_quotes_too(word: str, whole: Path, run: Run) -> None:
    change(whole / CASE, "name: Elvebakken", f"name: {word}")
    assert run("check", root=whole).status == 0


def test_what_only_looks_bad_is_let_through(whole: Path, run: Run) -> None:
    say("`<script>` &lt;b&gt; 1 < 2, a\u00a0b \u00adc [x](https://example.org/a(b)?c=d&e=%20#f)")(whole)
    write(PICTURE, png(4000, 4000, bytes(4000 * (1 + 3 * 4000))))(whole)
    write(DRAWING, svg('<title>once upon</title><desc>url(x) javascript:</desc><path d="M0 0"/>'))(whole)
    result = run("check", root=whole)
    assert (result.out, result.status) == ("", 0)


def test_every_kind_of_content_at_once_is_reported_at_once(whole: Path, run: Run) -> None:
    names = {"tab", "script", "giant picture", "strange name", "Latin-1", "empty folder", "loop"}
    expected = sorted(line for name, make, line in BAD if name in names and not make(whole))
    lines = run("check", root=whole).out.splitlines()
    assert len(lines) == len(names)
    for line in expected:
        assert any(found.startswith(line) for found in lines)


STRAY = ["null", "[]", "{}", "{a: b}", "true", "-1", "{#x}", "{person}", "[@x]", "- ", "&a", "1e400"]


@pytest.mark.parametrize("seed", range(3))
def test_a_changed_line_anywhere_is_found_inside_its_file_or_harmless(seed: int, whole: Path) -> None:
    chance = random.Random(seed)
    files = sorted(file for file in whole.rglob("*") if file.is_file())
    for _ in range(15):
        file = chance.choice(files)
        before = file.read_text("utf-8")
        lines = before.split("\n")
        at = chance.randrange(len(lines))
        column = chance.randrange(len(lines[at]) + 1)
        head, colon, _ = lines[at].partition(": ")
        stray = chance.choice(STRAY)
        lines[at : at + 1] = chance.choice(
            [[], [lines[at], chance.choice(lines)], [head + colon + stray], [lines[at][:column] + stray]]
        )
        file.write_text("\n".join(lines), "utf-8")
        course, problems = load(whole)
        for problem in (*problems, *(check(course, problems) if course else ())):
            assert problem.message and problem.remedy
            if (whole / problem.path).is_file():
                rows = (whole / problem.path).read_text("utf-8").split("\n")
                assert 1 <= problem.line <= len(rows)
                assert 1 <= problem.column <= len(rows[problem.line - 1]) + 1
        file.write_text(before, "utf-8")
