"""学籍异动: which of its rows explain that a child is missing, and as what he goes on (contract §8.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.filled import Filled
from pipeline.model import Month
from schemas.codes import YES, Movement, Status

_STATUS = {
    Movement.SUSPEND: Status.SUSPENDED,
    Movement.SUSPECT: Status.SUSPECTED_DROPOUT,
    Movement.DROPOUT: Status.DROPOUT,
    Movement.GRADUATE: Status.GRADUATED,
    Movement.DEATH: Status.DEAD,
}


@dataclass(frozen=True)
class Departure:
    """What 学籍异动 says of a missing child: his status from a day on; or that it speaks of him with an error.

    `is_named`: the row in error is surely his; else there are only such as may be.
    """

    status: str = ""
    day: Any = pd.NaT
    is_doubtful: bool = False
    is_named: bool = False


Traveller = tuple[str, str, str, str]  # name, identity number or "", class, month in which he was last seen


def departures(
    movements: Filled, travellers: Sequence[Traveller], present: Sequence[tuple[str, str]], earlier: Sequence[Filled]
) -> list[Departure]:
    """Return what the school's 学籍异动 says of each missing child, in their order.

    A row is a child's by identity number, else by name and class where nobody else has both; it speaks for the time
    since his class's workbook still held him. A row in error that may be his, or one of a name that nobody has, leaves
    him in doubt. `present`: (name, class) of the children who are there; `earlier`: 学籍异动 of earlier months, the
    oldest first, of which the sound rows count: the class may not have handed in then.
    """
    names = [(name, class_name) for name, _, class_name, _ in travellers] + list(present)
    known = _Known(Counter(names), frozenset(name for name, _ in names))
    rows = [row for past in earlier for row in _rows(past, known) if row.is_leaving and not row.is_faulty]
    rows += [row for row in _rows(movements, known) if row.is_leaving or row.is_faulty]  # the last word of one day
    return [_departure(one, rows) for one in travellers]


def _rows(movements: Filled, known: _Known) -> list[_Row]:
    good = {key: movements.good(key) for key in ("date", "pupil", "id_card", "kind", "class_name")}
    return [_Row(index, movements, good, known) for index in movements.values.index]


def _departure(traveller: Traveller, rows: Sequence[_Row]) -> Departure:
    last_seen = pd.Timestamp(Month.parse(traveller[3]).last_day)
    later = [row for row in rows if row.day is None or row.day > last_seen]
    found = [(row, fit) for row in later if (fit := row.fits(traveller))]
    if any(fit == _PERHAPS or row.is_faulty for row, fit in found):
        return Departure(is_doubtful=True, is_named=any(row.is_faulty and fit == _SURELY for row, fit in found))
    if not found:
        return Departure()
    latest = max(enumerate(found), key=lambda entry: (pd.Timestamp(entry[1][0].day), entry[0]))[1][0]
    return Departure(latest.status, latest.day)


_SURELY, _PERHAPS = "surely", "perhaps"


@dataclass(frozen=True)
class _Known:
    """Whom a row could mean: how many children have a name in a class, and all their names."""

    count: Counter[tuple[str, str]]
    names: frozenset[str]


class _Row:
    """One row of 学籍异动; `None` where a cell is empty or in error."""

    def __init__(self, index: Any, movements: Filled, good: dict[str, pd.Series[Any]], known: _Known) -> None:
        cell = {key: None if pd.isna(column.at[index]) else column.at[index] for key, column in good.items()}
        self.day, self.name, self.number = cell["date"], cell["pupil"], cell["id_card"]
        self.kind, self.class_name, self._known = cell["kind"], cell["class_name"], known
        self.is_faulty = bool(movements.faulty.loc[index].any())
        self.is_leaving = self.kind in _STATUS or self.kind == Movement.OUT
        confirmed = movements.good("confirmed").at[index]
        self.status = _STATUS.get(str(self.kind), "")
        if self.kind == Movement.OUT:
            is_confirmed = pd.notna(confirmed) and confirmed == YES
            self.status = Status.LEFT_CONFIRMED if is_confirmed else Status.LEFT_UNSETTLED

    def fits(self, one: Traveller) -> str:
        """Return whether the row is surely the child's, perhaps, or not ("")."""
        name, number, class_name, _ = one
        if self.number and number:
            return _SURELY if self.number == number else ""
        if self.class_name not in (None, class_name):
            return ""
        if self.name is None:  # it could be anyone of the class
            return _PERHAPS if self.is_faulty else ""
        if self.name not in self._known.names:  # a slip of the pen: it may be anyone of the class, too
            return _PERHAPS if self.is_leaving and not self.number else ""
        if self.name != name:
            return ""
        return _SURELY if self._known.count[name, class_name] == 1 else _PERHAPS
