"""考核方案: the school's plan as a workbook (contract §4), filled with the default preset."""

from __future__ import annotations

from typing import Any

from schemas import policy
from schemas.codes import NO, YES, YES_NO, CodeList
from schemas.figures import BY_KEY
from schemas.kinds import Code, Number, Text
from schemas.tables import ALWAYS, Column, Table, WorkbookForm

_POINTS = Number(high=100, whole=False, unit="分")
_MODE = Code(codes=CodeList("计分方式", policy.MODES))

PARAMETERS = Table(
    "parameters",
    "参数",
    "一个参数",
    (
        Column("title", "参数", Text(is_label=True), ALWAYS, width=18),
        Column("value", "值", Text(is_label=True), ALWAYS, width=30),
        Column("note", "说明", Text(), width=56),
    ),
    "只改“值”这一列。删去的参数按默认值执行。",
)
DUTIES = Table(
    "duties",
    "频次要求",
    "一项要求",
    (
        Column("code", "编号", Text(is_label=True), width=8),
        Column("matter", "事项", Code(codes=CodeList("事项", policy.MATTERS)), ALWAYS, width=12),
        Column("roles", "身份", Text(is_label=True), hint="谁做才算，用 / 隔开；空着表示不限", width=28),
        Column("forms", "形式", Text(is_label=True), hint="哪些形式算，用 / 隔开；空着表示不限", width=28),
        Column("period", "周期", Code(codes=CodeList("周期", policy.PERIODS)), ALWAYS, width=8),
        Column("times", "次数", Number(low=1, high=100), ALWAYS, width=8),
        Column("audience", "适用对象", Code(codes=CodeList("适用对象", policy.AUDIENCES)), ALWAYS, width=12),
        Column("is_on", "启用", Code(codes=YES_NO), ALWAYS, width=8),
        Column("source", "来源", Text(is_label=True), width=14),
    ),
    "启用为“是”的各行才执行。整表清空，则按参数“方案预设”执行。",
)


def _rubric(key: str, title: str, guidance: str) -> Table:
    return Table(
        key,
        title,
        "一个考核项目",
        (
            Column("code", "编号", Text(is_label=True), width=8),
            Column("item", "项目", Text(is_label=True), ALWAYS, width=20),
            Column("figure", "指标", Text(is_label=True), ALWAYS, "指标名称，或 登记", width=20),
            Column("mode", "计分方式", _MODE, ALWAYS, width=12),
            Column("points", "满分", _POINTS, ALWAYS, width=8),
            Column("note", "说明", Text(), width=44),
        ),
        guidance,
    )


CLASS_RUBRIC = _rubric("class_rubric", "班级考核", "满分之和必须是 100。计分方式为“登记”“扣分”的项目，在学校月报的“考核登记”里登记。")
TEACHER_RUBRIC = _rubric("teacher_rubric", "教师考核", "满分之和必须是 100。教师考核是校内工作参考，不作为教师评价的唯一依据。")

PLAN_WORKBOOK = WorkbookForm(
    "plan_workbook",
    "考核方案",
    (),
    (PARAMETERS, DUTIES, CLASS_RUBRIC, TEACHER_RUBRIC),
    (
        "一、每个月都把这份表放进当月的文件夹；哪个月没有放，就沿用上个月的；从来没有放过，按默认方案（篇四）执行。",
        "二、想换一套做法，把“参数”里的“方案预设”改成 篇一 到 篇七 中的一个，并清空“频次要求”。",
        "三、要求有错（如满分之和不是 100）时，系统不会出报告，会说明错在哪一格。",
    ),
)


def plan_rows(preset: str = policy.DEFAULT_PRESET) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every sheet of 考核方案 for a preset: sheet key → rows of column key → value."""
    duties = [
        {
            "code": duty.code,
            "matter": duty.matter,
            "roles": "/".join(duty.roles),
            "forms": "/".join(duty.forms),
            "period": duty.period,
            "times": duty.times,
            "audience": duty.audience,
            "is_on": YES if duty.is_on else NO,
            "source": duty.source,
        }
        for duty in policy.preset_duties(preset)
    ]
    return {
        "parameters": [
            {"title": p.title, "value": preset if p.key == "preset" else p.default().value, "note": p.note}
            for p in policy.PARAMETERS
        ],
        "duties": duties,
        "class_rubric": [
            {
                "code": item.code,
                "item": item.title,
                "figure": BY_KEY[item.figure].title,
                "mode": item.mode,
                "points": int(item.points),
                "note": BY_KEY[item.figure].numerator,
            }
            for item in policy.DEFAULT_RUBRIC
        ],
        "teacher_rubric": [
            {"code": t.code, "item": t.title, "figure": t.title, "mode": t.mode, "points": int(t.points), "note": t.note}
            for t in policy.DEFAULT_TEACHER_RUBRIC
        ],
    }
