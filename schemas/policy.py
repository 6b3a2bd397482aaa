"""What counts: the parameters, duties and rubrics of 考核方案 (contract §4), with the seven presets as data.

A `Policy` is read from the school's 考核方案.xlsx, or is the preset's. Every number that a notice could change
stands here with the chapter that it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from schemas.codes import NO, YES, Contact, Pairing, Role
from schemas.figures import BASES, BY_KEY

PRESETS = ("篇一", "篇二", "篇三", "篇四", "篇五", "篇六", "篇七")
DEFAULT_PRESET = "篇四"

# 周期, 事项, 适用对象 and 计分方式 of contract §4.
WEEK, MONTH, TERM, YEAR, HOLIDAY = "周", "月", "学期", "学年", "假期"
PERIODS = (WEEK, MONTH, TERM, YEAR, HOLIDAY)
TALK, CALL, VISIT, WALK, ACTIVITY, CHECK = "谈心", "亲情联络", "家访", "走访", "活动", "检查"
MATTERS = (TALK, CALL, VISIT, WALK, ACTIVITY, CHECK)
EVERYONE, FOCUS, BOARDERS, DAY_PUPILS, POTENTIAL, MOTHERED = "全体", "重点帮扶", "住校", "走读", "潜能生", "有爱心妈妈"
AUDIENCES = (EVERYONE, FOCUS, BOARDERS, DAY_PUPILS, POTENTIAL, MOTHERED)
BY_RATE, BY_REGISTER, BY_DEDUCTION = "比率", "登记", "扣分"
MODES = (BY_RATE, BY_REGISTER, BY_DEDUCTION)



@dataclass(frozen=True)
class Duty:
    """What is owed to a child: `times` records of `matter` a `period`, by one of `roles`, in one of `forms` (empty = any)."""

    code: str
    matter: str
    roles: tuple[str, ...]
    forms: tuple[str, ...]
    period: str
    times: int
    audience: str
    source: str
    is_on: bool = True


_CALLS = (Contact.PHONE, Contact.VIDEO, Contact.LETTER)
# (duty, the presets that turn it on), from the table of contract §4.
_DUTIES: tuple[tuple[Duty, str], ...] = (
    (Duty("T1", TALK, (Role.HEAD_TEACHER,), (), MONTH, 1, EVERYONE, "篇四.三.5"), "一二三四六"),
    (Duty("T2", TALK, (Pairing.MOTHER, Pairing.FATHER), (), WEEK, 1, MOTHERED, "篇三.二.4"), "三"),
    (
        Duty("T3", TALK, (Role.HEAD_TEACHER, Pairing.TEACHER, Role.SUBJECT_TEACHER), (), MONTH, 2, EVERYONE, "篇五.5"),
        "五",
    ),
    (Duty("T4", TALK, (Role.SUBJECT_TEACHER,), (), MONTH, 1, EVERYONE, "篇七.三.9"), "七"),
    (Duty("T5", TALK, (Pairing.TEACHER, Role.HEAD_TEACHER), (), MONTH, 1, BOARDERS, "篇五.4"), "一五"),
    (Duty("H1", VISIT, (), (Contact.HOME_VISIT,), TERM, 1, EVERYONE, "篇四.三.4"), "三四六"),
    (Duty("H2", VISIT, (), (Contact.HOME_VISIT,), TERM, 1, DAY_PUPILS, "篇五.4"), "五"),
    (Duty("C1", CALL, (), _CALLS, MONTH, 1, EVERYONE, "篇二.4"), "二三四五六七"),
)


def preset_duties(preset: str) -> tuple[Duty, ...]:
    """Return all duties, those of the preset switched on."""
    return tuple(replace(duty, is_on=preset[-1] in chapters) for duty, chapters in _DUTIES)


@dataclass(frozen=True)
class RubricItem:
    """One item of a rubric: `figure` is a figure's key, or "" where it is registered by hand."""

    code: str
    title: str
    figure: str
    mode: str
    points: Fraction
    note: str = ""


def _items(*rows: tuple[str, int]) -> tuple[RubricItem, ...]:
    return tuple(
        RubricItem(f"K{number}", BY_KEY[key].title, key, BY_RATE, Fraction(points))
        for number, (key, points) in enumerate(rows, start=1)
    )


DEFAULT_RUBRIC = _items(
    ("archived", 12),
    ("complete", 8),
    ("teacher_paired", 8),
    ("classmate_paired", 7),
    ("talked", 20),
    ("visited", 10),
    ("called", 5),
    ("class_met", 5),
    ("took_part", 10),
    ("case_planned", 10),
    ("rows_clean", 5),
)  # contract §5


# What the teachers' rubric can measure: its title in 考核方案 → the key of the share.
TEACHER_MEASURES = {"谈心": "talks", "家校联系": "contacts", "计划": "plans", "检查": "checks", "成长日记": "diaries"}


def _teacher_items(*rows: tuple[str, int, str]) -> tuple[RubricItem, ...]:
    return tuple(
        RubricItem(f"J{number}", title, TEACHER_MEASURES[title], BY_RATE, Fraction(points), note)
        for number, (title, points, note) in enumerate(rows, start=1)
    )


DEFAULT_TEACHER_RUBRIC = _teacher_items(
    ("谈心", 40, "所负责的在读留守儿童中，本月由本人谈过心的比例"),
    ("家校联系", 20, "所负责的在读留守儿童中，本学期由本人联系过家里的比例"),
    ("计划", 15, "本人在期的帮扶教师结对中，计划三要素齐全的比例"),
    ("检查", 10, "本人在期的帮扶教师结对中，本月检查过的比例"),
    ("成长日记", 15, "所负责的在读留守儿童中，有成长日记的比例"),
)  # contract §5


