"""The styles of a drawing: sheets and style attributes, worked out property by property with an allow-list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

#: Rules of a drawing's sheets, and how many elements may be held to them.
MAX_RULES = 2_000
MAX_MEETINGS = 200_000

#: Properties that say how something looks, on the web and in print.
SHOWN = frozenset(
    {
        "alignment-baseline", "baseline-shift", "clip-path", "clip-rule", "color", "color-interpolation",
        "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule",
        "font-size", "font-stretch", "font-style", "font-variant", "font-weight",
        "image-rendering", "isolation", "letter-spacing", "marker-end", "marker-mid", "marker-start", "mask",
        "mask-type", "mix-blend-mode", "opacity", "overflow", "paint-order", "shape-rendering", "stop-color",
        "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
        "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor", "text-decoration", "text-rendering",
        "transform", "transform-origin", "vector-effect", "visibility", "word-spacing", "writing-mode",
    }
)
#: Properties that show nothing in a picture, or that only the typeface of the author's computer knew.
UNSEEN = re.compile(
    r"-.*|mso-.*|data-.*|aria-.*|(font-(feature|variation|variant|kerning|language|optical|palette|size-adjust|synth)"
    r"|glyph-orientation|margin|padding|shape-|solid-|text-(align|indent|decoration-|orientation|overflow|size-adjust"
    r"|underline|emphasis)|scroll|touch|user-|outline|animation-(?!name)|transition-(?!property)|inline-|block-).*"
    r"|box-sizing|color-(interpolation-filters|profile|rendering|scheme|adjust)|cursor|direction|enable-background|flood-(color|opacity)|lighting-color|hyphens|kerning"
    r"|(max|min)-(width|height)|line-(height|break)|overflow-(wrap|x|y)|pointer-events|print-color-adjust|quotes"
    r"|tab-size|unicode-bidi|user-select|will-change|word-(break|wrap)|text-wrap.*|white-space-.*|zoom|float|clear"
    r"|vertical-align|widows|orphans|page-break.*|buffered-rendering|forced-color-adjust|speak.*|marks|size"
)
#: Values under which a property we do not know changes nothing.
_NOTHING = frozenset({"none", "normal", "auto", "inherit", "initial", "unset", "revert", "0", ""})
_COLOURS = frozenset({"rgb", "rgba", "hsl", "hsla"})
#: What a style moves by → how an attribute says it: there are fewer words for it there.
_TRANSFORMS = {
    "matrix": "matrix({})", "translate": "translate({})", "translatex": "translate({})",
    "translatey": "translate(0, {})", "scale": "scale({})", "scalex": "scale({}, 1)", "scaley": "scale(1, {})",
    "rotate": "rotate({})", "skewx": "skewX({})", "skewy": "skewY({})",
}  # fmt: skip
#: Typefaces whose letters are signs: in any other they say something else.
_SIGNS = re.compile(r"dings|symbol|awesome|icon|emoji|marlett", re.IGNORECASE)
_MARKERS = ("marker-start", "marker-mid", "marker-end")
_EASY = re.compile(
    r"[\w.#%,+\s-]*|(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([\d.eE+,\s-]*\)[\s,]*)*", re.ASCII
)


class UnknownStyleError(Exception):
    """A style that cannot be carried over: what it is, what to do, and whether it acts or loads something."""

    def __init__(self, what: str, remedy: str = "", acts: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.acts = acts


@dataclass(frozen=True)
class Value:
    """A property's value as written; whether it stands in a style, not in an attribute, and is marked as important."""

    text: str
    styled: bool = True
    important: bool = False


@dataclass(frozen=True)
class _Part:
    """One step of a selector: a tag (or "*"), an id and classes; `child` when directly below the step before."""

    tag: str
    id: str
    classes: frozenset[str]
    root: bool
    child: bool


@dataclass(frozen=True)
class _Marks:
    """What a selector can tell an element by."""

    tag: str
    id: str
    classes: frozenset[str]
    root: bool


@dataclass(frozen=True)
class Rule:
    """A rule of a sheet: a selector from the outside in, its weight and place, and its declarations."""

    parts: tuple[_Part, ...]
    weight: tuple[int, int, int]
    order: int
    declared: tuple[tuple[str, Value], ...]


# --- reading ------------------------------------------------------------------------------------------------


