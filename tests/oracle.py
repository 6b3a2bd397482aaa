"""The figures of one month in plain loops over plain dicts: an oracle written from contract §2-§5 and §8 alone.

It knows no synonyms and no fuzzy parsing, and no earlier snapshots: an error in a deciding cell is read as the value
that keeps the child counted (contract §5, §8.20). Every rate is kept as (n, N).
"""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

# --- what the sheets hold (contract §2, §3): 列名 -> (必填, kind); a tuple as kind is a code list -----------------------

GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级")
PEOPLES = (
    "汉族",
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
)
YES = ("是", "否")
HAVE = ("有", "无")
PARENT = ("在家", "外出务工", "死亡", "失联", "服刑戒毒", "离异未共同生活", "其他")
RELATIONS = (
    "祖父",
    "祖母",
    "外祖父",
    "外祖母",
    "父亲",
    "母亲",
    "伯父",
    "伯母",
    "叔父",
    "婶母",
    "姑母",
    "姑父",
    "舅父",
    "舅母",
    "姨母",
    "姨父",
    "哥哥",
    "姐姐",
)
REASONS = ("学习严重滑坡", "人格发展不健全", "道德发展失范", "涉嫌违法", "心理障碍")
LEVELS = ("优秀", "良好", "合格", "待提高")
MARKS = ("好", "较好", "一般", "差")
ACTIVITIES = (
    "留守儿童会",
    "主题班会",
    "队活动",
    "手拉手",
    "书画展",
    "演讲比赛",
    "文艺演出",
    "体育竞赛",
    "大课间",
    "生日会",
    "游览",
    "法制讲座",
    "安全讲座",
    "心理讲座",
    "心理辅导",
    "思想教育",
    "情感教育",
    "独立生活教育",
    "体谅父母教育",
    "志愿服务",
    "做一件有意义的事",
    "改正一个缺点",
    "做一件好事",
    "交一份好答卷",
    "添一份光彩",
    "做一个好学生",
    "其他",
)
NAMED = {"学生姓名": ("是", "text"), "学籍号": ("条件", "text")}
ACTIVITY = {
    "日期": ("是", "date"),
    "活动类型": ("是", ACTIVITIES),
    "活动名称": ("是", "text"),
    "组织人": ("是", "text"),
    "参加学生": ("是", "text"),
    "情况摘要": ("否", "text"),
}

