"""Every defect of `schemas.defects`, planted into the filled templates of a clean month, and what must be told."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from helpers.places import TEMPLATES
from helpers.small import NAMES, card, id_card, pupil
from schemas import rules
from schemas.defects import DEFECTS
from schemas.forms import FORMS
from schemas.identity import check_digit
from schemas.rules import Rule
from schemas.tables import FIRST_DATA_ROW, HEADER_ROW

CLASS_FILE, SCHOOL_FILE = "三年级2班.xlsx", "学校月报.xlsx"
Told = tuple[Rule, str, str]  # rule, sheet, cell ("" for a whole sheet or file)
_COLUMNS = {table.title: [column.title for column in table.columns] for form in FORMS for table in form.tables}
_SCHOOL_SHEETS = {table.title for table in FORMS[1].tables}
_PUPILS, _CARDS, _PAIRS, _TALKS, _HOME = "学生档案", "联系卡", "结对帮扶", "谈心记录", "家校联系"
_ACTS, _GROWTH, _PLANS, _CARE = "活动记录", "成长记录", "个别方案", "关爱服务"
_BIRTH = date(2016, 3, 1)
_ID = id_card(_BIRTH, 1)


def letter(sheet: str, title: str) -> str:
    """Return the column letter of a title in the template."""
    place = _COLUMNS[sheet].index(title)
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def cell(sheet: str, title: str, row: int = 0) -> str:
    """Return the address of a data cell; `row` counts from 0."""
    return f"{letter(sheet, title)}{FIRST_DATA_ROW + row}"


@dataclass(frozen=True)
class Plant:
    """One planting. `cells`: (sheet, title, data row) → value; `change`: anything else, given the month's folder.

    `told`: the problems that must stand there, and no other.
    """

    key: str
    told: tuple[Told, ...]
    cells: dict[tuple[str, str, int], Any] = field(default_factory=dict)
    change: Callable[[Path], None] | None = None

    def put(self, folder: Path) -> None:
        """Plant it into the workbooks of a clean month."""
        for file in (CLASS_FILE, SCHOOL_FILE):
            own = {at: value for at, value in self.cells.items() if (at[0] in _SCHOOL_SHEETS) == (file == SCHOOL_FILE)}
            if own:
                with Opened(folder / file) as book:
                    for (sheet, title, row), value in own.items():
                        book[sheet][cell(sheet, title, row)].value = value
        if self.change:
            self.change(folder)


class Opened:
    """Open a workbook with openpyxl and save it in the end."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Workbook:
        self._book = load_workbook(self._path)
        return self._book

    def __exit__(self, *failure: object) -> None:
        if failure == (None, None, None):
            self._book.save(self._path)


def typed(key: str, sheet: str, title: str, *values: Any, row: int = 0, also: Sequence[Told] = ()) -> Iterator[Plant]:
    """Yield one plant for each wrong value of a cell: the defect's rule stands there (none where it has none)."""
    for value in values:
        told = tuple((rule, sheet, cell(sheet, title, row)) for rule in DEFECTS[key].rules)
        yield Plant(key, (*told, *also), {(sheet, title, row): value})


def row_of(sheet: str, row: int, **values: Any) -> dict[tuple[str, str, int], Any]:
    """Return the cells of a whole row."""
    return {(sheet, title, row): value for title, value in values.items()}


def on_sheet(
    key: str, sheet: str, change: Callable[[Worksheet], None], *told: Told, book: str = CLASS_FILE
) -> Iterator[Plant]:
    """Yield a plant that changes one sheet of a workbook."""

    def work(folder: Path) -> None:
        with Opened(folder / book) as workbook:
            change(workbook[sheet])

    yield Plant(key, told, change=work)


def on_cover(key: str, label: str, value: Any, address: str) -> Iterator[Plant]:
    """Yield a plant on 填表说明."""

    def work(sheet: Worksheet) -> None:
        found = next(row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == label)
        sheet.cell(found.row, 2).value = value

    yield from on_sheet(key, "填表说明", work, (DEFECTS[key].rules[0], "填表说明", address))


def on_files(key: str, change: Callable[[Path], None], *told: Told) -> Iterator[Plant]:
    """Yield a plant that changes files."""
    yield Plant(key, told, change=change)


# --- numbers and names -----------------------------------------------------------------------------------------


