"""Classes that are not there, or have no roster: announced, closed, ticked, or forgotten."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.changes import CLASS, share, tick, told, two_classes, without
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES

LEFT = date(2026, 10, 15)


def _leaves(plain: dict[str, Any], name: str = NAMES[0], **cells: Any) -> None:
    row = {"日期": LEFT, "学生姓名": name, "异动类型": "转出", "班级": CLASS, "接收校确认": "是"}
    school_sheet(plain, "学籍异动").append({**row, **cells})


def test_an_error_does_not_go_away_with_the_sheet_it_stood_in(tmp_path: Path) -> None:
    """本月名册无变化 with an empty 结对帮扶: last month's row of a misspelt name is still in N of 结对检查率."""

    def misspelt(plain: dict[str, Any]) -> None:
        sheet(plain, "结对帮扶")[0]["学生姓名"] = "李小和"

    run_month(tmp_path, month_of("2026-09", misspelt))
    result = run_month(tmp_path, month_of("2026-10", tick))
    assert share(result, "结对检查率") == (0, 9)
    assert share(result, "教师结对率") == (2, 3)


def test_a_tick_stands_for_no_roster_that_nobody_knows(tmp_path: Path) -> None:
    """本月名册无变化 with an empty 学生档案, in a class that no month has seen: it has handed in nothing."""

    def ticks(plain: dict[str, Any]) -> None:
        two_classes(plain)
        plain["classes"][1]["cover"]["本月名册无变化"] = "是"
        plain["classes"][1]["sheets"] = {}

    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", ticks))
    assert [c.state for c in result.turnout.classes] == ["已交", "空表"]


def test_a_tick_stands_for_a_roster_of_nobody(tmp_path: Path) -> None:
    """Last month's roster was empty, and 班级一览 said so: that nothing has changed is a word, whoever was there once."""

    def announced(plain: dict[str, Any]) -> None:
        two_classes(plain)
        plain["classes"][1]["sheets"] = {}
        school_sheet(plain, "班级一览")[1] |= {"留守儿童数": 0, "潜能生数": 0}

    def ticks(plain: dict[str, Any]) -> None:
        announced(plain)
        plain["classes"][1]["cover"]["本月名册无变化"] = "是"
        school_sheet(plain, "班级一览")[1] |= {"留守儿童数": None, "潜能生数": None}

    run_month(tmp_path, month_of("2026-09", announced))
    result = run_month(tmp_path, month_of("2026-10", ticks))
    assert [c.state for c in result.turnout.classes] == ["已交", "已交"]


def test_an_empty_roster_is_no_absence(tmp_path: Path) -> None:
    """空表: the class has not handed in; its children are in no figure, and nobody is asked for."""
    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", lambda plain: plain["classes"][0]["sheets"].clear()))
    assert [c.state for c in result.turnout.classes] == ["空表"]
    assert told(result) == []
    assert result.measured.people.empty


def test_an_empty_roster_that_was_announced_is_an_absence(tmp_path: Path) -> None:
    """班级一览 declares 0: handed in, and three children are missing."""

    def nobody(plain: dict[str, Any]) -> None:
        plain["classes"][0]["sheets"].clear()
        school_sheet(plain, "班级一览")[0]["留守儿童数"] = 0

    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", nobody))
    assert told(result).count("E311") == 3
    assert share(result, "巩固率") == (0, 3)


def test_a_class_that_was_closed_needs_no_workbook_once_its_leavers_are_registered(tmp_path: Path) -> None:
    """Two children are in the new class, the third has left, confirmed: the old class is no longer asked for."""

    def merged(plain: dict[str, Any]) -> None:
        drop_child(plain, NAMES[0])
        plain["classes"][0]["cover"]["班级"] = 3
        school_sheet(plain, "班级一览")[0]["班级"] = 3

    def registered(plain: dict[str, Any]) -> None:
        merged(plain)
        _leaves(plain)

    run_month(tmp_path, month_of("2026-09"))
    open_still = run_month(tmp_path, month_of("2026-10", merged))
    assert told(open_still) == ["E313"]
    assert not open_still.turnout.is_complete
    result = run_month(tmp_path, month_of("2026-10", registered))
    assert told(result) == []
    assert result.turnout.is_complete


def test_a_departure_of_a_month_without_the_class_still_explains(tmp_path: Path) -> None:
    """October's class workbook never came, October's 学籍异动 did."""

    def no_class(plain: dict[str, Any]) -> None:
        plain["classes"].clear()
        _leaves(plain)

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", no_class))
    result = run_month(tmp_path, month_of("2026-11", without()))
    assert told(result) == []
    assert share(result, "巩固率") == (2, 2)


def test_whom_the_register_let_go_in_silence_has_not_shrunk_his_class(tmp_path: Path) -> None:
    """Two of three went while the class handed in nothing: its template came without them, and comes back so."""

    def silent(plain: dict[str, Any]) -> None:
        plain["classes"].clear()
        for name in NAMES[:2]:
            _leaves(plain, name)

    def as_issued(plain: dict[str, Any]) -> None:
        for name in NAMES[:2]:
            drop_child(plain, name)

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", silent))
    assert told(run_month(tmp_path, month_of("2026-11", as_issued))) == []
