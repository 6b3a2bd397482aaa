"""What earlier months left beside this one's report: their snapshots, explanations, standings and the plan.

The reports lie side by side, named by month. What can't be read is said, and the run goes on with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.model import Month, Place
from pipeline.months.elsewhere import Elsewhere
from pipeline.months.ledger import Explained, Ledger
from pipeline.months.run_file import BadSnapshot, changed_since, facts_of, months_beside
from pipeline.months.snapshots import TURNOUT, Snapshot, read_snapshot
from pipeline.parquet import frame_of
from schemas import frames
from schemas import operator_words as words
from schemas.codes import Movement
from schemas.folders import DATA

LEDGER, STANDINGS = "explanations", "standings"
MOVEMENTS, PUPILS = "movements", "pupils"


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

    `last_year`: the latest months of the 学年 before, as they were, the newest first. `corrected`: of the months before
    those, the ones that correct an identity number, with their 学籍异动, 学生档案 and classes alone.

    `standings`: month → standings, of the earlier months of the 学年. `plan`: the workbook of the last month that had
    one, and that month. `previous`: the facts of the last run of this same month on other files. `missing`: months of
    the 学年 without a snapshot; `damaged`: those whose snapshot can't be used; `outdated`: month → those of its
    earlier months that have changed since; `remarks`: all of it as sentences. `elsewhere`: whom other schools of the
    county have this month.
    """

    ledger: Ledger = field(default_factory=dict)
    standings: Mapping[str, Standings] = field(default_factory=dict)
    snapshots: tuple[Snapshot, ...] = ()
    last_year: tuple[Snapshot, ...] = ()
    corrected: tuple[Snapshot, ...] = ()
    plan: tuple[Path, str] | None = None
    last_run: Mapping[str, Any] | None = None
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    outdated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    elsewhere: Elsewhere = field(default_factory=dict)


def read_history(target: Path, month: Month) -> History:
    """Return what the reports beside `target` hold. An earlier run of the same month adds its explanations alone."""
    beside = [(earlier, folder) for earlier, folder in months_beside(target) if earlier <= month]
    own = [(earlier, folder) for earlier, folder in beside if month.september <= earlier < month]
    before = [(earlier, folder) for earlier, folder in beside if earlier < month.september]
    remarks: list[str] = []
    damaged: list[str] = []
    ledger = _ledger(beside, remarks)
    standings = {str(earlier): _standings(folder, earlier, remarks) for earlier, folder in own}
    snapshots = list(_snapshots(reversed(own), damaged))
    last_year = _last_year(before, month.september, damaged)
    corrected = _corrected(before[: len(before) - len(last_year)], damaged)
    missing = _missing(own, month)
    outdated = _outdated([*snapshots, *last_year])
    remarks += [words.SNAPSHOT_DAMAGED.format(month=name) for name in sorted(damaged)]
    remarks += [words.BUILT_ON_OLD.format(month=name, old=words.AND.join(old)) for name, old in outdated.items()]
    last_run = facts_of(beside[-1][1]) if beside and beside[-1][0] == month else None
    plan = _plan_in(own, before, damaged)
    return History(
        ledger,
        standings,
        tuple(snapshots),
        tuple(last_year),
        tuple(corrected),
        plan,
        last_run,
        missing,
        tuple(sorted(damaged)),
        outdated,
        tuple(remarks),
    )


Beside = Sequence[tuple[Month, Path]]


def _ledger(beside: Beside, remarks: list[str]) -> Ledger:
    """Return what was explained so far; a later word stands for an earlier one."""
    ledger: dict[str, Explained] = {}
    for earlier, folder in beside:
        rows = _rows(folder / DATA / f"{LEDGER}.parquet", frames.LEDGER, words.LEDGER_UNREADABLE, earlier, remarks)
        ledger |= {str(row[0]): Explained(*map(str, row[1:])) for row in rows}
    return ledger


def _standings(folder: Path, month: Month, remarks: list[str]) -> Standings:
    path = folder / DATA / f"{STANDINGS}.parquet"
    return {
        (str(kind), str(who)): Standing(Decimal(str(total)), int(rank), bool(flagged))
        for kind, who, total, rank, flagged in _rows(path, frames.STANDINGS, words.STANDINGS_UNREADABLE, month, remarks)
    }


def _snapshots(beside: Iterable[tuple[Month, Path]], damaged: list[str]) -> Iterator[Snapshot]:
    for month, folder in beside:
        try:
            yield read_snapshot(folder, month)
        except BadSnapshot:
            damaged.append(str(month))


def _last_year(before: Beside, september: Month, damaged: list[str]) -> list[Snapshot]:
    """Return the latest months of the 学年 before, the newest first, back to where each class has handed in."""
    found: list[Snapshot] = []
    due: set[Place] = set()
    seen: set[Place] = set()
    own = [(month, folder) for month, folder in before if month >= september.before.september]
    for snapshot in _snapshots(reversed(own), damaged):
        found.append(snapshot)
        due |= set(snapshot.frames[TURNOUT][["grade", "number"]].itertuples(index=False, name=None))
        seen |= set(snapshot.classes.values())
        if due <= seen:
            break
    return found


def _corrected(before: Beside, damaged: list[str]) -> list[Snapshot]:
    """Return the months that make two numbers one, for good (contract §8.5), the newest first."""
    found = []
    for month, folder in reversed(before):
        try:
            movements = read_snapshot(folder, month, only=(MOVEMENTS,)).frames[MOVEMENTS]
            if movements["kind"].eq(Movement.CORRECTION).any():
                found.append(read_snapshot(folder, month, only=(MOVEMENTS, PUPILS, TURNOUT)))
        except BadSnapshot:
            damaged.append(str(month))
    return found


def _missing(own: Beside, month: Month) -> tuple[str, ...]:
    """Return the months of the 学年 so far without a report, where there is any."""
    there = {earlier for earlier, _ in own}
    return tuple(str(m) for m in _between(month.september, month) if m not in there) if there else ()


def _plan_in(own: Beside, before: Beside, damaged: Sequence[str]) -> tuple[Path, str] | None:
    """Return the plan of the latest month whose data can be used; of the years before, the latest that there is."""
    sound = [(month, folder) for month, folder in own if str(month) not in damaged]
    if sound:
        return _plan_of(sound[-1][1], sound[-1][0])
    return next((plan for month, folder in reversed(before) if (plan := _plan_of(folder, month))), None)


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
    digests = {str(s.month): s.digest for s in reversed(snapshots)}
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
        return list(frame.fitted(frame_of(path.read_bytes())).itertuples(index=False))
    except (OSError, ValueError, KeyError):
        remarks.append(told.format(month=month))
        return []
