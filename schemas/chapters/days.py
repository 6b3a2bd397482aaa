"""Days that a plan speaks of: days off, and how soon after the first day of a term."""

from __future__ import annotations

from datetime import date, timedelta

# Days off besides weekends and holidays: fixed ones, and those of the moon of the years that a report may be of.
_FIXED = ((1, 1), (4, 4), (4, 5), (5, 1), (5, 2), (5, 3), (6, 1), *((10, day) for day in range(1, 8)))
_MOON = (
    "2024-02-10 2024-06-10 2024-09-17 2024-10-11 2025-01-29 2025-05-31 2025-10-06 2025-10-29 2026-02-17 2026-06-19 "
    "2026-09-25 2026-10-18 2027-02-06 2027-06-09 2027-09-15 2027-10-08 2028-01-26 2028-05-28 2028-10-03 2028-10-26 "
    "2029-02-13 2029-06-16 2029-09-22 2029-10-16 2030-02-03 2030-06-05 2030-09-12 2030-10-05"
)
_FESTIVALS = frozenset(date.fromisoformat(day) for day in _MOON.split())


def is_free(day: date) -> bool:
    """Tell whether a day is a weekend's or a festival's (春节, 清明, 端午, 中秋, 重阳 and the fixed ones)."""
    return day.weekday() >= 5 or (day.month, day.day) in _FIXED or day in _FESTIVALS


EARLY = timedelta(days=14)  # after the first day: within 15 days
