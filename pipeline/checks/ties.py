"""Rules of records tied to children: twice the same, of nobody, out of their time (contract §8.6, §8.8, §8.19)."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.children.nearest import NearestTeacher
from pipeline.children.roster import NOBODY
from pipeline.filled import Fault, Filled, Tables, is_whole, mark
from pipeline.model import Issue, Places
from schemas import rules
from schemas.class_names import class_text
from schemas.codes import NO, TEACHER_ROLES, Pairing, Status

_GONE = (
    Status.SUSPENDED,
    Status.LEFT_CONFIRMED,
    Status.LEFT_UNSETTLED,
    Status.DROPOUT,
    Status.GRADUATED,
    Status.DEAD,
)


def second_rows(filled: Filled, child: pd.Series[int], key: str) -> list[Fault]:
    """A second row of a child in a one-row-a-child sheet counts for nothing (contract §8.6)."""
    first_of: dict[tuple[int, int], int] = {}
    faults: list[Fault] = []
    files, rows = (
        dict(zip(child.index, filled.values[k].loc[child.index].tolist(), strict=True)) for k in ("file", "row")
    )
    for index, who in zip(child.index.tolist(), child.tolist(), strict=True):
        if who != NOBODY:
            first = first_of.setdefault((files[index], who), index)
            if first != index:
                faults.append((index, key, rules.SECOND_ROW, {"want": rows[first]}))
    return faults


def two_classes(pupils: Filled, child: pd.Series[int], is_first: pd.Series[bool], place: Places) -> list[Fault]:
    """The same child in two classes is an error at the identity cell of both places."""
    rows = pupils.values.loc[is_first, ["file", "row", "id_card", "student_no"]].assign(child=child)
    shared = rows[rows["child"].duplicated(keep=False)]
    faults: list[Fault] = []
    for index, file, _, id_card, student_no, who in shared.itertuples():
        others = shared[(shared["child"] == who) & (shared["file"] != file)]
        told = zip(others["file"], others["row"], strict=True)
        want = rules.AND.join(
            rules.OTHER_PLACE.format(sheet=pupils.titles[f], row=r, class_name=class_text(place[f])) for f, r in told
        )
        key = "id_card" if pd.notna(id_card) else "student_no" if pd.notna(student_no) else "name"
        faults.append((index, key, rules.TWO_CLASSES, {"want": want}))
    return faults


def doubled_archives(pupils: Filled, child: pd.Series[int], place: Places) -> list[Fault]:
    """档案编号 is unique in the school; the same child's two rows may share it."""
    rows = pd.DataFrame({"no": pupils.good("archive_no"), "child": child})[pupils.is_own].dropna()
    distinct = rows.drop_duplicates()
    shared = set(distinct.loc[distinct["no"].duplicated(), "no"])
    places = {no: list(rows.index[rows["no"] == no]) for no in shared}
    told = pupils.values.loc[[i for indexes in places.values() for i in indexes], ["name", "file", "row"]].fillna("")
    named = {
        index: rules.OTHER_CHILD.format(name=name, class_name=class_text(place[file]), row=row)
        for index, name, file, row in told.itertuples()
    }
    return [
        (index, "archive_no", rules.DOUBLE_ARCHIVE_NO, {"want": rules.some_of(named[i] for i in indexes if i != index)})
        for indexes in places.values()
        for index in indexes
    ]


Tied = dict[str, "pd.Series[int]"]


def _staff_faults(filled: Filled, key: str, asked: pd.Series[bool], staff: Filled) -> list[Fault]:
    """A named teacher stands in 教职工; one who is not on duty is a warning."""
    names = filled.good(key)
    told = names[asked & names.notna()]
    if told.empty:
        return []
    listed = set(staff.good("name").dropna())
    nearest = NearestTeacher(listed, cutoff=0.5)
    known = {file: set(own) & listed for file, own in names.groupby(filled.values["file"])}
    is_off = staff.good("active").eq(NO).fillna(False).astype(bool)
    off_duty = set(staff.good("name")[is_off].dropna()) - set(staff.good("name")[~is_off].dropna())
    faults: list[Fault] = []
    for index, name in told.items():
        if name not in listed:
            near = nearest.to(name, known[filled.values.at[index, "file"]])
            faults.append((index, key, rules.NOT_STAFF, {"guess": rules.guess_of(*near)}))
        elif name in off_duty:
            faults.append((index, key, rules.NOT_ON_DUTY, {}))
    return faults


