"""A cell that was seen and not filled in says so where it stands; the comment is nothing to who hands the workbook in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.running import look
from pipeline.excel.annotate import annotate
from pipeline.excel.parts import Letter, Mark
from pipeline.reading.pool import read_now
from pipeline.starting.start import Started
from schemas import letter_words as letters
from schemas import start_words as w
from schemas.rules import ERROR
from schemas.school_workbook import STAFF
from schemas.tables import COVER_SHEET, HEADER_ROW, RETURN_SHEET
from starting.drawn import card, choose_in, doubts, pupils, start_from
from starting.layouts import save
from starting.measuring import rows_of

ANNA, BAO, CHEN = card("20170308", 2), card("20170409", 1), card("20170510", 2)
CLASS = "三年级(2)班_2026-09.xlsx"
LEDGER = [
    ["留守儿童台账"],
    ["班级", "姓名", "学籍号", "出生日期", "身份证号", "监护人电话", "班主任"],
    ["三2班", "李小禾", f"J{ANNA}", "2017-03-05", "", "19900000001、19900000002", "王芳"],
    ["三2班", "王小麦", "", "", BAO[:16], "19900000003", "李强"],
    ["三2班", "陈小河", "", "", CHEN, "19900000004", "李强"],
]
ROSTER = [
    ["学校名称", "学校标识码", "姓名", "学籍号", "出生日期", "身份证号", "年级", "班级", "是否留守儿童"],
    ["清水小学", "3152000001", "李小禾", f"J{ANNA}", "2017-03-02", "", "三年级", "2班", "是"],
    ["清水小学", "3152000001", "王小麦", "", "", "", "三年级", "2班", "是"],
    ["清水中心小学", "3152000001", "陈小河", "", "", CHEN, "三年级", "2班", "是"],
]
FILES: dict[str, Sequence[Sequence[Any]]] = {"台账.xlsx": LEDGER, "学籍导出.xlsx": ROSTER}


@pytest.fixture
def started(tmp_path: Path) -> Started:
    return start_from(tmp_path, FILES)


def comments(data: bytes) -> dict[tuple[str, str, str], str]:
    """Return sheet, whose row and column (or the label) → the comment, each of an empty cell."""
    found = {}
    for sheet in openpyxl.load_workbook(BytesIO(data)):
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.comment):
            assert cell.value is None
            title = "" if sheet.title == COVER_SHEET else sheet.cell(HEADER_ROW, cell.column).value
            found[sheet.title, sheet.cell(cell.row, 1).value, title] = cell.comment.text
    return found


def test_what_was_seen_stands_at_the_empty_cell_and_the_guide_counts_them(started: Started) -> None:
    found = comments(started.contents[CLASS])
    birthday = found.pop(("学生档案", "李小禾", "出生日期"))  # the newer file is told first
    assert "台账.xlsx 第 3 行写 2017-03-05" in birthday
    assert "学籍导出.xlsx 第 2 行写 2017-03-02" in birthday
    assert birthday.endswith("，两处不一致，请核对后填。")
    assert found == {
        ("填表说明", "学校名称", ""): "【预填】学籍导出.xlsx 第 2 行写 清水小学，学籍导出.xlsx 第 4 行写 清水中心小学，"
        "两处不一致，请核对后填。",
        (
            "填表说明",
            "班主任",
            "",
        ): "【预填】台账.xlsx 第 3 行写 王芳，台账.xlsx 第 4 行写 李强，两处不一致，请核对后填。",
        ("学生档案", "王小麦", "身份证号"): "【预填】台账.xlsx 第 4 行的号码：少了 2 位，请照户口本填。",
        ("联系卡", "李小禾", "监护人电话"): "【预填】台账.xlsx 第 3 行写“19900000001、19900000002”："
        f"{w.TWO_PHONES}，请核对后填。",
    }
    guide = openpyxl.load_workbook(BytesIO(started.contents[CLASS]))[COVER_SHEET]
    assert w.NOTED_LINE.format(count=5) in [cell.value for cell in guide["A"]]
    of_school = comments(started.contents["学校月报_2026-09.xlsx"])
    assert {key[0::2] for key in of_school} == {("填表说明", ""), ("班级一览", "班主任"), ("应入学名册", "身份证号")}


def test_no_identity_number_stands_in_a_comment(started: Started) -> None:
    texts = " ".join(text for data in started.contents.values() for text in comments(data).values())
    assert not [number for number in (ANNA, BAO, CHEN) if number[:14] in texts]


def test_an_untouched_workbook_is_handed_in_as_if_it_had_no_comments(started: Started, tmp_path: Path) -> None:
    told = []
    for name in ("with", "without"):
        inbox = tmp_path / name / "input" / "2026-09"
        inbox.mkdir(parents=True)
        for file in (CLASS, "学校月报_2026-09.xlsx"):
            (inbox / file).write_bytes(started.contents[file])
            if name == "without":
                book = openpyxl.load_workbook(inbox / file)
                for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment):
                    cell.comment = None
                book.save(inbox / file)
        result = look(tmp_path / name, "2026-09")
        told.append([(i.rule, i.sheet, i.row, i.column, i.sentence) for i in result.issues])
    assert told[0]
    assert told[0] == told[1]


def test_a_return_keeps_a_comment_until_its_cell_is_filled(started: Started) -> None:
    """Ours of the return come and go around it; nothing piles up."""
    letter = Letter(RETURN_SHEET, ("退回",), letters.COLUMNS, (), letters.WIDTHS, letters.HIDDEN_COLUMNS)
    words = letters.COMMENT.format(level=ERROR, sentence="没有填", remedy="请填")
    marks = [Mark("学生档案", 4, 3, ERROR, words), Mark("学生档案", 4, 5, ERROR, words)]
    data = started.contents[CLASS]
    once = annotate(data, marks, letter, read_now)
    twice = annotate(once, marks, letter, read_now)
    assert comments(twice) == comments(once)
    book = openpyxl.load_workbook(BytesIO(twice))
    sheet = book["学生档案"]
    noted = next(
        cell for row in sheet.iter_rows() for cell in row if cell.comment and "两处不一致" in cell.comment.text
    )
    noted.value = "2017-03-05"
    out = BytesIO()
    book.save(out)
    last = comments(annotate(out.getvalue(), [], letter, read_now))
    assert last == {key: text for key, text in comments(data).items() if key[1:] != ("李小禾", "出生日期")}


def test_whom_two_sources_contradict_and_the_admin_lists_keeps_the_contradicted_cells_empty(tmp_path: Path) -> None:
    files = {
        "学籍导出.xlsx": [
            ["姓名", "性别", "出生日期", "身份证号", "年级", "班级", "是否留守儿童"],
            ["李小禾", "女", "2017-03-02", "", "三年级", "2班", "是"],
            ["王小麦", "男", "", BAO, "三年级", "2班", "是"],
        ],
        "台账.xlsx": [
            ["留守儿童台账"],
            ["班级", "姓名", "出生日期", "身份证号"],
            ["三2班", "李小禾", "2017-03-05", ""],
            ["三2班", "王小妹", "", BAO],
        ],
    }
    start_from(tmp_path, files)
    choose_in(tmp_path, "勾选名单", {"李小禾": "留守儿童", "王小麦": "留守儿童"}, by="姓名", into="列入")
    started = start_from(tmp_path, files)
    found = pupils(started)
    assert "birth_date" not in found["李小禾"]
    assert not {"id_card", "birth_date"} & found["王小麦"].keys()
    told = comments(started.contents[CLASS])
    assert "台账.xlsx 第 3 行写 2017-03-05，两处不一致" in told["学生档案", "李小禾", "出生日期"]
    assert "台账.xlsx 第 4 行同一个号码写的姓名是“王小妹”" in told["学生档案", "王小麦", "身份证号"]


HEAD = ["姓名", "岗位", "联系电话", "任教学科", "在岗"]
STAFF_NOW = [
    ["教职工花名册"],
    HEAD,
    ["王芳", "班主任", "19900000007", "语文", "是"],
    ["李强", "校领导", "19900000008", "数学", "是"],
]
STAFF_TOO = [
    ["教师名单"],
    HEAD,
    ["王芳", "任课教师", "19900000009", "语文", "否"],
    ["李强", "校领导", "19900000008", "体育", "是"],
]


@pytest.mark.parametrize("other", (0, 1), ids=("of one time", "an older one"))
def test_what_two_lists_of_one_time_say_of_a_teacher_stays_empty_and_is_told(other: int, tmp_path: Path) -> None:
    """No list is believed before another by its name; of two times the newer one counts, and that is told."""
    (tmp_path / "sources").mkdir()
    for number, (name, rows) in enumerate((("甲.xlsx", STAFF_NOW), ("乙.xlsx", STAFF_TOO))):
        save(tmp_path / "sources" / name, {"1": rows}, saved=datetime(2026, 9, 10 - number * other))
    started = start_from(tmp_path, {"台账.xlsx": LEDGER})
    rows = {row["name"]: row for row in rows_of(started.contents["学校月报_2026-09.xlsx"], STAFF)}
    differing = {("王芳", "岗位"), ("王芳", "联系电话"), ("王芳", "在岗"), ("李强", "任教学科")}
    noted = comments(started.contents["学校月报_2026-09.xlsx"])
    found = {where[1:]: text for where, text in noted.items() if where[0] == STAFF.title}
    told = doubts(started)
    if other:
        assert (rows["王芳"]["post"], rows["王芳"]["phone"], rows["李强"]["subject"]) == (
            "班主任",
            "19900000007",
            "数学",
        )
        assert not found
        assert told.count("19900000009"[-4:]) == 1
    else:
        assert set(found) == differing
        assert rows["王芳"] == {"name": "王芳", "subject": "语文"}
        assert rows["李强"] == {"name": "李强", "post": "校领导", "phone": "19900000008", "active": "是"}
        assert "甲.xlsx" in found["王芳", "联系电话"] and "乙.xlsx" in found["王芳", "联系电话"]
        assert all(f"教职工·{item}" in told for _, item in differing)
