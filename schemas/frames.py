"""The frames that pass from stage to stage, are kept for later months, or are read by a roll-up: one declaration each.

A frame is checked where it is made: its columns and no others, their types, what may be empty, its key. What a filled
sheet's frame holds is declared by its table (`schemas.tables`); here stands what is worked out of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from schemas.tables import Table

if TYPE_CHECKING:
    import pandera.pandas as pa

# Text as Python keeps it: a month has some thousand short cells a column, which we look at one by one as often as all at
# once. Arrow's way costs a school's month a seventh of its time, and a small month a quarter.
pd.options.mode.string_storage = "python"

INT, TEXT, DAY, BOOL = "int64", "str", "datetime64[s]", "bool"
_EMPTY = {INT: -1, TEXT: "", BOOL: False}  # what an older month says in a column that it did not know yet


class BrokenFrame(Exception):
    """A frame is not what its declaration says: a bug. It names the frame and the column, never a value."""


@dataclass(frozen=True)
class Frame:
    """One frame: what a row is, column → dtype, the columns that may be empty, and those that tell rows apart.

    `index`: the name of its index of whole numbers, each once; "" where the index says nothing.
    """

    name: str
    one_row_per: str
    columns: Mapping[str, str]
    key: tuple[str, ...] = ()
    index: str = ""
    nullable: frozenset[str] = field(default_factory=frozenset)
    _seen: set[tuple[object, ...]] = field(default_factory=set, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        unknown = {*self.key, *self.nullable} - self.columns.keys()
        if unknown:
            raise ValueError(f"{self.name}: no such column: {', '.join(sorted(unknown))}")

    @cached_property
    def schema(self) -> pa.DataFrameSchema:
        """The same as a pandera schema."""
        import pandera.pandas as pa  # a fifth of all that a run has to load, and no run asks for it

        return pa.DataFrameSchema(
            {name: pa.Column(dtype, nullable=name in self.nullable) for name, dtype in self.columns.items()},
            index=pa.Index(INT, unique=True, name=self.index) if self.index else None,
            strict=True,
            unique=list(self.key) or None,
            name=self.name,
        )

    def checked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame as it is. Raises BrokenFrame.

        What the pandera schema says, asked at once: pandera takes some six milliseconds a frame, a fifth of a small
        month. A test proves that the two agree.
        """
        shape = (tuple(frame.columns), tuple(frame.dtypes))
        if shape not in self._seen:
            found = {str(name): str(dtype) for name, dtype in frame.dtypes.items()}
            if found != self.columns:
                wrong = sorted({name for name, _ in found.items() ^ self.columns.items()})
                raise BrokenFrame(f"{self.name}: columns: {', '.join(wrong)}")
            self._seen.add(shape)
        empty = [name for name in self._filled if frame[name].hasnans] if len(frame) else []
        if empty:
            raise BrokenFrame(f"{self.name}: empty: {', '.join(empty)}")
        if self.key and len(frame) > 1 and frame.duplicated(list(self.key)).any():
            raise BrokenFrame(f"{self.name}: twice the same: {', '.join(self.key)}")
        index = frame.index
        if self.index and not (index.is_unique and index.name == self.index and str(index.dtype) == INT):
            raise BrokenFrame(f"{self.name}: index: {self.index}")
        return frame

    @cached_property
    def _filled(self) -> tuple[str, ...]:
        """The columns that could be empty by their type, and must not be."""
        return tuple(name for name, kind in self.columns.items() if kind in (TEXT, DAY) and name not in self.nullable)

    def typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a frame with its columns in order and of their types, which a frame without rows has not."""
        own = frame if list(frame.columns) == list(self.columns) else frame[list(self.columns)]
        dtypes = zip(self.columns.items(), own.dtypes, strict=True)
        other = {name: dtype for (name, dtype), found in dtypes if found != dtype}
        return own.astype(other) if other else own

    def fitted(self, kept: pd.DataFrame) -> pd.DataFrame:
        """Return a kept frame of another version as this one: a column it lacks is empty, one too many is dropped."""
        if not self.columns.keys() <= set(kept.columns):
            absent = {
                name: _absent(dtype, name in self.nullable, kept)
                for name, dtype in self.columns.items()
                if name not in kept
            }
            kept = kept.assign(**absent)
        return self.typed(kept)

    def empty(self) -> pd.DataFrame:
        """Return the frame without rows."""
        return self._bare.copy(deep=False)

    @cached_property
    def _bare(self) -> pd.DataFrame:
        index = pd.Index([], dtype=INT, name=self.index) if self.index else None
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in self.columns.items()}, index=index)


def _absent(dtype: str, is_nullable: bool, kept: pd.DataFrame) -> pd.Series:
    value = None if is_nullable or dtype not in _EMPTY else _EMPTY[dtype]
    return pd.Series(value, kept.index, dtype=dtype)


_PLACE = {"grade": INT, "number": INT}
_BY_SET = dict.fromkeys(("in_l", "is_double", "is_single", "is_national", "is_planned"), INT)
_KNOWN = {
    "category": TEXT, "father_status": TEXT, "mother_status": TEXT, "lives_with_parents": TEXT, "rural": TEXT,
    "status": TEXT, "focus": TEXT, "boarding": TEXT, "father_away_since": DAY, "mother_away_since": DAY,
    "home_parent_capable": TEXT, "birth_date": DAY,
}  # fmt: skip
_PEOPLE = {
    **dict.fromkeys(("category", "father_status", "mother_status", "lives_with_parents", "rural", "status", "focus"), TEXT),
    **dict.fromkeys(("name", "sex", "boarding", "capable"), TEXT),
    **dict.fromkeys(("birth", "joined_on", "status_on"), DAY),
    **dict.fromkeys(("is_joining_unknown", "is_change_unknown", "is_tainted"), BOOL),
    **dict.fromkeys(("father_since", "mother_since"), DAY),
    "file": INT, "row_index": INT, **_PLACE, "is_birth_told": BOOL, "away_count": INT,
    **dict.fromkeys(("is_enrolment", "is_national_basis", "is_plan_basis"), BOOL),
    **dict.fromkeys(("in_l", "in_a", "in_q", "in_kept", "is_unmet"), BOOL),
    **dict.fromkeys(("is_double", "is_single", "is_national", "is_planned"), BOOL),
    "shown_boarding": TEXT,
}  # fmt: skip
_MAYBE = frozenset(_PEOPLE) - {name for name, dtype in _PEOPLE.items() if dtype in (INT, BOOL)}

CHILDREN = Frame("children", "儿童", {"file": INT, "row_index": INT, **_PLACE}, index="child")
KNOWN = Frame("known", "学生档案的一行", _KNOWN, nullable=frozenset(_KNOWN))
KEPT = Frame("kept", "名册里不见、按上次保留的儿童", {"last_seen": TEXT, "is_settled": BOOL}, index="row")
MOVED = Frame(
    "moved", "换了班的儿童和他离开的班", {"file": INT, "name": TEXT, "row": INT}, key=("file", "name", "row")
)
ATTENDED = Frame(
    "attended", "参加了一次活动的儿童", {"child": INT, "date": DAY, "kind": TEXT}, key=("child", "date", "kind")
)
REACHED = Frame("reached", "一次活动所及的班", {**_PLACE, "date": DAY, "kind": TEXT, "is_own": BOOL})
PEOPLE = Frame("people", "儿童", _PEOPLE, index="child", nullable=_MAYBE)
TALLY = Frame(
    "tally",
    "一项指标所数的一个单位",
    {"figure": TEXT, "over": TEXT, **_PLACE, "child": INT, "n": INT, "N": INT, "lack": TEXT},
)
MEASURES = Frame(
    "measures",
    "一项指标在学校、年级或班级",
    {"level": TEXT, **_PLACE, "over": TEXT, "figure": TEXT, "n": INT, "N": INT},
    key=("level", "grade", "number", "over", "figure"),
)
HEADS = Frame(
    "heads",
    "班级",
    {
        **_PLACE,
        **_BY_SET,
        **dict.fromkeys(("is_male", "is_female", "is_boarder", "is_day_pupil", "is_unmet", "in_a", "in_q"), INT),
    },
    key=("grade", "number"),
)
PAIRINGS = Frame(
    "pairings",
    "一个结对",
    {"file": INT, "helper": TEXT, "child": INT, "kind": TEXT, "since": DAY, "until": DAY, "has_plan": BOOL, "is_checked": BOOL},
    nullable=frozenset({"helper", "kind", "since", "until"}),
)  # fmt: skip
TURNOUT = Frame(
    "turnout", "班级", {**_PLACE, "state": TEXT, "head_teacher": TEXT, "file": INT}, key=("grade", "number")
)
SEEN = Frame(
    "seen",
    "儿童，和最后见到他的月份",
    {"child": INT, **_PEOPLE, "last_seen": TEXT, "is_settled": BOOL},
    key=("child",),
    nullable=_MAYBE,
)
STANDINGS = Frame(
    "standings",
    "班级或教师",
    {"kind": TEXT, "name": TEXT, "total": TEXT, "rank": INT, "is_flagged": BOOL},
    key=("kind", "name"),
)
LEDGER = Frame("ledger", "一条说明", dict.fromkeys(("key", "rule", "place", "month", "words"), TEXT), key=("key",))

FRAMES = (
    CHILDREN, KNOWN, KEPT, MOVED, ATTENDED, REACHED, PEOPLE, TALLY, MEASURES, HEADS, PAIRINGS, TURNOUT, SEEN, STANDINGS,
    LEDGER,
)  # fmt: skip


def kept_table(table: Table, *, has_child: bool) -> Frame:
    """Return the frame of a filled sheet as a month keeps it: its rows, their child, and what was in error as typed."""
    child = {"child": INT} if has_child else {}
    return Frame(table.key, table.one_row_per, _cells(table) | child | {"errors": TEXT}, nullable=frozenset(table.keys))


def filled_table(table: Table) -> Frame:
    """Return the frame of a filled sheet's typed values, as it flows from stage to stage."""
    if table.key not in _FILLED:
        _FILLED[table.key] = Frame(table.key, table.one_row_per, _cells(table), nullable=frozenset(table.keys))
    return _FILLED[table.key]


_FILLED: dict[str, Frame] = {}


def _cells(table: Table) -> dict[str, str]:
    return {"file": INT, "row": INT, **{column.key: column.kind.dtype for column in table.columns}}
