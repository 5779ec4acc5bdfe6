"""The order of words in each language, against lists put in order by hand."""

from __future__ import annotations

import dataclasses
import itertools
import random
import re
from unicodedata import normalize

import pytest

from conftest import COURSES
from samspill.document.unit import references
from samspill.model import Course, Name, Source, Term
from samspill.reading.context import Context
from samspill.reading.order import initial, order
from samspill.render.web import pages
from samspill.source import load

#: Words in their right order: after the dictionaries of each language, and CLDR for the neighbours' letters.
SORTED = {
    "en": [
        "4-R", "12-step group", "Aabenraa", "Åberg", "act", "Ære", "aid", "ångström", "crèche", "Đorđe", "Eðvarð",
        "Łódź", "Lund", "naïve", "öl", "oral", "Ørsted", "Straße", "street", "Þór", "Tromsø", "über", "urge", "Zürich",
    ],
    "nb": [
        "4-R", "12-trinns gruppe", "Aker", "akutt", "ansvarsgruppe", "ansvars-krets", "Bø", "café", "Đorđe", "Eðvarð",
        "Łódź", "Straße", "Strøm", "Þór", "Tromsø", "Xi", "über", "Yggdrasil", "Zürich", "Ähtäri", "Ære", "ærlig",
        "Øland", "Öland", "øre", "Åberg", "Aalesund", "Ås", "Aasen", "åtte",
    ],
    "da": [
        "Aktør", "borger", "Łódź", "recovery", "Xi", "Yding", "Zürich", "Ähtäri", "Ære", "Ærø", "øl", "Östersund",
        "Øvrebø", "åben", "Aabenraa", "Aarhus", "ås",
    ],
    "sv": [
        "Aabenraa", "Aalto", "anhörig", "brukare", "Eðvarð", "samordnare", "Straße", "Þór", "Tyskland", "Wik", "Xi",
        "über", "Zürich", "Åbo", "åtgärd", "Ähtäri", "Ære", "ärlig", "Öland", "ør", "Österbotten", "Øvrebø",
    ],
}  # fmt: skip



