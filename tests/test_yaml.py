"""Strict YAML: YAML 1.2 scalars, positions, and nothing that can surprise."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import steps
from samspill.problem import Problem
from samspill.source.characters import hidden
from samspill.source.strict_yaml import MAX_DEPTH, YamlError, read


def problem(text: str, first_line: int = 1) -> Problem:
    with pytest.raises(YamlError) as caught:
        read(text, "x.yml", first_line)
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("9:30", "9:30"),
        ("2026-11-21", "2026-11-21"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("010", "010"),
        ("1.10", 1.1),
        ("-7", -7),
        ("+7", "+7"),
        ("-0", "-0"),
        ("+1.5", "+1.5"),
        ("1e3", 1000.0),
        ("12345678901234567890", "12345678901234567890"),
        ("true", True),
        ("~", None),
        ('"7"', "7"),
        ("'true'", "true"),
        ("|\n  true", "true"),
        ("=", "="),
        ("", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("0", 0),
        ("10", 10),
        (".5", 0.5),
        ("-.5", -0.5),
        ("5.", 5.0),
        ("0.5", 0.5),
        ("2E-1", 0.2),
        ("7 8", "7 8"),
        ("7x", "7x"),
        ("1.2.3", "1.2.3"),
        ("123456789012345678", 123456789012345678),
        ("1234567890123456789", "1234567890123456789"),
    ],
)
def test_scalars(text: str, value: object) -> None:
    found = read(f"key: {text}", "x.yml")[0]["key"]
    assert found == value
    assert type(found) is type(value)


def test_positions_count_from_one_in_characters() -> None:
    text = "å: é\nlist:\n  - {ø: 1, two: [a, b]}\n"
    value, marks = read(text, "x.yml")
    assert value == {"å": "é", "list": ({"ø": 1, "two": ("a", "b")},)}
    assert marks == {
        (): (1, 1),
        ("å",): (1, 4),
        ("list",): (2, 1),
        ("list", 0): (3, 5),
        ("list", 0, "ø"): (3, 9),
        ("list", 0, "two"): (3, 12),
        ("list", 0, "two", 0): (3, 18),
        ("list", 0, "two", 1): (3, 21),
    }


def test_nothing_at_the_end_stands_on_the_last_line() -> None:
    assert read("\n\na:\n", "x.yml")[1] == {(): (1, 1), ("a",): (3, 3)}
    assert read("a:\n  -\n\n", "x.yml", 5)[1][("a", 0)] == (6, 4)


def test_an_empty_text_is_nothing() -> None:
    assert read("", "x.yml") == (None, {(): (1, 1)})
    assert read("# only a comment\n", "x.yml")[0] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n\tb: 2\n", "x.yml:2:1: Y001 not valid YAML: the line is indented with a tab"),
        ("a:\n  - b\n \t- c\n", "x.yml:3:2: Y001 not valid YAML: the line is indented with a tab"),
        ("a: b: c\n", "x.yml:1:5: Y001 not valid YAML: mapping values are not allowed in this context"),
        ("a: [1,\n", "x.yml:1:7: Y001 not valid YAML: did not find expected node content"),
        ('a: "open\n', "x.yml:1:4: Y001 not valid YAML: a quotation mark is never closed "
         "(close it; a text that begins with ' stands in \"…\")"),
        ("b: 1\na: '90-tallet\nc: 2\n", "x.yml:2:4: Y001 not valid YAML: a quotation mark is never closed"),
        ("a: 'Lars' hus\n", "x.yml:1:4: Y001 not valid YAML: something stands behind the closing quotation mark "
         "(put the whole text in quotes; inside '…' write '' for ', inside \"…\" write \\\" for \")"),
        ('a: "Si "hei"\n', "x.yml:1:4: Y001 not valid YAML: something stands behind the closing quotation mark"),
        ("a: {en: 'A' b}\n", "x.yml:1:9: Y001 not valid YAML: something stands behind the closing quotation mark"),
        ("a: '90\nb: 'c'\n", "x.yml:1:4: Y001 not valid YAML: something stands behind the closing quotation mark"),
        ("a: @b\n", "x.yml:1:4: Y001 not valid YAML: a text begins with @ (put the text in quotes)"),
        ("a: - b\n", "x.yml:1:4: Y001 not valid YAML: a text begins with - (put the text in quotes)"),
        ("a: *b* c\n", "x.yml:1:4: Y001 not valid YAML: a text begins with * (put the text in quotes)"),
        ("a: | b\n", "x.yml:1:4: Y001 not valid YAML: a text begins with | (put the text in quotes)"),
        ("a: 1\nb: 2\na: 3\n", 'x.yml:3:1: Y002 key "a" stands twice'),
        ('a: 1\n"a": 3\n', 'x.yml:2:1: Y002 key "a" stands twice'),
        ("a: &b 1\n", "x.yml:1:4: Y003 the anchor &b is not allowed"),
        ("a: *b\n", "x.yml:1:4: Y003 the alias *b is not allowed"),
        ("<<: {a: 1}\n", "x.yml:1:1: Y003 the merge key << is not allowed"),
        ("a: !!python/object:os.system x\n", "x.yml:1:4: Y003 the tag tag:yaml.org,2002:python/object:os.system"),
        ("a: ! x\n", "x.yml:1:4: Y003 the tag ! is not allowed"),
        ("a: 1\n---\nb: 2\n", "x.yml:2:1: Y003 a second document is not allowed"),
        ("[a]: 1\n", "x.yml:1:1: Y005 a key is not a text"),
        ("? {a: 1}\n: 1\n", "x.yml:1:3: Y005 a key is not a text"),
    ],
)
def test_faults(text: str, expected: str) -> None:
    assert str(problem(text)).startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: Who waits #1\n", '1:18: Y006 the text ends at "Who waits": the # begins a comment'),
        ("title: Who waits # for whom?\n", '1:18: Y006 the text ends at "Who waits"'),
        ("title: who waits # for whom?\n", '1:18: Y006 the text ends at "who waits"'),
        ("title: Åse venter\t#1\n", '1:19: Y006 the text ends at "Åse venter"'),
        ("a: 1\nb: {en: Who waits #1\n  }\n", '2:19: Y006 the text ends at "Who waits"'),
        ("title: Who\n  waits #1\n", '2:9: Y006 the text ends at "Who waits"'),
        ("title: C #\n", '1:10: Y006 the text ends at "C"'),
        ("title: waiting #\n", '1:16: Y006 the text ends at "waiting"'),
        ("title: waiting #1\n", '1:16: Y006 the text ends at "waiting"'),
        ("title: Waiting # 1\n", '1:16: Y006 the text ends at "Waiting"'),
        ("title: 2026 #1\n", '1:13: Y006 the text ends at "2026"'),
        ('title: "Who waits" #1\n', '1:20: Y006 the text ends at "Who waits"'),
        ("genre: #Letter\n", "1:8: Y006 there is no text: the # begins a comment"),
        ("- #1\n", "1:3: Y006 there is no text: the # begins a comment"),
        ("- Who waits\n  - and who acts\n", "2:3: Y007 this line is read as part of the text above it"),
        ("a:\n  - Kari\n    - Ola\n", "3:5: Y007 this line is read as part of the text above it"),
        ("a: {en: Waiting, then acting}\n", '1:18: Y008 "then acting" stands without a value'),
        ("- {family: Thompson, given: James D., Jr.}\n", '1:39: Y008 "Jr." stands without a value'),
        ('a: "x\\u202ey"\n', "1:4: F001 the invisible control character U+202E (right-to-left override)"),
        ('a: {en: "x\\0"}\n', "1:9: F001 the invisible control character U+0000 (NUL)"),
        ('a: "C:\\temp"\n', "1:4: F001 the invisible control character U+0009 (tab)"),
        ('a: "\\u200b"\n', "1:4: F001 the invisible control character U+200B (zero width space)"),
        ('a: "\\uE000"\n', "1:4: F001 the character U+E000, which has no agreed meaning"),
        ('a: "\\ud800"\n', "1:7: Y001 not valid YAML: found invalid Unicode character escape code"),
    ],
)
def test_what_yaml_would_take_from_a_text_is_a_fault(text: str, expected: str) -> None:
    assert str(problem(text)).startswith(f"x.yml:{expected}")


def test_every_text_that_is_cut_is_named() -> None:
    with pytest.raises(YamlError) as caught:
        read("a: Who waits #1\nb: One more #2\nc: [\n", "x.yml")
    assert [(found.code, found.line) for found in caught.value.problems] == [("Y006", 1), ("Y006", 2), ("Y001", 3)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("# yaml-language-server: $schema=x.json\na: 1\n", {"a": 1}),
        ("translates: # written by a program\n  front: x\n", {"translates": {"front": "x"}}),
        ("a: 20 # minutes\n", {"a": 20}),
        ("- a\n- b\n", ("a", "b")),
        ("a: doctor # the GP\n", {"a": "doctor"}),
        ('a: "x y" #\nb: 20 #\n', {"a": "x y", "b": 20}),
        ("a: 2024-01 # a month\n", {"a": "2024-01"}),
        ('a: "Who waits #1" # a title\n', {"a": "Who waits #1"}),
        ("a: [x, y] #1\n", {"a": ("x", "y")}),
        ("a: # nothing yet\n", {"a": None}),
        ("a: Who waits#1\n", {"a": "Who waits#1"}),
        ("a: |\n  Who waits #1\n  - x\n", {"a": "Who waits #1\n- x\n"}),
        ("a: Who waits\n  and who acts\n", {"a": "Who waits and who acts"}),
        ("a: Who waits\n# a comment of its own\nb: 1\n", {"a": "Who waits", "b": 1}),
        ("a: {en: Waiting, nb: }\n", {"a": {"en": "Waiting", "nb": None}}),
        ('a: "20\\_%\\u00adx\\u2060"\n', {"a": "20\u00a0%\u00adx\u2060"}),
    ],
)
def test_honest_comments_and_texts_stay(text: str, value: object) -> None:
    assert read(text, "x.yml")[0] == value


def test_faults_in_front_matter_count_from_the_files_first_line() -> None:
    assert problem("a: 1\na: 2\n", 2).line == 3
    assert problem("a: [\n", 2).line == 2


def test_nesting_ends() -> None:
    inner = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    read(inner, "x.yml")
    assert problem(f"[{inner}]").code == "Y004"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: " + "[" * 100_000, "Y004"),
        ("a: " + "{b: " * 100_000, "Y004"),
        ("- " * 100_000, "Y004"),
        ("? " * 100_000, "Y005"),
        ("a: &a [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60)), "Y003"),
    ],
)
def test_bombs_end_at_once(text: str, code: str) -> None:
    codes: list[str] = []
    assert steps(lambda: codes.append(problem(text).code)) < 5_000
    assert codes == [code]


def test_a_long_line_is_read_in_few_steps() -> None:
    values: list[object] = []
    assert steps(lambda: values.append(read("a: " + "x" * 990_000, "x.yml")[0])) < 1_000
    assert values == [{"a": "x" * 990_000}]


def test_a_message_does_not_repeat_a_whole_file() -> None:
    assert len(problem(f"{'x' * 1000}: 1\n{'x' * 1000}: 2\n").message) == 240


#: What cannot be seen is refused; test_characters.py tests that.
SEEN = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")) | st.just("\n")
TEXTS = st.text(SEEN, max_size=12).filter(lambda text: hidden(text, "\n") is None)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(lambda t: t != "<<"), inner, max_size=4),
    max_leaves=12,
)


def frozen(value: Any) -> Any:
    """What a value is expected to become: lists are tuples."""
    if isinstance(value, list):
        return tuple(map(frozen, value))
    return {key: frozen(inner) for key, inner in value.items()} if isinstance(value, dict) else value


@given(VALUES)
def test_quoted_structures_come_back_as_they_were(value: object) -> None:
    text = yaml.safe_dump(value, default_style='"', allow_unicode=True)
    assert read(text, "x.yml")[0] == frozen(value)


@given(st.text(max_size=60) | st.text("ab:-[]{}?!&*#|>'\"%@`, \t\n", max_size=60))
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    try:
        _, marks = read(text.encode("utf-8", "replace").decode(), "x.yml")
        places = list(marks.values())
    except YamlError as error:
        places = [(problem.line, problem.column) for problem in error.problems]
    lines = text.replace("\r\n", "\n").split("\n")
    for line, column in places:
        assert 1 <= line <= len(lines)
        assert column >= 1


def test_a_brace_taken_along_by_a_comment_is_one_problem() -> None:
    with pytest.raises(YamlError) as caught:
        read("names:\n  a: {name: Ingrid #2}\n  b: {name: Ola}\n", "x.yml")
    assert [(each.code, each.line, each.column) for each in caught.value.problems] == [("Y006", 2, 20)]
