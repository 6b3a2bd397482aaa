"""Our advice, followed to the letter, ends the matter: no problem is left, and no other comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.changes import CLASS, tick, two_classes
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES, card, id_card, pupil
from pipeline.result import Result
from schemas import rules

Change = Callable[[dict[str, Any]], None]
DAY = date(2026, 11, 20)  # after the records of the small month
NEW = id_card(date(2016, 3, 1), 71)


def _nothing(plain: dict[str, Any]) -> None:
    """Change nothing."""


def _vanish(plain: dict[str, Any]) -> None:
    drop_child(plain, NAMES[0])


def _register(kind: str, **cells: Any) -> Change:
    def change(plain: dict[str, Any]) -> None:
        row = {"日期": DAY, "学生姓名": NAMES[0], "异动类型": kind, "班级": CLASS}
        school_sheet(plain, "学籍异动").append(row | cells)
        if kind in ("转出", "死亡"):
            school_sheet(plain, "应入学名册")[0]["就学去向"] = "外校有学籍"
            school_sheet(plain, "班级一览")[0]["留守儿童数"] = 2

    return change


def _put_back(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案").insert(0, pupil(NAMES[0], 1))
    sheet(plain, "联系卡").insert(0, card(NAMES[0]))


def _put_back_as_left(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案").insert(0, pupil(NAMES[0], 1) | {"学籍状态": "转出已确认", "状态日期": DAY})
    school_sheet(plain, "应入学名册")[0]["就学去向"] = "外校有学籍"
    school_sheet(plain, "班级一览")[0]["留守儿童数"] = 2


def _in_the_other_class(plain: dict[str, Any]) -> None:
    plain["classes"][1]["sheets"]["学生档案"].append(pupil(NAMES[0], 1))
    school_sheet(plain, "班级一览")[0]["留守儿童数"] = 2


def _renumbered(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"身份证号": NEW, "学籍号": "G" + NEW})


def _corrected(plain: dict[str, Any]) -> None:
    row = {"日期": DAY, "学生姓名": NAMES[0], "身份证号": NEW, "异动类型": "信息更正", "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row | {"原证件号": pupil(NAMES[0], 1)["身份证号"]})


def _other_sex(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"性别": "女", "身份证号": NEW, "学籍号": "G" + pupil(NAMES[0], 1)["身份证号"]})


def _unclassed(plain: dict[str, Any]) -> None:
    del plain["classes"][1]
    school_sheet(plain, "班级一览").pop()


def _into_the_first_class(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案").append(pupil("周小溪", 9))
    school_sheet(plain, "班级一览")[0]["留守儿童数"] = 4


def _shown_as_left(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"学籍状态": "休学", "状态日期": DAY})


# rule → October, the trouble of November, and what our sentence says to do about it
ADVICE: dict[str, tuple[rules.Rule, Change, Change, Change]] = {
    "补回": (rules.VANISHED, _nothing, _vanish, _put_back),
    "补回并改状态": (rules.VANISHED, _nothing, _vanish, _put_back_as_left),
    "新班添上": (rules.VANISHED, two_classes, _vanish, _in_the_other_class),
    "登记转出": (rules.VANISHED, _nothing, _vanish, _register("转出", 接收校确认="是")),
    "登记未确认的转出": (rules.VANISHED, _nothing, _vanish, _register("转出", 接收校确认="否")),
    "登记休学": (rules.VANISHED, _nothing, _vanish, _register("休学")),
    "登记死亡": (rules.VANISHED, _nothing, _vanish, _register("死亡")),
    "信息更正": (rules.NUMBER_CORRECTED, _nothing, _renumbered, _corrected),
    "填进新的班": (rules.CLASS_VANISHED, two_classes, _unclassed, _into_the_first_class),
    "状态改一致": (rules.STATUS_DIFFERS, _nothing, _register("休学"), _shown_as_left),
}


def _told(result: Result) -> set[rules.Rule]:
    return {issue.rule for issue in result.issues if issue.rule.level != rules.NOTE}


@pytest.mark.parametrize("what", ADVICE)
def test_followed_to_the_letter_it_ends_the_matter(what: str, tmp_path: Path) -> None:
    rule, october, trouble, remedy = ADVICE[what]

    def troubled(plain: dict[str, Any]) -> None:
        if october is two_classes:
            two_classes(plain)
        trouble(plain)

    def mended(plain: dict[str, Any]) -> None:
        troubled(plain)
        remedy(plain)

    run_month(tmp_path, month_of("2026-10", october))
    before = run_month(tmp_path, month_of("2026-11", troubled))
    assert rule in _told(before)
    after = run_month(tmp_path, month_of("2026-11", mended))
    assert rule not in _told(after)
    assert _told(after) <= _told(before) | _OF_SMALL_CLASSES


# A class of three that gains or loses one moves by more than a fifth.
_OF_SMALL_CLASSES = {rules.CLASS_SHRANK, rules.CLASS_GREW}


def test_an_error_that_a_tick_keeps_is_mended_by_the_whole_row(tmp_path: Path) -> None:
    def unknown(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0]["父亲状况"] = "不知道"

    def mended(plain: dict[str, Any]) -> None:
        tick(plain)
        sheet(plain, "学生档案").extend(pupil(name, serial) for serial, name in enumerate(NAMES, start=1))

    run_month(tmp_path, month_of("2026-10", unknown))
    assert rules.STILL_IN_ERROR in _told(run_month(tmp_path, month_of("2026-11", tick)))
    assert rules.STILL_IN_ERROR not in _told(run_month(tmp_path, month_of("2026-11", mended)))
