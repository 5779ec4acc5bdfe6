"""What every renderer asks of a course in one language: slots, links, names and figures, and how prose is HTML."""

from __future__ import annotations

import warnings
from dataclasses import replace
from functools import cache

import pytest

from conftest import COURSES
from samspill.document.links import worded
from samspill.document.prose import blocks, body, linked, said, words
from samspill.document.tree import Emphasis as Stressed
from samspill.document.tree import Link as Led
from samspill.languages import catalogue, grammar
from samspill.model import Course, Kind, Source
from samspill.prose import (
    Block,
    Break,
    Citation,
    Cite,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    ItemList,
    Link,
    Paragraph,
    Place,
    Quote,
    Slot,
    Strong,
    Table,
    Text,
)
from samspill.reading import memory
from samspill.reading.citations import citation, reference, reference_text
from samspill.reading.context import Context, Label, Target, page_url, relative
from samspill.render.web.html import Writer
from samspill.source import load

HERE = Place(1)


@cache
def whole() -> Course:
    """The whole small course."""
    found, problems = load(COURSES / "whole")
    assert found is not None, problems
    return found


def inside(language: str = "en") -> Context:
    """Its context inside the case."""
    return Context(whole(), language).within(whole().cases["two-doors"])


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("person", "Marit"),
        ("person.age", "34"),
        ("person.whose", "Marit’s"),
        ("person.other", None),
        ("sister.age", None),
        ("nobody", None),
        ("actor.doctor", "the GP"),
        ("actor.doctor.bare", "GP"),
        ("actor.doctor.a", "a GP"),
        ("actor.doctor.The", "The GP"),
        ("actor.doctor.A", "A GP"),
        ("actor.doctor.whose", "the GP’s"),
        ("actor.doctor.name", None),
        ("actor.sister", "Ingrid"),
        ("actor.sister.whose", "Ingrid’s"),
        ("actor.sister.Whose", "Ingrid’s"),
        ("actor.nobody", None),
    ],
)
def test_a_slot_is_filled_from_its_case(path: str, said: str | None) -> None:
    assert inside().slot(path) == said
    assert Context(whole(), "en").slot(path) is None
    written = inside().plain((Text("a "), Slot(path, HERE)))
    assert written == f"a {said or '{' + path + '}'}"


def test_an_actor_has_a_label() -> None:
    assert [inside().actor_label(one) for one in ("person", "doctor", "sister", "x")] == ["Marit", "GP", "Ingrid", "x"]
    assert Context(whole(), "en").actor_label("person") == "person"


@pytest.mark.parametrize(
    ("name", "genitives"),
    [
        ("Marit", ("Marit’s", "Marits", "Marits", "Marits")),
        ("Lars", ("Lars’s", "Lars’", "Lars’", "Lars")),
        ("MAX", ("MAX’s", "MAX’", "MAX’", "MAX")),
        ("Liz", ("Liz’s", "Liz’", "Liz’", "Liz")),
    ],
)
def test_a_name_has_the_genitive_of_its_language(name: str, genitives: tuple[str, ...]) -> None:
    assert tuple(grammar(language).possessive(name) for language in ("en", "nb", "da", "sv")) == genitives


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("https://a.example/#b", Target("https://a.example/#b", external=True)),
        ("http://a.example", Target("http://a.example", external=True)),
        ("mailto:a@b.example", Target("mailto:a@b.example", external=True)),
        ("list:cases", Target("cases/")),
        ("list:glossary#a", Target("glossary/#a")),
        ("list:others", None),
        ("term:coordinator", Target("glossary/#coordinator")),
        ("term:other", None),
        ("objective:see-waiting", Target("objectives/#see-waiting")),
        ("objective:other", None),
        ("source:thompson-1967", Target("sources/#thompson-1967")),
        ("source:other", None),
        ("case:two-doors", Target("cases/two-doors/")),
        ("case:two-doors#later", Target("cases/two-doors/#later")),
        ("case:two-doors#other", None),
        ("case:other", None),
        ("page:home", Target("")),
        ("worksheet:log", Target("worksheets/log/")),
        ("other:home", None),
        ("home", None),
    ],
)
def test_a_link_leads_to_what_is_named(target: str, found: Target | None) -> None:
    assert Context(whole(), "en").link(target) == found


