"""Read every workbook that a school lays ready, with the hardened readers; a bad one costs itself a sentence."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path

from pipeline.excel.guard import ROW_LIMIT, Refused, safe_bytes, text_of, unwrapped
from pipeline.excel.markup import HTML, XML, book_of_markup
from pipeline.excel.reading import RawBook, RawSheet
from pipeline.reading.archives import is_archive, unpacked
from pipeline.reading.fence import Trouble, fenced, fenced_each
from pipeline.reading.file_names import is_passed_over, readable
from pipeline.reading.pool import Reading, start_reading
from schemas import start_words as w
from schemas.rules import REFUSALS

_CSV = "csv"
_AS_TEXT = re.compile(r'^=\s*"([^"]*)"\s*$')  # ="5299…": how a number is kept as text in a text file


@dataclass(frozen=True)
class Source:
    """One workbook as typed. `rank`: 0 is the newest; those of one moment share it. `saved_at`: as it is told."""

    name: str
    book: RawBook
    saved_at: str
    rank: int


@dataclass(frozen=True)
class Unread:
    """A file that could not be read, and the sentence that says why."""

    name: str
    because: str


def read_sources(folder: Path, leave_out: Path) -> tuple[list[Source], list[Unread]]:
    """Return the workbooks below a folder, the newest first, and the files that are none; locks are passed over.

    `leave_out`: a folder below that holds what was issued. Raises OSError where `folder` can't be listed.
    """
    os.listdir(folder)  # noqa: PTH208 - rglob says nothing of a folder that can't be opened
    paths = sorted(path for path in folder.rglob("*") if path.is_file() or path.is_symlink())
    paths = [path for path in paths if not path.resolve().is_relative_to(leave_out.resolve())]
    started = [(name, when, _started(content)) for path in paths for name, when, content in _contents(path, folder)]
    read: list[tuple[str, str, RawBook]] = []
    unread: list[Unread] = []
    for name, when, reading in started:
        book = reading if isinstance(reading, Trouble) else _taken(reading)
        if isinstance(book, Trouble):
            unread.append(Unread(name, _sentence(book)))
        else:
            read.append((name, book.saved_at[:19].replace("T", " ") or when, book))
    times = sorted({when for _, when, _ in read}, reverse=True)
    ordered = sorted(read, key=lambda found: (times.index(found[1]), found[0]))
    return [Source(name, book, when, times.index(when)) for name, when, book in ordered], unread


def _contents(path: Path, folder: Path) -> Iterator[tuple[str, str, bytes | Trouble]]:
    """Yield (name, time, bytes or why there are none) of a file, or of each file of an archive."""
    name = readable(path.relative_to(folder).as_posix())
    if is_passed_over(name):
        return
    when = fenced(lambda: datetime.fromtimestamp(path.stat().st_mtime).isoformat(" ", "seconds"))
    moment = "" if isinstance(when, Trouble) else when
    data = fenced(lambda: unwrapped(safe_bytes(path)))
    if not isinstance(data, Trouble) and fenced(lambda: is_archive(data)) is True:
        for found in fenced_each(lambda: unpacked(data)):
            inner, content = ("", found) if isinstance(found, Trouble) else found
            if not is_passed_over(inner or name):
                yield f"{name}/{inner}".rstrip("/"), moment, content
    else:
        yield name, moment, data


def _started(content: bytes | Trouble) -> tuple[bytes, Reading] | Trouble:
    if isinstance(content, Trouble):
        return content
    reading = fenced(lambda: start_reading(content, is_published=True))
    return reading if isinstance(reading, Trouble) else (content, reading)


def _taken(given: tuple[bytes, Reading]) -> RawBook | Trouble:
    content, reading = given
    book = fenced(reading.take)
    if isinstance(book, Trouble) and book.reason == _CSV:
        return fenced(lambda: _of_text(content))
    if isinstance(book, Trouble) and book.reason in (HTML, XML):
        return fenced(lambda: book_of_markup(content))
    return book


def _of_text(content: bytes) -> RawBook:
    """Return a text table as a book of one sheet; parted by commas, else by what parts it."""
    text = text_of(content)
    head = text[:4096]
    mark = max(",\t;，", key=head.count)
    rows: list[list[object]] = [
        [_AS_TEXT.sub(r"\1", cell) for cell in row] for row in csv.reader(StringIO(text, newline=""), delimiter=mark)
    ]
    if len(rows) > ROW_LIMIT:
        raise Refused("too_many_cells")
    return RawBook((RawSheet("", rows),), _CSV)


def _sentence(trouble: Trouble) -> str:
    return REFUSALS[trouble.reason][1].format(guess="") if trouble.reason in REFUSALS else w.UNKNOWN_TROUBLE
