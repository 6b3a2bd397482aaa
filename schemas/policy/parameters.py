"""The parameters of 考核方案 (contract §4): each with its reader, its meaning, and the defaults of all times.

A default that changes is added with the month from which it holds: a month of before keeps its own when it is run again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from schemas.codes import NO, YES, YES_NO
from schemas.figures import BASES
from schemas.policy.duties import DEFAULT_PRESET, PRESETS


def _yes_no(text: str) -> bool:
    return {YES: True, NO: False}[YES_NO.instead.get(text, text)]


def _month_day(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(?:\d{4}[-/年])?(\d{1,2})[-/月](\d{1,2})[日号]?", text)
    if not match:
        raise ValueError(text)
    day = date(2024, int(match[1]), int(match[2]))
    return day.month, day.day


def _months(text: str) -> frozenset[int]:
    parts = [re.sub(r"月份?$", "", part) for part in re.split(r"[、,，;；\s]+", text) if part]
    months = frozenset(int(part) for part in parts)
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
    value = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def _number(text: str) -> Fraction:
    value = Fraction(text.removesuffix("分"))
    if value < 0:
        raise ValueError(text)
    return value


def _days(text: str) -> int:
    value = int(re.sub(r"\s*[天日年]$", "", text))
    if not 0 <= value <= 366:
        raise ValueError(text)
    return value


def _day_of_month(text: str) -> int:
    value = int(re.sub(r"^次月|[日号](?:前|以前)?$", "", text))
    if not 1 <= value <= 28:
        raise ValueError(text)
    return value


@dataclass(frozen=True)
class Default:
    """What a parameter is where the school's plan says nothing: from the month `since` on ("": ever), by `source`."""

    value: str
    source: str
    since: str = ""


_OURS = "本程序约定"


@dataclass(frozen=True)
class Parameter:
    """One row of the sheet 参数: its title, field of `Policy`, defaults (the oldest first), reader and meaning."""

    title: str
    key: str
    defaults: tuple[Default, ...]
    read: Any
    note: str

    def default(self, month: str = "") -> Default:
        """Return what holds in a month as 2026-10 ("": the newest)."""
        return [d for d in self.defaults if not month or d.since <= month][-1]


def _one(value: str, source: str = _OURS) -> tuple[Default, ...]:
    return (Default(value, source),)


PARAMETERS: tuple[Parameter, ...] = (
    Parameter("方案预设", "preset", _one(DEFAULT_PRESET), _one_of(PRESETS), "篇一 到 篇七；频次要求留空时按所选预设执行"),
    Parameter("留守口径", "basis", _one("学籍", "全国学籍系统填表说明第 37 项"), _one_of(tuple(BASES)), "学籍、国家 或 方案：哪一种口径作为统计主口径"),
    Parameter("上学期开始", "autumn_start", _one("09-01"), _month_day, "月-日"),
    Parameter("上学期结束", "autumn_end", _one("01-20"), _month_day, "月-日"),
    Parameter("下学期开始", "spring_start", _one("02-20"), _month_day, "月-日"),
    Parameter("下学期结束", "spring_end", _one("07-05"), _month_day, "月-日"),
    Parameter("教学月份", "teaching_months", _one("9、10、11、12、1、3、4、5、6"), _months, "按月的要求只在这些月份执行"),
    Parameter("寒暑假月份", "holiday_months", _one("1、2、7、8"), _months, "假期互查在这些月份执行"),
    Parameter("个案期限天数", "case_days", _one("14"), _days, "个案触发后多少天内制订方案"),
    Parameter("联系卡更新天数", "card_days", _one("15"), _days, "学生变动后多少天内更新联系卡"),
    Parameter("交表截止日", "deadline_day", _one("5"), _day_of_month, "次月几日以前交表"),
    Parameter("座谈会到会率", "forum_share", _one("0.8"), _fraction, "0 到 1：座谈会实到占应到多少才算开好"),
    Parameter("休学计入流失", "suspension_is_loss", _one(NO), _yes_no, "是 或 否：巩固率是否把休学算作流失"),
    Parameter("先进班比例", "top_share", _one("0.2"), _fraction, "0 到 1"),
    Parameter("先进最低分", "top_score", _one("90"), _number, "评为先进的最低总分"),
    Parameter("不得参评分", "pass_score", _one("60"), _number, "低于此分评为不合格"),
    Parameter("教师考核上报", "teachers_reported", _one(NO), _yes_no, "是 或 否：教师考核默认只留校内"),
    Parameter("离校数据保存年限", "years_kept", _one("3"), _days, "学生毕业、转出或死亡几年后，由管理员清除旧数据里的个人信息"),
    Parameter("上报脱敏", "masked", _one(YES, "个人信息保护法第六条：限于最小范围"), _yes_no, "是 或 否：上报的姓名是否只留姓"),
)
PARAMETER_BY_TITLE = {parameter.title: parameter for parameter in PARAMETERS}


def by_default(key: str) -> str:
    """Return what a parameter (by its key) newly is by default, for the sentences that quote it."""
    return next(parameter for parameter in PARAMETERS if parameter.key == key).default().value
