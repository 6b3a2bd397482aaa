"""House rules: who may import whom, who speaks Excel, and where Chinese stands."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXCEL = {"openpyxl", "xlsxwriter", "python_calamine", "lxml"}
MODULES = sorted(p for folder in ("pipeline", "schemas") for p in (ROOT / folder).rglob("*.py"))


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_layers(path: Path) -> None:
    """schemas import nothing from pipeline; only pipeline/excel imports Excel libraries."""
    imports = _imports(path)
    if path.is_relative_to(ROOT / "schemas"):
        assert not any(name.startswith("pipeline") for name in imports)
    if not path.is_relative_to(ROOT / "pipeline" / "excel"):
        assert not {name.split(".")[0] for name in imports} & EXCEL


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_chinese_stands_in_schemas_only(path: Path) -> None:
    """No Chinese text for people is spelt outside the schemas (docstrings quote terms; the example is data)."""
    if path.is_relative_to(ROOT / "schemas") or path.is_relative_to(ROOT / "pipeline" / "example"):
        return
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    told = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)  # a lone separator is no word
        and isinstance(node.value, str)
        and id(node) not in docs
        and re.search(r"[\u4e00-\u9fff]{2,}", node.value)
    ]
    assert not told


def test_help_imports_no_heavy_library() -> None:
    """`guanai --help` and a usage error come at once."""
    import subprocess
    import sys

    code = "import pipeline.cli, sys; print([m for m in ('pandas', 'pandera', 'openpyxl', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
