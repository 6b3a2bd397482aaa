"""The days of an example month: school days, the last day, the school year."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from pipeline.model import Month

_HOLIDAYS = {(10, day) for day in range(1, 8)} | {(5, day) for day in range(1, 6)} | {(1, 1)}


def first_day(month: str) -> date:
    return Month.parse(month).first_day


def last_day(month: str) -> date:
    return Month.parse(month).last_day


def all_days(month: str) -> list[date]:
    return [first_day(month) + timedelta(days=n) for n in range(last_day(month).day)]


def school_days(month: str) -> list[date]:
    """Return the month's weekdays outside the public holidays."""
    return [day for day in all_days(month) if day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS]


def school_year_start(month: str) -> date:
    """Return the last 1 September up to the month's first day."""
    return Month.parse(month).september.first_day


def random_day(rng: random.Random, first: date, last: date) -> date:
    """Return a day from `first` to `last`, both included."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def pick(rng: random.Random, days: Sequence[date], fits: Callable[[date], bool]) -> date | None:
    """Return one of the days that fit, None where none does."""
    fitting = [day for day in days if fits(day)]
    return rng.choice(fitting) if fitting else None
