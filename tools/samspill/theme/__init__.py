"""Where the theme stands: templates, styles and scripts, and the settings that all sites share.

The wheel carries them in this folder; a checkout has them at its root. A course may lay files of its own over those of
the theme, in `site_overrides/` under the same names, and settings over the shared ones, in `mkdocs.yml`.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from samspill.problem import UsageError

FOLDER, SETTINGS = "site_overrides", "mkdocs.yml"


def _home() -> Path:
    """Return the folder that the tool's own theme and settings stand in."""
    here = Path(str(resources.files(__name__)))
    return here if (here / SETTINGS).is_file() else here.parents[2]


def carried() -> bool:
    """Tell whether the tool brings its theme along, as when it is installed, and is no checkout."""
    return (Path(str(resources.files(__name__))) / SETTINGS).is_file()


def check_templates(root: Path) -> None:
    """Raise `UsageError` with file, line and remedy for a template of a course's own that is none."""
    from jinja2 import Environment, TemplateSyntaxError  # noqa: PLC0415 - a build with nothing to do needs neither

    for folder in folders(root)[:-1]:
        for path in sorted(folder.rglob("*.html")):
            try:
                Environment().parse(path.read_text("utf-8"))
            except (TemplateSyntaxError, UnicodeDecodeError) as error:
                line, why = getattr(error, "lineno", 1), getattr(error, "message", None) or "it is no text in UTF-8"
                where = f"{FOLDER}/{path.relative_to(folder).as_posix()}:{line}:1"
                raise UsageError(f"{where}: {why} (mend it, or take it away: the theme has one)") from None


def folders(root: Path) -> tuple[Path, ...]:
    """Return the folders of the theme of a course: each file is taken from the first that has it."""
    own, laid = (_home() / FOLDER).resolve(), (root / FOLDER).resolve()
    return (laid, own) if laid.is_dir() and laid != own else (own,)


def files(root: Path) -> dict[str, bytes]:
    """Return the whole theme of a course as it is now: each file by its name, with what a course lays over it."""
    found = {
        path.relative_to(folder).as_posix(): path
        for folder in reversed(folders(root))
        for path in sorted(folder.rglob("*"))
    }
    return {name: path.read_bytes() for name, path in sorted(found.items()) if path.is_file()}


def base_configuration() -> Path:
    """Return the settings of the site that every course begins with."""
    return (_home() / SETTINGS).resolve()


def configuration(root: Path) -> dict[str, Any]:
    """Return the settings that a course has of its own, none where it has no file of them.

    Raises `UsageError` when the file cannot be read.
    """
    import yaml  # noqa: PLC0415

    path = root / SETTINGS
    if not path.is_file() or path.resolve() == base_configuration().resolve():
        return {}
    try:
        said = yaml.safe_load(path.read_text("utf-8")) or {}
    except (OSError, ValueError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())
        raise UsageError(f"cannot read {path}: {why} (mend it, or remove it: the tool has settings)") from None
    if not isinstance(said, dict) or not all(isinstance(said.get(key, {}), dict) for key in ("theme", "extra")):
        raise UsageError(f"cannot read {path}: it holds no settings (mend it, or remove it: the tool has settings)")
    return said
