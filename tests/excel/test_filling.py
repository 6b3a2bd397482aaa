"""Workbooks filled for their teachers: every value is read back as it was, in its column's look, by other programs."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from pipeline.excel.filling import write_form
from pipeline.excel.template import draw_form
from schemas.class_workbook import CLASS_WORKBOOK, PUPILS
from schemas.tables import COVER_SHEET, FIRST_COVER_ROW, FIRST_DATA_ROW, META_SHEET

VALUES = [
    "王芳",
    " 两头有空格 ",
    "换\n行",
    "<&>\"'",
    "=1+1",
    "00123",
    7,
    86.5,
    1e18,
    True,
    date(2016, 3, 1),
    date(1900, 2, 3),
]
MOMENT = datetime(2026, 10, 1, 8, 30)


def _written(**more: Any) -> bytes:
    out = BytesIO()
    write_form(out, CLASS_WORKBOOK, **more)
    return out.getvalue()


def _sheet(data: bytes, title: str = PUPILS.title) -> Any:
    return openpyxl.load_workbook(BytesIO(data))[title]


@pytest.mark.parametrize("value", [*VALUES, MOMENT], ids=repr)
def test_a_value_is_read_back_as_it_was(value: Any) -> None:
    """In a column of text, whatever the value; openpyxl and calamine see the same."""
    data = _written(rows={PUPILS.key: [{"name": value}, {"name": "李明", "birth_date": date(2016, 3, 1)}]})
    cell = _sheet(data).cell(FIRST_DATA_ROW, 1)
    found = cell.value.date() if type(value) is date else cell.value
    assert (found, type(found)) == (value, type(value))
    assert cell.number_format == ("yyyy-mm-dd" if isinstance(value, date) else "@")
    fast = (
        CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(PUPILS.title).to_python(skip_empty_area=False)
    )
    assert fast[FIRST_DATA_ROW - 1][0] == (7.0 if value == 7 else value)
    assert fast[FIRST_DATA_ROW][0] == "李明"


def test_cells_look_as_their_columns_do() -> None:
    """A row that is filled has the look of the blank one below it; the head, the notes and the checks are the drawn ones."""
    blank, filled = draw_form(CLASS_WORKBOOK), _written(rows={PUPILS.key: [{c.key: "甲" for c in PUPILS.columns}]})
    drawn, written = _sheet(blank), _sheet(filled)
    for place, column in enumerate(PUPILS.columns, start=1):
        assert written.cell(FIRST_DATA_ROW, place).value == "甲", column.title
        letter = written.cell(FIRST_DATA_ROW, place).column_letter
        dimension = drawn.column_dimensions[letter]
        if dimension.min == place:
            assert written.cell(FIRST_DATA_ROW, place).number_format == dimension.number_format
    assert str(written.data_validations.dataValidation) == str(drawn.data_validations.dataValidation)
    assert written.dimensions == f"A1:{letter}{FIRST_DATA_ROW}"


def test_the_cover_says_whose_it_is() -> None:
    """Entries stand beside their labels, particular lines above the guide, labels on the hidden sheet."""
    data = _written(cover={"grade": "三年级", "number": 2}, lines=["一句话", "长" * 120], meta={"class": "三(2)班"})
    cover = _sheet(data, COVER_SHEET)
    told = {cover.cell(row, 1).value: cover.cell(row, 2).value for row in range(FIRST_COVER_ROW, FIRST_COVER_ROW + 7)}
    assert (told["年级"], told["班级"]) == ("三年级", 2)
    row = FIRST_COVER_ROW + len(CLASS_WORKBOOK.cover) + 1
    assert [cover.cell(r, 1).value for r in (row, row + 1)] == ["一句话", "长" * 120]
    assert cover.row_dimensions[row + 1].height == pytest.approx(2 * 18)
    assert cover.cell(row + 2, 1).value == CLASS_WORKBOOK.guide[0]
    labels = {row[0].value: row[1].value for row in _sheet(data, META_SHEET).iter_rows()}
    assert labels["class"] == "三(2)班"
    assert _sheet(data, META_SHEET).sheet_state == "hidden"


def test_one_workbook_says_nothing_of_another() -> None:
    """What is kept of the drawn template is empty, and the same content gives the same bytes."""
    empty = _written()
    full = _written(cover={"school_name": "清水小学"}, rows={PUPILS.key: [{"name": "王芳"}]}, lines=["一句话"])
    assert _written() == empty
    assert _written(cover={"school_name": "清水小学"}, rows={PUPILS.key: [{"name": "王芳"}]}, lines=["一句话"]) == full
    assert _sheet(empty).max_row == FIRST_DATA_ROW - 1
