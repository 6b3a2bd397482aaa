"""Children whom another school of the county has: their number stands in its roster of the same month.

Only `guanai batch` knows other schools. What it found settles a 转出 that this school has registered and nobody has
confirmed; a child who is at both is asked for at both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from pipeline.children.people import citizen_numbers
from pipeline.filled import Fault, Filled, mark
from pipeline.model import Issue, Month
from pipeline.months.absent import Absent
from schemas import rules
from schemas.codes import Status

Elsewhere = Mapping[str, str]  # 身份证号 or 学籍号 of a child → the school that has him
NOWHERE: Elsewhere = {}
AT_SCHOOL = (Status.ENROLLED, Status.SUSPECTED_DROPOUT)


def numbers_of(values: pd.DataFrame) -> list[str]:
    """Return the number of each row by which another school may know the child, "" where it has none."""
    student_nos = values["student_no"].fillna("")
    return [citizen or own for citizen, own in zip(citizen_numbers(values), student_nos, strict=True)]


def settled_elsewhere(pupils: Filled, elsewhere: Elsewhere, month: Month) -> tuple[Filled, list[Issue]]:
    """Return 学生档案 in which who is 转出未落实, and at another school, is 转出已确认; a note or question at each."""
    status = pupils.good("status")
    found: list[Fault] = []
    gone: dict[int, pd.Timestamp] = {}
    for row, number in zip(pupils.values.index, numbers_of(pupils.values), strict=True):
        school = elsewhere.get(number)
        if school and status.at[row] == Status.LEFT_UNSETTLED:
            day = pupils.good("status_on").at[row]
            gone[row] = pd.Timestamp(month.last_day) if pd.isna(day) else day
            found.append((row, "status", rules.FOUND_ELSEWHERE, _words(pupils.values.at[row, "name"], school)))
        elif school and status.at[row] in AT_SCHOOL:
            key = "id_card" if pd.notna(pupils.values.at[row, "id_card"]) else "student_no"
            found.append((row, key, rules.AT_TWO_SCHOOLS, {"school": school}))
    values = pupils.values.copy() if gone else pupils.values
    for row, day in gone.items():
        values.loc[row, ["status", "status_on"]] = [Status.LEFT_CONFIRMED, day]
    return replace(pupils, values=values), mark(pupils, found)[1]


def absent_elsewhere(absent: Iterable[Absent], elsewhere: Elsewhere) -> list[Absent]:
    """Return the missing with the school that has each; a 转出 that was registered is confirmed by it."""
    return [one.found_at(_school_of(one, elsewhere)) for one in absent]


def told_of_absent(pupils: Filled, absent: Sequence[Absent]) -> list[Issue]:
    """A note on each missing child whose 转出 another school has settled, on the sheet, with no cell."""
    titles = pupils.titles
    return [
        Issue(
            one.file,
            rules.FOUND_ELSEWHERE,
            titles.get(one.file, pupils.table.title),
            title=pupils.table.by_key["name"].title,
            words=_words(one.name, one.school),
        )
        for one in absent
        if one.school and one.departure.status == Status.LEFT_CONFIRMED
    ]


def _school_of(one: Absent, elsewhere: Elsewhere) -> str:
    numbers = (one.person.number, *sorted(one.person.student_nos))
    return next((elsewhere[number] for number in numbers if number in elsewhere), "")


def _words(name: object, school: str) -> dict[str, str]:
    return {"name": "" if pd.isna(name) else str(name), "school": school, "want": Status.LEFT_CONFIRMED}
