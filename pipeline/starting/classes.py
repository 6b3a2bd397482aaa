"""Which class a text means: 三(2)班, 三年级2班, 302班, 2024级2班, or a grade here and a number there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from pipeline.model import Place
from schemas.cells import as_text, clean
from schemas.class_names import CLASS, FIRST_MONTH, class_number, class_place, class_text
from schemas.codes import GRADE, GRADES
from schemas.starting.values import (
    CLASS_IN_TEXT,
    COHORT,
    GRADE_IN_BRACKETS,
    GRADE_IN_TEXT,
    JUNIOR_BEFORE,
    LETTERED,
    MOST_CLASSES,
    PARTED_CLASS,
    PRIMARY_BEFORE,
    SEVERAL_GRADES,
    SHORT_CLASS,
    YEAR_AND_NUMBER,
)

_BLANKS = re.compile(r"\s+")
FIRST_AGE = 6  # years old in the September of the first grade, or seven
_JUNIOR_START = 6  # grades before the seventh


@lru_cache(maxsize=4096)
def class_in(text: str) -> str:
    """Return the words for a class that stand in a text, "" for none."""
    plain = _plain(text)
    found = CLASS_IN_TEXT.search(plain)
    if found is None and SHORT_CLASS.fullmatch(plain.strip()):
        found = CLASS_IN_TEXT.search(_plain(f"{plain.strip()}{CLASS}"))
    return found[0] if found else ""


@lru_cache(maxsize=4096)
def grade_in(text: str) -> str:
    """Return the words for a grade that stand in a text, "" for none."""
    plain = _plain(text)
    found = None if SEVERAL_GRADES.search(plain) else GRADE_IN_TEXT.search(plain)
    return found[0] if found else ""


def place_in(text: str, day: date, births: Sequence[date] = ()) -> Place | None:
    """Return the class that a text names on a day. `births`: of its children, by which 2024级 is a first or seventh."""
    found = CLASS_IN_TEXT.search(_plain(text))
    if not found:
        return None
    if found[3]:
        return class_place(f"{found[3]}{CLASS}")
    grade = grade_of(found[1], day, births)
    number = class_number(found[2]) or LETTERED.get(found[2])
    return (grade, number) if grade and number else None


def grade_of(raw: Any, day: date, births: Sequence[date] = ()) -> int | None:
    """Return the grade, 1 to 9, that a text names; None where it is none, or may be two."""
    text = _BLANKS.sub("", _plain(as_text(raw)))
    cohort = COHORT.search(text)
    if cohort:
        return _of_cohort(2000 + int(cohort[1]), day, births)
    name = (
        text
        if text in GRADE.words
        else GRADE.instead.get(text) or GRADE.instead.get(text.removesuffix("级").removesuffix("年"))
    )
    return GRADES.index(name) + 1 if name else None


def number_of(raw: Any) -> int | None:
    """Return a class's number in 2, 2班, (2)班; None for one that no grade has."""
    text = as_text(raw)
    number = class_number(text) or LETTERED.get(text.strip().removesuffix(CLASS))
    return number if number and number <= MOST_CLASSES else None


def all_parted(texts: Iterable[str]) -> bool:
    """Tell names of classes that say grade and number by digits alone: 3.1, 3.2, 4.1, and no other among them."""
    several = list(texts)
    return len(set(several)) > 1 and all(PARTED_CLASS.fullmatch(text.strip()) for text in several)


def in_words(parted: str) -> str:
    """Return 3年级(2)班 for 3.2."""
    found = PARTED_CLASS.fullmatch(parted.strip())
    return class_text((int(found[1]), int(found[2]))) if found else parted


def _of_cohort(entered: int, day: date, births: Sequence[date]) -> int | None:
    """Return the grade of those who entered in a year; of a first and a seventh grade the one that fits their ages."""
    years = day.year - (day.month < FIRST_MONTH) - entered + 1
    may_be = [g for g in (years, years + _JUNIOR_START) if 1 <= g <= len(GRADES) and (g == years or years <= 3)]
    if years > 3 or years < 1:
        return years if 1 <= years <= len(GRADES) else None
    ages = sorted((day - birth).days / 365.25 for birth in births)
    if not ages:
        return None
    age = ages[len(ages) // 2]
    fitting = [grade for grade in may_be if abs(age - (FIRST_AGE + grade)) <= 2.5]
    return fitting[0] if len(fitting) == 1 else None


def _plain(text: str) -> str:
    plain = JUNIOR_BEFORE.sub("", PRIMARY_BEFORE.sub("", clean(text)))
    return YEAR_AND_NUMBER.sub(r"20\1级\2", GRADE_IN_BRACKETS.sub(r"\1", plain))
