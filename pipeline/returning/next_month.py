"""下月模板: every class's workbook and the school's, filled with what the last month knows (contract §1).

Repairs are applied, cells in error stay as typed for their owner to mend, those who have left are out and named,
records start empty. In September the classes move up a grade and the highest class is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.children.roster import NOBODY
from pipeline.model import Month, Place
from pipeline.months.snapshots import TURNOUT, Snapshot
from pipeline.reading.jobs import fill_form
from pipeline.reading.pool import Work, give
from schemas import next_month_words as w
from schemas.class_names import class_text
from schemas.class_workbook import CLASS_WORKBOOK
from schemas.codes import GRADES, PLAN_CLOSED, Joined, Status
from schemas.folders import PLAN_FILE
from schemas.school_workbook import SCHOOL_WORKBOOK

Row = dict[str, Any]

_OUT = (Status.LEFT_CONFIRMED, Status.GRADUATED, Status.DEAD)
_SAME_PAIRING = ("kind", "helper", "since")
_SCHOOL_TABLES = ("classes", "staff", "school_age", "committee", "facilities")
_TOP_PRIMARY, _TOP = 6, 9


def next_month(months: Sequence[Snapshot], to: Month, plan: bytes = b"") -> Iterator[tuple[str, Work | bytes]]:
    """Yield file name → workbook for the month `to`, which others fill meanwhile.

    `months`: the newest first; each class goes by its latest.
    """
    if not months:
        return
    is_new_year = months[0].month < to.september
    top = _leaving_grades(months)
    for place, snapshot in sorted(_latest(months).items()):
        if is_new_year and place[0] in top:
            continue
        goes_to = (place[0] + 1, place[1]) if is_new_year else place
        yield _class_workbook(snapshot, place, goes_to, to, months[0])
    if months[0].facts.get("school_name") or len(months[0].frames["classes"]):
        yield _school_workbook(months[0], to, top if is_new_year else frozenset(), is_new_year=is_new_year)
    if plan:
        yield PLAN_FILE, plan


def _latest(months: Sequence[Snapshot]) -> dict[Place, Snapshot]:
    """Return each class of the newest month with the latest month in which it handed in (else the newest)."""
    frame = months[0].frames[TURNOUT]
    due = list(zip(frame["grade"].tolist(), frame["number"].tolist(), strict=True))
    return {p: next((m for m in months if p in m.classes.values()), months[0]) for p in due}


def _leaving_grades(months: Sequence[Snapshot]) -> frozenset[int]:
    """Return the grades after which this school's children leave it: nine, and six where there is no seventh."""
    grades = set(months[0].frames[TURNOUT]["grade"].tolist())
    return frozenset({_TOP} | ({_TOP_PRIMARY} if _TOP_PRIMARY + 1 not in grades else set()))


# --- a class -----------------------------------------------------------------------------------------------------


def _class_workbook(snapshot: Snapshot, place: Place, goes_to: Place, to: Month, newest: Snapshot) -> tuple[str, Work]:
    children = snapshot.children
    own = children[children["grade"].eq(place[0]) & children["number"].eq(place[1])].sort_values("row_index")
    pupils = snapshot.filled("pupils")
    status = pupils.good("status").loc[own["row_index"]].set_axis(own.index)
    staying = own.index[~status.isin(list(_OUT))]
    rows: dict[str, list[Row]] = {
        "pupils": [
            _pupil(snapshot.as_typed("pupils")[row], is_moving=goes_to != place)
            for row in own.loc[staying, "row_index"]
        ],
        "contacts": list(_rows_of(snapshot, "contacts", own, staying)),
        "pairings": [
            {**row, "checked_on": None, "check_result": None}
            for row in _rows_of(snapshot, "pairings", own, staying)
            if not _is_over(row.get("until"), snapshot)
        ],
        "plans": [row for row in _rows_of(snapshot, "plans", own, staying) if row.get("progress") != PLAN_CLOSED],
    }
    facts, class_name = newest.facts, class_text(goes_to)
    cover = {
        "school_name": facts.get("school_name", ""),
        "school_code": facts.get("school_code", ""),
        "month": str(to),
        "grade": GRADES[goes_to[0] - 1],
        "number": str(goes_to[1]),
        "head_teacher": _head_teacher(newest, place) if goes_to == place else "",
    }
    meta = {"school_code": str(cover["school_code"]), "class": class_name, "month": str(to)}
    lines = [w.FROM.format(month=snapshot.month)]
    if goes_to != place:
        lines.append(w.MOVED_UP.format(before=class_text(place), after=class_name))
    lines += _told(snapshot, own, status)
    name = w.FILE_NAME.format(class_name=class_name, month=to)
    return name, give(fill_form, CLASS_WORKBOOK.key, cover, rows, meta, lines)


