"""Registered is settled: a confirmed 转出 settles the row that still shows the child here (contract §8.4)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.changes import CLASS, Change, share, told, two_classes
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.result import Result
from pipeline.returning.next_month import next_month
from schemas import rules

LEFT = date(2026, 10, 20)


def _says(kind: str, day: date, **cells: Any) -> Change:
    def change(plain: dict[str, Any]) -> None:
        row = {"日期": day, "学生姓名": NAMES[0], "异动类型": kind, "班级": CLASS, **cells}
        school_sheet(plain, "学籍异动").append(row)

    return change


def _shown_as(status: str) -> Change:
    def change(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0].update({"学籍状态": status, "状态日期": None})

    return change


def _both(*changes: Change) -> Change:
    def change(plain: dict[str, Any]) -> None:
        for one in changes:
            one(plain)

    return change


def _notes(result: Result) -> list[tuple[str, str]]:
    return [(i.sheet, i.cell) for i in result.issues if i.rule is rules.SETTLED_BY_MOVEMENT]


def test_the_row_that_the_template_put_back_takes_the_departure(tmp_path: Path) -> None:
    """Vanished in October, put back as 转出未落实, registered in November: he leaves N, and the next template."""
    run_month(tmp_path, month_of("2026-09"))
    october = run_month(tmp_path, month_of("2026-10", lambda plain: drop_child(plain, NAMES[0])))
    assert told(october) == ["E311"]
    confirmed = _says("转出", LEFT, 接收校确认="是")
    november = run_month(tmp_path, month_of("2026-11", _both(_shown_as("转出未落实"), confirmed)))
    assert not [issue for issue in november.issues if issue.rule.level == rules.ERROR]
    assert rules.STATUS_DIFFERS not in {issue.rule for issue in november.issues}
    assert _notes(november) == [("学生档案", "AA4")]
    assert share(november, "巩固率") == (2, 2)
    history = read_history(tmp_path / "output" / "2026-12", Month.parse("2026-12"))
    issued = next_month(history.snapshots, Month.parse("2026-12"))
    assert len([one for one in issued if one.folder == "下月模板"]) == 2
    assert NAMES[0] not in [row["name"] for row in _rows_left(history.snapshots[0])]


def _rows_left(snapshot: Any) -> list[dict[str, Any]]:
    return [row for row in snapshot.as_typed("pupils") if row["status"] == "在读"]


def test_a_row_that_still_says_here_is_settled_too(tmp_path: Path) -> None:
    result = run_month(tmp_path, month_of("2026-10", _says("转出", LEFT, 接收校确认="是")))
    assert len(_notes(result)) == 1
    assert share(result, "巩固率") == (2, 2)


def test_what_settles_nothing(tmp_path: Path) -> None:
    """Not confirmed, undone by a return, of another class, or another kind."""
    nothing = (
        _says("转出", LEFT, 接收校确认="否"),
        _both(_says("转出", LEFT, 接收校确认="是"), _says("返校", date(2026, 10, 25))),
        _says("转出", LEFT, 接收校确认="是", 班级="五年级(1)班"),
        _says("休学", LEFT),
    )
    for number, change in enumerate(nothing):
        result = run_month(tmp_path / str(number), month_of("2026-10", change))
        assert _notes(result) == []
        assert share(result, "巩固率") == (3, 3)


def test_a_row_of_the_class_that_he_has_left_for_another_is_told(tmp_path: Path) -> None:
    """Here, by his new class: it settles nothing, and nobody may miss it."""

    def moved(plain: dict[str, Any]) -> None:
        two_classes(plain)
        sheet(plain, "学生档案", 1).append(sheet(plain, "学生档案").pop(0))
        _says("转出", LEFT, 接收校确认="是")(plain)

    run_month(tmp_path, month_of("2026-09", two_classes))
    result = run_month(tmp_path, month_of("2026-10", moved))
    assert _notes(result) == []
    assert [i.typed for i in result.issues if i.rule is rules.STATUS_DIFFERS] == ["在读"]


def test_what_was_said_while_the_class_handed_nothing_in_counts(tmp_path: Path) -> None:
    run_month(tmp_path, month_of("2026-09"))
    alone = month_of("2026-10", _says("转出", LEFT, 接收校确认="是"))
    alone["classes"] = []
    run_month(tmp_path, alone)
    result = run_month(tmp_path, month_of("2026-11"))
    assert len(_notes(result)) == 1
    assert share(result, "巩固率") == (2, 2)


def test_who_has_gone_and_stands_there_again_has_come_back(tmp_path: Path) -> None:
    """He left in October; in November his row is there again, and the old row of 学籍异动 still in the workbook."""
    run_month(tmp_path, month_of("2026-09"))
    gone = _says("转出", LEFT, 接收校确认="是")
    run_month(tmp_path, month_of("2026-10", _both(lambda plain: drop_child(plain, NAMES[0]), gone)))
    result = run_month(tmp_path, month_of("2026-11", gone))
    assert _notes(result) == []
    assert share(result, "巩固率") == (3, 3)


def test_a_transfer_that_is_not_settled_needs_no_day(tmp_path: Path) -> None:
    result = run_month(tmp_path, month_of("2026-10", _shown_as("转出未落实")))
    assert [issue.rule for issue in result.issues if issue.rule.level == rules.ERROR] == []
