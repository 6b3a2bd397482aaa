"""What follows from one thing missing is told once: a class that is late, a roster that is empty."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.changes import two_classes
from helpers.running import month_of, run_month, school_sheet, sheet
from helpers.small import NAMES
from pipeline.result import Result


def told(result: Result) -> set[str]:
    return {issue.rule.code for issue in result.issues}


def _held_by_name(plain: dict[str, Any], *names: str) -> None:
    row = {"日期": date(2026, 10, 12), "活动类型": "演讲比赛", "活动名称": "十月演讲", "组织人": "王老师"}
    school_sheet(plain, "学校活动").append(
        {**row, "参加学生": "见参加对象", "参加范围": "名单", "参加对象": "、".join(names)}
    )


def test_children_of_a_late_class_are_known_to_the_schools_lists(tmp_path: Path) -> None:
    """三年级(2)班 is late: its children in 学校活动 are no error, by last month's snapshot, and nobody counts."""

    def late(plain: dict[str, Any]) -> None:
        two_classes(plain)
        _held_by_name(plain, NAMES[0])
        plain["classes"] = plain["classes"][1:]

    run_month(tmp_path, month_of("2026-09", two_classes))
    result = run_month(tmp_path, month_of("2026-10", late))
    assert "E308" not in told(result)
    known = {row["name"] for row in result.merged.tables["pupils"].values.to_dict("records")}
    assert NAMES[0] not in known
    assert set(result.merged.own_attendance.who["child"]) <= set(result.merged.children.index)


def test_without_an_earlier_month_a_name_nobody_has_is_an_error(tmp_path: Path) -> None:
    def late(plain: dict[str, Any]) -> None:
        two_classes(plain)
        _held_by_name(plain, NAMES[0])
        plain["classes"] = plain["classes"][1:]

    assert "E308" in told(run_month(tmp_path, month_of("2026-10", late)))


@pytest.mark.parametrize("is_known", [False, True])
def test_an_empty_roster_is_told_once_a_sheet(is_known: bool, tmp_path: Path) -> None:
    """Three talks of a workbook without 学生档案 are one problem of that sheet; none of its rows counts.

    Whether an earlier month knows the class or not: its teacher has to be told.
    """

    def forgot(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案").clear()

    if is_known:
        run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", forgot))
    assert told(result) == {"E301"}
    sheets = [issue.sheet for issue in result.issues]
    assert len(sheets) == len(set(sheets))
    assert any("3 行" in issue.sentence for issue in result.issues if issue.sheet == "谈心记录")
    assert result.merged.tables["talks"].faulty["pupil"].all()
