"""The handouts of the shipped course: valid, complete, the same every time, safe with anything in them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from unicodedata import combining, normalize

import page
import pytest
from fontTools import ttLib
from pypdf import PdfReader

from conftest import COURSES, Sample, change, course
from samspill.check.word_too_wide import _at_most
from samspill.languages import catalogue
from samspill.model import Course
from samspill.prose import ItemList, Paragraph, Text
from samspill.reading.context import Context
from samspill.reading.materials import Material, materials, scheduled
from samspill.reading.printed import HandoutKind, handout_path
from samspill.render import paper
from samspill.render.paper import Handout
from samspill.render.paper.parts import runs
from samspill.source import load
from samspill.typeface.glyphs import COMMON, FACES, GREEK, _characters, font_folder
from samspill.typeface.words import Type, advance

if TYPE_CHECKING:
    from website import Site

LANGUAGES = ("en", "nb", "da", "sv")


@dataclass(frozen=True)
class Printed:
    """A handout and its PDF, read once."""

    course: Course
    handout: Handout
    data: bytes

    @cached_property
    def reader(self) -> PdfReader:
        """The PDF as an object."""
        return PdfReader(io.BytesIO(self.data))

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The words of each page."""
        return tuple(each.extract_text() for each in self.reader.pages)

    @property
    def name(self) -> str:
        """What a fault is told by."""
        return f"{self.handout.language}/{self.handout.path}"


@cache
def everything() -> tuple[Handout, ...]:
    """Return every handout of the shipped course."""
    return tuple(handout for language in LANGUAGES for handout in paper.handouts(course(), language))


@cache
def printed(handout: Handout) -> Printed:
    """Return a handout of the shipped course, printed."""
    return Printed(course(), handout, paper.render(course(), handout))


def page_text(data: bytes) -> str:
    """Return the words of a PDF."""
    return "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(data)).pages)


def _text(handout: Handout) -> str:
    return "\n".join(printed(handout).pages)


@pytest.fixture(scope="module")
def chosen(sample: Sample) -> list[Handout]:
    """The handouts that are looked at: of every kind in every language one at least."""
    return sample(everything(), by=lambda handout: (handout.kind, handout.language))


def test_every_kind_is_made_in_every_language() -> None:
    kinds = set(get_args(HandoutKind))
    for language in LANGUAGES:
        assert {h.kind for h in everything() if h.language == language} == kinds
        made = {(h.kind, h.unit, h.part) for h in everything() if h.language == language}
        for case in course().cases:
            if course().text("case", case, language):
                assert {kind for kind, unit, _ in made if unit == case} >= {"participant", "stages", "facilitator"}
        for module in course().modules:
            if course().text("module", module, language):
                assert {kind for kind, unit, _ in made if unit == module} == {"reader", "guide"}


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([], ""), ([4], "4"), ([1, 2], "1, 2"), ([1, 2, 3], "1–3"), ([1, 3, 4, 5, 6, 9, 10], "1, 3–6, 9, 10")],
)
def test_numbers_in_a_row_are_drawn_together(numbers: list[int], said: str) -> None:
    assert runs(numbers) == said


def test_no_two_handouts_share_a_path() -> None:
    for language in LANGUAGES:
        paths = [h.path for h in everything() if h.language == language]
        assert len(set(paths)) == len(paths)
    # Whatever an author calls a session.
    sessions = {handout_path("session", "short", name) for name in ("plan", "overview", "first-each-waits")}
    assert handout_path("plan", "short") not in sessions
    assert handout_path("stages", "each-waits", "short/first") not in sessions


# --- what every handout keeps to: each yields what is wrong with one ---------------------------------------


def not_valid(sheet: Printed) -> Iterator[str]:
    """PDF/UA-1 for those who listen, PDF/A-2a for the archive."""
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(sheet.data, profile=profile)
        if not report.is_compliant:
            yield report.to_json()


