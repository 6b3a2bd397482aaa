"""Days and other cells that are mistyped."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from helpers.small import id_card
from plants.base import (
    CARDS,
    CARE,
    CLASS_FILE,
    GROWTH,
    HOME,
    PAIRS,
    PUPILS,
    TALKS,
    Plant,
    cell,
    on_files,
    on_sheet,
    row_of,
    typed,
)
from schemas import rules


def dates() -> Iterator[Plant]:
    yield from typed(
        "date_text",
        TALKS,
        "日期",
        "2026.10.12",
        "2026年10月12日",
        "20261012",
        20261012,
        "2026/10/12",
        "２０２６．１０．１２",
    )
    yield from on_sheet("date_serial", TALKS, _serial, (rules.REPAIRED, TALKS, cell(TALKS, "日期")))
    yield from typed("date_no_year", TALKS, "日期", "10月12日", "10月12号", "10.12", "10-12", "12日")
    yield from typed("date_ambiguous", TALKS, "日期", "26.10.5", "10/5/26", "9.12", "9-12")
    yield from typed("date_impossible", TALKS, "日期", "2026-09-31", "上周三", "2026年10月", 0.5)
    yield from typed("date_future", TALKS, "日期", date(2026, 11, 1), "2026-11-30")
    yield from typed("date_early", PUPILS, "父亲外出日期", date(1985, 1, 1))
    yield from typed("date_before_term", TALKS, "日期", date(2026, 8, 20))
    yield from typed("date_late", TALKS, "日期", date(2026, 9, 20))
    yield from typed("date_order", PAIRS, "结束日期", date(2026, 9, 1))
    left = row_of(PUPILS, 0, 学籍状态="转出已确认", 状态日期=date(2026, 10, 10))
    gone = tuple(
        (rules.AFTER_LEAVING, s, cell(s, "日期", r))
        for s, r in ((TALKS, 0), (HOME, 0), (HOME, 1), (HOME, 2), (CARE, 0))
    )
    there = (rules.DESTINATION_DIFFERS, "应入学名册", cell("应入学名册", "就学去向"))
    yield Plant("after_leaving", (*gone, there), left)
    came = row_of(PUPILS, 0, 入班方式="转入", 入班日期=date(2026, 10, 20))
    early = tuple((rules.BEFORE_JOINING, s, a) for _, s, a in gone)
    yield Plant("before_joining", early, came)
    yield from typed("birth_no_year", PUPILS, "出生日期", "3月1日")
    old = id_card(date(2006, 3, 1), 1)
    aged = row_of(PUPILS, 0, 出生日期=date(2006, 3, 1), 身份证号=old, 学籍号="G" + old)
    yield Plant("age", ((rules.AGE_AND_GRADE, PUPILS, cell(PUPILS, "出生日期")),), aged)
    yield from typed("date_month", PUPILS, "父亲外出日期", "2025-02", "2025年2月")
    yield from typed("birth_missing", PUPILS, "出生日期", None)
    yield from typed("sex_missing", PUPILS, "性别", None)


def _serial(sheet: Worksheet) -> None:
    place = sheet[cell(TALKS, "日期")]
    place.value, place.number_format = 46307, "General"


def cells_typed() -> Iterator[Plant]:
    yield from typed("empty", TALKS, "方式", None, " ")
    yield from typed("empty_conditional", PUPILS, "父亲外出日期", None)
    yield from typed("empty_archive", PUPILS, "性格特征", None)
    yield from typed("empty_optional", TALKS, "采取措施", "无", "/", "—", "待补", "不详", "xxx", "？", "N/A", "。")
    yield from typed("empty_optional", CARDS, "父亲务工单位", "待补")
    yield from typed("ditto_first", TALKS, "采取措施", "同上")
    yield from typed("ditto_left", TALKS, "方式", "同左", "同下")
    yield from on_sheet("struck", CARDS, _strike, (rules.STRUCK_OUT, CARDS, cell(CARDS, "监护人电话")))
    yield from on_files("unsure", _in_two_ways, (rules.UNSURE, GROWTH, cell(GROWTH, "语文")))
    yield from typed("synonyms", PUPILS, "民族", "苗")
    yield from typed("synonyms", PUPILS, "性别", "M", "1", 1, "男生", "1-男")
    yield from typed("synonyms", CARDS, "与学生关系", "爷爷")
    yield from typed("synonyms", PUPILS, "父亲状况", "在外打工")
    yield from typed("ticks", PUPILS, "农村户籍", "√", "✓", "有", "Y", "1", 1, "对")
    yield from typed("not_listed", TALKS, "主题", "天气")
    yield from typed("not_listed", PUPILS, "民族", "火星族")
    yield from typed("number_unit", GROWTH, "缺勤天数", "2天", "0天")
    yield from typed("number_vague", GROWTH, "缺勤天数", "约3天", "每周")
    yield from typed("number_range", GROWTH, "缺勤天数", 40, -1, 1.5)
    yield from typed("cell_error", GROWTH, "语文", "#REF!", "#N/A")
    yield from typed("formula_empty", GROWTH, "语文", "=1+85")
    for text in ("+1", "@SUM(A1)", "http://example.com"):
        yield Plant("formula_text", (), {(TALKS, "采取措施", 0): text})
    yield from typed("ditto", TALKS, "方式", "同上", "〃", "（同上）", "同 上 ", row=1)
    yield from on_sheet("merged_down", PAIRS, _merge_down, *((rules.MERGED_DOWN, PAIRS, f"A{r}") for r in (5, 6)))
    yield from on_sheet("merged_across", TALKS, lambda s: s.merge_cells("H4:I4"), (rules.MERGED_ACROSS, TALKS, "H4"))
    moved = row_of("学籍异动", 0, 日期=date(2026, 10, 8), 学生姓名="周小燕", 异动类型="转出", 班级="三年级(2)班")
    for alias in ("三(2)班", "三（2）班", "三年级二班", "302班", "3年级2班", "三2"):
        at = ("学籍异动", "班级", 0)
        told = (rules.REPAIRED, "学籍异动", cell("学籍异动", "班级"))
        yield Plant("class_alias", (told,), {**moved, at: alias})
    yield Plant("class_cohort", (told,), {**moved, at: "2021级2班"})
    for unknown in ("3.2", 3.2, "我们班", "2025级2班"):
        yield Plant("class_unknown", ((rules.BAD_CLASS, "学籍异动", cell("学籍异动", "班级")),), {**moved, at: unknown})


def _strike(sheet: Worksheet) -> None:
    sheet[cell(CARDS, "监护人电话")].font = Font(strike=True)


def _in_two_ways(folder: Path) -> None:
    """Write 语文 of the first row as CDATA, which one reader of two does not see."""
    path = folder / CLASS_FILE
    number = load_workbook(path).sheetnames.index(GROWTH) + 1
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name, place = f"xl/worksheets/sheet{number}.xml", cell(GROWTH, "语文").encode()
    parts[name] = re.sub(rb'(<c r="' + place + rb'"[^>]*>)<v>([^<]+)</v>', rb"\1<v><![CDATA[\2]]></v>", parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


def _merge_down(sheet: Worksheet) -> None:
    sheet["A5"], sheet["A6"] = None, None
    sheet.merge_cells("A4:A6")
