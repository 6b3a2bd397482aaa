"""How a class is written: 三年级(2)班, and every usual spelling of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from schemas.cells import clean
from schemas.codes import GRADE, GRADES

NUMERALS = (*"一二三四五六七八九十", "十一", "十二")
_NUMBERS = {word: number for number, word in enumerate(NUMERALS, start=1)}
FIRST_MONTH = 9  # of a school year
JUNIOR_YEARS = 3  # grades seven to nine
_CLASS = re.compile(r"(.+?)(?:年级|年)?[(\[]?(\d{1,2}|十[一二]|[一二三四五六七八九十])[)\]]?班?")


def class_text(place: tuple[int, int]) -> str:
    """Return 三年级(2)班 for (3, 2), 三年级 for (3, 0): a grade of which no class is known."""
    return f"{GRADES[place[0] - 1]}({place[1]})班" if place[1] else GRADES[place[0] - 1]


def class_place(text: str) -> tuple[int, int] | None:
    """Return (3, 2) for any usual spelling of 三年级(2)班, else None."""
    name = class_name(text)
    return (GRADES.index(name.split("(")[0]) + 1, int(name.split("(")[1].split(")")[0])) if name else None


def class_number(text: str, day: date | None = None) -> int | None:
    """Return the number in 2, 2.0, 2班, 第2班, (2)班, 二班 or any spelling that `class_name` knows; None where there is none."""
    bare = "".join(clean(text).split())
    match = re.fullmatch(r"第?[(\[]?(\d{1,2}|十[一二]|[一二三四五六七八九十])(?:\.0)?[)\]]?班?", bare)
    if match:
        return int(match[1]) if match[1].isdigit() else _NUMBERS[match[1]]
    whole = class_name(bare, day)
    return int(whole.split("(")[1].split(")")[0]) if whole else None


def class_name(text: str, day: date | None = None) -> str | None:
    """Return 三年级(2)班 for any usual spelling of a class (三(2)班, 三年级二班, 初一3班, 302班), else None.

    With a `day`, 2023级2班 is the class of those who entered in 2023, where that can be one grade only.
    """
    bare = "".join(clean(text).split())
    coded = re.fullmatch(r"([1-9])(0[1-9]|1\d)班?", bare)
    match = re.fullmatch(r"([1-9])\.(\d{1,2})班", bare) or coded or _CLASS.fullmatch(bare)
    if not match:
        return None
    grade = match[1] if match[1] in GRADE.words else GRADE.instead.get(match[1]) or cohort_grade(match[1], day)
    if grade is None:
        return None
    number = int(match[2]) if match[2].isdigit() else _NUMBERS[match[2]]
    return f"{grade}({number})班" if number else None


_TOKEN = re.compile(r"\d{1,2}|十[一二]|[一二三四五六七八九十]")


def classes_like(text: str, classes: Iterable[tuple[int, int]]) -> list[str]:
    """Return the names of those classes that a text may mean which names none of them: 3.2, 三年级, 五年级(9)班."""
    numbers = [int(token) if token.isdigit() else _NUMBERS[token] for token in _TOKEN.findall(clean(text))]
    own = sorted(place for place in classes if numbers and place[0] == numbers[0])
    exact = [place for place in own if numbers[1:2] == [place[1]]]
    return [class_text(place) for place in exact or own]


def cohort_grade(text: str, day: date | None) -> str | None:
    """Return the grade on a day of those who entered school in 2023级; None where it may be two.

    Those of the last three years may as well have entered a junior secondary school.
    """
    match = re.fullmatch(r"(20\d{2})级", text)
    if not match or day is None:
        return None
    grade = day.year - (day.month < FIRST_MONTH) - int(match[1]) + 1
    return GRADES[grade - 1] if JUNIOR_YEARS < grade <= len(GRADES) else None
