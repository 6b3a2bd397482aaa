"""More layouts of the invented school's sources, after the papers that schools really keep: lists of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starting.coded_export import CODED_HELD, coded
from starting.columns import (
    Spec,
    dashed,
    day,
    head,
    in_class,
    line,
    lines,
    nothing,
    relation,
    serial,
    tick,
    word,
)
from starting.layouts import FROM_ID, MEMBERS, Layout, save, short, spaced
from starting.truth import GRADE_WORDS, Child, Invented, class_text

GUARDIAN = ("guardian_name", "guardian_relation", "guardian_phone", "guardianship")
ID = ("name", "id_card", *FROM_ID, "category")

# --- numbered titles in a tab-separated text of GBK ---------------------------------------------------------------------

_NUMBERED: tuple[tuple[str, Spec], ...] = (
    ("1.所在班级", lambda c: f"{c.place[0]}年级{c.place[1]}班"),
    ("2.学生姓名", lambda c: spaced(c.truth["name"])),
    ("3.身份证号码（18位）", "id_card"),
    ("4.家庭详细住址（到村组）", "home_address"),
    ("5.父亲姓名", "father_name"),
    ("6.父亲联系电话", lambda c: dashed(c.truth["father_phone"])),
    ("7.父亲外出务工地点（省市县）", "father_work_address"),
    ("8.母亲姓名", "mother_name"),
    ("9.母亲联系电话", lambda c: dashed(c.truth["mother_phone"], " ")),
    ("10.母亲外出务工地点（省市县）", "mother_work_address"),
    ("11.实际监护人姓名", "guardian_name"),
    ("12.监护人与学生关系", relation),
    ("13.监护人联系电话", lambda c: f"+86 {c.truth['guardian_phone']}"),
)


def _numbered(school: Invented, folder: Path) -> None:
    rows = [head(_NUMBERED), *lines(school.left, _NUMBERED)]
    text = "\r\n".join("\t".join(map(str, row)) for row in rows)
    (folder / "留守儿童摸底.txt").write_bytes(text.encode("gbk"))


NUMBERED_HELD = (*ID, "home_address", *MEMBERS, "father_work_address", "mother_work_address", *GUARDIAN)

# --- a head of three rows, a line of the unit and the day, empty columns in between ------------------------------------


def _three_rows(school: Invented, folder: Path) -> None:
    top = ["序号", "年级", "班级", "学生", "", "", "", "", "家庭情况", "", "", "", "", "", "", "", "临时监护人", "", "", "备注"]  # fmt: skip
    middle = ["", "", "", "姓名", "性别", "出生年月", "身份证号码", "", "父亲", "", "", "", "母亲", "", "", "", "姓名", "关系", "电话", ""]  # fmt: skip
    low = ["", "", "", "", "", "", "", "", "姓名", "务工地", "何时外出", "电话", "姓名", "务工地", "何时外出", "电话", "", "", "", ""]  # fmt: skip
    merged = ["A1:T1", "A3:A5", "B3:B5", "C3:C5", "D3:H3", "I3:P3", "Q3:S3", "D4:D5", "E4:E5", "F4:F5", "G4:G5", "I4:L4", "M4:P4", "Q4:Q5", "R4:R5", "S4:S5", "T3:T5"]  # fmt: skip
    rows: list[list[Any]] = [
        ["云溪镇中心学校农村留守儿童信息统计表"],
        ["填报单位（盖章）：云溪镇中心学校", "", "", "", "", "", "", "", "填报时间：2026年9月8日", "", "", "", "", "", "", "单位：人"],
        top, middle, low,
    ]  # fmt: skip
    for number, c in enumerate(school.left, 1):
        t = c.truth
        rows.append(
            [number, GRADE_WORDS[c.place[0] - 1], c.place[1], t["name"], t["sex"], f"{t['birth_date']:%Y.%m}", t["id_card"], "",
             t["father_name"], t["father_work_address"], f"{t['father_away_since']:%Y.%m}", t["father_phone"],
             t["mother_name"], t["mother_work_address"], f"{t['mother_away_since']:%Y.%m}" if t["mother_away_since"] else "", t["mother_phone"],
             t["guardian_name"], relation(c), t["guardian_phone"], ""]
        )  # fmt: skip
    rows += [[], ["校长签字：", "", "", "", "填表人：周小雨", "", "", "", "联系电话：19900000000"]]
    save(folder / "统计表.xlsx", {"留守儿童": rows}, {"留守儿童": merged})


THREE_HELD = (
    *ID, *MEMBERS, "father_work_address", "mother_work_address", "father_away_since", "mother_away_since", *GUARDIAN,
)  # fmt: skip

# --- printed pages: the head again every few rows, subtotals, page numbers, serials that begin anew ----------------------


def _pages(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [
        ("姓  名", "name"), ("性 别", lambda c: "1" if c.truth["sex"] == "男" else "2"), ("民 族", "ethnicity"), ("身 份 证 号", lambda c: f"{c.truth['id_card'][:6]} {c.truth['id_card'][6:14]} {c.truth['id_card'][14:].lower()}"),
        ("所 在 班 级", lambda c: f"{GRADE_WORDS[c.place[0] - 1]}{'一二三四'[c.place[1] - 1]}班"), ("家 庭 住 址", "home_address"), ("监 护 人\n姓 名", "guardian_name"), ("与 本 人\n关 系", relation), ("监护人\n联系电话", "guardian_phone"),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    own = school.left
    for page, first in enumerate(range(0, len(own), 5), 1):
        some = own[first : first + 5]
        rows += [["留守儿童登记簿"], ["单位：云溪镇中心学校", "", "", "", "", "", "2026年9月"], ["序号", *head(columns)]]
        rows += [[number, *line(c, columns)] for number, c in enumerate(some, 1)]
        rows += [["本页小计", f"{len(some)}人"], [f"第{page}页 共{-(-len(own) // 5)}页"]]
    rows.append(["总计", f"{len(own)}人"])
    save(folder / "登记簿.xlsx", {"打印": rows})


PAGES_HELD = (*ID, "ethnicity", "home_address", *GUARDIAN)

# --- grade and class merged down the side ---------------------------------------------------------------------------------


def _sides(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [
        ("姓名", "name"), ("身份证号", "id_card"), ("父亲姓名及电话", lambda c: f"{c.truth['father_name']} {c.truth['father_phone']}"), ("母亲姓名及电话", lambda c: f"{c.truth['mother_name']}（{c.truth['mother_phone']}）"),
        ("监护人姓名及与学生关系", lambda c: f"{c.truth['guardian_name']}（{relation(c)}）"), ("监护人电话", "guardian_phone"),
    ]  # fmt: skip
    rows: list[list[Any]] = [["2026年秋季学期留守儿童名单"], ["年级", "班级", "班主任", *head(columns)]]
    merged = ["A1:I1"]
    for grade in sorted({place[0] for place in school.heads}):
        start = len(rows) + 1
        for place in [p for p in sorted(school.heads) if p[0] == grade]:
            first = len(rows) + 1
            for n, c in enumerate(in_class(school.left, place)):
                rows.append([f"{GRADE_WORDS[grade - 1]}\n年\n级" if len(rows) + 1 == start else "", f"{place[1]}班" if n == 0 else "", school.heads[place] if n == 0 else "", *line(c, columns)])  # fmt: skip
            merged += [f"B{first}:B{len(rows)}", f"C{first}:C{len(rows)}"]
        merged.append(f"A{start}:A{len(rows)}")
    save(folder / "名单.xlsx", {"Sheet1": rows}, {"Sheet1": merged})


SIDES_HELD = (*ID, *MEMBERS, *GUARDIAN)

# --- a line for each class with its head teacher; the head of the table only once ------------------------------------------


def _section_lines(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [
        ("学生姓名", "name"), ("性别", "sex"), ("学籍号", "student_no"), ("走读/住校", "boarding"), ("性格", "personality"), ("父亲务工地址", "father_work_address"), ("父亲电话", "father_phone"), ("监护人", "guardian_name"), ("监护人年龄", lambda c: f"{c.truth['guardian_age']}岁"), ("监护人身体状况", "guardian_health"),
    ]  # fmt: skip
    rows: list[list[Any]] = [["关爱留守儿童工作台账"], [], ["编号", *head(columns)]]
    for place in sorted(school.heads):
        rows.append([f"{GRADE_WORDS[place[0] - 1]}年级（{place[1]}）班        班主任：{school.heads[place]}"])
        rows += [[n, *line(c, columns)] for n, c in enumerate(in_class(school.left, place), 1)]
    rows += [["说明：1.本台账由各班班主任填写；2.每学期更新一次。"]]
    save(folder / "台账.xlsx", {"台账": rows})


SECTION_HELD = (
    "name", "student_no", "id_card", *FROM_ID, "category", "boarding", "personality", "father_work_address", "father_phone", "guardian_name", "guardian_age", "guardian_health",
)  # fmt: skip

# --- the class in the sheet's name, in many ways; in the file's; in the sheet's title --------------------------------------

_SMALL: list[tuple[str, Spec]] = [
    ("序号", nothing), ("姓名", "name"), ("性别", "sex"), ("出生日期", day("%Y.%m.%d")), ("身份证号", "id_card"), ("监护人姓名", "guardian_name"), ("与监护人关系", relation), ("电话", "guardian_phone"),
]  # fmt: skip
SMALL_HELD = (*ID, *GUARDIAN)


def _numbers(children: list[Child]) -> list[list[Any]]:
    return [head(_SMALL), *([n, *line(c, _SMALL)[1:]] for n, c in enumerate(children, 1))]


def _sheet_names(school: Invented, folder: Path) -> None:
    sheets = {f"{place[0]}.{place[1]}": [["留守儿童信息"], *_numbers(in_class(school.left, place))] for place in sorted(school.heads)}  # fmt: skip
    save(folder / "2026秋各班留守儿童.xlsx", {**sheets, "Sheet9": []})


def _sheet_words(school: Invented, folder: Path) -> None:
    sheets = {f"{GRADE_WORDS[place[0] - 1]}{'一二三四'[place[1] - 1]}班": [["留守儿童信息"], *_numbers(in_class(school.left, place))] for place in sorted(school.heads)}  # fmt: skip
    save(folder / "各班留守儿童.xlsx", sheets)


def _file_names(school: Invented, folder: Path) -> None:
    (folder / "2026秋").mkdir()
    for place in sorted(school.heads):
        rows = [["留守儿童信息采集表"], [f"班主任：{school.heads[place]}"], *_numbers(in_class(school.left, place))]
        save(folder / "2026秋" / f"{short(place)}留守儿童信息采集表.xlsx", {"Sheet1": rows, "Sheet2": []})


def _titles(school: Invented, folder: Path) -> None:
    for n, place in enumerate(sorted(school.heads), 1):
        title = f"云溪镇中心学校{GRADE_WORDS[place[0] - 1]}年级{'一二三四'[place[1] - 1]}班留守儿童基本情况统计表"
        save(folder / f"汇总{n}.xlsx", {"Sheet1": [[title], [], *_numbers(in_class(school.left, place))]})


# --- grade and class as bare numbers; the year of entry and a number -----------------------------------------------------

_PLAIN: list[tuple[str, Spec]] = [
    ("姓名", "name"), ("身份证号", "id_card"), ("户籍地址", "home_address"), ("现住址", "home_address"), ("民族代码", word("01")), ("父亲", "father_name"), ("父亲手机号", "father_phone"), ("母亲", "mother_name"), ("母亲手机号", "mother_phone"),
]  # fmt: skip


def _bare_numbers(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [("年级", lambda c: c.place[0]), ("班", lambda c: c.place[1]), *_PLAIN]
    save(folder / "留守学生.xlsx", {"data": [head(columns), *lines(school.left, columns)]})


def _entry_years(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [("入学年份", lambda c: 2027 - c.place[0]), ("班号", lambda c: f"{c.place[1]:02d}"), *_PLAIN]  # fmt: skip
    save(folder / "留守学生.xlsx", {"data": [head(columns), *lines(school.left, columns)]})


PLAIN_HELD = (*ID, "home_address", *MEMBERS)

# --- who is left-behind by a tick, or by boxes a kind ------------------------------------------------------------------


def _ticked(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [
        ("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"), ("是否留守", lambda c: "√" if c.is_left else ""), ("是否单亲", nothing), ("是否低保", nothing), ("是否住校", tick("boarding", "住校")), ("父亲联系方式", "father_phone"),
    ]  # fmt: skip
    save(folder / "全校学生摸排表.xlsx", {"摸排": [["全校学生情况摸排表"], head(columns), *lines(school.children, columns)]})  # fmt: skip


def _boxes(school: Invented, folder: Path) -> None:
    top = ["序号", "班级", "姓名", "身份证号", "留守情况", "", "", "监护人", "", ""]
    low = ["", "", "", "", "父亲外出", "母亲外出", "双方外出", "姓名", "关系", "电话"]
    rows: list[list[Any]] = [["留守儿童分类统计台账"], top, low]
    for n, c in enumerate(school.left, 1):
        t = c.truth
        rows.append([n, class_text(c.place), t["name"], t["id_card"], "√" if c.kind == 1 else "", "", "√" if c.kind == 2 else "", t["guardian_name"], relation(c), t["guardian_phone"]])  # fmt: skip
    save(folder / "分类台账.xlsx", {"Sheet1": rows}, {"Sheet1": ["E2:G2", "H2:J2", "A2:A3", "B2:B3", "C2:C3", "D2:D3"]})


def _in_remarks(school: Invented, folder: Path) -> None:
    columns: list[tuple[str, Spec]] = [
        ("班级", lambda c: short(c.place)), ("姓名", "name"), ("出生年月", serial), ("身份证号", "id_card"), ("家长姓名", lambda c: f"{c.truth['father_name']}、{c.truth['mother_name']}"), ("备注", lambda c: ("", "单留守", "双留守")[c.kind]),
    ]  # fmt: skip
    save(folder / "学生花名册.xlsx", {"花名册": [["学生花名册"], head(columns), *lines(school.children, columns)]})


LISTS = (
    Layout("编码导出", coded, CODED_HELD),
    Layout("编号列名", _numbered, NUMBERED_HELD),
    Layout("三行表头", _three_rows, THREE_HELD),
    Layout("打印页", _pages, PAGES_HELD),
    Layout("侧面合并", _sides, SIDES_HELD, has_heads=True),
    Layout("班级分节", _section_lines, SECTION_HELD, has_heads=True),
    Layout("表名3.2", _sheet_names, SMALL_HELD),
    Layout("表名三二班", _sheet_words, SMALL_HELD),
    Layout("文件名班级", _file_names, SMALL_HELD, has_heads=True),
    Layout("标题里班级", _titles, SMALL_HELD),
    Layout("数字年级", _bare_numbers, PLAIN_HELD),
    Layout("入学年份", _entry_years, PLAIN_HELD),
    Layout("打勾留守", _ticked, (*ID, "boarding", "father_phone")),
    Layout("分类打勾", _boxes, (*ID, *GUARDIAN, "father_status", "mother_status")),
    Layout("备注留守", _in_remarks, ID),
)
