"""Write the cover of a workbook: title, facts, a short table, lines to be signed."""

from __future__ import annotations

from pipeline.excel.pen import Pen
from pipeline.excel.theme import safe_text, set_page
from pipeline.publishing.book import Cover

_WIDTHS = (4, 20, 16, 16, 16, 4)


def write_cover(pen: Pen, cover: Cover, stamp: str) -> None:
    """Write a cover on an empty sheet."""
    sheet, theme = pen.sheet, pen.theme
    set_page(sheet, landscape=False, repeat_rows=None)
    sheet.hide_gridlines(2)
    sheet.center_horizontally()
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width, theme("plain"))
    sheet.merge_range(2, 0, 2, 5, stamp, theme("stamp"))
    sheet.merge_range(4, 0, 5, 5, cover.title, theme("cover_title"))
    row = 8
    for label, value in cover.facts:
        sheet.write_string(row, 1, label, theme("cover_label"))
        sheet.merge_range(row, 2, row, 4, safe_text(value), theme("cover_line"))
        sheet.set_row(row, 28)
        row += 1
    row = _write_highlights(pen, cover, row + 1) + 2
    for label in cover.signatures:
        row += 1
        sheet.write_string(row, 1, label, theme("cover_label"))
        sheet.merge_range(row, 2, row, 4, "", theme("cover_line"))
        sheet.set_row(row, 30)


def _write_highlights(pen: Pen, cover: Cover, row: int) -> int:
    """Write the short table and return its last row."""
    columns = cover.highlights.columns
    pen.sheet.set_row(row, 24)
    for place, column in enumerate(columns, start=1):
        pen.sheet.write_string(row, place, column.title, pen.theme("head"))
    for cells in cover.highlights.rows:
        row += 1
        pen.sheet.set_row(row, 24)
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
            pen.write(row, place, cell, pen.look(cell, column.role))
    return row