def _numbers() -> Iterator[Plant]:
    yield from typed("id_number", _PUPILS, "身份证号", int(_ID[:15] + "000"), float(_ID[:15] + "000"))
    yield from typed("id_scientific", _PUPILS, "身份证号", "5.29900E+17", "5.3E+17")
    yield from typed("student_no_number", _PUPILS, "学籍号", 529900201603010000)
    number = next(n for n in (_of_district(district) for district in range(100)) if n.endswith("000"))
    yield Plant(
        "id_000",
        ((rules.ID_ENDS_000, _PUPILS, cell(_PUPILS, "身份证号")),),
        row_of(_PUPILS, 0, 身份证号=number, 学籍号="G" + number, 性别="女"),
    )
    x = next(n for n in (id_card(_BIRTH, serial) for serial in range(101, 999, 2)) if n.endswith("X"))
    for spelling in (x.lower(), x[:6] + " " + x[6:], "'" + x, x[:17] + "Ｘ", "５" + x[1:]):
        yield Plant(
            "id_spelling",
            ((rules.REPAIRED, _PUPILS, cell(_PUPILS, "身份证号")),),
            row_of(_PUPILS, 0, 身份证号=spelling, 学籍号="G" + x),
        )
    yield from typed("id_form", _PUPILS, "身份证号", _ID[:17], "52990020160230001X", "没有带来")
    yield from typed("id_check", _PUPILS, "身份证号", _ID[:17] + str((int(_ID[17], 11) + 1) % 10))
    at_id = cell(_PUPILS, "身份证号")
    for key, title, value in (("id_birth", "出生日期", date(2016, 3, 9)), ("id_sex", "性别", "女")):
        yield Plant(key, ((DEFECTS[key].rules[0], _PUPILS, at_id),), {(_PUPILS, title, 0): value})
    yield from typed("id_provisional", _PUPILS, "身份证号", "529900160301001", "999529900123400011")
    yield Plant(
        "no_identity",
        ((rules.NO_IDENTITY, _PUPILS, cell(_PUPILS, "学籍号")),),
        row_of(_PUPILS, 0, 身份证号=None, 学籍号=None),
    )
    yield from typed("student_no_bare", _PUPILS, "学籍号", _ID)
    yield from typed("student_no_form", _PUPILS, "学籍号", "LG" + _ID, "1234567890123456", "G" + _ID[:17])
    yield from typed("g_number", _PUPILS, "学籍号", "G" + id_card(_BIRTH, 9))
    yield from typed("phone_number", _CARDS, "监护人电话", 19900000003, 19900000003.0)
    yield from typed(
        "phone_spelling",
        _CARDS,
        "监护人电话",
        "199 0000 0003",
        "199-0000-0003",
        "+86 19900000003",
        "19900000003/19900000004",
    )
    yield from typed("phone_form", _CARDS, "监护人电话", "1990000000", "1.99E+10", "1234567", 8501234567)
    to_complete = (rules.TO_COMPLETE, _CARDS, cell(_CARDS, "监护人电话"))
    yield from typed("phone_none", _CARDS, "监护人电话", "空号", "无", also=(to_complete,))
    yield from typed("archive_no_date", _PUPILS, "档案编号", date(2026, 10, 1))
    yield Plant(
        "archive_no",
        tuple((rules.DOUBLE_ARCHIVE_NO, _PUPILS, cell(_PUPILS, "档案编号", row)) for row in (0, 1)),
        {(_PUPILS, "档案编号", 0): "2026-0002"},
    )


def _of_district(district: int) -> str:
    """Return a valid number of 1 March 2016 with the serial 00 and an even sex digit."""
    first = f"5299{district:02d}2016030100" + "0"
    return first + check_digit(first)


