"""Who of the earlier months is who of this one: children followed back, month by month (contract §5, §8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.children.aliases import NO_ALIASES, Aliases, identities
from pipeline.children.people import names_and_births
from pipeline.filled import Filled
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
    pupils: Filled, child: pd.Series[int], snapshots: Sequence[Snapshot], aliases: Aliases = NO_ALIASES
) -> Lineage:
    """Follow every child back through `snapshots` (newest first). `child`: the child of each row of `pupils`."""
    index = _Index()
    by_child: dict[int, Person] = {}
    for row, who, keys in zip(pupils.values.index, child, _keys(pupils, aliases), strict=True):
        person = by_child.get(who)
        if person is None:
            person = by_child[who] = Person(row, "")
            index.people.append(person)
        index.teach(person, *keys)
    for place, snapshot in enumerate(snapshots):
        own = snapshot.filled("pupils")
        keys_of = dict(zip(own.values.index, _keys(own, aliases), strict=True))
        rows = snapshot.children["row_index"]
        for find in (_Index.by_number, _Index.by_student_no, _Index.by_name):  # one key for all, then the next
            left: dict[Any, int] = {}
            for who, row in rows.items():
                found = find(index, *keys_of[row])
                if found is None:
                    left[who] = row
                else:
                    found.found.append((place, int(str(who))))
                    index.teach(found, *keys_of[row])
            rows = pd.Series(left, dtype="int64")
        for who, row in rows.items():
            person = index.by_number(*keys_of[row])  # two of that month who are one by a correction
            if person is None:
                person = Person(-1, "")
                index.people.append(person)
            person.found.append((place, int(str(who))))
            index.teach(person, *keys_of[row])
    return Lineage(index.people)


Keys = tuple[str, str, str]


def _keys(pupils: Filled, aliases: Aliases) -> list[Keys]:
    """Return (identity number, 学籍号, 姓名|出生日期) of each row, "" where it is unknown."""
    return list(zip(*identities(pupils, aliases), names_and_births(pupils), strict=True))


class _Index:
    """The people known so far, by each of their keys."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._numbers: dict[str, Person] = {}
        self._others: dict[str, list[Person]] = {}

    def teach(self, person: Person, number: str, student_no: str, name: str) -> None:
        person.learn(number, student_no, name)
        if number:
            self._numbers.setdefault(number, person)
        for key in (student_no, name):
            if key and person not in self._others.setdefault(key, []):
                self._others[key].append(person)

    def by_number(self, number: str, student_no: str, name: str) -> Person | None:
        return self._numbers.get(number) if number else None

    def by_student_no(self, number: str, student_no: str, name: str) -> Person | None:
        return self._agreeing(student_no, number)

    def by_name(self, number: str, student_no: str, name: str) -> Person | None:
        return self._agreeing(name, number)

    def _agreeing(self, key: str, number: str) -> Person | None:
        """Return the one of this key, unless both sides have different identity numbers."""
        known = self._others.get(key, ()) if key else ()
        return next((p for p in known if not p.number or not number or p.number == number), None)
