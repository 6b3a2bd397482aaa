"""Where a command may write: never over, into or around what was handed in, never over what is not ours.

A report of ours is known by its run.json; a folder without anything in it may be written to. Folders are compared by
what they are on the disk, so that links, `..` and a disk that takes A for a are seen through.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import OperatorError
from schemas import operator_words as words
from schemas.folders import BUREAU, DATA, NEXT_MONTH, PAPER, PUBLIC, RECEIPTS, RUN_FILE, SCHOOL_ONLY, SENT_BACK
from schemas.look import PRODUCT

REPORT_FOLDERS = frozenset({BUREAU, PUBLIC, SCHOOL_ONLY, SENT_BACK, RECEIPTS, DATA, NEXT_MONTH, PAPER})
_PROGRAM = "guanai"
_NAMED = 5  # of what is seen in a folder
_OWN_MARKS = ("children.parquet", "measures.parquet", "turnout.parquet")  # of a report whose run.json is damaged
_NOTHING = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".guanai.lock", ".batch.lock", ".guanai.json"})


@dataclass(frozen=True)
class Kind:
    """What we write at a place: how a folder of ours is known, and which of its entries are ours to throw away."""

    is_ours: Callable[[Path], bool]
    owns: Callable[[str], bool]


def is_report(folder: Path) -> bool:
    """Tell a month's report, of this or an earlier version, from any other folder. Raises OSError."""
    facts = _facts(folder / DATA / RUN_FILE)
    if isinstance(facts, dict):
        return states_report(facts)
    return (folder / DATA).is_dir() and all((folder / DATA / name).is_file() for name in _OWN_MARKS)


def states_report(facts: Any) -> bool:
    """Tell a run.json of ours from any other file of that name."""
    versions = facts.get("versions") if isinstance(facts, dict) else None
    return isinstance(versions, dict) and _PROGRAM in versions


REPORT = Kind(is_report, REPORT_FOLDERS.__contains__)


def _facts(path: Path) -> Any:
    """Return what a run.json says; None where it is not there or damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError):
        return None


def is_our_workbook(path: Path, title: str) -> bool:
    """Tell whether a workbook says of itself that it is ours, by its title and author. Opens nothing but its zip."""
    try:
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
    return bool(re.search(rf"<dc:title[^>]*>{re.escape(title)}<", core)) and PRODUCT in core


def entries(folder: Path) -> list[str]:
    """Return the names in a folder, without what systems and our own locks leave there. Raises OSError."""
    return sorted(path.name for path in folder.iterdir() if path.name not in _NOTHING)


def refuse_foreign(target: Path, kind: Kind = REPORT) -> None:
    """Let nothing be replaced that is not ours. Raises OperatorError, and OSError where it can't be looked at."""
    if target.is_symlink():
        raise OperatorError(words.IS_A_LINK.format(target=target))
    if target.is_dir():
        seen = entries(target)
        if seen and not kind.is_ours(target):
            raise OperatorError(words.NOT_OURS.format(target=target, seen=words.SEEN.format(names=named(seen))))
    elif target.exists():
        raise OperatorError(words.NOT_OURS.format(target=target, seen=""))


def refuse_file(place: Path) -> None:
    """Let no file stand where a folder has to be, itself or above it. Raises OperatorError."""
    for part in (place, *place.parents):
        if part.is_dir():
            return
        if part.exists():
            raise OperatorError(words.NOT_A_FOLDER.format(place=part))


def refuse_overlap(target: Path, given: Path) -> None:
    """Let a target neither be, hold nor lie in the folder of what was handed in. Raises OperatorError."""
    if lies_in(target, given) or lies_in(given, target):
        raise OperatorError(words.IS_INPUT.format(target=target, folder=given))


def lies_in(path: Path, folder: Path) -> bool:
    """Tell whether a path is a folder or lies below it, wherever links lead; neither has to be there."""
    place, root = path.resolve(), folder.resolve()
    if place == root or root in place.parents:
        return True
    return root.exists() and any(part.exists() and part.samefile(root) for part in (place, *place.parents))


def named(names: list[str]) -> str:
    """Return some names as they are told."""
    more = words.AND_SO_ON if len(names) > _NAMED else ""
    return words.AND.join(names[:_NAMED]) + more
