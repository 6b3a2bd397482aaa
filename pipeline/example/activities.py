"""One class's 活动记录 for one month."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from pipeline.example import words
from pipeline.example.archive import Row
from pipeline.example.children import Child
from pipeline.example.days import school_days
from pipeline.example.founding import SchoolClass
from schemas.codes import ALL_PUPILS, Activity


def activity_rows(own: SchoolClass, month: str, rng: random.Random, *, forgets_meeting: bool) -> list[Row]:
    """Return one row an activity of the class: the monthly meeting, a birthday party, one or two more."""
    days = school_days(month)
    rows = [] if forgets_meeting else [_meeting(own, rng.choice(days[3:12]), month, rng)]
    rows += _birthday(own, days[-3], month, rng)
    for kind, title in rng.sample(words.CLASS_ACTIVITIES, rng.randint(1, 2)):
        rows += _with_names(own, rng.choice(days), kind, title, rng, 0.4)
    kind, title = rng.choice(words.DEEDS)
    rows += _with_names(own, rng.choice(days), kind, title, rng, 0.5)
    return sorted(rows, key=lambda row: str(row["日期"]))


def _activity(own: SchoolClass, day: date, kind: str, title: str, participants: str) -> Row:
    return {"日期": day, "活动类型": kind, "活动名称": title, "组织人": own.head_teacher, "参加学生": participants}


def _meeting(own: SchoolClass, day: date, month: str, rng: random.Random) -> Row:
    """Return the 留守儿童会: the whole class, or, where the teacher took the roll, those who were there."""
    title = f"{int(month[5:])}月留守儿童会"
    present = [child for child in own.children if child.is_cared_for and child.is_here(day)]
    roll = [child for child in present if rng.random() < own.care]
    takes_roll = not own.is_perfect and own.number % 2 == 0 and len(roll) > 0
    row = _activity(own, day, Activity.CLASS_MEETING, title, _names(roll) if takes_roll else ALL_PUPILS)
    return row | {
        "情况摘要": rng.choice(("说说这个月的开心事", "选出本月进步之星", "给爸妈录一段话", "商量互相帮助的办法"))
    }


def _birthday(own: SchoolClass, day: date, month: str, rng: random.Random) -> list[Row]:
    """Return the party for those whose birthday is in the month; some classes forget it."""
    number = int(month[5:])
    whose = [c for c in own.children if c.birth_date.month == number and c.is_cared_for and c.is_here(day)]
    if not whose or not (own.is_perfect or rng.random() < 0.9):
        return []
    return [_activity(own, day, Activity.BIRTHDAY, f"{number}月集体生日会", _names(whose))]


def _with_names(own: SchoolClass, day: date, kind: str, title: str, rng: random.Random, share: float) -> list[Row]:
    """Return an activity that about a share of the children took part in."""
    present = [child for child in own.children if child.is_cared_for and child.is_here(day)]
    chosen = [child for child in present if rng.random() < share] or present[:1]
    return [_activity(own, day, kind, title, _names(chosen))] if chosen else []


def _names(children: Sequence[Child]) -> str:
    return "、".join(child.name for child in children)
