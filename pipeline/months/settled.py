"""Rows of 学生档案 that 学籍异动 has settled: another school has taken the child, and says so (contract §8.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline.children.aliases import Aliases
from pipeline.filled import Fault, Filled, Tables, mark
from pipeline.model import Issue, Month, Places
from pipeline.months.absent import GONE_SILENTLY
from pipeline.months.departures import Departure, Traveller, departures
from pipeline.months.lineage import Lineage, Person
from pipeline.months.snapshots import Snapshot
from schemas import rules
from schemas.class_names import class_text
from schemas.codes import GRADES, YES, Movement, Status

_EVER = "0001-01"
_STILL_HERE = (Status.ENROLLED, Status.LEFT_UNSETTLED)


def settle(
    tables: Tables,
    child: pd.Series[int],
    lineage: Lineage,
    snapshots: Sequence[Snapshot],
    class_of: Places,
    month: Month,
    aliases: Aliases,
) -> tuple[Filled, list[Issue]]:
    """Return 学生档案 in which a confirmed 转出 has settled the rows that still show the child here; a note at each.

    It speaks of the 学年; what the school said in a month counts as well if the child's class has not handed in since.
    Who had gone already and stands there again has come back, and so has one who was seen since the same was said.
    `child`: the child of each row; `class_of`: file → class.
    """
    pupils, movements = tables["pupils"], tables["movements"]
    status, names = pupils.good("status"), pupils.values["name"].to_dict()
    is_open = status.isin(list(_STILL_HERE)).tolist()
    told = _told_of([movements, *(snapshot.filled("movements") for snapshot in snapshots)])
    open_rows = [
        person
        for person in lineage.people
        if 0 <= person.row < len(is_open) and is_open[person.row]
        if told & {names[person.row], person.number} and not _had_gone(person, snapshots)
    ]
    faults: list[Fault] = []
    gone: dict[int, Departure] = {}
    named = _named(pupils, class_of) | _missing(lineage, snapshots)
    said_of = _said(tables, child, open_rows, named, snapshots, month, aliases)
    for person, said in zip(open_rows, said_of, strict=True):
        if said.status == Status.LEFT_CONFIRMED and not _was_said_before(person, names[person.row], said, snapshots):
            own = child.index[child.eq(child.at[person.row]) & status.isin(_STILL_HERE)]
            words = {"day": str(said.day.date()), "want": said.status}
            faults += [(row, "status", rules.SETTLED_BY_MOVEMENT, words) for row in own]
            gone |= dict.fromkeys(own, said)
    return _as_gone(pupils, gone), mark(pupils, faults)[1]


def _told_of(tables: Sequence[Filled]) -> set[str]:
    """Return the names and numbers of whom 学籍异动 says that another school has taken him."""
    found: set[str] = set()
    for filled in tables:
        is_out = filled.good("kind").eq(Movement.OUT) & filled.good("confirmed").eq(YES)
        rows = filled.values.loc[is_out.fillna(False).astype(bool), ["pupil", "id_card"]]
        found |= {str(text) for column in rows for text in rows[column].dropna()}
    return found


def _had_gone(person: Person, snapshots: Sequence[Snapshot]) -> bool:
    """Tell whether he had left for good by the last month that knew him."""
    if not person.found:
        return False
    place, child = person.found[0]
    then = snapshots[place].children.loc[child]
    return bool(then["status"] in GONE_SILENTLY)


Named = dict[int, tuple[str, str]]  # row, or a number below 0 → name and class


def _named(pupils: Filled, class_of: Places) -> Named:
    """Return the name and class of every row that has a name."""
    rows = pupils.values[["name", "file"]].dropna(subset=["name"])
    return {row: (str(name), class_text(class_of[f])) for row, name, f in rows.itertuples() if f in class_of}


def _missing(lineage: Lineage, snapshots: Sequence[Snapshot]) -> Named:
    """Return the name and class of those who stand in no row: a bare name may mean them."""
    found: Named = {}
    for number, person in enumerate(lineage.absent, start=1):
        place, child = person.found[0]
        name, where = snapshots[place].children.at[child, "name"], snapshots[place].place_of(child)
        if pd.notna(name) and where[0] <= len(GRADES):
            found[-number] = (str(name), class_text(where))
    return found


def _was_said_before(person: Person, name: Any, said: Departure, snapshots: Sequence[Snapshot]) -> bool:
    """Tell whether a month up to the latest that saw him said the same: he stood there all the same."""
    for snapshot in snapshots[person.found[0][0] :] if person.found else ():
        movements = snapshot.filled("movements")
        is_said = movements.good("kind").eq(Movement.OUT) & movements.good("confirmed").eq(YES)
        rows = movements.values.loc[is_said.fillna(False) & movements.values["date"].eq(said.day)]
        if (rows["pupil"].eq(name) | (rows["id_card"].eq(person.number) & bool(person.number))).any():
            return True
    return False


def _said(
    tables: Tables,
    child: pd.Series[int],
    people: Sequence[Person],
    named: Named,
    snapshots: Sequence[Snapshot],
    month: Month,
    aliases: Aliases,
) -> Iterator[Departure]:
    """Yield what 学籍异动 says of each. Of whom no month knows yet, none has said anything."""
    for person in people:
        newer = [*reversed(snapshots[: person.found[0][0]])] if person.found else []
        earlier = [(str(s.month), s.filled("movements")) for s in newer if s.leaving is None]
        last_year = [(str(s.month), s.filled("movements")) for s in newer if s.leaving is not None]
        others = [told for row, told in named.items() if row < 0 or child.at[row] != child.at[person.row]]
        one = _traveller(tables["pupils"], person, named.get(person.row, ("", "")), snapshots, month)
        yield from departures(tables["movements"], [one], others, earlier, aliases, last_year=last_year)


def _traveller(
    pupils: Filled, person: Person, named: tuple[str, str], snapshots: Sequence[Snapshot], month: Month
) -> Traveller:
    """Return a child of this month's roster as 学籍异动 may speak of him.

    A row of another class is his only if his own says that he has left: else it may tell of a move inside the school.
    It speaks of the 学年; where his class says that he left before, from that day on.
    """
    is_new_here = bool(person.found) and snapshots[person.found[0][0]].leaving is not None  # in this 学年
    has_left = pupils.good("status").at[person.row] == Status.LEFT_UNSETTLED
    left_on, since = pupils.good("status_on").at[person.row], month.september.before
    if has_left and pd.notna(left_on) and left_on <= pd.Timestamp(since.last_day):
        since = Month(left_on.year, left_on.month).before
    classes = (named[1], *classes_before(person, snapshots, latest=not has_left))
    return Traveller(named[0], person.number, tuple(dict.fromkeys(classes)), _EVER if is_new_here else str(since))


def classes_before(person: Person, snapshots: Sequence[Snapshot], *, latest: bool = False) -> Iterator[str]:
    """Yield the classes that had a child, as they are called now, and in the 学年 before as they were called then.

    The newest stand last. `latest`: that of the month alone that saw him last, if it is of the 学年 before, as it was
    called then.
    """
    for place, child in person.found[:1] if latest else reversed(person.found):
        grade, number = snapshots[place].place_of(child)
        if not latest and grade <= len(GRADES):
            yield class_text((grade, number))
        if snapshots[place].leaving is not None:
            yield class_text((grade - 1, number))


def _as_gone(pupils: Filled, gone: Mapping[int, Departure]) -> Filled:
    if not gone:
        return pupils
    values = pupils.values.copy()
    for row, said in gone.items():
        values.loc[row, ["status", "status_on"]] = [said.status, said.day]
    return replace(pupils, values=values)
