"""The smallest clean month: one class, three left-behind children, everything filled and nothing wrong."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from schemas.forms import FORMS
from schemas.identity import check_digit

COVER = {"学校名称": "示例县云溪镇中心学校（虚构）", "学校标识码": "5299001234", "报送月份": "2026-10"}
NAMES = ("李小禾", "钱小河", "孙小树")


def id_card(birth: date, serial: int) -> str:
    """Return a valid number of an invented boy or girl (odd or even `serial`) in a district that does not exist."""
    first = f"529900{birth:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


def _pupil(name: str, serial: int) -> dict[str, Any]:
    """Return a complete row of 学生档案: both parents away since 2025, living with grandparents."""
    birth = date(2016, 3, serial)
    number = id_card(birth, serial)
    return {
        "姓名": name, "学籍号": "G" + number, "身份证号": number, "性别": "男" if serial % 2 else "女", "出生日期": birth,
        "民族": "苗族", "学生类别": "留守儿童", "农村户籍": "是", "父亲状况": "外出务工", "父亲外出日期": date(2025, 2, 20),
        "母亲状况": "外出务工", "母亲外出日期": date(2025, 2, 20), "随父母生活": "否", "监护类型": "祖父母", "就读方式": "走读",
        "健康状况": "健康或良好", "困难类别": "无", "性格特征": "开朗", "兴趣爱好": "画画", "重点帮扶": "否", "责任教师": "陈老师",
        "入班方式": "期初在籍", "学籍状态": "在读", "建档日期": date(2026, 9, 3), "档案编号": f"2026-{serial:04d}",
    }  # fmt: skip


def _card(name: str) -> dict[str, Any]:
    """Return a complete row of 联系卡."""
    return {
        "学生姓名": name, "家庭地址": "清水村一组", "父亲姓名": "李大田", "父亲电话": "19900000001", "父亲务工地址": "东海省临江市",
        "母亲姓名": "吴小云", "母亲电话": "19900000002", "母亲务工地址": "东海省临江市", "监护人姓名": "李老根", "与学生关系": "祖父",
        "监护人年龄": 66, "监护人职业": "务农", "监护人身体状况": "健康", "监护人电话": "19900000003", "监护人地址": "清水村一组",
        "更新日期": date(2026, 9, 3),
    }  # fmt: skip


def pupil(name: str, serial: int) -> dict[str, Any]:
    """Return a complete row of 学生档案: both parents away since 2025, living with grandparents."""
    return new_cells("学生档案") | _pupil(name, serial)


def card(name: str) -> dict[str, Any]:
    """Return a complete row of 联系卡."""
    return new_cells("联系卡") | _card(name)


@cache
def _new_cells() -> dict[str, dict[str, Any]]:
    said = _sheets() | _school_sheets()
    tables = [table for form in FORMS for table in form.tables if said.get(table.title)]
    return {t.title: {c: v for c, v in t.examples.items() if c not in said[t.title][0]} for t in tables}


def new_cells(title: str) -> dict[str, Any]:
    """Return the examples of a sheet's 必填 and 待补 columns that no row here speaks of: a new one is filled in by itself."""
    return dict(_new_cells().get(title, {}))


def completed(month: dict[str, Any]) -> dict[str, Any]:
    """Return a month in which every row has those cells."""
    for book in (*month["classes"], *([month["school"]] if month["school"] else [])):
        for title, rows in book["sheets"].items():
            for row in rows:
                row.update(new_cells(title) | row)
    return month


def _sheets() -> dict[str, list[dict[str, Any]]]:
    day, since = date(2026, 10, 12), date(2026, 9, 5)
    pairs = (("帮扶教师", "陈老师"), ("学习帮手", "周小山"), ("爱心妈妈", "郑阿姨"))
    return {
        "学生档案": [_pupil(name, serial) for serial, name in enumerate(NAMES, start=1)],
        "联系卡": [_card(name) for name in NAMES],
        "结对帮扶": [
            {"学生姓名": name, "帮扶类型": kind, "帮扶人": helper, "帮扶内容": "数学", "帮扶时间": "周三", "阶段目标": "合格",
             "结对日期": since, "检查日期": day, "检查结果": "好"}
            for name in NAMES
            for kind, helper in pairs
        ],
        "谈心记录": [
            {"日期": day, "学生姓名": name, "谈心人": "王老师", "谈心人身份": "班主任", "方式": "面谈", "主题": "学习",
             "主要内容": f"和{name}聊了最近的作业", "需跟进": "否"}
            for name in NAMES
        ],
        "家校联系": [
            {"日期": day, "学生姓名": name, "形式": kind, "联系对象": "父母", "组织教师": "王老师"}
            for name in NAMES
            for kind in ("家访", "亲情电话", "监护人会")
        ],
        "活动记录": [{"日期": day, "活动类型": "留守儿童会", "活动名称": "十月留守儿童会", "组织人": "王老师", "参加学生": "全体"}],
        "成长记录": [
            {"学生姓名": name, "语文": 86, "学习表现": "良好", "行为习惯": "优秀", "心理状态": "良好", "缺勤天数": 0,
             "成长日记": "有", "进步档案": "有", "个案触发": "无"}
            for name in NAMES
        ],
        "个别方案": [],
        "假期互查": [],
        "关爱服务": [{"日期": day, "学生姓名": NAMES[0], "类别": "学习辅导", "经办人": "陈老师"}],
    }  # fmt: skip


def _school_sheets() -> dict[str, list[dict[str, Any]]]:
    staff = [
        {"姓名": name, "岗位": post, "在岗": "是"} for name, post in (("王老师", "班主任"), ("陈老师", "任课教师"))
    ]
    return {
        "班级一览": [{"年级": "三年级", "班级": 2, "班主任": "王老师", "学生总数": 40, "留守儿童数": 3}],
        "教职工": staff,
        "应入学名册": [{"姓名": name, "村组": "清水村一组", "就学去向": "本校"} for name in NAMES],
    }


def small_month() -> dict[str, Any]:
    """Return the month as plain data: {"month", "school", "classes", "plan"}."""
    month = {
        "month": "2026-10",
        "classes": [{"cover": COVER | {"年级": "三年级", "班级": 2, "班主任": "王老师"}, "sheets": _sheets()}],
        "school": {"cover": COVER, "sheets": _school_sheets()},
        "plan": None,
    }
    return completed(month)