def _names() -> Iterator[Plant]:
    yield from typed("name_blanks", _PUPILS, "姓名", "李 小禾", "李　小禾", "李小禾\u200b", "\u00a0李小禾")
    yield from typed("name_dots", _CARDS, "父亲姓名", "玉•买买提", "玉‧买买提", "玉.买买提", "玉・买买提")
    yield from typed("name_forms", _TALKS, "谈心人", "王⽼师")
    yield from typed("name_rare", _CARDS, "父亲姓名", "李𠮷田", "李䶮")
    yield from typed("name_number", _CARDS, "父亲姓名", "8.李大田", "①李大田", "(3)李大田")
    yield from typed("name_marks", _CARDS, "监护人姓名", "李老根2", "李老根*")
    both = tuple((rule, _CARDS, cell(_CARDS, "监护人姓名")) for rule in (rules.MARKS_IN_NAME, rules.REPAIRED))
    yield Plant("name_marks", both, {(_CARDS, "监护人姓名", 0): "8.李老根2"})
    yield from typed("name_lost", _CARDS, "父亲姓名", "李?田", "李□田")
    yield from typed("two_children", _TALKS, "学生姓名", "李小禾、钱小河", "李小禾等3人", "李小禾，钱小河")
    first = row_of(_PUPILS, 1, 姓名=NAMES[0])
    others = {(s, "学生姓名", r): NAMES[0] for s, r in ((_CARDS, 1), (_GROWTH, 1), (_TALKS, 1))}
    numbers = {
        (s, "学籍号", r): "G" + id_card(date(2016, 3, r + 1), r + 1) for s in (_CARDS, _GROWTH, _TALKS) for r in (0, 1)
    }
    numbers |= {
        (s, "学籍号", 3 * r + n): "G" + id_card(date(2016, 3, r + 1), r + 1)
        for s in (_PAIRS, _HOME)
        for r in (0, 1)
        for n in range(3)
    }
    others |= {(s, "学生姓名", 3 + n): NAMES[0] for s in (_PAIRS, _HOME) for n in range(3)}
    numbers |= {(_CARE, "学籍号", 0): "G" + _ID, (_TALKS, "学籍号", 1): None, ("应入学名册", "姓名", 1): NAMES[0]}
    yield Plant("namesakes", ((rules.NAMESAKES, _TALKS, cell(_TALKS, "学籍号", 1)),), {**first, **others, **numbers})
    yield from typed("unknown_child", _TALKS, "学生姓名", "李小和", "不认识")
    yield from typed("wrong_student_no", _TALKS, "学籍号", "G" + id_card(date(2016, 3, 2), 2))
    yield from typed("list_unknown", _ACTS, "参加学生", "李小禾、钱小何、孙小树")
    yield from typed("list_marks", _ACTS, "参加学生", "全班", "李小禾，钱小河；孙小树", "李小禾\n钱小河\n孙小树")
    yield from typed("not_staff", _PAIRS, "帮扶人", "陈老实")
    yield from typed("not_staff", _TALKS, "谈心人", "黄老师")
    yield from typed("not_staff", _PUPILS, "责任教师", "黄老师")
    yield Plant(
        "off_duty",
        tuple(
            (rules.NOT_ON_DUTY, sheet, cell(sheet, title, row))
            for sheet, title, row in (
                *((_PAIRS, "帮扶人", n) for n in (0, 3, 6)),
                *((_PUPILS, "责任教师", n) for n in range(3)),
            )
        ),
        {("教职工", "在岗", 1): "否"},
    )
    yield from typed("helps_himself", _PAIRS, "帮扶人", NAMES[0], row=1)
    twice = row_of(
        _GROWTH,
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
    yield Plant("child_twice", ((rules.SECOND_ROW, _GROWTH, cell(_GROWTH, "学生姓名", 3)),), twice)
    yield from on_files(
        "two_classes",
        _second_class,
        (rules.TWO_CLASSES, _PUPILS, cell(_PUPILS, "身份证号")),
        (rules.TWO_CLASSES, _PUPILS, cell(_PUPILS, "身份证号")),
    )
    same = row_of(_PAIRS, 9, 学生姓名=NAMES[0], 帮扶类型="帮扶教师", 帮扶人="陈老师", 结对日期=date(2026, 9, 5))
    yield Plant("same_pairing", ((rules.SAME_PAIRING, _PAIRS, f"A{FIRST_DATA_ROW + 9}"),), same)
    talk = row_of(
        _TALKS, 3, 日期=date(2026, 10, 12), 学生姓名=NAMES[0], 谈心人="王老师", 谈心人身份="班主任", 方式="面谈", 主题="学习",
        主要内容=f"和{NAMES[0]}聊了最近的作业", 需跟进="否",
    )  # fmt: skip
    yield Plant("same_record", ((rules.SAME_RECORD, _TALKS, f"A{FIRST_DATA_ROW + 3}"),), talk)


def _second_class(folder: Path) -> None:
    """Another class that has the first child as well, and nobody else."""
    with Opened(folder / CLASS_FILE) as book:
        clean = io.BytesIO()
        book.save(clean)
    other = load_workbook(clean)
    for sheet in other:
        if sheet.title in _COLUMNS:
            first = FIRST_DATA_ROW + (1 if sheet.title == _PUPILS else 0)
            for row in sheet.iter_rows(min_row=first):
                for each in row:
                    each.value = None
    _label(other["填表说明"], "班级", 1)
    other.save(folder / "三年级1班.xlsx")
    with Opened(folder / SCHOOL_FILE) as school:
        for title, value in {"年级": "三年级", "班级": 1, "班主任": "陈老师", "学生总数": 40, "留守儿童数": 1}.items():
            school["班级一览"][cell("班级一览", title, 1)].value = value


def _label(sheet: Worksheet, label: str, value: Any) -> None:
    found = next(row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == label)
    sheet.cell(found.row, 2).value = value


# --- dates and cells -------------------------------------------------------------------------------------------


def _dates() -> Iterator[Plant]:
    yield from typed(
        "date_text",
        _TALKS,
        "日期",
        "2026.10.12",
        "2026年10月12日",
        "20261012",
        20261012,
        "2026/10/12",
        "２０２６．１０．１２",
    )
    yield from on_sheet("date_serial", _TALKS, _serial, (rules.REPAIRED, _TALKS, cell(_TALKS, "日期")))
    yield from typed("date_no_year", _TALKS, "日期", "10月12日", "10月12号", "10.12", "10-12", "12日")
    yield from typed("date_ambiguous", _TALKS, "日期", "26.10.5", "10/5/26", "9.12", "9-12")
    yield from typed("date_impossible", _TALKS, "日期", "2026-09-31", "上周三", "2026年10月", 0.5)
    yield from typed("date_future", _TALKS, "日期", date(2026, 11, 1), "2026-11-30")
    yield from typed("date_early", _PUPILS, "父亲外出日期", date(1985, 1, 1))
    yield from typed("date_before_term", _TALKS, "日期", date(2026, 8, 20))
    yield from typed("date_late", _TALKS, "日期", date(2026, 9, 20))
    yield from typed("date_order", _PAIRS, "结束日期", date(2026, 9, 1))
    left = row_of(_PUPILS, 0, 学籍状态="转出已确认", 状态日期=date(2026, 10, 10))
    gone = tuple(
        (rules.AFTER_LEAVING, s, cell(s, "日期", r))
        for s, r in ((_TALKS, 0), (_HOME, 0), (_HOME, 1), (_HOME, 2), (_CARE, 0))
    )
    there = (rules.DESTINATION_DIFFERS, "应入学名册", cell("应入学名册", "就学去向"))
    yield Plant("after_leaving", (*gone, there), left)
    came = row_of(_PUPILS, 0, 入班方式="转入", 入班日期=date(2026, 10, 20))
    early = tuple((rules.BEFORE_JOINING, s, a) for _, s, a in gone)
    yield Plant("before_joining", early, came)
    yield from typed("birth_no_year", _PUPILS, "出生日期", "3月1日")
    old = id_card(date(2006, 3, 1), 1)
    aged = row_of(_PUPILS, 0, 出生日期=date(2006, 3, 1), 身份证号=old, 学籍号="G" + old)
    yield Plant("age", ((rules.AGE_AND_GRADE, _PUPILS, cell(_PUPILS, "出生日期")),), aged)
    yield from typed("date_month", _PUPILS, "父亲外出日期", "2025-02", "2025年2月")
    yield from typed("birth_missing", _PUPILS, "出生日期", None)


def _serial(sheet: Worksheet) -> None:
    place = sheet[cell(_TALKS, "日期")]
    place.value, place.number_format = 46307, "General"


def _cells() -> Iterator[Plant]:
    yield from typed("empty", _TALKS, "方式", None, " ")
    yield from typed("empty_conditional", _PUPILS, "父亲外出日期", None)
    yield from typed("empty_archive", _PUPILS, "性格特征", None)
    yield from typed("empty_optional", _TALKS, "采取措施", "无", "/", "—", "待补", "不详", "xxx", "？", "N/A", "。")
    yield from typed("empty_optional", _CARDS, "父亲务工单位", "待补")
    yield from typed("ditto_first", _TALKS, "采取措施", "同上")
    yield from typed("ditto_left", _TALKS, "方式", "同左", "同下")
    yield from on_sheet("struck", _CARDS, _strike, (rules.STRUCK_OUT, _CARDS, cell(_CARDS, "监护人电话")))
    yield from on_files("unsure", _in_two_ways, (rules.UNSURE, _GROWTH, cell(_GROWTH, "语文")))
    yield from typed("synonyms", _PUPILS, "民族", "苗")
    yield from typed("synonyms", _PUPILS, "性别", "M", "1", 1, "男生", "1-男")
    yield from typed("synonyms", _CARDS, "与学生关系", "爷爷")
    yield from typed("synonyms", _PUPILS, "父亲状况", "在外打工")
    yield from typed("ticks", _PUPILS, "农村户籍", "√", "✓", "有", "Y", "1", 1, "对")
    yield from typed("not_listed", _TALKS, "主题", "天气")
    yield from typed("not_listed", _PUPILS, "民族", "火星族")
    yield from typed("number_unit", _GROWTH, "缺勤天数", "2天", "0天")
    yield from typed("number_vague", _GROWTH, "缺勤天数", "约3天", "每周")
    yield from typed("number_range", _GROWTH, "缺勤天数", 40, -1, 1.5)
    yield from typed("cell_error", _GROWTH, "语文", "#REF!", "#N/A")
    yield from typed("formula_empty", _GROWTH, "语文", "=1+85")
    for text in ("+1", "@SUM(A1)", "http://example.com"):
        yield Plant("formula_text", (), {(_TALKS, "采取措施", 0): text})
    yield from typed("ditto", _TALKS, "方式", "同上", "〃", "（同上）", "同 上 ", row=1)
    yield from on_sheet("merged_down", _PAIRS, _merge_down, *((rules.MERGED_DOWN, _PAIRS, f"A{r}") for r in (5, 6)))
    yield from on_sheet("merged_across", _TALKS, lambda s: s.merge_cells("H4:I4"), (rules.MERGED_ACROSS, _TALKS, "H4"))
    moved = row_of("学籍异动", 0, 日期=date(2026, 10, 8), 学生姓名="周小燕", 异动类型="转出", 班级="三年级(2)班")
    for alias in ("三(2)班", "三（2）班", "三年级二班", "302班", "3年级2班", "三2"):
        at = ("学籍异动", "班级", 0)
        told = (rules.REPAIRED, "学籍异动", cell("学籍异动", "班级"))
        yield Plant("class_alias", (told,), {**moved, at: alias})
    yield Plant("class_cohort", (told,), {**moved, at: "2021级2班"})
    for unknown in ("3.2", 3.2, "我们班", "2025级2班"):
        yield Plant("class_unknown", ((rules.BAD_CLASS, "学籍异动", cell("学籍异动", "班级")),), {**moved, at: unknown})


def _strike(sheet: Worksheet) -> None:
    sheet[cell(_CARDS, "监护人电话")].font = Font(strike=True)


def _in_two_ways(folder: Path) -> None:
    """Write 语文 of the first row as CDATA, which one reader of two does not see."""
    path = folder / CLASS_FILE
    number = load_workbook(path).sheetnames.index(_GROWTH) + 1
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name, place = f"xl/worksheets/sheet{number}.xml", cell(_GROWTH, "语文").encode()
    parts[name] = re.sub(rb'(<c r="' + place + rb'"[^>]*>)<v>([^<]+)</v>', rb"\1<v><![CDATA[\2]]></v>", parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)


def _merge_down(sheet: Worksheet) -> None:
    sheet["A5"], sheet["A6"] = None, None
    sheet.merge_cells("A4:A6")


# --- sheets ----------------------------------------------------------------------------------------------------


def _sheets() -> Iterator[Plant]:
    yield from on_sheet("header_two_rows", _CARDS, _two_rows, (rules.TWO_ROW_HEADER, _CARDS, "A4"))
    yield from on_sheet("header_moved", _CARE, _moved_header)
    yield from on_sheet(
        "header_renamed", _TALKS, _titled("谈心人", "谈心教师"), (rules.COLUMN_ALIAS, _TALKS, _header(_TALKS, "谈心人"))
    )
    yield from on_sheet("header_added", _TALKS, _extra_column, (rules.COLUMN_IGNORED, _TALKS, f"L{HEADER_ROW}"))
    lost = (rules.COLUMN_MISSING, _TALKS, "")
    yield from on_sheet("header_two", _TALKS, _doubled, (rules.TWO_COLUMNS, _TALKS, f"L{HEADER_ROW}"), lost)
    yield from on_sheet("header_missing", _TALKS, _titled("主题", None), lost)
    yield from on_sheet("header_missing_file", _PUPILS, _titled("性别", None), (rules.COLUMN_MISSING_FILE, _PUPILS, ""))
    yield from on_sheet("header_none", _CARE, lambda s: s.delete_rows(1, 3), (rules.NO_HEADER, _CARE, ""))
    yield from on_sheet("header_again", _TALKS, _again, (rules.HEADER_AGAIN, _TALKS, "A7"))
    yield from on_sheet("rows_blank", _TALKS, _phantom)
    yield from on_sheet("rows_hidden", _TALKS, _hide, (rules.HIDDEN_ROWS, _TALKS, ""))
    for values in ({"A": "合计"}, {"A": "合计：", "G": "3人"}, {"B": "总计3人"}, {"A": "小计", "B": 3}):
        yield from on_sheet("rows_total", _TALKS, _written(7, values), (rules.TOTAL_ROW, _TALKS, "A7"))
    for values, where in (({"A": "合计", "B": 4}, "B7"), ({"A": "合计4人"}, "A7")):
        told = ((rules.TOTAL_ROW, _TALKS, "A7"), (rules.WRONG_TOTAL, _TALKS, where))
        yield from on_sheet("rows_total_wrong", _TALKS, _written(7, values), *told)
    foot = ("注：谈心每月至少一次", "填表人：王老师", "备注:以上属实")
    for text in foot:
        yield from on_sheet("rows_foot", _TALKS, _written(8, {"A": text}), (rules.FOOTNOTE, _TALKS, "A8"))
    example = {"A": date(2026, 10, 8), "B": "示例·李小禾", "D": "王老师"}
    yield from on_sheet("rows_example", _TALKS, _written(7, example), (rules.EXAMPLE_ROW, _TALKS, "A7"))
    yield from on_sheet("sheet_renamed", _TALKS, _renamed("谈心"), (rules.SHEET_ALIAS, "谈心", ""))
    both = ((rules.TWO_SHEETS, "谈心", ""), (rules.TWO_SHEETS, "谈心 Copy", ""))
    yield from on_sheet("sheet_two", _TALKS, _copied("谈心"), *both)
    yield from on_sheet("sheet_copy", _TALKS, _copied(""), (rules.SHEET_COPY, "谈心记录 Copy", ""))
    yield from on_sheet("sheet_extra", _TALKS, _extra_sheet, (rules.SHEET_IGNORED, "草稿", ""))
    yield from on_sheet("sheet_missing", _ACTS, lambda s: s.parent.remove(s), (rules.SHEET_MISSING, _ACTS, ""))


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
    for group in ("D3:G3", "H3:K3"):
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
    for place, title in enumerate(_COLUMNS[_TALKS], start=1):
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


# --- files -----------------------------------------------------------------------------------------------------


def _files() -> Iterator[Plant]:
    yield from on_files("file_formats", lambda folder: (folder / CLASS_FILE).rename(folder / "三年级2班.xls"))
    yield from on_files(
        "file_macros",
        lambda folder: _with_part(folder / CLASS_FILE, "xl/vbaProject.bin", b"x"),
        (rules.HAS_MACROS, "", ""),
    )
    yield from on_files("file_archive", _zipped)
    yield from on_files("file_lock", lambda folder: (folder / f"~${CLASS_FILE}").write_bytes(b"x") and None)
    yield from on_files("file_password", _encrypted, (rules.PASSWORD, "", ""))
    for name, junk in (
        ("三班.rar", b"Rar!\x1a\x07\x01\x00"),
        ("照片.png", b"\x89PNG\r\n\x1a\n\x00"),
        ("读我.txt", "请先看这里".encode()),
    ):
        yield from on_files("file_other", _added(name, junk), (rules.NO_WORKBOOK, "", ""))
    for junk in (b"<html><table></table>", b"PK\x03\x04 half", b"\x89PNG\r\n\x1a\n\x00"):
        yield from on_files("file_damaged", _added("坏.xlsx", junk), (rules.DAMAGED, "", ""))
    yield from on_files("file_hostile", _bomb, (rules.TOO_LARGE, "", ""))
    for code in ("utf-8-sig", "gb18030"):
        text = "日期,学生姓名,谈心人\r\n2026-10-08,李小禾,王老师\r\n"
        yield from on_files("file_csv", _added("谈心.csv", text.encode(code)), (rules.NOT_OURS, "", ""))
    yield from on_files("file_not_ours", _foreign, (rules.NOT_OURS, "", ""))
    yield from on_files("file_twice", _again_as("副本.xlsx"), (rules.SAME_FILE_TWICE, "", ""))
    yield from on_files("file_later", _later, (rules.TWO_FILES_LATER, "", ""))
    yield from on_files("file_tied", _tied, *[(rules.TWO_FILES_UNDECIDED, "", "")] * 2)
    yield from on_cover("file_month", "报送月份", "2026-09", "B5")
    yield from on_cover("file_school", "学校标识码", "5299009999", "B4")
    yield from on_cover("file_no_code", "学校标识码", None, "B4")
    yield from on_cover("file_cover", "班主任", None, "B8")
    yield from on_sheet("file_roster", _PUPILS, _of_a_county, (rules.TOO_MANY_PUPILS, _PUPILS, ""))
    for key, label, value, told in (
        ("file_meta", "month", "2026-09", (rules.META_DIFFERS, "填表说明", "")),
        ("file_old", "version", "0", (rules.OLDER_TEMPLATE, "", "")),
        ("file_new", "version", "9", (rules.NEWER_TEMPLATE, "", "")),
    ):
        yield from on_sheet(key, "_meta", _noted(label, value), told)
    unlisted = on_cover("file_not_listed", "班级", 5, "B7")
    yield from unlisted
    yield from on_files(
        "file_no_school", lambda folder: (folder / SCHOOL_FILE).unlink(), (rules.NO_SCHOOL_WORKBOOK, "", "")
    )


def _of_a_county(sheet: Worksheet) -> None:
    for number in range(2_001):
        sheet.cell(FIRST_DATA_ROW + number, 1, "周小溪")


def _with_part(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, data)


def _added(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes(data) and None


def _zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "班级.zip", "w") as archive:
        archive.write(folder / CLASS_FILE, CLASS_FILE)
    (folder / CLASS_FILE).unlink()


def _encrypted(folder: Path) -> None:
    """A compound file that says EncryptedPackage, as Excel writes for a workbook with a password."""
    head = bytes.fromhex("D0CF11E0A1B11AE1")
    (folder / "密.xlsx").write_bytes(head + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512))


