"""Notebooks are run here, once for all languages, and only their results are kept.

One kernel serves every language: starting it takes most of the time. It works
in a folder that holds nothing but the data files, with an environment of its
own. Opening a connection is refused, which is a guard against mistakes; the
code of a notebook is trusted like any other code of the course. What it shows
is not: that may come from a table of data, and is kept as text and shapes only.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from samspill.disk.sealed import put
from samspill.making import tether
from samspill.problem import ContentError, Problem, UsageError
from samspill.render.web.notebook_output import shown

#: The library has types for its data and none for its functions.
_FORMAT: Any = nbformat
#: Outputs we keep, in the order a page would choose from.
KEPT = ("text/html", "image/svg+xml", "text/plain")
#: Whether the kernel ends with this process, whatever ends it; Windows has neither forks nor groups of processes.
TETHERED = hasattr(os, "fork")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_REMEDY = "run the notebook from the top, correct the cell and save it without outputs"
_GUARD = """
import socket as _socket
def _refused(*_args, **_more):
    raise OSError("a notebook of the course does not use the network")
_socket.socket.connect = _socket.socket.connect_ex = _socket.getaddrinfo = _refused
"""


class _OwnPython(KernelSpecManager):
    """The Python that runs now, whatever kernels are installed for the person."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        command = [sys.executable, "-I", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        if TETHERED:
            command = [sys.executable, "-I", "-S", tether.__file__, *command]
        return KernelSpec(argv=[*command, "--HistoryManager.enabled=False"], display_name="Python 3", language="python")


def execute(notebook: bytes, data: Mapping[str, bytes], path: str, timeout: int = 30) -> bytes:
    """Run one notebook and return it with its results; see `execute_all`."""
    return execute_all({"": notebook}, data, path, timeout)[""]


def execute_all(
    notebooks: Mapping[str, bytes],
    data: Mapping[str, bytes],
    path: str,
    timeout: int = 30,
    place: Path | None = None,
) -> dict[str, bytes]:
    """Run the same notebook in several languages in one kernel, and return each with its results.

    `notebooks` is language → notebook, `data` file name → bytes, `path` the notebook's place in the course
    for messages, `timeout` seconds for a cell, `place` the folder for what the kernel needs while it runs. Each
    language starts with an empty namespace. The bytes are the same every time: no counts, times or metadata of
    the run. Raises `ContentError` (N001) when a cell fails, takes too long or writes to the error stream,
    `UsageError` when Python does not begin. Whatever the notebook has started ends with it.
    """
    read = {language: _FORMAT.reads(raw.decode("utf-8"), 4) for language, raw in notebooks.items()}
    cells: list[Any] = []
    owners: list[tuple[str, int]] = []
    for language, notebook in read.items():
        cells.append(_FORMAT.v4.new_code_cell(_GUARD if not cells else "%reset -f"))
        owners.append((language, 0))
        # Run as new cells: the ids of a notebook are the same in every language.
        code = _code(notebook)
        cells += [_FORMAT.v4.new_code_cell(cell.source) for cell in code]
        owners += [(language, number) for number in range(1, len(code) + 1)]
    if any(number for _, number in owners):
        _run(cells, owners, data, path, timeout, place)
    done = dict(zip(owners, cells, strict=True))
    for language, notebook in read.items():
        for number, cell in enumerate(_code(notebook), 1):
            cell.outputs = done[language, number].outputs
    return {language: _stripped(notebook) for language, notebook in read.items()}