def _bounded(text: str) -> None:
    """Refuse what nests deeper than any style does."""
    depth = 0
    for bracket in re.findall(r"[()\[\]{}]", text):
        depth += 1 if bracket in "([{" else -1
        if depth > 16:
            raise UnknownStyleError("a style that nests too deeply")


def declarations(text: str) -> list[tuple[str, Value]]:
    """Return the declarations of a style attribute in order."""
    if not re.search(r"[()\"'\\/*@!{}]", text):
        pairs = (part.partition(":") for part in text.split(";"))
        return [(name.strip().lower(), Value(" ".join(value.split()))) for name, colon, value in pairs if colon]
    _bounded(text)
    return list(_declared(tinycss2.parse_declaration_list(text, skip_comments=True)))


def _declared(nodes: Sequence[Any]) -> Iterator[tuple[str, Value]]:
    for node in nodes:
        if node.type == "declaration":
            said = " ".join(tinycss2.serialize(node.value).split())
            yield node.lower_name, Value(said, important=node.important)
        elif node.type == "at-rule":
            raise UnknownStyleError(f"@{node.at_keyword} in a style")


def rule_sheet(text: str, before: int) -> tuple[list[Rule], list[tuple[int, UnknownStyleError]]]:
    """Return the rules of a style sheet and what in it cannot be carried over, with lines; `before` counts rules."""
    rules: list[Rule] = []
    problems: list[tuple[int, UnknownStyleError]] = []
    try:
        _bounded(text)
    except UnknownStyleError as why:
        return [], [(1, why)]
    for node in tinycss2.parse_stylesheet(text, skip_comments=True):
        try:
            if node.type == "at-rule":
                _at_rule(node.lower_at_keyword)
            elif node.type == "qualified-rule":
                declared = tuple(_declared(tinycss2.parse_declaration_list(node.content)))
                for parts, weight in _selectors(node.prelude):
                    rules.append(Rule(parts, weight, before + len(rules), declared))
                if before + len(rules) > MAX_RULES:
                    raise UnknownStyleError(f"more than {MAX_RULES:,} rules in its style sheets")
        except UnknownStyleError as why:
            problems.append((node.source_line, why))
    return rules[:MAX_RULES], problems


def _at_rule(name: str) -> None:
    if name in ("import", "keyframes", "-webkit-keyframes"):
        raise UnknownStyleError(f"@{name} in its style sheet", acts=True)
    if name not in ("font-face", "charset", "namespace", "page"):
        raise UnknownStyleError(f"@{name} in its style sheet")


def _selectors(prelude: Sequence[Any]) -> Iterator[tuple[tuple[_Part, ...], tuple[int, int, int]]]:
    """Yield the selectors of a rule; those that only answer to a pointer are left out."""
    groups: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    for group in groups:
        said = tinycss2.serialize(group).strip()
        if re.search(r":(hover|focus|active|visited|target)\b", said):
            continue
        parts = _parts(said)
        ids = sum(bool(part.id) for part in parts)
        classes = sum(len(part.classes) + part.root for part in parts)
        yield parts, (ids, classes, sum(part.tag != "*" for part in parts))


_STEP = re.compile(r"\s*(>?)\s*((?:[a-zA-Z][\w-]*|\*)?)((?:[.#][\w-]+|:root)*)")


def _parts(said: str) -> tuple[_Part, ...]:
    found: list[_Part] = []
    at = 0
    while at < len(said):
        step = _STEP.match(said, at)
        if not step or step.end() == at or not (step[2] or step[3]) or len(found) > 5:
            raise UnknownStyleError(f'the selector "{said[:40]}" in its style sheet')
        marks = re.findall(r"[.#][\w-]+|:root", step[3])
        ids = [mark[1:] for mark in marks if mark[0] == "#"]
        classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
        found.append(_Part(step[2] or "*", "".join(ids[:1]), classes, ":root" in marks, step[1] == ">"))
        at = step.end()
    if not found:
        raise UnknownStyleError("a rule without a selector in its style sheet")
    return tuple(found)


# --- the cascade --------------------------------------------------------------------------------------------


