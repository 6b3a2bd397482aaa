"""Stage 5: keep what earlier months know. Nothing is deleted by absence (contract §5, §8.4).

A child of an earlier month who is missing from his class's workbook comes back as last known, as a row of no file, and
every child brings the last valid values of the cells that decide who is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from pipeline.checks import since_last_month as ask
from pipeline.children.people import birth_dates, children_of
from pipeline.children.roster import NOBODY
from pipeline.children.turnout import Listed
from pipeline.filled import Filled, Tables
from pipeline.model import Issue, Place, Submission
from pipeline.months.absent import Absent, Part, Registered
from pipeline.months.carried import KNOWN_CELLS, Carried, carried_frame, moved_frame, nothing_carried
from pipeline.months.lineage import Lineage, trace
from pipeline.months.snapshots import Snapshot, latest_of
from schemas.class_names import class_text
from schemas.class_workbook import UNCHANGED
from schemas.codes import YES

_NEVER = "9999-99"  # no earlier month knows him


def carry(
    tables: Tables, classes: Sequence[Submission], listed: Listed, snapshots: Sequence[Snapshot]
) -> tuple[dict[str, Filled], Carried, list[Issue]]:
    """Return the tables with the children kept by absence, what else is carried, and the issues.

    `classes`: the class workbooks that count; `listed`: the classes that are due; `snapshots`: the earlier months of
    the 学年, the newest first.
    """
    if not snapshots:
        return dict(tables), nothing_carried(), []
    pupils = tables["pupils"]
    child = children_of(pupils)
    lineage = trace(pupils, child, snapshots)
    unchanged = [s for s in classes if _is_unchanged(s)]
    filled = set(pupils.values["file"])
    vouched = _vouched(unchanged, filled, snapshots)
    file_of = {  # of the classes that hand in: nobody is missing from a workbook without a roster (contract §8.11)
        place: s.file.id
        for s in classes
        if (place := (s.grade, s.number)) in listed.may_be_empty or s.file.id in filled | vouched
    }
    sent = {(s.grade, s.number): s.file.id for s in classes}
    absent = _absent(lineage, snapshots)
    lost = [one for one in absent if one.place in file_of]
    registered = Registered(tables, lineage, snapshots, {file: class_text(place) for place, file in file_of.items()})
    since = {p.row: str(snapshots[p.found[-1][0]].month) if p.found else _NEVER for p in lineage.people if p.row >= 0}
    known_since = pupils.values.assign(since=child.map(since).fillna(_NEVER).astype("str"))
    moved = moved_frame(list(_moved(pupils, child, lineage, snapshots, file_of)))
    for one in lost:
        one.file = file_of[one.place]
        one.is_vouched = one.file in vouched and not one.was_kept
    registered.explain(lost)
    for row, one in enumerate(lost, start=len(pupils.values)):
        one.person.row = row
        if not one.is_settled:
            one.look_for(known_since, _months_of(one, snapshots))
    done, kept = _kept(tables, lost)
    done = _with_untied(done, vouched, file_of, snapshots)
    due = {*listed.classes, *((s.grade, s.number) for s in classes)}
    gone = _lost_classes([one for one in absent if one.place not in due], registered)
    found = Carried(
        rows=carried_frame([(one.person.row, one.last_seen, one.is_settled) for one in lost if not one.is_vouched]),
        known=_known(len(done["pupils"].values), lineage, snapshots),
        snapshots=tuple(snapshots),
        before=lineage.row_of(),
        vouched=vouched,
        kept=kept,
        moved=moved,
        known_last=_known_last(lineage, snapshots),
        lost_classes=tuple(sorted(gone)),
        away=tuple(
            (sent.get(one.place, NOBODY), one.name, one.student_nos)
            for one in absent
            if one.place not in file_of and one.name and not one.is_gone_for_good
        ),
    )
    issues = ask.vanished(done["pupils"], lost) + ask.unmended(done["pupils"], lost)
    issues += ask.changed(pupils, lineage, snapshots)
    issues += ask.guard(done["pupils"], lineage, snapshots, file_of, lost)
    issues += ask.not_so_unchanged(pupils, lineage, snapshots, unchanged)
    return done, found, issues + ask.lost_classes(tables["classes"], gone)


def _is_unchanged(submission: Submission) -> bool:
    """Tell whether a class workbook says 本月名册无变化."""
    said = UNCHANGED.kind.read(submission.cover.get(UNCHANGED.key, ""), date.max)
    return bool(said.value == YES)


def _vouched(unchanged: Sequence[Submission], filled: Collection[int], snapshots: Sequence[Snapshot]) -> frozenset[int]:
    """Return the files whose empty 学生档案 stands for last month's; one that no month knows stands for nobody."""
    known = {place for snapshot in snapshots for place in snapshot.places}
    return frozenset(s.file.id for s in unchanged if s.file.id not in filled and (s.grade, s.number) in known)


def _absent(lineage: Lineage, snapshots: Sequence[Snapshot]) -> list[Absent]:
    """Return everyone who stands in no 学生档案 of this month, in whichever class."""
    return [Absent(person, snapshots[place], child) for person in lineage.absent for place, child in person.found[:1]]


def _months_of(one: Absent, snapshots: Sequence[Snapshot]) -> list[str]:
    """Return the months whose workbooks held a missing child, in order."""
    held = [snapshots[place] for place, child in one.person.found if _is_held(snapshots[place], child)]
    return [str(snapshot.month) for snapshot in reversed(held)]