CLASS_SHEETS = {
    "学生档案": {
        "姓名": ("是", "text"),
        "学籍号": ("条件", "student_no"),
        "身份证号": ("条件", "id"),
        "性别": ("是", ("男", "女")),
        "出生日期": ("是", "date"),
        "民族": ("是", PEOPLES),
        "学生类别": ("是", ("留守儿童", "潜能生", "留守兼潜能")),
        "农村户籍": ("是", YES),
        "父亲状况": ("是", PARENT),
        "父亲外出日期": ("条件", "date"),
        "母亲状况": ("是", PARENT),
        "母亲外出日期": ("条件", "date"),
        "在家一方监护能力": ("条件", HAVE),
        "随父母生活": ("是", YES),
        "监护类型": ("是", ("祖父母", "外祖父母", "父亲", "母亲", "其他亲属", "非亲属", "无人监护")),
        "就读方式": ("是", ("走读", "住校")),
        "健康状况": ("档", ("健康或良好", "一般或较弱", "有慢性病", "有生理缺陷", "残疾")),
        "困难类别": ("否", ("无", "低保", "特困", "孤儿", "事实无人抚养", "残疾", "脱贫监测户", "其他")),
        "性格特征": ("档", "text"),
        "兴趣爱好": ("档", "text"),
        "重点帮扶": ("是", YES),
        "学习分类": ("否", LEVELS),
        "责任教师": ("否", "text"),
        "入班方式": ("是", ("期初在籍", "转入", "复学", "新认定")),
        "入班日期": ("条件", "date"),
        "学籍状态": ("是", ("在读", "休学", "转出已确认", "转出未落实", "疑似辍学", "辍学", "毕业", "死亡")),
        "状态日期": ("条件", "date"),
        "建档日期": ("档", "date"),
        "档案编号": ("档", "text"),
        "备注": ("否", "text"),
    },
    "联系卡": {
        **NAMED,
        "家庭地址": ("档", "text"),
        "父亲姓名": ("档", "text"),
        "父亲电话": ("档", "phone"),
        "父亲务工单位": ("否", "text"),
        "父亲务工地址": ("档", "text"),
        "母亲姓名": ("档", "text"),
        "母亲电话": ("档", "phone"),
        "母亲务工单位": ("否", "text"),
        "母亲务工地址": ("档", "text"),
        "监护人姓名": ("档", "text"),
        "与学生关系": ("档", RELATIONS),
        "监护人年龄": ("档", ("int", 16, 110)),
        "监护人职业": ("档", "text"),
        "监护人身体状况": ("档", ("健康", "一般", "患病", "残疾")),
        "监护人电话": ("档", "phone"),
        "监护人地址": ("档", "text"),
        "更新日期": ("档", "date"),
    },
    "结对帮扶": {
        **NAMED,
        "帮扶类型": ("是", ("帮扶教师", "学习帮手", "爱心妈妈", "爱心爸爸", "代理家长")),
        "帮扶人": ("是", "text"),
        "帮扶人单位或班级": ("否", "text"),
        "联系电话": ("否", "phone"),
        "帮扶内容": ("否", "text"),
        "帮扶时间": ("否", "text"),
        "阶段目标": ("否", "text"),
        "结对日期": ("是", "date"),
        "结束日期": ("否", "anyday"),
        "检查日期": ("否", "date"),
        "检查结果": ("条件", MARKS),
    },
    "谈心记录": {
        "日期": ("是", "date"),
        **NAMED,
        "谈心人": ("是", "text"),
        "谈心人身份": (
            "是",
            ("班主任", "帮扶教师", "任课教师", "爱心妈妈", "爱心爸爸", "代理家长", "心理教师", "校领导"),
        ),
        "方式": ("是", ("面谈", "电话", "视频", "书面")),
        "主题": ("是", ("思想", "学习", "生活", "情绪", "交友", "身体", "安全", "家庭")),
        "主要内容": ("是", "text"),
        "采取措施": ("否", "text"),
        "需跟进": ("否", YES),
        "跟进日期": ("否", "anyday"),
    },
    "家校联系": {
        "日期": ("是", "date"),
        **NAMED,
        "形式": ("是", ("家访", "亲情电话", "视频通话", "亲情书信", "到校面谈", "监护人会", "座谈会")),
        "联系对象": ("是", ("父亲", "母亲", "父母", "祖父母", "外祖父母", "其他监护人")),
        "组织教师": ("否", "text"),
        "情况摘要": ("否", "text"),
    },
    "活动记录": ACTIVITY,
    "成长记录": {
        **NAMED,
        "语文": ("否", ("num", 0, 150)),
        "数学": ("否", ("num", 0, 150)),
        "英语": ("否", ("num", 0, 150)),
        "学习表现": ("是", LEVELS),
        "行为习惯": ("是", LEVELS),
        "心理状态": ("是", ("良好", "一般", "需关注", "需转介")),
        "缺勤天数": ("是", ("int", 0, 31)),
        "成长日记": ("是", HAVE),
        "进步档案": ("是", HAVE),
        "个案触发": ("是", ("无", *REASONS)),
        "触发日期": ("条件", "date"),
    },
    "个别方案": {
        **NAMED,
        "触发原因": ("是", REASONS),
        "制订日期": ("是", "date"),
        "责任人": ("是", "text"),
        "措施": ("是", "text"),
        "最近复查": ("否", "date"),
        "进展": ("是", ("进行中", "好转", "结案")),
    },
    "假期互查": {
        "日期": ("是", "date"),
        "村民组": ("是", "text"),
        "组长": ("是", "text"),
        "参加学生": ("是", "text"),
        "作业情况": ("是", MARKS),
    },
    "关爱服务": {
        "日期": ("是", "date"),
        **NAMED,
        "类别": (
            "是",
            ("安全教育", "学习辅导", "生活照顾", "患病就医", "营养关照", "自理指导", "活动优先", "心理辅导", "资助"),
        ),
        "经办人": ("是", "text"),
        "情况摘要": ("否", "text"),
    },
}
COUNT = ("num", 0, 10**12)
SCHOOL_SHEETS = {
    "班级一览": {
        "年级": ("是", GRADES),
        "班级": ("是", ("int", 1, 99)),
        "班主任": ("是", "text"),
        "学生总数": ("是", ("int", 0, 999)),
        "留守儿童数": ("否", ("int", 0, 999)),
        "潜能生数": ("否", ("int", 0, 999)),
    },
    "教职工": {
        "姓名": ("是", "text"),
        "工号": ("否", "text"),
        "岗位": ("是", ("校领导", "班主任", "任课教师", "心理教师", "生活教师", "学籍管理员", "其他")),
        "任教学科": ("否", "text"),
        "任教班级": ("否", "text"),
        "联系电话": ("否", "phone"),
        "在岗": ("是", YES),
    },
    "应入学名册": {
        "姓名": ("是", "text"),
        "身份证号": ("否", "id"),
        "村组": ("否", "text"),
        "就学去向": ("是", ("本校", "外校有学籍", "特教或送教", "高一级学校", "休学", "未入学", "辍学", "去向不明")),
        "凭据": ("否", "text"),
        "劝返责任人": ("否", "text"),
        "最近劝返": ("否", "date"),
    },
    "学籍异动": {
        "日期": ("是", "date"),
        "学生姓名": ("是", "text"),
        "身份证号": ("否", "id"),
        "异动类型": ("是", ("转入", "转出", "休学", "复学", "疑似辍学", "辍学", "返校", "毕业", "死亡")),
        "班级": ("是", "text"),
        "去向或来源": ("否", "text"),
        "接收校确认": ("否", YES),
        "原因": ("否", "text"),
    },
    "学校活动": {**ACTIVITY, "参加范围": ("是", ("全校", "年级", "班级", "名单")), "参加对象": ("否", "text")},
    "领导小组": {
        "姓名": ("是", "text"),
        "职务": ("否", "text"),
        "组内职务": ("是", ("组长", "副组长", "成员")),
        "职责": ("是", "text"),
        "联系电话": ("否", "phone"),
    },
    "关爱设施": {
        "项目": (
            "是",
            (
                "留守儿童之家",
                "档案柜",
                "亲情电话",
                "视频设备",
                "电视机",
                "播放机",
                "计算机",
                "图书",
                "体艺器材",
                "心理咨询室",
            ),
        ),
        "数量": ("是", COUNT),
        "可用": ("是", YES),
        "说明": ("否", "text"),
    },
    "捐助登记": {
        "日期": ("是", "date"),
        "捐助方": ("是", "text"),
        "类别": ("是", ("资金", "物资", "保险", "助学结对", "春蕾班", "社会妈妈")),
        "品名": ("是", "text"),
        "数量": ("否", COUNT),
        "折合金额": ("否", COUNT),
        "人均保额": ("否", COUNT),
        "受益人数": ("是", COUNT),
        "受益名单": ("否", "text"),
    },
    "考核登记": {
        "日期": ("是", "date"),
        "对象类型": ("是", ("班级", "教师")),
        "对象": ("是", "text"),
        "考核项目": ("是", "text"),
        "分值": ("是", ("num", -1000, 1000)),
        "依据": ("是", "text"),
        "检查人": ("是", "text"),
    },
    "会议记录": {
        "日期": ("是", "date"),
        "类型": ("是", ("座谈会", "监护人会", "领导小组会")),
        "范围": ("是", "text"),
        "应到": ("否", COUNT),
        "实到": ("是", COUNT),
        "教师到会": ("否", YES),
        "学生到会": ("否", YES),
        "监护人到会": ("否", YES),
    },
    "工作材料": {
        "日期": ("是", "date"),
        "种类": ("是", ("年度计划", "学期总结", "班级计划", "班级总结", "制度")),
        "范围": ("是", "text"),
        "名称": ("是", "text"),
    },
    "预警确认": {
        "日期": ("是", "date"),
        "对象类型": ("是", ("班级", "教师")),
        "对象": ("是", "text"),
        "情形": ("是", ("义务教育辍学", "责任安全事故", "弄虚作假", "体罚歧视", "泄露学生信息")),
        "确认": ("是", YES),
        "确认人": ("是", "text"),
    },
}
PLAN_SHEETS = {
    "参数": {"参数": ("是", "text"), "值": ("是", "text"), "说明": ("否", "text")},
    "频次要求": {
        "编号": ("否", "text"),
        "事项": ("是", ("谈心", "亲情联络", "家访", "走访", "活动", "检查")),
        "身份": ("否", "text"),
        "形式": ("否", "text"),
        "周期": ("是", ("周", "月", "学期", "学年", "假期")),
        "次数": ("是", ("int", 1, 99)),
        "适用对象": ("是", ("全体", "重点帮扶", "住校", "走读", "潜能生", "有爱心妈妈")),
        "启用": ("是", YES),
        "来源": ("否", "text"),
    },
    "班级考核": {
        "编号": ("否", "text"),
        "项目": ("是", "text"),
        "指标": ("是", "text"),
        "计分方式": ("是", ("比率", "登记", "扣分")),
        "满分": ("是", ("num", 0, 100)),
        "说明": ("否", "text"),
    },
}
FIGURES = (
    "建档率",
    "档案完整率",
    "入学率",
    "巩固率",
    "教师结对率",
    "学习帮手率",
    "爱心妈妈率",
    "重点结对率",
    "学习帮扶计划率",
    "结对检查率",
    "谈心达标率",
    "亲情联络率",
    "家访率",
    "监护人会率",
    "活动参加率",
    "班会率",
    "生日关爱率",
    "成长记录率",
    "个案方案率",
    "联系卡更新率",
    "互查达标率",
    "报送质量",
)
POTENTIAL = ("建档率", "档案完整率", "教师结对率", "学习帮手率", "爱心妈妈率", "谈心达标率", "成长记录率", "活动参加率")
DECIDING = (
    "学生类别",
    "父亲状况",
    "母亲状况",
    "父亲外出日期",
    "母亲外出日期",
    "随父母生活",
    "农村户籍",
    "在家一方监护能力",
    "学籍状态",
    "重点帮扶",
    "就读方式",
)
TEACHER_ROLES = ("班主任", "帮扶教师", "任课教师", "心理教师", "校领导")
ON_ROLL = ("在读", "休学", "疑似辍学", "辍学", "转出未落实")
LOVING = ("爱心妈妈", "爱心爸爸")
DASH = "—"
RUBRIC = (
    ("建档率", 12),
    ("档案完整率", 8),
    ("教师结对率", 8),
    ("学习帮手率", 7),
    ("谈心达标率", 20),
    ("家访率", 10),
    ("亲情联络率", 5),
    ("班会率", 5),
    ("活动参加率", 10),
    ("个案方案率", 10),
    ("报送质量", 5),
)
PRESETS = (
    # 事项, 身份, 形式, 周期, 次数, 适用对象, on in
    ("谈心", "班主任", "", "月", 1, "全体", "篇一 篇二 篇三 篇四 篇六"),
    ("谈心", "爱心妈妈/爱心爸爸", "", "周", 1, "有爱心妈妈", "篇三"),
    ("谈心", "班主任/帮扶教师/任课教师", "", "月", 2, "全体", "篇五"),
    ("谈心", "任课教师", "", "月", 1, "全体", "篇七"),
    ("谈心", "帮扶教师/班主任", "", "月", 1, "住校", "篇一 篇五"),
    ("家访", "", "家访", "学期", 1, "全体", "篇三 篇四 篇六"),
    ("家访", "", "家访", "学期", 1, "走读", "篇五"),
    ("亲情联络", "", "亲情电话/视频通话/亲情书信", "月", 1, "全体", "篇二 篇三 篇四 篇五 篇六 篇七"),
)


