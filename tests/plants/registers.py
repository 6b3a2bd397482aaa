"""The school's registers and its plan."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from helpers.places import TEMPLATES
from plants.base import Opened, Plant, cell, on_files, row_of
from schemas import rules
from schemas.tables import FIRST_DATA_ROW, HEADER_ROW


def registers() -> Iterator[Plant]:
    act = row_of(
        "学校活动", 0, 日期=date(2026, 10, 9), 活动类型="法制讲座", 活动名称="法制课", 组织人="王老师", 参加学生="全体", 参加范围="年级", 参加对象="三年级"
    )  # fmt: skip
    at = ("学校活动", "参加对象", 0)
    yield Plant(
        "scope_unknown", ((rules.UNKNOWN_SCOPE, "学校活动", cell("学校活动", "参加对象")),), {**act, at: "高年级"}
    )
    yield Plant("scope_alias", ((rules.REPAIRED, "学校活动", cell("学校活动", "参加对象")),), {**act, at: "3年级"})
    flag = row_of(
        "预警确认",
        0,
        日期=date(2026, 10, 9),
        对象类型="班级",
        对象="九年级(9)班",
        情形="弄虚作假",
        确认="否",
        确认人="王老师",
    )
    yield Plant("target_unknown", ((rules.UNKNOWN_TARGET, "预警确认", cell("预警确认", "对象")),), flag)
    item = row_of(
        "考核登记",
        0,
        日期=date(2026, 10, 9),
        对象类型="班级",
        对象="三年级(2)班",
        考核项目="跳高",
        分值=2,
        依据="检查",
        检查人="王老师",
    )
    yield Plant("item_unknown", ((rules.UNKNOWN_ITEM, "考核登记", cell("考核登记", "考核项目")),), item)
    yield from on_files("preset_differs", _own_plan, (rules.PRESET_DIFFERS, "频次要求", ""))


def _own_plan(folder: Path) -> None:
    template = TEMPLATES / "考核方案.xlsx"
    shutil.copy(template, folder / "考核方案.xlsx")
    with Opened(folder / "考核方案.xlsx") as book:
        sheet = book["频次要求"]
        column = next(each.column for each in sheet[HEADER_ROW] if each.value == "启用")
        row = next(r for r in range(FIRST_DATA_ROW, 40) if sheet.cell(r, column).value == "否")
        sheet.cell(row, column).value = "是"
