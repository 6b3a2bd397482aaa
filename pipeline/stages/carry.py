"""Stage 5: keep what earlier months know. Nothing is deleted by absence (contract §5, §8.4).

A child of an earlier month who is missing from his class's workbook comes back as last known, as a row of no file, and
every child brings the last valid values of the cells that decide who is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from pipeline.checks import since_last_month as ask
from pipeline.checks.stands_again import not_promoted, stands_again
from pipeline.children.aliases import Aliases, children_of, corrected_in, foreign_numbers, others_numbers
from pipeline.children.roster import NOBODY
from pipeline.filled import Fault, Filled, Tables, mark
from pipeline.intake import Intake
from pipeline.model import GRADE_FILES, Issue, Month, Place, Submission
from pipeline.months.absent import Absent, Part, Registered
from pipeline.months.carried import Carried, carried_frame, moved_frame, nothing_carried
from pipeline.months.corrections import aliases_over
from pipeline.months.elsewhere import NOWHERE, Elsewhere, absent_elsewhere, settled_elsewhere, told_of_absent
from pipeline.months.lineage import Lineage, trace
from pipeline.months.remembered import known, known_last, moved
from pipeline.months.settled import settle
from pipeline.months.snapshots import Snapshot, latest_of
from pipeline.months.summer import promoted
from schemas import rules
from schemas.class_names import class_text
from schemas.class_workbook import UNCHANGED
from schemas.codes import YES

_NEVER = "9999-99"  # no earlier month knows him


def carry(
    intake: Intake,
    month: Month,
    own_year: Sequence[Snapshot],
    last_year: Sequence[Snapshot] = (),
    elsewhere: Elsewhere = NOWHERE,
    corrected: Sequence[Snapshot] = (),
) -> tuple[Intake, Carried]:
    """Return the intake with the children kept by absence, and what else earlier months and 学籍异动 add.

    `own_year`: the earlier months of the 学年, `last_year`: the latest of the one before, `corrected`: those before
    them with a 信息更正; the newest first. `elsewhere`: whom other schools of the county have.
    """
    snapshots = [*own_year, *promoted(last_year, {*intake.listed.classes, *intake.places.values()})]
    intake = _without_foreign(intake, snapshots)
    saying = [*snapshots, *corrected]
    aliases = aliases_over(saying, intake.tables["movements"], intake.tables["pupils"], intake.places)
    child = children_of(intake.tables["pupils"], aliases)
    lineage = trace(intake.tables["pupils"], child, snapshots, aliases, intake.places)
    typed = intake.tables["pupils"]
    pupils, told = settle(intake.tables, child, lineage, snapshots, intake.places, month, aliases)
    pupils, found = settled_elsewhere(pupils, elsewhere, month) if elsewhere else (pupils, [])
    told = [*told, *found]
    intake = intake.with_tables({**intake.tables, "pupils": pupils}, told) if told else intake
    if not snapshots:
        return intake, replace(nothing_carried(), aliases=aliases)
    seen = _look_back(intake, child, lineage, snapshots, aliases, elsewhere)
    tables, kept = _keep(intake.tables, seen)
    issues = _asked(intake.tables["pupils"], tables, seen)
    issues += ask.not_so_unchanged(typed, lineage, snapshots, seen.unchanged)
    listed = intake.listed.with_classes(sorted(seen.gone))
    carried = replace(_carried(intake.tables["pupils"], tables, kept, seen), aliases=aliases)
    return replace(intake, listed=listed).with_tables(tables, issues), carried


@dataclass(frozen=True, eq=False)
class _Seen:
    """This month laid beside the earlier ones: step one.

    `child`: the child of each row of 学生档案; `file_of`: class → its workbook, of those that hand in a roster;
    `unchanged`: the workbooks that say 本月名册无变化; `vouched`: those of them whose empty roster stands for last
    month's; `absent`: everyone found in no 学生档案; `lost`: those of them whose class handed in, explained, each with
    the row that he is given; `gone`: the classes that nobody speaks of any more → their children;
    `left`: where the latest month saw a child of such a class who has gone for good → as what.
    """

    snapshots: Sequence[Snapshot]
    child: pd.Series[int]
    lineage: Lineage
    file_of: Mapping[Place, int]
    classes: Sequence[Submission]
    unchanged: Sequence[Submission]
    vouched: frozenset[int]
    absent: Sequence[Absent]
    lost: Sequence[Absent]
    gone: Mapping[Place, Sequence[Absent]]
    left: Mapping[tuple[int, int], str]


def _rosters(intake: Intake, snapshots: Sequence[Snapshot]) -> list[Filled]:
    return [intake.tables["pupils"], *(snapshot.filled("pupils") for snapshot in snapshots)]


def _without_foreign(intake: Intake, snapshots: Sequence[Snapshot]) -> Intake:
    """Return the intake with an error at every 原证件号, and every 身份证号 of 学籍异动, that is somebody else's."""
    movements = intake.tables["movements"]
    names = movements.values["pupil"]
    rosters = _rosters(intake, snapshots)
    foreign = foreign_numbers(movements, rosters, (s.filled("movements") for s in snapshots))
    wrong = [(row, "old_number", rules.FOREIGN_NUMBER, owner) for row, owner in foreign.items()]
    wrong += [(row, "id_card", rules.OTHERS_NUMBER, owner) for row, owner in others_numbers(movements, rosters).items()]
    faults: list[Fault] = [
        (row, key, rule, {"name": names.at[row], "owner": owner or rules.OTHER_PUPIL})
        for row, key, rule, owner in wrong
    ]
    marked, told = mark(movements, faults)
    return intake.with_tables({**intake.tables, "movements": marked}, told) if told else intake


