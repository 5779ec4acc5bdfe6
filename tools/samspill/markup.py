"""Elements from strings: the one place where a text becomes HTML or SVG.

A text is escaped here and nowhere else, so that nothing anybody writes can become a tag, an attribute or a program.
Only `Markup` passes as it is: what this module made, or a constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup
from markupsafe import escape as _escape

__all__ = ["Markup", "address", "escape", "heading", "joined", "shape", "tag", "void"]

#: Where a link may lead, besides a place on the site itself.
SCHEMES = ("https", "http", "mailto")
#: Attributes that hold an address.
ADDRESSES = frozenset(("action", "background", "cite", "data", "formaction", "href", "ping", "poster", "src"))
#: In a cell of a notebook fences are read before HTML blocks are, and a line's end or a tab would not come out of
#: Markdown as it went in.
_READ_FIRST = str.maketrans({letter: f"&#{ord(letter)};" for letter in "`~\n\r\t"})
_SPECIAL = re.compile("[&<>\"'`~\n\r\t]")
#: What has no place in an address as it is: browsers pass over some of it, so that `java\nscript:` is a scheme.
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}\u2028\u2029]")
#: A picture that is in the page itself.
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: What Markdown would read in a heading; a reference to a character is passed over whole.
_MARKDOWN = re.compile(r"&#?\w+;|[\\*_{}\[\]#|~`$]|:(?=//)")


def escape(text: str) -> Markup:
    """Escape a text for HTML, also where it stands in Markdown, as in a notebook."""
    # Most texts hold nothing to escape.
    return _made(text if type(text) is str and not _SPECIAL.search(text) else str(_escape(text)).translate(_READ_FIRST))


def joined(parts: Iterable[str]) -> Markup:
    """Return elements one after the other; a text among them is escaped."""
    return _made("".join([part if isinstance(part, Markup) else escape(part) for part in parts]))


def _made(text: str) -> Markup:
    """Return as markup what this module has written: at once, as there is nothing to ask of it."""
    return str.__new__(Markup, text)


def address(url: str) -> str | None:
    """Return an address with odd characters in per cent form, or None when following it could run something."""
    if _PICTURE.fullmatch(joined := "".join(url.split())):
        return joined
    written = _ODD.sub(lambda found: quote(found[0]), url)
    scheme = _SCHEME.match(written)
    if written.startswith("//") or (scheme and scheme[1].lower() not in SCHEMES):
        return None
    return written


def tag(name: str, content: Markup | str = "", /, **attributes: str | bool | None) -> Markup:
    """Return an element; `data_slot` becomes `data-slot`, `class_` `class`, None and False are left out."""
    inner = content if isinstance(content, Markup) else escape(content)
    return _made(f"<{name}{_written(attributes)}>{inner}</{name}>")


def void(name: str, /, **attributes: str | bool | None) -> Markup:
    """Return an element of HTML that holds nothing, such as a picture."""
    return _made(f"<{name}{_written(attributes)}>")


def shape(name: str, /, **attributes: str | bool | None) -> Markup:
    """Return an element of SVG that holds nothing."""
    return _made(f"<{name}{_written(attributes)}/>")


def heading(title: Markup) -> Markup:
    """Return HTML for a line of Markdown: nothing in its words or its attributes is read as Markdown."""
    return Markup(_MARKDOWN.sub(lambda m: m[0] if len(m[0]) > 1 else f"&#{ord(m[0])};", str(title)))


def _written(attributes: dict[str, str | bool | None]) -> str:
    pieces = []
    for key, value in attributes.items():
        name = key.rstrip("_").replace("_", "-")
        said = address(value) if isinstance(value, str) and name in ADDRESSES else value
        if said is True:
            pieces.append(f" {name}")
        elif said is not None and said is not False:
            pieces.append(f' {name}="{escape(said)}"')
    return "".join(pieces)
