"""The interface's words: every language says everything, with the same things to fill in."""

from __future__ import annotations

import string
from importlib import resources
from typing import Any

import pytest

from samspill.languages import Catalogue, available, catalogue
from samspill.source.strict_yaml import read

LANGUAGES = sorted(available())


def flat(value: Any, path: str = "") -> dict[str, str]:
    """Every text of a catalogue by its dotted path."""
    if isinstance(value, dict):
        return {k: t for key, inner in value.items() for k, t in flat(inner, f"{path}.{key}" if path else key).items()}
    return {path: value}


WORDS = {language: flat(catalogue(language).table) for language in LANGUAGES}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_texts_that_say_something(language: str) -> None:
    assert [key for key, text in WORDS[language].items() if not isinstance(text, str) or not text.strip()] == []
    assert [key for key, text in WORDS[language].items() if text != text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_countable_words_have_both_forms(language: str) -> None:
    forms: dict[str, set[str]] = {}
    for key in WORDS[language]:
        head, _, tail = key.rpartition(".")
        if tail in ("one", "other"):
            forms.setdefault(head, set()).add(tail)
    assert {key: found for key, found in forms.items() if found != {"one", "other"}} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_strict_yaml_and_mean_the_same_to_it(language: str) -> None:
    folder = resources.files("samspill.languages") / language
    for part, table in catalogue(language).table.items():
        assert flat(read((folder / f"{part}.yml").read_text("utf-8"), part)[0]) == flat(table)


def test_translations_are_translated() -> None:
    """Nothing of any length is left in English."""
    for language in ("nb", "da", "sv"):
        same = {k for k, text in WORDS[language].items() if text == WORDS["en"][k] and len(text.split()) > 3}
        assert {key for key in same if "CC BY" not in WORDS["en"][key]} == set(), language


def test_a_word_that_is_not_there_is_our_bug() -> None:
    with pytest.raises(KeyError):
        catalogue("en")("common.no-such-word")
    with pytest.raises(KeyError):
        catalogue("fi")


def test_a_value_that_ends_its_sentence_takes_no_second_full_stop() -> None:
    words = Catalogue("en", {"a": {"end": "{x}. Then.", "other": "{x} and.", "two": "{x}.{y}"}})
    said = [words("a.end", x=f"So{end}") for end in ("", ".", "?", "!", "…")]
    assert said == ["So. Then.", "So. Then.", "So? Then.", "So! Then.", "So… Then."]
    assert words("a.other", x="So.") == "So. and."
    assert words("a.two", x="So.", y=2) == "So.2"


def test_one_is_one_and_all_else_is_many() -> None:
    words = Catalogue("en", {"a": {"door": {"one": "one door", "other": "{count} doors of {whom}"}, "b": "{as it is}"}})
    assert [words("a.door", count, whom="Bo") for count in (0, 1, 2)] == ["0 doors of Bo", "one door", "2 doors of Bo"]
    assert words("a.b") == "{as it is}"


def test_whether_there_is_a_word() -> None:
    words = Catalogue("en", {"a": {"b": "text"}})
    assert [words.has(key) for key in ("a", "a.b", "a.b.c", "a.c", "b")] == [True, True, False, False, False]