class Cascade:
    """The rules of a drawing's style sheets, ready to be asked."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._by_key: dict[str, list[Rule]] = {}
        self._left = MAX_MEETINGS
        self._marks: dict[Any, _Marks] = {}
        for rule in rules:
            last = rule.parts[-1]
            key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag
            self._by_key.setdefault(key, []).append(rule)

    def computed(
        self,
        element: Any,
        ancestors: list[Any],
        attributes: dict[str, Value],
        own: Sequence[tuple[str, Value]],
    ) -> dict[str, Value]:
        """Return the properties of an element: attributes, then sheets by weight and order, then its own style."""
        winners: dict[str, tuple[tuple[Any, ...], Value]] = {
            name: ((False,), value) for name, value in attributes.items()
        }

        def claim(rank: tuple[Any, ...], declared: Sequence[tuple[str, Value]]) -> None:
            for name, value in declared:
                full = (value.important, *rank)
                if name not in winners or winners[name][0] <= full:
                    # Won last, written last: a short form takes the place of what stood before it.
                    winners.pop(name, None)
                    winners[name] = (full, value)

        if self._by_key:
            for rule in sorted(self._meeting(element, ancestors), key=lambda rule: (rule.weight, rule.order)):
                claim((0, rule.weight, rule.order), rule.declared)
        claim((1,), own)
        return {name: value for name, (_, value) in winners.items()}

    def _meeting(self, element: Any, ancestors: list[Any]) -> Iterator[Rule]:
        marks = self._marked(element)
        line = [*map(self._marked, ancestors), marks]
        for key in ("*", marks.tag, f"#{marks.id}", *(f".{name}" for name in sorted(marks.classes))):
            for rule in self._by_key.get(key, ()):
                self._left -= 1 if len(rule.parts) == 1 else len(line)
                if self._left < 0:
                    raise UnknownStyleError("style sheets with too many rules for its many elements")
                if _meets(rule.parts, line):
                    yield rule

    def _marked(self, element: Any) -> _Marks:
        if element not in self._marks:
            classes = frozenset((element.get("class") or "").split())
            self._marks[element] = _Marks(
                element.tag.rpartition("}")[2], element.get("id") or "", classes, element.getparent() is None
            )
        return self._marks[element]


def _meets(parts: tuple[_Part, ...], line: list[_Marks]) -> bool:
    """Tell whether a selector meets the last of a line of elements, each below the one before."""
    places = [len(line) - 1] if _fits(parts[-1], line[-1]) else []
    for below, part in zip(reversed(parts), reversed(parts[:-1]), strict=False):
        above = [place - 1 for place in places if place] if below.child else range(max(places, default=0))
        places = [place for place in above if _fits(part, line[place])]
    return bool(places)


def _fits(part: _Part, marks: _Marks) -> bool:
    return (
        part.tag in ("*", marks.tag)
        and (not part.id or part.id == marks.id)
        and (not part.root or marks.root)
        and part.classes <= marks.classes
    )


# --- writing ------------------------------------------------------------------------------------------------


def expanded(
    name: str, value: Value, number: Callable[[str], str | None], *, root: bool
) -> Iterator[tuple[str, str]]:
    """Yield the attributes that say what a property says; raise `UnknownStyleError` when none can.

    `number` gives the name by which a part of the drawing is referred to, or None when there is no such part.
    """
    text = value.text
    if name in SHOWN:
        said = _value(name, text, number)
        if name == "display" and said != "none":
            return
        if name in ("transform", "transform-origin"):
            said = re.sub(r"(?<=\d)(px|deg)\b", "", said, flags=re.IGNORECASE)
        if name == "transform" and re.search(r"\d(?!e[+-]?\d)[a-z%]", said, re.IGNORECASE):
            # In an attribute such a unit would undo the whole.
            raise UnknownStyleError(f'the style "transform: {text[:40]}"')
        if said:
            yield name, said
    elif name == "font-family":
        _typeface(text)
    elif name == "font":
        yield from _font(text)
    elif name == "filter":
        # Each would take the press a second or more and be printed as dots.
        if _value(name, text, number).lower() not in _NOTHING:
            raise UnknownStyleError("a filter, such as blur or shadow", "take it away, or export the drawing as PNG")
    elif name == "marker":
        said = _value(name, text, number)
        yield from ((each, said) for each in _MARKERS)
    elif name == "white-space":
        if text.strip().lower() in ("pre", "pre-wrap", "break-spaces"):
            yield "{http://www.w3.org/XML/1998/namespace}space", "preserve"
    elif not value.styled or text.strip().lower() in _NOTHING or UNSEEN.fullmatch(name):
        pass
    elif name in ("background", "background-color"):
        if root and (said := _value(name, text, number)).lower() not in ("transparent", *_NOTHING):
            yield "background-color", said
    elif name.startswith(("animation", "transition")) or name == "behavior":
        raise UnknownStyleError(f"movement (the style {name})", "draw it still", acts=True)
    elif not (root and name in ("width", "height", "position", "border-radius")):
        raise UnknownStyleError(f'the style "{name}: {text[:40]}"')


def _value(name: str, text: str, number: Callable[[str], str | None]) -> str:
    if _EASY.fullmatch(text):
        return " ".join(text.split())
    if len(text) > 2_000:
        raise UnknownStyleError(f'a very long style "{name}"')
    _bounded(text)
    tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
    said = " ".join(_written(name, tokens, number).split())
    # What refers to nothing leaves the colour named after it, or nothing.
    return re.sub(r"^none (?=\S)", "", said) if name in ("fill", "stroke") else said


def _written(name: str, tokens: Sequence[Any], number: Callable[[str], str | None]) -> str:
    return "".join(_token(name, token, number) for token in tokens)


def _token(name: str, token: Any, number: Callable[[str], str | None]) -> str:
    match token.type:
        case "whitespace":
            return " "
        case "ident" if re.fullmatch(r"[\w-]+", token.value, re.ASCII):
            return str(token.value)
        case "number" | "percentage":
            return str(token.representation) + ("%" if token.type == "percentage" else "")
        case "dimension" if re.fullmatch(r"[a-zA-Z]+", token.unit):
            return f"{token.representation}{token.unit}"
        case "hash" if re.fullmatch(r"[0-9a-fA-F]+", token.value):
            return f"#{token.value}"
        case "literal" if token.value in (",", "/"):
            return str(token.value)
        case "url":
            return _reference(token.value, number)
        case "function":
            return _function(name, token, number)
        case _:
            raise UnknownStyleError(f'the style "{name}: {token.serialize()[:40]}"')


def _function(name: str, token: Any, number: Callable[[str], str | None]) -> str:
    called = token.lower_name
    inner = token.arguments
    if called in ("url", "src"):
        words = [part for part in inner if part.type != "whitespace"]
        if len(words) == 1 and words[0].type == "string":
            return _reference(words[0].value, number)
    if called in _COLOURS:
        return f"{called}({_written(name, inner, number).strip()})"
    if called in _TRANSFORMS and name == "transform":
        return _TRANSFORMS[called].format(_written(name, inner, number).strip())
    if called == "icc-color":
        return ""
    split = next((at for at, part in enumerate(inner) if part.type == "literal" and part.value == ","), None)
    if split is not None and called == "light-dark":
        return _written(name, inner[:split], number)
    if split is not None and called == "var":
        return _written(name, inner[split + 1 :], number)
    raise UnknownStyleError(f'the style "{name}: {called}(…)"')


def _reference(address: str, number: Callable[[str], str | None]) -> str:
    address = address.strip()
    if not address.startswith("#"):
        what = f'something from elsewhere ("{address[:40]}")'
        raise UnknownStyleError(what, "put it into the drawing itself", acts=True)
    found = number(address[1:])
    return "none" if found is None else f"url(#{found})"


def _typeface(text: str) -> None:
    """All letters are set in the course's typeface: refuse one whose letters are signs."""
    first = text.partition(",")[0].strip("\"' ")
    if _SIGNS.search(first):
        raise UnknownStyleError(f'letters of the typeface "{first[:40]}", which are signs', "turn them into paths")


def _font(text: str) -> Iterator[tuple[str, str]]:
    """Yield what the short form `font: italic bold 12px/1.2 Arial` says."""
    found = re.match(r"(.*?)(?:(?<=\s)|^)([\d.]+(?:px|pt|pc|mm|cm|in|em|rem|%))(?:/\S+)?\s+(.+)", text.strip())
    if not found:
        if text.strip().lower() not in _NOTHING:
            raise UnknownStyleError(f'the style "font: {text[:40]}"')
        return
    _typeface(found[3])
    yield "font-size", found[2]
    for word in found[1].lower().split():
        if word in ("italic", "oblique"):
            yield "font-style", word
        elif word in ("bold", "bolder", "lighter") or re.fullmatch("[1-9]00", word):
            yield "font-weight", word
        elif word == "small-caps":
            yield "font-variant", word