def not_said(sheet: Printed) -> Iterator[str]:
    """Its language, title and size; in the foot of each page the edition, the licence and that cases are invented."""
    reader, language = sheet.reader, sheet.handout.language
    said = str(reader.trailer["/Root"].get("/Lang", "")).lower()
    if not re.fullmatch(rf"{language}(-[a-z]+)?", said):
        yield f"language {said!r}"
    if reader.metadata is None or not reader.metadata.title:
        yield "no title"
    for each in reader.pages:
        if tuple(round(float(size)) for size in each.mediabox[2:]) != (595, 842):
            yield f"not A4: {each.mediabox}"
    feet = [sheet.course.about.edition, "CC BY-SA 4.0"]
    if sheet.handout.unit in sheet.course.cases:
        feet.append(catalogue(language)("common.fictional_note").rstrip("."))
    for number, text in enumerate(sheet.pages, 1):
        words = " ".join(text.split())
        yield from (f"page {number} lacks {foot!r}" for foot in feet if foot not in words)
    if paper.page_count(sheet.data) != len(reader.pages):
        yield f"{paper.page_count(sheet.data)} pages counted, {len(reader.pages)} there"


def left_to_fill_in(sheet: Printed) -> Iterator[str]:
    """No slot, citation or link as an author writes it, no sign that the fonts lack."""
    for number, text in enumerate(sheet.pages, 1):
        yield from (f"page {number}: {found!r}" for found in re.findall(r"\{[a-z.]+\}|\[@|\(term:|\ufffd", text))


def badly_tagged(sheet: Printed) -> Iterator[str]:
    """Tables have header cells; headings begin with one of the first level and skip none."""
    tags = _tags(sheet.reader.trailer["/Root"]["/StructTreeRoot"], [])
    levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H[1-6]", tag)]
    if levels[:1] != [1] or levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings {levels}"
    if ("/TH" in tags) != ("/Table" in tags):
        yield "a table without header cells"


INVARIANTS = (not_valid, not_said, left_to_fill_in, badly_tagged)


@pytest.mark.build
@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda each: each.__name__)
def test_every_handout_is_right(invariant: Callable[[Printed], Iterator[str]], chosen: list[Handout]) -> None:
    sheets = [printed(handout) for handout in chosen]
    assert [(sheet.name, fault) for sheet in sheets for fault in invariant(sheet)] == []


def test_every_handout_of_the_small_course_is_right() -> None:
    small, _ = load(COURSES / "whole")
    assert small is not None
    sheets = [
        Printed(small, handout, paper.render(small, handout))
        for language in small.languages
        for handout in paper.handouts(small, language)
    ]
    assert {sheet.handout.kind for sheet in sheets} >= set(get_args(HandoutKind)) - {"page"}
    assert [(sheet.name, fault) for sheet in sheets for each in INVARIANTS for fault in each(sheet)] == []


def test_what_is_built_is_what_is_printed_here(site: Site, sample: Sample) -> None:
    chosen = sample(everything(), by=lambda handout: handout.kind)
    files = {handout: site.folder / handout.language / handout.path for handout in chosen}
    assert [path for handout, path in files.items() if path.read_bytes() != printed(handout).data] == []


@pytest.mark.build
def test_the_facilitator_reads_what_the_participant_does_not(chosen: list[Handout]) -> None:
    faults = []
    for handout in chosen:
        there = catalogue(handout.language)("common.for_facilitator").lower() in _text(handout).lower()
        if handout.kind in ("participant", "stages", "roles", "map", "reader") and there:
            faults.append((handout.path, handout.language, "says what is for the facilitator"))
        if handout.kind in ("facilitator", "guide") and not there:
            faults.append((handout.path, handout.language, "has nothing for the facilitator"))
    assert faults == []


def _words(value: str) -> str:
    return "".join(re.findall(r"\w", value))


