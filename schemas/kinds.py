"""Kinds of cell: how each reads what was typed, what it accepts, and how it describes itself.

`read` turns a raw cell into a `Reading`: a typed value, or nothing, or the rule that says why it is unreadable.
Whether a readable value is *accepted* (listed, in range, not after the month) is told by `check`, which the
pandera schemas are rendered from; `describe` is the same promise in words, for hints and messages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from schemas import days, identity, names, rules
from schemas.cells import CellError, UnsureCell, as_text, tidy
from schemas.class_names import class_name
from schemas.codes import ALL_PUPILS, DASH, GRADE, CodeList
from schemas.lines import is_same_as_beside
from schemas.unsaid import says_apart, says_gone, says_nothing

EARLIEST_DAY = date(1990, 1, 1)  # no pupil, parent's absence or pairing of today is older


ANY_TEXT = ("文字", "姓名")  # what a kind that takes any text says of itself


class Reading(NamedTuple):
    """What a cell says: a typed value or None; the rule that makes it an error; the rule that notes a repair."""

    value: Any = None
    fault: rules.Rule | None = None
    note: rules.Rule | None = None


EMPTY = Reading()


@dataclass(frozen=True)
class Kind:
    """Base of all kinds. `dash`: a parent's cell, in which — says that there is nobody to ask (contract §5)."""

    dash: bool = False

    def read(self, raw: Any, last_day: date) -> Reading:
        """Return the reading of one raw cell in the month that ends on `last_day`.

        What is read as another text than was typed always bears a note.
        """
        if raw is None or raw == "":
            return EMPTY
        if isinstance(raw, CellError):
            return Reading(fault=rules.UNSURE if isinstance(raw, UnsureCell) else rules.CELL_ERROR)
        text = as_text(raw)
        if not text:
            return EMPTY
        unsaid = self._unsaid(raw, text)
        if unsaid is not None:
            return unsaid
        reading = self._read(raw, text, last_day)
        is_changed = isinstance(raw, str) and isinstance(reading.value, str) and reading.value != raw
        return reading._replace(note=rules.REPAIRED) if is_changed and not (reading.note or reading.fault) else reading

    def _unsaid(self, raw: Any, text: str) -> Reading | None:
        """Return the reading of a cell that says nothing of its own, None for any other."""
        if isinstance(raw, str) and is_same_as_beside(raw):
            return Reading(fault=rules.SAME_AS_BESIDE)
        if self.dash and says_gone(text):
            return Reading(DASH, note=None if raw == DASH else rules.REPAIRED)
        if self.dash and says_apart(text):
            return Reading(note=rules.NOTHING_SAID)
        if says_nothing(text) and not self._answers(text):
            return Reading(note=rules.NOTHING_SAID)
        return None

    def _answers(self, text: str) -> bool:
        """Tell whether a word that elsewhere says nothing is an answer here."""
        return False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        raise NotImplementedError

    def describe(self) -> str:
        """Say in Chinese what is wanted here."""
        raise NotImplementedError

    @property
    def dtype(self) -> str:
        """The pandas dtype of a column of this kind."""
        return "str"

    def masked(self, text: str) -> str:
        """Return `text` as it may be quoted in a message."""
        return text if len(text) <= 20 else text[:18] + "……"


@dataclass(frozen=True)
class Text(Kind):
    """Free text, kept as it was typed.

    `is_label`: it is compared with others, so that it is kept in one form, and a day is a number that Excel has changed.
    """

    is_label: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if self.is_label and isinstance(raw, date):
            return Reading(fault=rules.TURNED_INTO_DATE)
        return Reading(text if self.is_label or not isinstance(raw, str) else tidy(raw))

    def describe(self) -> str:
        return ANY_TEXT[0]


@dataclass(frozen=True)
class PersonName(Kind):
    """A person's name: blanks inside a Han name go, the dots of minority names are united to ·."""

    one_only: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if self.one_only and names.is_several(text):
            return Reading(fault=rules.ONE_CHILD_A_ROW)
        if not names.is_readable(text):
            return Reading(fault=rules.UNREADABLE_NAME)
        name = names.plain_name(names.unnumbered(text))
        return Reading(name, note=rules.MARKS_IN_NAME if names.has_marks(name) else None)

    def describe(self) -> str:
        return ANY_TEXT[1]


@dataclass(frozen=True)
class NameList(Kind):
    """全体, or names parted by 、; kept as one text, parted by 、 only. `of_places`: grades and classes as well."""

    of_places: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        parts = [names.plain_name(part) for part in names.parted(text)]
        if len(parts) == 1 and parts[0] in ("全班", "全班同学", "全体学生", "所有", "全部", "全员"):
            return Reading(ALL_PUPILS)
        if self.of_places:
            parts = [GRADE.instead.get(part) or class_name(part, last_day) or part for part in parts]
        return Reading("、".join(parts) or None)

    def describe(self) -> str:
        return "“全体”，或用顿号隔开的姓名"


