"""What is told in words of one's own: sentences in cells, classes by the year of entry, who looks after whom."""

from __future__ import annotations

import csv
import io
from functools import partial
from pathlib import Path

import openpyxl

from starting.columns import Spec, head, in_class, lines, nothing, relation
from starting.layouts import MEMBERS, Layout, save, short
from starting.more_layouts import GUARDIAN, ID
from starting.more_mixed import NEW
from starting.systems import BASE, CARE, Columns, Rows, listed
from starting.truth import Child, Invented, class_text, invented_school
from starting.village_habits import turns


def _parents_in_words(school: Invented, folder: Path) -> None:
    """父亲 | 李大田，1380…，在广东打工."""

    def told(parent: str) -> Spec:
        def written(c: Child) -> str:
            place = c.truth[f"{parent}_work_address"]
            return f"{c.truth[f'{parent}_name']}，{c.truth[f'{parent}_phone']}，{f'在{place}打工' if place else '在家务农'}"

        return written

    listed(school, folder, (*BASE, ("父亲", told("father")), ("母亲", told("mother")), *CARE))


PARENTS_HELD = (*ID, *MEMBERS, "father_status", "mother_status", *GUARDIAN)


def _family_answers(school: Invented, folder: Path) -> None:
    """家长（监护人）: who looks after the child, with his relation beside."""
    columns = (*BASE, ("家长（监护人）姓名", "guardian_name"), ("与学生关系", relation), ("家长（监护人）联系电话", "guardian_phone"))
    listed(school, folder, columns)


def _asks_both(school: Invented, folder: Path) -> None:
    columns = (*BASE, ("父母是否均外出", lambda c: "是" if c.kind == 2 else "否"), *CARE)
    listed(school, folder, columns)


def _away_in_words(school: Invented, folder: Path) -> None:
    """父母外出务工情况 | 父亲在东海省务工，母亲在家."""

    def told(c: Child) -> str:
        places = [(who, c.truth[f"{parent}_work_address"]) for who, parent in (("父亲", "father"), ("母亲", "mother"))]
        return "，".join(f"{who}在{place}务工" if place else f"{who}在家" for who, place in places)

    listed(school, folder, (*BASE, ("父母外出务工情况", told), *CARE))


AWAY_HELD = (*ID, *GUARDIAN, "father_status", "mother_status", "father_work_address", "mother_work_address")


def _total_on_top(school: Invented, folder: Path) -> None:
    columns = (("序号", nothing), *BASE, *CARE)
    rows: Rows = [["留守儿童台账"], head(columns), ["合计", "", f"{len(school.left)}人"], *lines(school.left, columns)]
    save(folder / "台账.xlsx", {"Sheet1": rows}, saved=NEW)


def _days_in_words(school: Invented, folder: Path) -> None:
    """When they went, as nobody can put on a day: nothing of it is filled."""
    written = turns(*(lambda _, text=text: text for text in ("春节后", "去年3月", "2024年底", "多年", "3月", "不详", "正月十五", "24.3", "2024年春")))  # fmt: skip
    listed(school, folder, (*BASE, ("父亲外出时间", written), *CARE))


_JUNIOR = partial(invented_school, places=((7, 1), (7, 2), (8, 1), (9, 3)))


def _by_year_and_number(school: Invented, folder: Path) -> None:
    """2601班: the first class of those who entered in 2026."""
    listed(school, folder, (("班级", lambda c: f"{(2033 - c.place[0]) % 100}{c.place[1]:02d}班"), *BASE[1:], *CARE))


def _with_helpers(school: Invented, folder: Path) -> None:
    """A 台账 that names who helps in its last columns, his telephone beside."""
    for n, c in enumerate(school.left):
        c.truth["helper_teacher"] = school.staff[n % len(school.staff)]["name"]
    phones = {t["name"]: t["phone"] for t in school.staff}
    columns = (*BASE, *CARE, ("包保教师", "helper_teacher"), ("职务", lambda _: "教师"), ("联系电话", lambda c: phones[c.truth["helper_teacher"]]), ("结对帮扶时间", lambda _: "2026.9"))  # fmt: skip
    listed(school, folder, columns)


def _texts_by_class(school: Invented, folder: Path) -> None:
    columns = (("序号", nothing), *BASE[1:], *CARE)
    for place in sorted(school.heads):
        out = io.StringIO()
        csv.writer(out).writerows([head(columns), *lines(in_class(school.left, place), columns)])
        (folder / f"{class_text(place)}留守儿童.csv").write_bytes(out.getvalue().encode("gbk"))


