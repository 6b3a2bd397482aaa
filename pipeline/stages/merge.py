"""Stage 5: bring the tables together: one row per child, every record tied to its child, or told why it is not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from pipeline.children.attendance import attend
from pipeline.children.nearest import Nearest
from pipeline.children.people import children_of, citizen_numbers, student_nos
from pipeline.children.roster import AWAY, NOBODY, VOID, Named, Roster
from pipeline.filled import Fault, Filled, Tables, is_whole, mark
from pipeline.merged import Merged
from pipeline.model import Issue, Place, Places, Submission
from pipeline.months.carried import Carried, Past
from pipeline.school_year import SchoolYear
from schemas import frames, rules
from schemas.class_names import class_text
from schemas.class_workbook import ONE_CHILD_TABLES
from schemas.codes import NO, TEACHER_ROLES, Pairing, Status

_GONE = (
    Status.SUSPENDED,
    Status.LEFT_CONFIRMED,
    Status.LEFT_UNSETTLED,
    Status.DROPOUT,
    Status.GRADUATED,
    Status.DEAD,
)


def merge(
    tables: Tables,
    classes: Sequence[Submission],
    handed_in: Collection[Place],
    has_school: bool,
    year: SchoolYear,
    carried: Carried,
) -> tuple[Merged, list[Issue]]:
    """Return the tables tied by child and what does not fit together.

    `classes` are the class workbooks that can be used, `handed_in` the classes whose workbook counts.
    """
    place = {s.file.id: (s.grade, s.number) for s in classes}
    pupils, pupil_child, children, issues = _children(tables["pupils"], place)
    done: dict[str, Filled] = {**tables, "pupils": pupils}
    rosters = _rosters(tables["pupils"], pupil_child, carried)  # a child found twice is still known by its number
    child_of: dict[str, pd.Series[int]] = {}
    for key in ONE_CHILD_TABLES:
        kept = {row: int(pupil_child.at[whose]) for row, whose in carried.kept.get(key, {}).items()}
        done[key], child_of[key], found = _tie(done[key], rosters, kept)
        issues += found
    for key, rule in (
        ("pairings", _pairing_faults),
        ("pupils", _study_teacher_faults),
        ("talks", _speaker_faults),
    ):
        done[key], found = mark(done[key], rule(done, child_of, has_school))
        issues += found
    for key in ("talks", "contacts_log"):
        issues += _same_records(done[key], child_of)
    issues += _out_of_time(done, child_of, children)
    done["school_age"], found = mark(done["school_age"], _doubled_numbers(done["school_age"]))
    issues += found
    done, attendance, found = attend(done, pupil_child, rosters, place, handed_in)
    past = Past(carried, pupil_child, children, {where: file for file, where in place.items()}, year.term_start)
    so_far, so_far_child = past.records(done, child_of)
    known = frames.KNOWN.typed(carried.known.reindex(children.index))
    return Merged(
        done,
        children,
        pupil_child,
        child_of,
        attendance,
        past.attendance(attendance),
        so_far,
        so_far_child,
        known,
        carried,
    ), issues + found


# --- children --------------------------------------------------------------------------------------------------


def _children(pupils: Filled, place: Places) -> tuple[Filled, pd.Series[int], pd.DataFrame, list[Issue]]:
    values = pupils.values
    child = children_of(pupils)
    marked, issues = mark(pupils, _second_rows(pupils, child, "name"))
    is_first = ~pd.DataFrame({"file": values["file"], "child": child}).duplicated()
    counting = _counting_rows(values.assign(joined_on=pupils.good("joined_on"))[is_first], child[is_first], place)
    marked, found = mark(marked, _two_classes(marked, child, is_first, place))
    marked, more = mark(marked, _doubled_archives(marked, child))
    grades = [place[file][0] for file in counting["file"]]
    classes = [place[file][1] for file in counting["file"]]
    frame = pd.DataFrame(
        {
            "file": counting["file"].to_numpy(),
            "row_index": counting.index,
            "grade": grades,
            "number": classes,
        },
        index=pd.Index(child[counting.index], name="child", dtype="int64"),
    )
    frame = frames.CHILDREN.typed(frame)
    return marked, child, frame.sort_values(["grade", "number", "row_index"]), issues + found + more


def _second_rows(filled: Filled, child: pd.Series[int], key: str) -> list[Fault]:
    """A second row of a child in a one-row-a-child sheet counts for nothing (contract §8.6)."""
    known = child[child != NOBODY]
    place = pd.DataFrame({"file": filled.values["file"].loc[known.index], "child": known})
    firsts = place.groupby(["file", "child"]).head(1).assign(first=lambda frame: frame.index)
    seconds = place.loc[place.duplicated()]
    first_of = {(file, who): index for file, who, index in firsts.itertuples(index=False)}
    rows = filled.values["row"]
    return [
        (index, key, rules.SECOND_ROW, {"want": rows.at[first_of[(file, who)]]})
        for index, file, who in seconds.itertuples()
    ]


def _counting_rows(values: pd.DataFrame, child: pd.Series[int], place: Places) -> pd.DataFrame:
    """Return the row that counts for each child: the class of the later 入班日期, else the first by grade and class."""
    order = values[["file"]].assign(
        child=child,
        joined=values["joined_on"].fillna(pd.Timestamp.min.as_unit("s")),
        grade=[place[file][0] for file in values["file"]],
        number=[place[file][1] for file in values["file"]],
    )
    order = order.sort_values(["joined", "grade", "number"], ascending=[False, True, True], kind="stable")
    return order.drop_duplicates("child").sort_index()


def _two_classes(pupils: Filled, child: pd.Series[int], is_first: pd.Series[bool], place: Places) -> list[Fault]:
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


def _doubled_archives(pupils: Filled, child: pd.Series[int]) -> list[Fault]:
    """档案编号 is unique in the school; the same child's two rows may share it."""
    rows = pd.DataFrame({"no": pupils.good("archive_no"), "child": child})[pupils.is_own].dropna()
    distinct = rows.drop_duplicates()
    shared = set(distinct.loc[distinct["no"].duplicated(), "no"])
    places = {no: list(rows.index[rows["no"] == no]) for no in shared}
    row = pupils.values["row"]
    return [
        (
            index,
            "archive_no",
            rules.DOUBLE_ARCHIVE_NO,
            {"want": rules.OTHER_ROWS.format(rows=rules.AND.join(str(row.at[i]) for i in indexes if i != index))},
        )
        for indexes in places.values()
        for index in indexes
    ]


