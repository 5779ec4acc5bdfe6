"""A page as a file: everything that is known of it, as data that any engine reads.

What a page says of itself (title, kind, languages, contents) stands there as JSON, what it shows as HTML, each part of
it under a name, and all of it is front matter: nothing is left for an engine to find in it, to resolve or to parse.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

#: What YAML reads as the end of a line, or not at all, though JSON leaves it as it is.
_UNREAD = re.compile("[\r\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_EDGE = "---\n"


def written(said: Mapping[str, object], shown: Mapping[str, str]) -> bytes:
    """Return a page as a file: what is said of it, and the HTML it shows, by name; what is empty is left out."""
    fields = [f"{name}: {_quoted(value)}\n" for name, value in said.items() if value]
    fields += [f"{name}: {_lines(html)}\n" for name, html in shown.items() if html]
    return "".join((_EDGE, *fields, _EDGE)).encode()


def read(data: bytes) -> dict[str, Any]:
    """Return what a file says of a page; raises `ValueError` for one that is no page of ours."""
    text = data.decode()
    if not (text.startswith(_EDGE) and text.endswith("\n" + _EDGE)):
        raise ValueError("it does not begin and end with ---")
    try:
        page = yaml.load(text[len(_EDGE) : -len(_EDGE)], yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"its front matter is no YAML: {error}") from error
    if not isinstance(page, dict):
        raise ValueError("its front matter names nothing")
    return page


def _lines(html: str) -> str:
    """Return HTML as a person can read it, line by line, unless YAML would read a line otherwise."""
    if _UNREAD.search(html) or html.endswith("\n"):
        return _quoted(html)
    return "\n".join(["|2-", *(f"  {line}" if line else "" for line in html.split("\n"))])


def _quoted(value: object) -> str:
    """Return a value as JSON that is the same value in YAML."""
    return _UNREAD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))
