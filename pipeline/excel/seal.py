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
from pipeline.excel.standing import heads_of
from pipeline.excel.theme import safe_text
from pipeline.publishing.book import Block, Book, Page
from pipeline.publishing.cells import plain
from schemas.tables import META_SHEET

TABLE, DATA_HASH, LAYOUT = "table:", "data_sha256", "layout"
_HASH_LENGTH, _CELL_LENGTH = 8, 30_000

Rows = list[list[Any]]


class Broken(Exception):
    """The sealed content is not what was written: `where` is a cell, a table or a sheet."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True)
class SealedTable:
    """One table as it is found again: its titles and rows (totals included), cells as read.

    `keys`: of its columns, as the workbook states them; empty in the standard layout, whose titles tell them.
    """

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total_count: int
    keys: tuple[str, ...] = ()


def write_seal(out: Any, book: Book) -> None:
    """Add the hidden sheet: the book's own labels, then one line a table with its place and hashes."""
    sheet = out.add_worksheet(META_SHEET)
    lines: list[tuple[str, ...]] = [(label, value) for label, value in book.meta.items()]
    lines += [(LAYOUT, book.layout)] if book.layout else []
    sealed = []
    for page in book.pages:
        for block, head in zip(page.blocks, heads_of(page), strict=True) if isinstance(page, Page) else ():
            if block.name:
                line, hashed = _sealed(page.name, block, head, has_keys=bool(book.layout))
                lines.append(line)
                sealed.append(hashed)
    lines.append((DATA_HASH, hashlib.sha256("".join(sealed).encode()).hexdigest()))
    for number, line in enumerate(lines):
        for at, text in enumerate(line):
            sheet.write_string(number, at, safe_text(text))
    sheet.very_hidden()


def _sealed(sheet: str, block: Block, head: int, *, has_keys: bool) -> tuple[tuple[str, ...], str]:
    """Return the line of a table and the hash of all of it. `has_keys`: its titles alone do not tell its keys."""
    titles = [column.title for column in block.columns]
    keys = [column.key for column in block.columns] if has_keys else []
    cells = [[canonical(plain(cell)) for cell in row] for row in block.rows]
    place: dict[str, object] = {"sheet": sheet, "head": head + 1, "totals": block.total_count, "rows": len(cells)}
    told = json.dumps({**place, "columns": titles} | ({"keys": keys} if keys else {}), ensure_ascii=False)
    by_row, by_column = _hashes(titles, cells)
    return (f"{TABLE}{block.name}", told, by_column, *_chunks(by_row)), _whole(block.name, (*keys, *titles), cells)


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


def _whole(name: str, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    return _digest([name, *heads, *(cell for row in cells for cell in row)])


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
            sealed.append(_whole(table.name, (*table.keys, *table.titles), cells))
        elif len(line) > 1:
            labels[line[0]] = line[1]
    if labels.get(DATA_HASH) != hashlib.sha256("".join(sealed).encode()).hexdigest():
        raise Broken(META_SHEET)
    return labels, tables


def _table(line: Sequence[str], sheets: Mapping[str, Rows]) -> tuple[SealedTable, list[list[str]]]:
    """Return a table and its cells as hashed. Raises Broken where a title or a cell is not as written."""
    try:
        place = json.loads(line[1])
        name, sheet, head = line[0].removeprefix(TABLE), str(place["sheet"]), int(place["head"])
        titles, count, totals = [str(title) for title in place["columns"]], int(place["rows"]), int(place["totals"])
        keys = tuple(str(key) for key in place.get("keys", ()))
        by_column, by_row = line[2], "".join(line[3:])
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise Broken(META_SHEET) from None
    if sheet not in sheets or (keys and len(keys) != len(titles)):
        raise Broken(sheet if sheet not in sheets else META_SHEET)
    width = len(titles)
    found = [_padded(row, width) for row in sheets[sheet][head - 1 : head + count]]
    found += [[""] * width for _ in range(count + 1 - len(found))]
    for at, (one, other) in enumerate(zip(found[0], titles, strict=True)):
        if canonical(one) != safe_text(other):
            raise Broken(f"{sheet}!{column_letters(at + 1)}{head}")
    cells = [[canonical(cell) for cell in row] for row in found[1:]]
    changed = _changed(titles, cells, by_row, by_column)
    if changed:
        row, column = changed
        raise Broken(f"{sheet}!{column_letters(column + 1)}{head + 1 + row}")
    return SealedTable(name, tuple(titles), tuple(tuple(row) for row in found[1:]), totals, keys), cells


def _changed(titles: list[str], cells: list[list[str]], by_row: str, by_column: str) -> tuple[int, int] | None:
    """Return row and column (from 0) of the first cell that is not as written."""
    rows_now, columns_now = _hashes(titles, cells)
    row_at, column_at = _first_difference(rows_now, by_row), _first_difference(columns_now, by_column)
    return None if row_at is None and column_at is None else (row_at or 0, column_at or 0)


def _padded(row: Sequence[Any], width: int) -> list[Any]:
    return [*row[:width], *([""] * (width - len(row)))]


def _first_difference(now: str, then: str) -> int | None:
    for at in range(0, max(len(now), len(then)), _HASH_LENGTH):
        if now[at : at + _HASH_LENGTH] != then[at : at + _HASH_LENGTH]:
            return at // _HASH_LENGTH
    return None
