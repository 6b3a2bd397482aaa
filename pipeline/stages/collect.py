"""Stage 1: list the month's files, take their bytes and begin to read them. Locks and hidden files are passed over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipeline.excel.guard import Refused, safe_bytes
from pipeline.excel.pool import start_reading
from pipeline.model import SubmittedFile

_PASSED_OVER = ("~$", ".", "Thumbs.db", "desktop.ini", "__MACOSX")


@dataclass(frozen=True)
class Collected:
    """The files of a month, ordered by name, and how many were passed over."""

    folder: Path
    files: tuple[SubmittedFile, ...]
    passed_over_count: int


def collect(folder: Path) -> Collected:
    """Return every file below `folder`. Raises OSError where the folder itself can't be listed."""
    found = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    wanted = [path for path in found if not _is_passed_over(path.relative_to(folder))]
    files = tuple(_take(number, path, folder) for number, path in enumerate(wanted))
    return Collected(folder, files, len(found) - len(wanted))


def _is_passed_over(relative: Path) -> bool:
    return any(part.startswith(_PASSED_OVER) for part in relative.parts)


def _take(number: int, path: Path, folder: Path) -> SubmittedFile:
    name = path.relative_to(folder).as_posix()
    try:
        data = safe_bytes(path)
    except Refused as refusal:
        return SubmittedFile(number, path, name, refusal=refusal.reason)
    except OSError:
        return SubmittedFile(number, path, name, refusal="not_a_file" if path.is_symlink() else "unreadable")
    return SubmittedFile(number, path, name, data, hashlib.sha256(data).hexdigest(), book=start_reading(data))
