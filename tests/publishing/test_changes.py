"""学生变动台账: nobody is missing in it, and every event says where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.changes import CLASS, two_classes
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES
from pipeline.publishing.book import Block, Page
from pipeline.publishing.changes import _register, changes_book
from pipeline.result import Result


def _november(plain: dict[str, Any]) -> None:
    """One has moved to the other class, one has vanished, one is on leave by 学籍异动."""
    two_classes(plain)
    moved = sheet(plain, "学生档案")[0]
    for name in NAMES[:2]:
        drop_child(plain, name)
    plain["classes"][1]["sheets"]["学生档案"].append(moved)
    sheet(plain, "学生档案")[0].update({"学籍状态": "休学", "状态日期": date(2026, 11, 9)})
    row = {"日期": date(2026, 11, 9), "学生姓名": NAMES[2], "异动类型": "休学", "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row)


def _tables(result: Result) -> tuple[Block, Block]:
    events, register = changes_book(result).pages
    assert isinstance(events, Page) and isinstance(register, Page)
    return events.blocks[0], register.blocks[0]


def test_every_event_has_its_source(tmp_path: Path) -> None:
    run_month(tmp_path, month_of("2026-10", two_classes))
    events, register = _tables(run_month(tmp_path, month_of("2026-11", _november)))
    found = {str(row[2]): (row[3], row[6], row[7]) for row in events.rows}
    assert found[NAMES[0]] == ("换班", "0", "班级01.xlsx 学生档案第5行")
    assert found[NAMES[1]] == ("名册里不见了；学籍状态变了", "0", "没有登记：学籍异动和名册里都没有他")
    assert found[NAMES[2]] == ("学籍状态变了", "0", "学校月报.xlsx 学籍异动第4行")
    assert {str(row[0]): row[2:] for row in register.rows}[NAMES[0]] == ("三年级(2)班 在读", "在读")
    assert {str(row[0]) for row in register.rows} == {*NAMES, "周小溪"}


def test_a_first_month_has_no_events_and_everybody(tmp_path: Path) -> None:
    events, register = _tables(run_month(tmp_path, month_of("2026-10")))
    assert events.rows == []
    assert [row[0] for row in register.rows] == sorted(NAMES)


def test_few_months_stand_upright() -> None:
    """A year's months need the sheet lying; the first ones leave half of it empty so."""
    assert [_register(count).is_landscape for count in (1, 4, 5, 12)] == [False, False, True, True]
