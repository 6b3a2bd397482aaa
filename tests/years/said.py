"""What rows of 学籍异动 say of one child (contract §8.4, §8.5), in plain loops."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from years.paper import Move, Place

LEAVING = {"转出": "", "休学": "休学", "疑似辍学": "疑似辍学", "辍学": "辍学", "毕业": "毕业", "死亡": "死亡"}
ENTERING = ("转入", "复学", "返校")
Person = tuple[int, str]


class Same:
    """Which numbers are one child's: what rows 信息更正 have said so far."""

    def __init__(self) -> None:
        self._now: dict[Person, Person] = {}

    def learn(self, moves: Sequence[Move]) -> None:
        for move in moves:
            old = move.old_number.removeprefix("G")
            if move.kind == "信息更正" and move.id_card and old != move.id_card:
                self._now[self.find(move.who, old)] = self.find(move.who, move.id_card)

    def find(self, who: int, number: str) -> Person:
        """Return the child behind a number."""
        person = (who, number)
        while self._now.get(person, person) != person:
            person = self._now[person]
        return person


@dataclass(frozen=True)
class Said:
    """As what a child goes on ("": nothing is said); whether a row is in doubt; whether he came in again.

    `is_named`: the row in doubt is surely his.
    """

    status: str = ""
    is_doubtful: bool = False
    is_named: bool = False
    came_in: bool = False

    @property
    def is_open(self) -> bool:
        return self.is_doubtful or self.came_in


def last_day(month: str) -> date:
    """Return the last day of a month; of no month, a day before all."""
    if not month:
        return date.min
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def said_of(
    person: Person,
    names: Sequence[str],
    places: Collection[Place],
    earlier: Sequence[Move],
    now: Sequence[Move],
    same: Same,
    rivals: Collection[Place],
) -> Said:
    """Return what the rows say; of `earlier` months those in error are no word any more.

    `places`: the classes by which a row may name him; one by which he came in may be of any.
    """
    leaving: tuple[date, str] | None = None
    entered = date.min
    came_in = is_perhaps = False
    for move, is_now in [*((one, False) for one in earlier), *((one, True) for one in now)]:
        fits = _fits(move, person, names, places, same, rivals)
        if not fits:
            continue
        if fits == "perhaps":  # that he may have come in again says nothing of whether he has left
            is_perhaps = is_perhaps or move.kind not in ENTERING
            continue
        if move.kind in ENTERING:
            entered, came_in = max(entered, move.day), True
        elif move.kind not in LEAVING and move.kind != "信息更正":
            if is_now:
                return Said(is_doubtful=True, is_named=True)
        elif move.kind in LEAVING and (leaving is None or move.day >= leaving[0]):
            leaving = (move.day, LEAVING[move.kind] or ("转出已确认" if move.confirmed == "是" else "转出未落实"))
    if is_perhaps and leaving is None:  # what is surely said of him leaves nothing to guess
        return Said(is_doubtful=True)
    if came_in and (leaving is None or entered >= leaving[0]):
        return Said(came_in=True)
    return Said(leaving[1]) if leaving else Said()


def _fits(
    move: Move,
    person: Person,
    names: Sequence[str],
    places: Collection[Place],
    same: Same,
    rivals: Collection[Place],
) -> str:
    """Tell whether a row speaks of a child: surely, perhaps, or not ("").

    Perhaps: by a name that two entries have, or none; or by his, which no other has, but with another number or class.
    """
    if move.who != person[0]:
        return ""
    if move.id_card and same.find(move.who, move.id_card) == person:
        return "surely"
    if move.kind == "信息更正":
        return ""
    if (move.id_card and person[1]) or (move.kind not in ENTERING and move.place not in places):
        return "perhaps" if move.kind in LEAVING and move.name in names and not rivals else ""
    return "perhaps" if move.place in rivals or move.name not in names else "surely"