def _nothing_there(school: Invented, folder: Path) -> None:
    """无, /, 不详, —, 0 where there is no answer; 无 is nobody's name."""
    for c in school.left[::2]:
        c.truth |= {"mother_name": None, "mother_phone": None, "father_phone": None, "home_address": None}
    words = ("无", "/", "不详", "——", "0", "暂无", "无。", "空", "没有", "-")

    def of(key: str) -> Spec:
        seen: dict[int, int] = {}
        return lambda c: c.truth[key] or words[seen.setdefault(id(c), len(seen)) % len(words)]

    listed(school, folder, (*BASE, ("家庭住址", of("home_address")), ("父亲姓名", "father_name"), ("父亲电话", of("father_phone")), ("母亲姓名", of("mother_name")), ("母亲电话", of("mother_phone")), *CARE))  # fmt: skip


def _hidden_numbers(school: Invented, folder: Path) -> None:
    listed(school, folder, (*BASE, *CARE))
    book = openpyxl.load_workbook(folder / "台账.xlsx")
    book["Sheet1"].column_dimensions["C"].hidden = True
    book["Sheet1"].row_dimensions[2].height = 60
    for cell in book["Sheet1"][2]:
        cell.value = "\n".join(str(cell.value))  # written downwards, a letter a line
    book.save(folder / "台账.xlsx")


def _groups_of_contacts(school: Invented, folder: Path) -> None:
    """联系方式 over 父亲, 母亲, 监护人; 监护人 over 姓名 and 关系; no merged cells at all."""
    top = ["序号", "班级", "姓名", "身份证号", "监护人", "", "联系方式", "", ""]
    low = ["", "", "", "", "姓名", "关系", "父亲", "母亲", "监护人"]
    rows: Rows = [["留守儿童联系表"], top, low]
    for n, c in enumerate(school.left, 1):
        t = c.truth
        rows.append([n, short(c.place), c.name, t["id_card"], t["guardian_name"], relation(c), t["father_phone"], t["mother_phone"], t["guardian_phone"]])  # fmt: skip
    save(folder / "联系表.xlsx", {"Sheet1": rows}, saved=NEW)


def _in_families(school: Invented, folder: Path) -> None:
    """户主 merged over the children of a house, the village in the sheet's name."""
    columns: Columns = (("班级", lambda c: short(c.place)), ("姓名", "name"), ("身份证号", "id_card"), ("与户主关系", lambda c: "孙子" if c.truth["sex"] == "男" else "孙女"), *CARE)  # fmt: skip
    sheets: dict[str, Rows] = {}
    for village in sorted({c.truth["village"] for c in school.left}):
        own = [c for c in school.left if c.truth["village"] == village]
        sheets[village] = [[f"{village}留守儿童登记表"], ["户主", *head(columns)], *(["赵老七", *row] for row in lines(own, columns))]  # fmt: skip
    save(folder / "各村.xlsx", sheets, saved=NEW)


WORDS = (
    Layout("父母写成话", _parents_in_words, PARENTS_HELD),
    Layout("家长即监护人", _family_answers, (*ID, *GUARDIAN)),
    Layout("问是否均外出", _asks_both, (*ID, *GUARDIAN)),
    Layout("外出写成话", _away_in_words, AWAY_HELD),
    Layout("合计在上", _total_on_top, (*ID, *GUARDIAN)),
    Layout("日期写成话", _days_in_words, (*ID, *GUARDIAN)),
    Layout("2601班", _by_year_and_number, (*ID, *GUARDIAN), school=_JUNIOR),
    Layout("台账带帮扶", _with_helpers, (*ID, *GUARDIAN), pairs=("helper_teacher",)),
    Layout("一班一文本", _texts_by_class, (*ID, *GUARDIAN)),
    Layout("没有的写无", _nothing_there, (*ID, *MEMBERS, "home_address", *GUARDIAN)),
    Layout("隐藏号码竖列名", _hidden_numbers, (*ID, *GUARDIAN)),
    Layout("联系方式在上", _groups_of_contacts, (*ID, "father_phone", "mother_phone", *GUARDIAN)),
    Layout("一户一格", _in_families, (*ID, *GUARDIAN)),
)
