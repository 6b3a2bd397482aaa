"""A template holds a row ready for each child: the teacher types what is new and no more, and what waits is no record."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.changes import share
from helpers.running import RunMonth, month_of, run_month, sheet
from helpers.small import NAMES
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.report import report, work_out
from pipeline.result import Result
from pipeline.returning.last_month import last_month_of
from pipeline.stages.collect import collect
from schemas import rules
from schemas.class_workbook import CLASS_WORKBOOK, CONTACTS_LOG, GROWTH, TALKS
from schemas.tables import COVER_SHEET, FIRST_COVER_ROW, FIRST_DATA_ROW, LISTS_SHEET, LIVE_SHEET, Table

DAY = date(2026, 11, 12)
NEW: dict[Table, dict[str, Any]] = {
    TALKS: {"date": DAY, "topic": "生活", "content": "聊了聊最近的事"},
    CONTACTS_LOG: {"date": DAY},
    GROWTH: {"mind": "良好", "diary": "有", "progress": "有"},
}
NOBODY_TYPED: Mapping[Table, Mapping[str, Any]] = {}
FIGURES = {"谈心达标率": TALKS, "亲情联络率": CONTACTS_LOG, "成长记录率": GROWTH}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a school whose October is reported, its templates beside it."""
    base = tmp_path_factory.mktemp("school")
    run_month(base, month_of("2026-10"), whole=True)
    return base


def _november(
    issued: Path, base: Path, *filled: Table, typed: Mapping[Table, Mapping[str, Any]] = NOBODY_TYPED
) -> Result:
    """Hand November back with what is new typed into the rows that wait in some sheets; `typed`: a row below these."""
    inbox = base / "input" / "2026-11"
    shutil.copytree(issued / "output" / "2026-10" / "下月模板", inbox, ignore=shutil.ignore_patterns(".*"))
    path = next(inbox.glob("*班*.xlsx"))
    book = openpyxl.load_workbook(path)
    for table in filled:
        sheet = book[table.title]
        for row in range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(NAMES)):
            for key, value in NEW[table].items():
                sheet.cell(row, table.keys.index(key) + 1).value = value
    for table, cells in typed.items():
        titles = [column.title for column in table.columns]
        for title, value in cells.items():
            book[table.title].cell(FIRST_DATA_ROW + len(NAMES), titles.index(title) + 1).value = value
    book.save(path)
    target = issued / "output" / "2026-11"
    return work_out(collect(inbox), Month(2026, 11), history=read_history(target, Month(2026, 11)))


def test_a_count_waits_as_a_number(issued: Path) -> None:
    """The live sheet asks whether 缺勤天数 is a number from 0: a text 0 would leave every child lacking for good."""
    book = openpyxl.load_workbook(next((issued / "output" / "2026-10" / "下月模板").glob("*班*.xlsx")))
    column = GROWTH.keys.index("absent_days") + 1
    rows = range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(NAMES))
    assert [book[GROWTH.title].cell(row, column).value for row in rows] == [0] * len(NAMES)


def test_what_waits_is_no_record_and_is_said(issued: Path, tmp_path: Path) -> None:
    untouched = _november(issued, tmp_path)
    assert [len(untouched.merged.tables[table.key].values) for table in NEW] == [0, 0, 0]
    waiting = [(i.sheet, i.words["want"]) for i in untouched.issues if i.rule is rules.NOT_BEGUN]
    assert sorted(waiting) == sorted((table.title, str(len(NAMES))) for table in NEW)
    assert [share(untouched, figure)[0] for figure in FIGURES] == [0, 0, 0]