# --- records ---------------------------------------------------------------------------------------------------


def _rosters(pupils: Filled, child: pd.Series[int], carried: Carried) -> dict[int, Roster]:
    """Return a roster for each class workbook, and under NOBODY the whole school's; second rows name nobody (§8.6).

    A class knows those who have left it for another as well: what it did with them counts for them (§8.5).
    """
    numbers = [f"G{number}" if number else "" for number in citizen_numbers(pupils.values)]
    vouched = pupils.values["file"].isin(list(carried.vouched))
    frame = pd.DataFrame(
        {
            "file": pupils.values["file"],
            "name": pupils.values["name"],
            "child": child,
            "numbers": [frozenset(pair) - {""} for pair in zip(student_nos(pupils), numbers, strict=True)],
            "is_here": pupils.is_own | (vouched & ~pupils.values.index.isin(carried.rows.index)),
            "was_here_last": pupils.values.index.isin(carried.known_last),
        }
    )
    left = frame.loc[carried.moved["row"]]
    left = left.assign(file=carried.moved["file"].to_numpy(), name=carried.moved["name"].to_numpy(), is_here=False)
    away = pd.DataFrame(carried.away, columns=["file", "name", "numbers"])
    away = away.assign(child=AWAY, is_here=True, was_here_last=False)[list(frame.columns)]
    first = frame[~frame.duplicated(["file", "child"])].dropna(subset=["name"])
    own = pd.concat([first, left, away[away["file"].ge(0)]])
    rosters = {int(str(file)): _roster(part) for file, part in own.groupby("file")}
    rosters[NOBODY] = _roster(pd.concat([first.assign(was_here_last=False), away]))
    return rosters


def _roster(frame: pd.DataFrame) -> Roster:
    columns = ["name", "child", "numbers", "is_here", "was_here_last"]
    return Roster.of((name, Named(*told)) for name, *told in frame[columns].itertuples(index=False))


_EMPTY_ROSTER = Roster({})


