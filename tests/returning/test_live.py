"""本班还差什么, live: recalculated by LibreOffice it says of every child what the report of the same month says."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from drawn.month import random_month
from helpers.drawing import draw_month
from helpers.live import FIRST_CHILD_ROW, Marks, needs_office, recalculated, reported
from helpers.running import look, month_of, run_month, sheet
from helpers.small import NAMES
from pipeline.excel.live import NOTHING_KNOWN
from pipeline.excel.reading import read_book
from pipeline.model import Month
from pipeline.report import work_out
from pipeline.stages.collect import collect
from schemas.class_page import MARKS
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.live_words import FACTS
from schemas.tables import FIRST_DATA_ROW, LIVE_SHEET, SO_FAR_SHEET

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
    number = pupils[0]["身份证号"]
    pupils[0]["身份证号"] = f"{number[:6]} {number[6:14]} {number[14:]}"
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
    live = dict(recalculated([filled], tmp_path)[filled.name])
    (told,) = map(dict, reported(look(tmp_path, str(result.month))).values())
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


@needs_office
@pytest.mark.slow
def test_it_says_what_the_report_says_of_drawn_months(tmp_path: Path) -> None:
    """Ten months of three classes: namesakes, children who come, go and are in doubt, cases young and old."""
    told: dict[str, list[tuple[str, Marks]]] = {}
    for seed, month in enumerate(("2026-09", "2026-10", "2026-11", "2026-12", "2027-03") * 2):
        drawn = _plainly_drawn(seed, month)
        folder = tmp_path / "input" / f"{seed}"
        draw_month(folder, drawn)
        pages = reported(work_out(collect(folder), Month.parse(month)))
        for number, book in enumerate(drawn["classes"]):
            cover = book["cover"]
            path = (folder / f"班级{number:02d}.xlsx").rename(tmp_path / f"{seed}-{number}.xlsx")
            told[path.name] = pages.get(f"{cover['年级']}({cover['班级']})班", [])
    live = recalculated([tmp_path / name for name in told], tmp_path)
    compared = []
    for name, children in told.items():
        own = [(who, marks) for who, marks in live[name] if who in dict(children)]
        if [who for who, _ in own] == [who for who, _ in children]:  # else a namesake is cared for and the other is not
            compared += list(zip(own, children, strict=True))
    assert [(one, other) for one, other in compared if one != other] == []
    assert len(compared) > 100
    assert {mark for _, (_, marks) in compared for mark in marks.values()} == {"√", "差", "—"}


def _plainly_drawn(seed: int, month: str) -> dict[str, Any]:
    """Draw a month without what the sheet can't see: the school's plan and activities, who is a teacher, a number of

    another child. Numbers are typed with blanks, and one 个案触发 a class is forgotten.
    """
    rng = random.Random(seed)
    made = random_month(rng, month=month, classes=3, children=8, doubles=False) | {"plan": None}
    if made["school"]:
        made["school"]["sheets"]["学校活动"] = []
    for book in made["classes"]:
        for row in (row for rows in book["sheets"].values() for row in rows):
            if str(row.get("学籍号", "")).startswith("J1111"):
                row["学籍号"] = None
            row |= {key: made["staff"][0] for key, value in row.items() if value == "外校老师"}
        for row in book["sheets"]["学生档案"]:
            number = row.get("身份证号")
            row["身份证号"] = number and rng.choice((number, f"{number[:6]} {number[6:14]} {number[14:]}"))
        for row in book["sheets"]["成长记录"][1:2]:
            row["个案触发"] = None
    return made