def _code(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _run(
    cells: list[Any],
    owners: list[tuple[str, int]],
    data: Mapping[str, bytes],
    path: str,
    timeout: int,
    place: Path | None,
) -> None:
    whole = _FORMAT.v4.new_notebook(cells=cells)
    # The folders stand apart: a notebook sees its data and nothing of the kernel's.
    with _folder(place) as work, _folder(place) as own, _tether(own) as pipe:
        for name, content in data.items():
            target = Path(work) / name
            if target.parent != Path(work):
                raise ValueError(f"not a plain file name: {name!r}")
            put(target, content)
        manager = AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=_OwnPython(),
            connection_file=str(Path(own) / "kernel.json"),
            transport=_transport(own),
        )
        there = {"metadata": {"path": work}}
        client = NotebookClient(whole, km=manager, timeout=timeout, resources=there, store_widget_state=False)
        # What the kernel itself says, as when it is stopped, is for nobody's terminal.
        quiet = {"stdin": pipe, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        try:
            client.execute(env=_environment(own), cleanup_kc=True, **quiet)
        except CellExecutionError as failure:
            reason = f"{failure.ename}: {_ANSI.sub('', failure.evalue)}"
            raise _problem(path, owners, _at(cells), reason) from None
        except CellTimeoutError:
            raise _problem(path, owners, _at(cells), f"no result after {timeout} seconds") from None
        except DeadKernelError:
            raise _problem(path, owners, _at(cells), "Python stopped") from None
        except RuntimeError as failure:
            if any("execution" in cell.metadata for cell in cells):
                raise
            raise UsageError(
                f"{path} cannot be run: Python stopped or did not answer when it was started "
                f"(is there room in {Path(own).parent}, and enough memory?)"
            ) from failure
        finally:
            # The library forgets to when a kernel does not begin, and would complain at the end.
            atexit.unregister(client._cleanup_kernel)
    for index, cell in enumerate(cells):
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                raise _problem(path, owners, index, output.text)


@contextlib.contextmanager
def _folder(place: Path | None) -> Iterator[str]:
    """Give an empty folder, emptied and removed afterwards though something may still be writing there."""
    with tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True) as folder:
        yield str(Path(folder).resolve())


@contextlib.contextmanager
def _tether(own: str) -> Iterator[int]:
    """Give the end of a pipe for a kernel to listen to: when this process lets go of the other, all of it ends."""
    if not TETHERED:
        yield subprocess.DEVNULL
        return
    theirs, ours = os.pipe()
    try:
        yield theirs
    finally:
        os.close(ours)
        os.close(theirs)
        # Whoever listens was perhaps ended with the kernel.
        tether.end_all(own)


def _transport(folder: str) -> str:
    """Return how to reach the kernel: by sockets in its folder, or on this computer where their names grow too long.

    The name of a socket has at most 107 bytes, and some machines keep temporary files very deep.
    """
    return "tcp" if os.name == "nt" or len(os.fsencode(folder)) > 75 else "ipc"


def _environment(own: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    folders = dict.fromkeys(("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "TMPDIR"), own)
    fixed = {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    return {**kept, **folders, **fixed, tether.OWN: own, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def _at(cells: list[Any]) -> int:
    """Return the index of the last cell that began: cells run in order and the first failure stops them."""
    begun = [index for index, cell in enumerate(cells) if "execution" in cell.metadata]
    return begun[-1] if begun else 0


def _problem(path: str, owners: list[tuple[str, int]], index: int, reason: str) -> ContentError:
    language, number = owners[index]
    which = f"notebook cell {number}" if number else "the start of the notebook"
    where = f" in {language}" if language else ""
    text = " ".join(reason.split())[:300]
    return ContentError([Problem(path, 1, 1, "N001", f"{which} failed{where}: {text}", _REMEDY)])


def _kept(data: Mapping[str, str]) -> dict[str, str]:
    """Return what a cell shows in the forms we keep; a drawing stands in the page, where its letters have a font."""
    kept = {kind: data[kind] if kind == "text/plain" else shown(data[kind]) for kind in KEPT if kind in data}
    if drawing := kept.pop("image/svg+xml", ""):
        kept.setdefault("text/html", drawing)
    return kept


def _stripped(notebook: Any) -> bytes:
    """Return a notebook as bytes with results and without traces of the run."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        cell.execution_count = None
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = None
            if "data" in output:
                output.metadata = {}
                output.data = _kept(output.data)
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")