def test_what_is_not_translated_is_in_the_source_language() -> None:
    danish, norwegian = Context(whole(), "da"), Context(whole(), "nb")
    assert danish.link("case:two-doors#later") == Target("cases/two-doors/#later", language="en")
    assert danish.link("term:coordinator") == Target("glossary/#coordinator")
    assert [context.translated("case", "two-doors") for context in (danish, norwegian)] == [False, True]
    assert (danish.title("case", "two-doors"), danish.title("case", "x")) == ("Two doors", "x")
    assert (danish.course_title, norwegian.course_title) == ("A whole course", "Et helt kurs")


def test_words_in_a_row_and_figures() -> None:
    english, norwegian = Context(whole(), "en"), Context(whole(), "nb")
    rows: list[list[str]] = [[], ["a"], ["a", "b"], ["a", "b", "c"]]
    assert [english.listed(row) for row in rows] == ["", "a", "a and b", "a, b and c"]
    assert norwegian.listed(rows[3]) == "a, b og c"
    assert [english.number(value) for value in (39.5, 2, 10.04, 0.25)] == ["39.5", "2", "10", "0.2"]
    assert [norwegian.number(value) for value in (39.5, 2)] == ["39,5", "2"]


def test_what_a_session_uses_has_a_title() -> None:
    english = Context(whole(), "en")
    used = ("log", "two-doors#later", "two-doors#x", "x")
    assert [english.used(one) for one in used] == [
        Label("Log"), Label("Three weeks later"), Label("two-doors#x"), Label("x")
    ]
    # What is there in the source language alone says so, in its forms.
    danish = Context(whole(), "da")
    assert [danish.used(one) for one in used[:2]] == [Label("Log", "en"), Label("Three weeks later", "en")]
    inside = danish.within(whole().cases["two-doors"])
    assert [inside.actor("doctor", form) for form in ("bare", "the")] == [
        Label("GP", "en", "actor.doctor.bare"), Label("the GP", "en", "actor.doctor.the"),
    ]  # fmt: skip
    assert inside.actor("person", "bare") == Label("Marit", slot="person")
    assert inside.actor("sister", "the") == Label("Ingrid", slot="actor.sister.the")


def test_plain_words_are_those_of_every_inline() -> None:
    nodes = (
        Text("a"), Break(), Emphasis((Strong((Code("b"),)),)), Link("x", (Text("c"),), HERE),
        Image("d.svg", "D", HERE), Citation((Cite("thompson-1967", "p. 4", HERE),)),
    )  # fmt: skip
    assert Context(whole(), "en").plain(nodes) == "a bcD"


def source(**values: object) -> Source:
    given = {"id": "a", "type": "book", "title": "A title", "short": "Short", "seen": "page", **values}
    return Source.model_validate(given)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"issued": {"year": 1967}}, "Short, 1967, p. 4"),
        ({"issued": {"year": 1967, "circa": True}}, "Short, c.\xa01967, p. 4"),
        ({"issued": {"year": 1967}, "short": "Act of 1967"}, "Act of 1967, p. 4"),
        ({"issued": {"year": 1967, "circa": True}, "short": "Act of 1967"}, "Act of 1967, p. 4"),
        ({}, "Short, p. 4"),
    ],
)
def test_a_citation_names_its_source_and_year(values: dict[str, object], said: str) -> None:
    context = Context(replace(whole(), sources={"a": source(**values)}), "en")
    assert context.cite_label(Cite("a", "p. 4", HERE)) == said
    assert context.cite_label(Cite("a", "", HERE)) == said.removesuffix(", p. 4")
    assert context.cite_label(Cite("b", "p. 4", HERE)) == "b"


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        ("", "", "./"),
        ("a/", "a/", "./"),
        ("a/", "a/#b", "#b"),
        ("", "#b", "#b"),
        ("", "a/", "a/"),
        ("a/", "", "../"),
        ("a/b/", "a/", "../"),
        ("a/", "a/b/", "b/"),
        ("a/b/", "c/d/#e", "../../c/d/#e"),
        ("a/b/", "c.pdf", "../../c.pdf"),
    ],
)
def test_a_link_is_seen_from_its_page(here: str, there: str, link: str) -> None:
    assert relative(here, there) == link


