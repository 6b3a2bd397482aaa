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

from schemas import identity, rules
from schemas.cells import INVISIBLE, CellError, as_text
from schemas.class_names import class_name
from schemas.codes import ALL_PUPILS, DASH, GRADE, CodeList

EARLIEST_DAY = date(1990, 1, 1)  # no pupil, parent's absence or pairing of today is older
SERIAL_EPOCH = date(1899, 12, 30)  # Excel's day 0, so that 46086 is 2026-03-05
BLANKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "－", "无", "没有", "暂无", "未知", "不详"})
_DOTS = str.maketrans(dict.fromkeys("•‧・∙⋅･●", "·"))
_NAME_SEPARATORS = re.compile(r"[、，,;；/]|\s{2,}")


class Reading(NamedTuple):
    """What a cell says: a typed value or None; the rule that makes it an error; the rule that notes a repair."""

    value: Any = None
    fault: rules.Rule | None = None
    note: rules.Rule | None = None


EMPTY = Reading()


@dataclass(frozen=True)
class Kind:
    """Base of all kinds. `dash` keeps a lone — as a value (a dead parent has no phone: contract §5)."""

    dash: bool = False

    def read(self, raw: Any, last_day: date) -> Reading:
        """Return the reading of one raw cell in the month that ends on `last_day`."""
        if raw is None or raw == "":
            return EMPTY
        if isinstance(raw, CellError):
            return Reading(fault=rules.CELL_ERROR)
        text = as_text(raw)
        if not text:
            return EMPTY
        if self.dash and text in (DASH, "-", "——", "--"):
            return Reading(DASH)
        return self._read(raw, text, last_day)

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
    """Free text. `is_prose` keeps it as it was typed: sentences that nobody compares."""

    is_prose: bool = False

    def read(self, raw: Any, last_day: date) -> Reading:
        if self.is_prose and type(raw) is str:
            return Reading(INVISIBLE.sub("", raw).strip() or None)
        return super().read(raw, last_day)

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        return EMPTY if text in BLANKS or text == "0" else Reading(text)

    def describe(self) -> str:
        return "文字"


@dataclass(frozen=True)
class PersonName(Kind):
    """A person's name: blanks inside a Han name go, the dots of minority names are united to ·."""

    one_only: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if text in BLANKS:
            return EMPTY
        if self.one_only and (_NAME_SEPARATORS.search(text) or re.search(r"等\d*[人名]", text)):
            return Reading(fault=rules.ONE_CHILD_A_ROW)
        if any(c in "?？□�" for c in text):
            return Reading(fault=rules.UNREADABLE_NAME)
        name = plain_name(text)
        return Reading(name, note=rules.REPAIRED if name != str(raw) else None)

    def describe(self) -> str:
        return "姓名"


def plain_name(text: str) -> str:
    """Return a cleaned name in its one spelling: · for any dot, no blanks unless it has Latin letters."""
    dotted = text.translate(_DOTS).replace(".", "·") if not text.isascii() else text
    latin = any(c.isascii() and c.isalpha() for c in dotted)
    return " ".join(dotted.split()) if latin else "".join(dotted.split())


@dataclass(frozen=True)
class NameList(Kind):
    """全体, or names parted by 、; kept as one text, parted by 、 only. `of_places`: grades and classes as well."""

    of_places: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if text in BLANKS:
            return EMPTY
        parts = [plain_name(part) for part in re.split(r"[、,;/\n]+", text.replace("，", ",")) if part.strip()]
        if len(parts) == 1 and parts[0] in ("全班", "全班同学", "全体学生", "所有", "全部", "全员"):
            return Reading(ALL_PUPILS, note=rules.REPAIRED)
        if self.of_places:
            parts = [GRADE.instead.get(part) or class_name(part, last_day) or part for part in parts]
        joined = "、".join(parts)
        return Reading(joined, note=rules.REPAIRED if joined != str(raw) else None) if parts else EMPTY

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
        return EMPTY if text in BLANKS else Reading(text)

    def describe(self) -> str:
        shown = "、".join(self.codes.words[:12])
        return shown + (" 等" if len(self.codes.words) > 12 else "")


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day. `future` allows a day after the month's end (结束日期, 跟进日期: contract §8.2)."""

    future: bool = False

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if isinstance(raw, datetime):
            return Reading(raw.date())
        if isinstance(raw, date):
            return Reading(raw)
        if isinstance(raw, bool):
            return Reading(fault=rules.NOT_A_DATE)
        if isinstance(raw, int | float):
            return _day_from_number(float(raw), last_day)
        return EMPTY if text in BLANKS else _day_from_text(text, last_day)

    def describe(self) -> str:
        return "日期，如 2026-10-08"

    @property
    def dtype(self) -> str:
        return "datetime64[s]"


