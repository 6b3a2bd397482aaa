"""What the reader does not show of an old workbook (.xls, BIFF5 and BIFF8): error values, hidden rows, the epoch.

[MS-XLS] 2.4: a stream of records, each two bytes of kind, two of length, then the content.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from pipeline.excel.second_look import Looks

_EOF, _BOUNDSHEET, _DATEMODE = 0x0A, 0x85, 0x22
_ROW, _FORMULA, _BOOLERR = 0x208, (0x06, 0x206, 0x406), 0x205
_HIDDEN_ROW = 0x20  # of the ROW record's options: the height is zero
_IS_ERROR = 2  # of a formula's cached result that is no number
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_SHEET_LIMIT = 1_000


def looked(data: bytes) -> Looks:
    """Return the errors and hidden rows of each sheet, by its name."""
    stream = _stream(data)
    looks = Looks()
    sheets: list[tuple[str, int]] = []
    for kind, record in _records(stream, 0):
        if kind == _BOUNDSHEET and len(record) > 8 and len(sheets) < _SHEET_LIMIT:
            sheets.append((_sheet_name(record), int.from_bytes(record[:4], "little")))
        elif kind == _DATEMODE:
            looks.counts_from_1904 = record[:1] == b"\x01"
    for title, start in sheets:
        looks.errors[title], looks.hidden_rows[title] = _look_at_sheet(stream, start)
    return looks


def _look_at_sheet(stream: bytes, start: int) -> tuple[dict[tuple[int, int], str], set[int]]:
    errors: dict[tuple[int, int], str] = {}
    hidden: set[int] = set()
    for kind, record in _records(stream, start):
        if kind == _ROW and len(record) >= 16 and record[12] & _HIDDEN_ROW:
            hidden.add(int.from_bytes(record[:2], "little") + 1)
            continue
        code = _error_code(kind, record)
        if code is not None:
            row, column = struct.unpack_from("<HH", record)
            errors[row, column] = _ERRORS.get(code, "#ERR")
    return errors, hidden


def _error_code(kind: int, record: bytes) -> int | None:
    """Return the error that a cell's record holds: a constant, or the cached result of a formula."""
    if kind == _BOOLERR and len(record) >= 8 and record[7] == 1:
        return record[6]
    if kind in _FORMULA and len(record) >= 14 and record[12:14] == b"\xff\xff" and record[6] == _IS_ERROR:
        return record[8]
    return None


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield (kind, content) from a place on to the end of the sheet, or of the stream."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _EOF:
            return
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _stream(data: bytes) -> bytes:
    """Return the workbook's stream; nothing where the container has none that can be read."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            name = next((name for name in ("Workbook", "Book") if ole.exists(name)), "")
            return bytes(ole.openstream(name).read()) if name else b""
    except (OSError, ValueError, IndexError, struct.error):  # what olefile raises for a torn container
        return b""


def _sheet_name(record: bytes) -> str:
    """Return a BOUNDSHEET's name: BIFF8 says with a flag whether it is UTF-16; BIFF5 has bytes of a code page."""
    length, flags = record[6], record[7]
    if flags & 0xFE == 0 and len(record) == 8 + length * (1 + flags):
        return record[8:].decode("utf-16-le" if flags else "latin-1", "replace")
    return record[7 : 7 + length].decode("gb18030", "replace")
