"""下月模板: every class's workbook and the school's, filled with what the last month knows (contract §1).

Repairs are applied, cells in error stay as typed for their owner to mend, those who have left are out and named,
records start empty. In September the classes move up a grade and the highest class is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.model import Month, Place
from pipeline.months.departures import Departure
from pipeline.months.since import Since, latest_of_each, looking_like, since_then
from pipeline.months.snapshots import TABLES, TURNOUT, Snapshot
from pipeline.months.summer import promoted
from pipeline.reading.jobs import fill_form
from pipeline.reading.pool import give
from pipeline.returning.class_paper import class_paper
from pipeline.returning.held_ready import NOTHING_TYPED, LastMonth, held_ready, marks_of_held
from pipeline.returning.issued import Issued
from pipeline.returning.last_month import last_month_of
from pipeline.returning.school_ahead import school_workbook
from pipeline.returning.so_far import SoFarOf, Who
from schemas import next_month_words as w
from schemas.class_names import class_text
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.codes import GRADES, PLAN_CLOSED, Joined, Status
from schemas.folders import NEXT_MONTH, PLAN_FILE
from schemas.policy import Policy, make_policy

Row = dict[str, Any]

_OUT = (Status.LEFT_CONFIRMED, Status.GRADUATED, Status.DEAD)
_SAME_PAIRING = ("kind", "helper", "since")
_TOP_PRIMARY, _TOP = 6, 9


def next_month(
    months: Sequence[Snapshot],
    to: Month,
    plan: bytes = b"",
    policy: Policy | None = None,
    last_year: Sequence[Snapshot] = (),
    lacking: Mapping[Who, int] | None = None,
) -> Iterator[Issued]:
    """Yield the workbooks for the month `to`, which others fill meanwhile, and what is written on by hand.

    `months`: of one 学年, the newest first; each class goes by its latest, one that has handed in none of them by
    `last_year`, the months of the 学年 before. `plan`: to lay beside them, `policy`: what it says; `lacking`: how many
    things each child lacked in the month just worked out.
    """
    if not months:
        return
    is_new_year = months[0].month < to.september
    every = [*months, *promoted(last_year, {place for month in months for place in month.classes.values()})]
    top = _leaving_grades(months)
    kept = {id(month): _Kept(month, is_of_old=month.month < to.september) for month in every}
    staff = dict.fromkeys(str(row["name"]) for row in months[0].as_typed("staff") if row["name"])
    policy = policy or make_policy(month=str(to))
    goal = _Goal(to, policy, tuple(staff), SoFarOf(months, to, policy, lacking))
    for place, snapshot in sorted(latest_of_each(every).items()):
        if is_new_year and place[0] in top:
            continue
        goes_to = (place[0] + 1, place[1]) if is_new_year else place
        since = since_then(place, snapshot, every)
        yield from _class_workbook(kept[id(snapshot)], place, goes_to, goal, every, since)
    if months[0].facts.get("school_name") or len(months[0].frames["classes"]):
        yield school_workbook(months[0], to, top if is_new_year else frozenset(), is_new_year=is_new_year)
    if plan:
        yield Issued(NEXT_MONTH, PLAN_FILE, plan)


def _leaving_grades(months: Sequence[Snapshot]) -> frozenset[int]:
    """Return the grades after which this school's children leave it: nine, and six where there is no seventh."""
    grades = set(months[0].frames[TURNOUT]["grade"].tolist())
    return frozenset({_TOP} | ({_TOP_PRIMARY} if _TOP_PRIMARY + 1 not in grades else set()))


@dataclass(frozen=True)
class _Goal:
    """The month that the templates are for, the plan that holds in it, the staff's names, what earlier months know."""

    month: Month
    policy: Policy
    staff: tuple[str, ...]
    so_far: SoFarOf


# --- a class -----------------------------------------------------------------------------------------------------


