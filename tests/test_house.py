"""The house: which room may ask which, and how large a room may grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import PROJECT

PACKAGE = PROJECT / "tools" / "samspill"
#: From the ground up: a room asks those on the floors below it and, where it is one with folders, its own.
FLOORS = (
    ("problem", "prose", "artifact", "markup", "tokens"),
    ("model", "disk", "languages", "typeface", "theme"),
    ("source",),
    ("translation",),
    ("reading",),
    ("document",),
    ("drawing",),
    ("check", "render"),
    ("authoring", "making", "schemas"),
    ("edition",),
    ("cli",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
#: Outputs know nothing of each other.
OUTPUTS = sorted(path.name for path in (PACKAGE / "render").iterdir() if (path / "__init__.py").exists())
#: Lines of a module; one that has more says why in its docstring, behind these words.
LONGEST, BECAUSE = 400, "Longer than other modules because "


def modules() -> list[Path]:
    """Return every module of the package."""
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def asked(path: Path) -> Iterator[str]:
    """Yield the modules of the package that a module imports, wherever it does so, dotted and below the package."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names = [f"{node.module}.{each.name}" for each in node.names]
        else:
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name.startswith("samspill.") and name != "samspill.__version__":
                yield name.removeprefix("samspill.")


def room(name: str) -> str:
    """Return the room of a dotted module or of a path below the package."""
    return name.replace("/", ".").removesuffix(".py").partition(".")[0]


def test_every_room_has_its_floor() -> None:
    assert {room(path.relative_to(PACKAGE).as_posix()) for path in modules()} == set(FLOOR)


@pytest.mark.parametrize("name", FLOOR)
def test_a_room_asks_only_those_below_it(name: str) -> None:
    up = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for path in modules()
        if room(path.relative_to(PACKAGE).as_posix()) == name
        for other in asked(path)
        if room(other) != name and FLOOR[room(other)] >= FLOOR[name]
    ]
    assert up == []


def test_no_output_asks_another() -> None:
    across = [
        f"{path.relative_to(PACKAGE)} imports {other}"
        for one in OUTPUTS
        for path in sorted((PACKAGE / "render" / one).rglob("*.py"))
        for other in asked(path)
        if other.startswith("render.") and not f"{other}.".startswith(f"render.{one}.")
    ]
    assert across == []


def says_why(source: str) -> bool:
    """Tell whether a module's docstring gives a reason for its length."""
    words = " ".join((ast.get_docstring(ast.parse(source)) or "").split())
    return bool(words.partition(BECAUSE)[2])


def test_a_module_is_short_or_says_why_it_is_long() -> None:
    texts = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in modules()}
    long = {name for name, text in texts.items() if text.count("\n") > LONGEST and not says_why(text)}
    assert long == {"model.py"}


def test_a_reason_for_length_has_words() -> None:
    assert says_why(f'"""Tables.\n\n{BECAUSE}each is\none entry."""\n')
    assert not says_why(f'"""Tables. {BECAUSE}"""\n')
    assert not says_why("table = 1\n")
