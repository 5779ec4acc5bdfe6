"""Spoiled copies of a small whole course: files as bytes, changed as a tired author, a tool or a bad merge might.

`courses` is a Hypothesis strategy of whole courses as `{path: bytes}`. Some changes know nothing of what a file holds
(bytes, lines), some know YAML and Markdown, some the model: they put a value that the schema allows where it allows it.
So many of them pass `check`, and the renderers meet them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, cast, get_args, get_origin

import yaml
from annotated_types import Ge, Le, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints

from samspill.model import SCHEMAS, SLUG, Page, first_sections
from samspill.source.strict_yaml import YamlError, read

Files = dict[str, bytes]
Draw = Callable[[st.SearchStrategy[Any]], Any]
Keys = tuple[str | int, ...]

COURSE = "course/course.yml"
LANGUAGES = {"en": "English", "nb": "Norsk bokmål", "da": "Dansk", "sv": "Svenska", "fi": "Suomi"}
SLOTS = (
    "{person}", "{person.age}", "{person.whose}", "{municipality}", "{sister.whose}", "{sister.age}", "{nobody}",
    "{actor.doctor.The}", "{actor.centre.a}", "{actor.centre.whose}", "{actor.sister}", "{actor.nobody.the}", "{#x}",
)  # fmt: skip
LINKS = (
    "[x](term:coordinator)", "[x](list:cases)", "[x](module:waiting#reading)", "[x](case:two-doors)", "[](page:home)",
    "[x](worksheet:log#event)", "[x](pathway:short)", "[x](objective:see-waiting)", "[x](source:thompson-1967)",
    "[x](https://example.org/a?b=c&d#e)", "[*x* `y`](https://example.org)", "<https://example.org>",
    "[x](page:nowhere)", "[![a](doors.svg)](page:home)", "![a](doors.svg)", "![](doors.svg)", "![a](none.png)",
    "[x](term:)", "[x](:)",
)  # fmt: skip
CITES = (
    "[@thompson-1967]", "[@thompson-1967, p. 54]", "[@thompson-1967; @thompson-1967, s. 1]", "[@nobody]", "[@]",
    "[@thompson-1967, ]", "[@thompson-1967,{person}]",
)  # fmt: skip
#: Texts that have surprised programs, ours or others'.
TEXTS = (
    "", " ", "\u00a0", "\u200b", "\u00ad", "a", "Å", "ß", "İ", "ﬁ", "e\u0301", "😀", "👩‍⚕️", "שלום", "مرحبا", "漢字",
    "\ue000", "null", "true", "no", "~", "-1", "1e400", "0x10", "2024-01-01", "a: b", "a:", ":", "# a", "- a", "1. a",
    "1)", "> a", "| a | b |", "a | b", "---", "***", "```", "~~~", "`", "*", "**a**", "*a*", "_", "\\", "\\\\", "a\\",
    "&amp;", "&#0;", "<b>", "</div>", "<!-- a", "]]>", "{{ 7 * 7 }}", "{% raw %}", "{", "}", "{}", "[", "]", "[]",
    "(", ")", "$x$", "#let x", "@a", "//", "/*", "http://", "https://example.org", "\"", "'", "“”", "«»", "…", "...",
    "--", "-", "a-", "-a", "a" * 40, "ord " * 40, "ordordord-" * 8, "x" * 300, "- " * 30, "å" * 2000, "to ord " * 250,
    "a\nb", "a\n\nb", "\t", "a\tb", "0", "°", *SLOTS, *LINKS, *CITES,
)  # fmt: skip
NUMBERS = (0, -1, 1, 2, 7, 59, 60, 61, 6000, 6001, 10**9, 10**17, 0.5, -0.0, 1e17)
VALUES: tuple[Any, ...] = (
    *TEXTS, *NUMBERS, None, True, False, [], {}, [None], [[]], {"": ""}, {"en": ""}, {"zz": "a"}, [""], "x",
)  # fmt: skip
#: Blocks of Markdown, right ones and others.
BLOCKS = (
    "", " ", "a", "{person}", "[@thompson-1967]", "- a\n- b", "- [x](module:waiting)\n-\n- ", "1. a\n3. b", "0) a",
    "999999999. a", "-", "- - - a", "> a\n> - b\n>   > c", ">", "| a | b |\n|---|--:|\n| 1 | 2 |", "| |\n|-|\n| |",
    "| a |\n|---|", "| | b | c |\n|---|---|---|\n| | | |\n| {person} | [@thompson-1967] | ![a](doors.svg) |",
    "```python\na\n\n  b\n```", "    a", "```\n```", "a  \nb", "a\\\nb", "![a](doors.svg)",
    "![a](doors.svg)\n\n![a](doors.svg)", "`a`", "``", "*a **b** c*", "a" * 3000, "ord " * 2000,
    "- a\n\n  | b | c |\n  |---|---|\n  | d | e |\n\n  1. f", "[a]: https://example.org\n\n[a]", "***", "Title\n===",
    "<br>", "&nbsp;", "\\# a", "* * *\n", "a\n: b", "[^1]: a", "- [ ] a", "~~a~~", "==a==", "$$a$$",
    "| a | b |\n|---|---|\n| c |\n| d | e | f |",
)  # fmt: skip

#: Some that are right wherever prose stands.
RIGHT = (
    "a", "[@thompson-1967]", "- a\n- b", "- [x](module:waiting)\n-\n- ", "1. a\n2. b", "-", "- - - a", "> a\n> b", ">",
    "| a | b |\n|---|--:|\n| 1 | 2 |", "| |\n|-|\n| |", "| a |\n|---|", "```python\na\n\n  b\n```", "```\n```",
    "a\\\nb", "*a **b** c*", "ord " * 2000, "\\# a", "- a\n\n  | b | c |\n  |---|---|\n  | d | e |\n\n  - f",
)  # fmt: skip


class _Model(NamedTuple):
    """A mapping in a YAML file that is one of the model's, and where it stands."""

    keys: Keys
    model: type[BaseModel]


