"""Stage 3: turn cells as typed into typed values, telling every repair and every cell that can't be read.

Each table is built once over all files; each distinct cell of a column is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from pipeline.filled import Filled
from pipeline.model import Issue, Month, Sheet, Submission
from pipeline.reading.blocks import Block, data_block
from pipeline.reading.fence import Trouble, fenced
from pipeline.reading.remembering import MEMORY
from schemas import frames, rules
from schemas.cells import as_text
from schemas.kinds import Kind, Reading
from schemas.rules import Rule
from schemas.tables import Column, Table, WorkbookForm

Memo = dict[Kind, dict[Any, Reading]]


def normalise(
    submissions: Sequence[Submission], form: WorkbookForm, month: Month
) -> tuple[dict[str, Filled], list[Issue]]:
    """Return each table of the form over the submissions, typed; one row a data row, blank rows left out."""
    tables, issues = {}, []
    memo: Memo = MEMORY.readings(month)
    for table in form.tables:
        sheets = [sheet for s in submissions for sheet in s.sheets if sheet.table is table]
        tables[table.key], found = _fill(table, sheets, month.last_day, memo)
        issues += found
    return tables, issues


def _fill(table: Table, sheets: Sequence[Sheet], last_day: date, memo: Memo) -> tuple[Filled, list[Issue]]:
    blocks = [data_block(sheet) for sheet in sheets]
    if not any(block.numbers for block in blocks):
        return _blank(table, blocks), [issue for block in blocks for issue in block.issues]
    files = [block.sheet.file for block in blocks for _ in block.numbers]
    rows = [number for block in blocks for number in block.numbers]
    raw = {key: [cell for block in blocks for cell in block.cells[key]] for key in table.keys}
    values: dict[str, Any] = {"file": np.array(files, dtype="int64"), "row": np.array(rows, dtype="int64")}
    faulty = np.zeros((len(rows), len(table.columns)), dtype=bool)
    told: list[tuple[int, str, Rule, str]] = []
    voided = _voided(blocks)
    for place, column in enumerate(table.columns):
        keys = _distinct_keys(raw[column.key])
        said = _read_distinct(column, keys, raw[column.key], last_day, memo)
        value_of = {key: reading.value for key, reading in said.items()}
        cells = [value_of[key] for key in keys]
        unreadable = {key for key, reading in said.items() if reading.fault is not None}
        if unreadable:
            faulty[:, place] = [key in unreadable for key in keys]
        for index in voided.get(column.key, ()):
            cells[index], faulty[index, place] = None, True
        values[column.key] = pd.array(cells, dtype=column.kind.dtype)
        told += _tell(column, keys, said, set(voided.get(column.key, ())))
    frame = pd.DataFrame(values)
    filled = Filled(
        table,
        frame,
        pd.DataFrame(faulty, index=frame.index, columns=list(table.keys)),
        raw,
        *_where(blocks),
    )
    issues = [filled.issue(index, key, rule, **_repaired(table, key, read)) for index, key, rule, read in told]
    return filled, [issue for block in blocks for issue in block.issues] + issues


def _blank(table: Table, blocks: Sequence[Block]) -> Filled:
    """Return a table that nobody filled: most of a small month's."""
    values = frames.filled_table(table).empty()
    faulty = pd.DataFrame(np.zeros((0, len(table.columns)), dtype=bool), index=values.index, columns=list(table.keys))
    return Filled(table, values, faulty, {key: [] for key in table.keys}, *_where(blocks))


def _where(blocks: Iterable[Block]) -> tuple[dict[int, Mapping[str, int]], dict[int, str]]:
    """Return file → its columns, and file → its sheet's title."""
    sheets = [block.sheet for block in blocks]
    return {sheet.file: sheet.columns for sheet in sheets}, {sheet.file: sheet.title for sheet in sheets}


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
    new = {key: cell for key, cell in distinct.items() if key not in known}
    if new:
        read = fenced(lambda: {key: column.kind.read(cell, last_day) for key, cell in new.items()})
        known |= {k: _read_alone(column, c, last_day) for k, c in new.items()} if isinstance(read, Trouble) else read
    return {key: known[key] for key in distinct}


def _read_alone(column: Column, cell: Any, last_day: date) -> Reading:
    """Return the reading of a cell of a column in which one surprises: that is that cell's error."""
    read = fenced(partial(column.kind.read, cell, last_day))
    return Reading(fault=rules.UNSURE) if isinstance(read, Trouble) else read


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
        told.append((rules.REPAIRED, as_text(value)))
    return told


def _repaired(table: Table, key: str, value: str) -> dict[str, Any]:
    """Return what a sentence quotes of a value as it was read: masked, and as its teacher may see it."""
    return {} if not value else {"want": table.by_key[key].kind.masked(value), "own": {"want": value}}
