"""Lines of the seven plans that a plain October does not ask for: each met, missed by exactly one, and not owed."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from helpers.full import DAY, FIRST, Change, Plain, but_one, checked, full_month, with_cells, without
from helpers.measuring import result_of
from helpers.running import month_of, school_sheet, sheet
from helpers.small import NAMES, id_card
from pipeline.publishing.chapters import _lacking
from pipeline.result import Result


class Line(NamedTuple):
    """A line: the month it is tried in, what makes it met there, what then spoils it, whom it names."""

    month: str
    met: Change
    missed: Change
    names: list[str]


def _add(title: str, *rows: Plain) -> Change:
    return lambda plain: sheet(plain, title).extend(dict(row) for row in rows)


def _add_school(title: str, *rows: Plain) -> Change:
    return lambda plain: school_sheet(plain, title).extend(dict(row) for row in rows)


def _both(*changes: Change) -> Change:
    def change(plain: Plain) -> None:
        for each in changes:
            each(plain)

    return change


def _party(kind: str, day: date) -> Plain:
    return {"日期": day, "活动类型": kind, "活动名称": kind, "组织人": "王老师", "参加学生": "全体"}


def _born_in_october(plain: Plain) -> None:
    """Let two children be born in October; the third, as drawn, in March."""
    for serial, row in enumerate(sheet(plain, "学生档案")[:2], start=1):
        birth = date(2016, 10, serial)
        number = id_card(birth, serial)
        row |= {"出生日期": birth, "身份证号": number, "学籍号": "G" + number}


_CASE = {
    "学生姓名": FIRST, "触发原因": "学习严重滑坡", "制订日期": date(2026, 10, 5), "责任人": "陈老师", "措施": "每周补两次数学",
    "进展": "进行中",
}  # fmt: skip
_TRIGGER = with_cells("成长记录", FIRST, 个案触发="学习严重滑坡", 触发日期=date(2026, 10, 1))
_PLANNED = _both(_TRIGGER, _add("个别方案", _CASE))
_CHECKS = tuple(
    {"日期": date(2027, 2, day), "村民组": "清水村一组", "组长": FIRST, "参加学生": "、".join(NAMES), "作业情况": "好"}
    for day in range(2, 20, 3)
)
_JOINED = {"入班方式": "转入", "入班日期": date(2026, 9, 20)}


def _sixth_grade(plain: Plain) -> None:
    """Make the class a sixth one, the boarder of which then learns to look after himself."""
    plain["classes"][0]["cover"]["年级"] = school_sheet(plain, "班级一览")[0]["年级"] = "六年级"


LINES: dict[str, Line] = {
    "P1-3": Line("2027-05", _add("活动记录", _party("母亲节悄悄话", date(2027, 5, 9))), but_one("母亲节悄悄话"), [FIRST]),
    "P1-4": Line("2027-02", _add("假期互查", *_CHECKS), without("假期互查", "日期", date(2027, 2, 11)), [""]),
    "P2-9": Line("2026-10", _PLANNED, without("个别方案", "学生姓名", FIRST), [FIRST]),
    "P4-14": Line("2026-10", _PLANNED, without("个别方案", "学生姓名", FIRST), [FIRST]),
    "P3-18": Line(
        "2026-10", _both(_born_in_october, _add("活动记录", _party("生日会", DAY))), but_one("生日会"), [FIRST]
    ),
    "P4-2": Line("2026-10", lambda plain: None, lambda plain: school_sheet(plain, "应入学名册")[0].update({"就学去向": "去向不明"}), [""]),
    "P4-6": Line(
        "2026-10", _both(with_cells("学生档案", FIRST, **_JOINED), with_cells("联系卡", FIRST, 更新日期=date(2026, 9, 21))),
        with_cells("联系卡", FIRST, 更新日期=date(2026, 9, 3)), [FIRST],
    ),
    "P4-9": Line("2026-10", _sixth_grade, without("关爱服务", "类别", "自理指导", FIRST), [FIRST]),
}  # fmt: skip


# Of what happens, and of the definition itself, nobody can lack anything; P3-9 is of classes and teachers, below.
NEVER_LACKED = {
    "P4A-1": _add_school(
        "捐助登记", {"日期": DAY, "捐助方": "乡供销社", "类别": "物资", "品名": "棉衣", "数量": 3, "受益人数": 3}
    ),
    "P4A-2": _add_school(
        "捐助登记",
        {"日期": DAY, "捐助方": "县妇联", "类别": "保险", "品名": "意外保险", "数量": 3, "人均保额": 30000, "受益人数": 3},
    ),
}  # fmt: skip


def _lines_of(plain: Plain, code: str) -> tuple[Result, list[Any]]:
    result = result_of(plain)
    return result, [each for each in checked(result) if each.item.code == code]


def _month(text: str) -> Plain:
    return full_month() if text == "2026-10" else month_of(text)


QUICK = ("P1-3", "P3-18")


@pytest.mark.parametrize(
    "code", [code if code in QUICK else pytest.param(code, marks=pytest.mark.slow) for code in LINES]
)
def test_a_line_of_its_day_is_met_and_missed_by_one(code: str) -> None:
    line = LINES[code]
    plain = _month(line.month)
    line.met(plain)
    result, own = _lines_of(plain, code)
    assert sum(each.total for each in own if not each.is_count), "owed"
    assert all(each.is_met for each in own) and not [low for each in own for low in _lacking(each, result)]
    line.missed(plain)
    result, own = _lines_of(plain, code)
    assert not all(each.is_met for each in own)
    assert sorted({low.name for each in own for low in _lacking(each, result)}) == line.names


@pytest.mark.slow
@pytest.mark.parametrize("code", NEVER_LACKED)
def test_what_happens_is_counted_and_never_lacked(code: str) -> None:
    plain = full_month()
    assert next(each.n for each in _lines_of(plain, code)[1]) == 0
    NEVER_LACKED[code](plain)
    result, own = _lines_of(plain, code)
    assert own[0].n == 1 and own[0].is_met and not _lacking(own[0], result)


@pytest.mark.slow
def test_the_heads_are_those_of_the_definition_in_force() -> None:
    """One child lives with a parent: one head less in P2-1, and nobody lacks anything."""
    plain = full_month()
    _, before = _lines_of(plain, "P2-1")
    with_cells(
        "学生档案", FIRST, 母亲状况="在家", 母亲外出日期=None, 父亲状况="在家", 父亲外出日期=None, 随父母生活="是"
    )(plain)
    result, after = _lines_of(plain, "P2-1")
    assert (before[0].n, after[0].n) == (3, 2)
    assert not _lacking(after[0], result)


def test_every_class_with_children_is_scored_and_ranked() -> None:
    """P3-9: a class that has not handed in is evaluated by nobody and named; a class without children is not asked."""
    plain = full_month()
    school_sheet(plain, "班级一览").append(
        {"年级": "四年级", "班级": 1, "班主任": "赵老师", "学生总数": 40, "留守儿童数": 3}
    )
    result, own = _lines_of(plain, "P3-9")
    assert next((each.n, each.total) for each in own) == (1, 2)
    assert sorted({(low.grade, low.number) for each in own for low in _lacking(each, result)}) == [(4, 1)]
    school_sheet(plain, "班级一览")[-1].update({"留守儿童数": 0, "潜能生数": 0})
    _, own = _lines_of(plain, "P3-9")
    assert next((each.n, each.total) for each in own) == (1, 1)


def test_a_school_without_such_children_owes_nothing_of_them() -> None:
    """No line about children, or about the classes that have some, is owed; what the school itself owes stays."""
    plain = full_month()
    for name in NAMES:
        with_cells(
            "学生档案", name, 父亲状况="在家", 父亲外出日期=None, 母亲状况="在家", 母亲外出日期=None, 随父母生活="是"
        )(plain)
    owed = [each for each in checked(result_of(plain)) if each.total and not each.is_count]
    assert not [each.item.code for each in owed if (each.tally.child >= 0).any()]
    assert {each.item.code for each in owed} <= {"P2-8", "P3-7", "P3-9", "P3-10", "P3-14", "P4-2", "P4-12", "P1-4"}
