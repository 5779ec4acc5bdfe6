"""Drawings: an SVG file is read with an allow-list and written anew, so that it shows and does nothing else.

What is published is never the author's file. It is a tree of the elements and attributes named here, with every
style worked out and written on its element, every name replaced by a number and every letter in the course's own
typeface. What programs add and nobody sees (metadata, layers' names, comments) is left out without a word; what
would change the picture, or could act or load, is a problem that names it.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any
from unicodedata import normalize

from lxml import etree

from samspill.problem import Problem
from samspill.source import fault, photo
from samspill.source.svg_style import Cascade, Rule, UnknownStyleError, Value, declarations, expanded, rule_sheet

#: Elements, levels and pictures of a drawing, and what it may grow to when everything it repeats is counted.
MAX_ELEMENTS = 20_000
MAX_DEPTH = 100
MAX_ATTRIBUTES = 250
MAX_PICTURES = 20
MAX_LETTERS = 10_000
MAX_WEIGHT = 100_000
MAX_SIDE = 4_000
#: Problems told of one drawing.
MAX_PROBLEMS = 5
#: The typeface of every letter, and what a browser without it takes.
TYPEFACE = "Atkinson Hyperlegible, sans-serif"

SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_XHTML = "http://www.w3.org/1999/xhtml"
#: Name spaces whose elements and attributes mean something to a browser.
_ACTING = (_XHTML, "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2001/xml-events")

_BOX = ("x", "y", "width", "height")
_VIEW = ("viewBox", "preserveAspectRatio")
_LETTERS = ("x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust")
_GRADIENT = ("gradientUnits", "gradientTransform", "spreadMethod")
#: Element → its own attributes, in the order they are written. A reference (`href`) is told apart below.
ELEMENTS: dict[str, tuple[str, ...]] = {
    "svg": (*_BOX, *_VIEW),
    "g": (),
    "defs": (),
    "switch": (),
    "symbol": (*_BOX, *_VIEW, "refX", "refY"),
    "use": _BOX,
    "image": (*_BOX, "preserveAspectRatio"),
    "path": ("d", "pathLength"),
    "rect": (*_BOX, "rx", "ry", "pathLength"),
    "circle": ("cx", "cy", "r", "pathLength"),
    "ellipse": ("cx", "cy", "rx", "ry", "pathLength"),
    "line": ("x1", "y1", "x2", "y2", "pathLength"),
    "polyline": ("points", "pathLength"),
    "polygon": ("points", "pathLength"),
    "text": _LETTERS,
    "tspan": _LETTERS,
    "textPath": ("startOffset", "method", "spacing", "side", "textLength", "lengthAdjust"),
    "linearGradient": ("x1", "y1", "x2", "y2", *_GRADIENT),
    "radialGradient": ("cx", "cy", "r", "fx", "fy", "fr", *_GRADIENT),
    "stop": ("offset",),
    "pattern": (*_BOX, *_VIEW, "patternUnits", "patternContentUnits", "patternTransform"),
    "clipPath": ("clipPathUnits",),
    "mask": (*_BOX, "maskUnits", "maskContentUnits"),
    "marker": (*_VIEW, "markerWidth", "markerHeight", "refX", "refY", "orient", "markerUnits"),
}
_REFERRING = frozenset({"use", "textPath", "linearGradient", "radialGradient", "pattern"})
_OF_TEXT = frozenset({"text", "tspan", "textPath"})
#: Elements that no browser shows in a picture by themselves.
_UNSEEN = frozenset(
    {
        "title", "desc", "metadata", "style", "filter", "font", "font-face", "glyph", "missing-glyph", "hkern", "vkern",
        "view",
        "cursor", "color-profile", "altGlyphDef", "solidColor", "solidcolor", "mesh", "meshgradient", "meshpatch",
        "meshrow", "hatch", "hatchpath", "hatchPath", "path-effect", "namedview",
    }
)
_ANEW = 'open it in a drawing program and export it as "plain SVG"'
_STYLES = 'export it with its styles as "presentation attributes", or draw it without'
_PATHS = "in your drawing program turn it into paths, or do without"
_PLAIN = 'in your drawing program export it as "plain SVG", without it'
#: Elements that act, with what to say and what to do.
_ACTIVE: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("script", "handler", "listener"), ("a program", _PLAIN)),
    **dict.fromkeys(
        ("animate", "set", "animateTransform", "animateMotion", "animateColor", "mpath", "discard"),
        ("movement", "draw it still: it cannot be printed, and cannot be stopped on the web"),
    ),
    **dict.fromkeys(("audio", "video", "canvas", "iframe", "embed", "object", "unknown"), ("other media", _PLAIN)),
    "foreignObject": (
        "text as HTML",
        "export it with its text as plain text (draw.io: turn off Formatted Text and Word Wrap, then export again)",
    ),
    "a": ("a link", "take the link out of the drawing and write it in the text"),
}
#: Attributes that are no properties and are read on their own.
_READ_APART = frozenset({"style", "class", "id", "d", "points", "href", f"{{{_XLINK}}}href"})
_FLOWED = "in Inkscape choose Text > Convert to Text, then save again"

_WORDS = re.compile(r"[A-Za-z0-9_.,%+\s-]*")
_TRANSFORM = re.compile(r"[A-Za-z0-9.,+\s()-]*")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAaEe0-9.,+\s-]*")
_LENGTH = re.compile(r"\s*([+]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|rem|ex)?\s*")
#: Pixels in a unit.
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_UNITS |= {"em": 16.0, "rem": 16.0, "ex": 8.0}
_RASTER = re.compile(r"data:image/(png|jpe?g)(?:;charset=[\w-]+)?;base64,", re.IGNORECASE)
#: Signs that no font has, as what they look like.
_PLAINER = {0x2011: "-", 0x200D: None, **dict.fromkeys(range(0xFE00, 0xFE10))}
_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Drawing:
    """A drawing as it is published: its bytes, its size in pixels, and its letters with their lines."""

    data: bytes
    width: int
    height: int
    letters: tuple[tuple[int, str], ...]


class _StopError(Exception):
    """A problem after which nothing more can be said about a drawing."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read(path: str, data: bytes) -> tuple[Drawing | None, list[Problem]]:
    """Return a drawing as it is published and what is wrong with it; None when anything is."""
    try:
        root = _parsed(path, data)
        rewriter = _Rewriter(path, root)
        drawing = rewriter.drawing()
    except _StopError as stop:
        return None, [stop.problem]
    problems = list(dict.fromkeys(rewriter.problems))[:MAX_PROBLEMS]
    return (None if problems else drawing), problems


