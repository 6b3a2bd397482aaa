"""Forget those who left long ago: their rows go from old snapshots, and workbooks that name them are removed.

The law asks that personal data is kept no longer than its purpose needs; counts and rates of the old months stay.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.children.aliases import children_of
from pipeline.errors import OperatorError, reason_of
from pipeline.keeping.placing import MADE_HERE, is_untouched, replace_files
from pipeline.keeping.snapshot import parquets
from pipeline.keeping.store import locked
from pipeline.months.corrections import aliases_over
from pipeline.months.forgotten import without_children
from pipeline.months.lineage import trace
from pipeline.months.run_file import BadSnapshot, digest_of, months_beside
from pipeline.months.snapshots import Snapshot, read_snapshot
from schemas.child_words import FOLDER as CHILD_FOLDER
from schemas.codes import Status
from schemas.folders import BUREAU, DATA, NEXT_MONTH, PAPER, RECEIPTS, RUN_FILE, SCHOOL_ONLY, SENT_BACK
from schemas.purge_words import STAYED

_LEFT = (Status.LEFT_CONFIRMED, Status.GRADUATED, Status.DEAD)
_NAMING = (SCHOOL_ONLY, SENT_BACK, RECEIPTS, NEXT_MONTH, PAPER)


@dataclass(frozen=True)
class Purged:
    """What was removed: how many children and rows, from which months, and which folders of workbooks."""

    child_count: int
    row_count: int
    months: tuple[str, ...]
    folders: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What a purge would remove. `reports`: the months, the newest first; `doomed`: (place there, child).

    `files`: the workbooks that name children; `left`: those beside them that are not ours, or were changed by somebody.
    """

    output: Path
    reports: tuple[tuple[Path, Snapshot], ...]
    doomed: frozenset[tuple[int, int]]
    child_count: int
    files: tuple[Path, ...]
    left: tuple[Path, ...]

    @property
    def places(self) -> list[int]:
        """Return the places of the months in which somebody is forgotten, the newest first."""
        return sorted({place for place, _ in self.doomed})

    @property
    def months(self) -> tuple[str, ...]:
        """Return the months in which somebody is forgotten, in order."""
        return tuple(str(self.reports[place][1].month) for place in reversed(self.places))

    @property
    def folders(self) -> dict[str, list[str]]:
        """Return folder → the workbooks in it that go."""
        found: dict[str, list[str]] = {}
        for path in self.files:
            found.setdefault(path.parent.relative_to(self.output).as_posix(), []).append(path.name)
        return found


def purge(output: Path, years: int, today: date, prefix: str = "") -> Purged:
    """Remove the data of children who left at least `years` years before `today` from every snapshot in `output`."""
    return carry_out(plan_of(output, years, today, prefix))


def plan_of(output: Path, years: int, today: date, prefix: str = "") -> Plan:
    """Return what a purge would remove. Nothing is touched."""
    reports = []
    for month, folder in months_beside(output / f"{prefix}0000-00"):
        try:
            reports.append((folder, read_snapshot(folder, month)))
        except BadSnapshot:
            continue  # nothing there can be read by us, and the report of that month says so
    reports.reverse()
    snapshots = [snapshot for _, snapshot in reports]
    doomed = _doomed(snapshots, years, today) if reports else set()
    files: list[Path] = []
    for place in {place for place, _ in doomed}:
        folder, snapshot = reports[place]
        naming = _NAMING if snapshot.facts.get("masked", True) else (*_NAMING, BUREAU)
        files += [path for name in naming for path in _files_in(folder / name)]
    beside = [output / CHILD_FOLDER, *output.glob(f"{NEXT_MONTH}_*"), *output.glob(f"{PAPER}_*")] if doomed else []
    asked_for = [path for folder in beside for path in _files_in(folder)]  # they name children of any month
    files += [path for path in asked_for if is_untouched(path)]
    left = [path for path in asked_for if not is_untouched(path)]
    count = len(_people(doomed, snapshots))
    return Plan(output, tuple(reports), frozenset(doomed), count, tuple(sorted(files)), tuple(sorted(left)))


