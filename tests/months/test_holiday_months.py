"""Outside 教学月份 the month's own figures are not owed, nobody is scored, and no class falls for it (contract §5)."""

from __future__ import annotations

from pathlib import Path

from helpers.measuring import measures_of
from helpers.running import month_of, run_month
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


def test_the_year_passes_over_it(tmp_path: Path) -> None:
    run_month(tmp_path, month_of("2026-12"))
    run_month(tmp_path, month_of("2027-02"))
    result = run_month(tmp_path, month_of("2027-03"))
    assert sorted(result.history.standings) == ["2026-12", "2027-02"]
    classes = year_page(result).blocks[0]
    assert [row[classes.place("months") or 0] for row in classes.rows] == [2]