def _class_workbook(
    kept: _Kept, place: Place, goes_to: Place, goal: _Goal, months: Sequence[Snapshot], since: Since
) -> Iterator[Issued]:
    """Yield a class's workbook, and its form to write on."""
    snapshot, to = kept.snapshot, goal.month
    like = {c: where for c, where in looking_like(place, months).items() if c not in {*since.moved, *since.twice}}
    own = kept.children_of(place, but={*since.moved, *since.twice, *like})
    was = place if snapshot.leaving is None else (place[0] - 1, place[1])  # as its last roster called it
    status = kept.status[own["row_index"]].set_axis(own.index)
    for child, said in since.left.items():
        status[child] = said.status
    staying = own.index[~status.isin(list(_OUT))]
    rows = _rows_to_keep(kept, place, own, staying, since, is_moving=goes_to != was)
    class_name = class_text(goes_to)
    cover = _cover(months, place, goes_to, to)
    last = [kept.last.get(child, NOTHING_TYPED) for child in staying]
    rows |= held_ready(rows["pupils"], cover["head_teacher"], to, goal.policy, last)
    meta = {"school_code": str(cover["school_code"]), "class": class_name, "month": str(to), **marks_of_held(rows)}
    lines = [w.FROM.format(month=snapshot.month)]
    lines += [w.MOVED_UP.format(before=class_text(was), after=class_name)] * (goes_to != was)
    lines += _told(kept, own, status, since, {c: where for c, where in like.items() if c not in since.moved})
    name = w.FILE_NAME.format(class_name=class_name, month=to)
    made = give(fill_form, CLASS_WORKBOOK.key, cover, rows, meta, lines, goal.staff, goal.so_far.of(place))
    yield Issued(NEXT_MONTH, name, made)
    yield class_paper(class_name, cover, rows, to, goal.policy)


def _cover(months: Sequence[Snapshot], place: Place, goes_to: Place, to: Month) -> dict[str, str]:
    """Return what stands on the cover of a class's workbook."""
    facts = months[0].facts
    return {
        "school_name": facts.get("school_name", ""),
        "school_code": facts.get("school_code", ""),
        "month": str(to),
        "grade": GRADES[goes_to[0] - 1],
        "number": str(goes_to[1]),
        "head_teacher": _head_teacher(months, place),
    }


def _rows_to_keep(
    kept: _Kept, place: Place, own: pd.DataFrame, staying: pd.Index[Any], since: Since, *, is_moving: bool
) -> dict[str, Any]:
    """Return the rows of those who stay, by table key."""
    return {
        "pupils": [
            _pupil(kept.snapshot.as_typed("pupils")[row], since.left.get(child), is_moving=is_moving)
            for child, row in own.loc[staying, "row_index"].items()
        ],
        "contacts": list(kept.rows_of("contacts", place, own, staying)),
        "pairings": [
            {**row, "checked_on": None, "check_result": None}
            for row in kept.rows_of("pairings", place, own, staying)
            if not _is_over(row.get("until"), kept.snapshot)
        ],
        "plans": [row for row in kept.rows_of("plans", place, own, staying) if row.get("progress") != PLAN_CLOSED],
    }


def _pupil(row: Row, said: Departure | None, *, is_moving: bool) -> Row:
    """Return a child's row. `said`: what 学籍异动 has said of him while his class handed in nothing."""
    if said is not None:
        row = {**row, "status": said.status, "status_on": said.day.date()}
    return {**row, "joined_how": Joined.FROM_START, "joined_on": None} if is_moving else row


