"""Stage 3: turn cells as typed into typed values, telling every repair and every cell that can't be read.

Each table is built once over all files; each distinct cell of a column is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from pipeline.filled import Filled
from pipeline.model import Issue, Month, Sheet, Submission
from pipeline.reading.fence import Trouble, fenced
from pipeline.reading.not_data import Row, leave_out
from schemas import rules
from schemas.cells import CellError, as_text, as_typed
from schemas.kinds import Kind, Reading
from schemas.lines import is_same_as_above
from schemas.rules import Rule
from schemas.tables import Column, Table, WorkbookForm

_MERGE_CELLS = 20_000  # more merged cells in one sheet is decoration, not data


Memo = dict[Kind, dict[Any, Reading]]


@dataclass(frozen=True)
class Block:
    """The data rows of one sheet, as columns: key → cells as typed."""

    sheet: Sheet
    numbers: list[int]
    cells: dict[str, list[Any]]
    issues: list[Issue]
    voided: list[tuple[int, str]]


def normalise(
    submissions: Sequence[Submission], form: WorkbookForm, month: Month
) -> tuple[dict[str, Filled], list[Issue]]:
    """Return each table of the form over the submissions, typed; one row a data row, blank rows left out."""
    tables, issues = {}, []
    memo: Memo = {}
    for table in form.tables:
        sheets = [sheet for s in submissions for sheet in s.sheets if sheet.table is table]
        tables[table.key], found = _fill(table, sheets, month.last_day, memo)
        issues += found
    return tables, issues


def _fill(table: Table, sheets: Sequence[Sheet], last_day: date, memo: Memo) -> tuple[Filled, list[Issue]]:
    blocks = [data_block(sheet) for sheet in sheets]
    files = [block.sheet.file for block in blocks for _ in block.numbers]
    rows = [number for block in blocks for number in block.numbers]
    raw = {key: [cell for block in blocks for cell in block.cells[key]] for key in table.keys}
    values: dict[str, Any] = {"file": pd.Series(files, dtype="int64"), "row": pd.Series(rows, dtype="int64")}
    faulty: dict[str, Any] = {}
    told: list[tuple[int, str, Rule, str]] = []
    voided = _voided(blocks)
    for column in table.columns:
        keys = _distinct_keys(raw[column.key])
        said = _read_distinct(column, keys, raw[column.key], last_day, memo)
        value_of = {key: reading.value for key, reading in said.items()}
        cells = [value_of[key] for key in keys]
        unreadable = {key for key, reading in said.items() if reading.fault is not None}
        bad = [key in unreadable for key in keys] if unreadable else [False] * len(keys)
        for index in voided.get(column.key, ()):
            cells[index], bad[index] = None, True
        values[column.key] = pd.Series(cells, dtype=column.kind.dtype)
        faulty[column.key] = bad
        told += _tell(column, keys, said, set(voided.get(column.key, ())))
    frame = pd.DataFrame(values)
    filled = Filled(
        table,
        frame,
        pd.DataFrame(faulty, index=frame.index, columns=list(table.keys), dtype=bool),
        raw,
        {block.sheet.file: block.sheet.columns for block in blocks},
        {block.sheet.file: block.sheet.title for block in blocks},
    )
    issues = [filled.issue(index, key, rule, **({"want": want} if want else {})) for index, key, rule, want in told]
    return filled, [issue for block in blocks for issue in block.issues] + issues


def _voided(blocks: Iterable[Block]) -> dict[str, list[int]]:
    """Return key → rows (over all blocks) whose cell was merged across columns."""
    start = 0
    voided: dict[str, list[int]] = {}
    for block in blocks:
        for index, key in block.voided:
            voided.setdefault(key, []).append(start + index)
        start += len(block.numbers)
    return voided


def _distinct_keys(cells: Sequence[Any]) -> Sequence[Any]:
    """Return a key a cell, equal for cells that read alike (1, 1.0 and True are equal, but don't)."""
    return cells if set(map(type, cells)) <= {str} else [c if type(c) is str else (type(c), c) for c in cells]


def _read_distinct(
    column: Column, keys: Sequence[Any], cells: Sequence[Any], last_day: date, memo: Memo
) -> dict[Any, Reading]:
    """Return key → reading; a kind reads each distinct cell once, in whatever column it stands."""
    known = memo.setdefault(column.kind, {})
    distinct = dict(zip(keys, cells, strict=True))
    for key, cell in distinct.items():
        if key not in known:
            reading = fenced(partial(column.kind.read, cell, last_day))  # one cell's surprise is that cell's error
            known[key] = Reading(fault=rules.UNSURE) if isinstance(reading, Trouble) else reading
    return {key: known[key] for key in distinct}


def _tell(
    column: Column, keys: Sequence[Any], said: Mapping[Any, Reading], voided: set[int]
) -> list[tuple[int, str, Rule, str]]:
    """Return (row, key, rule, what it was read as) of every reading that has something to say."""
    loud = {key: found for key, reading in said.items() if (found := _loud(column, key, reading))}
    if not loud:
        return []
    rows = [(i, key) for i, key in enumerate(keys) if key in loud and i not in voided]
    return [(i, column.key, rule, want) for i, key in rows for rule, want in loud[key]]


def _loud(column: Column, key: Any, reading: Reading) -> list[tuple[Rule, str]]:
    """Return what a reading has to say: its rule, and beside a warning that the text was changed as well."""
    rule = reading.fault or reading.note
    if rule is None:
        return []
    value = reading.value
    is_changed = isinstance(value, str) and isinstance(key, str) and value != key
    told = [] if rule is rules.REPAIRED else [(rule, "")]
    if rule is rules.REPAIRED or is_changed:
        told.append((rules.REPAIRED, column.kind.masked(as_text(value))))
    return told


# --- the rows of one sheet -------------------------------------------------------------------------------------


def data_block(sheet: Sheet) -> Block:
    """Return the data rows of a sheet: merged cells and 同上 filled, what is no data left out."""
    data, notes = leave_out(sheet)
    kept, issues, voided = _unmerged(sheet, data)
    issues += notes
    numbers = [number for number, _ in kept]
    width = max((len(row) for _, row in kept), default=0)
    columns = list(zip(*(row for _, row in kept), strict=True)) if kept else []
    blank = [""] * len(kept)
    cells = {}
    for key in sheet.table.keys:
        place = sheet.columns.get(key)
        cells[key] = list(columns[place]) if place is not None and place < width else list(blank)
    issues += _fill_same_as_above(sheet, numbers, cells)
    issues += _struck_out(sheet, numbers, cells)
    at = {number: index for index, number in enumerate(numbers)}
    return Block(sheet, numbers, cells, issues, [(at[number], key) for number, key in voided if number in at])


def _unmerged(sheet: Sheet, data: list[Row]) -> tuple[list[Row], list[Issue], list[tuple[int, str]]]:
    """Return the data rows with merged cells filled down; cells merged across columns are emptied and told."""
    areas = [area for area in sheet.merged if (area[2] - area[0] + 1) * (area[3] - area[1] + 1) <= _MERGE_CELLS]
    if not areas:
        return data, [], []
    keys = {place: key for key, place in sheet.columns.items()}
    rows = {number: list(cells) for number, cells in data}
    issues: list[Issue] = []
    voided: list[tuple[int, str]] = []
    for top, left, bottom, right in areas:
        covered = [place for place in range(left, right + 1) if place in keys]
        numbers = [number for number in range(top + 1, bottom + 2) if number in rows]
        if len(covered) > 1 and numbers:
            issues.append(_merged_issue(sheet, numbers[0], covered[0], rules.MERGED_ACROSS, ""))
            for number in numbers:
                voided += [(number, keys[place]) for place in covered]
        elif covered and len(numbers) > 1:
            place = covered[0]
            value = rows[numbers[0]][place] if place < len(rows[numbers[0]]) else ""
            for number in numbers[1:]:
                rows[number] = _put(rows[number], place, value)
                issues.append(_merged_issue(sheet, number, place, rules.MERGED_DOWN, as_text(value)))
    return list(rows.items()), issues, voided


def _put(row: list[Any], place: int, value: Any) -> list[Any]:
    padded = row + [""] * (place + 1 - len(row))
    return [*padded[:place], value, *padded[place + 1 :]]


def _merged_issue(sheet: Sheet, number: int, place: int, rule: Rule, value: str) -> Issue:
    key = next(key for key, position in sheet.columns.items() if position == place)
    column = sheet.table.by_key[key]
    words: Mapping[str, Any] = {"want": column.kind.masked(value)}
    return Issue(sheet.file, rule, sheet.title, number, place + 1, column.title, "", words)


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and not isinstance(cell, CellError)


def _fill_same_as_above(sheet: Sheet, numbers: Sequence[int], cells: dict[str, list[Any]]) -> list[Issue]:
    """Replace 同上 in place by the cell above (in this block's own lists) and tell it."""
    issues = []
    for key, column in cells.items():
        alike = {cell for cell in set(filter(_is_text, column)) if is_same_as_above(cell)}
        if not alike:
            continue
        marked = [i for i, cell in enumerate(column) if _is_text(cell) and cell in alike]
        declared = sheet.table.by_key[key]
        for index in marked:
            typed, column[index] = column[index], column[index - 1] if index else ""
            words = {"want": declared.kind.masked(as_text(column[index]))}
            issues.append(
                Issue(
                    sheet.file,
                    rules.FILLED_DOWN if column[index] != "" else rules.NOTHING_ABOVE,
                    sheet.title,
                    numbers[index],
                    sheet.columns[key] + 1,
                    declared.title,
                    typed,
                    words,
                )
            )
    return issues


def _struck_out(sheet: Sheet, numbers: Sequence[int], cells: Mapping[str, list[Any]]) -> list[Issue]:
    """Return a warning for each cell whose text is struck out: it counts all the same."""
    if not sheet.struck:
        return []
    found = []
    for key, column in cells.items():
        place, declared = sheet.columns.get(key), sheet.table.by_key[key]
        for number, cell in zip(numbers, column, strict=True):
            if place is not None and (number - 1, place) in sheet.struck:
                typed = declared.kind.masked(as_typed(cell))
                found.append(Issue(sheet.file, rules.STRUCK_OUT, sheet.title, number, place + 1, declared.title, typed))
    return found
