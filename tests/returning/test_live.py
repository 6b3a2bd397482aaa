"""本班还差什么, live: recalculated by LibreOffice it says of every child what the report of the same month says."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.running import month_of, run_month, sheet
from helpers.small import NAMES
from pipeline.excel.live import NOTHING_KNOWN
from pipeline.excel.reading import read_book
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.publishing.class_page import class_pages
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas.class_page import MARKS
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.live_words import FACTS
from schemas.tables import FIRST_DATA_ROW, LIVE_SHEET, SO_FAR_SHEET

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
FIRST_CHILD_ROW = 5
BLANK = Path("input_templates/班级月报.xlsx")


def test_it_stands_behind_the_sheets_of_a_blank_template_and_is_not_read() -> None:
    assert openpyxl.load_workbook(BLANK).sheetnames[-4] == LIVE_SHEET
    titles = [sheet.title for sheet in read_book(BLANK.read_bytes()).sheets]
    assert titles[0] == "填表说明"
    assert not {LIVE_SHEET, SO_FAR_SHEET} & set(titles)


def test_every_mark_has_a_formula_and_every_fact_is_told() -> None:
    book = openpyxl.load_workbook(BLANK)
    row = [cell.value for cell in book[LIVE_SHEET][FIRST_CHILD_ROW]][: len(MARKS) + 1]
    assert all(str(formula).startswith("=") for formula in row)
    assert tuple(NOTHING_KNOWN.facts) == FACTS
    assert [cell.value for cell in book[SO_FAR_SHEET]["A"]] == list(FACTS)


def _spoilt(plain: dict[str, Any]) -> None:
    """A month in which everybody lacks something else."""
    sheet(plain, "谈心记录").pop(0)
    sheet(plain, "家校联系")[:] = [row for row in sheet(plain, "家校联系") if row["学生姓名"] != NAMES[1]]
    sheet(plain, "成长记录").pop(2)
    sheet(plain, "联系卡")[0]["监护人电话"] = None
    sheet(plain, "学生档案")[1]["性格特征"] = None
    sheet(plain, "结对帮扶")[:] = [row for row in sheet(plain, "结对帮扶") if row["学生姓名"] != NAMES[2]]
    sheet(plain, "活动记录")[0] |= {"参加学生": f"全体（除 {NAMES[0]}）"}
    sheet(plain, "成长记录")[0] |= {"个案触发": "心理障碍", "触发日期": date(2026, 11, 2)}


def _mistyped(plain: dict[str, Any]) -> None:
    """A month of records without what makes them count, and of cells that are filled and say nothing right."""
    pupils, cards = sheet(plain, "学生档案"), sheet(plain, "联系卡")
    for table, lacks in {
        "谈心记录": "主要内容", "家校联系": "联系对象", "结对帮扶": "帮扶人", "活动记录": "组织人", "成长记录": "行为习惯",
    }.items():  # fmt: skip
        sheet(plain, table)[0][lacks] = None
    number = pupils[1]["身份证号"]
    pupils[1] |= {"身份证号": number[:-2] + str((int(number[-2]) + 2) % 10) + number[-1], "学籍号": None}
    pupils[2]["出生日期"] = pupils[2]["出生日期"].replace(day=1 + pupils[2]["出生日期"].day % 28)
    cards[1]["监护人电话"] = "1990000000"
    cards[2]["家庭地址"] = "不详"
    cards[0]["父亲电话"] = "—"


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("spoil", [_spoilt, _mistyped])
def test_it_says_what_the_report_says(tmp_path: Path, spoil: Callable[[dict[str, Any]], None]) -> None:
    """October is reported, November typed into its templates; each child and each thing alike."""
    run_month(tmp_path, month_of("2026-10"), whole=True)
    templates = tmp_path / "output" / "2026-10" / "下月模板"
    result = run_month(tmp_path, month_of("2026-11", spoil))
    own = next((tmp_path / "input" / "2026-11").glob("*班*.xlsx"))
    filled = _typed(next(templates.glob("*班*.xlsx")), own, tmp_path / "filled.xlsx")
    live, told = _recalculated(filled, tmp_path), _reported(tmp_path, result)
    assert live.keys() == told.keys() == set(NAMES)
    assert {name: marks for name, marks in live.items() if marks != told[name]} == {}
    lacking = {key for marks in told.values() for key, mark in marks.items() if mark == "差"}
    assert len(lacking) >= 6, "a month that lacks nothing proves nothing"


def _typed(template: Path, own: Path, target: Path) -> Path:
    """Type a month's rows into the template that was issued for it."""
    issued, month = openpyxl.load_workbook(template), openpyxl.load_workbook(own)
    for table in CLASS_WORKBOOK.tables:
        to, by = issued[table.title], month[table.title]
        for row in range(FIRST_DATA_ROW, max(to.max_row, by.max_row) + 1):
            for column in range(1, len(table.columns) + 1):
                to.cell(row, column).value = by.cell(row, column).value
    issued.save(target)
    return target


def _recalculated(path: Path, base: Path) -> dict[str, dict[str, str]]:
    command = ["soffice", f"-env:UserInstallation=file://{base}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(base / "office"), str(path)], check=True, capture_output=True, timeout=180
    )
    sheet = openpyxl.load_workbook(base / "office" / path.name, data_only=True)[LIVE_SHEET]
    rows = sheet.iter_rows(min_row=FIRST_CHILD_ROW, max_col=len(MARKS) + 1, values_only=True)
    return {
        str(row[0]): {mark.key: str(cell)[:1] for mark, cell in zip(MARKS, row[1:], strict=True)}
        for row in rows
        if row[0]
    }


def _reported(base: Path, result: Result) -> dict[str, dict[str, str]]:
    month = Month.parse(str(result.month))
    found = work_out(
        collect(base / "input" / str(month)), month, history=read_history(base / "output" / str(month), month)
    )
    (book,) = class_pages(found).values()
    (page,) = book.pages
    block = page.blocks[0]  # type: ignore[union-attr]
    own = range(len(block.rows) - block.total_count)
    return {str(block.cell(row, "name")): {m.key: str(block.cell(row, m.key))[:1] for m in MARKS} for row in own}
