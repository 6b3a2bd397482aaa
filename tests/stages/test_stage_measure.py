"""measure: n and N of every figure; they add up, and what one class does is its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from helpers.beside import beside
from helpers.small import NAMES, small_month
from helpers.staged import Staged

KEYS = ["over", "figure"]


def _three() -> dict[str, Any]:
    """Three classes: a whole one, one without talks, one whose first child has dropped out."""
    months = [small_month() for _ in range(3)]
    months[1]["classes"][0]["sheets"]["谈心记录"] = []
    months[2]["classes"][0]["sheets"]["学生档案"][0] |= {"学籍状态": "辍学", "状态日期": date(2026, 10, 9)}
    return beside(months)


@pytest.fixture(scope="module")
def three() -> pd.DataFrame:
    return Staged(_three()).measured.measures


def test_counts_add_up_and_no_n_is_over_its_total(three: pd.DataFrame) -> None:
    """School = grades = classes, figure by figure; what the school alone is asked aside."""
    assert three["n"].between(0, three["N"]).all()
    sums = {level: own.groupby(KEYS)[["n", "N"]].sum() for level, own in three.groupby("level")}
    of_classes = sums["school"].loc[sums["class"].index]
    pd.testing.assert_frame_equal(of_classes, sums["class"])
    pd.testing.assert_frame_equal(sums["grade"], sums["class"])
    alone = sums["school"].index.difference(sums["class"].index)
    assert {figure for _, figure in alone} <= {"in_school", "holiday_checked", "one_1", "one_5"}


# figure, (n, N) of: a whole class, one without talks, one with a child who dropped out
DRAWN: tuple[tuple[str, tuple[int, int], tuple[int, int], tuple[int, int]], ...] = (
    ("archived", (3, 3), (3, 3), (3, 3)),
    ("kept", (3, 3), (3, 3), (2, 3)),
    ("teacher_paired", (3, 3), (3, 3), (2, 2)),
    ("talked", (3, 3), (0, 3), (2, 2)),
    ("class_met", (1, 1), (1, 1), (1, 1)),
    ("growth", (3, 3), (3, 3), (2, 2)),
    ("rows_clean", (32, 32), (29, 29), (32, 32)),
)


@pytest.mark.parametrize(("figure", "shares"), [(figure, shares) for figure, *shares in DRAWN])
def test_each_class_has_its_own_counts(figure: str, shares: list[tuple[int, int]], three: pd.DataFrame) -> None:
    own = three[(three["level"] == "class") & (three["over"] == "L") & (three["figure"] == figure)]
    assert list(own.sort_values("number")[["n", "N"]].itertuples(index=False, name=None)) == shares


def test_what_one_class_lacks_is_no_other_classs() -> None:
    """Six classes lack a sheet each: not a count of the seventh changes."""
    titles = ("联系卡", "结对帮扶", "谈心记录", "家校联系", "活动记录", "成长记录")
    months = [small_month() for _ in range(len(titles) + 1)]
    whole = _of_last(Staged(beside(months)).measured.measures)
    for title, month in zip(titles, months, strict=False):
        month["classes"][0]["sheets"][title] = []
    pd.testing.assert_frame_equal(_of_last(Staged(beside(months)).measured.measures), whole)


def _of_last(measures: pd.DataFrame) -> pd.DataFrame:
    own = measures[(measures["level"] == "class") & (measures["number"] == measures["number"].max())]
    return own.sort_values(KEYS).reset_index(drop=True)


def test_heads_are_children_once_each() -> None:
    """Boys and girls, boarders and day pupils are parts of L; a child more is one more."""
    heads = Staged(small_month()).measured.heads.iloc[0]
    assert (heads["in_l"], heads["is_male"] + heads["is_female"]) == (3, 3)
    assert heads["is_boarder"] + heads["is_day_pupil"] == heads["in_l"] == len(NAMES)
