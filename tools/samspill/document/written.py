"""A document as JSON, for programs that read it, and back."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from samspill.document.whole import Document


@cache
def _adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def as_json(document: Document) -> str:
    """Return a document as JSON in one line, the same for the same document."""
    return _adapter().dump_json(document).decode()


def from_json(text: str) -> Document:
    """Return the document that JSON says. Raises `ValueError` where it is not one, with the place of the fault."""
    return _adapter().validate_json(text)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a document."""
    return _adapter().json_schema(mode="serialization")
