"""Read workbooks as handed in into the plain data of the oracle, and type plain data into them: by openpyxl alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from oracle.cells import AS_ISSUED
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.forms import FORMS
from schemas.held import label_of, mark_of
from schemas.tables import COVER_SHEET, FIRST_DATA_ROW, META_SHEET

COLUMNS = {table.title: [column.title for column in table.columns] for form in FORMS for table in form.tables}
LABELS = {column.title for form in FORMS for column in form.cover}


def as_handed_in(folder: Path, text: str) -> dict[str, Any]:
    """Return a month's workbooks as {"month", "school", "plan", "classes"}, the classes by their files' names."""
    plain: dict[str, Any] = {"month": text, "school": None, "plan": None, "classes": []}
    for path in sorted(folder.glob("*.xlsx")):
        book = load_workbook(path)
        sheets = {title: _rows(book[title], COLUMNS[title]) for title in COLUMNS if title in book.sheetnames}
        _mark_issued(book, sheets)
        cover = {c.value: c.offset(column=1).value for c in book[COVER_SHEET]["A"] if c.value in LABELS}
        cover |= {"班级": int(cover["班级"])} if "班级" in cover else {}
        own = {"cover": cover, "sheets": sheets}
        if "学生档案" in sheets:
            plain["classes"].append(own)
        else:
            plain["school" if "班级一览" in sheets else "plan"] = own
    return plain


def _mark_issued(book: Workbook, sheets: Mapping[str, list[dict[str, Any]]]) -> None:
    """Put `AS_ISSUED` beside the cells of each row that the workbook was issued with, cell by cell."""
    meta = {row[0]: row[1] for row in book[META_SHEET].iter_rows(max_col=2, values_only=True)}
    for table in CLASS_WORKBOOK.tables:
        marks = str(meta.get(label_of(table), "")).split()
        for row in sheets.get(table.title, ()) if marks else ():
            cells = {column.key: row[column.title] for column in table.columns}
            if mark_of(table, cells) in marks:
                row[AS_ISSUED] = True


def _rows(sheet: Worksheet, columns: Sequence[str]) -> list[dict[str, Any]]:
    rows = sheet.iter_rows(FIRST_DATA_ROW, max_col=len(columns), values_only=True)
    days = ({c: v.date() if isinstance(v, datetime) else v for c, v in zip(columns, r, strict=True)} for r in rows)
    return [row for row in days if any(value is not None for value in row.values())]


def type_into(path: Path, plain: Mapping[str, Any], target: Path) -> int:
    """Save a workbook with its sheets changed to hold `plain`; return how many cells had to be typed or emptied."""
    book, typed = load_workbook(path), 0
    for cell in book[COVER_SHEET]["A"]:
        if cell.value in LABELS & plain["cover"].keys():
            cell.offset(column=1).value = plain["cover"][cell.value]
    for title, rows in plain["sheets"].items():
        sheet = book[title]
        last = max(sheet.max_row, FIRST_DATA_ROW + len(rows) - 1)
        for place, number in enumerate(range(FIRST_DATA_ROW, last + 1)):
            row = rows[place] if place < len(rows) else {}
            for column, name in enumerate(COLUMNS[title], start=1):
                cell, value = sheet.cell(number, column), row.get(name)
                old = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                if old != value:
                    cell.value = value
                    typed += 1
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return typed
