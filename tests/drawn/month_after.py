"""The month after a random month: children stay, come, go, move and return, and their sheets go on.

What happens is kept whole ("classes" of every class, "gone" children, "movements" so far); `drawn` gives what is handed
in of it: some classes hand nothing in, some say 本月名册无变化.
"""

from __future__ import annotations

import copy

from drawn.classes import class_book
from drawn.maker import PLACES, TEACHERS, Maker
from drawn.month import random_month
from drawn.pupils import pupil
from drawn.school import plan_book, school_book
from drawn.spoiling import spoil
from helpers.small import completed
from oracle.cells import AS_ISSUED
from oracle.words import REASONS

MOVES = ("转出", "休学", "疑似辍学", "辍学", "毕业", "死亡", "转入", "返校")


def first_month(rng, month):
    """Make a clean month that can go on."""
    made = random_month(rng, month=month, children=5)
    return made | {"gone": [], "movements": [], "ticked": [], "late": []}


def drawn(made, rng, mess):
    """Return what is handed in of a month, spoilt."""
    sent = {key: copy.deepcopy(made[key]) for key in ("month", "school", "plan")}
    sent["classes"] = [copy.deepcopy(b) for b in made["classes"] if place_of(b) not in made["late"]]
    for book in sent["classes"]:
        if place_of(book) in made["ticked"]:
            book["cover"]["本月名册无变化"] = "是"
            book["sheets"]["学生档案"] = []
    return spoil(sent, rng, mess)


def place_of(book):
    """Return the class of a workbook."""
    return book["cover"]["年级"], book["cover"]["班级"]


def unit(place):
    """Write a class in one cell."""
    return f"{place[0]}({place[1]})班"


def going_on(made, templates):
    """Return a month as its pre-filled templates have it, to go on from: what the program carries, and the world's own."""
    world = ("cover", "places", "staff", "serial", "gone", "movements")
    classes = copy.deepcopy(templates["classes"])
    for row in (row for book in classes for rows in book["sheets"].values() for row in rows):
        row.pop(AS_ISSUED, None)  # what was typed in is told again by the workbook that it is typed into
    return {key: made[key] for key in world} | {"classes": classes}


def month_after(rng, before, month):
    """Make the clean month that follows a clean month."""
    maker = Maker(rng, month, doubles=True)
    maker.staff, maker.serial = list(before["staff"]), before["serial"]
    if maker.some(0.1):
        maker.staff[rng.randrange(len(maker.staff))] = maker.any(TEACHERS)
    pupils = [row for book in before["classes"] for row in book["sheets"]["学生档案"]]
    maker.ids |= {row["身份证号"][:17] for row in pupils if row.get("身份证号")}
    maker.names |= {row["姓名"] for row in pupils} | (
        {r["姓名"] for r, _ in before["gone"]} if maker.some(0.8) else set()
    )
    places = list(before["places"])
    if maker.some(0.05):
        places = sorted({*places, maker.any(PLACES)}, key=PLACES.index)
    cover = before["cover"] | {"报送月份": month}
    made = {"month": month, "cover": cover, "places": places, "staff": maker.staff, "gone": [], "movements": []}
    made |= {"ticked": [], "late": []}
    rosters = {place_of(book): [] for book in before["classes"]}
    books = {place_of(book): book for book in before["classes"]}
    for place in places:
        rosters.setdefault(place, [])
    for place, book in books.items():
        if maker.some(0.08) and book["sheets"]["学生档案"]:
            made["ticked"].append(place)
            rosters[place] += copy.deepcopy(book["sheets"]["学生档案"])
            continue
        for row in copy.deepcopy(book["sheets"]["学生档案"]):
            go_on(maker, made, rosters, place, row)
    for row, place in before["gone"]:
        back = maker.some(0.2)
        if back and place in rosters and place not in made["ticked"]:
            rosters[place].append(row | maker.any(({}, {"入班方式": "复学", "入班日期": maker.joined()})))
        elif maker.some(0.3) and place in rosters:
            made["movements"].append(movement(maker, row, place))
        if not back:
            made["gone"].append((row, place))
    for place, rows in rosters.items():
        if place not in made["ticked"] and maker.some(0.35):
            rows.append(pupil(maker, place[0], maker.name()))
    made["classes"] = [
        class_after(maker, books.get(place), place, rows, cover)
        for place, rows in sorted(rosters.items(), key=lambda entry: PLACES.index(entry[0]))
    ]
    made["late"] = [place for place in rosters if maker.some(0.07) and len(rosters) > 1]
    made["school"] = school_book(maker, cover, places, made["classes"]) if maker.some(0.92) else None
    kept = [row for row in before["movements"] if maker.some(0.5)]
    for row in kept:
        if maker.some(0.2):
            row["接收校确认"] = maker.any(("是", "否", None))
    made["movements"] += copy.deepcopy(kept)
    if made["school"]:
        made["school"]["sheets"]["学籍异动"] = copy.deepcopy(made["movements"])
    made["plan"] = plan_book(maker, cover) if maker.some(0.2) else None
    return completed(made | {"serial": maker.serial})


def go_on(maker, made, rosters, place, row):
    """Let one child go on: as he was, changed, corrected, moved to another class, or gone."""
    chance = maker.rng.random()
    if chance < 0.1:
        made["gone"].append((row, place))
        if maker.some(0.75):
            made["movements"].append(movement(maker, row, place))
        return
    if chance < 0.14:
        left, place = place, maker.any(list(rosters))
        if maker.some(0.4):  # registered as if he had left the school, and come
            rows = [movement(maker, row, left), movement(maker, row, place)]
            rows[1]["日期"] = rows[0]["日期"]
            made["movements"] += [rows[0] | {"异动类型": "转出"}, rows[1] | {"异动类型": "转入"}]
        if place in made["ticked"] or maker.some(0.2):  # and forgotten in the new class
            return
        row |= {"入班方式": maker.any(("转入", "期初在籍")), "入班日期": maker.joined()}
    elif chance < 0.2:
        correct(maker, row)
    elif chance < 0.5:
        change(maker, row)
    rosters[place].append(row)
    if maker.some(0.03):
        made["movements"].append(movement(maker, row, place))


