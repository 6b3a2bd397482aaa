"""Two workbooks that bear one class and hold the children of two replace nobody (contract §8.11)."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

from helpers.measuring import measures_of
from helpers.running import month_of, run_month, school_sheet
from helpers.small import pupil
from pipeline.result import Result
from schemas import rules

OTHERS = ("冯小芽", "卫小坡", "韩小岭")


def _second_class(plain: dict[str, Any], number: int) -> None:
    """Add a class of other children that says it is class `number`; it is 三年级(3)班 of 陈老师."""
    other = copy.deepcopy(plain["classes"][0])
    other["cover"] |= {"班级": number, "班主任": "陈老师"}
    other["sheets"] = {"学生档案": [pupil(name, serial) for serial, name in enumerate(OTHERS, start=11)]}
    for row in other["sheets"]["学生档案"]:
        row["建档日期"] = date(2026, 9, 3)
    plain["classes"].append(other)
    row = {"年级": "三年级", "班级": 3, "班主任": "陈老师", "学生总数": 30, "留守儿童数": 3}
    school_sheet(plain, "班级一览").append(row)


def _apart(result: Result) -> list[str]:
    return [issue.sentence for issue in result.issues if issue.rule is rules.ONE_CLASS_TWICE]


def test_neither_is_used_and_each_is_told_whose_it_looks_like(tmp_path: Path) -> None:
    run_month(tmp_path, month_of("2026-10"))
    result = run_month(tmp_path, month_of("2026-11", lambda plain: _second_class(plain, 2)))
    one, other = _apart(result)
    assert "像是三年级(2)班的" in one and "2026-10" in one
    assert "像是三年级(3)班的" in other and "班主任相同" in other and "还没有交" in other
    assert [(c.place, c.state) for c in result.turnout.classes] == [((3, 2), "重复"), ((3, 3), "未交")]
    assert ("school", "", "建档率") not in measures_of(result)
    assert all(issue.cell for issue in result.issues if issue.rule is rules.ONE_CLASS_TWICE)


def test_with_the_class_set_right_both_count(tmp_path: Path) -> None:
    result = run_month(tmp_path, month_of("2026-11", lambda plain: _second_class(plain, 3)))
    assert _apart(result) == []
    assert [c.state for c in result.turnout.classes] == ["已交", "已交"]


def test_two_versions_of_one_class_are_no_two_classes(tmp_path: Path) -> None:
    def again(plain: dict[str, Any]) -> None:
        other = copy.deepcopy(plain["classes"][0])
        other["sheets"]["学生档案"].pop()
        plain["classes"].append(other)

    assert _apart(run_month(tmp_path, month_of("2026-11", again))) == []


def test_a_class_that_declares_nobody_needs_no_file(tmp_path: Path) -> None:
    """0 and 0: handed in without a file; not where only one is stated, nor where it had children in an earlier month."""
    for declared, state in (({"留守儿童数": 0, "潜能生数": 0}, "已交"), ({"留守儿童数": 0}, "未交")):

        def one_more(plain: dict[str, Any], declared: dict[str, int] = declared) -> None:
            row = {"年级": "一年级", "班级": 1, "班主任": "陈老师", "学生总数": 30, **declared}
            school_sheet(plain, "班级一览").append(row)

        result = run_month(tmp_path / state, month_of("2026-10", one_more))
        assert [c.state for c in result.turnout.classes] == [state, "已交"]
        assert result.turnout.is_complete is (state == "已交")
        assert [s.verdict for s in result.scores if s.place == (1, 1)] == ["不参评" if state == "已交" else "未交"]
    run_month(tmp_path / "had", month_of("2026-10"))

    def emptied(plain: dict[str, Any]) -> None:
        plain["classes"].clear()
        school_sheet(plain, "班级一览")[0].update({"留守儿童数": 0, "潜能生数": 0})

    result = run_month(tmp_path / "had", month_of("2026-11", emptied))
    assert [c.state for c in result.turnout.classes] == ["未交"]
