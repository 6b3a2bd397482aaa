"""信息更正: whom the school's books once called by another number (contract §8.5).

One row of 学籍异动 makes both numbers one person, in every month before and after, and no month is run again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.children.people import citizen_numbers, names_and_births, same_child, student_nos
from pipeline.filled import Filled
from pipeline.model import Places
from schemas.class_names import class_text
from schemas.codes import Movement

# (name, class) → the number by which the one child of that name is known; class "": of the whole school
Named = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Aliases:
    """`now`: an identity number or 学籍号 as it was → as it is. `names`: the names of the child who bore it.

    A child of another name who bears the old number is somebody else: whose it truly is, or who once had it by mistake.
    """

    now: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, number: str, name: Any = None) -> str:
        """Return what the number of a child of that name has been corrected to, "" where it has not. None: whoever."""
        if number not in self.now or (pd.notna(name) and name not in self.names[number]):
            return ""
        return self.now[number]

    def __bool__(self) -> bool:
        return bool(self.now)


NO_ALIASES = Aliases()


def aliases_of(told: Iterable[tuple[Filled, Sequence[Named]]], rosters: Sequence[Filled]) -> Aliases:
    """Return what the sound rows 信息更正 say; a later one counts, also against one that it takes back.

    `told`: 学籍异动 of each month, the oldest first, and whom a row without 身份证号 means, the likeliest first;
    `rosters`: 学生档案 of all months, this one's first. A number that was somebody else's corrects nobody: two children
    are never made one.
    """
    tables = [(rows, named) for filled, named in told if (rows := _corrections(filled))]
    bearers = _Bearers(rosters) if tables else None
    found: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for rows, named in tables:
        for _, old, new, name, class_name in rows:
            meant = [new] if new else _meant(named, bearers, old, name, class_name)
            number = next((own for own in meant if own not in ("", old)), "")
            if bearers and old in meant and not number:  # the number stays: he is called so now
                bearers.call(old, name)
            elif bearers and old and number and not bearers.are_two(old, number, name):
                found.pop(number, None)
                found[old] = number
                names.setdefault(old, set()).add(name)
    resolved = {old: _resolved(new, found) for old, new in found.items()}
    by_name = {}
    for old, new in resolved.items():
        own = names[old] | (bearers.latest(new) if bearers else set())
        by_name[old] = frozenset(own | (bearers.also_called(old, new, own) if bearers else set()))
    return Aliases(resolved, by_name)


def _meant(named: Sequence[Named], bearers: _Bearers | None, old: str, name: str, class_name: str) -> list[str]:
    """Return the numbers of those whom a row without a new one may mean.

    Where the class has no such name (it may be called as it was before the summer), it is the one of that name in the
    school, if he was born on the day on which the bearer of the old number was.
    """
    found = [own.get((name, class_name), "") for own in named]
    if any(found) or bearers is None:
        return found
    return [own for own in (all_.get((name, ""), "") for all_ in named) if bearers.are_born_alike(old, own, name)]


def foreign_numbers(movements: Filled, rosters: Sequence[Filled], earlier: Iterable[Filled] = ()) -> dict[int, str]:
    """Return the rows 信息更正 whose 原证件号 is another child's → his name, "" where the row's own name is his.

    `earlier`: 学籍异动 of other months, which may have said what he is called.
    """
    corrections = _corrections(movements)
    bearers = _Bearers(rosters) if corrections else None
    for _, old, new, name, _ in [*corrections, *(row for past in earlier for row in _corrections(past) if bearers)]:
        if bearers and new == old:
            bearers.call(old, name)
    return {
        index: next(iter(bearers.latest(old) - {name}), "")
        for index, old, new, name, _ in corrections
        if old != new and bearers and bearers.are_two(old, new, name)
    }


def others_numbers(movements: Filled, rosters: Sequence[Filled]) -> dict[int, str]:
    """Return the rows whose 身份证号 is one child's, and whose name is another's → whose number it is.

    Both are known, in whatever month: a name that nobody has is a slip of the pen, and the number says who is meant.
    """
    if movements.values.empty:
        return {}
    told = movements.values.loc[~_is_correction(movements) & movements.good("id_card").notna(), ["pupil", "id_card"]]
    told = told.dropna()
    numbers, names = set(told["id_card"]), set(told["pupil"])
    bearers: dict[str, list[str]] = {}  # the newest first
    of_name: dict[str, set[str]] = {}
    for pupils in rosters if numbers else ():
        values = pupils.values
        is_meant = values["id_card"].isin(numbers) | values["student_no"].isin({f"G{number}" for number in numbers})
        own = values[is_meant | values["name"].isin(names)].dropna(subset=["name"])
        for number, name in zip(citizen_numbers(own), own["name"], strict=True):
            bearers.setdefault(number, []).append(str(name))
            of_name.setdefault(str(name), set()).add(number)
    return {
        int(str(row)): bearers[number][0]
        for row, name, number in told.itertuples()
        if number in bearers and name not in bearers[number] and name in of_name
    }


class _Bearers:
    """Who bore which number: the names in all months; now, the birth dates as well. `rosters`: the newest first."""

    def __init__(self, rosters: Sequence[Filled]) -> None:
        self._names: dict[str, list[str]] = {}
        self._now: dict[str, set[tuple[str, str]]] = {}
        self._births: dict[tuple[str, str], set[str]] = {}
        self._called: dict[str, set[str]] = {}
        self._months: list[set[str]] = []
        for month, pupils in enumerate(rosters):
            columns = (pupils.values[key] for key in ("name", "birth_date"))
            cells = zip(citizen_numbers(pupils.values), student_nos(pupils), *columns, strict=True)
            self._months.append({str(name) for name in pupils.values["name"].dropna()})
            for number, student_no, name, birth in cells:
                for own in {number, bare(student_no)} - {""}:
                    self._names.setdefault(own, []).extend([str(name)] if pd.notna(name) else [])
                    self._births.setdefault((own, str(name)), set()).update([str(birth)] if pd.notna(birth) else [])
                    if not month:
                        self._now.setdefault(own, set()).add((str(name), str(birth)))

    def call(self, number: str, name: str) -> None:
        """Learn from a row that leaves the number as it is what its bearer is called."""
        self._called.setdefault(number, set()).add(name)

    def latest(self, number: str) -> set[str]:
        """Return the name of the one who bore a number last."""
        return set(self._names.get(number, ())[:1])

    def also_called(self, old: str, new: str, names: Collection[str]) -> set[str]:
        """Return what else the child of these names, who bears a new number, was called under the old one.

        Another name is his where a row says so or his birth date does, and no month has children of both names.
        """
        is_said = bool(self._called.get(old, set()) & set(names))
        births = {birth for name in names for own in (old, new) for birth in self._births.get((own, name), ())}
        others = {
            other
            for other in self._names.get(old, ())
            if other not in names and (is_said or births & self._births[old, other])
        }
        return {one for one in others if not any(one in month and month & set(names) for month in self._months)}

    def are_born_alike(self, old: str, new: str, name: str) -> bool:
        """Tell whether a child of that name bore either number, with one birth date."""
        return bool(self._births.get((old, name), set()) & self._births.get((new, name), set()))

    def are_two(self, old: str, new: str, name: str) -> bool:
        """Tell whether the old number is of other children than the row's, or both stand here with other births."""
        if name not in {*self._names.get(old, [name]), *self._called.get(old, ())}:
            return not self.also_called(old, new, [name])
        births = {birth for own, birth in self._now.get(old, ()) if own == name}
        others = {birth for _, birth in self._now.get(new, ())}
        return bool(births and others and len(births | others) > 1)


