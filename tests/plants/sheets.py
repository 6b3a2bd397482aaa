"""Sheets that were changed: headers, rows, whole sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from plants.base import ACTS, CARDS, CARE, COLUMNS, PUPILS, TALKS, Plant, letter, on_sheet
from schemas import rules
from schemas.tables import HEADER_ROW


def sheets_changed() -> Iterator[Plant]:
    yield from on_sheet("header_two_rows", CARDS, _two_rows, (rules.TWO_ROW_HEADER, CARDS, "A4"))
    yield from on_sheet("header_moved", CARE, _moved_header)
    yield from on_sheet(
        "header_renamed", TALKS, _titled("谈心人", "谈心教师"), (rules.COLUMN_ALIAS, TALKS, _header(TALKS, "谈心人"))
    )
    remarked = (rules.COLUMN_ALIAS, PUPILS, _header(PUPILS, "民族"))
    for title in ("民族（汉族写汉）", "民族【汉族写汉】"):
        yield from on_sheet("header_renamed", PUPILS, _titled("民族", title), remarked)
    yield from on_sheet("header_added", TALKS, _extra_column, (rules.COLUMN_IGNORED, TALKS, f"L{HEADER_ROW}"))
    lost = (rules.COLUMN_MISSING, TALKS, "")
    yield from on_sheet("header_two", TALKS, _doubled, (rules.TWO_COLUMNS, TALKS, f"L{HEADER_ROW}"), lost)
    yield from on_sheet("header_missing", TALKS, _titled("主题", None), lost)
    yield from on_sheet("header_missing_file", PUPILS, _titled("性别", None), (rules.COLUMN_MISSING_FILE, PUPILS, ""))
    for title, rule in (("父亲外出日期", rules.COLUMN_LACKING), ("兴趣爱好", rules.COLUMN_TO_COMPLETE)):
        yield from on_sheet("header_lacking", PUPILS, _titled(title, None), (rule, PUPILS, ""))
    yield from on_sheet("header_none", CARE, lambda s: s.delete_rows(1, 3), (rules.NO_HEADER, CARE, ""))
    yield from on_sheet("header_again", TALKS, _again, (rules.HEADER_AGAIN, TALKS, "A7"))
    yield from on_sheet("rows_blank", TALKS, _phantom)
    yield from on_sheet("rows_hidden", TALKS, _hide, (rules.HIDDEN_ROWS, TALKS, ""))
    for values in ({"A": "合计"}, {"A": "合计：", "G": "3人"}, {"B": "总计3人"}, {"A": "小计", "B": 3}):
        yield from on_sheet("rows_total", TALKS, _written(7, values), (rules.TOTAL_ROW, TALKS, "A7"))
    for values, where in (({"A": "合计", "B": 4}, "B7"), ({"A": "合计4人"}, "A7")):
        told = ((rules.TOTAL_ROW, TALKS, "A7"), (rules.WRONG_TOTAL, TALKS, where))
        yield from on_sheet("rows_total_wrong", TALKS, _written(7, values), *told)
    foot = ("注：谈心每月至少一次", "填表人：王老师", "备注:以上属实")
    for text in foot:
        yield from on_sheet("rows_foot", TALKS, _written(8, {"A": text}), (rules.FOOTNOTE, TALKS, "A8"))
    example = {"A": date(2026, 10, 8), "B": "示例·李小禾", "D": "王老师"}
    yield from on_sheet("rows_example", TALKS, _written(7, example), (rules.EXAMPLE_ROW, TALKS, "A7"))
    held_ready = {"B": "李小禾", "D": "王老师", "E": "班主任", "F": "面谈"}
    yield from on_sheet("rows_not_begun", TALKS, _written(7, held_ready), (rules.NOT_BEGUN, TALKS, "A7"))
    yield from on_sheet("sheet_renamed", TALKS, _renamed("谈心"), (rules.SHEET_ALIAS, "谈心", ""))
    both = ((rules.TWO_SHEETS, "谈心", ""), (rules.TWO_SHEETS, "谈心 Copy", ""))
    yield from on_sheet("sheet_two", TALKS, _copied("谈心"), *both)
    yield from on_sheet("sheet_copy", TALKS, _copied(""), (rules.SHEET_COPY, "谈心记录 Copy", ""))
    yield from on_sheet("sheet_extra", TALKS, _extra_sheet, (rules.SHEET_IGNORED, "草稿", ""))
    yield from on_sheet("sheet_missing", ACTS, lambda s: s.parent.remove(s), (rules.SHEET_MISSING, ACTS, ""))


def _header(sheet: str, title: str) -> str:
    return f"{letter(sheet, title)}{HEADER_ROW}"


def _titled(title: str, other: str | None) -> Callable[[Worksheet], None]:
    def work(sheet: Worksheet) -> None:
        sheet[_header(sheet.title, title)].value = other

    return work


def _written(row: int, values: dict[str, Any]) -> Callable[[Worksheet], None]:
    def work(sheet: Worksheet) -> None:
        for column, value in values.items():
            sheet[f"{column}{row}"].value = value

    return work


def _two_rows(sheet: Worksheet) -> None:
    """父亲 over 姓名, 电话 …: a group row above the titles, which lose their first part."""
    titles = [each.value for each in sheet[HEADER_ROW]]
    sheet.insert_rows(HEADER_ROW)
    for place, title in enumerate(titles, start=1):
        for group in ("父亲", "母亲", "监护人"):
            if title and title.startswith(group):
                sheet.cell(HEADER_ROW, place).value = group
                sheet.cell(HEADER_ROW + 1, place).value = title.removeprefix(group)
    for group in ("D3:H3", "I3:M3"):  # five columns each
        sheet.merge_cells(group)


def _moved_header(sheet: Worksheet) -> None:
    sheet.insert_rows(1, 2)
    sheet.insert_cols(3)
    sheet.move_range("E5:E6", cols=8)  # 类别 goes behind the others


def _extra_column(sheet: Worksheet) -> None:
    sheet[f"L{HEADER_ROW}"].value, sheet["L4"].value = "谈心地点", "教室"


def _doubled(sheet: Worksheet) -> None:
    sheet[f"L{HEADER_ROW}"].value, sheet["L4"].value = "谈心人", "陈老师"


def _again(sheet: Worksheet) -> None:
    for place, title in enumerate(COLUMNS[TALKS], start=1):
        sheet.cell(7, place).value = title


def _phantom(sheet: Worksheet) -> None:
    sheet.cell(9_000, 3).number_format = "@"
    sheet.cell(1_048_576, 3).number_format = "@"
    sheet["B12"].value = "  "


def _hide(sheet: Worksheet) -> None:
    sheet.row_dimensions[5].hidden = True
    sheet.auto_filter.ref = "A3:K6"


def _renamed(title: str) -> Callable[[Worksheet], None]:
    def work(sheet: Worksheet) -> None:
        sheet.title = title

    return work


def _copied(title: str) -> Callable[[Worksheet], None]:
    def work(sheet: Worksheet) -> None:
        sheet.title = title or sheet.title
        sheet.parent.copy_worksheet(sheet)

    return work


def _extra_sheet(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("草稿")["A1"] = "随便写写"