def _bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "大.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60 * 2**20))


def _foreign(folder: Path) -> None:
    book = Workbook()
    book.active["A1"] = "购物清单"
    book.save(folder / "其他.xlsx")


def _again_as(name: str) -> Callable[[Path], None]:
    return lambda folder: shutil.copy(folder / CLASS_FILE, folder / name) and None


def _saved(path: Path, when: datetime, *, spoilt: bool = False) -> None:
    """Save a workbook with a stated time (openpyxl states its own, so that the part is rewritten)."""
    if spoilt:
        with Opened(path) as book:
            book[_CARDS][cell(_CARDS, "家庭地址")].value = "别处"
    with zipfile.ZipFile(path) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    core = parts["docProps/core.xml"]
    start = core.index(b">", core.index(b"<dcterms:modified")) + 1
    end = core.index(b"<", start)
    parts["docProps/core.xml"] = core[:start] + when.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + core[end:]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _later(folder: Path) -> None:
    shutil.copy(folder / CLASS_FILE, folder / "从前.xlsx")
    _saved(folder / "从前.xlsx", datetime(2026, 10, 1), spoilt=True)
    _saved(folder / CLASS_FILE, datetime(2026, 10, 2))


def _tied(folder: Path) -> None:
    shutil.copy(folder / CLASS_FILE, folder / "另一份.xlsx")
    _saved(folder / "另一份.xlsx", datetime(2026, 10, 1), spoilt=True)
    _saved(folder / CLASS_FILE, datetime(2026, 10, 1))