def _corrections(movements: Filled) -> list[tuple[int, str, str, str, str]]:
    """Return (row, 原证件号, 身份证号, 学生姓名, 班级) of the sound rows 信息更正."""
    if movements.values.empty:
        return []
    rows = movements.values.loc[_is_correction(movements), ["old_number", "id_card", "pupil", "class_name"]].fillna("")
    columns = zip(rows.index, *(rows[key].astype(str) for key in rows.columns), strict=True)
    return [(int(index), bare(old), new, name, where) for index, old, new, name, where in columns]


def _is_correction(movements: Filled) -> pd.Series[bool]:
    return movements.good("kind").eq(Movement.CORRECTION).fillna(False) & ~movements.faulty.any(axis=1)


def corrected_in(movements: Filled) -> frozenset[str]:
    """Return the numbers and names, as they are, of those whose entry has been corrected, whichever of the two."""
    told = movements.values.loc[_is_correction(movements), ["id_card", "pupil"]]
    return frozenset(str(text) for column in told for text in told[column].dropna())


def _resolved(number: str, found: Mapping[str, str]) -> str:
    """Return the last of a chain of corrections; one that leads back to itself ends where it was met again."""
    seen = {number}
    while number in found and found[number] not in seen:
        number = found[number]
        seen.add(number)
    return number


def bare(number: str) -> str:
    """Return a number as it is compared: a G 学籍号 carries the identity number."""
    return number[1:] if number.startswith("G") else number


def as_known(number: str, student_no: str, name: Any, aliases: Aliases) -> str:
    """Return the number by which a row is known: its own, or what that has been corrected to."""
    if not aliases:
        return number
    own = bare(student_no)
    corrected = aliases.of(number, name) or aliases.of(own, name)
    return corrected or number or (own if own in aliases.now.values() else "")


def once_called(number: str, aliases: Aliases) -> frozenset[str]:
    """Return the numbers by which a record may still call a child: his former ones, with and without G."""
    former = [old for old, new in aliases.now.items() if new == number] if number else []
    return frozenset(text for old in former for text in (old, f"G{old}"))


def named_once(pupils: Filled, class_of: Places) -> Named:
    """Return (name, class) → identity number, else 学籍号, of those whose name is one in a class, or the school."""
    found: dict[tuple[str, str], list[str]] = {}
    numbers = zip(citizen_numbers(pupils.values), student_nos(pupils), strict=True)
    names, files = pupils.values["name"], pupils.values["file"]
    for name, file, (number, student_no) in zip(names.tolist(), files.tolist(), numbers, strict=True):
        if file in class_of:
            for where in (class_text(class_of[file]), ""):
                found.setdefault((str(name), where), []).append(number or bare(student_no))
    return {key: own[0] for key, own in found.items() if len(own) == 1}


def identities(pupils: Filled, aliases: Aliases = NO_ALIASES) -> tuple[list[str], list[str]]:
    """Return the number by which each row is known, and its 学籍号, "" where there is none."""
    own = list(zip(citizen_numbers(pupils.values), student_nos(pupils), pupils.values["name"].tolist(), strict=True))
    return [as_known(number, student_no, name, aliases) for number, student_no, name in own], [no for _, no, _ in own]


def children_of(pupils: Filled, aliases: Aliases = NO_ALIASES) -> pd.Series[int]:
    """Return, for each row of 学生档案, the child: the first row of the same one.

    A row kept from an earlier month is nobody else's: that he is missing was found by the same keys.
    """
    keys = (*identities(pupils, aliases), names_and_births(pupils))
    is_own = pupils.is_own.tolist()
    found = same_child(*([key if own else "" for key, own in zip(k, is_own, strict=True)] for k in keys))
    return pd.Series(found, pupils.values.index, dtype="int64")
