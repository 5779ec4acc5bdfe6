"""What becomes of odd Markdown, as it was when somebody last read it: every problem in full, and the tree.

`goldens/corners/` holds, for each text, the text, the problems that reading it finds, and what is left of it.
`pytest --update-expected` writes them anew: read the difference.
"""

from __future__ import annotations

from conftest import compare
from samspill.source.markdown import parse
from test_dialect import BEFORE, FRONT, WRONG

#: Bodies of a section, each with something at the edge of what is read.
BODIES = (
    # Emphasis, code and what was meant to open
    "a *b*c *d e*f g*", "a **b** c** **d", "***a b", "_a", "a_ b_c __d", "____ x", "a ___b", "``x` y", "a ` b ``c`",
    "*a\nb", "a*b c*d *e*", "x*a b*y z*c d*w", "*«a»*b", "x **«a»**b y", "(*a", "a* b", "*a* *b", "\\*a *b* c\\*",
    "**a** og **b", "a *b **c* d", "'*a", "Hei* *du", "x *1", "__a b__ __c", "trans\\*x *y",
    # Breaks, entities, tabs
    "a   \nb\\\nc", "**a**  \nb", "- a  \n  b", "| a  | b |\n|---|---|\n| c  | d\t|", "a &#8203; b",
    "a &shy;&#x202e;b", "&#x9;a", "&zwj;a", "a&nbsp;b &lt;c&gt; &amp;", "&#x1f468;&zwj;&#x1f469; b",
    "a &amp; b &#0; c", "`&#x202e;`", "&#xfeff;a &#xfeff;b", "a\t\tb\tc", "\tx", "a\\\n",
    # Lists, quotations and what was not meant as one
    "1. a\n\n2. b\n\n4. c", "1. a\n1. b\n1. c", "1. a\n1. b\n2. c", "0. a\n1. b", "- 2. a\n  3. b", "> 2. juni.",
    "7) a", "1. Mars\n2. Maj", "1. a\n2. juni, b", "1) juni", "1. ", "1.\n2.", "- a\n\n  1. b", "10. desember: a",
    "1. a\n3. b\n3. c", "a\n* b", "a\n1) b\n2) c", "> a\n> - b", "> a\n> > b", "> a:\n> - b", "*a:*\n- b", "_a:_\n> b",
    "a;\n- b", "- a\n  1. b\n  2. c", "- a\n  > b", "> a\nb\nc", "> a\n> b\nc", "> - a\nb", "> - a\n> b",
    "a\n\n> b\n\nc\n- d", "- a\n+ b", "a\n```\nb\n```\n- c", "5. a\n6. b", "a\n  - b", "- a\n-\n- b",
    "> a\n1. b\n2. c", "  > a\n  b",
    # Fences and code
    "```\na\n\nb\n```", "~~~ nb\na\n~~~", "````\n```\n````", "```\n", "```a\n", "- ```\n  a", "- ```\n  a\n  ```",
    "> ```\n> a\n> ```", "~~~{x}\na\n~~~", "``` a+b-c_1#\nx\n```", "```\na\n````", "```\na\n``", "```\na\n``` b\n",
    "    a\n\n    b\n\nc", "- a\n\n      b",
    # Tables
    "| a |\n|---|\n| b |", "a | b\n--|--\nc | d", "| a | b |\n|:-:|---|\n| c | d | e |\n| f |",
    "| a | b |\n| --- |\n| c | d |", "| a |\n| --- | --- |", "|---|---|\n| a | b |", "| --- |", "|-|-|",
    "a | b\n---|---|---\nc | d", "> | a | b |\n> |---|\n> | c | d |", "> | a | b |\n> |---|---|\n> | c |",
    "- | a |\n  |---|\n  | b | c |", "| a | b |", "a | b | c", "| a", "| a | b\nc", "a\n| b | c |", "a\n| b\n| c",
    "| a | b |\n\n|---|---|", "x | y\n-", "| a | b |\n|--|--|\n||c|\n| | |",
    "| a\\|b | c\\|d ~~e~~ |\n|--|--|\n| f\\| [g](term:h) | {i} \\| {j} |",
    "| {a} | {a} | {a} |\n|--|--|--|\n| {a} |  | {a} |", "| a `b\\|c` | @d |\n|--|--|\n| `e\\|f` @g | @h |",
    "| *a | b** |\n|--|--|\n| c | _d |", "| a | a |\n|--|--|\n| @a | @a @a |", "`a|b` | c\n--|--",
    "| a\\\\| b |\n|--|--|\n| c | d |",
    # Links, pictures, citations, slots
    "[a *b*\nc](\nterm:d)", "[![a](b.png)](term:c)", "[*a [@b]*](term:c)", "[a\\\nb](term:c)", "[a](<term:b c>)",
    "[a](term:b 'c')", "![a](b.png 'c')", "![a\nb](c.JPG)", "![a `b`](c.svg)", "![a {b}](c.jpeg)", "![ ](a.png)",
    "![a](B.png)", "![a](b.gif)", "![a](b/c.png)", "![a &amp; \\* b](c.png)", "![a [b](term:c)](d.png)",
    "![a](b_c.PNG) x", "a ![b](c.png) d [e](term:f) {g}", "[a]( term:b )", "[a](https://b.no/x|y)",
    "[@a; @b, s. 3 ; @c]", "[@a,\n s.  3]", "[@a;]", "[@a, b; c]", "[@a](term:b)", "[@]", "{a.b} {c}{d}", "{{a}",
    "{a}}", "{}", "{a\\}", "<https://a.no>,", "<a@b.no>", "[a](HTTPS://b.no)", "[a](term:b\\c)", "[a](tel:1)",
    "[a](./b)", "[a](b.md)", "[a](//b.no)", "[a](/b/)", "http://a.no/b?c=d#e).", "www.a.no/b,c.", "[a](b@c.no)",
    "[a](https://b.no/@c)", "a@b.no/c d@e.no", "[http://a.no]", "[www.a.no]", "[@a {b}]", "*[@a]* **{b}**",
    "`[@a]` \\{b}",
    # Headings and what is cut
    "## A {#a} b", "## {#a}", "## A{#a}", "## A  {#a}", "##  {person} {#a}", "## *A* {#a}", "## `A` {#a}",
    "## A {#a-}", "## A {#-a}", "## A {#a.b.c.d.e}", "## A {#a.b.c.d}",
    "### A {#here.b}\n\n## C {#c}\n\n#### D {#c.d}", "# A {#a}\n\n### B {#b}",
    "## A {#a}\n### B {#b}\nx\n#### C {#c}\n## D {#d}", "###### A {#a}", "A\nB {#a}\n---\n\nx", "  A\n  ===\n\nx",
    "## A # {#a}", "## A {#a} #", "> ## A {#a}", "## *A [b](term:c)* {#a}", "##", "## A **b {#a}", "## A \\# {#a}",
    "## A {b} {#a}", "## A\\\n{#a}", "## **{#a}**", "a\n\n* * *\n\nb", "a\n***\nb", "<b>a</b> c", "a\n<!-- b -->",
    "<div>\n\na\n\n</div>", "- <b>a</b>\n- <div>", ">" * 12 + " a", ">" * 24 + " a",
    ">" * 25 + " a\n\n" + ">" * 26 + " b", "*a **" * 6 + "b" + "** c*" * 6, "*a **" * 7 + "b" + "** c*" * 7,
    # Signs of other dialects, where lines and marks divide them
    "a `b` @c\n> `d` ~~e~~", "> - @a\n>   @b", "a [b](term:c) ~~d~~ [e](term:f)",
    "x" * 37 + " [^" + "y" * 36 + "] [^" + "z" * 37 + "] [^" + "w" * 38 + "]", "a {% b\nc %}",
    "[a](term:b)[c](term:d)[e][f]", "{a} ~~b~~ [@c] ~~d~~ &amp; ~~e~~", "\\~ ~~a~~ <https://b.no> ~~c~~ <b> ~~d~~",
    "a\\\n~~b~~", "• a\n• b\n\nc\n• d",
    # Over the ends of lines
    "a\n   @b", "> a\n>   @b ", "- a\n     @b",
    "`a\n@b` @c", "> `a\n> @b\n> @c` @d", "[a](\n<term:b>) @c", "- `a\n  @b` @c", "*a\n@b* @c",
    "[@a,\ns. 3] @c", "![a\n@b](c.png) @d",
    # Capitals at the ends of words, which no mark is
    "2024. MAX", "1. X\n3. X", "1. X", "http://a.no/AX.", "X | Y\n--|--\nX | Y", "X | Y | X\n-|-\nX | Y",
    "X | Y | X\nX | Y | X", "X:\n- X", "*X:*\n- X", "X X\n- X", "> X:\n> - X", "> X\nX", "X `X` X *X* X", "X ~~X~~ X",
    "X@X.no X", "**X", "X** X", "X  \nX", "## X {#x} X", "## X", "![X](X.png)", "[X](X)", "[@X, X X; @Y, X ]", "{X}",
    "- X\n- X\n\nX", "~~~ X\nX\n~~~ X", "X\n---\nX", "| X | X\n|--|--|\n| X |", "| X | X |\n|--|\n| X | X |",
    "| X\n| X", "> | X |", "`X", "_X X", "X_ _X", "X\\X",
)  # fmt: skip
LONG = "Ord " * 2500
#: Whole files.
FILES = {
    "no front matter": "## A {#a}\n\nb\n",
    "its first line missing": "title: A\nsummary: B\n---\n\n## A {#a}\n\n@b\n",
    "its first line missing, spaces behind its last": "title: A\nsummary: B\n ---  \n\n## A {#a}\n\n@b\n",
    "another key first": "lang: A\n---\n\n## A {#a}\n",
    "closed too late": "title: A\n" + "x\n" * 18 + "---\n\n## A {#a}\n",
    "closed later still": "title: A\n" + "x\n" * 19 + "---\n\n## A {#a}\n",
    "never closed": "---\ntitle: A\nsummary: B\n## A {#a}\n\n@b\n",
    "never closed, nothing below": "---\ntitle: A\nsummary: B",
    "spaces behind the hyphens": "---  \ntitle: A\nsummary: B\n --- \n\n## A {#a}\n\n@b\n",
    "front matter of text": "---\nA\n---\n\n## A {#a}\n\n@b\n",
    "front matter that is no YAML": "---\ntitle: 'A\nsummary: B\n---\n\n## A {#a}\n\n@b\n",
    "an empty one": "---\n---\n\n## A {#a}\n\n@b\n",
    "other kinds of values": "---\ntitle: 2024\nsummary: [a]\ntranslates: 7\nother: {a: b}\n---\n",
    "no values": "---\ntitle:\nsummary: ''\ntranslates:\n---\n",
    "several lines": '---\ntitle: "A\\nB"\nsummary: >\n  A\n  B\n---\n',
    "spaces within": '---\ntitle: "  A \\t B  C\\u00a0"\nsummary: "\\u00a0A"\n---\n',
    "spaces of other kinds": '---\ntitle: "  A   B\\u00a0 C"\nsummary: "\\u00a0A "\n---\n',
    "as long as can be": f"---\ntitle: {'a' * 1000}\nsummary: {'b' * 1001}\n---\n",
    "translates": "---\ntitle: A\nsummary: B\ntranslates:\n  b: 123456789012\n  a: '000000000001'\n  front: abc\n---\n",
    "marks in front": "---\ntitle: '**A** `b`'\nsummary: '[a](b.png) ![c](d.png) \\* x'\n---\n",
    "marks in front, others": "---\ntitle: '![c](d.png)'\nsummary: A \\* b\n---\n",
    "citation in front": "---\ntitle: A [@b]\nsummary: A *b* {c}\n---\n",
    "signs in front": "---\ntitle: A ~~b~~ ~~c~~\nsummary: <b>A</b> 1. b\n---\n",
    "text before the first heading": "---\ntitle: A\nsummary: B\n---\n\n  a\n\nb\n\n## A {#a}\n\nc\n",
    "ids twice, and none": "---\ntitle: A\nsummary: B\n---\n## A {#a}\nb\n## C {#a}\nd\n## E\nf\n"
    "## G {#g}\nh\n## G {#G}\n",
    "line ends of other systems": "---\r\ntitle: A\r\nsummary: B\r\n---\r\r## A {#a}\r\nb\r\nc\r",
    "a long paragraph": FRONT + LONG[:9999] + "\n\n## A {#a}\n\nb @c\n",
    "a longer paragraph": FRONT + "a @b\n\n  \n" + LONG + "x\n## A {#a}\n" + "## " + "B" * 1000 + "\n\nb @c\n",
    "two long paragraphs": FRONT + LONG + "\n\nc\n\n" + "y" * 10_000 + "\n",
    "a long paragraph at once": "---\ntitle: A\nsummary: B\n---\n# X" + LONG + "\nc\n\n## A {#a}\n",
    "capitals": "---\ntitle: ' X A X '\nsummary: X\n---\n## X {#x}\nX\n\n X\nX \n",
    "nothing": "",
}