# --- days and cells ----------------------------------------------------------------------------------------------------


def add_months(day, months):
    """Add calendar months; the 31st becomes the shorter month's last day (contract §5, away3)."""
    years, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, index + 1, min(day.day, calendar.monthrange(years, index + 1)[1]))


def completed_years(born, day):
    """Count completed years at a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def blank(value):
    """Tell whether a cell is empty."""
    return value is None or (isinstance(value, str) and not value.strip())


def read_date(value):
    """Read a date cell, or None when it is no date."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def id_birth(number):
    """Return the birth date in an ID number with a valid check digit, else None (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return None
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    if "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11] != number[17]:
        return None
    return read_date(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")


def read_number(value):
    """Read a number cell as an exact fraction, or None."""
    if isinstance(value, bool):
        return None
    try:
        return Fraction(str(value).strip())
    except (ValueError, ZeroDivisionError):
        return None


def read_cell(kind, value, last):
    """Return (value, in error) of one filled cell by its own rule; a date after T is an error (contract §8.2)."""
    if kind in ("date", "anyday"):
        day = read_date(value)
        bad = day is None or (kind == "date" and day > last)
        return (None, True) if bad else (day, False)
    if isinstance(kind, tuple) and kind[0] in ("int", "num"):
        number = read_number(value)
        bad = number is None or not kind[1] <= number <= kind[2] or (kind[0] == "int" and number.denominator != 1)
        return (None, True) if bad else (number, False)
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    good = True
    if isinstance(kind, tuple):
        good = text in kind
    elif kind == "id":
        good = id_birth(text) is not None
    elif kind == "student_no":
        good = bool(re.fullmatch(r"[GLJ]\d{17}[\dX]", text)) and (text[0] != "G" or id_birth(text[1:]) is not None)
    elif kind == "phone":
        good = bool(re.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|—", text))
    return (text, False) if good else (None, True)


def read_rows(book, sheet, spec, last):
    """Read a sheet's non-blank rows: {"v": values, "bad": columns in error}; an empty 是 cell is an error (contract §8.7)."""
    rows = []
    for raw in ((book or {}).get("sheets") or {}).get(sheet) or []:
        if all(blank(value) for value in raw.values()):
            continue
        row = {"v": {}, "bad": set(), "person": None, "void": False, "sheet": sheet, "raw": raw}
        for column, (need, kind) in spec.items():
            value, bad = raw.get(column), False
            if blank(value) or (value == DASH and column not in ("父亲姓名", "父亲电话", "母亲姓名", "母亲电话")):
                value, bad = None, need == "是"
            else:
                value, bad = read_cell(kind, value, last)
            row["v"][column] = value
            if bad:
                row["bad"].add(column)
        rows.append(row)
    return rows


def sound(row, spec, *, but=()):
    """Tell whether no required cell of a record is in error, so that it can fulfil something (contract §5)."""
    return not row["void"] and not any(
        c in row["bad"] for c, (need, _) in spec.items() if need in ("是", "条件") and c not in but
    )


# --- the plan (contract §4, §8.21) -------------------------------------------------------------------------------------


def parameter(rows, name, default, accept):
    """Return a parameter's value: the first row of that name that can be read, else the default."""
    for row in rows:
        if row["v"]["参数"] == name and row["v"]["值"] is not None:
            value = accept(row["v"]["值"])
            if value is not None:
                return value
    return default


def read_month_day(text):
    """Read MM-DD."""
    day = read_date(f"2024-{text}")
    return (day.month, day.day) if day else None


def read_months(text):
    """Read months joined by 、."""
    parts = str(text).split("、")
    return {int(p) for p in parts} if all(p.strip().isdigit() and 1 <= int(p) <= 12 for p in parts) else None


def one_of(*words):
    """Make a reader that accepts these words only."""
    return lambda text: text if text in words else None


def not_negative(text):
    """Read a number of at least 0."""
    number = read_number(text)
    return number if number is not None and number >= 0 else None


def read_plan(book, last):
    """Read 考核方案 into plain settings; what can't be read falls back to the default (contract §4)."""
    rows = read_rows(book, "参数", PLAN_SHEETS["参数"], last)
    plan = {
        "口径": parameter(rows, "留守口径", "学籍", one_of("学籍", "国家", "方案")),
        "terms": [
            parameter(rows, n, d, read_month_day)
            for n, d in (
                ("上学期开始", (9, 1)),
                ("上学期结束", (1, 20)),
                ("下学期开始", (2, 20)),
                ("下学期结束", (7, 5)),
            )
        ],
        "teaching": parameter(rows, "教学月份", {9, 10, 11, 12, 1, 3, 4, 5, 6}, read_months),
        "holidays": parameter(rows, "寒暑假月份", {1, 2, 7, 8}, read_months),
        "case_days": int(parameter(rows, "个案期限天数", 14, not_negative)),
        "card_days": int(parameter(rows, "联系卡更新天数", 15, not_negative)),
        "pause_is_loss": parameter(rows, "休学计入流失", "否", one_of("是", "否")) == "是",
        "share": Fraction(parameter(rows, "先进班比例", Fraction(1, 5), not_negative)),
        "best": Fraction(parameter(rows, "先进最低分", Fraction(90), not_negative)),
        "least": Fraction(parameter(rows, "不得参评分", Fraction(60), not_negative)),
        "preset": parameter(rows, "方案预设", "篇四", one_of(*(f"篇{n}" for n in "一二三四五六七"))),
        "duties": [],
        "rubric": [],
    }
    duty_rows = read_rows(book, "频次要求", PLAN_SHEETS["频次要求"], last)
    for row in duty_rows:
        v = row["v"]
        if v["启用"] != "否" and v["事项"] and v["周期"] and v["适用对象"]:
            plan["duties"].append(
                make_duty(v["事项"], v["身份"], v["形式"], v["周期"], int(v["次数"] or 1), v["适用对象"])
            )
    if not duty_rows:
        plan["duties"] = [make_duty(*row[:6]) for row in PRESETS if plan["preset"] in row[6].split()]
    for row in read_rows(book, "班级考核", PLAN_SHEETS["班级考核"], last):
        if not row["bad"]:
            plan["rubric"].append((row["v"]["项目"], row["v"]["指标"], row["v"]["计分方式"], row["v"]["满分"]))
    if not plan["rubric"]:
        plan["rubric"] = [(name, name, "比率", Fraction(points)) for name, points in RUBRIC]
    return plan


def make_duty(matter, roles, forms, period, times, whom):
    """Make a duty; empty 身份 or 形式 = any (contract §4)."""
    split = lambda text: [t.strip() for t in (text or "").split("/") if t.strip()]  # noqa: E731
    return {
        "matter": matter,
        "roles": split(roles),
        "forms": split(forms),
        "period": period,
        "times": times,
        "whom": whom,
    }


def make_env(month, plan):
    """Work out T, the term and the school year of the report month (contract §8.1)."""
    year, number = (int(p) for p in month["month"].split("-"))
    first, last = date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
    one, two, three, four = plan["terms"]
    terms = []
    for y in range(year - 2, year + 2):
        terms.append((date(y, *one), date(y + (two < one), *two)))
        terms.append((date(y, *three), date(y + (four < three), *four)))
    start, end = max(t for t in terms if t[0] <= last)  # the one that holds T, else the one that ended last
    return {
        "plan": plan,
        "first": first,
        "last": last,
        "start": start,
        "end": end,
        "upto": min(last, end),
        "year_start": date(year if number >= 9 else year - 1, 9, 1),
        "is_holiday": number in plan["holidays"],
        "is_teaching": number in plan["teaching"],
        "terms": terms,
        "school": month.get("school") is not None,
    }


# --- pupils: cells, identity, doubles (contract §8.5, §8.6) ------------------------------------------------------------


