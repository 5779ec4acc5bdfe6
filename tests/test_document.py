"""A document: one typed tree that every output matches over, written as JSON and read back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from conftest import COURSES, PROJECT, Run, change, overlay
from samspill.check import check
from samspill.document import parts, tree
from samspill.document.parts import Activity, Answer, Cards, Map, Notes, Part, Passage, Prompt, Session, Stage
from samspill.document.tree import (
    Borrowed,
    Citation,
    Cite,
    Heading,
    Link,
    Paragraph,
    Slot,
    Text,
    cited,
    plain,
    sentence,
)
from samspill.document.unit import document
from samspill.document.whole import Document
from samspill.document.written import as_json, from_json, schema
from samspill.languages import catalogue
from samspill.model import FOLDERS, Course
from samspill.reading.completed import completed
from samspill.render import paper
from samspill.render.paper.sheet import sheet
from samspill.render.paper.tree import blocks as printed
from samspill.render.paper.tree import inlines
from samspill.render.web import pages
from samspill.render.web.html import Writer
from samspill.source import load


@cache
def rich() -> Course:
    """The rich small course, completed for readers."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        shutil.copytree(COURSES / "whole", root)
        overlay(root, COURSES / "rich")
        course, _ = load(root)
    assert course is not None
    return completed(course)


def documents() -> list[Document]:
    """Return every unit of the rich course in each of its languages."""
    course = rich()
    return [
        document(course, language, kind, unit)
        for kind in FOLDERS
        for unit in course.units(kind)
        for language in course.languages
        if course.text(kind, unit, language)
    ]


def test_every_document_comes_back_from_json_as_it_was() -> None:
    found = documents()
    assert {each.of for each in found} == set(FOLDERS)
    for each in found:
        text = as_json(each)
        assert from_json(text) == each
        assert as_json(from_json(text)) == text


def alternatives(node: Any) -> Iterator[dict[str, Any]]:
    """Yield each place of a schema where one of several may stand."""
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from alternatives(inner)
    if isinstance(node, dict) and "oneOf" in node:
        yield node


def the_one(validator: Any, _options: Any, instance: Any, node: Any) -> Iterator[jsonschema.ValidationError]:
    """Hold an object to the one of several that its kind tells, not to all of them."""
    told = node["discriminator"]["mapping"].get(isinstance(instance, dict) and instance.get("kind"))
    yield from validator.descend(instance, {"$ref": told} if told else False)


def test_each_kind_is_told_apart_in_the_schema() -> None:
    whole = schema()
    for node in alternatives(whole):
        told = {"#/$defs/" + name: each for name, each in whole["$defs"].items()}
        kinds = {told[each["$ref"]]["properties"]["kind"]["const"]: each["$ref"] for each in node["oneOf"]}
        assert node["discriminator"] == {"propertyName": "kind", "mapping": kinds}
        assert len(kinds) == len(node["oneOf"])


def test_every_document_is_as_its_schema_says() -> None:
    validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"oneOf": the_one})(schema())
    for each in documents():
        assert list(validator.iter_errors(json.loads(as_json(each)))) == []
    whole = json.loads(as_json(documents()[0]))
    assert list(validator.iter_errors(whole | {"parts": [{"kind": "sidebar"}]})) != []
    assert json.loads((PROJECT / "schemas/document.json").read_text("utf-8"))["properties"].keys() == whole.keys()


@pytest.mark.parametrize(
    ("path", "value"),
    [("parts", [{"kind": "sidebar"}]), ("of", "chapter"), ("number", "one"), ("title", None), ("parts", [{}])],
)
def test_what_is_no_document_is_refused(path: str, value: object) -> None:
    whole = json.loads(as_json(documents()[0]))
    with pytest.raises(ValueError, match=f"1 validation error for Document\n{path}"):
        from_json(json.dumps(whole | {path: value}))


def kinds(union: Any) -> tuple[type, ...]:
    """Return the classes of a union of parts, blocks or words."""
    return get_args(get_args(union)[0])


