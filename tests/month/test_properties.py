"""What must hold for every month: order does not matter, an error never raises a rate, a talk never lowers one."""

from __future__ import annotations

import copy
import random
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.beside import beside
from helpers.measuring import Measures, measures_of, raised, result_of
from helpers.small import NAMES, small_month
from schemas.codes import Status
from schemas.forms import FORMS
from schemas.tables import ALWAYS

CLASSES = 12  # each example is a class of one month
FEW = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
REQUIRED = {
    table.title: {c.title for c in table.columns if c.need == ALWAYS} for form in FORMS for table in form.tables
}


@lru_cache
def base_month() -> dict[str, Any]:
    """A small month with something missing everywhere, so that every rate could rise."""
    month = copy.deepcopy(small_month())
    sheets = month["classes"][0]["sheets"]
    sheets["学生档案"][1] |= {"学籍状态": Status.DROPOUT, "状态日期": date(2026, 10, 9)}
    sheets["学生档案"][2] |= {"重点帮扶": "是", "建档日期": None, "就读方式": "住校"}
    sheets["结对帮扶"] = sheets["结对帮扶"][:4]
    sheets["谈心记录"] = sheets["谈心记录"][:1]
    sheets["成长记录"][0] |= {"个案触发": "心理障碍", "触发日期": date(2026, 9, 8)}
    sheets["成长记录"] = sheets["成长记录"][:2]
    sheets["家校联系"] = sheets["家校联系"][:2]
    month["school"]["sheets"]["应入学名册"][0]["就学去向"] = "未入学"
    return month


@lru_cache
def base_measures(classes: int) -> Measures:
    """The figures of so many such classes side by side."""
    return measures_of(result_of(beside([base_month()] * classes)))


@lru_cache
def every_cell() -> list[tuple[str, int, str, int, str]]:
    """Every filled cell: which workbook, its number, sheet, row, title."""
    month = base_month()
    books = [("classes", 0, month["classes"][0]), ("school", 0, month["school"])]
    return [
        (kind, number, sheet, row, title)
        for kind, number, book in books
        for sheet, rows in book["sheets"].items()
        for row, cells in enumerate(rows)
        for title in cells
    ]


def _put(place: tuple[str, int, str, int, str], value: Any) -> dict[str, Any]:
    kind, number, sheet, row, title = place
    month = copy.deepcopy(base_month())
    book = month[kind][number] if kind == "classes" else month[kind]
    book["sheets"][sheet][row][title] = value
    return month


def examples(example: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """Draw an example for each class."""
    return st.lists(example, min_size=CLASSES, max_size=CLASSES)


def _never_raised(spoilt: list[tuple[tuple[str, int, str, int, str], Any]]) -> None:
    """Spoil a cell a class; the staff, which are the first class's alone, come first."""
    first = sorted(spoilt, key=lambda each: each[0][2] != "教职工")
    after = measures_of(result_of(beside(_put(place, value) for place, value in first)))
    assert raised(base_measures(len(first)), after) == {}, first


@FEW
@given(
    examples(
        st.tuples(st.integers(0, 10**6), st.sampled_from(["乱写###", "#N/A", "2026-13-45", -7, True, "张三、李四"]))
    )
)
def test_nonsense_never_raises_a_rate(drawn: list[tuple[int, Any]]) -> None:
    """Whatever is put into whatever cell, no rate goes up."""
    _never_raised([(every_cell()[number % len(every_cell())], nonsense) for number, nonsense in drawn])


@FEW
@given(examples(st.integers(0, 10**6)))
def test_emptying_a_required_cell_never_raises_a_rate(numbers: list[int]) -> None:
    """No rate goes up where a 是 cell is emptied."""
    cells = [place for place in every_cell() if place[4] in REQUIRED[place[2]]]
    _never_raised([(cells[number % len(cells)], None) for number in numbers])


@pytest.mark.slow
def test_nonsense_in_each_cell_never_raises_a_rate() -> None:
    """The same, cell by cell over the whole month."""
    spoilt = [(place, value) for place in every_cell() for value in ("乱写###", None)]
    spoilt = [each for each in spoilt if each[1] or each[0][4] in REQUIRED[each[0][2]]]
    staff = [each for each in spoilt if each[0][2] == "教职工"]
    others = [each for each in spoilt if each not in staff]
    for each in staff:
        _never_raised([each])
    for start in range(0, len(others), CLASSES):
        _never_raised(others[start : start + CLASSES])


def test_a_name_that_is_none_takes_nobody_away() -> None:
    """合计 for a name, 示例 for a child with a number, 同上 for a number: the child is counted all the same."""
    roster, school = ("classes", 0, "学生档案"), ("school", 0, "应入学名册")
    spoilt = [((*roster, row, "姓名"), word) for row in (1, 2) for word in ("合计", "小计3", "示例", "平均分")]
    spoilt += [((*roster, row, "身份证号"), "同上") for row in (1, 2)]
    _never_raised([*spoilt, ((*school, 0, "姓名"), "合计"), ((*school, 0, "姓名"), "示例")])


@FEW
@given(examples(st.integers(0, 10**6)))
def test_the_order_of_rows_changes_nothing(seeds: list[int]) -> None:
    """Rows shuffled within their sheets give the same counts."""
    months = [copy.deepcopy(base_month()) for _ in seeds]
    for seed, month in zip(seeds, months, strict=True):
        for book in (*month["classes"], month["school"]):
            for rows in book["sheets"].values():
                random.Random(seed).shuffle(rows)
    assert measures_of(result_of(beside(months))) == base_measures(len(seeds))


def _one_more_talk(name: str, day: int, speaker: str, role: str) -> dict[str, Any]:
    month = copy.deepcopy(base_month())
    talk = {"日期": date(2026, 10, day), "学生姓名": name, "谈心人": speaker, "谈心人身份": role, "方式": "面谈", "主题": "生活", "主要内容": "好"}  # fmt: skip
    month["classes"][0]["sheets"]["谈心记录"].append(talk)
    return month


@FEW
@given(
    examples(
        st.tuples(
            st.sampled_from(NAMES),
            st.integers(1, 31),
            st.sampled_from(["王老师", "陈老师"]),
            st.sampled_from(["班主任", "任课教师", "爱心妈妈"]),
        )
    )
)
def test_one_more_talk_never_lowers_a_rate(talks: list[tuple[str, int, str, str]]) -> None:
    """A sound talk row more can only help, whoever spoke and on whichever day of the month."""
    after = measures_of(result_of(beside(_one_more_talk(*talk) for talk in talks)))
    assert raised(after, base_measures(len(talks))) == {}
