"""Draws class workbooks."""

from __future__ import annotations

import copy

from drawn.activities import activities, checks
from drawn.pupils import card, named, pupil
from drawn.records import contacts, growth, pairings, plans, talks
from oracle.words import REASONS


def new_class(maker, grade, number, size, cover):
    """Make a class workbook."""
    pupils = [pupil(maker, grade, maker.name()) for _ in range(size)]
    if size > 1 and maker.some(0.3):
        pupils[1]["姓名"] = pupils[0]["姓名"]
        for row in pupils[:2]:
            row["学籍号"] = row.get("学籍号") or "G" + row["身份证号"]
        if pupils[0]["出生日期"] == pupils[1]["出生日期"] or any(r["学籍号"][0] != "G" for r in pupils[:2]):
            while pupils[1]["出生日期"] == pupils[0]["出生日期"] or not pupils[1]["出生日期"]:
                pupils[1]["出生日期"] = maker.born(grade)
            pupils[1].pop("身份证号", None)
            pupils[1]["学籍号"] = f"J{maker.rng.randint(10**17, 10**18 - 1)}"
    return class_book(maker, grade, number, pupils, cover)


def class_book(maker, grade, number, pupils, cover):
    """Make the workbook of a class with these pupils: every other sheet anew."""
    sheets = {
        "学生档案": pupils,
        "联系卡": [],
        "结对帮扶": [],
        "谈心记录": [],
        "家校联系": [],
        "成长记录": [],
        "个别方案": [],
        "关爱服务": [],
    }
    for row in pupils:
        if maker.some(0.9):
            sheets["联系卡"].append(card(maker, row, named(maker, row, pupils, slip=0.01)))
        paired = pairings(maker, row, pupils)
        sheets["结对帮扶"] += paired
        sheets["谈心记录"] += talks(maker, row, pupils, paired)
        sheets["家校联系"] += contacts(maker, row, pupils)
        if maker.some(0.88):
            case = growth(maker, row, pupils)
            sheets["成长记录"].append(case)
            if case["个案触发"] != "无" or maker.some(0.04):
                sheets["个别方案"] += plans(
                    maker, row, case if case["个案触发"] != "无" else {"个案触发": maker.any(REASONS)}, pupils
                )
        if maker.some(0.15):
            sheets["关爱服务"].append(
                {
                    "日期": maker.in_month(),
                    **named(maker, row, pupils),
                    "类别": maker.any(("安全教育", "学习辅导", "资助")),
                    "经办人": maker.any(maker.staff),
                }
            )
    sheets["活动记录"] = activities(maker, pupils)
    if maker.holiday:
        sheets["假期互查"] = checks(maker, pupils)
    if maker.doubles and pupils and maker.some(0.15):  # a second row in a one-row-a-child sheet
        sheet = maker.any([s for s in ("学生档案", "联系卡", "成长记录") if sheets[s]])
        again = copy.deepcopy(maker.any(sheets[sheet]))
        if not (sheet == "学生档案" and sum(r["姓名"] == again["姓名"] for r in pupils) > 1):
            sheets[sheet].append(again)
    for sheet in ("关爱服务", "个别方案"):
        if not sheets[sheet] and maker.some(0.5):
            del sheets[sheet]
    return {"cover": cover | {"年级": grade, "班级": number, "班主任": maker.staff[0]}, "sheets": sheets}


def share_child(maker, books):
    """Put a child of one class into another as well, with records in both (contract §5, the same child in two classes)."""
    one, two = maker.rng.sample(books, 2)
    if not one["sheets"]["学生档案"] or not two["sheets"]["学生档案"]:
        return
    name = maker.any([r["姓名"] for r in one["sheets"]["学生档案"]])
    if sum(r["姓名"] == name for r in one["sheets"]["学生档案"]) > 1:
        return
    row = copy.deepcopy(next(r for r in one["sheets"]["学生档案"] if r["姓名"] == name))
    if maker.some(0.7):
        row |= {"入班方式": "转入", "入班日期": maker.joined()}
    if maker.some(0.3):
        row |= {"学生类别": maker.any(("留守儿童", "潜能生", "留守兼潜能")), "学籍状态": "在读", "状态日期": None}
    two["sheets"]["学生档案"].append(row)
    for sheet, rows in one["sheets"].items():
        mine = [r for r in rows if r.get("学生姓名") == name]
        if sheet != "学生档案" and mine and maker.some(0.5):
            two["sheets"].setdefault(sheet, []).append(copy.deepcopy(mine[0]))