def read_pupils(book, env, staff):
    """Read 学生档案 with its 条件 cells and the checks between cells."""
    rows = read_rows(book, "学生档案", CLASS_SHEETS["学生档案"], env["last"])
    for row in rows:
        v, bad = row["v"], row["bad"]

        def ask(column, row=row):
            if row["v"][column] is None:
                row["bad"].add(column)

        if v["身份证号"] is None and v["学籍号"] is None:
            ask("身份证号")
        row["id"] = v["身份证号"]  # identity: a valid check digit is enough (contract §8.5)
        if row["id"] and v["学籍号"] and v["学籍号"][0] == "G" and v["学籍号"][1:] != row["id"]:
            bad.add("学籍号")
            v["学籍号"] = None
        if row["id"] is None and v["学籍号"] and v["学籍号"][0] == "G":
            row["id"] = v["学籍号"][1:]  # a G number carries the ID
        born = id_birth(v["身份证号"]) if v["身份证号"] else None
        if born:
            sex = "男" if int(v["身份证号"][16]) % 2 else "女"
            if (v["出生日期"] and v["出生日期"] != born) or (v["性别"] and v["性别"] != sex):
                bad.add("身份证号")
        row["born"] = v["出生日期"] or (born if "身份证号" not in bad else None)
        if row["born"] and blank(row["raw"].get("出生日期")):
            bad.discard("出生日期")  # empty beside a valid ID: filled (contract §8.7)
        for parent in ("父亲", "母亲"):
            if v[f"{parent}状况"] == "外出务工":
                ask(f"{parent}外出日期")
        if sum(v[f"{p}状况"] == "外出务工" or f"{p}状况" in bad for p in ("父亲", "母亲")) == 1:
            ask("在家一方监护能力")
        if v["入班方式"] != "期初在籍":  # an unreadable 入班方式 asks for the date too, so that nothing slips out
            ask("入班日期")
        if v["学籍状态"] != "在读":
            ask("状态日期")
        if v["责任教师"] and staff is not None and v["责任教师"] not in staff:
            bad.add("责任教师")
    return rows


def same_child(a, b):
    """Compare two pupil rows by ID, else 学籍号, else name + birth date (contract §8.5)."""
    if a["id"] and b["id"]:
        return a["id"] == b["id"]
    if a["v"]["学籍号"] and a["v"]["学籍号"] == b["v"]["学籍号"]:
        return True
    return bool(a["v"]["姓名"] and a["born"]) and (a["v"]["姓名"], a["born"]) == (b["v"]["姓名"], b["born"])


def gather_people(classes):
    """Join the rows of one child: a second row in a class is void, the same child in two classes is an error at both (§5, §8.6)."""
    people = []
    for cls in classes:
        for row in cls["学生档案"]:
            row["class"] = cls
            found = next((p for p in people if any(same_child(row, other) for other in p["rows"])), None)
            if found is None:
                found = {"rows": []}
                people.append(found)
            if any(other["class"] is cls for other in found["rows"]):
                row["void"] = True
                row["bad"].add("姓名")
            else:
                found["rows"].append(row)
            row["person"] = found
    for person in people:
        if len(person["rows"]) > 1:
            for row in person["rows"]:
                row["bad"].add(next((c for c in ("身份证号", "学籍号") if row["v"][c]), "姓名"))
                if row["v"]["出生日期"] is None and not blank(row["raw"].get("出生日期")):
                    row["born"] = None  # an unreadable day can't be read from a number that is in error itself
        best = person["rows"][0]  # classes come by grade and number, so a tie stays with the first
        for row in person["rows"][1:]:
            if (row["v"]["入班日期"] or date.min) > (best["v"]["入班日期"] or date.min):
                best = row
        person["home"], person["class"] = best, best["class"]
    numbers = {}
    for person in people:
        if person["home"]["v"]["档案编号"]:
            numbers.setdefault(person["home"]["v"]["档案编号"], []).append(person)
    for group in numbers.values():
        if len(group) > 1:  # 档案编号 is unique in the school (contract §2)
            for person in group:
                person["home"]["bad"].add("档案编号")
    return people


def numbers_of(row):
    """Return the 学籍号 that a pupil row is known by."""
    return {n for n in (row["v"]["学籍号"], "G" + row["id"] if row["id"] else None) if n}


def find_child(cls, name, number):
    """Find a record's child in its class: (person, column in error) (contract §5, "A record names a child")."""
    rows = [r for r in cls["学生档案"] if not r["void"] and name and r["v"]["姓名"] == name]
    if not rows:
        return None, "学生姓名"
    if number is not None:
        rows = [r for r in rows if number in numbers_of(r)]
    return (rows[0]["person"], None) if len(rows) == 1 else (None, "学籍号")


def find_names(rows, text):
    """Read a name list: (people, an unknown or doubled name among them) (contract §8.9)."""
    people, bad = [], False
    for token in (t.strip() for t in (text or "").split("、")):
        match = re.fullmatch(r"(.+?)[(（]([\dX]{4})[)）]", token)
        name, tail = match.groups() if match else (token, None)
        found = []
        for row in rows:
            fits = tail is None or any(n.endswith(tail) for n in numbers_of(row))
            if name and row["v"]["姓名"] == name and fits and not any(row["person"] is p for p in found):
                found.append(row["person"])
        if len(found) == 1:
            people.append(found[0])
        else:
            bad = True
    return people, bad


# --- a child's sets (contract §5 "Sets, by person, at T", §8.20) -------------------------------------------------------


def away(row, parent, env):
    """Return (away now, away 3 calendar months); an error reads as away for 3 months and more."""
    if f"{parent}状况" in row["bad"]:
        return True, True
    if row["v"][f"{parent}状况"] != "外出务工":
        return False, False
    since = row["v"][f"{parent}外出日期"]
    return (True, True) if since is None else (since <= env["last"], add_months(since, 3) <= env["last"])


def settle(person, env):
    """Work out what a child counts as, by the values read for errors."""
    row, v = person["home"], dict(person["home"]["v"])
    kept = (
        ("学生类别", "留守兼潜能"),
        ("随父母生活", "否"),
        ("农村户籍", "是"),
        ("在家一方监护能力", "无"),
        ("学籍状态", "在读"),
        ("重点帮扶", "是"),
    )
    v |= {column: value for column, value in kept if column in row["bad"]}
    person["read"] = v
    person["sure"] = not any(c in row["bad"] for c in DECIDING)
    now, long = zip(*(away(row, p, env) for p in ("父亲", "母亲")), strict=True)
    apart, rural = v["随父母生活"] == "否", v["农村户籍"] == "是"
    young = row["born"] is None or completed_years(row["born"], env["last"]) < 16
    person["双亲留守"] = apart and all(long)
    person["单亲留守"] = apart and sum(long) == 1
    person["国家口径"] = rural and young and apart and (all(now) or (any(now) and v["在家一方监护能力"] == "无"))
    person["方案口径"] = rural and apart and all(long)
    meets = {"学籍": person["双亲留守"] or person["单亲留守"], "国家": person["国家口径"], "方案": person["方案口径"]}[
        env["plan"]["口径"]
    ]
    person["left"] = v["学生类别"] in ("留守儿童", "留守兼潜能")
    person["meets"] = person["left"] and meets
    person["on_roll"] = v["学籍状态"] in ON_ROLL
    person["L"] = person["meets"] and person["on_roll"]
    person["A"] = person["L"] and v["学籍状态"] in ("在读", "疑似辍学")
    person["Q"] = v["学生类别"] in ("潜能生", "留守兼潜能") and v["学籍状态"] in ("在读", "疑似辍学")


# --- records (contract §5, §8.2, §8.8, §8.9) ---------------------------------------------------------------------------


def too_early(row, env):
    """Tell whether a record lies before the term, which is an error outside holiday months (contract §8.2)."""
    return row["v"]["日期"] is not None and row["v"]["日期"] < env["start"] and not env["is_holiday"]


