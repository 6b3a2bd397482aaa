"""Month after month: last values are remembered, records of the term add up, the last plan goes on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helpers.changes import Change, share, tick, told, without
from helpers.measuring import measures_of
from helpers.running import month_of, run_month, sheet
from helpers.small import NAMES


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


def test_an_error_is_read_as_the_last_valid_value_and_never_lowers_a_count(tmp_path: Path) -> None:
    """单亲留守 stays what it was; the child is in N by either reading, and in no n."""

    def single(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0].update({"母亲状况": "在家", "母亲外出日期": None, "在家一方监护能力": "有"})

    def spoil(plain: dict[str, Any]) -> None:
        single(plain)
        sheet(plain, "学生档案")[0]["母亲状况"] = "不知道"

    first = run_month(tmp_path, month_of("2026-10", spoil)).measured.heads.iloc[0]
    assert (first["is_double"], first["is_single"]) == (3, 0)
    run_month(tmp_path, month_of("2026-09", single))
    result = run_month(tmp_path, month_of("2026-10", spoil))
    heads = result.measured.heads.iloc[0]
    assert (heads["is_double"], heads["is_single"], heads["in_l"]) == (2, 1, 3)
    assert share(result, "谈心达标率") == (2, 3)


def test_an_error_keeps_in_n_whom_his_last_value_would_leave_out(tmp_path: Path) -> None:
    """A child who was 潜能生 alone and whose 学生类别 is now nonsense is in L, in no n, and in no 留守 column."""

    def potential(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0]["学生类别"] = "潜能生"

    run_month(tmp_path, month_of("2026-09", potential))
    spoil: Change = lambda plain: sheet(plain, "学生档案")[0].update({"学生类别": "乱写"})  # noqa: E731
    result = run_month(tmp_path, month_of("2026-10", spoil))
    heads = result.measured.heads.iloc[0]
    assert (heads["in_l"], heads["is_double"]) == (3, 2)
    assert share(result, "巩固率") == (2, 3)


def _no_contact(plain: dict[str, Any]) -> None:
    sheet(plain, "家校联系").clear()


def test_records_of_the_term_add_up(tmp_path: Path) -> None:
    """A home visit and a guardians' meeting of September count in October; a phone call of the month does not."""
    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", _no_contact))
    assert (share(result, "家访率"), share(result, "监护人会率")) == ((3, 3), (3, 3))
    assert share(result, "亲情联络率") == (0, 3)


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


def test_cases_of_the_term_stay_open_until_they_are_planned(tmp_path: Path) -> None:
    """A case of September without a plan is still one in October, whatever October's growth row says."""

    def case(plain: dict[str, Any]) -> None:
        sheet(plain, "成长记录")[0].update({"个案触发": "心理障碍", "触发日期": date(2026, 9, 12)})

    def planned(plain: dict[str, Any]) -> None:
        row = {"学生姓名": NAMES[0], "触发原因": "心理障碍", "制订日期": date(2026, 9, 20), "责任人": "王老师", "措施": "每周谈心",
               "进展": "进行中"}  # fmt: skip
        sheet(plain, "个别方案").append(row)

    assert share(run_month(tmp_path, month_of("2026-09", case)), "个案方案率") == (0, 1)
    assert share(run_month(tmp_path, month_of("2026-10")), "个案方案率") == (0, 1)
    assert share(run_month(tmp_path, month_of("2026-10", planned)), "个案方案率") == (1, 1)


def test_the_last_plan_goes_on(tmp_path: Path) -> None:
    """A month without 考核方案 goes by last month's, and says so; so does the month after it."""

    def plan(plain: dict[str, Any]) -> None:
        plain["plan"] = {"sheets": {"参数": [{"参数": "方案预设", "值": "篇二"}]}}

    assert run_month(tmp_path, month_of("2026-09", plan)).policy.preset == "篇二"
    for text, source in (("2026-10", "2026-09"), ("2026-11", "2026-10")):
        result = run_month(tmp_path, month_of(text))
        assert result.policy.preset == "篇二"
        assert [source in remark for remark in result.remarks] == [True]
