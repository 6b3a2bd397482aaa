"""The rubrics 班级考核 and 教师考核 (contract §4, §5): items, weights, how they are scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from schemas.figures import BY_KEY

BY_RATE, BY_REGISTER, BY_DEDUCTION = "比率", "登记", "扣分"
MODES = (BY_RATE, BY_REGISTER, BY_DEDUCTION)  # 计分方式


@dataclass(frozen=True)
class RubricItem:
    """One item of a rubric: `figure` is a figure's key, or "" where it is registered by hand."""

    code: str
    title: str
    figure: str
    mode: str
    points: Fraction
    note: str = ""


def _items(*rows: tuple[str, int]) -> tuple[RubricItem, ...]:
    return tuple(
        RubricItem(f"K{number}", BY_KEY[key].title, key, BY_RATE, Fraction(points))
        for number, (key, points) in enumerate(rows, start=1)
    )


DEFAULT_RUBRIC = _items(
    ("archived", 12),
    ("complete", 8),
    ("teacher_paired", 8),
    ("classmate_paired", 7),
    ("talked", 20),
    ("visited", 10),
    ("called", 5),
    ("class_met", 5),
    ("took_part", 10),
    ("case_planned", 10),
    ("rows_clean", 5),
)  # contract §5


# What the teachers' rubric can measure: its title in 考核方案 → the key of the share.
TEACHER_MEASURES = {"谈心": "talks", "家校联系": "contacts", "计划": "plans", "检查": "checks", "成长日记": "diaries"}


def _teacher_items(*rows: tuple[str, int, str]) -> tuple[RubricItem, ...]:
    return tuple(
        RubricItem(f"J{number}", title, TEACHER_MEASURES[title], BY_RATE, Fraction(points), note)
        for number, (title, points, note) in enumerate(rows, start=1)
    )


DEFAULT_TEACHER_RUBRIC = _teacher_items(
    ("谈心", 40, "所负责的在读留守儿童中，本月由本人谈过心的比例"),
    ("家校联系", 20, "所负责的在读留守儿童中，本学期由本人联系过家里的比例"),
    ("计划", 15, "本人在期的帮扶教师结对中，计划三要素齐全的比例"),
    ("检查", 10, "本人在期的帮扶教师结对中，本月检查过的比例"),
    ("成长日记", 15, "所负责的在读留守儿童中，有成长日记的比例"),
)  # contract §5


def registered_items(rubric: Sequence[RubricItem]) -> Mapping[str, RubricItem]:
    """Return the rubric's items that are registered by hand, by title."""
    return {item.title: item for item in rubric if item.mode != BY_RATE}
