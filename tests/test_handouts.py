"""The handouts of the shipped course: valid, complete, the same every time, safe with anything in them."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import get_args

import page
import pytest
from pypdf import PdfReader

from conftest import course
from samspill.prose import ItemList, Paragraph, Text, section_inlines
from samspill.render import HandoutKind, handout_path, handouts
from samspill.render.context import Context
from samspill.render.glyphs import COMMON, _characters
from samspill.render.handouts import Handout
from samspill.render.materials import materials, scheduled
from samspill.render.words import catalogue

LANGUAGES = {"en": "en", "nb": "nb", "da": "da", "sv": "sv"}


@cache
def pdf(handout: Handout) -> bytes:
    """Return a handout of the shipped course."""
    return handouts.render(course(), handout)


ALL = [handout for language in LANGUAGES for handout in handouts.handouts(course(), language)]


def _name(handout: Handout) -> str:
    return f"{handout.language}-{handout.path.removeprefix('handouts/')}"


def page_text(data: bytes) -> str:
    """Return the words of a PDF."""
    return "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(data)).pages)


def _text(handout: Handout) -> str:
    return page_text(pdf(handout))


def test_every_kind_is_made_in_every_language() -> None:
    kinds = set(get_args(HandoutKind))
    for language in LANGUAGES:
        assert {h.kind for h in ALL if h.language == language} == kinds
        made = {(h.kind, h.unit, h.part) for h in ALL if h.language == language}
        for case in course().cases:
            if course().text("case", case, language):
                assert {kind for kind, unit, _ in made if unit == case} >= {"participant", "stages", "facilitator"}
        for module in course().modules:
            if course().text("module", module, language):
                assert {kind for kind, unit, _ in made if unit == module} == {"reader", "guide"}


def test_no_two_handouts_share_a_path() -> None:
    for language in LANGUAGES:
        paths = [h.path for h in ALL if h.language == language]
        assert len(set(paths)) == len(paths)
    # Whatever an author calls a session.
    sessions = {handout_path("session", "short", name) for name in ("plan", "overview", "first-each-waits")}
    assert handout_path("plan", "short") not in sessions
    assert handout_path("stages", "each-waits", "short/first") not in sessions


@pytest.mark.parametrize("handout", ALL, ids=_name)
def test_a_handout_is_pdf_ua_1_and_pdf_a_2a(handout: Handout) -> None:
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(pdf(handout), profile=profile)
        assert report.is_compliant, report.to_json()


@pytest.mark.parametrize("handout", ALL, ids=_name)
def test_a_handout_says_what_it_is(handout: Handout) -> None:
    reader = PdfReader(io.BytesIO(pdf(handout)))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).lower().startswith(LANGUAGES[handout.language])
    assert reader.metadata is not None
    assert reader.metadata.title
    width, height = (round(float(size)) for size in reader.pages[0].mediabox[2:])
    assert (width, height) == (595, 842)
    words = catalogue(handout.language)
    for each in reader.pages:
        footer = " ".join(each.extract_text().split())
        assert course().about.edition in footer
        assert "CC BY-SA 4.0" in footer
        if handout.unit in course().cases:
            assert words("common.fictional_note").rstrip(".") in footer
    assert handouts.page_count(pdf(handout)) == len(reader.pages)


@pytest.mark.parametrize("handout", ALL, ids=_name)
def test_nothing_is_left_to_fill_in(handout: Handout) -> None:
    text = _text(handout)
    assert not re.search(r"\{[a-z.]+\}|\[@|\(term:", text), text
    assert "\ufffd" not in text


def test_the_facilitator_reads_what_the_participant_does_not() -> None:
    for language in LANGUAGES:
        label = catalogue(language)("common.for_facilitator").lower()
        for handout in ALL:
            if handout.language == language and handout.kind in ("participant", "stages", "roles", "map", "reader"):
                assert label not in _text(handout).lower()
            if handout.language == language and handout.kind in ("facilitator", "guide"):
                assert label in _text(handout).lower()


def _words(value: str) -> str:
    return "".join(re.findall(r"\w", value))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_module_on_paper_asks_and_its_guide_answers(language: str) -> None:
    module = next(m for m in course().modules.values() if course().text("module", m.id, language))
    prose = course().text("module", module.id, language)
    assert prose
    reader, guide = (
        _words(_text(next(h for h in ALL if (h.language, h.unit, h.kind) == (language, module.id, kind))))
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
        handout = next(h for h in ALL if (h.language, h.kind, h.unit, h.part) == ("en", kind, case.id, ""))
        said = page_text(handouts.render(altered, handout))
        assert ("Nobody else reads this." in said) == there, kind
        assert ("One thing more" in said) == there, kind


def test_a_session_plan_has_every_part_of_its_text() -> None:
    for handout in ALL:
        if handout.kind == "session":
            prose = course().text("pathway", handout.unit, handout.language)
            assert prose
            said = _words(_text(handout))
            for section in prose.sections:
                if section.id.startswith(f"{handout.part}."):
                    for node in section_inlines(section):
                        if isinstance(node, Text):
                            # A page may end in the middle of it.
                            assert _words(node.text)[:24] in said, (handout.path, section.id)


@pytest.mark.parametrize("handout", [h for h in ALL if h.kind == "stages" and h.part and h.language == "en"], ids=_name)
def test_the_stage_sheets_of_a_session_have_what_it_uses_and_no_more(handout: Handout) -> None:
    said = _words(_text(handout))
    pathway, _, session = handout.part.partition("/")
    found = next(each for each in course().pathways[pathway].sessions if each.id == session)
    parts = scheduled(course(), found)[handout.unit]
    case, prose = course().cases[handout.unit], course().text("case", handout.unit, "en")
    assert prose
    left_out = 0
    for prompt in case.prompts:
        section = prose.get(prompt.id)
        assert section
        item = section.blocks[-1]
        last = item.items[-1][0] if isinstance(item, ItemList) else item
        assert isinstance(last, Paragraph)
        words = _words(max((node.text for node in last.children if isinstance(node, Text)), key=len))
        assert (words in said) == (prompt.id in parts), prompt.id
        left_out += prompt.id not in parts
    assert left_out or any(stage.id not in parts for stage in case.stages)


def test_what_a_session_prints_is_there_to_print() -> None:
    for language in LANGUAGES:
        made = {h.path for h in ALL if h.language == language}
        context = Context(course(), language)
        for pathway in course().pathways.values():
            if course().text("pathway", pathway.id, language):
                for session in pathway.sessions:
                    for each in materials(context, pathway, session):
                        source = each.path in {h.path for h in ALL if h.language == "en"}
                        assert each.path in made if language == "en" else source, each


def test_a_plan_on_paper_has_its_rubrics_and_where_each_objective_is_met() -> None:
    for pathway in course().pathways.values():
        handout = next(h for h in ALL if (h.language, h.unit, h.kind) == ("en", pathway.id, "plan"))
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


@pytest.mark.parametrize("handout", [h for h in ALL if h.language == "nb"], ids=_name)
def test_tables_have_header_cells_and_headings_skip_no_level(handout: Handout) -> None:
    tags = _tags(PdfReader(io.BytesIO(pdf(handout))).trailer["/Root"]["/StructTreeRoot"], [])
    levels = [int(tag[2]) for tag in tags if re.fullmatch(r"/H[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert ("/TH" in tags) == ("/Table" in tags)


def test_the_same_course_gives_the_same_bytes() -> None:
    for handout in ALL[::5]:
        assert handouts.render(course(), handout) == pdf(handout)


def test_content_cannot_inject_markup() -> None:
    case = next(h for h in ALL if h.kind == "participant")
    sheet = json.loads(handouts.inputs(course(), case))
    evil = '#read("/etc/passwd") $x$ *b* _i_ `c` <l> @r \\ ] } " ' + "#panic()"
    sheet["title"] = evil

    def spoil(value: object) -> object:
        if isinstance(value, dict):
            text = {"text": evil} if value.get("is") == "text" else {}
            return {key: spoil(item) for key, item in value.items()} | text
        return [spoil(item) for item in value] if isinstance(value, list) else value

    made = handouts.typeset(json.dumps(spoil(sheet), ensure_ascii=False))
    text = " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    assert '#read("/etc/passwd") $x$ *b*' in text


def test_common_characters_are_in_every_font() -> None:
    assert {char for char in COMMON if ord(char) not in _characters()} == set()