def _is_held(snapshot: Snapshot, child: int) -> bool:
    return bool(snapshot.children.at[child, "last_seen"] == str(snapshot.month))


def _kept(tables: Tables, lost: Sequence[Absent]) -> tuple[dict[str, Filled], dict[str, dict[int, int]]]:
    """Return the tables with the rows of 学生档案, 联系卡 and 结对帮扶 of the lost children after this month's own.

    And for each table: its kept row → the row of 学生档案 whose it is, which no name has to tell.
    """
    done = dict(tables)
    done["pupils"] = _with(done["pupils"], [one.pupil() for one in lost])
    kept: dict[str, dict[int, int]] = {}
    for key in ("contacts", "pairings"):
        parts = [one.records(key) for one in lost]
        owners = [one.person.row for one, (values, _) in zip(lost, parts, strict=True) for _ in range(len(values))]
        kept[key] = dict(enumerate(owners, start=len(done[key].values)))
        done[key] = _with(done[key], parts)
    return done, kept


def _with_untied(
    tables: Tables, vouched: Collection[int], file_of: Mapping[Place, int], snapshots: Sequence[Snapshot]
) -> dict[str, Filled]:
    """Return the tables with the rows of no known child (a slip in the name) of classes whose last roster stands.

    Where such a class has left 联系卡 or 结对帮扶 empty, its last ones hold, with what was wrong in them: an error does
    not go away by being left out.
    """
    done = dict(tables)
    for key in ("contacts", "pairings"):
        parts: list[Part] = []
        given = set(tables[key].values["file"][tables[key].is_own])
        for where, file in file_of.items():
            last = latest_of(where, snapshots) if file in vouched and file not in given else None
            if last is not None:
                filled, frame = snapshots[last].filled(key), snapshots[last].frames[key]
                theirs = [f for f, place in snapshots[last].classes.items() if place == where]
                rows = frame.index[frame["child"].eq(NOBODY) & frame["file"].isin(theirs)]
                parts.append((filled.values.loc[rows].assign(file=file), filled.faulty.loc[rows]))
        done[key] = _with(done[key], parts)
    return done


def _with(filled: Filled, parts: Sequence[Part]) -> Filled:
    if not parts:
        return filled
    return filled.with_rows(pd.concat([values for values, _ in parts]), pd.concat([faulty for _, faulty in parts]))


def _lost_classes(absent: Sequence[Absent], registered: Registered) -> dict[Place, list[Snapshot]]:
    """Return the classes that earlier months had and this one does not know, where children of theirs are in no other.

    As classes that have not handed in they keep every target open. Who is gone for good, by 学籍异动 or as last known,
    is not asked for; who is to be counted still (休学 …) needs a class to stand in.
    """
    registered.explain(absent)
    missing: dict[Place, list[Snapshot]] = {}
    for one in absent:
        if not one.is_gone_for_good:
            missing.setdefault(one.place, []).append(one.snapshot)
    return missing


def _moved(
    pupils: Filled,
    child: pd.Series[int],
    lineage: Lineage,
    snapshots: Sequence[Snapshot],
    file_of: Mapping[Place, int],
) -> Iterator[tuple[int, str, int]]:
    """Yield (file of the class that he left, his name there, his row now) of every child who stands in another now."""
    files = pupils.values["file"].groupby(child).agg(set).to_dict()
    latest = {where: latest_of(where, snapshots) for where in file_of}
    for person in lineage.people:
        for place, then in person.found if person.row >= 0 else ():
            where = snapshots[place].place_of(then)
            name = snapshots[place].filled("pupils").values.at[snapshots[place].children.at[then, "row_index"], "name"]
            left = latest.get(where) == place and file_of[where] not in files[child.at[person.row]]
            if left and pd.notna(name):
                yield file_of[where], str(name), person.row


def _known_last(lineage: Lineage, snapshots: Sequence[Snapshot]) -> frozenset[int]:
    """Return the rows of the children who stood in the workbook of their class in its latest month."""
    latest = {where: latest_of(where, snapshots) for snapshot in snapshots for where in snapshot.classes.values()}
    return frozenset(
        person.row
        for person in lineage.people
        for place, child in person.found
        if person.row >= 0
        and latest.get(snapshots[place].place_of(child)) == place
        and _is_held(snapshots[place], child)
    )


def _known(count: int, lineage: Lineage, snapshots: Sequence[Snapshot]) -> pd.DataFrame:
    """Return, for each row of 学生档案, the last valid value of earlier months of each cell that decides."""
    pasts = [snapshot.filled("pupils") for snapshot in snapshots]
    good = [{key: past.good(key).to_dict() for key in KNOWN_CELLS} for past in pasts]
    good = [cells | {"birth_date": birth_dates(past).to_dict()} for cells, past in zip(good, pasts, strict=True)]
    row_of = [snapshot.children["row_index"].to_dict() for snapshot in snapshots]
    found: dict[str, list[Any]] = {key: [None] * count for key in KNOWN_CELLS}
    for person in lineage.people:
        if person.row < 0:
            continue
        for key in KNOWN_CELLS:
            values = (good[place][key][row_of[place][child]] for place, child in person.found)
            found[key][person.row] = next((value for value in values if pd.notna(value)), None)
    kinds = {key: pasts[0].table.by_key[key].kind.dtype for key in KNOWN_CELLS}
    return pd.DataFrame({key: pd.Series(cells, dtype=kinds[key]) for key, cells in found.items()})
