"""A month in which every line of the seven plans is met, and what takes something away from it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from helpers.running import school_sheet, sheet
from helpers.small import NAMES, small_month
from pipeline.result import Result
from pipeline.scoring.chapters import Checked, check_chapters
from schemas.codes import LECTURES

Plain = dict[str, Any]
Change = Callable[[Plain], None]
DAY, SATURDAY = date(2026, 10, 12), date(2026, 10, 17)
MONDAYS = [date(2026, 10, 5) + timedelta(weeks=week) for week in range(3)]  # of the weeks that lie inside the month
FIRST = NAMES[0]
KINDS = (
    "主题班会", "队活动", "手拉手", "书画展", "演讲比赛", "文艺演出", "游览", "敬老服务", "做一件有意义的事", "心理辅导", "思想教育",
    "情感教育", "独立生活教育", "体谅父母教育", "改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生", *LECTURES,
)  # fmt: skip


def full_month() -> Plain:
    """Return a month in which every line that is owed is met; one of the three children boards, one is poor and 重点帮扶."""
    plain = copy.deepcopy(small_month())
    one = sheet(plain, "学生档案")
    one[0] |= {"就读方式": "住校", "困难类别": "低保", "重点帮扶": "是"}
    for row in one:
        row |= {"学习分类": "良好", "学习分组": "数学组"}
    for row in sheet(plain, "联系卡"):
        row |= {f"{who}{what}": value for who in ("父亲", "母亲") for what, value in _WORK.items()}
    sheet(plain, "结对帮扶").append(_pair(FIRST, "代理家长", "冯婶婶"))
    for name in NAMES:
        sheet(plain, "谈心记录").extend(
            [_talk(name, "陈老师", role) for role in ("帮扶教师", "任课教师")]
            + [_talk(name, "郑阿姨", "爱心妈妈", day) for day in MONDAYS]
        )
        sheet(plain, "家校联系").extend(
            [
                _contact(name, "到校面谈", "父母"),
                _contact(name, "家访", "祖父母"),
                _contact(name, "亲情书信", "父母") | {"场合": "传统节日"},
            ]
        )
        sheet(plain, "关爱服务").extend(
            {"日期": DAY, "学生姓名": name, "类别": kind, "经办人": "陈老师"}
            for kind in ("安全教育", "学习辅导", "生活照顾", "活动优先", "自理指导", "心理辅导", "资助")
        )
    for kind in KINDS:
        row = {"日期": SATURDAY, "活动类型": kind, "活动名称": kind, "组织人": "王老师", "参加学生": "全体"}
        sheet(plain, "活动记录").append(row)
    for title, rows in _school().items():
        school_sheet(plain, title).extend(rows)
    return plain


_WORK = {"务工单位": "临江服装厂", "单位电话": "19900000004"}


def _pair(name: str, kind: str, helper: str) -> Plain:
    return {
        "学生姓名": name, "帮扶类型": kind, "帮扶人": helper, "结对日期": date(2026, 9, 5), "检查日期": DAY, "检查结果": "好",
    }  # fmt: skip


def _talk(name: str, speaker: str, role: str, day: date = DAY) -> Plain:
    return {
        "日期": day, "学生姓名": name, "谈心人": speaker, "谈心人身份": role, "方式": "面谈", "主题": "学习",
        "主要内容": f"{role}同{name}谈了{day:%d}日", "需跟进": "否",
    }  # fmt: skip


def _contact(name: str, kind: str, whom: str) -> Plain:
    return {"日期": date(2026, 10, 13), "学生姓名": name, "形式": kind, "联系对象": whom, "组织教师": "王老师"}


def _school() -> dict[str, list[Plain]]:
    meeting = {"日期": DAY, "类型": "座谈会", "范围": "学校", "应到": 9, "实到": 8}
    things = ("留守儿童之家", "档案柜", "亲情电话", "电视机", "播放机", "计算机", "图书", "体艺器材", "心理咨询室")
    own = ("班级计划", "任课教师分工")
    papers = (*own, "学期总结", "年度计划", "目标责任书", "身心调查", "调查分析", "宣传材料")
    scope = {kind: "三年级(2)班" if kind in own else "学校" for kind in papers}
    return {
        "教职工": [{"姓名": "吴老师", "岗位": "学籍管理员", "在岗": "是"}],
        "领导小组": [{"姓名": f"{n}校长", "组内职务": n, "职责": "管全面"} for n in ("组长", "成员")],
        "关爱设施": [{"项目": thing, "数量": 1, "可用": "是"} for thing in things],
        "会议记录": [
            meeting | dict.fromkeys(("教师到会", "学生到会", "监护人到会"), "是"),
            {"日期": DAY, "类型": "监护人会", "范围": "学校", "应到": 3, "实到": 3},
        ],
        "工作材料": [{"日期": DAY, "种类": kind, "范围": scope[kind], "名称": kind} for kind in papers],
    }


def without(title: str, column: str, word: Any, name: str = "", also: str = "") -> Change:
    """Return the change that takes the rows of a word (or of another as well) out of a sheet, of one child or of all."""

    def change(plain: Plain) -> None:
        own = title in plain["school"]["sheets"]
        rows = school_sheet(plain, title) if own else sheet(plain, title)
        rows[:] = [row for row in rows if row.get(column) not in (word, also) or (name and row.get("学生姓名") != name)]

    return change


def with_cells(title: str, name: str, **cells: Any) -> Change:
    """Return the change that writes cells of a child's rows."""

    def change(plain: Plain) -> None:
        for row in sheet(plain, title):
            if name in (row.get("姓名"), row.get("学生姓名")):
                row.update(cells)

    return change


def but_one(kind: str) -> Change:
    """Return the change by which one child does not take part in an activity."""

    def change(plain: Plain) -> None:
        for row in sheet(plain, "活动记录"):
            if row["活动类型"] == kind:
                row["参加学生"] = f"全体（除 {FIRST}）"

    return change


def many_but_one(*kinds: str) -> Change:
    def change(plain: Plain) -> None:
        for kind in kinds:
            but_one(kind)(plain)

    return change


def no_calls_of(name: str) -> Change:
    """Return the change by which a child has neither called nor written."""

    def change(plain: Plain) -> None:
        for kind in ("亲情电话", "亲情书信"):
            without("家校联系", "形式", kind, name)(plain)

    return change


def thin_meeting(plain: Plain) -> None:
    next(row for row in school_sheet(plain, "会议记录") if row["类型"] == "座谈会").update({"应到": 30, "实到": 3})


def checked(result: Result) -> list[Checked]:
    """Return every check of every line."""
    return check_chapters(result.measured.counting, result.measured.tally, result.scores, result.teacher_scores)