def test_every_kind_of_page_has_its_place() -> None:
    pages = [page_url("page", "home"), page_url("page", "about"), page_url("case", "home"), page_url("module", "a")]
    assert pages == ["", "about/", "cases/home/", "modules/a/"]


# --- prose as HTML -------------------------------------------------------------------------------------------


def cell(words: str) -> tuple[Text, ...]:
    return (Text(words),) if words else ()


def table(header: str, rows: str, align: tuple[str, ...] = ()) -> Table:
    made = tuple(tuple(cell(one.strip()) for one in row.split("|")) for row in (header, *rows.split("/")))
    return Table(made[0], made[1:], align)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (ItemList(((Paragraph(cell("a")),), (Paragraph(cell("b")), Quote((Paragraph(cell("c")),))))),
         "<ul><li>a</li><li><p>b</p>\n<blockquote><p>c</p></blockquote></li></ul>"),
        (ItemList(((Quote(()),),), 1), "<ol><li><blockquote></blockquote></li></ol>"),
        (ItemList(((Paragraph(cell("a")),),), 3), '<ol start="3"><li>a</li></ol>'),
        (CodeBlock("a <b>", ""), '<pre tabindex="0"><code>a &lt;b&gt;</code></pre>'),
        (Paragraph((Slot("x", HERE), Break(), Code("`"))),
         '<p><span data-slot="x">{x}</span><br><code>&#96;</code></p>'),
        (table("a|b", "c|d/e|f", ("left", "center")),
         '<div class="table" tabindex="0"><table><thead><tr><th scope="col">a</th><th scope="col" class="to-center">b'
         '</th></tr></thead><tbody><tr><th scope="row">c</th><td class="to-center">d</td></tr><tr><th scope="row">e'
         '</th><td class="to-center">f</td></tr></tbody></table></div>'),
        (table("|b", "c|d"),
         '<div class="table" tabindex="0"><table><thead><tr><td></td><th scope="col">b</th></tr></thead><tbody><tr>'
         "<td>c</td><td>d</td></tr></tbody></table></div>"),
        (table("a|b|", "c|d|e/|g|h|i"),
         '<div class="table" tabindex="0"><table class="stacks" role="table"><thead role="rowgroup"><tr role="row">'
         '<th scope="col" role="columnheader">a</th><th scope="col" role="columnheader">b</th><td role="cell"></td>'
         '</tr></thead><tbody role="rowgroup"><tr role="row"><th scope="row" role="rowheader">c</th>'
         '<td role="cell" data-label="b">d</td><td role="cell" data-label="">e</td></tr><tr role="row">'
         '<td role="cell" data-label="a"></td><td role="cell" data-label="b">g</td><td role="cell" data-label="">h</td>'
         '<td role="cell">i</td></tr></tbody></table></div>'),
        (table("a|b|c", "d|e|f", ("", "right")),
         '<div class="table" tabindex="0"><table><thead><tr><th scope="col">a</th><th scope="col" class="to-right">b'
         '</th><th scope="col">c</th></tr></thead><tbody><tr><td>d</td><td class="to-right">e</td><td>f</td></tr>'
         "</tbody></table></div>"),
        (table("a", "b/c"),
         '<div class="table" tabindex="0"><table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>b</td>'
         "</tr><tr><td>c</td></tr></tbody></table></div>"),
    ],
)  # fmt: skip
def test_a_block_is_written_as_html(block: Block, html: str) -> None:
    assert writer("en").blocks(blocks(Context(whole(), "en"), (block,))) == html


def writer(language: str, page: str = "", roots: dict[str, str] | None = None) -> Writer:
    """Return a writer for a page in a language."""
    return Writer(catalogue(language), page, roots or {})


