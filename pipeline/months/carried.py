"""What earlier months add to this one: children kept by absence, last valid values, and the records of the 学年.

Records count once: a row that stands in this month's workbook and in an earlier month's is this month's (contract §5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import Any

import numpy as np
import pandas as pd

from pipeline.children.aliases import NO_ALIASES, Aliases
from pipeline.children.attendance import Attendance
from pipeline.children.roster import NOBODY, VOID
from pipeline.filled import Filled, Tables
from pipeline.model import Place
from pipeline.months.snapshots import ATTENDED, REACHED, TABLES, Snapshot
from schemas import frames
from schemas.tables import ALWAYS, Table

KNOWN_CELLS = tuple(frames.KNOWN.columns)
_LASTING = tuple(key for key, table in TABLES.items() if "date" in table.keys or key in ("growth", "plans"))
FREE_TEXTS = ("content", "title", "measures", "topic", "progress")
_ELSEWHERE = -1  # the file of a past row that no class of this month answers for


@dataclass(frozen=True, eq=False)
class Carried:
    """What earlier months add. Rows are numbered as in this month's 学生档案, rows kept from earlier months included.

    `rows`: one row a child kept by absence: `last_seen` (the month whose workbook still held him), `is_settled`.
    `known`: one row a row of 学生档案: the last valid values of `KNOWN_CELLS`.
    `snapshots`: the earlier months, the newest first, those of the 学年 before a grade higher; `before`: (place there,
    child there) → row.
    `vouched`: files whose empty 学生档案 stands for last month's, as their class says (本月名册无变化).
    `kept`: table → the 学生档案 row of each row that a kept child brings along.
    `moved`: one row a child who left a class for another: `file` of the class left, `name` as it knew him, `row`.
    `known_last`: rows of children whom their class held in its latest month, kept and moved ones included.
    `away`: name and numbers of every child, found nowhere, whose class has not handed in: the school's lists know him,
    and nobody counts. `aliases`: numbers as they were → as they are (信息更正).
    `newest`: of those who have no row: where a month saw him → where the latest did.
    `left`: of those whose class is no more and who have gone for good: where the latest month saw them → as what.
    """

    rows: pd.DataFrame
    known: pd.DataFrame
    snapshots: tuple[Snapshot, ...] = ()
    before: Mapping[tuple[int, int], int] = field(default_factory=dict)
    vouched: frozenset[int] = frozenset()
    kept: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    moved: pd.DataFrame = field(default_factory=lambda: moved_frame([]))
    known_last: frozenset[int] = frozenset()
    away: tuple[tuple[str, frozenset[str]], ...] = ()
    aliases: Aliases = NO_ALIASES
    newest: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    left: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @property
    def had_children(self) -> set[Place]:
        """The classes that had children in an earlier month."""
        return {place for snapshot in self.snapshots for place in snapshot.places}

    def __post_init__(self) -> None:
        frames.KEPT.checked(self.rows)
        frames.KNOWN.checked(self.known)
        frames.MOVED.checked(self.moved)


def nothing_carried() -> Carried:
    """Return what a first month carries."""
    return Carried(frames.KEPT.empty(), frames.KNOWN.empty())


def carried_frame(rows: list[tuple[int, str, bool]]) -> pd.DataFrame:
    """Return (row, last_seen, is_settled) as `Carried.rows`."""
    frame = pd.DataFrame(rows, columns=["row", "last_seen", "is_settled"]).astype(
        {"row": "int64", "last_seen": "str", "is_settled": "bool"}
    )
    return frame.set_index("row")


def moved_frame(rows: list[tuple[int, str, int]]) -> pd.DataFrame:
    """Return (file, name, row) as `Carried.moved`; who stood twice in a month, once."""
    rows = list(dict.fromkeys(rows))
    return pd.DataFrame(rows, columns=["file", "name", "row"]).astype({"file": "int64", "name": "str", "row": "int64"})


def _identifying(table: Table, *, has_child: bool) -> list[str]:
    """Return the columns that make two rows of different months one record: what must be filled, but free text.

    A summary that was added, or a content that was worded anew, makes no second record.
    """
    named = ("pupil", "student_no") if has_child else ()
    needed = [column for column in table.columns if column.need == ALWAYS and column.key not in named]
    return [column.key for column in needed if column.key not in FREE_TEXTS]


def _keys(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return what tells each row apart, empty cells as None, and days as plain numbers, which compare faster."""
    columns = []
    for key in frame.columns:
        cells = frame[key]
        plain = cells.to_numpy().view("int64").tolist() if cells.dtype.kind == "M" else cells.tolist()
        columns.append([cell if cell == cell else None for cell in plain])  # what is empty is not even like itself
    return list(zip(*columns, strict=True))


