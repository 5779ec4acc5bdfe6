"""Signs that CommonMark would print as typed, blocks that nobody meant, and words that would be lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run, steps
from samspill import prose as p
from samspill.problem import Problem
from samspill.source.markdown import dialect, parse

FRONT = "---\ntitle: A title\nsummary: A summary.\n---\n\n## Here {#here}\n\n"
BEFORE = FRONT.count("\n")


def found(body: str, language: str = "nb") -> list[Problem]:
    """What is wrong with the body of a section, by place."""
    return sorted(parse(FRONT + body, "x.md", language)[1])


#: What is wrong, and the problems: the line of the body, column, code and message.
WRONG: list[tuple[str, list[str]]] = [
    # Code with a pipe hides no sign that touches it, in a cell or out of one.
    ("`a|b`~~gone~~ here", ['1:6: M013 struck text "~~gone~~" would be printed as typed']),
    ("| a | b |\n|---|---|\n| `x\\|y`~~gone~~ | c |", ['3:9: M013 struck text "~~gone~~" would be printed as typed']),
    ("[^1] x", ['1:1: M013 a footnote "[^1]" would be printed as typed']),
    ("x ^[inline note] y", ['1:3: M013 a footnote "^[inline note]" would be printed as typed']),
    ("~~a~~", ['1:1: M013 struck text "~~a~~" would be printed as typed']),
    ("H~2~O", ['1:2: M013 a subscript "~2~" would be printed as typed']),
    ("x^2^", ['1:2: M013 a superscript "^2^" would be printed as typed']),
    ("a ==mark== b", ['1:3: M013 marked text "==mark==" would be printed as typed']),
    (
        "| a | b |\n|---|---|\n| \\|a ==x== b | ==x== |\n| ==x== | ==x== |",
        [f'{at}: M013 marked text "==x==" would be printed as typed' for at in ("3:7", "3:17", "4:3", "4:11")],
    ),
    ("::: note\nx\n:::", ['1:1: M013 a box "::: note" would be printed as typed']),
    ("[text]{.class}", ['1:7: M013 a class on words "{.class}" would be printed as typed']),
    ("Term\n: definition", ['2:1: M013 a definition ":" would be printed as typed']),
    ("$x^2$ a", ['1:1: M013 a formula "$x^2$" would be printed as typed']),
    ("a\n$$\nx\n$$", ['2:1: M013 a formula "$$" would be printed as typed']),
    ("```{note}\nx\n```", ['1:1: M013 an instruction behind a fence "```{note}" would be printed as typed']),
    ("see {ref}`role` x", ['1:5: M013 a role "{ref}" would be printed as typed']),
    (
        "> :::{note}\nx",
        [
            '1:3: M013 a box ":::{note}" would be printed as typed',
            "2:1: M015 the line joins the quotation above",
        ],
    ),
    ("{{< video x >}}", ['1:1: M013 a shortcode "{{< video x >}}" would be printed as typed']),
    ("{{ page.title }}", ['1:1: M013 a template\'s sign "{{ page.title }}" would be printed as typed']),
    ("{% if x %}", ['1:1: M013 a template\'s sign "{% if x %}" would be printed as typed']),
    ("??? note\n    x", ['1:1: M013 a folded box "??? note" would be printed as typed']),
    ('=== "tab"', ['1:1: M013 a tab "=== "tab"" would be printed as typed']),
    ('--8<-- "x.md"', ['1:1: M013 an included file "--8<-- "x.md"" would be printed as typed']),
    ("[TOC]", ['1:1: M013 a table of contents "[TOC]" would be printed as typed']),
    ("++ctrl+alt++ x", ['1:1: M013 a key "++ctrl+alt++" would be printed as typed']),
    (":smile: x", ['1:1: M013 a name of a picture ":smile:" would be printed as typed']),
    ("> [!NOTE]\n> x", ['1:3: M013 a kind of box "[!NOTE]" would be printed as typed']),
    (
        "- [ ] a\n- [x] b",
        [
            '1:3: M013 a box to tick "[ ]" would be printed as typed',
            '2:3: M013 a box to tick "[x]" would be printed as typed',
        ],
    ),
    (
        "[a][b]\n\n[b]: https://example.org",
        [
            '1:1: M013 a link "[a][b]" would be printed as typed',
            '3:1: M013 an address "[b]: https://example.org" would be printed as typed',
        ],
    ),
    ("[ref]: module:x", ['1:1: M013 an address "[ref]: module:x" would be printed as typed']),
    ("[ref]:\nhttps://x.org", ['1:1: M013 an address "[ref]:" would be printed as typed']),
    ("http://a.no.", ['1:1: M007 the bare address "http://a.no"']),
    ("www.nav.no,", ['1:1: M007 the bare address "www.nav.no"']),
    ("ola.nordmann@kommune.no", ['1:1: M007 the mail address "ola.nordmann@kommune.no"']),
    ("[[wiki]]", ['1:1: M013 a link of a wiki "[[wiki]]" would be printed as typed']),
    ("a &nbsp b", ['1:3: M013 a code "&nbsp" would be printed as typed']),
    ("a &amp;nbsp; b", ['1:8: M013 a code "nbsp;" would be printed as typed']),
    ("a &foo; b", ['1:3: M013 a code "&foo;" would be printed as typed']),
    ("a &#x202e; b", ["1:3: F001 the invisible control character U+202E (right-to-left override)"]),
    ("text\\", ['1:5: M013 a backslash "\\" would be printed as typed']),
    ("C:\\temp", ['1:3: M013 a backslash "\\temp" would be printed as typed']),
    ("`x", ["1:1: M018 ` is never closed"]),
    ("** Hvem? ** Ingen.", ["1:1: M018 ** is never closed", "1:10: M018 ** is never closed"]),
    ("**«sitat»**ord", ["1:1: M018 ** is never closed", "1:10: M018 ** is never closed"]),
    ("**a", ["1:1: M018 ** is never closed"]),
    ("*a b", ["1:1: M018 * is never closed"]),
    ("a *b", ["1:3: M018 * is never closed"]),
    ("trans*personer og trans*kvinner", ["1:6: M018 stress from inside one word to inside another"]),
    ("| a | b |\n| 1 | 2 |", ["1:1: M014 a line of | that is no table"]),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |", ["5:1: M014 a line of | that is no table"]),
    ("| a | b |\n|---|---|\n| 1 |", ["3:1: M014 row has 1 cell, header 2"]),
    ("| a | b |\n|---|---|\ntext", ["3:1: M014 the line joins the table above"]),
    ("a | b | c\nd | e | f", ["1:1: M014 a line of | that is no table"]),
    ("a\tb", ["1:2: M016 a tab between words cannot be seen"]),
    ("    code", ["1:5: M016 four spaces before a line make code of it"]),
    ("text\n---", ["2:1: M016 a line of --- makes a heading of the text above"]),
    ("text\n===", ["2:1: M016 a line of === makes a heading of the text above"]),
    ("##Heading {#x}", ['1:1: M013 a heading "##Heading {#x}" would be printed as typed']),
    ("text\n- dash", ['2:1: M015 "-" at the start of the line begins a list in mid-paragraph']),
    ("text\n+ plus", ['2:1: M015 "+" at the start of the line begins a list in mid-paragraph']),
    ("text\n> 5", ['2:1: M015 ">" at the start of the line begins a quotation in mid-paragraph']),
    ("> q\nlazy", ["2:1: M015 the line joins the quotation above"]),
    ("1. a\n2. b\n5. c", ["3:1: M015 the item numbered 5 would be shown as 3"]),
    ("2024. Så", ["1:1: M015 a list begins with 2024"]),
    ("2. generasjon", ["1:1: M015 a list begins with 2"]),
    ("Steps\n1. a\n2. b", ['2:1: M015 "1" at the start of the line begins a list in mid-paragraph']),
    ("• a\n• b", ['1:1: M013 a bullet "•" would be printed as typed']),
    ("![*a*](x.png)", ["1:8: M017 Markdown in a picture's description"]),
    ("[a [@b] c](term:x)", ['1:1: M013 a link "[a [@b] c](term:x)" would be printed as typed']),
    ("[a [b](term:c) d](term:e)", ['1:4: M013 a link "[b](term:c) d](term:e)" would be printed as typed']),
    ("[a](my page)", ['1:1: M013 a link "[a](my page)" would be printed as typed']),
    ("```\nx", ["1:1: M018 ``` is never closed"]),
    (
        "```python title\nx\n```",
        [
            '1:1: M013 an instruction behind a fence "```python title" would be printed as typed',
        ],
    ),
    ("text {#id}", ['1:6: M013 an id outside a heading "{#id}" would be printed as typed']),
    ("![a](b.png){width=50%}", ['1:12: M013 attributes "{width=50%}" would be printed as typed']),
    ("see\n[@a b]", ['2:1: M010 citation "@a b" is malformed']),
    ("## T [a](term:b) {#t}", ["1:10: M017 a link in a heading"]),
    ("## T [@a] {#t}", ["1:6: M017 a citation in a heading"]),
    ("## T ![a](b.png) {#t}", ["1:11: M017 a picture in a heading"]),
    ("## T {#t} ##", ["1:1: M009 a # at the end of a heading cannot be rendered"]),
    ("*[HTML]: Hyper", ['1:1: M013 an abbreviation "*[HTML]:" would be printed as typed']),
    ("(@) x", ['1:1: M013 a number of a list "(@)" would be printed as typed']),
    ("`a <b>`_ x", ['1:8: M013 a link "_" would be printed as typed']),
    (":ref:`x`", ['1:1: M013 a role ":ref:" would be printed as typed']),
    (".. note::", ['1:1: M013 a directive ".. note::" would be printed as typed']),
    ("(label)=\n", ['1:1: M013 a label "(label)=" would be printed as typed']),
    ("{person}\n{a\nb}", ['2:1: M013 a brace "{a" would be printed as typed']),
    ("a  \nb", ["1:2: M016 two spaces at the end of a line break it"]),
    ("| `a|b` | c |\n|---|---|\n| `x|y` | z |", ["2:1: M014 the rule of a table has 2 cells, header 3"]),
    (
        "| a\\|b | @x-1 |\n|---|---|\n| y\\|w ~~s~~ | z [^2] |",
        [
            '1:10: M010 citation "@x-1" is malformed',
            '3:8: M013 struck text "~~s~~" would be printed as typed',
            '3:18: M013 a footnote "[^2]" would be printed as typed',
        ],
    ),
    (
        "[a](http://x.no) [b](www.x.no) [c](../a/en.md) [d](#e) [e](mailto:a@b.no) [f](cases/x.md#y)",
        [
            '1:5: M007 link to "http://x.no"',
            '1:22: M007 link to "www.x.no"',
            '1:36: M007 link to "../a/en.md"',
            '1:52: M007 link to "#e"',
            '1:60: M007 link to "mailto:a@b.no"',
            '1:79: M007 link to "cases/x.md#y"',
        ],
    ),
    ("[1][2]", ['1:1: M013 a link "[1][2]" would be printed as typed']),
    (
        "[-@x-1] and [jf. @x-1, s. 3]",
        [
            '1:1: M010 citation "[-@x-1]" is malformed',
            '1:13: M010 citation "[jf. @x-1, s. 3]" is malformed',
        ],
    ),
    ("{++add++}", ['1:1: M013 an editor\'s mark "{++add++}" would be printed as typed']),
    ("!!! note\n    Watch out.", ['1:1: M013 a box "!!! note" would be printed as typed']),
    ('!!! note "Title"', ['1:1: M013 a box "!!! note "Title"" would be printed as typed']),
    (
        "[se @x-1, s. 3] og [jf. @x-1]",
        [
            '1:1: M010 citation "[se @x-1, s. 3]" is malformed',
            '1:20: M010 citation "[jf. @x-1]" is malformed',
        ],
    ),
    ("{% x", ['1:1: M013 a template\'s sign "{% x" would be printed as typed']),
    ("a {: .x} b", ['1:3: M013 attributes "{: .x}" would be printed as typed']),
    ("{{% x %}}", ['1:1: M013 a shortcode "{{% x %}}" would be printed as typed']),
    ("A [b]{.c} d", ['1:6: M013 a class on words "{.c}" would be printed as typed']),
    ("#.  a", ['1:1: M013 a number of a list "#." would be printed as typed']),
    ("(@a) b", ['1:2: M010 citation "@a" is malformed']),
    ("+++", ['1:1: M013 a divider "+++" would be printed as typed']),
    ("$$x$$", ['1:1: M013 a formula "$$x$$" would be printed as typed']),
    ("`x` {{y}}", ['1:5: M013 a template\'s sign "{{y}}" would be printed as typed']),
    ("- [ ] a", ['1:3: M013 a box to tick "[ ]" would be printed as typed']),
    ("> - [x] b", ['1:5: M013 a box to tick "[x]" would be printed as typed']),
    ("a ]( b", ['1:3: M013 a link "]( b" would be printed as typed']),
    ("####### x", ['1:1: M013 a heading "####### x" would be printed as typed']),
    ("#Heading {#x}", ['1:1: M013 a heading "#Heading {#x}" would be printed as typed']),
    ("![[bilde.png]]", ['1:1: M013 a link of a wiki "![[bilde.png]]" would be printed as typed']),
    ("a {width=3}", ['1:3: M013 attributes "{width=3}" would be printed as typed']),
    ("x \\textbf{a} y", ['1:3: M013 a backslash "\\textbf" would be printed as typed']),
    ("se [https://example.org]", ['1:5: M007 the bare address "https://example.org"']),
    ("/ @x-1/", ['1:3: M010 citation "@x-1" is malformed']),
    (
        "[TOC]  \nb",
        [
            '1:1: M013 a table of contents "[TOC]" would be printed as typed',
            "1:6: M016 two spaces at the end of a line break it",
        ],
    ),
    ("| a |\n|---|\n| `x\\|@b` @c |", ['3:11: M010 citation "@c" is malformed']),
    ("@a | @a\n--|--\nb | c", [f'1:{at}: M010 citation "@a" is malformed' for at in (1, 6)]),
    ("| `\\|\\|@b` ~~c~~ |\n|---|\n| d |", ['1:12: M013 struck text "~~c~~" would be printed as typed']),
    ("{--out--}", ['1:1: M013 an editor\'s mark "{--out--}" would be printed as typed']),
    (
        "&amp;shy; &#38;shy;",
        [
            '1:6: M013 a code "shy;" would be printed as typed',
            '1:16: M013 a code "shy;" would be printed as typed',
        ],
    ),
]
#: What stands in honest texts, and CommonMark written with care.
HONEST = [
    "Det koster $5 and $6, US$5 and 5$.",
    "e-mail C# and/or og/eller @ and 50 kr @ 3",
    "~20 minutes, ~30",
    "2^3 = 8, 2^3+2^4, a ^ b",
    "C++ og g++",
    "kl. 10:30:15",
    "5 * 3 * 2",
    "Patient* see note",
    "f***",
    "Navn: ____ dato __",
    "[sic] og (se [under])",
    "#metoo og #1",
    "10:30: møte",
    "a || b",
    "ja|nei",
    "Fil | Skriv ut | PDF",
    "20~30",
    "R&D, Q&A; AT&T",
    "AT&T;",
    "trans* personer",
    "`@x` `[^1]` `~~a~~` \\@x \\[^1\\] \\~~",
    "```\n[^1] {{x}} | a | $x$\n```",
    "a == b == c",
    "\\{x\\}",
    "Hun sa: «nei».",
    "– Hei, sa han.\n\n– Hallo.",
    "-5 grader",
    "snake_case_name",
    "pris 5,- og 6,-",
    "1\\. januar\n2024. Så",
    "x_1 og x_2",
    "Vi gjør:\n- a\n- b",
    "- a\n  - b",
    "1. a\n1. b",
    "Ole/Kari 50/50",
    "§ 3-5 & 4",
    "e.g. U.S.A. … ...",
    "a < b > c",
    "[Intervjuer]: Hva skjedde?",
    "[A]: Ja.",
    "<https://example.org/x>",
    "100 % {person}.",
    "12:00-13:00",
    "^",
    "~",
    "!!",
    "???",
    "!!! Husk",
    ":-) og :)",
    "Lars’ bok",
    "50%-stilling",
    "(a) b (c)",
    "en @-tegn",
    "a\\\nb",
    "\\(x\\)",
    "<https://example.org/a_b>",
    "[https://example.org/x](https://example.org/x)",
    "[se https://example.org/x](https://example.org/x)",
]


@pytest.mark.parametrize(("body", "expected"), WRONG)
def test_what_would_be_printed_as_typed_or_lost_is_reported_at_its_place(body: str, expected: list[str]) -> None:
    problems = found(body)
    assert [f"{x.line - BEFORE}:{x.column}: {x.code} {x.message}" for x in problems] == expected
    assert all(problem.remedy and "\n" not in problem.remedy for problem in problems)


@pytest.mark.parametrize("body", HONEST)
@pytest.mark.parametrize("language", ["en", "nb", "da", "sv"])
def test_an_honest_text_is_left_alone(body: str, language: str) -> None:
    assert found(body, language) == []


@pytest.mark.parametrize(
    ("body", "expected"), [case for case in WRONG if "M013" in case[1][0] and "```" not in case[0]]
)
def test_a_sign_in_code_is_none(body: str, expected: list[str]) -> None:
    assert found(f"````\n{body}\n````") == []
    if not re.search(r"[`\n\\|]", body):
        assert found(f"See `` {body} `` here.") == []


@pytest.mark.build
@pytest.mark.parametrize(
    "line",
    [
        "@a ", "==a ", "{{", "[^1]", "$a$ ", "*a*'s ", "**«a ", "`a` ``", "|- ", "|-          ", "&amp;nbsp;", "](",
        "[a][b]", "a@b.no ", "www.a.no ", "~~a", "\\a", ":aa: ", "'a", "[ ", "!!! a\n",
        "1. a\n", "- [ ] a\n", "x *a",
        "| a ", "(@) ",
    ],
)  # fmt: skip
def test_a_file_of_nothing_but_signs_is_read_in_good_time(line: str) -> None:
    def work(size: int) -> int:
        return steps(lambda: parse(FRONT + line * (size // len(line)) + "x\n\n", "x.md", "en"))

    # Four times as long, four times the work.
    assert work(4_800) < 5 * work(1_200) + 1_000


def test_every_sign_is_shown() -> None:
    everything = "\n\n".join(body for body, _ in WRONG)
    codes = {line.split(" ", 2)[1] for _, lines in WRONG for line in lines}
    assert {sign.code for sign in dialect.SIGNS} <= codes
    messages = "\n".join(message for _, lines in WRONG for message in lines)
    for sign in dialect.SIGNS:
        assert sign.name in messages
        assert sign.needle in everything or sign.needle in dialect.MASKS


@pytest.mark.parametrize(
    ("body", "remedy"),
    [
        ("3. juni kom brevet.", "write 3\\. juni"),
        ("Brevet kom\n1. januar, og ingen svarte.", "write 1\\. januar"),
        ("1. maj: møde\n2. juni: svar", "write 1\\. maj"),
        ("1. augusti kom brevet.", "write 1\\. augusti"),
        ("2. generasjon arver.", "write 2\\. generasjon, or begin the list with 1"),
        ("1. generasjon arver.", "write 1\\. generasjon, or begin the item with -"),
        ("2024) Så kom svaret.", "write 2024\\) Så, or begin the list with 1"),
        ("1. a\n2. b\n2024. Så kom svaret.", "number it 3, or write 2024\\. Så"),
        ("en uke\n- og så en til", "leave an empty line above the list, or write – for the sign in a sentence"),
        ("mer enn\n> 5 dager", "leave an empty line above the quotation, or write \\> for the sign in a sentence"),
        ("[a](http://example.org/b)", "write https://example.org/b, or cite it as a source"),
        ("http://example.org/b", "write [words](https://example.org/b), or cite it as a source"),
        ("[a](www.example.org)", "write https://www.example.org"),
        ("[a](Https://Example.org/b)", "write https://Example.org/b"),
        ("[a](HTTP://example.org/b)", "write https://example.org/b"),
        ("[a](tel:112)", "write the number in the text, without a link"),
        ("[a](<https://a.no/b c>)", "copy the address from a browser: it has no spaces, quotation marks or \\"),
        ("| a | b |\n|---|---|\ntext", "leave an empty line below the table"),
        ("- a\n\na) b\nb) c", "begin each entry with - and a space, below an empty line; or put an empty line between"),
        ("[a](#part)", "name the unit too: module:id#part or case:id#part"),
        ("[a](../b/en.md)", "name the unit, not the file: module:id, case:id#part, page:id"),
        ("a@b.no", "never publish a person's address: link to the office's page, [words](https://…)"),
        ("[a](mailto:a@b.no)", "never publish a person's address: link to the office's page, [words](https://…)"),
        ("a  \nb", "remove the spaces; for a break end the line with \\"),
        ("**«a»**b **", "close it; write \\*\\* for the sign itself"),
        ("| `a|b` |\n|---|---|\n| c | d |", "close it; a | inside code is written \\|"),
        ("| a | b |\n|---|---|\n| `c|d` |", "close it; a | inside code is written \\|"),
    ],
)
def test_the_remedy_says_what_to_write(body: str, remedy: str) -> None:
    assert remedy in [problem.remedy for problem in found(body)]


@pytest.mark.parametrize(
    ("language", "months"),
    [
        ("en", "January February April June July August September October November December"),
        ("nb", "januar februar mars april mai juni juli august september oktober november desember"),
        ("da", "januar februar marts april maj juni juli august september oktober november december"),
        ("sv", "januari februari mars april maj juni juli augusti september oktober november december"),
        ("nb", "jan. feb. febr. apr. jun. jul. aug. sep. sept. okt. nov. des. Oct. Dec."),
    ],
)
def test_a_date_at_the_start_of_a_line_is_one_in_every_month(language: str, months: str) -> None:
    for month in months.split():
        (problem,) = found(f"1. {month} kom brevet.\n2. b", language)
        assert problem.message == f'the date "1. {month.rstrip(".")}" has become an item of a list'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("3\\. juni kom brevet.", "3. juni kom brevet."),
        ("\\@x \\[^1] \\~~a~~ \\{x} \\$x\\$", "@x [^1] ~~a~~ {x} $x$"),
        ("trans\\*personer og trans\\*kvinner", "trans*personer og trans*kvinner"),
        ("Vent...... nå?! ????  ,,ord", "Vent...... nå?! ????  ,,ord"),
    ],
)
def test_what_a_remedy_says_gives_the_words(body: str, text: str) -> None:
    prose, problems = parse(FRONT + body, "x.md", "nb")
    assert problems == []
    assert prose.by_id["here"].blocks == (p.Paragraph((p.Text(text),)),)


@pytest.mark.parametrize(
    ("body", "at", "mark"),
    [
        ("-Ring\n-Skriv", "2:1", "-"),
        ("1.Ring\n2.Skriv\n3.Vent", "2:1", "2."),
        ("1)Ring\n2)Skriv", "2:1", "2)"),
        ("– Nej, sa han.\n– Ja, sa hon.", "2:1", "–"),
        ("Da sa de:\n— Nei\n— Ja", "3:1", "—"),
        ("a) ring\nb) skriv", "2:1", "b)"),
        ("a. ring\nog vent\nb. skriv", "3:1", "b."),
        ("(1) ring\n(2) skriv", "2:1", "(2)"),
        ("(a) ring\n(b) skriv", "2:1", "(b)"),
        ("> – Nei\n> – Ja", "2:3", "–"),
        ("- Punkt:\n  a) ring\n  b) skriv", "3:3", "b)"),
    ],
)
def test_lines_typed_as_a_list_are_told(body: str, at: str, mark: str) -> None:
    problem = found(body)[0]
    assert f"{problem.line - BEFORE}:{problem.column}" == at
    assert problem.code == "M015"
    assert problem.message == f'the line that begins with "{mark}" goes on with the line above'


@pytest.mark.parametrize(
    "body",
    [
        "– Nei, sa han.\\\n– Ja, sa hun.", "– Nei.\n\n– Ja.", "Han kom\n– og gikk\n– igjen.",
        "Se bokstav\na) og\nc) i loven.",
        "Temperatur\n-5 grader og\n-6 grader.", "Han bor i nr.\n2) og hun i nr.\n3) der.", "1.–3. juni og\n4.–5. juli.",
        "Mads** og Lene** er med.",
        "Dette er\n1.etasje og 2.etasje", "- Nei\n- Ja", "X-stråler\nX-syn og\nX-faktor",
    ],
)  # fmt: skip
def test_a_sign_at_the_start_of_a_wrapped_line_is_no_list(body: str) -> None:
    assert found(body) == []


def test_a_list_after_a_colon_or_an_empty_line_is_meant() -> None:
    for body in (
        "Ta med:\n- a\n- b",
        "**Ta med:**\n1. a\n2. b",
        "Ta med\n\n- a",
        "- a\n  - b\n- c",
        "1. a\n\n   b\n2. c",
    ):
        assert found(body) == []


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: Hva *nå*", ['2:8: M019 title: holds Markdown: "*"']),
        ("title: Til {person}", ['2:8: M019 title: holds Markdown: "{person}"']),
        ("title: Brevet[^1]", ['2:8: M013 a footnote "[^1]" would be printed as typed']),
        ("title: Se www.nav.no", ['2:8: M007 the bare address "www.nav.no"']),
        ("title: R&amp;D", ['2:8: M019 title: holds Markdown: "&amp;"']),
        ("title: R&D, 5 * 3, snake_case and 3. juni", []),
    ],
)
def test_a_title_is_plain_text(front: str, expected: list[str]) -> None:
    problems = parse(FRONT.replace("title: A title", front), "x.md", "nb")[1]
    assert [str(problem).removeprefix("x.md:").rpartition(" (")[0] for problem in problems] == expected


@pytest.mark.parametrize(
    ("title", "remedy"),
    [
        ("Se www.nav.no", "leave it out here, or link to it in a text in Markdown"),
        ("Skriv til ola@example.no", "leave it out here, or link to it in a text in Markdown"),
        ("Svar fra @nav", "write plain words"),
        ("C:\\Temp", "write plain words"),
        ("Hva {nå", "write plain words"),
    ],
)
def test_a_remedy_for_a_title_can_be_followed_there(title: str, remedy: str) -> None:
    (problem,) = parse(FRONT.replace("title: A title", f"title: '{title}'"), "x.md", "nb")[1]
    assert problem.remedy == remedy


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Se **delene** nå", ['5:16: M019 note: holds Markdown: "**"']),
        ("Se {person}", ['5:16: M019 note: holds Markdown: "{person}"']),
        ("~~Nei~~ ja", ['5:16: M013 struck text "~~Nei~~" would be printed as typed']),
        ("Se www.nav.no", ['5:16: M007 the bare address "www.nav.no"']),
        ("Lars' søster, '90-tallet, 5 * 3 = 15, 24/7, C++, #1, R&D: 20 %, bl.a. § 3-1 … snake_case", []),
    ],
)
def test_a_text_in_yaml_is_plain_text(words: str, expected: list[str], whole: Path, run: Run) -> None:
    glossary = whole / "course/glossary.yml"
    text = glossary.read_text("utf-8").replace("    sources:", f'    note: {{nb: "{words}", en: A}}\n    sources:')
    glossary.write_text(text, "utf-8")
    found = re.findall(r"(?m)^course/glossary\.yml:(.*) \(.*\)$", run("check", root=whole).out)
    assert found == expected


def _words(node: object) -> list[str]:
    """Every word of a tree: all texts of its nodes, and the numbers that its lists show."""
    match node:
        case str():
            return re.findall(r"[^\W_]+", node)
        case p.Place() | None:
            return []
        case p.ItemList(items, start):
            shown = [] if start is None else [str(start + number) for number in range(len(items))]
            return shown + [word for item in items for word in _words(item)]
        case tuple():
            return [word for inner in node for word in _words(inner)]
        case p.Section():
            return _words(node.id) + _words(node.title) + _words(node.blocks)
        case int():
            return []
    return [word for name in vars(node) for word in _words(getattr(node, name))]


WORD = st.sampled_from(["ett", "to", "tre", "Lars", "3", "juni", "key", "term"])
#: What Markdown can hold in a line, with `w` for each word, and signs that may turn it into something else.
INLINE = st.sampled_from(
    """w|w|w|*w*|**w w**|`w`|[w](term:w)|[w](term:w 'w')|[w][w]|[w]|[@w, w]|[@w; @w w]|{w}|<b>w</b>|<!--w-->|\\*w
    w&amp;w
    ![w](w.png)|![w *w*](w.png)|![w](w.png "w")|w\\|<https://w.no/w>|~~w~~|[^w]|w_w|"w"|'w|w;|(w)|#w|*w|w*
    [w [w](term:w)](term:w)
    """.strip().replace("\n    ", "|").split("|")
)  # fmt: skip
LINE = st.lists(INLINE, min_size=1, max_size=3).map(" ".join)
ROW = st.lists(INLINE, min_size=1, max_size=3).map(lambda cells: f"| {' | '.join(cells)} |")
START = st.sampled_from(
    ["- ", "* ", "1. ", "2. ", "3) ", "> ", "    ", "\t", "## ", "# ", "[w]: ", "[w]:\n", "```", "~~~ w ", ": "]
)
BLOCK = st.one_of(
    LINE,
    st.builds(lambda head, rows: "\n".join(["| w | w |", "|---|---|", head, *rows]), ROW, st.lists(ROW, max_size=2)),
    st.builds(lambda starts, line: "".join(starts) + line, st.lists(START, min_size=1, max_size=2), LINE),
    st.builds(
        lambda numbers, line: "\n".join(f"{n}. {line}" for n in numbers), st.lists(st.integers(0, 4), max_size=4), LINE
    ),
    st.builds("```{}\n{}\n```".format, st.sampled_from(["", "w", "w w", " w", "{w}", "w=w"]), LINE),
    st.builds("## {} {}{}".format, LINE, st.just("{#w}"), st.sampled_from(["", " ##", " w"])),
    st.builds(
        "{}{}{}".format,
        LINE,
        st.sampled_from(["\n", "  \n", "\\\n", "\n---\n", "\n>", "\n- ", "\n1. ", "\n    "]),
        LINE,
    ),
    st.builds(
        "[w]: {}{}".format, st.sampled_from(["term:w", "w", "<w>", "https://w.no"]), st.sampled_from(["", " 'w'", " w"])
    ),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A few blocks, with words for each w."""
    body = "\n\n".join(draw(st.lists(BLOCK, min_size=1, max_size=2)))
    return re.sub(r"\bw\b", lambda _: draw(WORD), body)


@given(texts())
@settings(max_examples=2 * settings.default.max_examples)
def test_no_word_is_lost_without_a_problem(body: str) -> None:
    prose, problems = parse(FRONT + body, "x.md", "nb")
    if problems:
        return
    lost = Counter(_words("Here here " + body.replace("&amp;", "&"))) - Counter(_words(prose.sections))
    # A list that has one number everywhere counts on in what is shown.
    assert not {word for word in lost if word != "1"}, lost


def test_words_that_the_parser_drops_are_what_the_property_would_find() -> None:
    for body in ("[to]: term:ett", "| ett | to |\n|---|---|\n| 1 | 3 | tre |", "```python tre\nto\n```", "<!-- to -->"):
        assert found(body)
