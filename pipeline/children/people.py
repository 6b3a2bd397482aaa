"""Who is who: one child behind several rows (contract §5, §8.5), by number first, never by name alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from pipeline.filled import Filled
from schemas.identity import birth_date, has_valid_check_digit, is_well_formed

_TABLES = 16  # tables whose names are remembered: of a month, and of those before it that are asked again and again


def is_citizen(numbers: pd.Series[Any]) -> pd.Series[bool]:
    """Tell which identity numbers are real ones of 18 characters (kinds let provisional ones pass with a warning)."""
    cells = numbers.tolist()
    told = [isinstance(number, str) and len(number) == 18 and not number.startswith("999") for number in cells]
    return pd.Series(told, numbers.index, dtype=bool)


def citizen_numbers(values: pd.DataFrame) -> list[str]:
    """Return each row's identity number: the valid 身份证号, else the one that a G 学籍号 carries, else ""."""
    columns = (values["id_card"], is_citizen(values["id_card"]), values["student_no"])
    numbers = zip(*(column.tolist() for column in columns), strict=True)
    return [number if is_real else _carried(student_no) for number, is_real, student_no in numbers]


def _carried(student_no: Any) -> str:
    """Return the identity number that a G 学籍号 carries, "" where it carries none."""
    number = student_no[1:] if isinstance(student_no, str) and student_no.startswith("G") else ""
    return number if number and is_well_formed(number) and has_valid_check_digit(number) else ""


@lru_cache(maxsize=_TABLES)
def student_nos(pupils: Filled) -> tuple[str, ...]:
    """Return each row's 学籍号, "" where there is none or a G number is in error.

    One that is marked because its child stands in two classes is known for all that: a child found twice last month is
    found again by it.
    """
    numbers, are_faulty = pupils.values["student_no"].tolist(), pupils.faulty["student_no"].tolist()
    told = (number if isinstance(number, str) else "" for number in numbers)
    return tuple("" if no.startswith("G") and bad else no for no, bad in zip(told, are_faulty, strict=True))


def birth_dates(pupils: Filled) -> pd.Series[Any]:
    """Return 出生日期, read from a valid 身份证号 where it is in error; NaT where neither is known (contract §8.20)."""
    births, numbers = pupils.good("birth_date"), pupils.good("id_card")
    if not births.hasnans:
        return births
    unknown = numbers[births.isna() & is_citizen(numbers)]
    days = unknown.map(lambda number: pd.Timestamp(birth_date(number)))
    return births.where(births.notna(), days.astype(births.dtype).reindex(births.index))


@lru_cache(maxsize=_TABLES)
def names_and_births(pupils: Filled) -> tuple[str, ...]:
    """Return 姓名|出生日期 of each row of 学生档案, "" where one is unknown. A name only told twice is known."""
    births = birth_dates(pupils).dt.strftime("%Y-%m-%d").fillna("").tolist()
    names = pupils.values["name"].fillna("").tolist()
    return tuple(f"{name}|{birth}" if name and birth else "" for name, birth in zip(names, births, strict=True))


def same_child(numbers: Sequence[str], school_numbers: Sequence[str], names: Sequence[str]) -> list[int]:
    """Return, for each row, the first row of the same child.

    Rows are joined by `numbers`, then `school_numbers`, then `names` (name + birth date); "" joins nothing. A match by
    the last two holds unless both sides have different identity numbers.
    """
    parent = list(range(len(numbers)))
    number_of = list(numbers)

    def root(row: int) -> int:
        while parent[row] != row:
            row = parent[row]
        return row

    for keys in (numbers, school_numbers, names):
        for rows in _doubles(keys):
            for row in rows:
                joined = next((r for r in rows if r < row and _agree(number_of[root(r)], number_of[root(row)])), None)
                if joined is not None:
                    first, second = sorted((root(joined), root(row)))
                    parent[second] = first
                    number_of[first] = number_of[first] or number_of[second]
    return [root(row) for row in range(len(numbers))]


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _doubles(keys: Iterable[Hashable]) -> list[list[int]]:
    """Return the rows of each key that stands more than once."""
    found: dict[Hashable, list[int]] = {}
    for row, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(row)
    return [rows for rows in found.values() if len(rows) > 1]
