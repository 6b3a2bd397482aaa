"""Numbers that are mistyped: identity, 学籍号, phones, 档案编号."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from helpers.small import id_card
from plants.base import BIRTH, CARDS, ID, PUPILS, Plant, cell, row_of, typed
from schemas import rules
from schemas.defects import DEFECTS
from schemas.identity import check_digit


def numbers() -> Iterator[Plant]:
    yield from typed("id_number", PUPILS, "身份证号", int(ID[:15] + "000"), float(ID[:15] + "000"))
    yield from typed("id_scientific", PUPILS, "身份证号", "5.29900E+17", "5.3E+17")
    yield from typed("student_no_number", PUPILS, "学籍号", 529900201603010000)
    number = next(n for n in (_of_district(district) for district in range(100)) if n.endswith("000"))
    yield Plant(
        "id_000",
        ((rules.ID_ENDS_000, PUPILS, cell(PUPILS, "身份证号")),),
        row_of(PUPILS, 0, 身份证号=number, 学籍号="G" + number, 性别="女"),
    )
    x = next(n for n in (id_card(BIRTH, serial) for serial in range(101, 999, 2)) if n.endswith("X"))
    for spelling in (x.lower(), x[:6] + " " + x[6:], "'" + x, x[:17] + "Ｘ", "５" + x[1:]):
        yield Plant(
            "id_spelling",
            ((rules.REPAIRED, PUPILS, cell(PUPILS, "身份证号")),),
            row_of(PUPILS, 0, 身份证号=spelling, 学籍号="G" + x),
        )
    yield from typed("id_form", PUPILS, "身份证号", ID[:17], "52990020160230001X", "没有带来")
    yield from typed("id_check", PUPILS, "身份证号", ID[:17] + str((int(ID[17], 11) + 1) % 10))
    at_id = cell(PUPILS, "身份证号")
    for key, title, value in (("id_birth", "出生日期", date(2016, 3, 9)), ("id_sex", "性别", "女")):
        yield Plant(key, ((DEFECTS[key].rules[0], PUPILS, at_id),), {(PUPILS, title, 0): value})
    yield from typed("id_provisional", PUPILS, "身份证号", "529900160301001", "999529900123400011")
    yield Plant(
        "no_identity",
        ((rules.NO_IDENTITY, PUPILS, cell(PUPILS, "学籍号")),),
        row_of(PUPILS, 0, 身份证号=None, 学籍号=None),
    )
    yield from typed("student_no_bare", PUPILS, "学籍号", ID)
    yield from typed("student_no_form", PUPILS, "学籍号", "LG" + ID, "1234567890123456", "G" + ID[:17])
    yield from typed("g_number", PUPILS, "学籍号", "G" + id_card(BIRTH, 9))
    wrong = "G" + ID[:17] + str((int(ID[17], 11) + 1) % 10)
    for lone in (wrong, "G529900201613010014"):
        yield Plant(
            "g_digit",
            ((rules.G_DIGIT, PUPILS, cell(PUPILS, "学籍号")),),
            row_of(PUPILS, 0, 身份证号=None, 学籍号=lone),
        )
    yield from typed("phone_number", CARDS, "监护人电话", 19900000003, 19900000003.0)
    yield from typed(
        "phone_spelling",
        CARDS,
        "监护人电话",
        "199 0000 0003",
        "199-0000-0003",
        "+86 19900000003",
        "19900000003/19900000004",
    )
    yield from typed("phone_form", CARDS, "监护人电话", "1990000000", "1.99E+10", "1234567", 8501234567)
    to_complete = (rules.TO_COMPLETE, CARDS, cell(CARDS, "监护人电话"))
    yield from typed("phone_none", CARDS, "监护人电话", "空号", "无", also=(to_complete,))
    yield from typed("archive_no_date", PUPILS, "档案编号", date(2026, 10, 1))
    yield Plant(
        "archive_no",
        tuple((rules.DOUBLE_ARCHIVE_NO, PUPILS, cell(PUPILS, "档案编号", row)) for row in (0, 1)),
        {(PUPILS, "档案编号", 0): "2026-0002"},
    )


def _of_district(district: int) -> str:
    """Return a valid number of 1 March 2016 with the serial 00 and an even sex digit."""
    first = f"5299{district:02d}2016030100" + "0"
    return first + check_digit(first)
