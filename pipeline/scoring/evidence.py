"""The month's records as the lines of the seven plans ask for them: sound rows by word and period, and whose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.filled import Filled, Tables, is_whole
from pipeline.measuring.counting import Counting
from pipeline.measuring.population import is_boarder
from pipeline.model import Place
from schemas.chapters import checks as c
from schemas.chapters.days import is_free
from schemas.codes import LACKS, YES
from schemas.tables import CONDITIONAL


class Evidence:
    """What a month has to show. Each table is sorted once a column and period."""

    def __init__(self, counting: Counting) -> None:
        self.counting = counting
        year = counting.year
        first, last = pd.Timestamp(year.month.first_day), pd.Timestamp(year.month.last_day)
        self.days = {
            c.MONTH: (first, last),
            c.TERM: (pd.Timestamp(year.term_start), pd.Timestamp(year.counted_to)),
            c.YEAR: (pd.Timestamp(year.year_start), last),
        }
        self._sorted: dict[tuple[str, str, str], dict[str, list[int]]] = {}
        self._sound: dict[str, pd.DataFrame] = {}
        self._audiences: dict[str, pd.DataFrame] = {}

    def audience(self, audience: str) -> pd.DataFrame:
        """Return the children of an audience: one row each."""
        if audience not in self._audiences:
            self._audiences[audience] = self._of(audience)
        return self._audiences[audience]

    def _of(self, audience: str) -> pd.DataFrame:
        people = self.counting.people
        if audience == c.WITH_POTENTIAL:
            return people[people["in_a"] | people["in_q"]]
        if audience == c.POTENTIAL:
            return people[people["in_q"]]
        everyone = people[people["in_a"]]
        if audience == c.POOR:
            pupils = self.counting.merged.tables["pupils"]
            hardship = pupils.good("hardship").loc[everyone["row_index"]].set_axis(everyone.index)
            return everyone[hardship.notna() & hardship.ne(LACKS)]
        if audience == c.FOCUS:
            return everyone[everyone["focus"].eq(YES)]
        if audience in (c.BOARDERS, c.SIXTH_BOARDERS):
            everyone = everyone[is_boarder(everyone)]
        return everyone[everyone["grade"].eq(6)] if audience == c.SIXTH_BOARDERS else everyone

    @cached_property
    def classes(self) -> list[Place]:
        """The classes that handed in and have children of A."""
        people = self.counting.people
        held = people[people["in_a"] & people["number"].gt(0)]
        with_children = set(zip(held["grade"].tolist(), held["number"].tolist(), strict=True))
        return sorted(with_children & set(self.counting.places.values()))

    def reached(self, check: c.Reached) -> set[int]:
        """Return the children with a sound record of a check."""
        rows = self.rows(check.table, check.column, check.words, check.period)
        frame = self.sound(check.table)
        if check.month or check.is_free:
            days = frame.loc[rows, "date"]
            fits = days.dt.month.eq(check.month) if check.month else days.map(lambda day: self.is_day_off(day.date()))
            rows = list(days.index[fits.astype(bool)])
        child = self.children(check.table).loc[rows]
        if check.table == "growth":  # of the class that counts the child alone (contract §8.5)
            files = self.filled(check.table).values.loc[rows, "file"]
            child = child[files.eq(child.map(self.counting.people["file"]))]
        return set(child)

    def is_day_off(self, day: Any) -> bool:
        """Tell whether a day is a weekend's, a festival's, or outside the terms."""
        return is_free(day) or day in self.counting.year.holiday_days

    def children(self, table: str) -> pd.Series[int]:
        """Return whose each row of a table is."""
        merged = self.counting.merged
        if table == "attendance":
            child: pd.Series[int] = self.sound(table)["child"]
            return child
        return (merged.so_far_child if self._is_dated(table) else merged.child_of)[table]

    def rows(self, table: str, column: str, words: Sequence[str], period: str) -> list[int]:
        """Return the sound rows of a table of some words, in a period where they bear a date."""
        key = (table, column, period)
        if key not in self._sorted:
            frame = self.sound(table)
            if "date" in frame and period in self.days:
                frame = frame[frame["date"].between(*self.days[period])]
            found: dict[str, list[int]] = {}
            said = frame[column].tolist() if column else [""] * len(frame)
            for row, word in zip(frame.index.tolist(), said, strict=True):
                found.setdefault(word, []).append(row)
            self._sorted[key] = found
        return [row for word in words or ("",) for row in self._sorted[key].get(word, ())]

    def sound(self, table: str) -> pd.DataFrame:
        """Return the rows of a table that fulfil something, cells in error emptied."""
        if table not in self._sound:
            self._sound[table] = self._read(table)
        return self._sound[table]

    def _read(self, table: str) -> pd.DataFrame:
        if table == "attendance":
            return self.counting.merged.attendance.who.reset_index(drop=True)
        filled = self.filled(table)
        sound = is_whole(filled) & ~filled.any_wrong(filled.table.needing(CONDITIONAL))
        if "usable" in filled.table.keys:
            sound &= filled.good("usable").eq(YES).fillna(False).astype(bool)
        return pd.DataFrame({key: filled.good(key) for key in filled.table.keys})[sound]

    def filled(self, table: str) -> Filled:
        """Return a table as it counts: records with a day come from all months of the 学年 to date."""
        return self._tables(table)[table]

    def _tables(self, table: str) -> Tables:
        merged = self.counting.merged
        return merged.so_far if self._is_dated(table) else merged.tables

    def _is_dated(self, table: str) -> bool:
        return "date" in self.counting.merged.tables[table].table.keys
