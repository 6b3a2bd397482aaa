"""Which folder is which month: every way in which people name one, and what is said where no one reading fits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.drawing import draw
from helpers.small import small_month
from pipeline.commands.months_found import Chosen, choose, read_name
from pipeline.county.batch import _jobs
from pipeline.errors import OperatorError
from pipeline.model import Month
from pipeline.report import work_out
from pipeline.stages.collect import collect
from schemas import rules

TODAY = date(2026, 11, 26)
OCTOBER = Month(2026, 10)

NAMES = """
2026-10 2026年10月 2026-10月 202610 2026.10 2026_10 ２０２６年１０月 二〇二六年十月 26年10月 2026年10月份 2026年10月月报 2026～10
""".split()
NO_NAMES = "2026 10 一年级 三（1）班 2026-13 2026-10-31 2026年秋 20261001 备份 2026-10备份 13月 0月 第10周".split()


@pytest.mark.parametrize("name", [*NAMES, "2026 年 10 月", "2026 10", " 2026-10 "])
def test_a_month_is_read_however_it_is_written(name: str) -> None:
    assert read_name(name) == (2026, 10)


@pytest.mark.parametrize(
    ("name", "number"), [("10月", 10), ("10月份", 10), ("1月", 1), ("十月", 10), ("十一月份", 11), ("二月", 2)]
)
def test_a_month_without_its_year_is_read_as_one(name: str, number: int) -> None:
    assert read_name(name) == (0, number)


@pytest.mark.parametrize("name", NO_NAMES)
def test_other_names_are_no_months(name: str) -> None:
    assert read_name(name) is None


def _cover(month: str) -> dict[str, Any]:
    book = small_month()["classes"][0]
    return {"cover": {**book["cover"], "报送月份": month}, "sheets": {}}


def _hand_in(folder: Path, month: str = "2026-10", name: str = "班级.xlsx") -> Path:
    """Write a class workbook that states a month ("": none)."""
    folder.mkdir(parents=True, exist_ok=True)
    draw(folder / name, "班级月报", _cover(month))
    return folder


def _choose(base: Path, month: str = "", *, is_named: bool = False) -> Chosen:
    return choose(base, Month.parse(month) if month else None, TODAY, is_named=is_named)


@pytest.mark.parametrize("name", ["2026年10月", "202610", "2026.10", "10月", "10月份"])
@pytest.mark.parametrize("month", ["", "2026-10"])
def test_a_folder_named_another_way_is_understood_and_that_is_said(name: str, month: str, tmp_path: Path) -> None:
    _hand_in(tmp_path / name)
    chosen = _choose(tmp_path, month)
    assert (chosen.month, chosen.folder) == (OCTOBER, tmp_path / name)
    assert len(chosen.remarks) == 1
    assert name in chosen.remarks[0]
    assert "2026-10" in chosen.remarks[0]


def test_a_folder_named_as_ours_is_not_worth_a_word(tmp_path: Path) -> None:
    _hand_in(tmp_path / "2026-10")
    _hand_in(tmp_path / "2026-09")
    assert _choose(tmp_path) == Chosen(OCTOBER, tmp_path / "2026-10")


@pytest.mark.parametrize(
    ("stated", "month"),
    [("2025-10", Month(2025, 10)), ("2026-10", OCTOBER), ("", OCTOBER)],
    ids=["last year's", "this year's", "none"],
)
def test_a_year_that_is_not_written_is_the_workbooks_else_the_latest(stated: str, month: Month, tmp_path: Path) -> None:
    _hand_in(tmp_path / "10月", stated)
    assert _choose(tmp_path).month == month


def test_a_month_that_is_to_come_is_last_years(tmp_path: Path) -> None:
    _hand_in(tmp_path / "12月", "")
    assert _choose(tmp_path).month == Month(2025, 12)


def test_workbooks_of_two_years_in_a_folder_without_one_are_no_month(tmp_path: Path) -> None:
    """It is named, and nothing is guessed."""
    _hand_in(tmp_path / "10月", "2025-10", "a.xlsx")
    _hand_in(tmp_path / "10月", "2026-10", "b.xlsx")
    with pytest.raises(OperatorError, match="2025-10 的 1 份"):
        _choose(tmp_path)


def test_two_folders_of_one_month_are_both_named(tmp_path: Path) -> None:
    for name in ("2026-10", "2026年10月"):
        _hand_in(tmp_path / name)
    for month in ("", "2026-10"):
        with pytest.raises(OperatorError, match="2026-10、2026年10月"):
            _choose(tmp_path, month)


def test_of_two_folders_one_of_them_empty_the_other_is_meant(tmp_path: Path) -> None:
    _hand_in(tmp_path / "2026年10月")
    (tmp_path / "2026-10").mkdir()
    assert _choose(tmp_path).folder.name == "2026年10月"


def test_a_report_among_the_months_is_none_of_them(tmp_path: Path) -> None:
    _hand_in(tmp_path / "2026年10月")
    (tmp_path / "2026-11" / "数据").mkdir(parents=True)
    (tmp_path / "2026-11" / "数据" / "run.json").write_text('{"versions": {"guanai": "0.1.0"}}', "utf-8")
    assert _choose(tmp_path).month == OCTOBER


# --- straight into the folder ----------------------------------------------------------------------------------------


def test_workbooks_straight_in_the_folder_are_of_the_month_that_they_state(tmp_path: Path) -> None:
    _hand_in(tmp_path)
    _hand_in(tmp_path / "三年级", name="另一班.xlsx")
    chosen = _choose(tmp_path)
    assert (chosen.month, chosen.folder) == (OCTOBER, tmp_path)
    assert "2026-10" in chosen.remarks[0]


def test_workbooks_straight_in_the_folder_are_of_the_month_asked_for(tmp_path: Path) -> None:
    _hand_in(tmp_path, "")
    assert _choose(tmp_path, "2026-10").folder == tmp_path


def test_workbooks_of_two_months_are_counted_and_not_guessed(tmp_path: Path) -> None:
    for name, month in (("a.xlsx", "2026-09"), ("b.xlsx", "2026-10"), ("c.xlsx", "2026-10")):
        _hand_in(tmp_path, month, name)
    with pytest.raises(OperatorError, match="2026-09 的 1 份、2026-10 的 2 份"):
        _choose(tmp_path)


def test_workbooks_that_state_no_month_are_named(tmp_path: Path) -> None:
    _hand_in(tmp_path, "")
    with pytest.raises(OperatorError, match=r"班级\.xlsx.*--month"):
        _choose(tmp_path)


def test_a_folder_that_is_no_month_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "2026年秋季").mkdir()
    with pytest.raises(OperatorError, match=r"2026年秋季.*改名"):
        _choose(tmp_path)


def test_an_empty_folder_says_what_belongs_there(tmp_path: Path) -> None:
    for month in ("", "2026-10"):
        with pytest.raises(OperatorError, match="2026-10"):
            _choose(tmp_path, month)


def test_the_folder_of_a_month_itself_may_be_given(tmp_path: Path) -> None:
    """Named as ours, another way, or by the month in which it was collected: then the month asked for holds."""
    _hand_in(tmp_path / "2026年10月")
    _hand_in(tmp_path / "11月", "2026-10")
    assert _choose(tmp_path / "2026年10月", is_named=True).month == OCTOBER
    assert _choose(tmp_path / "11月", "2026-10", is_named=True).month == OCTOBER


# --- beside the months -----------------------------------------------------------------------------------------------


def test_workbooks_beside_the_months_are_named(tmp_path: Path) -> None:
    _hand_in(tmp_path / "2026-10")
    _hand_in(tmp_path, name="晚交.xlsx")
    (tmp_path / "说明.txt").write_text("", "utf-8")
    (told,) = _choose(tmp_path).remarks
    assert "晚交.xlsx" in told
    assert "说明" not in told


def test_a_month_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    _hand_in(tmp_path / "2026-09", "2026-09")
    with pytest.raises(OperatorError, match="看到 2026-09"):
        _choose(tmp_path, "2026-10")
    _hand_in(tmp_path, name="晚交.xlsx")
    with pytest.raises(OperatorError, match=r"2026-09.*晚交\.xlsx"):
        _choose(tmp_path, "2026-10")


def _close(monkeypatch: pytest.MonkeyPatch, closed: Path) -> None:
    """Let a folder be one that may not be opened (tests may run as root, whom nothing stops)."""
    listdir, scandir = os.listdir, os.scandir

    def refuse(path: Any) -> None:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))

    def watched_list(path: Any = ".") -> list[str]:
        refuse(path)
        return listdir(path)

    def watched_scan(path: Any = ".") -> Iterator[os.DirEntry[str]]:
        refuse(path)
        return scandir(path)

    monkeypatch.setattr(os, "listdir", watched_list)
    monkeypatch.setattr(os, "scandir", watched_scan)


def test_folders_that_can_not_be_opened_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _hand_in(tmp_path / "2026-10")
    _hand_in(tmp_path / "2026-10" / "三年级", name="另一班.xlsx")
    _close(monkeypatch, tmp_path / "2026-10" / "三年级")
    (told,) = _choose(tmp_path).remarks
    assert "三年级" in told
    assert "没有权限" in told
    result = work_out(collect(tmp_path / "2026-10"), Month(2026, 10))
    (issue,) = [issue for issue in result.issues if issue.rule is rules.DAMAGED]
    assert "没有权限读取的文件夹" in issue.sentence
    assert [s.file.name for s in result.submissions if s.file.id == issue.file] == ["三年级"]


@pytest.mark.parametrize("closed", ["", "2026-10"])
def test_a_month_that_can_not_be_opened_is_a_sentence(
    closed: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _hand_in(tmp_path / "2026-10")
    _close(monkeypatch, tmp_path / closed)
    with pytest.raises(OperatorError, match="没有权限"):
        _choose(tmp_path)


# --- a county's schools ----------------------------------------------------------------------------------------------


def test_a_batch_understands_the_folders_of_its_schools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The month's folder however it is named; a school with two, one with other months only, one that is closed."""
    for place in ("甲/2026-10", "乙/2026年10月", "丙/10月", "丁", "戊/2026-10", "戊/10月", "己/2026-09", "庚"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "班级.xlsx").touch()
    _close(monkeypatch, tmp_path / "庚")
    jobs, lost = _jobs(str(tmp_path), OCTOBER, str(tmp_path / "out"))
    assert {job.name: Path(job.source).relative_to(tmp_path).as_posix() for job in jobs} == {
        "甲": "甲/2026-10", "乙": "乙/2026年10月", "丙": "丙/10月", "丁": "丁",
    }  # fmt: skip
    reasons = {own.name: own.reason for own in lost}
    assert set(reasons) == {"戊", "己", "庚"}
    assert "2026-10、10月" in reasons["戊"]
    assert "2026-09" in reasons["己"]
    assert "没有权限" in reasons["庚"]
