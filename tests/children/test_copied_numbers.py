"""An identity number filled down a column makes no two children one: nobody is lost by a slip of the mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.measuring import measures_of
from helpers.running import month_of, run_month, sheet
from pipeline.result import Result

FIGURES = ("巩固率", "谈心达标率", "建档率")


def _copied(*columns: str, **cells: Any) -> Callable[[dict[str, Any]], None]:
    """Return the change that fills the first child's cells down over the others."""

    def change(plain: dict[str, Any]) -> None:
        first, *others = sheet(plain, "学生档案")
        for row in others:
            row.update({column: first[column] for column in columns} | cells)

    return change


def _told(result: Result) -> tuple[list[tuple[int, int]], set[str]]:
    shares = measures_of(result)
    errors = {issue.rule.code for issue in result.issues if issue.rule.level == "错误"}
    return [shares["school", "", figure] for figure in FIGURES], errors


@pytest.mark.parametrize(("columns", "errors"), [(("身份证号", "学籍号"), {"E201"}), (("身份证号",), {"E201", "E203"})])
def test_a_number_filled_down_is_the_first_rows(columns: tuple[str, ...], errors: set[str], tmp_path: Path) -> None:
    """Another name and another day of birth beside it: three children, two of them without an archive."""
    assert _told(run_month(tmp_path, month_of("2026-10", _copied(*columns)))) == ([(3, 3), (3, 3), (1, 3)], errors)
    run_month(tmp_path, month_of("2026-09"))
    assert _told(run_month(tmp_path, month_of("2026-10", _copied(*columns)))) == ([(3, 3), (3, 3), (1, 3)], errors)
    assert _told(run_month(tmp_path, month_of("2026-11"))) == ([(3, 3)] * 3, set())


def test_one_name_or_one_day_is_one_child(tmp_path: Path) -> None:
    """The number counts against a wrong day alone, and against a wrong name alone (contract §8.5)."""
    columns = ("姓名", "身份证号", "学籍号")
    shares, errors = _told(run_month(tmp_path, month_of("2026-10", _copied(*columns))))
    assert (shares[0], "E206" in errors) == ((1, 1), True)
    columns = ("出生日期", "性别", "身份证号", "学籍号")
    shares, errors = _told(run_month(tmp_path, month_of("2026-10", _copied(*columns))))
    assert (shares[0], "E206" in errors) == ((1, 1), True)
