"""A row of 学生档案 without name, number or birth date: it counts, goes on as one, and says where it stood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.changes import share
from helpers.running import month_of, run_month, sheet
from helpers.small import pupil
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
    assert "2026-09 到 2026-11 各月的表里都删掉" in told.remedy
    results = [run_month(tmp_path, month_of(text)) for text in ("2026-09", "2026-10", "2026-11", "2026-12")]
    assert {share(result, "巩固率") for result in results} == {(3, 3)}
    assert not [issue for result in results for issue in result.issues if issue.rule is rules.VANISHED]


def test_a_row_that_stood_once_is_mended_in_its_month(tmp_path: Path) -> None:
    """Deleted there, or with a name and a number in both months, it is asked for no more."""
    run_month(tmp_path, month_of("2026-09", _left_over))
    (told,) = [i for i in run_month(tmp_path, month_of("2026-10")).issues if i.rule is rules.VANISHED]
    assert "2026-09 的表里删掉" in told.remedy

    def named(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案").append(pupil("李小苗", 9))

    for text in ("2026-09", "2026-10"):
        assert share(run_month(tmp_path, month_of(text)), "巩固率") == (3, 3)
    for text in ("2026-09", "2026-10"):
        assert share(run_month(tmp_path, month_of(text, named)), "巩固率") == (4, 4)