def read_files(root: Path) -> Files:
    """Return every file below a folder by its path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


# --- what a spoiled copy is made of -------------------------------------------------------------------------


def courses(whole: Files) -> st.SearchStrategy[Files]:
    """A whole course with one to five changes."""

    @st.composite
    def changed(draw: Draw) -> Files:
        files = dict(whole)
        for _ in range(draw(st.sampled_from((1, 1, 1, 1, 2, 2, 3)))):
            draw(st.sampled_from(CHANGES))(draw, files)
        if draw(st.booleans()):
            settle(files)
        return files

    return changed()


def _one(draw: Draw, choices: Any) -> Any:
    """Return one of several, or None when there are none."""
    found = list(choices)
    return draw(st.sampled_from(found)) if found else None


def _ids(files: Files) -> list[str]:
    """Return the ids of everything, of whatever kind."""
    names = {part for path in files for part in path.split("/")[:-1]}
    for path, data in files.items():
        if path.endswith(".yml"):
            names |= {found.decode() for found in re.findall(rb"id: ([a-z0-9-]+)", data)}
    return sorted({*names, "person", "home", "doctor", "letter", "facilitator", "x", "nobody", "role", "a" * 64})


def _yaml(data: bytes) -> Any:
    """Return what a YAML file holds, its lists as lists; None when it cannot be read."""
    try:
        return _lists(read(data.decode("utf-8"), "")[0])
    except (YamlError, UnicodeDecodeError):
        return None


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(inner) for key, inner in value.items()}
    return [_lists(inner) for inner in value] if isinstance(value, tuple | list) else value


class _Dumper(yaml.CSafeDumper):
    """Writes what stands twice twice: our YAML has no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Say that nothing is an alias."""
        return True


# Quoted: 1e3 is a text to PyYAML and a number in YAML 1.2.
_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def _dumped(value: Any) -> bytes:
    return bytes(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, encoding="utf-8"))


def _places(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Yield the place of every value but the whole."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*keys, key)
        yield from _places(inner, (*keys, key))


def _at(value: Any, keys: Keys) -> Any:
    for key in keys:
        value = value[key]
    return value


# --- changes that know nothing ------------------------------------------------------------------------------


def _bytes(draw: Draw, files: Files) -> None:
    path = _one(draw, files)
    data = files[path]
    start = draw(st.integers(0, len(data)))
    end = min(len(data), start + draw(st.integers(0, 12)))
    files[path] = data[:start] + draw(st.binary(max_size=4)) + data[end:]


def _lines(draw: Draw, files: Files) -> None:
    path = _one(draw, (path for path in files if not path.endswith(".png")))
    lines = files[path].decode("utf-8", "replace").split("\n")
    at, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    match draw(st.integers(0, 5)):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = draw(st.sampled_from(TEXTS))
        case 4:
            column = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:column] + draw(st.sampled_from(TEXTS)) + lines[at][column:]
        case _:
            head, colon, _ = lines[at].partition(": ")
            lines[at] = head + colon + str(draw(st.sampled_from(VALUES)))
    files[path] = "\n".join(lines).encode("utf-8", "replace")


def _file(draw: Draw, files: Files) -> None:
    path, other = _one(draw, files), _one(draw, files)
    match draw(st.integers(0, 6)):
        case 0:
            if path != COURSE:
                del files[path]
        case 1:
            files[path], files[other] = files[other], files[path]
        case 2:
            files[path] = b""
        case 3:
            language = _one(draw, LANGUAGES)
            files[f"{path.rpartition('/')[0]}/{language}.md"] = files[path]
        case 4:
            # A language of one unit goes, or a whole language, or a whole unit.
            parts = [f"/{language}.md" for language in LANGUAGES]
            part = draw(st.sampled_from((*parts, "/waiting/", "/two-doors/", "/log/")))
            for found in [found for found in files if part in found]:
                del files[found]
        case 5:
            folder = path.rpartition("/")[0]
            names = ("leftover.txt", "en.md~", ".hidden", "a.csv", "b.png", "c.svg", "page.yml", "d.ipynb", "EN.md")
            files[f"{folder}/{draw(st.sampled_from(names))}"] = draw(st.sampled_from((b"", b"x", files[other])))
        case _:
            files[path] = files[path].replace(b"\n", b"\r\n")


def _renamed(draw: Draw, files: Files) -> None:
    """One id becomes another everywhere: in files, in texts and in the names of folders."""
    ids = _ids(files)
    old, new = _one(draw, ids), _one(draw, (*ids, "1", "x-1", "no", "null", "true", "1e3", "a--b", "top", "map"))
    pattern = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    for path in list(files):
        if path.endswith((".yml", ".md", ".ipynb")):
            text = files.pop(path).decode("utf-8", "replace")
            folder, slash, name = path.rpartition("/")
            files[pattern.sub(new, folder) + slash + name] = pattern.sub(new, text).encode()


def _languages(draw: Draw, files: Files) -> None:
    value = _yaml(files.get(COURSE, b""))
    if not isinstance(value, dict) or not isinstance(value.get("languages"), list) or not value["languages"]:
        return
    entries = value["languages"]
    match draw(st.integers(0, 5)):
        case 0:
            code = _one(draw, LANGUAGES)
            entries.insert(draw(st.integers(0, len(entries))), {"code": code, "name": LANGUAGES[code]})
        case 1:
            value["languages"] = list(reversed(entries))
        case 2:
            value["languages"] = [_one(draw, entries)]
        case 3:
            entry = _one(draw, entries)
            if isinstance(entry, dict):
                entry["complete"] = not entry.get("complete")
        case 4:
            entries.remove(_one(draw, entries))
        case _:
            code = _one(draw, ("da", "sv"))
            entries.append({"code": code, "name": LANGUAGES[code]})
            home = "course/pages/home/"
            files[f"{home}{code}.md"] = files.get(f"{home}nb.md", b"")
    files[COURSE] = _dumped(value)


# --- changes that know YAML and the model -------------------------------------------------------------------


def _value(draw: Draw, files: Files) -> None:
    path = _one(draw, (path for path in files if path.endswith(".yml")))
    value = _yaml(files[path]) if path else None
    keys = _one(draw, _places(value))
    if keys is None:
        return
    parent, key = _at(value, keys[:-1]), keys[-1]
    here = parent[key]
    lists = isinstance(here, list) and len(here) > 0
    match draw(st.integers(0, 8)):
        case 0:
            del parent[key]
        case 1:
            parent[key] = draw(st.sampled_from(VALUES))
        case 2 if isinstance(here, str):
            parent[key] = draw(st.sampled_from(_ids(files)))
        case 3 if isinstance(here, int | float):
            parent[key] = draw(st.sampled_from(NUMBERS))
        case 4 if lists:
            parent[key] = [*here, *here]
        case 5 if lists:
            parent[key] = list(reversed(here))
        case 6 if lists:
            del here[draw(st.integers(0, len(here) - 1))]
        case 7 if isinstance(here, list | dict):
            parent[key] = type(here)()
        case _:
            parent[key] = deepcopy(_at(value, _one(draw, _places(value))))
    files[path] = _dumped(value)


def _text(draw: Draw, files: Files) -> None:
    """A text for people in a YAML file becomes an awkward one."""
    path = _one(draw, (path for path in files if path.endswith(".yml")))
    value = _yaml(files[path]) if path else None
    said = {"title", "short", "statement", "word", "definition", "note", "name", "text", "remark", "forms", "family"}
    keys = _one(draw, (k for k in _places(value) if isinstance(_at(value, k), str) and said & set(k)))
    if keys is not None:
        _at(value, keys[:-1])[keys[-1]] = draw(st.sampled_from(TEXTS))
        files[path] = _dumped(value)


def _kind(path: str) -> str:
    name = path.rpartition("/")[2].removesuffix(".yml")
    return "setting" if "/settings/" in path else name


def _typed(draw: Draw, files: Files) -> None:
    """A field of the model gets a value that the schema allows, whether it was there or not."""
    path = _one(draw, (path for path in files if path.endswith(".yml") and _kind(path) in SCHEMAS))
    value = _yaml(files[path]) if path else None
    found = _one(draw, _models(value, SCHEMAS[_kind(path)], ())) if path else None
    if found is None:
        return
    name = draw(st.sampled_from(sorted(found.model.model_fields)))
    entry = found.model.model_fields[name]
    here = _at(value, found.keys)
    made = _allowed(draw, entry.annotation, tuple(entry.metadata), files)
    if isinstance(here.get(entry.alias or name), list) and isinstance(made, list) and draw(st.booleans()):
        made = [*here[entry.alias or name], *made]
    here[entry.alias or name] = made
    files[path] = _dumped(value)


def _models(value: Any, model: Any, keys: Keys) -> Iterator[_Model]:
    """Yield every mapping of a file that the model knows."""
    origin, args = get_origin(model), get_args(model)
    if origin is Annotated:
        yield from _models(value, args[0], keys)
    elif origin in (Union, UnionType):
        for each in args:
            yield from _models(value, each, keys)
    elif origin is tuple and isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _models(inner, args[0], (*keys, index))
    elif origin is dict and isinstance(value, dict):
        for key, inner in value.items():
            yield from _models(inner, args[1], (*keys, key))
    elif isinstance(model, type) and issubclass(model, BaseModel) and isinstance(value, dict):
        yield _Model(keys, model)
        for name, entry in model.model_fields.items():
            if (entry.alias or name) in value:
                yield from _models(value[entry.alias or name], entry.annotation, (*keys, entry.alias or name))


def _allowed(draw: Draw, kind: Any, rules: tuple[Any, ...], files: Files, depth: int = 0) -> Any:
    """Return a value that a field of this kind takes, or nearly: ids may name nothing, texts may be awkward."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _allowed(draw, args[0], (*args[1:], *rules), files, depth)
    if origin in (Union, UnionType):
        return _allowed(draw, draw(st.sampled_from(args)), rules, files, depth)
    if origin is Literal:
        return draw(st.sampled_from(args))
    if origin is tuple:
        least = max([rule.min_length for rule in rules if isinstance(rule, MinLen)], default=0)
        count = draw(st.integers(least, least + (3 if depth < 2 else 1)))
        return [_allowed(draw, args[0], (), files, depth + 1) for _ in range(count)]
    if origin is dict:
        languages = draw(st.sampled_from((("en", "nb"), ("en",), ("nb",), ("en", "nb", "da", "sv"), ("en", "fi"))))
        keys = languages if "^[a-z]{2}$" in str(args[0]) else ("person", "municipality", "sister", "x")
        return {key: _allowed(draw, args[1], (), files, depth + 1) for key in keys}
    if kind is NoneType:
        return None
    if kind is bool:
        return draw(st.booleans())
    if kind in (int, float):
        low = max([int(str(rule.ge)) for rule in rules if isinstance(rule, Ge)], default=-3000)
        high = min([int(str(rule.le)) for rule in rules if isinstance(rule, Le)], default=3000)
        return draw(st.sampled_from((low, min(low + 1, high), min(low + 9, high), high)))
    if kind is str:
        pattern = next((rule.pattern for rule in rules if isinstance(rule, StringConstraints) and rule.pattern), "")
        if pattern == SLUG:
            return draw(st.sampled_from(_ids(files)))
        if pattern and not str(pattern).startswith("^[^"):
            return draw(st.sampled_from(_FORMS))
        return draw(st.sampled_from([text for text in TEXTS if text.isprintable() and text] * 3 + list(TEXTS)))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        made = {}
        for name, entry in kind.model_fields.items():
            if entry.is_required() or draw(st.integers(0, 2)) == 0:
                made[entry.alias or name] = _allowed(draw, entry.annotation, tuple(entry.metadata), files, depth + 1)
        return made
    return draw(st.sampled_from(VALUES))