def _said(source: str, before: int, language: str) -> str:
    prose, problems = parse(source, "x.md", language)
    lines = [
        f"{each.line - before}:{each.column}: {each.code} {each.message} ({each.remedy})" for each in sorted(problems)
    ]
    if before == 0:
        lines.append(repr((prose.title, prose.summary, prose.front_digest, prose.translates)))
    lines += [repr(block) for block in prose.lead]
    for section in prose.sections:
        if before == 0 or section.id != "here":
            place = section.place
            lines.append(f"{section.id} {section.level} {place.line - before}:{place.column} {section.digest}")
            lines.append(repr(section.title))
        lines += [repr(block) for block in section.blocks]
    return "\n".join(line if len(line) < 2000 else f"{line[:400]} … {len(line)} characters" for line in lines)


def test_odd_bodies(update: bool) -> None:
    bodies = dict.fromkeys([*(body for body, _ in WRONG), *BODIES])
    # Places count from the first line of the body in what is reported, and from that of the file in the tree.
    made = "\n".join(f"────\n{body}\n──\n{_said(FRONT + body, BEFORE, 'nb')}" for body in bodies)
    compare({"bodies.txt": made + "\n"}, "corners/bodies", update=update)


def test_odd_files(update: bool) -> None:
    made = "\n".join(f"──── {name}\n{_said(source, 0, 'en')}" for name, source in FILES.items())
    compare({"files.txt": made + "\n"}, "corners/files", update=update)


