"""Draws the school's workbook and its 考核方案."""

from __future__ import annotations

from drawn.activities import activity, listing
from drawn.maker import VILLAGES
from oracle.cells import unit_of
from oracle.sheets import SCHOOL_SHEETS


def school_book(maker, cover, places, books):
    """Make the school workbook."""
    sheets = {
        "班级一览": [],
        "应入学名册": [],
        "学校活动": [],
        "关爱设施": [],
        "考核登记": [],
        "预警确认": [],
        "学籍异动": [],
    }
    full = {unit_of(b["cover"]["年级"], b["cover"]["班级"]): b["sheets"]["学生档案"] for b in books}
    for grade, number in places:
        zero = full.get(unit_of(grade, number)) == [] and maker.some(0.5)
        sheets["班级一览"].append(
            {
                "年级": grade,
                "班级": number,
                "班主任": maker.any(maker.staff),
                "学生总数": 0 if zero else 40,
                "留守儿童数": 0 if zero else 9,
                "潜能生数": 0 if zero else None,
            }
        )
    sheets["教职工"] = [
        {
            "姓名": n,
            "工号": f"T{i}",
            "岗位": "班主任" if i == 0 else "任课教师",
            "在岗": "否" if maker.some(0.1) else "是",
        }
        for i, n in enumerate(maker.staff)
    ]
    everyone = [r for rows in full.values() for r in rows]
    for row in maker.rng.sample(everyone, len(everyone) // 2) if maker.some(0.8) else []:
        going = maker.any(
            ("本校", "外校有学籍", "特教或送教", "高一级学校", "休学", "未入学", "辍学", "去向不明"),
            [9, 1, 1, 1, 1, 1, 1, 1],
        )
        sheets["应入学名册"].append(
            {
                "姓名": row["姓名"],
                "身份证号": row.get("身份证号"),
                "村组": maker.any((*VILLAGES, "南山组", None)),
                "就学去向": going,
            }
        )
    for _ in range(maker.rng.randint(0, 6)):
        scope = maker.any(("全校", "年级", "班级", "名单"))
        words = {
            "全校": None,
            "年级": "、".join(sorted({maker.any(places)[0] for _ in range(2)})),
            "班级": "、".join(sorted({unit_of(*maker.any(places)) for _ in range(2)})),
        }
        words["名单"] = (
            listing(maker, maker.rng.sample(everyone, min(4, len(everyone))), everyone) if everyone else None
        )
        row = activity(maker, maker.any((None, None, "法制讲座", "安全讲座", "心理讲座", "生日会"))) | {
            "参加范围": scope,
            "参加对象": words[scope],
        }
        sheets["学校活动"].append(row | ({"参加学生": "全体"} if maker.some(0.9) else {}))
    for item in SCHOOL_SHEETS["关爱设施"]["项目"][1]:
        if maker.some(0.7):
            sheets["关爱设施"].append(
                {"项目": item, "数量": maker.rng.randint(0, 9), "可用": maker.any("是否", [3, 1])}
            )
    for grade, number in places:
        if maker.some(0.4):
            sheets["考核登记"].append(
                {
                    "日期": maker.in_month(),
                    "对象类型": maker.any(("班级", "教师"), [6, 1]),
                    "对象": unit_of(grade, number),
                    "考核项目": maker.any(("卫生", "纪律")),
                    "分值": maker.any((3, 5, -2, 2.5, 40, -60)),
                    "依据": "检查表",
                    "检查人": maker.staff[-1],
                }
            )
        if maker.some(0.15):
            sheets["预警确认"].append(
                {
                    "日期": maker.in_month(),
                    "对象类型": "班级",
                    "对象": unit_of(grade, number),
                    "情形": "弄虚作假",
                    "确认": maker.any("是否"),
                    "确认人": maker.staff[-1] if maker.some(0.9) else None,
                }
            )
    sheets["领导小组"] = [{"姓名": maker.staff[0], "组内职务": "组长", "职责": "统筹"}]
    if maker.some(0.5):
        sheets["捐助登记"] = [
            {
                "日期": maker.in_month(),
                "捐助方": "某公司",
                "类别": "物资",
                "品名": "书包",
                "数量": 30,
                "受益人数": 30,
            }
        ]
        sheets["会议记录"] = [
            {"日期": maker.in_month(), "类型": "座谈会", "范围": "学校", "应到": 40, "实到": 30, "教师到会": "是"}
        ]
        sheets["工作材料"] = [{"日期": maker.in_month(), "种类": "年度计划", "范围": "学校", "名称": "计划"}]
    return {"cover": dict(cover), "sheets": sheets}


def plan_book(maker, cover):
    """Make 考核方案: a preset, some parameters, at times duties and a rubric of its own."""
    rows = [{"参数": "方案预设", "值": "篇" + maker.any("一二三四五六七")}]
    choices = {
        "留守口径": ("学籍", "国家", "方案"),
        "休学计入流失": "是否",
        "个案期限天数": (7, 14, 30),
        "联系卡更新天数": (10, 15, 20),
        "先进班比例": (0.2, 0.5, 1),
        "先进最低分": (90, 40, 20),
        "不得参评分": (60, 30, 10),
        "教学月份": ("9、10、11、12、1、3、4、5、6", "9、10", "2、7、8"),
        "下学期结束": ("07-05", "07-10"),
        "上学期开始": ("09-01", "08-28"),
    }
    rows += [{"参数": name, "值": maker.any(values)} for name, values in choices.items() if maker.some(0.3)]
    sheets = {"参数": rows}
    if maker.some(0.25):
        whom = ("全体", "重点帮扶", "住校", "走读", "潜能生", "有爱心妈妈")
        duties = [
            ("谈心", "班主任/任课教师", "面谈/电话"),
            ("谈心", "爱心妈妈/爱心爸爸", None),
            ("亲情联络", None, "亲情电话/亲情书信"),
            ("家访", None, "家访"),
        ]
        sheets["频次要求"] = [
            {
                "编号": f"D{i}",
                "事项": a,
                "身份": b,
                "形式": c,
                "周期": maker.any(("周", "月", "月", "学期", "学年", "假期")),
                "次数": maker.any((1, 1, 2)),
                "适用对象": maker.any(whom),
                "启用": maker.any("是否", [4, 1]),
                "来源": "本校",
            }
            for i, (a, b, c) in enumerate(duties)
        ]
    if maker.some(0.4):
        items = [
            ("谈心", "谈心达标率", "比率", 40),
            ("结对检查", "结对检查率", "比率", 20),
            ("个案", "个案方案率", "比率", 10),
            ("卫生", "登记", "登记", 10),
            ("纪律", "登记", "扣分", 20),
        ]
        sheets["班级考核"] = [
            {"编号": i, "项目": a, "指标": b, "计分方式": c, "满分": d} for i, (a, b, c, d) in enumerate(items)
        ]
    return {"cover": dict(cover), "sheets": sheets}
