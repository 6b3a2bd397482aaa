"""Papers as village schools keep them: lines between classes, cells for brothers and sisters, numbers and days by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from starting.columns import Spec, day, head, in_class, line, lines, nothing, relation, word
from starting.layouts import MEMBERS, Layout, save, short
from starting.more_layouts import GUARDIAN, ID
from starting.more_mixed import NEW
from starting.systems import BASE, CARE, Columns, Rows, listed
from starting.truth import GRADE_WORDS, Child, Invented, class_text

EPOCH = date(1899, 12, 30)
BOTH_AWAY = ("father_away_since", "mother_away_since")


def turns(*forms: Callable[[Child], Any]) -> Spec:
    """Return a column that every child's row writes in the next of several ways."""
    seen: dict[int, int] = {}

    def written(child: Child) -> Any:
        return forms[seen.setdefault(id(child), len(seen)) % len(forms)](child)

    return written


# --- lines between the children -----------------------------------------------------------------------------------------


def _dividers(school: Invented, folder: Path) -> None:
    """三年级(3)班 alone, merged across the table, between the children of one class and those of the next."""
    columns = (("序号", nothing), *BASE[1:], ("性别", "sex"), *CARE)
    rows: Rows = [["留守儿童花名册"], head(columns)]
    merged = []
    for place in sorted(school.heads):
        rows.append([class_text(place)])
        merged.append(f"A{len(rows)}:G{len(rows)}")
        rows += [[n, *line(c, columns)[1:]] for n, c in enumerate(in_class(school.left, place), 1)]
    save(folder / "花名册.xlsx", {"Sheet1": rows}, {"Sheet1": merged}, NEW)


def _two_tables(school: Invented, folder: Path) -> None:
    """Left-behind children above, the class's others below them with columns of their own, on one sheet."""
    columns = (("序号", nothing), *BASE[1:], *CARE)
    others = (("序号", nothing), ("姓名", "name"), ("性别", "sex"), ("家长电话", "father_phone"))
    sheets: dict[str, Rows] = {}
    for place in sorted(school.heads):
        own = in_class(school.children, place)
        rows: Rows = [
            [f"{class_text(place)}学生情况"],
            ["一、留守儿童"],
            head(columns),
            *lines([c for c in own if c.is_left], columns),
        ]
        rows += [[], ["二、非留守儿童"], head(others), *lines([c for c in own if not c.is_left], others)]
        sheets[f"{place[0]}{place[1]}"] = rows
    save(folder / "各班情况.xlsx", sheets, saved=NEW)


def _parts(school: Invented, folder: Path) -> None:
    """One below the other: who the children are, and then, in the same order, who looks after them."""
    first = (("序号", nothing), *BASE, ("家庭住址", "home_address"))
    second = (("序号", nothing), ("学生姓名", "name"), ("班级", lambda c: short(c.place)), *CARE, ("父亲姓名", "father_name"), ("父亲电话", "father_phone"))  # fmt: skip
    rows: Rows = [["留守儿童基本信息（一）"], head(first), *lines(school.left, first), [], ["留守儿童监护信息（二）"], head(second), *lines(school.left, second)]  # fmt: skip
    save(folder / "台账.xlsx", {"Sheet1": rows}, saved=NEW)


def _villages(school: Invented, folder: Path) -> None:
    """A line a village between the children, who stand with their classes."""
    columns = (*BASE, *CARE)
    rows: Rows = [["各村留守儿童名单"], head(columns)]
    for name in sorted({c.truth["village"] for c in school.left}):
        rows += [[f"{name}："], *lines([c for c in school.left if c.truth["village"] == name], columns)]
    save(folder / "各村名单.xlsx", {"Sheet1": rows}, saved=NEW)