def read_records(cls, book, env, staff):
    """Read every other sheet of a class and mark the errors between cells."""
    for sheet, spec in CLASS_SHEETS.items():
        if sheet == "学生档案":
            continue
        cls[sheet] = read_rows(book, sheet, spec, env["last"])
        seen = []
        for row in cls[sheet]:
            v, bad = row["v"], row["bad"]
            if "学生姓名" in spec:
                row["person"], wrong = find_child(cls, v["学生姓名"], v["学籍号"])
                if wrong:
                    bad.add(wrong)
                if sheet in ("联系卡", "成长记录") and row["person"]:
                    if any(row["person"] is p for p in seen):  # a second row counts for nothing (contract §8.6)
                        row["void"] = True
                        bad.add("学生姓名")
                    seen.append(row["person"])
            if sheet in ("谈心记录", "家校联系", "活动记录") and too_early(row, env):
                bad.add("日期")
            if sheet in ("活动记录", "假期互查"):
                row["people"] = []
                row["all"] = sheet == "活动记录" and v["参加学生"] == "全体"
                if v["参加学生"] and not row["all"]:
                    row["people"], wrong = find_names([r for r in cls["学生档案"] if not r["void"]], v["参加学生"])
                    if wrong:
                        bad.add("参加学生")
                row["ok"] = sound(row, spec, but=("参加学生",)) and (row["all"] or bool(row["people"]))
                row["whole"] = sound(row, spec)
            check_between(row, staff)


def check_between(row, staff):
    """Mark the errors between two cells of a record, and teachers that 教职工 lacks (contract §8.6, §8.8, §8.10)."""
    v, bad, sheet = row["v"], row["bad"], row["sheet"]
    later = lambda a, b: v[a] is not None and v[b] is not None and v[b] < v[a]  # noqa: E731
    if sheet == "结对帮扶":
        if later("结对日期", "结束日期"):
            bad.add("结束日期")
        if v["检查日期"] is not None and v["检查结果"] is None:
            bad.add("检查结果")
        if v["帮扶类型"] == "帮扶教师" and v["帮扶人"] and staff is not None and v["帮扶人"] not in staff:
            bad.add("帮扶人")
        if v["帮扶类型"] == "学习帮手" and v["帮扶人"] and v["帮扶人"] == v["学生姓名"]:
            bad.add("帮扶人")
    elif sheet == "谈心记录":
        if later("日期", "跟进日期"):
            bad.add("跟进日期")
        if v["谈心人身份"] in TEACHER_ROLES and v["谈心人"] and staff is not None and v["谈心人"] not in staff:
            bad.add("谈心人")
    elif sheet == "个别方案" and later("制订日期", "最近复查"):
        bad.add("最近复查")
    elif sheet == "成长记录" and v["个案触发"] in REASONS and v["触发日期"] is None:
        bad.add("触发日期")


def whole_class(cls, day):
    """Return 全体: the class's pupils on a day (contract §5; a 入班日期 in error is in no 全体)."""
    people = []
    for row in cls["学生档案"]:
        v = row["v"]
        came = "入班日期" not in row["bad"] and (v["入班日期"] is None or v["入班日期"] <= day)
        stays = (
            v["学籍状态"] == "在读" or "学籍状态" in row["bad"] or (v["状态日期"] is not None and v["状态日期"] > day)
        )
        if not row["void"] and came and stays:
            people.append(row["person"])
    return people


def gather_deeds(classes, school, env):
    """List every activity that counts: {"day", "kind", "people", "own" class, "reach"(grade, number)} (contract §5, §8.9)."""
    deeds = []
    for cls in classes:
        for row in cls["活动记录"]:
            if row["ok"]:
                v = row["v"]
                people = whole_class(cls, v["日期"]) if row["all"] else row["people"]
                deeds.append(
                    {
                        "day": v["日期"],
                        "kind": v["活动类型"],
                        "people": people,
                        "own": cls,
                        "scope": "班级",
                        "names": [cls["unit"]],
                        "whole": row["whole"],
                    }
                )
    every_row = [r for cls in classes for r in cls["学生档案"] if not r["void"]]
    for row in read_rows(school, "学校活动", SCHOOL_SHEETS["学校活动"], env["last"]):
        v = row["v"]
        if too_early(row, env) or not sound(row, SCHOOL_SHEETS["学校活动"]):
            continue
        names = [t.strip() for t in (v["参加对象"] or "").split("、") if t.strip()]
        if v["参加范围"] == "名单":
            people = find_names(every_row, v["参加对象"])[0]
        else:
            people = [
                p
                for cls in classes
                if reaches(v["参加范围"], names, cls["grade"], cls["unit"])
                for p in whole_class(cls, v["日期"])
            ]
        deeds.append(
            {
                "day": v["日期"],
                "kind": v["活动类型"],
                "people": people,
                "own": None,
                "scope": v["参加范围"],
                "names": names,
            }
        )
    return deeds


def reaches(scope, names, grade, unit):
    """Tell whether a school activity reaches a class (contract §5)."""
    return scope == "全校" or (scope == "年级" and grade in names) or (scope == "班级" and unit in names)


def took_part(person, deeds, kinds, start, end):
    """Tell whether a child took part in an activity of these kinds (None = any) between two days."""
    return any(
        start <= d["day"] <= end and (kinds is None or d["kind"] in kinds) and any(person is p for p in d["people"])
        for d in deeds
    )


def gather_pairings(cls):
    """List the pairings of the class that count: alike rows are one, rows of children counted elsewhere are none's (§8.5, §8.8)."""
    kept, seen = [], []
    for row in cls["结对帮扶"]:
        if row["person"] is not None and row["person"]["class"] is not cls:
            continue
        row["ok"] = sound(row, CLASS_SHEETS["结对帮扶"], but=("检查结果",))
        if row["ok"]:
            key = (id(row["person"]), row["v"]["帮扶类型"], row["v"]["帮扶人"], row["v"]["结对日期"])
            if key in seen:
                continue
            seen.append(key)
        kept.append(row)
    return kept


def could_be_active(row, env):
    """Tell whether a pairing's valid dates do not say that it is inactive (contract §8.8)."""
    until = row["v"]["结束日期"]
    return "结束日期" in row["bad"] or until is None or until > env["last"]


def is_active(row, env):
    """Tell whether a pairing without error is active at T; an error in 结束日期 makes it inactive (contract §8.8)."""
    return row["ok"] and "结束日期" not in row["bad"] and could_be_active(row, env)


def has_pairing(person, env, kinds):
    """Tell whether a child has an active pairing of one of these kinds."""
    return any(
        r["person"] is person and r["v"]["帮扶类型"] in kinds and is_active(r, env) for r in person["class"]["pairings"]
    )


# --- duties (contract §5 "Periods of a duty", §8.1) --------------------------------------------------------------------


def duty_windows(duty, person, env):
    """Return the windows in which a child owes the duty now; each needs 次数. No window: not owed."""
    row = person["home"]
    joined = None if "入班日期" in row["bad"] else row["v"]["入班日期"]  # in error: owes at once
    month = [(env["first"], env["last"])]
    if duty["period"] == "月":
        return month if env["is_teaching"] and (joined is None or joined <= env["first"]) else []
    if duty["period"] == "假期":
        return month if env["is_holiday"] and (joined is None or joined <= env["first"]) else []
    if duty["period"] == "周":
        weeks, day = [], env["first"]
        while day <= env["last"]:
            sunday = day + timedelta(days=6)
            inside = day.weekday() == 0 and env["start"] <= day and sunday <= env["upto"]
            if inside and (joined is None or joined <= day):
                weeks.append((day, sunday))
            day += timedelta(days=1)
        return weeks
    settled = joined is None or joined + timedelta(days=30) <= env["last"]
    if duty["period"] == "学年":
        return [(env["year_start"], env["last"])] if settled else []
    return [(env["start"], env["upto"])] if settled and env["first"] <= env["end"] else []


