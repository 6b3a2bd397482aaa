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
from pipeline.returning.letter import About, as_typed_by_him, letter_of
from schemas import rules
from schemas.class_names import classes_like
from schemas.class_workbook import CLASS_WORKBOOK
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
    "only meetings name everyone": (
        rules.ONE_CHILD_A_ROW,
        _typed("家校联系", 0, 学生姓名="全体"),
        "只有监护人会、座谈会可以写“全体”",
    ),
    "who has no row": (rules.SECOND_ROW, _typed("成长记录", 1, 学生姓名=NAMES[0]), f"没有“{NAMES[1]}”的一行"),
    "the word that asks": (rules.MISSING_CONDITIONAL, _typed("学生档案", 0, 学籍状态="休学"), "学籍状态是“休学”"),
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


def test_what_a_pairing_was_last_month_is_said(tmp_path: Path) -> None:
    """And nothing of its check, which each month has anew."""

    def wrong(plain: dict[str, Any]) -> None:
        pairs = sheet(plain, "结对帮扶")
        pairs[0]["帮扶人"], pairs[1]["帮扶人"] = "查无此师", NAMES[0]
        pairs[2]["结对日期"] = date(2027, 3, 3)
        pairs[3]["检查结果"] = None

    run_month(tmp_path, month_of("2026-10"))
    result = run_month(tmp_path, month_of("2026-11", wrong))
    assert "2026-10 填的是“陈老师”" in _own(result, rules.NOT_STAFF).remedy
    assert "2026-10 填的是“周小山”" in _own(result, rules.HELPS_HIMSELF).remedy
    assert "2026-10 填的是“2026-09-05”" in _own(result, rules.AFTER_MONTH_END).remedy
    assert "2026-10" not in _own(result, rules.MISSING_CONDITIONAL).remedy


def test_a_name_typed_over_in_the_roster_is_told_where_others_follow_from_it(tmp_path: Path) -> None:
    """Two namesakes of whom one was another last month: each sentence says to mend that one cell, the letter first."""

    def wrong(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[1]["姓名"] = NAMES[0]
        sheet(plain, "活动记录")[0]["参加学生"] = "、".join(NAMES)

    run_month(tmp_path, month_of("2026-10"))
    result = run_month(tmp_path, month_of("2026-11", wrong))
    only_there = f"学生档案第 5 行的“{NAMES[0]}”2026-10 是“{NAMES[1]}”：那里写错的，只改那一处"
    assert only_there in _own(result, rules.NAMESAKES).remedy
    assert f"学生档案第 5 行写的是“{NAMES[0]}”：那里写错的" in _own(result, rules.UNKNOWN_IN_LIST).remedy
    issue = _issue(result, rules.NAMESAKES)
    about = About(result.month, result.merged.tables, result.ledger)
    own = [one for one in result.issues if one.file == issue.file]
    letter = letter_of(about, result.submissions[issue.file], own, "")
    assert letter.heading[-1].startswith("先改这几样，作用最大：学生档案·姓名（别的表都是原来的名字")
    tabs = [line.cells[0].partition("!")[0] for line in letter.lines if line.level == rules.ERROR]
    assert len(set(tabs)) > 3
    assert tabs == sorted(tabs, key=TABS.index), "errors stand as the tabs of the workbook do"


def test_a_second_row_of_the_schools_own_list_is_of_no_class(month: dict[str, Any], run: RunMonth) -> None:
    rows = school_sheet(month, "应入学名册")
    rows[0]["身份证号"] = NUMBER
    rows.append(dict(rows[0]))
    assert "是不是他的" not in _issue(run(month), rules.SECOND_ROW).remedy


TABS = [table.title for table in CLASS_WORKBOOK.tables]


def test_which_of_two_numbers_is_new_and_whose_class_it_was(tmp_path: Path) -> None:
    def wrong(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[1]["档案编号"] = "2026-0001"
        plain["classes"][0]["cover"] |= {"班级": 5, "班主任": "新老师"}

    run_month(tmp_path, month_of("2026-10"))
    result = run_month(tmp_path, month_of("2026-11", wrong))
    told = [issue for issue in result.issues if issue.rule is rules.DOUBLE_ARCHIVE_NO]
    assert ["填的就是它，多半是另一处写错了" in issue.remedy for issue in told] == [True, False]
    assert "这份的名单和 2026-10 的三年级(2)班一样" in _issue(result, rules.CLASS_NOT_LISTED).remedy


def test_what_the_number_beside_it_says_is_not_told_twice(tmp_path: Path) -> None:
    """A birth date or sex that is not last month's, nor that of the 身份证号: one error, no warning beside it."""

    def wrong(plain: dict[str, Any]) -> None:
        sheet(plain, "学生档案")[0]["出生日期"] = date(2016, 3, 11)
        sheet(plain, "学生档案")[1]["性别"] = "男"
        sheet(plain, "学生档案")[2] |= {"出生日期": date(2016, 3, 13), "身份证号": None, "学籍号": "L" + "5" * 18}

    run_month(tmp_path, month_of("2026-10"))
    told = [(i.rule.code, i.row) for i in run_month(tmp_path, month_of("2026-11", wrong)).issues if i.row]
    assert {("E201", 4), ("E202", 5)} <= set(told)
    assert [row for code, row in told if code == "W317"] == []


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
    alike = NearestTeacher(["姚紫菊", "姚紫涵"])
    assert sorted(alike.to("姚紫局")) == ["姚紫涵", "姚紫菊"]
    assert alike.to("姚紫局", known={"姚紫菊"}) == ["姚紫菊"], "of two that are equally near, the one of this class"


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
