"""One class's 谈心记录 for one month."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from pipeline.example import words
from pipeline.example.archive import Row, row_of
from pipeline.example.children import Child
from pipeline.example.days import pick, school_days
from pipeline.example.founding import SchoolClass
from schemas.codes import Pairing, Role

Speaker = Callable[[SchoolClass, Child, random.Random], tuple[str, str] | None]


def talk_rows(own: SchoolClass, month: str, rng: random.Random, count: int | None) -> list[Row]:
    """Return one row a talk: the head teacher with nearly every child, and others; exactly `count` if it is given."""
    days = school_days(month)
    children = [child for child in own.children if child.is_cared_for and any(map(child.is_here, days))]
    rows = [row for child in children for row in _month_of(own, child, days, rng)]
    if count is not None and children:
        while len(rows) < count:
            rows += _talk(rng.choice(children), (own.head_teacher, Role.HEAD_TEACHER), days, rng)
        rows = rows[:count]
    return sorted(rows, key=lambda row: str(row["日期"]))


def _month_of(own: SchoolClass, child: Child, days: Sequence[date], rng: random.Random) -> list[Row]:
    """Return the month's talks with one child."""
    rows = []
    for likely, speaker in ((own.care, _head_teacher), (0.45, _helper), (0.15, _subject_teacher), (0.2, _volunteer)):
        is_sure = own.is_perfect and speaker is _head_teacher
        who = speaker(own, child, rng)
        if who and (is_sure or rng.random() < likely):
            rows += _talk(child, who, days, rng)
    return rows


def _head_teacher(own: SchoolClass, child: Child, rng: random.Random) -> tuple[str, str] | None:
    return own.head_teacher, Role.HEAD_TEACHER


def _subject_teacher(own: SchoolClass, child: Child, rng: random.Random) -> tuple[str, str] | None:
    return rng.choice(own.subject_teachers), Role.SUBJECT_TEACHER


def _helper(own: SchoolClass, child: Child, rng: random.Random) -> tuple[str, str] | None:
    return _paired(child, Pairing.TEACHER)


def _volunteer(own: SchoolClass, child: Child, rng: random.Random) -> tuple[str, str] | None:
    return _paired(child, Pairing.MOTHER)


def _paired(child: Child, kind: str) -> tuple[str, str] | None:
    return next(((p.helper, kind) for p in child.pairings if p.kind == kind and not p.until), None)


def _talk(child: Child, who: tuple[str, str], days: Sequence[date], rng: random.Random) -> list[Row]:
    """Return the row of one talk on a day on which the child is here."""
    day = pick(rng, days, child.is_here)
    if day is None:
        return []
    topic = rng.choice(list(words.TALKS))
    follows = rng.random() < 0.2
    is_missing = child.status != "在读"
    return [
        row_of(
            {
                "日期": day,
                "学生姓名": child.name,
                "谈心人": who[0],
                "谈心人身份": who[1],
                "方式": "电话" if is_missing else rng.choices(("面谈", "电话", "视频", "书面"), (86, 7, 4, 3))[0],
                "主题": topic,
                "主要内容": rng.choice(words.TALKS[topic]) + rng.choice(words.TALK_ENDS),
                "采取措施": rng.choice(words.ACTIONS) if follows or rng.random() < 0.2 else None,
                "需跟进": "是" if follows else "否",
                "跟进日期": day + timedelta(days=7) if follows else None,
            }
        )
    ]
