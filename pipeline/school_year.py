"""The school year around a report month: its term, whole weeks, holiday days (contract §5, §8.1, §8.13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.model import Month
from schemas.policy import Policy

_SUNDAY, _SIX_DAYS = 6, timedelta(days=6)


@dataclass(frozen=True)
class SchoolYear:
    """Days that count for a month: `term_start` … `term_end` is the term that holds T, else the one that ended last.

    `counted_to` is the earlier of T and the term's end; `year_start` the last 1 September. `weeks`: the Mondays of the
    weeks that end in the month and lie inside the term; the first may have begun in the month before.
    """

    month: Month
    term_start: date
    term_end: date
    counted_to: date
    year_start: date
    is_term_owed: bool
    is_teaching: bool
    is_holiday: bool
    weeks: tuple[date, ...]
    holiday_days: tuple[date, ...]


def school_year(month: Month, policy: Policy) -> SchoolYear:
    """Return the school year of a month under a policy."""
    last = month.last_day
    terms = _terms(month, policy)
    start, end = max((term for term in terms if term[0] <= last), key=lambda term: term[0])
    days = [month.first_day + timedelta(days=n) for n in range(last.day)]
    in_term = [any(first <= day <= final for first, final in terms) for day in days]
    return SchoolYear(
        month,
        start,
        end,
        min(last, end),
        month.september.first_day,
        is_term_owed=any(start <= day <= end for day in days),
        is_teaching=month.number in policy.teaching_months,
        is_holiday=month.number in policy.holiday_months,
        weeks=tuple(d - _SIX_DAYS for d in days if d.weekday() == _SUNDAY and start <= d - _SIX_DAYS and d <= end),
        holiday_days=tuple(day for day, inside in zip(days, in_term, strict=True) if not inside),
    )


def _terms(month: Month, policy: Policy) -> list[tuple[date, date]]:
    """Return the terms that can touch the month or have ended before it, of three calendar years."""
    terms = []
    for year in (month.year - 2, month.year - 1, month.year):
        for start, end in (
            (policy.autumn_start, policy.autumn_end),
            (policy.spring_start, policy.spring_end),
        ):
            first = date(year, *start)
            final = date(year + 1 if end < start else year, *end)
            terms.append((first, final))
    return terms