def test_what_waits_still_waits_in_a_fresh_copy(issued: Path, tmp_path: Path) -> None:
    """Without 填表说明 the workbook comes back as a fresh one: rows nobody has filled yet stand there as they were issued."""
    inbox, target = tmp_path / "input", tmp_path / "output" / "2026-11"
    shutil.copytree(issued / "output" / "2026-10" / "下月模板", inbox, ignore=shutil.ignore_patterns(".*"))
    path = next(inbox.glob("*班*.xlsx"))
    book = openpyxl.load_workbook(path)
    cover = {row[0].value: row[1].value for row in book[COVER_SHEET].iter_rows(max_col=2) if row[0].value}
    for key, value in NEW[TALKS].items():
        book[TALKS.title].cell(FIRST_DATA_ROW + 1, TALKS.keys.index(key) + 1).value = value
    before = {table.title: _rows_of(book, table) for table in NEW}
    del book[COVER_SHEET]
    book.save(path)
    report(collect(inbox), Month(2026, 11), target)
    returned = openpyxl.load_workbook(target / "退回" / path.name)
    assert {table.title: _rows_of(returned, table) for table in NEW} == before
    for row, column in enumerate(CLASS_WORKBOOK.cover, start=FIRST_COVER_ROW):
        returned[COVER_SHEET].cell(row, 2).value = cover.get(column.title)
    returned.save(path)
    again = work_out(collect(inbox), Month(2026, 11), history=read_history(target, Month(2026, 11)))
    assert [len(again.merged.tables[table.key].values) for table in NEW] == [1, 0, 0]
    assert [i.sentence for i in again.issues if i.sheet in before and i.rule.level == rules.ERROR] == []


def _rows_of(book: Any, table: Table) -> list[tuple[str, ...]]:
    rows = book[table.title].iter_rows(min_row=FIRST_DATA_ROW, max_col=len(table.columns), values_only=True)
    return [tuple(str(cell if cell is not None else "")[:10] for cell in row) for row in rows if any(row)]


@pytest.mark.parametrize("table", (TALKS, GROWTH), ids=lambda table: table.key)
def test_a_name_alone_was_typed_by_somebody(table: Table, month: dict[str, Any], run: RunMonth) -> None:
    """Less than what is held ready is no template's doing: the row is told what it lacks, and counts as a row."""
    rows = sheet(month, table.title)
    before = len(rows)
    rows.append({"学生姓名": NAMES[0]})
    result = run(month)
    assert len(result.merged.tables[table.key].values) == before + 1
    assert [i for i in result.issues if i.rule is rules.MISSING and i.sheet == table.title]


@pytest.mark.parametrize("figure", FIGURES)
def test_what_is_new_makes_a_record_of_it(figure: str, issued: Path, tmp_path: Path) -> None:
    table = FIGURES[figure]
    told = _november(issued, tmp_path, table)
    n, owed = share(told, figure)
    assert n == owed > 0
    assert [i.sentence for i in told.issues if i.sheet == table.title and i.rule.level == rules.ERROR] == []


def test_what_is_filled_into_a_copy_of_a_sheet_counts(issued: Path, tmp_path: Path) -> None:
    """The sheet itself holds what waits and no more: its copy is the one that was filled."""
    inbox = tmp_path / "input"
    shutil.copytree(issued / "output" / "2026-10" / "下月模板", inbox, ignore=shutil.ignore_patterns(".*"))
    path = next(inbox.glob("*班*.xlsx"))
    book = openpyxl.load_workbook(path)
    for table, cells in NEW.items():
        copy = book.copy_worksheet(book[table.title])
        copy.title = f"{table.title} (2)"
        for row in range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(NAMES)):
            for key, value in cells.items():
                copy.cell(row, table.keys.index(key) + 1).value = value
    book.save(path)
    history = read_history(issued / "output" / "2026-11", Month(2026, 11))
    told = work_out(collect(inbox), Month(2026, 11), history=history)
    assert [share(told, figure) for figure in FIGURES] == [(len(NAMES), len(NAMES))] * len(FIGURES)


def test_a_child_costs_fewer_than_eight_cells_a_month() -> None:
    assert sum(map(len, NEW.values())) < 8


@pytest.mark.parametrize("table", (CONTACTS_LOG, GROWTH), ids=lambda table: table.key)
def test_what_last_month_said_waits_and_is_no_record(table: Table, issued: Path) -> None:
    """Every child's row says what was typed of him last, in cells that decide no figure."""
    book = openpyxl.load_workbook(next((issued / "output" / "2026-10" / "下月模板").glob("*班*.xlsx")))
    typed = sheet(month_of("2026-10"), table.title)
    for row in range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(NAMES)):
        cells = {c.title: book[table.title].cell(row, n).value for n, c in enumerate(table.columns, start=1)}
        own = [one for one in typed if one["学生姓名"] == cells["学生姓名"]]
        for key in table.issued:
            title = table.by_key[key].title
            assert cells[title] in {one[title] for one in own}, title