#: Texts for fields with a form of their own.
_FORMS = (
    "en", "nb", "da", "sv", "fi", "2026.1", "2026-11-21", "2026-02-30", "0000-00-00", "9999-12-31", "2024-01", "2024",
    "P3W", "P0D", "P1Y", "P99999999999999999999D", "https://example.org/a", "http://x", "spor.ipynb",
    "waiting#reading", "two-doors#letter", "two-doors#who-first", "log", "two-doors#later", "waiting#opening",
    "waiting#reading-x", "two-doors", "waiting#key-points", "waiting#check", "two-doors#outcome", "log#event",
)  # fmt: skip


# --- changes that know Markdown -----------------------------------------------------------------------------


class _Part(NamedTuple):
    """A heading's marks, title and id, and the text below it."""

    marks: str
    title: str
    id: str
    body: str


_HEADING = re.compile(r"^(#{1,6}) (.*?)\{#([^}]*)\}[ ]*$", re.M)


def _split(text: str) -> tuple[str, list[_Part]]:
    found = list(_HEADING.finditer(text))
    if not found:
        return text, []
    ends = [match.start() for match in found[1:]] + [len(text)]
    parts = [_Part(m[1], m[2].strip(), m[3], text[m.end() : end]) for m, end in zip(found, ends, strict=True)]
    return text[: found[0].start()], parts


