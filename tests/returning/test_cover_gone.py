"""A workbook without 填表说明 comes back with one, and with all that its teacher typed; renamed or moved it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.by_hand import fill_month_by_hand
from helpers.running import handed_back
from helpers.sampling import some
from pipeline.model import Month
from pipeline.result import Result
from plants.base import CLASS_FILE
from schemas import rules
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.letter_words import HOW_TO_COVERLESS
from schemas.tables import COVER_SHEET, FIRST_COVER_ROW, META_SHEET, RETURN_SHEET
from schemas.verdicts import State

MONTH = Month(2026, 10)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The clean month's folder, filled by hand."""
    folder = tmp_path / "in"
    folder.mkdir()
    fill_month_by_hand(folder)
    return folder


def _changed(path: Path, change: Callable[[Any], None]) -> None:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)


def _run(inbox: Path) -> tuple[Result, Path]:
    target = inbox.parent / "out" / str(MONTH)
    result = handed_back(inbox, MONTH, target)
    return result, target / "退回" / CLASS_FILE


def _renamed(book: Any) -> None:
    book[COVER_SHEET].title = "封面"


def _moved(book: Any) -> None:
    book.move_sheet(COVER_SHEET, 5)


def _turned_round(book: Any) -> None:
    book._sheets.reverse()


@pytest.mark.parametrize("change", [_renamed, _moved, _turned_round])
def test_a_cover_elsewhere_is_read(inbox: Path, change: Callable[[Any], None]) -> None:
    _changed(inbox / CLASS_FILE, change)
    result, returned = _run(inbox)
    assert [own.state for own in result.turnout.classes] == [State.HANDED_IN]
    assert not returned.exists()


def _deleted(book: Any) -> None:
    del book[COVER_SHEET]


def _emptied(book: Any) -> None:
    del book[COVER_SHEET]
    book.create_sheet(COVER_SHEET, 0)


@pytest.mark.parametrize("change", some([_deleted, _emptied], 2))
@pytest.mark.parametrize("is_issued", [True, False])
def test_what_has_none_comes_back_with_one(inbox: Path, change: Callable[[Any], None], *, is_issued: bool) -> None:
    """The rows are those typed; what the hidden sheet of an issued workbook knows is filled in; mended it counts."""
    rows = _rows(inbox / CLASS_FILE)
    whole = _cover(inbox / CLASS_FILE)

    def spoilt(book: Any) -> None:
        change(book)
        if is_issued:
            for label, value in {"class": "三年级(2)班", "month": str(MONTH), "school_code": "5299001234"}.items():
                book[META_SHEET].append([label, value])

    _changed(inbox / CLASS_FILE, spoilt)
    result, returned = _run(inbox)
    (told,) = [issue for issue in result.issues if issue.rule is rules.NOT_OURS]
    assert "不用重填" in told.remedy
    letter = [cell.value for row in openpyxl.load_workbook(returned)[RETURN_SHEET].iter_rows() for cell in row]
    assert HOW_TO_COVERLESS in letter
    assert _rows(returned) == rows
    known = {"年级": "三年级", "班级": "2", "报送月份": str(MONTH)} if is_issued else {}
    assert {title: text for title, text in _cover(returned).items() if title in known} == known

    def mended(book: Any) -> None:
        for row, column in enumerate(CLASS_WORKBOOK.cover, start=FIRST_COVER_ROW):
            book[COVER_SHEET].cell(row, 2).value = whole.get(column.title)

    (inbox / CLASS_FILE).write_bytes(returned.read_bytes())
    _changed(inbox / CLASS_FILE, mended)
    again, _ = _run(inbox)
    assert [own.state for own in again.turnout.classes] == [State.HANDED_IN]


def _rows(path: Path) -> dict[str, list[tuple[str, ...]]]:
    book = openpyxl.load_workbook(path)
    return {
        table.title: [
            tuple(str(cell or "") for cell in row[: len(table.columns)])
            for row in book[table.title].iter_rows(min_row=4, values_only=True)
            if any(row)
        ]
        for table in CLASS_WORKBOOK.tables
    }


def _cover(path: Path) -> dict[str, str]:
    sheet = openpyxl.load_workbook(path)[COVER_SHEET]
    found = {str(row[0]): row[1] for row in sheet.iter_rows(max_col=2, values_only=True)}
    return {title: str(value) for title, value in found.items() if value is not None}
