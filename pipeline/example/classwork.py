"""One class's sheets for one month: the archive as it stands, and the month's own records."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from pipeline.example import words
from pipeline.example.activities import activity_rows
from pipeline.example.archive import Row, Sheets, contact_rows, pairing_rows, pupil_rows, row_of
from pipeline.example.children import Case, Child
from pipeline.example.days import last_day, pick, school_days
from pipeline.example.founding import SchoolClass
from pipeline.example.talks import talk_rows
from schemas.codes import LACKS


def class_sheets(
    own: SchoolClass, month: str, rng: random.Random, *, month_index: int, talk_count: int | None, forgets_meeting: bool
) -> Sheets:
    """Return a class's ten sheets for a month, the `month_index`-th of the example (0 = first).

    `talk_count` fixes the rows of 谈心记录; `forgets_meeting`: no 留守儿童会 this month.
    """
    return {
        "学生档案": pupil_rows(own),
        "联系卡": contact_rows(own),
        "结对帮扶": pairing_rows(own, month, rng),
        "谈心记录": talk_rows(own, month, rng, talk_count),
        "家校联系": _contacts_log(own, month, rng, month_index),
        "活动记录": activity_rows(own, month, rng, forgets_meeting=forgets_meeting),
        "成长记录": _growth(own, month, rng),
        "个别方案": _plans(own, month, rng),
        "假期互查": [],
        "关爱服务": _services(own, month, rng),
    }


# --- 家校联系 --------------------------------------------------------------------------------------------------


def _contacts_log(own: SchoolClass, month: str, rng: random.Random, month_index: int) -> list[Row]:
    """Return one row a contact: a call or letter to nearly all, visits to some, in the first month a meeting."""
    days = school_days(month)
    meeting = days[min(12, len(days) - 1)]
    rows: list[Row] = []
    for n, child in enumerate(own.children):
        if not child.is_cared_for:
            continue
        if own.is_perfect or rng.random() < own.care:
            rows += _contact(own, child, _call_kind(rng), _parent_word(child, rng), days, rng)
        if _is_visited(own, n, month_index, rng):
            kind = "家访" if rng.random() < 0.93 or own.is_perfect else "到校面谈"
            rows += _contact(own, child, kind, _guardian_word(child), days, rng)
        if month_index == 0 and (own.is_perfect or rng.random() < 0.92):
            rows += _contact(own, child, "监护人会", _guardian_word(child), [meeting], rng)
    return sorted(rows, key=lambda row: str(row["日期"]))


def _is_visited(own: SchoolClass, n: int, month_index: int, rng: random.Random) -> bool:
    """Tell whether a child is visited: the even rows first, the odd ones the month after, then one in four."""
    if month_index > 1:
        return rng.random() < 0.25
    return n % 2 == month_index and (own.is_perfect or rng.random() < own.care - 0.04)


def _call_kind(rng: random.Random) -> str:
    return rng.choices(("亲情电话", "视频通话", "亲情书信"), (48, 40, 12))[0]


def _parent_word(child: Child, rng: random.Random) -> str:
    away = child.home.parents_away
    if len(away) == 2:
        return rng.choice(("父母", "父亲", "母亲", "母亲"))
    return away[0] if away else _guardian_word(child)


def _guardian_word(child: Child) -> str:
    kind = child.home.guardian.kind
    return kind if kind in ("父亲", "母亲", "祖父母", "外祖父母") else "其他监护人"


def _contact(
    own: SchoolClass, child: Child, kind: str, with_whom: str, days: Sequence[date], rng: random.Random
) -> list[Row]:
    """Return the row of a contact on one of the days on which the child is here; none if there is no such day."""
    day = pick(rng, days, child.is_here)
    if day is None:
        return []
    summary = rng.choice(words.CONTACT_SUMMARIES) if kind != "亲情书信" and rng.random() < 0.6 else None
    return [row_of({"日期": day, "学生姓名": child.name, "形式": kind, "联系对象": with_whom,
                    "组织教师": own.head_teacher, "情况摘要": summary})]  # fmt: skip


# --- 成长记录, 个别方案, 关爱服务 -------------------------------------------------------------------------------


def _growth(own: SchoolClass, month: str, rng: random.Random) -> list[Row]:
    """Return one row a child who can be cared for; a careless class forgets one now and then."""
    return [
        _growth_row(child, own, month, rng)
        for child in own.children
        if child.is_cared_for and (own.is_perfect or rng.random() < 0.98 or _cases(child, month))
    ]


def _cases(child: Child, month: str) -> list[tuple[str, date]]:
    return [(c.reason, c.triggered_on) for c in child.cases if f"{c.triggered_on:%Y-%m}" == month]


def _growth_row(child: Child, own: SchoolClass, month: str, rng: random.Random) -> Row:
    reason, triggered_on = next(iter(_cases(child, month)), (LACKS, None))
    level = rng.choices(("优秀", "良好", "合格", "待提高"), (25, 42, 26, 7))[0]
    diary = "有" if own.is_perfect or rng.random() < own.care else "无"
    return row_of(
        {
            "学生姓名": child.name,
            **_scores(own.grade, level, rng),
            "学习表现": level,
            "行为习惯": rng.choices(("优秀", "良好", "合格", "待提高"), (35, 45, 17, 3))[0],
            "心理状态": rng.choices(("良好", "一般", "需关注"), (80, 15, 5))[0] if reason == LACKS else "需关注",
            "缺勤天数": rng.choices((0, 1, 2, 3), (82, 10, 5, 3))[0] if child.status == "在读" else 8,
            "成长日记": diary,
            "进步档案": diary if rng.random() < 0.9 else "有",
            "个案触发": reason,
            "触发日期": triggered_on,
        }
    )


def _scores(grade: str, level: str, rng: random.Random) -> dict[str, int | None]:
    """Return three scores that fit a level; English is taught from 三年级 on."""
    middle = {"优秀": 92, "良好": 82, "合格": 69, "待提高": 52}[level]
    has_english = grade not in ("一年级", "二年级")
    return {
        "语文": middle + rng.randint(-6, 6),
        "数学": middle + rng.randint(-8, 7),
        "英语": middle + rng.randint(-9, 6) if has_english else None,
    }


def _plans(own: SchoolClass, month: str, rng: random.Random) -> list[Row]:
    """Return one row a plan made by the month's end; one of an earlier month has been looked at again."""
    days, last = school_days(month), last_day(month)
    return [
        _plan(child, case, own.head_teacher, None if f"{case.made_on:%Y-%m}" == month else rng.choice(days))
        for child in own.children
        for case in child.cases
        if case.made_on <= last
    ]


def _plan(child: Child, case: Case, owner: str, reviewed_on: date | None) -> Row:
    return row_of(
        {
            "学生姓名": child.name,
            "触发原因": case.reason,
            "制订日期": case.made_on,
            "责任人": owner,
            "措施": case.measures,
            "最近复查": reviewed_on,
            "进展": "好转" if reviewed_on else "进行中",
        }
    )


def _services(own: SchoolClass, month: str, rng: random.Random) -> list[Row]:
    """Return a few services to children of the class."""
    here = [child for child in own.children if child.is_cared_for]
    rows: list[Row] = []
    for child in rng.sample(here, min(len(here), rng.randint(1, 4))):
        kind = rng.choice(list(words.SERVICES))
        day = pick(rng, school_days(month), child.is_here)
        if day:
            rows.append({"日期": day, "学生姓名": child.name, "类别": kind, "经办人": own.head_teacher,
                         "情况摘要": rng.choice(words.SERVICES[kind])})  # fmt: skip
    return sorted(rows, key=lambda row: str(row["日期"]))
