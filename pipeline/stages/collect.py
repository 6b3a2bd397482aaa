"""Stage 1: list the month's files and begin to read them. Locks and hidden files are passed over.

No file's bytes are kept: what is handed back later is read again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.excel.guard import safe_bytes, unwrapped
from pipeline.model import SubmittedFile
from pipeline.reading.archives import folder_of_parts, is_archive, taken_apart, unpacked
from pipeline.reading.fence import Trouble, fenced, fenced_each
from pipeline.reading.file_names import is_passed_over, readable
from pipeline.reading.pool import start_reading


@dataclass(frozen=True)
class Collected:
    """The files of a month, ordered by name, and how many were passed over."""

    folder: Path
    files: tuple[SubmittedFile, ...]
    passed_over_count: int


def collect(folder: Path) -> Collected:
    """Return every file below `folder`, those inside zip archives too, and each folder below that can't be opened.

    Raises OSError where `folder` itself can't be listed.
    """
    found = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    names = [path.relative_to(folder).as_posix() for path in found]
    apart = taken_apart([name for name in names if not is_passed_over(name)])
    files = [_of_parts(number, folder / parts, parts, apart[parts]) for number, parts in enumerate(apart)]
    passed_over = 0
    for path, own in zip(found, names, strict=True):
        if folder_of_parts(own, apart) is not None:
            continue
        for name, content in _contents(path, folder):
            if is_passed_over(name):
                passed_over += 1
            else:
                files.append(_submitted(len(files), path, name, content))
    for path in closed_folders(folder):
        name = readable(path.relative_to(folder).as_posix())
        files.append(SubmittedFile(len(files), path, name, refusal="closed_folder"))
    return Collected(folder, tuple(files), passed_over)


def closed_folders(folder: Path) -> list[Path]:
    """Return the folders below that can't be opened, by name: what lies there must not go missing without a word."""
    closed: list[OSError] = []
    for _ in os.walk(folder, onerror=closed.append):
        pass
    return sorted(Path(os.fsdecode(trouble.filename)) for trouble in closed if trouble.filename)


def collect_file(path: Path) -> Collected:
    """Return one file alone, as a month's files."""
    return Collected(path.parent, (_submitted(0, path, path.name, unwrapped(path.read_bytes())),), 0)


def bytes_again(file: SubmittedFile, folder: Path) -> bytes | None:
    """Return the bytes of a file once more; None where it is gone, or is not what was read."""
    for name, content in _contents(file.path, folder, file.name):
        if name == file.name and isinstance(content, bytes) and hashlib.sha256(content).hexdigest() == file.sha256:
            return content
    return None


def _contents(path: Path, folder: Path, only: str = "") -> Iterator[tuple[str, bytes | Trouble]]:
    """Yield (name, bytes or why there are none) of a file, or of each file of an archive; or of `only` one of them."""
    name = readable(path.relative_to(folder).as_posix())
    if is_passed_over(name):
        yield name, b""
        return
    data = fenced(lambda: unwrapped(safe_bytes(path)))
    if isinstance(data, Trouble):
        yield name, Trouble("not_a_file") if path.is_symlink() and data.reason == "unreadable" else data
    elif fenced(lambda: is_archive(data)) is True:
        for found in fenced_each(lambda: unpacked(data, only[len(name) + 1 :])):
            inner, content = ("", found) if isinstance(found, Trouble) else found
            yield f"{name}/{inner}".rstrip("/"), content
    else:
        yield name, data


def _of_parts(number: int, path: Path, name: str, reason: str) -> SubmittedFile:
    """Return a folder into which somebody unpacked a workbook as the one file that it was."""
    return SubmittedFile(number, path, readable(name.rstrip("/") or path.name), refusal=reason)


def _submitted(number: int, path: Path, name: str, content: bytes | Trouble) -> SubmittedFile:
    if isinstance(content, Trouble):
        return SubmittedFile(number, path, name, refusal=content.reason)
    book = fenced(lambda: start_reading(content))
    if isinstance(book, Trouble):
        return SubmittedFile(number, path, name, refusal=book.reason)
    return SubmittedFile(number, path, name, hashlib.sha256(content).hexdigest(), book=book)
