"""What comes out of a renderer: files as values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Artifact:
    """A file to write: a path relative to the output folder, with forward slashes, and its bytes."""

    path: str
    data: bytes


def distinct(artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """Return artifacts in the order of their paths; a picture that is shown twice is one file.

    Raises `ValueError` when two different files would have one address on the site, `x.md` and `x/index.md`, say:
    one of them would vanish. Rule S004 and `handout_path` keep content from it, so it is a bug of ours.
    """
    found: dict[str, Artifact] = {}
    for artifact in artifacts:
        address = re.sub(r"(/index|^index)?\.(md|ipynb)$", "/", artifact.path)
        other = found.setdefault(address, artifact)
        if other != artifact:
            raise ValueError(f"{other.path} and {artifact.path} have one address: one of them would be lost")
    return tuple(sorted(found.values(), key=lambda artifact: artifact.path))
