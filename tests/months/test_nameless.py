"""A row of 学生档案 without name, number or birth date: it counts, goes on as one, and says where it stood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.changes import share
from helpers.running import month_of, run_month, sheet
from schemas import rules


def _left_over(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案").append({"民族": "苗族", "农村户籍": "是"})


def test_a_row_that_says_nobody_goes_on_as_one(tmp_path: Path) -> None:
    """Each month's was one child more, and last month's was missing; gone, it is told by where it stood."""
    for text in ("2026-09", "2026-10", "2026-11"):
        result = run_month(tmp_path, month_of(text, _left_over))
        assert share(result, "巩固率") == (3, 4)
        assert not [issue for issue in result.issues if issue.rule is rules.VANISHED]
    result = run_month(tmp_path, month_of("2026-12"))
    assert share(result, "巩固率") == (3, 4)
    (told,) = [issue for issue in result.issues if issue.rule is rules.VANISHED]
    assert "2026-11 的第 7 行" in told.sentence
    assert "2026-11 的表里删掉" in told.remedy
