"""Every word of the interface is asked for, and no text stands under two keys.

The rich course of `test_goldens.py` is rendered with catalogues that note what is asked of them. What it has no
occasion to ask is held to what asks it: the vocabulary of the model, the theme, and the code of the notebooks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from conftest import PROJECT, course
from samspill import model as m
from samspill.authoring.skeleton import new
from samspill.languages import available, catalogue
from samspill.model import Course
from samspill.reading.cells import notebook_path
from samspill.reading.completed import completed
from samspill.reading.context import Context
from samspill.reading.printed import HandoutInfo
from samspill.render import paper
from samspill.render.web import navigation, pages, settings
from samspill.render.web.notebook import notebook_data, notebook_page
from samspill.render.web.notebook_article import clean
from samspill.source import load
from test_goldens import put_together

LANGUAGES = sorted(available())
#: The forms of a countable word, which is one word.
FORMS = ("one", "other")


def texts(table: dict[str, Any], below: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each word of a table by its dotted key, with its forms where it has any."""
    for name, found in table.items():
        key = f"{below}.{name}" if below else name
        if isinstance(found, str):
            yield key, (found,)
        elif tuple(found) == FORMS:
            yield key, tuple(found.values())
        else:
            yield from texts(found, key)


WORDS = {language: dict(texts(catalogue(language).table)) for language in LANGUAGES}


# --- one text under one key --------------------------------------------------------------------------------

#: Keys whose texts are the same in every language and yet are not one: why.
ALIKE = {
    ("skeleton.texts.next", "skeleton.texts.what"): "the texts of two sections, under the names of these",
}


def test_no_text_stands_under_two_keys() -> None:
    keys: dict[tuple[tuple[str, ...] | None, ...], list[str]] = defaultdict(list)
    for key in WORDS["en"]:
        keys[tuple(WORDS[language].get(key) for language in LANGUAGES)].append(key)
    assert {tuple(sorted(found)) for found in keys.values() if len(found) > 1} == set(ALIKE)


def named(table: str) -> set[str]:
    """Return the keys of the words below a table."""
    return {key.removeprefix(f"{table}.") for key in WORDS["en"] if key.startswith(f"{table}.")}


# --- words for a vocabulary of the model -------------------------------------------------------------------


def vocabulary(of: type[BaseModel], name: str) -> set[str]:
    """Return the words that a field of the model may have."""

    def words(annotation: Any) -> Iterator[str]:
        for inner in get_args(annotation):
            if isinstance(inner, str | int):
                yield str(inner)
            else:
                yield from words(inner)

    return set(words(of.model_fields[name].annotation))


#: Tables with a word for each of those that a field may have.
VOCABULARIES: dict[str, tuple[type[BaseModel], str]] = {
    "common.activity_kinds": (m.Activity, "kind"),
    "common.audiences": (m.Pathway, "audience"),
    "common.bloom": (m.Objective, "bloom"),
    "common.content_notes": (m.Case, "content_notes"),
    "common.domains": (m.Objective, "domain"),
    "common.eqf": (m.Pathway, "eqf"),
    "common.groupings": (m.Prompt, "grouping"),
    "common.ipec": (m.Objective, "ipec"),
    "common.levels": (m.Service, "level"),
    "common.tie_kinds": (m.Tie, "kind"),
    "common.tie_states": (m.Tie, "state"),
}


@pytest.mark.parametrize("table", VOCABULARIES)
def test_a_vocabulary_has_a_word_for_each(table: str) -> None:
    assert named(table) == vocabulary(*VOCABULARIES[table])


#: Tables with what languages are called.
LANGUAGE_NAMES = ("site.in_language", "site.languages")


@pytest.mark.parametrize("table", LANGUAGE_NAMES)
def test_a_language_that_has_a_name_is_there(table: str) -> None:
    assert named(table) == set(LANGUAGES)


#: Kinds of source that the course has with more words behind them, which are not found under these.
LONGER = {"National guideline", "Project description"}


def test_a_kind_of_source_that_has_a_word_is_there() -> None:
    genres = {source.genre for source in course().sources.values()}
    assert named("citations.genres") - genres == LONGER