@dataclass(frozen=True)
class Code(Kind):
    """A word of a closed list; synonyms are repaired, anything else is left for `check` to refuse."""

    codes: CodeList = field(default=CodeList("", ()))

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if text in self.codes.words:
            return Reading(text)
        bare = re.sub(r"^\d+\s*[-.、:]\s*", "", "".join(text.split()))
        official = bare if bare in self.codes.words else self.codes.instead.get(bare)
        if official:
            return Reading(official, note=rules.REPAIRED)
        return Reading(text)

    def _answers(self, text: str) -> bool:
        return text in self.codes.words or text in self.codes.instead

    def describe(self) -> str:
        shown = "、".join(self.codes.words[:12])
        return shown + (" 等" if len(self.codes.words) > 12 else "")


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
            return days.of_time(raw)
        if isinstance(raw, date):
            return raw
        if isinstance(raw, bool):
            return rules.NOT_A_DATE
        if isinstance(raw, int | float):
            found = days.of_number(raw, last_day) or (days.of_decimal(raw, last_day) if self.is_record else None)
            return found or rules.NOT_A_DATE
        return self._of_text(text, last_day)

    def _of_text(self, text: str, last_day: date) -> date | rules.Rule:
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

    def describe(self) -> str:
        return "日期，如 2026-10-08" + ("，或只写到月 2026-10" if self.month_is_enough else "")

    @property
    def dtype(self) -> str:
        return "datetime64[s]"


# Only groups of three digits are thousands: 1,5 is no 15.
_NUMBER = re.compile(r"(-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)\s*(次|人|天|岁|元|分|名|个|件|台|套|册|份|周岁|万元)?")


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
            if not match or match[2] == "万元":
                return Reading(fault=rules.NOT_A_NUMBER)
            number, note = float(match[1].replace(",", "")), None if match[1] == raw and "," not in raw else rules.REPAIRED
        if self.whole and not number.is_integer():
            return Reading(fault=rules.OUT_OF_RANGE)
        return Reading(number, note=note)

    def _answers(self, text: str) -> bool:
        return any(char.isdigit() for char in text)

    def describe(self) -> str:
        kind = "整数" if self.whole else "数"
        bounds = f"{self.low:g} 到 {self.high:g} 之间的{kind}" if self.high < 1e9 else f"不小于 {self.low:g} 的{kind}"
        return bounds + (f"（{self.unit}）" if self.unit else "")

    @property
    def dtype(self) -> str:
        return "float64"


@dataclass(frozen=True)
class IdCard(Kind):
    """A citizen identity number (GB 11643). One typed as a number has lost its last three digits for good."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if _was_number(raw, text):
            return Reading(fault=rules.DIGITS_LOST)
        number = "".join(text.split()).upper()
        if identity.is_provisional(number):
            return Reading(number, note=rules.NO_REAL_ID)
        if not identity.is_well_formed(number):
            return Reading(fault=rules.BAD_ID)
        if not identity.has_valid_check_digit(number):
            return Reading(fault=rules.BAD_CHECK_DIGIT)
        if number.endswith("000"):
            return Reading(number, note=rules.ID_ENDS_000)
        return Reading(number)

    def describe(self) -> str:
        return "18 位身份证号（文本）"

    def masked(self, text: str) -> str:
        return mask_number(text)


_STUDENT_NO = re.compile(r"G\d{17}[\dX]|[LJ]\d{14}[\dA-Z]{4}")


@dataclass(frozen=True)
class StudentNo(Kind):
    """A national student number: G + identity number, or L/J + 18, the last four of which may be capitals (contract §2)."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if _was_number(raw, text):
            return Reading(fault=rules.DIGITS_LOST)
        number = "".join(text.split()).upper()
        if _STUDENT_NO.fullmatch(number):
            return Reading(number)
        if identity.is_well_formed(number) and identity.has_valid_check_digit(number):
            return Reading("G" + number, note=rules.REPAIRED)
        return Reading(fault=rules.BAD_STUDENT_NO)

    def describe(self) -> str:
        return "G、L 或 J 加 18 位号码（文本）"

    def masked(self, text: str) -> str:
        return mask_number(text)


def _was_number(raw: Any, text: str) -> bool:
    """Tell whether a long number went through a number cell (or was pasted as 5.1E+17): digits are gone."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return abs(raw) >= 1e15
    return bool(re.fullmatch(r"\d(\.\d+)?E\+\d{2}", text.upper()))


def mask_number(text: str) -> str:
    """Hide all of an identity, student or phone number but its last four characters."""
    return "*" * max(len(text) - 4, 0) + text[-4:] if len(text) > 6 else "*" * len(text)


_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}\d{7,8}")
_LANDLINE = re.compile(r"0\d{2,3}-\d{7,8}")


_NO_PHONE = frozenset({"空号", "停机", "关机", "无", "没有"})


@dataclass(frozen=True)
class Phone(Kind):
    """A mobile number or a landline with its area code; of two in a cell the first is kept."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if text in _NO_PHONE:
            return Reading(note=rules.NO_PHONE)
        if _LANDLINE.fullmatch(text):
            return Reading(text)
        parts = [re.sub(r"[\s()+-]|^(?:\+86|0086|86(?=1))", "", part) for part in re.split(r"[、，,;；/\n]+", text)]
        numbers = [re.sub(r"^86(?=1\d{10}$)", "", part) for part in parts if part]
        if not numbers or not all(_PHONE.fullmatch(number) for number in numbers):
            return Reading(fault=rules.BAD_PHONE)
        return Reading(numbers[0])

    def _answers(self, text: str) -> bool:
        return text in _NO_PHONE

    def describe(self) -> str:
        return "11 位手机号，或带区号的固定电话"

    def masked(self, text: str) -> str:
        return mask_number(text)


@dataclass(frozen=True)
class ClassName(Kind):
    """A class as one text: 三年级(2)班, and what people write instead."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        found = class_name(text, last_day)
        return Reading(found) if found else Reading(fault=rules.BAD_CLASS)

    def describe(self) -> str:
        return "班级，如 三年级(2)班"
