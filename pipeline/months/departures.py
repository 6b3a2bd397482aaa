"""学籍异动: which of its rows explain that a child is missing, and as what he goes on (contract §8.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.children.aliases import NO_ALIASES, Aliases
from pipeline.filled import Filled
from pipeline.model import Month
from schemas.codes import MOVEMENTS_IN, YES, Movement, Status

ENDS_AS = {  # as what a child goes on; 转出 depends on 接收校确认
    Movement.SUSPEND: Status.SUSPENDED,
    Movement.SUSPECT: Status.SUSPECTED_DROPOUT,
    Movement.DROPOUT: Status.DROPOUT,
    Movement.GRADUATE: Status.GRADUATED,
    Movement.DEATH: Status.DEAD,
}


@dataclass(frozen=True)
class Departure:
    """What 学籍异动 says of a missing child: his status from a day on; or that it speaks of him with an error.

    `is_named`: the row in error is surely his; else there are only such as may be. `is_namesake`: what makes the doubt
    is that others have his name; `is_leaving`: that somebody has left is sure. `entered`: the class (or "？") that he
    came into since he left: he has not left. `row`: the Excel row in doubt, `month`: of which month ("": of this one).
    `early`: the day on which this month's row says that he left, while a later roster still held him: it says nothing.
    """

    status: str = ""
    day: Any = pd.NaT
    is_doubtful: bool = False
    is_named: bool = False
    is_namesake: bool = False
    is_leaving: bool = False
    entered: str = ""
    row: int = 0
    month: str = ""
    early: Any = None


@dataclass(frozen=True)
class Traveller:
    """A missing child: `number`: his identity number or "", `classes`: his class, and what it was called last year;
    `last_seen`: the month whose workbook still held him; `known_until`: the latest month that counted him, "" where
    that does not matter. What the 学年 before said up to then held to its end (contract §8.4).
    """

    name: str
    number: str
    classes: tuple[str, ...]
    last_seen: str
    known_until: str = ""


def departures(
    movements: Filled | None,
    travellers: Sequence[Traveller],
    present: Sequence[tuple[str, str]],
    earlier: Sequence[tuple[str, Filled]],
    aliases: Aliases = NO_ALIASES,
    *,
    last_year: Sequence[tuple[str, Filled]] = (),
    known_once: Collection[str] = (),
) -> list[Departure]:
    """Return what the school's 学籍异动 says of each missing child, in their order.

    A row is a child's by identity number, else by name and class where nobody else has both; it speaks for the time
    since his class's workbook still held him. A row in error that may be his, one of a name that nobody has, or of his
    alone but with another number or class, leaves him in doubt, unless another is surely his; one by which he came in
    again, into whatever class, on the day of the departure or later, undoes it. `movements`: this month's (None: no
    month says more than the earlier ones); `present`: (name, class) of the children who are there; `earlier`: 学籍异动
    of earlier months (month, table), the oldest first, of which the sound rows count: the class may not have handed in
    then; `last_year`: those of the 学年 before, by the names that classes had then. `known_once`: the names of all whom
    any month knew: none of them is a slip of the pen.
    """
    names = [(one.name, one.classes[0]) for one in travellers] + list(present)
    before = [(one.name, other) for one in travellers for other in one.classes[1:]]
    every = frozenset(name for name, _ in names) | frozenset(known_once)
    known = _Known(Counter(names), Counter(before), every, aliases)
    rows = [row for month, past in last_year for row in _rows(past, known, month, is_past=True) if not row.is_faulty]
    rows += [row for month, past in earlier for row in _rows(past, known, month) if not row.is_faulty]
    rows += [] if movements is None else _rows(movements, known)  # the last word of one day
    return [_departure(one, rows) for one in travellers]


def _rows(movements: Filled, known: _Known, month: str = "", *, is_past: bool = False) -> list[_Row]:
    good = {key: movements.good(key) for key in ("date", "pupil", "id_card", "kind", "class_name")}
    return [_Row(index, movements, good, known, month, is_past) for index in movements.values.index]


def _departure(traveller: Traveller, rows: Sequence[_Row]) -> Departure:
    last_seen = pd.Timestamp(Month.parse(traveller.last_seen).last_day)
    since = [row for row in rows if not row.is_past or row.month > traveller.known_until]
    later = [row for row in since if row.day is None or row.day > last_seen]
    entries = [row for row in later if row.is_entry_of(traveller)]
    found = [(row, fit) for row in later if row.may_leave and (fit := row.fits(traveller))]
    if any(fit == _SURELY and not row.is_faulty for row, fit in found):  # what is said of him leaves nothing to guess
        found = [(row, fit) for row, fit in found if fit == _SURELY]
    if any(fit == _PERHAPS or row.is_faulty for row, fit in found):
        is_named = any(row.is_faulty and fit == _SURELY for row, fit in found)
        is_namesake, first = all(row.is_namesakes for row, _ in found), found[0][0]
        is_leaving = all(row.is_leaving and not row.is_faulty for row, _ in found)
        return Departure("", pd.NaT, True, is_named, is_namesake, is_leaving, row=first.row, month=first.month)
    latest_entry = max((pd.Timestamp(row.day) for row in entries), default=pd.NaT)
    if entries and not any(pd.Timestamp(row.day) > latest_entry for row, _ in found):
        return Departure(entered=entries[-1].class_name or _SOMEWHERE)
    if not found:
        early = [row for row in since if row.is_early_for(traveller, last_seen)]
        return Departure(early=early[-1].day, row=early[-1].row) if early else Departure()
    latest = max(enumerate(found), key=lambda entry: (pd.Timestamp(entry[1][0].day), entry[0]))[1][0]
    if any(row.may_be_entry and row.day == latest.day for row in later):
        return Departure(is_doubtful=True, row=latest.row, month=latest.month)
    return Departure(latest.status, latest.day)


_SURELY, _PERHAPS = "surely", "perhaps"
_SOMEWHERE = "？"


@dataclass(frozen=True)
class _Known:
    """Whom a row could mean: how many children have a name in a class, or had it last year, and all their names."""

    count: Counter[tuple[str, str]]
    before: Counter[tuple[str, str]]
    names: frozenset[str]
    aliases: Aliases

    def count_of(self, name: str) -> int:
        """Return how many children of the school have a name."""
        return sum(count for (other, _), count in self.count.items() if other == name)


class _Row:
    """One row of 学籍异动; `None` where a cell is empty or in error.

    `month`: the one that told it, "" for this one; `is_past`: it is of the 学年 before.
    """

    def __init__(
        self, index: Any, movements: Filled, good: dict[str, pd.Series[Any]], known: _Known, month: str, is_past: bool
    ) -> None:
        self.month, self.is_past = month, is_past
        cell = {key: None if pd.isna(column.at[index]) else column.at[index] for key, column in good.items()}
        self.day, self.name = cell["date"], cell["pupil"]
        self.number = known.aliases.of(str(cell["id_card"]), self.name) or cell["id_card"]
        self.kind, self.class_name, self._known = cell["kind"], cell["class_name"], known
        self.row = int(movements.values.at[index, "row"])
        self.is_faulty = bool(movements.faulty.loc[index].any())
        self.is_leaving = self.kind in ENDS_AS or self.kind == Movement.OUT
        self.may_leave = self.is_leaving or self.is_faulty
        confirmed = movements.good("confirmed").at[index]
        self.status = ENDS_AS.get(str(self.kind), "")
        if self.kind == Movement.OUT:
            is_confirmed = pd.notna(confirmed) and confirmed == YES
            self.status = Status.LEFT_CONFIRMED if is_confirmed else Status.LEFT_UNSETTLED

    @property
    def is_namesakes(self) -> bool:
        """Tell whether nothing is wrong with the row but that several children have its name."""
        return not self.is_faulty and not self.number and self._known.count_of(str(self.name)) > 1

    def is_entry_of(self, one: Traveller) -> bool:
        """Tell whether he surely came in by this row: by his number, or by a name that nobody else has."""
        if self.is_faulty or self.kind not in MOVEMENTS_IN:
            return False
        if self.number and one.number:
            return bool(self.number == one.number)
        return self.name == one.name and self._known.count_of(one.name) == 1

    @property
    def may_be_entry(self) -> bool:
        """Tell whether somebody came in by this row whose name nobody has: on the day of a departure, it may be he."""
        return self.kind in MOVEMENTS_IN and not self.number and self.name not in self._known.names

    def is_early_for(self, one: Traveller, last_seen: pd.Timestamp) -> bool:
        """Tell whether this month's row says that he left while his class's workbook still held him."""
        is_told_now = not self.month and self.is_leaving and not self.is_faulty
        return is_told_now and self.day is not None and self.day <= last_seen and self.fits(one) == _SURELY

    def fits(self, one: Traveller) -> str:
        """Return whether the row is surely the child's, perhaps, or not ("")."""
        if self.number and one.number and self.number == one.number:
            return _SURELY
        classes = one.classes[-1:] if self.is_past else one.classes
        is_of_class = self.class_name is None or self.class_name in classes
        if (self.number and one.number) or not is_of_class:
            return _PERHAPS if self.is_leaving and self.name == one.name and self._known.count_of(one.name) == 1 else ""
        if self.name is None:  # it could be anyone of the class
            return _PERHAPS if self.is_faulty else ""
        if self.name not in self._known.names:  # a slip of the pen: it may be anyone of the class, too
            return _PERHAPS if self.is_leaving and not self.number else ""
        if self.name != one.name:
            return ""
        found = [self._known.count[one.name, one.classes[0]]]
        found += [self._known.before[one.name, other] + self._known.count[one.name, other] for other in one.classes[1:]]
        return _SURELY if max(found) == 1 else _PERHAPS
