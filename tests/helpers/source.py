"""The house's own source, each module parsed once for all who look at it."""

import ast
from functools import cache
from pathlib import Path

from helpers.places import ROOT

MODULES = sorted(p for folder in ("pipeline", "schemas") for p in (ROOT / folder).rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a module's tree."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a module."""
    return tuple(ast.walk(tree_of(path)))
