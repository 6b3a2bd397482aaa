"""The invented school's sources in ten layouts, as schools keep them; each says which cells of ours it holds."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from starting.truth import GRADE_WORDS, Child, Invented, class_text, invented_school

FROM_ID = ("sex", "birth_date")
WHO = ("name", "id_card", "student_no", *FROM_ID)
MEMBERS = ("father_name", "father_phone", "mother_name", "mother_phone")


@dataclass(frozen=True)
class Layout:
    """`write` puts the files into a folder; `held`: keys of a left-behind child's cells that can be had from them.

    `of_staff`: keys of 教职工; `has_heads`: the class list tells the head teachers; `school`: of what school it tells,
    by a seed and how many are in a class; `has_ticks`: the admin ticks on the list who is left-behind, and runs again;
    `pairs`, `village`: keys of 结对帮扶 and of 应入学名册 that they hold; `unread`: how many files can't be read;
    `counts`: 班级一览's counts are held as well.
    """

    name: str
    write: Callable[[Invented, Path], None]
    held: tuple[str, ...]
    of_staff: tuple[str, ...] = ()
    has_heads: bool = False
    school: Callable[[int, int], Invented] = invented_school
    has_ticks: bool = False
    pairs: tuple[str, ...] = ()
    village: tuple[str, ...] = ()
    unread: int = 0
    counts: bool = False


def save(
    path: Path,
    sheets: dict[str, Sequence[Sequence[Any]]],
    merged: dict[str, Iterable[str]] | None = None,
    saved: datetime | None = None,
) -> None:
    """Write a workbook of plain rows. `saved`: when it says that it was saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(title, ()):
            sheet.merge_cells(area)
    book.save(path)
    if saved:  # a workbook says itself when it was saved, which its writer puts there as it writes
        _say_saved(path, saved)


def _say_saved(path: Path, saved: datetime) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{saved:%Y-%m-%dT%H:%M:%SZ}", core).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def short(place: tuple[int, int]) -> str:
    return f"{GRADE_WORDS[place[0] - 1]}（{place[1]}）班"


# --- the 学籍 export: 42 columns, a row for every child of the school ---------------------------------------------

_EXPORT = (
    "学校标识码 学校名称 姓名★ 性别★ 出生日期★ 出生地★ 籍贯 民族★ 国籍/地区★ 身份证件类型★ 身份证件号 港澳台侨外★ 政治面貌 健康状况★ 姓名拼音 曾用名 户口所在地★ 户口性质★ 特长 学籍号 学籍辅号 班内学号 年级★ 班级★ "
    "入学年月★ 入学方式★ 就读方式★ 学生来源 现住址★ 通信地址★ 家庭地址★ 联系电话★ 邮政编码★ 独生子女★ 是否留守儿童 随迁子女 成员1姓名 成员1关系 成员1工作单位 成员1联系电话 成员1是否监护人 成员2姓名 成员2关系 成员2联系电话 成员2是否监护人"
).split()
_LEFT = ("0-非留守儿童", "1-单亲留守儿童", "2-双亲留守儿童")


def export_rows(school: Invented) -> list[list[Any]]:
    rows = []
    for number, child in enumerate(school.children, 1):
        t = child.truth
        rows.append(
            ["5299001234", "示例县云溪镇中心学校（虚构）", t["name"], t["sex"], f"{t['birth_date']:%Y%m%d}", "529900000000", "示例省", t["ethnicity"], "中国", "居民身份证", t["id_card"],
             "否", "少先队员", t["health"], "", "", "529900000000", "农业家庭户口", t["interests"], t["student_no"], "", number, f"{GRADE_WORDS[child.place[0] - 1]}年级", f"{child.place[1]}班",
             f"{2027 - child.place[0]}09", "就近入学", t["boarding"], "正常入学", "云溪镇", "云溪镇", t["home_address"], t["father_phone"], "529900", "否", _LEFT[child.kind], "否",
             t["father_name"], "父亲", "", t["father_phone"], "是", t["mother_name"], "母亲", t["mother_phone"], "是"]
        )  # fmt: skip
    return rows


def _export(school: Invented, folder: Path) -> None:
    save(folder / "学生信息.xlsx", {"学生基本信息": [_EXPORT, *export_rows(school)]})


EXPORT_HELD = (*WHO, "ethnicity", "health", "rural", "interests", "boarding", "home_address", *MEMBERS, "category")


# --- a 台账 with a head of two rows and classes merged downwards ------------------------------------------------------


