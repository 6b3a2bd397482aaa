"""Draws children: their rows of 学生档案 and 联系卡, and how a record names them."""

from __future__ import annotations

from oracle.words import LEVELS, RELATIONS


def pupil(maker, grade, name):
    """Make a row of 学生档案."""
    sex, born = maker.any("男女"), maker.born(grade)
    number = maker.id_number(born, sex)
    how = maker.rng.random()
    row = {"姓名": name, "性别": sex, "出生日期": born, "民族": maker.any(("汉族", "藏族", "彝族"), [8, 1, 1])}
    if how < 0.75:
        row["身份证号"] = number
        row["学籍号"] = maker.any(("G" + number, None, f"L{maker.rng.randint(10**17, 10**18 - 1)}"), [6, 2, 1])
    else:
        row["学籍号"] = f"{maker.any('JL')}{maker.rng.randint(10**17, 10**18 - 1)}" if how < 0.93 else "G" + number
    if row.get("身份证号") and maker.some(0.06):
        row["出生日期"] = None  # filled from the ID
    row["学生类别"] = maker.any(("留守儿童", "潜能生", "留守兼潜能"), [6, 2, 3])
    row["农村户籍"], row["随父母生活"] = maker.any("是否", [8, 1]), maker.any("是否", [1, 9])
    for parent in ("父亲", "母亲"):
        row[f"{parent}状况"] = maker.any(
            ("在家", "外出务工", "死亡", "失联", "服刑戒毒", "离异未共同生活", "其他"), [3, 12, 1, 1, 1, 1, 1]
        )
        if row[f"{parent}状况"] == "外出务工":
            row[f"{parent}外出日期"] = maker.away_since() if maker.some(0.96) else None
    if sum(row[f"{p}状况"] == "外出务工" for p in ("父亲", "母亲")) == 1:
        row["在家一方监护能力"] = maker.any(("有", "无", None), [10, 10, 1])
    row |= {
        "监护类型": maker.any(("祖父母", "外祖父母", "父亲", "其他亲属", "无人监护")),
        "就读方式": maker.any(("走读", "住校")),
        "重点帮扶": maker.any("是否", [1, 2]),
    }
    row |= {"入班方式": "期初在籍", "学籍状态": "在读"}
    if maker.some(0.3):
        row |= {
            "入班方式": maker.any(("转入", "复学", "新认定", "期初在籍")),
            "入班日期": maker.joined() if maker.some(0.93) else None,
        }
    if maker.some(0.3):
        row["学籍状态"] = maker.any(
            ("休学", "转出已确认", "转出未落实", "疑似辍学", "辍学", "毕业", "死亡"), [2, 1, 1, 3, 1, 1, 1]
        )
        row["状态日期"] = maker.joined() if maker.some(0.95) else None
    maker.serial += 1
    if maker.some(0.9):
        row |= {"建档日期": min(maker.last, maker.joined()), "档案编号": f"D{maker.serial:03d}"}
    for column, value in (("健康状况", "健康或良好"), ("性格特征", "内向"), ("兴趣爱好", "画画")):
        if maker.some(0.95):
            row[column] = value
    if maker.some(0.3):
        row |= {
            "责任教师": maker.any(maker.staff),
            "学习分类": maker.any(LEVELS),
            "困难类别": maker.any(("无", "低保")),
            "备注": "家里有奶奶",
        }
    if maker.some(0.02):
        row[maker.any(("民族", "监护类型", "就读方式", "重点帮扶"))] = None
    return row


def card(maker, row, named):
    """Make a child's 联系卡, most of them complete."""
    card = dict(named)
    card["家庭地址"] = "东坡村"
    for parent in ("父亲", "母亲"):
        gone = row[f"{parent}状况"] in ("死亡", "失联") or maker.some(0.03)
        card |= {f"{parent}姓名": "—" if gone else "某人", f"{parent}电话": "—" if gone else maker.phone()}
        if row[f"{parent}状况"] == "外出务工" and maker.some(0.95):
            card |= {f"{parent}务工地址": "广东", f"{parent}务工单位": "某厂"}
    card |= {
        "监护人姓名": "某老人",
        "与学生关系": maker.any(RELATIONS[:6]),
        "监护人年龄": maker.any((16, 66, 72, 110)),
        "监护人职业": "务农",
        "监护人身体状况": "健康",
    }
    card |= {
        "监护人电话": maker.phone(),
        "监护人地址": "东坡村",
        "更新日期": maker.any((maker.joined(), maker.last, row.get("入班日期") or maker.first)),
    }
    if maker.some(0.15):
        card[maker.any(["家庭地址", "父亲电话", "母亲姓名", "监护人年龄", "监护人地址", "更新日期"])] = None
    return card


def named(maker, row, pupils, *, slip=0.02):
    """Name a child: with 学籍号 where the class has two of the name; rarely an unknown name or another's number."""
    named = {"学生姓名": row["姓名"]}
    number = row.get("学籍号") or ("G" + row["身份证号"] if row.get("身份证号") else None)
    if sum(r["姓名"] == row["姓名"] for r in pupils) > 1 or maker.some(0.1):
        named["学籍号"] = number
    if maker.some(slip):
        return {"学生姓名": "查无此人"} if maker.some(0.6) else {"学生姓名": row["姓名"], "学籍号": "J" + "1" * 18}
    return named
