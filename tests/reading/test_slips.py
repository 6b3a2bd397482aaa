"""Slips of a kind that is tested elsewhere, in other places and other words: nobody is lost, and nobody made."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openpyxl import Workbook

from helpers.drawing import draw, draw_month
from helpers.measuring import Measures, measures_of
from helpers.sheet_xml import cell as changed_cell
from helpers.small import NAMES, small_month
from pipeline.excel.reading import read_book
from pipeline.model import Month
from pipeline.reading.sheets import column_named, titles_of
from pipeline.report import work_out
from pipeline.stages.collect import collect
from plants.base import ACTS, COLUMNS, GROWTH, PUPILS, TALKS, Opened, cell, letter
from schemas import rules
from schemas.cells import CellError
from schemas.class_workbook import PUPILS as PUPILS_TABLE
from schemas.tables import COVER_SHEET, FIRST_DATA_ROW, HEADER_ROW

Change = Callable[[Workbook], None]
Told = set[tuple[str, str, str]]
BELOW = FIRST_DATA_ROW + len(NAMES)
FILE = "班级00.xlsx"


def _look(change: Change) -> tuple[Measures, Told]:
    with TemporaryDirectory() as base:
        folder = Path(base) / "in"
        draw_month(folder, small_month())
        with Opened(folder / FILE) as book:
            change(book)
        result = work_out(collect(folder), Month(2026, 10))
        return measures_of(result), {(i.rule.code, i.sheet, i.cell) for i in result.issues}


@cache
def _clean() -> Measures:
    return _look(lambda book: None)[0]


MORE = (
    "说明：1.本表一式两份", "2.请于30日前上交", "第1页 共2页", "各班请于月底以前核对清楚以后上交学校办公室", "学校（盖章）", "三年级(2)班", "三（3）班（共12人）", "校长签字：",
)  # fmt: skip


def _lines(book: Workbook) -> None:
    """Lines below the rosters that are no children: some with words, one of marks alone, one signed in two cells."""
    pupils, growth = book[PUPILS], book[GROWTH]
    for place in range(1, 31):
        pupils.cell(BELOW, place).value = "/"
    lines = ("共3人", "（以下空白）", "本表由班主任填写，每月底交到学校。", "********", "填表人")
    for row, text in enumerate(lines, start=BELOW + 1):
        pupils.cell(row, 1).value = text
    pupils.cell(BELOW + len(lines), 2).value = "王老师"
    for row, text in enumerate(MORE, start=BELOW + 1 + len(lines)):
        pupils.cell(row, 1).value = text
    pupils.cell(BELOW + len(lines) + len(MORE), 5).value = "年  月  日"
    for row, text in enumerate(("平均分", "班级平均", "及格率"), start=BELOW):
        growth.cell(row, 1).value = text
        growth[f"{letter(GROWTH, '语文')}{row}"].value = 86
    growth.cell(BELOW + 3, 1).value = "三年级(2)班成长记录（第二页）"
    for place, title in enumerate(COLUMNS[GROWTH], start=1):
        growth.cell(BELOW + 4, place).value = title


def test_lines_below_a_roster_are_no_children() -> None:
    """Nobody is called 共3人, 以下空白 or 填表人, and a line of / is blank."""
    measures, told = _look(_lines)
    assert measures == _clean()
    codes = (rules.NOTHING_SAID, rules.TOTAL_ROW, rules.FOOTNOTE, rules.FOOTNOTE, rules.NOTHING_SAID, rules.FOOTNOTE)
    assert told == {
        *((rule.code, PUPILS, f"A{BELOW + n}") for n, rule in enumerate((*codes, *[rules.FOOTNOTE] * len(MORE)))),
        *((rules.TOTAL_ROW.code, GROWTH, f"A{BELOW + n}") for n in range(3)),
        (rules.FOOTNOTE.code, GROWTH, f"A{BELOW + 3}"),
        (rules.HEADER_AGAIN.code, GROWTH, f"A{BELOW + 4}"),
    }


def test_a_name_alone_is_a_child() -> None:
    """Whatever could be somebody's name stays, alone in its row, behind a number, with a remark, before a header."""
    names = (
        "2.周小溪",
        "周小川（2026年9月从外校转来的插班生）",
        "周小海、周小江、周小湖、周小池",
        "阿依古丽·阿卜杜热西提·买买提",
        "周小浪",
    )

    def change(book: Workbook) -> None:
        pupils = book[PUPILS]
        pupils.cell(BELOW, 1).value = "注：以下是新来的"
        for row, name in enumerate(names, start=BELOW + 1):
            pupils.cell(row, 1).value = name
        for place, title in enumerate(COLUMNS[PUPILS], start=1):
            pupils.cell(BELOW + 1 + len(names), place).value = title

    measures, told = _look(change)
    assert {f"D{BELOW + 1 + n}" for n in range(len(names))} <= {
        at for code, _, at in told if code == rules.MISSING.code
    }
    assert measures["school", "", "建档率"] == (len(NAMES), len(NAMES) + len(names))


