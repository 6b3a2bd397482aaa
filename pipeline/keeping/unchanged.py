"""Whether a report stands that was made of the very same: files, earlier months, program. Then nothing is to be done.

Imports no pandas: what has not changed is told at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.excel.guard import Refused, safe_bytes
from pipeline.months.run_file import facts_of, months_beside
from pipeline.reading.file_names import is_passed_over

_ROOT = Path(__file__).parent.parent.parent
_PROGRAM = ("pipeline", "schemas")


def given_files(source: Path) -> list[str]:
    """Return a line a file of the month's folder: its name and what is in it. Locks and hidden files say nothing."""
    told = []
    for path in sorted(path for path in source.rglob("*") if not path.is_dir() or path.is_symlink()):
        if is_passed_over(path.name):
            continue
        try:
            content = hashlib.sha256(safe_bytes(path)).hexdigest()
        except (Refused, OSError) as trouble:
            content = type(trouble).__name__
        told.append(f"{path.relative_to(source).as_posix()}\x1f{content}")
    return told


def passed_over(source: Path) -> int:
    """Return how many locks and hidden files lie there: the report tells it."""
    return sum(is_passed_over(path.name) for path in source.rglob("*") if not path.is_dir())


def key_of(given: Sequence[str], target: Path) -> str:
    """Return what stands for all that a run is given: `given`, the program, the earlier months beside the target."""
    told = [_program(), *given]
    for earlier, folder in months_beside(target):
        if str(earlier) < target.name[-len("0000-00") :]:
            facts = facts_of(folder)
            told.append(f"{earlier}\x1f{facts.get('data_sha256') if facts else ''}")
    return hashlib.sha256("\x1e".join(told).encode("utf-8", "surrogateescape")).hexdigest()


@lru_cache(maxsize=1)
def _program() -> str:
    """Return what stands for the program as it is: any change of it makes every report anew."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in _PROGRAM for path in (_ROOT / folder).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def made_of(target: Path, key: str, *, only: str = "") -> Mapping[str, Any] | None:
    """Return the run.json of a whole report that was made of `key`, every file as it was written; None: make it anew.

    `only`: the folder of the report whose files are to be looked at.
    """
    facts = facts_of(target)
    if facts is None or facts.get("key") != key or facts.get("outdated_by"):
        return None
    written = facts.get("written")
    if not isinstance(written, dict):
        return None
    for name, sha256 in written.items():
        if name.startswith(only) and _hash_of(target / name) != sha256:
            return None
    return facts


def _hash_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