# --- words of the theme and of notebooks -------------------------------------------------------------------


def test_the_theme_asks_for_each_of_its_words() -> None:
    theme = "".join(path.read_text("utf-8") for path in (PROJECT / "site_overrides").rglob("*.html"))
    assert set(settings(course(), "en")["words"]) == set(re.findall(r"\bwords\.([a-z_]+)", theme))


def flat(labels: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of labels, each alone."""
    for name, inner in labels.items():
        yield from [name] if all(isinstance(each, str) for each in inner.values()) else flat(inner)


@pytest.mark.parametrize("page", ["reading-integreret-indsats", "reading-spor"])
def test_a_notebook_asks_for_each_of_its_labels(page: str) -> None:
    """By its own name, or by what a cell of its data holds."""
    found = course().pages[page]
    assert isinstance(found, m.Page)
    notebook = course().assets[notebook_path(found)].data
    names = set(re.findall(r'\\"(\w+)\\"', notebook.decode()))
    for data in notebook_data(course(), notebook).values():
        names |= set(data.decode().replace("\n", ",").split(","))
    labels = list(flat(course().labels[page]))
    assert len(labels) > 20
    assert [label for label in labels if label not in names] == []


# --- what the rich course asks -----------------------------------------------------------------------------


class Noted(dict[str, Any]):
    """A table of words that notes which of them are asked for."""

    def __init__(self, table: dict[str, Any], key: str, asked: set[str]) -> None:
        self.key, self.asked = key, asked
        super().__init__(
            {
                name: Noted(found, f"{key}.{name}", asked) if isinstance(found, dict) else found
                for name, found in table.items()
            }
        )

    def __getitem__(self, name: str) -> Any:
        found = super().__getitem__(name)
        if isinstance(found, str):
            self.asked.add(self.key if name in FORMS else f"{self.key}.{name}")
        return found


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[str]]:
    """The keys that were asked for while the rich course was rendered and begun anew, in English and Norwegian."""
    found: set[str] = set()
    tables = [catalogue(language).table for language in ("en", "nb")]
    before = [dict(table) for table in tables]
    for table in tables:
        table.update({part: Noted(words, part, found) for part, words in table.items()})
    try:
        _render(tmp_path_factory.mktemp("asked"))
        yield found
    finally:
        for table, words in zip(tables, before, strict=True):
            table.update(words)


def _render(root: Path) -> None:
    put_together(root)
    rich, _ = load(root)
    assert rich is not None
    _rendered(completed(rich))
    # In English alone everything is there. A translation without cases has none to list, and one whose record is
    # gone was never compared.
    _rendered(completed(rich.reduced(("en",))))
    left = {
        key: replace(prose, translates=()) for key, prose in rich.prose.items() if key[0] != "case" or key[2] != "nb"
    }
    _rendered(completed(replace(rich, prose=left)))
    for kind in ("module", "case", "worksheet"):
        new(root, kind, f"a-{kind}", ("nb",))
    cell = '<div class="jp-CodeCell{}"><div class="highlight-ipynb"><pre>1</pre></div>{}</div>'
    shown = cell.format("", '<div class="jp-OutputArea-output">1</div>') + cell.format(" celltag_folded", "")
    clean(f'<article><div class="jupyter-wrapper">{shown}</div></article>', "en")


def _rendered(rich: Course) -> None:
    for language in rich.languages:
        found = paper.handouts(rich, language)
        for handout in found:
            paper.inputs(rich, handout)
        pages(rich, language, {e.path: HandoutInfo(e.path, e.kind, e.unit, e.part, 1, 1) for e in found})
        navigation(rich, language)
        settings(rich, language)
        for unit, page in rich.pages.items():
            if page.kind == "notebook" and rich.text("page", unit, language):
                notebook_page(Context(rich, language), page, rich.assets[notebook_path(page)].data)


def test_every_word_is_asked_for(asked: set[str]) -> None:
    held = (*VOCABULARIES, *LANGUAGE_NAMES, "citations.genres", "site.chrome")
    left = {key for key in WORDS["en"] if not key.startswith(tuple(f"{table}." for table in held))} - asked
    assert sorted(left) == []