def duty_applies(duty, person, env):
    """Return "yes", "no", or "doubt" where only a 爱心妈妈 pairing in error makes the duty owed (contract §8.20)."""
    v, whom = person["read"], duty["whom"]
    if whom == "全体":
        return "yes"
    if whom == "重点帮扶":
        return "yes" if v["重点帮扶"] == "是" else "no"
    if whom in ("住校", "走读"):
        return "yes" if "就读方式" in person["home"]["bad"] or v["就读方式"] == whom else "no"
    if whom == "潜能生":
        return "yes" if v["学生类别"] in ("潜能生", "留守兼潜能") else "no"
    if has_pairing(person, env, LOVING):
        return "yes"
    for row in person["class"]["pairings"]:
        theirs = row["person"] is person or row["person"] is None
        loving = row["v"]["帮扶类型"] in LOVING or "帮扶类型" in row["bad"]
        if theirs and loving and could_be_active(row, env) and not is_active(row, env):
            return "doubt"
    return "no"


def records_of(person, sheet, classes):
    """List a child's sound records of a sheet, from whichever class's workbook (contract §8.5)."""
    return [r for cls in classes for r in cls[sheet] if r["person"] is person and sound(r, CLASS_SHEETS[sheet])]


def duty_met(duty, person, windows, classes):
    """Tell whether every window holds as many records as the duty asks, by its roles and in its forms."""
    sheet, form = ("谈心记录", "方式") if duty["matter"] == "谈心" else ("家校联系", "形式")
    days = []
    for row in records_of(person, sheet, classes):
        by_role = sheet == "家校联系" or not duty["roles"] or row["v"]["谈心人身份"] in duty["roles"]
        if by_role and (not duty["forms"] or row["v"][form] in duty["forms"]):
            days.append(row["v"]["日期"])
    return all(sum(start <= day <= end for day in days) >= duty["times"] for start, end in windows)


def duty_rate(matter, people, classes, env):
    """Count the children who owe a duty of this matter and those who meet all they owe (contract §8.1)."""
    n = total = 0
    for person in people:
        owed, met = False, person["sure"] and "入班日期" not in person["home"]["bad"]
        for duty in env["plan"]["duties"]:
            applies = duty_applies(duty, person, env) if duty["matter"] == matter else "no"
            windows = duty_windows(duty, person, env) if applies != "no" else []
            if windows:
                owed = True
                met = met and applies == "yes" and duty_met(duty, person, windows, classes)
        total += owed
        n += owed and met
    return n, total


# --- the archive (contract §5 建档率, 档案完整率, 联系卡更新率) ---------------------------------------------------------


def card_of(person, classes):
    """Return the child's 联系卡 row, the counting class's first."""
    cards = [r for cls in classes for r in cls["联系卡"] if r["person"] is person and not r["void"]]
    here = [r for r in cards if any(r is own for own in person["class"]["联系卡"])]
    return (here or cards or [None])[0]


def archive_cells(person, classes):
    """List (filled and free of error) for each applicable 档 cell of 学生档案 and 联系卡."""
    row, card, cells = person["home"], card_of(person, classes), []
    for column, (need, _) in CLASS_SHEETS["学生档案"].items():
        if need == "档":
            cells.append(row["v"][column] is not None and column not in row["bad"])
    for column, (need, _) in CLASS_SHEETS["联系卡"].items():
        parent = column[:2]
        status = None if f"{parent}状况" in row["bad"] else row["v"].get(f"{parent}状况")
        if need != "档" or (column.endswith("务工地址") and status not in ("外出务工", None)):
            continue
        value = card["v"][column] if card else None
        if value == DASH and status not in ("死亡", "失联"):
            value = None
        cells.append(value is not None and column not in card["bad"])
    return cells


def has_archive(person, classes):
    """Tell whether a child's archive is set up: dated, numbered, and every 是/条件/档 cell filled and free of error."""
    row, card = person["home"], card_of(person, classes)
    if not person["sure"] or card is None or not all(archive_cells(person, classes)):
        return False
    wrong = [c for c in row["bad"] if CLASS_SHEETS["学生档案"][c][0] != "否"]
    wrong += [c for c in card["bad"] if CLASS_SHEETS["联系卡"][c][0] in ("是", "条件")]
    return not wrong


def card_update(person, classes, env):
    """Return (counted, updated in time) of 联系卡更新率 (contract §8.14, §8.20)."""
    row, days = person["home"], []
    for column in ("入班日期", "状态日期"):
        day = row["v"][column]
        if day and env["start"] <= day <= env["end"] and day + timedelta(days=env["plan"]["card_days"]) <= env["last"]:
            days.append(day)
    if "入班日期" in row["bad"] or "状态日期" in row["bad"]:
        return True, False
    card = card_of(person, classes)
    updated = card["v"]["更新日期"] if card else None
    return bool(days), bool(days) and person["sure"] and updated is not None and updated >= max(days)


# --- the figures over a class (contract §5's table) --------------------------------------------------------------------


def share(people, test):
    """Count the children of whom a test holds; a child with an unsure deciding cell is in no n (contract §8.20)."""
    return sum(bool(p["sure"] and test(p)) for p in people), len(people)


def growth_row(person):
    """Return the child's 成长记录 row of the class that counts it, or None."""
    return next((r for r in person["class"]["成长记录"] if r["person"] is person and not r["void"]), None)


def birthday_party(person, deeds, env):
    """Tell whether a 生日会 in the month had the child with it."""
    return took_part(person, deeds, ("生日会",), env["first"], env["last"])


def shared_figures(full, active, classes, deeds, env):
    """Work out the eight figures that run over L and A, and over Q (contract §5 Sets)."""
    cells = [(p["sure"] and ok) for p in full for ok in archive_cells(p, classes)]
    return {
        "建档率": share(full, lambda p: has_archive(p, classes)),
        "档案完整率": (sum(cells), len(cells)),
        "教师结对率": share(active, lambda p: has_pairing(p, env, ("帮扶教师",))),
        "学习帮手率": share(active, lambda p: has_pairing(p, env, ("学习帮手",))),
        "爱心妈妈率": share(active, lambda p: has_pairing(p, env, LOVING)),
        "谈心达标率": duty_rate("谈心", active, classes, env),
        "成长记录率": share(active, lambda p: growth_row(p) is not None and not growth_row(p)["bad"]),
        "活动参加率": share(active, lambda p: took_part(p, deeds, None, env["first"], env["last"])),
    }


def class_figures(cls, people, classes, deeds, env):
    """Work out every figure of one class but the two of the school."""
    here = [p for p in people if p["class"] is cls]
    left, active = [p for p in here if p["L"]], [p for p in here if p["A"]]
    figures = shared_figures(left, active, classes, deeds, env)
    figures["巩固率"] = retention(here, env)
    focus = [p for p in active if p["read"]["重点帮扶"] == "是"]
    figures["重点结对率"] = share(
        focus, lambda p: has_pairing(p, env, ("帮扶教师",)) and has_pairing(p, env, ("代理家长",))
    )
    figures["学习帮扶计划率"] = share(active, lambda p: has_plan(p, env))
    figures["结对检查率"] = pairing_checks(cls, env)
    figures["亲情联络率"] = duty_rate("亲情联络", active, classes, env)
    figures["家访率"] = duty_rate("家访", active, classes, env)
    figures["监护人会率"] = share(active, lambda p: contacted(p, ("监护人会", "座谈会"), classes, env))
    met = any(
        d["own"] is cls and d["whole"] and d["kind"] == "留守儿童会" and env["first"] <= d["day"] <= env["last"]
        for d in deeds
    )
    figures["班会率"] = (int(met and any(p["sure"] for p in active)), int(bool(active)))
    born = [p for p in active if p["home"]["born"] is None or p["home"]["born"].month == env["last"].month]
    figures["生日关爱率"] = share(born, lambda p: p["home"]["born"] is not None and birthday_party(p, deeds, env))
    figures["个案方案率"] = case_plans(cls, classes, env)
    updates = [(p, *card_update(p, classes, env)) for p in left]
    figures["联系卡更新率"] = (sum(u[2] for u in updates), sum(u[1] for u in updates))
    rows = [r for sheet in CLASS_SHEETS for r in cls[sheet]]
    figures["报送质量"] = (sum(not r["bad"] for r in rows), len(rows))
    return figures