def test_each_kind_of_part_is_told_apart_and_says_whom_it_is_for() -> None:
    names = [each.kind for each in kinds(Part)]
    assert len(set(names)) == len(names)
    for each in (*kinds(Part), Notes, Prompt):
        assert each.audience in ("both", "facilitator", "later")


def test_each_kind_of_part_has_its_template_and_no_other_has_one() -> None:
    folder = PROJECT / "tools/samspill/render/web/templates/parts"
    assert {path.name.removesuffix(".html.jinja") for path in folder.iterdir()} == {each.kind for each in kinds(Part)}


@dataclasses.dataclass(frozen=True)
class Footnote:
    """A kind of word and block that no output knows."""

    kind: str = "footnote"


def test_no_output_drops_what_it_does_not_know() -> None:
    html = Writer(catalogue("en"), "")
    for make in (html.inline, html.blocks, inlines, printed):
        with pytest.raises(AssertionError, match="Footnote"):
            make((Footnote(),))  # type: ignore[arg-type]


def test_no_sheet_drops_a_part_it_does_not_know() -> None:
    found = document(rich(), "en", "case", "two-doors")
    unknown = dataclasses.replace(found, parts=(*found.parts, Footnote()))  # type: ignore[arg-type]
    for kind in ("participant", "facilitator", "roles"):
        with pytest.raises(AssertionError, match="Footnote"):
            sheet(rich(), "en", kind, "two-doors", "", lambda *_: unknown)


def test_nothing_in_a_document_is_layout_or_untyped() -> None:
    """No dictionary of anything, and none of the printer's words."""
    for module in (tree, parts):
        for each in vars(module).values():
            if dataclasses.is_dataclass(each) and each.__module__ == module.__name__:
                assert each.__dataclass_params__.frozen  # type: ignore[attr-defined]
                for field in dataclasses.fields(each):
                    assert "Any" not in str(field.type)
                    assert "dict" not in str(field.type)
                    assert field.name not in ("margin", "width", "widths", "room", "size_points", "level", "class_")


def test_what_is_for_whom() -> None:
    found = document(rich(), "en", "case", "two-doors")
    assert [(part.place, part.audience) for part in found.passages()] == [
        ("outcome", "later"), ("guide", "facilitator"), ("adapting", "facilitator"),
    ]  # fmt: skip
    prompts = [prompt for part in found.parts if isinstance(part, Stage) for prompt in part.prompts]
    assert {prompt.notes.audience for prompt in prompts if prompt.notes} == {"facilitator"}
    plan = document(rich(), "en", "pathway", "short")
    assert {part.audience for part in plan.parts if isinstance(part, Session)} == {"both"}
    cards = [card for part in found.parts if isinstance(part, Cards) for card in part.cards]
    assert {card.audience for card in cards} == {"holder"}
    quiz = document(rich(), "en", "module", "waiting")
    answers = [node for node in walk(quiz) if isinstance(node, Answer)]
    assert {answer.audience for answer in answers} == {"later"}
    assert {part.audience for part in found.parts if isinstance(part, Map)} == {"later"}


def test_what_is_for_the_facilitator_stands_in_no_part_for_others() -> None:
    for each in documents():
        for part in each.parts:
            body = part.body if isinstance(part, Passage | Stage | Activity) else ()
            ids = [block.id for block in body if isinstance(block, Heading)]
            assert not any("facilitator" in anchor.split(".") for anchor in ids)


def test_a_slot_stays_a_slot_with_its_text() -> None:
    found = document(rich(), "nb", "case", "two-doors")
    slots = {word.path: word.text for word in walk(found) if isinstance(word, Slot)}
    assert slots["person"] == "Marit"
    assert any(path.startswith("actor.") for path in slots)
    # On the map, in its words and on the cards, too.
    (drawn,) = [part for part in found.parts if isinstance(part, Map)]
    assert dict(drawn.labels)["person"] == (Slot("person", "Marit"),)
    assert [word.path for word in walk(drawn.lines) if isinstance(word, Slot)] == [
        "person", "actor.sister.the", "actor.doctor.the", "actor.centre.the",
    ]  # fmt: skip
    (cards,) = [part for part in found.parts if isinstance(part, Cards)]
    first = cards.cards[0]
    assert (plain(first.role), plain(first.name)) == ("fastlege", "Fastlege")


