"""Where the theme stands: templates, styles and scripts, and the settings that all sites share.

The wheel carries them in this folder; a checkout has them at its root. A course may lay files of its own over those of
the theme, in `site_overrides/` under the same names, and settings over the shared ones, in `mkdocs.yml`.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from samspill.problem import UsageError

FOLDER, SETTINGS = "site_overrides", "mkdocs.yml"


def _home() -> Path:
    """Return the folder that the tool's own theme and settings stand in."""
    here = Path(str(resources.files(__name__)))
    return here if (here / SETTINGS).is_file() else here.parents[2]


def folders(root: Path) -> tuple[Path, ...]:
    """Return the folders of the theme of a course: each file is taken from the first that has it."""
    own, laid = (_home() / FOLDER).resolve(), (root / FOLDER).resolve()
    return (laid, own) if laid.is_dir() and laid != own else (own,)


def merged(root: Path, target: Path) -> Path:
    """Return one folder with the whole theme of a course: the tool's own, or at `target` a copy with more laid over."""
    found = folders(root)
    if len(found) == 1:
        return found[0]
    if not target.exists():
        files = {path.relative_to(folder): path for folder in reversed(found) for path in sorted(folder.rglob("*"))}
        for name, path in files.items():
            if path.is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                (target / name).write_bytes(path.read_bytes())
    return target


def base_configuration() -> Path:
    """Return the settings of the site that every course begins with."""
    return _home() / SETTINGS


def configuration(root: Path) -> dict[str, Any]:
    """Return the settings that a course has of its own, none where it has no file of them.

    Raises `UsageError` when the file cannot be read.
    """
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
