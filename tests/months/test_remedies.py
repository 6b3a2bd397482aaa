"""Our advice, followed to the letter, ends the matter: no problem is left, and no other comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checks.test_advice import ADVICE as WITHIN_A_MONTH
from helpers.changes import CLASS, in_grade, tick, two_classes
from helpers.drawing import draw_month
from helpers.running import drop_child, month_of, run_month, school_sheet, sheet
from helpers.sampling import some
from helpers.small import NAMES, card, id_card, pupil
from pipeline.model import Month
from pipeline.months.history import read_history
from pipeline.report import work_out
from pipeline.result import Result
from pipeline.stages.collect import collect
from schemas import rules

Change = Callable[[dict[str, Any]], None]
DAY = date(2026, 11, 20)  # after the records of the small month
NEW = id_card(date(2016, 3, 1), 71)
MORE = tuple(f"周小{last}" for last in "溪川坡岭谷云")


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


def _looks_like_him(plain: dict[str, Any]) -> None:
    """Let a new child of nearly his name and of his birth date stand where he stood."""
    drop_child(plain, NAMES[0])
    sheet(plain, "学生档案").append(
        pupil("李小荷", 1) | {"身份证号": NEW, "学籍号": "G" + NEW, "档案编号": "2026-0071"}
    )
    school_sheet(plain, "班级一览")[0]["留守儿童数"] = 4


def _gone_by_a_word(plain: dict[str, Any]) -> None:
    _vanish(plain)
    row = {"日期": DAY, "学生姓名": NAMES[0], "异动类型": "走了", "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row)


def _put_back_and_unsaid(plain: dict[str, Any]) -> None:
    _put_back(plain)
    school_sheet(plain, "学籍异动").pop()


def _moved(**cells: Any) -> Change:
    def change(plain: dict[str, Any]) -> None:
        school_sheet(plain, "学籍异动")[-1].update(cells)
        if cells.get("异动类型") == "转出":
            school_sheet(plain, "应入学名册")[0]["就学去向"] = "外校有学籍"

    return change


def _foreign(plain: dict[str, Any]) -> None:
    _renumbered(plain)
    row = {"日期": DAY, "学生姓名": NAMES[0], "身份证号": NEW, "异动类型": "信息更正", "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row | {"原证件号": pupil(NAMES[1], 2)["身份证号"]})


def _entered_the_other_class(plain: dict[str, Any]) -> None:
    _vanish(plain)
    row = {"日期": DAY, "学生姓名": NAMES[0], "异动类型": "转入", "班级": "三年级(3)班"}
    school_sheet(plain, "学籍异动").append(row)


LONE = "L529900201603010019"  # a number that says nothing of his sex


def _by_school_number(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"学籍号": LONE, "身份证号": None})


def _other_sex(plain: dict[str, Any]) -> None:
    _by_school_number(plain)
    sheet(plain, "学生档案")[0]["性别"] = "女"


def _by_school_number_again(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0]["性别"] = "男"


def _sex_corrected(plain: dict[str, Any]) -> None:
    row = {"日期": DAY, "学生姓名": NAMES[0], "异动类型": "信息更正", "原证件号": LONE, "班级": CLASS}
    school_sheet(plain, "学籍异动").append(row)


def _more(plain: dict[str, Any]) -> None:
    for number, name in enumerate(MORE, start=11):
        sheet(plain, "学生档案").append(pupil(name, number))
        sheet(plain, "联系卡").append(card(name))
    school_sheet(plain, "班级一览")[0]["留守儿童数"] = 3 + len(MORE)


def _fewer(plain: dict[str, Any]) -> None:
    """Lose the last three of them."""
    _more(plain)
    for name in MORE[-3:]:
        drop_child(plain, name)


def _pasted_back(plain: dict[str, Any]) -> None:
    for number, name in enumerate(MORE, start=11):
        if name in MORE[-3:]:
            sheet(plain, "学生档案").append(pupil(name, number))
            sheet(plain, "联系卡").append(card(name))


def _taken_out(plain: dict[str, Any]) -> None:
    for name in MORE:
        drop_child(plain, name)
    school_sheet(plain, "班级一览")[0]["留守儿童数"] = 3


def _other_hobby(plain: dict[str, Any]) -> None:
    plain["classes"][0]["cover"]["本月名册无变化"] = "是"
    sheet(plain, "学生档案")[0]["兴趣爱好"] = "唱歌"


def _changed_after_all(plain: dict[str, Any]) -> None:
    plain["classes"][0]["cover"]["本月名册无变化"] = "否"


def _other_guardian(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0]["监护类型"] = "外祖父母"


def _card_looked_at(plain: dict[str, Any]) -> None:
    sheet(plain, "联系卡")[0]["更新日期"] = DAY


def _unclassed(plain: dict[str, Any]) -> None:
    del plain["classes"][1]
    school_sheet(plain, "班级一览").pop()


def _into_the_first_class(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案").append(pupil("周小溪", 9))
    school_sheet(plain, "班级一览")[0]["留守儿童数"] = 4


def _shown_as_left(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"学籍状态": "休学", "状态日期": DAY})


def _by_anothers_number(plain: dict[str, Any]) -> None:
    _vanish(plain)
    _register("转出", 接收校确认="是", 身份证号=pupil(NAMES[1], 2)["身份证号"])(plain)


EARLY = date(2026, 10, 20)


def _told_too_late(plain: dict[str, Any]) -> None:
    _vanish(plain)
    _register("转出", 接收校确认="是", 日期=EARLY)(plain)


def _put_back_on_that_day(plain: dict[str, Any]) -> None:
    _put_back_as_left(plain)
    sheet(plain, "学生档案")[0]["状态日期"] = EARLY


def _left_in_october(plain: dict[str, Any]) -> None:
    sheet(plain, "学生档案")[0].update({"学籍状态": "转出已确认", "状态日期": date(2026, 10, 20)})


def _left_after_all(plain: dict[str, Any]) -> None:
    _left_in_october(plain)
    for title in ("谈心记录", "家校联系", "亲情联络", "关爱服务", "成长记录", "结对帮扶"):
        rows = plain["classes"][0]["sheets"].get(title, [])
        rows[:] = [row for row in rows if row.get("学生姓名") != NAMES[0]]
    school_sheet(plain, "应入学名册")[0]["就学去向"] = "外校有学籍"
    school_sheet(plain, "班级一览")[0]["留守儿童数"] = 2


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
    "像他的不是他，补回": (rules.VANISHED, _nothing, _looks_like_him, _put_back),
    "转入的班填上": (rules.VANISHED, two_classes, _entered_the_other_class, _in_the_other_class),
    "转入登记错了": (rules.VANISHED, two_classes, _entered_the_other_class, _moved(异动类型="转出", 班级=CLASS)),
    "核对学籍异动": (rules.VANISHED_DOUBTFUL, _nothing, _gone_by_a_word, _moved(异动类型="转出")),
    "没有离校，补回": (rules.VANISHED_DOUBTFUL, _nothing, _gone_by_a_word, _put_back_and_unsaid),
    "核对原证件号": (rules.FOREIGN_NUMBER, _nothing, _foreign, _moved(原证件号=pupil(NAMES[0], 1)["身份证号"])),
    "改成他的号码": (
        rules.OTHERS_NUMBER,
        _nothing,
        _by_anothers_number,
        _moved(身份证号=pupil(NAMES[0], 1)["身份证号"]),
    ),
    "名册删晚了": (rules.VANISHED, _nothing, _told_too_late, _put_back_on_that_day),
    "登记返校": (rules.STANDS_AGAIN, _left_in_october, _nothing, _register("返校")),
    "没有回来": (rules.STANDS_AGAIN, _left_in_october, _nothing, _left_after_all),
    "填错了行": (rules.IDENTITY_CHANGED, _by_school_number, _other_sex, _by_school_number_again),
    "确是更正": (rules.IDENTITY_CHANGED, _by_school_number, _other_sex, _sex_corrected),
    "补上少粘贴的": (rules.CLASS_SHRANK, _more, _fewer, _pasted_back),
    "拿掉混进来的": (rules.CLASS_GREW, _nothing, _more, _taken_out),
    "改为否": (rules.UNCHANGED_DIFFERS, _nothing, _other_hobby, _changed_after_all),
    "核对联系卡": (rules.STALE_CARD, _nothing, _other_guardian, _card_looked_at),
}


def _told(result: Result) -> set[rules.Rule]:
    return {issue.rule for issue in result.issues if issue.rule.level != rules.NOTE}


@pytest.mark.parametrize("what", some(ADVICE, 3))
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


def test_a_cell_in_error_has_not_changed(tmp_path: Path) -> None:
    """Nobody is asked to look at a card again because 父亲状况 can't be read, nor because it could not last month."""

    def unread(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0]["父亲状况"] = "不知道"
        sheet(plain, "学生档案")[1]["父亲状况"] = "同父亲"

    run_month(tmp_path, month_of("2026-09"))
    october = run_month(tmp_path, month_of("2026-10", unread))
    november = run_month(tmp_path, month_of("2026-11"))
    assert rules.STALE_CARD not in _told(october) | _told(november)