def carry_out(plan: Plan) -> Purged:
    """Remove what a plan says: all rows of all months or none, then the workbooks. Raises OperatorError."""
    if not plan.doomed:
        return Purged(0, 0, (), ())
    rows = 0
    contents: dict[str, bytes] = {}
    renewed: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for place in plan.places:
        folder, snapshot = plan.reports[place]
        frames, removed = without_children(snapshot, {child for at, child in plan.doomed if at == place})
        made = parquets(frames)
        hashes = {**snapshot.facts["data"], **{name: _digest(data) for name, data in made.items()}}
        sealed = {"data": hashes, "data_sha256": digest_of(hashes)}
        renewed[str(snapshot.month)] = (snapshot.digest, {**snapshot.facts, **sealed})
        contents |= {_in_data(plan, folder, name): data for name, data in made.items()}
        rows += removed
    contents |= {
        _in_data(plan, folder, RUN_FILE): _as_json(facts)
        for folder, snapshot in plan.reports
        if (facts := _renewed(snapshot, renewed)) != snapshot.facts
    }
    with locked(plan.output):
        replace_files(plan.output, contents)
        _remove(plan.files)
    return Purged(plan.child_count, rows, plan.months, tuple(plan.folders))


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != MADE_HERE]


def _remove(files: Sequence[Path]) -> None:
    """Remove workbooks, and the folders that they leave empty. Raises OperatorError where one stays."""
    stayed: list[tuple[Path, str]] = []
    for path in files:
        try:
            path.unlink(missing_ok=True)
        except OSError as trouble:
            stayed.append((path, reason_of(trouble)))
    if stayed:
        path, why = stayed[0]
        raise OperatorError(STAYED.format(name=path, because=why, count=len(stayed)))
    for folder in sorted({path.parent for path in files}, reverse=True):
        if not _files_in(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _doomed(snapshots: Sequence[Snapshot], years: int, today: date) -> set[tuple[int, int]]:
    """Return (place of the snapshot, child there) of those who left long enough ago. `snapshots`: newest first."""
    pupils = snapshots[0].filled("pupils")
    aliases = aliases_over(snapshots)
    lineage = trace(pupils, children_of(pupils, aliases), snapshots[1:], aliases, snapshots[0].classes)
    limit = date(today.year - years, today.month, min(today.day, 28))
    found: set[tuple[int, int]] = set()
    for person in lineage.people:
        seen = [(0, person.row)] if person.row >= 0 else []
        seen += [(place + 1, child) for place, child in person.found]
        place, child = seen[0]
        if child not in snapshots[place].children.index:
            continue
        own = snapshots[place].children.loc[child]
        has_left = own["status"] in _LEFT or place > 0
        day = own["status_on"] if own["status"] in _LEFT and pd.notna(own["status_on"]) else None
        left_on = day.date() if day is not None else snapshots[place].month.last_day
        if has_left and left_on <= limit:
            found |= set(seen)
    return found


def _people(doomed: set[tuple[int, int]], snapshots: Sequence[Snapshot]) -> set[tuple[Any, ...]]:
    return {
        tuple(
            str(cell)
            for cell in snapshots[place]
            .filled("pupils")
            .values.loc[int(snapshots[place].children.at[child, "row_index"]), ["name", "birth_date"]]
        )
        for place, child in doomed
    }


def _renewed(snapshot: Snapshot, renewed: Mapping[str, tuple[str, Mapping[str, Any]]]) -> Mapping[str, Any]:
    """Return a run's facts over what is left; a run built on a month as it was before is built on what is left of it.

    `renewed`: month → digest of its data as it was, its facts now.
    """
    facts = renewed[str(snapshot.month)][1] if str(snapshot.month) in renewed else snapshot.facts
    built_on = facts.get("built_on", {})
    fresh = {
        month: renewed[month][1]["data_sha256"] if month in renewed and renewed[month][0] == digest else digest
        for month, digest in built_on.items()
    }
    return {**facts, "built_on": fresh} if fresh != built_on else facts


def _in_data(plan: Plan, folder: Path, name: str) -> str:
    return (folder / DATA / name).relative_to(plan.output).as_posix()


def _as_json(facts: Mapping[str, Any]) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
