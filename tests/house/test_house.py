"""House rules: who may import whom, who speaks Excel, and where Chinese stands."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from helpers.places import ROOT
from helpers.source import MODULES, nodes_of, told_of

EXCEL = {"openpyxl", "xlsxwriter", "python_calamine", "lxml"}


@cache
def _imports(path: Path) -> set[str]:
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_layers() -> None:
    """schemas import nothing from pipeline; only pipeline/excel imports Excel libraries."""
    schemas, excel = ROOT / "schemas", ROOT / "pipeline" / "excel"
    upwards = {p: [n for n in _imports(p) if n.startswith("pipeline")] for p in MODULES if p.is_relative_to(schemas)}
    spoken = {p: {n.split(".")[0] for n in _imports(p)} & EXCEL for p in MODULES if not p.is_relative_to(excel)}
    assert not told_of(upwards)
    assert not told_of(spoken)


# Room → the rooms that it may ask; every room may ask the values and its own. Schemas ask nobody.
VALUES = {"addresses", "errors", "filled", "machine", "model", "parquet", "rounding", "school_year"}
ROOMS = {
    "children": set(),
    "months": {"children"},
    "merged": {"children", "months"},
    "intake": {"children"},
    "checks": {"children", "months", "merged"},
    "measuring": {"children", "merged"},
    "scoring": {"measuring", "months", "merged"},
    "result": {"children", "months", "merged", "measuring", "scoring"},
    "publishing": {"children", "months", "measuring", "scoring", "result"},
    "excel": {"publishing"},
    "paper": {"excel"},
    "reading": {"excel", "paper"},
    "keeping": {"children", "months", "scoring", "result", "publishing", "excel", "reading"},
    "returning": {"children", "months", "excel", "paper", "reading", "keeping"},
    "starting": {"excel", "reading", "returning"},
    "stages": {
        "children", "months", "merged", "intake", "checks", "measuring", "scoring", "result", "publishing", "excel",
        "reading", "returning",
    },
    "plan_in_force": {"reading", "stages"},
    "example": {"excel"},
}  # fmt: skip
# Those that put everything together: they may ask all of the above, and of each other what stands here.
ABOVE: dict[str, set[str]] = {
    "report": set(),
    "commands": {"report"},
    "county": {"report", "commands"},
    "cli": {"commands", "county"},
    "desk": {"commands", "cli"},
    "bundle": {"desk"},
    "__main__": {"cli"},
}


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


OURS = {_name(path) for path in MODULES}


@cache
def _asked(path: Path) -> set[str]:
    """Return the modules of ours that a module imports, anywhere in it, for types as well."""
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (parts & OURS) or ({node.module} & OURS)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & OURS
    return found - {_name(path)}


def _room(module: str) -> str:
    return module.split(".")[1] if module.startswith("pipeline.") else module


PIPELINE = [path for path in MODULES if path.is_relative_to(ROOT / "pipeline") and _name(path) != "pipeline"]


def _may_ask(room: str) -> set[str]:
    if room in VALUES:
        return VALUES
    return VALUES | ROOMS[room] if room in ROOMS else VALUES | ROOMS.keys() | ABOVE[room]


def test_a_room_asks_those_it_may_ask() -> None:
    asked = {}
    for path in PIPELINE:
        room = _room(_name(path))
        others = {_room(name) for name in _asked(path) if name.startswith("pipeline.")} - {room}
        asked[path] = others - _may_ask(room)
    assert not told_of(asked)


def test_no_stage_asks_a_stage_and_few_know_the_stages() -> None:
    """The order of the stages is known to the report alone; the plan goes through the first of them before."""
    for path in PIPELINE:
        stages = {name for name in _asked(path) if name.startswith("pipeline.stages.")}
        if _room(_name(path)) == "stages":
            assert not stages, path
        elif _room(_name(path)) in ("commands", "county"):
            assert stages <= {"pipeline.stages.collect"}, path


def test_excel_asks_publishing_for_plain_data_only() -> None:
    asked = {name for path in PIPELINE if _room(_name(path)) == "excel" for name in _asked(path)}
    assert {name for name in asked if _room(name) == "publishing"} <= {
        "pipeline.publishing.book",
        "pipeline.publishing.cells",
    }


def test_no_module_asks_itself_in_a_circle() -> None:
    """Take away, again and again, what asks nobody that is left: nothing may remain."""
    left = {_name(path): _asked(path) for path in MODULES}
    while free := {name for name, asked in left.items() if not asked & left.keys()}:
        left = {name: asked for name, asked in left.items() if name not in free}
    assert not left


def test_chinese_stands_in_schemas_only() -> None:
    """No Chinese text for people is spelt outside the schemas (docstrings quote terms; the example is data)."""
    free = (ROOT / "schemas", ROOT / "pipeline" / "example")
    assert not told_of({p: _chinese(p) for p in MODULES if not any(p.is_relative_to(folder) for folder in free)})


def _chinese(path: Path) -> list[str]:
    docs = {id(node.value) for node in nodes_of(path) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in nodes_of(path)
        if isinstance(node, ast.Constant)  # a lone separator is no word
        and isinstance(node.value, str)
        and id(node) not in docs
        and re.search(r"[\u4e00-\u9fff]{2,}", node.value)
    ]


LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
TOO_LONG: set[str] = set()


def test_nothing_outgrows_a_screen() -> None:
    """A module has at most 300 lines, a function 40, but for the few that stand above."""
    assert not [path for path in MODULES if len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE]
    long = {
        node.name
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == TOO_LONG


def test_help_imports_no_heavy_library() -> None:
    """`guanai --help` and a usage error come at once."""
    import subprocess
    import sys

    code = "import pipeline.cli, sys; print([m for m in ('pandas', 'pandera', 'openpyxl', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
