"""The texts that stand in YAML, one for each language: where they are, what they are called, and how current they are.

A text's name is made of ids (`coordinator.definition`, `services.gp.forms`), never of places in a list: it stays when
an entry is put in before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samspill.model import Course, Forms, Wording
from samspill.prose import MARK
from samspill.source import digest as digests

#: Fields that hold one text per language, by the list they stand in; "" is the file itself, and what ends with `?` may
#: be left empty.
_FILES: dict[str, dict[str, tuple[str, ...]]] = {
    "course/course.yml": {"": ("title", "fiction?", "privacy?")},
    "course/objectives.yml": {"objectives": ("short", "statement")},
    "course/glossary.yml": {"terms": ("word", "definition", "note?")},
    "course/sources.yml": {"": ("seed?",), "references": ("remark?",)},
}
_LABELS = re.compile(r"course/pages/[^/]+/labels\.yml")
_SETTING = {"": ("name",), "services": ("forms",), "instruments": ("name", "note"), "facts": ("text",)}


def wordings(path: str, value: Any) -> Iterator[Wording]:
    """Yield every text of a YAML file as it was typed, in the order of the file; none where the file holds none.

    Of two texts with one name only the first is yielded. What has not the form of the file's model is passed over, so
    that an older state of a file can be looked at too.
    """
    if _LABELS.fullmatch(path):
        yield from _labelled(path, value, ("labels",))
        return
    setting = path.startswith("course/settings/")
    lists = _SETTING if setting else _FILES.get(path, {})
    seen: set[str] = set()
    for group, fields in lists.items():
        for keys, name, entry in _entries(group, value, named=setting):
            for field in fields:
                key = field.removesuffix("?")
                words = entry.get(key)
                full = f"{name}{key}"
                if not isinstance(words, Mapping) or (not words and field != key) or full in seen:
                    continue
                seen.add(full)
                said = {language: text for language, inner in words.items() if (text := _text(inner)) is not None}
                yield Wording(path, full, (*keys, key), said)


def _labelled(path: str, value: Any, keys: tuple[str | int, ...]) -> Iterator[Wording]:
    """Yield the texts of a notebook's labels, each named by the names that lead to it."""
    inner = value.get(keys[-1]) if isinstance(value, Mapping) else None
    if not isinstance(inner, Mapping):
        return
    said = {language: text for language, text in inner.items() if isinstance(text, str)}
    if said:
        yield Wording(path, ".".join(map(str, keys[1:])), keys, said)
        return
    for name in inner:
        yield from _labelled(path, inner, (*keys, name))


def _entries(group: str, value: Any, *, named: bool) -> Iterator[tuple[tuple[str | int, ...], str, Mapping[str, Any]]]:
    """Yield what may hold texts, with the keys that lead to it and how the names of its texts begin."""
    if not isinstance(value, Mapping):
        return
    if not group:
        yield (), "", value
        return
    entries = value.get(group)
    for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
            yield (group, index), f"{group}.{entry['id']}." if named else f"{entry['id']}.", entry


def _text(inner: Any) -> str | None:
    """Return what is said in one language; a service's forms one after the other."""
    if isinstance(inner, str):
        return inner
    if isinstance(inner, Mapping):
        return ", ".join(str(inner[form]) for form in Forms.model_fields if form in inner)
    return None


def digest(text: str) -> str:
    """Return a text's digest, as that of a section, whatever white space stands between its words."""
    return digests.digest(" ".join(text.split()))


def says(each: Wording, language: str) -> bool:
    """Tell whether a text says something in a language; TODO is nothing yet."""
    words = each.words.get(language)
    return words is not None and not ("TODO" in words and MARK.search(words))


@dataclass(frozen=True)
class Standing:
    """One YAML file in one language: those of its source's texts that are missing, behind or never recorded."""

    path: str
    language: str
    texts: int
    missing: tuple[Wording, ...] = ()
    behind: tuple[Wording, ...] = ()
    unrecorded: tuple[Wording, ...] = ()

    @property
    def done(self) -> int:
        """Texts that are translated, whatever their age."""
        return self.texts - len(self.missing)

    @property
    def current(self) -> int:
        """Texts with which nothing is left to do."""
        return self.done - len(self.behind) - len(self.unrecorded)


def standings(course: Course, language: str) -> Iterator[Standing]:
    """Yield how far each YAML file that holds texts has come in a language, in the order they were read."""
    source = course.source_language
    recorded = course.recorded.get(language, {})
    for path in dict.fromkeys(each.path for each in course.wordings):
        record = recorded.get(path, {})
        texts = [each for each in course.wordings if each.path == path and source in each.words]
        here = [each for each in texts if says(each, language)]
        yield Standing(
            path,
            language,
            len(texts),
            missing=tuple(each for each in texts if not says(each, language)),
            behind=tuple(
                each for each in here if each.name in record and record[each.name] != digest(each.words[source])
            ),
            unrecorded=tuple(each for each in here if each.name not in record),
        )


#: As many texts are named; of more, it is told how many others there are.
NAMED = 3


def never_recorded(standing: Standing) -> str:
    """Return, in words, which texts of a file are translated and were never recorded: the first, and how many more."""
    names = [each.name for each in standing.unrecorded]
    shown, more = names[:NAMED], f" and {len(names) - NAMED} more"
    if len(names) <= NAMED + 1:
        shown, more = names, ""
    texts, were = ("1 text", "was") if len(names) == 1 else (f"{len(names)} texts", "were")
    return f"{texts} in {standing.language} {were} never recorded: {', '.join(shown)}{more}"
