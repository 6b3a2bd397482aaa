"""The house's own source, each module parsed once for all who look at it."""

import ast
from collections.abc import Collection, Mapping
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


def told_of(found: Mapping[Path, Collection[str]]) -> dict[str, list[str]]:
    """Return, by module, what a rule of the house has against it; those against which it has nothing are left out."""
    return {path.relative_to(ROOT).as_posix(): sorted(own) for path, own in found.items() if own}
