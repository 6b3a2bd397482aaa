"""Stage 1: list the month's files and begin to read them. Locks and hidden files are passed over.

No file's bytes are kept: what is handed back later is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.archives import is_archive, unpacked
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
    """Return every file below `folder`, those inside zip archives too. Raises OSError where it can't be listed."""
    found = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    files: list[SubmittedFile] = []
    passed_over = 0
    for path in found:
        for name, data, refusal in _contents(path, folder):
            if is_passed_over(name):
                passed_over += 1
            else:
                files.append(_submitted(len(files), path, name, data, refusal))
    return Collected(folder, tuple(files), passed_over)


def collect_file(path: Path) -> Collected:
    """Return one file alone, as a month's files."""
    return Collected(path.parent, (_submitted(0, path, path.name, path.read_bytes(), ""),), 0)


def bytes_again(file: SubmittedFile, folder: Path) -> bytes | None:
    """Return the bytes of a file once more; None where it is gone, or is not what was read."""
    for name, data, _ in _contents(file.path, folder):
        if name == file.name and hashlib.sha256(data).hexdigest() == file.sha256:
            return data
    return None


def is_passed_over(name: str) -> bool:
    """Tell locks, hidden files and what systems leave in folders from what people hand in."""
    return any(part.startswith(_PASSED_OVER) for part in PurePosixPath(name).parts)


def _contents(path: Path, folder: Path) -> Iterator[tuple[str, bytes, str]]:
    """Yield (name, bytes, refusal) of a file, or of each file of an archive."""
    name = path.relative_to(folder).as_posix()
    if is_passed_over(name):
        yield name, b"", ""
        return
    try:
        data = safe_bytes(path)
        if is_archive(data):
            yield from ((f"{name}/{inner}", content, "") for inner, content in unpacked(data))
        else:
            yield name, data, ""
    except Refused as refusal:
        yield name, b"", refusal.reason
    except OSError:
        yield name, b"", "not_a_file" if path.is_symlink() else "unreadable"


def _submitted(number: int, path: Path, name: str, data: bytes, refusal: str) -> SubmittedFile:
    if refusal:
        return SubmittedFile(number, path, name, refusal=refusal)
    return SubmittedFile(number, path, name, hashlib.sha256(data).hexdigest(), book=start_reading(data))
