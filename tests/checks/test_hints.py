"""What is known of the right value is said: in the teacher's own workbook in full, elsewhere masked (contract §7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.running import RunMonth, month_of, run_month, school_sheet, sheet
from helpers.small import NAMES, id_card, pupil
from pipeline.children.nearest import NearestTeacher
from pipeline.model import Issue
from pipeline.publishing.validation import problem_row
from pipeline.result import Result
from pipeline.returning.letter import About, as_typed_by_him
from schemas import rules
from schemas.class_names import classes_like
from schemas.rules import Rule

Change = Callable[[dict[str, Any]], None]
NUMBER = str(pupil(NAMES[0], 1)["身份证号"])


def _typed(title: str, row: int, **cells: Any) -> Change:
    return lambda plain: sheet(plain, title)[row].update(cells)


def _issue(result: Result, rule: Rule) -> Issue:
    return next(issue for issue in result.issues if issue.rule is rule)


def _own(result: Result, rule: Rule) -> Issue:
    """Return the issue as it stands in the teacher's own workbook."""
    issue = _issue(result, rule)
    about = About(result.month, result.merged.tables, result.ledger)
    return as_typed_by_him(about, result.submissions[issue.file], [issue])[0]


WITHIN_THE_MONTH: dict[str, tuple[Rule, Change, str]] = {
    "the number in the 学籍号": (rules.BAD_CHECK_DIGIT, _typed("学生档案", 0, 身份证号=NUMBER[:17] + "0"), NUMBER),
    "the number in the 身份证号": (rules.BAD_STUDENT_NO, _typed("学生档案", 0, 学籍号="LG" + NUMBER), "G" + NUMBER),
    "whose number it is": (
        rules.WRONG_STUDENT_NO,
        _typed("谈心记录", 0, 学籍号=pupil(NAMES[1], 2)["学籍号"]),
        "G" + NUMBER,
    ),
    "no such day": (rules.NOT_A_DATE, _typed("谈心记录", 0, 日期="2026-09-31"), "9 月没有 31 日"),
    "which days": (rules.AMBIGUOUS_DATE, _typed("谈心记录", 0, 日期="26.10.5"), "2026-10-05"),
    "a day of another year": (rules.BEFORE_TERM, _typed("谈心记录", 0, 日期="2025-10-09"), "是不是 2026-10-09？"),
    "a day of a year to come": (
        rules.AFTER_MONTH_END,
        _typed("结对帮扶", 0, 检查日期="2027.10.9"),
        "是不是 2026-10-09？",
    ),
    "month and day exchanged": (rules.BEFORE_TERM, _typed("谈心记录", 0, 日期="2026-05-10"), "是不是 2026-10-05？"),
    "exchanged, of a month to come": (
        rules.AFTER_MONTH_END,
        _typed("活动记录", 0, 日期=date(2026, 12, 10)),
        "是不是 2026-10-12？",
    ),
    "a row each": (
        rules.ONE_CHILD_A_ROW,
        _typed("谈心记录", 0, 学生姓名="李小禾、钱 小河"),
        "这一行只写“李小禾”，另添 1 行写“钱小河”",
    ),
    "a name without its marks": (rules.MARKS_IN_NAME, _typed("联系卡", 0, 监护人姓名="李老根2"), "“李老根”"),
    "a name with a lost character": (rules.UNREADABLE_NAME, _typed("谈心记录", 0, 学生姓名="李?禾"), NAMES[0]),
    "the roster's own slip": (
        rules.UNKNOWN_CHILD,
        _typed("学生档案", 0, 姓名="李小何"),
        "学生档案第 4 行写的是“李小何”",
    ),
    "a word of the list": (rules.NOT_LISTED, _typed("谈心记录", 0, 主题="学习情况"), "是不是“学习”"),
    "the number in a text": (rules.NOT_A_NUMBER, _typed("成长记录", 0, 缺勤天数="约3天"), "是不是“3”"),
    "the 0 that a number cell loses": (rules.BAD_PHONE, _typed("联系卡", 0, 监护人电话="8501234567"), "“08501234567”"),
    "every name of a list": (
        rules.UNKNOWN_IN_LIST,
        _typed("活动记录", 0, 参加学生="李小和、钱小何"),
        "“李小禾”？；认不出“钱小何”",
    ),
}


@pytest.mark.parametrize("what", WITHIN_THE_MONTH)
def test_what_the_month_itself_knows_is_said(what: str, month: dict[str, Any], run: RunMonth) -> None:
    rule, change, known = WITHIN_THE_MONTH[what]
    change(month)
    issue = _own(run(month), rule)
    assert known in issue.sentence + issue.remedy


