"""A fresh template filled with what could be read, for a workbook that can't be marked itself (.xls, .ods …)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from pipeline.excel.filling import write_form
from pipeline.excel.guard import Refused
from pipeline.model import Issue, Submission
from pipeline.reading.blocks import Block, data_block
from pipeline.reading.columns import read_sheets
from pipeline.reading.cover import cover_by_meta, read_cover, read_meta
from pipeline.reading.pool import start_reading
from pipeline.reading.sheets import form_of
from schemas.held import label_of
from schemas.tables import COVER_SHEET, FIRST_COVER_ROW, FIRST_DATA_ROW, WorkbookForm


def fresh_copy(data: bytes, submission: Submission, issues: Sequence[Issue]) -> tuple[bytes, list[Issue]] | None:
    """Return a template that holds the workbook's cover and data rows, and the issues at their new places.

    Cells are as typed, merged ones and 同上 filled; rows that were held ready wait there too. An issue of a row or
    column that the template does not hold keeps its sheet alone. None where nothing can be read.
    """
    try:
        book = start_reading(data).take()
    except Refused:
        return None
    form = form_of(book)
    if form is None:
        return None
    sheets, _ = read_sheets(submission.file, book, form)
    blocks = [data_block(sheet) for sheet in sheets]
    cover = read_cover(book, form)
    out = BytesIO()
    rows = {block.sheet.table.key: [cells for _, cells in _rows(block)] for block in blocks}
    meta = read_meta(book)
    texts = {key: cell.text for key, cell in cover.items()} or cover_by_meta(meta, form)
    held = {label: meta[label] for label in map(label_of, form.tables) if label in meta}
    write_form(out, form, cover=texts, rows=rows, meta=held)
    moves = {block.sheet.title: _Move(block) for block in blocks}
    places = {key: (cell.row, cell.column) for key, cell in cover.items()}
    return out.getvalue(), [_moved(issue, moves, places, form) for issue in issues]


def _rows(block: Block) -> list[tuple[int, dict[str, Any]]]:
    """Return number → cells of the data rows, and of those that still wait to be filled, as they stood."""
    data = (dict(zip(block.cells, cells, strict=True)) for cells in zip(*block.cells.values(), strict=True))
    places = block.sheet.columns
    waiting = (
        (number, {key: row[place] for key, place in places.items() if place < len(row)})
        for number, row in block.waiting
    )
    return sorted([*zip(block.numbers, data, strict=True), *waiting], key=lambda own: own[0])


class _Move:
    """Where the cells of one sheet went."""

    def __init__(self, block: Block) -> None:
        table = block.sheet.table
        self.title = table.title
        self._rows = {number: FIRST_DATA_ROW + index for index, (number, _) in enumerate(_rows(block))}
        self._columns = {place + 1: table.keys.index(key) + 1 for key, place in block.sheet.columns.items()}

    def __call__(self, row: int, column: int) -> tuple[int, int]:
        if row in self._rows and column in self._columns:
            return self._rows[row], self._columns[column]
        return 0, 0


def _moved(issue: Issue, moves: dict[str, _Move], cover: dict[str, tuple[int, int]], form: WorkbookForm) -> Issue:
    if issue.sheet == COVER_SHEET:
        key = next((key for key, place in cover.items() if place == (issue.row, issue.column)), "")
        keys = [column.key for column in form.cover]
        row, column = (FIRST_COVER_ROW + keys.index(key), 2) if key else (0, 0)
        return replace(issue, row=row, column=column)
    move = moves.get(issue.sheet)
    if move is None:
        return replace(issue, row=0, column=0)
    row, column = move(issue.row, issue.column)
    return replace(issue, sheet=move.title, row=row, column=column)