def _two_rows(school: Invented, folder: Path) -> None:
    groups = [
        "序号",
        "班级",
        "学生基本情况",
        "",
        "",
        "",
        "父亲情况",
        "",
        "",
        "",
        "母亲情况",
        "",
        "",
        "",
        "监护人情况",
        "",
        "",
        "",
        "备注",
    ]
    titles = [
        "",
        "",
        "姓名",
        "性别",
        "身份证号",
        "家庭住址",
        "姓名",
        "联系电话",
        "务工地点",
        "外出时间",
        "姓名",
        "联系电话",
        "务工地点",
        "外出时间",
        "姓名",
        "与学生关系",
        "年龄",
        "联系电话",
        "",
    ]
    rows: list[list[Any]] = [["云溪镇中心学校2026年秋季留守儿童台账"], groups, titles]
    merged = ["A1:S1", "A2:A3", "B2:B3", "C2:F2", "G2:J2", "K2:N2", "O2:R2", "S2:S3"]
    for place in sorted(school.heads):
        own = [child for child in school.left if child.place == place]
        first = len(rows) + 1
        for number, child in enumerate(own, 1):
            t = child.truth
            rows.append(
                [number, short(place) if number == 1 else "", spaced(t["name"]), t["sex"], t["id_card"], t["home_address"], t["father_name"], t["father_phone"], t["father_work_address"],
                 _month(t["father_away_since"]), t["mother_name"], int(t["mother_phone"]), t["mother_work_address"], _month(t["mother_away_since"]),
                 t["guardian_name"], nickname(t["guardian_relation"]), f"{t['guardian_age']}岁", f"{t['guardian_phone'][:3]} {t['guardian_phone'][3:7]} {t['guardian_phone'][7:]}", ""]
            )  # fmt: skip
        merged.append(f"B{first}:B{len(rows)}")
        rows.append(["小计", "", len(own)])
    rows.append(["合计", "", len(school.left)])
    rows.append(["填表人：赵云 审核人：钱雨"])
    save(folder / "留守台账.xlsx", {"台账": rows}, {"台账": merged})


def spaced(name: str) -> str:
    return name[0] + " " + name[1] if len(name) == 2 else name


def nickname(relation: str) -> str:
    return {"祖父": "爷爷", "祖母": "奶奶", "外祖父": "外公", "外祖母": "外婆", "伯父": "大伯"}[relation]


def _month(day: date | None) -> str:
    return f"{day.year}年{day.month}月" if day else ""


TWO_ROWS_HELD = (
    "name", "id_card", *FROM_ID, "category", "home_address", *MEMBERS, "father_work_address", "mother_work_address", "father_away_since", "mother_away_since",
    "guardian_name", "guardian_relation", "guardian_age", "guardian_phone", "guardianship",
)  # fmt: skip


# --- one sheet a class, whose class stands in the sheet's name alone ------------------------------------------------


def _sheet_a_class(school: Invented, folder: Path) -> None:
    head = [
        "序号",
        "学生姓名",
        "学籍号",
        "出生年月",
        "民族",
        "父母外出情况",
        "父亲姓名",
        "联系电话",
        "母亲姓名",
        "联系电话",
        "监护人姓名",
        "关系",
        "联系电话",
        "是否寄宿",
        "性格特点",
        "爱好",
    ]
    sheets = {}
    for place in sorted(school.heads):
        rows: list[list[Any]] = [["留守儿童花名册"], [f"班主任：{school.heads[place]}    填表日期：2026年9月5日"], head]
        for number, child in enumerate([c for c in school.left if c.place == place], 1):
            t = child.truth
            rows.append(
                [number, t["name"], t["student_no"], f"{t['birth_date'].year}.{t['birth_date'].month}.{t['birth_date'].day}", t["ethnicity"].removesuffix("族"), ("", "父亲外出", "父母双方外出")[child.kind],
                 t["father_name"], t["father_phone"], t["mother_name"], t["mother_phone"], t["guardian_name"], nickname(t["guardian_relation"]), t["guardian_phone"],
                 "是" if t["boarding"] == "住校" else "否", t["personality"], t["interests"]]
            )  # fmt: skip
        rows.append(["注：本表由班主任填写，关系指监护人与学生的关系。"])
        sheets[f"{GRADE_WORDS[place[0] - 1]}({place[1]})班"] = rows
    save(folder / "各班留守儿童.xlsx", sheets)


SHEETS_HELD = (
    *WHO,
    "category",
    "ethnicity",
    *MEMBERS,
    "father_status",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "guardianship",
    "boarding",
    "personality",
    "interests",
)


# --- a form a child, a page each --------------------------------------------------------------------------------------


