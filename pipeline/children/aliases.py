"""信息更正: whom the school's books once called by another number (contract §8.5).

One row of 学籍异动 makes both numbers one person, in every month before and after, and no month is run again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from pipeline.children.people import citizen_numbers, names_and_births, same_child, student_nos
from pipeline.filled import Filled
from pipeline.model import Places
from schemas.class_names import class_text
from schemas.codes import Movement

Aliases = Mapping[str, str]  # an identity number or 学籍号 as it was → as it is
NO_ALIASES: Aliases = {}
Named = Mapping[tuple[str, str], str]  # (name, class) → the number by which the one child of that name is known


def aliases_of(movements: Iterable[Filled], rosters: Sequence[Filled], named: Named | None = None) -> Aliases:
    """Return what the sound rows 信息更正 say; a later one counts. `named`: whom a row without 身份证号 means.

    `rosters`: 学生档案 of all months, this one's first. A number that was somebody else's corrects nobody: two children
    are never made one.
    """
    tables = [filled for filled in movements if _corrections(filled)]
    bearers = _Bearers(rosters) if tables else None
    found: dict[str, str] = {}
    for filled in tables:
        for _, old, new, name, class_name in _corrections(filled):
            number = new or (named or {}).get((name, class_name), "")
            if old and number and old != number and bearers and not bearers.are_two(old, number, name):
                found[old] = number
    return {old: _resolved(new, found) for old, new in found.items()}


def foreign_numbers(movements: Filled, rosters: Sequence[Filled]) -> list[int]:
    """Return the rows 信息更正 whose 原证件号 is another child's."""
    corrections = _corrections(movements)
    bearers = _Bearers(rosters) if corrections else None
    return [
        index for index, old, new, name, _ in corrections if old != new and bearers and bearers.are_two(old, new, name)
    ]


class _Bearers:
    """Who bore which number: the names in all months, the birth dates in this one. `rosters`: this month's first."""

    def __init__(self, rosters: Sequence[Filled]) -> None:
        self._names: dict[str, set[str]] = {}
        self._births: dict[str, set[str]] = {}
        for month, pupils in enumerate(rosters):
            columns = (pupils.values[key] for key in ("name", "birth_date"))
            cells = zip(citizen_numbers(pupils.values), student_nos(pupils), *columns, strict=True)
            for number, student_no, name, birth in cells:
                for own in {number, bare(student_no)} - {""}:
                    self._names.setdefault(own, set()).update({str(name)} if pd.notna(name) else set())
                    if not month:
                        self._births.setdefault(own, set()).add(str(birth))

    def are_two(self, old: str, new: str, name: str) -> bool:
        """Tell whether the old number is of other names than the row's, or both stand here with other births."""
        births = self._births.get(old, set()) | self._births.get(new, set())
        is_both = old in self._births and new in self._births
        return name not in self._names.get(old, {name}) or (is_both and len(births) > 1)


def _corrections(movements: Filled) -> list[tuple[int, str, str, str, str]]:
    """Return (row, 原证件号, 身份证号, 学生姓名, 班级) of the sound rows 信息更正."""
    is_one = movements.good("kind").eq(Movement.CORRECTION).fillna(False) & ~movements.faulty.any(axis=1)
    rows = movements.values.loc[is_one, ["old_number", "id_card", "pupil", "class_name"]].fillna("")
    columns = zip(rows.index, *(rows[key].astype(str) for key in rows.columns), strict=True)
    return [(int(index), bare(old), new, name, where) for index, old, new, name, where in columns]


def corrected_in(movements: Filled) -> frozenset[str]:
    """Return the identity numbers of those whose entry has been corrected, be it the number or the name."""
    rows = movements.good("kind").eq(Movement.CORRECTION).fillna(False) & ~movements.faulty.any(axis=1)
    return frozenset(str(number) for number in movements.values.loc[rows, "id_card"].dropna())


def _resolved(number: str, found: Aliases) -> str:
    """Return the last of a chain of corrections; one that leads back to itself ends where it was met again."""
    seen = {number}
    while number in found and found[number] not in seen:
        number = found[number]
        seen.add(number)
    return number


def bare(number: str) -> str:
    """Return a number as it is compared: a G 学籍号 carries the identity number."""
    return number[1:] if number.startswith("G") else number


def as_known(number: str, student_no: str, aliases: Aliases) -> str:
    """Return the number by which a row is known: its own, or what that has been corrected to."""
    if not aliases:
        return number
    own = bare(student_no)
    corrected = aliases.get(number) or aliases.get(own)
    return corrected or number or (own if own in aliases.values() else "")


def once_called(number: str, aliases: Aliases) -> frozenset[str]:
    """Return the numbers by which a record may still call a child: his former ones, with and without G."""
    former = [old for old, new in aliases.items() if new == number] if number else []
    return frozenset(text for old in former for text in (old, f"G{old}"))


def named_once(pupils: Filled, class_of: Places) -> Named:
    """Return (name, class) → identity number, else 学籍号, of those whose name is one in their class."""
    found: dict[tuple[str, str], list[str]] = {}
    numbers = zip(citizen_numbers(pupils.values), student_nos(pupils), strict=True)
    for name, file, (number, student_no) in zip(pupils.values["name"], pupils.values["file"], numbers, strict=True):
        if file in class_of:
            found.setdefault((str(name), class_text(class_of[file])), []).append(number or bare(student_no))
    return {key: own[0] for key, own in found.items() if len(own) == 1}


def identities(pupils: Filled, aliases: Aliases = NO_ALIASES) -> tuple[list[str], list[str]]:
    """Return the number by which each row is known, and its 学籍号, "" where there is none."""
    own = list(zip(citizen_numbers(pupils.values), student_nos(pupils), strict=True))
    return [as_known(number, student_no, aliases) for number, student_no in own], [no for _, no in own]


def children_of(pupils: Filled, aliases: Aliases = NO_ALIASES) -> pd.Series[int]:
    """Return, for each row of 学生档案, the child: the first row of the same one.

    A row kept from an earlier month is nobody else's: that he is missing was found by the same keys.
    """
    keys = (*identities(pupils, aliases), names_and_births(pupils))
    found = same_child(*([key if own else "" for key, own in zip(k, pupils.is_own, strict=True)] for k in keys))
    return pd.Series(found, pupils.values.index, dtype="int64")
