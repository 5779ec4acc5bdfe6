"""What is set of the tool itself, in `.samspill.yml` beside the course: which engine makes the site.

It stands in a file of its own since it is nothing that the course says, and nothing that only one engine reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samspill.making.engines import ENGINES
from samspill.making.fingerprint import SETTINGS
from samspill.problem import UsageError
from samspill.source.strict_yaml import YamlError, read


@dataclass(frozen=True)
class Settings:
    """What is set of the tool."""

    engine: str = ENGINES[0]


def settings(root: Path) -> Settings:
    """Return what is set of the tool for a course; without a file, what is usual.

    Raises `UsageError` with file, line and remedy for what it does not know.
    """
    path = root / SETTINGS
    if not path.is_file():
        return Settings()
    try:
        found, places = read(path.read_text("utf-8"), SETTINGS)
    except YamlError as error:
        raise UsageError(str(error.problems[0])) from None
    except UnicodeDecodeError:
        raise UsageError(f"{SETTINGS}:1:1: it is no text in UTF-8 (save it anew)") from None
    if found is None:
        return Settings()

    def refused(at: tuple[str, ...], what: str) -> UsageError:
        line, column = places[at]
        return UsageError(f"{SETTINGS}:{line}:{column}: {what} (write engine: {' or engine: '.join(ENGINES)})")

    if not isinstance(found, dict):
        raise refused((), "these are no settings")
    for name, value in found.items():
        if name != "engine":
            raise refused((name,), f'there is no setting "{name}"')
        if value not in ENGINES:
            what = f'there is no engine "{value}"' if isinstance(value, str) else "an engine is one word"
            raise refused((name,), what)
    return Settings(**found)
