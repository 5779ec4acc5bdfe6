"""The JSON Schemas that editors use to complete, explain and check YAML files, and that of a document."""

from __future__ import annotations

import json
from pathlib import Path

from samspill.disk.workspace import make_folder, readable
from samspill.document.written import schema
from samspill.model import SCHEMAS
from samspill.problem import UsageError


def schemas() -> dict[str, str]:
    """Return the text of every schema by file name."""
    result = {}
    found = {name: model.model_json_schema(by_alias=True) for name, model in SCHEMAS.items()}
    for name, told in (found | {"document": schema()}).items():
        made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **told}
        result[f"{name}.json"] = json.dumps(made, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
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
