"""下月模板 of the school: its 学校月报 filled with what holds on from month to month (contract §1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pipeline.model import Month
from pipeline.months.absent import GONE_SILENTLY
from pipeline.months.snapshots import Snapshot
from pipeline.reading.jobs import fill_form
from pipeline.reading.pool import give
from pipeline.returning.issued import Issued
from schemas import next_month_words as w
from schemas.class_names import class_place
from schemas.codes import GRADES, LEFT_BEHIND, POTENTIAL
from schemas.folders import NEXT_MONTH
from schemas.school_workbook import SCHOOL_WORKBOOK

Row = dict[str, Any]
_Counted = tuple[int, int, str, bool]

_SCHOOL_TABLES = ("classes", "staff", "school_age", "committee", "facilities")


def school_workbook(snapshot: Snapshot, to: Month, leaving: frozenset[int], *, is_new_year: bool) -> Issued:
    """Return the workbook of the school for the month `to`. `leaving`: the grades that leave it."""
    rows: dict[str, list[Row]] = {key: list(snapshot.as_typed(key)) for key in _SCHOOL_TABLES}
    counted = _counted(snapshot)
    rows["classes"] = [_without_leavers(row, counted) for row in rows["classes"]]
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
    made = give(fill_form, SCHOOL_WORKBOOK.key, cover, rows, meta, lines)
    return Issued(NEXT_MONTH, w.SCHOOL_FILE_NAME.format(month=to), made)


def _without_leavers(row: Row, counted: Counter[_Counted]) -> Row:
    """Return a row of 班级一览 whose declared counts no more hold those who have left: they held them to the last."""
    place = class_place(f"{row['grade']}{row['number']}班") if row["grade"] in GRADES else None
    found = dict(row)
    for key, among in (("declared_lbc", LEFT_BEHIND), ("declared_potential", POTENTIAL)):
        if place is None:
            continue  # nobody's
        staying, out = (sum(counted[(*place, category, is_out)] for category in among) for is_out in (False, True))
        if row[key] == staying + out and out:
            found[key] = staying
    return found


def _counted(snapshot: Snapshot) -> Counter[_Counted]:
    """Return (grade, number, category, whether he has left) → how many children."""
    children = snapshot.children
    columns = (
        children["grade"],
        children["number"],
        children["category"],
        children["status"].isin(list(GONE_SILENTLY)),
    )
    return Counter(zip(*(column.tolist() for column in columns), strict=True))


def _class_moved_up(row: Row, leaving: frozenset[int]) -> Row | None:
    if row["grade"] not in GRADES:
        return row
    grade = GRADES.index(row["grade"]) + 1
    return None if grade in leaving else {**row, "grade": GRADES[grade]}
