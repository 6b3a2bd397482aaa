"""Where a problem stands and what earlier months and other sheets know of it: what hints are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.children.nearest import Nearest
from pipeline.children.people import citizen_numbers
from pipeline.children.turnout import Listed
from pipeline.filled import Filled
from pipeline.merged import Merged
from pipeline.model import Issue, Month, Place, Submission
from pipeline.months.snapshots import Snapshot
from schemas.cells import as_typed
from schemas.class_names import class_text
from schemas.codes import GRADES
from schemas.names import could_be

_NAMES = ("name", "pupil")
_OF_A_PAIRING = ("kind", "helper", "since")  # what no month changes
_OF_THE_MONTH = ("checked_on", "check_result")  # what each month has anew
_ALIKE, _OFTEN = 0.5, 3  # so like are names of one slip; so many records speak against the roster
_LONGEST = 20  # characters that stand for a name that can't be read


@dataclass(frozen=True, eq=False)
class At:
    """Where an issue stands: a row of a table, and the key of its column ("" where it is of none)."""

    issue: Issue
    table: str
    filled: Filled
    index: int
    key: str

    @property
    def typed(self) -> str:
        """What stands in the cell, as typed."""
        return as_typed(self.filled.raw[self.key][self.index]).strip() if self.key else ""

    @property
    def read(self) -> Any:
        """What the cell was read as, be it in error."""
        return self.filled.values.at[self.index, self.key] if self.key else None

    def cell(self, key: str) -> Any:
        """Return another cell of the row, None where it is empty or in error, or there is no such column."""
        value = self.filled.good(key).at[self.index] if key in self.filled.table.by_key else None
        return None if pd.isna(value) else value


@dataclass(frozen=True, eq=False)
class Known:
    """A month tied together, its files and classes, asked for what it knows of a row."""

    merged: Merged
    submissions: Sequence[Submission]
    listed: Listed
    month: Month

    def at(self, issue: Issue) -> At | None:
        """Return the row that an issue is about, None where it is about a sheet, a file or a cover."""
        key = self._table_of.get((issue.file, issue.sheet), "") if issue.row else ""
        index = self._rows(key).get((issue.file, issue.row)) if key else None
        if index is None:
            return None
        filled = self.merged.tables[key]
        return At(issue, key, filled, index, self._keys(key).get(issue.title, ""))

    def who(self, at: At) -> str:
        """Return whose row it is: a child's or teacher's name, the class of 班级一览, "" where it is of nobody."""
        values = at.filled.values
        if at.table == "classes":
            grade, number = at.cell("grade"), at.cell("number")
            return class_text((GRADES.index(grade) + 1, int(number))) if grade and number else ""
        key = next((key for key in _NAMES if key in at.filled.table.by_key), "")
        name = values.at[at.index, key] if key else None
        return (as_typed(at.filled.raw[key][at.index]) if key else "")[:_LONGEST] if pd.isna(name) else str(name)

    def child(self, at: At) -> int | None:
        """Return the child of a row, None where it can't be told."""
        tied = self.merged.pupil_child if at.table == "pupils" else self.merged.child_of.get(at.table)
        child = -1 if tied is None else int(tied.at[at.index])
        return child if child >= 0 else None

    def before(self, at: At) -> tuple[Snapshot, int] | None:
        """Return the latest earlier month that knew the child of a row, and his number there."""
        child = self.child(at)
        row = None if child is None else int(self.merged.children.at[child, "row_index"])
        place, then = self._before.get(-1 if row is None else row, (-1, -1))
        return None if place < 0 else (self.merged.carried.snapshots[place], then)

    def last(self, at: At, key: str) -> tuple[str, str]:
        """Return the month that last knew the child and what its sheet held in a column, "" for nothing."""
        found = self.before(at) if at.table in ("pupils", "contacts", "pairings") else None
        if found is None or key in _OF_THE_MONTH:
            return "", ""
        snapshot, child = found
        if at.table == "pupils":
            row = int(snapshot.children.at[child, "row_index"])
        else:
            own = snapshot.frames[at.table][snapshot.frames[at.table]["child"].eq(child)]
            rows = own.index if at.table == "contacts" else _same_pairing(own, at, key)
            row = int(rows[0]) if len(rows) else -1
        value = snapshot.filled(at.table).good(key).get(row) if row >= 0 else None
        return str(snapshot.month), "" if value is None or pd.isna(value) else _text(value)

    def pupils_of(self, file: int) -> pd.DataFrame:
        """Return name, sex, birth date and `number` (学籍号, else G and the 身份证号) of the rows of a class."""
        pupils = self.merged.tables["pupils"]
        own = pupils.values[pupils.values["file"].eq(file)]
        numbers = [f"G{number}" if number else "" for number in citizen_numbers(own)]
        number = own["student_no"].where(own["student_no"].notna(), pd.Series(numbers, own.index, dtype="str"))
        return own[["name", "sex", "birth_date", "id_card"]].assign(number=number.fillna(""))

    def roster_slip(self, file: int, name: str) -> tuple[str, int, str]:
        """Return (what stands, its row, the month that knew better) in 学生档案 for a child whom all else calls `name`.

        ("", 0, "") where it is not the roster that has to be mended: no row of it is like the name, of a child whom
        the class called so last month, or whom no other sheet of the class calls as the roster does.
        """
        pupils = self.merged.tables["pupils"]
        rows = pupils.values.index[pupils.values["file"].eq(file) & pupils.is_own]
        used = self._names_used.get(file, Counter())
        for row in rows:
            typed = as_typed(pupils.raw["name"][row]).strip()
            place, child = self._before.get(int(row), (-1, -1))
            known = self.merged.carried.snapshots[place].children.at[child, "name"] if place >= 0 else ""
            is_unused = not used[typed] and used[name] >= _OFTEN
            if known == name or (is_unused and (could_be(typed, name) or Nearest([typed], _ALIKE).to(name))):
                return typed, int(pupils.values.at[row, "row"]), str(self._month_at(place)) if known == name else ""
        return "", 0, ""

    def renamed(self, file: int, name: str) -> tuple[int, str, str]:
        """Return (row, what it was, the month) of a child of 学生档案 who is called `name` now and otherwise elsewhere.

        (0, "", "") where no other sheet of the class calls him as that month did.
        """
        pupils = self.merged.tables["pupils"]
        values = pupils.values
        for row in values.index[values["file"].eq(file) & values["name"].eq(name).fillna(False) & pupils.is_own]:
            place, child = self._before.get(int(row), (-1, -1))
            was = self.merged.carried.snapshots[place].children.at[child, "name"] if place >= 0 else name
            if was != name and self._names_used.get(file, Counter())[was]:
                return int(values.at[row, "row"]), str(was), str(self._month_at(place))
        return 0, "", ""

    def _month_at(self, place: int) -> Month:
        return self.merged.carried.snapshots[place].month

    @cached_property
    def _names_used(self) -> Mapping[int, Counter[str]]:
        """File → how often its records name each child."""
        found: dict[int, Counter[str]] = {}
        for key in self.merged.child_of:
            filled = self.merged.tables[key]
            own = filled.values[filled.is_own]
            for file, name in zip(own["file"], own["pupil"], strict=True):
                if not pd.isna(name):
                    found.setdefault(int(file), Counter())[str(name)] += 1
        return found

    @cached_property
    def places(self) -> Mapping[str, frozenset[Place]]:
        """Name → the classes in which somebody of that name stands, or is counted still."""
        children = self.merged.children
        names = self.merged.tables["pupils"].values["name"].loc[children["row_index"]]
        found: dict[str, set[Place]] = {}
        for name, grade, number in zip(names, children["grade"], children["number"], strict=True):
            if not pd.isna(name):
                found.setdefault(str(name), set()).add((int(grade), int(number)))
        return {name: frozenset(own) for name, own in found.items()}

    def class_of(self, file: int) -> Place:
        """Return the class of a file, (0, 0) where it is of none."""
        submission = self.submissions[file]
        return submission.grade, submission.number

    @cached_property
    def _before(self) -> dict[int, tuple[int, int]]:
        return {row: seen for seen, row in sorted(self.merged.carried.before.items(), reverse=True)}

    @cached_property
    def _table_of(self) -> dict[tuple[int, str], str]:
        tables = self.merged.tables.items()
        return {(file, title): key for key, filled in tables for file, title in filled.titles.items()}

    @cached_property
    def _row_maps(self) -> dict[str, dict[tuple[int, int], int]]:
        return {}

    def _rows(self, key: str) -> Mapping[tuple[int, int], int]:
        if key not in self._row_maps:
            values = self.merged.tables[key].values
            rows = zip(values.index[::-1], values["file"][::-1], values["row"][::-1], strict=True)
            self._row_maps[key] = {(int(file), int(row)): int(index) for index, file, row in rows}
        return self._row_maps[key]

    def _keys(self, key: str) -> Mapping[str, str]:
        return {column.title: column.key for column in self.merged.tables[key].table.columns}


def _same_pairing(own: pd.DataFrame, at: At, key: str) -> pd.Index[Any]:
    """Return the one pairing of a child that is this one but for a cell; nothing where several are, or none."""
    for other in _OF_A_PAIRING:
        now = at.cell(other) if other != key else None
        if now is not None:
            own = own[own[other].eq(now).fillna(False).astype(bool)]
    return own.index if len(own) == 1 else own.index[:0]


def _text(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return f"{value:g}" if isinstance(value, float) else str(value)