def _look_back(
    intake: Intake,
    child: pd.Series[int],
    lineage: Lineage,
    snapshots: Sequence[Snapshot],
    aliases: Aliases,
    elsewhere: Elsewhere,
) -> _Seen:
    """Find who is missing, and what is said of him."""
    pupils = intake.tables["pupils"]
    unchanged = [s for s in intake.classes if _is_unchanged(s)]
    filled = set(pupils.values["file"])
    vouched = _vouched(unchanged, filled, snapshots)
    file_of = {  # nobody is missing from a workbook without a roster (contract §8.11)
        place: file
        for file, place in intake.places.items()
        if place in intake.listed.may_be_empty or file in filled | vouched
    }
    found = [Absent.of(person, snapshots) for person in lineage.absent]
    absent = [one for one in found if not one.has_left_with_the_year]
    class_of = {file: class_text(p) for p, file in file_of.items()}
    registered = Registered(intake.tables, lineage, snapshots, class_of, aliases)
    due = {*intake.listed.classes, *intake.places.values()}
    absent = [one.of_grade(due) for one in absent]
    here, homeless = _housed(absent, file_of, vouched, due if intake.listed.classes else None)
    away = absent_elsewhere(registered.explained([one for one in homeless if one.place not in due]), elsewhere)
    gone = _lost_classes(away)
    placed = {one.person: replace(one.person, row=row) for row, one in enumerate(here, start=len(pupils.values))}
    lineage = Lineage([placed.get(person, person) for person in lineage.people])
    known_since = pupils.values.assign(since=_known_since(child, lineage, snapshots))
    lost = [
        one if one.is_settled else one.looking_like(known_since, class_of)
        for one in (
            replace(one, person=placed[one.person]) for one in absent_elsewhere(registered.explained(here), elsewhere)
        )
    ]
    left = {one.person.found[0]: str(one.departure.status or one.status) for one in away if one.is_gone_for_good}
    return _Seen(snapshots, child, lineage, file_of, intake.classes, unchanged, vouched, absent, lost, gone, left)


def _housed(
    absent: Sequence[Absent], file_of: Mapping[Place, int], vouched: Collection[int], due: Collection[Place] | None
) -> tuple[list[Absent], list[Absent]]:
    """Return those whom a workbook of this month, or their grade, has to answer for, and all others.

    A child of the 学年 before whose class 班级一览 lacks belongs to his grade (contract §8.4), until he is found.
    `due`: the classes that this month knows; None: there is no 班级一览.
    """
    here, others = [], []
    for one in absent:
        is_of_grade = not one.place[1] or (
            one.snapshot.leaving is not None and due is not None and one.place not in due
        )
        file = GRADE_FILES[one.place[0]] if is_of_grade else file_of.get(one.place)
        if file is None:
            others.append(one)
        else:
            here.append(replace(one, file=file, is_vouched=file in vouched and not one.was_kept))
    return here, others


def _known_since(child: pd.Series[int], lineage: Lineage, snapshots: Sequence[Snapshot]) -> pd.Series[str]:
    """Return, for each row of 学生档案, the earliest month that knew its child."""
    since = {p.row: str(snapshots[p.found[-1][0]].month) if p.found else _NEVER for p in lineage.people if p.row >= 0}
    return child.map(since).fillna(_NEVER).astype("str")


def _asked(pupils: Filled, tables: Tables, seen: _Seen) -> list[Issue]:
    """Return what has to be asked. `pupils`: this month's own; `tables`: with the kept: step three."""
    lineage, snapshots, lost = seen.lineage, seen.snapshots, seen.lost
    return [
        *ask.vanished(tables["pupils"], tables["classes"], lost),
        *told_of_absent(tables["pupils"], lost),
        *ask.unmended(tables["pupils"], lost),
        *ask.changed(pupils, lineage, snapshots, corrected_in(tables["movements"])),
        *ask.corrected(pupils, lost),
        *ask.guard(tables["pupils"], lineage, snapshots, seen.file_of, lost),
        *ask.lost_classes(tables["classes"], seen.gone),
        *stands_again(pupils, tables["movements"], lineage, snapshots),
        *not_promoted(pupils, lineage, snapshots, seen.classes),
    ]


