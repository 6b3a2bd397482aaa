"""What earlier months left beside this one's report: their snapshots, explanations, standings and the plan.

The reports lie side by side, named by month. What can't be read is said, and the run goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.model import Month
from pipeline.months.ledger import Explained, Ledger
from pipeline.months.run_file import BadSnapshot, changed_since, facts_of, months_beside
from pipeline.months.snapshots import Snapshot, read_snapshot
from schemas import frames
from schemas import operator_words as words
from schemas.folders import DATA

LEDGER, STANDINGS = "explanations", "standings"


@dataclass(frozen=True)
class Standing:
    """A class or teacher in one month: the total, the rank, and whether a confirmed red flag barred it."""

    total: Decimal
    rank: int
    is_flagged: bool


Standings = Mapping[tuple[str, str], Standing]  # (班级 or 教师, name) → how it stood


@dataclass(frozen=True)
class History:
    """`snapshots`: the earlier months of the 学年, the newest first. `ledger`: what was explained so far.

    `standings`: month → standings, of the earlier months of the 学年. `plan`: the workbook of the last month that had
    one, and that month. `previous`: the facts of the last run of this same month on other files. `missing`: months of
    the 学年 without a snapshot; `damaged`: those whose snapshot can't be used; `outdated`: month → those of its
    earlier months that have changed since; `remarks`: all of it as sentences.
    """

    ledger: Ledger = field(default_factory=dict)
    standings: Mapping[str, Standings] = field(default_factory=dict)
    snapshots: tuple[Snapshot, ...] = ()
    plan: tuple[Path, str] | None = None
    last_run: Mapping[str, Any] | None = None
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    outdated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def read_history(target: Path, month: Month) -> History:
    """Return what the reports beside `target` hold. An earlier run of the same month adds its explanations alone."""
    start = month.september
    ledger: dict[str, Explained] = {}
    standings: dict[str, Standings] = {}
    snapshots: list[Snapshot] = []
    damaged: list[str] = []
    remarks: list[str] = []
    plan: tuple[Path, str] | None = None
    last_run: Mapping[str, Any] | None = None
    for earlier, folder in months_beside(target):
        if earlier > month:
            continue
        rows = _rows(folder / DATA / f"{LEDGER}.parquet", frames.LEDGER, words.LEDGER_UNREADABLE, earlier, remarks)
        ledger |= {str(row[0]): Explained(*map(str, row[1:])) for row in rows}
        if earlier == month:
            last_run = facts_of(folder)
            continue
        if earlier < start:
            plan = _plan_of(folder, earlier) or plan
            continue
        found = _rows(
            folder / DATA / f"{STANDINGS}.parquet", frames.STANDINGS, words.STANDINGS_UNREADABLE, earlier, remarks
        )
        standings[str(earlier)] = {
            (str(kind), str(who)): Standing(Decimal(str(total)), int(rank), bool(flagged))
            for kind, who, total, rank, flagged in found
        }
        try:
            snapshots.append(read_snapshot(folder, earlier))
        except BadSnapshot:
            damaged.append(str(earlier))
            continue
        plan = _plan_of(folder, earlier)
    there = {*(str(s.month) for s in snapshots), *damaged}
    missing = tuple(str(m) for m in _between(start, month) if str(m) not in there) if there else ()
    outdated = _outdated(snapshots)
    remarks += [words.SNAPSHOT_DAMAGED.format(month=name) for name in damaged]
    remarks += [words.BUILT_ON_OLD.format(month=name, old=words.AND.join(old)) for name, old in outdated.items()]
    return History(
        ledger,
        standings,
        tuple(reversed(snapshots)),
        plan,
        last_run,
        missing,
        tuple(damaged),
        outdated,
        tuple(remarks),
    )


def _plan_of(folder: Path, month: Month) -> tuple[Path, str] | None:
    from schemas.folders import PLAN_FILE

    path = folder / DATA / PLAN_FILE
    return (path, str(month)) if path.is_file() else None


def _between(start: Month, end: Month) -> Iterator[Month]:
    """Yield the months from `start` on that come before `end`."""
    month = start
    while month < end:
        yield month
        month = month.after


def _outdated(snapshots: list[Snapshot]) -> dict[str, tuple[str, ...]]:
    """Return month → the earlier months it was worked out from that are not what they were then."""
    digests = {str(s.month): s.digest for s in snapshots}
    found = {}
    for snapshot in snapshots:
        changed = changed_since(snapshot.facts, digests)
        if changed:
            found[str(snapshot.month)] = changed
    return found


def _rows(path: Path, frame: frames.Frame, told: str, month: Month, remarks: list[str]) -> list[Any]:
    if not path.is_file():
        return []
    try:
        return list(frame.fitted(pd.read_parquet(path)).itertuples(index=False))
    except (OSError, ValueError, KeyError):
        remarks.append(told.format(month=month))
        return []
