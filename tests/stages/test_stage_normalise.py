"""normalise: what is typed becomes values; what can't be read is empty, in error, and told at its cell."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.small import small_month
from helpers.staged import Staged, codes, sheet_of
from pipeline.model import Month, Submission
from pipeline.stages.normalise import normalise
from schemas import rules
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.tables import FIRST_DATA_ROW

OCTOBER = Month(2026, 10)
TALKS = next(table for table in CLASS_WORKBOOK.tables if table.key == "talks")
A_DAY = pd.Timestamp("2026-10-12")

# typed, the day that it is, whether it is told as repaired, whether it is in error
DAYS = (
    (date(2026, 10, 12), A_DAY, False, False),
    ("2026-10-12", A_DAY, False, False),
    ("2026.10.12", A_DAY, True, False),
    ("2026年10月12日", A_DAY, True, False),
    ("", pd.NaT, False, False),
    ("上周三", pd.NaT, False, True),
    ("2026-09-31", pd.NaT, False, True),
)


def _talks(rows: list[dict[str, Any]], file: int = 0) -> Submission:
    own = Staged(small_month()).submissions[0]
    return Submission(own.file, own.form, own.cover, grade=3, number=2, sheets=(sheet_of(TALKS, rows, file),))


def _read(*given: Submission) -> tuple[Any, Any]:
    tables, issues = normalise(given, CLASS_WORKBOOK, OCTOBER)
    return tables["talks"], issues


def test_days_are_read_repaired_or_told() -> None:
    """Row by row: the value, and the one sentence where there is one."""
    filled, issues = _read(_talks([{"学生姓名": "李小禾", "日期": typed, "主题": "生活"} for typed, *_ in DAYS]))
    at = {issue.row: issue.rule for issue in issues if issue.title == "日期"}
    for index, (_, day, is_repaired, is_bad) in enumerate(DAYS):
        found = filled.values["date"].at[index]
        assert found == day or (pd.isna(found) and pd.isna(day))
        assert bool(filled.faulty["date"].at[index]) is is_bad
        rule = at.get(FIRST_DATA_ROW + index)
        assert (rule is rules.REPAIRED) is is_repaired
        assert (rule is not None and rule.level == rules.ERROR) is is_bad


GRID = st.lists(
    st.tuples(st.sampled_from(["2026-10-12", "", "乱写###"]), st.sampled_from(["2026-11-03", "", "乱写###"])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(GRID)
def test_every_unreadable_cell_is_told_at_its_place_and_no_other(grid: list[tuple[str, str]]) -> None:
    """A value where one was typed, NA where nothing or nonsense was; faulty and told where it was nonsense."""
    filled, issues = _read(
        _talks([{"学生姓名": "李小禾", "日期": day, "跟进日期": later, "主题": "生活"} for day, later in grid])
    )
    assert len(filled.values) == len(grid)
    for index, key in product(range(len(grid)), ("date", "follow_up_on")):
        typed = grid[index][key == "follow_up_on"]
        assert bool(filled.faulty[key].at[index]) is (typed == "乱写###")
        assert pd.isna(filled.values[key].at[index]) is (typed in ("", "乱写###"))
    told = sorted((issue.row, issue.title) for issue in issues if issue.rule.level == rules.ERROR)
    bad = [(FIRST_DATA_ROW + n, title) for n, row in enumerate(grid) for title, cell in zip(("日期", "跟进日期"), row, strict=True) if cell == "乱写###"]  # fmt: skip
    assert told == sorted(bad)


def test_a_row_keeps_its_place_whatever_stands_around_it() -> None:
    """Blank rows are left out; the others keep their file and their row of Excel; files come one after the other."""
    row = {"学生姓名": "李小禾", "日期": "2026-10-12"}
    filled, _ = _read(_talks([{}, row, {}, {}, row]), _talks([row, {}], file=7))
    assert list(zip(filled.values["file"], filled.values["row"], strict=True)) == [
        (0, FIRST_DATA_ROW + 1),
        (0, FIRST_DATA_ROW + 4),
        (7, FIRST_DATA_ROW),
    ]
    assert filled.is_own.all()


def test_a_clean_month_has_nothing_told() -> None:
    assert codes(Staged(small_month()).normalised[1]) == set()
