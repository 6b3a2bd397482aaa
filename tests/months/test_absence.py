"""Who is missing and why: what 学籍异动 settles, whom it does not mean, and classes that are not there."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from helpers.changes import CLASS, moved, share, tick, told, two_classes, without
from helpers.measuring import measures_of, ones_of
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES, pupil
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.returning.next_month import next_month

LEFT = date(2026, 10, 15)


def _leaves(plain: dict[str, Any], name: str = NAMES[0], **cells: Any) -> None:
    row = {"日期": LEFT, "学生姓名": name, "异动类型": "转出", "班级": CLASS, "接收校确认": "是"}
    school_sheet(plain, "学籍异动").append({**row, **cells})


def test_a_newcomer_of_the_same_name_is_who_is_meant(tmp_path: Path) -> None:
    """李小禾 has left; another 李小禾 joins: her records need no 学籍号, there is one of that name in the class."""

    def joins(plain: dict[str, Any]) -> None:
        row = pupil(NAMES[0], 9) | {"入班方式": "转入", "入班日期": date(2026, 11, 2), "档案编号": "2026-0009"}
        sheet(plain, "学生档案")[0] = row

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", moved("转出", LEFT, 接收校确认="是")))
    result = run_month(tmp_path, month_of("2026-11", joins))
    assert [issue.rule.code for issue in result.issues if issue.rule.level == "错误"] == []
    assert share(result, "教师结对率") == (3, 3)


def test_a_corrected_number_is_no_namesake_either(tmp_path: Path) -> None:
    """One error that names the child and the row like his; no error at his records, no second complete archive."""

    def corrected(plain: dict[str, Any]) -> None:
        row = pupil(NAMES[0], 7)
        sheet(plain, "学生档案")[0].update({key: row[key] for key in ("身份证号", "学籍号", "出生日期")})

    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", corrected))
    assert [issue.rule.code for issue in result.issues if issue.rule.level == "错误"] == ["E311"]
    assert share(result, "建档率") == (3, 4)


@pytest.mark.parametrize("column", ["学生姓名", "班级", "异动类型"])
def test_nonsense_in_a_departure_raises_nothing(column: str, tmp_path: Path) -> None:
    """疑似辍学 keeps him owed a talk; so does a row of which nobody knows whom it means."""
    run_month(tmp_path, month_of("2026-09"))
    clean = run_month(tmp_path, month_of("2026-10", moved("疑似辍学", LEFT)))
    spoilt = run_month(tmp_path, month_of("2026-10", moved("疑似辍学", LEFT, **{column: "乱写"})))
    for figure in ("谈心达标率", "巩固率", "教师结对率"):
        before, after = share(clean, figure), share(spoilt, figure)
        assert after[0] * before[1] <= before[0] * after[1]
    assert share(spoilt, "谈心达标率") == (2, 3)


def test_what_the_class_that_he_left_did_with_him_counts(tmp_path: Path) -> None:
    """His row has moved on the 20th; talks, calls and card in the old workbook are his, and no error there."""

    def moves(plain: dict[str, Any]) -> None:
        two_classes(plain)
        row = sheet(plain, "学生档案").pop(0)
        sheet(plain, "学生档案", 1).append({**row, "入班方式": "转入", "入班日期": date(2026, 10, 20)})

    run_month(tmp_path, month_of("2026-09", two_classes))
    result = run_month(tmp_path, month_of("2026-10", moves), whole=True)
    told_of = {issue.rule.code for issue in result.issues if issue.rule.level != "提示"}
    assert told_of == {"W309"}  # 班级一览 declares one child too many
    here = [figure for _, unit, figure in measures_of(result) if unit == "三年级(3)班"]
    assert "联系卡更新率" not in here  # he came less than 15 days before the month's end
    assert measures_of(result)["class", "三年级(3)班", "建档率"] == (1, 2)
    assert measures_of(result)["class", "三年级(3)班", "监护人会率"] == (1, 2)
    assert measures_of(result)["class", "三年级(3)班", "教师结对率"] == (0, 2)
    (path,) = (tmp_path / "output" / "2026-10" / "下月模板").glob("三年级(3)班*.xlsx")
    assert NAMES[0] in [row[0].value for row in load_workbook(path)["联系卡"].iter_rows()]


def test_who_is_registered_out_and_in_again_has_not_left(tmp_path: Path) -> None:
    """A move within the school, registered as 转出 and 转入, and forgotten by the new class: he is asked for."""

    def moves(plain: dict[str, Any]) -> None:
        two_classes(plain)
        drop_child(plain, NAMES[0])
        _leaves(plain)
        _leaves(plain, 异动类型="转入", 班级="三年级(3)班", 接收校确认=None)

    run_month(tmp_path, month_of("2026-09", two_classes))
    result = run_month(tmp_path, month_of("2026-10", moves))
    (issue,) = [issue for issue in result.issues if issue.rule.code == "E311"]
    assert "转入（返校）到“三年级(3)班”" in issue.sentence
    assert share(result, "巩固率") == (3, 4)


def test_a_number_tells_namesakes_apart_when_one_of_them_has_moved(tmp_path: Path) -> None:
    """His records in the old workbook bear his 学籍号 and are his; without it nobody can say whose they are."""
    mover, stays = pupil(NAMES[0], 1), pupil(NAMES[0], 21)

    def both(plain: dict[str, Any]) -> None:
        two_classes(plain)
        sheet(plain, "学生档案").append({**stays, "档案编号": "2026-0021"})
        for rows in plain["classes"][0]["sheets"].values():
            for row in rows:
                if row.get("学生姓名") == NAMES[0]:
                    row["学籍号"] = mover["学籍号"]

    def moves(plain: dict[str, Any], number: Any = mover["学籍号"]) -> None:
        both(plain)
        row = sheet(plain, "学生档案").pop(0)
        sheet(plain, "学生档案", 1).append({**row, "入班方式": "转入", "入班日期": date(2026, 10, 20)})
        for own in sheet(plain, "家校联系"):
            own["学籍号"] = number if own["学生姓名"] == NAMES[0] else None

    run_month(tmp_path, month_of("2026-09", both))
    result = run_month(tmp_path, month_of("2026-10", moves))
    assert [issue.rule.code for issue in result.issues if issue.rule.level == "错误"] == []
    assert measures_of(result)["class", "三年级(3)班", "监护人会率"] == (1, 2)
    result = run_month(tmp_path, month_of("2026-10", lambda plain: moves(plain, None)))
    assert {issue.rule.code for issue in result.issues if issue.rule.level == "错误"} == {"E209"}
    assert measures_of(result)["class", "三年级(2)班", "监护人会率"] == (2, 3)


def test_an_error_does_not_go_away_with_the_sheet_it_stood_in(tmp_path: Path) -> None:
    """本月名册无变化 with an empty 结对帮扶: last month's row of a misspelt name is still in N of 结对检查率."""

    def misspelt(plain: dict[str, Any]) -> None:
        sheet(plain, "结对帮扶")[0]["学生姓名"] = "李小和"

    run_month(tmp_path, month_of("2026-09", misspelt))
    result = run_month(tmp_path, month_of("2026-10", tick))
    assert share(result, "结对检查率") == (0, 9)
    assert share(result, "教师结对率") == (2, 3)