# --- from bytes to a tree -----------------------------------------------------------------------------------


def _parsed(path: str, data: bytes) -> Any:
    """Return the tree of a file: UTF-8, well formed, without entities, of bounded size."""

    def stop(line: int, why: str, remedy: str = _ANEW) -> _StopError:
        return _StopError(fault.not_a_drawing(path, line, 1, why, remedy))

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise stop(data[: error.start].count(b"\n") + 1, "is not UTF-8 text", "save it as UTF-8") from error
    declared = re.match(r"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]*)", text)
    # Plain letters are the same in all the encodings of one byte that older programs name.
    alike = "utf-?8|(us-)?ascii" + ("|iso-8859-[0-9]+|latin-?1|windows-125[0-9]" if data.isascii() else "")
    if declared and not re.fullmatch(alike, declared[1], re.IGNORECASE):
        raise stop(1, f'says that it is not UTF-8 but "{declared[1]}"', "save it as UTF-8")
    text = _without_doctype(text, stop)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        strip_cdata=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        words = str(error).partition(", line ")[0]
        if "depth" in words:
            raise stop(line, f"nests deeper than {MAX_DEPTH} levels") from error
        raise stop(line, f"is not well-formed XML: {words}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise stop(root.sourceline, f'is no SVG: it does not begin with <svg xmlns="{SVG}">')
    for sibling in root.itersiblings(preceding=True):
        _refuse_sheet(path, sibling)
    count, level, node = 0, 0, root
    for event, node in etree.iterwalk(root, events=("start", "end", "pi")):
        if event == "start":
            count, level = count + 1, level + 1
            if level > MAX_DEPTH:
                raise stop(node.sourceline, f"nests deeper than {MAX_DEPTH} levels")
            if count > MAX_ELEMENTS:
                raise stop(node.sourceline, f"has more than {MAX_ELEMENTS:,} elements", "draw it more simply")
            if len(node.attrib) > MAX_ATTRIBUTES:
                raise stop(node.sourceline, f"has an element with more than {MAX_ATTRIBUTES} attributes")
        elif event == "end":
            level -= 1
        else:
            _refuse_sheet(path, node)
    return root


def _refuse_sheet(path: str, node: Any) -> None:
    if node.tag is etree.PI and node.target == "xml-stylesheet":
        raise _StopError(fault.acting_drawing(path, node.sourceline or 1, 1, "a style sheet from elsewhere", _PLAIN))


def _without_doctype(text: str, stop: Callable[[int, str, str], _StopError]) -> str:
    """Return the text with its document type blanked out; one that declares anything is refused."""
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        for start, end in (("<?", "?>"), ("<!--", "-->")):
            if text.startswith(start, at):
                found = text.find(end, at + len(start))
                at = len(text) if found < 0 else found + len(end)
                break
        else:
            break
    kind = re.compile(r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+([>\[])").match(text, at)
    if kind is None:
        return text
    if kind[1] == "[":
        remedy = 'export it as "plain SVG" (Illustrator: without "Preserve Illustrator Editing Capabilities")'
        raise stop(text.count("\n", 0, kind.end()) + 1, "declares entities in its document type", remedy)
    return text[:at] + "\n" * kind[0].count("\n") + text[kind.end() :]


# --- from a tree to another ---------------------------------------------------------------------------------


class _Rewriter:
    """One drawing on its way from the author's tree to ours."""

    def __init__(self, path: str, root: Any) -> None:
        self.path = path
        self.root = root
        self.problems: list[Problem] = []
        self.pictures = 0
        #: Elements by the author's ids, and the numbers of those that something refers to.
        self.ids: dict[str, Any] = {}
        for element in root.iter(etree.Element):
            if name := element.get("id"):
                self.ids.setdefault(name, element)
        self.numbers: dict[str, str] = {}
        #: The author's element → ours.
        self.made: dict[Any, Any] = {}
        self.cascade = self._cascade()
        # Programs write the same styles many times over.
        self._declared = cache(declarations)
        self._expanded: dict[tuple[str, Value, bool], dict[str, str]] = {}

    def drawing(self) -> Drawing:
        """Return the drawing written anew; what is wrong with it stands in `problems`."""
        new = self._element(self.root, None, [])
        for name, number in self.numbers.items():
            if (target := self.made.get(self.ids[name])) is not None:
                target.set("id", number)
        self._weigh(new)
        width, height = self._size(new)
        _prune(new)
        letters = tuple(self._letters(new))
        if sum(len(text) for _, text in letters) > MAX_LETTERS:
            self.lost(self.root.sourceline, f"more than {MAX_LETTERS:,} letters", "write them in the text")
        if letters:
            new.set("font-family", TYPEFACE)
        known = ELEMENTS["svg"]
        ordered = sorted(new.attrib.items(), key=lambda item: _place(item[0], known))
        new.attrib.clear()
        new.attrib.update(ordered)
        text = etree.tostring(new, encoding="unicode") + "\n"
        return Drawing(text.encode(), width, height, letters)

    def _letters(self, new: Any) -> Iterator[tuple[int, str]]:
        """Yield the letters of a drawing with their lines."""
        lines = {ours: old.sourceline for old, ours in self.made.items()}
        for element in new.iter(*(f"{{{SVG}}}{tag}" for tag in sorted(_OF_TEXT))):
            said = (element.text or "") + "".join(child.tail or "" for child in element)
            if said.strip():
                yield lines[element], said

    # --- problems

    def acts(self, line: int, what: str, remedy: str) -> None:
        """Tell of something that acts, loads or leads away."""
        self.problems.append(fault.acting_drawing(self.path, line, 1, what, remedy))

    def lost(self, line: int, what: str, remedy: str = "") -> None:
        """Tell of something that could not be shown alike on the web and on paper."""
        self.problems.append(fault.undrawn(self.path, line, 1, what, remedy or _PATHS))

    def _unknown(self, line: int, why: UnknownStyleError) -> None:
        """Tell of a style."""
        (self.acts if why.acts else self.lost)(line, why.what, why.remedy or (_PLAIN if why.acts else _STYLES))

    # --- styles

    def _cascade(self) -> Cascade:
        rules: list[Rule] = []
        for element in self.root.iter(f"{{{SVG}}}style"):
            if element.get("type", "text/css").strip().lower() not in ("", "text/css"):
                continue
            if element.get("media", "all").strip().lower() not in ("", "all", "screen"):
                self.lost(element.sourceline, f'a style sheet for "{element.get("media")}"')
            found, problems = rule_sheet(element.text or "", len(rules))
            rules += found
            for line, why in problems:
                self._unknown(element.sourceline + line - 1, why)
        return Cascade(tuple(rules))

    def _style(self, element: Any, ancestors: list[Any]) -> dict[str, Value]:
        """Return the properties of an element by name: its attributes, then the sheets', then its own style."""
        line = element.sourceline
        attributes = {
            name: Value(value, styled=False) for name, value in element.attrib.items() if name not in _READ_APART
        }
        try:
            return self.cascade.computed(element, ancestors, attributes, self._declared(element.get("style") or ""))
        except UnknownStyleError as why:
            self._unknown(line, why)
            return attributes

    def _properties(self, new: Any, style: dict[str, Value], line: int) -> None:
        """Write the properties that show."""
        found: dict[str, str] = {}
        root = new.getparent() is None
        for name, value in style.items():
            try:
                if (name, value, root) not in self._expanded:
                    self._expanded[name, value, root] = dict(expanded(name, value, self._name, root=root))
                found.update(self._expanded[name, value, root])
            except UnknownStyleError as why:
                self._unknown(line, why)
        for name, said in sorted(found.items()):
            if name not in new.attrib:
                new.set(name, said)

    def _name(self, name: str) -> str | None:
        """Return the number for one of the author's ids, or None when nothing has it."""
        if name not in self.ids:
            return None
        return self.numbers.setdefault(name, f"p{len(self.numbers) + 1}")

    # --- elements

    def _element(self, old: Any, parent: Any, ancestors: list[Any]) -> Any:
        """Write an element and what it holds below `parent`; return it, or None when it is left out."""
        name = etree.QName(old)
        tag, line = name.localname, old.sourceline
        if name.namespace != SVG:
            if name.namespace in _ACTING or (name.namespace is None and tag in _ACTIVE):
                self.acts(line, f"<{tag}>, which is no drawing", _PLAIN)
            return None
        if tag in _UNSEEN or (old.get("requiredExtensions") or _XHTML).strip() != _XHTML:
            return None
        if tag in _ACTIVE:
            self.acts(line, f"{_ACTIVE[tag][0]} (<{tag}>)", _ACTIVE[tag][1])
            return None
        if tag not in ELEMENTS:
            self.lost(line, f"<{tag}>", _FLOWED if tag.startswith("flow") else "")
            return None
        if old.get("systemLanguage") is not None:
            self.lost(line, "a part for readers of one language (systemLanguage)", "make one drawing per language")
        self._events(old, line)
        written = "g" if tag == "switch" else tag
        if parent is None:
            new = etree.Element(f"{{{SVG}}}{written}", nsmap={None: SVG})
        else:
            new = etree.SubElement(parent, f"{{{SVG}}}{written}")
        if not self._own(old, new, tag, line):
            parent.remove(new)
            return None
        self.made[old] = new
        self._properties(new, self._style(old, ancestors), line)
        below = [*ancestors, old]
        if tag in _OF_TEXT:
            self._text(old, new, below)
            return new
        for child in old.iterchildren(etree.Element):
            shown = self._element(child, new, below)
            # Of a switch only the first child counts that is shown at all.
            if tag == "switch" and (shown is not None or self.problems):
                break
        return new

    def _text(self, old: Any, new: Any, below: list[Any]) -> None:
        """Write the letters of a text and the elements between them."""
        space = old.get(f"{{{_XML}}}space") or next(
            (each.get(f"{{{_XML}}}space") for each in reversed(below) if each.get(f"{{{_XML}}}space")), ""
        )
        if space == "preserve" and not any(each.tag in (f"{{{SVG}}}text",) for each in below[:-1]):
            new.set(f"{{{_XML}}}space", "preserve")
        new.text = self._said(old.text, old)
        last = None
        for child in old:
            if isinstance(child.tag, str):
                shown = self._element(child, new, below)
                last = shown if shown is not None else last
            tail = self._said(child.tail, old)
            if last is None:
                new.text += tail
            else:
                last.tail = (last.tail or "") + tail

    def _said(self, text: str | None, element: Any) -> str:
        if text and (found := _HIDDEN.search(text)):
            self.problems.append(fault.not_text(self.path, element.sourceline, 1, found[0]))
        return normalize("NFC", text or "").translate(_PLAINER)

    def _events(self, old: Any, line: int) -> None:
        """Refuse what listens to the reader and what moves the addresses of a drawing."""
        for key in old.attrib:
            name = etree.QName(key)
            if name.namespace == _XML and name.localname == "base":
                self.acts(line, "another address for what it loads (xml:base)", _PLAIN)
            elif name.namespace in _ACTING or (
                name.namespace in (None, SVG, _XLINK) and re.match("on[a-z]", name.localname, re.IGNORECASE)
            ):
                self.acts(line, f"a program ({name.localname})", _PLAIN)

    def _own(self, old: Any, new: Any, tag: str, line: int) -> bool:
        """Write an element's own attributes; False when it shows nothing without what it refers to."""
        for name in ELEMENTS[tag]:
            value = old.get(name)
            if value is None:
                continue
            allowed = _PATH if name == "d" else _TRANSFORM if name.endswith("Transform") else _WORDS
            if not allowed.fullmatch(value):
                self.lost(line, f'{name}="{value[:40]}" on <{tag}>', "write it anew in your drawing program")
                continue
            new.set(name, " ".join(value.split()))
        reference = old.get("href")
        if reference is None:
            reference = old.get(f"{{{_XLINK}}}href")
        if tag == "image":
            return self._image(new, reference, line)
        if tag not in _REFERRING or reference is None:
            return tag not in ("use", "textPath")
        reference = reference.strip()
        if not reference.startswith("#"):
            if reference:
                self.acts(line, f'something from elsewhere ("{reference[:40]}")', "put it into the drawing itself")
            return tag not in ("use", "textPath")
        number = self._name(reference[1:])
        if number is not None:
            new.set("href", f"#{number}")
        return number is not None or tag not in ("use", "textPath")

    def _image(self, new: Any, reference: str | None, line: int) -> bool:
        """Write a picture that stands inside the drawing, itself as it is published."""
        address = (reference or "").strip()
        if not address:
            return False
        found = _RASTER.match(address)
        if not found:
            if address[:5].lower() == "data:":
                kind = address[5:].partition(";")[0].partition(",")[0][:40]
                self.lost(line, f'a picture of the kind "{kind}"', "put it in as PNG or JPEG, or draw it")
            else:
                self.acts(line, f'a picture from elsewhere ("{address[:40]}")', "embed the picture in the drawing")
            return False
        self.pictures += 1
        if self.pictures > MAX_PICTURES:
            self.lost(line, f"more than {MAX_PICTURES} pictures", "make one picture of them")
            return False
        try:
            raw = base64.b64decode("".join(address[found.end() :].split()), validate=True)
            shown = photo.read(raw, "png" if raw.startswith(b"\x89PNG") else "jpeg")
        except binascii.Error:
            self.lost(line, "a picture that is cut off", "embed the picture anew")
            return False
        except photo.UnfitError as why:
            self.lost(line, f"a picture that {why.why}", why.remedy or "put in a smaller PNG or JPEG")
            return False
        new.set("href", f"data:image/{shown.form};base64,{base64.b64encode(shown.data).decode()}")
        return True

    # --- the whole

    def _size(self, new: Any) -> tuple[int, int]:
        """Return the size of a drawing in pixels, and give it a frame that scales."""
        line = self.root.sourceline
        view = [float(part) for part in _numbers(new.get("viewBox", ""))]
        given = [_pixels(new.get(side, "")) for side in ("width", "height")]
        if len(view) != 4 or min(view[2:]) <= 0 or not all(map(isfinite, view)):
            view = []
            new.attrib.pop("viewBox", None)
        if given[0] is None and given[1] is None and view:
            given = [view[2], view[3]]
        elif view and None in given:
            # One side given: the other follows the frame.
            ratio = view[2] / view[3]
            given = [given[0] or (given[1] or 0) * ratio, given[1] or (given[0] or 0) / ratio]
        width, height = (max(1, round(side)) if side and isfinite(side) else 0 for side in given)
        if not width or not height:
            self.problems.append(
                fault.not_a_drawing(self.path, line, 1, "has no size", "give <svg> a width and a height, or a viewBox")
            )
            return 1, 1
        if not view:
            new.set("viewBox", f"0 0 {_number(given[0] or 0)} {_number(given[1] or 0)}")
        if (large := max(width, height)) > MAX_SIDE:
            width, height = (max(1, round(side * MAX_SIDE / large)) for side in (width, height))
        for name in ("x", "y"):
            new.attrib.pop(name, None)
        new.set("width", str(width))
        new.set("height", str(height))
        self._ground(new)
        return width, height

    def _ground(self, new: Any) -> None:
        """Turn the colour behind a drawing into a rectangle, which is printed too."""
        colour = new.attrib.pop("background-color", None)
        if colour is None:
            return
        x, y, width, height = _numbers(new.get("viewBox"))
        ground = etree.Element(f"{{{SVG}}}rect")
        for name, value in (("x", x), ("y", y), ("width", width), ("height", height), ("fill", colour)):
            ground.set(name, value)
        new.insert(0, ground)

    def _weigh(self, root: Any) -> None:
        """Refuse what refers to itself, and what would grow without bounds when all references are followed."""
        by_number = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
        lines = {new: old.sourceline for old, new in self.made.items()}
        weights: dict[Any, int] = {}
        open_: set[Any] = set()

        def stop(element: Any, why: str) -> _StopError:
            remedy = "draw it more simply, with fewer copies of copies"
            return _StopError(fault.undrawn(self.path, lines.get(element, 1), 1, why, remedy))

        def weight(element: Any, depth: int) -> int:
            if element in weights:
                return weights[element]
            if element in open_:
                raise stop(element, "a part that refers to itself")
            if depth > 3 * MAX_DEPTH:
                raise stop(element, "copies of copies, too many deep")
            open_.add(element)
            total = 1 + len(element.text or "") + len(element.tail or "")
            for below in (*element.iterchildren(etree.Element), *_targets(element, by_number)):
                total += weight(below, depth + 1)
            if total > MAX_WEIGHT:
                raise stop(element, f"copies of copies, more than {MAX_WEIGHT:,} parts")
            open_.discard(element)
            weights[element] = total
            return total

        weight(root, 0)


def _place(name: str, known: tuple[str, ...]) -> tuple[int, str]:
    return (known.index(name) if name in known else len(known), name)


def _targets(element: Any, by_number: dict[str, Any]) -> Iterator[Any]:
    for name, value in element.attrib.items():
        names = [value[1:]] if name == "href" and value.startswith("#") else re.findall(r"url\(#(p\d+)\)", value)
        for number in names:
            if number in by_number:
                yield by_number[number]


def _prune(element: Any) -> None:
    """Take out what is hidden, kept for use or empty, unless something refers to it or into it."""
    for child in list(element.iterchildren(etree.Element)):
        _prune(child)
        tag = child.tag.rpartition("}")[2]
        empty = not len(child) and tag in ("g", "defs", "symbol")
        hidden = child.get("display") == "none" and tag not in _OF_TEXT - {"text"}
        unused = element.tag == f"{{{SVG}}}defs"
        if (empty or hidden or unused) and not any(each.get("id") for each in child.iter(etree.Element)):
            element.remove(child)


def _numbers(text: str | None) -> list[str]:
    parts = (text or "").replace(",", " ").split()
    return parts if all(re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", part) for part in parts) else []


def _pixels(text: str) -> float | None:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[found[2] or ""] if found else None


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
