"""The seven plans, checked item by item: n and N of every check of `schemas.chapters` (contract §5, domain §7)."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.filled import Tables, is_whole
from pipeline.measuring.measured import Measured
from pipeline.measuring.population import is_boarder
from pipeline.merged import Merged
from pipeline.school_year import SchoolYear
from schemas import chapters as c
from schemas.codes import LACKS, YES


@dataclass(frozen=True)
class Checked:
    """One check of one item: n of N; for rows that were counted, `is_count`, N being the least there should be."""

    item: c.Item
    check: c.Check
    n: int
    total: int
    is_count: bool = False


def check_chapters(merged: Merged, measured: Measured, year: SchoolYear) -> list[Checked]:
    """Return every check of every item, in their order."""
    own = _Own(merged, measured, year)
    counted = {check: own.counted(check) for item in c.ITEMS for check in item.checks}  # many items share a check
    return [Checked(item, check, *counted[check]) for item in c.ITEMS for check in item.checks]


class _Own:
    """The month, as the checks ask for it."""

    def __init__(self, merged: Merged, measured: Measured, year: SchoolYear) -> None:
        self._merged, self._year = merged, year
        people = measured.people
        self._people = people
        self._in_a = people.index[people["in_a"]]
        self._sound: dict[str, pd.DataFrame] = {}
        frame = measured.measures
        whole = frame[(frame["level"] == "school") & (frame["over"] == "L")]
        shares = whole[["figure", "n", "N"]].itertuples(index=False)
        self._whole = {key: (int(n), int(total)) for key, n, total in shares}
        first, last = pd.Timestamp(year.month.first_day), pd.Timestamp(year.month.last_day)
        self._days = {
            c.MONTH: (first, last),
            c.TERM: (pd.Timestamp(year.term_start), pd.Timestamp(year.counted_to)),
            c.YEAR: (pd.Timestamp(year.year_start), last),
        }

    def counted(self, check: c.Check) -> tuple[int, int, bool]:
        """Return n, N, and whether rows were counted."""
        if isinstance(check, c.Rate):
            return (*self._whole.get(check.key, (0, 0)), False)
        if isinstance(check, c.Heads):
            return int(self._people["in_l"].sum()), len(self._people), True
        if isinstance(check, c.Held):
            found = [self._rows(table, check.column, check.words, check.period) for table in check.tables]
            return sum(int(rows[list(check.all_yes)].eq(YES).all(axis=1).sum()) for rows in found), check.least, True
        children = self._children(check)
        due = self._audience(check.audience) if isinstance(check, c.Reached) else set(self._in_a)
        return len(due & children), len(due), False

    def _children(self, check: c.Reached | c.Filled | c.Parties) -> set[int]:
        if isinstance(check, c.Reached):
            return self._reached(check.table, check.column, check.words, check.period)
        if isinstance(check, c.Parties):
            talked = self._reached("talks", "", (), c.TERM)
            return (
                talked
                & self._reached("contacts_log", "with_whom", c.PARENTS, c.TERM)
                & self._reached("contacts_log", "with_whom", c.GUARDIANS, c.TERM)
            )
        filled = self._merged.tables[check.table]
        child = self._merged.pupil_child if check.table == "pupils" else self._merged.child_of[check.table]
        whole = pd.concat([filled.good(key) for key in check.keys], axis=1).notna().all(axis=1)
        return set(child[whole & child.ge(0)])

    def _reached(self, table: str, column: str, words: tuple[str, ...], period: str) -> set[int]:
        if table == "attendance":
            who = self._merged.attendance.who
            return set(who.loc[who["date"].between(*self._days[period]) & who[column].isin(list(words)), "child"])
        child = self._child_of(table).loc[self._rows(table, column, words, period).index]
        return set(child[child.ge(0)])

    def _rows(self, table: str, column: str, words: tuple[str, ...], period: str) -> pd.DataFrame:
        """Return the sound rows of a table of some words, in a period where they bear a date."""
        if table not in self._sound:
            filled = self._of_year(table)[table]
            sound = is_whole(filled)
            if "usable" in filled.table.keys:
                sound &= filled.good("usable").eq(YES).fillna(False).astype(bool)
            self._sound[table] = filled.values[sound]
        rows = self._sound[table]
        if column:
            rows = rows[rows[column].isin(list(words))]
        if "date" in rows and period in self._days:
            rows = rows[rows["date"].between(*self._days[period])]
        return rows

    def _of_year(self, table: str) -> Tables:
        """Return the tables that hold what counts: records with a day come from all months of the 学年 to date."""
        dated = "date" in self._merged.tables[table].table.keys
        return self._merged.so_far if dated else self._merged.tables

    def _child_of(self, table: str) -> pd.Series[int]:
        dated = self._of_year(table) is self._merged.so_far
        return (self._merged.so_far_child if dated else self._merged.child_of)[table]

    def _audience(self, audience: str) -> set[int]:
        everyone = self._people[self._people["in_a"]]
        if audience == c.POOR:
            pupils = self._merged.tables["pupils"]
            hardship = pupils.good("hardship")
            poor = self._merged.pupil_child[hardship.notna() & hardship.ne(LACKS)]
            return set(poor) & set(everyone.index)
        if audience in (c.BOARDERS, c.SIXTH_BOARDERS):
            everyone = everyone[is_boarder(everyone)]
        if audience == c.SIXTH_BOARDERS:
            everyone = everyone[everyone["grade"].eq(6)]
        return set(everyone.index)