@pytest.mark.parametrize("language", SORTED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_stand_in_the_order_of_the_language(language: str, form: str) -> None:
    wanted = [normalize(form, word) for word in SORTED[language]]  # type: ignore[arg-type]
    mixed = random.Random(7).sample(wanted, len(wanted))
    assert sorted(mixed, key=lambda word: order(word, language)) == wanted


@pytest.mark.parametrize(
    ("language", "word", "letter"),
    [
        ("nb", "aa-møte", "Å"), ("nb", "Aasen", "Å"), ("nb", "ängel", "Æ"), ("nb", "öl", "Ø"), ("nb", "übung", "Y"),
        ("da", "Aarhus", "Å"), ("da", "Ängel", "Æ"), ("da", "œuvre", "Ø"), ("sv", "Aalto", "A"), ("sv", "ære", "Ä"),
        ("sv", "øre", "Ö"), ("sv", "übung", "Y"), ("sv", "Åbo", "Å"), ("en", "Åbo", "A"), ("en", "øre", "O"),
        ("en", "Ære", "A"), ("en", "þing", "T"), ("nb", "4-R", "0–9"), ("en", "12-step", "0–9"), ("en", "«ord»", "O"),
        ("nb", "A\u030abo", "Å"), ("sv", "a\u0308ngel", "Ä"), ("da", "élan", "E"), ("en", "Ωμέγα", "Ω"),
        ("nb", "-ledd", "L"), ("en", "…", "…"), ("nb", "ßa", "S"), ("en", "ﬁn", "F"), ("nb", "ŉ", "N"),
        ("da", "ĳ", "I"), ("sv", "½ liter", "0–9"), ("nb", " åpen", "Å"), ("en", "ʼn", "N"),
        ("en", "և", "Ե"), ("en", "ﬓ", "Մ"), ("en", "(self)help", "S"), ("nb", "[]/,;: ord", "O"), ("sv", "()", "…"),
    ],
)  # fmt: skip
def test_a_word_stands_under_its_letter(language: str, word: str, letter: str) -> None:
    assert initial(word, language) == letter


#: Letters beyond a to z in small writing, and the letters each counts as.
COUNTED = {
    "en": (
        "æ=ae œ=oe ø=o å=a ä=a ö=o ü=u ð=d đ=d þ=th ß=ss ł=l ħ=h ı=i ŋ=n ŧ=t ő=o ű=u é=e aa=aa ǽ=ae ǿ=o ǻ=a ﬁ=fi ½=1⁄2"
    ),
    "nb": "æ=æ ø=ø å=å ä=æ ö=ø ő=ø œ=ø aa=å ü=y ű=y ð=d đ=d þ=th ß=ss ł=l ħ=h ı=i ŋ=n ŧ=t ǽ=æ ǿ=ø ǻ=å ǖ=y",
    "da": "æ=æ ø=ø å=å ä=æ ö=ø ő=ø œ=ø aa=å ü=y ű=y ð=d đ=d þ=th ß=ss ł=l ħ=h ı=i ŋ=n ŧ=t ǽ=æ ǿ=ø ǻ=å ǖ=y",
    "sv": "å=å ä=ä ö=ö æ=ä ø=ö ő=ö œ=ö aa=aa ü=y ű=y ð=d đ=d þ=th ß=ss ł=l ħ=h ı=i ŋ=n ŧ=t ǽ=ä ǿ=ö ǻ=å ǖ=y",
}


@pytest.mark.parametrize("language", COUNTED)
def test_a_letter_counts_as_another(language: str) -> None:
    wrong = [
        pair
        for pair in COUNTED[language].split()
        for letter, other in [pair.split("=")]
        if order(letter, language)[0] != order(other, language)[0]
        or initial(letter, language) not in (other[0].upper(), "0–9")
    ]
    assert wrong == []


def test_the_letter_itself_comes_before_the_one_that_counts_as_it() -> None:
    for language, words in {"en": "oe œ", "nb": "øl öl", "da": "æl äl", "sv": "ål ǻl", "sv ": "yl ül"}.items():
        first, second = words.split()
        assert order(first, language.strip()) < order(second, language.strip())


def test_digits_count_as_numbers_and_signs_hardly() -> None:
    mixed = ["100", "a", "9", "0", "10", "7 a"]
    assert sorted(mixed, key=lambda word: order(word, "en")) == ["0", "7 a", "9", "10", "100", "a"]
    ends = [f"a{sign}z" for sign in ",;:()[]/"]
    assert {order(word, "en")[0] for word in ends} == {order("a,z", "en")[0]}
    assert order("a,z", "en") < order("a0", "en") < order("aa", "en")
    assert order("a-z. ’", "en")[0] == order("az", "en")[0]


def test_a_ligature_stands_among_its_letters() -> None:
    assert sorted(["fjord", "ﬁnne", "fest", "first"], key=lambda word: order(word, "nb")) == [
        "fest", "ﬁnne", "first", "fjord"
    ]  # fmt: skip


def test_every_character_stands_below_one_sign() -> None:
    found = {initial(chr(code), language) for code in range(0x20, 0x3000) for language in ("en", "nb")}
    assert {one for one in found if len(one) != 1} == {"0–9"}


@pytest.mark.parametrize("language", SORTED)
def test_a_letter_has_one_heading(language: str) -> None:
    headings = [initial(word, language) for word in SORTED[language]]
    runs = [letter for letter, _ in itertools.groupby(headings)]
    assert len(runs) == len(set(runs))


def test_names_come_before_longer_names() -> None:
    wanted = [
        "Brown, J. (2004). B.", "Brown, J. A. (1999). A.", "Brown-Ash, K. (2000). A.", "Browning, A. (1990). A.",
        "de Vries, A. (2000). A.", "Devroe, A. (2000). A.",
    ]  # fmt: skip
    mixed = random.Random(7).sample(wanted, len(wanted))
    assert sorted(mixed, key=lambda line: order(line, "en")) == wanted


def small(**tables: object) -> Course:
    found, _ = load(COURSES / "whole")
    assert found is not None
    return dataclasses.replace(found, **tables)  # type: ignore[arg-type]


def test_the_glossary_has_a_heading_for_each_letter_of_the_language() -> None:
    words = {"aa-group": "Aa-gruppe", "over": "över", "ae": "ære", "zone": "sone", "four": "4-R", "a": "akutt"}
    terms = {
        key: Term(id=key, word={"en": key, "nb": word}, definition={"en": "x", "nb": "x"})
        for key, word in words.items()
    }
    (page,) = (p for p in pages(small(terms=terms), "nb", {}) if p.path == "glossary.md")
    headings = re.findall(r'<h2 class="letter" id="(.*?)">(.*?)</h2>', page.data.decode())
    assert [(letter, anchor) for anchor, letter in headings] == [
        ("0–9", "letter-30"), ("A", "letter-41"), ("S", "letter-53"), ("Æ", "letter-c6"), ("Ø", "letter-d8"),
        ("Å", "letter-c5"),
    ]  # fmt: skip


def test_sources_stand_in_the_same_order_on_paper() -> None:
    names = ["Öberg", "Aasen", "Ås", "Ødegård", "Zeta", "Brown", "Browning"]
    sources = {
        name: Source(id=f"s{number}", type="book", title="T", author=(Name(family=name),), short=name, seen="page")
        for number, name in enumerate(names)
    }
    context = Context(small(sources=sources), "nb")
    said = [reference.text.split(",")[0].split(".")[0] for reference in references(context, sources)]
    assert said == ["Brown", "Browning", "Zeta", "Öberg", "Ødegård", "Ås", "Aasen"]