def test_what_may_be_either_is_not_guessed(month: dict[str, Any], run: RunMonth) -> None:
    """A day told late or too early, one that is no day of the month by any slip, a day of a life, names untold."""
    talks = sheet(month, "谈心记录")
    for row, cells in enumerate(({"日期": "2026-09-10"}, {"日期": "2026-11-12"}, {"日期": "2026-05-06"})):
        talks[row].update(cells)
    sheet(month, "学生档案")[0]["父亲外出日期"] = "2027-10-09"
    sheet(month, "家校联系")[0]["学生姓名"] = "李小禾、钱小河等5人"
    result = run(month)
    told = [issue for issue in result.issues if issue.rule in NOT_GUESSED]
    assert {issue.rule for issue in told} == NOT_GUESSED
    assert not [issue.remedy for issue in told if "是不是" in issue.remedy or "只写" in issue.remedy]


NOT_GUESSED = {rules.LATE_RECORD, rules.AFTER_MONTH_END, rules.BEFORE_TERM, rules.ONE_CHILD_A_ROW}


def test_a_number_is_whole_in_his_own_workbook_and_masked_in_the_list(month: dict[str, Any], run: RunMonth) -> None:
    _typed("学生档案", 0, 身份证号=NUMBER[:17] + "0")(month)
    result = run(month)
    row = problem_row(result, _issue(result, rules.BAD_CHECK_DIGIT))
    listed = f"{row['problem']}{row['remedy']}"
    assert NUMBER not in listed and NUMBER[-4:] in listed
    assert str(row["problem"]).startswith(f"{NAMES[0]}："), "the list has no column for a child: the sentence names him"
    assert NUMBER in _own(result, rules.BAD_CHECK_DIGIT).remedy


def test_what_stood_there_last_month_is_said(tmp_path: Path) -> None:
    def wrong(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0].update({"身份证号": NUMBER[:17], "学籍号": None, "民族": "火星族"})
        sheet(plain, "学生档案")[1]["档案编号"] = "2026-0003"
        sheet(plain, "联系卡")[2]["监护人电话"] = "1990000003"

    run_month(tmp_path, month_of("2026-10"))
    result = run_month(tmp_path, month_of("2026-11", wrong))
    assert f"2026-10 填的是“{NUMBER}”" in _own(result, rules.BAD_ID).remedy
    assert "2026-10 填的是“苗族”" in _own(result, rules.NOT_LISTED).remedy
    assert "2026-10 填的是“2026-0002”" in _own(result, rules.DOUBLE_ARCHIVE_NO).remedy
    assert "这里有 10 位" in _own(result, rules.BAD_PHONE).sentence
    assert "2026-10 填的是“19900000003”" in _own(result, rules.BAD_PHONE).remedy


def test_a_class_is_known_by_its_child_its_head_or_its_number(month: dict[str, Any], run: RunMonth) -> None:
    row = {"日期": date(2026, 10, 8), "学生姓名": NAMES[0], "异动类型": "休学", "班级": "我们班"}
    school_sheet(month, "学籍异动").append(row)
    month["classes"][0]["cover"]["班级"] = 5
    result = run(month)
    assert f"“{NAMES[0]}”在三年级(5)班" in _issue(result, rules.BAD_CLASS).remedy
    assert "“王老师”在班级一览里是三年级(2)班的班主任" in _issue(result, rules.CLASS_NOT_LISTED).remedy
    assert classes_like("3.2", [(3, 1), (3, 2)]) == ["三年级(2)班"]
    assert classes_like("三年级", [(3, 1), (3, 2), (4, 1)]) == ["三年级(1)班", "三年级(2)班"]
    assert classes_like("高年级", [(3, 1)]) == classes_like("九年级(9)班", [(3, 1)]) == []


def test_a_teacher_called_by_his_surname_is_whoever_bears_it() -> None:
    nearest = NearestTeacher(["赵建国", "钱芳", "王小明", "王大山", "陈老师"])
    assert nearest.to("赵老师") == ["赵建国"]
    assert nearest.to("王老师") == ["王大山", "王小明"]
    assert nearest.to("王老师", known={"王小明"}) == ["王小明"], "the one whom the class names elsewhere"
    assert nearest.to("黄老师") == [], "another surname is another teacher, however alike"
    assert nearest.to("赵建园") == ["赵建国"]


def test_a_child_of_another_class_is_looked_for_there(month: dict[str, Any], run: RunMonth) -> None:
    other = {**month["classes"][0]["cover"], "班级": 3, "班主任": "陈老师"}
    month["classes"].append({"cover": other, "sheets": {"学生档案": [pupil("周小溪", 9)]}})
    school_sheet(month, "班级一览").append({"年级": "三年级", "班级": 3, "班主任": "陈老师", "学生总数": 30})
    sheet(month, "谈心记录")[0]["学生姓名"] = "周小溪"
    assert "三年级(3)班有“周小溪”" in _issue(run(month), rules.UNKNOWN_CHILD).remedy


def test_namesakes_are_told_apart_by_day_and_number(month: dict[str, Any], run: RunMonth) -> None:
    sheet(month, "学生档案")[1]["姓名"] = NAMES[0]
    result = run(month)
    said = _own(result, rules.NAMESAKES).remedy
    assert f"2016-03-01 生的男生是 G{NUMBER}" in said and f"是 G{id_card(date(2016, 3, 2), 2)}" in said
    assert NUMBER not in _issue(result, rules.NAMESAKES).remedy