@pytest.mark.build
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_module_on_paper_asks_and_its_guide_answers(language: str) -> None:
    module = next(m for m in course().modules.values() if course().text("module", m.id, language))
    prose = course().text("module", module.id, language)
    assert prose
    reader, guide = (
        _words(_text(next(h for h in everything() if (h.language, h.unit, h.kind) == (language, module.id, kind))))
        for kind in ("reader", "guide")
    )
    answer = _words(catalogue(language)("handout.answer"))
    quiz = next(activity for activity in module.activities if activity.questions)
    assert guide.count(answer) == sum(len(question.key) for question in quiz.questions)
    assert answer not in reader
    for question in quiz.questions:
        for option in question.options:
            said = prose.get(f"{quiz.id}.{question.id}.{option}")
            assert said
            title = _words("".join(node.text for node in said.title if isinstance(node, Text)))
            first = said.blocks[0]
            assert isinstance(first, Paragraph)
            feedback = _words(next(node.text for node in first.children if isinstance(node, Text)))
            assert title in reader
            assert title in guide
            assert feedback in guide
            assert feedback not in reader


@pytest.mark.build
def test_what_stands_below_a_facilitators_part_is_the_facilitators_too() -> None:
    case = course().cases["each-waits"]
    key = ("case", case.id, "en")
    prose = course().prose[key]
    owner = next(section for section in prose.sections if section.id == f"{case.prompts[0].id}.facilitator")
    more = replace(
        owner,
        id=f"{owner.id}.more",
        level=owner.level + 1,
        title=(Text("One thing more"),),
        blocks=(Paragraph((Text("Nobody else reads this."),)),),
    )
    at = prose.sections.index(owner) + 1
    changed = replace(prose, sections=(*prose.sections[:at], more, *prose.sections[at:]))
    altered = replace(course(), prose={**course().prose, key: changed})
    for kind, there in (("participant", False), ("stages", False), ("roles", False), ("facilitator", True)):
        handout = next(h for h in everything() if (h.language, h.kind, h.unit, h.part) == ("en", kind, case.id, ""))
        said = page_text(paper.render(altered, handout))
        assert ("Nobody else reads this." in said) == there, kind
        assert ("One thing more" in said) == there, kind


@pytest.mark.build
def test_a_session_plan_has_every_part_of_its_text(sample: Sample) -> None:
    plans = [handout for handout in everything() if handout.kind == "session"]
    faults = []
    for handout in sample(plans, by=lambda handout: (handout.unit, handout.language)):
        prose = course().text("pathway", handout.unit, handout.language)
        assert prose
        said = _words(_text(handout))
        for section in prose.sections:
            if section.id.startswith(f"{handout.part}."):
                texts = [node.text for node in section.inlines if isinstance(node, Text)]
                # A page may end in the middle of it.
                faults += [(handout.path, section.id, text) for text in texts if _words(text)[:24] not in said]
    assert faults == []


@pytest.mark.build
def test_the_stage_sheets_of_a_session_have_what_it_uses_and_no_more(sample: Sample) -> None:
    sheets = [handout for handout in everything() if handout.kind == "stages" and handout.part]
    english = [handout for handout in sheets if handout.language == "en"]
    assert english
    faults = []
    for handout in sample(english, 6, by=lambda handout: handout.part.partition("/")[0]):
        said = _words(_text(handout))
        pathway, _, session = handout.part.partition("/")
        found = next(each for each in course().pathways[pathway].sessions if each.id == session)
        parts = scheduled(course(), found)[handout.unit]
        case, prose = course().cases[handout.unit], course().text("case", handout.unit, "en")
        assert prose
        for prompt in case.prompts:
            section = prose.get(prompt.id)
            assert section
            item = section.blocks[-1]
            last = item.items[-1][0] if isinstance(item, ItemList) else item
            assert isinstance(last, Paragraph)
            words = _words(max((node.text for node in last.children if isinstance(node, Text)), key=len))
            if (words in said) != (prompt.id in parts):
                faults.append((handout.path, prompt.id))
        if all(each.id in parts for each in (*case.prompts, *case.stages)):
            faults.append((handout.path, "leaves nothing out"))
    assert faults == []


