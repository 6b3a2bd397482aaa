"""Who is missing and why: what 学籍异动 settles, and whom it does not mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from helpers.changes import CLASS, moved, share, told, two_classes
from helpers.measuring import measures_of
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES, pupil

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


def test_the_departure_confirmed_this_month_is_the_last_word(tmp_path: Path) -> None:
    """The same row of 学籍异动, unconfirmed last month and confirmed now: 转出已确认."""
    run_month(tmp_path, month_of("2026-09"))
    run_month(tmp_path, month_of("2026-10", moved("转出", LEFT, 接收校确认="否")))
    result = run_month(tmp_path, month_of("2026-11", moved("转出", LEFT, 接收校确认="是")))
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