def _carried(pupils: Filled, tables: Tables, kept: Mapping[str, Mapping[int, int]], seen: _Seen) -> Carried:
    """Return what the later stages need of it."""
    lineage, snapshots = seen.lineage, seen.snapshots
    kept_rows = [(one.person.row, one.last_seen, one.is_settled) for one in seen.lost if not one.is_vouched]
    away = [one for one in seen.absent if one.place not in seen.file_of and one.name and not one.is_gone_for_good]
    return Carried(
        rows=carried_frame(kept_rows),
        known=known(len(tables["pupils"].values), lineage, snapshots),
        snapshots=tuple(snapshots),
        before=lineage.row_of(),
        vouched=seen.vouched,
        kept=kept,
        moved=moved_frame(list(moved(pupils, seen.child, lineage, snapshots, seen.file_of))),
        known_last=known_last(lineage, snapshots),
        left=seen.left,
        newest={at: person.found[0] for person in lineage.absent for at in person.found},
        away=tuple((one.name, one.student_nos) for one in away),
    )


def _is_unchanged(submission: Submission) -> bool:
    """Tell whether a class workbook says 本月名册无变化."""
    said = UNCHANGED.kind.read(submission.cover.get(UNCHANGED.key, ""), date.max)
    return bool(said.value == YES)


def _vouched(unchanged: Sequence[Submission], filled: Collection[int], snapshots: Sequence[Snapshot]) -> frozenset[int]:
    """Return the files whose empty 学生档案 stands for the class's last one; where no month has one, for nobody's."""
    known = {place for snapshot in snapshots for place in snapshot.classes.values()}
    return frozenset(s.file.id for s in unchanged if s.file.id not in filled and (s.grade, s.number) in known)


def _keep(tables: Tables, seen: _Seen) -> tuple[dict[str, Filled], dict[str, dict[int, int]]]:
    """Return the tables with the rows of 学生档案, 联系卡 and 结对帮扶 of the lost after this month's own: step two.

    And for each table: its kept row → the row of 学生档案 whose it is, which no name has to tell.
    """
    done = dict(tables)
    done["pupils"] = _with(done["pupils"], [one.pupil() for one in seen.lost])
    kept: dict[str, dict[int, int]] = {}
    for key in ("contacts", "pairings"):
        parts = [one.records(key) for one in seen.lost]
        owners = [one.person.row for one, (own, _) in zip(seen.lost, parts, strict=True) for _ in range(len(own))]
        kept[key] = dict(enumerate(owners, start=len(done[key].values)))
        done[key] = _with(done[key], parts)
    return _with_untied(done, tables, seen), kept


def _with_untied(done: Tables, own: Tables, seen: _Seen) -> dict[str, Filled]:
    """Return the tables with the rows of no known child (a slip in the name) of classes whose last roster stands.

    Where such a class has left 联系卡 or 结对帮扶 empty, its last ones hold, with what was wrong in them: an error does
    not go away by being left out. `own`: this month's.
    """
    found = dict(done)
    for key in ("contacts", "pairings"):
        parts: list[Part] = []
        given = set(own[key].values["file"][own[key].is_own])
        for where, file in seen.file_of.items():
            last = latest_of(where, seen.snapshots) if file in seen.vouched and file not in given else None
            if last is not None:
                snapshot = seen.snapshots[last]
                filled, frame = snapshot.filled(key), snapshot.frames[key]
                theirs = [f for f, place in snapshot.classes.items() if place == where]
                rows = frame.index[frame["child"].eq(NOBODY) & frame["file"].isin(theirs)]
                parts.append((filled.values.loc[rows].assign(file=file), filled.faulty.loc[rows]))
        found[key] = _with(found[key], parts)
    return found


def _with(filled: Filled, parts: Sequence[Part]) -> Filled:
    if not parts:
        return filled
    return filled.with_rows(pd.concat([values for values, _ in parts]), pd.concat([faulty for _, faulty in parts]))


def _lost_classes(absent: Sequence[Absent]) -> dict[Place, list[Absent]]:
    """Return the classes that earlier months had and this one does not know, where children of theirs are in no other.

    As classes that have not handed in they keep every target open. Who is gone for good, by 学籍异动 or as last known,
    is not asked for; who is to be counted still (休学 …) needs a class to stand in.
    """
    missing: dict[Place, list[Absent]] = {}
    for one in absent:
        if not one.is_gone_for_good:
            missing.setdefault(one.place, []).append(one)
    return missing