def walk(value: object) -> list[Any]:
    """Return every node of a document."""
    if isinstance(value, tuple):
        return [node for each in value for node in walk(each)]
    if dataclasses.is_dataclass(value):
        return [value, *(node for field in dataclasses.fields(value) for node in walk(getattr(value, field.name)))]
    return []


def test_words_without_their_marks() -> None:
    words = (Text("a "), Link("x/", (Text("b"),), "case"), Borrowed("en", (Text(" c"),)), Slot("person", " D"),
             Citation((Cite("k", "K, 2020"),)))  # fmt: skip
    assert plain(words) == "a b c D"
    assert sentence((Heading(1, "a", words), Paragraph((Text(" e\nf"),)))) == "a b c D e f"
    assert list(cited((Paragraph(words), Paragraph(words)))) == ["k", "k"]


def test_the_command_prints_a_document(whole: Path, run: Run) -> None:
    status, out, error = run("document", "case", "two-doors", "--language", "nb", root=whole)
    assert (status, error) == (0, "")
    found = from_json(out)
    assert (found.of, found.id, found.language, found.name) == ("case", "two-doors", "nb", "Kasus")
    assert json.loads(run("document", "page", "home", root=whole).out)["language"] == "en"
    assert run("document", "case", "none", root=whole) == (3, "", "samspill: there is no case none in en\n")
    assert run("document", "case", "two-doors", "--language", "fi", root=whole).err == (
        "samspill: there is no case two-doors in fi\n"
    )


def test_what_the_facilitator_is_told_beside_any_section_is_shown(whole: Path) -> None:
    said = "\n\n### For you {#later.facilitator}\n\nWait a while.\n\n#### More {#later.facilitator.more}\n\nStill.\n"
    change(whole / "cases/two-doors/en.md", "{#later}", "{#later}" + said + "\n### On {#later.on}\n")
    points = "{#key-points}\n\n### Say {#key-points.facilitator}\n\nAloud.\n"
    change(whole / "course/modules/waiting/en.md", "{#key-points}", points)
    change(whole / "course/pages/home/en.md", "{#teach}", "{#teach}\n\n### Ask {#teach.facilitator}\n\nWho?\n")
    course, problems = load(whole)
    assert course is not None
    assert [problem for problem in check(course, problems) if problem.code == "R009"] == []
    parts_ = document(course, "en", "case", "two-doors").parts
    stage = next(part for part in parts_ if isinstance(part, Stage) and part.id == "later")
    assert stage.notes is not None
    assert sentence(stage.notes.body) == "Wait a while. More Still."
    assert "Wait a while" not in sentence(stage.body)
    made = {page.path: page.data.decode() for page in pages(course, "en", {})}
    assert '<details class="facilitator" id="later.facilitator">' in made["cases/two-doors.md"]
    assert '<details class="facilitator" id="key-points.facilitator">' in made["modules/waiting.md"]
    assert "Who?" in made["index.md"]
    sheets = {(each.kind, each.unit): paper.inputs(course, each) for each in paper.handouts(course, "en")}
    assert ["Wait a while." in sheets[kind, "two-doors"] for kind in ("participant", "stages", "facilitator")] == [
        False, False, True,
    ]  # fmt: skip
    assert ["Aloud." in sheets[kind, "waiting"] for kind in ("reader", "guide")] == [False, True]


PLACES = ["who-first.facilitator", "outcome.deeper.facilitator", "later.deeper.facilitator"]


@pytest.mark.parametrize("place", PLACES)
def test_what_the_facilitator_is_told_where_nothing_shows_it_is_found(place: str, whole: Path) -> None:
    file = whole / "cases/two-doors/en.md"
    file.write_text(file.read_text("utf-8") + f"\n## For you {{#{place}}}\n\nWait.\n", "utf-8")
    course, problems = load(whole)
    found = [] if course is None else check(course, problems)
    told = [problem.message for problem in found if problem.code == "R009"]
    assert told == ([] if place.startswith("who") else [f'section "{place}" would be shown nowhere'])
