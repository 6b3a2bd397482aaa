"""A finished month as the months after it read it: its clean tables in 数据/, sealed by their hashes in run.json.

What is damaged, changed by hand or of another make is no snapshot: it is said, and the run goes on without it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.filled import Filled
from pipeline.model import Month
from schemas import frames
from schemas.cells import as_text
from schemas.class_workbook import CLASS_WORKBOOK, ONE_CHILD_TABLES
from schemas.folders import DATA, PLAN_FILE, RUN_FILE
from schemas.frames import Frame, kept_table
from schemas.school_workbook import SCHOOL_WORKBOOK
from schemas.tables import Table
from schemas.verdicts import State
from schemas.versions import DATA_VERSION

if TYPE_CHECKING:
    from pipeline.result import Result

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
TABLES: Mapping[str, Table] = {t.key: t for t in (*CLASS_WORKBOOK.tables, *SCHOOL_WORKBOOK.tables)}
CHILDREN, MEASURES, TURNOUT, ATTENDED, REACHED = "children", "measures", "turnout", "attended", "reached"
_ONE_CHILD = ("pupils", *ONE_CHILD_TABLES)
FRAMES: Mapping[str, Frame] = {  # file in 数据/ → the frame that it keeps
    **{key: kept_table(table, has_child=key in _ONE_CHILD) for key, table in TABLES.items()},
    CHILDREN: frames.SEEN,
    MEASURES: frames.MEASURES,
    TURNOUT: frames.TURNOUT,
    ATTENDED: frames.ATTENDED,
    REACHED: frames.REACHED,
}
Place = tuple[int, int]
Frames = dict[str, pd.DataFrame]
# Data version → how its frames become those of the next: for a change that reading by name can't make good.
MIGRATIONS: Mapping[int, Callable[[Frames], Frames]] = {}


class BadSnapshot(Exception):
    """The data of a month is damaged, incomplete or of another version."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One finished month. `frames`: name → table as written by `snapshot_frames`; `facts`: its run.json.

    `digest` seals the data; `plan` is the workbook of its 考核方案 (None: the default held).
    """

    month: Month
    frames: Mapping[str, pd.DataFrame]
    facts: Mapping[str, Any]
    digest: str
    plan: Path | None = None
    _filled: dict[str, Filled] = field(repr=False, default_factory=dict)
    _rows: dict[str, list[dict[str, Any]]] = field(repr=False, default_factory=dict)

    @property
    def children(self) -> pd.DataFrame:
        """One row a child (index: its number that month), with the row of 学生档案 that counted and his class."""
        return self.frames[CHILDREN]

    @property
    def classes(self) -> dict[int, Place]:
        """Return file → class, of the classes that handed in."""
        frame = self.frames[TURNOUT]
        kept = frame[frame["state"].eq(State.HANDED_IN) & frame["file"].ge(0)]
        return {int(f): (int(g), int(n)) for f, g, n in kept[["file", "grade", "number"]].itertuples(index=False)}

    @property
    def places(self) -> set[Place]:
        """Return the classes that have children."""
        return set(self.children[["grade", "number"]].itertuples(index=False, name=None))

    def place_of(self, child: int) -> Place:
        """Return the class that counted a child."""
        return int(self.children.at[child, "grade"]), int(self.children.at[child, "number"])

    def filled(self, key: str) -> Filled:
        """Return a table as it was worked with, cells in error marked; it has no place in any file any more."""
        if key not in self._filled:
            self._filled[key] = self._restored(key)
        return self._filled[key]

    def as_typed(self, key: str) -> list[dict[str, Any]]:
        """Return a table's rows as they are to be typed: values as repaired, cells in error as they were typed."""
        if key not in self._rows:
            filled = self.filled(key)
            columns = []
            for column in filled.table.keys:
                cells = [_typed(value) for value in filled.values[column].astype(object)]
                for index in filled.faulty[column].to_numpy().nonzero()[0]:
                    cells[index] = filled.raw[column][index]
                columns.append(cells)
            self._rows[key] = [dict(zip(filled.table.keys, row, strict=True)) for row in zip(*columns, strict=True)]
        return self._rows[key]

    def _restored(self, key: str) -> Filled:
        table, frame = TABLES[key], self.frames[key]
        values = frame[["file", "row", *table.keys]]
        typed: list[dict[str, str]] = [json.loads(told) if told else {} for told in frame["errors"]]
        faulty = {key: [key in own for own in typed] for key in table.keys}
        raw = {key: [own.get(key, "") for own in typed] for key in table.keys}
        return Filled(table, values, pd.DataFrame(faulty, index=values.index, dtype=bool), raw)


def latest_of(where: Place, snapshots: Sequence[Snapshot]) -> int | None:
    """Return the place among `snapshots` (the newest first) of the latest month in which a class handed in."""
    return next((place for place, snapshot in enumerate(snapshots) if where in snapshot.classes.values()), None)


