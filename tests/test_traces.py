"""What a page or a sheet was made from: noted while it is made, and nothing is used again that would be another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from conftest import SEED, Sample
from samspill.artifact import Artifact
from samspill.disk.store import Store, key
from samspill.making.traces import Traces
from samspill.model import Course, Kind
from samspill.prose import Paragraph, Prose, Text
from samspill.reading.completed import completed
from samspill.reading.printed import HandoutInfo, Printables
from samspill.reading.watched import Watch
from samspill.render import paper, web
from samspill.source import load
from test_goldens import put_together

LANGUAGES = ("en", "nb")
ROOTS = {"en": {"nb": "../nb/"}, "nb": {"en": "../en/"}}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The rich course as it was written."""
    found, _ = load(put_together(tmp_path_factory.mktemp("traces") / "rich"))
    assert found is not None
    return found


def infos(course: Course, language: str) -> dict[str, HandoutInfo]:
    """What can be printed, each with pages and bytes of its own."""
    return {
        each.path: HandoutInfo(each.path, each.kind, each.unit, each.part, 1 + len(each.path) % 7, 900 * len(each.path))
        for each in paper.handouts(course, language)
    }


def fresh(course: Course) -> dict[str, str]:
    """Everything that is made of a course, by name, without any trace."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for handout in paper.handouts(course, language):
            found[f"{language}/{handout.path}"] = key(paper.inputs(course, handout))
        asked = Printables(infos(course, language))
        for file, make in web.plan(course, language, asked, ROOTS[language]).items():
            found[f"{language}/{file}"] = said(make())
    return found


def said(made: tuple[Artifact, ...]) -> str:
    """Return pages as a text that differs when they do."""
    return key(*(part for each in made for part in (each.path, each.data)))


def traced(course: Course, store: Store, *, keep: bool = False) -> tuple[dict[str, str], list[str]]:
    """Everything that is made of a course, by name, as far as the traces say it has to be, and what was made anew."""
    traces = Traces(store, "tool", Watch(course))
    found: dict[str, str] = {}
    anew: list[str] = []

    def noted(name: str, made: str) -> str:
        anew.append(name)
        return made

    for language in LANGUAGES:
        for handout in paper.handouts(course, language):
            name = f"{language}/{handout.path}"
            found[name] = traces.value(
                name,
                "",
                lambda handout=handout, name=name: noted(  # type: ignore[misc]
                    name, key(paper.inputs(traces.watch.course, handout, traces.tell))
                ),
            )
        asked = Printables(infos(course, language), traces.watch.note)
        for file, make in web.plan(traces.watch.course, language, asked, ROOTS[language], traces.tell).items():
            name = f"{language}/{file}"
            found[name] = traces.value(name, "", lambda make=make, name=name: noted(name, said(make())), asked.says)
    if keep:
        traces.keep(whole=True)
    return found, anew


@pytest.fixture(scope="module")
def made(written: Course) -> dict[str, str]:
    """Everything that is made of the rich course."""
    return fresh(completed(written))


@pytest.fixture(scope="module")
def store(written: Course, made: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with the traces of everything that is made of the rich course."""
    kept = Store(tmp_path_factory.mktemp("traces"))
    found, anew = traced(completed(written), kept, keep=True)
    assert found == made
    assert anew == list(found)
    return kept


def edits(course: Course) -> Iterator[tuple[tuple[Kind, str, str], str, str]]:
    """Every way to change one text in one place: what stands above, a title, or what a section says."""
    for at, prose in course.prose.items():
        yield at, "", "title"
        yield at, "", "summary"
        for section in prose.sections:
            yield at, section.id, "title"
            yield at, section.id, "words"


