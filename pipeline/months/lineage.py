"""Who of the earlier months is who of this one: children followed back, month by month (contract §5, §8.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.children.aliases import NO_ALIASES, Aliases, identities
from pipeline.children.people import names_and_births
from pipeline.filled import Filled
from pipeline.model import Place, Places
from pipeline.months.snapshots import Snapshot


@dataclass(eq=False)
class Person:
    """One child over the months. `row`: his first row of this month's 学生档案 (-1: in none of them).

    `found`: (place of the snapshot, his number there), the newest first.
    """

    row: int
    number: str
    student_nos: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    found: list[tuple[int, int]] = field(default_factory=list)

    def learn(self, number: str, student_no: str, name: str) -> None:
        self.number = self.number or number
        self.student_nos |= {student_no} - {""}
        self.names |= {name} - {""}


@dataclass(frozen=True)
class Lineage:
    """`people`: this month's children first, then those who stand in earlier months alone."""

    people: Sequence[Person]

    @property
    def absent(self) -> list[Person]:
        return [person for person in self.people if person.row < 0]

    def row_of(self) -> dict[tuple[int, int], int]:
        """Return (place of the snapshot, child's number there) → his row of this month, of all who have one."""
        return {seen: person.row for person in self.people if person.row >= 0 for seen in person.found}


def trace(
    pupils: Filled,
    child: pd.Series[int],
    snapshots: Sequence[Snapshot],
    aliases: Aliases = NO_ALIASES,
    class_of: Places | None = None,
) -> Lineage:
    """Follow every child back through `snapshots` (newest first). `child`: the child of each row of `pupils`.

    `class_of`: file → class of this month; without it who has nothing but a name is not followed.
    """
    index = _Index()
    by_child: dict[int, Person] = {}
    places = [(class_of or {}).get(int(file)) for file in pupils.values["file"]]
    for row, who, keys in zip(pupils.values.index, child, _keys(pupils, aliases, places), strict=True):
        person = by_child.get(who)
        if person is None:
            person = by_child[who] = Person(row, "")
            index.people.append(person)
        index.teach(person, *keys)
    asked: set[Place] = set()  # the classes of newer months
    for place, snapshot in enumerate(snapshots):
        own = snapshot.filled("pupils")
        keys_of = dict(zip(own.values.index, _keys(own, aliases, _places(snapshot)), strict=True))
        # Of two who are one by a later correction, him whom a workbook held then: the other was kept, and asked for.
        held_first = snapshot.children["last_seen"].sort_values(ascending=False, kind="stable").index
        left = {int(str(who)): int(row) for who, row in snapshot.children["row_index"].loc[held_first].items()}
        for find in _FINDS:  # one key for all, then the next
            for who, row in list(left.items()):
                found = find(index, *keys_of[row])
                if found is not None:
                    del left[who]
                    found.found.append((place, who))
                    index.teach(found, *keys_of[row])
        for who, row in left.items():
            if _tells(keys_of[row]) or snapshot.place_of(who) not in asked:
                index.person_of(*keys_of[row]).found.append((place, who))
            # else nothing tells who he is: the newer month that held his class has him as its own
        asked |= snapshot.places
    return Lineage(index.people)


Keys = tuple[str, str, str, str]
_NAMELESS = "|"


def _keys(pupils: Filled, aliases: Aliases, places: Sequence[Place | None]) -> list[Keys]:
    """Return (identity number, 学籍号, 姓名|出生日期, 姓名|班级) of each row, "" where it is unknown.

    The last is for those alone of whom nothing else is known, and whose name is one in the class. A row without even a
    name goes on as the class's next such row: each month's would be one child more.
    """
    named = list(zip(pupils.values["name"].fillna(""), places, strict=True))
    told = list(zip(*identities(pupils, aliases), names_and_births(pupils), strict=True))
    count, nameless = Counter(named), Counter[Place]()
    alone = []
    for (name, where), known in zip(named, told, strict=True):
        if where is None or (name and count[name, where] > 1) or (not name and any(known)):
            alone.append("")
        else:
            nameless[where] += not name
            alone.append(f"{name}|{where}" if name else f"{_NAMELESS}{nameless[where]}|{where}")
    return [(*known, own) for known, own in zip(told, alone, strict=True)]


def _tells(keys: Keys) -> bool:
    """Tell whether a row says who he is."""
    return any(keys[:3]) or bool(keys[3] and not keys[3].startswith(_NAMELESS))


def _places(snapshot: Snapshot) -> list[Place | None]:
    """Return the class that counts the child of each row of 学生档案; None where the row counts nobody."""
    columns = (snapshot.children[key].tolist() for key in ("row_index", "grade", "number"))
    counted = {row: (grade, number) for row, grade, number in zip(*columns, strict=True)}
    return [counted.get(row) for row in snapshot.filled("pupils").values.index]


class _Index:
    """The people known so far, by each of their keys."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._numbers: dict[str, Person] = {}
        self._others: dict[str, list[Person]] = {}
        self._alone: dict[str, tuple[Person, bool]] = {}

    def teach(self, person: Person, number: str, student_no: str, name: str, alone: str) -> None:
        person.learn(number, student_no, name)
        if number:
            self._numbers.setdefault(number, person)
        for key in (student_no, name):
            if key and person not in self._others.setdefault(key, []):
                self._others[key].append(person)
        if alone:
            is_bare = not (number or student_no or name)
            self._alone.setdefault(alone, (person, is_bare))

    def person_of(self, number: str, student_no: str, name: str, alone: str) -> Person:
        """Return a new person; the one of this number where two of a month are one by a correction."""
        person = self.by_number(number, student_no, name, alone)
        if person is None:
            person = Person(-1, "")
            self.people.append(person)
        self.teach(person, number, student_no, name, alone)
        return person

    def by_number(self, number: str, student_no: str, name: str, alone: str) -> Person | None:
        return self._numbers.get(number) if number else None

    def by_student_no(self, number: str, student_no: str, name: str, alone: str) -> Person | None:
        return self._agreeing(student_no, number)

    def by_name(self, number: str, student_no: str, name: str, alone: str) -> Person | None:
        return self._agreeing(name, number)

    def by_name_alone(self, number: str, student_no: str, name: str, alone: str) -> Person | None:
        """Return the one of this name and class, where of him or of the row nothing else is known."""
        person, is_bare = self._alone.get(alone, (None, False)) if alone else (None, False)
        return person if is_bare or not (number or student_no or name) else None

    def _agreeing(self, key: str, number: str) -> Person | None:
        """Return the one of this key, unless both sides have different identity numbers."""
        known = self._others.get(key, ()) if key else ()
        return next((p for p in known if not p.number or not number or p.number == number), None)


_FINDS = (_Index.by_number, _Index.by_student_no, _Index.by_name, _Index.by_name_alone)