def correct(maker, row):
    """Correct a name, a number or a birth date: a slip of last month's, or a new one."""
    what = maker.any(("姓名", "身份证号", "学籍号", "出生日期"))
    if what == "姓名":
        row["姓名"] = maker.any((row["姓名"][0] + "小明", maker.name()))
    elif what == "身份证号" and row.get("身份证号") and row["出生日期"]:
        row["身份证号"] = maker.id_number(row["出生日期"], row["性别"])
        row["学籍号"] = None if (row.get("学籍号") or "").startswith("G") else row.get("学籍号")
    elif what == "学籍号":
        row["学籍号"] = f"J{maker.rng.randint(10**17, 10**18 - 1)}"
    elif not row.get("身份证号"):
        row["出生日期"] = maker.born("三年级")


def change(maker, row):
    """Change one cell, or two that go together."""
    what = maker.any(("就读方式", "重点帮扶", "父亲", "母亲", "学籍状态", "学生类别", "档案", "随父母生活"))
    if what in ("父亲", "母亲"):
        row[f"{what}状况"] = maker.any(("在家", "外出务工", "死亡"))
        row[f"{what}外出日期"] = maker.away_since() if row[f"{what}状况"] == "外出务工" else None
        away = sum(row[f"{p}状况"] == "外出务工" for p in ("父亲", "母亲"))
        row["在家一方监护能力"] = maker.any(("有", "无")) if away == 1 else row.get("在家一方监护能力")
    elif what == "学籍状态":
        row["学籍状态"] = maker.any(("在读", "休学", "疑似辍学", "辍学", "毕业", "转出已确认", "转出未落实", "死亡"))
        row["状态日期"] = maker.joined() if row["学籍状态"] != "在读" else None
    elif what == "档案":
        row |= {"建档日期": maker.joined(), "健康状况": "健康或良好", "性格特征": maker.any(("外向", None))}
    else:
        words = {"就读方式": ("走读", "住校"), "学生类别": ("留守儿童", "潜能生", "留守兼潜能")}
        row[what] = maker.any(words.get(what, "是否"))


def movement(maker, row, place):
    """Register what became of a child, at times with a slip of the pen or for an earlier day."""
    day = maker.in_month() if maker.some(0.8) else maker.between(maker.start, maker.last)
    number = row.get("身份证号") if maker.some(0.5) else None
    return {
        "日期": day,
        "学生姓名": maker.any((row["姓名"], row["姓名"] + "儿", "查无此人"), [20, 1, 1]),
        "身份证号": number,
        "异动类型": maker.any(MOVES, [6, 2, 2, 2, 1, 1, 1, 1]),
        "班级": unit(place if maker.some(0.93) else maker.any(PLACES)),
        "接收校确认": maker.any(("是", "否", None)),
    }


def class_after(maker, before, place, pupils, cover):
    """Make a class's workbook: carried sheets, new records, and some rows of last month once more."""
    fresh = class_book(maker, place[0], place[1], pupils, cover)
    if before is None:
        return fresh
    names = {row["姓名"] for row in pupils}
    old = {title: [copy.deepcopy(row) for row in rows] for title, rows in before["sheets"].items()}
    leaves_traces = maker.some(0.5)  # the rows of children who are gone stay behind on the other sheets
    sheets = fresh["sheets"]

    def stays(row):
        return leaves_traces or row["学生姓名"] in names

    cards = [row for row in old.get("联系卡", []) if stays(row) and maker.some(0.95)]
    carded = {row["学生姓名"] for row in cards}
    sheets["联系卡"] = cards + [row for row in sheets["联系卡"] if row["学生姓名"] not in carded]
    for row in cards:
        if maker.some(0.15):
            row["更新日期"] = maker.any((maker.last, maker.first, maker.start))
    pairings = [row for row in old.get("结对帮扶", []) if stays(row)]
    for row in pairings:
        if maker.some(0.15):
            row["结束日期"] = max(row["结对日期"], maker.in_month())
        if maker.some(0.4):
            row |= {"检查日期": maker.in_month(), "检查结果": "好"}
    sheets["结对帮扶"] = pairings + [row for row in sheets["结对帮扶"] if maker.some(0.2)]
    for title, free in (("谈心记录", "主要内容"), ("家校联系", "情况摘要"), ("关爱服务", "情况摘要")):
        for row in old.get(title, []):
            if maker.some(0.15):
                sheets.setdefault(title, []).append(row | ({free: "补写的话"} if maker.some(0.4) else {}))
            if maker.some(0.03):  # the same record twice in one workbook
                sheets.setdefault(title, []).append(copy.deepcopy(row))
    sheets["活动记录"] += [row for row in old.get("活动记录", []) if maker.some(0.15)]
    for row in sheets["成长记录"]:
        same = [r for r in old.get("成长记录", []) if r["学生姓名"] == row["学生姓名"] and r["个案触发"] in REASONS]
        if same and maker.some(0.4):
            row |= {"个案触发": same[0]["个案触发"], "触发日期": same[0].get("触发日期") if maker.some(0.8) else None}
    plans = [row for row in old.get("个别方案", []) if maker.some(0.6)]
    for row in plans:
        if maker.some(0.3):
            row |= {"进展": "好转", "措施": "改写的措施"}
    sheets["个别方案"] = plans + sheets.get("个别方案", [])
    return fresh