def _joined(front: str, parts: list[_Part]) -> bytes:
    return (front + "".join(f"{p.marks} {p.title} {{#{p.id}}}{p.body}" for p in parts)).encode("utf-8", "replace")


def _sections(draw: Draw, files: Files) -> None:
    path = _one(draw, (path for path in files if path.endswith(".md")))
    if path is None:
        return
    front, parts = _split(files[path].decode("utf-8", "replace"))
    if not parts:
        return
    at = draw(st.integers(0, len(parts) - 1))
    part, other = parts[at], _one(draw, parts)
    match draw(st.integers(0, 9)):
        case 0:
            del parts[at]
        case 1:
            # With all that stands below it.
            parts = [each for each in parts if each.id != part.id and not each.id.startswith(part.id + ".")]
        case 2:
            parts.insert(draw(st.integers(0, len(parts))), parts.pop(at))
        case 3:
            parts[at] = part._replace(marks="#" * draw(st.integers(1, 6)))
        case 4:
            ids = (*_ids(files), f"{part.id}.x", f"{part.id}.facilitator", other.id, "", "top", "role.person", "figure")
            parts[at] = part._replace(id=draw(st.sampled_from(ids)))
        case 5:
            parts.insert(at, part)
        case 6 | 7:
            parts[at] = part._replace(title=draw(st.sampled_from(TEXTS)).replace("\n", " "))
        case 8:
            parts = parts[: at + 1]
        case _:
            below = _Part(part.marks + "#", draw(st.sampled_from(TEXTS)), f"{part.id}.extra", f"\n\n{other.body}\n\n")
            parts.insert(at + 1, below)
    files[path] = _joined(front, parts)