def _yes_no(text: str) -> bool:
    return {YES: True, NO: False}[text]


def _month_day(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(?:\d{4}-)?(\d{1,2})-(\d{1,2})", text)
    if not match:
        raise ValueError(text)
    day = date(2024, int(match[1]), int(match[2]))
    return day.month, day.day


def _months(text: str) -> frozenset[int]:
    months = frozenset(int(part) for part in re.split(r"[、,，\s]+", text) if part)
    if not months <= set(range(1, 13)):
        raise ValueError(text)
    return months


def _one_of(words: tuple[str, ...]) -> Any:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return read


def _fraction(text: str) -> Fraction:
    value = Fraction(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def _number(text: str) -> Fraction:
    value = Fraction(text)
    if value < 0:
        raise ValueError(text)
    return value


def _days(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 366:
        raise ValueError(text)
    return value


@dataclass(frozen=True)
class Parameter:
    """One row of the sheet 参数: its title, field of `Policy`, default as typed, reader and meaning."""

    title: str
    key: str
    default: str
    read: Any
    note: str


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("方案预设", "preset", DEFAULT_PRESET, _one_of(PRESETS), "篇一 到 篇七；频次要求留空时按所选预设执行"),
    Parameter("留守口径", "basis", "学籍", _one_of(tuple(BASES)), "学籍、国家 或 方案：哪一种口径作为统计主口径"),
    Parameter("上学期开始", "autumn_start", "09-01", _month_day, "月-日"),
    Parameter("上学期结束", "autumn_end", "01-20", _month_day, "月-日"),
    Parameter("下学期开始", "spring_start", "02-20", _month_day, "月-日"),
    Parameter("下学期结束", "spring_end", "07-05", _month_day, "月-日"),
    Parameter("教学月份", "teaching_months", "9、10、11、12、1、3、4、5、6", _months, "按月的要求只在这些月份执行"),
    Parameter("寒暑假月份", "holiday_months", "1、2、7、8", _months, "假期互查在这些月份执行"),
    Parameter("个案期限天数", "case_days", "14", _days, "个案触发后多少天内制订方案"),
    Parameter("联系卡更新天数", "card_days", "15", _days, "学生变动后多少天内更新联系卡"),
    Parameter("休学计入流失", "suspension_is_loss", NO, _yes_no, "是 或 否：巩固率是否把休学算作流失"),
    Parameter("先进班比例", "top_share", "0.2", _fraction, "0 到 1"),
    Parameter("先进最低分", "top_score", "90", _number, "评为先进的最低总分"),
    Parameter("不得参评分", "pass_score", "60", _number, "低于此分评为不合格"),
    Parameter("教师考核上报", "teachers_reported", NO, _yes_no, "是 或 否：教师考核默认只留校内"),
    Parameter("离校数据保存年限", "years_kept", "3", _days, "学生毕业、转出或死亡几年后，由管理员清除旧数据里的个人信息"),
    Parameter("上报脱敏", "masked", YES, _yes_no, "是 或 否：上报的姓名是否只留姓"),
)
PARAMETER_BY_TITLE = {parameter.title: parameter for parameter in PARAMETERS}


@dataclass(frozen=True)
class Policy:
    """The plan in force for a month. `typed` keeps every parameter as it is printed."""

    preset: str
    basis: str
    autumn_start: tuple[int, int]
    autumn_end: tuple[int, int]
    spring_start: tuple[int, int]
    spring_end: tuple[int, int]
    teaching_months: frozenset[int]
    holiday_months: frozenset[int]
    case_days: int
    card_days: int
    suspension_is_loss: bool
    top_share: Fraction
    top_score: Fraction
    pass_score: Fraction
    teachers_reported: bool
    years_kept: int
    masked: bool
    duties: tuple[Duty, ...]
    rubric: tuple[RubricItem, ...]
    teacher_rubric: tuple[RubricItem, ...]
    typed: Mapping[str, str] = field(default_factory=dict)

    def duties_of(self, matter: str) -> tuple[Duty, ...]:
        return tuple(duty for duty in self.duties if duty.is_on and duty.matter == matter)


def make_policy(
    typed: Mapping[str, str] | None = None,
    duties: tuple[Duty, ...] | None = None,
    rubric: tuple[RubricItem, ...] | None = None,
    teacher_rubric: tuple[RubricItem, ...] | None = None,
) -> Policy:
    """Return the policy of typed parameters (title → text), the preset filling what is not given.

    Raises KeyError (unknown title) or ValueError/ZeroDivisionError (a value that its parameter does not read).
    """
    texts = {parameter.title: parameter.default for parameter in PARAMETERS} | dict(typed or {})
    values = {PARAMETER_BY_TITLE[title].key: PARAMETER_BY_TITLE[title].read(text) for title, text in texts.items()}
    return Policy(
        **values,
        duties=duties if duties is not None else preset_duties(values["preset"]),
        rubric=rubric if rubric is not None else DEFAULT_RUBRIC,
        teacher_rubric=teacher_rubric if teacher_rubric is not None else DEFAULT_TEACHER_RUBRIC,
        typed=texts,
    )


def registered_items(rubric: Sequence[RubricItem]) -> Mapping[str, RubricItem]:
    """Return the rubric's items that are registered by hand, by title."""
    return {item.title: item for item in rubric if item.mode != BY_RATE}
