"""Stage 5: bring the tables together: one row per child, every record tied to its child, or told why it is not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from pipeline.checks import ties
from pipeline.children.aliases import Aliases, children_of, identities, once_called
from pipeline.children.attendance import Pupil, attend, present_pupils
from pipeline.children.people import citizen_numbers
from pipeline.children.roster import AWAY, NOBODY, VOID, Named, Roster
from pipeline.children.spread import SPREAD, spread
from pipeline.filled import Filled, Tables, mark
from pipeline.intake import Intake
from pipeline.merged import Merged
from pipeline.model import GRADE_PLACES, Issue, Place, Places
from pipeline.months.carried import Carried, Past
from pipeline.school_year import SchoolYear
from schemas import frames, rules
from schemas.class_workbook import ONE_CHILD_TABLES


def merge(intake: Intake, handed_in: Collection[Place], year: SchoolYear, carried: Carried) -> tuple[Intake, Merged]:
    """Return the tables tied by child; the intake with what does not fit together. `handed_in`: classes that count."""
    tables, has_school = intake.tables, bool(intake.schools)
    places = {**GRADE_PLACES, **intake.places}
    pupils, pupil_child, children, issues = _children(tables["pupils"], places, carried.aliases)
    rosters = _rosters(tables["pupils"], pupil_child, carried)  # a child found twice is still known by its number
    there = present_pupils(tables["pupils"], pupil_child, places)
    done, child_of, found = _tied({**tables, "pupils": pupils}, rosters, pupil_child, carried, there)
    done, child_of, more = _ruled(done, child_of, children, has_school=has_school)
    done, attendance, last = attend(done, pupil_child, rosters, places, handed_in)
    past = Past(carried, pupil_child, children, {where: file for file, where in places.items()}, year.term_start)
    so_far, so_far_child = past.records(done, child_of)
    known = frames.KNOWN.typed(carried.known.reindex(children.index))
    merged = Merged(
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
    )
    return intake.with_issues([*issues, *found, *more, *last]), merged


ChildOf = dict[str, "pd.Series[int]"]


def _tied(
    tables: Tables,
    rosters: Mapping[int, Roster],
    pupil_child: pd.Series[int],
    carried: Carried,
    there: Sequence[Pupil],
) -> tuple[dict[str, Filled], ChildOf, list[Issue]]:
    """Return the tables, the child of each row of those that name one, and what is wrong with the names."""
    done, child_of = dict(tables), ChildOf()
    issues: list[Issue] = []
    for key in ONE_CHILD_TABLES:
        kept = {row: int(pupil_child.at[whose]) for row, whose in carried.kept.get(key, {}).items()}
        if key in SPREAD:
            done[key], of_many, found = spread(done[key], there, rosters)
            kept, issues = kept | of_many, [*issues, *found]
        done[key], child_of[key], found = _tie(done[key], rosters, kept)
        issues += found
    return done, child_of, issues


def _ruled(
    tables: Tables, child_of: ChildOf, children: pd.DataFrame, *, has_school: bool
) -> tuple[dict[str, Filled], ChildOf, list[Issue]]:
    """Return the tables and children once the rules of `checks.ties` have been asked, and what they found."""
    done, issues = dict(tables), []
    for key, rule in ties.OF_TABLES:
        done[key], found = mark(done[key], rule(done, child_of, has_school))
        issues += found
    known = dict(child_of)
    for key in ties.RECORDED_ONCE:
        known[key], found = ties.same_records(done[key], child_of[key])
        issues += found
    issues += ties.out_of_time(done, known, children)
    return done, known, issues


# --- children --------------------------------------------------------------------------------------------------


def _children(
    pupils: Filled, places: Places, aliases: Aliases
) -> tuple[Filled, pd.Series[int], pd.DataFrame, list[Issue]]:
    values = pupils.values
    child = children_of(pupils, aliases)
    marked, issues = mark(pupils, ties.second_rows(pupils, child, "name"))
    is_first = ~pd.DataFrame({"file": values["file"], "child": child}).duplicated()
    counting = _counting_rows(values.assign(joined_on=pupils.good("joined_on"))[is_first], child[is_first], places)
    marked, found = mark(marked, ties.two_classes(marked, child, is_first, places))
    marked, more = mark(marked, ties.doubled_archives(marked, child, places))
    grades = [places[file][0] for file in counting["file"]]
    classes = [places[file][1] for file in counting["file"]]
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


def _counting_rows(values: pd.DataFrame, child: pd.Series[int], places: Places) -> pd.DataFrame:
    """Return the row that counts for each child: the class of the later 入班日期, else the first by grade and class."""
    order = values[["file"]].assign(
        child=child,
        joined=values["joined_on"].fillna(pd.Timestamp.min.as_unit("s")),
        grade=[places[file][0] for file in values["file"]],
        number=[places[file][1] for file in values["file"]],
    )
    order = order.sort_values(["joined", "grade", "number"], ascending=[False, True, True], kind="stable")
    return order.drop_duplicates("child").sort_index()


# --- records ---------------------------------------------------------------------------------------------------


def _rosters(pupils: Filled, child: pd.Series[int], carried: Carried) -> dict[int, Roster]:
    """Return a roster for each class workbook, and under NOBODY the whole school's; second rows name nobody (§8.6).

    A class knows those who have left it for another as well: what it did with them counts for them (§8.5).
    """
    known, student_no = identities(pupils, carried.aliases)
    numbers = [f"G{number}" if number else "" for number in citizen_numbers(pupils.values)]
    former = [once_called(number, carried.aliases) for number in known]
    vouched = pupils.values["file"].isin(list(carried.vouched))
    frame = pd.DataFrame(
        {
            "file": pupils.values["file"],
            "name": pupils.values["name"],
            "child": child,
            "numbers": [frozenset(own) - {""} | old for *own, old in zip(student_no, numbers, former, strict=True)],
            "is_here": pupils.is_own | (vouched & ~pupils.values.index.isin(carried.rows.index)),
            "was_here_last": pupils.values.index.isin(carried.known_last),
        }
    )
    left = frame.loc[carried.moved["row"]]
    left = left.assign(file=carried.moved["file"].to_numpy(), name=carried.moved["name"].to_numpy(), is_here=False)
    away = pd.DataFrame(carried.away, columns=["name", "numbers"])
    away = away.assign(file=NOBODY, child=AWAY, is_here=True, was_here_last=False)[list(frame.columns)]
    first = frame[~frame.duplicated(["file", "child"])].dropna(subset=["name"])
    rosters = {int(str(file)): _roster(part) for file, part in pd.concat([first, left]).groupby("file")}
    rosters[NOBODY] = _roster(pd.concat([first.assign(was_here_last=False), away]))
    return rosters


def _roster(frame: pd.DataFrame) -> Roster:
    columns = ["name", "child", "numbers", "is_here", "was_here_last"]
    return Roster.of((name, Named(*told)) for name, *told in frame[columns].itertuples(index=False))


_EMPTY_ROSTER = Roster({})


def _tie(
    filled: Filled, rosters: Mapping[int, Roster], kept: Mapping[int, int]
) -> tuple[Filled, pd.Series[int], list[Issue]]:
    """Return the table, the child of each row and what is wrong with the names. `kept`: row → child, where known."""
    values = filled.values
    if values.empty:
        return filled, pd.Series([], index=values.index, dtype="int64"), []
    found, faults = [], []
    lost: dict[int, list[int]] = {}
    unreadable = filled.faulty["pupil"] | filled.faulty["student_no"] | values["pupil"].isna()
    columns = (values.index, values["file"], values["pupil"], values["student_no"].fillna(""), unreadable)
    for index, file, name, student_no, is_void in zip(*(column.tolist() for column in columns), strict=True):
        if index in kept or is_void:
            found.append(kept.get(index, NOBODY))
            continue
        roster = rosters.get(file, _EMPTY_ROSTER)
        child, rule, key = roster.find(name, student_no)
        found.append(child)
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
        seconds = ties.second_rows(marked, children, "pupil")
        marked, more = mark(marked, seconds)
        issues += more
        children = children.mask(children.index.isin([index for index, *_ in seconds]), VOID)
    return marked, children, issues