def _pupil(row: Row, *, is_moving: bool) -> Row:
    return {**row, "joined_how": Joined.FROM_START, "joined_on": None} if is_moving else row


def _rows_of(snapshot: Snapshot, key: str, own: pd.DataFrame, staying: pd.Index[int]) -> Iterator[Row]:
    """Yield a table's rows of the children who stay, from the class that counts them, then those of no known child."""
    frame, place = snapshot.frames[key], (int(own["grade"].iloc[0]), int(own["number"].iloc[0])) if len(own) else None
    theirs = frame.loc[frame["child"].isin(staying), ["child", "file"]]
    is_here = theirs["file"].eq(theirs["child"].map(own["file"]))
    if snapshot.filled(key).table.one_row_a_child:  # a card of the class that he came from is his card (contract §8.5)
        kept = theirs.assign(is_elsewhere=~is_here).sort_values("is_elsewhere", kind="stable")
        kept = kept.drop_duplicates("child").sort_index()["child"]
    else:
        kept = theirs.loc[is_here, "child"]
        alike = snapshot.filled(key).values.loc[kept.index, list(_SAME_PAIRING)] if key == "pairings" else None
        if alike is not None:  # kept from last month and still in the workbook: one pairing (contract §8.8)
            kept = kept[~alike.assign(child=kept).duplicated()]
    rows = snapshot.as_typed(key)
    files = [file for file, where in snapshot.classes.items() if where == place]
    unknown = frame.index[
        frame["child"].eq(NOBODY) & frame["file"].isin(files)
    ]  # a slip in the name: to be mended there
    return (rows[index] for index in [*kept.index, *unknown])


def _is_over(until: Any, snapshot: Snapshot) -> bool:
    return hasattr(until, "year") and until <= snapshot.month.last_day


def _head_teacher(newest: Snapshot, place: Place) -> str:
    frame = newest.frames[TURNOUT]
    found = frame.loc[frame["grade"].eq(place[0]) & frame["number"].eq(place[1]), "head_teacher"]
    return str(found.iloc[0]) if len(found) else ""


def _told(snapshot: Snapshot, own: pd.DataFrame, status: pd.Series[Any]) -> Iterable[str]:
    """Yield who was left out and why, and who was put back."""
    pupils = snapshot.filled("pupils")

    def name(child: Any) -> str:
        value = pupils.values.at[int(own.at[child, "row_index"]), "name"]
        return "" if pd.isna(value) else str(value)

    out = []
    for child in own.index[status.isin(list(_OUT))]:
        day = pupils.good("status_on").at[int(own.at[child, "row_index"])]
        shown = "" if pd.isna(day) else f" {day.date()}"
        out.append(w.ONE_LEFT_OUT.format(name=name(child), status=status.at[child], day=shown))
    if out:
        yield w.LEFT_OUT.format(names=w.AND.join(out))
    is_open = status.eq(Status.LEFT_UNSETTLED) | status.isna()
    back = [name(child) for child in own.index[~own["is_settled"].astype(bool) & is_open]]
    if back:
        yield w.PUT_BACK.format(names=w.AND.join(back))


# --- the school ----------------------------------------------------------------------------------------------------


def _school_workbook(snapshot: Snapshot, to: Month, leaving: frozenset[int], *, is_new_year: bool) -> tuple[str, Work]:
    rows: dict[str, list[Row]] = {key: list(snapshot.as_typed(key)) for key in _SCHOOL_TABLES}
    if is_new_year:
        rows["classes"] = [moved for row in rows["classes"] if (moved := _class_moved_up(row, leaving))]
    facts: Mapping[str, Any] = snapshot.facts
    cover = {
        "school_name": facts.get("school_name", ""),
        "school_code": facts.get("school_code", ""),
        "month": str(to),
    }
    meta = {"school_code": str(cover["school_code"]), "month": str(to)}
    lines = [w.SCHOOL_FROM.format(month=snapshot.month), *([w.SCHOOL_MOVED_UP] if is_new_year else [])]
    return w.SCHOOL_FILE_NAME.format(month=to), give(fill_form, SCHOOL_WORKBOOK.key, cover, rows, meta, lines)


def _class_moved_up(row: Row, leaving: frozenset[int]) -> Row | None:
    if row["grade"] not in GRADES:
        return row
    grade = GRADES.index(row["grade"]) + 1
    return None if grade in leaving else {**row, "grade": GRADES[grade]}
