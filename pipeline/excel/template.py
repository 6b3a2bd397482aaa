"""Draw a form's declaration as the blank workbook that people fill (`filling.py` writes into it)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.live import draw_live
from pipeline.excel.theme import LEVEL_FILL, NEED_FILL, NEED_TINT, Theme, new_workbook, set_page
from schemas.kinds import DAY_CELL, NUMBER_CELL, Entry, Kind
from schemas.rules import ERROR
from schemas.tables import (
    ALWAYS,
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
    ASKED_WHEN,
    COLOUR_LEGEND,
    DICTIONARY_HEAD,
    DICTIONARY_TITLE,
    LEGEND_TITLE,
    NAMES_FROM,
    NEED_WORDS,
    STAFF_FROM,
    VALIDATION,
)

ROOM = 300  # data rows that validation and shading reach
_HEADS = (26, 32, 34)  # points: title, guidance, column titles
_HIGH = 20  # points: a line to write on
_PAGE_WIDTH, _PAGE_HEIGHT = 104, 490  # of a landscape page unscaled, in characters and points
# Programs print as far as anything stands, and a cell with a border would be a row to those who append below the last.
_UNSEEN = {
    "width": 2, "height": 2, "line": {"none": True}, "fill": {"none": True}, "decorative": True, "object_position": 3,
}  # fmt: skip
_A4_WIDTH = 175  # characters that stay readable across one landscape page


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
    return ceil(len(line) / 52)


def staff_letter(lists: Mapping[tuple[str, ...], int]) -> str:
    """Return the column of the hidden sheet that holds the names of the staff: behind the closed lists."""
    return column_letters(len(lists) + 1)


def closed_lists(form: WorkbookForm) -> dict[tuple[str, ...], int]:
    """Return each closed list of the form with its column (from 0) on the hidden sheet."""
    found: dict[tuple[str, ...], int] = {}
    for column in [*form.cover, *(c for table in form.tables for c in table.columns)]:
        if column.kind.words:
            found.setdefault(column.kind.words, len(found))
    return found


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
    sheet.hide_gridlines(2)
    for place, width in enumerate((14, 22, 10, 40, 26)):
        sheet.set_column(place, place, width, theme("plain"))
    sheet.merge_range(0, 0, 0, 4, form.title, theme("title"))
    sheet.set_row(0, 34)
    row = FIRST_COVER_ROW - 1
    for column in form.cover:
        sheet.write_string(row, 0, column.title, theme("label"))
        sheet.write_blank(row, 1, None, theme("entry"))
        sheet.write_string(row, 3, column.hint, theme("note"))
        sheet.data_validation(row, 1, row, 1, _prompt(column, form, {}))
        sheet.set_row(row, 22)
        row += 1
    lines = [*(("", height) for height in heights), *((line, lines_high(line)) for line in form.guide)]
    row = _write_lines(sheet, theme, row + 1, lines)
    row = _write_legend(sheet, theme, row + 1)
    _write_dictionary(sheet, theme, row + 1, form)
    sheet.activate()


def _write_lines(sheet: Any, theme: Theme, row: int, lines: Iterable[tuple[str, int]]) -> int:
    for line, height in lines:
        sheet.merge_range(row, 0, row, 4, line, theme("plain_wrapped"))
        sheet.set_row(row, 18 * height)
        row += 1
    return row


def _write_legend(sheet: Any, theme: Theme, row: int) -> int:
    sheet.write_string(row, 0, LEGEND_TITLE, theme("section"))
    for need, words in COLOUR_LEGEND.items():
        row += 1
        sheet.write_string(row, 0, NEED_WORDS[need], theme("centred", bg_color=NEED_FILL[need]))
        sheet.merge_range(row, 1, row, 4, words, theme("text"))
    return row + 1


def _write_dictionary(sheet: Any, theme: Theme, row: int, form: WorkbookForm) -> None:
    """Write what each column wants, with one example a sheet read from top to bottom."""
    sheet.write_string(row, 0, DICTIONARY_TITLE, theme("section"))
    row += 1
    for place, head in enumerate(DICTIONARY_HEAD):
        sheet.write_string(row, place, head, theme("head"))
    for table in form.tables:
        for column in table.columns:
            row += 1
            cells = (table.title, column.title, NEED_WORDS[column.need], column.wanted, column.example)
            for place, text in enumerate(cells):
                role = "centred" if place == 2 else "wrapped"
                fill = {"bg_color": NEED_FILL[column.need]} if place == 2 else {}
                sheet.write_string(row, place, text, theme(role, **fill))
            sheet.set_row(row, 16 * max(1, ceil(_width(column.wanted) / 38)))


def _width(text: str) -> int:
    """Return a text's width in columns of Latin letters."""
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)


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
    spread = max(_columns_within(table, 120), 1)
    sheet.merge_range(0, 0, 0, spread, table.title, theme("title_left"))
    sheet.merge_range(1, 0, 1, spread, table.guidance, theme("note"))
    sheet.set_default_row(_HIGH)
    for row, height in enumerate(_HEADS):
        sheet.set_row(row, height)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, _cell_format(theme, column.kind))
        sheet.write_string(HEADER_ROW - 1, place, column.title, theme("head", bg_color=NEED_FILL[column.need]))
        _add_help(sheet, theme, form, table, place, lists)
    first_free = next((i for i, c in enumerate(table.columns) if c.key in ("name", "pupil")), 0)
    sheet.freeze_panes(HEADER_ROW, first_free + 1)
    pages = ceil(sum(column.width for column in table.columns) / _A4_WIDTH)
    set_page(sheet, landscape=True, repeat_rows=HEADER_ROW - 1, width_in_pages=pages)
    if pages > 1:
        sheet.repeat_columns(0, first_free)
    sheet.hide_gridlines(0)
    sheet.insert_textbox(HEADER_ROW + _ruled_rows(table, pages) - 1, last, "", _UNSEEN)
    sheet.set_header(f"&L&9{table.title}&R&9{form.title}")
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_DATA_ROW}:{column_letters(last + 1)}{ROOM + HEADER_ROW}"})