def _form(school: Invented, folder: Path) -> None:
    sheets, merged = {}, {}
    for child in school.left:
        t = child.truth
        sheets[t["name"]] = [
            ["留守儿童基本情况登记表"],
            ["学校：云溪镇中心学校", "", "", "", f"班级：{class_text(child.place)}"],
            ["姓名", t["name"], "性别", t["sex"], "民族", t["ethnicity"]],
            ["出生日期", f"{t['birth_date']:%Y年%m月%d日}", "身份证号", t["id_card"], "", ""],
            ["健康状况", t["health"], "是否寄宿", "√" if t["boarding"] == "住校" else "×", "兴趣爱好", t["interests"]],
            ["家庭住址", t["home_address"]],
            ["父亲", "姓名", t["father_name"], "联系电话", t["father_phone"], ""],
            ["", "务工地址", t["father_work_address"], "外出时间", t["father_away_since"], ""],
            ["母亲", "姓名", t["mother_name"], "联系电话", t["mother_phone"], ""],
            ["监护人", "姓名", t["guardian_name"], "与学生关系", nickname(t["guardian_relation"]), ""],
            ["", "年龄", t["guardian_age"], "联系电话", t["guardian_phone"], ""],
            ["", "身体状况", t["guardian_health"], "职业", t["guardian_job"], ""],
            ["填表人：", "", "", "填表日期：2026.9.6"],
        ]
        merged[t["name"]] = ["A1:F1", "D4:F4", "B6:F6", "A7:A8", "A10:A12"]
    save(folder / "登记表.xlsx", sheets, merged)


FORM_HELD = (
    "name", "id_card", *FROM_ID, "category", "ethnicity", "health", "boarding", "interests", "home_address", *MEMBERS, "father_work_address", "father_away_since", "father_status",
    "guardian_name", "guardian_relation", "guardian_age", "guardian_phone", "guardian_health", "guardian_job", "guardianship",
)  # fmt: skip


# --- ages instead of birthdays, guardians as 爷爷 张大山, beside the export -----------------------------------------------


def _with_ages(school: Invented, folder: Path) -> None:
    _export(school, folder)
    rows: list[list[Any]] = [
        ["云溪镇中心学校留守儿童情况统计表（2026年）"],
        ["班别", "姓名", "性别", "年龄", "监护人", "监护人电话", "留守类型", "重点对象", "备注"],
    ]
    for child in school.left:
        t = child.truth
        age = 2026 - t["birth_date"].year - ((t["birth_date"].month, t["birth_date"].day) > (9, 30))
        rows.append(
            [f"{2027 - child.place[0]}级{child.place[1]}班", t["name"], t["sex"], age, f"{nickname(t['guardian_relation'])} {t['guardian_name']}", t["guardian_phone"], ("", "单留守", "双留守")[child.kind], "√" if t["focus"] == "是" else "×", ""]
        )  # fmt: skip
    save(folder / "留守儿童.xlsx", {"Sheet1": rows})


AGES_HELD = tuple(
    dict.fromkeys((*EXPORT_HELD, "guardian_name", "guardian_relation", "guardian_phone", "guardianship", "focus"))
)


# --- CSV in GBK, full-width digits, classes as 302班 --------------------------------------------------------------------


def _csv(school: Invented, folder: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        "班级 姓名 身份证号码 学籍号 民族 家庭详细地址 父亲姓名 父亲手机 父亲打工地点 母亲姓名 母亲手机 母亲打工地点 监护人姓名 监护人与学生关系 监护人年龄".split()
    )
    for child in school.left:
        t = child.truth
        writer.writerow(
            [f"{child.place[0]}0{child.place[1]}班", t["name"], wide(t["id_card"]), t["student_no"], t["ethnicity"], t["home_address"], t["father_name"], wide(t["father_phone"]), t["father_work_address"],
             t["mother_name"], t["mother_phone"], t["mother_work_address"] or "在家", t["guardian_name"], t["guardian_relation"], t["guardian_age"]]
        )  # fmt: skip
    (folder / "留守儿童名册.csv").write_bytes(out.getvalue().encode("gbk"))


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


CSV_HELD = (
    *WHO, "category", "ethnicity", "home_address", *MEMBERS, "father_work_address", "mother_work_address", "mother_status", "father_status", "guardian_name", "guardian_relation", "guardian_age", "guardianship",
)  # fmt: skip


# --- lines that name a class, the head once more on each page ----------------------------------------------------------


def _banners(school: Invented, folder: Path) -> None:
    head = ["序号", "姓名", "性别", "身份证号", "健康", "监护人姓名", "称谓", "监护人联系方式", "家庭住址"]
    rows: list[list[Any]] = [["2026—2027学年度留守儿童登记册"]]
    for place in sorted(school.heads):
        own = [c for c in school.left if c.place == place]
        rows += [[f"班级：{short(place)}　班主任：{school.heads[place]}　人数：{len(own)}人"], head]
        for number, child in enumerate(own, 1):
            t = child.truth
            rows.append(
                [
                    number,
                    t["name"],
                    t["sex"],
                    t["id_card"].replace("X", "x"),
                    "",
                    t["guardian_name"],
                    t["guardian_relation"],
                    t["guardian_phone"],
                    t["home_address"],
                ]
            )
        rows += [["合计", f"{len(own)}人"], []]
    save(folder / "登记册.xlsx", {"登记册": rows})