def retention(here, env):
    """Count 巩固率 (contract §5): those lost are 辍学, 转出未落实 and, by parameter, 休学."""
    counted = [p for p in here if p["meets"] and p["read"]["学籍状态"] not in ("转出已确认", "死亡")]
    lost = ("辍学", "转出未落实", "休学") if env["plan"]["pause_is_loss"] else ("辍学", "转出未落实")
    return share(counted, lambda p: p["read"]["学籍状态"] not in lost)


def has_plan(person, env):
    """Tell whether a teacher's or a helper's active pairing has all three plan cells."""
    return any(
        r["person"] is person
        and r["v"]["帮扶类型"] in ("帮扶教师", "学习帮手")
        and is_active(r, env)
        and all(r["v"][c] for c in ("帮扶内容", "帮扶时间", "阶段目标"))
        for r in person["class"]["pairings"]
    )


def contacted(person, kinds, classes, env):
    """Tell whether the child has a 家校联系 of these kinds in the term to date."""
    return any(
        r["v"]["形式"] in kinds and env["start"] <= r["v"]["日期"] <= env["upto"]
        for r in records_of(person, "家校联系", classes)
    )


def pairing_checks(cls, env):
    """Count 结对检查率: a pairing whose child or dates are in error stays in N (contract §8.8, §8.20)."""
    n = total = 0
    for row in cls["pairings"]:
        person = row["person"]
        if (person is not None and not person["A"]) or not could_be_active(row, env):
            continue
        total += 1
        checked = row["v"]["检查日期"]
        done = checked is not None and env["first"] <= checked <= env["last"] and "检查结果" not in row["bad"]
        n += done and is_active(row, env) and person is not None and person["sure"]
    return n, total


def case_plans(cls, classes, env):
    """Count 个案方案率 (contract §8.3, §8.20)."""
    n = total = 0
    limit = timedelta(days=env["plan"]["case_days"])
    for row in cls["成长记录"]:
        person, reason, since = row["person"], row["v"]["个案触发"], row["v"]["触发日期"]
        if row["void"] or (person is not None and (person["class"] is not cls or not person["A"])) or reason == "无":
            continue
        if person is None or reason is None or since is None:
            total += 1
            continue
        plans = records_of(person, "个别方案", classes)
        timely = any(r["v"]["触发原因"] == reason and since <= r["v"]["制订日期"] <= since + limit for r in plans)
        if timely or env["last"] - since > limit:
            total += 1
            n += timely and person["sure"]
    return n, total


# --- the school's own figures (contract §8.12, §8.13, §8.22) -----------------------------------------------------------


def enrolment(roster):
    """Count 入学率 over all rows of 应入学名册."""
    there = ("本校", "外校有学籍", "特教或送教", "高一级学校")
    n, seen = 0, set()
    for r in roster:  # the second row of a child fulfils nothing, and stays in N
        again, number = r["v"]["身份证号"] in seen, r["v"]["身份证号"]
        if number and "身份证号" not in r["bad"]:
            seen.add(number)
        n += not again and r["v"]["就学去向"] in there and sound(r, SCHOOL_SHEETS["应入学名册"])
    return n, len(roster)


def holiday_checks(classes, roster, env):
    """Count 互查达标率: groups with no gap over 3 days in the month's holiday days (contract §8.13)."""
    days = [env["first"] + timedelta(days=i) for i in range((env["last"] - env["first"]).days + 1)]
    days = [d for d in days if not any(a <= d <= b for a, b in env["terms"])]
    if not env["is_holiday"] or not days:
        return 0, 0
    checks, nameless = {}, 0
    for row in roster:
        if row["v"]["村组"] and (row["v"]["就学去向"] == "本校" or "就学去向" in row["bad"]):
            checks.setdefault(row["v"]["村组"], set())
    for cls in classes:
        for row in cls["假期互查"]:
            if row["v"]["村民组"] is None:
                nameless += 1
                continue
            found = checks.setdefault(row["v"]["村民组"], set())
            if row["whole"] and row["v"]["日期"] in days:
                found.add(row["v"]["日期"])
    n = 0
    for found in checks.values():
        marks = [days[0], *sorted(found), days[-1]]
        n += bool(found) and all((b - a).days <= 3 for a, b in pairwise(marks))
    return n, len(checks) + nameless


def ten_ones(people, classes, deeds, school, env):
    """Count 十个一 at school level over the term to date (contract §8.22)."""
    active, start, upto = [p for p in people if p["A"]], env["start"], env["upto"]
    part = lambda *kinds: share(active, lambda p: took_part(p, deeds, kinds, start, upto))  # noqa: E731
    spec = SCHOOL_SHEETS["关爱设施"]
    usable = {
        r["v"]["项目"]
        for r in read_rows(school, "关爱设施", spec, env["last"])
        if sound(r, spec) and r["v"]["可用"] == "是"
    }
    listed = [
        (r["v"]["年级"], r["v"]["班级"]) for r in read_rows(school, "班级一览", SCHOOL_SHEETS["班级一览"], env["last"])
    ]
    lectures = 0
    for kind in ("法制讲座", "安全讲座", "心理讲座"):
        held = [d for d in deeds if d["kind"] == kind and start <= d["day"] <= upto]
        lectures += bool(listed) and all(
            g and n and any(reaches(d["scope"], d["names"], g, unit_of(g, n)) for d in held) for g, n in listed
        )
    birthdays = [(p, birthday_in_term(p["home"]["born"], env)) for p in active]
    nine = [
        bool(
            p["sure"]
            and day
            and took_part(p, deeds, ("生日会",), max(start, day.replace(day=1)), min(upto, month_end(day)))
        )
        for p, day in birthdays
        if day is not None or p["home"]["born"] is None
    ]
    return {
        1: (len(usable & {"留守儿童之家", "档案柜", "亲情电话", "电视机", "播放机", "计算机", "图书", "体艺器材"}), 8),
        2: share(active, lambda p: contacted(p, ("亲情电话", "视频通话"), classes, env)),
        3: share(active, lambda p: has_pairing(p, env, ("学习帮手",)) and has_score(p)),
        4: share(active, lambda p: has_pairing(p, env, LOVING)),
        5: (lectures, 3),
        6: part("游览"),
        7: part("书画展", "演讲比赛", "文艺演出", "体育竞赛", "大课间", "队活动"),
        8: share(active, lambda p: contacted(p, ("亲情书信",), classes, env)),
        9: (sum(nine), len(nine)),
        10: part("做一件有意义的事", "志愿服务"),
    }


def has_score(person):
    """Tell whether the child's sound 成长记录 row has a score."""
    row = growth_row(person)
    return (
        row is not None
        and sound(row, CLASS_SHEETS["成长记录"])
        and any(row["v"][c] is not None for c in ("语文", "数学", "英语"))
    )


def birthday_in_term(born, env):
    """Return the birthday that lies in the term to date, or None; 29 February falls on the 28th in other years."""
    for year in range(env["start"].year, env["upto"].year + 1) if born else ():
        day = date(year, born.month, min(born.day, calendar.monthrange(year, born.month)[1]))
        if env["start"] <= day <= env["upto"]:
            return day
    return None