def _noted(label: str, value: str) -> Callable[[Worksheet], None]:
    def work(sheet: Worksheet) -> None:
        found = next((row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == label), None)
        row = found.row if found is not None else sheet.max_row + 1
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = label, value

    return work


def _registers() -> Iterator[Plant]:
    act = row_of(
        "学校活动", 0, 日期=date(2026, 10, 9), 活动类型="法制讲座", 活动名称="法制课", 组织人="王老师", 参加学生="全体", 参加范围="年级", 参加对象="三年级"
    )  # fmt: skip
    at = ("学校活动", "参加对象", 0)
    yield Plant(
        "scope_unknown", ((rules.UNKNOWN_SCOPE, "学校活动", cell("学校活动", "参加对象")),), {**act, at: "高年级"}
    )
    yield Plant("scope_alias", ((rules.REPAIRED, "学校活动", cell("学校活动", "参加对象")),), {**act, at: "3年级"})
    flag = row_of(
        "预警确认",
        0,
        日期=date(2026, 10, 9),
        对象类型="班级",
        对象="九年级(9)班",
        情形="弄虚作假",
        确认="否",
        确认人="王老师",
    )
    yield Plant("target_unknown", ((rules.UNKNOWN_TARGET, "预警确认", cell("预警确认", "对象")),), flag)
    item = row_of(
        "考核登记",
        0,
        日期=date(2026, 10, 9),
        对象类型="班级",
        对象="三年级(2)班",
        考核项目="跳高",
        分值=2,
        依据="检查",
        检查人="王老师",
    )
    yield Plant("item_unknown", ((rules.UNKNOWN_ITEM, "考核登记", cell("考核登记", "考核项目")),), item)
    yield from on_files("preset_differs", _own_plan, (rules.PRESET_DIFFERS, "频次要求", ""))


