"""A finished month as the months after it read it: its clean tables in 数据/, sealed by their hashes in run.json.

What is damaged, changed by hand or of another make is no snapshot: it is said, and the run goes on without it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.filled import Filled
from pipeline.model import Month, Place
from pipeline.months.run_file import BadSnapshot, digest_of, read_facts
from pipeline.parquet import frame_of
from schemas import frames
from schemas.class_workbook import CLASS_WORKBOOK, ONE_CHILD_TABLES
from schemas.folders import DATA, PLAN_FILE
from schemas.frames import Frame, kept_table
from schemas.school_workbook import SCHOOL_WORKBOOK
from schemas.tables import Table
from schemas.verdicts import State
from schemas.versions import DATA_VERSION

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
Frames = dict[str, pd.DataFrame]
# Data version → how its frames become those of the next: for a change that reading by name can't make good.
MIGRATIONS: Mapping[int, Callable[[Frames], Frames]] = {}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One finished month. `frames`: name → table as written by `snapshot_frames`; `facts`: its run.json.

    `digest` seals the data; `plan` is the workbook of its 考核方案 (None: the default held). `leaving`: of a month of
    the 学年 before, seen a grade higher (see `summer`): the grades that have left the school. None: of this 学年.
    """

    month: Month
    frames: Mapping[str, pd.DataFrame]
    facts: Mapping[str, Any]
    digest: str
    plan: Path | None = None
    leaving: frozenset[int] | None = None
    _filled: dict[str, Filled] = field(repr=False, default_factory=dict)
    _rows: dict[str, list[dict[str, Any]]] = field(repr=False, default_factory=dict)

    @property
    def children(self) -> pd.DataFrame:
        """One row a child (index: its number that month), with the row of 学生档案 that counted and his class."""
        return self.frames[CHILDREN]

    @cached_property
    def classes(self) -> dict[int, Place]:
        """Return file → class, of the classes that handed in."""
        frame = self.frames[TURNOUT]
        kept = frame[frame["state"].eq(State.HANDED_IN) & frame["file"].ge(0)]
        return {int(f): (int(g), int(n)) for f, g, n in kept[["file", "grade", "number"]].itertuples(index=False)}

    @cached_property
    def heads(self) -> dict[Place, str]:
        """Return class → its head teacher, "" where none was told."""
        columns = (self.frames[TURNOUT][key].tolist() for key in ("grade", "number", "head_teacher"))
        return {(grade, number): str(name) for grade, number, name in zip(*columns, strict=True)}

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
                cells = _typed(filled.values[column])
                for index in filled.faulty[column].to_numpy().nonzero()[0]:
                    cells[index] = filled.raw[column][index]
                columns.append(cells)
            self._rows[key] = [dict(zip(filled.table.keys, row, strict=True)) for row in zip(*columns, strict=True)]
        return self._rows[key]

    def _restored(self, key: str) -> Filled:
        table, frame = TABLES[key], self.frames[key]
        values = frame[["file", "row", *table.keys]]
        typed: list[dict[str, str]] = [json.loads(told) if told else {} for told in frame["errors"].tolist()]
        wrong = [(row, key, cell) for row, own in enumerate(typed) for key, cell in own.items() if key in table.keys]
        faulty = np.zeros((len(values), len(table.keys)), dtype=bool)
        raw = {key: [""] * len(values) for key in table.keys}
        places = {key: place for place, key in enumerate(table.keys)}
        for row, key, cell in wrong:
            faulty[row, places[key]] = True
            raw[key][row] = cell
        return Filled(table, values, pd.DataFrame(faulty, values.index, list(table.keys)), raw)


def latest_of(where: Place, snapshots: Sequence[Snapshot]) -> int | None:
    """Return the place among `snapshots` (the newest first) of the latest month in which a class handed in."""
    return next((place for place, snapshot in enumerate(snapshots) if where in snapshot.classes.values()), None)


def _typed(column: pd.Series[Any]) -> list[Any]:
    """Return the cells of a column as they are typed: days without a time, whole numbers without a point."""
    cells: list[Any] = column.tolist()
    if str(column.dtype) == "str":
        return [cell if isinstance(cell, str) else None for cell in cells]
    return [None if is_empty else _typed_cell(cell) for cell, is_empty in zip(cells, column.isna(), strict=True)]


def _typed_cell(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return int(value) if isinstance(value, float) and value.is_integer() else value


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
            found[name] = frame_of(content)
        except (OSError, ValueError, KeyError):
            raise BadSnapshot from None
    return found