def _typed(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    if pd.isna(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def snapshot_frames(result: Result) -> dict[str, pd.DataFrame]:
    """Return the month's clean tables: one row a data row, `child` its child, `errors` its cells in error as typed."""
    merged = result.merged
    made: Frames = {}
    for key, filled in merged.tables.items():
        child = merged.pupil_child if key == "pupils" else merged.child_of.get(key)
        frame = filled.values if child is None else filled.values.assign(child=child)
        made[key] = frame.assign(errors=pd.Series(_told(filled), filled.values.index, dtype="str"))
    people = result.measured.people.reset_index()
    kept, rows = merged.carried.rows, people["row_index"]
    month = str(result.month)
    made[CHILDREN] = people.assign(
        last_seen=pd.Series([kept["last_seen"].get(row, month) for row in rows], people.index, dtype="str"),
        is_settled=pd.Series([kept["is_settled"].get(row, True) for row in rows], people.index, dtype="bool"),
    )
    made[MEASURES] = result.measured.measures
    made[ATTENDED], made[REACHED] = merged.own_attendance.who, merged.own_attendance.reached
    made[TURNOUT] = _turnout(result)
    return {name: FRAMES[name].checked(frame) for name, frame in made.items()}


def _told(filled: Filled) -> list[str]:
    """Return the cells in error of each row as JSON, key → as typed; "" for a row without."""
    keys = filled.table.keys
    rows = filled.faulty[list(keys)].to_numpy()
    told = [""] * len(rows)
    for index in rows.any(axis=1).nonzero()[0]:
        typed = {key: as_text(filled.raw[key][index]) for key, wrong in zip(keys, rows[index], strict=True) if wrong}
        told[index] = json.dumps(typed, ensure_ascii=False)
    return told


def _turnout(result: Result) -> pd.DataFrame:
    """Return one row a class: its state, its head teacher and the file that counts (-1: none)."""
    used = {(s.grade, s.number): s.file.id for s in result.used(CLASS_WORKBOOK)}
    rows = [(*c.place, c.state, c.head_teacher, used.get(c.place, -1)) for c in result.turnout.classes]
    frame = pd.DataFrame(rows, columns=["grade", "number", "state", "head_teacher", "file"])
    return frame.astype({"grade": "int64", "number": "int64", "state": "str", "head_teacher": "str", "file": "int64"})


def as_snapshot(result: Result, frames: Mapping[str, pd.DataFrame]) -> Snapshot:
    """Return a month just worked out as the snapshot that it will be; it is not sealed yet."""
    facts = {"school_code": result.school_code, "school_name": result.school_name}
    return Snapshot(result.month, {**frames, CHILDREN: frames[CHILDREN].set_index("child")}, facts, "")


def write_frames(folder: Path, frames: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Write each frame as parquet and return file name → SHA-256."""
    hashes = {}
    for name, content in parquets(frames).items():
        (folder / name).write_bytes(content)
        hashes[name] = hashlib.sha256(content).hexdigest()
    return hashes


def parquets(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """Return file name → its bytes, a frame each."""
    made = {}
    for name, frame in sorted(frames.items()):
        content = BytesIO()
        frame.to_parquet(content, compression="zstd", index=False)
        made[f"{name}.parquet"] = content.getvalue()
    return made


def digest_of(hashes: Mapping[str, str]) -> str:
    """Return one hash over the hashes of the data."""
    return hashlib.sha256("".join(f"{name} {sha}\n" for name, sha in sorted(hashes.items())).encode()).hexdigest()


def read_facts(folder: Path) -> dict[str, Any]:
    """Return the run.json of a report's folder. Raises BadSnapshot."""
    try:
        facts = json.loads((folder / DATA / RUN_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BadSnapshot from None
    if not isinstance(facts, dict) or not isinstance(facts.get("data"), dict):
        raise BadSnapshot
    if facts.get("data_version") not in range(1, DATA_VERSION + 1):
        raise BadSnapshot
    if not _MONTH.fullmatch(str(facts.get("month"))) or digest_of(facts["data"]) != facts.get("data_sha256"):
        raise BadSnapshot
    return facts


def read_snapshot(folder: Path, month: Month, *, only: Sequence[str] = ()) -> Snapshot:
    """Return the snapshot in a report's folder, proved by its hashes; `only` some of its frames. Raises BadSnapshot.

    It is read by name: a column or a table that it did not know yet is empty, one that is known no more is dropped.
    """
    facts = read_facts(folder)
    found = _frames_of(folder / DATA, facts["data"], only or tuple(FRAMES))
    for version in range(facts["data_version"], DATA_VERSION):
        found = MIGRATIONS[version](found)
    kept = {name: FRAMES[name].fitted(frame) for name, frame in found.items()}
    if CHILDREN in kept:
        kept[CHILDREN] = kept[CHILDREN].set_index("child")
    plan = folder / DATA / PLAN_FILE
    return Snapshot(month, kept, facts, digest_of(facts["data"]), plan if plan.is_file() else None)


def _frames_of(folder: Path, hashes: Mapping[str, str], names: Sequence[str]) -> Frames:
    found = {}
    for name in names:
        file = f"{name}.parquet"
        if file not in hashes and name in TABLES:  # a sheet that came later
            found[name] = FRAMES[name].empty()
            continue
        try:
            content = (folder / file).read_bytes()
            if hashlib.sha256(content).hexdigest() != hashes[file]:
                raise BadSnapshot
            found[name] = pd.read_parquet(BytesIO(content))
        except (OSError, ValueError, KeyError):
            raise BadSnapshot from None
    return found
