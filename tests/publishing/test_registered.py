"""本月登记的学籍异动: who came and went; a child who changed class has done neither."""

from __future__ import annotations

from datetime import date
from typing import Any

from helpers.changes import CLASS, two_classes
from helpers.measuring import result_of
from helpers.running import month_of, school_sheet
from helpers.small import NAMES
from pipeline.publishing.services import _movements
from schemas.bureau_layout import KEY_OF_MOVEMENT


def test_a_move_inside_the_school_is_neither_out_nor_in() -> None:
    def registered(plain: dict[str, Any]) -> None:
        two_classes(plain)
        for name, kind, where in (
            (NAMES[0], "转出", CLASS),
            (NAMES[0], "转入", "三年级(3)班"),
            (NAMES[1], "转出", CLASS),
            ("周大海", "转入", "三年级(3)班"),
        ):
            row = {"日期": date(2026, 10, 8), "学生姓名": name, "异动类型": kind, "班级": where}
            school_sheet(plain, "学籍异动").append(row)

    found = _movements(result_of(month_of("2026-10", registered))).rows
    told = [(row["class"], row[KEY_OF_MOVEMENT["转入"]], row[KEY_OF_MOVEMENT["转出"]]) for row in found]
    assert told == [(2, 0, 1), (3, 1, 0)]