def _tie(
    filled: Filled, rosters: dict[int, Roster], kept: Mapping[int, int]
) -> tuple[Filled, pd.Series[int], list[Issue]]:
    """Return the table, the child of each row and what is wrong with the names. `kept`: row → child, where known."""
    values = filled.values
    found, faults = [], []
    lost: dict[int, list[int]] = {}
    unreadable = filled.faulty["pupil"] | filled.faulty["student_no"] | values["pupil"].isna()
    for index, file, name, student_no, is_void in zip(
        values.index,
        values["file"],
        values["pupil"],
        values["student_no"].fillna(""),
        unreadable,
        strict=True,
    ):
        if index in kept or is_void:
            found.append(kept.get(index, NOBODY))
            continue
        roster = rosters.get(file, _EMPTY_ROSTER)
        child, rule, key = roster.find(name, student_no)
        found.append(VOID if child == AWAY else child)
        if rule and not roster.by_name:
            lost.setdefault(file, []).append(index)
        elif rule:
            words = {"guess": roster.guess(name)} if rule is rules.UNKNOWN_CHILD else {"other": name}
            typed = {"typed": name} if rule is rules.NAMESAKES else {}
            faults.append((index, key, rule, {**words, **typed}))
    for rows in lost.values():  # a workbook without a roster: told once, at the first of the rows that name somebody
        faults.append((rows[0], "pupil", rules.UNKNOWN_CHILD, {"guess": rules.NO_ROSTER.format(count=len(rows))}))
        filled = filled.with_faults((index, "pupil") for index in rows[1:])
    children = pd.Series(found, index=values.index, dtype="int64")
    marked, issues = mark(filled, faults)
    if filled.table.one_row_a_child:
        seconds = _second_rows(marked, children, "pupil")
        marked, more = mark(marked, seconds)
        issues += more
        children = children.mask(children.index.isin([index for index, *_ in seconds]), VOID)
    return marked, children, issues


Tied = dict[str, "pd.Series[int]"]


def _staff_faults(filled: Filled, key: str, asked: pd.Series[bool], staff: Filled) -> list[Fault]:
    """A named teacher stands in 教职工; one who is not on duty is a warning."""
    names = filled.good(key)
    listed = set(staff.good("name").dropna())
    nearest = Nearest(listed, cutoff=0.5)
    off_duty = set(staff.good("name")[staff.good("active").eq(NO).fillna(False).astype(bool)].dropna())
    off_duty -= set(staff.good("name")[~staff.good("active").eq(NO).fillna(False).astype(bool)].dropna())
    faults: list[Fault] = []
    for index, name in names[asked & names.notna()].items():
        if name not in listed:
            near = nearest.to(name)
            faults.append((index, key, rules.NOT_STAFF, {"guess": rules.GUESS.format(name=near) if near else ""}))
        elif name in off_duty:
            faults.append((index, key, rules.NOT_ON_DUTY, {}))
    return faults


def _pairing_faults(done: Tables, child_of: Tied, has_school: bool) -> list[Fault]:
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
    first = rows.groupby(alike, dropna=False)["row"].transform("first")
    again = rows.duplicated(alike)
    return [(index, key, rule, {"want": first.at[index]}) for index in rows.index[again]]


def _study_teacher_faults(done: Tables, child_of: Tied, has_school: bool) -> list[Fault]:
    pupils = done["pupils"]
    return _staff_faults(pupils, "study_teacher", pupils.values["file"] >= 0, done["staff"]) if has_school else []


def _speaker_faults(done: Tables, child_of: Tied, has_school: bool) -> list[Fault]:
    talks = done["talks"]
    asked = talks.good("role").isin(list(TEACHER_ROLES))
    return _staff_faults(talks, "speaker", asked, done["staff"]) if has_school else []


def _same_records(filled: Filled, child_of: Tied) -> list[Issue]:
    """Note rows that are alike in every cell, and leave all but the first to nobody: a record counts once."""
    key = filled.table.key
    child = child_of[key]
    rows = filled.values.assign(child=child)[child != NOBODY]
    faults = _repeats(rows, ["file", "child", *filled.table.keys], "date", rules.SAME_RECORD)
    child_of[key] = child.mask(child.index.isin([index for index, *_ in faults]), NOBODY)
    return mark(filled, faults)[1]


def _out_of_time(done: Tables, child_of: Tied, children: pd.DataFrame) -> list[Issue]:
    """Warn of records dated after the child has left, or before it came (contract §8.19)."""
    pupils = done["pupils"]
    rows = children["row_index"]
    left = pupils.good("status_on").where(pupils.good("status").isin(list(_GONE))).loc[rows].set_axis(children.index)
    joined = pupils.good("joined_on").loc[rows].set_axis(children.index)
    issues: list[Issue] = []
    for key in ("talks", "contacts_log", "services"):
        filled, child = done[key], child_of[key]
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


def _doubled_numbers(school_age: Filled) -> list[Fault]:
    """A child stands once in 应入学名册: the second row of a 身份证号 counts for nothing."""
    numbers = school_age.good("id_card").dropna()
    first = {number: index for index, number in reversed(list(numbers.items()))}
    row = school_age.values["row"]
    return [
        (index, "name", rules.SECOND_ROW, {"want": row.at[first[number]]})
        for index, number in numbers.items()
        if first[number] != index
    ]