def test_an_error_that_a_tick_keeps_is_mended_by_the_whole_row(tmp_path: Path) -> None:
    def unknown(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0]["父亲状况"] = "不知道"

    def mended(plain: dict[str, Any]) -> None:
        tick(plain)
        sheet(plain, "学生档案").extend(pupil(name, serial) for serial, name in enumerate(NAMES, start=1))

    run_month(tmp_path, month_of("2026-10", unknown))
    assert rules.STILL_IN_ERROR in _told(run_month(tmp_path, month_of("2026-11", tick)))
    assert rules.STILL_IN_ERROR not in _told(run_month(tmp_path, month_of("2026-11", mended)))


def _worked_out(base: Path, plain: dict[str, Any]) -> Result:
    """Work a month out while another school of the county has the first child."""
    folder, text = base / f"in{len(list(base.iterdir()))}", str(plain["month"])
    draw_month(folder, plain)
    history = read_history(base / "output" / text, Month.parse(text))
    elsewhere = {str(pupil(NAMES[0], 1)["身份证号"]): "示例县第二小学（虚构）"}
    return work_out(collect(folder), Month.parse(text), history=replace(history, elsewhere=elsewhere))


def test_who_stands_at_two_schools_is_gone_once_one_of_them_says_so(tmp_path: Path) -> None:
    def mended(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0].update({"学籍状态": "转出已确认", "状态日期": DAY})
        school_sheet(plain, "应入学名册")[0]["就学去向"] = "外校有学籍"

    assert _told(_worked_out(tmp_path, month_of("2026-11"))) == {rules.AT_TWO_SCHOOLS}
    assert _told(_worked_out(tmp_path, month_of("2026-11", mended))) == set()


