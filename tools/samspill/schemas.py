"""The JSON Schemas that editors use to complete, explain and check YAML files."""

from __future__ import annotations

import json
from pathlib import Path

from samspill.disk.workspace import make_folder, readable
from samspill.model import SCHEMAS
from samspill.problem import UsageError


def schemas() -> dict[str, str]:
    """Return the text of every schema by file name."""
    result = {}
    for name, model in SCHEMAS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(by_alias=True)}
        result[f"{name}.json"] = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return result


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema to a folder and return the paths."""
    if not folder.parent.is_dir():
        raise UsageError(f"there is no folder {folder.parent}")
    make_folder(folder)
    paths = []
    for name, text in schemas().items():
        path = folder / name
        path.write_text(text, "utf-8")
        readable(path)
        paths.append(path)
    return paths
