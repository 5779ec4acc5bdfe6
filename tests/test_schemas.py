"""The JSON Schemas for editors: current, explained, and of one mind with the loader."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conftest import PROJECT, READABLE, Run, rights, umask
from samspill.model import SCHEMAS
from samspill.schemas import schemas


@cache
def made() -> dict[str, str]:
    """Return the schemas, made once."""
    return schemas()

def test_the_committed_schemas_are_current() -> None:
    committed = {path.name: path.read_text("utf-8") for path in (PROJECT / "schemas").iterdir()}
    assert committed == made(), "run: samspill schemas"


def test_the_command_writes_them(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("schemas", root=tmp_path)
    assert (result.status, result.err) == (0, "")
    assert result.out.split() == [f"schemas/{name}.json" for name in (*SCHEMAS, "document")]
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "schemas").iterdir()} == made()


@pytest.mark.parametrize("mask", [0o077, 0o000], ids=oct)
def test_everybody_may_read_them(tmp_path: Path, run: Run, mask: int) -> None:
    with umask(mask):
        assert run("schemas", root=tmp_path).status == 0
    assert rights(tmp_path / "schemas") == READABLE


def test_without_a_folder_it_is_wrong_usage(tmp_path: Path, run: Run) -> None:
    result = run("schemas", root=tmp_path / "nowhere")
    assert (result.status, result.err) == (3, f"samspill: there is no folder {tmp_path / 'nowhere'}\n")


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_refuses_unknown_fields_and_explains_itself(name: str) -> None:
    schema: dict[str, Any] = json.loads(made()[f"{name}.json"])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for part in (schema, *schema.get("$defs", {}).values()):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["description"].endswith(".")
    assert made()[f"{name}.json"].endswith("}\n")


def test_fields_are_named_as_they_are_written() -> None:
    tie = json.loads(made()["case.json"])["$defs"]["Tie"]["properties"]
    assert sorted(tie) == ["from", "kind", "state", "to"]
    assert "break" in json.loads(made()["pathway.json"])["$defs"]["Item"]["properties"]


@pytest.mark.parametrize("root", [PROJECT, PROJECT / "tests" / "courses" / "whole"])
def test_every_file_that_names_its_schema_names_one_that_is_there(root: Path) -> None:
    files = [*(root / "course").rglob("*.yml"), *(root / "cases").rglob("*.yml")]
    assert files
    for file in files:
        first = file.read_text("utf-8").split("\n", 1)[0]
        if first.startswith("# yaml-language-server: $schema="):
            assert (file.parent / first.partition("=")[2]).is_file(), file