def test_a_title_is_words_alone() -> None:
    nodes = (Link("https://a.example/", (Text("a"),), HERE), Break(), Image("b.svg", "B", HERE), Strong(cell("c")),
             Citation((Cite("thompson-1967", "", HERE), Cite("x", "", HERE))))  # fmt: skip
    said_of = words(Context(whole(), "en"), nodes)
    assert writer("en").words_of(said_of) == 'a B<strong>c</strong><span class="cite">(Thompson, 1967; x)</span>'
    link = '<a href="https://a.example/" rel="noopener external">a</a><br>'
    picture = '<img src="b.svg" alt="B" loading="lazy"><strong>c</strong>'
    cited = '<span class="cite">(<a href="sources/#thompson-1967">Thompson, 1967</a>; x)</span>'
    assert writer("en").inline(said_of) == link + picture + cited


def test_a_section_says_what_stands_below_it() -> None:
    prose = whole().text("case", "two-doors", "en")
    assert prose is not None
    guide = prose.by_id["guide"]
    found = body(inside(), prose, guide)
    html = writer("en", "cases/two-doors/")
    assert '<h3 id="guide.safety">Safety</h3>' in html.blocks(found)
    assert '<h6 id="guide.safety">Safety</h6>' in html.blocks(found, 9)
    assert '<h2 id="guide.safety">Safety</h2>' in html.blocks(found, 1)
    assert body(inside(), prose, guide, leave=("guide.safety",)) == blocks(inside(), guide.blocks)
    assert body(inside(), prose, guide, leave=("guide.saf",)) == found
    assert body(inside(), prose, None) == ()
    assert html.heading(2, "A <b>", "a") == '<h2 id="a">A &lt;b&gt;</h2>'
    assert html.heading(3, (Stressed(()),), "a.b", "c d") == '<h3 class="c d" id="a.b"><em></em></h3>'


def test_a_page_in_another_language_says_so() -> None:
    context, html = Context(whole(), "nb"), writer("nb", "cases/two-doors/", {"en": "../"})
    note = ' <small class="in-language">(på engelsk)</small>'

    def linked_(target: str, label: str) -> str:
        return html.inline(linked(context, target, said(label)))

    assert html.inline((Led("a/", said("a"), "case", "en"),)) == (
        f'<a href="../../../a/" hreflang="en">a</a>{note}'
    )
    assert html.href("a/", "nb") == "../../a/"
    assert html.href("a/", "sv") == "../../../sv/a/"
    assert html.inline(worded(context, {"en": "b", "da": "c"})) == f'<span lang="en">b</span>{note}'
    assert html.inline(worded(context, {"da": "c"})) == ""
    assert linked_("term:coordinator", "<b>") == '<a href="../../glossary/#coordinator" class="term">&lt;b&gt;</a>'
    assert linked_("term:x", "<b>") == "&lt;b&gt;"


# --- references and memory -------------------------------------------------------------------------------------


def test_a_doi_keeps_what_may_stand_in_an_address() -> None:
    marked = reference(source(title="A", DOI="10.1002/(SICI)1099:3;2-#x"), "en")
    assert 'href="https://doi.org/10.1002/(SICI)1099:3;2-%23x"' in marked


def test_a_title_in_another_language_is_marked_once() -> None:
    more = {"container-title": "Bånd og tråd", "DOI": "10.1234/<a>b"}
    told = source(title="Bånd", language="nb", publisher="Bånd", **more)
    marked = reference(told, "en")
    assert marked.count('<span lang="nb">Bånd</span>') == 1
    assert 'href="https://doi.org/10.1234/%3Ca%3Eb">https://doi.org/10.1234/&lt;a&gt;b</a>' in marked
    assert "lang" not in reference(told, "nb").replace("hreflang", "")
    assert reference_text(told, "en").startswith("Bånd. (n.d.).")


