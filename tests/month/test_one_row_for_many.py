"""One row for many: what a meeting, a service or an activity says of 全体, of 全体 but some, of several (contract §2, §8.9)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from helpers.measuring import measures_of, result_of
from helpers.running import sheet
from helpers.small import NAMES, small_month
from pipeline.result import Result
from schemas import rules

DAY = date(2026, 10, 14)


def _of(title: str, said: str, **cells: Any) -> Result:
    """Return a month in which one row alone says of whom a guardians' meeting (or a service) was."""
    plain = small_month()
    rows = sheet(plain, "家校联系")
    rows[:] = [row for row in rows if row["形式"] != "监护人会"]
    sheet(plain, "关爱服务").clear()
    own = {"日期": DAY, "学生姓名": said}
    if title == "家校联系":
        own |= {"形式": "监护人会", "联系对象": "祖父母", "组织教师": "王老师"}
    else:
        own |= {"类别": "学习辅导", "经办人": "陈老师"}
    sheet(plain, title).append(own | cells)
    return result_of(plain)


def _met(result: Result) -> tuple[int, int]:
    return measures_of(result)["school", "", "监护人会率"]


def _errors(result: Result) -> list[tuple[str, str]]:
    return [(i.rule.code, i.sheet) for i in result.issues if i.rule.level == rules.ERROR]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("全体", 3),
        ("全班", 3),
        (f"全体（除 {NAMES[0]}）", 2),
        (f"全体(除{NAMES[0]}、{NAMES[1]}外)", 1),
        (f"{NAMES[0]}、{NAMES[2]}", 2),
        (f"{NAMES[0]}，{NAMES[2]}", 2),
        (NAMES[1], 1),
    ],
)
def test_a_meeting_counts_for_everybody_whom_its_row_names(said: str, count: int) -> None:
    result = _of("家校联系", said)
    assert _errors(result) == []
    assert _met(result) == (count, 3)


def test_the_row_is_one_row() -> None:
    """报送质量 counts rows of the workbook, not children."""
    alone, many = _of("家校联系", NAMES[0]), _of("家校联系", "全体")
    figures = [measures_of(result)["school", "", "报送质量"] for result in (alone, many)]
    assert figures[0] == figures[1]


def test_an_unknown_name_counts_for_nobody_and_the_others_count() -> None:
    result = _of("家校联系", f"{NAMES[0]}、周大海")
    assert _errors(result) == [(rules.UNKNOWN_IN_LIST.code, "家校联系")]
    assert _met(result) == (1, 3)


def test_nobody_counts_where_it_can_not_be_told_who_was_left_out() -> None:
    result = _of("家校联系", "全体（除 周大海）")
    assert _errors(result) == [(rules.UNKNOWN_IN_LIST.code, "家校联系")]
    assert _met(result) == (0, 3)


def test_a_visit_is_to_one_child() -> None:
    """Of the other forms a row names one child, as it always did."""
    result = _of("家校联系", "、".join(NAMES[:2]), 形式="家访")
    assert _errors(result) == [(rules.ONE_CHILD_A_ROW.code, "家校联系")]


def test_a_service_may_be_for_many() -> None:
    result = _of("关爱服务", "全体")
    assert _errors(result) == []
    assert sorted(result.merged.child_of["services"]) == sorted(result.measured.people.index)


def test_an_activity_may_leave_some_out() -> None:
    plain = small_month()
    sheet(plain, "活动记录")[0]["参加学生"] = f"全体（除 {NAMES[0]}）"
    result = result_of(plain)
    assert (_errors(result), measures_of(result)["school", "", "活动参加率"]) == ([], (2, 3))