def _are_new(known: Counter[tuple[Any, ...]], past: Sequence[tuple[Any, ...]]) -> list[bool]:
    """Tell which past rows are not among the known: as many of one kind are old as the known have of it."""
    left = Counter({key: known[key] for key in set(past)})
    are_new = []
    for key in past:
        are_new.append(left[key] <= 0)
        left[key] -= 1
    return are_new


class Past:
    """The records of earlier months, as the children of this one have them. `file_of`: class → this month's file."""

    def __init__(
        self,
        carried: Carried,
        pupil_child: pd.Series[int],
        children: pd.DataFrame,
        file_of: Mapping[Place, int],
        term_start: date,
    ) -> None:
        self._snapshots = [s for s in carried.snapshots if s.leaving is None]  # records are counted within a 学年
        self._term_start = term_start
        child_at = pupil_child.to_dict()
        self._child = {seen: child_at[row] for seen, row in carried.before.items()}
        self._file_of_child = children["file"].to_dict()
        self._file_of = file_of

    def attendance(self, own: Attendance) -> Attendance:
        """Return who took part and which classes were reached, over the months."""
        if not self._snapshots:
            return own
        who, reached = [own.who], [own.reached]
        for place, snapshot in enumerate(self._snapshots):
            frame = snapshot.frames[ATTENDED]
            then = frame.assign(child=[self._child.get((place, int(c)), NOBODY) for c in frame["child"]])
            who.append(frames.ATTENDED.typed(then[then["child"].ge(0)]))
            reached.append(snapshot.frames[REACHED])
        return Attendance(
            pd.concat(who, ignore_index=True).drop_duplicates(ignore_index=True), pd.concat(reached, ignore_index=True)
        )

    def records(
        self, tables: Tables, child_of: Mapping[str, pd.Series[int]]
    ) -> tuple[Tables, dict[str, pd.Series[int]]]:
        """Return the tables with the rows of earlier months after their own, and the child of every row."""
        if not self._snapshots:
            return tables, dict(child_of)
        done, children = dict(tables), dict(child_of)
        for key in _LASTING:
            done[key], child = self._over_time(tables[key], child_of.get(key))
            if key in child_of:
                children[key] = child
        return done, children

    def _over_time(self, filled: Filled, own: pd.Series[int] | None) -> tuple[Filled, pd.Series[int]]:
        key = filled.table.key
        child = pd.Series(NOBODY, filled.values.index, dtype="int64") if own is None else own
        alike = ["child", *_identifying(filled.table, has_child=own is not None)]
        known = Counter(_keys(filled.values.assign(child=child)[alike]))
        values, faulty, children = [], [], [child]
        raw: dict[str, list[Any]] = {column: [] for column in filled.table.keys}
        for place, snapshot in enumerate(self._snapshots):
            is_earlier_term = snapshot.month.last_day < self._term_start
            if snapshot.frames[key].empty or (key == "growth" and is_earlier_term):
                continue  # a growth row has no day: its month tells the term (contract §8.3, §8.22)
            then = self._children_then(place, snapshot, key)
            past = snapshot.filled(key)
            rows = past.values.assign(file=self._files(snapshot, key, then), child=then)
            keys = _keys(rows[alike])
            is_new = np.array(_are_new(known, keys)) | then.eq(NOBODY).to_numpy() & (own is not None)
            is_new |= key == "growth"  # a row a month: none stands in two
            known.update(compress(keys, is_new))
            values.append(rows[is_new])
            faulty.append(past.faulty[is_new])
            children.append(then[is_new])
            for column, cells in raw.items():
                cells += compress(past.raw[column], is_new)
        if not values:
            return filled, child
        more = filled.with_rows(pd.concat(values, ignore_index=True), pd.concat(faulty, ignore_index=True), raw)
        return more, pd.concat(children, ignore_index=True)

    def _children_then(self, place: int, snapshot: Snapshot, key: str) -> pd.Series[int]:
        """Return this month's child of each past row: NOBODY where none could be told then, VOID where none is left."""
        frame = snapshot.frames[key]
        if "child" not in frame:
            return pd.Series(NOBODY, frame.index, dtype="int64")
        found = [NOBODY if c == NOBODY else self._child.get((place, int(c)), VOID) for c in frame["child"]]
        return pd.Series(found, frame.index, dtype="int64")

    def _files(self, snapshot: Snapshot, key: str, child: pd.Series[int]) -> list[int]:
        """Return the file that answers for each past row now: the child's, if his class told it, else the class's."""
        frame, classes = snapshot.frames[key], snapshot.classes
        counted_by = snapshot.children["file"].to_dict()
        told = frame.get("child", child)
        files = []
        for file, then, now in zip(frame["file"], told, child, strict=True):
            if now >= 0:
                files.append(self._file_of_child[now] if counted_by.get(then) == file else _ELSEWHERE)
            else:
                files.append(self._file_of.get(classes.get(int(file), (0, 0)), _ELSEWHERE))
        return files
