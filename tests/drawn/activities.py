"""Draws activities, holiday checks and the names of those who took part."""

from __future__ import annotations

from datetime import timedelta

from drawn.maker import VILLAGES
from oracle.words import ACTIVITIES, MARKS


def listing(maker, people, pupils):
    """Write a name list; same names with the last 4 of 学籍号."""
    words = []
    for row in people:
        tail = (row.get("学籍号") or row.get("身份证号") or "")[-4:]
        words.append(
            f"{row['姓名']}({tail})"
            if sum(r["姓名"] == row["姓名"] for r in pupils) > 1 or maker.some(0.05)
            else row["姓名"]
        )
    if maker.some(0.04):
        words.append("查无此人")
    return "、".join(words)


def activity(maker, kind=None):
    """Make the common cells of an activity."""
    kinds = [
        *ACTIVITIES,
        *("生日会", "留守儿童会", "主题班会", "法制讲座", "安全讲座", "心理讲座", "游览", "做一件有意义的事") * 2,
    ]
    kind = kind or maker.any(kinds)
    return {
        "日期": maker.day(0.3),
        "活动类型": kind,
        "活动名称": kind + "一次",
        "组织人": maker.any(maker.staff) if maker.some(0.98) else None,
    }


def activities(maker, pupils):
    """Make a class's activities, some for 全体, some for named children."""
    kinds = [maker.any((None, "生日会", "留守儿童会")) for _ in range(maker.rng.randint(0, 6))]
    if maker.some(0.3):
        kinds += ["改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生"]
    rows = []
    for kind in kinds:
        who = maker.rng.sample(pupils, maker.rng.randint(1, len(pupils))) if pupils else []
        text = "全体" if maker.some(0.5) or not who else listing(maker, who, pupils)
        rows.append(activity(maker, kind) | {"参加学生": text})
    return rows


def checks(maker, pupils):
    """Make 假期互查: every 3 days, with a gap at times."""
    rows = []
    holiday = [
        d for d in (maker.first + timedelta(days=i) for i in range(maker.last.day)) if not maker.start <= d <= maker.end
    ]
    if maker.number == 2:
        holiday = [d for d in holiday if d.day < 20]
    for group in VILLAGES:
        if holiday and pupils and maker.some(0.6):
            day = holiday[0] + timedelta(days=maker.rng.randint(0, 3))
            step = maker.any((2, 3, 3, 3, 4))
            while day <= holiday[-1]:
                who = maker.rng.sample(pupils, min(2, len(pupils)))
                rows.append(
                    {
                        "日期": day,
                        "村民组": group,
                        "组长": "小组长",
                        "参加学生": listing(maker, who, pupils),
                        "作业情况": maker.any(MARKS),
                    }
                )
                day += timedelta(days=step if maker.some(0.9) else 3)
    return rows
