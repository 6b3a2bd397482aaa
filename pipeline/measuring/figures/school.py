"""入学率, 互查达标率 (the school's alone) and 报送质量 (contract §5, §8.12, §8.13, §8.18)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

from pipeline.filled import Filled, is_whole
from pipeline.measuring.counting import Counting, counts
from pipeline.measuring.tally import NO_CLASS, Tally, nobody, units
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.codes import IN_SCHOOL, Destination
from schemas.figures import LACKS, UNSETTLED

_LONGEST_GAP = timedelta(days=3)


@counts("in_school")
def in_school(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """入学率: one unit a row of 应入学名册; a row with an error in a required cell is in N only."""
    filled = c.merged.tables["school_age"]
    destination = filled.good("destination")
    met = destination.isin(list(IN_SCHOOL)) & is_whole(filled)
    rows = [
        nobody(
            *NO_CLASS,
            int(n),
            1,
            LACKS["in_school"].format(detail=where if isinstance(where, str) else UNSETTLED),
        )
        for n, where in zip(met, destination, strict=True)
    ]
    return units("in_school", rows, over)


@counts("holiday_checked")
def holiday_checked(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """互查达标率: one unit a village group, by the holiday days of the month; none outside holiday months.

    A 村民组 or 村组 in error is a group of its own, not 达标: it may be one that nobody else names (contract §8.20).
    """
    days, merged = c.year.holiday_days, c.merged
    listed = merged.tables["school_age"]
    if not c.year.is_holiday or not days:
        return units("holiday_checked", [], over)
    checks = merged.tables["holiday_checks"]
    sound = is_whole(checks)
    dated = checks.values[sound & checks.values["date"].between(pd.Timestamp(days[0]), pd.Timestamp(days[-1]))]
    groups: dict[str, set[date]] = {group: set() for group in _groups(listed, checks)}
    for group, day in zip(dated["group"], dated["date"], strict=True):
        groups[group].add(day.date())
    rows = [nobody(*NO_CLASS, int(_no_long_gap(found, days)), 1, LACKS["holiday_checked"]) for found in groups.values()]
    nameless = int(checks.good("group").isna().sum() + (_here(listed) & listed.faulty["village"]).sum())
    return units("holiday_checked", rows + [nobody(*NO_CLASS, 0, 1, UNSETTLED)] * nameless, over)


def _here(listed: Filled) -> pd.Series[bool]:
    """Tell which rows of 应入学名册 are at this school, or in error about it."""
    return listed.good("destination").eq(Destination.HERE).fillna(False) | listed.good("destination").isna()


def _groups(listed: Filled, checks: Filled) -> list[str]:
    """Return the village groups: of 应入学名册 rows at this school, and those of any check."""
    named = pd.concat([listed.good("village")[_here(listed)], checks.good("group")]).dropna()
    return sorted(set(named))


def _no_long_gap(found: set[date], days: tuple[date, ...]) -> bool:
    """Tell whether no more than three days pass from the first day over each check to the last day."""
    inside = sorted(found & set(days))
    marks = [days[0], *inside, days[-1]]
    return bool(inside) and all(b - a <= _LONGEST_GAP for a, b in pairwise(marks))


@counts("rows_clean")
def rows_clean(c: Counting, people: pd.DataFrame, over: str) -> Tally:
    """报送质量: one unit a class workbook: N its data rows, n those without an error."""
    tables, place = c.merged.tables, c.places
    found: dict[int, list[int]] = {file: [0, 0] for file in place}
    for table in CLASS_WORKBOOK.tables:
        filled = tables[table.key]
        columns = (filled.values["file"], filled.values["row"], filled.any_wrong(filled.table.keys))
        is_whole_row: dict[tuple[int, int], bool] = {}  # one that names many children is one row
        for file, row, is_wrong in zip(*(column.tolist() for column in columns), strict=True):
            if row > 0:  # in a workbook of this month
                is_whole_row[file, row] = is_whole_row.get((file, row), True) and not is_wrong
        for (file, _), is_clean in is_whole_row.items():
            if file in found:  # an empty workbook is not handed in and has no figures
                found[file][0] += int(is_clean)
                found[file][1] += 1
    rows: list[Any] = [
        nobody(*place[file], n, total, LACKS["rows_clean"].format(detail=total - n))
        for file, (n, total) in found.items()
    ]
    return units("rows_clean", rows, over)
