"""Random mutants: a small fault is put into what reads, checks or renders, and the fast tests must notice it.

`make mutants` takes 200 faults by `SEED` (of some 15,000 that could be put in), one at a time, each in a copy of the
package, and runs the fast tests until the first failure. What survives is printed with its line: either a test is
missing, or the fault changes nothing that anybody could see (then say why, and let a second person look).

    python tests/mutants.py [--seed N] [--count N] [--jobs N] [--only PART-OF-PATH]
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import multiprocessing
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "tools" / "samspill"
#: What reads, checks or renders; the rest runs other programs, writes files or talks to a person.
MODULES = (
    "model.py", "prose.py", "problem.py", "markup.py", "tokens", "languages", "source", "translation", "reading",
    "typeface", "document", "drawing", "check", "render",
)  # fmt: skip
#: The fast tests.
TESTS = ["--fast", "tests"]
#: Those that look at what is said notice most.
NOTICING = (
    "test_goldens", "test_drawings", "test_corners", "test_bad_input", "test_examples", "test_rules", "test_load",
    "test_document", "test_article",
)  # fmt: skip
#: Seconds after which a mutant hangs: then it was noticed.
HANG = 180

COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "startswith": "endswith",
    "endswith": "startswith", "partition": "rpartition", "rpartition": "partition", "lower": "upper", "upper": "lower",
    "strip": "lstrip", "rstrip": "strip", "append": "count", "floor": "ceil", "ceil": "floor", "cos": "sin",
    "sin": "cos", "extend": "count", "fullmatch": "match", "match": "search", "search": "match",
}  # fmt: skip

#: Fields of a node that do nothing when it runs.
_ASIDE = ("annotation", "returns", "decorator_list", "type_params", "args")

#: A fault: puts itself into a node, and says in words what it does.
Fault = tuple[str, Callable[[ast.AST], None]]


def _set(name: str, value: object) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, name, value)


def _drop(name: str, index: int) -> Callable[[ast.AST], None]:
    return lambda node: getattr(node, name).pop(index)


def _put(name: str, index: int, value: object) -> Callable[[ast.AST], None]:
    return lambda node: getattr(node, name).__setitem__(index, value)


def faults(node: ast.AST) -> Iterator[Fault]:
    """Yield the faults that can be put into a node."""
    match node:
        case ast.Compare(ops=ops):
            for index, op in enumerate(ops):
                if other := COMPARE.get(type(op)):
                    yield f"{type(op).__name__} → {other.__name__}", _put("ops", index, other())
        case ast.BoolOp(op=op):
            yield "and ↔ or", _set("op", ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.BinOp(op=op) | ast.AugAssign(op=op):
            if other_ := ARITHMETIC.get(type(op)):
                yield f"{type(op).__name__} → {other_.__name__}", _set("op", other_())
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", _set("operand", ast.UnaryOp(ast.Not(), node.operand))
        case ast.UnaryOp(op=ast.USub()):
            yield "- → +", _set("op", ast.UAdd())
        case ast.Constant(value=bool() as value):
            yield f"{value} → {not value}", _set("value", not value)
        case ast.Constant(value=int() | float() as number):
            yield f"{number} → {number + 1}", _set("value", number + 1)
        case ast.Constant(value=str() as text):
            yield f"{text[:30]!r} → 'XX…'", _set("value", "XX" + text)
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield "condition turned round", _set("test", ast.UnaryOp(ast.Not(), test))
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield "return None", _set("value", ast.Constant(None))
        case ast.comprehension(ifs=ifs):
            for index in range(len(ifs)):
                yield "filter dropped", _drop("ifs", index)
        case ast.Call(keywords=keywords):
            for index, keyword in enumerate(keywords):
                if keyword.arg and keyword.arg != "strict":
                    yield f"{keyword.arg}= dropped", _drop("keywords", index)
        case ast.Name(id=name) if name in NAMES:
            yield f"{name} → {NAMES[name]}", _set("id", NAMES[name])
        case ast.Attribute(attr=name) if name in NAMES:
            yield f".{name} → .{NAMES[name]}", _set("attr", NAMES[name])
    yield from _statements(node)


def _statements(node: ast.AST) -> Iterator[Fault]:
    for field in ("body", "orelse"):
        statements = getattr(node, field, [])
        for index, statement in enumerate(statements if isinstance(statements, list) else []):
            match statement:
                case ast.Continue():
                    yield "continue → break", _put(field, index, ast.Break())
                case ast.Break():
                    yield "break → continue", _put(field, index, ast.Continue())
                case ast.Expr(value=ast.Constant()):
                    pass
                case ast.Expr() | ast.AugAssign():
                    yield f"dropped: {ast.unparse(statement)[:50]}", _put(field, index, ast.Pass())


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def living(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a module that do something: no annotations, documentation, imports or lists of names."""
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Assign) and "__all__" in ast.unparse(node.targets[0]):
            continue
        if isinstance(node, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.keyword) and node.arg == "strict":  # asserts that there are as many of each
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":  # a type with a name
            continue
        yield node
        for name, value in ast.iter_fields(node):
            if name in _ASIDE and not isinstance(node, ast.Call):
                continue
            children = value if isinstance(value, list) else [value]
            stack += [child for child in reversed(children) if isinstance(child, ast.AST)]


