"""validate: each table by itself; every cell in error is marked, and told once."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from typing import Any

import pytest

from helpers.small import small_month
from helpers.staged import Staged, codes
from schemas import rules
from schemas.forms import FORMS
from schemas.tables import ALWAYS, FIRST_DATA_ROW

# sheet, cells of its first row, what is told: code → column
CASES: tuple[tuple[str, dict[str, Any], dict[str, str]], ...] = (
    ("谈心记录", {"日期": date(2026, 11, 1)}, {rules.AFTER_MONTH_END.code: "日期"}),
    ("谈心记录", {"方式": ""}, {rules.MISSING.code: "方式"}),
    ("学生档案", {"父亲外出日期": ""}, {rules.MISSING_CONDITIONAL.code: "父亲外出日期"}),
    ("学生档案", {"父亲状况": "在家", "父亲外出日期": ""}, {rules.MISSING_CONDITIONAL.code: "在家一方监护能力"}),
    ("结对帮扶", {"结束日期": date(2026, 9, 1)}, {rules.DATE_ORDER.code: "结束日期"}),
    ("学生档案", {"出生日期": ""}, {rules.BIRTH_FROM_ID.code: "出生日期"}),
    ("学生档案", {"性别": ""}, {rules.SEX_FROM_ID.code: "性别"}),
    (  # a number that contradicts the other cell has an error of its own and fills nothing
        "学生档案",
        {"性别": "", "出生日期": date(2016, 3, 9)},
        {rules.MISSING.code: "性别", rules.ID_BIRTH.code: "身份证号"},
    ),
    (  # a day that is no birth date speaks against no number
        "学生档案",
        {"性别": "", "出生日期": date(2026, 11, 3)},
        {rules.SEX_FROM_ID.code: "性别", rules.AFTER_MONTH_END.code: "出生日期"},
    ),
    ("成长记录", {"语文": ""}, {}),
)


@pytest.mark.parametrize(("sheet", "cells", "told"), CASES, ids=[f"{s} {'、'.join(c)}" for s, c, _ in CASES])
def test_a_slip_is_told_where_it_stands(sheet: str, cells: dict[str, Any], told: dict[str, str]) -> None:
    month = small_month()
    month["classes"][0]["sheets"][sheet][0] |= cells
    tables, issues = Staged(month).validated
    assert {issue.rule.code: issue.title for issue in issues} == told
    (own,) = [filled for filled in tables.values() if filled.table.title == sheet]
    marked = {own.table.by_key[key].title for key in own.table.keys if own.faulty[key].at[0]}
    assert marked == {title for code, title in told.items() if rules.BY_CODE[code].level == rules.ERROR}


@pytest.mark.parametrize("seed", range(4))
def test_required_cells_that_are_empty_are_told_each_once(seed: int) -> None:
    """Cells are emptied at random all over the month: each is told, no other is, and no cell has two errors."""
    rng, month = random.Random(seed), small_month()
    emptied = set()
    for form, book in ((FORMS[0], month["classes"][0]), (FORMS[1], month["school"])):
        for table in form.tables:
            for number, row in enumerate(book["sheets"].get(table.title, [])):
                for column in table.columns:
                    if column.need == ALWAYS and column.title in row and rng.random() < 0.1:
                        row[column.title] = ""
                        emptied.add((table.title, FIRST_DATA_ROW + number, column.title))
    _, issues = Staged(month).validated
    errors = Counter((i.sheet, i.row, i.title) for i in issues if i.rule.level == rules.ERROR)
    assert {at for at, count in errors.items() if count > 1} == set()
    missing = {(i.sheet, i.row, i.title) for i in issues if i.rule is rules.MISSING}
    readable = {at for at in emptied if at[2] not in ("出生日期", "性别")}  # they are filled from the number beside it
    assert readable <= missing
    beside = missing - emptied  # asked for because the cell that excuses it is gone
    assert {title for _, _, title in beside} <= {"入班日期", "状态日期"}


def test_what_was_in_error_stays_in_error_and_is_not_told_again() -> None:
    """A cell that normalise could not read bears its one error already."""
    month = small_month()
    month["classes"][0]["sheets"]["谈心记录"][0]["日期"] = "上周三"
    staged = Staged(month)
    assert staged.validated[0]["talks"].faulty["date"].at[0]
    assert {code for code, _, _ in codes(staged.normalised[1])} == {rules.NOT_A_DATE.code}
    assert codes(staged.validated[1]) == set()
