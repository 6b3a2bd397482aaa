"""Which day may be meant by one that can't be right: hints about days, each a question."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from pipeline.checks.known import At, Known
from pipeline.checks.said import NOTHING, Said, openly
from schemas import hint_words as w
from schemas import rules
from schemas.days import day_of

_DAY = re.compile(r"(\d{4})(?:[-./年](\d{1,2})[-./月](\d{1,2})|(\d{2})(\d{2}))(?!\d)")
# Days of a life, not of the month: what is typed there is no slip of this month's.
_OF_OTHER_YEARS = frozenset({"birth_date", "father_away_since", "mother_away_since"})


def no_such_day(known: Known, at: At) -> Said:
    """Say of 2026-09-31, and of the birth date inside an identity number, that there is no such day."""
    text = at.typed[6:14] if at.key == "id_card" and len(at.typed) == 18 else at.typed
    match = _DAY.match(text)
    if not match:
        return NOTHING
    year, month, day = (int(part) for part in match.groups() if part)
    is_none = 1 <= month <= 12 and day_of(year, month, day) is None
    return openly(w.NO_SUCH_DAY, month=str(month), day=str(day)) if is_none else NOTHING


def ambiguous_day(known: Known, at: At) -> Said:
    """Return the days that 26.10.5 or 9.12 may be, of those that are not after the month."""
    numbers = [int(number) for number in re.findall(r"\d+", at.typed)]
    year, last = known.month.year, known.month.last_day
    if len(numbers) == 3:
        a, b, c = numbers
        tries = [(2000 + a % 100, b, c), (2000 + c % 100, a, b), (2000 + c % 100, b, a)]
        tries = [day for day in tries if day[0] in (year, year - 1)]
    elif len(numbers) == 2:
        a, b = numbers
        tries = [(year, a, b), (year, b, a)] if max(a, b) <= 31 else []
    else:
        tries = []
    days = [day for own in tries if (day := day_of(*own)) and day <= last]
    return openly(w.PERHAPS, days=w.OR.join(map(str, dict.fromkeys(days)))) if days else NOTHING


def day_of_the_month(known: Known, at: At) -> Said:
    """Return the one day of the month that a day outside it may be: its year mistyped, or month and day exchanged.

    A day of an earlier month that may be told late (W301) is taken for a mistyped year only: 9 October told as
    2026-09-10 is as likely the tenth of September, told late.
    """
    if not at.key or at.key in _OF_OTHER_YEARS or not isinstance(at.read, pd.Timestamp):
        return NOTHING
    typed, year = at.read.date(), known.month.year
    tries = [day_of(year, typed.month, typed.day)] if typed.year != year else []
    if at.issue.rule is not rules.LATE_RECORD and typed.year == year:
        tries.append(day_of(year, typed.day, typed.month))
    days = {day for day in tries if day and _is_of(known, day)}
    return openly(w.PERHAPS, days=str(days.pop())) if len(days) == 1 else NOTHING


def _is_of(known: Known, day: date) -> bool:
    return known.month.first_day <= day <= known.month.last_day