def test_who_vanished_to_another_school_is_registered_as_transferred(tmp_path: Path) -> None:
    def mended(plain: dict[str, Any]) -> None:
        _vanish(plain)
        _register("转出", 接收校确认="是")(plain)

    run_month(tmp_path, month_of("2026-10"))
    before = _worked_out(tmp_path, month_of("2026-11", _vanish))
    (told,) = [issue for issue in before.issues if issue.rule is rules.VANISHED]
    assert "示例县第二小学" in told.sentence and "接收校确认填“是”" in told.remedy and "补回" in told.remedy
    assert _told(_worked_out(tmp_path, month_of("2026-11", mended))) == set()


def test_a_doubt_about_a_row_of_an_earlier_month_ends_with_a_new_row(tmp_path: Path) -> None:
    """Two have the name, one of them is gone, and November's row does not say who: that month is past."""

    def two(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案").append(pupil(NAMES[0], 9))

    def mended(plain: dict[str, Any]) -> None:
        _register("转出", 接收校确认="是", 身份证号=pupil(NAMES[0], 9)["身份证号"])(plain)

    run_month(tmp_path, month_of("2026-10", two))
    run_month(tmp_path, month_of("2026-11", _register("转出", 接收校确认="是")))
    before = run_month(tmp_path, month_of("2026-12"))
    (told,) = [issue for issue in before.issues if issue.rule is rules.VANISHED_DOUBTFUL]
    assert "（2026-11 报的第 4 行）" in told.sentence and "本月的学籍异动重新登记" in told.remedy
    after = run_month(tmp_path, month_of("2026-12", mended))
    assert rules.VANISHED_DOUBTFUL not in _told(after) and rules.VANISHED not in _told(after)


def test_a_class_that_has_not_moved_up_is_given_its_grade(tmp_path: Path) -> None:
    run_month(tmp_path, month_of("2026-06"))
    before = run_month(tmp_path, month_of("2026-09"))
    (told,) = [issue for issue in before.issues if issue.rule is rules.NOT_PROMOTED]
    assert (told.title, told.typed) == ("年级", "三年级") and "3 名学生，有 3 名上学年就在三年级(2)班" in told.sentence
    after = run_month(tmp_path, month_of("2026-09", in_grade("四年级")))
    assert rules.NOT_PROMOTED not in _told(after)
    assert rules.NOT_PROMOTED not in _told(run_month(tmp_path, month_of("2026-10"))), "asked once, in its first month"


WHO_IS_THERE = ("E2", "E3", "W2", "W3")  # rules of rows and of children: 1xx are of cells, 4xx of files
BY_ITSELF = {
    rules.STILL_IN_ERROR: test_an_error_that_a_tick_keeps_is_mended_by_the_whole_row,
    rules.NOT_PROMOTED: test_a_class_that_has_not_moved_up_is_given_its_grade,
    rules.AT_TWO_SCHOOLS: test_who_stands_at_two_schools_is_gone_once_one_of_them_says_so,
}


def test_the_advice_of_every_rule_about_who_is_there_is_followed() -> None:
    """A rule that is new, and of which nobody has tried what it says, is named here."""
    followed = {one.rule for one in WITHIN_A_MONTH.values()} | {rule for rule, *_ in ADVICE.values()} | BY_ITSELF.keys()
    wanted = {rule for rule in rules.RULES if rule.code.startswith(WHO_IS_THERE)}
    assert [rule.code for rule in rules.RULES if rule in wanted - followed] == []