def test_what_a_session_prints_is_there_to_print() -> None:
    english = {h.path for h in everything() if h.language == "en"}
    for language in LANGUAGES:
        made = {h.path for h in everything() if h.language == language}
        context = Context(course(), language)
        for pathway in course().pathways.values():
            if course().text("pathway", pathway.id, language):
                for session in pathway.sessions:
                    for each in materials(context, pathway, session):
                        assert each.path in (made if language == "en" else english), each


MODULE, MODULE_EN = "course/modules/waiting/module.yml", "course/modules/waiting/en.md"
CASE, SHEET = "cases/two-doors/case.yml", "course/worksheets/log/worksheet.yml"
TIES = (
    "\n  - {from: doctor, to: centre, kind: referral, state: missing}\n"
    "  - {from: person, to: sister, kind: support, state: working}\n"
)
NAMES_NOTHING = (MODULE, ", case: two-doors, worksheet: log", "")
LINK = (MODULE_EN, "- Draw it.", "- Draw it.\n\n### How {#compare.how}\n\nOn [paper](worksheet:log#event).\n\n")
GUIDE, READER, SOME = "case-two-doors-facilitator", "module-waiting-reader module-waiting-guide", "one_two-doors"
#: What a session uses, what else is changed, and the handouts that it needs.
NEEDED: dict[str, tuple[str, list[tuple[str, str, str]], str]] = {
    "some of a case": ("two-doors#letter two-doors#who-first", [], f"pathway-short_{SOME} {GUIDE}"),
    "the last stage": ("two-doors#later", [], f"pathway-short_{SOME} case-two-doors-map {GUIDE}"),
    "the last stage without ties": ("two-doors#later", [(CASE, TIES, " []\n")], f"pathway-short_{SOME} {GUIDE}"),
    "a whole case with roles": (
        "two-doors#letter two-doors#who-first two-doors#later", [(CASE, "grouping: groups", "grouping: roles")],
        f"case-two-doors-stages case-two-doors-roles case-two-doors-map {GUIDE}",
    ),
    "roles of a question left out": (
        "two-doors#letter", [(CASE, "grouping: groups", "grouping: roles")], f"pathway-short_{SOME} {GUIDE}",
    ),
    "an activity that names both": ("waiting#compare", [], f"case-two-doors-stages {GUIDE} {READER} worksheet-log"),
    "a discussion that links to a worksheet": ("waiting#compare", [NAMES_NOTHING, LINK], f"{READER} worksheet-log"),
    "an exercise that does": (
        "waiting#compare", [NAMES_NOTHING, LINK, (MODULE, "kind: discussion", "kind: exercise")],
        f"{READER} worksheet-log",
    ),
    "a reading that does": (
        "waiting#compare", [NAMES_NOTHING, LINK, (MODULE, "kind: discussion", "kind: reading")], READER,
    ),
    "a question that does": (
        "two-doors#who-first", [("cases/two-doors/en.md", "Say what", "[Say](worksheet:log) what")],
        f"pathway-short_{SOME} {GUIDE} worksheet-log",
    ),
    "a link for the facilitator": (
        "waiting#compare", [NAMES_NOTHING, (MODULE_EN, "Give them", "Give [them](worksheet:log)")], READER,
    ),
    "a link in another part": (
        "waiting#compare", [NAMES_NOTHING, (MODULE_EN, "Side by side", "Side by [side](worksheet:log)")], READER,
    ),
    "a link that leads nowhere": (
        "waiting#compare", [NAMES_NOTHING, (MODULE_EN, "Draw it", "[Draw](worksheet:gone) it")], READER,
    ),
    "the same twice": ("log waiting#compare log", [NAMES_NOTHING, LINK], f"{READER} worksheet-log"),
}  # fmt: skip


def _needed(root: Path, uses: str) -> list[Material]:
    """Give the only session of the small course other items and return what it needs."""
    file = root / "course/pathways/short/pathway.yml"
    before, mark, _ = file.read_text("utf-8").partition("    items:\n")
    file.write_text(before + mark + "".join(f"      - {{use: {use}}}\n" for use in uses.split()), "utf-8")
    found, problems = load(root)
    assert found is not None, problems
    pathway = found.pathways["short"]
    return list(materials(Context(found, "en"), pathway, pathway.sessions[0]))


