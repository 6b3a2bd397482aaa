"""What contract §5, §8.4 and §8.5 make of a school's papers, month after month, in plain loops.

No line here asks the pipeline. Children are told apart by the truth behind each row (`who`), with the number that the
row bears: a corrected number is another child until a row 信息更正 says that both are one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

from years.paper import Move, Paper, Place, Row
from years.said import Person, Said, Same, last_day, said_of

GONE = ("毕业", "死亡", "转出已确认")
COUNTED = ("在读", "休学", "疑似辍学", "辍学", "转出未落实")
LOST, DROPOUT, DOUBT = "转出未落实", "辍学", "?"


@dataclass(frozen=True)
class Entry:
    """One child in the books of one month. `status` "?": nobody can say.

    `seen`: the month whose roster still held him; `settled`: nobody has to be asked; `floor`: the last month of the
    学年 before that knew him, where he was missing over the summer; `returned`: the month in which he stood again.
    """

    who: int
    number: str
    name: str
    place: Place
    status: str
    is_left_behind: bool
    seen: str
    settled: bool = True
    floor: str = ""
    returned: str = ""

    @property
    def is_counted(self) -> bool:
        return self.is_left_behind and (self.status in COUNTED or self.status == DOUBT)


@dataclass
class Month:
    """One month as it is remembered: its classes a grade higher where it is of the 学年 before (`is_past`)."""

    month: str
    handed: set[Place]
    entries: list[Entry]
    moves: tuple[Move, ...]
    grades: set[int]
    is_past: bool = False


@dataclass
class Told:
    """What has to be told of a month. `asked`: who is named as missing; `lost`: classes that are no more.

    `gone`: who has left and stands in no class any more; `missing`: classes that have handed in nothing.
    """

    month: str
    entries: list[Entry] = field(default_factory=list)
    asked: Counter[int] = field(default_factory=Counter)
    lost: set[Place] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    missing: set[Place] = field(default_factory=set)
    rolls: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def roll(self) -> Counter[tuple[int, Place, str]]:
        """Return who is counted in 在册, where, as what."""
        return Counter(
            (one.who, one.place, LOST if one.status == DOUBT else one.status) for one in self.entries if one.is_counted
        )

    def kept(self) -> dict[Place, tuple[int, int]]:
        """Return n and N of 巩固率 by class; of a grade's own children at number 0."""
        found: dict[Place, tuple[int, int]] = {}
        for one in self.entries:
            if one.is_left_behind and one.status not in ("转出已确认", "死亡"):
                n, count = found.get(one.place, (0, 0))
                found[one.place] = (n + (one.status not in (DROPOUT, LOST, DOUBT)), count + 1)
        return found


class Books:
    """The school's books: the months reported so far."""

    def __init__(self) -> None:
        self.months: list[Month] = []
        self.same = Same()

    def report(self, paper: Paper) -> Told:
        """Take in a month's paper; return what has to be told."""
        self.same.learn(paper.moves)
        past = self.past(paper.month)
        known = self.known(past)
        now = Now(paper, past, known, self.same)
        told = Told(paper.month)
        now.present(told)
        for person, (month, entry) in known.items():
            if person not in now.rows:
                now.absent(told, person, month, entry)
        for place in sorted(now.handed):
            told.rolls[place] = (now.before(place), sum(e.is_counted for e in told.entries if e.place == place))
        told.missing = {place for place in paper.listed if place not in now.handed} | told.lost
        grades = {grade for grade, _ in {*paper.listed, *now.handed}}
        self.months.insert(0, Month(paper.month, now.handed, told.entries, paper.moves, grades))
        return told

    def past(self, month: str) -> list[Month]:
        """Return the months of the 学年 and of the one before, the newest first, the latter a grade higher."""
        year = school_year(month)
        own = [one for one in self.months if school_year(one.month) == year]
        return own + [_grown(one) for one in self.months if school_year(one.month) == year - 1]

    def known(self, past: list[Month]) -> dict[Person, tuple[Month, Entry]]:
        """Return each child with the latest month that knows him, and his entry there."""
        known: dict[Person, tuple[Month, Entry]] = {}
        for month in past:
            for entry in sorted(month.entries, key=lambda one: one.seen, reverse=True):
                known.setdefault(self.same.find(entry.who, entry.number), (month, entry))
        return known


