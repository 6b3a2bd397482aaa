"""Forget those who left long ago: their rows go from old snapshots, and workbooks that name them are removed.

The law asks that personal data is kept no longer than its purpose needs; counts and rates of the old months stay.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.history import months_beside
from pipeline.lineage import trace
from pipeline.people import children_of
from pipeline.snapshots import ATTENDED, CHILDREN, BadSnapshot, Snapshot, digest_of, read_snapshot, write_frames
from schemas.child_words import FOLDER as CHILD_FOLDER
from schemas.codes import Status
from schemas.folders import BUREAU, DATA, NEXT_MONTH, RECEIPTS, RUN_FILE, SCHOOL_ONLY, SENT_BACK
from schemas.purge_words import FORGOTTEN
from schemas.rules import AND

_LEFT = (Status.LEFT_CONFIRMED, Status.GRADUATED, Status.DEAD)
_NAMING = (SCHOOL_ONLY, SENT_BACK, RECEIPTS, NEXT_MONTH)
_OF_A_CHILD = ("contacts", "pairings", "talks", "contacts_log", "growth", "plans", "services")
_LISTS = {  # table → its list of names
    "activities": "participants",
    "school_activities": "participants",
    "holiday_checks": "participants",
    "donations": "names",
}


@dataclass(frozen=True)
class Purged:
    """What was removed: how many children and rows, from which months, and which folders of workbooks."""

    child_count: int
    row_count: int
    months: tuple[str, ...]
    folders: tuple[str, ...]


def purge(output: Path, years: int, today: date, prefix: str = "") -> Purged:
    """Remove the data of children who left at least `years` years before `today` from every snapshot in `output`."""
    reports = []
    for month, folder in months_beside(output / f"{prefix}0000-00"):
        try:
            reports.append((folder, read_snapshot(folder, month)))
        except BadSnapshot:
            continue  # nothing there can be read by us, and the report of that month says so
    reports.reverse()
    if not reports:
        return Purged(0, 0, (), ())
    doomed = _doomed([snapshot for _, snapshot in reports], years, today)
    rows, months, renewed = 0, [], {}
    folders: list[Path] = []
    for place, (folder, snapshot) in enumerate(reports):
        children = {child for at, child in doomed if at == place}
        if children:
            before = snapshot.digest
            rows += _forget(folder, snapshot, children)
            renewed[str(snapshot.month)] = (before, read_snapshot(folder, snapshot.month, only=(CHILDREN,)).digest)
            months.append(str(snapshot.month))
            naming = _NAMING if snapshot.facts.get("masked", True) else (*_NAMING, BUREAU)
            folders += [path for name in naming if (path := folder / name).is_dir()]
    for folder, _ in reports:
        _renew(folder / DATA / RUN_FILE, renewed)
    if months:  # pages and templates that were asked for name children of any month
        folders += [path for path in (output / CHILD_FOLDER, *output.glob(f"{NEXT_MONTH}_*")) if path.is_dir()]
    for path in folders:
        shutil.rmtree(path)
    count = len(_people(doomed, [snapshot for _, snapshot in reports]))
    return Purged(
        count, rows, tuple(reversed(months)), tuple(sorted(path.relative_to(output).as_posix() for path in folders))
    )


def _doomed(snapshots: Sequence[Snapshot], years: int, today: date) -> set[tuple[int, int]]:
    """Return (place of the snapshot, child there) of those who left long enough ago. `snapshots`: newest first."""
    pupils = snapshots[0].filled("pupils")
    lineage = trace(pupils, children_of(pupils), snapshots[1:])
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


class _Names:
    """The names and numbers of the forgotten in one month, and where a name means somebody who stays."""

    def __init__(self, snapshot: Snapshot, children: set[int]) -> None:
        everyone = snapshot.children
        pupils = snapshot.filled("pupils").values.loc[everyone["row_index"]].set_axis(everyone.index)
        gone, stay = pupils[pupils.index.isin(list(children))], pupils[~pupils.index.isin(list(children))]
        self.numbers = {str(number) for key in ("id_card", "student_no") for number in gone[key].dropna()}
        self.in_class = set(gone[["file", "name"]].itertuples(index=False, name=None))
        self.in_class -= set(stay[["file", "name"]].itertuples(index=False, name=None))
        staying = {*stay["name"].dropna(), *snapshot.filled("staff").values["name"].dropna()}
        self.everywhere = set(gone["name"].dropna()) - staying
        self.inside = {name for name in self.everywhere if not any(name in other for other in staying)}

    def are_theirs(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """Tell which rows that are tied to no child bear a forgotten name or number."""
        pairs = zip(frame["file"], frame["pupil"], strict=True)
        by_name = pd.Series([pair in self.in_class for pair in pairs], frame.index, dtype=bool)
        told = frame["errors"].map(lambda text: any(name in text for name in self.inside)).astype(bool)
        return frame["child"].lt(0) & (by_name | frame["student_no"].isin(self.numbers) | told)


def _forget(folder: Path, snapshot: Snapshot, children: set[int]) -> int:
    """Rewrite a month without its children's rows; their place in 学生档案 stays, empty. Return the rows removed."""
    frames = {name: frame for name, frame in snapshot.frames.items() if name != CHILDREN}
    names = _Names(snapshot, children)
    blank = frames["pupils"].copy()
    for key in snapshot.filled("pupils").table.keys:
        blank.loc[blank["child"].isin(children), key] = None
    frames["pupils"] = blank.assign(errors=blank["errors"].mask(blank["child"].isin(children), ""))
    removed = len(children)
    for key in (*_OF_A_CHILD, ATTENDED):
        gone = frames[key]["child"].isin(children)
        if key != ATTENDED:
            gone |= names.are_theirs(frames[key])
        removed += int(gone.sum())
        frames[key] = frames[key][~gone]
    for key, name, number in (("school_age", "name", "id_card"), ("movements", "pupil", "id_card")):
        frame = frames[key]
        gone = frame[number].isin(names.numbers) | (frame[name].isin(names.everywhere) & frame[number].isna())
        removed += int(gone.sum())
        frames[key] = frame[~gone]
    for key, column in _LISTS.items():
        frames[key] = frames[key].assign(**{column: _without(frames[key][column], names.everywhere)})
    frames = {key: _swept(frame, names.inside) for key, frame in frames.items()}
    frames[CHILDREN] = snapshot.children.drop(index=sorted(children)).reset_index()
    _write(folder, snapshot, frames)
    return removed