def pairing_faults(done: Tables, child_of: Tied, has_school: bool) -> list[Fault]:
    """帮扶教师 stand in 教职工; 学习帮手 is not the child; rows alike are one pairing (contract §8.8)."""
    pairings, pupils = done["pairings"], child_of["pairings"]
    kind = pairings.good("kind")
    faults: list[Fault] = []
    if has_school:
        faults += _staff_faults(pairings, "helper", kind.eq(Pairing.TEACHER).fillna(False).astype(bool), done["staff"])
    himself = kind.eq(Pairing.CLASSMATE) & (pairings.good("helper") == pairings.good("pupil"))
    faults += [(i, "helper", rules.HELPS_HIMSELF, {}) for i in pairings.values.index[himself.fillna(False)]]
    rows = pairings.values[["file", "row", "kind", "helper", "since"]].assign(child=pupils)
    sound = rows[is_whole(pairings) & (pupils != NOBODY)]
    return faults + _repeats(sound, ["child", "kind", "helper", "since"], "pupil", rules.SAME_PAIRING)


def _repeats(rows: pd.DataFrame, alike: list[str], key: str, rule: rules.Rule) -> list[Fault]:
    """Return a note for every row that is like an earlier one in the columns `alike`, quoting the earlier row."""
    again = rows.duplicated(alike)
    if not again.any():
        return []
    first = rows.groupby(alike, dropna=False)["row"].transform("first")
    return [(index, key, rule, {"want": first.at[index]}) for index in rows.index[again]]


def study_teacher_faults(done: Tables, child_of: Tied, has_school: bool) -> list[Fault]:
    pupils = done["pupils"]
    return _staff_faults(pupils, "study_teacher", pupils.values["file"] >= 0, done["staff"]) if has_school else []


def speaker_faults(done: Tables, child_of: Tied, has_school: bool) -> list[Fault]:
    talks = done["talks"]
    asked = talks.good("role").isin(list(TEACHER_ROLES))
    return _staff_faults(talks, "speaker", asked, done["staff"]) if has_school else []


def same_records(filled: Filled, child: pd.Series[int]) -> tuple[pd.Series[int], list[Issue]]:
    """Return the child of each row, nobody for all but the first of rows alike in every cell, and a note for each."""
    if filled.values.empty:
        return child, []
    rows = filled.values.assign(child=child)[child != NOBODY]
    faults = _repeats(rows, ["file", "child", *filled.table.keys], "date", rules.SAME_RECORD)
    return child.mask(child.index.isin([index for index, *_ in faults]), NOBODY), mark(filled, faults)[1]


def out_of_time(done: Tables, child_of: Tied, children: pd.DataFrame) -> list[Issue]:
    """Warn of records dated after the child has left, or before it came (contract §8.19)."""
    pupils = done["pupils"]
    rows = children["row_index"]
    left = pupils.good("status_on").where(pupils.good("status").isin(list(_GONE))).loc[rows].set_axis(children.index)
    joined = pupils.good("joined_on").loc[rows].set_axis(children.index)
    issues: list[Issue] = []
    for key in ("talks", "contacts_log", "services"):
        filled, child = done[key], child_of[key]
        if filled.values.empty:
            continue
        days = filled.good("date")
        gone, came = (dates.reindex(child).set_axis(child.index) for dates in (left, joined))
        came = came.where(filled.values["file"].eq(child.map(children["file"])))  # not of the class that he came from
        faults: list[Fault] = [
            (i, "date", rules.AFTER_LEAVING, {"want": str(gone.at[i].date())}) for i in filled.values.index[days > gone]
        ]
        faults += [
            (i, "date", rules.BEFORE_JOINING, {"want": str(came.at[i].date())})
            for i in filled.values.index[days < came]
        ]
        issues += mark(filled, faults)[1]
    return issues


def doubled_numbers(done: Tables, child_of: Tied, has_school: bool) -> list[Fault]:
    """A child stands once in 应入学名册: the second row of a 身份证号 counts for nothing."""
    school_age = done["school_age"]
    numbers = school_age.good("id_card").dropna()
    first = {number: index for index, number in reversed(list(numbers.items()))}
    row = school_age.values["row"]
    return [
        (index, "name", rules.SECOND_ROW, {"want": row.at[first[number]]})
        for index, number in numbers.items()
        if first[number] != index
    ]


Rule = Callable[[Tables, Tied, bool], list[Fault]]
OF_TABLES: tuple[tuple[str, Rule], ...] = (
    ("pairings", pairing_faults),
    ("pupils", study_teacher_faults),
    ("talks", speaker_faults),
    ("school_age", doubled_numbers),
)
RECORDED_ONCE = ("talks", "contacts_log")  # tables whose rows alike in every cell are one record
