"""学籍异动: which of its rows explain that a child is missing, and as what he goes on (contract §8.4)."""

from __future__ import annotations

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
    """What 学籍异动 says of a missing child: his status from a day on; or that it speaks of him with an error."""

    status: str = ""
    day: Any = pd.NaT
    is_doubtful: bool = False


Traveller = tuple[str, str, str, str]  # name, identity number or "", class, month in which he was last seen


def departures(movements: Filled, travellers: Sequence[Traveller]) -> list[Departure]:
    """Return what the school's 学籍异动 says of each missing child, in their order.

    A row is a child's by identity number, else by name and class where only one of the missing has both; it speaks
    for the time since his class's workbook still held him. A row in error that may be his leaves him in doubt.
    """
    keys = ("date", "pupil", "id_card", "kind", "class_name")
    good = {key: movements.good(key) for key in keys}
    rows = [_Row(index, movements, good) for index in movements.values.index]
    return [_departure(one, [row for row in rows if row.may_be(one, travellers)]) for one in travellers]


def _departure(traveller: Traveller, rows: list[_Row]) -> Departure:
    last_seen = pd.Timestamp(Month.parse(traveller[3]).last_day)
    later = [row for row in rows if row.day is None or row.day > last_seen]
    if any(row.is_doubtful for row in later):
        return Departure(is_doubtful=True)
    leaving = [row for row in later if row.kind in _STATUS or row.kind == Movement.OUT]
    if not leaving:
        return Departure()
    latest = max(leaving, key=lambda row: pd.Timestamp(row.day))
    return Departure(latest.status, latest.day)


class _Row:
    """One row of 学籍异动; `None` where a cell is empty or in error."""

    def __init__(self, index: Any, movements: Filled, good: dict[str, pd.Series[Any]]) -> None:
        cell = {key: None if pd.isna(column.at[index]) else column.at[index] for key, column in good.items()}
        self.day, self.name, self.number = cell["date"], cell["pupil"], cell["id_card"]
        self.kind, self.class_name = cell["kind"], cell["class_name"]
        self.is_doubtful = bool(movements.faulty.loc[index].any())
        confirmed = movements.good("confirmed").at[index]
        self.status = _STATUS.get(str(self.kind), "")
        if self.kind == Movement.OUT:
            is_confirmed = pd.notna(confirmed) and confirmed == YES
            self.status = Status.LEFT_CONFIRMED if is_confirmed else Status.LEFT_UNSETTLED

    def may_be(self, one: Traveller, everyone: Sequence[Traveller]) -> bool:
        name, number, class_name, _ = one
        if self.number and number:
            return bool(self.number == number)
        if self.name is None:  # it could be anyone of the class
            return self.is_doubtful and self.class_name in (None, class_name)
        if self.name != name or self.class_name not in (None, class_name):
            return False
        return self.is_doubtful or sum(other[0] == name and other[2] == class_name for other in everyone) == 1
