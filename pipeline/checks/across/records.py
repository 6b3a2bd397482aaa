"""Dates, names and words of records: talks, contacts, activities, plans, services."""

from __future__ import annotations

import pandas as pd

from pipeline.checks.across.view import View, across
from pipeline.children.nearest import NearestTeacher
from pipeline.filled import Fault
from schemas import rules
from schemas.codes import GRADES

FIRST_GRADE_AGE, AGE_SLACK = 6, 4  # years; domain §2.1
COPIED_CHILDREN = 4  # the same words about more children than this are copied, not spoken
COPIED_LENGTH = 6  # characters; 谈学习 may well be said of everyone
_DAYS = {
    "pupils": ("joined_on", "archived_on"),
    "pairings": ("since",),
    "talks": ("date",),
    "contacts_log": ("date",),
    "services": ("date",),
}
_TEACHERS = {"contacts_log": "teacher", "activities": "organizer", "school_activities": "organizer", "plans": "owner"}


@across("pupils")
def age_and_grade(view: View, key: str) -> list[Fault]:
    """A child's age fits the grade: six or seven in the first, and so on; four years more or less are told."""
    pupils = view.tables["pupils"]
    births = pupils.good("birth_date")[pupils.is_own].dropna()
    files = pupils.values["file"].to_dict()
    faults: list[Fault] = []
    for index, born in births.items():
        place = view.place.get(files[index])
        if place is None:
            continue
        age = view.first_day.year - born.year - ((view.first_day.month, 1) < (born.month, born.day))
        usual = (place[0] + FIRST_GRADE_AGE - 1, place[0] + FIRST_GRADE_AGE)
        if not usual[0] - AGE_SLACK <= age <= usual[1] + AGE_SLACK:
            words = {"age": age, "grade": GRADES[place[0] - 1], "want": f"{usual[0]}–{usual[1]}"}
            faults.append((int(index), "birth_date", rules.AGE_AND_GRADE, words))
    return faults


@across("talks")
def copied_texts(view: View, key: str) -> list[Fault]:
    """The same words about many children of a class, their own names apart."""
    talks = view.tables["talks"]
    own = talks.values
    columns = (own.index, own["file"], talks.good("content"), own["pupil"], view.merged.child_of["talks"])
    children: dict[tuple[int, str], dict[int, str]] = {}
    firsts: dict[tuple[int, str], int] = {}
    for index, file, content, name, child in zip(*(column.tolist() for column in columns), strict=True):
        text = "" if pd.isna(content) else str(content).replace("" if pd.isna(name) else str(name), "")
        if child >= 0 and len(text) >= COPIED_LENGTH:
            children.setdefault((file, text), {}).setdefault(child, "" if pd.isna(name) else str(name))
            firsts.setdefault((file, text), index)
    return [
        (index, "content", rules.COPIED_TEXT, {"count": len(told), "names": rules.some_of(filter(None, told.values()))})
        for key, index in firsts.items()
        if len(told := children[key]) > COPIED_CHILDREN
    ]


@across(*_DAYS)
def before_birth(view: View, key: str) -> list[Fault]:
    """No day of a child's is before he was born."""
    filled, births = view.tables[key], view.counting_pupils["birth_date"].to_dict()
    child = view.merged.pupil_child if key == "pupils" else view.merged.child_of[key]
    born = pd.Series([births.get(who, pd.NaT) for who in child.tolist()], filled.values.index, dtype="datetime64[s]")
    return [
        (index, column, rules.BEFORE_BIRTH, {"want": str(born[index].date())})
        for column in _DAYS[key]
        for index in born.index[filled.good(column) < born]
    ]


@across(*_TEACHERS)
def near_staff(view: View, key: str) -> list[Fault]:
    """A name that is not on the staff list but nearly like one of it: a slip of the pen, told as a question."""
    column, staff = _TEACHERS[key], sorted(set(view.tables["staff"].good("name").dropna()))
    names = view.tables[key].good(column).dropna()
    nearest = NearestTeacher(staff)
    near = {name: nearest.to(name) for name in set(names) - set(staff)}
    return [
        (index, column, rules.NEARLY_STAFF, {"want": near[name][0], "guess": rules.guess_of(*near[name])})
        for index, name in names.items()
        if near.get(name)
    ]
