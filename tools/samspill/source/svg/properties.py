"""The properties that say how something looks, each written as attributes by an allow-list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import tinycss2

from samspill.source.svg.style import UnknownStyleError, Value, bounded

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
    bounded(text)
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
