"""Changes of a month after the first, and what is told and counted then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from helpers.measuring import measures_of
from helpers.running import drop_child, school_sheet, sheet
from helpers.small import NAMES, pupil
from pipeline.result import Result
from schemas.defects import OVER_MONTHS

Change = Callable[[dict[str, Any]], None]
CLASS = "三年级(2)班"
TOLD = {rule.code for defect in OVER_MONTHS.defects for rule in defect.rules}


def in_grade(grade: str, number: int = 2, change: Change = lambda plain: None) -> Change:
    """Return the change that makes the small class another one."""

    def work(plain: dict[str, Any]) -> None:
        plain["classes"][0]["cover"].update({"年级": grade, "班级": number})
        school_sheet(plain, "班级一览")[0].update({"年级": grade, "班级": number})
        for row in sheet(plain, "学生档案"):
            row["建档日期"] = date(2025, 9, 3)
        change(plain)

    return work


def told(result: Result) -> list[str]:
    """Return the codes of the errors and warnings that speak of earlier months."""
    return sorted(issue.rule.code for issue in result.issues if issue.rule.code in TOLD)


def share(result: Result, figure: str) -> tuple[int, int]:
    return measures_of(result)["school", "", figure]


def without(name: str = NAMES[0]) -> Change:
    return lambda plain: drop_child(plain, name)


def moved(kind: str, day: date, **cells: Any) -> Change:
    """Return the change that drops the first child and says so in 学籍异动."""

    def change(plain: dict[str, Any]) -> None:
        drop_child(plain, NAMES[0])
        row = {"日期": day, "学生姓名": NAMES[0], "异动类型": kind, "班级": CLASS, **cells}
        school_sheet(plain, "学籍异动").append(row)

    return change


def two_classes(plain: dict[str, Any]) -> None:
    """Add a second class with one child."""
    other = {
        "cover": {**plain["classes"][0]["cover"], "班级": 3, "班主任": "陈老师"},
        "sheets": {"学生档案": [pupil("周小溪", 9)]},
    }
    plain["classes"].append(other)
    school_sheet(plain, "班级一览").append({"年级": "三年级", "班级": 3, "班主任": "陈老师", "学生总数": 30})


def tick(plain: dict[str, Any]) -> None:
    """Say 本月名册无变化 and hand in no roster, cards or pairings."""
    plain["classes"][0]["cover"]["本月名册无变化"] = "是"
    for title in ("学生档案", "联系卡", "结对帮扶"):
        sheet(plain, title).clear()
