"""Binary workbooks (.xlsb): what the reader passes over without a word, short cells, error values and hidden rows.

A short cell leaves its column out: it stands right of the cell before it ([MS-XLSB] 2.4, BrtShortBlank …
BrtShortIsst). Each is written out as the full cell that it stands for.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from pipeline.excel.guard import BROKEN, Refused
from pipeline.excel.package import Package
from pipeline.excel.second_look import Looks

_ROW = 0
_FULL = {*range(1, 12), 62}  # BrtCellBlank … BrtFmlaError, BrtCellRString: these begin with their column
_SHORT = range(12, 19)
_ERROR_CELLS = (3, 11)  # BrtCellError, BrtFmlaError
_WORKBOOK_PROPERTIES, _SHEET = 153, 156  # BrtWbProp, BrtBundleSh
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_TO_FULL = 11  # BrtShortIsst (18) is BrtCellIsst (7) without its column, and so on


def with_full_cells(data: bytes) -> bytes:
    """Return a binary workbook without short cells; any other workbook as it is. Raises ValueError for a torn part."""
    try:
        return _with_full_cells(data)
    except BROKEN as trouble:
        if isinstance(trouble, ValueError):
            raise
        raise Refused("broken_zip") from None


def _with_full_cells(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/") and n.endswith(".bin")]
        parts = {name: archive.read(name) for name in sheets}
        if not any(kind in _SHORT for part in parts.values() for kind, _, _ in _records(part)):
            return data
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as full:
            for name in archive.namelist():
                full.writestr(name, _full(parts[name]) if name in parts else archive.read(name))
    return out.getvalue()


def looked(package: Package) -> Looks:
    """Return the error values and hidden rows of each sheet, and where its days count from. Raises ValueError."""
    looks = Looks()
    for kind, _, record in _records(package.part(package.workbook) or b""):
        if kind == _WORKBOOK_PROPERTIES:
            looks.counts_from_1904 = bool(record[0] & 1)
        elif kind == _SHEET:
            link, place = _wide_text(record, 8)
            title, _ = _wide_text(record, place)
            part = package.part(package.workbook_links.get(link, ("", ""))[1])
            looks.errors[title], looks.hidden_rows[title] = _look_at_sheet(part or b"")
    return looks


def _look_at_sheet(part: bytes) -> tuple[dict[tuple[int, int], str], set[int]]:
    errors: dict[tuple[int, int], str] = {}
    hidden: set[int] = set()
    row = 0
    for kind, _, record in _records(part):
        if kind == _ROW and len(record) >= 12:
            row = int.from_bytes(record[:4], "little")
            if record[11] & 0x10:
                hidden.add(row + 1)
        elif kind in _ERROR_CELLS and len(record) >= 9:
            errors[row, int.from_bytes(record[:4], "little")] = _ERRORS.get(record[8], "#ERR")
    return errors, hidden


def _wide_text(record: bytes, place: int) -> tuple[str, int]:
    """Return a text that stands in a record (its length, then UTF-16), and where it ends."""
    end = place + 4 + 2 * int.from_bytes(record[place : place + 4], "little")
    return record[place + 4 : end].decode("utf-16-le", "replace"), end


def _full(part: bytes) -> bytes:
    written, column = bytearray(), -1
    for kind, whole, record in _records(part):
        if kind == _ROW:
            column = -1
        elif kind in _FULL:
            column = int.from_bytes(record[:4], "little")
        elif kind in _SHORT:
            column += 1
            record = column.to_bytes(4, "little") + record
            written += bytes([kind - _TO_FULL]) + _varint(len(record)) + record
            continue
        written += part[whole]
    return bytes(written)


def _records(part: bytes) -> Iterator[tuple[int, slice, bytes]]:
    """Yield (kind, where the whole record stands, its content)."""
    place = 0
    while place < len(part):
        start = place
        kind, place = _read_varint(part, place, 2)
        length, place = _read_varint(part, place, 4)
        place += length
        if place > len(part):
            raise ValueError("a record goes on beyond the part")
        yield kind, slice(start, place), part[place - length : place]


def _read_varint(part: bytes, place: int, most: int) -> tuple[int, int]:
    value = 0
    for number in range(most):
        if place >= len(part):
            raise ValueError("a record has no head")
        byte = part[place]
        value |= (byte & 0x7F) << (7 * number)
        place += 1
        if byte < 0x80:
            break
    return value, place


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
