"""Month after month: last values are remembered, records of the term add up, the last plan goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.changes import share, tick, told, without
from helpers.measuring import measures_of
from helpers.running import month_of, run_month, sheet


def test_one_tick_stands_for_the_roster(tmp_path: Path) -> None:
    """本月名册无变化 with empty 学生档案, 联系卡 and 结对帮扶: last month's hold, and the class has handed in."""
    run_month(tmp_path, month_of("2026-09"))
    full = measures_of(run_month(tmp_path, month_of("2026-10")))
    result = run_month(tmp_path, month_of("2026-10", tick))
    assert told(result) == []
    assert result.turnout.is_complete
    ticked = measures_of(result)
    rows = ("报送质量", "结对检查率")  # the rows of the workbook are fewer, and nobody has checked a pairing
    assert {k: v for k, v in ticked.items() if k[2] not in rows} == {k: v for k, v in full.items() if k[2] not in rows}
    assert share(result, "结对检查率") == (0, 9)
    assert told(run_month(tmp_path, month_of("2026-11", without()))) == ["E311"]


def test_a_record_in_both_counts_once(tmp_path: Path) -> None:
    """Two visits are asked for: September's, kept in October's workbook as a late record, is still one."""
    plan = {"频次要求": [
        {"编号": "H9", "事项": "家访", "形式": "家访", "周期": "学期", "次数": 2, "适用对象": "全体", "启用": "是", "来源": "校定"}
    ]}  # fmt: skip

    def twice(plain: dict[str, Any]) -> None:
        plain["plan"] = {"sheets": plan}

    def keep(plain: dict[str, Any]) -> None:
        twice(plain)
        for row in sheet(plain, "家校联系"):
            row["日期"] = date(2026, 9, 12)

    run_month(tmp_path, month_of("2026-09", twice))
    assert share(run_month(tmp_path, month_of("2026-10", keep)), "家访率") == (0, 3)
    assert share(run_month(tmp_path, month_of("2026-10", twice)), "家访率") == (3, 3)


def test_the_last_plan_goes_on(tmp_path: Path) -> None:
    """A month without 考核方案 goes by last month's, and says so; so does the month after it."""

    def plan(plain: dict[str, Any]) -> None:
        plain["plan"] = {"sheets": {"参数": [{"参数": "方案预设", "值": "篇二"}]}}

    assert run_month(tmp_path, month_of("2026-09", plan)).policy.preset == "篇二"
    for text, source in (("2026-10", "2026-09"), ("2026-11", "2026-10")):
        result = run_month(tmp_path, month_of(text))
        assert result.policy.preset == "篇二"
        assert [source in remark for remark in result.remarks] == [True]