BODY = {"author": [{"literal": "Nordby"}]}
TWO = [{"family": "Dahl", "given": "Eva"}, {"family": "Lien", "given": "Per"}]
YEAR = {"issued": {"year": 2001}}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        # A title may begin as its author does, or be the same.
        (
            {"type": "article-journal", "title": "Nordby tells", "container-title": "Care", **BODY, **YEAR},
            "Nordby. (2001). Nordby tells. Care.",
        ),
        (
            {"type": "article-journal", "title": "Nordby", "container-title": "Care", **BODY, **YEAR},
            "Nordby. (2001). Nordby. Care.",
        ),
        (
            {"type": "chapter", "title": "By and by", "container-title": "Care", **BODY, **YEAR},
            "Nordby. (2001). By and by. In Care.",
        ),
        ({"type": "webpage", "title": "Nordby tells", "publisher": "Nordby", **YEAR}, "Nordby. (2001). Nordby tells."),
        # It stands in front of the date for want of an author, with what kind of text it is.
        ({"type": "report", "genre": "Slides", **YEAR}, "A title [Slides]. (2001)."),
        ({"type": "report", "genre": "Slides", "number": 3, **YEAR}, "A title (Slides No. 3). (2001)."),
        ({"title": "Who waits?", "publisher": "Press", **YEAR}, "Who waits? (2001). Press."),
        ({"title": "Who waits…", "author": TWO, "publisher": "X"}, "Dahl, E., & Lien, P. (n.d.). Who waits… X."),
        ({"title": "Who <waits>", "author": TWO, **YEAR}, "Dahl, E., & Lien, P. (2001). Who <waits>."),
        # An editor for want of an author is named once, and nothing goes that a title says.
        ({"editor": TWO[:1], "publisher": "Press", **YEAR}, "Dahl, E. (ed.). (2001). A title. Press."),
        (
            {"title": "Us (noe, red.) and them", "editor": TWO[:1], "edition": 3, **YEAR},
            "Dahl, E. (ed.). (2001). Us (noe, red.) and them (3rd edn).",
        ),
        ({"title": "Us (noe, red.)", "author": TWO[:1], **YEAR}, "Dahl, E. (2001). Us (noe, red.)."),
        (
            {"type": "chapter", "author": TWO, "editor": [{"literal": "A body"}], "container-title": "Care", "page": 3},
            "Dahl, E., & Lien, P. (n.d.). A title. In A body (ed.), Care (p. 3).",
        ),
        # Without a date of its own a page has no date of access either.
        ({"type": "webpage", "author": TWO[:1], "URL": "https://a.no/b"}, "Dahl, E. (n.d.). A title. https://a.no/b"),
        (
            {"type": "thesis", "author": TWO[:1], "genre": "PhD thesis", "number": 7, "publisher": "Press", **YEAR},
            "Dahl, E. (2001). A title (Publication No. 7) [PhD thesis]. Press.",
        ),
        (
            {"type": "thesis", "author": TWO[:1], "genre": "PhD thesis", "publisher": "Press", **YEAR},
            "Dahl, E. (2001). A title [PhD thesis]. Press.",
        ),
    ],
)
def test_a_reference_says_each_thing_once(values: dict[str, object], said: str) -> None:
    assert reference_text(source(**values), "en") == said


def test_how_to_cite_a_page_and_the_whole() -> None:
    english = Context(whole(), "en")

    def said(kind: Kind, unit: str) -> str:
        return "".join(map(str, citation(english, kind, unit)))

    assert said("page", "home") == (
        "Samspill contributors. (2026). A whole course (edition 2026.1). CC BY-SA 4.0."
    )
    assert said("case", "two-doors") == (
        "Samspill contributors. (2026). Two doors [Fictional case]. In A whole course (edition 2026.1). CC BY-SA 4.0."
    )
    assert said("case", "home").startswith("Samspill contributors. (2026). home [")


def test_what_was_made_is_made_once_and_told() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return "made"

    name = "test_context"
    before = memory.asked()
    assert [memory.remembered(name, "a", make), memory.remembered(name, "a", make)] == ["made", "made"]
    assert made == ["x"]
    assert memory.remembered(name, "b", lambda: "other") == "other"
    (one, other) = (key for key in memory.asked() if key not in before)
    assert {memory.asked()[one], memory.asked()[other]} == {"made", "other"}
    memory.bring({one: "brought"})
    assert memory.remembered(name, "a", make) == "brought"
    memory.asked().clear()
    assert one in memory.asked()


def test_an_author_with_two_kinds_of_name_makes_no_noise() -> None:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        said = reference_text(source(title="Noise", author=[{"literal": "Org", "family": "F"}]), "en")
    assert (said, found) == ("Org. (n.d.). Noise.", [])
