"""Prove that a workbook that was marked still reads as before."""

from __future__ import annotations

from typing import Any

from pipeline.excel.reading import RawBook


def reads_alike(before: RawBook, after: RawBook, letter: str) -> bool:
    """Tell whether two workbooks read alike: the values, merged areas and hidden rows of every sheet but the letter."""
    return _content(before, letter) == _content(after, letter)


def _content(book: RawBook, letter: str) -> list[tuple[Any, ...]]:
    return [
        (sheet.title, _trimmed(sheet.rows), sheet.merged, sheet.hidden_rows)
        for sheet in book.sheets
        if sheet.title != letter
    ]


def _trimmed(rows: list[list[Any]]) -> dict[tuple[int, int], Any]:
    """Return (row, column) → value of the cells that hold something: a mark on an empty cell is no difference."""
    return {
        (row, column): cell
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell not in ("", None)
    }
