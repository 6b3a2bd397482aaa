"""The hidden _meta of a published workbook: where its tables stand, and hashes by which a changed cell is found.

It guards against accidents and edits by hand, not against someone who recomputes the hashes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.reading import RawBook
from pipeline.excel.theme import safe_text
from pipeline.publishing.book import Book, Page, heads_of
from pipeline.publishing.cells import plain
from schemas.tables import META_SHEET

TABLE, DATA_HASH = "table:", "data_sha256"
_HASH_LENGTH, _CELL_LENGTH = 8, 30_000

Rows = list[list[Any]]


class Broken(Exception):
    """The sealed content is not what was written: `where` is a cell, a table or a sheet."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True)
class SealedTable:
    """One table as it is found again: its titles and rows (totals included), cells as read."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total_count: int


def write_seal(out: Any, book: Book) -> None:
    """Add the hidden sheet: the book's own labels, then one line a table with its place and hashes."""
    sheet = out.add_worksheet(META_SHEET)
    lines: list[tuple[str, ...]] = [(label, value) for label, value in book.meta.items()]
    sealed = []
    for page in book.pages:
        if not isinstance(page, Page):
            continue
        for block, head in zip(page.blocks, heads_of(page), strict=True):
            if block.name:
                titles = [column.title for column in block.columns]
                cells = [[canonical(plain(cell)) for cell in row] for row in block.rows]
                place: dict[str, object] = {
                    "sheet": page.name,
                    "head": head + 1,
                    "totals": block.total_count,
                    "rows": len(cells),
                }
                told = json.dumps({**place, "columns": titles}, ensure_ascii=False)
                sealed.append(_whole(block.name, titles, cells))
                by_row, by_column = _hashes(titles, cells)
                lines.append((f"{TABLE}{block.name}", told, by_column, *_chunks(by_row)))
    lines.append((DATA_HASH, hashlib.sha256("".join(sealed).encode()).hexdigest()))
    for number, line in enumerate(lines):
        for at, text in enumerate(line):
            sheet.write_string(number, at, safe_text(text))
    sheet.very_hidden()


def canonical(cell: Any) -> str:
    """Return a cell's text whatever program saved it: 5 and 5.0 are one, an empty cell is ""."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, int | float | Decimal):
        return f"{float(cell):.10g}"
    return safe_text(str(cell))


def _digest(cells: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()


def _whole(name: str, titles: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    return _digest([name, *titles, *(cell for row in cells for cell in row)])


def _hashes(titles: Sequence[str], cells: Sequence[Sequence[str]]) -> tuple[str, str]:
    """Return the hashes of the rows, and those of the columns with their titles, joined."""
    by_row = "".join(_digest(row)[:_HASH_LENGTH] for row in cells)
    columns = [[title, *(row[place] for row in cells)] for place, title in enumerate(titles)]
    return by_row, "".join(_digest(column)[:_HASH_LENGTH] for column in columns)


def _chunks(text: str) -> Iterator[str]:
    for start in range(0, len(text), _CELL_LENGTH):
        yield text[start : start + _CELL_LENGTH]


def read_seal(book: RawBook) -> tuple[dict[str, str], dict[str, SealedTable]]:
    """Return the labels of _meta and the tables, proved to be as written. Raises Broken."""
    sheets = {sheet.title: sheet.rows for sheet in book.sheets}
    if META_SHEET not in sheets:
        raise Broken(META_SHEET)
    labels: dict[str, str] = {}
    tables: dict[str, SealedTable] = {}
    sealed = []
    for line in ([str(cell) for cell in row] for row in sheets[META_SHEET] if row and row[0]):
        if line[0].startswith(TABLE):
            table, cells = _table(line, sheets)
            tables[table.name] = table
            sealed.append(_whole(table.name, table.titles, cells))
        elif len(line) > 1:
            labels[line[0]] = line[1]
    if labels.get(DATA_HASH) != hashlib.sha256("".join(sealed).encode()).hexdigest():
        raise Broken(META_SHEET)
    return labels, tables


def _table(line: Sequence[str], sheets: Mapping[str, Rows]) -> tuple[SealedTable, list[list[str]]]:
    try:
        place = json.loads(line[1])
        name, sheet, head = line[0].removeprefix(TABLE), str(place["sheet"]), int(place["head"])
        titles, count, totals = [str(title) for title in place["columns"]], int(place["rows"]), int(place["totals"])
        by_column, by_row = line[2], "".join(line[3:])
    except (ValueError, KeyError, IndexError, TypeError):
        raise Broken(META_SHEET) from None
    if sheet not in sheets:
        raise Broken(sheet)
    width = len(titles)
    found = [_padded(row, width) for row in sheets[sheet][head - 1 : head + count]]
    found += [[""] * width for _ in range(count + 1 - len(found))]
    read_titles = [canonical(cell) for cell in found[0]]
    for at, (one, other) in enumerate(zip(read_titles, titles, strict=True)):
        if one != safe_text(other):
            raise Broken(f"{sheet}!{column_letters(at + 1)}{head}")
    cells = [[canonical(cell) for cell in row] for row in found[1:]]
    rows_now, columns_now = _hashes(titles, cells)
    row_at, column_at = _first_difference(rows_now, by_row), _first_difference(columns_now, by_column)
    if row_at is not None or column_at is not None:
        letter = column_letters((column_at or 0) + 1)
        raise Broken(f"{sheet}!{letter}{head + 1 + (row_at or 0)}")
    return SealedTable(name, tuple(titles), tuple(tuple(row) for row in found[1:]), totals), cells


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row[:width], *([""] * (width - len(row)))]


def _first_difference(now: str, then: str) -> int | None:
    for at in range(0, max(len(now), len(then)), _HASH_LENGTH):
        if now[at : at + _HASH_LENGTH] != then[at : at + _HASH_LENGTH]:
            return at // _HASH_LENGTH
    return None