def edited(course: Course, at: tuple[Kind, str, str], part: str, what: str) -> Course:
    """Return the course with one place of one text changed."""
    prose = course.prose[at]
    if not part:
        changed = replace(prose, **{what: f"Anew {getattr(prose, what)}"}, front_digest="0" * 12)  # type: ignore[arg-type]
    else:
        section = prose.by_id[part]
        other = (
            replace(section, title=(Text("Anew "), *section.title))
            if what == "title"
            else replace(section, blocks=(*section.blocks, Paragraph((Text("Anew."),))))
        )
        other = replace(other, exact=key(section.exact, what), digest="1" * 12)
        other = replace(other, headed=key(section.headed, what)) if what == "title" else other
        sections = tuple(other if each is section else each for each in prose.sections)
        changed = replace(prose, sections=sections, by_id={})
    return replace(course, prose={**course.prose, at: changed})


def test_nothing_is_made_anew_when_nothing_has_changed(
    written: Course, store: Store, made: dict[str, str]
) -> None:
    again, anew = traced(completed(written), store)
    assert anew == []
    assert again == made


@pytest.mark.build
def test_after_any_change_everything_is_as_if_made_anew(written: Course, store: Store, sample: Sample) -> None:
    every = list(edits(written))
    assert len(every) > 200
    drawn = every if sample.everything else random.Random(SEED).sample(every, 8)
    for at, part, what in drawn:
        course = completed(edited(written, at, part, what))
        assert traced(course, store)[0] == fresh(course), (at, part, what)


@pytest.mark.parametrize(
    ("at", "part", "what", "pages"),
    [
        (
            ("worksheet", "log", "nb"),
            "guidance",
            "words",
            # Both lists of translations look whether something is still to be written.
            {
                "nb/worksheets/log.md", "nb/handouts/worksheet-log.pdf", "nb/translations.md",
                "en/translations.md",
            },
        ),
    ],
)
def test_a_change_of_a_section_costs_what_shows_it(
    written: Course, store: Store, at: tuple[Kind, str, str], part: str, what: str, pages: set[str]
) -> None:
    _, anew = traced(completed(edited(written, at, part, what)), store)
    assert set(anew) == pages


def test_what_can_be_printed_counts_where_it_is_said(written: Course, store: Store) -> None:
    course = completed(written)
    traces = Traces(store, "tool", Watch(course))
    more = {path: replace(info, pages=info.pages + (info.unit == "log")) for path, info in infos(course, "nb").items()}
    asked = Printables(more, traces.watch.note)
    anew: list[str] = []
    for file, make in web.plan(traces.watch.course, "nb", asked, ROOTS["nb"], traces.tell).items():
        traces.value(f"nb/{file}", "", lambda make=make, file=file: (anew.append(file), said(make()))[1], asked.says)
    assert anew == ["worksheets/log.md", "pathways/short.md", "pathways/long.md"]


def test_a_change_of_the_structure_or_of_the_tool_costs_everything(written: Course, store: Store) -> None:
    about = written.about.model_copy(update={"edition": "2099.9"})
    found, anew = traced(completed(replace(written, about=about)), store)
    assert anew == list(found)
    traces = Traces(store, "another tool", Watch(completed(written)))
    assert traces.value("nb/index.md", "", lambda: "made") == "made"


def test_reading_is_noted_by_part(written: Course) -> None:
    watch = Watch(completed(written))
    prose: Prose = watch.course.prose["worksheet", "log", "nb"]
    with watch.reading() as read:
        assert [section.id for section in prose.sections]
        assert prose.by_id["guidance"].borrowed == ""
    assert list(read) == []
    with watch.reading() as read:
        assert prose.title
        assert prose.by_id["guidance"].title
        with watch.reading() as inner:
            assert prose.by_id["guidance"].blocks
    assert list(inner) == ["worksheet log nb #guidance:"]
    assert list(read) == ["worksheet log nb", "worksheet log nb #guidance", "worksheet log nb #guidance:"]
    says = [watch.says(name) for name in read]
    assert len(set(says)) == 3
    assert watch.says("worksheet log nb #nowhere:") == watch.says("case nobody nb") == ""
