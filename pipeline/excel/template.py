"""Draw a form's declaration as the blank workbook that people fill (`filling.py` writes into it)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.entering import ROOM, add_help, closed_lists, prompt
from pipeline.excel.form_paper import MARGINS_TO_WRITE, FormPaper
from pipeline.excel.live import draw_live
from pipeline.excel.pen import columns_wide
from pipeline.excel.theme import NEED_FILL, UNSHRUNK, Theme, new_workbook, set_page
from schemas.kinds import DAY_CELL, NUMBER_CELL, Kind
from schemas.tables import (
    COVER_SHEET,
    FIRST_COVER_ROW,
    FIRST_DATA_ROW,
    HEADER_ROW,
    LISTS_SHEET,
    META_SHEET,
    SO_FAR_SHEET,
    Column,
    Table,
    WorkbookForm,
)
from schemas.wording import (
    ALL_TABLES,
    AND,
    COLOUR_LEGEND,
    DICTIONARY_HEAD,
    DICTIONARY_TITLE,
    NEED_WORDS,
)

_HEADS = (26, 34, 34)  # points: title, guidance, column titles
_HIGH = 20  # points: a line to write on
_SCREEN = 120  # characters across that most screens show
_COVER_WIDTHS = (15, 17, 11, 58, 25)
_COVER_PAGES = 2
_FEW = 2  # sheets that are named where they have a column alike
_LINE, _NEXT_LINE = 14.25, 13  # points of a line of the dictionary, and of each further one
# Programs print as far as anything stands, and a cell with a border would be a row to those who append below the last.
_UNSEEN = {
    "width": 2, "height": 2, "line": {"none": True}, "fill": {"none": True}, "decorative": True, "object_position": 3,
}  # fmt: skip


def draw_form(form: WorkbookForm, heights: Sequence[int] = ()) -> bytes:
    """Return a form's blank workbook. `heights`: of each line to come above the guide, in lines of text.

    The cells of entries and of those lines, and the hidden sheet of labels, are empty.
    """
    content = BytesIO()
    book, theme = new_workbook(content, form.title)
    lists = closed_lists(form)
    _write_cover(book, theme, form, heights)
    for table in form.tables:
        _write_table(book, theme, form, table, lists)
    _write_lists(book, lists)
    book.add_worksheet(META_SHEET).hide()
    if form.is_live:
        book.add_worksheet(SO_FAR_SHEET).hide()
        draw_live(book, theme)  # `moved` to the front later: the parts of the others keep their numbers
    book.close()
    return content.getvalue()


def lines_high(line: str) -> int:
    """Return how many lines of text a sentence takes across the cover."""
    return ceil(len(line) / 60)


def _write_lists(book: Any, lists: Mapping[tuple[str, ...], int]) -> None:
    sheet = book.add_worksheet(LISTS_SHEET)
    for words, place in lists.items():
        for row, word in enumerate(words):
            sheet.write_string(row, place, word)
    sheet.hide()


# --- 填表说明 ---------------------------------------------------------------------------------------------------


def _write_cover(book: Any, theme: Theme, form: WorkbookForm, heights: Sequence[int]) -> None:
    sheet = book.add_worksheet(COVER_SHEET)
    set_page(sheet, landscape=False, repeat_rows=None)
    sheet.set_margins(left=0.3, right=0.3, top=0.35, bottom=0.45)
    sheet.fit_to_pages(1, _COVER_PAGES)
    sheet.hide_gridlines(2)
    for place, width in enumerate(_COVER_WIDTHS):
        sheet.set_column(place, place, width, theme("plain"))
    sheet.merge_range(0, 0, 0, 4, form.title, theme("title"))
    sheet.set_row(0, 34)
    row = FIRST_COVER_ROW - 1
    for column in form.cover:
        sheet.write_string(row, 0, column.title, theme("label"))
        sheet.write_blank(row, 1, None, theme("entry"))
        sheet.write_string(row, 3, column.hint, theme("remark"))
        sheet.data_validation(row, 1, row, 1, prompt(column, form, {}))
        sheet.set_row(row, 22)
        row += 1
    lines = [*(("", height) for height in heights), *((line, lines_high(line)) for line in form.guide)]
    _write_legend(sheet, theme)
    row = _write_lines(sheet, theme, max(row, FIRST_COVER_ROW - 2 + len(COLOUR_LEGEND)) + 1, lines)
    _write_dictionary(sheet, theme, row + 1, form)
    sheet.activate()


def _write_lines(sheet: Any, theme: Theme, row: int, lines: Iterable[tuple[str, int]]) -> int:
    for line, height in lines:
        sheet.merge_range(row, 0, row, 4, line, theme("plain_wrapped"))
        sheet.set_row(row, 18 * height)
        row += 1
    return row


def _write_legend(sheet: Any, theme: Theme) -> None:
    """Write what the colours mean, on the right of the entries."""
    for row, (need, words) in enumerate(COLOUR_LEGEND.items(), start=FIRST_COVER_ROW - 1):
        sheet.write_string(row, 4, words, theme("text", bg_color=NEED_FILL[need]))


def _write_dictionary(sheet: Any, theme: Theme, row: int, form: WorkbookForm) -> None:
    """Write what each column wants, with one example a sheet read from top to bottom."""
    sheet.write_string(row, 0, DICTIONARY_TITLE, theme("section"))
    row += 1
    for place, head in enumerate(DICTIONARY_HEAD):
        sheet.write_string(row, place, head, theme("head"))
    for where, column in _told_once(form):
        row += 1
        cells = (where, column.title, NEED_WORDS[column.need], column.wanted, column.example)
        for place, text in enumerate(cells):
            role = "centred" if place == 2 else "wrapped"
            fill = {"bg_color": NEED_FILL[column.need]} if place == 2 else {}
            sheet.write_string(row, place, text, theme(role, **fill))
        sheet.set_row(row, _LINE + _NEXT_LINE * (_lines_in(cells) - 1))


def _told_once(form: WorkbookForm) -> Iterator[tuple[str, Column]]:
    """Yield each column with the sheets that have it: those of several sheets first."""
    found: dict[Column, list[str]] = {}
    for table in form.tables:
        for column in table.columns:
            found.setdefault(column, []).append(table.title)
    for column, titles in sorted(found.items(), key=lambda own: len(own[1]) == 1):
        yield (ALL_TABLES if len(titles) > _FEW else AND.join(titles)), column


def _lines_in(cells: Sequence[str]) -> int:
    return max(ceil(columns_wide(text) / (width - 1)) for text, width in zip(cells, _COVER_WIDTHS, strict=True)) or 1


# --- data sheets -----------------------------------------------------------------------------------------------


def _write_table(
    book: Any,
    theme: Theme,
    form: WorkbookForm,
    table: Table,
    lists: Mapping[tuple[str, ...], int],
) -> None:
    sheet = book.add_worksheet(table.title)
    last = len(table.columns) - 1
    first_free = next((i for i, c in enumerate(table.columns) if c.key in ("name", "pupil")), 0)
    widths = [column.width for column in table.columns]
    paper = FormPaper.of(widths, first_free + 1)
    _write_top(sheet, theme, table, paper, first_free + 1 if paper.across > 1 else 0)
    sheet.set_default_row(_HIGH)
    for row, height in enumerate(_HEADS):
        sheet.set_row(row, height)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, _cell_format(theme, column.kind))
        sheet.write_string(HEADER_ROW - 1, place, column.title, theme("head", bg_color=NEED_FILL[column.need]))
        add_help(sheet, theme, form, table, place, lists)
    sheet.freeze_panes(HEADER_ROW, first_free + 1)
    set_page(sheet, landscape=paper.is_landscape, repeat_rows=HEADER_ROW - 1, width_in_pages=paper.across)
    sheet.set_margins(**MARGINS_TO_WRITE)
    if paper.across > 1:
        sheet.repeat_columns(0, first_free)
    sheet.hide_gridlines(0)
    sheet.insert_textbox(HEADER_ROW + paper.rows(sum(_HEADS), _HIGH) - 1, last, "", _UNSEEN)
    sheet.set_header(f"&L&9{table.title}&R&9{form.title}", UNSHRUNK)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_DATA_ROW}:{column_letters(last + 1)}{ROOM + HEADER_ROW}"})


def _write_top(sheet: Any, theme: Theme, table: Table, paper: FormPaper, first: int) -> None:
    """Write title and guidance. `first`: the column behind those that stand on each page, where there are several.

    What stands in those would be printed again on each, cut off.
    """
    end = first + 1
    while end + 1 < paper.first_after and sum(column.width for column in table.columns[: end + 2]) <= _SCREEN:
        end += 1
    if first:
        sheet.write_string(0, 0, table.title, theme("title_left"))
    else:
        sheet.merge_range(0, 0, 0, end, table.title, theme("title_left"))
    sheet.merge_range(1, first, 1, end, table.guidance, theme("remark"))


def _cell_format(theme: Theme, kind: Kind) -> Any:
    """Return the look of a column's cells. A day or number that a font makes too wide shrinks, and is not cut."""
    if kind.cell == DAY_CELL:
        return theme("plain", num_format="yyyy-mm-dd", align="center", shrink=True)
    if kind.cell == NUMBER_CELL:
        return theme("plain", align="right")
    return theme("plain", num_format="@", shrink=kind.is_personal_number)
