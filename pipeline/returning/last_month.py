"""What last month's rows say of each child that next month's template may hold ready again: see `LastMonth`."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.months.snapshots import Snapshot
from pipeline.returning.held_ready import CALLS, LastMonth
from schemas.class_workbook import CONTACTS_LOG, GROWTH


def last_month_of(snapshot: Snapshot, *, is_of_old: bool) -> dict[int, LastMonth]:
    """Return child → what was typed of him in a month; nobody of whom nothing was. Cells in error say nothing.

    `is_of_old`: it was in the 学年 before, whose 学习表现 and 行为习惯 say nothing of this one.
    """
    calls = _calls(snapshot)
    levels = {} if is_of_old else _levels(snapshot)
    found = {}
    for child in calls.keys() | levels.keys():
        call, with_whom = calls.get(child, (CALLS[0], ""))
        found[child] = LastMonth(call, with_whom, levels.get(child, {}))
    return found


def _calls(snapshot: Snapshot) -> dict[int, tuple[str, str]]:
    """Return child → 形式 and 联系对象 of the last call with his family in the month."""
    log = snapshot.filled(CONTACTS_LOG.key)
    told = pd.DataFrame({key: log.good(key) for key in ("kind", "with_whom")})
    told["child"] = snapshot.frames[CONTACTS_LOG.key]["child"]
    order = snapshot.frames[CONTACTS_LOG.key].sort_values("date", kind="stable").index
    told = told.loc[order]
    told = told[told["kind"].isin(list(CALLS)) & told["child"].ne(NOBODY)]
    rows = zip(told["child"], told["kind"], told["with_whom"], strict=True)
    return {int(child): (str(kind), _word(whom)) for child, kind, whom in rows}


def _levels(snapshot: Snapshot) -> dict[int, dict[str, str]]:
    """Return child → 学习表现 and 行为习惯 of his first row of 成长记录, the one that counts."""
    growth = snapshot.filled(GROWTH.key)
    children = snapshot.frames[GROWTH.key]["child"]
    good = {key: growth.good(key).to_dict() for key in GROWTH.issued}
    found: dict[int, dict[str, str]] = {}
    for row, child in children.items():
        own = {key: _word(said[row]) for key, said in good.items()}
        if child != NOBODY:
            found.setdefault(int(child), {key: word for key, word in own.items() if word})
    return found


def _word(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