def _example_row(school: Invented, folder: Path) -> None:
    columns = (("序号", nothing), *BASE, *CARE)
    example = ["例", "三（1）班", "王小明", "529900201701010011", "王大山", "爷爷", "19900009999"]
    rows: Rows = [["留守儿童信息采集表"], ["填表说明：1.身份证号填18位；2.班级填三（1）班。"], head(columns), example, *lines(school.left, columns)]  # fmt: skip
    save(folder / "采集表.xlsx", {"Sheet1": rows}, saved=NEW)


# --- brothers and sisters: one cell for the home and the guardian of two rows ------------------------------------------------


def _siblings(school: Invented, folder: Path) -> None:
    keys = ("home_address", "guardian_name", "guardian_relation", "guardian_phone", "guardianship", "guardian_age")
    columns = (*BASE, ("家庭住址", "home_address"), *CARE)
    rows: Rows = [["留守儿童台账"], head(columns)]
    merged = []
    for place in sorted(school.heads):
        own = in_class(school.left, place)
        for elder, younger in zip(own[::2], own[1::2], strict=False):
            younger.truth |= {key: elder.truth[key] for key in keys}
            first = len(rows) + 1
            rows += [line(elder, columns), [*line(younger, BASE), "", "", "", ""]]
            merged += [f"{letter}{first}:{letter}{first + 1}" for letter in "DEFG"]
        rows += [line(c, columns) for c in own[len(own) // 2 * 2 :]]
    save(folder / "台账.xlsx", {"Sheet1": rows}, {"Sheet1": merged}, NEW)


# --- days, numbers, words by hand --------------------------------------------------------------------------------------------


def _days(school: Invented, folder: Path) -> None:
    """When they went: 2024年3月, 2024.3, 2024-03-01, 45352 as text, 2024年3月1日, 2024/3."""

    def written(key: str) -> Spec:
        def of(form: Callable[[date], Any]) -> Callable[[Child], Any]:
            return lambda c: form(c.truth[key]) if c.truth[key] else ""

        return turns(
            of(lambda d: f"{d.year}年{d.month}月"), of(lambda d: f"{d.year}.{d.month:02d}"), of(lambda d: f"{d:%Y-%m-%d}"), of(lambda d: str((d - EPOCH).days)),
            of(lambda d: f"{d.year}年{d.month}月{d.day}日"), of(lambda d: f"{d.year}/{d.month}"), of(lambda d: f"{d.year}年{d.month:02d}月份"), of(lambda d: (d - EPOCH).days), of(lambda d: f"{d.year}.{d.month}.{d.day}"),
        )  # fmt: skip

    columns = (*BASE, ("父亲务工地点", "father_work_address"), ("父亲外出时间", written("father_away_since")), ("母亲务工地点", "mother_work_address"), ("母亲外出时间", written("mother_away_since")))  # fmt: skip
    listed(school, folder, columns)


def _phones(school: Invented, folder: Path) -> None:
    def phone(c: Child) -> str:
        return str(c.truth["guardian_phone"])

    written = turns(
        lambda c: f"+86{phone(c)}",
        lambda c: f"0086-{phone(c)}",
        lambda c: f"86 {phone(c)}",
        lambda c: f"{phone(c)[:3]} {phone(c)[3:7]} {phone(c)[7:]}",
        lambda c: f"{phone(c)}（微信同号）",
        lambda c: float(phone(c)),
        lambda c: f"{phone(c)[:4]}-{phone(c)[4:7]}-{phone(c)[7:]}",
        lambda c: f"手机：{phone(c)}",
        lambda c: f"☎{phone(c)}",
        lambda c: f"{phone(c)}；",
    )
    listed(school, folder, (*BASE, *CARE[:2], ("监护人电话", written)))


def _relations(school: Invented, folder: Path) -> None:
    """What the child is to the guardian, instead of the other way round: 孙子, 外孙女, 侄子."""

    def turned(c: Child) -> str:
        boy = c.truth["sex"] == "男"
        return {"祖": "孙子" if boy else "孙女", "外": "外孙" if boy else "外孙女", "伯": "侄子" if boy else "侄女"}[c.truth["guardian_relation"][0]]  # fmt: skip

    listed(
        school,
        folder,
        (*BASE, ("监护人姓名", "guardian_name"), ("与监护人关系", turned), ("监护人电话", "guardian_phone")),
    )


def _lost_numbers(school: Invented, folder: Path) -> None:
    """Numbers that Excel took for numbers: the last digits are noughts, or it is 5.299E+17."""
    number = turns(
        lambda c: int(f"{str(c.truth['id_card'])[:15]}000"),
        lambda c: f"{float(str(c.truth['id_card'])[:17] + '0'):.2E}",
        lambda c: float(str(c.truth["id_card"])[:15] + "000"),
    )
    columns: Columns = (BASE[0], BASE[1], ("性别", "sex"), ("出生日期", day("%Y-%m-%d")), ("身份证号", number), *CARE)
    listed(school, folder, columns)


def _classes(school: Invented, folder: Path) -> None:
    def grade(c: Child) -> str:
        return GRADE_WORDS[c.place[0] - 1]

    written = turns(
        lambda c: f"{c.place[0]}0{c.place[1]}", lambda c: f"{grade(c)}{c.place[1]}", lambda c: f"{c.place[0]}.{c.place[1]}班", lambda c: f"{2027 - c.place[0]}级{c.place[1]}班", lambda c: f"{2027 - c.place[0]}级（{c.place[1]}）班", lambda c: f"{c.place[0]}年{c.place[1]}班",
        lambda c: f"{grade(c)}年{GRADE_WORDS[c.place[1] - 1]}班", lambda c: f"云溪镇中心学校{grade(c)}年级{c.place[1]}班", lambda c: f"{grade(c)}年级{c.place[1]}", lambda c: f"{grade(c)}年级 {c.place[1]}班", lambda c: f"{grade(c)}（{GRADE_WORDS[c.place[1] - 1]}）班",
        lambda c: f"{2027 - c.place[0]}级0{c.place[1]}班", lambda c: f"({grade(c)}){c.place[1]}班", lambda c: f"{c.place[0]}({c.place[1]})",
    )  # fmt: skip
    listed(school, folder, (("班级", written), *BASE[1:], *CARE))


# --- several things in one cell --------------------------------------------------------------------------------------------


def _by_slashes(school: Invented, folder: Path) -> None:
    columns = (
        BASE[0], ("姓名/性别", lambda c: f"{c.name}/{c.truth['sex']}"), BASE[2],
        ("父亲姓名/电话", lambda c: f"{c.truth['father_name']}/{c.truth['father_phone']}"), ("母亲姓名/电话", lambda c: f"{c.truth['mother_name']}/{c.truth['mother_phone']}"),
        ("监护人姓名/关系/电话", lambda c: f"{c.truth['guardian_name']}/{relation(c)}/{c.truth['guardian_phone']}"),
    )  # fmt: skip
    listed(school, folder, columns)


def _parent_cells(school: Invented, folder: Path) -> None:
    """父亲情况（姓名、电话、务工地）: three lines in one cell."""

    def told(parent: str) -> Spec:
        return lambda c: "\n".join(filter(None, (c.truth[f"{parent}_name"], c.truth[f"{parent}_phone"], c.truth[f"{parent}_work_address"])))  # fmt: skip

    columns = (
        *BASE,
        ("父亲（姓名、电话、务工地）", told("father")),
        ("母亲（姓名、电话、务工地）", told("mother")),
        *CARE,
    )
    listed(school, folder, columns)


def _whose_in_cells(school: Invented, folder: Path) -> None:
    """Two columns 家长姓名, 关系 that mean whoever answers the telephone: father or mother, and never the guardian's."""

    def parent(c: Child) -> str:
        return "father" if int(c.truth["id_card"][-2]) % 2 else "mother"

    columns = (
        *BASE, ("家长姓名", lambda c: c.truth[f"{parent(c)}_name"]), ("与学生关系", lambda c: {"father": "父亲", "mother": "母亲"}[parent(c)]), ("家长电话", lambda c: c.truth[f"{parent(c)}_phone"]),
        ("监护人姓名", "guardian_name"), ("监护人与学生关系", relation), ("监护人电话", "guardian_phone"),
    )  # fmt: skip
    listed(school, folder, columns)


# --- where the table stands ---------------------------------------------------------------------------------------------------


def _right_of_notes(school: Invented, folder: Path) -> None:
    """Notes down the left side, the table from column C on, a small table of counts to its right."""
    columns = (*BASE, *CARE)
    rows: Rows = [["", "", "留守儿童台账"], ["填", "", *head(columns), "", "班级", "人数"]]
    counts = [[short(p), len(in_class(school.left, p))] for p in sorted(school.heads)]
    for n, c in enumerate(school.left):
        rows.append([("表说明：按班填写")[n] if n < 8 else "", "", *line(c, columns), "", *(counts[n] if n < len(counts) else [])])  # fmt: skip
    save(folder / "台账.xlsx", {"Sheet1": rows}, saved=NEW)


def _hidden_all_over(school: Invented, folder: Path) -> None:
    """Last year's sheet hidden, an old column of guardians hidden, rows hidden that are still true."""
    columns = (*BASE, ("监护人（旧）", word("赵老七")), *CARE)
    listed(school, folder, columns, title="2026年秋季留守儿童台账")
    book = openpyxl.load_workbook(folder / "台账.xlsx")
    old = book.create_sheet("2025秋")
    for row in [
        ["2025年秋季留守儿童台账"],
        head((*BASE, *CARE)),
        ["五（1）班", "冯立夏", "", "冯大山", "爷爷", "19911112222"],
    ]:
        old.append(row)
    old.sheet_state = "hidden"
    book["Sheet1"].column_dimensions["D"].hidden = True
    for row in (4, 6, 9):
        book["Sheet1"].row_dimensions[row].hidden = True
    book.save(folder / "台账.xlsx")


def _folders(school: Invented, folder: Path) -> None:
    """A folder a grade, a file a class: 三年级/1班.xlsx."""
    columns = (("序号", nothing), *BASE[1:], *CARE)
    for place in sorted(school.heads):
        own = folder / f"{GRADE_WORDS[place[0] - 1]}年级"
        own.mkdir(exist_ok=True)
        save(own / f"{place[1]}班.xlsx", {"Sheet1": [["留守儿童登记表"], head(columns), *lines(in_class(school.left, place), columns)]}, saved=NEW)  # fmt: skip


def _stacked(school: Invented, folder: Path) -> None:
    """一生一档: a block a child below each other, with the table of the family and that of visits in each."""
    rows: Rows = []
    merged = []
    for c in school.left:
        t = c.truth
        first = len(rows) + 1
        rows += [
            ["留守儿童“一生一档”"],
            ["姓名", t["name"], "性别", t["sex"], "班级", short(c.place), "照片"],
            ["民族", t["ethnicity"], "身份证号", t["id_card"], "", "", ""],
            ["家庭住址", t["home_address"], "", "", "就读方式", t["boarding"], ""],
            ["家庭成员", "姓名", "关系", "年龄", "务工地点", "联系电话", ""],
            ["", t["father_name"], "父亲", 38, t["father_work_address"], t["father_phone"], ""],
            ["", t["mother_name"], "母亲", 36, t["mother_work_address"], t["mother_phone"], ""],
            ["监护人", t["guardian_name"], "与学生关系", relation(c), "联系电话", t["guardian_phone"], ""],
            ["家访记录", "日期", "家访教师", "内容", "", "", ""],
            ["", "2026.9.8", "周小雨", "了解在家情况", "", "", ""],
            ["班主任寄语：", "努力学习，天天向上。"],
        ]
        merged += [f"A{first}:G{first}", f"G{first + 1}:G{first + 3}", f"B{first + 3}:D{first + 3}", f"A{first + 4}:A{first + 6}", f"D{first + 2}:F{first + 2}"]  # fmt: skip
    save(folder / "一生一档.xlsx", {"档案": rows}, {"档案": merged}, NEW)


STACKED_HELD = (*ID, "ethnicity", "home_address", "boarding", *MEMBERS, "father_work_address", "mother_work_address", *GUARDIAN)  # fmt: skip


def _boarders(school: Invented, folder: Path) -> None:
    """The list of boarders with their beds, beside a 台账: who is not left-behind on it gets no row."""
    columns = (("宿舍", word("201")), ("床号", lambda c: c.truth["id_card"][-3]), ("姓名", "name"), ("班级", lambda c: short(c.place)), ("家长电话", "mother_phone"), ("生活教师", word("周小雨")))  # fmt: skip
    boarders = [c for c in school.children if c.truth["boarding"] == "住校"]
    save(folder / "住宿生名单.xlsx", {"Sheet1": [["2026年秋季住宿生名单"], head(columns), *lines(boarders, columns)]}, saved=NEW)  # fmt: skip
    listed(school, folder, (*BASE, *CARE))


def _both_lists(school: Invented, folder: Path) -> None:
    """潜能生 on a list of their own; some are left-behind as well."""
    for c in school.left[::4]:
        c.truth["category"] = "留守兼潜能"
    columns = (*BASE[:2], ("薄弱学科", word("数学")), ("帮扶措施", word("课后辅导")))
    rows = [["2026年秋季潜能生名单"], head(columns), *lines(school.left[::4], columns)]
    save(folder / "潜能生.xlsx", {"Sheet1": rows}, saved=NEW)
    listed(school, folder, (*BASE, *CARE))


VILLAGES = (
    Layout("班级横条", _dividers, (*ID, *GUARDIAN)),
    Layout("上下两类", _two_tables, (*ID, *GUARDIAN)),
    Layout("上下两截", _parts, (*ID, "home_address", *GUARDIAN, "father_name", "father_phone")),
    Layout("村名横条", _villages, (*ID, *GUARDIAN)),
    Layout("例子一行", _example_row, (*ID, *GUARDIAN)),
    Layout("兄妹合并", _siblings, (*ID, "home_address", *GUARDIAN)),
    Layout("外出时间多样", _days, (*ID, "father_work_address", "mother_work_address", *BOTH_AWAY, "father_status")),
    Layout("电话多样", _phones, (*ID, *GUARDIAN)),
    Layout("关系倒写", _relations, (*ID, "guardian_name", "guardian_phone", "guardianship")),
    Layout("丢了末位", _lost_numbers, ("name", "sex", "birth_date", "category", *GUARDIAN)),
    Layout("班级更多样", _classes, (*ID, *GUARDIAN)),
    Layout("斜线分格", _by_slashes, (*ID, *MEMBERS, *GUARDIAN)),
    Layout("父母三行", _parent_cells, (*ID, *MEMBERS, "father_work_address", "mother_work_address", *GUARDIAN)),
    Layout("接电话的家长", _whose_in_cells, (*ID, *GUARDIAN)),
    Layout("左注右数", _right_of_notes, (*ID, *GUARDIAN)),
    Layout("处处隐藏", _hidden_all_over, (*ID, *GUARDIAN)),
    Layout("文件夹年级", _folders, (*ID, *GUARDIAN)),
    Layout("一生一档", _stacked, STACKED_HELD),
    Layout("住宿名单", _boarders, (*ID, *GUARDIAN)),
    Layout("潜能名单", _both_lists, (*ID, *GUARDIAN)),
)  # fmt: skip