def _body(draw: Draw, files: Files) -> None:
    path = _one(draw, (path for path in files if path.endswith(".md")))
    if path is None:
        return
    front, parts = _split(files[path].decode("utf-8", "replace"))
    if not parts or draw(st.integers(0, 5)) == 0:
        field = draw(st.sampled_from(("title", "summary")))
        said = json.dumps(draw(st.sampled_from(TEXTS)), ensure_ascii=False)
        front = re.sub(rf"^{field}: .*$", lambda _: f"{field}: {said}", front, flags=re.M)
    else:
        at = draw(st.integers(0, len(parts) - 1))
        blocks = draw(st.lists(st.sampled_from((*BLOCKS, *TEXTS)), max_size=3))
        kept = [parts[at].body.strip()] if draw(st.booleans()) else []
        parts[at] = parts[at]._replace(body="\n\n" + "\n\n".join([*kept, *blocks]) + "\n\n")
    files[path] = _joined(front, parts)


# --- units that fit -----------------------------------------------------------------------------------------

#: Ids that have surprised programs; all are right.
SLUGS = (
    "a", "b-c", "1", "0-1", "no", "null", "true", "1e3", "mapp", "topp", "x" * 64, "a--b", "a-b-c-d-e",
)  # fmt: skip
#: Texts for one line, right where prose stands.
LINES = (
    "a", "Å", "ß", "&amp;", "\\#", "\\*a\\*", "a & b", "1 < 2", "*a*", "**a**", "`a`", "`` ` ``", "a: b", "- a",
    "ordordord-" * 8, "to ord " * 250, "…", "--", "\u00ad", "“a”", '"a"', "\\[a\\]",
    "a | b", "[x](term:coordinator)", "[@thompson-1967]", "a [@thompson-1967, p. 54; @thompson-1967]",
    "[*x* `y`](https://example.org)", "[x](list:cases)", "![a](doors.svg)", "0", "null",
)  # fmt: skip
#: Those of them that are right as a title too, where no link and no picture stands.
TITLES = tuple(line for line in LINES if "](" not in line and "@" not in line)