def _day_from_number(number: float, last_day: date) -> Reading:
    """Read 20261008, or a serial number within eighteen years of the month (an unformatted date cell)."""
    if not number.is_integer():
        return Reading(fault=rules.NOT_A_DATE)
    if 19900101 <= number <= 21001231:
        return _day_from_text(str(int(number)), last_day)
    first, last = (last_day - timedelta(days=18 * 366)), last_day + timedelta(days=366)
    if (first - SERIAL_EPOCH).days <= number <= (last - SERIAL_EPOCH).days:
        return Reading(SERIAL_EPOCH + timedelta(days=int(number)), note=rules.REPAIRED)
    return Reading(fault=rules.NOT_A_DATE)


_FULL_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:\s+\d{1,2}:\d{2}(:\d{2})?)?")
_PACKED_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_AMBIGUOUS = re.compile(r"\d{1,2}\s*[-./年]\s*\d{1,2}(\s*[-./月]\s*\d{1,4})?\s*日?")


def _day_from_text(text: str, last_day: date) -> Reading:
    """Read the unambiguous written forms; 10月8日 takes the latest year that is not after the month."""
    full = _FULL_DATE.fullmatch(text) or _PACKED_DATE.fullmatch(text)
    if full:
        day = _day(int(full[1]), int(full[2]), int(full[3]))
        if day is None:
            return Reading(fault=rules.NOT_A_DATE)
        return Reading(day, note=None if text == day.isoformat() else rules.REPAIRED)
    short = _DAY_OF_YEAR.fullmatch(text)
    if short:
        day = _day(last_day.year, int(short[1]), int(short[2]))
        if day and day > last_day:
            day = _day(last_day.year - 1, int(short[1]), int(short[2]))
        return Reading(day, note=rules.REPAIRED) if day else Reading(fault=rules.NOT_A_DATE)
    return Reading(fault=rules.AMBIGUOUS_DATE if _AMBIGUOUS.fullmatch(text) else rules.NOT_A_DATE)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


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
            if text in BLANKS:
                return EMPTY
            match = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*(次|人|天|岁|元|分|名|个|件|台|套|册|份|周岁|万元)?", text.replace(",", ""))
            if not match or match[2] == "万元":
                return Reading(fault=rules.NOT_A_NUMBER)
            number, note = float(match[1]), None if match[1] == text else rules.REPAIRED
        if self.whole and not number.is_integer():
            return Reading(fault=rules.OUT_OF_RANGE)
        return Reading(number, note=note)

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
        number = "".join(text.split()).upper().lstrip("'‘’`")
        if text in BLANKS:
            return EMPTY
        if identity.is_provisional(number):
            return Reading(number, note=rules.NO_REAL_ID)
        if not identity.is_well_formed(number):
            return Reading(fault=rules.BAD_ID)
        if not identity.has_valid_check_digit(number):
            return Reading(fault=rules.BAD_CHECK_DIGIT)
        if number.endswith("000"):
            return Reading(number, note=rules.ID_ENDS_000)
        return Reading(number, note=rules.REPAIRED if number != str(raw) else None)

    def describe(self) -> str:
        return "18 位身份证号（文本）"

    def masked(self, text: str) -> str:
        return mask_number(text)


@dataclass(frozen=True)
class StudentNo(Kind):
    """A national student number: G + identity number, or L/J + 18 digits."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if _was_number(raw, text):
            return Reading(fault=rules.DIGITS_LOST)
        number = "".join(text.split()).upper().lstrip("'‘’`")
        if text in BLANKS:
            return EMPTY
        if re.fullmatch(r"[GLJ]\d{17}[\dX]", number):
            return Reading(number, note=rules.REPAIRED if number != str(raw) else None)
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


@dataclass(frozen=True)
class Phone(Kind):
    """A mobile number or a landline with its area code; of two in a cell the first is kept."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if text in BLANKS or text in ("空号", "停机"):
            return Reading(note=rules.NO_PHONE)
        parts = [re.sub(r"[\s()+-]|^(?:\+86|0086|86(?=1))", "", part) for part in re.split(r"[、,，;；/\n]+", text)]
        numbers = [re.sub(r"^86(?=1\d{10}$)", "", part) for part in parts if part]
        if not numbers or not all(_PHONE.fullmatch(number) for number in numbers):
            return Reading(fault=rules.BAD_PHONE)
        is_plain = numbers == [text] or _LANDLINE.fullmatch(text)
        return Reading(numbers[0], note=None if is_plain else rules.REPAIRED)

    def describe(self) -> str:
        return "11 位手机号，或带区号的固定电话"

    def masked(self, text: str) -> str:
        return mask_number(text)


@dataclass(frozen=True)
class ClassName(Kind):
    """A class as one text: 三年级(2)班, and what people write instead."""

    def _read(self, raw: Any, text: str, last_day: date) -> Reading:
        if text in BLANKS:
            return EMPTY
        found = class_name(text, last_day)
        if found is None:
            return Reading(fault=rules.BAD_CLASS)
        return Reading(found, note=rules.REPAIRED if found != str(raw).strip() else None)

    def describe(self) -> str:
        return "班级，如 三年级(2)班"
