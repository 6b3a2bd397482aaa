"""What the live sheet of next month's template has to know of the months before: see `pipeline.excel.live.SoFar`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.excel.live import SoFar, plan_facts
from pipeline.model import Month, Place
from pipeline.months.snapshots import Snapshot
from pipeline.school_year import school_year
from schemas.codes import LACKS, Contact
from schemas.policy import Policy

Who = tuple[int, int, str]  # grade, class and name: a sheet of a class knows no other key
_MEETINGS = (Contact.GUARDIAN_MEETING, Contact.FORUM)


class _Case(NamedTuple):
    reason: str
    since: date


class SoFarOf:
    """The months of the term before `to`, looked up class by class. `months`: the newest first.

    `lacking`: how many things each child lacked in the month before `to`, where that is known.
    """

    def __init__(
        self, months: Sequence[Snapshot], to: Month, policy: Policy, lacking: Mapping[Who, int] | None = None
    ) -> None:
        year = school_year(to, policy)
        start = pd.Timestamp(year.term_start)
        self.facts = plan_facts(policy, year.term_start, is_teaching=year.is_teaching)
        self._visits: Counter[Who] = Counter()
        self._meetings: Counter[Who] = Counter()
        self._cases: dict[Who, _Case] = {}
        self._lacking = lacking or {}
        self._names: dict[Place, set[str]] = defaultdict(set)
        own = [month for month in months if month.month.last_day >= year.term_start]
        seen: set[tuple[Any, ...]] = set()
        for month in reversed(own):
            who = _who(month)
            for name in who.values():
                self._names[name[:2]].add(name[2])
            self._count(month, who, start, seen)
            self._open_cases(month, who, start, timedelta(days=policy.case_days))

    def of(self, place: Place) -> SoFar:
        """Return what a class's sheet has to know."""
        children = {}
        for name in sorted(self._names[place]):
            who = (*place, name)
            case = self._cases.get(who)
            reason, since = (case.reason, case.since) if case else (None, None)
            children[name] = (self._visits[who], self._meetings[who], reason, since, self._lacking.get(who))
        return SoFar(self.facts, children)

    def _count(self, month: Snapshot, who: dict[int, Who], start: pd.Timestamp, seen: set[tuple[Any, ...]]) -> None:
        """Add the visits and meetings of a month; a record that stands in two months' workbooks once."""
        frame = month.frames["contacts_log"]
        kinds = [Contact.HOME_VISIT, *_MEETINGS]
        own = frame[frame["kind"].isin(kinds) & frame["date"].ge(start) & frame["child"].ne(NOBODY)]
        for child, kind, day in zip(own["child"], own["kind"], own["date"], strict=True):
            if child in who and (key := (who[child], kind, day)) not in seen:
                seen.add(key)
                counter = self._visits if kind == Contact.HOME_VISIT else self._meetings
                counter[who[child]] += 1

    def _open_cases(self, month: Snapshot, who: dict[int, Who], start: pd.Timestamp, limit: timedelta) -> None:
        """Keep the first case of each child that has no plan in time."""
        growth, plans = month.frames["growth"], month.frames["plans"]
        made = defaultdict(list)
        for child, reason, day in zip(plans["child"], plans["reason"], plans["made_on"], strict=True):
            made[child, reason].append(day)
        own = growth[growth["trigger"].notna() & growth["trigger"].ne(LACKS) & growth["triggered_on"].ge(start)]
        for child, reason, day in zip(own["child"], own["trigger"], own["triggered_on"], strict=True):
            if child in who and not any(day <= on <= day + limit for on in made[child, reason]):
                self._cases.setdefault(who[child], _Case(str(reason), day.date()))


def _who(month: Snapshot) -> dict[int, Who]:
    """Return child → his class and name, in a month."""
    children, names = month.children, month.filled("pupils").values["name"].to_dict()
    rows = zip(children.index, children["grade"], children["number"], children["row_index"], strict=True)
    found = {int(child): (int(grade), int(number), names[row]) for child, grade, number, row in rows}
    return {child: name for child, name in found.items() if isinstance(name[2], str)}
