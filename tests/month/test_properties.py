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

from helpers.measuring import Measures, measures_of, raised, result_of
from helpers.small import NAMES, small_month
from schemas.codes import Status
from schemas.forms import FORMS
from schemas.tables import ALWAYS

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
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
def base_measures() -> Measures:
    return measures_of(result_of(base_month()))


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


@FEW
@given(st.integers(0, 10**6), st.sampled_from(["乱写###", "#N/A", "2026-13-45", -7, True, "张三、李四"]))
def test_nonsense_never_raises_a_rate(number: int, nonsense: Any) -> None:
    """Whatever is put into whatever cell, no rate goes up."""
    place = every_cell()[number % len(every_cell())]
    assert raised(base_measures(), measures_of(result_of(_put(place, nonsense)))) == {}, place


@FEW
@given(st.integers(0, 10**6))
def test_emptying_a_required_cell_never_raises_a_rate(number: int) -> None:
    """No rate goes up where a 是 cell is emptied."""
    cells = [place for place in every_cell() if place[4] in REQUIRED[place[2]]]
    place = cells[number % len(cells)]
    assert raised(base_measures(), measures_of(result_of(_put(place, None)))) == {}, place


@pytest.mark.slow
def test_nonsense_in_each_cell_never_raises_a_rate() -> None:
    """The same, cell by cell over the whole month."""
    for place in every_cell():
        for value in ("乱写###", None) if place[4] in REQUIRED[place[2]] else ("乱写###",):
            assert raised(base_measures(), measures_of(result_of(_put(place, value)))) == {}, place


@FEW
@given(st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    """Rows shuffled within their sheets give the same counts."""
    month = copy.deepcopy(base_month())
    for book in (*month["classes"], month["school"]):
        for rows in book["sheets"].values():
            random.Random(seed).shuffle(rows)
    assert measures_of(result_of(month)) == base_measures()


@FEW
@given(
    st.sampled_from(NAMES),
    st.integers(1, 31),
    st.sampled_from(["王老师", "陈老师"]),
    st.sampled_from(["班主任", "任课教师", "爱心妈妈"]),
)
def test_one_more_talk_never_lowers_a_rate(name: str, day: int, speaker: str, role: str) -> None:
    """A sound talk row more can only help, whoever spoke and on whichever day of the month."""
    month = copy.deepcopy(base_month())
    talk = {
        "日期": date(2026, 10, day),
        "学生姓名": name,
        "谈心人": speaker,
        "谈心人身份": role,
        "方式": "面谈",
        "主题": "生活",
        "主要内容": "好",
    }
    month["classes"][0]["sheets"]["谈心记录"].append(talk)
    assert raised(measures_of(result_of(month)), base_measures()) == {}