def _ruled_rows(table: Table, pages: int) -> int:
    """Return how many empty rows fill a printed page, scaled to `pages` across: they are there to write on."""
    scale = min(1, _PAGE_WIDTH * pages / sum(column.width for column in table.columns))
    return int((_PAGE_HEIGHT / scale - sum(_HEADS)) / _HIGH)


def _columns_within(table: Table, width: int) -> int:
    """Return the last column (from 0) that ends within a width."""
    total = 0.0
    for place, column in enumerate(table.columns):
        total += column.width
        if total > width:
            return place
    return len(table.columns) - 1


def _cell_format(theme: Theme, kind: Kind) -> Any:
    if kind.cell == DAY_CELL:
        return theme("plain", num_format="yyyy-mm-dd", align="center")
    if kind.cell == NUMBER_CELL:
        return theme("plain", align="right")
    return theme("plain", num_format="@")


def _add_help(
    sheet: Any,
    theme: Theme,
    form: WorkbookForm,
    table: Table,
    place: int,
    lists: Mapping[tuple[str, ...], int],
) -> None:
    column = table.columns[place]
    first, last = FIRST_DATA_ROW - 1, FIRST_DATA_ROW - 2 + ROOM
    sheet.data_validation(first, place, last, place, _prompt(column, form, lists))
    letter = column_letters(place + 1)
    empty = f"LEN({letter}{FIRST_DATA_ROW})=0"
    begun = table.keys.index(table.begun_at)
    if column.need == ALWAYS and place != begun:  # a row that is begun shows what it still lacks, in an error's colour
        lacking = f"=AND(LEN(${column_letters(begun + 1)}{FIRST_DATA_ROW})>0,{empty})"
        fill = _fill(theme, LEVEL_FILL[ERROR])
        sheet.conditional_format(first, place, last, place, {"type": "formula", "criteria": lacking, "format": fill})
    if column.need in NEED_TINT:
        fill = _fill(theme, NEED_TINT[column.need])
        sheet.conditional_format(
            first, place, last, place, {"type": "formula", "criteria": f"={empty}", "format": fill}
        )


def _fill(theme: Theme, colour: str) -> Any:
    """Return a fill alone, for a conditional format."""
    return theme("fill", bg_color=colour)


def _prompt(column: Column, form: WorkbookForm, lists: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    """Return the cell's validation: what it accepts, the hint on selecting it, and a warning in Chinese."""
    wanted = column.wanted + (ASKED_WHEN.format(because=column.because) if column.because and not column.hint else "")
    hint = {"input_title": column.title[:32], "input_message": f"{NEED_WORDS[column.need]}。{wanted}"[:255]}
    told = {
        "error_title": VALIDATION.title,
        "error_message": VALIDATION.message.format(want=column.wanted)[:255],
    }
    return {**hint, **told, "error_type": "warning", **_accepts(column, form, lists)}


def _accepts(column: Column, form: WorkbookForm, lists: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
    """Return a kind's entry in the terms of a data validation. A list that the form does not hold accepts anything."""
    entry, words = column.kind.entry(), column.kind.words
    if entry.what == "list" and words in lists:
        letter = column_letters(lists[words] + 1)
        source = f"={LISTS_SHEET}!${letter}$1:${letter}${len(words)}"
        return {"validate": "list", "source": source, "error_type": "stop"}
    if entry.what == "roster" and NAMES_FROM in {table.title for table in form.tables}:
        return _one_of(NAMES_FROM, "A", FIRST_DATA_ROW) | {"show_error": not entry.is_open}
    if entry.what == "staff":
        is_here = STAFF_FROM in {table.title for table in form.tables}
        own = _one_of(STAFF_FROM, "A", FIRST_DATA_ROW) if is_here else _one_of(LISTS_SHEET, staff_letter(lists), 1)
        return own | {"show_error": False}
    return _bounds(entry) if entry.low is not None else {"validate": "any"}


def _one_of(sheet: str, letter: str, first: int) -> dict[str, Any]:
    """Return a choice from the names in a column, as many as there are."""
    count = f"COUNTA({sheet}!${letter}${first}:${letter}${first - 1 + ROOM})"
    return {"validate": "list", "source": f"=OFFSET({sheet}!${letter}${first},0,0,MAX(1,{count}),1)"}


def _bounds(entry: Entry) -> dict[str, Any]:
    if entry.low == entry.high:
        return {"validate": entry.what, "criteria": "==", "value": entry.low}
    return {"validate": entry.what, "criteria": "between", "minimum": entry.low, "maximum": entry.high}
