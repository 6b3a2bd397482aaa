"""Outside 教学月份 the month's own figures are not owed, nobody is scored, and no class falls for it (contract §5)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.measuring import measures_of
from helpers.running import month_of, run_month, school_sheet, sheet
from pipeline.publishing.year import year_page
from schemas.figures import FIGURES

MONTHLY = {figure.title for figure in FIGURES if figure.is_monthly}


def test_a_holiday_month_owes_nothing_of_its_own(tmp_path: Path) -> None:
    december = run_month(tmp_path, month_of("2026-12"))
    assert {figure for _, _, figure in measures_of(december)} >= MONTHLY - {"生日关爱率"}
    february = month_of("2027-02")
    for title in ("谈心记录", "家校联系", "活动记录", "成长记录", "关爱服务"):
        february["classes"][0]["sheets"][title] = []
    result = run_month(tmp_path, february)
    assert not {figure for _, _, figure in measures_of(result)} & MONTHLY
    assert measures_of(result)["school", "", "建档率"] == (3, 3)
    assert [(s.total, s.rank, s.verdict) for s in result.scores] == [(None, None, "假期")]
    assert result.teacher_scores == ()


@pytest.mark.parametrize(("village", "share"), [("清水村二组", (1, 2)), ("#REF!", (1, 2)), (None, (1, 1))])
def test_a_village_group_in_error_is_one_of_its_own(
    village: str | None, share: tuple[int, int], tmp_path: Path
) -> None:
    """The group of 应入学名册 that nobody checked does not leave N by a slip in its name (contract §5, §8.20)."""

    def change(plain: dict[str, Any]) -> None:
        school_sheet(plain, "应入学名册")[0]["村组"] = village
        check = {"村民组": "清水村一组", "组长": "李小禾", "参加学生": "李小禾、钱小河", "作业情况": "好"}
        sheet(plain, "假期互查").extend({"日期": date(2027, 2, day)} | check for day in range(1, 20, 3))

    result = run_month(tmp_path, month_of("2027-02", change))
    assert measures_of(result)["school", "", "互查达标率"] == share


def test_the_year_passes_over_it(tmp_path: Path) -> None:
    run_month(tmp_path, month_of("2026-12"))
    run_month(tmp_path, month_of("2027-02"))
    result = run_month(tmp_path, month_of("2027-03"))
    assert sorted(result.history.standings) == ["2026-12", "2027-02"]
    classes = year_page(result).blocks[0]
    assert [row[classes.place("months") or 0] for row in classes.rows] == [2]
