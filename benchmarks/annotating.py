"""Time marking a returned workbook against openpyxl's load, fill, comment and save; one line, part of `make bench`."""

from __future__ import annotations

import statistics
import time
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from pipeline.excel.annotate import annotate
from pipeline.excel.parts import Letter, ListLine, Mark
from pipeline.excel.theme import LEVEL_FILL
from pipeline.reading.pool import read_now
from schemas import letter_words as w
from schemas.rules import ERROR
from schemas.tables import RETURN_SHEET

_MARKS = [Mark("谈心记录", row, column, ERROR, "【错误】请改。") for row in range(4, 24) for column in (1, 5)]
_LINES = tuple(ListLine(("谈心记录!A4", ERROR, *[""] * 7), ERROR, (m.sheet, m.row, m.column)) for m in _MARKS)
_LETTER = Letter(RETURN_SHEET, ("退回说明",) * 5, w.COLUMNS, _LINES, w.WIDTHS, w.HIDDEN_COLUMNS)


def by_openpyxl(data: bytes) -> bytes:
    """Do the same with a library: load, fill and comment the cells, add a first sheet, save."""
    book = openpyxl.load_workbook(BytesIO(data))
    fill = PatternFill("solid", fgColor=LEVEL_FILL[ERROR].lstrip("#"))
    for mark in _MARKS:
        cell = book[mark.sheet].cell(mark.row, mark.column)
        cell.fill, cell.comment = fill, Comment(mark.text, "关爱月报")
    sheet = book.create_sheet(RETURN_SHEET, 0)
    for line in _LINES:
        sheet.append(line.cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def main(folder: Path) -> None:
    """Print milliseconds a workbook and the ratio."""
    files = [path.read_bytes() for path in sorted(folder.glob("*班.xlsx"))[:10]]
    spent: dict[str, list[float]] = {"guanai": [], "openpyxl": []}
    for data in files:
        for name, work in (("guanai", lambda d: annotate(d, _MARKS, _LETTER, read_now)), ("openpyxl", by_openpyxl)):
            start = time.perf_counter()
            work(data)
            spent[name].append(time.perf_counter() - start)
    ours, theirs = (1000 * statistics.median(spent[name]) for name in ("guanai", "openpyxl"))
    print(f"annotate        {ours:5.1f} ms, openpyxl {theirs:5.1f} ms: {theirs / ours:4.1f} x   (aim at least 5)")
