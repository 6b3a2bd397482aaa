"""How people write a day, and which of it has one reading only."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from schemas.cells import Number1904

EPOCH = date(1899, 12, 30)  # Excel's day 0, so that 46086 is 2026-03-05
EPOCH_1904 = date(1904, 1, 1)
_MINUTES_A_DAY = 24 * 60

_FULL = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*(?:[-./]\s*(\d{1,2})|年\s*(\d{1,2})\s*月(?:份)?)")
_PACKED_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_SINCE = re.compile(r"\s*-*\s*(?:至今|起|开始|以来)$")
_WEEKDAY = re.compile(r"\s*[(,，]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*\)?$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−~", "-"))
_OTHER_MARKS = re.compile(r"(?<=\d)\s*[、,，。_\\\s]\s*(?=\d)")
_NUMERALS = {word: number for number, word in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_YEAR_IN_WORDS = re.compile(f"[{''.join(_NUMERALS)}]{{4}}(?=年)")
_NUMBER_IN_WORDS = re.compile("(?<![初廿卅正腊冬])(?:([二三])?十)?([一二三四五六七八九])?(?=[月日号])")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})\s*月份?\s*(\d{1,2})\s*[日号]?")
_SHORT = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[日号]?")
_DAY = re.compile(r"(\d{1,2})\s*[日号]")
_AMBIGUOUS = re.compile(r"\d{1,4}\s*[-./年月]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,4})?\s*[日号]?|\d{1,2}\s*月份?|\d{1,2}\s*月份?\s*\d{1,2}\s*[日号]?|\d{1,2}\s*[日号]")


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def midnight(day: date) -> datetime:
    """Return the first moment of a day."""
    return datetime(day.year, day.month, day.day)


def of_time(moment: datetime) -> date:
    """Return the day of a moment; the last minute before midnight is the day that follows.

    Some programs write a day as local midnight in another time zone's seconds: 23:59:17 of the day before.
    """
    is_next = (moment.hour, moment.minute) == (23, 59) and moment.date() < date.max
    return (moment + timedelta(minutes=1)).date() if is_next else moment.date()


def of_number(number: float, last_day: date) -> date | None:
    """Return the day of 20261008, or of a serial number within eighteen years of the month, by its book's epoch."""
    whole = round(number * _MINUTES_A_DAY) / _MINUTES_A_DAY if abs(number - round(number)) * _MINUTES_A_DAY < 1 else number
    if not whole.is_integer():
        return None
    if 19900101 <= whole <= 21001231:
        return of_text(str(int(whole)))
    epoch = EPOCH_1904 if isinstance(number, Number1904) else EPOCH
    first, last = last_day - timedelta(days=18 * 366), last_day + timedelta(days=366)
    if (first - epoch).days <= whole <= (last - epoch).days:
        return epoch + timedelta(days=int(whole))
    return None


def of_decimal(number: float, last_day: date) -> date | None:
    """Return the day in the month that 9.15 means; 9.1 may have been typed as 9.10, and 9.2 as 9.20."""
    month, _, day = str(float(number)).partition(".")
    if month != str(last_day.month) or not day.isdigit() or not int(day):
        return None
    if len(day) == 1 and day_of(last_day.year, last_day.month, int(day) * 10):
        return None
    return day_of(last_day.year, last_day.month, int(day)) if len(day) <= 2 else None


def evened(text: str) -> str:
    """Return the text of a day as most people write it: figures for 二〇二六年十月八日, one kind of dash, no weekday."""
    bare = _WEEKDAY.sub("", text.translate(_DASHES)).rstrip("。.,，、;； ")
    if not bare.isascii():
        bare = _YEAR_IN_WORDS.sub(lambda said: "".join(str(_NUMERALS[word]) for word in said[0]), bare)
        bare = _NUMBER_IN_WORDS.sub(_in_figures, bare)
    marks = _OTHER_MARKS.findall(bare)
    is_day = len(marks) == len(("year-month", "month-day"))  # 2026、10、8; with a time behind, or 3、4, it is something else
    return _OTHER_MARKS.sub("-", bare) if is_day else bare


def _in_figures(said: re.Match[str]) -> str:
    if not said[0]:
        return ""
    tens = _NUMERALS[said[1]] if said[1] else int("十" in said[0])
    return str(10 * tens + (_NUMERALS[said[2]] if said[2] else 0))


def without_since(text: str) -> str:
    """Return 2025-02 of 2025-02至今."""
    return _SINCE.sub("", text)


def of_month_number(number: float) -> date | None:
    """Return the first day of 2025.2 or 202502; 2025.1 may have been typed as 2025.10."""
    if not EPOCH.year <= number < 1e6:  # neither a year nor a year with its month behind it
        return None
    text = f"{number:g}" if number < 1e5 else str(int(number))
    year, _, month = text.partition(".")
    if month == "1" or not (EPOCH.year <= int(year[:4] or 0) <= _LAST_YEAR):
        return None
    return of_month(f"{year}-{month}") if month else of_month(text)


def of_month_shown_as_day(moment: datetime) -> date | None:
    """Return the first day of 2025.2, which a cell for days shows as 1905-07-17 04:48."""
    serial = (moment - midnight(EPOCH)) / timedelta(days=1)
    return None if serial.is_integer() else of_month_number(round(serial, 2))


_LAST_YEAR = 2100


def of_text(text: str) -> date | None:
    """Return the day of a text that gives year, month and day."""
    full = _FULL.fullmatch(text) or _PACKED.fullmatch(text)
    return day_of(int(full[1]), int(full[2]), int(full[3])) if full else None


def of_month(text: str) -> date | None:
    """Return the first day of 2025-02, 2025年2月, 202502."""
    packed = _PACKED_MONTH.fullmatch(text)
    if packed:
        return day_of(int(packed[1]), int(packed[2]), 1)
    match = _MONTH.fullmatch(text)
    return day_of(int(match[1]), int(match[2] or match[3]), 1) if match else None


def in_month(text: str, last_day: date) -> date | None:
    """Return the day of 9.15, 9/15, 9月15 or 15日 in September, for what was done in that month."""
    alone = _DAY.fullmatch(text)
    if alone:
        return day_of(last_day.year, last_day.month, int(alone[1]))
    short = _SHORT.fullmatch(text)
    is_own = short and int(short[1]) == last_day.month
    return day_of(last_day.year, last_day.month, int(short[2])) if short and is_own else None


def without_year(text: str, last_day: date) -> date | None:
    """Return the latest 10月8日 that is not after the month."""
    match = _DAY_OF_YEAR.fullmatch(text)
    if not match:
        return None
    day = day_of(last_day.year, int(match[1]), int(match[2]))
    return day_of(last_day.year - 1, int(match[1]), int(match[2])) if day is None or day > last_day else day


def is_ambiguous(text: str) -> bool:
    """Tell a text that is a date of sorts, of which nobody can say which part is what."""
    return bool(_AMBIGUOUS.fullmatch(text)) and not _FULL.fullmatch(text)
