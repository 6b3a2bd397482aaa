"""Kinds that are reckoned with: a calendar day and a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from schemas import days, rules
from schemas.class_names import class_name, class_number
from schemas.kinds.base import DAY_CELL, NUMBER_CELL, Entry, Kind, Limit, Reading

EARLIEST_DAY = date(1990, 1, 1)  # no pupil, parent's absence or pairing of today is older
LATEST_DAY = date(2100, 12, 31)  # what a template lets be typed at the latest


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day. `future` allows a day after the month's end (结束日期, 跟进日期: contract §8.2).

    `is_record`: the day of something that was done in the month, so that 9.15 in September has one reading;
    `has_own_year`: no year is ever guessed (出生日期); `month_is_enough`: 2025-02 is the first of that month.
    """

    future: bool = False
    is_record: bool = False
    has_own_year: bool = False
    month_is_enough: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        found = self._day(raw, text, last_day)
        if isinstance(found, rules.Rule):
            return Reading(fault=found)
        is_plain = raw == found if type(raw) is date else isinstance(raw, datetime) and raw == days.midnight(found)
        return Reading(found, note=None if is_plain or raw == found.isoformat() else rules.REPAIRED)

    def _day(self, raw: Any, text: str, last_day: date) -> date | rules.Rule:
        if isinstance(raw, datetime):
            month = days.of_month_shown_as_day(raw) if self.month_is_enough else None
            return month or days.of_time(raw)
        if isinstance(raw, date):
            return raw
        if isinstance(raw, bool):
            return rules.NOT_A_DATE
        if isinstance(raw, int | float):
            found = days.of_number(raw, last_day) or (days.of_decimal(raw, last_day) if self.is_record else None)
            if found is None and self.month_is_enough:
                found = days.of_month_number(raw)
            return found or rules.NOT_A_DATE
        return self._of_text(text, last_day)

    def _of_text(self, text: str, last_day: date) -> date | rules.Rule:
        text = days.evened(text)
        if self.month_is_enough:
            text = days.without_since(text)
        found = days.of_text(text)
        if found is None and self.month_is_enough:
            found = days.of_month(text)
        if found is None and self.is_record:
            found = days.in_month(text, last_day)
        if found is None and not (self.has_own_year or self.future):
            found = days.without_year(text, last_day)
        if found:
            return found
        return rules.AMBIGUOUS_DATE if days.is_ambiguous(text) else rules.NOT_A_DATE

    def accepts(self, last_day: date) -> tuple[Limit, ...]:
        early = Limit("ge", (days.midnight(EARLIEST_DAY),), rules.TOO_EARLY)
        return (early,) if self.future else (early, Limit("le", (days.midnight(last_day),), rules.AFTER_MONTH_END))

    def describe(self) -> str:
        return "日期，如 2026-10-08" + ("，或只写到月 2026-10" if self.month_is_enough else "")

    def entry(self) -> Entry:
        return Entry("date", EARLIEST_DAY, LATEST_DAY)

    @property
    def cell(self) -> str:
        return DAY_CELL

    @property
    def dtype(self) -> str:
        return "datetime64[s]"


# Only groups of three digits are thousands: 1,5 is no 15.
_NUMBER = re.compile(
    r"(?:¥|人民币)?\s*(-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)\s*"
    r"(次|人次|人|天|岁|元整?|分|名|名学生|个|件|台|套|册|份|周岁|本|箱|双|床|条|盏|张|把|支|只|部|辆|袋|包|盒|间|篇|封|位|户)?"
)


@dataclass(frozen=True)
class Number(Kind):
    """A number from `low` to `high`; `whole` allows no fraction."""

    low: float = 0
    high: float = 1e9
    whole: bool = True
    unit: str = ""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if isinstance(raw, bool | date | timedelta):
            return Reading(fault=rules.NOT_A_NUMBER)
        if isinstance(raw, int | float):
            number, note = float(raw), None
        else:
            match = _NUMBER.fullmatch(text)
            if not match:
                return Reading(fault=rules.NOT_A_NUMBER)
            number, note = float(match[1].replace(",", "")), None if match[1] == raw and "," not in raw else rules.REPAIRED
        if self.whole and not number.is_integer():
            return Reading(fault=rules.OUT_OF_RANGE)
        return Reading(number, note=note)

    def like(self, text: str) -> list[str]:
        """Return the one number that stands in a text: 约3天."""
        found = re.findall(r"\d+(?:\.\d+)?", text)
        is_one = len(found) == 1 and self.low <= float(found[0]) <= self.high
        return found if is_one and (not self.whole or found[0].isdigit()) else []

    def _answers(self, text: str) -> bool:
        return any(char.isdigit() for char in text)

    def accepts(self, last_day: date) -> tuple[Limit, ...]:
        return (Limit("in_range", (self.low, self.high), rules.OUT_OF_RANGE),)

    def describe(self) -> str:
        kind = "整数" if self.whole else "数"
        bounds = f"{self.low:g} 到 {self.high:g} 之间的{kind}" if self.high < 1e9 else f"不小于 {self.low:g} 的{kind}"
        return bounds + (f"（{self.unit}）" if self.unit else "")

    def entry(self) -> Entry:
        return Entry("integer" if self.whole else "decimal", self.low, self.high)

    @property
    def cell(self) -> str:
        return NUMBER_CELL

    @property
    def dtype(self) -> str:
        return "float64"


@dataclass(frozen=True)
class ClassNumber(Number):
    """The number of a class within its grade: 2, 2班, (2), 二班; one that names a grade as well may contradict its row."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        number = class_number(text, last_day) if isinstance(raw, str) and not class_name(text, last_day) else None
        if number is None or (text == raw and text.isdigit()):
            return super()._read(raw, text, last_day)
        return Reading(float(number), note=rules.REPAIRED)
