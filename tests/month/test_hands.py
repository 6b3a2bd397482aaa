"""The templates as a teacher uses them: opened, filled below the header row, saved by another program."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from drawn.month import random_month
from helpers.beside import beside, place
from helpers.by_hand import fill_by_hand
from helpers.measuring import Measures, measures_of, raised, result_of
from helpers.places import TEMPLATES
from helpers.small import small_month
from pipeline.excel.render import rendered
from pipeline.keeping.store import put_all
from pipeline.model import Month
from pipeline.report import work_out
from pipeline.stages.collect import collect
from pipeline.stages.publish import publish
from schemas import rules


@pytest.mark.parametrize("seed", [None, 1, pytest.param(2, marks=pytest.mark.slow)])
def test_filled_by_hand_counts_the_same(seed: int | None, tmp_path: Path) -> None:
    """A month filled into the committed templates by another program gives the same n and N."""
    month = small_month() if seed is None else random_month(random.Random(seed)) | {"plan": None}
    for number, book in enumerate(month["classes"]):
        fill_by_hand(tmp_path / f"{number}.xlsx", "班级月报", book)
    fill_by_hand(tmp_path / "学校.xlsx", "学校月报", month["school"])
    result = work_out(collect(tmp_path), Month(2026, 10))
    assert measures_of(result) == measures_of(result_of(month))
    if seed is None:
        assert [i for i in result.issues if i.rule.level != rules.NOTE] == []


def test_a_blank_template_is_an_empty_workbook(tmp_path: Path) -> None:
    """A template handed in blank is told at its cover, and its examples count for nobody."""
    blank = small_month()["classes"][0] | {"sheets": {}}
    fill_by_hand(tmp_path / "空.xlsx", "班级月报", blank)
    result = work_out(collect(tmp_path), Month(2026, 10))
    assert [c.state for c in result.turnout.classes] == ["空表"]
    assert measures_of(result) == {}


def test_the_shipped_plan_is_the_default(tmp_path: Path) -> None:
    """考核方案.xlsx as shipped changes nothing."""
    month = small_month()
    for number, book in enumerate(month["classes"]):
        fill_by_hand(tmp_path / f"{number}.xlsx", "班级月报", book)
    before = work_out(collect(tmp_path), Month(2026, 10))
    (tmp_path / "考核方案.xlsx").write_bytes((TEMPLATES / "考核方案.xlsx").read_bytes())
    after = work_out(collect(tmp_path), Month(2026, 10))
    assert measures_of(after) == measures_of(before)
    assert after.policy.duties == before.policy.duties
    assert [s.total for s in after.scores] == [s.total for s in before.scores]


def _filled(book: dict[str, Any]) -> list[str]:
    return [title for title, rows in book["sheets"].items() if rows]


def test_a_month_without_a_sheet_of_a_class_is_worked_out() -> None:
    """Whatever sheet of a class is empty, the month is worked out and no rate goes up: a class for each sheet."""
    titles = _filled(small_month()["classes"][0])
    months = [small_month() for _ in titles]
    before = measures_of(result_of(beside(months)))
    for title, month in zip(titles, months, strict=True):
        del month["classes"][0]["sheets"][title]
    after = measures_of(result_of(beside(months)))
    assert raised(before, after) == {}
    for number in range(len(titles)):
        assert {k: v for k, v in before.items() if k[1] == place(number)} != {
            k: v for k, v in after.items() if k[1] == place(number)
        }


COUNTED = ("班级一览", "应入学名册", "学校活动", "关爱设施", "教职工")


@pytest.mark.parametrize("title", [pytest.param("", marks=pytest.mark.slow), *COUNTED])
def test_a_month_without_a_sheet_of_the_school_is_worked_out(title: str) -> None:
    """The same for the sheets of the school that figures count; slowly, for every one that is filled."""
    month = random_month(random.Random(7), classes=2, children=3)
    filled = _filled(month["school"])
    assert set(COUNTED) < set(filled)
    for own in [title] if title else filled:
        sheets = {name: rows for name, rows in month["school"]["sheets"].items() if name != own}
        after = measures_of(result_of(month | {"school": month["school"] | {"sheets": sheets}}))
        assert raised(_before(), after) == {}, own


@cache
def _before() -> Measures:
    return measures_of(result_of(random_month(random.Random(7), classes=2, children=3)))


def test_a_month_without_school_workbook_or_class(tmp_path: Path) -> None:
    """Without a 学校月报 there is one note and no 入学率; with it alone every class is 未交."""
    alone = result_of(small_month() | {"school": None})
    assert [i.rule for i in alone.issues] == [rules.NO_SCHOOL_WORKBOOK]
    assert ("school", "", "入学率") not in measures_of(alone)
    none = result_of(small_month() | {"classes": []})
    assert [c.state for c in none.turnout.classes] == ["未交"]
    for result in (alone, none):
        for name, book in publish(result):
            put_all(tmp_path, {name: rendered(book)})