@dataclass(frozen=True)
class Mutant:
    """One fault: its file below the package, its line, what it does, and the whole file with it."""

    path: str
    line: int
    what: str
    code: str


@dataclass(frozen=True)
class Place:
    """Where a fault can be put: the node and the fault by their numbers."""

    path: str
    node: int
    fault: int


def places() -> list[Place]:
    """Return every place for a fault, in order."""
    found = []
    for file in _files():
        for number, node in enumerate(living(ast.parse(file.read_text("utf-8")))):
            name = file.relative_to(PACKAGE).as_posix()
            found += [Place(name, number, index) for index, _ in enumerate(faults(node))]
    return found


def _files() -> Iterator[Path]:
    for name in MODULES:
        path = PACKAGE / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def mutant(place: Place) -> Mutant:
    """Return the file of a place with the fault in it."""
    tree = ast.parse((PACKAGE / place.path).read_text("utf-8"))
    node = next(found for number, found in enumerate(living(tree)) if number == place.node)
    what, put = next(fault for index, fault in enumerate(faults(node)) if index == place.fault)
    line = getattr(node, "lineno", 0) or getattr(getattr(node, "target", None), "lineno", 0)
    put(node)
    return Mutant(place.path, line, what, ast.unparse(ast.fix_missing_locations(copy.copy(tree))))


@dataclass(frozen=True)
class Verdict:
    """How a mutant ended: killed by a test (named), or alive."""

    mutant: Mutant
    killed: str
    seconds: float


class Order:
    """A plugin of pytest: the tests that name the module or its folder come first, then those that notice most."""

    def __init__(self, path: str) -> None:
        names = Path(path).with_suffix("").parts
        self.named = re.compile(rf"^(from|import) samspill\b.*\b({'|'.join(names[1:] or names)})\b", re.MULTILINE)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        files = {item.path for item in items}
        naming = {path for path in files if self.named.search(path.read_text("utf-8"))}

        def turn(item: pytest.Item) -> tuple[bool, int]:
            stem = item.path.stem
            return item.path not in naming, NOTICING.index(stem) if stem in NOTICING else len(NOTICING)

        items.sort(key=turn)


def run(found: Mutant, folder: Path, tests: list[str]) -> Verdict:
    """Run the fast tests on a copy of the package with one fault in it, in a fork that has the libraries already."""
    target = folder / "samspill" / found.path
    before = target.read_text("utf-8")
    started = time.perf_counter()
    for stale in (target.parent / "__pycache__").glob(f"{target.stem}.*"):
        stale.unlink()
    target.write_text(found.code, "utf-8")
    log = folder / "log"
    child = os.fork()
    if child == 0:
        _test(found.path, folder, log, tests)
    try:
        status = _waited(child)
    finally:
        target.write_text(before, "utf-8")
    lines = [line for line in log.read_text("utf-8", "replace").splitlines() if line.startswith(("FAILED", "ERROR"))]
    killed = "" if status == 0 else "a hang" if status is None else (lines[0] if lines else f"status {status}")
    return Verdict(found, killed, time.perf_counter() - started)


