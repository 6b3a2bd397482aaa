"""What a class keeps about its children: 学生档案, 联系卡, 结对帮扶, as rows of the workbook."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from pipeline.example.children import Child, Pairing
from pipeline.example.days import last_day, pick, school_days
from pipeline.example.founding import SchoolClass
from pipeline.example.people import Parent

Value = str | int | float | date
Row = dict[str, Value]
Sheets = dict[str, list[Row]]


def row_of(cells: dict[str, Value | None]) -> Row:
    """Return the cells that are not empty."""
    return {title: value for title, value in cells.items() if value is not None and value != ""}


def yes_no(truth: bool) -> str:
    return "是" if truth else "否"


def pupil_rows(own: SchoolClass) -> list[Row]:
    """Return 学生档案: one row a child, those who have left included."""
    return [_pupil(child, own) for child in own.children]


def _pupil(child: Child, own: SchoolClass) -> Row:
    teacher = own.subject_teachers[len(child.personality) % 4] if child.study_level == "待提高" else None
    cells: dict[str, Value | None] = {
        "姓名": child.name,
        "学籍号": child.student_no,
        "身份证号": child.id_card,
        "性别": child.sex,
        "出生日期": child.birth_date,
        "民族": child.ethnicity,
        "学生类别": child.category,
        "农村户籍": yes_no(child.is_rural),
        **_family(child),
        "就读方式": child.boarding,
        "健康状况": child.health,
        "困难类别": child.hardship,
        "性格特征": child.personality,
        "兴趣爱好": child.interests,
        "重点帮扶": yes_no(child.is_focus),
        "学习分类": child.study_level,
        "责任教师": teacher,
        "入班方式": child.joined_how,
        "入班日期": child.joined_on,
        "学籍状态": child.status,
        "状态日期": child.status_on,
        "建档日期": child.archived_on,
        "档案编号": child.archive_no,
    }
    return row_of({title: value for title, value in cells.items() if title not in child.gaps})


def _family(child: Child) -> dict[str, Value | None]:
    home = child.home
    return {
        "父亲状况": home.father.status,
        "父亲外出日期": home.father.away_since,
        "母亲状况": home.mother.status,
        "母亲外出日期": home.mother.away_since,
        "在家一方监护能力": home.capable,
        "随父母生活": yes_no(home.lives_with_parents),
        "监护类型": home.guardian.kind,
    }


def contact_rows(own: SchoolClass) -> list[Row]:
    """Return 联系卡: one row a child."""
    return [_contact(child) for child in own.children]


def _contact(child: Child) -> Row:
    guardian = child.home.guardian
    cells: dict[str, Value | None] = {
        "学生姓名": child.name,
        "家庭地址": child.home.address,
        **_parent("父亲", child.home.father),
        **_parent("母亲", child.home.mother),
        "监护人姓名": guardian.name,
        "与学生关系": guardian.relation,
        "监护人年龄": guardian.age,
        "监护人职业": guardian.job,
        "监护人身体状况": guardian.health,
        "监护人电话": guardian.phone,
        "监护人地址": child.home.address,
        "更新日期": child.updated_on,
    }
    return row_of({title: value for title, value in cells.items() if title not in child.gaps})


def _parent(word: str, parent: Parent) -> dict[str, Value | None]:
    return {
        f"{word}姓名": parent.name,
        f"{word}电话": parent.phone,
        f"{word}务工单位": parent.employer,
        f"{word}务工地址": parent.work_address,
    }


def pairing_rows(own: SchoolClass, month: str, rng: random.Random) -> list[Row]:
    """Return 结对帮扶: one row a pairing begun by the month's end, most of the active ones checked in the month."""
    days, last = school_days(month), last_day(month)
    return [
        _pairing(child, pairing, _check_day(pairing, days, own.care, rng), rng)
        for child in own.children
        for pairing in child.pairings
        if pairing.since <= last
    ]


def _check_day(pairing: Pairing, days: Sequence[date], care: float, rng: random.Random) -> date | None:
    """Return the day of the month's check: a careless class forgets more of them than of its other duties."""
    if pairing.until or (care < 1 and rng.random() > 2.5 * care - 1.5):
        return None
    return pick(rng, days, lambda day: day >= pairing.since and day.day >= 15)


def _pairing(child: Child, pairing: Pairing, checked_on: date | None, rng: random.Random) -> Row:
    content, time, goal = pairing.plan or (None, None, None)
    return row_of(
        {
            "学生姓名": child.name,
            "帮扶类型": pairing.kind,
            "帮扶人": pairing.helper,
            "帮扶人单位或班级": pairing.unit,
            "联系电话": pairing.phone,
            "帮扶内容": content,
            "帮扶时间": time,
            "阶段目标": goal,
            "结对日期": pairing.since,
            "结束日期": pairing.until,
            "检查日期": checked_on,
            "检查结果": rng.choices(("好", "较好", "一般", "差"), (35, 45, 17, 3))[0] if checked_on else None,
        }
    )
