"""More layouts of the invented school's sources: forms, pages of two halves, cells that say several things."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Any

from starting.columns import Spec, dashed, day, head, in_class, line, lines, nothing, relation, word
from starting.layouts import MEMBERS, Layout, save, short
from starting.more_layouts import GUARDIAN, ID, SMALL_HELD
from starting.truth import GRADE_WORDS, Child, Invented, class_text

# --- two children in a row: the left half and the right half of a page --------------------------------------------------


def _halves(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [("序号", nothing), ("姓名", "name"), ("性别", "sex"), ("身份证号", "id_card"), ("监护人", "guardian_name"), ("监护人关系", relation), ("监护人电话", "guardian_phone")]  # fmt: skip
    sheets = {}
    for place in sorted(school.heads):
        own = lines(in_class(school.left, place), columns)
        own = [[n, *row[1:]] for n, row in enumerate(own, 1)]
        half = -(-len(own) // 2)
        rows: list[list[Any]] = [[f"{short(place)}留守儿童名单"], [*head(columns), "", *head(columns)]]
        rows += [[*left, "", *(right or [])] for left, right in zip_longest(own[:half], own[half:])]
        sheets[f"第{len(sheets) + 1}页"] = rows
    save(folder / "名单.xlsx", sheets)


# --- forms: labels above their values, several on a sheet; two cards side by side; labels down the side --------------------


def _above(school: Invented, folder: Path) -> None:
    sheets = {}
    for place in sorted(school.heads):
        rows: list[list[Any]] = []
        for c in in_class(school.left, place):
            t = c.truth
            rows += [
                [f"{class_text(place)}留守儿童信息卡"],
                ["姓名", "性别", "出生日期", "民族", "就读方式"],
                [t["name"], t["sex"], f"{t['birth_date']:%Y年%m月%d日}", t["ethnicity"], t["boarding"]],
                ["身份证号码", "", "家庭住址", "", "性格特征"],
                [t["id_card"], "", t["home_address"], "", t["personality"]],
                ["父亲姓名", "父亲电话", "母亲姓名", "母亲电话", "兴趣爱好"],
                [t["father_name"], t["father_phone"], t["mother_name"], t["mother_phone"], t["interests"]],
                ["监护人姓名", "与学生关系", "监护人电话", "监护人年龄", "监护人职业"],
                [t["guardian_name"], relation(c), t["guardian_phone"], t["guardian_age"], t["guardian_job"]],
                [],
            ]
        sheets[f"{place[0]}年级{place[1]}班"] = rows
    save(folder / "信息卡.xlsx", sheets)


ABOVE_HELD = (*ID, "ethnicity", "boarding", "home_address", "personality", *MEMBERS, "interests", *GUARDIAN, "guardian_age", "guardian_job")  # fmt: skip


def _card(c: Child) -> list[list[Any]]:
    t = c.truth
    return [
        ["留守儿童联系卡", "", "", ""],
        ["班级：", class_text(c.place), "姓名：", t["name"]],
        ["身份证号：", t["id_card"], "住址：", t["home_address"]],
        ["父亲：", t["father_name"], "电话：", t["father_phone"]],
        ["母亲：", t["mother_name"], "电话：", t["mother_phone"]],
        ["监护人：", t["guardian_name"], "关系：", relation(c)],
        ["监护人电话：", t["guardian_phone"], "", ""],
        ["", "", "", ""],
    ]


def _two_cards(school: Invented, folder: Path) -> None:
    rows: list[list[Any]] = []
    own = iter(school.left)
    for left, right in zip_longest(own, own):
        empty = [["", "", "", ""]] * 8
        rows += [[*a, "", *b] for a, b in zip(_card(left), _card(right) if right else empty, strict=True)]
    save(folder / "联系卡.xlsx", {"联系卡": rows})


CARD_HELD = (*ID, "home_address", *MEMBERS, *GUARDIAN)


def _in_one_cell(school: Invented, folder: Path) -> None:
    """A form whose cells hold label and value together: 姓名：李小禾."""
    sheets = {}
    for n, c in enumerate(school.left, 1):
        t = c.truth
        sheets[str(n)] = [
            ["留守儿童登记卡"],
            [f"姓名：{t['name']}", f"性别：{t['sex']}", f"班级：{short(c.place)}"],
            [f"身份证号：{t['id_card']}", "", f"民族：{t['ethnicity']}"],
            [f"家庭住址：{t['home_address']}"],
            [f"父亲姓名：{t['father_name']}", f"联系电话：{t['father_phone']}", f"务工地点：{t['father_work_address']}"],
            [f"母亲姓名：{t['mother_name']}", f"联系电话：{t['mother_phone']}"],
            [f"监护人姓名：{t['guardian_name']}", f"与学生关系：{relation(c)}", f"联系电话：{t['guardian_phone']}"],
        ]
    save(folder / "登记卡.xlsx", sheets)


def _sideways(school: Invented, folder: Path) -> None:
    """A list turned round: the titles down the side, a child a column."""
    columns: list[tuple[str, Spec]] = [("姓名", "name"), ("性别", "sex"), ("身份证号", "id_card"), ("民族", "ethnicity"), ("家庭住址", "home_address"), ("父亲姓名", "father_name"), ("父亲电话", "father_phone"), ("母亲姓名", "mother_name"), ("母亲电话", "mother_phone"), ("监护人姓名", "guardian_name"), ("与学生关系", relation), ("监护人电话", "guardian_phone")]  # fmt: skip
    sheets = {}
    for place in sorted(school.heads):
        own = lines(in_class(school.left, place), columns)
        rows = [[title, *(row[n] for row in own)] for n, title in enumerate(head(columns))]
        sheets[f"{GRADE_WORDS[place[0] - 1]}（{place[1]}）班"] = [["留守儿童基本信息"], *rows]
    save(folder / "横表.xlsx", sheets)


# --- several persons or things in a cell --------------------------------------------------------------------------------


def _both_parents(school: Invented, folder: Path) -> None:
    def both(c: Child) -> str:
        t = c.truth
        father = f"父：{t['father_name']} {t['father_work_address'] or ''}务工 {t['father_phone']}"
        mother = f"母：{t['mother_name']} {t['mother_work_address'] + '务工' if t['mother_work_address'] else '在家'} {t['mother_phone']}"
        return f"{father}\n{mother}"

    columns: list[tuple[str, Spec]] = [("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"), ("父母情况", both), ("监护人", lambda c: f"{relation(c)}:{c.truth['guardian_name']}"), ("监护人电话", lambda c: dashed(c.truth["guardian_phone"]))]  # fmt: skip
    save(folder / "留守儿童情况.xlsx", {"Sheet1": [["留守儿童情况表"], head(columns), *lines(school.left, columns)]})


BOTH_HELD = (*ID, *MEMBERS, "father_status", "mother_status", *GUARDIAN)


def _parents_named(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [
        ("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"), ("父母姓名", lambda c: f"{c.truth['father_name']}、{c.truth['mother_name']}"), ("父母联系电话", lambda c: f"{c.truth['father_phone']}/{c.truth['mother_phone']}"), ("监护人关系", lambda c: f"{relation(c)} {c.truth['guardian_name']}"), ("联系电话", lambda c: f"{c.truth['guardian_phone']}、{c.truth['father_phone']}"),
    ]  # fmt: skip
    save(folder / "留守儿童.xlsx", {"Sheet1": [["留守儿童花名册"], head(columns), *lines(school.left, columns)]})


PARENTS_HELD = (*ID, "guardian_name", "guardian_relation", "guardianship")


# --- days and numbers that went wrong ----------------------------------------------------------------------------------


def _spoiled(school: Invented, folder: Path) -> None:
    forms = (day("%Y%m%d"), day("%Y.%m.%d"), day("%Y年%m月"), lambda c: (c.truth["birth_date"] - __import__("datetime").date(1899, 12, 30)).days, day("%Y/%m/%d"))

    def born(c: Child) -> Any:
        return forms[len(c.truth["home_address"] + c.truth["father_phone"][-1:]) % 3 + int(c.truth["father_phone"][-1]) % 3](c)

    def number(c: Child) -> Any:
        n = c.truth["id_card"]
        return {0: float(n[:17] + "0") if n[:17].isdigit() else n, 1: f"{float(n[:17] + '0'):.5E}", 2: n.lower(), 3: f"{n[:6]} {n[6:14]} {n[14:]}", 4: n[:6] + n[8:17]}.get(int(c.truth["father_phone"][-2]), n)  # fmt: skip

    columns: list[tuple[str, Spec]] = [
        ("班级", lambda c: f"{c.place[0]}0{c.place[1]}"), ("姓名", "name"), ("性别", lambda c: 1 if c.truth["sex"] == "男" else 2), ("出生日期", born), ("身份证号", number), ("父亲姓名", "father_name"), ("父亲电话", lambda c: float(c.truth["father_phone"])), ("母亲姓名", "mother_name"), ("母亲电话", lambda c: c.truth["mother_phone"] + (" " + c.truth["father_phone"] if c.kind == 1 else "")),
    ]  # fmt: skip
    save(folder / "留守儿童.xlsx", {"Sheet1": [["留守儿童花名册"], head(columns), *lines(school.left, columns)]})


SPOILED_HELD = ("name", "sex", "category", "father_name", "father_phone", "mother_name")


def _boxed(school: Invented, folder: Path) -> None:
    """A form with boxes to tick."""

    def boxes(words: str, found: str) -> str:
        return " ".join(("☑" if one == found else "□") + one for one in words.split())

    sheets = {}
    for c in school.left:
        t = c.truth
        sheets[t["name"]] = [
            ["附件2"],
            ["农村留守儿童信息登记表"],
            [f"学校（盖章）：云溪镇中心学校    班级：{short(c.place)}    填表时间：2026年9月2日"],
            ["留守儿童姓名", "", t["name"], "性别", boxes("男 女", t["sex"]), ""],
            ["身份证号", "", *t["id_card"]],
            ["就读方式", "", boxes("走读 住校", t["boarding"]), "健康状况", boxes("健康或良好 一般或较弱 残疾", t["health"]), ""],
            ["父亲", "姓名", t["father_name"], "状况", boxes("外出务工 在家 死亡", t["father_status"]), ""],
            ["", "务工地点", t["father_work_address"], "手机", t["father_phone"], ""],
            ["母亲", "姓名", t["mother_name"], "状况", boxes("外出务工 在家 死亡", t["mother_status"]), ""],
            ["", "务工地点", t["mother_work_address"] or "", "手机", t["mother_phone"], ""],
            ["受委托监护人", "姓名", t["guardian_name"], "与儿童关系", relation(c), ""],
            ["", "身体状况", boxes("健康 一般 患病", t["guardian_health"]), "联系电话", t["guardian_phone"], ""],
            ["备注", ""],
            ["填表人签名：          学校负责人签名："],
        ]
    merged = ["A1:F1", "A2:F2", "A3:F3", "A4:B4", "A5:B5", "A6:B6", "A7:A8", "A9:A10", "A11:A12", "B13:F13"]
    save(folder / "附件2.xlsx", sheets, dict.fromkeys(sheets, merged))


BOXED_HELD = ("name", "sex", "category", "boarding", "health", *MEMBERS, "father_status", "mother_status", "father_work_address", "mother_work_address", *GUARDIAN, "guardian_health")  # fmt: skip


def _wide_gaps(school: Invented, folder: Path) -> None:
    """The table begins far in, below a letter's head; hidden columns and notes between the rows."""
    columns: list[tuple[str, Spec]] = [("学生姓名", "name"), ("", nothing), ("性别", "sex"), ("", nothing), ("身份证号", "id_card"), ("班级", lambda c: f"{GRADE_WORDS[c.place[0] - 1]}({c.place[1]})"), ("", nothing), ("隔代监护人姓名", "guardian_name"), ("称谓", relation), ("联系方式", "guardian_phone"), ("是否重点关爱", "focus"), ("学校", word("云溪镇中心学校"))]  # fmt: skip
    rows: list[list[Any]] = [[], ["", "", "附件1："], [], ["", "", "2026年秋季学期农村留守儿童关爱服务工作台账"], ["", "", "制表日期：2026-09-10"], ["", "", *head(columns)]]  # fmt: skip
    for n, c in enumerate(school.left):
        rows.append(["", "", *line(c, columns)])
        if n % 7 == 6:
            rows.append(["", "", "（续）"])
    rows += [["", "", "合计", "", "", "", f"共{len(school.left)}人"], ["", "", "注：“称谓”指监护人是学生的什么人。"]]
    save(folder / "附件1.xlsx", {"附件1": rows})


GAPS_HELD = (*ID, *GUARDIAN, "focus")




PAGES = (
    Layout("左右两栏", _halves, SMALL_HELD),
    Layout("标签在上", _above, ABOVE_HELD),
    Layout("并排卡片", _two_cards, CARD_HELD),
    Layout("同格标签", _in_one_cell, (*CARD_HELD, "ethnicity", "father_work_address")),
    Layout("横表", _sideways, (*CARD_HELD, "ethnicity")),
    Layout("父母一格", _both_parents, BOTH_HELD),
    Layout("父母姓名", _parents_named, PARENTS_HELD),
    Layout("损坏号码", _spoiled, SPOILED_HELD),
    Layout("方框表", _boxed, BOXED_HELD),
    Layout("空列附件", _wide_gaps, GAPS_HELD),
)
