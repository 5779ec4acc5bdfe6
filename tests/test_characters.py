"""What cannot be seen is refused wherever it comes from, and what is honest stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run, change
from samspill.prose import Paragraph, Text
from samspill.source.characters import described, hidden
from samspill.source.markdown import parse

HEAD = "---\ntitle: T\nsummary: S\n---\n\n"


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("\0", "the invisible control character U+0000 (NUL)"),
        ("\x85", "the invisible control character U+0085"),
        ("\u061c", "the invisible control character U+061C (arabic letter mark)"),
        ("\u200b", "the invisible control character U+200B (zero width space)"),
        ("\u200e", "the invisible control character U+200E (left-to-right mark)"),
        ("\u200f", "the invisible control character U+200F (right-to-left mark)"),
        ("\u2028", "the invisible control character U+2028 (line separator)"),
        ("\u202e", "the invisible control character U+202E (right-to-left override)"),
        ("\u2063", "the invisible control character U+2063 (invisible separator)"),
        ("\u2069", "the invisible control character U+2069 (pop directional isolate)"),
        ("\u034f", "the invisible control character U+034F (combining grapheme joiner)"),
        ("\u115f", "the invisible control character U+115F (hangul choseong filler)"),
        ("\u180e", "the invisible control character U+180E (mongolian vowel separator)"),
        ("\u2800", "the invisible control character U+2800 (braille pattern blank)"),
        ("\u3164", "the invisible control character U+3164 (hangul filler)"),
        ("\ufeff", "the invisible control character U+FEFF (zero width no-break space)"),
        ("\ufff9", "the invisible control character U+FFF9 (interlinear annotation anchor)"),
        ("\U000e0041", "the invisible control character U+E0041 (tag latin capital letter a)"),
        ("\U000e0100", "the invisible control character U+E0100 (variation selector-17)"),
        ("\ufe0f", "the invisible control character U+FE0F (variation selector-16)"),
        ("\ufffd", "the replacement character U+FFFD, where something was lost"),
        ("\ufffc", "the object replacement character U+FFFC, where something was lost"),
        ("\ue000", "the character U+E000, which has no agreed meaning"),
        ("\U0010fffd", "the character U+10FFFD, which has no agreed meaning"),
        ("\u0378", "the character U+0378, which does not exist"),
        ("\ufffe", "the character U+FFFE, which does not exist"),
        ("\ud800", "half a character, U+D800"),
    ],
)
def test_refused(character: str, words: str) -> None:
    assert hidden(f"æ ab{character}cd") == (4, character)
    assert described(character) == words


def test_every_letter_without_a_shape_is_refused() -> None:
    blank = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0"
    for character in blank + "".join(map(chr, range(0xE0100, 0xE01F0))):
        assert hidden(f"a{character}") == (1, character)
    assert hidden("\u180a\u1810\u1161\u17b6\ufe10 ( ☎\ufe00, +\ufe0f, *\ufe0f, 〰\ufe0f, ‼\ufe0f)") is None
    assert hidden("a\ufe00") == (1, "\ufe00")
    assert hidden("\n\ufe0e") == (1, "\ufe0e")
    assert hidden("\t\n") is None
    assert hidden("\t\n", "\n") == (0, "\t")


def test_control_characters_are_named() -> None:
    said = {"\a": "bell", "\b": "backspace", "\t": "tab", "\n": "line break", "\r": "line break", "\x1b": "escape"}
    for character, words in said.items():
        assert described(character) == f"the invisible control character U+{ord(character):04X} ({words})"


@pytest.mark.parametrize(
    "text",
    [
        "", "a\tb\n", "æøåäöéłß",
        "20\u00a0%", "1\u202f000", "Bekkestua\u00adbygget", "می\u200cخواهم", "क्\u200dष",
        "og\u2060/\u2060eller", "☎\ufe0e og 3\ufe0f ℹ\ufe0f", "A\u030a", "½ × 3 – «ja» … \u2011", "Ωμέγα", "日本",
        "👩\u200d⚕\ufe0f",
    ],
)  # fmt: skip
def test_honest(text: str) -> None:
    assert hidden(text) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a\u200d\u200cb", 2), ("a\u2060\u2060", 2), ("a\ufe0fb", 1), ("\ufe0f", 0), ("☎\ufe0f\ufe0f", 2),
        ("\u00ad\u00ad", 1),
    ],
)  # fmt: skip
def test_honest_ones_where_they_do_nothing(text: str, at: int) -> None:
    assert hidden(text) == (at, text[at])


def test_the_first_one_is_named() -> None:
    assert hidden("a\u200b\u202e\u200b") == (1, "\u200b")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## A {#a}\n\nab &#x202e;cd\n", "8:4: F001 the invisible control character U+202E (right-to-left override)"),
        ("## A {#a}\n\nab\n*cd &ZeroWidthSpace;*\n", "9:5: F001 the invisible control character U+200B"),
        ("## A &rlm; {#a}\n\nab\n", "6:6: F001 the invisible control character U+200F (right-to-left mark)"),
        ("## A {#a}\n\nab &#0;\n", "8:4: F001 the replacement character U+FFFD, where something was lost"),
        ("## A {#a}\n\nab &#xE000;\n", "8:4: F001 the character U+E000, which has no agreed meaning"),
        ("## A {#a}\n\nx\n\n## B {#b}\n\n- &NewLine;y\n", "12:3: F001 the invisible control character U+000A"),
        ("## A {#a}\n\nx &zwj;&zwj;\n", "8:8: F001 the invisible control character U+200D (zero width joiner)"),
        ("## A {#a}\n\n| a |\n| --- |\n| &lrm; |\n", "10:3: F001 the invisible control character U+200E"),
        ("## A {#a}\n\n`&#x202e;` and &#x202e;\n", "8:16: F001 "),
    ],
)
def test_behind_entities(body: str, expected: str) -> None:
    problems = [str(problem) for problem in parse(HEAD + body, "x.md", "en")[1]]
    assert [problem[: len(expected) + 5] for problem in problems] == [f"x.md:{expected}"]


def test_honest_entities_stay() -> None:
    document, problems = parse(f"{HEAD}## A {{#a}}\n\n20&nbsp;%&shy; &lt; `&#x202e;`\n", "x.md", "en")
    assert problems == []
    paragraph = document.sections[0].blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.children[0] == Text("20\u00a0%\u00ad < ")


def test_no_break_spaces_of_a_title_stay() -> None:
    document, _ = parse('---\ntitle: "20\\u00a0%  av\u202fdem"\nsummary: S\n---\n', "x.md", "nb")
    assert document.title == "20\u00a0% av\u202fdem"


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        ("cases/two-doors/case.yml", "name: Marit", 'name: "Mar\\u202eit"', "9:18"),
        ("course/glossary.yml", "nb: koordinator", 'nb: "koordi\\u200bnator"', "3:33"),
        ("course/course.yml", "publisher: Samspill", "publisher: Sam\u200bspill", "5:15"),
        ("cases/two-doors/nb.md", "Legen", "Leg\ufeffen", "37:7"),
    ],
)
def test_in_every_kind_of_file(path: str, old: str, new: str, place: str, whole: Path, run: Run) -> None:
    change(whole / path, old, new)
    (line,) = run("check", root=whole).out.splitlines()
    assert line.startswith(f"{path}:{place}: F001 the invisible control character U+")


def test_in_a_data_file(whole: Path, run: Run) -> None:
    (whole / "course/data").mkdir()
    (whole / "course/data/waiting.csv").write_bytes("\ufeffa,b\r\n1,\u202e2\r\n".encode())
    (line,) = run("check", root=whole).out.splitlines()
    assert line.startswith("course/data/waiting.csv:2:3: F001 the invisible control character U+202E")
    (whole / "course/data/waiting.csv").write_bytes("navn\nÅse\n".encode("latin-1"))
    (line,) = run("check", root=whole).out.splitlines()
    assert line.startswith("course/data/waiting.csv:2:1: F001 the file is not UTF-8 text")
