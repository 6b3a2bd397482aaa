"""The school workbook of one month: what the school's office fills in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from pipeline.example import words
from pipeline.example.archive import Row, Sheets, row_of, yes_no
from pipeline.example.changes import Moved
from pipeline.example.days import school_days
from pipeline.example.events import activities, documents, donations, meetings
from pipeline.example.founding import School, Teacher
from pipeline.example.people import Registry
from schemas.codes import FEMALE, MALE, Category, Status


def office_sheets(
    school: School, month: str, rng: random.Random, *, moved: Sequence[Moved], outsiders: Sequence[Row], is_first: bool
) -> Sheets:
    """Return the school's twelve sheets for a month. 考核登记 and 预警确认 stay empty."""
    days = school_days(month)
    return {
        "班级一览": _classes(school),
        "教职工": [_staff(teacher) for teacher in school.staff],
        "应入学名册": _school_age(school, outsiders),
        "学籍异动": [_movement(move) for move in moved],
        "学校活动": activities(school, days, is_first),
        "领导小组": _committee(school.staff),
        "关爱设施": _facilities(),
        "捐助登记": donations(school, days, is_first),
        "考核登记": [],
        "会议记录": meetings(school, days, is_first),
        "工作材料": documents(school, days, is_first),
        "预警确认": [],
    }


def outside_children(registry: Registry, start: date) -> list[Row]:
    """Return the 应入学名册 rows of those who are not at this school; one of them goes to no school at all."""
    rows: list[Row] = []
    for n, (destination, evidence) in enumerate(_OUTSIDE):
        sex = registry.rng.choice((MALE, FEMALE))
        born = date(start.year - 7 - n, 3 + n, 5 + n)
        cells: Row = {"姓名": registry.child_name(sex, "汉族"), "身份证号": registry.id_card(born, sex)}
        cells["村组"] = registry.rng.choice(words.VILLAGES) + registry.rng.choice(words.GROUPS)
        rows.append(cells | {"就学去向": destination, "凭据": evidence})
    return rows


_OUTSIDE = (
    ("未入学", "村委会说明，正在动员入学"),
    ("外校有学籍", "学籍系统截图"),
    ("外校有学籍", "转学回执"),
    ("特教或送教", "送教上门记录"),
    ("高一级学校", "录取通知书"),
)


def _classes(school: School) -> list[Row]:
    rows: list[Row] = []
    for own in school.classes:
        here = [c for c in own.children if c.status != Status.LEFT_CONFIRMED]
        rows.append(
            {
                "年级": own.grade,
                "班级": own.number,
                "班主任": own.head_teacher,
                "学生总数": own.pupil_count,
                "留守儿童数": sum(c.is_left_behind for c in here),
                "潜能生数": sum(c.category != Category.LEFT_BEHIND for c in here),
            }
        )
    return rows


def _staff(teacher: Teacher) -> Row:
    return row_of(
        {
            "姓名": teacher.name,
            "工号": teacher.staff_no,
            "岗位": teacher.post,
            "任教学科": teacher.subject,
            "任教班级": teacher.classes,
            "联系电话": teacher.phone,
            "在岗": yes_no(teacher.is_active),
        }
    )


_DESTINATIONS = {
    Status.SUSPENDED: ("休学", "休学申请和医院证明"),
    Status.LEFT_CONFIRMED: ("外校有学籍", "接收学校回执"),
    Status.LEFT_UNSETTLED: ("去向不明", ""),
}


def _school_age(school: School, outsiders: Sequence[Row]) -> list[Row]:
    """Return one row a left-behind child of the school's area: the school's own, then the others."""
    rows = []
    for own in school.classes:
        for child in (c for c in own.children if c.is_left_behind):
            destination, evidence = _DESTINATIONS.get(child.status, ("本校", ""))
            is_sought = child.status in (Status.LEFT_UNSETTLED, Status.SUSPECTED_DROPOUT)
            village = child.home.address.removeprefix("示例县云溪镇")
            cells = {"姓名": child.name, "身份证号": child.id_card, "村组": village, "就学去向": destination}
            cells |= {"凭据": evidence, "劝返责任人": own.head_teacher if is_sought else ""}
            rows.append(row_of({**cells, "最近劝返": child.updated_on if is_sought else None}))
    return rows + [dict(row) for row in outsiders]


def _movement(move: Moved) -> Row:
    return row_of(
        {
            "日期": move.day,
            "学生姓名": move.child.name,
            "身份证号": move.child.id_card,
            "异动类型": move.kind,
            "班级": move.class_name,
            "去向或来源": move.place,
            "接收校确认": move.confirmed,
            "原因": move.reason,
        }
    )


def _committee(staff: Sequence[Teacher]) -> list[Row]:
    leaders = [t for t in staff if t.post == "校领导"]
    members = [t for t in staff if t.post in ("心理教师", "学籍管理员")]
    seats = [
        (leaders[0], "校长", "组长", "全面负责关爱工作"),
        (leaders[1], "副校长", "副组长", "分管结对帮扶和家校联系"),
        (leaders[2], "德育主任", "副组长", "组织活动和个案"),
        (members[0], "心理教师", "成员", "心理辅导和转介"),
        (members[1], "学籍管理员", "成员", "档案、学籍和报表"),
    ]
    return [
        {"姓名": t.name, "职务": post, "组内职务": role, "职责": duty, "联系电话": t.phone}
        for t, post, role, duty in seats
    ]


_FACILITIES = (
    ("留守儿童之家", 1, "是", "教学楼一楼"),
    ("档案柜", 3, "是", ""),
    ("亲情电话", 4, "是", "宿舍楼、教学楼各两部"),
    ("视频设备", 2, "是", ""),
    ("电视机", 1, "是", ""),
    ("播放机", 1, "否", "待修"),
    ("计算机", 6, "是", ""),
    ("图书", 1200, "是", ""),
    ("体艺器材", 45, "是", "球类、跳绳、乐器"),
    ("心理咨询室", 1, "是", ""),
)


def _facilities() -> list[Row]:
    return [
        row_of({"项目": item, "数量": count, "可用": usable, "说明": remark})
        for item, count, usable, remark in _FACILITIES
    ]
