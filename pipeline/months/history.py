"""What earlier months left beside this one's report: their snapshots, explanations, standings and the plan.

The reports lie side by side, named by month. What can't be read is said, and the run goes on with the rest.
"""

from __future__ import annotations

import glob
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.errors import NotWritten, reason_of
from pipeline.model import Month
from pipeline.months.ledger import Explained, Ledger
from pipeline.months.snapshots import BadSnapshot, Snapshot, read_facts, read_snapshot
from schemas import frames
from schemas import operator_words as words
from schemas.folders import DATA, RUN_FILE

if TYPE_CHECKING:
    pass

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


def months_beside(target: Path) -> Iterator[tuple[Month, Path]]:
    """Yield (month, folder) of the reports beside `target` that bear its prefix, in order."""
    month = target.name[-len("0000-00") :]
    prefix = target.name.removesuffix(month)
    for folder in sorted(target.parent.glob(f"{glob.escape(prefix)}????-??")):
        try:
            yield Month.parse(folder.name.removeprefix(prefix)), folder
        except ValueError:
            continue  # another folder of that length


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
            last_run = _facts(folder)
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


def _facts(folder: Path) -> Mapping[str, Any] | None:
    try:
        return read_facts(folder)
    except BadSnapshot:
        return None  # an earlier run of this month that can't be compared with


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


def changed_since(facts: Mapping[str, Any], digests: Mapping[str, str]) -> tuple[str, ...]:
    """Return the months that a run was built on and that are others now. `digests`: month → digest, as they are."""
    built_on = facts.get("built_on")
    known = built_on if isinstance(built_on, dict) else {}
    own = str(facts.get("month"))
    start = str(Month.parse(own).september)
    now = {month: digest for month, digest in digests.items() if start <= month < own}
    return tuple(
        sorted(month for month in known.keys() | now.keys() if month in now and known.get(month) != now[month])
    )


def mark_outdated(target: Path, month: Month) -> list[tuple[str, tuple[str, ...]]]:
    """Mark the later months of the 学年 that were worked out from other data, in their run.json; return them.

    Raises OperatorError where one can't be written.
    """
    digests: dict[str, str] = {}
    marked = []
    for beside, folder in months_beside(target):
        facts = _facts(folder)
        if facts is None:
            continue
        digests[str(beside)] = str(facts.get("data_sha256"))
        if beside <= month:
            continue
        changed = changed_since(facts, digests)
        if changed:
            marked.append((str(beside), changed))
        if list(changed) != facts.get("outdated_by", []):
            try:
                _rewrite(folder / DATA / RUN_FILE, {**facts, "outdated_by": list(changed)})
            except OSError as trouble:
                told = {"month": month, "later": beside, "because": reason_of(trouble)}
                raise NotWritten(words.NOT_MARKED.format(**told)) from None
    return marked


def _rewrite(path: Path, facts: Mapping[str, Any]) -> None:
    text = json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _rows(path: Path, frame: frames.Frame, told: str, month: Month, remarks: list[str]) -> list[Any]:
    if not path.is_file():
        return []
    try:
        return list(frame.fitted(pd.read_parquet(path)).itertuples(index=False))
    except (OSError, ValueError, KeyError):
        remarks.append(told.format(month=month))
        return []
