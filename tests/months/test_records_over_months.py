"""Records over the months: what is carried over, what is the same record, what is owed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from helpers.changes import CLASS, share
from helpers.measuring import measures_of, ones_of
from helpers.running import month_of, run_month, sheet
from helpers.small import NAMES
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.reading.pool import made
from pipeline.returning.next_month import next_month


def test_a_pairing_left_behind_is_not_doubled_in_the_next_template(tmp_path: Path) -> None:
    """The roster's row is gone, the pairings stay: kept and typed are one."""

    def forgets(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案").pop(0)

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", forgets), whole=True)
    (path,) = (tmp_path / "output" / "2026-10" / "下月模板").glob("三年级*.xlsx")
    names = [row[0].value for row in load_workbook(path)["结对帮扶"].iter_rows()]
    assert names.count(NAMES[0]) == 3


def test_a_row_of_a_misspelt_name_is_carried_over(tmp_path: Path) -> None:
    """A card under a mistyped name stands in the next month's template, to be mended there."""

    def misspelt(plain: dict[str, Any]) -> None:
        sheet(plain, "联系卡")[0]["学生姓名"] = "李小和"

    run_month(tmp_path, month_of("2026-10", misspelt))
    history = read_history(tmp_path / "output" / "2026-11", Month.parse("2026-11"))
    found = {one.name: made(one.content) for one in next_month(history.snapshots, Month.parse("2026-11"))}
    book = load_workbook(BytesIO(next(data for name, data in found.items() if name.startswith(CLASS))))
    names = [row[0] for row in book["联系卡"].iter_rows(min_row=4, values_only=True) if row[0]]
    assert sorted(names) == sorted([*NAMES[1:], "李小和"])


def test_autumns_growth_rows_are_not_springs(tmp_path: Path) -> None:
    """A case of September is none in March, and a score of September tests nobody then (contract §8.3, §8.22)."""

    def case(plain: dict[str, Any]) -> None:
        sheet(plain, "成长记录")[0].update({"个案触发": "心理障碍", "触发日期": date(2026, 9, 12)})

    def no_score(plain: dict[str, Any]) -> None:
        for row in sheet(plain, "成长记录"):
            row.pop("语文")

    run_month(tmp_path, month_of("2026-09", case))
    assert share(run_month(tmp_path, month_of("2026-12")), "个案方案率") == (0, 1)
    result = run_month(tmp_path, month_of("2027-03", no_score))
    assert ("school", "", "个案方案率") not in measures_of(result)
    assert ones_of(result)[3] == (0, 3)


def test_a_record_worded_anew_is_the_same_record(tmp_path: Path) -> None:
    """September's visit, handed in again with a summary, is one visit; two of one day stay two."""
    plan = {"频次要求": [
        {"编号": "H9", "事项": "家访", "形式": "家访", "周期": "学期", "次数": 2, "适用对象": "全体", "启用": "是", "来源": "校定"}
    ]}  # fmt: skip

    def asked(plain: dict[str, Any]) -> None:
        plain["plan"] = {"sheets": plan}

    def again(plain: dict[str, Any]) -> None:
        asked(plain)
        for row in sheet(plain, "家校联系"):
            row.update({"日期": date(2026, 9, 12), "情况摘要": "奶奶身体好"})

    def two(plain: dict[str, Any]) -> None:
        asked(plain)
        rows = sheet(plain, "家校联系")
        rows += [row | {"情况摘要": "下午又去"} for row in rows if row["形式"] == "家访"]

    run_month(tmp_path, month_of("2026-09", asked))
    assert share(run_month(tmp_path, month_of("2026-10", again)), "家访率") == (0, 3)
    run_month(tmp_path, month_of("2026-09", two))

    def none(plain: dict[str, Any]) -> None:
        asked(plain)
        sheet(plain, "家校联系").clear()

    assert share(run_month(tmp_path, month_of("2026-10", none)), "家访率") == (3, 3)


def test_an_unreadable_birthday_is_owed_a_party_and_has_none(tmp_path: Path) -> None:
    """The last valid day could be another one: he is in N, and in no n."""

    def october(plain: dict[str, Any]) -> None:
        row = sheet(plain, "学生档案")[0]
        row.update({"出生日期": date(2016, 10, 3), "身份证号": None, "学籍号": "L529900201610030011"})

    def spoilt(plain: dict[str, Any]) -> None:
        october(plain)
        sheet(plain, "学生档案")[0]["出生日期"] = "十月初三"
        party = {
            "日期": date(2026, 10, 12),
            "活动类型": "生日会",
            "活动名称": "生日会",
            "组织人": "王老师",
            "参加学生": "全体",
        }
        sheet(plain, "活动记录").append(party)

    run_month(tmp_path, month_of("2026-09", october))
    assert share(run_month(tmp_path, month_of("2026-10", spoilt)), "生日关爱率") == (0, 1)