@pytest.mark.parametrize("name", NEEDED)
def test_what_a_session_needs(name: str, whole: Path) -> None:
    uses, changes, needed = NEEDED[name]
    for path, old, new in changes:
        change(whole / path, old, new)
    assert [each.path for each in _needed(whole, uses)] == [f"handouts/{stem}.pdf" for stem in needed.split()]


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [
        ("", "", "one for each group, or one each"), ("grouping: groups", "grouping: alone", "one each"),
        ("grouping: groups", "grouping: groups\nsigned: false", "one each"),
        ("grouping: groups", "grouping: alone\nsigned: false", "one each"),
    ],
)  # fmt: skip
def test_how_many_of_a_worksheet(old: str, new: str, how: str, whole: Path) -> None:
    change(whole / SHEET, old, new)
    assert [(each.title.text, each.how) for each in _needed(whole, "log")] == [("Log: Worksheet", how)]


@pytest.mark.build
def test_a_plan_on_paper_has_its_rubrics_and_where_each_objective_is_met() -> None:
    for pathway in course().pathways.values():
        handout = next(h for h in everything() if (h.language, h.unit, h.kind) == ("en", pathway.id, "plan"))
        said = _words(_text(handout))
        prose = course().text("pathway", pathway.id, "en")
        assert prose
        for part in (*(session.id for session in pathway.sessions), *(f"rubric.{id_}" for id_ in pathway.rubric)):
            found = prose.get(part)
            assert found
            assert _words("".join(node.text for node in found.title if isinstance(node, Text))) in said
        for objective in pathway.objectives if pathway.eqf else ():
            assert _words(course().objectives[objective].short["en"]) in said


def _tags(node: object, found: list[str]) -> list[str]:
    node = getattr(node, "get_object", lambda: node)()
    if isinstance(node, list):
        for child in node:
            _tags(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(str(node["/S"]))
        if "/K" in node:
            _tags(node["/K"], found)
    return found


@pytest.mark.build
def test_the_same_course_gives_the_same_bytes(sample: Sample) -> None:
    chosen = sample(everything(), by=lambda handout: handout.kind)
    assert [each.path for each in chosen if paper.render(course(), each) != printed(each).data] == []


def test_content_cannot_inject_markup() -> None:
    case = next(h for h in everything() if h.kind == "participant")
    sheet = json.loads(paper.inputs(course(), case))
    evil = '#read("/etc/passwd") $x$ *b* _i_ `c` <l> @r \\ ] } " ' + "#panic()"
    sheet["title"] = evil

    def spoil(value: object) -> object:
        if isinstance(value, dict):
            text = {"text": evil} if value.get("is") == "text" else {}
            return {key: spoil(item) for key, item in value.items()} | text
        return [spoil(item) for item in value] if isinstance(value, list) else value

    made = paper.typeset(json.dumps(spoil(sheet), ensure_ascii=False))
    text = " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    assert '#read("/etc/passwd") $x$ *b*' in text


def test_common_characters_are_in_every_font() -> None:
    faces = [font_folder(package) / f"{face}.ttf" for package, names in FACES.items() for face in names]
    every = frozenset.intersection(*(frozenset(ttLib.TTFont(face).getBestCmap()) for face in faces))
    assert {char for char in COMMON - {"\n"} if ord(char) not in every} == set()
    assert {char for char in COMMON if ord(char) not in _characters()} == set()
    # A text of these is not looked at further, and a Greek word is set in one family.
    assert normalize("NFC", "".join(sorted(COMMON))) == "".join(sorted(COMMON))
    assert not [char for char in COMMON if ord(char) in GREEK or combining(char)]


def test_no_letter_is_wider_than_a_rule_allows() -> None:
    face = Type(1, bold=True).face
    assert [char for char in COMMON - {"\n"} if advance(face, char) * 9 >= _at_most(char)] == []