class Now:
    """A month's paper beside what is known."""

    def __init__(self, paper: Paper, past: list[Month], known: dict[Person, tuple[Month, Entry]], same: Same) -> None:
        self.paper, self.past, self.known, self.same = paper, past, known, same
        self.handed = set(paper.rosters)
        self.due = {*paper.listed, *self.handed}
        self.rows: dict[Person, list[tuple[Place, Row]]] = {}
        for place, rows in sorted(paper.rosters.items()):
            for row in rows:
                self.rows.setdefault(same.find(row.who, row.id_card), []).append((place, row))
        before = {grade - 1 for month in past if month.is_past for grade in month.grades}
        has_seventh = 7 in before | {grade for grade, _ in self.due}
        self.leaving = {10} if has_seventh else {7, 10}

    def present(self, told: Told) -> None:
        """Enter everyone who stands in a roster: once, where he came in last."""
        for person, rows in self.rows.items():
            place, row = max(
                rows, key=lambda one: (one[1].joined_on is not None, one[1].joined_on or 0, -one[0][0], -one[0][1])
            )
            month, last = self.known.get(person, (None, None))
            returned = last.returned if last else ""
            status = row.status
            if last and last.status in GONE and status not in GONE:
                returned = self.paper.month
            elif status in ("在读", LOST):
                since = last_day(returned)
                if status == LOST and row.status_on:  # who came back and left again within a month: by his own row
                    since = min(since, row.status_on - timedelta(days=1))
                newer, now = (
                    [move for move in moves if move.day > since] for moves in (self._newer(month), self.paper.moves)
                )
                # A row of a class that he stood in before is his if he has left; of one who is here it may tell that
                # he went from there to where he stands now, which nobody can tell from the paper.
                places = {place, *self._homes(person, status == LOST)}
                said = said_of(person, (row.name,), places, newer, now, self.same, self._rivals(person))
                status = said.status if said.status == "转出已确认" else status
            told.entries.append(
                Entry(
                    row.who,
                    row.id_card,
                    row.name,
                    place,
                    status,
                    row.is_left_behind,
                    self.paper.month,
                    returned=returned,
                )
            )

    def absent(self, told: Told, person: Person, month: Month, last: Entry) -> None:
        """Enter someone who stands in no roster, as his class, his grade or his school has to answer for him."""
        if month.is_past and (last.place[0] in self.leaving or last.status in GONE):
            told.gone.add(last.who)
            return
        place = last.place
        said = self.said(person, month, last)
        if month.is_past:
            last = replace(last, floor=month.month, settled=False)
        if place[1] and month.is_past and place not in self.due:
            place = (place[0], 0)
        if place[1] and place not in self.handed:
            is_gone = not said.is_open and (said.status or last.status) in GONE
            if is_gone:
                told.gone.add(last.who)
            elif place not in self.due:
                told.lost.add(place)
            return
        was_settled = last.seen != month.month and last.settled and not month.is_past
        if said.is_doubtful and not said.is_named and (was_settled or last.status in GONE):
            said = Said()  # what may be another's unsettles nobody
        status, is_settled = said.status, bool(said.status)
        if said.is_doubtful:
            status = DOUBT
        elif not status or said.is_open:
            is_settled = not said.is_open and (was_settled or last.status in GONE)
            status = last.status if is_settled or last.status == DROPOUT else LOST
        if not is_settled or said.is_doubtful:
            told.asked[last.who] += 1
        told.entries.append(replace(last, place=place, status=status, settled=is_settled and not said.is_doubtful))

    def before(self, place: Place) -> int:
        """Return 在册 of a class in the latest month in which it handed in."""
        month = next((one for one in self.past if place in one.handed), None)
        return sum(one.is_counted for one in month.entries if one.place == place) if month else 0

    def said(self, person: Person, month: Month, last: Entry) -> Said:
        """Return what 学籍异动 says of a missing child since he was last seen.

        What it said in the 学年 before held to the end of that, unless his class has handed in nothing since.
        """
        floor = month.month if month.is_past else last.floor
        told = [one for one in reversed(self.past) if not one.is_past or one.month > (floor or last.seen)]
        words = [move for one in told for move in one.moves if move.day > last_day(last.seen)]
        now = [move for move in self.paper.moves if move.day > last_day(last.seen)]
        places = {last.place, *self._homes(person, True, last.seen)}
        if last.place not in self.due:  # whichever took his class in
            places |= {place for place in self.due if place[0] == last.place[0]}
        return said_of(person, (last.name,), places, words, now, self.same, self._rivals(person))

    def _homes(self, person: Person, is_all: bool, since: str = "") -> set[Place]:
        """Return the classes that had a child, as they are called now, and those of the 学年 before as they were then.

        Not `is_all`: that of the latest month alone, if it is of the 学年 before, as it was called then.
        """
        found: set[Place] = set()
        months = [month for month in self.past if month.month >= since]
        for month in months:
            for grade, number in (e.place for e in month.entries if self.same.find(e.who, e.number) == person):
                if not is_all:
                    return {(grade - 1, number)} if month.is_past else set()
                found |= {(grade, number), (grade - 1, number)} if month.is_past else {(grade, number)}
        return found

    def _newer(self, month: Month | None) -> list[Move]:
        """Return 学籍异动 of the months after one, the oldest first; of none where it is unknown."""
        if month is None:
            return []
        return [move for one in reversed(self.past) if one.month > month.month for move in one.moves]

    def _rivals(self, person: Person) -> set[Place]:
        """Return the classes in which the books have the same child by another number: his name may mean either."""
        others = [other for other in {*self.known, *self.rows} if other != person and other[0] == person[0]]
        found = {place for other in others for place, _ in self.rows.get(other, ())}
        for other in (one for one in others if one in self.known):
            found |= {self.known[other][1].place, *self._homes(other, True)}
        return found


def school_year(month: str) -> int:
    year, number = int(month[:4]), int(month[5:])
    return year if number >= 9 else year - 1


def _grown(month: Month) -> Month:
    return Month(
        month.month,
        {(grade + 1, number) for grade, number in month.handed},
        [replace(one, place=(one.place[0] + 1, one.place[1])) for one in month.entries],
        month.moves,
        {grade + 1 for grade in month.grades},
        is_past=True,
    )
