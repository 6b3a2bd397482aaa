"""What a cell of a form accepts, says when it is selected, and shows until it is filled: validation and shading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.addresses import column_letters
from pipeline.excel.theme import LEVEL_FILL, NEED_TINT, PALE, Theme
from schemas.kinds import Entry
from schemas.rules import ERROR
from schemas.tables import ALWAYS, FIRST_DATA_ROW, LISTS_SHEET, Column, Table, WorkbookForm
from schemas.wording import ASKED_WHEN, NAMES_FROM, NEED_WORDS, STAFF_FROM, VALIDATION

ROOM = 300  # data rows that validation and shading reach


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


def add_help(
    sheet: Any,
    theme: Theme,
    form: WorkbookForm,
    table: Table,
    place: int,
    lists: Mapping[tuple[str, ...], int],
) -> None:
    column = table.columns[place]
    first, last = FIRST_DATA_ROW - 1, FIRST_DATA_ROW - 2 + ROOM
    sheet.data_validation(first, place, last, place, prompt(column, form, lists))
    letter = column_letters(place + 1)
    empty = f"LEN({letter}{FIRST_DATA_ROW})=0"
    begun = table.keys.index(table.begun_at)
    begins = f"LEN(${column_letters(begun + 1)}{FIRST_DATA_ROW})"
    if column.key in table.held_keys:  # what was typed for the teacher stands grey until he begins the row
        look = theme("fill", font_color=PALE, italic=True)
        sheet.conditional_format(
            first, place, last, place, {"type": "formula", "criteria": f"={begins}=0", "format": look}
        )
    if column.need == ALWAYS and place != begun:  # a row that is begun shows what it still lacks, in an error's colour
        lacking = f"=AND({begins}>0,{empty})"
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


def prompt(column: Column, form: WorkbookForm, lists: Mapping[tuple[str, ...], int]) -> dict[str, Any]:
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