def month_end(day):
    """Return the last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def five_ones(people, deeds, env):
    """Count 五个一 over the term to date, and the share with all five (contract §8.22)."""
    active = [p for p in people if p["A"]]
    kinds = ("改正一个缺点", "做一件好事", "交一份好答卷", "添一份光彩", "做一个好学生")
    done = lambda p, kind: took_part(p, deeds, (kind,), env["start"], env["upto"])  # noqa: E731
    five = {kind: share(active, lambda p, kind=kind: done(p, kind)) for kind in kinds}
    five["五项全有"] = share(active, lambda p: all(done(p, kind) for kind in kinds))
    return five


# --- scores (contract §5 Class score, §8.16, §8.17) --------------------------------------------------------------------


def half_up(number):
    """Round a fraction to two decimals, half up."""
    return Decimal(math.floor(number * 100 + Fraction(1, 2))).scaleb(-2)


def class_items(unit, measures, register, plan):
    """Return 项目 -> (points or None where left out, 满分)."""
    items = {}
    for name, figure, way, full in plan["rubric"]:
        if way == "比率":
            n, total = measures.get(("class", unit, figure), (0, 0))
            items[name] = (full * Fraction(n, total) if total else None, full)
            continue
        points = sum(
            (r["v"]["分值"] for r in register if r["v"]["对象"] == unit and r["v"]["考核项目"] == name), Fraction(0)
        )
        points = points if way == "登记" else full - abs(points)
        items[name] = (max(Fraction(0), min(full, points)), full)
    return items


def class_scores(classes, missing, people, measures, school, env):
    """Score, rank and judge every class."""
    plan, spec = env["plan"], SCHOOL_SHEETS["考核登记"]
    register = [
        r
        for r in read_rows(school, "考核登记", spec, env["last"])
        if sound(r, spec) and r["v"]["对象类型"] == "班级" and env["first"] <= r["v"]["日期"] <= env["last"]
    ]
    flags = {
        r["v"]["对象"]
        for r in read_rows(school, "预警确认", SCHOOL_SHEETS["预警确认"], env["last"])
        if not r["bad"] and r["v"]["对象类型"] == "班级" and r["v"]["确认"] == "是"
    }
    scores = {unit: {"items": {}, "total": None, "rank": None, "评价": "未交"} for unit in missing}
    for cls in classes:
        items = class_items(cls["unit"], measures, register, plan)
        kept = [(points, full) for points, full in items.values() if points is not None]
        whole, total = sum(full for _, full in kept), None
        if whole and any(p["A"] and p["class"] is cls for p in people):
            total = half_up(sum(points for points, _ in kept) / whole * 100)
        scores[cls["unit"]] = {
            "items": {k: v[0] for k, v in items.items()},
            "total": total,
            "rank": None,
            "评价": "不参评",
        }
    ranked = {unit: s for unit, s in scores.items() if s["total"] is not None}
    for score in ranked.values():
        score["rank"] = 1 + sum(other["total"] > score["total"] for other in ranked.values())
    places = max(1, math.floor(len(ranked) * plan["share"]))
    fit = [
        s["total"]
        for u, s in ranked.items()
        if u not in flags and s["total"] >= plan["best"] and s["total"] >= plan["least"]
    ]
    edge = sorted(fit, reverse=True)[:places][-1] if fit else None
    for unit, score in ranked.items():
        if unit in flags:
            score["评价"] = "不得参评"
        elif score["total"] < plan["least"]:
            score["评价"] = "不合格"
        else:
            score["评价"] = "先进" if edge is not None and score["total"] >= max(edge, plan["best"]) else "合格"
    return scores


# --- the month ---------------------------------------------------------------------------------------------------------


def unit_of(grade, number):
    """Write a class in one cell (contract §7)."""
    return f"{grade}({number})班"


def read_classes(month, env, staff, listed):
    """Read the class workbooks that count as handed in, by grade and number; no pupil row is 空表 (contract §8.11)."""
    zero = {
        unit_of(r["v"]["年级"], r["v"]["班级"])
        for r in listed
        if r["v"]["学生总数"] == 0 or (r["v"]["留守儿童数"] == 0 and not r["v"]["潜能生数"])
    }
    classes = []
    for book in month["classes"]:
        grade, number = book["cover"]["年级"], int(book["cover"]["班级"])
        cls = {"grade": grade, "number": number, "unit": unit_of(grade, number), "book": book}
        cls["学生档案"] = read_pupils(book, env, staff)
        if cls["学生档案"] or cls["unit"] in zero:
            classes.append(cls)
    return sorted(classes, key=lambda c: (GRADES.index(c["grade"]), c["number"]))


def add_up(per_class, classes):
    """Sum the n and N of classes into their grades and the school, never means (contract §5)."""
    total = {}
    for cls in classes:
        for figure, (n, count) in per_class[cls["unit"]].items():
            for key in (("class", cls["unit"], figure), ("grade", cls["grade"], figure), ("school", "", figure)):
                a, b = total.get(key, (0, 0))
                total[key] = (a + n, b + count)
    return total


def head_counts(people, classes):
    """Count heads (contract §8.15); an unknown 性别 or 就读方式 is in neither column."""
    counts = {}
    columns = ("在册留守", "双亲留守", "单亲留守", "国家口径", "方案口径", "男", "女", "住校", "走读", "登记未符合口径")
    for cls in classes:
        for level, unit in (("class", cls["unit"]), ("grade", cls["grade"]), ("school", "")):
            for column in columns:
                counts.setdefault((level, unit, column), 0)
        for p in (p for p in people if p["class"] is cls):
            v = p["home"]["v"]
            here = {c: p["left"] and p["on_roll"] and p[c] for c in ("双亲留守", "单亲留守", "国家口径", "方案口径")}
            here |= {"在册留守": p["L"], "登记未符合口径": p["left"] and p["on_roll"] and not p["meets"]}
            here |= {c: p["L"] and v["性别"] == c for c in ("男", "女")} | {
                c: p["L"] and v["就读方式"] == c for c in ("住校", "走读")
            }
            for column, counted in here.items():
                for level, unit in (("class", cls["unit"]), ("grade", cls["grade"]), ("school", "")):
                    counts[level, unit, column] += bool(counted)
    return counts


def figures(month):
    """Work out a month: measures, potential, counts, scores, ten, five (see the module's docstring)."""
    year, number = (int(p) for p in month["month"].split("-"))
    plan = read_plan(month.get("plan"), date(year, number, calendar.monthrange(year, number)[1]))
    env, school = make_env(month, plan), month.get("school")
    staff_rows = read_rows(school, "教职工", SCHOOL_SHEETS["教职工"], env["last"])
    staff = {r["v"]["姓名"] for r in staff_rows if r["v"]["姓名"]} if school is not None else None
    listed = read_rows(school, "班级一览", SCHOOL_SHEETS["班级一览"], env["last"])
    roster = read_rows(school, "应入学名册", SCHOOL_SHEETS["应入学名册"], env["last"])
    classes = read_classes(month, env, staff, listed)
    people = gather_people(classes)
    for person in people:
        settle(person, env)
    for cls in classes:
        read_records(cls, cls["book"], env, staff)
        cls["pairings"] = gather_pairings(cls)
    deeds = gather_deeds(classes, school, env)
    measures = add_up({c["unit"]: class_figures(c, people, classes, deeds, env) for c in classes}, classes)
    potential = {}
    for cls in classes:
        slow = [p for p in people if p["class"] is cls and p["Q"]]
        potential[cls["unit"]] = shared_figures(slow, slow, classes, deeds, env)
    measures["school", "", "入学率"] = enrolment(roster)
    measures["school", "", "互查达标率"] = holiday_checks(classes, roster, env)
    units = {c["unit"] for c in classes}
    known = [unit_of(r["v"]["年级"], r["v"]["班级"]) for r in listed if r["v"]["年级"] and r["v"]["班级"]]
    empty = [unit_of(b["cover"]["年级"], b["cover"]["班级"]) for b in month["classes"]]
    missing = [u for u in dict.fromkeys(known + empty) if u not in units]
    return {
        "measures": measures,
        "potential": add_up(potential, classes),
        "counts": head_counts(people, classes),
        "scores": class_scores(classes, missing, people, measures, school, env),
        "ten": ten_ones(people, classes, deeds, school, env),
        "five": five_ones(people, deeds, env),
    }
