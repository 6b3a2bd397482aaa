"""Whether 学生档案, 学籍异动 and 应入学名册 say the same of who is at school: warnings only."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

import pandas as pd

from pipeline.checks.across.view import View, across
from pipeline.children.people import citizen_numbers
from pipeline.filled import Fault
from pipeline.merged import Merged
from pipeline.months.departures import ENDS_AS
from schemas import rules
from schemas.class_names import class_text
from schemas.codes import GRADES, MOVEMENTS_IN, YES, Destination, Movement, Status

_AT_SCHOOL = (Status.ENROLLED, Status.SUSPECTED_DROPOUT)
_NOT_AT_SCHOOL = (Status.LEFT_CONFIRMED, Status.DROPOUT, Status.GRADUATED, Status.DEAD)


@across("pupils")
def status_differs(view: View, key: str) -> list[Fault]:
    """The last word of 学籍异动 about a child against his 学籍状态."""
    merged = view.merged
    movements, known = merged.tables["movements"], _Known(merged)
    last: dict[int, tuple[Any, Any]] = {}
    good = {key: movements.good(key) for key in ("date", "pupil", "id_card", "kind", "class_name", "confirmed")}
    for index in movements.values.index[~movements.faulty.any(axis=1)]:
        cell = {key: column.at[index] for key, column in good.items()}
        child = known.find(cell["pupil"], cell["id_card"], cell["class_name"])
        if cell["kind"] == Movement.CORRECTION:
            continue
        if child is not None and (child not in last or cell["date"] >= last[child][0]["date"]):
            last[child] = (cell, index)
    faults: list[Fault] = []
    for child, (cell, _) in last.items():
        status, wanted = known.status.at[child], _wanted(cell["kind"], cell["confirmed"])
        if pd.notna(status) and status not in wanted:
            words = {"day": str(cell["date"].date()), "kind": cell["kind"], "want": wanted[0]}
            words["hint"] = rules.ALSO_GOING if wanted[0] in _NOT_AT_SCHOOL else ""
            faults.append((int(merged.children.at[child, "row_index"]), "status", rules.STATUS_DIFFERS, words))
    return faults


def _wanted(kind: str, confirmed: Any) -> tuple[str, ...]:
    """Return the 学籍状态 that fit a movement, the plainest first."""
    if kind in MOVEMENTS_IN:
        return _AT_SCHOOL
    if kind == Movement.OUT:
        is_confirmed = pd.notna(confirmed) and confirmed == YES
        return (Status.LEFT_CONFIRMED,) if is_confirmed else (Status.LEFT_UNSETTLED, Status.LEFT_CONFIRMED)
    return (ENDS_AS[kind],)


@across("school_age")
def destination_differs(view: View, key: str) -> list[Fault]:
    """A child of 应入学名册 who is said to be in this school, while his class knows that he is not."""
    merged = view.merged
    school_age, known = merged.tables["school_age"], _Known(merged)
    names, numbers, going = (school_age.good(key) for key in ("name", "id_card", "destination"))
    is_here = going.eq(Destination.HERE).fillna(False)
    faults: list[Fault] = []
    for index, name, number in zip(going.index[is_here], names[is_here], numbers[is_here], strict=True):
        child = known.find(name, number, None)
        if child is not None and known.status.at[child] in _NOT_AT_SCHOOL:
            faults.append((index, "destination", rules.DESTINATION_DIFFERS, {"want": known.status.at[child]}))
    return faults


class _Known:
    """The month's children, to be found by identity number, else by a name that nobody else has."""

    def __init__(self, merged: Merged) -> None:
        pupils, children = merged.tables["pupils"], merged.children
        rows = children["row_index"]
        self.status = pupils.good("status").loc[rows].set_axis(children.index)
        own = zip(citizen_numbers(pupils.values.loc[rows]), children.index, strict=True)
        self._by_number = {number: child for number, child in own if number}
        self._aliases = merged.carried.aliases
        names = pupils.good("name").loc[rows].set_axis(children.index)
        places = [
            class_text((grade, number)) for grade, number in zip(children["grade"], children["number"], strict=True)
        ]
        self._places = dict(zip(children.index, places, strict=True))
        self._merged = merged
        count = Counter(names.dropna())
        self._by_name = {name: child for child, name in names.dropna().items() if count[name] == 1}

    def find(self, name: Any, number: Any, place: str | None) -> int | None:
        """Return the child, or None. `place`: the class that a bare name must be of, now or before (None: any)."""
        if pd.notna(number) and number:
            return self._by_number.get(self._aliases.of(number, name) or number)
        child = self._by_name.get(name) if pd.notna(name) else None
        is_his = child is None or place in (None, self._places[child]) or place in self._once(child)
        return child if is_his else None

    def _once(self, child: int) -> set[str]:
        """Return the classes that had a child in earlier months, as they were called, and as they would be now."""
        snapshots = self._merged.carried.snapshots
        seen = [(snapshots[at], snapshots[at].place_of(there)) for at, there in self._earlier.get(child, ())]
        grown = [(grade - 1, number) for month, (grade, number) in seen if month.leaving is not None]
        return {class_text(place) for place in [*grown, *(place for _, place in seen)] if place[0] <= len(GRADES)}

    @cached_property
    def _earlier(self) -> dict[int, list[tuple[int, int]]]:
        """Return child → where earlier months saw him."""
        child_at = self._merged.pupil_child.to_dict()
        found: dict[int, list[tuple[int, int]]] = {}
        for seen, row in self._merged.carried.before.items():
            found.setdefault(child_at[row], []).append(seen)
        return found
