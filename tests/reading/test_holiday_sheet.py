"""假期互查 is asked for in the months that the school's own plan calls holidays, and in no other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.drawing import draw_month
from helpers.small import small_month
from pipeline.model import Month
from pipeline.report import work_out
from pipeline.stages.collect import collect
from schemas import rules


@pytest.mark.parametrize(("holidays", "is_told"), [("", False), ("10", True), ("1、2、7、8", False)])
def test_a_missing_holiday_sheet(holidays: str, is_told: bool, tmp_path: Path) -> None:
    plan: dict[str, Any] = {"sheets": {"参数": [{"参数": "寒暑假月份", "值": holidays}]}}
    draw_month(tmp_path, small_month() | {"plan": plan if holidays else None})
    path = tmp_path / "班级00.xlsx"
    book = openpyxl.load_workbook(path)
    del book["假期互查"]
    book.save(path)
    told = [i.sheet for i in work_out(collect(tmp_path), Month(2026, 10)).issues if i.rule is rules.SHEET_MISSING]
    assert told == (["假期互查"] if is_told else [])
