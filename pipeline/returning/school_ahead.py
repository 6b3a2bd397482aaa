"""下月模板 of the school: its 学校月报 filled with what holds on from month to month (contract §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.model import Month
from pipeline.months.absent import GONE_SILENTLY
from pipeline.months.snapshots import Snapshot
from pipeline.reading.jobs import fill_form
from pipeline.reading.pool import Work, give
from schemas import next_month_words as w
from schemas.class_names import class_place
from schemas.codes import GRADES, LEFT_BEHIND, POTENTIAL
from schemas.school_workbook import SCHOOL_WORKBOOK

Row = dict[str, Any]

_SCHOOL_TABLES = ("classes", "staff", "school_age", "committee", "facilities")


def school_workbook(snapshot: Snapshot, to: Month, leaving: frozenset[int], *, is_new_year: bool) -> tuple[str, Work]:
    """Return the file name and workbook of the school for the month `to`. `leaving`: the grades that leave it."""
    rows: dict[str, list[Row]] = {key: list(snapshot.as_typed(key)) for key in _SCHOOL_TABLES}
    rows["classes"] = [_without_leavers(row, snapshot) for row in rows["classes"]]
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


def _without_leavers(row: Row, snapshot: Snapshot) -> Row:
    """Return a row of 班级一览 whose declared counts no more hold those who have left: they held them to the last."""
    place = class_place(f"{row['grade']}{row['number']}班") if row["grade"] in GRADES else None
    children = snapshot.children
    grade, number = place or (None, None)  # None is nobody's
    is_own = (children["grade"].to_numpy() == grade) & (children["number"].to_numpy() == number)
    own = children.loc[is_own, ["status", "category"]]
    is_out = own["status"].isin(list(GONE_SILENTLY))
    found = dict(row)
    for key, among in (("declared_lbc", LEFT_BEHIND), ("declared_potential", POTENTIAL)):
        counted = own["category"].isin(list(among))
        if row[key] == int(counted.sum()) and (counted & is_out).any():
            found[key] = int((counted & ~is_out).sum())
    return found


def _class_moved_up(row: Row, leaving: frozenset[int]) -> Row | None:
    if row["grade"] not in GRADES:
        return row
    grade = GRADES.index(row["grade"]) + 1
    return None if grade in leaving else {**row, "grade": GRADES[grade]}
