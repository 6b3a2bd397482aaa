"""Fill the committed templates as a teacher does, by another program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from helpers.places import TEMPLATES
from helpers.small import small_month
from plants.base import CLASS_FILE, SCHOOL_FILE


def fill_month_by_hand(folder: Path) -> None:
    """Put the clean month's two workbooks, filled by hand, into a folder."""
    for name, data in _clean_month().items():
        (folder / name).write_bytes(data)


@cache
def _clean_month() -> dict[str, bytes]:
    month = small_month()
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in (CLASS_FILE, SCHOOL_FILE)]
        fill_by_hand(paths[0], "班级月报", month["classes"][0])
        fill_by_hand(paths[1], "学校月报", month["school"])
        return {path.name: path.read_bytes() for path in paths}


def fill_by_hand(path: Path, title: str, book: Mapping[str, Any]) -> None:
    """Fill a blank template with openpyxl: labels by their neighbours, rows by sheet and header names."""
    filled = openpyxl.load_workbook(TEMPLATES / f"{title}.xlsx")
    for row in filled["填表说明"].iter_rows(max_col=1):
        if row[0].value in book.get("cover", {}):
            row[0].offset(column=1).value = book["cover"][row[0].value]
    for name, rows in book["sheets"].items():
        sheet = filled[name]
        header = next(row for row in sheet.iter_rows() if row[0].value and row[1].value)
        column = {cell.value: cell.column for cell in header}
        for number, cells in enumerate(rows, start=header[0].row + 1):
            for key, value in cells.items():
                sheet.cell(number, column[key]).value = value
    filled.save(path)
