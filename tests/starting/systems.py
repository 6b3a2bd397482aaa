"""Papers of systems and of bureaus: exports of 学籍 and 民政, lists for many schools, matrices of ticks."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl

from starting.columns import Spec, day, grade_word, head, in_class, line, lines, nothing, relation, word
from starting.layouts import MEMBERS, Layout, save, short
from starting.more_layouts import GUARDIAN, ID
from starting.more_mixed import NEW
from starting.truth import GRADE_WORDS, Child, Invented, class_text, invented_school

Columns = Sequence[tuple[str, Spec]]
Rows = list[list[Any]]
BASE: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"))
CARE: Columns = (("监护人", "guardian_name"), ("与学生关系", relation), ("监护人电话", "guardian_phone"))


def listed(school: Invented, folder: Path, columns: Columns, *, title: str = "留守儿童台账", name: str = "台账.xlsx", of_all: bool = False, top: Rows = []) -> None:  # fmt: skip # noqa: B006
    """Write one table below its title: a row a left-behind child, `of_all`: a row a child of the school."""
    children = school.children if of_all else school.left
    save(folder / name, {"Sheet1": [[title], *top, head(columns), *lines(children, columns)]}, saved=NEW)


# --- the 学籍 system's newer export: two guardians by law, codes beside words -------------------------------------------


def _two_guardians(school: Invented, folder: Path) -> None:
    """The guardians by law are the parents; who looks after the child stands in the 台账 beside it."""
    columns: Columns = (
        ("学校标识码", word("5299001234")), ("学校名称", word("示例县云溪镇中心学校（虚构）")), ("个人标识码", lambda c: f"P{c.truth['id_card'][-8:]}"), ("学籍主号", "student_no"), ("学籍辅号", nothing),
        ("姓名", "name"), ("姓名拼音", word("zhangsan")), ("曾用名", nothing), ("性别码", lambda c: "1" if c.truth["sex"] == "男" else "2"), ("出生日期", day("%Y-%m-%d")), ("身份证件类型码", word("1")), ("身份证件号码", "id_card"),
        ("民族", "ethnicity"), ("健康状况", "health"), ("政治面貌", word("少先队员")), ("户口性质", word("农业家庭户口")), ("现住址", "home_address"), ("年级名称", grade_word), ("班级名称", lambda c: f"{grade_word(c)}{c.place[1]}班"), ("就读方式", "boarding"),
        ("是否留守儿童", lambda c: ("非留守儿童", "单亲留守儿童", "双亲留守儿童")[c.kind]), ("是否进城务工人员随迁子女", word("否")), ("是否孤儿", word("否")), ("是否残疾人", word("否")),
        ("监护人1姓名", "father_name"), ("监护人1关系", word("父亲")), ("监护人1联系电话", "father_phone"), ("监护人1是否监护人", word("是")), ("监护人2姓名", "mother_name"), ("监护人2关系", word("母亲")), ("监护人2联系电话", "mother_phone"), ("监护人2是否监护人", word("是")),
    )  # fmt: skip
    save(folder / "学生基本信息.xlsx", {"Sheet0": [head(columns), *lines(school.children, columns)]}, saved=NEW)


def _first_second(school: Invented, folder: Path) -> None:
    columns: Columns = (
        *BASE, ("第一监护人姓名", "father_name"), ("第一监护人关系", word("父亲")), ("第一监护人电话", "father_phone"), ("第二监护人姓名", "mother_name"), ("第二监护人关系", word("母亲")), ("第二监护人电话", "mother_phone"),
        ("实际监护人", "guardian_name"), ("与学生关系", relation), ("实际监护人电话", "guardian_phone"),
    )  # fmt: skip
    listed(school, folder, columns)


# --- the civil affairs' system of left-behind children --------------------------------------------------------------------


def _civil(school: Invented, folder: Path) -> None:
    columns: Columns = (
        ("行政区划", word("示例县云溪镇")), ("儿童姓名", "name"), ("性别", "sex"), ("民族", "ethnicity"), ("身份证件号码", "id_card"), ("出生日期", day("%Y-%m-%d")), ("户籍地址", word("示例县云溪镇白石村")), ("现居住地址", "home_address"), ("健康状况", "health"),
        ("就学情况", word("小学")), ("就读学校", word("云溪镇中心学校")), ("年级", grade_word), ("班级", lambda c: f"{c.place[1]}班"), ("父亲姓名", "father_name"), ("父亲身份证件号码", nothing), ("父亲联系方式", "father_phone"), ("父亲务工所在地", "father_work_address"),
        ("母亲姓名", "mother_name"), ("母亲身份证件号码", nothing), ("母亲联系方式", "mother_phone"), ("母亲务工所在地", "mother_work_address"), ("监护情况", lambda c: f"{c.truth['guardianship']}监护"),
        ("委托监护人姓名", "guardian_name"), ("与儿童关系", relation), ("委托监护人身份证件号码", nothing), ("委托监护人联系方式", "guardian_phone"), ("委托监护人健康状况", "guardian_health"), ("是否签订委托监护责任确认书", word("是")), ("是否纳入低保", word("否")), ("走访人", word("周小雨")), ("采集日期", word("2026-08-20")),
    )  # fmt: skip
    save(folder / "农村留守儿童信息.xlsx", {"导出数据": [head(columns), *lines(school.left, columns)]}, saved=NEW)


CIVIL_HELD = (*ID, "ethnicity", "home_address", "health", *MEMBERS, "father_work_address", "mother_work_address", *GUARDIAN, "guardian_health")  # fmt: skip


# --- what stands above, and whose below: 姓名 over 父亲, 母亲, 监护人 -----------------------------------------------------


def _turned_groups(school: Invented, folder: Path) -> None:
    top = ["序号", "班级", "学生姓名", "身份证号", "家长姓名", "", "", "联系电话", "", "", "外出务工地点", ""]
    low = ["", "", "", "", "父亲", "母亲", "监护人", "父亲", "母亲", "监护人", "父亲", "母亲"]
    rows: Rows = [["留守儿童基本情况登记表"], top, low]
    for n, c in enumerate(school.left, 1):
        t = c.truth
        rows.append([n, short(c.place), c.name, t["id_card"], t["father_name"], t["mother_name"], t["guardian_name"], t["father_phone"], t["mother_phone"], t["guardian_phone"], t["father_work_address"], t["mother_work_address"]])  # fmt: skip
    save(folder / "登记表.xlsx", {"Sheet1": rows}, {"Sheet1": ["E2:G2", "H2:J2", "K2:L2", "A2:A3", "B2:B3", "C2:C3", "D2:D3"]}, NEW)  # fmt: skip


TURNED_HELD = (*ID, *MEMBERS, "guardian_name", "guardian_phone", "father_work_address", "mother_work_address")


# --- matrices of ticks ------------------------------------------------------------------------------------------------


def _matrix(school: Invented, folder: Path) -> None:
    """A tick below 男 or 女, 走读 or 住校, and below the kind of guardian."""
    top = ["序号", "班级", "姓名", "身份证号", "性别", "", "就读方式", "", "监护类型", "", "", "监护人姓名"]
    low = ["", "", "", "", "男", "女", "走读", "住校", "祖父母", "外祖父母", "其他亲属", ""]
    rows: Rows = [["留守儿童分类登记表"], top, low]
    for n, c in enumerate(school.left, 1):
        t = c.truth
        ticks = [(t["sex"], "男"), (t["sex"], "女"), (t["boarding"], "走读"), (t["boarding"], "住校")]
        ticks += [(t["guardianship"], one) for one in ("祖父母", "外祖父母", "其他亲属")]
        rows.append([n, short(c.place), c.name, t["id_card"], *("√" if said == own else "" for said, own in ticks), t["guardian_name"]])  # fmt: skip
    merged = ["E2:F2", "G2:H2", "I2:K2", *(f"{c}2:{c}3" for c in "ABCDL")]
    save(folder / "分类.xlsx", {"Sheet1": rows}, {"Sheet1": merged}, NEW)


# --- many schools: a line a school, a merged cell a school ----------------------------------------------------------------


def _schools_in_lines(school: Invented, folder: Path) -> None:
    columns = (*BASE, *CARE)
    other = invented_school(41, 3)
    rows: Rows = [["云溪学区留守儿童花名册"], head(columns), ["云溪镇中心学校"], *lines(school.left, columns), ["小计", "", len(school.left)]]  # fmt: skip
    rows += [["白石村小学"], *lines(other.left, columns), ["小计", "", len(other.left)]]
    save(folder / "学区花名册.xlsx", {"Sheet1": rows}, saved=NEW)
    classes = [["学校", "班级", "班主任"], *(["云溪镇中心学校", short(p), h] for p, h in sorted(school.heads.items()))]
    save(folder / "班级.xlsx", {"Sheet1": [["班级一览"], *classes]}, saved=NEW)


def _schools_merged(school: Invented, folder: Path) -> None:
    columns = (*BASE, *CARE)
    other = invented_school(41, 3)
    rows: Rows = [["学区留守儿童统计表"], ["学校", *head(columns)]]
    merged = []
    for name, own in (("云溪镇中心学校", school.left), ("白石村小学", other.left)):
        merged.append(f"A{len(rows) + 1}:A{len(rows) + len(own)}")
        rows += [[name if n == 0 else "", *line(c, columns)] for n, c in enumerate(own)]
    save(folder / "学区统计.xlsx", {"Sheet1": rows}, {"Sheet1": merged}, NEW)


# --- a roster that is filtered: rows of other children are hidden -----------------------------------------------------------


def _filtered(school: Invented, folder: Path) -> None:
    columns: Columns = (*BASE, ("是否留守", lambda c: "是" if c.is_left else "否"), *CARE)
    listed(school, folder, columns, title="学生信息表", of_all=True)
    book = openpyxl.load_workbook(folder / "台账.xlsx")
    sheet = book["Sheet1"]
    sheet.auto_filter.ref = f"A2:G{sheet.max_row}"
    sheet.auto_filter.add_filter_column(3, ["是"])
    for row in range(3, sheet.max_row + 1):
        sheet.row_dimensions[row].hidden = sheet.cell(row, 4).value == "否"
    lists = book.create_sheet("数据字典")
    for row in (["民族", "是否", "监护人关系"], ["汉族", "是", "祖父"], ["苗族", "否", "祖母"], ["彝族", "", "外祖父"]):
        lists.append(row)
    lists.sheet_state = "hidden"
    book.save(folder / "台账.xlsx")


# --- a text of semicolons, heads with a break in quotes, numbers as ="…" ---------------------------------------------------


def _semicolons(school: Invented, folder: Path) -> None:
    columns: Columns = (("班级\n名称", lambda c: class_text(c.place)), ("姓名", "name"), ("身份证\n号码", lambda c: f'="{c.truth["id_card"]}"'), ("监护人\n姓名", "guardian_name"), ("监护人\n与学生关系", relation), ("监护人\n电话", lambda c: f'="{c.truth["guardian_phone"]}"'))  # fmt: skip
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["留守儿童名单"], head(columns), *lines(school.left, columns)])
    (folder / "留守儿童名单.csv").write_bytes(out.getvalue().encode("gbk"))


# --- birthdays and sexes by formulas, as WPS leaves them ----------------------------------------------------------------------


def _formulas(school: Invented, folder: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(folder / "台账.xlsx")
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, ["2026年秋季留守儿童台账"])
    sheet.write_row(1, 0, ["序号", "班级", "姓名", "身份证号", "性别", "出生日期", "年龄", *head(CARE)])
    for n, c in enumerate(school.left, 3):
        t = c.truth
        sheet.write_formula(n - 1, 0, "=ROW()-2", None, n - 2)
        sheet.write_row(n - 1, 1, [short(c.place), c.name, t["id_card"]])
        sheet.write_formula(n - 1, 4, f'=IF(MOD(MID(D{n},17,1),2),"男","女")', None, t["sex"])
        sheet.write_formula(n - 1, 5, f'=TEXT(MID(D{n},7,8),"0-00-00")', None, f"{t['birth_date']:%Y-%m-%d}")
        sheet.write_formula(n - 1, 6, f'=DATEDIF(F{n},TODAY(),"y")', None, 2026 - t["birth_date"].year)
        sheet.write_row(n - 1, 7, line(c, CARE))
    book.close()


# --- what the school needs beside: a summary, a cover, a page of rules in the same workbook ----------------------------------


def _with_summary(school: Invented, folder: Path) -> None:
    columns = (("序号", nothing), *BASE, *CARE)
    sheets: dict[str, Rows] = {
        "封面": [["云溪镇中心学校"], ["留守儿童关爱工作台账"], ["2026年秋季学期"], ["负责人：赵大山　电话：19900001234"]],
        "汇总": [["留守儿童人数汇总表"], ["班级", "班主任", "总人数", "留守儿童数", "双亲外出", "单亲外出"], *([short(p), school.heads[p], school.counts[p], len(in_class(school.left, p)), "", ""] for p in sorted(school.heads)), ["合计", "", sum(school.counts.values()), len(school.left)]],
        "制度": [["留守儿童关爱制度"], ["一、班主任每月与留守儿童谈心一次。"], ["二、建立留守儿童档案。"]],
    }  # fmt: skip
    for place in sorted(school.heads):
        own = in_class(school.left, place)
        sheets[short(place)] = [[f"{short(place)}留守儿童名册"], head(columns), *lines(own, columns)]
    save(folder / "关爱台账.xlsx", sheets, saved=NEW)


# --- visits and talks beside a 台账: their teachers and days are nobody's facts ------------------------------------------------


def _visits(school: Invented, folder: Path) -> None:
    teachers = [t["name"] for t in school.staff]
    rows = [[n, f"2026年5月{n % 28 + 1}日", c.name, short((max(c.place[0] - 1, 1), c.place[1])), c.truth["mother_name"], teachers[n % 8], "了解家庭情况", "19933334444"] for n, c in enumerate(school.left, 1)]  # fmt: skip
    save(folder / "家访登记.xlsx", {"Sheet1": [["2026年春季学期家访登记表"], ["序号", "家访日期", "学生姓名", "班级", "被访家长", "家访教师", "家访内容", "家长电话"], *rows]}, saved=NEW)  # fmt: skip
    listed(school, folder, (*BASE, *CARE))


def _grouped_pairs(school: Invented, folder: Path) -> None:
    """A teacher's cell merged over the children whom he helps, his telephone beside it."""
    for n, c in enumerate(school.left):
        c.truth["helper_teacher"] = school.staff[n // 3 % len(school.staff)]["name"]
    rows: Rows = [["2026年秋季教师与留守儿童结对帮扶表"], ["序号", "帮扶教师", "教师电话", "班级", "帮扶对象", "性别", "家庭住址", "结对时间"]]  # fmt: skip
    merged = []
    for n in range(0, len(school.left), 3):
        own = school.left[n : n + 3]
        first = len(rows) + 1
        for k, c in enumerate(own):
            teacher = next(t for t in school.staff if t["name"] == c.truth["helper_teacher"])
            rows.append([n + k + 1, teacher["name"] if k == 0 else "", teacher["phone"] if k == 0 else "", short(c.place), c.name, c.truth["sex"], c.truth["home_address"], "2026年9月"])  # fmt: skip
        merged += [f"{letter}{first}:{letter}{len(rows)}" for letter in "BC"]
    save(folder / "结对.xlsx", {"Sheet1": rows}, {"Sheet1": merged}, NEW)
    listed(school, folder, BASE)


# --- a class a grade, named by the grade alone --------------------------------------------------------------------------------

_SMALL = partial(invented_school, places=((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1)))


def _grades_alone(school: Invented, folder: Path) -> None:
    listed(school, folder, (("年级", grade_word), *BASE[1:], *CARE))


def _grade_classes(school: Invented, folder: Path) -> None:
    listed(school, folder, (("班级", grade_word), *BASE[1:], *CARE))


def _grade_sheets(school: Invented, folder: Path) -> None:
    columns = (("序号", nothing), *BASE[1:], *CARE)
    sheets = {f"{GRADE_WORDS[p[0] - 1]}年级": [["留守儿童名单"], head(columns), *lines(in_class(school.left, p), columns)] for p in sorted(school.heads)}  # fmt: skip
    save(folder / "名单.xlsx", sheets, saved=NEW)


def _letters(school: Invented, folder: Path) -> None:
    """三年级甲班, 三年级乙班."""

    def named(c: Child) -> str:
        return f"{grade_word(c)}{'甲乙丙丁'[c.place[1] - 1]}班"

    listed(school, folder, (("班级", named), *BASE[1:], *CARE))


SYSTEMS = (
    Layout("两名法定监护人", _two_guardians, (*ID, "student_no", "ethnicity", "health", "home_address", "boarding", "rural", *MEMBERS)),
    Layout("第一第二监护人", _first_second, (*ID, *MEMBERS, *GUARDIAN)),
    Layout("民政导出", _civil, CIVIL_HELD),
    Layout("项目在上", _turned_groups, TURNED_HELD),
    Layout("打勾矩阵", _matrix, (*ID, "boarding", "guardianship", "guardian_name")),
    Layout("一校一节", _schools_in_lines, (*ID, *GUARDIAN), has_heads=True),
    Layout("学校合并", _schools_merged, (*ID, *GUARDIAN)),
    Layout("筛选过的", _filtered, (*ID, *GUARDIAN)),
    Layout("分号文本", _semicolons, (*ID, *GUARDIAN)),
    Layout("公式生日", _formulas, (*ID, *GUARDIAN)),
    Layout("封面汇总制度", _with_summary, (*ID, *GUARDIAN), has_heads=True, counts=True),
    Layout("家访在旁", _visits, (*ID, *GUARDIAN)),
    Layout("教师合并结对", _grouped_pairs, ID, pairs=("helper_teacher",)),
    Layout("只有年级列", _grades_alone, (*ID, *GUARDIAN), school=_SMALL),
    Layout("班级写年级", _grade_classes, (*ID, *GUARDIAN), school=_SMALL),
    Layout("一级一表", _grade_sheets, (*ID, *GUARDIAN), school=_SMALL),
    Layout("甲班乙班", _letters, (*ID, *GUARDIAN)),
)  # fmt: skip
