"""How the schools of a district stand with their month: on time, late, in part, sent back, missing; rates of each.

As DHIS2 keeps them: the reporting rate is over the reports that are whole, the on-time rate over those that were also
in time; both are over what was due. Every school that is due has one state, so that the counts add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from pipeline.county.records import School
from pipeline.model import Month
from schemas import county_words as w
from schemas.codes import DASH
from schemas.policy.parameters import by_default

_SATURDAY = 5
_FIRST_YEAR = 2000  # files of earlier years have no time: zip archives begin in 1980, clocks in 1970


@dataclass(frozen=True)
class Standing:
    """How many schools were due and how many of them stand in each state (key of `STATES` → schools)."""

    due: int
    of: dict[str, int]
    has_list: bool

    @property
    def whole(self) -> int:
        """How many handed in with every class, in time or not."""
        return sum(self.of[key] for key, state in w.STATES.items() if state in w.WHOLE)

    @property
    def reporting(self) -> tuple[int, int]:
        """n and N of 报送率; nothing was due where there is no list to say so."""
        return (self.whole, self.due) if self.has_list else (0, 0)

    @property
    def timely(self) -> tuple[int, int]:
        """n and N of 按时率."""
        return (self.of["on_time"], self.due) if self.has_list else (0, 0)


def standing_of(schools: Iterable[School], *, has_list: bool) -> Standing:
    """Count schools by their state."""
    found = Counter(school.state for school in schools)
    return Standing(found.total(), {key: found[state] for key, state in w.STATES.items()}, has_list)


def deadline_of(month: Month) -> date:
    """Return the last day on which a month is handed in in time, where nobody says another (交表截止日)."""
    after = month.after
    return date(after.year, after.number, int(by_default("deadline_day")))


def working_day(day: date) -> date:
    """Return the day, or the Monday after it."""
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day


def judged(school: School, deadline: date) -> School:
    """Return a school with its state by classes and by day; what a roll-up below has judged stays."""
    if school.state != w.State.HANDED_IN:
        return school
    if not school.is_below and not school.count("classes_done") and school.count("classes_due"):
        return replace(school, state=w.State.MISSING, reason=school.reason or w.NO_CLASS_IN, numbers={}, classes_in="")
    late = (date.fromisoformat(school.received) - deadline).days if school.received else 0
    if school.count("classes_done") < school.count("classes_due"):
        state = w.State.PARTIAL
    elif not school.received:
        state = w.State.UNDATED
    else:
        state = w.State.LATE if late > 0 else w.State.ON_TIME
    return replace(school, state=state, late_days=max(late, 0))


def latest_day(schools: Sequence[School], deadline: date) -> date:
    """Return the day as of which the month is told: the last on which something came, the deadline at the earliest."""
    return max([deadline, *(date.fromisoformat(s.received) for s in schools if s.received)])


def told_reason(school: School) -> str:
    """Return why a school stands as it does, in words that others may read: without the names of files."""
    return w.TWO_DIFFERENT if school.state == w.State.DOUBLE else school.reason


def class_counts(school: School) -> str:
    """Return 2/4, classes handed in over classes due; — where nothing is known."""
    return f"{school.count('classes_done')}/{school.count('classes_due')}" if school.counts else DASH


def day_of_file(path: Path) -> str:
    """Return the day on which a file was last written, as 2026-11-05; "" where it has no time. Raises OSError."""
    day = datetime.fromtimestamp(path.stat().st_mtime).date()
    return day.isoformat() if day.year >= _FIRST_YEAR else ""
