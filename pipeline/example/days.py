"""The days of an example month: school days, the last day, the school year."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

_HOLIDAYS = {(10, day) for day in range(1, 8)} | {(5, day) for day in range(1, 6)} | {(1, 1)}


def first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    first = first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def all_days(month: str) -> list[date]:
    first = first_day(month)
    return [first + timedelta(days=n) for n in range(last_day(month).day)]


def school_days(month: str) -> list[date]:
    """Return the month's weekdays outside the public holidays."""
    return [day for day in all_days(month) if day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS]


def school_year_start(month: str) -> date:
    """Return the last 1 September up to the month's first day."""
    first = first_day(month)
    return date(first.year if first.month >= 9 else first.year - 1, 9, 1)


def random_day(rng: random.Random, first: date, last: date) -> date:
    """Return a day from `first` to `last`, both included."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def pick(rng: random.Random, days: Sequence[date], fits: Callable[[date], bool]) -> date | None:
    """Return one of the days that fit, None where none does."""
    fitting = [day for day in days if fits(day)]
    return rng.choice(fitting) if fitting else None
