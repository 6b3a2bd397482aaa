"""Draws the records of children: pairings, talks, contacts, growth, cases and their plans."""

from __future__ import annotations

import copy
from datetime import timedelta

from drawn.maker import LOVERS
from drawn.pupils import named
from oracle.words import LEVELS, MARKS, REASONS


def pairings(maker, row, pupils):
    """Make a child's pairings: of every kind, some ended, some alike, some checked in the month."""
    rows = []
    for kind, chance in (
        ("帮扶教师", 0.75),
        ("学习帮手", 0.6),
        ("爱心妈妈", 0.45),
        ("爱心爸爸", 0.15),
        ("代理家长", 0.4),
    ):
        if not maker.some(chance):
            continue
        since = min(maker.last, maker.any((maker.start, maker.first, maker.last, maker.joined())))
        pair = named(maker, row, pupils) | {"帮扶类型": kind, "结对日期": since}
        pair["帮扶人"] = (
            maker.any(maker.staff) if kind == "帮扶教师" else "好同学" if kind == "学习帮手" else maker.any(LOVERS)
        )
        if kind == "帮扶教师" and maker.some(0.04):
            pair["帮扶人"] = "外校老师"
        if maker.some(0.6):
            pair |= {"帮扶内容": "数学", "帮扶时间": "周三", "阶段目标": "及格" if maker.some(0.85) else None}
        if maker.some(0.2):
            pair["结束日期"] = max(
                since, maker.any((maker.last, maker.last + timedelta(days=1), maker.last - timedelta(days=1), since))
            )
        if maker.some(0.5):
            pair |= {
                "检查日期": maker.any((maker.first, maker.last, maker.in_month(), maker.first - timedelta(days=1))),
                "检查结果": maker.any(MARKS) if maker.some(0.95) else None,
            }
        if maker.some(0.1):
            pair["联系电话"] = maker.phone()
        rows.append(pair)
        if maker.doubles and maker.some(0.07):
            rows.append(copy.deepcopy(pair) | {"检查日期": maker.in_month(), "检查结果": "好"})
    return rows


def talks(maker, row, pupils, paired):
    """Make a child's talks by every role, mostly by his own helpers, at times one every week by 爱心妈妈."""
    rows = []
    own = {pair["帮扶类型"]: pair["帮扶人"] for pair in paired}
    own["任课教师"] = row.get("责任教师")

    def talk(role, day):
        teacher = role in ("班主任", "帮扶教师", "任课教师", "心理教师", "校领导")
        speaker = ("外校老师" if maker.some(0.03) else maker.any(maker.staff)) if teacher else maker.any(LOVERS)
        if own.get(role) and maker.some(0.85):
            speaker = own[role]
        made = {
            "日期": day,
            **named(maker, row, pupils),
            "谈心人": speaker,
            "谈心人身份": role,
            "方式": maker.any(("面谈", "电话", "视频", "书面")),
            "主题": maker.any(("思想", "学习", "安全")),
        }
        made["主要内容"] = "说说近况" if maker.some(0.98) else None
        if maker.some(0.15):
            made |= {
                "采取措施": "多关心",
                "需跟进": maker.any("是否"),
                "跟进日期": day + timedelta(days=maker.rng.randint(0, 60)),
            }
        rows.append(made)

    for role, weight in (
        ("班主任", 0.7),
        ("帮扶教师", 0.4),
        ("任课教师", 0.5),
        ("爱心妈妈", 0.15),
        ("爱心爸爸", 0.08),
        ("代理家长", 0.1),
        ("心理教师", 0.1),
        ("校领导", 0.05),
    ):
        while maker.some(weight):
            talk(role, maker.day(0.15))
            weight /= 2
    if maker.some(0.35):
        for i in range(maker.last.day):
            day = maker.first + timedelta(days=i)
            if day.weekday() == maker.rng.choice((0, 6)) and maker.some(0.95):
                talk(maker.any(("爱心妈妈", "爱心爸爸")), day)
    if maker.some(0.35):
        monday = maker.first - timedelta(days=maker.first.weekday())
        while monday <= maker.last:
            day = monday + timedelta(days=maker.rng.randint(0, 6))
            if maker.first <= day <= maker.last:
                talk("爱心妈妈", day)
            monday += timedelta(days=7)
    return rows


def contacts(maker, row, pupils):
    """Make a child's 家校联系."""
    rows = []
    for kind, chance, late in (
        ("家访", 0.6, 0.6),
        ("亲情电话", 0.5, 0.2),
        ("视频通话", 0.3, 0.2),
        ("亲情书信", 0.2, 0.3),
        ("到校面谈", 0.1, 0.3),
        ("监护人会", 0.3, 0.5),
        ("座谈会", 0.2, 0.5),
    ):
        if maker.some(chance):
            made = {
                "日期": maker.day(late),
                **named(maker, row, pupils),
                "形式": kind,
                "联系对象": maker.any(("父母", "祖父母", "父亲")),
            }
            rows.append(
                made | ({"组织教师": maker.any(maker.staff), "情况摘要": "通话良好"} if maker.some(0.3) else {})
            )
    return rows


def growth(maker, row, pupils):
    """Make a child's 成长记录, with cases younger and older than the limit."""
    made = named(maker, row, pupils) | {
        "学习表现": maker.any(LEVELS),
        "行为习惯": "良好",
        "心理状态": "良好",
        "缺勤天数": maker.rng.randint(0, 3),
        "成长日记": "有",
        "进步档案": "无",
        "个案触发": "无",
    }
    for column in ("语文", "数学", "英语"):
        if maker.some(0.5):
            made[column] = maker.any((0, 88.5, 150, 61))
    if maker.some(0.35):
        days = maker.any((13, 14, 15, 16, 5, 40, 0))
        made |= {
            "个案触发": maker.any(REASONS),
            "触发日期": maker.last - timedelta(days=days) if maker.some(0.93) else None,
        }
    if maker.some(0.04):
        made[maker.any(("学习表现", "成长日记", "缺勤天数"))] = None
    return made


def plans(maker, row, case, pupils):
    """Make the plans of a case: in time, on the limit's day, too late, too early, or for another reason."""
    since = case.get("触发日期") or maker.first
    rows = []
    for shift in maker.any(((), (0,), (14,), (15,), (-1,), (3,), (20, 3))):
        made = min(maker.last, since + timedelta(days=shift))
        plan = named(maker, row, pupils) | {
            "触发原因": case["个案触发"] if maker.some(0.85) else maker.any(REASONS),
            "制订日期": made,
            "责任人": maker.any(maker.staff),
            "措施": "谈话" if maker.some(0.96) else None,
            "进展": "进行中",
        }
        if maker.some(0.4):
            plan["最近复查"] = maker.any((made, maker.last, made - timedelta(days=1)))
        rows.append(plan)
    return rows
