"""Still more of what schools hold: rows that go on, sources that contradict each other, lists of other schools."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl

from starting.columns import Spec, grade_word, head, line, lines, nothing, relation, word
from starting.layouts import MEMBERS, Layout, save, short
from starting.more_layouts import GUARDIAN, ID
from starting.more_mixed import NEW, OLD, _short_of_old
from starting.truth import Invented

Columns = Sequence[tuple[str, Spec]]
_BASE: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"))
_CARE: Columns = (("监护人", "guardian_name"), ("与学生关系", relation), ("监护人电话", "guardian_phone"))


def _ledger(school: Invented, folder: Path, name: str = "台账.xlsx", columns: Columns = (*_BASE, *_CARE), *, title: str = "留守儿童台账", saved: datetime = NEW) -> None:  # fmt: skip
    save(folder / name, {"Sheet1": [[title], head(columns), *lines(school.left, columns)]}, saved=saved)


# --- two rows a child: the father in one, the mother in the next ----------------------------------------------------------


def _two_rows_each(school: Invented, folder: Path, *, is_merged: bool = True) -> None:
    top = ["序号", "班级", "姓名", "性别", "家庭主要成员", "", "", "", "监护人", ""]
    low = ["", "", "", "", "称谓", "姓名", "务工地点", "联系电话", "姓名", "关系"]
    rows: list[list[Any]] = [["留守儿童家庭情况表"], top, low]
    merged = ["E2:H2", "I2:J2", *(f"{c}2:{c}3" for c in "ABCD")]
    for n, c in enumerate(school.left, 1):
        t = c.truth
        first = len(rows) + 1
        rows.append([n, short(c.place), t["name"], t["sex"], "父亲", t["father_name"], t["father_work_address"], t["father_phone"], t["guardian_name"], relation(c)])  # fmt: skip
        rows.append(["", "", "", "", "母亲", t["mother_name"], t["mother_work_address"], t["mother_phone"], "", ""])
        merged += [f"{column}{first}:{column}{first + 1}" for column in "ABCDIJ"]
    save(folder / "家庭情况.xlsx", {"Sheet1": rows}, {"Sheet1": merged if is_merged else merged[:6]})


ROWS_HELD = ("name", "sex", "category", *MEMBERS, "father_work_address", "mother_work_address", "guardian_name", "guardian_relation", "guardianship")  # fmt: skip

# --- field codes alone, numbers as ="…" ----------------------------------------------------------------------------------


def _codes(school: Invented, folder: Path) -> None:
    columns: Columns = (("XXMC", word("云溪镇中心学校")), ("XM", "name"), ("XBM", lambda c: "1" if c.truth["sex"] == "男" else "2"), ("CSRQ", lambda c: f"{c.truth['birth_date']:%Y%m%d}"), ("SFZJH", lambda c: f'="{c.truth["id_card"]}"'), ("XJH", lambda c: f'="{c.truth["student_no"]}"'), ("NJMC", grade_word), ("BJMC", lambda c: f"{c.place[1]}班"), ("JTZZ", "home_address"), ("SFLSET", lambda c: c.kind))  # fmt: skip
    out = io.StringIO()
    csv.writer(out).writerows([head(columns), *lines(school.children, columns)])
    (folder / "export.csv").write_bytes(out.getvalue().encode("utf-8-sig"))


# --- two terms' 台账: who is not in the newer one waits --------------------------------------------------------------------


def _two_terms(school: Invented, folder: Path) -> None:
    old: Columns = (("班级", _short_of_old), *_BASE[1:], *_CARE)
    back = [c for c in school.children if not c.is_left][:5]  # whose parents have come back since
    rows = [["2026年春季学期留守儿童台账"], head(old), *lines([*school.left, *back], old)]
    save(folder / "留守台账（春）.xlsx", {"Sheet1": rows}, saved=OLD)
    _ledger(school, folder, "留守台账（秋）.xlsx", _BASE, title="2026年秋季学期留守儿童台账")


# --- the list of a whole district, of which the school is one ---------------------------------------------------------------


def _district(school: Invented, folder: Path) -> None:
    columns: Columns = (("学校", word("云溪镇中心学校")), *_BASE, *_CARE)
    others = [["白石村小学", "三（1）班", f"{'赵钱孙李'[n]}小白", "", "赵大白", "爷爷", ""] for n in range(4)]
    rows = [["云溪镇学区留守儿童统计表"], head(columns), *lines(school.left, columns), *others]
    save(folder / "学区.xlsx", {"Sheet1": rows})


# --- a hidden sheet of years ago, a copy of the file ------------------------------------------------------------------------


def _hidden(school: Invented, folder: Path) -> None:
    columns = (*_BASE, *_CARE)
    gone = [["三（1）班", "冯立夏", "", "冯大山", "爷爷", "19900001111"]]
    title = ["留守儿童台账"]
    save(folder / "台账.xlsx", {"台账": [title, head(columns), *lines(school.left, columns)], "旧": [title, head(columns), *gone]})  # fmt: skip
    book = openpyxl.load_workbook(folder / "台账.xlsx")
    book["旧"].sheet_state = "hidden"
    for row in range(5, 9):
        book["台账"].row_dimensions[row].hidden = True
    book.save(folder / "台账.xlsx")
    shutil.copy(folder / "台账.xlsx", folder / "台账 - 副本.xlsx")
    (folder / "~$台账.xlsx").write_bytes(b"lock")


# --- sections within a list ------------------------------------------------------------------------------------------------


def _sections(school: Invented, folder: Path) -> None:
    columns: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"), ("父亲电话", lambda c: f"{c.truth['father_phone']}（父）"), ("监护人", lambda c: f"{c.truth['guardian_name']}（{relation(c)}）"), ("监护人电话", lambda c: f"{relation(c)}{c.truth['guardian_phone']}"), ("变化", nothing))  # fmt: skip
    some, rest = school.left[:10], school.left[10:]
    rows: list[list[Any]] = [["留守儿童动态管理台账"], ["例", "", "", "", "", "", ""], head(columns), ["一、双亲外出"]]
    rows += [*lines(some, columns), ["二、单亲外出"], *lines(rest, columns)]
    rows += [["三、本学期已转出的留守儿童"], ["三（1）班", "冯立夏", "", "19900001111", "", "", ""]]
    rows += [["四、其他"], ["三(2)班", "褚海棠", "", "", "", "", "已随父母转学"], ["", "", "", "", "", "", ""]]
    save(folder / "动态.xlsx", {"Sheet1": rows})


# --- by teachers: whom each of them helps ------------------------------------------------------------------------------------


def _by_teacher(school: Invented, folder: Path) -> None:
    columns: Columns = (("留守儿童姓名", "name"), ("班级", lambda c: short(c.place)), ("身份证号", "id_card"))
    rows: list[list[Any]] = [["教师结对帮扶留守儿童安排表"], ["序号", "帮扶教师", "联系电话", *head(columns), "备注"]]
    merged = []
    own = school.left
    for n, teacher in enumerate(school.staff):
        some = own[n::8]
        first = len(rows) + 1
        for k, c in enumerate(some):
            c.truth["helper_teacher"] = teacher["name"]
            rows.append([n + 1 if k == 0 else "", teacher["name"] if k == 0 else "", teacher["phone"] if k == 0 else "", *line(c, columns), ""])  # fmt: skip
        merged += [f"{column}{first}:{column}{len(rows)}" for column in "ABC"]
    save(folder / "结对安排.xlsx", {"Sheet1": rows}, {"Sheet1": merged})


# --- left-behind and other children on one list, with what each is; classes by a table of counts ------------------------------


def _kinds(school: Invented, folder: Path) -> None:
    columns: Columns = (("序号", nothing), *_BASE, ("儿童类别", lambda c: ("困境儿童", "单亲留守", "双亲留守")[c.kind]), *_CARE)  # fmt: skip
    rows = [["农村留守儿童和困境儿童信息台账"], head(columns), *lines(school.children, columns)]
    save(folder / "两类儿童.xlsx", {"Sheet1": rows})
    counts: list[list[Any]] = [["2026年秋季各年级班级人数"], ["年级", "1班", "2班", "合计"]]
    counts += [["三年级", 12, 12, 24], ["四年级", 12, "", 12], ["六年级", 12, "", 12]]
    save(folder / "人数.xlsx", {"Sheet1": counts})


def _strange_cells(school: Invented, folder: Path) -> None:
    """Cells that say something else than what was asked; none of it may be taken for a fact."""
    words = ("随母改嫁", "不详", "/", "常年在外", "失联", "同上", "李大田 19900001111", "", "无", "#N/A", "服刑", "外出务工")
    odd = {id(c): words[n % len(words)] for n, c in enumerate(school.left)}
    for c in school.left:
        if odd[id(c)] == "失联":
            c.truth |= {"father_status": "失联", "father_name": "—", "father_phone": "—", "father_work_address": None, "father_employer": None}  # fmt: skip
    columns: Columns = (*_BASE, ("父亲姓名", lambda c: odd[id(c)]), ("父亲电话", lambda c: "" if odd[id(c)] == "失联" else odd[id(c)].replace("李大田", "李某")), ("父亲务工地址", lambda c: {"不详": "不详", "/": "打工"}.get(odd[id(c)], "")), *_CARE)  # fmt: skip
    _ledger(school, folder, columns=columns)


ODD = (
    Layout("一人两行", _two_rows_each, ROWS_HELD),
    Layout("两行不合并", partial(_two_rows_each, is_merged=False), ROWS_HELD),
    Layout("只有代码", _codes, (*ID, "student_no", "home_address")),
    Layout("两期台账", _two_terms, (*ID, *GUARDIAN)),
    Layout("学区台账", _district, (*ID, *GUARDIAN)),
    Layout("隐藏旧表", _hidden, (*ID, *GUARDIAN)),
    Layout("分段台账", _sections, (*ID, "father_phone", *GUARDIAN)),
    Layout("按教师结对", _by_teacher, ID, pairs=("helper_teacher",)),
    Layout("两类儿童", _kinds, (*ID, *GUARDIAN)),
    Layout("怪格子", _strange_cells, (*ID, *GUARDIAN)),
)