def test_a_pairing_left_behind_is_not_doubled_in_the_next_template(tmp_path: Path) -> None:
    """The roster's row is gone, the pairings stay: kept and typed are one."""

    def forgets(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案").pop(0)

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", forgets), whole=True)
    (path,) = (tmp_path / "output" / "2026-10" / "下月模板").glob("三年级*.xlsx")
    names = [row[0].value for row in load_workbook(path)["结对帮扶"].iter_rows()]
    assert names.count(NAMES[0]) == 3


def test_a_tick_stands_for_no_roster_that_nobody_knows(tmp_path: Path) -> None:
    """本月名册无变化 with an empty 学生档案, in a class that no month has seen: it has handed in nothing."""

    def ticks(plain: dict[str, Any]) -> None:
        two_classes(plain)
        plain["classes"][1]["cover"]["本月名册无变化"] = "是"
        plain["classes"][1]["sheets"] = {}

    run_month(tmp_path, month_of("2026-09"))
    result = run_month(tmp_path, month_of("2026-10", ticks))
    assert [c.state for c in result.turnout.classes] == ["已交", "空表"]


def test_the_departure_confirmed_this_month_is_the_last_word(tmp_path: Path) -> None:
    """The same row of 学籍异动, unconfirmed last month and confirmed now: 转出已确认."""
    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", moved("转出", LEFT, 接收校确认="否")))
    result = run_month(tmp_path, month_of("2026-11", moved("转出", LEFT, 接收校确认="是")))
    assert share(result, "巩固率") == (2, 2)


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


def test_a_settled_child_stays_settled(tmp_path: Path) -> None:
    """Somebody else's row without a name, a month later, does not bring him back."""

    def other(plain: dict[str, Any]) -> None:
        drop_child(plain, NAMES[0])
        school_sheet(plain, "学籍异动").append({"日期": date(2026, 11, 3), "异动类型": "休学", "班级": CLASS})

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", moved("转出", LEFT, 接收校确认="是")))
    result = run_month(tmp_path, month_of("2026-11", other))
    assert told(result) == []
    assert share(result, "巩固率") == (2, 2)


def test_a_namesakes_row_explains_nobody(tmp_path: Path) -> None:
    """Two of one name, one vanished, one 休学 by name alone: nobody can say whose row it is."""

    def two(plain: dict[str, Any]) -> None:
        for title in ("学生档案", "联系卡", "结对帮扶", "谈心记录", "家校联系", "成长记录"):
            key = "姓名" if title == "学生档案" else "学生姓名"
            for row in sheet(plain, title):
                if row[key] == NAMES[1]:
                    row[key] = NAMES[0]

    def gone(plain: dict[str, Any]) -> None:
        two(plain)
        first = sheet(plain, "学生档案")[0]["身份证号"]
        sheet(plain, "学生档案")[:] = [row for row in sheet(plain, "学生档案") if row["身份证号"] != first]
        _leaves(plain, 异动类型="休学")

    run_month(tmp_path, month_of("2026-09", two))
    result = run_month(tmp_path, month_of("2026-10", gone))
    assert "E312" in told(result)


def test_of_two_rows_of_one_day_the_last_counts(tmp_path: Path) -> None:
    """疑似辍学, then 辍学: he has dropped out."""

    def twice(plain: dict[str, Any]) -> None:
        drop_child(plain, NAMES[0])
        for kind in ("疑似辍学", "辍学"):
            _leaves(plain, 异动类型=kind)

    run_month(tmp_path, month_of("2026-09"))
    assert share(run_month(tmp_path, month_of("2026-10", twice)), "巩固率") == (2, 3)


def test_who_was_put_back_is_no_newcomer(tmp_path: Path) -> None:
    """Two children on leave stand in the pre-filled roster: handed back as it is, the class has not grown."""

    def on_leave(plain: dict[str, Any]) -> None:
        for name in NAMES[:2]:
            drop_child(plain, name)
            _leaves(plain, name, 异动类型="休学")

    def back(plain: dict[str, Any]) -> None:
        for row in sheet(plain, "学生档案")[:2]:
            row.update({"学籍状态": "休学", "状态日期": LEFT})

    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", on_leave))
    assert "W319" not in told(run_month(tmp_path, month_of("2026-11", back)))


def test_a_row_of_a_misspelt_name_is_carried_over(tmp_path: Path) -> None:
    """A card under a mistyped name stands in the next month's template, to be mended there."""

    def misspelt(plain: dict[str, Any]) -> None:
        sheet(plain, "联系卡")[0]["学生姓名"] = "李小和"

    run_month(tmp_path, month_of("2026-10", misspelt))
    history = read_history(tmp_path / "output" / "2026-11", Month.parse("2026-11"))
    found = dict(next_month(history.snapshots, Month.parse("2026-11")))
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
