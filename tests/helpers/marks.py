"""The marks that tests set, the letter that goes with them, and what a marked workbook holds."""

from __future__ import annotations

from typing import Any

from pipeline.excel.parts import Letter, ListLine, Mark
from pipeline.excel.reading import read_book
from schemas import letter_words as w
from schemas.tables import RETURN_SHEET

PLACES = ("B4", "AD5", "C9")


def letter_of(marks: tuple[Mark, ...]) -> Letter:
    """Return a letter with a line a mark."""
    lines = tuple(
        ListLine((f"{m.sheet}!{place}", m.level, *[""] * 7), m.level, (m.sheet, m.row, m.column))
        for m, place in zip(marks, PLACES, strict=False)
    )
    return Letter(RETURN_SHEET, ("退回说明",), w.COLUMNS, lines, w.WIDTHS, w.HIDDEN_COLUMNS)


def values(data: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    """Return sheet → (row, column) → value, the letter aside."""
    return {
        sheet.title: {(r, c): v for r, row in enumerate(sheet.rows) for c, v in enumerate(row) if v != ""}
        for sheet in read_book(data).sheets
        if sheet.title != RETURN_SHEET
    }