def _own_plan(folder: Path) -> None:
    template = TEMPLATES / "考核方案.xlsx"
    shutil.copy(template, folder / "考核方案.xlsx")
    with Opened(folder / "考核方案.xlsx") as book:
        sheet = book["频次要求"]
        column = next(each.column for each in sheet[HEADER_ROW] if each.value == "启用")
        row = next(r for r in range(FIRST_DATA_ROW, 40) if sheet.cell(r, column).value == "否")
        sheet.cell(row, column).value = "是"


# --- several tables --------------------------------------------------------------------------------------------


def _cross() -> Iterator[Plant]:
    yield from typed("siblings", _CARDS, "监护人年龄", 70, row=1)
    yield from typed("siblings", _CARDS, "监护人身体状况", "患病", row=2)
    yield from typed("before_birth", _CARE, "日期", date(2015, 5, 1))
    yield from typed("before_birth", _PAIRS, "结对日期", date(2015, 5, 1))
    yield from typed("before_birth", _PUPILS, "建档日期", date(2015, 5, 1))
    yield from typed("declared_count", "班级一览", "留守儿童数", 5)
    yield from typed("declared_count", "班级一览", "学生总数", 2)
    yield from typed("declared_count", "班级一览", "潜能生数", 1)
    yield from typed("not_on_rosters", "应入学名册", "姓名", "周大海", "李小乐")
    paused = row_of("学籍异动", 0, 日期=date(2026, 10, 8), 学生姓名=NAMES[0], 异动类型="休学", 班级="三年级(2)班")
    yield Plant("status_differs", ((rules.STATUS_DIFFERS, _PUPILS, cell(_PUPILS, "学籍状态")),), paused)
    gone = row_of(_PUPILS, 1, 学籍状态="辍学", 状态日期=date(2026, 10, 31))
    there = (rules.DESTINATION_DIFFERS, "应入学名册", cell("应入学名册", "就学去向", 1))
    yield Plant("destination_differs", (there,), gone)
    yield from typed("helper_left_behind", _PAIRS, "帮扶人", NAMES[1], row=1)
    yield from typed("nearly_staff", _ACTS, "组织人", "王老帅")
    yield from typed("nearly_staff", _HOME, "组织教师", "陈老帅", row=2)
    gift = {"日期": date(2026, 10, 12), "捐助方": "云溪爱心协会", "类别": "物资", "品名": "书包", "受益人数": 2}
    for key, title, changed in (
        ("policies", "数量", {"类别": "保险", "数量": 3, "人均保额": 10000}),
        ("beneficiaries", "受益人数", {"受益人数": 50}),
        ("names_count", "受益名单", {"受益名单": "、".join(NAMES)}),
    ):
        told = (DEFECTS[key].rules[0], "捐助登记", cell("捐助登记", title))
        yield Plant(key, (told,), row_of("捐助登记", 0, **gift | changed))
    one, two = _potential("周一一", 4), _potential("周二二", 5)
    told = (rules.SHARED_PHONE, _CARDS, cell(_CARDS, "监护人电话"))
    yield Plant("phone_shared", (told,), {**one, **row_of(_CARDS, 3, **card("周一一"))})
    texts = {(_TALKS, "主要内容", row): "聊了最近的作业情况" for row in range(5)}
    talks = {**_talk_of("周一一", 3), **_talk_of("周二二", 4), **texts}
    yield Plant("text_copied", ((rules.COPIED_TEXT, _TALKS, cell(_TALKS, "主要内容")),), {**one, **two, **talks})
    helper = row_of(_PAIRS, 9, 学生姓名="周一一", 帮扶类型="学习帮手", 帮扶人="周小山", 结对日期=date(2026, 9, 5))
    told = (rules.HELPER_BUSY, _PAIRS, cell(_PAIRS, "帮扶人", 9))
    yield Plant("helper_busy", (told,), {**one, **helper})


def _potential(name: str, serial: int) -> dict[tuple[str, str, int], Any]:
    """Return the row of one more child, who is no left-behind one."""
    return row_of(_PUPILS, serial - 1, **pupil(name, serial) | {"学生类别": "潜能生"})


def _talk_of(name: str, row: int) -> dict[tuple[str, str, int], Any]:
    day = date(2026, 10, 12)
    return row_of(_TALKS, row, 日期=day, 学生姓名=name, 谈心人="王老师", 谈心人身份="班主任", 方式="面谈", 主题="学习")


_PARTS = (_numbers, _names, _dates, _cells, _sheets, _files, _registers, _cross)
PLANTS = tuple(plant for part in _PARTS for plant in part())
