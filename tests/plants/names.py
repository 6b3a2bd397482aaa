"""Names that are mistyped, or mean nobody, or two."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from helpers.small import NAMES, id_card
from plants.base import (
    ACTS,
    CARDS,
    CARE,
    CLASS_FILE,
    COLUMNS,
    GROWTH,
    HOME,
    ID,
    PAIRS,
    PUPILS,
    SCHOOL_FILE,
    TALKS,
    Opened,
    Plant,
    cell,
    label,
    on_files,
    row_of,
    typed,
)
from schemas import rules
from schemas.tables import FIRST_DATA_ROW


def names() -> Iterator[Plant]:
    yield from typed("name_blanks", PUPILS, "姓名", "李 小禾", "李　小禾", "李小禾\u200b", "\u00a0李小禾")
    yield from typed("name_dots", CARDS, "父亲姓名", "玉•买买提", "玉‧买买提", "玉.买买提", "玉・买买提")
    yield from typed("name_forms", TALKS, "谈心人", "王⽼师")
    yield from typed("name_rare", CARDS, "父亲姓名", "李𠮷田", "李䶮")
    yield from typed("name_number", CARDS, "父亲姓名", "8.李大田", "①李大田", "(3)李大田")
    yield from typed("name_marks", CARDS, "监护人姓名", "李老根2", "李老根*")
    both = tuple((rule, CARDS, cell(CARDS, "监护人姓名")) for rule in (rules.MARKS_IN_NAME, rules.REPAIRED))
    yield Plant("name_marks", both, {(CARDS, "监护人姓名", 0): "8.李老根2"})
    yield from typed("name_lost", CARDS, "父亲姓名", "李?田", "李□田")
    yield from typed("two_children", TALKS, "学生姓名", "李小禾、钱小河", "李小禾等3人", "李小禾，钱小河")
    first = row_of(PUPILS, 1, 姓名=NAMES[0])
    others = {(s, "学生姓名", r): NAMES[0] for s, r in ((CARDS, 1), (GROWTH, 1), (TALKS, 1))}
    numbers = {
        (s, "学籍号", r): "G" + id_card(date(2016, 3, r + 1), r + 1) for s in (CARDS, GROWTH, TALKS) for r in (0, 1)
    }
    numbers |= {
        (s, "学籍号", 3 * r + n): "G" + id_card(date(2016, 3, r + 1), r + 1)
        for s in (PAIRS, HOME)
        for r in (0, 1)
        for n in range(3)
    }
    others |= {(s, "学生姓名", 3 + n): NAMES[0] for s in (PAIRS, HOME) for n in range(3)}
    numbers |= {(CARE, "学籍号", 0): "G" + ID, (TALKS, "学籍号", 1): None, ("应入学名册", "姓名", 1): NAMES[0]}
    yield Plant("namesakes", ((rules.NAMESAKES, TALKS, cell(TALKS, "学籍号", 1)),), {**first, **others, **numbers})
    yield from typed("unknown_child", TALKS, "学生姓名", "李小和", "不认识")
    yield from typed("wrong_student_no", TALKS, "学籍号", "G" + id_card(date(2016, 3, 2), 2))
    yield from typed("list_unknown", ACTS, "参加学生", "李小禾、钱小何、孙小树")
    yield from typed("list_marks", ACTS, "参加学生", "全班", "李小禾，钱小河；孙小树", "李小禾\n钱小河\n孙小树")
    yield from typed("not_staff", PAIRS, "帮扶人", "陈老实")
    yield from typed("not_staff", TALKS, "谈心人", "黄老师")
    yield from typed("not_staff", PUPILS, "责任教师", "黄老师")
    yield Plant(
        "off_duty",
        tuple(
            (rules.NOT_ON_DUTY, sheet, cell(sheet, title, row))
            for sheet, title, row in (
                *((PAIRS, "帮扶人", n) for n in (0, 3, 6)),
                *((PUPILS, "责任教师", n) for n in range(3)),
            )
        ),
        {("教职工", "在岗", 1): "否"},
    )
    yield from typed("helps_himself", PAIRS, "帮扶人", NAMES[0], row=1)
    twice = row_of(
        GROWTH,
        3,
        学生姓名=NAMES[0],
        学习表现="良好",
        行为习惯="良好",
        心理状态="良好",
        缺勤天数=0,
        成长日记="有",
        进步档案="有",
        个案触发="无",
    )
    yield Plant("child_twice", ((rules.SECOND_ROW, GROWTH, cell(GROWTH, "学生姓名", 3)),), twice)
    yield from on_files(
        "two_classes",
        _second_class,
        (rules.TWO_CLASSES, PUPILS, cell(PUPILS, "身份证号")),
        (rules.TWO_CLASSES, PUPILS, cell(PUPILS, "身份证号")),
    )
    same = row_of(PAIRS, 9, 学生姓名=NAMES[0], 帮扶类型="帮扶教师", 帮扶人="陈老师", 结对日期=date(2026, 9, 5))
    yield Plant("same_pairing", ((rules.SAME_PAIRING, PAIRS, f"A{FIRST_DATA_ROW + 9}"),), same)
    talk = row_of(
        TALKS, 3, 日期=date(2026, 10, 12), 学生姓名=NAMES[0], 谈心人="王老师", 谈心人身份="班主任", 方式="面谈", 主题="学习",
        主要内容=f"和{NAMES[0]}聊了最近的作业", 需跟进="否",
    )  # fmt: skip
    yield Plant("same_record", ((rules.SAME_RECORD, TALKS, f"A{FIRST_DATA_ROW + 3}"),), talk)


def _second_class(folder: Path) -> None:
    """Another class that has the first child as well, and nobody else."""
    with Opened(folder / CLASS_FILE) as book:
        clean = io.BytesIO()
        book.save(clean)
    other = load_workbook(clean)
    for sheet in other:
        if sheet.title in COLUMNS:
            first = FIRST_DATA_ROW + (1 if sheet.title == PUPILS else 0)
            for row in sheet.iter_rows(min_row=first):
                for each in row:
                    each.value = None
    label(other["填表说明"], "班级", 1)
    label(other["填表说明"], "班主任", "陈老师")
    other.save(folder / "三年级1班.xlsx")
    with Opened(folder / SCHOOL_FILE) as school:
        for title, value in {"年级": "三年级", "班级": 1, "班主任": "陈老师", "学生总数": 40, "留守儿童数": 1}.items():
            school["班级一览"][cell("班级一览", title, 1)].value = value