def _test(path: str, folder: Path, log: Path, tests: list[str]) -> NoReturn:
    os.setsid()
    out = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    os.environ |= {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    os.chdir(PROJECT)
    status = 3
    try:
        options = ["-x", "-q", "--no-header", "--tb=no", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist"]
        status = int(pytest.main([*options, *tests], [Order(path)]))
    finally:
        os._exit(status)


def _waited(child: int) -> int | None:
    """Return the exit status of a process, or None when it hangs (then it is ended)."""
    end = time.monotonic() + HANG
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


#: What takes long to load and is never faulty here; nothing of the package itself.
LIBRARIES = (
    "hypothesis", "pydantic", "markdown_it.tree", "yaml", "jinja2", "lxml.html", "PIL.Image", "tinycss2",
    "fontTools.ttLib", "uharfbuzz", "typst", "nbformat", "pypdf", "citeproc",
)  # fmt: skip


def _work(task: tuple[Place, str, list[str]]) -> Verdict:
    place, scratch, tests = task
    return run(mutant(place), _copy(Path(scratch)), tests)


def _copy(scratch: Path) -> Path:
    """Return this process's copy of the package, which finds the theme beside it as in the project."""
    folder = scratch / str(os.getpid()) / "tools"
    if not folder.exists():
        shutil.copytree(PROJECT / "tools", folder)
        for name in ("site_overrides", "mkdocs.yml"):
            (folder.parent / name).symlink_to(PROJECT / name)
    return folder


def _without(task: tuple[Place, str, list[str]]) -> Verdict:
    """Run the tests on a copy of the package without any fault: if they fail there, all faults would be noticed."""
    place, scratch, tests = task
    folder = _copy(Path(scratch))
    return run(Mutant(place.path, 0, "no fault", (folder / "samspill" / place.path).read_text("utf-8")), folder, tests)


def main() -> int:
    """Put faults in, one after the other, and print which the tests did not notice."""
    parser = argparse.ArgumentParser(description="Put random faults into the package and see whether tests notice.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", default="", help="only files whose path holds this")
    parser.add_argument("--tests", nargs=argparse.REMAINDER, default=TESTS, help="what to give to pytest, last of all")
    options = parser.parse_args()
    everything = [place for place in places() if options.only in place.path]
    chosen = random.Random(options.seed).sample(everything, min(options.count, len(everything)))
    print(f"{len(chosen)} of {len(everything)} faults, seed {options.seed}", flush=True)
    alive: list[Verdict] = []
    for library in LIBRARIES:
        importlib.import_module(library)
    workers = multiprocessing.get_context("fork").Pool(options.jobs)
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch, workers as pool:
        tasks = [(place, scratch, options.tests) for place in chosen]
        if tasks and (sound := pool.apply(_without, (tasks[0],))).killed:
            print(f"the tests fail on a copy of the package without any fault: {sound.killed}", file=sys.stderr)
            return 1
        for verdict in pool.imap(_work, tasks):
            found = verdict.mutant
            said = verdict.killed.partition(" - ")[0] or "ALIVE"
            print(f"{found.path}:{found.line}: {found.what}: {said} ({verdict.seconds:.0f} s)", flush=True)
            if not verdict.killed:
                alive.append(verdict)
    print(f"\n{len(chosen) - len(alive)} of {len(chosen)} noticed, {len(alive)} alive (seed {options.seed})")
    for verdict in alive:
        found = verdict.mutant
        source = (PACKAGE / found.path).read_text("utf-8").splitlines()
        line = source[found.line - 1].strip() if found.line else ""
        print(f"  {found.path}:{found.line}: {found.what}\n      {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
