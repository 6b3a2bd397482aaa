"""The sheet 本班还差什么 as LibreOffice works it out, and what the report says of the same children."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from pipeline.publishing.class_page import class_pages
from pipeline.result import Result
from schemas.class_names import class_text
from schemas.class_page import FILE_NAME, MARKS
from schemas.tables import LIVE_SHEET

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
FIRST_CHILD_ROW = 5
Marks = dict[str, str]  # the key of a thing that is owed -> √, 差 or —


def recalculated(paths: Sequence[Path], base: Path) -> dict[str, list[tuple[str, Marks]]]:
    """Return the name of each workbook -> its children in order, each with his marks."""
    command = ["soffice", f"-env:UserInstallation=file://{base}/profile", "--headless", "--convert-to", "xlsx"]
    named = [*command, "--outdir", str(base / "office"), *map(str, paths)]
    subprocess.run(named, check=True, capture_output=True, timeout=180 + 5 * len(paths))
    return {path.name: _children(base / "office" / path.name) for path in paths}


def _children(path: Path) -> list[tuple[str, Marks]]:
    sheet = openpyxl.load_workbook(path, data_only=True)[LIVE_SHEET]
    rows = sheet.iter_rows(min_row=FIRST_CHILD_ROW, max_col=len(MARKS) + 1, values_only=True)
    return [
        (str(row[0]), {mark.key: str(cell)[:1] for mark, cell in zip(MARKS, row[1:], strict=True)})
        for row in rows
        if row[0]
    ]


def reported(result: Result) -> dict[str, list[tuple[str, Marks]]]:
    """Return the class of each page (三年级(2)班) -> its children in order, each with his marks."""
    found = {}
    pages = class_pages(result)
    for c in result.turnout.classes:
        book = pages.get(FILE_NAME.format(class_name=class_text(c.place)))
        if book is None:
            continue
        (page,) = book.pages
        block = page.blocks[0]  # type: ignore[union-attr]
        found[class_text(c.place)] = [
            (str(block.cell(row, "name")), {m.key: str(block.cell(row, m.key))[:1] for m in MARKS})
            for row in range(len(block.rows) - block.total_count)
        ]
    return found
