"""The example school, month by month: one school workbook and one workbook a class."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.example import mistakes as teachers_mistakes
from pipeline.example.archive import Row, Sheets, Value
from pipeline.example.changes import Moved, first_month, next_month
from pipeline.example.classwork import class_sheets
from pipeline.example.days import last_day
from pipeline.example.founding import School, SchoolClass, found_school
from pipeline.example.office import office_sheets, outside_children

CLASS_TEMPLATE, SCHOOL_TEMPLATE = "班级月报", "学校月报"


@dataclass(frozen=True)
class Workbook:
    """One filled workbook: the values of 填表说明, and its data sheets as rows of column title → value.

    A title that a row lacks is an empty cell.
    """

    template: str
    file_name: str
    cover: dict[str, Value]
    sheets: Sheets


def example_school(
    months: Sequence[str] = ("2026-09", "2026-10"),
    *,
    seed: int = 2026,
    grades: int = 9,
    classes_per_grade: int = 2,
    children_per_class: tuple[int, int] = (11, 18),
    mistakes: bool = True,
    talks_per_class: int | None = None,
    school_code: str = "5299001234",
    school_name: str = "示例县云溪镇中心学校（虚构）",
) -> dict[str, list[Workbook]]:
    """Return month → its workbooks, the school's own last. The same arguments give the same workbooks.

    `months` are consecutive months of one school year. With `mistakes` the last month has teachers' ordinary
    mistakes and one class that has not handed in; the months before it have a few mistakes.
    """
    rng = random.Random(seed)
    school = found_school(
        school_name, school_code, months[0], rng,
        grades=grades, classes_per_grade=classes_per_grade, sizes=children_per_class,
    )  # fmt: skip
    outsiders = outside_children(school.registry, school.year_start)
    written: dict[str, list[Workbook]] = {}
    for index, month in enumerate(months):
        moved: list[Moved] = []
        if index == 0:
            school = first_month(school, month, rng)
        else:
            school, moved = next_month(school, month, rng, is_second=index == 1)
        # The logs have a generator of their own: how many are asked for does not change who comes and goes.
        own_rng = random.Random(f"{seed} {month}")
        books = _class_books(school, month, own_rng, index, talks_per_class)
        if mistakes:
            books = _with_mistakes(school, books, month, seed, is_last=month == months[-1])
        written[month] = [*books, _school_book(school, month, own_rng, moved, outsiders, index)]
    return written


def _cover(school: School, month: str) -> dict[str, Value]:
    return {"学校名称": school.name, "学校标识码": school.code, "报送月份": month}


def _class_books(school: School, month: str, rng: random.Random, index: int, talk_count: int | None) -> list[Workbook]:
    careless = min(school.classes, key=lambda own: (own.care, own.name))
    books = []
    for own in school.classes:
        forgets_meeting = own is careless and index > 0
        sheets = class_sheets(
            own, month, rng, month_index=index, talk_count=talk_count, forgets_meeting=forgets_meeting
        )
        books.append(_class_book(school, own, month, sheets))
    return books


def _class_book(school: School, own: SchoolClass, month: str, sheets: Sheets) -> Workbook:
    cover = _cover(school, month) | {"年级": own.grade, "班级": own.number, "班主任": own.head_teacher}
    return Workbook(CLASS_TEMPLATE, f"{own.name}.xlsx", cover, sheets)


def _school_book(
    school: School, month: str, rng: random.Random, moved: Sequence[Moved], outsiders: Sequence[Row], index: int
) -> Workbook:
    sheets = office_sheets(school, month, rng, moved=moved, outsiders=outsiders, is_first=index == 0)
    return Workbook(SCHOOL_TEMPLATE, f"{SCHOOL_TEMPLATE}.xlsx", _cover(school, month), sheets)


def _with_mistakes(
    school: School, books: Sequence[Workbook], month: str, seed: int, *, is_last: bool
) -> list[Workbook]:
    """Return the class workbooks as teachers would have handed them in: some with mistakes, one not at all."""
    human = [n for n, own in enumerate(school.classes) if not own.is_perfect]
    # One order for all months: the class that hands nothing in at the end is not one of those with mistakes.
    order = random.Random(f"{seed} mistakes").sample(human, len(human))
    plan = teachers_mistakes.LAST_MONTH if is_last else teachers_mistakes.EARLIER_MONTH
    rng = random.Random(f"{seed} {month} mistakes")
    found = dict(enumerate(books))
    for n, made in zip(order, plan, strict=False):
        cover, sheets = found[n].cover, found[n].sheets
        for mistake in made:
            cover, sheets = mistake(cover, sheets, last_day(month), rng)
        found[n] = replace(found[n], cover=cover, sheets=sheets)
    if is_last and len(order) > len(plan):
        del found[order[len(plan)]]
    return list(found.values())
