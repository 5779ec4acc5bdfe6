"""Markdown to the prose tree: what is kept, what is refused, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import steps
from samspill import prose as p
from samspill.problem import Problem
from samspill.source.markdown import digest, parse
from samspill.source.markdown.parser import MAX_LEVELS, quick, taught
from samspill.source.typography import typographic

FRONT = "---\ntitle: A title\nsummary: A summary.\n---\n\n## Here {#here}\n\n"
#: Lines of FRONT: the body of a section starts on the next.
FIRST = FRONT.count("\n") + 1


def blocks(body: str, language: str = "en") -> tuple[p.Block, ...]:
    """The blocks of a section that is right."""
    prose, problems = parse(FRONT + body, "x.md", language)
    assert problems == []
    return prose.by_id["here"].blocks


def inlines(body: str, language: str = "en") -> tuple[p.Inline, ...]:
    (block,) = blocks(body, language)
    assert isinstance(block, p.Paragraph)
    return block.children


def problems(body: str) -> list[Problem]:
    return parse(FRONT + body, "x.md", "en")[1]


def text(words: str) -> p.Paragraph:
    return p.Paragraph((p.Text(words),))


def test_inlines() -> None:
    at = p.Place
    assert inlines("One *two **three*** `fo*ur`\\\nfive\nsix") == (
        p.Text("One "),
        p.Emphasis((p.Text("two "), p.Strong((p.Text("three"),)))),
        p.Text(" "),
        p.Code("fo*ur"),
        p.Break(),
        p.Text("five six"),
    )
    assert inlines("A [link *x*](module:waiting#one).") == (
        p.Text("A "),
        p.Link("module:waiting#one", (p.Text("link "), p.Emphasis((p.Text("x"),))), at(FIRST, 14)),
        p.Text("."),
    )
    assert inlines("So [@a, p. 3; @b] {person.age}") == (
        p.Text("So "),
        p.Citation((p.Cite("a", "p. 3", at(FIRST, 4)), p.Cite("b", "", at(FIRST, 4)))),
        p.Text(" "),
        p.Slot("person.age", at(FIRST, 19)),
    )
    assert inlines("![Two doors](doors.png)") == (p.Image("doors.png", "Two doors", at(FIRST, 14)),)
    assert inlines("&lt;b&gt; \\{x} 1 < 2") == (p.Text("<b> {x} 1 < 2"),)


def test_blocks() -> None:
    assert blocks("1. a\n2. b\n\n   - c\n") == (
        p.ItemList(((text("a"),), (text("b"), p.ItemList(((text("c"),),)))), 1),
    )
    assert blocks("> a\n>\n> b\n") == (p.Quote((text("a"), text("b"))),)
    assert blocks("```text\n<b> {x}\n```\n") == (p.CodeBlock("<b> {x}\n", "text"),)
    assert blocks("| a | b |\n| :-- | --: |\n| 1 | |\n") == (
        p.Table(((p.Text("a"),), (p.Text("b"),)), (((p.Text("1"),), ()),), ("left", "right")),
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "‘a’ – “b”"), ("nb", "«a» – ‘b’"), ("da", "”a” – ’b’"), ("sv", "”a” – ’b’")],
)
def test_typography_is_that_of_the_language(language: str, words: str) -> None:
    assert inlines("\"a\" -- 'b'", language) == (p.Text(words),)


@pytest.mark.parametrize(
    ("language", "typed", "words"),
    [
        ("en", "in the '90s, class of '68 and '72", "in the ’90s, class of ’68 and ’72"),
        ("en", "'tis rock 'n' roll, 'cause", "’tis rock ’n’ roll, ’cause"),
        ("en", "the '68 generation's 'spirit'", "the ’68 generation’s “spirit”"),
        ("en", "'12 persons came', she said", "“12 persons came”, she said"),
        ("en", "'the parents' plans fail'", "“the parents’ plans fail”"),
        ("en", "parents' plans and 'quoted' words", "parents’ plans and “quoted” words"),
        ("en", 'he is 5\' 10" tall, "6\' 2" tall"', "he is 5′ 10″ tall, ‘6′ 2″ tall’"),
        ("en", '("2010") --"a" ["b"] "90 per cent"', "(‘2010’) --‘a’ [‘b’] ‘90 per cent’"),
        ("nb", "på '90-tallet og '80-tallet", "på ’90-tallet og ’80-tallet"),
        ("en", "'tis 'twas 'twere 'twill 'em 'n 'cause it", "’tis ’twas ’twere ’twill ’em ’n ’cause it"),
        ("en", "rock 'n' roll, 5'10\", ol' dog, th' end, goin' on", "rock ’n’ roll, 5′10″, ol’ dog, th’ end, goin’ on"),
        ("en", "a +- b, c -- d, e --- f... g.... +-", "a ± b, c – d, e — f… g.... ±"),
        ("en", "'we wait' and 'tis so, 'no' said 'em", "“we wait” and ’tis so, “no” said ’em"),
        ("en", "'we wait, 'cause 'no' means no", "’we wait, ’cause “no” means no"),
        ("en", "'I don't trust parents' she said", "“I don’t trust parents” she said"),
        ("en", "the class of '68 trusts parents' plans", "the class of ’68 trusts parents’ plans"),
        ("en", "'we wait' in the '90s", "“we wait” in the ’90s"),
        ("en", "'rock 'n' roll', 'rock 'N' roll'", "“rock ’n’ roll”, “rock ’N’ roll”"),
        ("en", "'a 'b' parents' c", "“a “b” parents” c"),
        ("en", "x '(a) parents' c", "x “(a) parents” c"),
        ("en", "so 'x, y' and a' b", "so “x, y” and a’ b"),
        ("en", "so 'x, a' b", "so “x, a” b"),
        ("en", "so 'x, y a 'b", "so ’x, y a ’b"),
        ("nb", "'n kom, 'a gikk", "’n kom, ’a gikk"),
        ("nb", "'na 'kkje 'kke 'kje 'ke kom", "’na ’kkje ’kke ’kje ’ke kom"),
        ("nb", "sku' ku' vill' ville' ha' ta' gi' bli' la' si' be' dra' go' gla' ve' me' te' ska' va' x",
         "sku’ ku’ vill’ ville’ ha’ ta’ gi’ bli’ la’ si’ be’ dra’ go’ gla’ ve’ me’ te’ ska’ va’ x"),
        ("da", "'n 'na 'kke 'ke hva' vil' de' je' x", "’n ’na ’kke ’ke hva’ vil’ de’ je’ x"),
        ("sv", "'n 'na 'ke ä' å' mo' fa' sta' x", "’n ’na ’ke ä’ å’ mo’ fa’ sta’ x"),
        ("nb", "'90-tallet '80-åra '70-er '60-ern '99 kom", "’90-tallet ’80-åra ’70-er ’60-ern ’99 kom"),
        ("nb", "Hans' bok og Lars' mor", "Hans’ bok og Lars’ mor"),
        ("nb", "'Lars' mor kom', 'Jens' og 'Hans'", "‘Lars’ mor kom’, ‘Jens’ og ‘Hans’"),
        ("nb", "'hun sku' ringe', ta'n, bli'ke, ha'kke", "‘hun sku’ ringe’, ta’n, bli’ke, ha’kke"),
        ("nb", "\"Ja,\" sa hun, \"'nei' er 'nei'.\"", "«Ja,» sa hun, «‘nei’ er ‘nei’.»"),
        ("da", "80'erne, '90erne og '68-generationen", "80’erne, ’90erne og ’68-generationen"),
        ("da", "hun sku' ha' ringt, \"ta' det\"", "hun sku’ ha’ ringt, ”ta’ det”"),
        ("sv", "på '90-talet, sta'n, hon ska' komma", "på ’90-talet, sta’n, hon ska’ komma"),
        ("sv", "'Lars' bok'", "’Lars’ bok’"),
    ],
)
def test_an_apostrophe_is_no_quotation_mark(language: str, typed: str, words: str) -> None:
    assert inlines(typed, language) == (p.Text(words),)
    source = FRONT.replace("A title", "'" + typed.replace("'", "''") + "'")
    prose, found = parse(source, "x.md", language)
    assert (prose.title, found) == (words, [])


#: By language, its quotation marks around "x", and words that begin with an apostrophe, that do when nothing closes
#: it, and that end with one.
SHORTENED = {
    "en": ("“x”", "tis twas twere twill em n", "cause til till bout round neath cos coz", "goin waitin o an ol th"),
    "nb": ("‘x’", "n na kke kje ke", "a an en et", "sku ku vil ville ha ta gi bli la si be dra go gla ve me te ska va"),
    "da": ("’x’", "n na kke ke", "a en et", "sku ku vil ha ta gi bli la si be go gla ve me te ska hva va de je"),
    "sv": ("’x’", "n na ke", "a an en et", "sku ku ha ta ge bli la sa da ja va ä å ska sta mo fa"),
}


@pytest.mark.parametrize("language", SHORTENED)
def test_a_shortened_word_inside_a_quotation_ends_none(language: str) -> None:
    marks, leading, perhaps, trailing = SHORTENED[language]
    for word in leading.split():
        assert typographic(f"'x '{word} y'", language) == marks.replace("x", f"x ’{word} y")
    for word in perhaps.split():
        assert typographic(f"'{word} x Lars' y", language) == f"’{word} x Lars’ y"
        assert typographic(f"'{word} x' y", language) == f"{marks.replace('x', f'{word} x')} y"
    for word in trailing.split():
        assert typographic(f"'x {word}' y z'", language) == marks.replace("x", f"x {word}’ y z")


@pytest.mark.parametrize(
    "decade", ["90s", "90-tallet", "80tal", "80-åra", "70år", "68-er", "68ern", "60-ernes", "90-års", "68-generation"]
)
def test_a_decade_inside_a_quotation_ends_none(decade: str) -> None:
    assert typographic(f"'x '{decade} y'", "nb") == f"‘x ’{decade} y’"


def test_dashes_are_set_in_words_and_in_no_address() -> None:
    assert inlines("a -- b <https://x.no/a--b> c -- d") == (
        p.Text("a – b "),
        p.Link("https://x.no/a--b", (p.Text("https://x.no/a--b"),), p.Place(FIRST, 9)),
        p.Text(" c – d"),
    )
    assert inlines("[a -- b](https://x.no/a--b) c") == (
        p.Link("https://x.no/a--b", (p.Text("a – b"),), p.Place(FIRST, 10)),
        p.Text(" c"),
    )


def test_an_apostrophe_is_seen_over_the_end_of_a_line() -> None:
    assert inlines("'the parents'\nplans fail'") == (p.Text("“the parents’ plans fail”"),)
    assert inlines("'{a}'s b'") == (p.Text("“"), p.Slot("a", p.Place(FIRST, 2)), p.Text("’s b”"))


def test_an_apostrophe_beside_a_name_or_stress_is_one() -> None:
    at = p.Place
    assert inlines("{a}'s and *Lars*' '\\'90s'", "en") == (
        p.Slot("a", at(FIRST, 1)),
        p.Text("’s and "),
        p.Emphasis((p.Text("Lars"),)),
        p.Text("’ “'90s”"),
    )


def test_letters_in_brackets_stay_letters() -> None:
    assert inlines("(c) and (r)... +- 2") == (p.Text("(c) and (r)… ± 2"),)


def test_titles_are_plain_text() -> None:
    source = '---\ntitle: "Who *waits* -- {person} & <b>"\nsummary: "\\"Now\\" `x`"\n---\n'
    prose, found = parse(source, "x.md", "nb")
    assert (prose.title, prose.summary) == ("Who *waits* – {person} & <b>", "«Now» `x`")
    assert [str(problem) for problem in found] == [
        'x.md:2:8: M019 title: holds Markdown: "{person}" (write plain words)',
        'x.md:3:10: M019 summary: holds Markdown: "`x`" (write plain words)',
    ]


def test_sections_and_their_parts() -> None:
    prose, found = parse(FRONT + "a\n\n### B *b* {#here.b}\n\n#### C {#here.b.c}\n\n## D {#d}\n", "x.md", "en")
    assert found == []
    assert [(s.id, s.level, p.plain(s.title), s.place.line) for s in prose.sections] == [
        ("here", 2, "Here", 6),
        ("here.b", 3, "B b", 10),
        ("here.b.c", 4, "C", 12),
        ("d", 2, "D", 14),
    ]
    assert [s.id for s in prose.children("here")] == ["here.b"]


def test_a_digest_changes_with_the_words_only() -> None:
    assert digest("a \n\nb") == digest("\n a\n\nb\t\n\n".replace(" a", "a"))
    assert digest("a\nb") != digest("a\n\nb")
    assert digest("") == digest(" \n\n")

    def sections(source: str) -> list[str]:
        return [s.digest for s in parse(source, "x.md", "en")[0].sections]

    plain = FRONT + "a\n\n## B {#b}\n\nb\n"
    assert sections(plain) == sections(plain.replace("## B", "\n\n## B") + "\n\n")
    one, two = sections(plain.replace("\nb\n", "\nc\n"))
    assert (one, two != sections(plain)[1]) == (sections(plain)[0], True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Read it  twice\tnow.", "Read it twice now."),
        ("Read it\u00a0twice.", "Read it twice."),
        ("Read it\ntwice, and\nthen go.", "Read it twice,\nand then go."),
        ("- Read it\n  twice.\n- Go.", "- Read it twice.\n- Go."),
        ("-  Read it.", "- Read it."),
        ("1. Read it\n   twice.", "1. Read it twice."),
        ("Read it.\n\n\n\nGo.", "Read it.\n\nGo."),
        ("| a |   b |\n| - |", "| a | b |\n| - |"),
        ("## Read  it {#read}", "## Read it {#read}"),
        ("> Read  it", "> Read it"),
    ],
)
def test_white_space_in_a_paragraph_makes_no_other_digest(one: str, other: str) -> None:
    assert digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Read it.\n\nGo.", "Read it.\nGo."),
        ("- a\n- b", "- a b"),
        ("- a\n  - b", "- a\n- b"),
        ("1. a\n2. b", "1. a 2. b"),
        ("a\\\nb", "a\\ b"),
        ("## A\nb", "## A b"),
        ("| a |\n| b |", "| a | | b |"),
        ("```\na  b\n```", "```\na b\n```"),
        ("```\na\nb\n```", "```\na b\n```"),
        ("```\n~~~\na  b\n```", "```\n~~~\na b\n```"),
        ("readit", "read it"),
        ("> a\n\n> b", "> a\n> b"),
    ],
)
def test_what_changes_the_text_makes_another_digest(one: str, other: str) -> None:
    assert digest(one) != digest(other)


def test_a_digest_is_the_same_on_every_machine() -> None:
    # The first twelve digits of the SHA-256 of "a b", a blank line, "- c", as `sha256sum` gives it.
    assert digest("a  \n b\n\n\n-   c\n") == "fd6b0bbac19b"


@pytest.mark.parametrize(
    ("body", "line", "column", "code", "message"),
    [
        ("<script>alert(1)</script>", 0, 1, "M001", "raw HTML in content"),
        ("a\nb <img src=x onerror=alert(1)> c", 1, 3, "M001", "raw HTML in content"),
        ("<!-- hidden -->", 0, 1, "M001", "raw HTML in content"),
        ("> <div onclick='x'>\n", 0, 1, "M001", "raw HTML in content"),
        ("[x](javascript:alert(1))", 0, 5, "M007", 'link to "javascript:alert(1)"'),
        ("[x](JaVaScRiPt:alert(1))", 0, 5, "M007", 'link to "JaVaScRiPt:alert(1)"'),
        ("[x](&#106;avascript:alert(1))", 0, 5, "M007", 'link to "javascript:alert(1)"'),
        ("[x](<java&Tab;script:alert(1)>)", 0, 6, "M007", 'link to "java\tscript:alert(1)"'),
        ("[x](<java\tscript:alert(1)>)", 0, 6, "M007", 'link to "java\tscript:alert(1)"'),
        ("a [x]\n\n[x]: javascript:alert(1)\n", 2, 1, "M013", None),
        ("<javascript:alert(1)>", 0, 2, "M007", 'link to "javascript:alert(1)"'),
        ("<someone@example.org>", 0, 2, "M007", 'link to "mailto:someone@example.org"'),
        ("[x](data:text/html,hei)", 0, 5, "M007", 'link to "data:text/html,hei"'),
        ("[x](vbscript:msgbox)", 0, 5, "M007", 'link to "vbscript:msgbox"'),
        ("[x](//example.org)", 0, 5, "M007", 'link to "//example.org"'),
        ("[x](http://example.org)", 0, 5, "M007", 'link to "http://example.org"'),
        ("[x](https:example.org)", 0, 5, "M007", 'link to "https:example.org"'),
        ("[x](../other/)", 0, 5, "M007", 'link to "../other/"'),
        ("[x](#part)", 0, 5, "M007", 'link to "#part"'),
        ("[x]()", 0, 5, "M007", 'link to ""'),
        ("[x](https://example.org/\\a)", 0, 5, "M007", 'link to "https://example.org/\\a"'),
        ("![x](https://example.org/a.png)", 0, 6, "F005", None),
        ("![x](javascript:alert(1))", 0, 6, "F005", None),
        ("![x](../a.png)", 0, 6, "F005", None),
        ("![](a.png)", 0, 5, "M011", "a picture without alternative text"),
        ('[x](module:a "title")', 0, 5, "M009", "the title of a link or picture cannot be rendered"),
        ("a\n\n***\n", 2, 1, "M009", "a rule across the page cannot be rendered"),
        ("- ## A {#a}\n", 0, 1, "M009", "a heading inside a list or quotation cannot be rendered"),
        ("[@a b]", 0, 1, "M010", 'citation "@a b" is malformed'),
        ("x [@a; b]", 0, 3, "M010", 'citation "b" is malformed'),
        ("## A\n", 0, 1, "M002", 'heading "A" has no id'),
        ("A\n---\n", 1, 1, "M016", "a line of --- makes a heading of the text above"),
        ("# A {#a}\n", 0, 1, "M004", "a heading of level 1, which is the title's"),
        ("#### A {#a}\n", 0, 1, "M004", "heading level 4 follows level 2"),
        ("## A {#here}\n", 0, 1, "M003", 'section "here" stands twice'),
        ("## A {#A}\n", 0, 1, "M005", 'section id "A" is malformed'),
        ("## A {#a.}\n", 0, 1, "M005", 'section id "a." is malformed'),
        ("## A {#../a}\n", 0, 1, "M005", 'section id "../a" is malformed'),
        (">" * 30 + " a", 0, 1, "M009", "nesting of more than 12 levels cannot be rendered"),
        ("*" * 60 + "a" + "*" * 60, 0, 1, "M009", "nesting of more than 12 levels cannot be rendered"),
        ("\n".join("  " * n + "- a" for n in range(90)), None, 1, "M009", None),
    ],
)
def test_what_is_refused(body: str, line: int | None, column: int, code: str, message: str | None) -> None:
    found = problems(body)
    assert [problem.code for problem in found] == [code]
    if line is not None:
        assert (found[0].line, found[0].column) == (FIRST + line, column)
    if message is not None:
        assert found[0].message == message
    assert found[0].remedy


@pytest.mark.parametrize(
    "target",
    [
        "module:a", "case:a", "worksheet:a", "pathway:a", "page:a", "term:a", "objective:a", "source:a", "list:a",
        "https://example.org",
    ],
)  # fmt: skip
def test_what_a_link_may_lead_to(target: str) -> None:
    assert inlines(f"[a]({target})") == (p.Link(target, (p.Text("a"),), p.Place(FIRST, 5)),)
    assert [problem.message for problem in problems(f"[a](x{target})")] == [f'link to "x{target}"']


def test_places_are_those_of_the_signs() -> None:
    body = "[a](term:a) *{s}*\n`{s}` {s} [x](\n<term:x>) <https://example.org>\n\n> - [@a]\n>\n"
    body += ">   | {s} | `\\|{s}` | {s} |\n>   | --- | --- | --- |\n"
    prose, found = parse(FRONT + body, "x.md", "en")
    assert found == []
    places = [
        (node.place if isinstance(node, p.Link | p.Slot) else node.cites[0].place)
        for node in prose.by_id["here"].inlines
        if isinstance(node, p.Link | p.Slot | p.Citation)
    ]
    assert [(place.line - FIRST, place.column) for place in places] == [
        (0, 5), (0, 14), (1, 7), (2, 2), (2, 12), (4, 5), (6, 7), (6, 23),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", "x.md:1:1: M006 front matter: there is none"),
        ("Hello\n", "x.md:1:1: M006 front matter: there is none"),
        ("title: A\nsummary: B\n---\n\n## A {#a}\n", "x.md:1:1: M006 front matter: there is none"),
        ("---\ntitle: A\nsummary: B\n", "x.md:1:1: M006 front matter: it is never closed"),
        ("---\n- a\n---\n", "x.md:2:1: M006 front matter: it is not a mapping"),
        ("---\ntitle: 7\nsummary: B\n---\n", "x.md:2:8: M006 front matter: title: is read as something else"),
        ("---\ntitle: [A] b\nsummary: B\n---\n", "x.md:2:12: Y001 not valid YAML"),
        ('---\ntitle: " "\nsummary: B\n---\n', "x.md:2:8: M006 front matter: title: is missing or empty"),
        ("---\nsummary: B\n---\n", "x.md:1:1: M006 front matter: title: is missing or empty"),
        ("---\ntitle: A\nsummary: |\n  B\n  C\n---\n", "x.md:3:10: M006 front matter: summary: has several lines"),
        ("---\ntitle: A #1\nsummary: B\n---\n", 'x.md:2:10: Y006 the text ends at "A"'),
        ('---\ntitle: "A\\u202e"\nsummary: B\n---\n', "x.md:2:8: F001 the invisible control character U+202E"),
        ("---\ntitle: A\nsummary: B\nlang: no\n---\n", 'x.md:4:7: M006 front matter: unknown key "lang"'),
        ("---\ntitle: A: b\nsummary: B\n---\n", "x.md:2:9: Y001 not valid YAML"),
        ("---\ntitle: A\ntitle: B\nsummary: B\n---\n", 'x.md:3:1: Y002 key "title" stands twice'),
        (f"---\ntitle: A\nsummary: {'b ' * 600}\n---\n", "x.md:3:10: M006 front matter: summary: is longer than 1,000"),
        ("---\ntitle: A\nsummary: B\ntranslates: [a]\n---\n", "x.md:4:1: M006 front matter: translates: is not"),
        ("---\ntitle: A\nsummary: B\n---\nHello\n", "x.md:5:1: M008 text stands before the first heading"),
    ],
)
def test_front_matter(source: str, expected: str) -> None:
    found = parse(source, "x.md", "en")[1]
    assert str(found[0]).startswith(expected)
    assert len([problem for problem in found if problem.code != "M008"]) <= 1


def test_only_what_begins_as_front_matter_lacks_its_first_line() -> None:
    body = "summary: B\n---\n\n## A {#a}\n\nText.\n"
    assert [problem.code for problem in parse(f"title: A\n{body}", "x.md", "en")[1]] == ["M006"]
    # Another line before it is text, and the rest with it.
    found = parse(f"A title: A\n{body}", "x.md", "en")[1]
    assert [problem.code for problem in found] == ["M006", "M016", "M008"]


def test_front_matter_that_is_never_closed_is_one_problem() -> None:
    prose, found = parse(FRONT.replace("---\n\n", "\n") + "Text.\n", "x.md", "en")
    assert [problem.message for problem in found] == ["front matter: it is never closed"]
    assert [section.id for section in prose.sections] == ["here"]


@pytest.mark.parametrize(
    "body",
    [
        "*" * 50_000 + "a" + "*" * 50_000,
        "[" * 190_000,
        '"a" ' * 48_000,
        "![a" * 60_000,
        "[a](" * 45_000,
        "*a **b " * 25_000,
        "a " * 95_000,
        ">" * 190_000,
        "|" * 90_000 + "\n" + "|-" * 45_000,
        "".join(f"[a{n}]: module:x\n" for n in range(9000)),
    ],
)
def test_a_monstrous_paragraph_is_one_problem_at_once(body: str) -> None:
    results: list[list[Problem]] = []
    # Nothing reads what is too long: not a call for each character, but for each of the 9000 definitions some.
    assert steps(lambda: results.append(problems(body + "\n\n## After {#after}\n"))) < len(body)
    ((found,),) = results
    assert str(found).startswith(f"x.md:{FIRST}:1: M009 a paragraph of more than 10,000 characters cannot be rendered")


def test_quotation_within_the_limit_is_kept() -> None:
    (block,) = blocks(">" * MAX_LEVELS + " a")
    depth = 0
    while isinstance(block, p.Quote):
        (block,) = block.blocks
        depth += 1
    assert depth == MAX_LEVELS


MARKS = st.text("ab[](){}@#*_`<>!|-.:;, \"'&\\~=+1\n\t", max_size=120)

#: A parser that asks every rule everywhere, and one that asks those whose signs stand there.
SLOW, QUICK = taught("nb"), quick(taught("nb"))
LINES = st.lists(
    st.sampled_from(
        ("## A {#a}", "- a", "  - b", "1. c", "> d", "***", "```", "~~~x", "    e", "| a | b |", "| --- | --- |", "===",
         "---", "<div>", "", "a *b **c** d* `e` [f](g) ![h](i.png) <http://j> &amp; {k} [@l, m]\\", "# n #", "\t o",
         "***p** q*", "\\* r  ", "[s][t] <u", "+ v", "10) w", "{#x} {{y}} {z", "[@æ] [ø](<å> 'b')"),
    ),
    max_size=14,
)  # fmt: skip


@given(MARKS | st.text(max_size=80) | LINES.map("\n".join))
def test_a_rule_is_asked_where_its_signs_stand(body: str) -> None:
    assert QUICK.parse(body) == SLOW.parse(body)
    assert QUICK.parseInline(body) == SLOW.parseInline(body)


@given(MARKS | st.text(max_size=80))
def test_any_text_is_read_and_every_place_is_in_the_file(body: str) -> None:
    for source in (body, FRONT + body):
        prose, found = parse(source, "x.md", "nb")
        lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        places = [(problem.line, problem.column) for problem in found]
        for section in prose.sections:
            places.append((section.place.line, section.place.column))
            for node in section.inlines:
                if isinstance(node, p.Link | p.Slot | p.Image):
                    places.append((node.place.line, node.place.column))
        for line, column in places:
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1]) + 1
        assert all(problem.remedy and problem.message for problem in found)


def test_a_section_knows_its_text_to_the_last_space() -> None:
    """A digest counts white space as one; what is made of a section is made of its text as it stands."""
    text = "---\ntitle: T\nsummary: S.\n---\n\n## One {#one}\n\nA b.\n\n## Two {#two}\n\nC d.\n"

    def sections(text: str) -> dict[str, p.Section]:
        return {each.id: each for each in parse(text, "x.md", "en")[0].sections}

    before, spaced = sections(text), sections(text.replace("A b", "A  b"))
    renamed = sections(text.replace("## One", "## Uno"))
    assert spaced["one"].digest == before["one"].digest
    assert spaced["one"].exact != before["one"].exact
    assert spaced["one"].headed == before["one"].headed
    assert (renamed["one"].exact, renamed["one"].headed) != (before["one"].exact, before["one"].headed)
    assert renamed["one"].headed != before["one"].headed
    assert spaced["two"] == renamed["two"] == before["two"]