def _some(draw: Draw, choices: Any, least: int = 0, most: int = 3) -> list[Any]:
    """Return a few of several, each once."""
    return list(draw(st.lists(st.sampled_from(list(choices)), min_size=least, max_size=most, unique=True)))


def _minutes(draw: Draw) -> int:
    return int(draw(st.sampled_from((1, 2, 10, 59, 60, 61, 500))))


def _prompt_or_activity(draw: Draw, name: str, serves: str) -> dict[str, Any]:
    grouping = draw(st.sampled_from(("alone", "pairs", "groups", "roles", "plenary")))
    return {"id": name, "minutes": _minutes(draw), "grouping": grouping, serves: ["see-waiting"]}


def _case(draw: Draw) -> dict[str, Any]:
    names = {key: {"name": _name(draw)} for key in ("person", *_some(draw, ("town", "sister", "1")))}
    if draw(st.booleans()):
        names["person"]["age"] = draw(st.sampled_from((0, 1, 120)))
    people = [key for key in names if key != "town"]
    actors = []
    for name in _some(draw, ("gp", "centre", "x" * 64, "7", "no", "kin", "a-b"), 0, 7):
        whose = [{"service": "gp"}, {"service": "psychiatric-centre"}, *({"name": key} for key in people)]
        actors.append({"id": name, **draw(st.sampled_from(whose))})
    ends = ["person", *(actor["id"] for actor in actors)]
    kinds, states = ("referral", "plan", "follow-up", "trust"), ("working", "irregular", "missing")
    ties = [
        {"from": a, "to": b, "kind": draw(st.sampled_from(kinds)), "state": draw(st.sampled_from(states))}
        for a, b in draw(st.lists(st.tuples(st.sampled_from(ends), st.sampled_from(ends)), max_size=6))
        if a != b
    ]
    ids = _some(draw, SLUGS, 2, 6)
    stages = [{"id": name, "minutes": _minutes(draw), "actors": _some(draw, ends)} for name in ids[: len(ids) // 2]]
    for stage in stages[1:]:
        stage["after"] = draw(st.sampled_from(("P1D", "P1W", "P3M", "P100Y", "P999D")))
    prompts = [
        _prompt_or_activity(draw, name, "practises") | {"stage": draw(st.sampled_from(stages))["id"], "bloom": "create"}
        for name in ids[len(ids) // 2 :]
    ]
    return {
        "setting": "no", "minutes": sum(part["minutes"] for part in (*stages, *prompts)), "provenance": {},
        "content_notes": _some(draw, ("relapse", "death", "illness")), "modules": _some(draw, ("waiting",)),
        "objectives": ["see-waiting"] if draw(st.booleans()) else [], "names": names, "actors": actors, "ties": ties,
        "stages": stages, "roles": _some(draw, ends), "prompts": prompts, "sources": _some(draw, ("thompson-1967",)),
    }  # fmt: skip


def _name(draw: Draw) -> str:
    names = ("Kim", "s", "X", "Å", "a-" * 40, "ord " * 30, "&", "<b>", "ß", "{person}", "'", "ord-" * 20)
    return str(draw(st.sampled_from(names)))


def _module(draw: Draw) -> dict[str, Any]:
    activities = []
    kinds = ("reading", "discussion", "exercise", "quiz", "reflection", "notebook")
    for name in _some(draw, SLUGS):
        kind = draw(st.sampled_from(kinds))
        made = _prompt_or_activity(draw, name, draw(st.sampled_from(("teaches", "assesses")))) | {"kind": kind}
        if kind == "quiz":
            options = _some(draw, SLUGS, 2, 4)
            made["questions"] = [
                {"id": each, "bloom": "apply", "options": options, "key": _some(draw, options, 1)}
                for each in _some(draw, SLUGS, 1, 2)
            ]
        for key, unit in (("case", "two-doors"), ("worksheet", "log"), ("page", "home")):
            if draw(st.integers(0, 3)) == 0:
                made[key] = unit
        activities.append(made)
    value: dict[str, Any] = {"eqf": draw(st.sampled_from((6, 7))), "objectives": [], "activities": activities}
    kind = draw(st.sampled_from((None, "continuum", "cycle", "levels", "hub", "matrix")))
    if kind == "matrix":
        labels = _some(draw, SLUGS[:6], 4, 6)
        value["figure"] = {"kind": kind, "rows": labels[:2], "columns": labels[2:]}
    elif kind:
        value["figure"] = {"kind": kind, "parts": _some(draw, SLUGS, 4, 5)}
    return value


def _worksheet(draw: Draw) -> dict[str, Any]:
    fields: list[dict[str, Any]] = []
    for name in _some(draw, SLUGS):
        kind = draw(st.sampled_from(("lines", "space", "table", "choice", "scale")))
        more: dict[str, dict[str, Any]] = {
            "lines": {"lines": draw(st.sampled_from((1, 40)))},
            "space": {"lines": draw(st.sampled_from((1, 40)))},
            "table": {"columns": _some(draw, SLUGS, 1, 6), "rows": draw(st.sampled_from((1, 30)))},
            "choice": {"options": _some(draw, SLUGS, 2, 8)},
            "scale": draw(st.sampled_from(({"from": -9, "to": 1}, {"from": 10**9, "to": 10**9 + 1}))),
        }
        fields.append({"id": name, "kind": kind, **more[kind]})
    return {k: v for k, v in _prompt_or_activity(draw, "", "practises").items() if k != "id"} | {
        "signed": draw(st.booleans()), "fields": fields
    }


def _pathway(draw: Draw) -> dict[str, Any]:
    sessions = []
    minutes = {"waiting#reading": 10, "waiting#compare": 10, "waiting#check": 5, "log": 10}
    minutes |= {"two-doors#letter": 5, "two-doors#later": 5, "two-doors#who-first": 15}
    frames = ("break", "welcome", "closing")
    choices = (*minutes, *frames, "waiting#key-points", "waiting#opening")
    for name in _some(draw, SLUGS):
        used = draw(st.lists(st.sampled_from(choices), max_size=7))
        items: list[dict[str, Any]] = []
        for each in used:
            known = {"use": each} if each in minutes else {"use": each, "minutes": 7}
            items.append({each: 9} if each in frames else known)
        total = sum(9 if "use" not in item else minutes.get(item["use"], 7) for item in items)
        sessions.append({"id": name, "minutes": max(1, total + draw(st.sampled_from((0, 15)))), "items": items})
    return {
        "eqf": draw(st.sampled_from((None, 6, 7))), "objectives": [], "sessions": sessions,
        "audience": _some(draw, ("students", "staff", "user-organisations")), "rubric": _some(draw, ("see-waiting",)),
        "hours": draw(st.sampled_from((None, {"self_study": 0}, {"self_study": 2000, "assessment": 500}))),
    }  # fmt: skip


def _page(draw: Draw) -> dict[str, Any]:
    return {"handout": draw(st.booleans()), "sources": _some(draw, ("thompson-1967",))}


_MAKE: dict[str, tuple[str, Callable[[Draw], dict[str, Any]]]] = {
    "case": ("cases", _case),
    "module": ("course/modules", _module),
    "worksheet": ("course/worksheets", _worksheet),
    "pathway": ("course/pathways", _pathway),
    "page": ("course/pages", _page),
}


def _grown(draw: Draw, files: Files) -> None:
    """A whole new unit that fits, its text in one language or more, there perhaps only half."""
    kind = draw(st.sampled_from(sorted(_MAKE)))
    folder, make = _MAKE[kind]
    unit = draw(st.sampled_from((*SLUGS[:10], "new")))
    value = {key: each for key, each in {"id": unit, **make(draw)}.items() if each is not None}
    if any(f"/{unit}/" in path for path in files):
        return
    try:
        model = SCHEMAS[kind].model_validate(value)
    except ValueError:
        return
    wanted = _some(draw, SLUGS, 0, 4) if isinstance(model, Page) else list(first_sections(cast(Any, model)))
    said = {name: _said(draw, kind) for name in wanted}
    files[f"{folder}/{unit}/{kind}.yml"] = _dumped(value)
    files[f"{folder}/{unit}/doors.svg"] = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>\n"
    about = _yaml(files.get(COURSE, b""))
    about = about if isinstance(about, dict) else {}
    codes = [entry["code"] for entry in _list(about.get("languages")) if isinstance(entry, dict) and "code" in entry]
    for number, language in enumerate(codes[:1] + _some(draw, codes[1:] or ["nb"])):
        lost = draw(st.lists(st.sampled_from(wanted), max_size=3)) if wanted and number else []
        kept = [name for name in wanted if not any(f"{name}.".startswith(f"{each}.") for each in lost)]
        files[f"{folder}/{unit}/{language}.md"] = _written(draw, {name: said[name] for name in kept})
    files[COURSE] = _dumped(about | {f"{kind}s": [*_list(about.get(f"{kind}s")), unit]})


def _said(draw: Draw, kind: str) -> tuple[str, str]:
    """Return a title and a text, the same in every language so that they cite the same."""
    slots = SLOTS[:1] if kind == "case" else ()
    title = draw(st.sampled_from((*["a"] * 20, *TITLES, *slots)))
    return title, "\n\n".join(draw(st.lists(st.sampled_from((*RIGHT, *LINES, *slots)), max_size=2)))


def _written(draw: Draw, said: dict[str, tuple[str, str]]) -> bytes:
    title = json.dumps(draw(st.sampled_from([line for line in TITLES if line[0] not in "[*`\\" and len(line) < 1000])))
    text = f"---\ntitle: {title}\nsummary: {title}\n---\n"
    before = 1
    for name, (heading, body) in said.items():
        before = min(2 if name.startswith("role.") else 2 + name.count("."), before + 1, 6)
        text += f"\n{'#' * before} {heading} {{#{name}}}\n\n{body}\n"
    return text.encode()


# --- changes that know notebooks and pictures ---------------------------------------------------------------


def _notebook(draw: Draw, files: Files) -> None:
    path = _one(draw, (path for path in files if path.endswith(".ipynb")))
    try:
        value = json.loads(files[path]) if path else None
    except ValueError:
        return
    # Half of the changes are to what programs that write notebooks disagree about.
    often = [keys for keys in _places(value) if {"id", "tags", "metadata"} & set(keys)]
    keys = _one(draw, often if often and draw(st.booleans()) else _places(value))
    if keys is None:
        return
    parent, key = _at(value, keys[:-1]), keys[-1]
    match draw(st.integers(0, 3)):
        case 0:
            del parent[key]
        case 1:
            parent[key] = draw(st.sampled_from((*VALUES, "code", "markdown", "raw", "{#data}", "{#nothing}")))
        case 2 if isinstance(parent, list):
            parent.insert(0, deepcopy(parent[key]))
        case _:
            parent[key] = deepcopy(_at(value, _one(draw, _places(value))))
    files[path] = json.dumps(value).encode()


def settle(files: Files) -> None:
    """Mend what a change leaves behind almost always: a case's sum, and headings in the other languages."""
    for path in [path for path in files if path.endswith("/case.yml")]:
        value = _yaml(files[path])
        if isinstance(value, dict):
            parts = [*_list(value.get("stages")), *_list(value.get("prompts"))]
            minutes = [part.get("minutes") for part in parts if isinstance(part, dict)]
            numbers = [each for each in minutes if isinstance(each, int)]
            if numbers == minutes:
                files[path] = _dumped(value | {"minutes": sum(numbers)})


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


CHANGES: tuple[Callable[[Draw, Files], None], ...] = (
    _bytes, _lines, _lines, _file, _renamed, _languages, _languages, _value, _value, _text, _text, _typed, _typed,
    _typed, _sections, _sections, _body, _body, _body, _notebook, _notebook, _grown, _grown, _grown, _grown, _grown,
)  # fmt: skip