BANNERS_HELD = (
    "name",
    "id_card",
    *FROM_ID,
    "category",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "guardianship",
    "home_address",
)


# --- the export, a class list and a staff list --------------------------------------------------------------------------


def _lists(school: Invented, folder: Path) -> None:
    _export(school, folder)
    staff: list[list[Any]] = [
        ["云溪镇中心学校教职工花名册"],
        ["序号", "姓名", "性别", "工号", "岗位", "任教学科", "联系电话", "备注"],
    ]
    staff += [
        [n, t["name"], "女", t["staff_no"], t["post"], t["subject"], t["phone"], ""]
        for n, t in enumerate(school.staff, 1)
    ]
    save(folder / "教师名单.xlsx", {"Sheet1": staff})
    classes: list[list[Any]] = [["班级设置情况"], ["班级", "班主任", "学生人数", "教室"]]
    classes += [
        [short(place), school.heads[place], school.counts[place], f"{n}01"]
        for n, place in enumerate(sorted(school.heads), 1)
    ]
    save(folder / "班级.xlsx", {"Sheet1": [*classes, ["合计", "", sum(school.counts.values())]]})


# --- last year's 台账, in last year's classes, beside this year's export -------------------------------------------------


def _last_year(school: Invented, folder: Path) -> None:
    _export(school, folder)
    rows: list[list[Any]] = [
        ["2025-2026学年留守儿童台账"],
        ["班级", "姓名", "身份证号", "监护人", "与学生关系", "监护人职业", "父亲务工单位"],
    ]
    for child in school.left:
        t = child.truth
        rows.append(
            [
                short((child.place[0] - 1, child.place[1])),
                t["name"],
                t["id_card"],
                t["guardian_name"],
                nickname(t["guardian_relation"]),
                t["guardian_job"],
                t["father_employer"],
            ]
        )
    save(folder / "上年台账.xlsx", {"台账": rows})


LAST_HELD = tuple(
    dict.fromkeys(
        (*EXPORT_HELD, "guardian_name", "guardian_relation", "guardianship", "guardian_job", "father_employer")
    )
)


# --- many children on one sheet, each a block of labels, with a table of the family inside -----------------------------


def _blocks(school: Invented, folder: Path) -> None:
    rows: list[list[Any]] = []
    for child in school.left:
        t = child.truth
        rows += [
            ["留守儿童档案卡"],
            ["学生姓名", t["name"], "班级", class_text(child.place), "身份证号码", t["id_card"]],
            ["性格特征", t["personality"], "兴趣爱好", t["interests"], "就读方式", t["boarding"]],
            ["家庭成员", "称谓", "姓名", "工作单位", "联系电话"],
            ["", "父亲", t["father_name"], t["father_employer"] or "", t["father_phone"]],
            ["", "母亲", t["mother_name"], "", t["mother_phone"]],
            ["监护人姓名", t["guardian_name"], "监护人电话", t["guardian_phone"], "与学生关系", t["guardian_relation"]],
            [],
        ]
    save(folder / "档案卡.xlsx", {"档案卡": rows})


BLOCKS_HELD = (
    "name",
    "id_card",
    *FROM_ID,
    "category",
    "personality",
    "interests",
    "boarding",
    *MEMBERS,
    "father_employer",
    "guardian_name",
    "guardian_phone",
    "guardian_relation",
    "guardianship",
)

LAYOUTS = (
    Layout("学籍导出", _export, EXPORT_HELD),
    Layout("两行表头", _two_rows, TWO_ROWS_HELD),
    Layout("一班一表", _sheet_a_class, SHEETS_HELD, has_heads=True),
    Layout("一人一表", _form, FORM_HELD),
    Layout("写年龄", _with_ages, AGES_HELD),
    Layout("GBK文本", _csv, CSV_HELD),
    Layout("班级行", _banners, BANNERS_HELD, has_heads=True),
    Layout("教职工和班级", _lists, EXPORT_HELD, ("name", "staff_no", "post", "subject", "phone"), has_heads=True),
    Layout("上年台账", _last_year, LAST_HELD),
    Layout("档案卡", _blocks, BLOCKS_HELD),
)


def left_of(school: Invented) -> dict[tuple[tuple[int, int], str], Child]:
    return {(child.place, child.name): child for child in school.left}
