"""The workbooks that the pictures show: a small month of the example school, as its teachers and its admin see it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment

from pipeline.example.school import Workbook, example_school
from pipeline.example.writing import write_example
from pipeline.model import Month
from pipeline.report import report
from pipeline.stages.collect import collect
from pipeline.starting.start import start
from schemas.folders import NEXT_MONTH, RECEIPTS, SCHOOL_ONLY, SENT_BACK
from schemas.start_words import MAPPING_FILE
from schemas.tables import FIRST_DATA_ROW, HEADER_ROW

MONTH = Month(2026, 10)
SCHOOL: Mapping[str, Any] = {
    "months": (str(MONTH),),
    "seed": 2049,  # of these children, the class below has mistakes that lie side by side
    "grades": 2,
    "classes_per_grade": 2,
    "children_per_class": (6, 8),
}
CLASS = "一年级(1)班"
# What the teacher has typed already of the first children.
_TALKS = (
    ("情绪", "晚上想妈妈，约好周末视频"),
    ("学习", "拼音跟不上，安排同桌一起读"),
    ("交友", "课间常一个人，请班长带着玩"),
)

Cells = Mapping[str, Any]


def write_books(folder: Path) -> dict[str, Path]:
    """Write the workbooks below a folder; return key → file."""
    write_example(folder / "in", has_warning=True, **SCHOOL)
    out = folder / "out"
    report(collect(folder / "in" / str(MONTH)), MONTH, out)
    template = next((out / NEXT_MONTH).glob(f"{CLASS}_*.xlsx"))
    return {
        "typed": _typed(template, folder / "typed.xlsx"),
        "returned": out / SENT_BACK / f"{CLASS}.xlsx",
        "page": next((out / RECEIPTS).glob(f"*_{CLASS}.xlsx")),
        "checked": out / SCHOOL_ONLY / "校验报告.xlsx",
        "scores": out / SCHOOL_ONLY / "考核与未达标.xlsx",
        "start": _started(folder),
    }


def _typed(template: Path, target: Path) -> Path:
    """Type into next month's template what a teacher has by the middle of the month, and a child who came."""
    book = openpyxl.load_workbook(template)
    talks = book["谈心记录"]
    for number, (topic, told) in enumerate(_TALKS):
        day = date(2026, 11, 4 + 2 * number)
        _type(talks, FIRST_DATA_ROW + number, {"日期": day, "主题": topic, "主要内容": told})
    growth = book["成长记录"]
    for number in range(len(_TALKS) - 1):
        done = {"学习表现": "良好", "行为习惯": "优秀", "心理状态": "良好", "成长日记": "有", "进步档案": "有"}
        _type(growth, FIRST_DATA_ROW + number, done)
    roster = book["学生档案"]
    last = max(cell.row for cell in roster["A"] if cell.value)
    _type(roster, last + 1, {"姓名": "石小禾", "性别": "女", "出生日期": date(2020, 3, 8), "民族": "苗族"})
    book.save(target)
    return target


def _type(sheet: Any, row: int, cells: Cells) -> None:
    places = {cell.value: cell.column for cell in sheet[HEADER_ROW]}
    for title, value in cells.items():
        cell = sheet.cell(row, places[title])
        cell._style = copy(sheet.cell(HEADER_ROW + 1, places["姓名" if "姓名" in places else "学生姓名"])._style)
        cell.value = value
        if isinstance(value, date):
            cell.alignment = Alignment("center")


# --- what the school had before ------------------------------------------------------------------------------------


def _started(folder: Path) -> Path:
    """Write the tables that a school has already, start from them, and return 对照.xlsx."""
    sources, target = folder / "已有的表", folder / "start"
    sources.mkdir()
    target.mkdir()
    months = example_school(**SCHOOL, mistakes=False)
    books = [book for book in months[str(MONTH)] if book.sheets.get("学生档案")]
    _save(
        sources / "学籍导出.xlsx", datetime(2026, 8, 28), [_EXPORT, *(row for book in books for row in _exported(book))]
    )
    _save(
        sources / "留守儿童台账.xlsx",
        datetime(2026, 8, 30),
        [_LEDGER, *(row for book in books for row in _listed(book))],
    )
    mapping: bytes = start(Month(2026, 9), sources, target).contents[MAPPING_FILE]
    (target / MAPPING_FILE).write_bytes(mapping)
    return target / MAPPING_FILE


_EXPORT = ("姓名", "性别", "年级", "班级", "身份证件号", "学籍号", "民族", "家庭地址", "就读方式", "是否留守儿童")
_LEDGER = ("班级", "学生姓名", "身份证号码", "父亲姓名", "务工地点", "监护人", "关系", "电话", "陪伴人", "家庭情况")


def _exported(book: Workbook) -> list[tuple[Any, ...]]:
    cards = {row["学生姓名"]: row for row in book.sheets["联系卡"]}
    own = []
    for row in book.sheets["学生档案"]:
        is_left = "是" if "留守" in str(row["学生类别"]) else "否"
        card = cards.get(row["姓名"], {})
        place = (book.cover["年级"], f"{book.file_name.partition('(')[2][0]}班")
        who = (row["姓名"], row["性别"], *place, str(row.get("身份证号", "")), row.get("学籍号", ""))
        own.append((*who, row["民族"], card.get("家庭地址", ""), row["就读方式"], is_left))
    return own


def _listed(book: Workbook) -> list[tuple[Any, ...]]:
    """Return the rows of the school's own list; of each class one child was forgotten."""
    cards = {row["学生姓名"]: row for row in book.sheets["联系卡"]}
    name = book.file_name.removesuffix(".xlsx")
    own = []
    for row in book.sheets["学生档案"][1:]:
        card = cards.get(row["姓名"])
        if card and "留守" in str(row["学生类别"]):
            father = (card.get("父亲姓名", ""), card.get("父亲务工地址", ""))
            who = (name, row["姓名"], str(row.get("身份证号", "")), *father)
            guardian = (card.get("监护人姓名", ""), card.get("与学生关系", ""), card.get("监护人电话", ""))
            own.append((*who, *guardian, card.get("母亲姓名", ""), row.get("困难类别", "")))
    return own


def _save(path: Path, saved_at: datetime, rows: list[tuple[Any, ...]]) -> None:
    """Write a table, saved at a moment of its own: of two the newer counts, and two of one second are as new."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": saved_at})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
