"""What a school hands in in one month, as plain data: rosters of the classes that hand in, 班级一览, 学籍异动."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oracle.words import GRADES

Place = tuple[int, int]  # grade, class number


@dataclass(frozen=True)
class Row:
    """One row of 学生档案. `who`: whose it is in truth."""

    who: int
    name: str
    sex: str
    birth: date
    id_card: str
    student_no: str
    is_left_behind: bool
    joined_how: str
    joined_on: date | None
    status: str
    status_on: date | None


@dataclass(frozen=True)
class Move:
    """One row of 学籍异动. `who`: of whom it speaks in truth; `id_card` "": he is named, with his class, alone."""

    who: int
    day: date
    name: str
    kind: str
    place: Place
    id_card: str = ""
    confirmed: str = ""
    old_number: str = ""


@dataclass(frozen=True)
class Paper:
    """What is handed in of a month: `rosters` of the classes that hand in, `listed` classes, rows of 学籍异动."""

    month: str
    listed: tuple[Place, ...]
    rosters: dict[Place, tuple[Row, ...]]
    moves: tuple[Move, ...]
    told: tuple[str, ...] = field(default=(), compare=False)


def unit(place: Place) -> str:
    """Write a class in one cell."""
    return f"{GRADES[place[0] - 1]}({place[1]})班"


def as_plain(paper: Paper) -> dict[str, Any]:
    """Return a paper as a month that can be drawn."""
    cover = {"学校名称": "示例县云溪镇中心学校（虚构）", "学校标识码": "5299001234", "报送月份": paper.month}
    staff = [
        {"姓名": name, "岗位": post, "在岗": "是"} for name, post in (("王老师", "班主任"), ("陈老师", "任课教师"))
    ]
    school = {"班级一览": [_listed(paper, place) for place in paper.listed], "教职工": staff, "学籍异动": _moves(paper)}
    classes = [
        {
            "cover": cover | {"年级": GRADES[place[0] - 1], "班级": place[1], "班主任": "王老师"},
            "sheets": {"学生档案": [_pupil(row) for row in rows]},
        }
        for place, rows in sorted(paper.rosters.items())
    ]
    return {"month": paper.month, "classes": classes, "school": {"cover": cover, "sheets": school}, "plan": None}


def _listed(paper: Paper, place: Place) -> dict[str, Any]:
    """Return a class as 班级一览 has it; a roster of nobody is declared as such, or it would be an empty sheet."""
    row = {"年级": GRADES[place[0] - 1], "班级": place[1], "班主任": "王老师", "学生总数": 30}
    if not paper.rosters.get(place, "?"):
        row |= {"留守儿童数": 0, "潜能生数": 0}
    return row


def _moves(paper: Paper) -> list[dict[str, Any]]:
    return [
        {
            "日期": move.day,
            "学生姓名": move.name,
            "身份证号": move.id_card or None,
            "异动类型": move.kind,
            "原证件号": move.old_number or None,
            "班级": unit(move.place),
            "接收校确认": move.confirmed or None,
        }
        for move in paper.moves
    ]


def _pupil(row: Row) -> dict[str, Any]:
    away = date(2025, 2, 20)
    return {
        "姓名": row.name, "学籍号": row.student_no, "身份证号": row.id_card or None, "性别": row.sex, "出生日期": row.birth,
        "民族": "苗族", "学生类别": "留守儿童" if row.is_left_behind else "潜能生", "农村户籍": "是", "父亲状况": "外出务工",
        "父亲外出日期": away, "母亲状况": "外出务工", "母亲外出日期": away, "随父母生活": "否", "监护类型": "祖父母",
        "就读方式": "走读", "重点帮扶": "否", "入班方式": row.joined_how, "入班日期": row.joined_on, "学籍状态": row.status,
        "状态日期": row.status_on,
    }  # fmt: skip