@pytest.mark.parametrize("table", (CONTACTS_LOG, GROWTH), ids=lambda table: table.key)
def test_a_row_like_those_that_wait_but_typed_is_told_what_it_lacks(
    table: Table, issued: Path, tmp_path: Path, month: dict[str, Any], run: RunMonth
) -> None:
    """In a workbook that was not issued with it, and in one that was: of another child's, or with another word."""
    held = {"学生姓名": NAMES[0], "形式": "亲情电话", "联系对象": "祖父母"}
    if table is GROWTH:
        held = {"学生姓名": NAMES[0], "学习表现": "优秀", "行为习惯": "合格", "缺勤天数": 0, "个案触发": "无"}
    sheet(month, table.title).append(held)
    told = run(month)
    assert [i for i in told.issues if i.rule is rules.MISSING and i.sheet == table.title]
    november = _november(issued, tmp_path, typed={table: held})
    assert [i for i in november.issues if i.rule is rules.MISSING and i.sheet == table.title]


def test_a_new_year_holds_no_level_of_the_old_one(issued: Path) -> None:
    """Who moves up is not taken for what he was a grade below; whom he was called with stays."""
    history = read_history(issued / "output" / "2027-09", Month(2027, 9))
    snapshots = history.snapshots or history.last_year
    old, new = (last_month_of(snapshots[0], is_of_old=is_of_old) for is_of_old in (True, False))
    assert {bool(own.levels) for own in new.values()} == {True}
    assert {bool(own.levels) for own in old.values()} == {False}
    assert {child: own.with_whom for child, own in old.items()} == {child: own.with_whom for child, own in new.items()}


@pytest.mark.parametrize("key", ("date", "topic", "content"))
def test_a_row_that_is_begun_is_told_what_it_lacks(key: str, issued: Path, tmp_path: Path) -> None:
    left_out = NEW[TALKS].pop(key)
    try:
        told = _november(issued, tmp_path, TALKS)
    finally:
        NEW[TALKS][key] = left_out
    missing = [i for i in told.issues if i.rule is rules.MISSING and i.title == TALKS.by_key[key].title]
    assert len(missing) == len(NAMES)


def test_a_teacher_is_chosen_from_the_staff(issued: Path) -> None:
    path = next((issued / "output" / "2026-10" / "下月模板").glob("*班*.xlsx"))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == LIVE_SHEET
    staff = [row[0].value for row in book[LISTS_SHEET].iter_cols(max_row=1)][-1]
    assert staff
    named = {c.title for t in CLASS_WORKBOOK.tables for c in t.columns if c.kind.entry().what == "staff"}
    assert named == {"责任教师", "帮扶人", "谈心人", "组织教师", "组织人", "责任人", "经办人"}
    choices = [v for v in book[TALKS.title].data_validations.dataValidation if LISTS_SHEET in str(v.formula1)]
    at = f"{openpyxl.utils.get_column_letter(TALKS.keys.index('speaker') + 1)}{FIRST_DATA_ROW}"
    (choice,) = [v for v in choices if at in v.sqref]
    assert not choice.showErrorMessage, "an 爱心妈妈 is none of the staff"


@pytest.mark.parametrize("table", NEW, ids=lambda table: table.title)
def test_what_waits_is_not_coloured_as_begun(table: Table, issued: Path) -> None:
    """The cell that begins a row, by which the template colours what the row still lacks, is never held ready."""
    path = next((issued / "output" / "2026-10" / "下月模板").glob("*班*.xlsx"))
    sheet = openpyxl.load_workbook(path)[table.title]
    rows = range(FIRST_DATA_ROW, FIRST_DATA_ROW + len(NAMES))
    begins = table.keys.index(table.begun_at) + 1
    assert all(sheet.cell(row, table.keys.index("pupil") + 1).value for row in rows)
    assert not any(sheet.cell(row, begins).value for row in rows)