def _without(lists: pd.Series[Any], names: set[str]) -> pd.Series[Any]:
    def kept(text: Any) -> Any:
        if pd.isna(text):
            return text
        return AND.join(part for part in str(text).split(AND) if part.split("(")[0] not in names)

    return lists.map(kept).astype(lists.dtype)


def _swept(frame: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    """Return a table in which the names stand in no other text either: a helper, a summary, a cell in error."""
    if not names:
        return frame
    pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    texts = [str(key) for key, dtype in frame.dtypes.items() if pd.api.types.is_string_dtype(dtype)]
    return frame.assign(**{key: frame[key].str.replace(pattern, FORGOTTEN, regex=True) for key in texts})


def _write(folder: Path, snapshot: Snapshot, frames: dict[str, pd.DataFrame]) -> None:
    hashes = {**snapshot.facts["data"], **write_frames(folder / DATA, frames)}
    facts = {**snapshot.facts, "data": hashes, "data_sha256": digest_of(hashes)}
    _put(folder / DATA / RUN_FILE, facts)


def _renew(path: Path, renewed: dict[str, tuple[str, str]]) -> None:
    """Let a run that was built on a month as it was before be built on what is left of it: nothing else changed."""
    facts = json.loads(path.read_text(encoding="utf-8"))
    built_on = facts.get("built_on", {})
    fresh = {
        month: renewed[month][1] if month in renewed and renewed[month][0] == digest else digest
        for month, digest in built_on.items()
    }
    if fresh != built_on:
        _put(path, {**facts, "built_on": fresh})


def _put(path: Path, facts: dict[str, Any]) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(facts, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    new.replace(path)