@pytest.mark.parametrize("shown", ["#SPILL!", "#GETTING_DATA", "#ERROR!", "Err:502"])
def test_an_error_value_that_no_reader_knows_is_one_cell(shown: str, tmp_path: Path) -> None:
    """The cell says what it shows, and the rest of the workbook is read."""
    path = tmp_path / FILE
    draw(path, "班级月报", small_month()["classes"][0])
    data = path.read_bytes()
    spoilt = changed_cell(f'<c r="A4" t="e"><f>A1</f><v>{shown}</v></c>')(data)
    clean, found = ({s.title: s.rows for s in read_book(each).sheets} for each in (data, spoilt))
    row = next(sheet for sheet in clean if clean[sheet] != found[sheet])
    assert isinstance(found[row][3][0], CellError)
    assert found[row][3][0] == shown
    assert {sheet: rows for sheet, rows in found.items() if sheet != row} == {
        sheet: rows for sheet, rows in clean.items() if sheet != row
    }


@pytest.mark.parametrize("title", ["民族（汉族写汉）", "1.民族", "3、民 族*", "族别"])
def test_a_title_with_a_remark_names_its_column(title: str) -> None:
    found = column_named(title, titles_of(PUPILS_TABLE))
    assert found is not None and found.title == "民族"


def test_of_two_columns_the_remark_makes_the_other_one() -> None:
    """姓名(拼音) beside 姓名 is a column of its own."""
    told = _look(lambda book: setattr(book[PUPILS].cell(HEADER_ROW, 40), "value", "姓名(拼音)"))
    assert told == (_clean(), {(rules.COLUMN_IGNORED.code, PUPILS, f"AN{HEADER_ROW}")})


def _named(sheet: str, title: str) -> Change:
    return lambda book: setattr(book[sheet], "title", title)


def _starred(book: Workbook) -> None:
    for head in book[TALKS][HEADER_ROW]:
        head.value = f"*{head.value}（必填）" if head.value else head.value


def _copied(book: Workbook) -> None:
    book.copy_worksheet(book[TALKS]).title = "谈心记录 (2)"
    book[TALKS].delete_rows(FIRST_DATA_ROW, len(NAMES))


def _blanks(book: Workbook) -> None:
    book[ACTS][cell(ACTS, "参加学生")].value = " ".join(NAMES)


HARMLESS: tuple[tuple[str, Change, Told], ...] = (
    ("cover called 封面", _named(COVER_SHEET, "封面"), {(rules.SHEET_ALIAS.code, "封面", "")}),
    ("cover called 班级信息", _named(COVER_SHEET, "班级信息"), {(rules.SHEET_ALIAS.code, "班级信息", "")}),
    ("marks and words behind titles", _starred, set()),
    ("empty cells merged down", lambda book: book[PUPILS].merge_cells("AE4:AE6"), set()),
    ("all in the copy, the original empty", _copied, set()),
    ("names parted by blanks", _blanks, {(rules.REPAIRED.code, ACTS, cell(ACTS, "参加学生"))}),
)


@pytest.mark.slow
@pytest.mark.parametrize(("change", "told"), [each[1:] for each in HARMLESS], ids=[each[0] for each in HARMLESS])
def test_what_people_change_costs_nothing(change: Change, told: Told) -> None:
    """Another title, marks around one, a copied sheet: every record counts."""
    assert _look(change) == (_clean(), told)
