"""Which class the rows of a table are of by now: by their own columns, else by what stands around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any

from pipeline.model import Month
from pipeline.starting.classes import all_parted, class_in, grade_in, grade_of, in_words, number_of, place_in
from pipeline.starting.grids import Line
from pipeline.starting.record import Record
from pipeline.starting.tables import SourceTable
from schemas import identity
from schemas import start_words as w
from schemas.class_names import CLASS, class_text
from schemas.starting.values import COHORT, COHORT_WORDS, ENTERED

CLASS_KEYS = ("class_name", "grade", "number")
_LAST_GRADE, _LAST_OF_PRIMARY = 9, 6


def class_words(facts: Mapping[str, Any], line: Line, table: SourceTable) -> str:
    """Return the words that name the row's class: of its own columns, else of what stands around it."""
    sheet = table.sheet_class or table.grid.sheet
    around = [line.banner, sheet, table.grid.heading, *reversed(table.source.name.split("/"))]
    prefix = "class_" if "class_class_name" in facts or "class_grade" in facts or "class_number" in facts else ""
    whole, grade, number = (str(facts.get(prefix + key, "")) for key in CLASS_KEYS)
    if found := class_in(whole):
        return found
    entered = ENTERED.fullmatch(str(facts.get("entered", "")))
    if entered and not grade:
        grade = COHORT_WORDS.format(year=entered[1])
    number = number or whole
    grade = grade or grade_in(whole) or next(filter(None, map(grade_in, around)), "")
    if number and number_of(number) and grade:
        return f"{grade}({number_of(number)})班"
    if whole or number or entered or facts.get("grade"):
        return whole or (grade if not number else "")
    if found := class_in(line.banner):
        return found
    files = [PurePosixPath(part).stem for part in reversed(table.source.name.split("/"))]
    numbered = (number_of(text) for text in (sheet, *files) if CLASS in text)
    if grade and (of_sheet := next(filter(None, numbered), None)):
        return f"{grade}({of_sheet})班"
    return next(filter(None, map(class_in, around)), grade)


def place_all(records: Sequence[Record], month: Month) -> None:
    """Say of each record which class it is of by now: a list of an earlier 学年 goes up a grade a year."""
    births: dict[str, list[date]] = {}
    for record in records:
        if born := born_on(record.facts) or _by_age(record.facts, month.last_day):
            births.setdefault(record.class_words, []).append(born)
    start = month.september.year
    if all_parted(record.class_words for record in records if record.class_words):
        for record in records:
            record.class_words = in_words(record.class_words)
    for record in records:
        own = births.get(record.class_words, [])
        years = start - record.table.year if record.table.year and record.table.year < start else 0
        found = place_in(_full(record.class_words, month.last_day, own), month.last_day, own)
        grade, number = found or (_grade_alone(record, month.last_day, own), 0)
        if grade and years and not COHORT.search(record.class_words):
            if grade <= _LAST_OF_PRIMARY < grade + years:  # to another school, or into other classes of this one
                record.facts.setdefault("gone", w.GONE_UP)
                grade = 0
            else:
                grade += years
                record.was_promoted = True
        record.grade = grade if grade <= _LAST_GRADE else 0
        record.place = (record.grade, number) if record.grade and number else None


def _grade_alone(record: Record, day: date, births: Sequence[date]) -> int:
    """Return the grade of a row that names no class beside it, 0 for none."""
    words = record.class_words
    is_grade = words and words == str(record.facts.get("grade", record.facts.get("class_grade", "")))
    return grade_of(words if is_grade else grade_in(words), day, births) or 0


def _by_age(facts: Mapping[str, Any], day: date) -> date | None:
    """Return about when a child of a stated age was born, as far as it tells a first grade from a seventh."""
    age = facts.get("age")
    return day - timedelta(days=365 * int(age) + 180) if age is not None else None


def _full(words: str, day: date, births: Sequence[date]) -> str:
    """Return the words for a class with the grade written out, where it is named by its digit or year alone."""
    if class_in(words):
        return words
    head, _, rest = words.partition("(")
    grade = grade_of(head, day, births)
    return class_text((grade, number_of(rest.split(")")[0]) or 0)) if grade and rest else words


def born_on(facts: Mapping[str, Any]) -> date | None:
    """Return the birthday that a row says, by its identity number before all."""
    number = str(facts.get("id_card") or str(facts.get("student_no", "")).removeprefix("G"))
    if identity.is_well_formed(number):
        return identity.birth_date(number)
    born = facts.get("birth_date")
    return born if isinstance(born, date) else None
