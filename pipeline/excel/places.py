"""Where the texts of a workbook of our own stand: for saying where something is, not for reading what was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from python_calamine import CalamineWorkbook

from pipeline.addresses import address


def texts_of(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield (sheet, cell, text) of every cell of a workbook that holds a text."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for title in book.sheet_names:
        for row, cells in enumerate(book.get_sheet_by_name(title).to_python(skip_empty_area=False), start=1):
            for column, cell in enumerate(cells, start=1):
                if isinstance(cell, str) and cell:
                    yield title, address((row, column)), cell
