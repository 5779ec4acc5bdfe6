"""A drawing written anew: from the tree of its author to one of the elements and attributes that are allowed."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import normalize

from lxml import etree

from samspill.problem import Problem
from samspill.source import fault, photo
from samspill.source.svg.allowed import (
    ACTING,
    ACTIVE,
    ELEMENTS,
    FLOWED,
    MAX_LETTERS,
    MAX_PICTURES,
    OF_TEXT,
    PATH,
    PATHS,
    PLAIN,
    READ_APART,
    REFERRING,
    STYLES,
    SVG,
    TRANSFORM,
    TYPEFACE,
    UNSEEN,
    WORDS,
    XHTML,
    XLINK,
    XML,
)
from samspill.source.svg.cascade import Cascade
from samspill.source.svg.properties import expanded
from samspill.source.svg.sheets import Rule, declarations, rule_sheet
from samspill.source.svg.size import size
from samspill.source.svg.style import UnknownStyleError, Value
from samspill.source.svg.weight import weigh

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


class Rewriter:
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
        weigh(self.path, new, {ours: old.sourceline for old, ours in self.made.items()})
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

    def _size(self, new: Any) -> tuple[int, int]:
        found = size(new)
        if found is None:
            remedy = "give <svg> a width and a height, or a viewBox"
            self.problems.append(fault.not_a_drawing(self.path, self.root.sourceline, 1, "has no size", remedy))
        return found or (1, 1)

    def _letters(self, new: Any) -> Iterator[tuple[int, str]]:
        """Yield the letters of a drawing with their lines."""
        lines = {ours: old.sourceline for old, ours in self.made.items()}
        for element in new.iter(*(f"{{{SVG}}}{tag}" for tag in sorted(OF_TEXT))):
            said = (element.text or "") + "".join(child.tail or "" for child in element)
            if said.strip():
                yield lines[element], said

    # --- problems

    def acts(self, line: int, what: str, remedy: str) -> None:
        """Tell of something that acts, loads or leads away."""
        self.problems.append(fault.acting_drawing(self.path, line, 1, what, remedy))

    def lost(self, line: int, what: str, remedy: str = "") -> None:
        """Tell of something that could not be shown alike on the web and on paper."""
        self.problems.append(fault.undrawn(self.path, line, 1, what, remedy or PATHS))

    def _unknown(self, line: int, why: UnknownStyleError) -> None:
        """Tell of a style."""
        (self.acts if why.acts else self.lost)(line, why.what, why.remedy or (PLAIN if why.acts else STYLES))

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
            name: Value(value, styled=False) for name, value in element.attrib.items() if name not in READ_APART
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
            if name.namespace in ACTING or (name.namespace is None and tag in ACTIVE):
                self.acts(line, f"<{tag}>, which is no drawing", PLAIN)
            return None
        if tag in UNSEEN or (old.get("requiredExtensions") or XHTML).strip() != XHTML:
            return None
        if tag in ACTIVE:
            self.acts(line, f"{ACTIVE[tag][0]} (<{tag}>)", ACTIVE[tag][1])
            return None
        if tag not in ELEMENTS:
            self.lost(line, f"<{tag}>", FLOWED if tag.startswith("flow") else "")
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
        if tag in OF_TEXT:
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
        space = old.get(f"{{{XML}}}space") or next(
            (each.get(f"{{{XML}}}space") for each in reversed(below) if each.get(f"{{{XML}}}space")), ""
        )
        if space == "preserve" and not any(each.tag in (f"{{{SVG}}}text",) for each in below[:-1]):
            new.set(f"{{{XML}}}space", "preserve")
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
            if name.namespace == XML and name.localname == "base":
                self.acts(line, "another address for what it loads (xml:base)", PLAIN)
            elif name.namespace in ACTING or (
                name.namespace in (None, SVG, XLINK) and re.match("on[a-z]", name.localname, re.IGNORECASE)
            ):
                self.acts(line, f"a program ({name.localname})", PLAIN)

    def _own(self, old: Any, new: Any, tag: str, line: int) -> bool:
        """Write an element's own attributes; False when it shows nothing without what it refers to."""
        for name in ELEMENTS[tag]:
            value = old.get(name)
            if value is None:
                continue
            allowed = PATH if name == "d" else TRANSFORM if name.endswith("Transform") else WORDS
            if not allowed.fullmatch(value):
                self.lost(line, f'{name}="{value[:40]}" on <{tag}>', "write it anew in your drawing program")
                continue
            new.set(name, " ".join(value.split()))
        reference = old.get("href")
        if reference is None:
            reference = old.get(f"{{{XLINK}}}href")
        if tag == "image":
            return self._image(new, reference, line)
        if tag not in REFERRING or reference is None:
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


def _place(name: str, known: tuple[str, ...]) -> tuple[int, str]:
    return (known.index(name) if name in known else len(known), name)


def _prune(element: Any) -> None:
    """Take out what is hidden, kept for use or empty, unless something refers to it or into it."""
    for child in list(element.iterchildren(etree.Element)):
        _prune(child)
        tag = child.tag.rpartition("}")[2]
        empty = not len(child) and tag in ("g", "defs", "symbol")
        hidden = child.get("display") == "none" and tag not in OF_TEXT - {"text"}
        unused = element.tag == f"{{{SVG}}}defs"
        if (empty or hidden or unused) and not any(each.get("id") for each in child.iter(etree.Element)):
            element.remove(child)
