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
        self._sorted: dict[tuple[str, str, str], dict[str, list[int]]] = {}
        self._child: dict[str, list[int]] = {}
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
            found = [(table, self._rows(table, check.column, check.words, check.period)) for table in check.tables]
            return sum(self._all_yes(table, rows, check.all_yes) for table, rows in found), check.least, True
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
        rows = self._rows(table, column, words, period)
        if table not in self._child:
            of = self._merged.attendance.who["child"] if table == "attendance" else self._child_of(table)
            self._child[table] = of.tolist()
        child = self._child[table]
        return {child[row] for row in rows if child[row] >= 0}

    def _all_yes(self, table: str, rows: list[int], columns: tuple[str, ...]) -> int:
        """Return how many of these rows say 是 in all of these columns."""
        if not columns:
            return len(rows)
        values = self._of_year(table)[table].values.loc[rows, list(columns)]
        return int(values.eq(YES).all(axis=1).sum())

    def _rows(self, table: str, column: str, words: tuple[str, ...], period: str) -> list[int]:
        """Return the sound rows of a table of some words, in a period where they bear a date."""
        key = (table, column, period)
        if key not in self._sorted:
            frame = self._sound(table)
            if "date" in frame and period in self._days:
                frame = frame[frame["date"].between(*self._days[period])]
            found: dict[str, list[int]] = {}
            for row, word in zip(frame.index, frame[column] if column else [""] * len(frame), strict=True):
                found.setdefault(word, []).append(row)
            self._sorted[key] = found
        return [row for word in words or ("",) for row in self._sorted[key].get(word, ())]

    def _sound(self, table: str) -> pd.DataFrame:
        if table == "attendance":
            return self._merged.attendance.who.reset_index(drop=True)
        filled = self._of_year(table)[table]
        sound = is_whole(filled)
        if "usable" in filled.table.keys:
            sound &= filled.good("usable").eq(YES).fillna(False).astype(bool)
        return filled.values[sound]

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
