"""The order of the rooms, and what else holds for all of the source: read from the code itself."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import onrecord

SOURCE = Path(onrecord.__file__).resolve().parent
REPOSITORY = Path(__file__).resolve().parent.parent
# Each imports only those before it.
ROOMS = (
    "records", "codebook", "sources", "articles", "analysis", "extract",
    "link", "clashes", "pipeline", "store", "query", "export", "ingest", "bulk", "evaluation", "pipe", "web", "cli",
)  # fmt: skip
# The package itself is the public face of all rooms: it hands `pipeline` on, and any room may ask it for the version.
FACES = ("__init__", "__main__")
LONGEST_MODULE, LONGEST_FUNCTION = 500, 50

MODULES = sorted(SOURCE.rglob("*.py"))


def _room(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out in full"
            assert node.module is not None
            # `from onrecord import records` imports a room too.
            names = [f"onrecord.{a.name}" for a in node.names if a.name in ROOMS] if node.module == "onrecord" else []
            yield from names or [node.module]


@pytest.fixture(params=MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def module(request):
    path = request.param
    return path, ast.parse(path.read_text(encoding="utf-8"))


def test_every_module_is_in_a_room():
    assert {_room(path) for path in MODULES} <= {*ROOMS, *FACES}


def test_imports_point_one_way(module):
    path, tree = module
    room = _room(path)
    if room in FACES:
        return
    allowed = set(ROOMS[: ROOMS.index(room) + 1])
    taken = {name.split(".")[1] for name in _imports(tree) if name.startswith("onrecord.")}
    assert taken <= allowed, f"{room} may not import {sorted(taken - allowed)}"


def _imported(path: Path) -> set[str]:
    """What is imported, modules or what a module has."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_imports_of_modules_do_not_come_round():
    """Not for types or within functions either: what two modules need stands in the one that the other imports."""
    names = [".".join(("onrecord", *p.relative_to(SOURCE).with_suffix("").parts)) for p in MODULES]
    names = [name.removesuffix(".__init__") for name in names]
    taken = {
        name: {n if n in names else n.rpartition(".")[0] for n in _imported(path)} & set(names) - {"onrecord"}
        for name, path in zip(names, MODULES, strict=True)
    }
    try:
        TopologicalSorter(taken).prepare()
    except CycleError as error:
        pytest.fail(f"imported round: {' → '.join(reversed(error.args[1]))}")


def test_records_need_the_standard_library_only(module):
    path, tree = module
    if _room(path) == "records":
        assert {name.split(".")[0] for name in _imports(tree)} <= {*sys.stdlib_module_names, "onrecord"}


def test_only_analysis_knows_the_model_runtime(module):
    path, tree = module
    if _room(path) != "analysis":
        assert {"onnxruntime", "tokenizers"}.isdisjoint(name.split(".")[0] for name in _imports(tree))


def test_what_extras_bring_is_known_where_it_is_told_of(module):
    """Everything else works without them."""
    path, tree = module
    web = {"fastapi", "starlette", "jinja2", "uvicorn", "multipart"}
    known = {
        "parquet.py": {"pyarrow"},
        "pipe.py": {"spacy"},
        "serve.py": {"uvicorn"},
        "crew.py": {"ray"},
        "inputs.py": {"fsspec"},
    }.get(path.name, set())
    known |= web if _room(path) == "web" else set()
    assert ({"pyarrow", "spacy", "ray", "fsspec"} | web) & {name.split(".")[0] for name in _imports(tree)} <= known


def test_nothing_knows_training(module):
    _, tree = module
    assert {"torch", "transformers", "training"}.isdisjoint(name.split(".")[0] for name in _imports(tree))


def test_what_is_imported_is_declared():
    """The test environment holds more than a user's: an import of it would go unnoticed here."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    declared = {re.match(r"[\w-]+", line)[0].replace("-", "_") for line in (*project["dependencies"], *extras)}
    declared.add("starlette")  # fastapi's own face: its requests, answers and middleware
    taken = {name.split(".")[0] for path in MODULES for name in _imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert taken - set(sys.stdlib_module_names) - {"onrecord"} <= declared


@pytest.mark.parametrize("room", ["analysis", "clashes", "extract"])
def test_the_map_of_a_room_has_each_of_its_modules(room):
    """Rooms of more modules than their names explain begin with a map of them."""
    drawn = ast.get_docstring(ast.parse((SOURCE / room / "__init__.py").read_text(encoding="utf-8"))) or ""
    modules = {path.stem for path in (SOURCE / room).glob("*.py")} - {"__init__"}
    assert modules <= set(re.findall(r"`(\w+)`", drawn))


def test_nothing_prints_or_exits(module):
    _, tree = module
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called.isdisjoint({"print", "exit", "quit"})


def test_modules_are_small(module):
    path, _ = module
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize(
    "path",
    [*MODULES, *(path for top in ("tools", "training") for path in sorted((REPOSITORY / top).glob("*.py")))],
    ids=lambda path: path.name,
)
def test_functions_are_small(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > LONGEST_FUNCTION]
    assert not long, f"longer than {LONGEST_FUNCTION} lines: {long}"
