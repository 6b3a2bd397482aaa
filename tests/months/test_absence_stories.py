"""Who is missing and why, told side by side: what a row of 学籍异动 settles, what it does not, who is meant by a name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from helpers.changes import CLASS, Change, moved
from helpers.running import drop_child, school_sheet, sheet
from helpers.small import NAMES, pupil
from helpers.stories import Stories, Story, as_ever

LEFT = date(2026, 10, 15)
NONSENSE = ("学生姓名", "班级", "异动类型")


def _leaves(plain: dict[str, Any], name: str = NAMES[0], **cells: Any) -> None:
    row = {"日期": LEFT, "学生姓名": name, "异动类型": "转出", "班级": CLASS, "接收校确认": "是"}
    school_sheet(plain, "学籍异动").append({**row, **cells})


def _joins(plain: dict[str, Any]) -> None:
    row = pupil(NAMES[0], 9) | {"入班方式": "转入", "入班日期": date(2026, 11, 2), "档案编号": "2026-0009"}
    sheet(plain, "学生档案")[0] = row


def _corrected(plain: dict[str, Any]) -> None:
    row = pupil(NAMES[0], 7)
    sheet(plain, "学生档案")[0].update({key: row[key] for key in ("身份证号", "学籍号", "出生日期")})


def _other_row(plain: dict[str, Any]) -> None:
    drop_child(plain, NAMES[0])
    school_sheet(plain, "学籍异动").append({"日期": date(2026, 11, 3), "异动类型": "休学", "班级": CLASS})


def _two_of_a_name(plain: dict[str, Any]) -> None:
    for title in ("学生档案", "联系卡", "结对帮扶", "谈心记录", "家校联系", "成长记录"):
        key = "姓名" if title == "学生档案" else "学生姓名"
        for row in sheet(plain, title):
            if row[key] == NAMES[1]:
                row[key] = NAMES[0]


def _one_of_them_gone(plain: dict[str, Any]) -> None:
    _two_of_a_name(plain)
    first = sheet(plain, "学生档案")[0]["身份证号"]
    sheet(plain, "学生档案")[:] = [row for row in sheet(plain, "学生档案") if row["身份证号"] != first]
    _leaves(plain, 异动类型="休学")


def _twice_registered(plain: dict[str, Any]) -> None:
    drop_child(plain, NAMES[0])
    for kind in ("疑似辍学", "辍学"):
        _leaves(plain, 异动类型=kind)


def _on_leave(plain: dict[str, Any]) -> None:
    for name in NAMES[:2]:
        drop_child(plain, name)
        _leaves(plain, name, 异动类型="休学")


def _back(plain: dict[str, Any]) -> None:
    for row in sheet(plain, "学生档案")[:2]:
        row.update({"学籍状态": "休学", "状态日期": LEFT})


def _suspected(column: str = "") -> Change:
    return moved("疑似辍学", LEFT, **({column: "乱写"} if column else {}))


_gone, _unconfirmed = (moved("转出", LEFT, 接收校确认=word) for word in ("是", "否"))
STORIES: dict[str, Story] = {
    "a newcomer": (as_ever, _gone, _joins),
    "a corrected number": (as_ever, _corrected),
    "suspected": (as_ever, _suspected()),
    **{f"nonsense in {column}": (as_ever, _suspected(column)) for column in NONSENSE},
    "confirmed later": (as_ever, _unconfirmed, _gone),
    "another's row": (as_ever, _gone, _other_row),
    "namesakes": (_two_of_a_name, _one_of_them_gone),
    "two rows": (as_ever, _twice_registered),
    "put back": (as_ever, _on_leave, _back),
}


@pytest.fixture(scope="module")
def told_of(tmp_path_factory: pytest.TempPathFactory) -> Stories:
    return Stories(tmp_path_factory.mktemp("stories"), STORIES)


def test_a_newcomer_of_the_same_name_is_who_is_meant(told_of: Stories) -> None:
    """李小禾 has left; another 李小禾 joins: her records need no 学籍号, there is one of that name in the class."""
    seen = told_of("a newcomer", 11)
    assert seen.errors == []
    assert seen.shares["教师结对率"] == (3, 3)


def test_a_corrected_number_is_no_namesake_either(told_of: Stories) -> None:
    """One error that names the child and the row like his; no error at his records, no second complete archive."""
    seen = told_of("a corrected number", 10)
    assert seen.errors == ["E311"]
    assert seen.shares["建档率"] == (3, 4)


@pytest.mark.parametrize("column", NONSENSE)
def test_nonsense_in_a_departure_raises_nothing(column: str, told_of: Stories) -> None:
    """疑似辍学 keeps him owed a talk; so does a row of which nobody knows whom it means."""
    clean, spoilt = told_of("suspected", 10).shares, told_of(f"nonsense in {column}", 10).shares
    for figure in ("谈心达标率", "巩固率", "教师结对率"):
        before, after = clean[figure], spoilt[figure]
        assert after[0] * before[1] <= before[0] * after[1]
    assert spoilt["谈心达标率"] == (2, 3)


def test_the_departure_confirmed_this_month_is_the_last_word(told_of: Stories) -> None:
    """The same row of 学籍异动, unconfirmed last month and confirmed now: 转出已确认."""
    assert told_of("confirmed later", 10).shares["巩固率"] == (2, 3)
    assert told_of("confirmed later", 11).shares["巩固率"] == (2, 2)


def test_a_settled_child_stays_settled(told_of: Stories) -> None:
    """Somebody else's row without a name, a month later, does not bring him back."""
    seen = told_of("another's row", 11)
    assert seen.told == []
    assert seen.shares["巩固率"] == (2, 2)


def test_a_namesakes_row_explains_nobody(told_of: Stories) -> None:
    """Two of one name, one vanished, one 休学 by name alone: nobody can say whose row it is."""
    assert "E312" in told_of("namesakes", 10).told


def test_of_two_rows_of_one_day_the_last_counts(told_of: Stories) -> None:
    """疑似辍学, then 辍学: he has dropped out."""
    assert told_of("two rows", 10).shares["巩固率"] == (2, 3)


def test_who_was_put_back_is_no_newcomer(told_of: Stories) -> None:
    """Two children on leave stand in the pre-filled roster: handed back as it is, the class has not grown."""
    assert "W319" not in told_of("put back", 11).told
