"""What happens in the example school in a month: activities, donations, meetings, documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.example.archive import Row
from pipeline.example.founding import School
from schemas.codes import ALL_PUPILS

# Kind, title, scope: the whole school at the start, later some grades.
_FIRST_ACTIVITIES = (
    ("安全讲座", "开学第一课", ""),
    ("心理讲座", "新学期，好心情", "upper"),
    ("书画展", "迎中秋", "upper"),
)
_LATER_ACTIVITIES = (("法制讲座", "未成年人保护法进校园", "upper"), ("体育竞赛", "秋季运动会接力", "two classes"))


def activities(school: School, days: Sequence[date], is_first: bool) -> list[Row]:
    """Return 学校活动: one row an activity."""
    leaders = [t.name for t in school.staff if t.post == "校领导"]
    chosen = _FIRST_ACTIVITIES if is_first else _LATER_ACTIVITIES
    rows = []
    for n, (kind, title, who) in enumerate(chosen):
        cells: Row = {"日期": days[3 + 3 * n], "活动类型": kind, "活动名称": title, "组织人": leaders[n % len(leaders)]}
        rows.append(cells | {"参加学生": ALL_PUPILS} | _scope(school, who))
    return rows


def _scope(school: School, who: str) -> Row:
    """Return 参加范围 and 参加对象 of an activity: all, the oldest grades, or one class of each of the two youngest."""
    grades = list(dict.fromkeys(own.grade for own in school.classes))
    if who == "upper":
        return {"参加范围": "年级", "参加对象": "、".join(grades[2 * len(grades) // 3 :])}
    if who == "two classes":
        return {
            "参加范围": "班级",
            "参加对象": "、".join(f"{grade}(1)班" for grade in grades[:2]),
        }
    return {"参加范围": "全校"}


def donations(school: School, days: Sequence[date], is_first: bool) -> list[Row]:
    """Return the month's donations; the insurance is one policy a child, so 数量 × 人均保额 is the sum insured."""
    insured = sum(c.is_left_behind and c.is_cared_for for own in school.classes for c in own.children)
    clothes = _donation(days[4], "示例县温暖基金（虚构）", "物资", 6000, 40) | {"品名": "冬衣", "数量": 40}
    money = _donation(days[9], "云溪镇商会（虚构）", "资金", 8000, 16) | {"品名": "助学金"}
    bags = _donation(days[5], "示例县温暖基金（虚构）", "物资", 4800, 60) | {"品名": "书包文具", "数量": 60}
    policy = _donation(days[8], "云溪镇爱心协会（虚构）", "保险", insured * 30, insured)
    policy |= {"品名": "学生意外伤害保险", "数量": insured, "人均保额": 50000}
    return [bags, policy] if is_first else [clothes, money]


def _donation(day: date, donor: str, kind: str, amount: int, beneficiaries: int) -> Row:
    return {"日期": day, "捐助方": donor, "类别": kind, "折合金额": amount, "受益人数": beneficiaries}


def meetings(school: School, days: Sequence[date], is_first: bool) -> list[Row]:
    """Return 会议记录: one row a meeting; the guardians of some classes meet in the first month."""
    rows: list[Row] = [{"日期": days[2], "类型": "领导小组会", "范围": "学校", "应到": 5, "实到": 5, "教师到会": "是"}]
    if is_first:
        for own in school.classes[:: max(1, len(school.classes) // 6)]:
            expected = len(own.children)
            cells: Row = {
                "日期": days[12],
                "类型": "监护人会",
                "范围": own.name,
                "应到": expected,
                "实到": expected - 1,
            }
            rows.append(cells | {"教师到会": "是", "学生到会": "是", "监护人到会": "是"})
    return rows


def documents(school: School, days: Sequence[date], is_first: bool) -> list[Row]:
    """Return 工作材料: one row a document, all of the first month."""
    if not is_first:
        return []
    year = school.year_start.year
    rows: list[Row] = [
        {"日期": days[3], "种类": "年度计划", "范围": "学校", "名称": f"{year} 学年留守儿童关爱工作计划"},
        {"日期": days[4], "种类": "制度", "范围": "学校", "名称": "谈心、家访和亲情电话制度"},
    ]
    plans: list[Row] = [
        {"日期": days[6], "种类": "班级计划", "范围": own.name, "名称": f"{own.name}关爱工作计划"}
        for own in school.classes
    ]
    return rows + plans