class _Kept:
    """The rows of a month, found by child or, where nobody knows whose they are, by file: each table is sorted once."""

    def __init__(self, snapshot: Snapshot, *, is_of_old: bool) -> None:
        self.snapshot = snapshot
        self._is_of_old = is_of_old
        self._sorted: dict[str, tuple[dict[int, list[int]], dict[int, list[int]], list[int]]] = {}

    def children_of(self, place: Place, but: Collection[int]) -> pd.DataFrame:
        """Return where the children of a class but some stand, in the order of its roster; whether that is settled."""
        own = self.snapshot.of_class(place).sort_values("row_index")
        return own.drop(index=list(but)) if but else own

    @cached_property
    def status(self) -> pd.Series[Any]:
        """学籍状态 of each row of 学生档案, those in error emptied."""
        return self.snapshot.filled("pupils").good("status")

    @cached_property
    def last(self) -> dict[int, LastMonth]:
        """Child → what was typed of him in the month and may be held ready again."""
        return last_month_of(self.snapshot, is_of_old=self._is_of_old)

    def rows_of(self, key: str, place: Place, own: pd.DataFrame, staying: Iterable[int]) -> Iterator[Row]:
        """Yield a table's rows of those who stay, from the class that counts them, then those of no known child."""
        of_child, of_nobody, files = self._sort(key)
        home = dict(zip(own.index, own["file"], strict=True))
        kept: list[int] = []
        for child in staying:
            theirs = of_child.get(child, [])
            here = [row for row in theirs if files[row] == home[child]]
            if TABLES[key].one_row_a_child:  # a card of the class that he came from is his card (contract §8.5)
                kept += (here or theirs)[:1]
            else:
                kept += self._once(key, here)
        own_files = [file for file, where in self.snapshot.classes.items() if where == place]
        unknown = sorted(row for file in own_files for row in of_nobody.get(file, ()))  # a slip in the name
        rows = self.snapshot.as_typed(key)
        return (rows[index] for index in [*sorted(kept), *unknown])

    def _once(self, key: str, rows: Sequence[int]) -> Sequence[int]:
        """Return a child's rows; of a pairing that was kept and still stands in the workbook one (contract §8.8)."""
        if key != "pairings":
            return rows
        return list({self._pairings[row]: row for row in reversed(rows)}.values())

    @cached_property
    def _pairings(self) -> list[tuple[Any, ...]]:
        """What makes each row of 结对帮扶 the pairing that it is."""
        cells = self.snapshot.filled("pairings").values[list(_SAME_PAIRING)].astype(object)
        return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))

    def _sort(self, key: str) -> tuple[dict[int, list[int]], dict[int, list[int]], list[int]]:
        if key not in self._sorted:
            frame = self.snapshot.frames[key]
            of_child: dict[int, list[int]] = {}
            of_nobody: dict[int, list[int]] = {}
            files = frame["file"].tolist()
            for row, child in enumerate(frame["child"].tolist()):
                if child == NOBODY:
                    of_nobody.setdefault(files[row], []).append(row)
                else:
                    of_child.setdefault(child, []).append(row)
            self._sorted[key] = (of_child, of_nobody, files)
        return self._sorted[key]


def _is_over(until: Any, snapshot: Snapshot) -> bool:
    return hasattr(until, "year") and until <= snapshot.month.last_day


def _head_teacher(months: Sequence[Snapshot], place: Place) -> str:
    """Return who was a class's head teacher in the latest month that knows it."""
    return next((month.heads[place] for month in months if month.heads.get(place)), "")


def _told(
    kept: _Kept, own: pd.DataFrame, status: pd.Series[Any], since: Since, like: Mapping[int, str]
) -> Iterable[str]:
    """Yield who was left out and why, and who was put back. `like`: whom a row of another number looks like."""
    pupils, children = kept.snapshot.filled("pupils"), kept.snapshot.children

    def name(child: Any) -> str:
        value = pupils.values.at[int(children.at[child, "row_index"]), "name"]
        return "" if pd.isna(value) else str(value)

    out = []
    for child in own.index[status.isin(list(_OUT))]:
        said = since.left.get(child)
        day = said.day if said else pupils.good("status_on").at[int(own.at[child, "row_index"])]
        shown = "" if pd.isna(day) else f" {day.date()}"
        out.append(w.ONE_LEFT_OUT.format(name=name(child), status=status.at[child], day=shown))
    if out:
        yield w.LEFT_OUT.format(names=w.AND.join(out))
    if since.moved:
        told = (w.ONE_MOVED.format(name=name(child), class_name=where) for child, where in since.moved.items())
        yield w.MOVED_AWAY.format(names=w.AND.join(told))
    if like:
        told = (w.ONE_MOVED.format(name=name(child), class_name=where) for child, where in like.items())
        yield w.LOOKS_LIKE.format(names=w.AND.join(told))
    is_open = status.eq(Status.LEFT_UNSETTLED) | status.isna()
    back = [name(child) for child in own.index[~own["is_settled"].astype(bool) & is_open]]
    if back:
        yield w.PUT_BACK.format(names=w.AND.join(back))
